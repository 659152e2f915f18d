/**
 * The filter: one line of text, with the server's suggestions under it and its complaints at their place. The
 * marks behind the text are a view of it, so that paste, undo and copy stay what they are in any field.
 */

import { useEffect, useRef, useState } from "preact/hooks";
import { apiUrl, getJson } from "../../api/client";
import type { Completion, Suggestion } from "../../api/types";
import { fmt, lang, texts } from "../../i18n";
import { Icon } from "../../ui/icons";
import { traceIdIn } from "../../url/traceid";
import { piecesOf, pointsOf, unitsOf, type TextRange } from "./terms";

/** Long enough that a fast typist asks once a word. */
const ASK_AFTER_MS = 90;

interface Fault extends TextRange {
  message: string;
}

interface FilterBarProps {
  /** The filter in force. */
  q: string;
  /** What the server found wrong with it, in code points. */
  fault: { message: string; at?: { from: number; to: number } } | null;
  onRun(q: string): void;
  onTraceId(id: string): void;
}

export function FilterBar({ q, fault: refused, onRun, onTraceId }: FilterBarProps) {
  const t = texts();
  const field = useRef<HTMLInputElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(q);
  const [items, setItems] = useState<Suggestion[]>([]);
  const [selected, setSelected] = useState(-1);
  const [fault, setFault] = useState<Fault | null>(null);
  const asking = useRef<{ timer?: ReturnType<typeof setTimeout>; request?: AbortController }>({});

  // The address changed by other means: Back, a link, a cleared filter.
  useEffect(() => {
    setText(q);
    setFault(null);
  }, [q]);
  useEffect(() => {
    if (!refused) return;
    setFault({ message: refused.message, from: unitsOf(q, refused.at?.from ?? 0), to: unitsOf(q, refused.at?.to ?? 0) });
  }, [refused?.message, refused?.at?.from, q]);
  useEffect(() => () => stopAsking(), []);

  function stopAsking(): void {
    clearTimeout(asking.current.timer);
    asking.current.request?.abort();
  }

  function ask(value: string, caret: number, afterMs = ASK_AFTER_MS): void {
    stopAsking();
    asking.current.timer = setTimeout(() => {
      const request = new AbortController();
      asking.current.request = request;
      const url = apiUrl("/complete", { q: value, pos: pointsOf(value, caret) });
      getJson<Completion>(url, lang.peek(), request.signal).then(
        (answer) => {
          if (document.activeElement !== field.current) return;
          setItems(answer.items);
          setSelected(-1);
          const wrong = answer.error && { message: answer.error.message, from: unitsOf(value, answer.error.from), to: unitsOf(value, answer.error.to) };
          // A term that is still being written is not wrong yet.
          setFault(wrong && (caret < wrong.from || caret > wrong.to) ? wrong : null);
        },
        () => setItems([]), // Suggestions are a help; the filter works without them.
      );
    }, afterMs);
  }

  function close(): void {
    stopAsking();
    setItems([]);
    setSelected(-1);
  }

  function run(value: string): void {
    close();
    const id = traceIdIn(value);
    if (id) onTraceId(id);
    else if (value.trim() !== q) onRun(value.trim());
  }

  function accept(item: Suggestion): void {
    const from = unitsOf(text, item.from);
    const to = unitsOf(text, item.to);
    // A name that waits for its value keeps the list open; anything else is a finished term.
    const isOpen = item.kind === "name" || item.kind === "operator" || /[=<>~(]$/.test(item.text);
    const tail = text.slice(to);
    const inserted = isOpen || tail.startsWith(" ") ? item.text : `${item.text} `;
    const next = text.slice(0, from) + inserted + tail;
    setText(next);
    const caret = from + inserted.length;
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret));
    if (isOpen) {
      ask(next, caret, 0);
    } else {
      run(next);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (items.length === 0) ask(text, field.current?.selectionStart ?? text.length, 0);
      else setSelected((selected + step + items.length + (selected < 0 && step < 0 ? 1 : 0)) % items.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (selected >= 0 && items[selected]) accept(items[selected]);
      else run(text);
    } else if (event.key === "Tab" && selected >= 0 && items[selected]) {
      event.preventDefault();
      accept(items[selected]);
    } else if (event.key === "Escape") {
      if (items.length > 0) close();
      else field.current?.blur();
    }
  }

  const isOpen = items.length > 0;
  return (
    <div class="filter-box">
      <div class={`filter${fault ? " faulty" : ""}`}>
        <Icon name="search" />
        <div class="filter-field">
          <div class="filter-marks" aria-hidden="true" ref={marks}>
            {piecesOf(text, fault).map((piece, i) => (
              <span key={i} class={`${piece.isTerm ? "term" : ""}${piece.isFault ? " fault" : ""}`}>
                {piece.text}
              </span>
            ))}
          </div>
          <input
            ref={field}
            data-filter
            type="text"
            role="combobox"
            aria-label={t.traces.filter}
            aria-expanded={isOpen}
            aria-controls="filter-options"
            aria-autocomplete="list"
            aria-activedescendant={selected >= 0 ? `filter-option-${selected}` : undefined}
            aria-invalid={fault !== null}
            aria-describedby="filter-words"
            placeholder={t.traces.placeholder}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={text}
            onInput={(event) => {
              const { value, selectionStart } = event.currentTarget;
              const pasted = (event as InputEvent).inputType === "insertFromPaste" ? traceIdIn(value) : null;
              setText(value);
              if (pasted) onTraceId(pasted);
              else ask(value, selectionStart ?? value.length);
            }}
            onFocus={(event) => ask(text, event.currentTarget.selectionStart ?? text.length)}
            onBlur={close}
            onKeyDown={onKeyDown}
            onScroll={(event) => marks.current && (marks.current.style.transform = `translateX(${-event.currentTarget.scrollLeft}px)`)}
          />
        </div>
        {text !== "" && (
          <button
            type="button"
            class="btn small icon-only quiet"
            aria-label={t.traces.clear}
            title={t.traces.clear}
            onClick={() => {
              setText("");
              run("");
              field.current?.focus();
            }}
          >
            <Icon name="x" />
          </button>
        )}
      </div>
      <div id="filter-options" class="options" role="listbox" aria-label={t.traces.suggestions} hidden={!isOpen}>
        {items.map((item, i) => (
          <div
            key={`${item.kind} ${item.text}`}
            id={`filter-option-${i}`}
            class="option"
            role="option"
            aria-selected={i === selected}
            onPointerDown={(event) => {
              event.preventDefault(); // the field keeps the focus
              accept(item);
            }}
          >
            <span class="mono clip spring">{item.text}</span>
            {item.spans !== undefined && (
              <span class="num sub" title={t.traces.seenSpans(fmt().count(item.spans))}>
                {fmt().count(item.spans)}
              </span>
            )}
            <span class="sub nowrap">{t.traces.kinds[item.kind] ?? item.kind}</span>
          </div>
        ))}
      </div>
      <p id="filter-words" class={fault ? "filter-fault" : "sr"}>
        {fault ? `${t.traces.filterFault}: ${fault.message}` : t.traces.hint}
      </p>
      <span class="sr" role="status">
        {isOpen ? t.traces.suggestionCount(items.length) : ""}
      </span>
    </div>
  );
}

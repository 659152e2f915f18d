/** Search or jump: pages, SLOs, services and operations, at a time of day too, a pasted trace id, and what can be done here. */

import "../shared";
import { useMemo, useRef, useState } from "preact/hooks";
import { apiUrl } from "../api/client";
import { useResource } from "../api/resource";
import { nowMs } from "../api/live";
import type { Completion, Page, ServiceRef, SloList } from "../api/types";
import { fmt, LANG_NAMES, LANGS, switchLang, texts } from "../i18n";
import { Dialog } from "../ui/dialog";
import { Icon, type IconName } from "../ui/icons";
import { dropVisitLang, navigate } from "../url/location";
import { href } from "../url/routes";
import { traceIdIn } from "../url/traceid";
import { copyCommand, copyLink, copyPinnedLink, sheet } from "./actions";
import { rank } from "./match";
import { around, momentIn } from "./moment";
import { PAGES } from "./pages";
import { switchTheme, THEMES } from "./theme";

/** More than one screen of suggestions helps nobody find one. */
const OPTIONS_MAX = 12;
/** Operations are looked for by words of at least so many letters. */
const WORD_MIN = 2;

interface Option {
  key: string;
  icon: IconName;
  kind: string;
  label: string;
  run(): void;
}

interface TracesOption extends Option {
  /** The filter that finds them. */
  q: string;
}

export function Palette() {
  const t = texts();
  const [text, setText] = useState("");
  const [selected, setSelected] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const slos = useResource<SloList>(apiUrl("/slos"), { topic: "slos" }).data;
  const services = useResource<Page<ServiceRef>>(apiUrl("/services"), { topic: "traces" }).data;
  const close = () => (sheet.value = "none");
  const moment = useMemo(() => momentIn(text, nowMs.peek(), fmt().offsetMs(nowMs.peek())), [text]);
  const words = moment ? moment.rest : text.trim();
  const operations = useOperations(words);

  const all = useMemo<Option[]>(() => {
    const themes = { system: t.shell.system, light: t.shell.light, dark: t.shell.dark };
    const go = (url: string) => () => navigate(url);
    return [
      ...PAGES.map(({ name, icon }): Option => ({ key: name, icon, kind: t.palette.page, label: t.nav[name], run: go(href(name, {})) })),
      { key: "explain", icon: "shield", kind: t.palette.page, label: t.traffic.explain, run: go(href("trafficExplain", {})) },
      ...uniqueNames(slos).map(({ name, label }): Option => ({ key: `slo ${name}`, icon: "target", kind: t.palette.slo, label, run: go(href("slo", { name })) })),
      ...(services?.items ?? []).map(({ name }) => tracesOf(name, `service=${quoteTerm(name)}`, t.palette.service)),
      { key: "toil add", icon: "clock", kind: t.palette.action, label: t.keys.logToil, run: () => (sheet.value = "toil") },
      { key: "link", icon: "link", kind: t.palette.action, label: t.palette.copyLink, run: copyLink },
      { key: "pinned", icon: "link", kind: t.palette.action, label: t.palette.copyPinned, run: copyPinnedLink },
      { key: "command", icon: "terminal", kind: t.palette.action, label: t.palette.copyCommand, run: copyCommand },
      { key: "help", icon: "help", kind: t.palette.action, label: t.shell.help, run: () => setTimeout(() => (sheet.value = "help")) },
      ...THEMES.map((name): Option => ({ key: `theme ${name}`, icon: "sun", kind: t.palette.action, label: t.palette.useTheme(themes[name]), run: () => switchTheme(name) })),
      ...LANGS.map(
        (name): Option => ({
          key: `lang ${name}`,
          icon: "settings",
          kind: t.palette.action,
          label: t.palette.useLanguage(LANG_NAMES[name]),
          run: () => {
            void switchLang(name);
            dropVisitLang();
          },
        }),
      ),
    ];
  }, [t, slos, services]);

  const id = traceIdIn(text);
  const options = useMemo<Option[]>(() => {
    if (id) return [{ key: "trace", icon: "traces", kind: t.palette.trace, label: id, run: () => navigate(href("trace", { id })) }];
    const textOf = (option: Option) => `${option.label} ${option.kind}`;
    const ofOperations = operations.map((operation) => tracesOf(nameIn(operation), `op=${operation}`, t.palette.operation));
    if (!moment) return rank([...all, ...ofOperations], text, textOf).slice(0, OPTIONS_MAX);
    // Of a moment there are traces; pages and actions have none.
    const then = t.palette.around(fmt().tick(moment.atMs, 60_000));
    const traces = [...ofOperations, ...(services?.items ?? []).map(({ name }) => tracesOf(name, `service=${quoteTerm(name)}`, "")), tracesOf(t.nav.traces, "", "")];
    return rank(traces, words, textOf)
      .slice(0, OPTIONS_MAX)
      .map((option) => ({ ...option, kind: then, run: () => navigate(href("traces", {}, { q: option.q, ...around(moment.atMs) })) }));
  }, [all, text, id, t, operations]);
  const at = Math.min(selected, options.length - 1);

  const run = (option: Option | undefined) => {
    if (!option) return;
    close();
    option.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = (at + step + options.length) % Math.max(1, options.length);
      setSelected(next);
      list.current?.children[next]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(options[at]);
    }
  };

  return (
    <Dialog label={t.palette.label} class="top" onClose={close}>
      <input
        class="palette-input"
        type="text"
        role="combobox"
        aria-label={t.palette.label}
        aria-expanded="true"
        aria-controls="palette-options"
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `palette-${at}` : undefined}
        placeholder={t.palette.placeholder}
        autocomplete="off"
        spellcheck={false}
        autofocus
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setSelected(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div class="palette-list" id="palette-options" role="listbox" aria-label={t.palette.label} ref={list}>
        {options.map((option, i) => (
          <div key={option.key} id={`palette-${i}`} class="option" role="option" aria-selected={i === at} onClick={() => run(option)} onPointerMove={() => setSelected(i)}>
            <Icon name={option.icon} />
            <span class="clip spring">{option.label}</span>
            <span class="sub nowrap">{option.kind}</span>
          </div>
        ))}
      </div>
      <div class="sr" role="status">
        {options.length === 0 ? t.palette.none : t.palette.results(options.length)}
      </div>
      {options.length === 0 && <p class="state muted">{t.palette.none}</p>}
    </Dialog>
  );
}

function tracesOf(label: string, q: string, kind: string): TracesOption {
  return { key: `traces ${q}`, icon: "traces", kind, label, q, run: () => navigate(href("traces", {}, { q })) };
}

const NO_OPERATIONS: string[] = [];

/** Operations whose name has the first of the words, as the filter writes them; the server knows them. */
function useOperations(words: string): string[] {
  const [first] = words.split(/\s+/);
  const q = `op=${quoteTerm(first)}`;
  const answer = useResource<Completion>(first.length < WORD_MIN ? null : apiUrl("/complete", { q, pos: [...q].length }), { keep: true }).data;
  return useMemo(() => (first.length < WORD_MIN ? NO_OPERATIONS : (answer?.items ?? []).filter(({ kind }) => kind === "op").map(({ text }) => text)), [answer, first]);
}

/** A value without its quotes. */
const nameIn = (value: string): string => (value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value);

/** Each SLO once, though it may have several objectives. */
function uniqueNames(slos: SloList | undefined): { name: string; label: string }[] {
  const names = new Map((slos?.items ?? []).map((slo) => [slo.name, slo.displayName ? `${slo.displayName} · ${slo.name}` : slo.name]));
  return [...names].map(([name, label]) => ({ name, label }));
}

/** A value of the filter language, quoted where it needs to be. */
function quoteTerm(value: string): string {
  return /^[\w./-]+$/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`;
}

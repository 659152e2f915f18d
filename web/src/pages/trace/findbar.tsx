/** Find in this trace: a field, how many, and the way from one to the next. */

import { fmt, texts } from "../../i18n";
import { IconButton } from "../../ui/iconbutton";
import { Icon } from "../../ui/icons";
import { ordinalOf } from "./find";
import type { Finding } from "./matches";

interface FindBarProps {
  finding: Finding;
  selected: number;
  q: string;
  /** Only what was found is shown. */
  only: boolean;
  onOnly(only: boolean): void;
  onQuery(q: string): void;
  onStep(step: 1 | -1): void;
  /** Esc: back to the rows. */
  onLeave(): void;
}

export function FindBar({ finding, selected, q, only, onOnly, onQuery, onStep, onLeave }: FindBarProps) {
  const t = texts().trace;
  const f = fmt();
  const { matches, asking, problem } = finding;
  return (
    <div class="filter find">
      <Icon name="search" />
      <input
        type="text"
        data-filter
        aria-label={t.findLabel}
        placeholder={t.find}
        autocomplete="off"
        spellcheck={false}
        value={q}
        onInput={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === "Enter") {
            event.preventDefault();
            onStep(event.shiftKey ? -1 : 1);
          } else if (event.key === "Escape") {
            event.preventDefault();
            if (q) onQuery("");
            else onLeave();
          }
        }}
      />
      <span class="sub nowrap" role="status">
        {problem
          ? (problem.detail ?? problem.title)
          : matches && (matches.count === 0 ? (asking ? t.findAsking : t.findNone) : t.findCount(f.count(ordinalOf(matches, selected)), f.count(matches.count)) + (asking ? " …" : ""))}
      </span>
      {matches && matches.count > 0 && (
        <>
          <button type="button" class="btn small" aria-pressed={only} onClick={() => onOnly(!only)}>
            {t.findOnly}
          </button>
          <IconButton icon="chevron-up" label={t.findPrevious} run={() => onStep(-1)} />
          <IconButton icon="chevron-down" label={t.findNext} run={() => onStep(1)} />
        </>
      )}
    </div>
  );
}

/** The terms of the filter as chips that can be taken away; the text of the filter stays what it is. */

import { texts } from "../../i18n";
import { Icon } from "../../ui/icons";
import { termsOf } from "./terms";

export function Chips({ q, onChange }: { q: string; onChange(q: string): void }) {
  const t = texts().traces;
  const terms = termsOf(q);
  if (terms.length === 0) return null;
  return (
    <ul class="chips" aria-label={t.filter}>
      {terms.map(({ from, to }) => {
        const term = q.slice(from, to);
        return (
          <li key={from}>
            <button type="button" class="chip" aria-label={t.remove(term)} title={t.remove(term)} onClick={() => onChange(`${q.slice(0, from)}${q.slice(to)}`.replace(/\s+/g, " ").trim())}>
              <span class="clip">{term}</span>
              <Icon name="x" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

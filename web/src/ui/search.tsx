/** The field that narrows what a page lists while it is typed into; `/` leads to it. */

import { Icon } from "./icons";

export function SearchField({ label, text, onText }: { label: string; text: string; onText(text: string): void }) {
  return (
    <label class="search">
      <Icon name="search" />
      <span class="sr">{label}</span>
      <input class="input" type="search" data-filter placeholder={label} value={text} onInput={(event) => onText(event.currentTarget.value)} />
    </label>
  );
}

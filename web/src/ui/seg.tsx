/** A few values of which one is chosen, side by side. */

import type { ComponentChildren } from "preact";

export interface SegProps<T extends string> {
  label: string;
  values: readonly T[];
  now: string;
  text(value: T): ComponentChildren;
  choose(value: T): void;
}

export function Seg<T extends string>({ label, values, now, text, choose }: SegProps<T>) {
  return (
    <div class="seg" role="group" aria-label={label}>
      {values.map((value) => (
        <button key={value} type="button" aria-pressed={value === now} onClick={() => choose(value)}>
          {text(value)}
        </button>
      ))}
    </div>
  );
}

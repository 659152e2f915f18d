/** A few values of which one is chosen, side by side. */

import type { ComponentChildren } from "preact";

export interface SegProps<T> {
  label: string;
  values: readonly T[];
  now: T;
  text(value: T): ComponentChildren;
  choose(value: T): void;
}

export function Seg<T extends string | number | boolean>({ label, values, now, text, choose }: SegProps<T>) {
  return (
    <div class="seg" role="group" aria-label={label}>
      {values.map((value) => (
        <button key={String(value)} type="button" aria-pressed={value === now} onClick={() => choose(value)}>
          {text(value)}
        </button>
      ))}
    </div>
  );
}

/** Short words about what just happened, said to screen readers too. */

import { signal } from "@preact/signals";

const SHOWN_MS = 3_500;

const toasts = signal<{ id: number; text: string }[]>([]);
let lastId = 0;

export function toast(text: string): void {
  const id = ++lastId;
  toasts.value = [...toasts.value.slice(-2), { id, text }];
  setTimeout(() => (toasts.value = toasts.value.filter((other) => other.id !== id)), SHOWN_MS);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text }) => (
        <div key={id} class="toast">
          {text}
        </div>
      ))}
    </div>
  );
}

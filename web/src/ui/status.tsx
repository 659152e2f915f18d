/** A status is a colour, a shape and a word; any two of them may be missed. */

import type { ComponentChildren, JSX } from "preact";

export type Tone = "ok" | "warn" | "crit" | "frozen" | "info" | "none";

const SHAPES: Record<Tone, () => JSX.Element> = {
  ok: () => (
    <>
      <circle cx="6" cy="6" r="5" fill="currentColor" />
      <path d="M3.6 6.2l1.7 1.7 3.2-3.6" stroke="var(--ok-tint)" stroke-width="1.6" fill="none" />
    </>
  ),
  warn: () => <path d="M6 .8l5.6 10H.4z" fill="currentColor" />,
  crit: () => <path d="M3.8.8h4.4l3 3v4.4l-3 3H3.8l-3-3V3.8z" fill="currentColor" />,
  frozen: () => (
    <>
      <rect x="2" y="5" width="8" height="6" rx="1" fill="currentColor" />
      <path d="M4 5V3.5a2 2 0 014 0V5" stroke="currentColor" fill="none" stroke-width="1.5" />
    </>
  ),
  info: () => <path d="M2 6l4-4 4 4M2 10l4-4 4 4" stroke="currentColor" stroke-width="1.6" fill="none" />,
  none: () => <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 2" />,
};

export function Shape({ tone }: { tone: Tone }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[tone]()}
    </svg>
  );
}

export function Pill({ tone, children, title }: { tone: Tone; children: ComponentChildren; title?: string }) {
  return (
    <span class={`pill ${tone}`} title={title}>
      <Shape tone={tone} />
      {children}
    </span>
  );
}

/** The shape alone, where the word is only for those who cannot see it. */
export function ShapePill({ tone, label }: { tone: Tone; label: string }) {
  return (
    <span class={`pill icon-only ${tone}`} title={label}>
      <Shape tone={tone} />
      <span class="sr">{label}</span>
    </span>
  );
}

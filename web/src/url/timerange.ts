/** The time range of a list: relative and moving, or pinned by two instants. Pure. */

import type { Range } from "./routes";

export interface TimeRange {
  t: Range;
  /** RFC 3339, both or neither. */
  from: string;
  to: string;
}

export const isPinned = (range: TimeRange): boolean => Number.isFinite(Date.parse(range.from)) && Number.isFinite(Date.parse(range.to));

/** A range as the API takes it: an end that moves is the server's, which knows its own clock. */
export interface Bounds {
  from?: string;
  to?: string;
  since?: string;
}

export function boundsOf(range: TimeRange): Bounds {
  return isPinned(range) ? { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() } : { since: range.t };
}

/** What `<input type="datetime-local">` holds: the zone's time to the second. */
export function toInput(ms: number, offsetMs: (ms: number) => number): string {
  return new Date(ms + offsetMs(ms)).toISOString().slice(0, 19);
}

/** And back; NaN for what is no time. */
export function fromInput(text: string, offsetMs: (ms: number) => number): number {
  const ms = Date.parse(`${text}Z`);
  // The offset of about that moment, then of that moment: a change of summer time may lie between.
  return ms - offsetMs(ms - offsetMs(ms));
}

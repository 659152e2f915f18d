/** The time range of a list: relative and moving, or pinned by two instants. Pure. */

import { parseLength } from "../i18n/format";
import type { Range } from "./routes";

export interface TimeRange {
  t: Range;
  /** RFC 3339, both or neither. */
  from: string;
  to: string;
}

export const isPinned = (range: TimeRange): boolean => Number.isFinite(Date.parse(range.from)) && Number.isFinite(Date.parse(range.to));

/** `from` and `to` as the API wants them. The default hour is left to the server, which knows its own clock. */
export function boundsOf(range: TimeRange, nowMs: number): { from?: string; to?: string } {
  if (isPinned(range)) return { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
  if (range.t === "1h") return {};
  return { from: new Date(nowMs - (parseLength(range.t) ?? 0) / 1000).toISOString(), to: new Date(nowMs).toISOString() };
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

/** A time of day that was typed among other words: `checkout 14:02`, `결제 14시 2분`. Pure. */

export interface Moment {
  /** What else was typed. */
  rest: string;
  /** The latest such moment that is not ahead of now. */
  atMs: number;
}

const CLOCK = /(?:^|\s)([01]?\d|2[0-3])(?::([0-5]\d)(?::([0-5]\d))?|시(?:\s*([0-5]?\d)분)?)(?=\s|$)/;
const DAY_MS = 86_400_000;
/** How much to either side of the moment is looked at: clocks and memories differ by minutes. */
const AROUND_MS = 5 * 60_000;

/** `offsetMs` is how far the reader's clock is ahead of UTC; null where no time was typed. */
export function momentIn(text: string, nowMs: number, offsetMs: number): Moment | null {
  const found = CLOCK.exec(text);
  if (!found) return null;
  const [hours, minutes, seconds] = [found[1], found[2] ?? found[4] ?? "0", found[3] ?? "0"].map(Number);
  const ofDayMs = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  const midnightMs = Math.floor((nowMs + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
  const todayMs = midnightMs + ofDayMs;
  return { rest: text.replace(found[0], " ").trim(), atMs: todayMs > nowMs ? todayMs - DAY_MS : todayMs };
}

/** What to look at when something was said of `atMs`: the time around it, slowest first. */
export function around(atMs: number): { from: string; to: string; sort: "slowest" } {
  return { from: new Date(atMs - AROUND_MS).toISOString(), to: new Date(atMs + AROUND_MS).toISOString(), sort: "slowest" };
}

/** What each part of the page asks about: the filter and the range, or the box that is selected in the chart. Pure. */

import type { Box } from "../ui/heatgrid";
import { boundsOf, type Bounds, type TimeRange } from "./timerange";

export type Scope = Bounds & { q: string };

/** The chart counts spans that match; without a filter the first span of each trace, so that a trace counts once. */
export const chartFilter = (q: string): string => q.trim() || "root";

export const chartScope = (q: string, range: TimeRange): Scope => ({ q: chartFilter(q), ...boundsOf(range) });

/** Terms that hold on exactly the spans of a box's rows. */
export const boxTerms = (box: Box): string => `duration>=${box.fromUs}us duration<${box.toUs + 1}us`;

/** The last microsecond before a moment: the API's windows have both their ends. */
const lastBefore = (ms: number): string => `${new Date(ms - 1).toISOString().slice(0, -1)}999Z`;
const startAt = (ms: number): string => new Date(ms).toISOString();

/** The spans of the box; of everything the filter finds when there is none. */
export function listScope(q: string, range: TimeRange, box: Box | null): Scope {
  if (!box) return { q, ...boundsOf(range) };
  return { q: `${chartFilter(q)} ${boxTerms(box)}`, from: startAt(box.fromMs), to: lastBefore(box.toMs) };
}

/** A question of two sets: all of the chart, and the box in it. */
export function setsScope(q: string, range: TimeRange, box: Box | null): Scope & { sel?: string; selFrom?: string; selTo?: string } {
  const all = box ? chartScope(q, range) : { q, ...boundsOf(range) };
  return box ? { ...all, sel: boxTerms(box), selFrom: startAt(box.fromMs), selTo: lastBefore(box.toMs) } : all;
}

/** What an SLO's line and its sliders are computed from. Pure. */

import type { Marker, SeriesPoint, Slo, SloLatency, SloSeries } from "../../api/types";
import type { SloTab } from "../../url/routes";

/** A budget that comes back by less than this is noise, not news. */
const RETURN_MIN = 0.05;
const RETURNS_MAX = 3;

/** What a tab draws of a point; a calendar's budget is held against the traffic forecast for its period, and never rises. */
export function valueOf(point: SeriesPoint, tab: SloTab): number | null {
  if (tab === "sli") return point.sli;
  return tab === "budget" ? (point.forecast ?? point.budget) : point.good + point.bad;
}

export const startMsOf = (series: SloSeries): number => Date.parse(series.start);
export const endMsOf = (series: SloSeries): number => startMsOf(series) + (series.points.length * series.stepUs) / 1000;

export interface Return {
  /** Where the rise ended, as an index. */
  at: number;
  gained: number;
  /** When the failures were that left the window. */
  leftMs: number;
}

/** Where the budget of a rolling window came back because old failures left it: the greatest rises. */
export function returnsOf(series: SloSeries, windowUs: number): Return[] {
  const found: Return[] = [];
  let from = 0;
  const budgets = series.points.map((point) => point.budget);
  for (let i = 1; i <= budgets.length; i++) {
    const [before, now] = [budgets[i - 1], budgets[i] ?? null];
    if (before !== null && now !== null && now >= before) continue;
    const [low, high] = [budgets[from], before];
    // The first points of a series see a window that has just begun to be counted.
    if (from > 0 && low !== null && high !== null && high - low >= RETURN_MIN) {
      found.push({ at: i - 1, gained: high - low, leftMs: startMsOf(series) + ((i - 1) * series.stepUs - windowUs) / 1000 });
    }
    from = i;
  }
  return found.sort((a, b) => b.gained - a.gained).slice(0, RETURNS_MAX);
}

export interface BeforeAfter {
  before: Sum;
  after: Sum;
}
export interface Sum {
  good: number;
  bad: number;
}

/** How many points either side of a moment are compared with each other. */
const COMPARED = 10;

export function beforeAfter(series: SloSeries, atMs: number): BeforeAfter {
  const at = Math.round(((atMs - startMsOf(series)) * 1000) / series.stepUs);
  const sum = (from: number, end: number): Sum =>
    series.points.slice(Math.max(0, from), Math.max(0, end)).reduce((all, point) => ({ good: all.good + point.good, bad: all.bad + point.bad }), { good: 0, bad: 0 });
  return { before: sum(at - COMPARED, at), after: sum(at, at + COMPARED) };
}

export const badShare = ({ good, bad }: Sum): number | null => (good + bad === 0 ? null : bad / (good + bad));

const isSame = (a: Marker, b: Marker): boolean => a.at === b.at && a.lane === b.lane && a.subject === b.subject && a.event === b.event;

/**
 * The marker after (or before) another in time; from none, the first (or last). A rolling window may have left the
 * chosen one behind: the next is then looked for by its time.
 */
export function stepMarker(markers: Marker[], chosen: Marker | null, by: 1 | -1): Marker | null {
  const last = markers.length - 1;
  if (last < 0) return null;
  if (!chosen) return markers[by > 0 ? 0 : last];
  const at = markers.findIndex((marker) => isSame(marker, chosen));
  if (at >= 0) return markers[Math.min(last, Math.max(0, at + by))];
  const later = markers.findIndex((marker) => Date.parse(marker.at) > Date.parse(chosen.at));
  const from = later < 0 ? markers.length : later;
  return markers[Math.min(last, Math.max(0, by > 0 ? from : from - 1))];
}

/** Bad events of all cells by a limit, from what the server sent once; between the edges of buckets an estimate. */
export function badBy(latency: SloLatency, limitUs: number | null): Sum & { isExact: boolean } {
  let [valid, bad, isExact] = [0, 0, true];
  for (const [, bucket, of, failing, limited] of latency.cells) {
    valid += of;
    bad += failing;
    if (limitUs === null || limited === 0) continue;
    const [from, to] = latency.buckets[bucket];
    const above = Math.min(1, Math.max(0, (to + 1 - limitUs) / (to + 1 - from)));
    bad += limited * above;
    if (above > 0 && above < 1) isExact = false;
  }
  return { good: valid - bad, bad, isExact };
}

/** The budget's used share at a target. */
export const usedOf = ({ good, bad }: Sum, target: number): number | null => (good + bad === 0 ? null : bad / ((good + bad) * (1 - target)));

/** How long everything would have to fail for as many failures, at the traffic of the window. */
export function outageUs(slo: Slo, failures: number, windowUs: number): number | null {
  const events = slo.good + slo.bad;
  return events === 0 || windowUs === 0 ? null : (failures / events) * windowUs;
}

/** What a changed promise looks like in the file that makes it. */
export function proposal(place: string, slo: Slo, target: number, limit: [string, string] | null): string {
  const lines = [`--- a/${place}`, `+++ b/${place}`, `@@ SLO ${slo.name} @@`];
  if (target !== slo.target) lines.push(`-    target: ${slo.target}`, `+    target: ${target}`);
  if (limit) lines.push(`-    duration<${limit[0]}`, `+    duration<${limit[1]}`);
  return lines.join("\n") + "\n";
}

/** A limit as a filter writes it. */
export const limitText = (us: number): string => (us % 1_000_000 === 0 ? `${us / 1_000_000}s` : us >= 1000 ? `${Math.round(us / 1000)}ms` : `${Math.round(us)}us`);

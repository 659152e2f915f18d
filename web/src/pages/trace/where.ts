/** What a span did with its time: itself, and the calls it waited for. Pure. */

import type { TraceModel } from "./model";

export interface Part {
  /** Of the operation waited for; −1 for the span itself. */
  service: number;
  name: number;
  calls: number;
  us: number;
}

/**
 * The parts add up to the span's duration: where children overlap, the time counts for the one that began first.
 * Most first.
 */
export function partsOf(model: TraceModel, row: number): Part[] {
  const { start, duration, size } = model;
  const children: number[] = [];
  for (let child = row + 1; child < row + size[row]; child += Math.max(1, size[child])) children.push(child);
  children.sort((a, b) => start[a] - start[b]);
  const parts = new Map<number, Part>();
  const end = start[row] + duration[row];
  let upTo = start[row];
  for (const child of children) {
    const key = model.service[child] * model.names.length + model.name[child];
    const part = parts.get(key) ?? { service: model.service[child], name: model.name[child], calls: 0, us: 0 };
    parts.set(key, part);
    const to = Math.min(end, start[child] + duration[child]);
    part.calls++;
    part.us += Math.max(0, to - Math.max(upTo, start[child]));
    upTo = Math.max(upTo, to);
  }
  const self: Part = { service: -1, name: -1, calls: 1, us: model.self[row] };
  return [self, ...parts.values()].sort((a, b) => b.us - a.us);
}

/** Which share of durations, counted in buckets, is below `us`; null where too few are known to say. */
export function rankOf(buckets: { fromUs: number; toUs: number; n: number }[], us: number, least: number): number | null {
  let [below, all] = [0, 0];
  for (const { fromUs, toUs, n } of buckets) {
    all += n;
    // Within its own bucket a duration stands where it stands between the bucket's ends.
    below += n * Math.min(1, Math.max(0, (us - fromUs) / Math.max(1, toUs - fromUs + 1)));
  }
  return all < least ? null : below / all;
}

/** Where spans stand in the flame view: by depth, and beside each other where they overlap. Pure. */

import type { TraceModel } from "./model";

/** Spans of one depth that run at the same time stand under each other, up to so many; more share the last lane. */
const LANES_A_DEPTH_MAX = 32;

export interface Lanes {
  count: number;
  /** By row; −1 outside the subtree shown. */
  lane: Int32Array;
  /** Rows by lane, then by start; those of lane n from `from[n]` up to `from[n + 1]`. */
  rows: Int32Array;
  from: Int32Array;
}

export function lanesOf(model: TraceModel, root: number): Lanes {
  const { start, duration, depth } = model;
  const first = Math.max(0, root);
  const end = root < 0 ? model.count : root + model.size[root];
  const order = Int32Array.from({ length: end - first }, (_, i) => first + i).sort((a, b) => depth[a] - depth[b] || start[a] - start[b]);
  const lane = new Int32Array(model.count).fill(-1);
  let base = 0;
  let busyUntil: number[] = [];
  let level = -1;
  for (const row of order) {
    if (depth[row] !== level) {
      base += busyUntil.length;
      busyUntil = [];
      level = depth[row];
    }
    let at = busyUntil.findIndex((until) => until <= start[row]);
    if (at < 0) at = Math.min(busyUntil.length, LANES_A_DEPTH_MAX - 1);
    busyUntil[at] = Math.max(busyUntil[at] ?? 0, start[row] + duration[row]);
    lane[row] = base + at;
  }
  const count = base + busyUntil.length;
  const rows = order.sort((a, b) => lane[a] - lane[b] || start[a] - start[b]);
  const from = new Int32Array(count + 1);
  for (const row of rows) from[lane[row] + 1]++;
  for (let i = 0; i < count; i++) from[i + 1] += from[i];
  return { count, lane, rows, from };
}

/** The row at a moment of a lane; of several the last that begins before it. −1 for none within `slackUs`. */
export function rowAt({ rows, from }: Lanes, model: TraceModel, lane: number, us: number, slackUs: number): number {
  let found = -1;
  for (let i = from[lane]; i < from[lane + 1]; i++) {
    const row = rows[i];
    if (model.start[row] - slackUs > us) break;
    if (model.start[row] + model.duration[row] + slackUs >= us) found = row;
  }
  return found;
}

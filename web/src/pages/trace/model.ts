/**
 * A trace in typed arrays: no object per span, so that a hundred thousand of them cost what ten cost. Rows stand
 * in display order, depth first; a subtree is the run of `size` rows that begins with its root. Pure.
 */

import type { ServiceRef, TraceColumns } from "../../api/types";
import { HUES } from "../../ui/service";

export interface TraceModel {
  traceId: string;
  /** Since 1970. */
  startUs: number;
  durationUs: number;
  /** Rows. */
  count: number;
  /** Spans as they were reported: two of them may share a row. */
  spans: number;
  errors: number;
  missingParents: number;
  skewCorrected: number;
  services: { name: string; color: number; hue: number; isHatched: boolean }[];
  names: string[];
  ids: string[];
  kinds: string[];
  remotes: string[];
  statuses: string[];
  parent: Int32Array;
  depth: Uint16Array;
  size: Int32Array;
  service: Uint16Array;
  name: Uint32Array;
  /** From the start of the trace. */
  start: Float64Array;
  duration: Float64Array;
  /** What a span did not spend waiting for its children. */
  self: Float64Array;
  isError: Uint8Array;
  isCritical: Uint8Array;
}

export function modelOf(trace: TraceColumns): TraceModel {
  const { rows } = trace;
  const model: TraceModel = {
    traceId: trace.traceId,
    startUs: trace.startUs,
    durationUs: Math.max(1, trace.durationUs),
    count: rows.id.length,
    spans: trace.spans,
    errors: trace.errors,
    missingParents: trace.missingParents,
    skewCorrected: trace.skewCorrected,
    services: huesOf(trace.services),
    names: trace.names,
    ids: rows.id,
    kinds: rows.kind,
    remotes: rows.remote,
    statuses: rows.status,
    parent: Int32Array.from(rows.parent),
    depth: Uint16Array.from(rows.depth),
    size: Int32Array.from(rows.size),
    service: Uint16Array.from(rows.service),
    name: Uint32Array.from(rows.name),
    start: Float64Array.from(rows.startUs),
    duration: Float64Array.from(rows.durationUs),
    self: new Float64Array(rows.id.length),
    isError: Uint8Array.from(rows.error),
    isCritical: Uint8Array.from(rows.critical),
  };
  fillSelfTime(model);
  return model;
}

/**
 * A hue for each service: its own by the store's ordinal, unless another service of this trace has it; then the
 * next free one. Only when all hues are taken do two services share one, and the later is hatched.
 */
export function huesOf(services: ServiceRef[]): TraceModel["services"] {
  const taken = new Set<number>();
  const hues = services.map(() => ({ hue: 0, isHatched: false }));
  const order = services.map((_, i) => i).sort((a, b) => services[a].color - services[b].color);
  for (const i of order) {
    let hue = services[i].color % HUES;
    const isFull = taken.size >= HUES;
    while (!isFull && taken.has(hue)) hue = (hue + 1) % HUES;
    taken.add(hue);
    hues[i] = { hue, isHatched: isFull };
  }
  return services.map((service, i) => ({ ...service, ...hues[i] }));
}

/** Duration minus the union of the children's time within it. */
function fillSelfTime(model: TraceModel): void {
  const { count, size, start, duration, self } = model;
  const children: number[] = [];
  for (let row = 0; row < count; row++) {
    const end = start[row] + duration[row];
    children.length = 0;
    let isSorted = true;
    for (let child = row + 1; child < row + size[row]; child += Math.max(1, size[child])) {
      if (children.length > 0 && start[child] < start[children[children.length - 1]]) isSorted = false;
      children.push(child);
    }
    if (!isSorted) children.sort((a, b) => start[a] - start[b]);
    let covered = 0;
    let upTo = start[row];
    for (const child of children) {
      const from = Math.max(upTo, start[child]);
      const to = Math.min(end, start[child] + duration[child]);
      if (to > from) {
        covered += to - from;
        upTo = to;
      }
    }
    self[row] = Math.max(0, duration[row] - covered);
  }
}

export interface ServiceShare {
  service: number;
  spans: number;
  errors: number;
  selfUs: number;
  /** Of all self time. */
  share: number;
}

/** Who spent the time, most first. */
export function shareByService(model: TraceModel): ServiceShare[] {
  const shares = model.services.map((_, service): ServiceShare => ({ service, spans: 0, errors: 0, selfUs: 0, share: 0 }));
  let total = 0;
  for (let row = 0; row < model.count; row++) {
    const of = shares[model.service[row]];
    of.spans++;
    of.errors += model.isError[row];
    of.selfUs += model.self[row];
    total += model.self[row];
  }
  for (const of of shares) of.share = total > 0 ? of.selfUs / total : 0;
  return shares.filter((of) => of.spans > 0).sort((a, b) => b.selfUs - a.selfUs);
}

/** The rows that are shown when the subtrees of `collapsed` rows are closed. */
export function visibleRows(model: Pick<TraceModel, "count" | "size">, collapsed: Uint8Array): Int32Array {
  const rows = new Int32Array(model.count);
  let n = 0;
  for (let row = 0; row < model.count; ) {
    rows[n++] = row;
    row += collapsed[row] ? Math.max(1, model.size[row]) : 1;
  }
  return rows.subarray(0, n);
}

/** Where `row` stands among the visible rows, or −1. */
export function indexOfRow(visible: Int32Array, row: number): number {
  let low = 0;
  let high = visible.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (visible[middle] === row) return middle;
    if (visible[middle] < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Opens every ancestor of `row`. */
export function reveal(model: { parent: Int32Array }, collapsed: Uint8Array, row: number): boolean {
  let changed = false;
  for (let at = model.parent[row]; at >= 0; at = model.parent[at]) {
    if (collapsed[at]) {
      collapsed[at] = 0;
      changed = true;
    }
  }
  return changed;
}

/** Opens (or closes) one level more for the whole trace: the shallowest closed rows, or the deepest open ones. */
export function stepLevel(model: TraceModel, collapsed: Uint8Array, open: boolean): void {
  const visible = visibleRows(model, collapsed);
  let level = open ? Infinity : -1;
  for (const row of visible) {
    if (model.size[row] <= 1) continue;
    if (open && collapsed[row]) level = Math.min(level, model.depth[row]);
    if (!open && !collapsed[row]) level = Math.max(level, model.depth[row]);
  }
  for (const row of visible) {
    if (model.size[row] > 1 && model.depth[row] === level) collapsed[row] = open ? 0 : 1;
  }
}

/** The next row after `from` (before it with `step` −1) for which `flags` is set, around the ends; −1 for none. */
export function nextFlagged(flags: Uint8Array, from: number, step: 1 | -1): number {
  const n = flags.length;
  for (let i = 1; i <= n; i++) {
    const row = (from + step * i + n * 2) % n;
    if (flags[row]) return row;
  }
  return -1;
}

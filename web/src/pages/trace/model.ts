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
  missingIds: string[];
  skews: { service: string; aheadUs: number }[];
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
    missingIds: trace.missingIds ?? [],
    skews: trace.skews ?? [],
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

/** The class of a service's dot. */
export function dotClass(model: TraceModel, service: number): string {
  const of = model.services[service];
  return `dot c${of?.hue ?? 0}${of?.isHatched ? " hatch" : ""}`;
}

export interface Share {
  service: number;
  /** −1 for all of the service's. */
  name: number;
  spans: number;
  errors: number;
  selfUs: number;
  /** Of all self time. */
  share: number;
  /** The row that spent most of it. */
  row: number;
}

/** Who spent the time, services or their operations, most first. */
export function sharesOf(model: TraceModel, byOperation: boolean): Share[] {
  const known = new Map<number, Share>();
  let total = 0;
  for (let row = 0; row < model.count; row++) {
    const name = byOperation ? model.name[row] : -1;
    const key = model.service[row] * (model.names.length + 1) + name + 1;
    let of = known.get(key);
    if (!of) known.set(key, (of = { service: model.service[row], name, spans: 0, errors: 0, selfUs: 0, share: 0, row }));
    if (model.self[row] > model.self[of.row]) of.row = row;
    of.spans++;
    of.errors += model.isError[row];
    of.selfUs += model.self[row];
    total += model.self[row];
  }
  const shares = [...known.values()];
  for (const of of shares) of.share = total > 0 ? of.selfUs / total : 0;
  return shares.sort((a, b) => b.selfUs - a.selfUs);
}

/** Which rows are out of sight. */
export interface Hiding {
  /** 1 where a subtree is closed. */
  collapsed: Uint8Array;
  /** Like siblings, and 1 at the first of those that are folded into one row. */
  groups?: Groups | null;
  folded?: Uint8Array;
  /** The subtree shown; everything by default. */
  root?: number;
  /** 1 for rows that may be shown at all; null for all. */
  only?: Uint8Array | null;
}

export function visibleRows(model: Pick<TraceModel, "count" | "size">, { collapsed, groups, folded, root = -1, only }: Hiding): Int32Array {
  const from = Math.max(0, root);
  const end = root < 0 ? model.count : root + model.size[root];
  const rows = new Int32Array(end - from);
  let n = 0;
  for (let row = from; row < end; ) {
    const first = groups && folded ? groups.first[row] : row;
    const isFolded = folded?.[first] === 1;
    if (first === row || !isFolded) {
      if (!only || only[row]) rows[n++] = row;
    }
    row += isFolded || collapsed[row] ? Math.max(1, model.size[row]) : 1;
  }
  return rows.subarray(0, n);
}

/** Siblings of one operation: what a loop around a call leaves behind. */
export interface Groups {
  /** The first of each row's group; the row itself when it has no like. */
  first: Int32Array;
  /** The next of the group; −1 after the last. */
  next: Int32Array;
  /** At the first: how many, and how long together. */
  calls: Int32Array;
  sumUs: Float64Array;
}

export function groupsOf(model: TraceModel): Groups {
  const { count, parent, service, name, duration } = model;
  const groups: Groups = { first: new Int32Array(count), next: new Int32Array(count).fill(-1), calls: new Int32Array(count), sumUs: new Float64Array(count) };
  const last = new Map<number, number>();
  const nServices = model.services.length;
  const nNames = model.names.length;
  for (let row = 0; row < count; row++) {
    const key = ((parent[row] + 1) * nServices + service[row]) * nNames + name[row];
    const before = last.get(key);
    const first = before === undefined ? row : groups.first[before];
    if (before !== undefined) groups.next[before] = row;
    last.set(key, row);
    groups.first[row] = first;
    groups.calls[first]++;
    groups.sumUs[first] += duration[row];
  }
  return groups;
}

/** `flags`, and the rows above each. */
export function withAncestors(parent: Int32Array, flags: Uint8Array): Uint8Array {
  const all = flags.slice();
  for (let row = all.length - 1; row >= 0; row--) if (all[row] && parent[row] >= 0) all[parent[row]] = 1;
  return all;
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

/** Opens every ancestor of `row`, and the folds that it or one of them is in. */
export function reveal({ parent }: { parent: Int32Array }, { collapsed, groups, folded }: Hiding, row: number): boolean {
  let changed = false;
  const open = (flags: Uint8Array, at: number) => {
    changed ||= flags[at] === 1;
    flags[at] = 0;
  };
  for (let at = row; at >= 0; at = parent[at]) {
    if (at !== row) open(collapsed, at);
    // The first of a fold stands for the others; what is below it is hidden as well.
    if (groups && folded && (groups.first[at] !== at || at !== row)) open(folded, groups.first[at]);
  }
  return changed;
}

/** Opens (or closes) one level more for the whole trace: the shallowest closed rows, or the deepest open ones. */
export function stepLevel(model: TraceModel, collapsed: Uint8Array, open: boolean): void {
  const visible = visibleRows(model, { collapsed });
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

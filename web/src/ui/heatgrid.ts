/**
 * Spans over time and duration: slices of time by log-linear buckets of duration, and boxes in it. A box is made of
 * whole cells, so that what it holds is known to the span without asking again. Pure.
 */

export interface HeatRow {
  /** Whole microseconds, both ends included. */
  fromUs: number;
  toUs: number;
}

export interface HeatGrid {
  fromMs: number;
  toMs: number;
  /** Slices begin at whole steps since 1970; the first and last may reach beyond the window. */
  stepMs: number;
  columns: number;
  /** Ascending, without gaps. */
  rows: HeatRow[];
  /** By column, then row. */
  spans: Float64Array;
  errors: Float64Array;
  /** By column, spans without a duration included. */
  allSpans: Float64Array;
  allErrors: Float64Array;
}

/** Single spans where there are few enough of them, as columns. */
export interface Dots {
  startMs: number[];
  durationUs: number[];
  error: number[];
  traceId: string[];
}

/** Columns and rows, both ends included. */
export interface CellBox {
  c0: number;
  c1: number;
  r0: number;
  r1: number;
}

/** Milliseconds and microseconds; the ends of the time are the first moment inside and the first outside. */
export interface Box {
  fromMs: number;
  toMs: number;
  fromUs: number;
  toUs: number;
}

/** A cell as the API gives it: when, how long (null: not known), how many, how many of them failed. */
export interface Cell {
  atMs: number;
  bucket: HeatRow | null;
  spans: number;
  errors: number;
}

/** More columns than a screen shows are a mistake of the caller. */
const COLUMNS_MAX = 4_000;

/** Number of the bucket that holds `us` at `parts` (a power of two) for each doubling; as crates/storage counts. */
export function bucketOf(us: number, parts: number): number {
  if (us < parts) return us;
  const shift = Math.floor(Math.log2(us)) - Math.log2(parts);
  return (shift + 1) * parts + Math.floor(us / 2 ** shift) - parts;
}

export function boundsOfBucket(bucket: number, parts: number): HeatRow {
  if (bucket < parts) return { fromUs: bucket, toUs: bucket };
  const size = 2 ** (Math.floor(bucket / parts) - 1);
  const fromUs = ((bucket % parts) + parts) * size;
  return { fromUs, toUs: fromUs + size - 1 };
}

/** `shownUs` are durations whose rows must be there though no span has them: a threshold. */
export function gridOf(window: { fromMs: number; toMs: number; stepMs: number; parts: number }, cells: Cell[], shownUs: number[] = []): HeatGrid {
  const { fromMs, toMs, stepMs, parts } = window;
  const firstMs = Math.floor(fromMs / stepMs) * stepMs;
  const columns = Math.min(COLUMNS_MAX, Math.max(1, Math.floor((toMs - firstMs) / stepMs) + 1));
  const buckets = cells.flatMap(({ bucket }) => (bucket ? [bucketOf(bucket.fromUs, parts)] : []));
  for (const us of shownUs) buckets.push(bucketOf(us, parts));
  const low = buckets.reduce((least, bucket) => Math.min(least, bucket), Infinity);
  const high = buckets.reduce((most, bucket) => Math.max(most, bucket), -Infinity);
  const rows = buckets.length === 0 ? [] : Array.from({ length: high - low + 1 }, (_, i) => boundsOfBucket(low + i, parts));
  const grid: HeatGrid = {
    fromMs,
    toMs,
    stepMs,
    columns,
    rows,
    spans: new Float64Array(columns * rows.length),
    errors: new Float64Array(columns * rows.length),
    allSpans: new Float64Array(columns),
    allErrors: new Float64Array(columns),
  };
  for (const { atMs, bucket, spans, errors } of cells) {
    const column = Math.round((atMs - firstMs) / stepMs);
    if (column < 0 || column >= columns) continue;
    grid.allSpans[column] += spans;
    grid.allErrors[column] += errors;
    if (!bucket) continue;
    const at = column * rows.length + bucketOf(bucket.fromUs, parts) - low;
    grid.spans[at] += spans;
    grid.errors[at] += errors;
  }
  return grid;
}

export const startOfColumn = (grid: HeatGrid, column: number): number => Math.floor(grid.fromMs / grid.stepMs) * grid.stepMs + column * grid.stepMs;

/** The cells that a box touches; null when it lies outside. */
export function cellsOf(grid: HeatGrid, box: Box | null): CellBox | null {
  if (!box || grid.rows.length === 0) return null;
  const first = startOfColumn(grid, 0);
  const c0 = Math.max(0, Math.floor((box.fromMs - first) / grid.stepMs));
  const c1 = Math.min(grid.columns - 1, Math.ceil((box.toMs - first) / grid.stepMs) - 1);
  const r0 = grid.rows.findIndex((row) => row.toUs >= box.fromUs);
  const r1 = grid.rows.findLastIndex((row) => row.fromUs <= box.toUs);
  return c0 > c1 || r0 < 0 || r1 < r0 ? null : { c0, c1, r0, r1 };
}

/** A box of whole cells, cut at the window's ends. */
export function boxOf(grid: HeatGrid, { c0, c1, r0, r1 }: CellBox): Box {
  return {
    fromMs: Math.max(grid.fromMs, startOfColumn(grid, c0)),
    toMs: Math.min(grid.toMs, startOfColumn(grid, c1 + 1)),
    fromUs: grid.rows[r0].fromUs,
    toUs: grid.rows[r1].toUs,
  };
}

/** What the cells hold. */
export function sumOf(grid: HeatGrid, cells: CellBox | null): { spans: number; errors: number } {
  const sum = { spans: 0, errors: 0 };
  if (!cells) return sum;
  for (let c = cells.c0; c <= cells.c1; c++) {
    for (let r = cells.r0; r <= cells.r1; r++) {
      sum.spans += grid.spans[c * grid.rows.length + r];
      sum.errors += grid.errors[c * grid.rows.length + r];
    }
  }
  return sum;
}

export const wholeOf = (grid: HeatGrid): CellBox => ({ c0: 0, c1: grid.columns - 1, r0: 0, r1: grid.rows.length - 1 });

/** The upper end of the bucket below which a share `q` of a column's durations lies (nearest rank); null without any. */
export function quantileOf(grid: HeatGrid, column: number, q: number): number | null {
  const n = grid.rows.length;
  const counts = grid.spans.subarray(column * n, column * n + n);
  const rank = Math.max(1, Math.ceil(q * counts.reduce((sum, count) => sum + count, 0)));
  let below = 0;
  for (let r = 0; r < n; r++) {
    below += counts[r];
    if (below >= rank) return grid.rows[r].toUs;
  }
  return null;
}

/** `fromMs,toMs,fromUs,toUs`: a box as the address has it. Null when the text is none. */
export function readBox(text: string): Box | null {
  const [fromMs, toMs, fromUs, toUs, ...more] = text.split(",").map((part) => (/^\d{1,16}$/.test(part) ? Number(part) : NaN));
  const isBox = more.length === 0 && fromMs < toMs && fromUs <= toUs;
  return isBox ? { fromMs, toMs, fromUs, toUs } : null;
}

export const writeBox = (box: Box | null): string => (box ? [box.fromMs, box.toMs, box.fromUs, box.toUs].join(",") : "");

const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;
const TICK_STEPS_MS = [S, 2 * S, 5 * S, 10 * S, 15 * S, 30 * S, MIN, 2 * MIN, 5 * MIN, 10 * MIN, 15 * MIN, 30 * MIN, H, 2 * H, 3 * H, 6 * H, 12 * H, 24 * H, 48 * H, 168 * H];

/** Round moments of local time, at most `wanted` of them. `offsetMs` is what local time is ahead of UTC. */
export function timeTicks(fromMs: number, toMs: number, wanted: number, offsetMs: number): { stepMs: number; at: number[] } {
  const stepMs = TICK_STEPS_MS.find((step) => (toMs - fromMs) / step <= wanted) ?? TICK_STEPS_MS[TICK_STEPS_MS.length - 1];
  const at: number[] = [];
  for (let tick = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs; tick <= toMs; tick += stepMs) at.push(tick);
  return { stepMs, at };
}

/** Round durations for a logarithmic axis: powers of ten, or 1, 2 and 5 where there are few of those; seconds go by sixties. */
export function durationTicks(lowUs: number, highUs: number, wanted: number): number[] {
  const powers: number[] = [];
  for (let us = 1; us <= highUs; us *= 10) powers.push(us);
  const inside = (list: number[]) => list.filter((us) => us >= lowUs && us <= highUs);
  const few = inside(powers);
  if (few.length >= 3) {
    const every = Math.ceil(few.length / Math.max(1, wanted));
    return few.filter((_, i) => (few.length - 1 - i) % every === 0);
  }
  return inside(powers.flatMap((us) => [us, 2 * us, 5 * us])).slice(-wanted);
}

/** The part of a trace's time that is looked at, and its ticks. Pure. */

export interface TimeView {
  /** Microseconds from the start of the trace. */
  from: number;
  to: number;
}

/** Below this nothing more can be told apart: timestamps are whole microseconds. */
const SPAN_MIN_US = 10;

/** A step closer, and how far a step to the side goes. */
export const ZOOM_STEP = 0.6;
export const PAN_STEP = 0.15;

/** Keeps a view inside the trace and wide enough. */
export function clampView(view: TimeView, durationUs: number): TimeView {
  const length = Math.min(durationUs, Math.max(Math.min(SPAN_MIN_US, durationUs), view.to - view.from));
  const from = Math.min(Math.max(0, view.from), durationUs - length);
  return { from, to: from + length };
}

/** Zooms by `factor` (below 1 is closer) around the moment at share `anchor` of the view. */
export function zoomView(view: TimeView, factor: number, anchor: number, durationUs: number): TimeView {
  const length = view.to - view.from;
  const next = Math.min(durationUs, Math.max(Math.min(SPAN_MIN_US, durationUs), length * factor));
  const at = view.from + length * anchor;
  return clampView({ from: at - next * anchor, to: at + next * (1 - anchor) }, durationUs);
}

export function panView(view: TimeView, share: number, durationUs: number): TimeView {
  const shift = (view.to - view.from) * share;
  return clampView({ from: view.from + shift, to: view.to + shift }, durationUs);
}

/** A span with a little air on either side. */
export function fitView(startUs: number, spanUs: number, durationUs: number): TimeView {
  const air = Math.max(spanUs * 0.1, 5);
  return clampView({ from: startUs - air, to: startUs + spanUs + air }, durationUs);
}

export const isWhole = (view: TimeView, durationUs: number): boolean => view.from <= 0 && view.to >= durationUs;

/** Round moments inside the view, about `wanted` of them, at steps of 1, 2 or 5. */
export function ticksOf(view: TimeView, wanted: number): number[] {
  const rough = (view.to - view.from) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = [1, 2, 5, 10].map((n) => n * power).find((candidate) => candidate >= rough) ?? power * 10;
  const ticks: number[] = [];
  for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) ticks.push(at);
  return ticks;
}

/** The text of a tick: one unit for the whole axis, and as many digits as tell neighbours apart. */
export function tickLabel(us: number, stepUs: number, largestUs: number): string {
  if (us === 0) return "0";
  const [unit, sizeUs] = largestUs < 1_000 ? ["µs", 1] : largestUs < 1_000_000 ? ["ms", 1_000] : ["s", 1_000_000];
  const digits = Math.max(0, Math.ceil(-Math.log10(stepUs / sizeUs) - 1e-9));
  return `${(us / sizeUs).toFixed(digits)} ${unit}`;
}

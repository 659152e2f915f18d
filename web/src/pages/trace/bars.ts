/**
 * Drawing of the bars: one canvas of the size of what is seen, whatever the size of the trace. Knows colours and
 * pixels, not the document around it.
 */

import type { Groups, TraceModel } from "./model";
import type { Palette } from "./palette";
import type { TimeView } from "./timescale";

export const ROW_PX = 26;
const BAR_TOP = 6;
const BAR_PX = 14;
const BAR_MIN_PX = 2;
const RADIUS = 2;
const LABEL_GAP = 5;
/** How much of a bar is left when it is not what is looked at. */
const FADED = 0.28;

export interface Scene {
  /** Where the time begins on the canvas, and how much of it and of the height there is. */
  left: number;
  width: number;
  height: number;
  model: TraceModel;
  visible: Int32Array;
  /** Indexes into `visible`. */
  first: number;
  end: number;
  scrollTop: number;
  view: TimeView;
  ticks: number[];
  /** Rows to keep bright; null keeps all. */
  matches: Uint8Array | null;
  onlyCritical: boolean;
  /** Where siblings are folded, all of them are drawn in the row of the first. */
  groups: Groups | null;
  folded: Uint8Array;
  labelOf(row: number): string;
}

export function drawBars(ctx: CanvasRenderingContext2D, palette: Palette, scene: Scene): void {
  const { model, visible, view, width, height } = scene;
  const scale = width / (view.to - view.from);
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.save();
  ctx.translate(scene.left, 0);

  ctx.fillStyle = palette.border;
  for (const tick of scene.ticks) ctx.fillRect(Math.round((tick - view.from) * scale), 0, 1, height);

  ctx.font = `11px ${palette.font}`;
  ctx.textBaseline = "middle";
  for (let index = scene.first; index < scene.end; index++) {
    const row = visible[index];
    const top = index * ROW_PX - scene.scrollTop;
    const isFaded = (scene.matches !== null && !scene.matches[row]) || (scene.onlyCritical && !model.isCritical[row]);
    ctx.globalAlpha = isFaded ? FADED : 1;
    if (scene.groups && scene.folded[row]) drawFold(ctx, top, scale, palette, scene, scene.groups, row);
    else drawBar(ctx, top, scale, palette, scene, row);
  }
  ctx.restore();
}

function drawBar(ctx: CanvasRenderingContext2D, top: number, scale: number, palette: Palette, scene: Scene, row: number): void {
  const { model, view, width } = scene;
  const from = (model.start[row] - view.from) * scale;
  const to = from + model.duration[row] * scale;
  const label = scene.labelOf(row);
  const status = model.isError[row] ? model.statuses[row] || "✕" : "";

  // At the edges a bar is cut, so that no huge rectangles reach the rasteriser.
  const left = Math.max(0, Math.min(from, width));
  const right = Math.min(width + RADIUS * 2, Math.max(to, left + (to >= 0 ? BAR_MIN_PX : 0)));
  if (to >= 0 && from <= width) {
    const service = model.services[model.service[row]];
    ctx.fillStyle = palette.hues[service?.hue ?? 0];
    ctx.beginPath();
    ctx.roundRect(left, top + BAR_TOP, Math.max(BAR_MIN_PX, right - left), BAR_PX, RADIUS);
    ctx.fill();
    if (service?.isHatched) hatch(ctx, left, top + BAR_TOP, right - left, BAR_PX, palette.surface);
    if (model.isError[row]) markError(ctx, left, top + BAR_TOP, Math.max(BAR_MIN_PX, right - left), palette);
    if (model.isCritical[row]) {
      ctx.fillStyle = palette.text;
      ctx.fillRect(Math.max(0, left), top + BAR_TOP + BAR_PX + 1, Math.max(BAR_MIN_PX, Math.min(width, right) - Math.max(0, left)), 2);
    }
  }
  drawLabel(ctx, top, { from: -scene.left, to: width, left: Math.max(0, left), right: Math.min(width, right) }, palette, label, status);
}

/** The bars of a fold; those that begin in a pixel that has one are not drawn again. */
function drawFold(ctx: CanvasRenderingContext2D, top: number, scale: number, palette: Palette, scene: Scene, groups: Groups, first: number): void {
  const { model, view, width } = scene;
  let drawnTo = -1;
  let end = 0;
  let failed = "";
  ctx.fillStyle = palette.hues[model.services[model.service[first]]?.hue ?? 0];
  for (let row = first; row >= 0; row = groups.next[row]) {
    const from = (model.start[row] - view.from) * scale;
    const to = Math.min(width, from + Math.max(BAR_MIN_PX, model.duration[row] * scale));
    end = Math.max(end, to);
    if (model.isError[row]) failed = model.statuses[row] || "✕";
    if (to < 0 || from > width || (to <= drawnTo && !model.isError[row])) continue;
    const left = Math.max(0, from, drawnTo);
    ctx.fillRect(left, top + BAR_TOP, Math.max(1, to - left), BAR_PX);
    if (model.isError[row]) {
      ctx.fillStyle = palette.crit;
      ctx.fillRect(Math.max(0, from), top + BAR_TOP, 3, BAR_PX);
      ctx.fillStyle = palette.hues[model.services[model.service[first]]?.hue ?? 0];
    }
    drawnTo = to;
  }
  const left = Math.max(0, (model.start[first] - view.from) * scale);
  drawLabel(ctx, top, { from: -scene.left, to: width, left, right: end }, palette, scene.labelOf(first), failed);
}

/** Red leading edge and outline; the bar keeps its service's colour. */
function markError(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, palette: Palette): void {
  ctx.fillStyle = palette.crit;
  ctx.beginPath();
  ctx.roundRect(x - 2, y, Math.min(6, width + 2), BAR_PX, RADIUS);
  ctx.fill();
  ctx.strokeStyle = palette.crit;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.roundRect(x - 1.5, y - 0.75, width + 2, BAR_PX + 1.5, RADIUS + 1);
  ctx.stroke();
}

function hatch(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, colour: string): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (let at = x - height; at < x + width; at += 6) {
    ctx.moveTo(at, y + height);
    ctx.lineTo(at + height, y);
  }
  ctx.stroke();
  ctx.restore();
}

/** At the right of the bar, else at its left, else inside its end on a plate. */
function drawLabel(ctx: CanvasRenderingContext2D, top: number, at: { from: number; to: number; left: number; right: number }, palette: Palette, label: string, status: string): void {
  const middle = top + BAR_TOP + BAR_PX / 2 + 0.5;
  ctx.textAlign = "left";
  const statusPx = status ? ctx.measureText(`${status} `).width : 0;
  const textPx = statusPx + ctx.measureText(label).width;
  let x = at.right + LABEL_GAP + (status ? 1 : 0);
  if (x + textPx > at.to) x = at.left - LABEL_GAP - textPx - (status ? 2 : 0);
  if (x < at.from) {
    x = Math.max(at.from, at.right - textPx - LABEL_GAP - 2);
    ctx.fillStyle = palette.surface;
    ctx.beginPath();
    ctx.roundRect(x - 3, top + BAR_TOP + 1, textPx + 6, BAR_PX - 2, RADIUS);
    ctx.fill();
  }
  if (status) {
    ctx.fillStyle = palette.critText;
    ctx.fillText(status, x, middle);
  }
  ctx.fillStyle = palette.muted;
  ctx.fillText(label, x + statusPx, middle);
}

/** Lines drawn in the strip: a hundred for each of its pixels of height; more could not be told apart. */
const MINIMAP_LINES_MAX = 4_000;

/** The whole trace in a strip: each span a line in its colour, errors in red over the rest. */
export function drawMinimap(ctx: CanvasRenderingContext2D, width: number, height: number, palette: Palette, model: TraceModel): void {
  ctx.clearRect(0, 0, width, height);
  const step = Math.max(1, Math.floor(model.count / MINIMAP_LINES_MAX));
  const rowPx = height / Math.max(1, model.count);
  const linePx = Math.max(1, Math.min(4, rowPx * 0.7));
  const scale = width / model.durationUs;
  for (let row = 0; row < model.count; row += step) {
    ctx.fillStyle = palette.hues[model.services[model.service[row]]?.hue ?? 0];
    ctx.fillRect(model.start[row] * scale, row * rowPx, Math.max(1.5, model.duration[row] * scale), linePx);
  }
  ctx.fillStyle = palette.crit;
  for (let row = 0; row < model.count; row++) {
    if (model.isError[row]) ctx.fillRect(model.start[row] * scale, row * rowPx, Math.max(2, model.duration[row] * scale), Math.max(2, linePx));
  }
}

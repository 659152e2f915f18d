/** Drawing of a heat-map on a canvas, or of single dots in its place; above it how many spans came, and how many failed. */

import { mixed } from "./canvas";
import { durationTicks, startOfColumn, timeTicks, type Dots, type HeatGrid } from "./heatgrid";

export const LEFT_PX = 52;
const RIGHT_PX = 6;
const BOTTOM_PX = 20;
const GAP_PX = 8;
/** The least that a single span is seen by. */
const LEVEL_MIN = 0.22;
/** Cells smaller than this carry no cross: it would be a blot. */
const CROSS_PX_MIN = 7;
const DOT_PX = 2.5;

export const HEAT_COLOURS = {
  sunk: "--sunk",
  cold: "--s1",
  failLight: "--s2",
  failHeavy: "--s3",
  crit: "--crit-fill",
  text: "--text",
  muted: "--muted",
  border: "--border",
  surface: "--surface",
  accent: "--accent",
};
export type HeatColours = Record<keyof typeof HEAT_COLOURS, string>;

/** Where time and durations lie on the canvas. */
export class Scale {
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  private readonly lowLog: number;
  private readonly highLog: number;

  constructor(
    readonly grid: HeatGrid,
    readonly width: number,
    readonly height: number,
    readonly stripPx: number,
  ) {
    this.right = width - RIGHT_PX;
    this.top = stripPx > 0 ? stripPx + GAP_PX : 6;
    this.bottom = height - BOTTOM_PX;
    const { rows } = grid;
    this.lowLog = Math.log(Math.max(0.5, rows[0]?.fromUs ?? 1));
    this.highLog = Math.log((rows[rows.length - 1]?.toUs ?? 1) + 1);
  }

  x(ms: number): number {
    const { fromMs, toMs } = this.grid;
    return LEFT_PX + Math.min(1, Math.max(0, (ms - fromMs) / (toMs - fromMs))) * (this.right - LEFT_PX);
  }
  y(us: number): number {
    const share = (Math.log(Math.max(0.5, us)) - this.lowLog) / (this.highLog - this.lowLog);
    return this.bottom - share * (this.bottom - this.top);
  }
  ms(x: number): number {
    const { fromMs, toMs } = this.grid;
    return fromMs + Math.min(1, Math.max(0, (x - LEFT_PX) / (this.right - LEFT_PX))) * (toMs - fromMs);
  }
  us(y: number): number {
    const share = Math.min(1, Math.max(0, (this.bottom - y) / (this.bottom - this.top)));
    return Math.exp(this.lowLog + share * (this.highLog - this.lowLog));
  }
  column(x: number): number {
    return Math.min(this.grid.columns - 1, Math.max(0, Math.floor((this.ms(x) - startOfColumn(this.grid, 0)) / this.grid.stepMs)));
  }
  row(y: number): number {
    const us = this.us(y);
    const row = this.grid.rows.findIndex(({ toUs }) => us < toUs + 1);
    return row < 0 ? this.grid.rows.length - 1 : row;
  }
  left(column: number): number {
    return this.x(startOfColumn(this.grid, column));
  }
}

interface Scene {
  scale: Scale;
  dots: Dots | null;
  colours: HeatColours;
  font: string;
  tick(ms: number, stepMs: number): string;
  offsetMs(ms: number): number;
  duration(us: number): string;
}

export function drawHeat(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { scale, colours } = scene;
  ctx.clearRect(0, 0, scale.width, scale.height);
  ctx.font = `11px ${scene.font}`;
  drawAxes(ctx, scene);
  if (scale.stripPx > 0) drawStrip(ctx, scale, colours);
  if (scene.dots) drawDots(ctx, scale, colours, scene.dots);
  else drawCells(ctx, scale, colours);
}

function drawAxes(ctx: CanvasRenderingContext2D, { scale, colours, tick, offsetMs, duration }: Scene): void {
  const { grid, right, bottom, top } = scale;
  const { stepMs, at } = timeTicks(grid.fromMs, grid.toMs, Math.max(2, Math.floor((right - LEFT_PX) / 96)), offsetMs(grid.toMs));
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  for (const ms of at) {
    const x = Math.round(scale.x(ms));
    ctx.fillStyle = colours.border;
    ctx.fillRect(x, 0, 1, bottom);
    const text = tick(ms, stepMs);
    const half = ctx.measureText(text).width / 2;
    ctx.fillStyle = colours.muted;
    ctx.fillText(text, Math.min(scale.width - half, Math.max(half, x)), bottom + BOTTOM_PX / 2 + 2);
  }
  const { rows } = grid;
  if (rows.length === 0) return;
  ctx.textAlign = "right";
  for (const us of durationTicks(rows[0].fromUs, rows[rows.length - 1].toUs, Math.floor((bottom - top) / 26))) {
    const y = Math.round(scale.y(us));
    ctx.fillStyle = colours.border;
    ctx.fillRect(LEFT_PX, y, right - LEFT_PX, 1);
    ctx.fillStyle = colours.muted;
    ctx.fillText(duration(us), LEFT_PX - 6, Math.min(bottom - 5, Math.max(top + 5, y)));
  }
}

/** Columns of all spans with the failed ones in red at their foot. The square root keeps one busy slice from hiding the rest. */
function drawStrip(ctx: CanvasRenderingContext2D, scale: Scale, colours: HeatColours): void {
  const { grid, stripPx } = scale;
  const most = grid.allSpans.reduce((max, n) => Math.max(max, n), 1);
  const heightOf = (n: number) => (n === 0 ? 0 : Math.max(1.5, Math.sqrt(n / most) * stripPx));
  for (let c = 0; c < grid.columns; c++) {
    const left = scale.left(c);
    const width = Math.max(1, scale.left(c + 1) - left - 1);
    for (const [n, colour] of [[grid.allSpans[c], mixed(colours.surface, colours.muted, 0.45)], [grid.allErrors[c], colours.crit]] as const) {
      ctx.fillStyle = colour;
      ctx.fillRect(left, stripPx - heightOf(n), width, heightOf(n));
    }
  }
  ctx.fillStyle = colours.border;
  ctx.fillRect(LEFT_PX, stripPx, scale.right - LEFT_PX, 1);
}

function drawCells(ctx: CanvasRenderingContext2D, scale: Scale, colours: HeatColours): void {
  const { grid } = scale;
  const n = grid.rows.length;
  const most = Math.log1p(grid.spans.reduce((max, count) => Math.max(max, count), 1));
  const level = (count: number) => LEVEL_MIN + (1 - LEVEL_MIN) * (Math.log1p(count) / most);
  for (let c = 0; c < grid.columns; c++) {
    const left = scale.left(c);
    const width = Math.max(1, scale.left(c + 1) - left - 0.5);
    for (let r = 0; r < n; r++) {
      const count = grid.spans[c * n + r];
      if (count === 0) continue;
      const failed = grid.errors[c * n + r];
      const bottom = scale.y(grid.rows[r].fromUs);
      const top = scale.y(grid.rows[r].toUs + 1);
      const height = Math.max(1, bottom - top - 0.5);
      ctx.fillStyle = mixed(colours.sunk, colours.cold, level(count));
      ctx.fillRect(left, top, width, height);
      if (failed === 0) continue;
      // As much of the cell as failed, but never so little that it is not seen.
      const part = Math.max(Math.min(3, width), (width * failed) / count);
      ctx.fillStyle = mixed(colours.failLight, colours.failHeavy, Math.log1p(failed) / most);
      ctx.fillRect(left, top, part, height);
      if (Math.min(part, height) >= CROSS_PX_MIN) drawCross(ctx, left + part / 2, top + height / 2, 2, colours.surface);
    }
  }
}

function drawDots(ctx: CanvasRenderingContext2D, scale: Scale, colours: HeatColours, dots: Dots): void {
  // Failed ones last: nothing lies over them.
  for (const failed of [0, 1]) {
    for (let i = 0; i < dots.startMs.length; i++) {
      if (Number(dots.error[i] > 0) !== failed) continue;
      const x = scale.x(dots.startMs[i]);
      const y = scale.y(dots.durationUs[i]);
      if (failed) {
        drawCross(ctx, x, y, DOT_PX + 0.5, colours.crit);
        continue;
      }
      ctx.fillStyle = colours.cold;
      ctx.globalAlpha = 0.65;
      ctx.beginPath();
      ctx.arc(x, y, DOT_PX, 0, 2 * Math.PI);
      ctx.fill();
      ctx.globalAlpha = 1;
    }
  }
}

function drawCross(ctx: CanvasRenderingContext2D, x: number, y: number, half: number, colour: string): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  ctx.moveTo(x - half, y - half);
  ctx.lineTo(x + half, y + half);
  ctx.moveTo(x - half, y + half);
  ctx.lineTo(x + half, y - half);
  ctx.stroke();
}

/**
 * A heat-map of durations over time, on a canvas of our own: a box is drawn with the pointer or with the keyboard,
 * a threshold is moved by either, and the same figures stand in a table (`HeatTable`). Knows no page.
 */

import "../shared";
import { useEffect, useRef, useState } from "preact/hooks";
import { fmt, texts } from "../i18n";
import { paletteVersion } from "../shell/theme";
import { coloursOf, fitCanvas } from "./canvas";
import { crosshairMs } from "./crosshair";
import { drawHeat, HEAT_COLOURS, LEFT_PX, Scale } from "./heatdraw";
import { boxOf, cellsOf, quantileOf, startOfColumn, sumOf, wholeOf, type Box, type CellBox, type Dots, type HeatGrid } from "./heatgrid";
import { useWidth } from "./width";

/** A shorter drag was a click. */
const DRAG_PX_MIN = 4;
/** How near the pointer must be to a dot. */
const DOT_REACH_PX = 8;

interface HeatmapProps {
  /** What it shows, for those who do not see it. */
  label: string;
  grid: HeatGrid;
  /** Drawn in place of the cells. */
  dots?: Dots | null;
  box: Box | null;
  onBox(box: Box | null): void;
  /** A part of the time was chosen in the strip, or with `z`. */
  onZoom?(fromMs: number, toMs: number): void;
  onDot?(index: number): void;
  threshold?: { us: number; label: string; onMove?(us: number): void };
  height?: number;
  /** Height of the columns above it; 0 leaves them out. */
  stripPx?: number;
  dimmed?: boolean;
}

export function Heatmap({ label, grid, dots = null, box, onBox, onZoom, onDot, threshold, height = 220, stripPx = 36, dimmed }: HeatmapProps) {
  const t = texts().chart;
  const f = fmt();
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(stage);
  const [cursor, setCursor] = useState<{ c: number; r: number } | null>(null);
  /** Where a box that is being drawn began, and whether it is of time alone. */
  const [draft, setDraft] = useState<{ cells: CellBox; isTime: boolean } | null>(null);
  const [pointed, setPointed] = useState("");
  const [said, setSaid] = useState("");
  /** Reached by the keyboard: then its keys are shown until one is pressed. */
  const [isKeyed, setKeyed] = useState(false);
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const anchor = useRef<{ c: number; r: number } | null>(null);
  const version = paletteVersion.value;
  const scale = new Scale(grid, width, height, stripPx);
  const hasRows = grid.rows.length > 0;

  useEffect(() => {
    if (width === 0) return;
    const ctx = fitCanvas(canvas.current!, width, height);
    const el = stage.current!;
    if (ctx) drawHeat(ctx, { scale, dots, colours: coloursOf(el, HEAT_COLOURS), font: getComputedStyle(el).fontFamily, tick: f.tick, offsetMs: f.offsetMs, duration: f.duration });
  }, [grid, dots, width, height, version, f]);
  useEffect(() => setCursor(null), [grid]);

  const cellText = (cells: CellBox): string => {
    const { fromMs, toMs, fromUs, toUs } = boxOf(grid, cells);
    const { spans, errors } = sumOf(grid, cells);
    return t.cell(f.time(fromMs, grid.toMs), f.time(toMs, grid.toMs), f.duration(fromUs), f.duration(toUs + 1), spans, f.count(spans), f.count(errors));
  };
  const columnText = (c: number): string =>
    t.column(f.time(startOfColumn(grid, c), grid.toMs), f.time(startOfColumn(grid, c + 1), grid.toMs), grid.allSpans[c], f.count(grid.allSpans[c]), f.count(grid.allErrors[c]));

  const at = (event: PointerEvent | MouseEvent) => {
    const rect = canvas.current!.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  };
  const dotAt = (x: number, y: number): number => {
    let best = -1;
    let reach = DOT_REACH_PX;
    dots?.startMs.forEach((ms, i) => {
      const away = Math.hypot(scale.x(ms) - x, scale.y(dots.durationUs[i]) - y);
      if (away < reach) [best, reach] = [i, away];
    });
    return best;
  };
  const cellsBetween = (a: { x: number; y: number }, b: { x: number; y: number }, isTime: boolean): CellBox => {
    const [c0, c1] = [scale.column(a.x), scale.column(b.x)].sort((m, n) => m - n);
    const [r0, r1] = isTime ? [0, Math.max(0, grid.rows.length - 1)] : [scale.row(a.y), scale.row(b.y)].sort((m, n) => m - n);
    return { c0, c1, r0, r1 };
  };
  const inStrip = (y: number) => stripPx > 0 && y < stripPx;

  function onPointerMove(event: PointerEvent): void {
    const here = at(event);
    const from = drag.current;
    if (from) {
      from.moved ||= Math.hypot(here.x - from.x, here.y - from.y) >= DRAG_PX_MIN;
      if (from.moved) setDraft({ cells: cellsBetween(from, here, inStrip(from.y)), isTime: inStrip(from.y) });
      return;
    }
    crosshairMs.value = here.x < LEFT_PX ? null : scale.ms(here.x);
    if (here.x < LEFT_PX) return setPointed("");
    if (inStrip(here.y) || !hasRows) return setPointed(columnText(scale.column(here.x)));
    const dot = dotAt(here.x, here.y);
    if (dot >= 0 && dots) setPointed(t.dot(f.time(dots.startMs[dot], grid.toMs), f.duration(dots.durationUs[dot]), dots.error[dot] > 0));
    else setPointed(cellText(cellsBetween(here, here, false)));
  }

  function onPointerUp(event: PointerEvent): void {
    const from = drag.current;
    drag.current = null;
    setDraft(null);
    if (!from) return;
    const here = at(event);
    if (inStrip(from.y)) {
      if (!from.moved || !onZoom) return;
      const { c0, c1 } = cellsBetween(from, here, true);
      onZoom(Math.max(grid.fromMs, startOfColumn(grid, c0)), Math.min(grid.toMs, startOfColumn(grid, c1 + 1)));
      return;
    }
    if (!hasRows) return;
    const cells = cellsBetween(from, here, false);
    const dot = from.moved ? -1 : dotAt(here.x, here.y);
    if (dot >= 0 && onDot) onDot(dot);
    else if (from.moved || (!box && sumOf(grid, cells).spans > 0)) onBox(boxOf(grid, cells));
    else onBox(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !hasRows) return;
    const now = cursor ?? firstCell(grid, box);
    const { columns, rows } = grid;
    const go = (c: number, r: number) => {
      const next = { c: Math.min(columns - 1, Math.max(0, c)), r: Math.min(rows.length - 1, Math.max(0, r)) };
      if (event.shiftKey) anchor.current ??= now;
      else anchor.current = null;
      const from = anchor.current ?? next;
      const cells = { c0: Math.min(from.c, next.c), c1: Math.max(from.c, next.c), r0: Math.min(from.r, next.r), r1: Math.max(from.r, next.r) };
      setCursor(next);
      setDraft(anchor.current ? { cells, isTime: false } : null);
      setSaid(cellText(cells));
    };
    const moves: Record<string, () => void> = {
      ArrowLeft: () => go(now.c - (cursor ? 1 : 0), now.r),
      ArrowRight: () => go(now.c + (cursor ? 1 : 0), now.r),
      ArrowUp: () => go(now.c, now.r + (cursor ? 1 : 0)),
      ArrowDown: () => go(now.c, now.r - (cursor ? 1 : 0)),
      Home: () => go(0, now.r),
      End: () => go(columns - 1, now.r),
      PageUp: () => go(now.c, rows.length - 1),
      PageDown: () => go(now.c, 0),
      Enter: () => {
        onBox(boxOf(grid, draft?.cells ?? { c0: now.c, c1: now.c, r0: now.r, r1: now.r }));
        anchor.current = null;
        setDraft(null);
      },
      Escape: () => {
        anchor.current = null;
        if (draft) setDraft(null);
        else onBox(null);
      },
      z: () => {
        const part = draft ? boxOf(grid, draft.cells) : box;
        if (part) onZoom?.(part.fromMs, part.toMs);
      },
    };
    const move = moves[event.key];
    if (!move || (event.key === "Escape" && !draft && !box)) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  const chosen = draft?.cells ?? cellsOf(grid, box);
  return (
    <div class={`heat${dimmed ? " dimmed" : ""}`}>
      <div
        ref={stage}
        class="heat-stage"
        style={{ height: `${height}px` }}
        role="application"
        aria-label={label}
        aria-roledescription={t.heatmap}
        aria-describedby="heat-keys"
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={(event) => setKeyed(event.currentTarget.matches(":focus-visible"))}
        onBlur={() => {
          setKeyed(false);
          setCursor(null);
          setSaid("");
        }}
        onPointerDown={(event) => {
          if (event.button !== 0 || at(event).x < LEFT_PX) return;
          drag.current = { ...at(event), moved: false };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = null;
          setDraft(null);
        }}
        onPointerLeave={() => {
          setPointed("");
          crosshairMs.value = null;
        }}
      >
        <canvas ref={canvas} aria-hidden="true" />
        {width > 0 && <Crosshair scale={scale} />}
        {width > 0 && chosen && <Frame scale={scale} cells={chosen} class={draft?.isTime ? "heat-box time" : "heat-box"} isTime={draft?.isTime} />}
        {width > 0 && cursor && <Frame scale={scale} cells={{ c0: cursor.c, c1: cursor.c, r0: cursor.r, r1: cursor.r }} class="heat-cursor" />}
        {width > 0 && threshold && hasRows && <Threshold scale={scale} threshold={threshold} />}
      </div>
      <p class="heat-readout sub" aria-hidden="true">
        {draft ? cellText(draft.cells) : pointed || said || (isKeyed ? t.keys : onZoom && stripPx > 0 ? t.hintZoom : t.hint)}
      </p>
      <span class="sr" id="heat-keys">
        {t.keys}
      </span>
      <span class="sr" role="status">
        {said}
      </span>
    </div>
  );
}

/** The moment that is pointed at on any chart of the page. */
function Crosshair({ scale }: { scale: Scale }) {
  const ms = crosshairMs.value;
  if (ms === null || ms < scale.grid.fromMs || ms > scale.grid.toMs) return null;
  return <i class="heat-cross" style={{ left: `${scale.x(ms)}px`, height: `${scale.bottom}px` }} />;
}

/** Where the keyboard begins: in the box, or at the fullest cell of the last busy slice. */
function firstCell(grid: HeatGrid, box: Box | null): { c: number; r: number } {
  const cells = cellsOf(grid, box);
  if (cells) return { c: cells.c0, r: cells.r1 };
  const n = grid.rows.length;
  const c = Math.max(0, grid.allSpans.findLastIndex((count) => count > 0));
  let r = 0;
  for (let i = 0; i < n; i++) if (grid.spans[c * n + i] > grid.spans[c * n + r]) r = i;
  return { c, r };
}

function Frame({ scale, cells, class: name, isTime }: { scale: Scale; cells: CellBox; class: string; isTime?: boolean }) {
  const { rows } = scale.grid;
  const left = scale.left(cells.c0);
  const top = isTime || rows.length === 0 ? 0 : scale.y(rows[cells.r1].toUs + 1);
  const bottom = isTime || rows.length === 0 ? scale.bottom : scale.y(rows[cells.r0].fromUs);
  return <i class={name} style={{ left: `${left}px`, width: `${scale.left(cells.c1 + 1) - left}px`, top: `${top}px`, height: `${bottom - top}px` }} />;
}

/** A line over the map; where it may be moved, a slider with the steps of its rows. */
function Threshold({ scale, threshold }: { scale: Scale; threshold: NonNullable<HeatmapProps["threshold"]> }) {
  const f = fmt();
  const { rows } = scale.grid;
  const { us, label, onMove } = threshold;
  const style = { top: `${scale.y(us)}px`, left: `${LEFT_PX}px`, width: `${scale.right - LEFT_PX}px` };
  const text = `${label} ${f.duration(us)}`;
  if (!onMove) return <div class="heat-threshold" style={style}><b>{text}</b></div>;
  const step = (by: number) => {
    const row = Math.max(0, rows.findIndex((bucket) => us <= bucket.toUs));
    onMove(rows[Math.min(rows.length - 1, Math.max(0, row + by))].toUs + 1);
  };
  return (
    <div
      class="heat-threshold movable"
      style={style}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={Math.round(rows[0].fromUs / 1000)}
      aria-valuemax={Math.round((rows[rows.length - 1].toUs + 1) / 1000)}
      aria-valuenow={Math.round(us / 1000)}
      aria-valuetext={f.duration(us)}
      onKeyDown={(event) => {
        const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        event.preventDefault();
        event.stopPropagation();
        step(by);
      }}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        event.stopPropagation();
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const top = event.currentTarget.parentElement!.getBoundingClientRect().top; // rendered inside the stage
        onMove(Math.max(1, Math.round(scale.us(event.clientY - top))));
      }}
      onPointerUp={(event) => event.stopPropagation()}
    >
      <b>{text}</b>
    </div>
  );
}

/** The same figures slice by slice, newest first, each to be chosen as a box. */
export function HeatTable({ grid, label, onBox }: { grid: HeatGrid; label: string; onBox(box: Box): void }) {
  const t = texts().chart;
  const f = fmt();
  const columns = Array.from({ length: grid.columns }, (_, i) => grid.columns - 1 - i).filter((c) => grid.allSpans[c] > 0);
  const quantile = (c: number, q: number) => {
    const us = quantileOf(grid, c, q);
    return us === null ? "–" : f.duration(us);
  };
  return (
    <div class="heat-table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.time}</th>
            {[t.spans, t.errors, t.median, t.p99].map((head) => (
              <th key={head} scope="col" class="num">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((c) => (
            <tr key={c}>
              <td>
                <button type="button" class="btn small quiet" disabled={grid.rows.length === 0} onClick={() => onBox(boxOf(grid, { ...wholeOf(grid), c0: c, c1: c }))}>
                  {f.time(Math.max(grid.fromMs, startOfColumn(grid, c)), grid.toMs)}
                </button>
              </td>
              <td class="num">{f.count(grid.allSpans[c])}</td>
              <td class="num">{f.count(grid.allErrors[c])}</td>
              <td class="num">{quantile(c, 0.5)}</td>
              <td class="num">{quantile(c, 0.99)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

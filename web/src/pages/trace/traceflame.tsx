/**
 * The flame: time to the right, depth downwards, one canvas of the size of what is seen. The table and the timeline
 * say the same to those who cannot see it; what is selected is said here too.
 */

import "../../shared";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { fmt, texts } from "../../i18n";
import { paletteVersion } from "../../shell/theme";
import { fitCanvas } from "../../ui/canvas";
import { lanesOf, rowAt, type Lanes } from "./lanes";
import type { TraceModel } from "./model";
import { readPalette, type Palette } from "./palette";
import { tickLabel, ticksOf, ZOOM_STEP, zoomView, type TimeView } from "./timescale";
import type { ViewProps } from "./views";

const LANE_PX = 18;
const AXIS_PX = 20;
/** Narrower bars have no room for a name. */
const LABEL_PX_MIN = 34;
const FADED = 0.25;

export function TraceFlame(props: ViewProps) {
  const { model, selected, root, view, flags, onlyCritical, onSelect, onRoot, onView, onOpen } = props;
  const t = texts().trace;
  const f = fmt();
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const lanes = useMemo(() => lanesOf(model, root), [model, root]);
  const [hovered, setHovered] = useState(-1);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const version = paletteVersion.value;
  const palette = useMemo(() => (scroller.current ? readPalette(scroller.current) : null), [version, size.width > 0]);

  useEffect(() => {
    const el = scroller.current!; // rendered below, always
    const observer = new ResizeObserver(() => setSize({ width: el.clientWidth, height: el.clientHeight }));
    observer.observe(el);
    return () => observer.disconnect();
  }, []);

  const nameOf = (row: number) => `${model.services[model.service[row]]?.name || t.unknownService} ${model.names[model.name[row]] || t.unnamed}`;
  useEffect(() => {
    const el = scroller.current;
    if (!el || !palette || size.width === 0) return undefined;
    let frame = 0;
    const draw = () => {
      frame = 0;
      const ctx = fitCanvas(canvas.current!, size.width, size.height);
      if (ctx) drawFlame(ctx, palette, { model, lanes, view, flags, onlyCritical, selected, width: size.width, height: size.height, scrollTop: el.scrollTop, nameOf });
    };
    const later = () => (frame ||= requestAnimationFrame(draw));
    draw();
    el.addEventListener("scroll", later, { passive: true });
    return () => {
      el.removeEventListener("scroll", later);
      cancelAnimationFrame(frame);
    };
  }, [model, lanes, view, flags, onlyCritical, selected, size, palette]);
  useEffect(() => {
    const el = scroller.current;
    if (!el || selected < 0 || lanes.lane[selected] < 0) return;
    const top = lanes.lane[selected] * LANE_PX;
    if (top < el.scrollTop || top + LANE_PX + AXIS_PX > el.scrollTop + el.clientHeight) el.scrollTop = Math.max(0, top - el.clientHeight / 2);
  }, [selected, lanes]);

  const at = (event: MouseEvent): number => {
    const box = canvas.current!.getBoundingClientRect();
    const lane = Math.floor((event.clientY - box.top - AXIS_PX + scroller.current!.scrollTop) / LANE_PX);
    const usPerPx = (view.to - view.from) / size.width;
    return event.clientY - box.top < AXIS_PX || lane < 0 || lane >= lanes.count ? -1 : rowAt(lanes, model, lane, view.from + (event.clientX - box.left) * usPerPx, usPerPx * 2);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const go: Record<string, () => number> = {
      ArrowUp: () => (selected === root ? selected : model.parent[selected]),
      ArrowDown: () => (model.size[selected] > 1 ? selected + 1 : selected),
      ArrowLeft: () => neighbour(lanes, selected, -1),
      ArrowRight: () => neighbour(lanes, selected, 1),
      Home: () => Math.max(0, root),
    };
    if (event.key === "Enter" && selected >= 0) onOpen();
    else if (event.key === "Escape") onSelect(-1);
    else if (go[event.key]) {
      const row = selected < 0 ? Math.max(0, root) : go[event.key]();
      if (row >= 0) onSelect(row);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = hovered >= 0 ? hovered : selected;
  const words = shown < 0 ? t.flameHint : `${nameOf(shown)}, ${f.duration(model.duration[shown])}, ${t.startsAt(f.offset(model.start[shown]))}${model.isError[shown] ? `, ${t.errorStatus(model.statuses[shown])}` : ""}`;
  return (
    <>
      <div
        ref={scroller}
        class="flame"
        role="application"
        aria-label={t.flame(props.title)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setHovered(at(event))}
        onPointerLeave={() => setHovered(-1)}
        onClick={(event) => onSelect(at(event))}
        onDblClick={(event) => at(event) >= 0 && onRoot(at(event))}
        onWheel={(event) => {
          if (!event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          onView(zoomView(view, event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, event.offsetX / size.width, model.durationUs));
        }}
      >
        <canvas ref={canvas} aria-hidden="true" />
        <div style={{ height: `${Math.max(0, lanes.count * LANE_PX + AXIS_PX - size.height)}px` }} />
      </div>
      <p class="sub clip flame-words">{words}</p>
      <span class="sr" role="status">
        {selected >= 0 ? words : ""}
      </span>
    </>
  );
}

function neighbour({ lane, rows, from }: Lanes, row: number, step: 1 | -1): number {
  const [begin, end] = [from[lane[row]], from[lane[row] + 1]];
  const at = rows.subarray(begin, end).indexOf(row) + step;
  return at < 0 || at >= end - begin ? row : rows[begin + at];
}

interface Flame {
  model: TraceModel;
  lanes: Lanes;
  view: TimeView;
  flags: Uint8Array | null;
  onlyCritical: boolean;
  selected: number;
  width: number;
  height: number;
  scrollTop: number;
  nameOf(row: number): string;
}

function drawFlame(ctx: CanvasRenderingContext2D, palette: Palette, flame: Flame): void {
  const { model, lanes, view, width, height, scrollTop } = flame;
  const scale = width / (view.to - view.from);
  ctx.clearRect(0, 0, width, height);
  ctx.font = `11px ${palette.font}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const first = Math.max(0, Math.floor(scrollTop / LANE_PX));
  const last = Math.min(lanes.count, Math.ceil((scrollTop + height) / LANE_PX));
  for (let lane = first; lane < last; lane++) {
    const y = AXIS_PX + lane * LANE_PX - scrollTop;
    let drawnTo = -1;
    for (let i = lanes.from[lane]; i < lanes.from[lane + 1]; i++) {
      const row = lanes.rows[i];
      const from = (model.start[row] - view.from) * scale;
      if (from > width) break;
      const to = from + model.duration[row] * scale;
      // What ends in a pixel that is full already adds nothing, unless it failed or was found.
      if (to < 0 || (to <= drawnTo && !model.isError[row] && !flame.flags?.[row] && row !== flame.selected)) continue;
      drawSpan(ctx, palette, flame, row, Math.max(0, from), Math.min(width, Math.max(to, from + 1)), y);
      drawnTo = Math.max(drawnTo, Math.max(to, from + 1));
    }
  }
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.surface;
  ctx.fillRect(0, 0, width, AXIS_PX);
  const ticks = ticksOf(view, Math.max(2, Math.floor(width / 110)));
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : model.durationUs;
  for (const tick of ticks) {
    const x = Math.round((tick - view.from) * scale);
    ctx.fillStyle = palette.border;
    ctx.fillRect(x, 0, 1, AXIS_PX);
    ctx.fillStyle = palette.muted;
    if (x < width - 50) ctx.fillText(tickLabel(tick, step, view.to), x + 4, AXIS_PX / 2);
  }
}

function drawSpan(ctx: CanvasRenderingContext2D, palette: Palette, { model, flags, onlyCritical, selected, nameOf }: Flame, row: number, left: number, right: number, y: number): void {
  const isFaded = (flags !== null && !flags[row]) || (onlyCritical && !model.isCritical[row]);
  const width = right - left;
  ctx.globalAlpha = isFaded ? FADED : 1;
  ctx.fillStyle = palette.hues[model.services[model.service[row]]?.hue ?? 0];
  ctx.fillRect(left, y, Math.max(1, width - (width > 3 ? 1 : 0)), LANE_PX - 2);
  if (model.isError[row]) {
    ctx.fillStyle = palette.crit;
    ctx.fillRect(left, y, Math.min(4, width), LANE_PX - 2);
    ctx.fillRect(left, y + LANE_PX - 4, width, 2);
  }
  if (row === selected) {
    ctx.strokeStyle = palette.text;
    ctx.lineWidth = 2;
    ctx.strokeRect(left + 1, y + 1, Math.max(2, width - 3), LANE_PX - 4);
  }
  if (width < LABEL_PX_MIN) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, y, width - 4, LANE_PX);
  ctx.clip();
  ctx.fillStyle = palette.onHues[model.services[model.service[row]]?.hue ?? 0];
  ctx.fillText(nameOf(row), left + (model.isError[row] ? 7 : 4), y + LANE_PX / 2 - 0.5);
  ctx.restore();
}

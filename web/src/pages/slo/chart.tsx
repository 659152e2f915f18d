/**
 * An SLO over time: what is left of its budget, its SLI or its requests, with lanes of what happened beside. Drawn as
 * SVG of our own: 240 points are two paths, and print, forced colours and the theme come with it.
 */

import { useRef, useState } from "preact/hooks";
import { nowMs } from "../../api/live";
import type { Lane, Marker, SloSeries } from "../../api/types";
import { fmt, texts } from "../../i18n";
import type { SloTab } from "../../url/routes";
import { Figures } from "../../ui/figures";
import { timeTicks } from "../../ui/heatgrid";
import { useWidth } from "../../ui/width";
import { endMsOf, startMsOf, valueOf, type Return } from "./budget";
import { crosshairMs } from "../../ui/crosshair";

const HEIGHT = 220;
const LEFT = 48;
const RIGHT = 6;
const TOP = 10;
const AXIS = 20;
const LANE_PX = 16;
/** How near a click must be to a marker. */
const REACH_PX = 14;
/** A shorter drag was a click. */
const DRAG_PX_MIN = 4;
/** Overdrafts of hundreds of per cent would flatten everything above zero. */
const LOWEST = -1;

const LANES: readonly Lane[] = ["deploy", "alert", "gate", "policy", "freeze", "exclusion"];
export const laneTone: Record<Lane, string> = { deploy: "info", alert: "crit", gate: "frozen", policy: "warn", freeze: "frozen", exclusion: "none" };

export interface Level {
  at: number;
  name: string;
}

interface LineChartProps {
  series: SloSeries;
  tab: SloTab;
  target: number;
  levels: Level[];
  returns: Return[];
  markers: Marker[];
  chosen: Marker | null;
  choose(marker: Marker | null): void;
  zoom(fromMs: number, toMs: number): void;
  reset(): void;
}

export function LineChart(props: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div ref={box} class="chart" style={{ minHeight: `${HEIGHT}px` }}>
      {width > 0 && <Drawing {...props} width={width} />}
    </div>
  );
}

function Drawing({ series, tab, target, levels, returns, markers, chosen, choose, zoom, reset, width }: LineChartProps & { width: number }) {
  const t = texts().slo;
  const f = fmt();
  const drag = useRef<number | null>(null);
  const [dragged, setDragged] = useState<[number, number] | null>(null);
  const [startMs, endMs] = [startMsOf(series), endMsOf(series)];
  const values = series.points.map((point) => valueOf(point, tab));
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <p class="muted">{t.chartNone}</p>;

  const [low, high] = rangeOf(tab, known, target);
  const right = width - RIGHT;
  const lanes = LANES.filter((lane) => markers.some((marker) => marker.lane === lane));
  const bottom = HEIGHT - AXIS;
  const height = HEIGHT + lanes.length * LANE_PX;
  const x = (ms: number) => LEFT + Math.min(1, Math.max(0, (ms - startMs) / (endMs - startMs))) * (right - LEFT);
  const ms = (px: number) => startMs + Math.min(1, Math.max(0, (px - LEFT) / (right - LEFT))) * (endMs - startMs);
  const y = (value: number) => TOP + (1 - (Math.max(low, Math.min(high, value)) - low) / (high - low)) * (bottom - TOP);
  const xOf = (i: number) => x(startMs + ((i + 1) * series.stepUs) / 1000);
  const says = (value: number) => (tab === "budget" ? f.budget(value) : tab === "sli" ? f.sli(value, target) : f.count(value));
  const path = values.map((value, i) => (value === null ? "" : `${(values[i - 1] ?? null) === null ? "M" : "L"}${xOf(i).toFixed(1)} ${y(value).toFixed(1)}`)).join("");
  const ticks = timeTicks(startMs, endMs, Math.max(2, Math.floor((right - LEFT) / 96)), -new Date(endMs).getTimezoneOffset() * 60_000);
  const rules = tab === "budget" ? [1, 0.5, 0, -0.5, -1].filter((rule) => rule >= low) : [low, (low + high) / 2, high];

  const placeOf = (event: PointerEvent | MouseEvent) => event.clientX - (event.currentTarget as Element).getBoundingClientRect().left;
  const pick = (px: number) => {
    const near = markers.map((marker) => ({ marker, away: Math.abs(x(Date.parse(marker.at)) - px) })).sort((a, b) => a.away - b.away)[0];
    choose(near && near.away <= REACH_PX ? near.marker : null);
  };
  return (
    <>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={t.chartText(t.tabs[tab], says(known[0]), says(known[known.length - 1]), f.time(startMs, nowMs.value), f.time(endMs, nowMs.value), markers.length)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          drag.current = placeOf(event);
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const px = placeOf(event);
          crosshairMs.value = px < LEFT ? null : ms(px);
          if (drag.current !== null && Math.abs(px - drag.current) >= DRAG_PX_MIN) setDragged([Math.min(px, drag.current), Math.max(px, drag.current)]);
        }}
        onPointerUp={(event) => {
          // By what the pointer did, not by what was drawn of it: a quick hand is ahead of the picture.
          const [from, to] = [drag.current, placeOf(event)];
          drag.current = null;
          setDragged(null);
          if (from !== null && Math.abs(to - from) >= DRAG_PX_MIN) zoom(ms(Math.min(from, to)), ms(Math.max(from, to)));
          else pick(to);
        }}
        onPointerLeave={() => (crosshairMs.value = null)}
        onDblClick={reset}
      >
        <defs>
          <pattern id="overdraft" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" class="overdraft" />
            <line x1="0" x2="0" y1="0" y2="6" class="hatch" />
          </pattern>
        </defs>
        {tab === "budget" && low < 0 && <rect fill="url(#overdraft)" x={LEFT} y={y(0)} width={right - LEFT} height={y(low) - y(0)} />}
        {ticks.at.map((tick) => (
          <g key={tick}>
            <line class="rule" x1={x(tick)} x2={x(tick)} y1={TOP} y2={bottom} />
            <text x={x(tick)} y={HEIGHT - 5} text-anchor="middle">
              {f.tick(tick, ticks.stepMs)}
            </text>
          </g>
        ))}
        {rules.map((rule) => (
          <g key={rule}>
            <line class={tab === "budget" && rule === 0 ? "zero" : "rule"} x1={LEFT} x2={right} y1={y(rule)} y2={y(rule)} />
            <text x={LEFT - 6} y={y(rule) + 4} text-anchor="end">
              {says(rule)}
            </text>
          </g>
        ))}
        {tab === "sli" && <line class="level" x1={LEFT} x2={right} y1={y(target)} y2={y(target)} />}
        {tab === "budget" &&
          levels.map((level) => (
            <g key={level.name}>
              <line class="level" x1={LEFT} x2={right} y1={y(level.at)} y2={y(level.at)} />
              <text class="over" x={LEFT + 4} y={y(level.at) - 3}>
                {level.name}
              </text>
            </g>
          ))}
        {tab === "requests" ? <Columns series={series} x={xOf} y={y} bottom={bottom} step={(right - LEFT) / series.points.length} /> : <path class="line" d={path} />}
        {tab === "budget" &&
          returns.map((back, row) => (
            <g key={back.at} class="back">
              <circle cx={xOf(back.at)} cy={y(values[back.at] ?? 0)} r="3" />
              <text x={xOf(back.at)} y={TOP + 12 + row * 14} text-anchor={xOf(back.at) < width / 2 ? "start" : "end"}>
                {t.cameBack(f.budget(back.gained), f.time(back.leftMs, nowMs.value))}
              </text>
            </g>
          ))}
        {lanes.map((lane, row) => (
          <g key={lane} class={`lane ${laneTone[lane]}`}>
            <text x={LEFT - 6} y={HEIGHT + row * LANE_PX + 11} text-anchor="end">
              {t.lanes[lane].short}
            </text>
            {markers
              .filter((marker) => marker.lane === lane)
              .map((marker) => (
                <Mark key={`${marker.at} ${marker.subject} ${marker.event}`} marker={marker} x={x} y={HEIGHT + row * LANE_PX + 7} top={TOP} />
              ))}
          </g>
        ))}
        {chosen && <line class="chosen" x1={x(Date.parse(chosen.at))} x2={x(Date.parse(chosen.at))} y1={TOP} y2={height} />}
        <Cross startMs={startMs} x={x} bottom={bottom} />
        {dragged && <rect class="dragged" x={dragged[0]} y={TOP} width={dragged[1] - dragged[0]} height={bottom - TOP} />}
      </svg>
      <Readout series={series} says={(i) => (values[i] === null ? texts().status.none : says(values[i]))} />
    </>
  );
}

/** What moves with the pointer is drawn apart: the line stays as it is. */
function Cross({ startMs, x, bottom }: { startMs: number; x(ms: number): number; bottom: number }) {
  const at = crosshairMs.value;
  return at === null || at < startMs ? null : <line class="cross" x1={x(at)} x2={x(at)} y1={TOP} y2={bottom} />;
}

function Readout({ series, says }: { series: SloSeries; says(i: number): string }) {
  const t = texts().slo;
  const f = fmt();
  const at = crosshairMs.value;
  const i = at === null ? -1 : Math.floor(((at - startMsOf(series)) * 1000) / series.stepUs);
  const point = series.points[i];
  return (
    <p class="sub readout" aria-hidden="true">
      {at !== null && point ? `${f.time(at, nowMs.value)} · ${says(i)} · ${t.goodBad(f.count(point.good), f.count(point.bad))}` : t.chartHint}
    </p>
  );
}

/** From the least to the greatest value that is drawn. */
function rangeOf(tab: SloTab, known: number[], target: number): [number, number] {
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (tab === "budget") return [Math.max(LOWEST, Math.min(0, low)) - (low < 0 ? 0.1 : 0), 1];
  if (tab === "requests") return [0, Math.max(1, high)];
  return [Math.min(low, target - (1 - target)), 1];
}

function Columns({ series, x, y, bottom, step }: { series: SloSeries; x(i: number): number; y(value: number): number; bottom: number; step: number }) {
  const column = (i: number, value: number) => (value === 0 ? "" : `M${(x(i) - step).toFixed(1)} ${bottom}V${Math.min(bottom - 1, y(value)).toFixed(1)}h${Math.max(0.6, step - 0.4).toFixed(1)}V${bottom}z`);
  return (
    <>
      <path class="good" d={series.points.map((point, i) => column(i, point.good + point.bad)).join("")} />
      <path class="bad" d={series.points.map((point, i) => column(i, point.bad)).join("")} />
    </>
  );
}

/** A point, or a stretch where it has an end. */
function Mark({ marker, x, y, top }: { marker: Marker; x(ms: number): number; y: number; top: number }) {
  const from = x(Date.parse(marker.at));
  return (
    <>
      {marker.until && <rect x={from} y={y - 3} width={Math.max(2, x(Date.parse(marker.until)) - from)} height="6" rx="3" />}
      {marker.lane === "deploy" && <line class="deploy" x1={from} x2={from} y1={top} y2={y} />}
      <path d={`M${from} ${y - 5}l4.5 5-4.5 5-4.5-5z`}>
        <title>{marker.text}</title>
      </path>
    </>
  );
}

/** The same figures as a table. */
export function SeriesTable({ series, markers, target }: { series: SloSeries; markers: Marker[]; target: number }) {
  const t = texts().slo;
  const f = fmt();
  const startMs = startMsOf(series);
  return (
    <div class="heat-table" tabIndex={0} role="region" aria-label={t.budgetOverTime}>
      <Figures
        heads={[t.until, t.tabs.budget, t.tabs.sli, t.good, t.bad, t.happened]}
        num={[1, 2, 3, 4]}
        rows={series.points
          .map((point, i) => ({ point, fromMs: startMs + (i * series.stepUs) / 1000, toMs: startMs + ((i + 1) * series.stepUs) / 1000 }))
          .filter(({ point }) => point.good + point.bad > 0)
          .reverse()
          .map(({ point, fromMs, toMs }) => [
            String(toMs),
            f.time(toMs, nowMs.value),
            f.budget(point.forecast ?? point.budget),
            f.sli(point.sli, target),
            f.count(point.good),
            f.count(point.bad),
            markers
              .filter((marker) => Date.parse(marker.at) >= fromMs && Date.parse(marker.at) < toMs)
              .map((marker) => marker.text)
              .join(" · "),
          ])}
      />
    </div>
  );
}

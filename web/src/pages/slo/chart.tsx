/** The budget over time as a line: enough until the SLO page gets its full chart. */

import { useEffect, useRef, useState } from "preact/hooks";
import { nowMs } from "../../api/live";
import type { SloSeries } from "../../api/types";
import { fmt, texts } from "../../i18n";

const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 22;
const TOP = 8;

export function BudgetChart({ series }: { series: SloSeries }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(box.current!); // rendered below, always
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} class="chart" style={{ minHeight: `${HEIGHT}px` }}>
      {width > 0 && <Line series={series} width={width} />}
    </div>
  );
}

function Line({ series, width }: { series: SloSeries; width: number }) {
  const t = texts().slo;
  const f = fmt();
  const known = series.points.map((point, i) => ({ i, budget: point.budget })).filter((point): point is { i: number; budget: number } => point.budget !== null);
  if (known.length < 2) return <p class="muted">{t.chartNone}</p>;

  const low = Math.min(0, ...known.map((point) => point.budget));
  // An overdraft of hundreds of percent would flatten everything above zero; below −100 % the line leaves the chart.
  const bottom = Math.max(-1, low) - (low < 0 ? 0.1 : 0);
  const x = (i: number) => LEFT + (i / (series.points.length - 1)) * (width - LEFT - 4);
  const y = (budget: number) => TOP + (1 - (Math.max(bottom, budget) - bottom) / (1 - bottom)) * (HEIGHT - TOP - BOTTOM);
  const path = known.map((point, k) => `${k === 0 || known[k - 1].i !== point.i - 1 ? "M" : "L"}${x(point.i).toFixed(1)} ${y(point.budget).toFixed(1)}`).join("");
  const levels = [1, 0.5, 0, -0.5, -1].filter((level) => level >= bottom);
  const startMs = Date.parse(series.start);
  const endMs = startMs + (series.points.length * series.stepUs) / 1000;

  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={t.chartText(f.budget(known[0].budget), f.budget(known[known.length - 1].budget))}>
      {bottom < 0 && <rect class="overdraft" x={LEFT} y={y(0)} width={width - LEFT - 4} height={y(bottom) - y(0)} />}
      {levels.map((level) => (
        <g key={level}>
          <line class={level === 0 ? "zero" : "rule"} x1={LEFT} x2={width - 4} y1={y(level)} y2={y(level)} />
          <text x={LEFT - 6} y={y(level) + 4} text-anchor="end">
            {f.budget(level)}
          </text>
        </g>
      ))}
      <path class="line" d={path} />
      <text x={LEFT} y={HEIGHT - 4}>
        {f.time(startMs, nowMs.value)}
      </text>
      <text x={width - 4} y={HEIGHT - 4} text-anchor="end">
        {f.time(endMs, nowMs.value)}
      </text>
    </svg>
  );
}

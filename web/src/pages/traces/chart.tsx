/** How many spans came, how many failed, how long they took; a box in it is what the rest of the page is about. */

import { useMemo } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { heatGridOf } from "../../api/heat";
import { useResource, type Resource } from "../../api/resource";
import type { Aggregate, Scatter } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { Heatmap, HeatTable } from "../../ui/heat";
import { boxOf, cellsOf, readBox, sumOf, wholeOf, writeBox, type Box, type Dots } from "../../ui/heatgrid";
import { Icon } from "../../ui/icons";
import { Failure, Skeleton } from "../../ui/states";
import { Pill } from "../../ui/status";
import { useNarrow } from "../../ui/narrow";
import { navigate } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { chartScope } from "../../url/scope";

/** More dots hide each other; a heat-map shows more. */
const DOTS_MAX = 2_000;
/** The line under the chart: its place and the chart's are kept while their code comes, so that nothing jumps. */
const READOUT_PX = 18;
const HEIGHT_PX = { wide: 230, narrow: 150 };

export const chartUrl = (query: QueryOf<"traces">) => apiUrl("/aggregate", { ...chartScope(query.q, query), by: "time,duration", buckets: 2 });

interface ChartProps {
  query: QueryOf<"traces">;
  heat: Resource<Aggregate>;
  set(change: Partial<QueryOf<"traces">>): void;
}

export function TracesChart({ query, heat, set }: ChartProps) {
  const t = texts().traces;
  const f = fmt();
  const isNarrow = useNarrow();
  const answer = heat.data;
  const grid = useMemo(() => answer && heatGridOf(answer), [answer]);
  const few = answer !== undefined && answer.total.timed > 0 && answer.total.timed <= DOTS_MAX && !heat.old;
  const scatter = useResource<Scatter>(few ? apiUrl("/scatter", { ...chartScope(query.q, query) }) : null, { topic: "traces", follow: false }).data;
  const dots = useMemo((): Dots | null => (scatter ? { ...scatter, startMs: scatter.startUs.map((us) => us / 1000) } : null), [scatter]);
  if (!answer || !grid) return heat.problem ? <Failure what={t.chart} problem={heat.problem} retry={heat.retry} /> : <Skeleton rows={6} />;

  const box = readBox(query.sel);
  const cells = cellsOf(grid, box);
  const isRoots = query.q.trim() === "";
  const words = (n: number) => (isRoots ? t.requests : t.matching)(n, f.count(n));
  const zoom = (fromMs: number, toMs: number) => set({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), sel: "", live: false });
  const selected = sumOf(grid, cells);
  const height = isNarrow ? HEIGHT_PX.narrow : HEIGHT_PX.wide;
  return (
    <>
      <div class="card-head">
        <span role="status">
          {box ? (
            <>
              <b>{t.selected(f.count(selected.spans), words(answer.total.spans))}</b>
              {cells && <span class="sub"> {boxText(boxOf(grid, cells), grid.toMs)}</span>}
            </>
          ) : (
            <b>{words(answer.total.spans)}</b>
          )}
        </span>
        {answer.total.errors > 0 && !box && <Pill tone="crit">{t.failed(f.count(answer.total.errors))}</Pill>}
        {box && selected.errors > 0 && <Pill tone="crit">{t.failed(f.count(selected.errors))}</Pill>}
        {answer.cut && <Pill tone="info">{answer.cut}</Pill>}
        <span class="spring" />
        {box && (
          <>
            <button type="button" class="btn small" onClick={() => zoom(box.fromMs, box.toMs)}>
              <Icon name="zoom-in" />
              {t.zoomIn}
            </button>
            <button type="button" class="btn small" onClick={() => set({ sel: "" })}>
              <Icon name="x" />
              {t.clearSelection}
            </button>
          </>
        )}
        <button type="button" class="btn small" onClick={() => set({ table: !query.table })}>
          {query.table ? texts().chart.asChart : texts().chart.asTable}
        </button>
      </div>
      {query.table ? (
        <HeatTable grid={grid} label={t.chart} onBox={(next) => set({ sel: writeBox(next) })} />
      ) : (
        <div style={{ minHeight: `${height + READOUT_PX}px` }}>
          <Heatmap
            label={t.chartLabel(words(answer.total.spans), f.count(answer.total.errors), f.duration(answer.total.durationMaxUs))}
            grid={grid}
            dots={few ? dots : null}
            box={box}
            onBox={(next) => set({ sel: writeBox(next) })}
            onZoom={zoom}
            onDot={(index) => scatter && navigate(href("trace", { id: scatter.traceId[index] }))}
            height={height}
            stripPx={isNarrow ? 0 : 36}
            dimmed={heat.old}
          />
        </div>
      )}
    </>
  );

  function boxText({ fromMs, toMs, fromUs, toUs }: Box, nowMs: number): string {
    const whole = cells && grid && cells.r0 === wholeOf(grid).r0 && cells.r1 === wholeOf(grid).r1;
    return [t.fromTo(f.time(fromMs, nowMs), f.time(toMs, nowMs)), !whole && t.fromTo(f.duration(fromUs), f.duration(toUs + 1))].filter(Boolean).join(" · ");
  }
}

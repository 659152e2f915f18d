/** The requests behind the figures: over time and duration, what the failing ones share, which traces spent the budget. */

import { useMemo, useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Slo, SloEvents, SloLatency } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { NONE } from "../../i18n/format";
import { Figures } from "../../ui/figures";
import { HeatTable, Heatmap } from "../../ui/heat";
import { gridOf, type Box, type Cell } from "../../ui/heatgrid";
import { Loaded, Partial } from "../../ui/states";
import { useSettled } from "../../url/settled";
import { href } from "../../url/routes";
import { useBeat, type SetQuery, type SloQuery } from "./detail";
import { allowedOf } from "./status";
import { WhatIfCard } from "./whatif";

/** How often what takes a search of spans is asked again: a part of the window, within bounds. */
const refreshMs = (windowUs: number) => Math.min(60_000, Math.max(5_000, windowUs / 1000 / 20));
const TRACES_SHOWN = 12;

interface RequestsProps {
  slo: Slo;
  windowUs: number;
  query: SloQuery;
  set: SetQuery;
  place: string;
}

export function Requests({ slo, windowUs, query, set, place }: RequestsProps) {
  const path = `/slos/${encodeURIComponent(slo.name)}`;
  const bounds = query.from && query.to ? { from: query.from, to: query.to } : {};
  const latency = useResource<SloLatency>(apiUrl(`${path}/latency`, { objective: slo.objective, ...bounds }), { keep: true });
  const box = readBox(query.sel);
  const events = useResource<SloEvents>(
    apiUrl(`${path}/events`, {
      objective: slo.objective,
      limit: TRACES_SHOWN * 4,
      ...(box ? { from: new Date(box.fromMs).toISOString(), to: new Date(box.toMs).toISOString(), longer: `${box.fromUs}us`, shorter: `${box.toUs}us` } : bounds),
    }),
    { keep: true },
  );
  useBeat(() => {
    if (query.to) return;
    latency.retry();
    if (!box) events.retry();
  }, refreshMs(windowUs));
  const [limit, setLimit] = useSettled(query.threshold, (threshold) => set({ threshold }, true));
  const limitUs = Number(limit) > 0 ? Number(limit) : (latency.data?.thresholdUs ?? null);
  return (
    <>
      <div class="grid overview-low">
        <HeatCard latency={latency} limitUs={limitUs} setLimit={setLimit} box={box} set={set} />
        <SharedCard events={events} box={box} set={set} />
      </div>
      <div class="grid overview-low">
        <TracesCard slo={slo} events={events} />
        <WhatIfCard slo={slo} latency={latency.data} limitUs={limitUs} setLimit={setLimit} query={query} set={set} place={place} />
      </div>
    </>
  );
}

const writeBox = (box: Box | null): string => (box ? [box.fromMs, box.toMs, box.fromUs, box.toUs].join(",") : "");

function readBox(text: string): Box | null {
  const [fromMs, toMs, fromUs, toUs] = text.split(",").map(Number);
  return [fromMs, toMs, fromUs, toUs].every(Number.isFinite) && toMs > fromMs ? { fromMs, toMs, fromUs, toUs } : null;
}

interface HeatCardProps {
  latency: ReturnType<typeof useResource<SloLatency>>;
  limitUs: number | null;
  setLimit(us: string): void;
  box: Box | null;
  set: SetQuery;
}

function HeatCard({ latency, limitUs, setLimit, box, set }: HeatCardProps) {
  const t = texts().slo;
  const [asTable, setAsTable] = useState(false);
  const data = latency.data;
  const hasLimit = data?.thresholdUs != null;
  const grid = useMemo(() => (data?.start ? gridOfLatency(data, hasLimit ? limitUs : null) : null), [data, limitUs]);
  const onBox = (next: Box | null) => set({ sel: writeBox(next) }, true);
  const zoom = (fromMs: number, toMs: number) => set({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), sel: "" });
  return (
    <section class="card">
      <div class="card-head">
        <h2>{t.latency}</h2>
        <span class="spring" />
        <button type="button" class="btn small screen-only" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? texts().chart.asChart : texts().chart.asTable}
        </button>
      </div>
      <Loaded resource={latency} what={t.latency} rows={6}>
        {() =>
          !grid || grid.rows.length === 0 ? (
            <p class="muted">{t.latencyNone}</p>
          ) : asTable ? (
            <HeatTable grid={grid} label={t.latency} onBox={onBox} />
          ) : (
            <Heatmap
              label={t.latencyText}
              grid={grid}
              box={box}
              onBox={onBox}
              onZoom={zoom}
              threshold={hasLimit && limitUs !== null ? { us: limitUs, label: t.threshold, onMove: (us) => setLimit(String(us)) } : undefined}
            />
          )
        }
      </Loaded>
      <Partial gaps={data?.partial} />
    </section>
  );
}

/** Cells with what fails in them at a limit: those beyond it turn as it moves. */
export function gridOfLatency(latency: SloLatency, limitUs: number | null) {
  const startMs = Date.parse(latency.start ?? latency.from);
  const stepMs = latency.stepUs / 1000;
  const cells: Cell[] = latency.cells.map(([slice, bucket, valid, failing, limited]) => {
    const [fromUs, toUs] = latency.buckets[bucket];
    const above = limitUs === null ? 0 : Math.min(1, Math.max(0, (toUs + 1 - limitUs) / (toUs + 1 - fromUs)));
    return { atMs: startMs + slice * stepMs, bucket: { fromUs, toUs }, spans: valid, errors: failing + Math.round(limited * above) };
  });
  return gridOf({ fromMs: Date.parse(latency.from), toMs: Date.parse(latency.to), stepMs, parts: latency.bucketsPerDoubling }, cells, limitUs === null ? [] : [limitUs]);
}

function SharedCard({ events, box, set }: { events: ReturnType<typeof useResource<SloEvents>>; box: Box | null; set: SetQuery }) {
  const t = texts().slo;
  const f = fmt();
  return (
    <section class="card">
      <h2>{t.share}</h2>
      <Partial gaps={events.data?.partial} />
      {box && (
        <p class="row tight sub">
          {t.selected(f.time(box.fromMs, nowMs.value), f.time(box.toMs, nowMs.value), f.duration(box.fromUs), f.duration(box.toUs))}
          <button type="button" class="btn small" onClick={() => set({ sel: "" }, true)}>
            {t.clearSelection}
          </button>
        </p>
      )}
      <Loaded resource={events} what={t.share} rows={4}>
        {({ shared, looked, filters }) =>
          looked.bad === 0 ? (
            <p class="muted">{t.shareNoBad}</p>
          ) : shared.length === 0 ? (
            <p class="muted">{t.shareNone(looked.bad)}</p>
          ) : (
            <>
              <Figures
                class="shared"
                heads={[t.value, t.ofBad, t.ofGood, <span class="sr">{t.seeTraces}</span>]}
                num={[1, 2, 3]}
                rows={shared.map(({ key, value, badShare, goodShare }) => [
                  key + value,
                  <>
                    <code>
                      {key}=<b>{value}</b>
                    </code>
                    <div class="twin" aria-hidden="true">
                      <i class="bad" style={{ width: `${badShare * 100}%` }} />
                      <i class="good" style={{ width: `${goodShare * 100}%` }} />
                    </div>
                  </>,
                  f.share(badShare),
                  f.share(goodShare),
                  (
                    [
                      ["+", t.include, filters.bad[0], ""],
                      ["−", t.exclude, filters.bad[0], "-"],
                      ["≡", t.seeAll, filters.valid[0], ""],
                    ] as const
                  ).map(([sign, label, filter, negation]) => (
                    <a key={sign} class="btn small icon-only" href={tracesWith(filter, negation, key, value)} aria-label={label(key, value)} title={label(key, value)}>
                      {sign}
                    </a>
                  )),
                ])}
              />
              <p class="sub">{t.looked(f.count(looked.bad), f.count(looked.valid))}</p>
            </>
          )
        }
      </Loaded>
    </section>
  );
}

const quoted = (value: string) => (/^[\w./:-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`);

/** The search that shows traces with (or without) a value. */
export function tracesWith(filter: string | undefined, sign: string, key: string, value: string): string {
  const term = `${key === "op" || key === "service" || !/^(op|service|kind|remote|duration|trace|id|error|root|shared|debug)$/.test(key) ? key : `tag.${key}`}=${quoted(value)}`;
  return href("traces", {}, { q: [filter ?? "", sign + term].filter(Boolean).join(" ") });
}

function TracesCard({ slo, events }: { slo: Slo; events: ReturnType<typeof useResource<SloEvents>> }) {
  const t = texts().slo;
  const f = fmt();
  const allowed = allowedOf(slo);
  return (
    <section class="card">
      <h2>{t.spentIt}</h2>
      <Loaded resource={events} what={t.spentIt} rows={6}>
        {({ items, filters }) => {
          const traces = new Map<string, typeof items>();
          for (const item of items) traces.set(item.traceId, [...(traces.get(item.traceId) ?? []), item]);
          return traces.size === 0 ? (
            <p class="muted">{t.shareNoBad}</p>
          ) : (
            <>
              <Figures
                heads={[t.when, t.request, t.took, t.ofBudget]}
                num={[2, 3]}
                rows={[...traces].slice(0, TRACES_SHOWN).map(([id, [first, ...more]]) => [
                  id,
                  <span class="sub">{f.time(Date.parse(first.at), nowMs.value)}</span>,
                  <>
                    <a class="link" href={href("trace", { id }, { span: first.spanId })}>
                      {first.name || first.service}
                    </a>{" "}
                    {first.status && <code>{first.status}</code>} <span class="muted">{more.length > 0 ? t.moreBad(more.length) : ""}</span>
                  </>,
                  f.duration(first.durationUs),
                  slo.method === "Occurrences" && allowed > 0 ? f.share((more.length + 1) / allowed) : NONE,
                ])}
              />
              {filters.bad.map((filter) => (
                <p key={filter}>
                  <a class="link" href={href("traces", {}, { q: filter })}>
                    {t.allTraces}
                  </a>{" "}
                  <code class="sub">{filter}</code>
                </p>
              ))}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

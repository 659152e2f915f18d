/** Who calls whom: the part that is asked for, as a drawing or as tables, and what is known of what was chosen. */

import "../../shared";
import { useEffect, useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { SloList } from "../../api/types";
import { texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { SearchField } from "../../ui/search";
import { Seg } from "../../ui/seg";
import { Empty, Loaded, Partial, Stale } from "../../ui/states";
import { navigate } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { boundsOf } from "../../url/timerange";
import { RangeMenu, rangeText } from "../traces/rangemenu";
import { Graph } from "./graph";
import type { ServiceMap } from "./model";
import { Panel } from "./panel";
import { Tables } from "./tables";

export type MapQuery = QueryOf<"map">;

/** Services shown until all are asked for. */
const SERVICES_SHOWN = 60;
const SERVICES_MAX = 300;
/** Where nothing is found, this much further back is offered. */
const LONGER = "24h";
/** A map of many traces costs the server something, and nobody reads it faster. */
const REFRESH_MS = 5_000;

const isNarrow = matchMedia("(max-width: 900px)");

export function MapPage({ query }: { query: MapQuery }) {
  const t = texts().map;
  useTitle(t.title);
  const set = (change: Partial<MapQuery>, replace = false) => navigate(href("map", {}, { ...query, ...change }), { replace });
  const isPinned = query.from !== "";
  const url = apiUrl("/map", {
    ...boundsOf(query),
    histogram: "duration",
    services: query.all ? SERVICES_MAX : SERVICES_SHOWN,
    focus: query.focus,
    hops: query.focus ? query.hops : undefined,
    min: query.min === "0" ? undefined : query.min,
  });
  const map = useResource<ServiceMap>(url, { topic: "traces", keep: true, follow: false });
  useEffect(() => {
    if (!map.outdated || isPinned) return undefined;
    const timer = setTimeout(() => !document.hidden && map.retry(), REFRESH_MS);
    return () => clearTimeout(timer);
  }, [map.outdated, map.data, isPinned]);
  const slos = useResource<SloList>(apiUrl("/slos"), { topic: "slos" }).data?.items ?? [];
  const [names, setNames] = useState<string[]>([]);
  useEffect(() => {
    if (map.data && !query.focus) setNames(map.data.nodes.map((node) => node.service));
  }, [map.data]);
  const view = isNarrow.matches ? "table" : query.view;

  return (
    <>
      {map.problem && <Stale resource={map} what={t.title} />}
      <Partial gaps={map.data?.partial} />
      <div class="row">
        <SearchField label={t.find} text={query.q} onText={(q) => set({ q }, true)} />
        <label class="row tight sub map-focus">
          {t.focus}
          <select class="input" value={query.focus} onChange={(event) => set({ focus: event.currentTarget.value, sel: "", callee: "", at: "" })}>
            <option value="">{t.everything}</option>
            {[...new Set([...names, query.focus])].filter(Boolean).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {query.focus && (
          <div class="row tight sub">
            {t.hops}
            <Seg label={t.hops} values={["1", "2", "3"] as const} now={query.hops} text={(hops) => hops} choose={(hops) => set({ hops })} />
          </div>
        )}
        <div class="row tight sub">
          {t.min}
          <Seg label={t.min} values={["0", "1", "5", "20"] as const} now={query.min} text={(min) => t.minOf(min)} choose={(min) => set({ min })} />
        </div>
        {!isNarrow.matches && <Seg label={t.view} values={["graph", "table"] as const} now={query.view} text={(name) => t[name]} choose={(next) => set({ view: next })} />}
        <span class="spring" />
        <RangeMenu range={query} onChange={(range) => set(range)} />
      </div>
      <Loaded resource={map} what={t.title} rows={12} card>
        {(shown) => (
          <>
            {shown.nodes.length === 0 ? (
              <section class="card">
                <Empty title={t.emptyTitle}>
                  <p>{query.focus ? t.noFocus(query.focus) : t.emptyText}</p>
                  <div class="row tight">
                    {query.focus && (
                      <button type="button" class="btn" onClick={() => set({ focus: "" })}>
                        {t.everything}
                      </button>
                    )}
                    {query.t !== LONGER && (
                      <button type="button" class="btn" onClick={() => set({ t: LONGER, from: "", to: "" })}>
                        {rangeText({ t: LONGER, from: "", to: "" })}
                      </button>
                    )}
                    <a class="btn" href={href("traces", {})}>
                      {texts().nav.traces}
                    </a>
                  </div>
                </Empty>
              </section>
            ) : (
              <div class={view === "table" ? "grid map-tables" : query.sel ? "map-split" : "grid"}>
                {view === "graph" ? <Graph map={shown} slos={slos} query={query} set={set} /> : <Tables map={shown} slos={slos} query={query} />}
                {query.sel && view === "graph" && <Panel map={shown} slos={slos} query={query} set={set} />}
              </div>
            )}
            <div class="row sub">
              {(shown.left.services > 0 || query.all) && (
                <>
                  {shown.left.services > 0 && <span>{t.folded(shown.left.services)}</span>}
                  <button type="button" class="btn small" onClick={() => set({ all: !query.all, at: "" })}>
                    {query.all ? t.fold : t.unfold}
                  </button>
                </>
              )}
              {shown.left.edges > 0 && <span>{t.weak(shown.left.edges)}</span>}
              <span>{t.over(rangeText(query))}</span>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

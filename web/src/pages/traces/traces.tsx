/** Finding traces: a filter, a time range, a box in the chart; what is found, and what it has in common. Spans are never fetched here. */

import "../../shared";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ApiError, apiUrl, getJson } from "../../api/client";
import { live, spansArrivedAt } from "../../api/live";
import { useResource, type Resource } from "../../api/resource";
import type { Aggregate, Page, Problem, ServiceRef, TracePage } from "../../api/types";
import { fmt, lang, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { readBox } from "../../ui/heatgrid";
import { Icon } from "../../ui/icons";
import { Failure, Loaded, Stale } from "../../ui/states";
import { Pill } from "../../ui/status";
import { Tabs } from "../../ui/tabs";
import { navigate } from "../../url/location";
import { href, TRACES_TABS, type QueryOf } from "../../url/routes";
import { listScope } from "../../url/scope";
import { isPinned } from "../../url/timerange";
import { SetsApart } from "./apart";
import { chartUrl, TracesChart } from "./chart";
import { Chips } from "./chips";
import { Facets, facetsUrl } from "./facets";
import { FilterBar } from "./filterbar";
import { FilterHelp } from "./filterhelp";
import { Errors, Groups } from "./groups";
import { NothingFound } from "./nothing";
import { RangeMenu } from "./rangemenu";
import { TraceTable } from "./table";

/** An empty list looks again when spans arrive, but not for each of them; a live one every few seconds. */
const LOOK_AGAIN_MS = 1_000;
const LIVE_MS = 5_000;
/** Traces in one order by what the server sorts only once: it has no next page of them. */
const SLOWEST_MAX = 200;

type TracesQuery = QueryOf<"traces">;

export function TracesPage({ query }: { query: TracesQuery }) {
  const t = texts();
  useTitle(t.traces.title, query.q ? `${query.q} · ${t.traces.title}` : t.traces.title);

  const parameters = listParameters(query);
  const list = useResource<TracePage>(apiUrl("/traces", parameters), { topic: "traces", keep: true, follow: false });
  const heat = useResource<Aggregate>(chartUrl(query), { topic: "traces", keep: true, follow: false });
  const facets = useResource(facetsUrl(query), { topic: "traces", follow: false });
  const services = useResource<Page<ServiceRef>>(apiUrl("/services"), { topic: "traces" }).data;
  const colors = useMemo(() => new Map((services?.items ?? []).map((service) => [service.name, service.color])), [services]);

  const refresh = () => [list, heat, facets].forEach((resource: Resource<unknown>) => resource.retry());
  const isEmpty = list.data?.items.length === 0;
  const follows = query.live && !isPinned(query);
  useLookAgain((isEmpty || follows) && !list.loading, isEmpty ? LOOK_AGAIN_MS : LIVE_MS, refresh);

  const set = (change: Partial<TracesQuery>) => navigate(href("traces", {}, { ...query, ...change }));
  const badFilter = list.problem?.status === 400 && list.problem.at ? list.problem : null;
  const nothingEver = services?.items.length === 0;
  const isBare = isEmpty && !query.sel && query.tab === "results";

  return (
    <>
      <div class="row filter-row">
        <FilterBar
          q={query.q}
          fault={badFilter && { message: badFilter.detail ?? badFilter.title, at: badFilter.at }}
          onRun={(q) => set({ q, sel: "" })}
          onTraceId={(id) => navigate(href("trace", { id }))}
        />
        <button type="button" class="btn" aria-pressed={follows} disabled={isPinned(query)} title={t.traces.liveHint} onClick={() => set({ live: !query.live })}>
          <Icon name="activity" />
          {t.traces.live}
        </button>
        <RangeMenu range={query} onChange={(range) => set({ ...range, sel: "" })} />
      </div>
      <Chips q={query.q} onChange={(q) => set({ q, sel: "" })} />
      {list.old && list.problem && !badFilter && <Stale resource={list} what={t.traces.title} />}
      {badFilter ? (
        <FilterHelp hint={badFilter.hint} />
      ) : isBare ? (
        <section class="card flush">
          <NothingFound query={query} nothingEver={nothingEver ?? false} set={set} />
        </section>
      ) : (
        <>
          <section class="card" aria-label={t.traces.chart}>
            <TracesChart query={query} heat={heat} set={set} />
          </section>
          <div class="explore">
            <Facets query={query} set={(change) => set("q" in change ? { ...change, sel: "" } : change)} />
            <section class="card flush found">
              <Tabs label={t.traces.views} tabs={TRACES_TABS.map((key) => [key, t.traces.tabs[key]])} chosen={query.tab} onChoose={(tab) => set({ tab })}>
                {query.tab === "results" && <Results query={query} list={list} colors={colors} refresh={refresh} set={set} parameters={parameters} />}
                {query.tab === "compare" && <SetsApart query={query} colors={colors} set={set} />}
                {query.tab === "groups" && <Groups query={query} colors={colors} set={set} />}
                {query.tab === "errors" && <Errors query={query} colors={colors} set={set} />}
              </Tabs>
            </section>
          </div>
        </>
      )}
    </>
  );
}

type Parameters = Record<string, string | number | undefined>;

function listParameters(query: TracesQuery): Parameters {
  const scope = listScope(query.q, query, readBox(query.sel));
  return { ...scope, ...(query.sort === "slowest" ? { sort: "slowest", limit: SLOWEST_MAX } : {}) };
}

interface ResultsProps {
  query: TracesQuery;
  list: Resource<TracePage>;
  colors: Map<string, number>;
  parameters: Parameters;
  refresh(): void;
  set(change: Partial<TracesQuery>): void;
}

function Results({ query, list, colors, parameters, refresh, set }: ResultsProps) {
  const t = texts().traces;
  const f = fmt();
  const more = useMore(list.data, (cursor) => apiUrl("/traces", { ...parameters, cursor }));
  const items = useMemo(() => [...(list.data?.items ?? []), ...more.pages.flatMap((page) => page.items)], [list.data, more.pages]);
  const summary = query.sort === "slowest" ? t.summarySlowest : query.sort !== "newest" && more.next ? t.summarySorted : more.next ? t.summaryMore : t.summary;
  return (
    <Loaded resource={list} what={t.title} rows={12}>
      {(first) =>
        items.length === 0 ? (
          <NothingFound query={query} nothingEver={false} set={set} />
        ) : (
          <>
            <div class="card-head">
              <span class="muted" role="status">
                {summary(f.count(items.length), f.duration(first.tookUs))}
              </span>
              {first.cut && <Pill tone="info">{first.cut}</Pill>}
              <span class="spring" />
              {list.outdated && live.value !== "paused" && !list.loading && !query.live && (
                <button type="button" class="btn small" onClick={refresh}>
                  <Icon name="refresh" />
                  {t.fresh}
                </button>
              )}
            </div>
            <TraceTable traces={items} colors={colors} sort={query.sort} onSort={(sort) => set({ sort })} dimmed={list.old} />
            <div class="list-end">
              {more.problem && <Failure what={t.title} problem={more.problem} retry={more.load} />}
              {more.next && !more.problem && (
                <button type="button" class="btn" disabled={more.loading} onClick={more.load}>
                  {more.loading ? texts().state.loading : t.loadMore}
                </button>
              )}
              {!more.next && more.pages.length > 0 && <span class="sub">{t.end}</span>}
            </div>
          </>
        )
      }
    </Loaded>
  );
}

interface Further {
  of: TracePage | undefined;
  pages: TracePage[];
  loading: boolean;
  problem: Problem | null;
}

/** Further pages of `first`. They go when the first page is another one. */
function useMore(first: TracePage | undefined, urlOf: (cursor: string) => string) {
  const none: Further = { of: first, pages: [], loading: false, problem: null };
  const [state, setState] = useState(none);
  const mine = state.of === first ? state : none;
  const next = (mine.pages.at(-1) ?? first)?.next ?? null;
  const latest = useRef(first);
  latest.current = first;

  const load = () => {
    if (!next) return;
    setState({ ...mine, loading: true, problem: null });
    getJson<TracePage>(urlOf(next), lang.peek()).then(
      (page) => latest.current === first && setState({ of: first, pages: [...mine.pages, page], loading: false, problem: null }),
      (error: unknown) =>
        latest.current === first && setState({ ...mine, loading: false, problem: error instanceof ApiError ? error.problem : { title: String(error), status: 0 } }),
    );
  };
  return { pages: mine.pages, next, loading: mine.loading, problem: mine.problem, load };
}

/** Calls `look` some time after spans arrived while `isWaiting`. */
function useLookAgain(isWaiting: boolean, afterMs: number, look: () => void): void {
  const arrived = spansArrivedAt.value;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    if (!isWaiting) {
      clearTimeout(timer.current);
      timer.current = undefined;
    } else if (arrived > 0) {
      // Not put off by the next arrival: a busy server would never be looked at.
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        if (!document.hidden) latest.current();
      }, afterMs);
    }
  }, [isWaiting, arrived]);
  useEffect(() => () => clearTimeout(timer.current), []);
}

/** Finding traces: a filter, a time range, summaries. Spans are never fetched here. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ApiError, apiUrl, getJson } from "../../api/client";
import { live, spansArrivedAt } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Page, Problem, ServiceRef, TracePage } from "../../api/types";
import { fmt, lang, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { Icon } from "../../ui/icons";
import { Empty, Failure, Loaded, Stale } from "../../ui/states";
import { Pill } from "../../ui/status";
import { navigate } from "../../url/location";
import { href, type QueryOf, type Range } from "../../url/routes";
import { boundsOf, isPinned } from "../../url/timerange";
import { FilterBar } from "./filterbar";
import { FilterHelp } from "./filterhelp";
import { FirstSpan } from "./firstspan";
import { RangeMenu, rangeText } from "./rangemenu";
import { TraceTable } from "./table";

/** An empty list looks again when spans arrive, but not for each of them. */
const LOOK_AGAIN_MS = 1_000;
/** What an empty search offers next. */
const WIDER: Partial<Record<Range, Range>> = { "15m": "1h", "1h": "6h", "6h": "24h", "24h": "7d", "2d": "7d" };

export function TracesPage({ query }: { query: QueryOf<"traces"> }) {
  const t = texts();
  const f = fmt();
  useTitle(t.traces.title, query.q ? `${query.q} · ${t.traces.title}` : t.traces.title);

  // A relative range is fixed when it is asked, so that later pages of the same answer fit the first.
  const [askedAt, setAskedAt] = useState(Date.now);
  const bounds = useMemo(() => boundsOf(query, askedAt), [query.t, query.from, query.to, askedAt]);
  const parameters = { q: query.q, ...bounds };
  const url = apiUrl("/traces", parameters);
  const list = useResource<TracePage>(url, { topic: "traces", keep: true, follow: false });
  const services = useResource<Page<ServiceRef>>(apiUrl("/services"), { topic: "traces" }).data;
  const colors = useMemo(() => new Map((services?.items ?? []).map((service) => [service.name, service.color])), [services]);
  const more = useMore(list.data, (cursor) => apiUrl("/traces", { ...parameters, cursor }));

  const refresh = () => {
    if (bounds.from === undefined || isPinned(query)) list.retry();
    else setAskedAt(Date.now());
  };
  const isEmpty = list.data?.items.length === 0;
  useLookAgain(isEmpty && !list.loading, refresh);

  const set = (change: Partial<QueryOf<"traces">>) => navigate(href("traces", {}, { ...query, ...change }));
  const badFilter = list.problem?.status === 400 && list.problem.at ? list.problem : null;
  const items = [...(list.data?.items ?? []), ...more.pages.flatMap((page) => page.items)];
  const next = more.next;

  return (
    <>
      <div class="row filter-row">
        <FilterBar
          q={query.q}
          fault={badFilter && { message: badFilter.detail ?? badFilter.title, at: badFilter.at }}
          onRun={(q) => set({ q })}
          onTraceId={(id) => navigate(href("trace", { id }))}
        />
        <RangeMenu range={query} onChange={set} />
      </div>
      {list.old && list.problem && !badFilter && <Stale resource={list} what={t.traces.title} />}
      {badFilter ? (
        <FilterHelp hint={badFilter.hint} />
      ) : (
        <section class="card flush">
          <Loaded resource={list} what={t.traces.title} rows={12}>
            {(first) =>
              items.length === 0 ? (
                <NothingFound query={query} nothingEver={services?.items.length === 0} onWiden={(range) => set({ t: range, from: "", to: "" })} />
              ) : (
                <>
                  <div class="card-head">
                    <span class="muted" role="status">
                      {(next ? t.traces.summaryMore : t.traces.summary)(f.count(items.length), f.duration(first.tookUs))}
                    </span>
                    {first.cut && <Pill tone="info">{first.cut}</Pill>}
                    <span class="spring" />
                    {list.outdated && live.value !== "paused" && !list.loading && (
                      <button type="button" class="btn small" onClick={refresh}>
                        <Icon name="refresh" />
                        {t.traces.fresh}
                      </button>
                    )}
                  </div>
                  <TraceTable traces={items} colors={colors} dimmed={list.old} />
                  <div class="list-end">
                    {more.problem && <Failure what={t.traces.title} problem={more.problem} retry={more.load} />}
                    {next && !more.problem && (
                      <button type="button" class="btn" disabled={more.loading} onClick={more.load}>
                        {more.loading ? t.state.loading : t.traces.loadMore}
                      </button>
                    )}
                    {!next && more.pages.length > 0 && <span class="sub">{t.traces.end}</span>}
                  </div>
                </>
              )
            }
          </Loaded>
        </section>
      )}
    </>
  );
}

/** Further pages of `first`. They go when the first page is another one. */
function useMore(first: TracePage | undefined, urlOf: (cursor: string) => string) {
  const [state, setState] = useState<{ of: TracePage | undefined; pages: TracePage[]; loading: boolean; problem: Problem | null }>({ of: undefined, pages: [], loading: false, problem: null });
  const mine = state.of === first ? state : { of: first, pages: [], loading: false, problem: null };
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

/** Calls `look` when spans arrived while `isWaiting`. */
function useLookAgain(isWaiting: boolean, look: () => void): void {
  const arrived = spansArrivedAt.value;
  useEffect(() => {
    if (!isWaiting || arrived === 0) return undefined;
    const timer = setTimeout(look, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isWaiting, arrived]);
}

/** Says which of the three it is: nothing ever came, nothing in this range, nothing that matches. */
function NothingFound({ query, nothingEver, onWiden }: { query: QueryOf<"traces">; nothingEver: boolean; onWiden(range: Range): void }) {
  const t = texts();
  if (nothingEver) return <FirstSpan />;
  const wider = isPinned(query) ? "24h" : WIDER[query.t];
  const range = rangeText(query);
  return (
    <Empty title={query.q ? t.traces.noneMatch : t.traces.noneInRange}>
      <p>{query.q ? t.traces.noneMatchText(range) : t.traces.noneInRangeText(range)}</p>
      <div class="row tight">
        {query.q && (
          <a class="btn" href={href("traces", {}, { ...query, q: "" })}>
            {t.traces.clear}
          </a>
        )}
        {wider && (
          <button type="button" class="btn" onClick={() => onWiden(wider)}>
            {t.traces.widen(t.traces.last(fmt().window(wider)))}
          </button>
        )}
      </div>
    </Empty>
  );
}

/** One trace: where its time went, which span failed, and everything a span says about itself. */

import "../../shared";
import { useMemo, useRef, useState } from "preact/hooks";
import { nowMs } from "../../api/live";
import type { Gap } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { useKeys } from "../../shell/keys";
import { readChoice, saveChoice } from "../../shell/storage";
import { copyText } from "../../ui/clipboard";
import { IconButton } from "../../ui/iconbutton";
import { Icon } from "../../ui/icons";
import { lazy } from "../../ui/lazy";
import { Seg } from "../../ui/seg";
import { Banner, Empty, Failure, Partial, Skeleton } from "../../ui/states";
import { Pill } from "../../ui/status";
import { navigate, place } from "../../url/location";
import { href, TRACE_VIEWS, type QueryOf, type TraceViewName } from "../../url/routes";
import { useSettled } from "../../url/settled";
import { shortId } from "../../url/traceid";
import { FindBar } from "./findbar";
import { markForCompare } from "./marks";
import { useFind } from "./matches";
import { CompareMenu, MoreMenu } from "./menus";
import { Minimap } from "./minimap";
import { modelOf, nextFlagged, type TraceModel } from "./model";
import { SpanPanel } from "./panel";
import { openedText, openFile, useTrace } from "./source";
import { Summary } from "./summary";
import { Timeline, type TimelineHandle } from "./timeline";
import { clampView, fitView, isWhole, panView, PAN_STEP, ZOOM_STEP, zoomView, type TimeView } from "./timescale";
import type { ViewProps } from "./views";

const TraceFlame = lazy<ViewProps>(() => import("./traceflame").then((module) => module.TraceFlame));
const TraceTable = lazy<ViewProps>(() => import("./tracetable").then((module) => module.TraceTable));
const TraceMap = lazy<ViewProps>(() => import("./tracemap").then((module) => module.TraceMap));
const TraceJson = lazy<ViewProps>(() => import("./tracejson").then((module) => module.TraceJson));

/** Up to so many rows the details stand below without pushing the rows out of sight. */
const DOCK_BELOW_ROWS_MAX = 16;

export function TracePage({ id, query }: { id: string; query: QueryOf<"trace"> }) {
  const t = texts().trace;
  const known = /^[0-9a-f]{1,32}$/i.test(id) ? id.toLowerCase() : null;
  const trace = useTrace(known);
  const model = useMemo(() => (trace.data ? modelOf(trace.data) : null), [trace.data]);
  const title = model && model.count > 0 ? rootTitle(model) : t.title;
  useTitle(title, model ? `${title} · ${shortId(id)}` : title);

  if (model && model.count > 0) return <TraceView model={model} query={query} title={title} gaps={trace.data?.partial ?? []} />;
  return (
    <section class="card">
      {!known || trace.problem?.status === 404 || model ? (
        <Empty title={t.notFound}>
          <p>{known ? t.notFoundText(id) : t.badId(id)}</p>
          <div class="row tight">
            <a class="btn" href={href("traces", {})}>
              {t.toTraces}
            </a>
            <button type="button" class="btn" onClick={openFile}>
              {t.openFile}
            </button>
          </div>
        </Empty>
      ) : trace.problem ? (
        <Failure what={t.title} problem={trace.problem} retry={trace.retry} />
      ) : (
        <Skeleton rows={14} />
      )}
    </section>
  );
}

function rootTitle(model: TraceModel): string {
  return model.names[model.name[0]] || model.services[model.service[0]]?.name || texts().trace.title;
}

/** Changes of the address; those that nobody wants to walk back through replace. */
function changeQuery(change: Partial<QueryOf<"trace">>, replace = true): void {
  const here = place.peek();
  if (here.name === "trace") navigate(href("trace", here.path, { ...here.query, ...change }), { replace });
}

/** A view as `from-to`, the whole trace as nothing. */
function viewText(view: TimeView, model: TraceModel): string {
  return isWhole(view, model.durationUs) ? "" : `${Math.round(view.from)}-${Math.round(view.to)}`;
}

function viewOf(text: string, model: TraceModel): TimeView {
  const match = /^(\d+)-(\d+)$/.exec(text);
  return clampView(match ? { from: Number(match[1]), to: Number(match[2]) } : { from: 0, to: model.durationUs }, model.durationUs);
}

function TraceView({ model, query, title, gaps }: { model: TraceModel; query: QueryOf<"trace">; title: string; gaps: Gap[] }) {
  const t = texts();
  const panel = useRef<HTMLElement>(null);
  const timeline = useRef<TimelineHandle>(null);
  const [span, setSpan] = useSettled(query.span, (value) => changeQuery({ span: value }));
  const [find, setFind] = useSettled(query.q, (value) => changeQuery(value ? { q: value } : { q: "", only: false }));
  const [viewed, setViewed] = useSettled<string>(query.from && `${query.from}-${query.to}`, (value) => {
    const [from = "", to = ""] = value.split("-");
    changeQuery({ from, to });
  });
  const [dock, setDock] = useState(() => readChoice("traceDock") ?? (model.count > DOCK_BELOW_ROWS_MAX ? "right" : "below"));
  const selected = useMemo(() => (span ? model.ids.indexOf(span) : -1), [model, span]);
  const root = useMemo(() => (query.root ? model.ids.indexOf(query.root) : -1), [model, query.root]);
  const finding = useFind(model, find);
  const { matches } = finding;

  const view = viewOf(viewed, model);
  const setView = (next: TimeView) => setViewed(viewText(clampView(next, model.durationUs), model));
  const select = (row: number) => setSpan(row < 0 ? "" : model.ids[row]);
  const fitTo = (row: number): TimeView => (row < 0 ? { from: 0, to: model.durationUs } : fitView(model.start[row], model.duration[row], model.durationUs));
  const reRoot = (row: number) => {
    const [from = "", to = ""] = viewText(fitTo(row), model).split("-");
    changeQuery({ root: row < 0 ? "" : model.ids[row], from, to }, false);
  };
  const goTo = (flags: Uint8Array, step: 1 | -1) => {
    const row = nextFlagged(flags, selected < 0 ? (step > 0 ? -1 : 0) : selected, step);
    if (row >= 0) select(row);
  };
  const goToMatch = (step: 1 | -1) => matches && matches.count > 0 && goTo(matches.flags, step);
  const findThis = (q: string) => {
    setFind(q);
    if (query.view === "map" || query.view === "json") changeQuery({ view: "timeline" }, false);
  };
  const toggleCritical = () => changeQuery({ cp: !query.cp });
  const toggleDock = () => {
    const next = dock === "right" ? "below" : "right";
    setDock(next);
    saveChoice("traceDock", next);
  };
  const zoom = (factor: number) => () => setView(zoomView(view, factor, 0.5, model.durationUs));
  const pan = (share: number) => () => setView(panView(view, share, model.durationUs));
  const keys = t.keys;
  const key = (keys: string, label: string, run: (() => void) | null) => ({ keys, label, group: "trace" as const, run });
  useKeys([
    key("ArrowLeft", keys.collapse, null),
    key("ArrowRight", keys.collapse, null),
    key("Shift+ArrowLeft", keys.level, null),
    key("Shift+ArrowRight", keys.level, null),
    key("[", keys.collapseAll, () => timeline.current?.collapseAll()),
    key("]", keys.collapseAll, () => timeline.current?.expandAll()),
    key("h", keys.foldLike, () => timeline.current?.foldLike()),
    key("Shift+H", keys.foldAll, () => timeline.current?.foldAll()),
    key("r", keys.root, () => reRoot(selected === root ? -1 : selected)),
    key("+", keys.zoom, zoom(ZOOM_STEP)),
    key("-", keys.zoom, zoom(1 / ZOOM_STEP)),
    key("w", keys.zoom, zoom(ZOOM_STEP)),
    key("s", keys.zoom, zoom(1 / ZOOM_STEP)),
    key("a", keys.pan, pan(-PAN_STEP)),
    key("d", keys.pan, pan(PAN_STEP)),
    key("f", keys.fit, () => selected >= 0 && setView(fitTo(selected))),
    key("0", keys.reset, () => (root >= 0 ? reRoot(-1) : setView(fitTo(-1)))),
    key("c", keys.critical, toggleCritical),
    key("e", keys.error, () => goTo(model.isError, 1)),
    key(".", keys.error, () => goTo(model.isError, 1)),
    key(",", keys.error, () => goTo(model.isError, -1)),
    key("n", keys.match, () => void goToMatch(1)),
    key("Shift+N", keys.match, () => void goToMatch(-1)),
    key("m", t.compare.mark, () => markForCompare(model.traceId)),
    key("x", t.compare.mark, () => markForCompare(model.traceId)),
    ...TRACE_VIEWS.map((name, i) => key(String(i + 1), keys.view, () => changeQuery({ view: name }, false))),
  ]);

  const props: ViewProps = {
    model,
    title,
    selected,
    root,
    view,
    flags: matches?.flags ?? null,
    only: query.only && matches !== null,
    onlyCritical: query.cp,
    onSelect: select,
    onRoot: reRoot,
    onView: setView,
    onFind: findThis,
    onOpen: () => panel.current?.focus(),
  };
  const isTimed = query.view === "timeline" || query.view === "flame";
  return (
    <>
      <Head model={model} query={query} onCritical={toggleCritical} />
      <Banners model={model} gaps={gaps} root={root} onRoot={reRoot} />
      <div class={`trace-grid dock-${dock}`}>
        <section class="card waterfall-card" aria-label={t.trace.grid(title)}>
          <div class="wf-tools">
            <FindBar
              finding={finding}
              selected={selected}
              q={find}
              only={query.only}
              onOnly={(only) => changeQuery({ only })}
              onQuery={setFind}
              onStep={goToMatch}
              onLeave={() => document.querySelector<HTMLElement>(".wf-scroll, .flame, .v-grid")?.focus()}
            />
            <div class="wf-buttons">
              {query.view === "timeline" && (
                <>
                  <IconButton icon="collapse" label={t.trace.collapseAll} run={() => timeline.current?.collapseAll()} />
                  <IconButton icon="expand" label={t.trace.expandAll} run={() => timeline.current?.expandAll()} />
                  <IconButton icon="fold" label={t.trace.foldAll} run={() => timeline.current?.foldAll()} />
                </>
              )}
              {isTimed && (
                <>
                  <IconButton icon="zoom-out" label={t.trace.zoomOut} run={zoom(1 / ZOOM_STEP)} />
                  <IconButton icon="zoom-in" label={t.trace.zoomIn} run={zoom(ZOOM_STEP)} />
                  <IconButton icon="maximize" label={t.trace.zoomReset} run={() => setView(fitTo(-1))} />
                </>
              )}
              <span class="hide-dock">
                <IconButton icon={dock === "right" ? "dock-below" : "dock-right"} label={dock === "right" ? t.trace.dockBelow : t.trace.dockRight} run={toggleDock} />
              </span>
            </div>
          </div>
          {isTimed && <Minimap model={model} view={view} onView={setView} />}
          {query.view === "timeline" && <Timeline {...props} handle={timeline} />}
          {query.view === "flame" && <TraceFlame {...props} />}
          {query.view === "table" && <TraceTable {...props} />}
          {query.view === "map" && <TraceMap {...props} />}
          {query.view === "json" && <TraceJson {...props} />}
        </section>
        <section class={`trace-panel${selected >= 0 ? " open" : ""}`} ref={panel} tabIndex={-1} aria-label={t.span.title}>
          {selected >= 0 ? (
            <SpanPanel key={selected} model={model} row={selected} isRoot={selected === root} onClose={() => setSpan("")} onSelect={select} onRoot={reRoot} onFind={findThis} />
          ) : (
            <Summary model={model} onFind={findThis} onSelect={select} />
          )}
        </section>
      </div>
    </>
  );
}

function Head({ model, query, onCritical }: { model: TraceModel; query: QueryOf<"trace">; onCritical(): void }) {
  const t = texts().trace;
  const f = fmt();
  const names: Record<TraceViewName, string> = { timeline: t.timeline, flame: t.flameView, table: t.tableView, map: t.mapView, json: t.json };
  return (
    <div class="row">
      <button type="button" class="btn quiet small mono trace-id" title={`${t.copyId}: ${model.traceId}`} onClick={() => void copyText(model.traceId)}>
        {shortId(model.traceId)}
        <Icon name="copy" />
        <span class="sr">{t.copyId}</span>
      </button>
      {model.errors > 0 && <Pill tone="crit">{t.errorCount(model.errors, f.count(model.errors))}</Pill>}
      <span class="muted">
        {t.duration} <b class="strong">{f.duration(model.durationUs)}</b> · {t.spanCount(model.spans, f.count(model.spans))} · {t.serviceCount(model.services.length)} ·{" "}
        <time dateTime={new Date(model.startUs / 1000).toISOString()} title={f.instant(model.startUs / 1000)}>
          {f.time(model.startUs / 1000, nowMs.value)}
        </time>
      </span>
      <span class="spring" />
      <Seg label={t.views} values={TRACE_VIEWS} now={query.view} text={(name) => names[name]} choose={(name) => changeQuery({ view: name }, false)} />
      <button type="button" class="btn" aria-pressed={query.cp} onClick={onCritical}>
        {t.critical} <kbd class="hide-s">c</kbd>
      </button>
      <CompareMenu id={model.traceId} />
      <MoreMenu id={model.traceId} />
    </div>
  );
}

function Banners({ model, gaps, root, onRoot }: { model: TraceModel; gaps: Gap[]; root: number; onRoot(row: number): void }) {
  const t = texts().trace;
  const f = fmt();
  const missing = f.count(model.missingParents);
  return (
    <>
      {root >= 0 && (
        <Banner
          tone="info"
          action={
            <button type="button" class="btn small" onClick={() => onRoot(-1)}>
              {t.zoomReset}
            </button>
          }
        >
          {t.subtree(`${model.services[model.service[root]]?.name ?? ""} ${model.names[model.name[root]]}`, f.count(model.size[root]), f.count(model.count))}
        </Banner>
      )}
      {openedText(model.traceId) !== undefined && <Banner tone="info">{t.opened}</Banner>}
      <Partial gaps={gaps} />
      {model.missingParents > 0 && <Banner tone="warn">{t.missing(model.missingParents, missing, model.missingIds.slice(0, 3).map(shortId).join(", "))}</Banner>}
      {model.skews.length > 0 && <Banner tone="info">{t.skew(f.list(model.skews.map(({ service, aheadUs }) => `${service} ${f.offset(aheadUs)}`)))}</Banner>}
    </>
  );
}

/** One trace: where its time went, which span failed, and everything a span says about itself. */

import "../../shared";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { TraceColumns } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { useKeys } from "../../shell/keys";
import { readChoice, saveChoice } from "../../shell/storage";
import { paletteVersion } from "../../shell/theme";
import { copyText } from "../../ui/clipboard";
import { Icon } from "../../ui/icons";
import { Banner, Empty, Failure, Skeleton } from "../../ui/states";
import { Pill } from "../../ui/status";
import { navigate, place } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { useSettled } from "../../url/settled";
import { shortId } from "../../url/traceid";
import { FindBar } from "./findbar";
import { findIn } from "./find";
import { Minimap } from "./minimap";
import { modelOf, type TraceModel } from "./model";
import { SpanPanel } from "./panel";
import { Summary } from "./summary";
import { clampView, isWhole, type TimeView } from "./timescale";
import { Waterfall } from "./waterfall";

/** Up to so many rows the details stand below without pushing the rows out of sight. */
const DOCK_BELOW_ROWS_MAX = 16;

export function TracePage({ id, query }: { id: string; query: QueryOf<"trace"> }) {
  const t = texts().trace;
  const known = /^[0-9a-f]{1,32}$/i.test(id) ? id.toLowerCase() : null;
  const trace = useResource<TraceColumns>(known ? apiUrl(`/traces/${known}`) : null);
  const model = useMemo(() => (trace.data ? modelOf(trace.data) : null), [trace.data]);
  const title = model && model.count > 0 ? rootTitle(model) : t.title;
  useTitle(title, model ? `${title} · ${shortId(id)}` : title);

  if (model && model.count > 0) return <TraceView model={model} query={query} title={title} />;
  return (
    <section class="card">
      {!known || trace.problem?.status === 404 || model ? (
        <Empty title={t.notFound}>
          <p>{known ? t.notFoundText(id) : t.badId(id)}</p>
          <a class="btn" href={href("traces", {})}>
            {t.toTraces}
          </a>
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

/** Changes of the address that nobody wants to walk back through. */
function replaceQuery(change: Partial<QueryOf<"trace">>): void {
  const here = place.peek();
  if (here.name === "trace") navigate(href("trace", here.path, { ...here.query, ...change }), { replace: true });
}

/** A view as `from-to`, the whole trace as nothing. */
function viewText(view: TimeView, model: TraceModel): string {
  return isWhole(view, model.durationUs) ? "" : `${Math.round(view.from)}-${Math.round(view.to)}`;
}

function viewOf(text: string, model: TraceModel): TimeView {
  const match = /^(\d+)-(\d+)$/.exec(text);
  return clampView(match ? { from: Number(match[1]), to: Number(match[2]) } : { from: 0, to: model.durationUs }, model.durationUs);
}

function TraceView({ model, query, title }: { model: TraceModel; query: QueryOf<"trace">; title: string }) {
  const t = texts();
  const f = fmt();
  const box = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);
  const waterfall = useRef<Waterfall>(undefined);
  const [span, setSpan] = useSettled(query.span, (value) => replaceQuery({ span: value }));
  const [find, setFind] = useSettled(query.q, (value) => replaceQuery({ q: value }));
  const [view, setView] = useSettled<string>(query.from && `${query.from}-${query.to}`, (value) => {
    const [from = "", to = ""] = value.split("-");
    replaceQuery({ from, to });
  });
  const [dock, setDock] = useState(() => readChoice("traceDock") ?? (model.count > DOCK_BELOW_ROWS_MAX ? "right" : "below"));
  const selected = useMemo(() => (span ? model.ids.indexOf(span) : -1), [model, span]);
  const matches = useMemo(() => findIn(model, find), [model, find]);
  // The waterfall is ahead of the page: it shows a choice at once, the page hears of it at its next turn. Until
  // then what the page says of older choices must not undo the newest.
  const chosen = useRef({ newest: span, pending: false });
  const choose = (id: string) => {
    if (id === chosen.current.newest) return;
    chosen.current = { newest: id, pending: true };
    setSpan(id);
  };

  useEffect(() => {
    const made = new Waterfall(box.current!, model, t, f, {
      onSelect: (row) => choose(row < 0 ? "" : model.ids[row]),
      onView: (next) => setView(viewText(next, model)),
      onOpen: () => panel.current?.focus(),
    });
    waterfall.current = made;
    return () => made.destroy();
  }, [model]);
  useEffect(() => waterfall.current?.setView(viewOf(view, model)), [model, view]);
  useEffect(() => waterfall.current?.setLanguage(t, f, t.trace.grid(title)), [model, t, title]);
  useEffect(() => waterfall.current?.setMatches(matches?.flags ?? null), [model, matches]);
  useEffect(() => waterfall.current?.setOnlyCritical(query.cp), [model, query.cp]);
  useEffect(() => {
    if (chosen.current.pending && span !== chosen.current.newest) return;
    chosen.current = { newest: span, pending: false };
    waterfall.current?.setSelected(selected);
  }, [model, selected]);
  useEffect(() => waterfall.current?.refreshPalette(), [model, paletteVersion.value]);

  const wf = () => waterfall.current;
  const goToMatch = (step: 1 | -1) => matches && matches.count > 0 && wf()?.goToFlagged(matches.flags, step);
  const toggleCritical = () => replaceQuery({ cp: !query.cp });
  const toggleDock = () => {
    const next = dock === "right" ? "below" : "right";
    setDock(next);
    saveChoice("traceDock", next);
  };
  const keys = t.keys;
  useKeys([
    { keys: "ArrowLeft", label: keys.collapse, group: "trace", run: null },
    { keys: "ArrowRight", label: keys.collapse, group: "trace", run: null },
    { keys: "Shift+ArrowLeft", label: keys.level, group: "trace", run: null },
    { keys: "Shift+ArrowRight", label: keys.level, group: "trace", run: null },
    { keys: "[", label: keys.collapseAll, group: "trace", run: () => wf()?.collapseAll() },
    { keys: "]", label: keys.collapseAll, group: "trace", run: () => wf()?.expandAll() },
    { keys: "+", label: keys.zoom, group: "trace", run: () => wf()?.zoom(1) },
    { keys: "-", label: keys.zoom, group: "trace", run: () => wf()?.zoom(-1) },
    { keys: "w", label: keys.zoom, group: "trace", run: () => wf()?.zoom(1) },
    { keys: "s", label: keys.zoom, group: "trace", run: () => wf()?.zoom(-1) },
    { keys: "a", label: keys.pan, group: "trace", run: () => wf()?.pan(-1) },
    { keys: "d", label: keys.pan, group: "trace", run: () => wf()?.pan(1) },
    { keys: "f", label: keys.fit, group: "trace", run: () => wf()?.fit() },
    { keys: "0", label: keys.reset, group: "trace", run: () => wf()?.reset() },
    { keys: "c", label: keys.critical, group: "trace", run: toggleCritical },
    { keys: "e", label: keys.error, group: "trace", run: () => wf()?.goToFlagged(model.isError, 1) },
    { keys: ".", label: keys.error, group: "trace", run: () => wf()?.goToFlagged(model.isError, 1) },
    { keys: ",", label: keys.error, group: "trace", run: () => wf()?.goToFlagged(model.isError, -1) },
    { keys: "n", label: keys.match, group: "trace", run: () => void goToMatch(1) },
    { keys: "Shift+N", label: keys.match, group: "trace", run: () => void goToMatch(-1) },
  ]);

  return (
    <>
      <div class="row">
        <button type="button" class="btn quiet small mono trace-id" title={`${t.trace.copyId}: ${model.traceId}`} onClick={() => void copyText(model.traceId)}>
          {shortId(model.traceId)}
          <Icon name="copy" />
          <span class="sr">{t.trace.copyId}</span>
        </button>
        {model.errors > 0 && <Pill tone="crit">{t.trace.errorCount(model.errors, f.count(model.errors))}</Pill>}
        <span class="muted">
          {t.trace.duration} <b class="strong">{f.duration(model.durationUs)}</b> · {t.trace.spanCount(model.spans, f.count(model.spans))} · {t.trace.serviceCount(model.services.length)} ·{" "}
          <time dateTime={new Date(model.startUs / 1000).toISOString()} title={f.instant(model.startUs / 1000)}>
            {f.time(model.startUs / 1000, nowMs.value)}
          </time>
        </span>
        <span class="spring" />
        <button type="button" class="btn" aria-pressed={query.cp} onClick={toggleCritical}>
          {t.trace.critical} <kbd class="hide-s">c</kbd>
        </button>
        <a class="btn" href={`/api/v2/trace/${model.traceId}`} target="_blank" rel="noopener" title={t.trace.jsonHint}>
          {t.trace.json}
        </a>
      </div>
      {model.missingParents > 0 && <Banner tone="warn">{t.trace.missing(model.missingParents, f.count(model.missingParents))}</Banner>}
      {model.skewCorrected > 0 && <Banner tone="info">{t.trace.skew(model.skewCorrected, f.count(model.skewCorrected))}</Banner>}
      <div class={`trace-grid dock-${dock}`}>
        <section class="card waterfall-card" aria-label={t.trace.grid(title)}>
          <div class="wf-tools">
            <FindBar model={model} matches={matches} selected={selected} q={find} onQuery={setFind} onStep={goToMatch} onLeave={() => wf()?.focus()} />
            <div class="wf-buttons">
              <Tool icon="collapse" label={t.trace.collapseAll} run={() => wf()?.collapseAll()} />
              <Tool icon="expand" label={t.trace.expandAll} run={() => wf()?.expandAll()} />
              <Tool icon="zoom-out" label={t.trace.zoomOut} run={() => wf()?.zoom(-1)} />
              <Tool icon="zoom-in" label={t.trace.zoomIn} run={() => wf()?.zoom(1)} />
              <Tool icon="maximize" label={t.trace.zoomReset} run={() => wf()?.reset()} />
              <span class="hide-dock">
                <Tool icon={dock === "right" ? "dock-below" : "dock-right"} label={dock === "right" ? t.trace.dockBelow : t.trace.dockRight} run={toggleDock} />
              </span>
            </div>
          </div>
          <Minimap
            model={model}
            view={viewOf(view, model)}
            onView={(next) => setView(viewText(next, model))}
          />
          <div class="wf" ref={box} />
        </section>
        <section class="trace-panel" ref={panel} tabIndex={-1} aria-label={t.span.title}>
          {selected >= 0 ? <SpanPanel key={selected} model={model} row={selected} onClose={() => setSpan("")} /> : <Summary model={model} />}
        </section>
      </div>
    </>
  );
}

function Tool({ icon, label, run }: { icon: "collapse" | "expand" | "zoom-in" | "zoom-out" | "maximize" | "dock-right" | "dock-below"; label: string; run(): void }) {
  return (
    <button type="button" class="btn small icon-only quiet" aria-label={label} title={label} onClick={run}>
      <Icon name={icon} />
    </button>
  );
}

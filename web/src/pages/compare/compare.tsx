/** Two traces side by side: what one has and the other lacks, what is called more often, where time differs. */

import "../../shared";
import { useEffect, useMemo, useState } from "preact/hooks";
import { fmt, texts } from "../../i18n";
import { nowMs } from "../../api/live";
import { useTitle } from "../../shell/head";
import { useKeys } from "../../shell/keys";
import { Icon } from "../../ui/icons";
import { Seg } from "../../ui/seg";
import { Empty, Failure, Partial, Skeleton } from "../../ui/states";
import { VirtualRows } from "../../ui/virtual";
import { navigate, place } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { useSettled } from "../../url/settled";
import { shortId } from "../../url/traceid";
import { dotClass, huesOf, modelOf, nextFlagged, reveal, visibleRows, withAncestors, type TraceModel } from "../trace/model";
import { useTrace } from "../trace/source";
import { Delta, deltaWords } from "./delta";
import { diffOf, type Diff } from "./diff";
import { FindingsCard } from "./findings";
import { PairPanel } from "./pair";

const ROW_PX = 40;
/** Deeper rows stop moving right. */
const INDENT_LEVELS_MAX = 20;

export function ComparePage({ a, b, query }: { a: string; b: string; query: QueryOf<"compare"> }) {
  const t = texts();
  const [A, B] = [useTrace(a), useTrace(b)];
  const models = useMemo(() => (A.data && B.data ? withSharedHues(modelOf(A.data), modelOf(B.data)) : null), [A.data, B.data]);
  useTitle(t.compare.title, `${t.compare.heading(shortId(a), shortId(b))} · ${t.compare.title}`);
  if (models)
    return (
      <>
        <Partial gaps={[...(A.data?.partial ?? []), ...(B.data?.partial ?? [])]} />
        <Comparison A={models[0]} B={models[1]} query={query} />
      </>
    );
  const failed = [A, B].find(({ problem }) => problem);
  const missing = [[A, a] as const, [B, b] as const].find(([{ problem }]) => problem?.status === 404 || problem?.status === 400);
  return (
    <section class="card">
      {missing ? (
        <Empty title={t.compare.missing(shortId(missing[1]))}>
          <p>{t.trace.notFoundText(missing[1])}</p>
          <a class="btn" href={href("traces", {})}>
            {t.trace.toTraces}
          </a>
        </Empty>
      ) : failed?.problem ? (
        <Failure what={t.compare.title} problem={failed.problem} retry={failed.retry} />
      ) : (
        <Skeleton rows={14} />
      )}
    </section>
  );
}

/** One service has one colour in both traces. */
function withSharedHues(A: TraceModel, B: TraceModel): [TraceModel, TraceModel] {
  const known = new Set(A.services.map(({ name }) => name));
  const all = new Map(huesOf([...A.services, ...B.services.filter(({ name }) => !known.has(name))]).map((service) => [service.name, service]));
  for (const model of [A, B]) model.services = model.services.map((service) => ({ ...service, ...all.get(service.name) }));
  return [A, B];
}

function replaceQuery(change: Partial<QueryOf<"compare">>): void {
  const here = place.peek();
  if (here.name === "compare") navigate(href("compare", here.path, { ...here.query, ...change }), { replace: true });
}

/** The row that shows a span of either trace. */
function rowOfSpan(A: TraceModel, B: TraceModel, diff: Diff, span: string): number {
  if (!span) return -1;
  const [a, b] = [A.ids.indexOf(span), B.ids.indexOf(span)];
  const at = a >= 0 ? diff.a.indexOf(a) : -1;
  return at >= 0 || b < 0 ? at : diff.b.indexOf(b);
}

function Comparison({ A, B, query }: { A: TraceModel; B: TraceModel; query: QueryOf<"compare"> }) {
  const t = texts();
  const f = fmt();
  const diff = useMemo(() => diffOf(A, B), [A, B]);
  const [span, setSpan] = useSettled(query.span, (value) => replaceQuery({ span: value }));
  const [onlyDiffering, setOnlyDiffering] = useState(false);
  const [collapsed] = useState(() => new Uint8Array(diff.count));
  const [, redraw] = useState(0);
  const selected = useMemo(() => rowOfSpan(A, B, diff, span), [A, B, diff, span]);
  const differing = useMemo(() => withAncestors(diff.parent, diff.isDifferent), [diff]);
  const visible = visibleRows(diff, { collapsed, only: onlyDiffering ? differing : null });
  const nDiffering = useMemo(() => diff.isDifferent.reduce((sum, one) => sum + one, 0), [diff]);

  useEffect(() => {
    if (selected >= 0 && reveal(diff, { collapsed }, selected)) redraw((n) => n + 1);
  }, [selected]);
  const select = (row: number) => setSpan(row < 0 ? "" : diff.a[row] >= 0 ? A.ids[diff.a[row]] : B.ids[diff.b[row]]);
  const toggle = (row: number, closed: boolean) => {
    collapsed[row] = Number(closed);
    redraw((n) => n + 1);
  };
  const step = (direction: 1 | -1) => {
    const row = nextFlagged(diff.isDifferent, selected < 0 ? (direction > 0 ? -1 : 0) : selected, direction);
    if (row >= 0) select(row);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const isOpen = selected >= 0 && diff.size[selected] > 1 && !collapsed[selected];
    if (event.key === "Escape") select(-1);
    else if (selected < 0) return false;
    else if (event.key === "ArrowLeft" && isOpen) toggle(selected, true);
    else if (event.key === "ArrowLeft") select(diff.parent[selected] >= 0 ? diff.parent[selected] : selected);
    else if (event.key === "ArrowRight" && !isOpen) toggle(selected, false);
    else if (event.key === "ArrowRight") select(selected + 1);
    else return false;
    return true;
  };
  const swap = () => navigate(href("compare", { a: B.traceId, b: A.traceId }, { span }));
  useKeys([
    { keys: ".", label: t.compare.nextDifference, group: "trace", run: () => step(1) },
    { keys: ",", label: t.compare.nextDifference, group: "trace", run: () => step(-1) },
  ]);

  const longestUs = Math.max(A.durationUs, B.durationUs);
  return (
    <>
      <div class="cmp-sides">
        <Side label={t.compare.traceA} model={A} />
        <button type="button" class="btn icon-only" aria-label={t.compare.swap} title={t.compare.swap} onClick={swap}>
          <Icon name="swap" />
        </button>
        <Side label={t.compare.traceB} model={B} />
        <div class="card tile cmp-total">
          <span>{t.compare.difference}</span>
          <b>
            <Delta us={B.durationUs - A.durationUs} />
          </b>
          <span class="sub">{deltaWords(B.durationUs - A.durationUs)}</span>
        </div>
      </div>
      <div class="cmp-grid">
        <section class="card cmp-tree">
          <div class="card-head">
            <h2>{t.compare.tree}</h2>
            <span class="sub">{`${f.count(nDiffering)} / ${f.count(diff.count)}`}</span>
            <span class="spring" />
            <Seg label={t.compare.show} values={[false, true]} now={onlyDiffering} text={(only) => (only ? t.compare.differing : t.compare.all)} choose={(only) => setOnlyDiffering(only)} />
          </div>
          {visible.length === 0 && <p class="muted">{t.compare.nothingDiffers}</p>}
          <VirtualRows
            label={t.compare.tree}
            role="treegrid"
            class="cmp-rows"
            count={visible.length}
            rowPx={ROW_PX}
            active={visible.indexOf(selected)}
            onMove={(index) => select(visible[index])}
            onKey={onKey}
            head={[t.compare.span, "A", "B", "Δ"].map((text) => (
              <span key={text} role="columnheader">
                {text}
              </span>
            ))}
            rowProps={(index) => {
              const row = visible[index];
              return {
                class: diff.isDifferent[row] ? "" : "same",
                "aria-level": diff.depth[row] + 1,
                "aria-expanded": diff.size[row] > 1 ? !collapsed[row] : undefined,
              };
            }}
            cells={(index) => <Cells A={A} B={B} diff={diff} row={visible[index]} closed={collapsed[visible[index]] === 1} longestUs={longestUs} onToggle={toggle} />}
          />
        </section>
        <div class="grid">
          {selected >= 0 ? <PairPanel key={selected} A={A} B={B} a={diff.a[selected]} b={diff.b[selected]} onClose={() => select(-1)} /> : <FindingsCard A={A} B={B} diff={diff} onSelect={select} />}
        </div>
      </div>
    </>
  );
}

function Side({ label, model }: { label: string; model: TraceModel }) {
  const t = texts();
  const f = fmt();
  const counts = [t.trace.spanCount(model.spans, f.count(model.spans)), t.trace.serviceCount(model.services.length), model.errors > 0 && t.trace.errorCount(model.errors, f.count(model.errors))];
  return (
    <div class="card tile cmp-side">
      <span>
        {label} · {f.time(model.startUs / 1000, nowMs.value)}
      </span>
      <a class="link" href={href("trace", { id: model.traceId })} title={t.compare.open(model.traceId)}>
        <b>{model.names[model.name[0]] || t.trace.unnamed}</b> <span class="mono">{shortId(model.traceId)}</span>
      </a>
      <span class="sub">{[f.duration(model.durationUs), ...counts].filter(Boolean).join(" · ")}</span>
    </div>
  );
}

interface CellsProps {
  A: TraceModel;
  B: TraceModel;
  diff: Diff;
  row: number;
  closed: boolean;
  longestUs: number;
  onToggle(row: number, closed: boolean): void;
}

function Cells({ A, B, diff, row, closed, longestUs, onToggle }: CellsProps) {
  const t = texts();
  const [a, b] = [diff.a[row], diff.b[row]];
  const [model, own] = a >= 0 ? [A, a] : [B, b];
  const service = model.services[model.service[own]];
  const twisty = diff.size[row] > 1 ? (closed ? "closed" : "open") : "";
  return (
    <>
      <span role="gridcell" class="wf-name" style={{ paddingLeft: `${Math.min(diff.depth[row], INDENT_LEVELS_MAX) * 12}px` }}>
        <span
          class={`wf-twisty ${twisty}`}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            if (twisty) onToggle(row, !closed);
          }}
        />
        <i class={dotClass(model, model.service[own])} aria-hidden="true" />
        <b>{service?.name || t.trace.unknownService}</b> <span class="muted">{model.names[model.name[own]] || t.trace.unnamed}</span>
        {closed && <span class="wf-badge">{t.trace.hidden(fmt().count(diff.size[row] - 1))}</span>}
      </span>
      <Bar model={A} row={a} longestUs={longestUs} missing={t.compare.onlyB} />
      <Bar model={B} row={b} longestUs={longestUs} missing={t.compare.onlyA} />
      <span role="gridcell" class="num">
        {a >= 0 && b >= 0 ? <Delta us={B.duration[b] - A.duration[a]} /> : <span class="sub">{a >= 0 ? t.compare.onlyA : t.compare.onlyB}</span>}
      </span>
    </>
  );
}

/** A bar in its trace's own time; both sides share the scale of the longer trace. */
function Bar({ model, row, longestUs, missing }: { model: TraceModel; row: number; longestUs: number; missing: string }) {
  const t = texts();
  if (row < 0) {
    return (
      <span role="gridcell" class="cmp-bar none">
        <span class="sr">{missing}</span>
      </span>
    );
  }
  const percent = (us: number) => `${((us / longestUs) * 100).toFixed(2)}%`;
  return (
    <span role="gridcell" class="cmp-bar">
      <i class={`${dotClass(model, model.service[row])}${model.isError[row] ? " failed" : ""}`} style={{ left: percent(model.start[row]), width: percent(model.duration[row]) }} />
      <span class={model.start[row] > longestUs / 2 ? "at-start" : ""}>
        {model.isError[row] === 1 && <b class="crit-text">{model.statuses[row] || t.trace.error} </b>}
        {fmt().duration(model.duration[row])}
      </span>
    </span>
  );
}


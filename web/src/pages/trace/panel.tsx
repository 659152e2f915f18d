/** Everything one span says: numbers at once from the columns, tags and events when they have arrived. */

import { useState } from "preact/hooks";
import type { EndpointInfo, SpanDetail } from "../../api/types";
import { nowMs } from "../../api/live";
import { fmt, texts } from "../../i18n";
import { readChoice, saveChoice } from "../../shell/storage";
import { ClosingHead } from "../../ui/cardhead";
import { copyText } from "../../ui/clipboard";
import { IconButton } from "../../ui/iconbutton";
import { Seg } from "../../ui/seg";
import { Failure, Loaded, Skeleton } from "../../ui/states";
import { Pill } from "../../ui/status";
import { Tabs } from "../../ui/tabs";
import { lastTraces } from "../../url/location";
import { href } from "../../url/routes";
import { shortId } from "../../url/traceid";
import { useSpanDetail } from "./details";
import { dotClass, type TraceModel } from "./model";
import { filterOf, useRank, useSimilar, windowOf } from "./operation";
import { openedText } from "./source";
import { SpanTitle } from "./spantitle";
import { term } from "./term";
import { partsOf } from "./where";

const TABS = ["span", "tags", "logs", "links", "time", "similar"] as const;
type Tab = (typeof TABS)[number];

interface PanelProps {
  model: TraceModel;
  row: number;
  isRoot: boolean;
  onClose(): void;
  onSelect(row: number): void;
  onRoot(row: number): void;
  onFind(q: string): void;
}

export function SpanPanel({ model, row, isRoot, onClose, onSelect, onRoot, onFind }: PanelProps) {
  const t = texts();
  const { detail, problem, retry } = useSpanDetail(model, row);
  const [chosenHalf, setHalf] = useState<number | null>(null);
  const [tab, setTab] = useState<Tab>(() => TABS.find((one) => one === readChoice("spanTab")) ?? "tags");
  const service = model.services[model.service[row]]?.name || t.trace.unknownService;
  const halves = detail?.halves ?? [];
  // First the half that the row is named after: the server's, which did the work.
  const half = chosenHalf ?? Math.max(0, halves.findIndex((one) => one.service === service));
  const shown = halves[half] ?? detail;
  const choose = (next: Tab) => {
    setTab(next);
    saveChoice("spanTab", next);
  };
  const count = (text: string, n: number | undefined) => (n ? `${text} ${fmt().count(n)}` : text);
  const tabs: [Tab, string][] = [
    ["span", t.span.title],
    ["tags", count(t.span.tags, shown?.tags.length)],
    ["logs", count(t.span.logs, shown?.annotations.length)],
    ["links", count(t.span.links, shown?.links?.length)],
    ["time", t.span.summary],
    ["similar", t.span.similar],
  ];
  const pending = problem ? <Failure what={t.span.title} problem={problem} retry={retry} /> : <Skeleton rows={4} />;

  return (
    <div class="card span-panel">
      <ClosingHead class="span-title" title={<SpanTitle model={model} row={row} />} label={t.span.close} onClose={onClose} />
      <div class="row tight span-sum">
        {model.isError[row] === 1 && <Pill tone="crit">{model.statuses[row] || t.trace.error}</Pill>}
        <b>{model.duration[row] > 0 ? fmt().duration(model.duration[row]) : t.span.notKnown}</b>
        <Rank model={model} row={row} />
        <span class="spring" />
        {model.size[row] > 1 && (
          <button type="button" class="btn small" aria-pressed={isRoot} onClick={() => onRoot(isRoot ? -1 : row)}>
            {t.span.onlyThis} <kbd>r</kbd>
          </button>
        )}
      </div>
      {halves.length > 1 && (
        <div class="row tight halves">
          <span class="sub">{t.span.halves}</span>
          <Seg label={t.span.halves} values={halves.map((_, i) => i)} now={half} text={(i) => [halves[i].local?.service || halves[i].service, halves[i].kind?.toLowerCase()].filter(Boolean).join(" · ")} choose={(i) => setHalf(i)} />
        </div>
      )}
      <Tabs label={t.span.title} tabs={tabs} chosen={tab} onChoose={choose}>
        {tab === "span" && <Facts model={model} row={row} detail={shown} onSelect={onSelect} />}
        {tab === "tags" && (shown ? <Tags detail={shown} onFind={onFind} /> : pending)}
        {tab === "logs" && (shown ? <Events detail={shown} startUs={model.startUs} /> : pending)}
        {tab === "links" && (shown ? <Links detail={shown} /> : pending)}
        {tab === "time" && <Time model={model} row={row} />}
        {tab === "similar" && (openedText(model.traceId) === undefined ? <Similar model={model} row={row} /> : <p class="muted">{t.span.similarNotStored}</p>)}
      </Tabs>
    </div>
  );
}

/** “p97 of this operation”: how many of its calls were quicker. */
function Rank({ model, row }: { model: TraceModel; row: number }) {
  const t = texts().span;
  const rank = useRank(model, row);
  if (!rank) return null;
  const percent = Math.min(99, Math.floor(rank.share * 100));
  return (
    <span class={`pill ${percent >= 95 ? "warn" : "none"}`} title={t.rankHint(fmt().share(percent / 100), fmt().count(rank.calls))}>
      {t.rank(String(percent))}
    </span>
  );
}

function Facts({ model, row, detail, onSelect }: { model: TraceModel; row: number; detail: SpanDetail | undefined; onSelect(row: number): void }) {
  const t = texts().span;
  const f = fmt();
  // Of a shared span's half its own times; of anything else the row's.
  const isHalf = detail !== undefined && detail.halves === undefined && detail.durationUs > 0;
  const durationUs = isHalf ? detail.durationUs : model.duration[row];
  const startUs = isHalf && detail.startUs > 0 ? detail.startUs - model.startUs : model.start[row];
  const parent = model.parent[row];
  const flags = [detail?.shared && t.shared, detail?.debug && t.debug].filter(Boolean);
  const facts: [string, string][] = [
    [t.duration, durationUs > 0 ? f.duration(durationUs) : t.notKnown],
    [t.selfTime, f.duration(model.self[row])],
    [t.ofTrace, f.share(model.duration[row] / model.durationUs)],
    [t.start, f.offset(startUs)],
    [t.kind, (detail?.kind ?? model.kinds[row]).toLowerCase() || t.notKnown],
    [t.remote, endpointText(detail?.remote) || model.remotes[row]],
    [t.local, endpointText(detail?.local)],
    [t.id, model.ids[row]],
    ["", flags.join(", ")],
  ];
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      <div>
        <dt>{t.parent}</dt>
        <dd>
          {parent < 0 ? (
            t.root
          ) : (
            <button type="button" class="plain link" onClick={() => onSelect(parent)}>
              {model.ids[parent]}
            </button>
          )}
        </dd>
      </div>
    </dl>
  );
}

function endpointText(endpoint: EndpointInfo | null | undefined): string {
  if (!endpoint) return "";
  const address = endpoint.ipv4 || (endpoint.ipv6 ? `[${endpoint.ipv6}]` : "");
  const port = endpoint.port ? `:${endpoint.port}` : "";
  return [endpoint.service ?? "", address + port].filter(Boolean).join(" ");
}

/** Values that are too long, or hold what a term cannot, offer no search. */
const TERM_CHARS_MAX = 200;

function Tags({ detail, onFind }: { detail: SpanDetail; onFind(q: string): void }) {
  const t = texts().span;
  if (detail.tags.length === 0 && !detail.resource?.length) return <p class="muted">{t.tagsNone}</p>;
  return (
    <>
      <Pairs pairs={detail.tags} onFind={onFind} />
      {(detail.resource?.length ?? 0) > 0 && (
        <>
          <h3>{t.resource}</h3>
          <Pairs pairs={detail.resource ?? []} onFind={onFind} />
        </>
      )}
    </>
  );
}

/** Names and values; each can be added to the filter of Traces, for or against, and found in this trace. */
function Pairs({ pairs, onFind }: { pairs: [string, string][]; onFind?(q: string): void }) {
  const t = texts().span;
  return (
    <table class="pairs">
      <tbody>
        {pairs.map(([name, value], i) => {
          const own = value === "" ? name : term(/^[\w.-]+$/.test(name) ? name : `tag."${name}"`, value);
          const canFilter = onFind && value.length <= TERM_CHARS_MAX && !value.includes("\n");
          const include = (sign: string) => href("traces", {}, { ...lastTraces(), q: [lastTraces().q, sign + own].filter(Boolean).join(" ") });
          return (
            <tr key={i}>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td class="nowrap">
                {canFilter && (
                  <>
                    <a class="btn small icon-only quiet" href={include("")} aria-label={t.include(`${name}=${value}`)} title={t.include(`${name}=${value}`)}>
                      +
                    </a>
                    <a class="btn small icon-only quiet" href={include("-")} aria-label={t.exclude(`${name}=${value}`)} title={t.exclude(`${name}=${value}`)}>
                      −
                    </a>
                    <IconButton icon="search" label={t.findHere(`${name}=${value}`)} run={() => onFind(own)} />
                  </>
                )}
                <IconButton icon="copy" label={t.copyValue(name)} run={() => void copyText(value)} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Events({ detail, startUs }: { detail: SpanDetail; startUs: number }) {
  const t = texts().span;
  const f = fmt();
  if (detail.annotations.length === 0) return <p class="muted">{t.annotationsNone}</p>;
  return (
    <ul class="events">
      {detail.annotations.map((annotation, i) => (
        <li key={i}>
          <span class="sub num" title={f.instant(annotation.timeUs / 1000)}>
            {f.offset(annotation.timeUs - startUs)}
          </span>{" "}
          <b>{annotation.value}</b>
          {(annotation.tags?.length ?? 0) > 0 && <Pairs pairs={annotation.tags ?? []} />}
        </li>
      ))}
    </ul>
  );
}

function Links({ detail }: { detail: SpanDetail }) {
  if (!detail.links?.length) return <p class="muted">{texts().span.linksNone}</p>;
  return (
    <ul>
      {detail.links.map((link) => (
        <li key={link.traceId + link.spanId}>
          <a class="link mono" href={href("trace", { id: link.traceId }, { span: link.spanId })}>
            {shortId(link.traceId)} · {link.spanId}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Parts shown; smaller ones explain nothing. */
const PARTS_MAX = 12;

function Time({ model, row }: { model: TraceModel; row: number }) {
  const t = texts();
  const f = fmt();
  const parts = partsOf(model, row).slice(0, PARTS_MAX);
  const whole = Math.max(1, model.duration[row]);
  return (
    <table class="shares">
      <tbody>
        {parts.map((part) => (
          <tr key={`${part.service} ${part.name}`}>
            <th scope="row">
              {part.service < 0 ? (
                t.span.itself
              ) : (
                <>
                  <i class={dotClass(model, part.service)} aria-hidden="true" /> {model.services[part.service]?.name || t.trace.unknownService}{" "}
                  <span class="muted">{model.names[part.name]}</span>
                  {part.calls > 1 && <span class="sub"> {t.trace.times(f.count(part.calls))}</span>}
                </>
              )}
              <span class="part-bar" aria-hidden="true">
                <i style={{ width: `${(part.us / whole) * 100}%` }} />
              </span>
            </th>
            <td class="num">{f.duration(part.us)}</td>
            <td class="num">{f.share(part.us / whole)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Similar({ model, row }: { model: TraceModel; row: number }) {
  const t = texts();
  const f = fmt();
  const list = useSimilar(model, row);
  return (
    <Loaded resource={list} what={t.span.similar} rows={4}>
      {({ items }) => {
        const others = items.filter(({ traceId }) => traceId !== model.traceId);
        return (
          <>
            {others.length === 0 && <p class="muted">{t.span.similarNone}</p>}
            <ul class="similar">
              {others.map((other) => (
                <li key={other.traceId}>
                  <a class="link mono" href={href("trace", { id: other.traceId })}>
                    {shortId(other.traceId)}
                  </a>
                  <span class="sub">{f.time(other.startUs / 1000, nowMs.value)}</span>
                  <span class="spring" />
                  {other.errors > 0 && <Pill tone="crit">{f.count(other.errors)}</Pill>}
                  <span class="num">{f.duration(other.durationUs)}</span>
                  <a class="btn small" href={href("compare", { a: other.traceId, b: model.traceId })}>
                    {t.compare.go}
                  </a>
                </li>
              ))}
            </ul>
            <a class="link" href={href("traces", {}, { q: filterOf(model, row), ...windowOf(model) })}>
              {t.span.similarAll}
            </a>
          </>
        );
      }}
    </Loaded>
  );
}

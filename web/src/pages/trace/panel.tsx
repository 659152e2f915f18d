/** Everything one span says: numbers at once from the columns, tags and annotations when they have arrived. */

import { useState } from "preact/hooks";
import type { EndpointInfo, SpanDetail } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { Icon } from "../../ui/icons";
import { Failure, Skeleton } from "../../ui/states";
import { Pill } from "../../ui/status";
import { href } from "../../url/routes";
import { useSpanDetail } from "./details";
import type { TraceModel } from "./model";

export function SpanPanel({ model, row, onClose }: { model: TraceModel; row: number; onClose(): void }) {
  const t = texts();
  const { detail, problem, retry } = useSpanDetail(model, row);
  const [chosenHalf, setHalf] = useState<number | null>(null);
  const service = model.services[model.service[row]]?.name || t.trace.unknownService;
  const name = model.names[model.name[row]] || t.trace.unnamed;
  const halves = detail?.halves ?? [];
  // First the half that the row is named after: the server's, which did the work.
  const half = chosenHalf ?? Math.max(0, halves.findIndex((one) => one.service === service));
  const shown = halves[half] ?? detail;

  return (
    <div class="span-panel">
      <div class="card">
        <div class="card-head">
          <h2 class="span-title">
            {service} <span class="muted">· {name}</span>
          </h2>
          {model.isError[row] === 1 && <Pill tone="crit">{model.statuses[row] || t.trace.error}</Pill>}
          <span class="spring" />
          <button type="button" class="btn small icon-only quiet" aria-label={t.span.close} title={t.span.close} onClick={onClose}>
            <Icon name="x" />
          </button>
        </div>
        <Facts model={model} row={row} detail={shown} />
        {halves.length > 1 && (
          <div class="row tight halves">
            <span class="sub">{t.span.halves}</span>
            <div class="seg" role="group" aria-label={t.span.halves}>
              {halves.map((one, i) => (
                <button key={i} type="button" aria-pressed={i === half} onClick={() => setHalf(i)}>
                  {[one.local?.service || one.service, one.kind?.toLowerCase()].filter(Boolean).join(" · ")}
                </button>
              ))}
            </div>
          </div>
        )}
        <h3>{t.span.tags}</h3>
        {shown ? <Pairs pairs={shown.tags} none={t.span.tagsNone} searchable /> : problem ? <Failure what={t.span.tags} problem={problem} retry={retry} /> : <Skeleton rows={3} />}
        {shown && (shown.resource?.length ?? 0) > 0 && (
          <>
            <h3>{t.span.resource}</h3>
            <Pairs pairs={shown.resource ?? []} none="" />
          </>
        )}
      </div>
      {shown && (
        <div class="card">
          <h2>{t.span.annotations}</h2>
          <Annotations detail={shown} startUs={model.startUs} />
          {(shown.links?.length ?? 0) > 0 && (
            <>
              <h3>{t.span.links}</h3>
              <ul>
                {shown.links?.map((link) => (
                  <li key={link.traceId + link.spanId}>
                    <a class="link mono" href={href("trace", { id: link.traceId }, { span: link.spanId })}>
                      {link.traceId}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </div>
  );
}

function Facts({ model, row, detail }: { model: TraceModel; row: number; detail: SpanDetail | undefined }) {
  const t = texts().span;
  const f = fmt();
  // Of a shared span's half its own times; of anything else the row's.
  const isHalf = detail !== undefined && detail.halves === undefined && detail.durationUs > 0;
  const durationUs = isHalf ? detail.durationUs : model.duration[row];
  const startUs = isHalf && detail.startUs > 0 ? detail.startUs - model.startUs : model.start[row];
  const parent = model.parent[row];
  const facts: [string, string][] = [
    [t.duration, durationUs > 0 ? f.duration(durationUs) : t.notKnown],
    [t.selfTime, f.duration(model.self[row])],
    [t.start, f.offset(startUs)],
    [t.kind, (detail?.kind ?? model.kinds[row]).toLowerCase() || t.notKnown],
    [t.remote, endpointText(detail?.remote) || model.remotes[row]],
    [t.local, endpointText(detail?.local)],
    [t.id, model.ids[row]],
    [t.parent, parent < 0 ? t.root : model.ids[parent]],
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
      {detail?.shared && (
        <div>
          <dt>{t.shared}</dt>
          <dd>
            <Icon name="check" />
          </dd>
        </div>
      )}
      {detail?.debug && (
        <div>
          <dt>{t.debug}</dt>
          <dd>
            <Icon name="check" />
          </dd>
        </div>
      )}
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

function Pairs({ pairs, none, searchable }: { pairs: [string, string][]; none: string; searchable?: boolean }) {
  const t = texts().span;
  if (pairs.length === 0) return <p class="muted">{none}</p>;
  return (
    <table class="pairs">
      <tbody>
        {pairs.map(([name, value], i) => {
          const term = value === "" ? name : `${name}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
          return (
            <tr key={i}>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td>
                {searchable && value.length <= TERM_CHARS_MAX && !value.includes("\n") && (
                  <a class="btn small icon-only quiet" href={href("traces", {}, { q: term })} aria-label={t.addFilter(`${name}=${value}`)} title={t.addFilter(`${name}=${value}`)}>
                    <Icon name="search" />
                  </a>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Annotations({ detail, startUs }: { detail: SpanDetail; startUs: number }) {
  const t = texts().span;
  if (detail.annotations.length === 0) return <p class="muted">{t.annotationsNone}</p>;
  return (
    <table class="pairs">
      <tbody>
        {detail.annotations.map((annotation, i) => (
          <tr key={i}>
            <th scope="row" class="nowrap" title={fmt().instant(annotation.timeUs / 1000)}>
              {fmt().offset(annotation.timeUs - startUs)}
            </th>
            <td>{annotation.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

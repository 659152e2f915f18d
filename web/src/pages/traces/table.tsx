/** The traces found, one a row: when, what, how long, how many, who. */

import { nowMs } from "../../api/live";
import type { TraceSummary } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { density } from "../../shell/theme";
import { LongTable, type LongColumn } from "../../ui/longtable";
import { useNarrow } from "../../ui/narrow";
import { ServiceDot, ServiceName } from "../../ui/service";
import { Pill } from "../../ui/status";
import { href, type TraceSort } from "../../url/routes";
import { markForCompare, marked } from "../trace/marks";

/** Services named in a row; the rest is a number. */
const SERVICES_SHOWN = 3;
const ROW_PX = { comfortable: 40, dense: 28, narrow: 60 };

interface TraceTableProps {
  traces: TraceSummary[];
  colors: Map<string, number>;
  sort: TraceSort;
  onSort(sort: TraceSort): void;
  dimmed?: boolean;
}

/** The server's order for the first two; the others put in order what is there. */
export function inOrder(traces: TraceSummary[], sort: TraceSort): TraceSummary[] {
  const figure = { newest: null, slowest: null, spans: (trace: TraceSummary) => trace.spans, nservices: (trace: TraceSummary) => trace.services.length, errors: (trace: TraceSummary) => trace.errors }[sort];
  return figure ? [...traces].sort((a, b) => figure(b) - figure(a) || b.startUs - a.startUs) : traces;
}

export function TraceTable({ traces, colors, sort, onSort, dimmed }: TraceTableProps) {
  const t = texts().traces;
  const f = fmt();
  const isNarrow = useNarrow();
  const longestUs = traces.reduce((longest, trace) => Math.max(longest, trace.durationUs), 1);
  const start = (trace: TraceSummary) => f.time(trace.startUs / 1000, nowMs.value);
  const columns: LongColumn<TraceSummary>[] = [
    { key: "start", head: t.start, sort: "newest", cell: start, wideOnly: true, class: "sub" },
    {
      key: "root",
      head: t.root,
      class: "trace-root",
      cell: (trace) => (
        <>
          <a class="root" href={href("trace", { id: trace.traceId })}>
            <ServiceDot color={colors.get(trace.root.service)} />
            <b>{trace.root.service || t.unnamed}</b> <span class="muted">{trace.root.name}</span>
          </a>
          <span class="sub only-s">{[start(trace), t.nSpans(trace.spans, f.count(trace.spans)), t.nServices(trace.services.length)].join(" · ")}</span>
        </>
      ),
    },
    {
      key: "duration",
      head: t.duration,
      sort: "slowest",
      class: "trace-duration",
      cell: (trace) => (
        <span class="duration">
          <span class="num">{f.duration(trace.durationUs)}</span>
          <span class="bar hide-s" aria-hidden="true">
            {/* The square root: one slow trace must not make all others look alike. The figure beside it is exact. */}
            <i style={{ width: `${Math.max(1, Math.sqrt(trace.durationUs / longestUs) * 100)}%` }} />
          </span>
        </span>
      ),
    },
    { key: "spans", head: t.spans, sort: "spans", cell: (trace) => f.count(trace.spans), num: true, wideOnly: true },
    { key: "nservices", head: t.servicesShort, sort: "nservices", cell: (trace) => f.count(trace.services.length), num: true, wideOnly: true },
    {
      key: "errors",
      head: t.errors,
      sort: "errors",
      cell: (trace) =>
        trace.errors > 0 && (
          <Pill tone="crit">
            {f.count(trace.errors)}
            <span class="sr"> {t.errors}</span>
          </Pill>
        ),
    },
    { key: "services", head: t.services, cell: (trace) => <Services trace={trace} colors={colors} />, wideOnly: true },
  ];
  const mark = texts().compare.mark;
  return (
    <LongTable
      label={t.table}
      columns={columns}
      rows={inOrder(traces, sort)}
      rowPx={isNarrow ? ROW_PX.narrow : ROW_PX[density.value]}
      rowKey={(trace) => trace.traceId}
      rowHref={(trace) => href("trace", { id: trace.traceId })}
      rowClass={(trace) => (marked.value === trace.traceId ? "marked" : "")}
      sorted={{ by: sort, direction: "descending" }}
      onSort={(by) => onSort(by as TraceSort)}
      keys={(current) => [{ keys: "x", label: mark, group: "list", run: () => void (current() && markForCompare(current()!.traceId)) }]}
      dimmed={dimmed}
      class="trace-table"
    />
  );
}

function Services({ trace, colors }: { trace: TraceSummary; colors: Map<string, number> }) {
  const rest = trace.services.slice(SERVICES_SHOWN);
  return (
    <span class="services">
      {trace.services.slice(0, SERVICES_SHOWN).map((service) => (
        <ServiceName key={service.name} name={service.name} color={colors.get(service.name)} />
      ))}
      {rest.length > 0 && (
        <span class="sub" title={rest.map((service) => service.name).join(", ")}>
          {texts().traces.more(rest.length)}
        </span>
      )}
    </span>
  );
}

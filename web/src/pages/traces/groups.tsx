/** Spans that have something in common, as one row: how many, how many failed, how long they took. And failures by what failed. */

import { useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Aggregate, KeyPart } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { readBox } from "../../ui/heatgrid";
import { LongTable, type LongColumn } from "../../ui/longtable";
import { useNarrow } from "../../ui/narrow";
import { ServiceName } from "../../ui/service";
import { Empty, Loaded } from "../../ui/states";
import { Pill } from "../../ui/status";
import { href, type QueryOf } from "../../url/routes";
import { listScope } from "../../url/scope";
import { including } from "./terms";

const GROUPS_MAX = 200;
const BY_USUAL = ["service", "op"];
/** What tells failures apart: who, what, with which words, with which code. */
const BY_ERROR = ["service", "op", "tag.error", "http.status_code"];
const ROW_PX = { wide: 40, narrow: 60 };

interface GroupsProps {
  query: QueryOf<"traces">;
  colors: Map<string, number>;
  set(change: Partial<QueryOf<"traces">>): void;
}

type Row = Aggregate["items"][number];

export function Groups({ query, colors, set }: GroupsProps) {
  const t = texts().traces;
  const by = query.by ? query.by.split(",") : BY_USUAL;
  const wordOf = (name: string) => t.facetNames[name as keyof typeof t.facetNames] ?? name;
  return (
    <>
      <form
        class="row tight by"
        onSubmit={(event) => {
          event.preventDefault();
          const field = event.currentTarget.elements.namedItem("by") as HTMLInputElement;
          const names = [...by, field.value.trim()].filter((name, i, all) => name && all.indexOf(name) === i).slice(0, 4);
          field.value = "";
          set({ by: names.join(",") });
        }}
      >
        <span class="sub">{t.groupBy}</span>
        {by.map((name) => (
          <button key={name} type="button" class="chip" disabled={by.length === 1} aria-label={t.remove(wordOf(name))} title={t.remove(wordOf(name))} onClick={() => set({ by: by.filter((other) => other !== name).join(",") })}>
            {wordOf(name)}
            <span aria-hidden="true">✕</span>
          </button>
        ))}
        {by.length < 4 && <input class="input" name="by" list="by-names" aria-label={t.groupByMore} placeholder={t.groupByMore} />}
        <datalist id="by-names">
          {Object.keys(t.facetNames).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </form>
      <GroupTable query={query} colors={colors} extra="" by={by} label={t.tabs.groups} none={<Empty title={t.noneInRange} />} />
    </>
  );
}

export function Errors({ query, colors }: GroupsProps) {
  const t = texts().traces;
  return <GroupTable query={query} colors={colors} extra="error" by={BY_ERROR} label={t.tabs.errors} none={<Empty title={t.noErrors} tone="ok">{<p>{t.noErrorsText}</p>}</Empty>} />;
}

interface GroupTableProps extends Omit<GroupsProps, "set"> {
  /** A term beyond the filter's. */
  extra: string;
  by: string[];
  label: string;
  none: preact.ComponentChildren;
}

const FIGURES: Record<string, (row: Row) => number> = {
  spans: (row) => row.spans,
  errors: (row) => row.errors / row.spans,
  p50: (row) => row.p50Us ?? 0,
  p90: (row) => row.p90Us ?? 0,
  p99: (row) => row.p99Us ?? 0,
  sum: (row) => row.durationSumUs,
};

function GroupTable({ query, colors, extra, by, label, none }: GroupTableProps) {
  const t = texts().traces;
  const f = fmt();
  const isNarrow = useNarrow();
  const [sort, setSort] = useState("spans");
  const scope = listScope(query.q, query, readBox(query.sel));
  const q = `${scope.q} ${extra}`.trim();
  const groups = useResource<Aggregate>(apiUrl("/aggregate", { ...scope, q, by: by.join(","), histogram: "duration", limit: GROUPS_MAX }), { topic: "traces", keep: true, follow: false });
  const termsOf = (row: Row) => (row.terms ?? []).filter((term) => term !== null);
  const linkOf = (row: Row) => href("traces", {}, { ...query, by: "", sort: "newest", tab: "results", q: [...termsOf(row), ...(extra ? [extra] : [])].reduce(including, query.q) });
  const figure = (key: string, head: string, cell: (row: Row) => preact.ComponentChildren, wideOnly = true): LongColumn<Row> => ({ key, head, sort: key, cell, num: true, wideOnly });
  const columns: LongColumn<Row>[] = [
    {
      key: "key",
      head: by.map((name) => t.facetNames[name as keyof typeof t.facetNames] ?? name.replace(/^tag\./, "")).join(" · "),
      class: "trace-root",
      cell: (row) => (
        <a class="root" href={linkOf(row)}>
          {by.map((name, i) => (
            <Part key={name} name={name} part={row.key[i]} colors={colors} />
          ))}
        </a>
      ),
    },
    figure("spans", t.spans, (row) => f.count(row.spans), false),
    ...(extra ? [] : [figure("errors", t.errorShare, (row) => (row.errors > 0 ? <Pill tone="crit">{f.share(row.errors / row.spans)}</Pill> : f.share(0)), false)]),
    figure("p50", t.median, (row) => f.duration(row.p50Us ?? 0)),
    figure("p90", t.p90, (row) => f.duration(row.p90Us ?? 0)),
    figure("p99", t.p99, (row) => f.duration(row.p99Us ?? 0)),
    figure("sum", t.timeShare, (row) => f.share(row.durationSumUs / Math.max(1, groups.data?.total.durationSumUs ?? 1))),
  ];
  return (
    <Loaded resource={groups} what={label} rows={8}>
      {(found) =>
        found.items.length === 0 ? (
          none
        ) : (
          <>
            <div class="card-head">
              <span class="muted" role="status">
                {found.rest.groups > 0 ? t.groupsOf(f.count(found.items.length), f.count(found.items.length + found.rest.groups)) : t.groupCount(found.items.length, f.count(found.items.length))}
              </span>
              {found.cut && <Pill tone="info">{found.cut}</Pill>}
            </div>
            <LongTable
              label={label}
              columns={columns}
              rows={[...found.items].sort((a, b) => FIGURES[sort](b) - FIGURES[sort](a))}
              rowPx={isNarrow ? ROW_PX.narrow : ROW_PX.wide}
              rowKey={(row) => JSON.stringify(row.key)}
              rowHref={linkOf}
              sorted={{ by: sort, direction: "descending" }}
              onSort={setSort}
              dimmed={groups.old}
              class="trace-table"
            />
          </>
        )
      }
    </Loaded>
  );
}

function Part({ name, part, colors }: { name: string; part: KeyPart; colors: Map<string, number> }) {
  const t = texts().traces;
  if (name === "service" && typeof part === "string") return <ServiceName name={part} color={colors.get(part)} />;
  if (typeof part === "boolean") return <span class="muted">{part ? t.failedValue : t.goodValue}</span>;
  const f = fmt();
  return <span class="muted">{part === null ? t.noValue : typeof part === "object" ? t.fromTo(f.duration(part.fromUs), f.duration(part.toUs + 1)) : part}</span>;
}

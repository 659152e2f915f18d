/** What has been approved to be run: how much of it still needs a person, and what it costs a year. */

import "../../shared";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Page } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { CopyLine } from "../../ui/copyline";
import { Icon } from "../../ui/icons";
import { SearchField } from "../../ui/search";
import { Empty, Loaded, Stale } from "../../ui/states";
import { DataTable } from "../../ui/table";
import { navigate } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { LevelMark, Legend, Outcome, hoursText, NothingRuns } from "./parts";
import { matching, type Runbook } from "./model";

export { RunbookPage } from "./runbook";
export { RunPage } from "./run";

type Query = QueryOf<"runbooks">;

export function RunbooksPage({ query }: { query: Query }) {
  const t = texts().runbooks;
  useTitle(t.title);
  const set = (change: Partial<Query>, replace = false) => navigate(href("runbooks", {}, { ...query, ...change }), { replace });
  const runbooks = useResource<Page<Runbook>>(apiUrl("/runbooks"), { topic: "timeline", keep: true });
  return (
    <>
      {runbooks.old && <Stale resource={runbooks} what={t.title} />}
      <div class="row">
        <SearchField label={t.find} text={query.q} onText={(q) => set({ q }, true)} />
        {query.service && (
          <button type="button" class="btn small" onClick={() => set({ service: "" })}>
            {query.service} <Icon name="x" />
          </button>
        )}
      </div>
      <section class="card flush">
        <Loaded resource={runbooks} what={t.title} rows={6}>
          {({ items }) => (items.length === 0 ? <None /> : <List items={matching(items, query.q, query.service)} dimmed={runbooks.old} set={set} />)}
        </Loaded>
      </section>
      <NothingRuns />
      <Legend />
    </>
  );
}

function None() {
  const t = texts().runbooks;
  return (
    <Empty title={t.emptyTitle}>
      <p>{t.emptyText}</p>
      <CopyLine label={t.emptyTry} text="nines run runbook.md --plan" />
      <CopyLine label={t.emptyApprove} text="nines runbook approve runbook.md" />
    </Empty>
  );
}

function List({ items, dimmed, set }: { items: Runbook[]; dimmed: boolean; set(change: Partial<Query>): void }) {
  const t = texts().runbooks;
  const f = fmt();
  if (items.length === 0) {
    return (
      <Empty title={t.nothing}>
        <button type="button" class="btn" onClick={() => set({ q: "", service: "" })}>
          {t.showAll}
        </button>
      </Empty>
    );
  }
  const to = (item: Runbook) => href("runbook", { id: item.runbook });
  return (
    <DataTable
      label={t.table}
      class="runbook-table"
      dimmed={dimmed}
      rows={items}
      rowKey={(item) => item.runbook}
      rowHref={to}
      columns={[
        {
          key: "name",
          head: t.name,
          cell: (item) => (
            <>
              <a href={to(item)}>{item.title || item.runbook}</a>
              <div class="sub">{item.runbook}</div>
            </>
          ),
        },
        {
          key: "service",
          head: t.service,
          wideOnly: true,
          cell: (item) =>
            item.service && (
              <button type="button" class="plain" onClick={() => set({ service: item.service ?? "" })}>
                {item.service}
              </button>
            ),
        },
        { key: "level", head: t.level, cell: (item) => <LevelMark level={item.level} /> },
        { key: "runs", head: t.runs, num: true, wideOnly: true, cell: (item) => f.count(item.runs) },
        { key: "manual", head: t.manual, num: true, wideOnly: true, cell: (item) => (item.manualFraction === null ? texts().status.none : f.share(item.manualFraction)) },
        { key: "year", head: t.perYear, num: true, cell: (item) => hoursText(item.hoursPerYear) },
        {
          key: "last",
          head: t.lastRun,
          wideOnly: true,
          cell: ({ lastRun }) =>
            lastRun ? (
              <span class="row tight">
                <Outcome outcome={lastRun.outcome} />
                <a class="link" href={href("run", { id: lastRun.run })}>
                  {f.time(Date.parse(lastRun.endedAt), nowMs.value)}
                </a>
              </span>
            ) : (
              <span class="sub">{t.never}</span>
            ),
        },
      ]}
    />
  );
}

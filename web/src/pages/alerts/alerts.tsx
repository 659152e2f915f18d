/** What fires, who takes care of it, who was told, and what changed before. */

import "../../shared";
import { useState } from "preact/hooks";
import { apiUrl, getJson } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Page } from "../../api/types";
import { fmt, lang, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { readChoice, saveChoice } from "../../shell/storage";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icons";
import { SearchField } from "../../ui/search";
import { Seg } from "../../ui/seg";
import { Empty, Loaded, Stale } from "../../ui/states";
import { Pill } from "../../ui/status";
import { DataTable } from "../../ui/table";
import { toast } from "../../ui/toast";
import { navigate } from "../../url/location";
import { ALERT_STATES, href, type QueryOf } from "../../url/routes";
import { History, Targets } from "./behind";
import { leading, shown, TONES, type Alert } from "./model";

type Query = QueryOf<"alerts">;

export function AlertsPage({ query }: { query: Query }) {
  const t = texts().alerts;
  useTitle(t.title);
  const [taken, take] = useState<Alert | null>(null);
  const { slo, service } = query;
  const alerts = useResource<Page<Alert>>(apiUrl("/alerts", { all: "true", slo, service }), { topic: "slos", keep: true });
  const set = (change: Partial<Query>, replace: boolean) => navigate(href("alerts", {}, { ...query, ...change }), { replace });
  return (
    <>
      {alerts.old && <Stale resource={alerts} what={t.title} />}
      <div class="row">
        <SearchField label={t.find} text={query.q} onText={(q) => set({ q }, true)} />
        <Seg label={t.state} values={ALERT_STATES} now={query.state} text={(state) => t.states[state]} choose={(state) => set({ state }, false)} />
        {[slo && { slo: "" }, service && { service: "" }].map(
          (less) =>
            less && (
              <button key={Object.keys(less)[0]} type="button" class="btn small" onClick={() => set(less, false)}>
                {"slo" in less ? slo : service} <Icon name="x" />
              </button>
            ),
        )}
      </div>
      <section class="card flush">
        <Loaded resource={alerts} what={t.title} rows={6}>
          {(page) => <Table alerts={shown(page.items, query.state, query.q)} total={page.items.length} query={query} dimmed={alerts.old} take={take} />}
        </Loaded>
      </section>
      <Targets />
      <History slo={slo} service={service} />
      {taken && <Acknowledge alert={taken} onClose={() => take(null)} done={alerts.retry} />}
    </>
  );
}

interface TableProps {
  alerts: Alert[];
  total: number;
  query: Query;
  dimmed: boolean;
  take(alert: Alert): void;
}

function Table({ alerts, total, query, dimmed, take }: TableProps) {
  const t = texts().alerts;
  const f = fmt();
  const ago = (at: string) => f.relative(Date.parse(at), Math.max(nowMs.value, Date.parse(at)));
  if (alerts.length === 0) {
    const isQuiet = query.state === "active" && !query.q;
    return (
      <Empty title={isQuiet ? t.quiet : t.nothing} tone={isQuiet ? "ok" : undefined}>
        {isQuiet && <p>{t.quietText}</p>}
        {total > 0 && (
          <a class="btn" href={href("alerts", {}, { state: "all" })}>
            {t.showAll}
          </a>
        )}
      </Empty>
    );
  }
  return (
    <DataTable
      label={t.table}
      class="alert-table"
      dimmed={dimmed}
      rows={alerts}
      rowKey={(alert) => `${alert.slo} ${alert.objective} ${alert.severity}`}
      rowHref={(alert) => href("slo", { name: alert.slo })}
      columns={[
        {
          key: "state",
          head: t.state,
          cell: (alert) => (
            <Pill tone={TONES[alert.state]} title={alert.frozen ? t.frozen[alert.frozen.reason] : undefined}>
              {t.states[alert.state]}
            </Pill>
          ),
        },
        {
          key: "alert",
          head: t.alert,
          cell: (alert) => (
            <>
              <a class="link" href={href("slo", { name: alert.slo })}>
                {alert.name}
              </a>{" "}
              <span class="sub">
                {alert.severity} · {alert.service}
              </span>
              {alert.frozen && <div class="sub">{t.frozen[alert.frozen.reason] ?? alert.frozen.reason}</div>}
              {alert.silenced && (
                <div class="sub" title={alert.silenced.comment}>
                  {t.silenced(alert.silenced.by || t.nobody, f.time(Date.parse(alert.silenced.until), nowMs.value))}
                </div>
              )}
            </>
          ),
        },
        {
          key: "burn",
          head: t.burn,
          wideOnly: true,
          cell: (alert) => {
            const condition = leading(alert);
            return condition && <span class="sub">{t.burnText(f.burn(condition.longBurn), f.window(condition.long), f.burn(condition.threshold))}</span>;
          },
        },
        { key: "since", head: t.since, class: "time", wideOnly: true, cell: (alert) => alert.since && <time dateTime={alert.since} title={f.instant(Date.parse(alert.since))}>{ago(alert.since)}</time> },
        {
          key: "care",
          head: t.care,
          cell: (alert) =>
            alert.acknowledged ? (
              t.acknowledged(alert.acknowledged.by || t.nobody, ago(alert.acknowledged.at))
            ) : (
              alert.id && (
                <button type="button" class="btn small" onClick={() => take(alert)}>
                  {t.acknowledge}
                </button>
              )
            ),
        },
        {
          key: "traces",
          head: t.traces,
          wideOnly: true,
          cell: (alert) => (
            <a class="link" href={href("traces", {}, { q: `service="${alert.service}" error` })} aria-label={t.tracesOf(alert.name)}>
              {t.traces}
            </a>
          ),
        },
      ]}
    />
  );
}

function Acknowledge({ alert, onClose, done }: { alert: Alert; onClose(): void; done(): void }) {
  const t = texts().alerts;
  const [by, setBy] = useState(readChoice("person") ?? "");
  const send = async (event: Event) => {
    event.preventDefault();
    saveChoice("person", by || null);
    try {
      await getJson(apiUrl(`/alerts/${encodeURIComponent(alert.id ?? "")}/ack`), lang.peek(), undefined, JSON.stringify({ by }));
      done();
    } catch (error) {
      toast(t.ackFailed(String(error instanceof Error ? error.message : error)));
    }
    onClose();
  };
  return (
    <Dialog label={t.acknowledge} onClose={onClose}>
      <div class="dialog-head">
        <h2>{t.acknowledge}</h2>
      </div>
      <form class="dialog-body grid" onSubmit={(event) => void send(event)}>
        <p>{t.ackText(`${alert.name} (${alert.severity})`)}</p>
        <label class="field">
          {t.yourName}
          <input class="input" maxLength={200} autofocus value={by} onInput={(event) => setBy(event.currentTarget.value)} />
        </label>
        <div class="row tight">
          <button type="submit" class="btn primary">
            {t.acknowledge}
          </button>
          <button type="button" class="btn" onClick={onClose}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

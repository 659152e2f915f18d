/** The alerts of one objective: which fire, who takes care, who silenced them. */

import { nowMs } from "../../api/live";
import type { Resource } from "../../api/resource";
import type { Alert, Page } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { Loaded } from "../../ui/states";
import { Pill, type Tone } from "../../ui/status";
import { acknowledge } from "./table";

const TONES: Record<string, Tone> = { firing: "crit", pending: "warn", frozen: "none", inactive: "ok" };

export function Alerts({ alerts, items }: { alerts: Resource<Page<Alert>>; items: Alert[] }) {
  const t = texts().slo;
  return (
    <section class="card">
      <h2>{t.alerts}</h2>
      <Loaded resource={alerts} what={t.alerts} rows={3}>
        {() => (items.length === 0 ? <p class="muted">{t.alertsNone}</p> : <ul class="alerts">{items.map((alert) => <AlertRow key={alert.severity} alert={alert} retry={alerts.retry} />)}</ul>)}
      </Loaded>
    </section>
  );
}

function AlertRow({ alert, retry }: { alert: Alert; retry(): void }) {
  const t = texts().slo;
  const f = fmt();
  const time = (at: string) => f.time(Date.parse(at), nowMs.value);
  const { acknowledged, silenced } = alert;
  return (
    <li>
      <span class="row tight">
        <b>{t.severities[alert.severity as keyof typeof t.severities] ?? alert.severity}</b>
        <Pill tone={TONES[alert.state] ?? "none"}>{t.alertStates[alert.state as keyof typeof t.alertStates] ?? alert.state}</Pill>
        {alert.since && alert.state !== "inactive" && <span class="sub">{t.since(time(alert.since))}</span>}
        <span class="spring" />
        {alert.state === "firing" && !acknowledged && (
          <button type="button" class="btn small" onClick={() => void acknowledge(alert.id).then(retry)}>
            {t.acknowledge}
          </button>
        )}
      </span>
      {alert.text && <span class="muted">{alert.text}</span>}
      {acknowledged && <span class="sub">{t.acknowledgedBy(acknowledged.by, time(acknowledged.at))}</span>}
      {silenced && <span class="sub">{t.silencedBy(silenced.by, time(silenced.until), silenced.comment)}</span>}
    </li>
  );
}

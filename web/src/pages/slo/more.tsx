/** What an SLO has beside its one figure: parts, groups, months that are over, what was excluded and amended. */

import { useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Reports, Slo, SloDetail } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { Figures } from "../../ui/figures";
import { BudgetMeter } from "./table";

/** Objectives of the SLO, to go from one to another. */
export function Parts({ items, chosen, choose }: { items: Slo[]; chosen: Slo; choose(objective: string): void }) {
  const t = texts().slo;
  return (
    <div class="seg wraps" role="group" aria-label={t.objectives}>
      {items.map((item) => (
        <button key={item.objective} type="button" aria-pressed={item.objective === chosen.objective} onClick={() => choose(item.objective)}>
          {item.composite ? t.composite : item.objective} {fmt().budget(item.budget)}
        </button>
      ))}
    </div>
  );
}

/** How each group would stand alone. */
export function Groups({ slo }: { slo: Slo }) {
  const t = texts().slo;
  const f = fmt();
  if (!slo.groupBy || !slo.groups) return null;
  return (
    <section class="card">
      <h2>{t.byTag(slo.groupBy)}</h2>
      <Figures
        heads={[slo.groupBy, "SLI", t.budget, t.bad]}
        num={[1, 3]}
        rows={[...slo.groups]
          .sort((a, b) => (a.budget ?? Infinity) - (b.budget ?? Infinity))
          .map((group) => [
            group.value,
            group.value,
            f.sli(group.sli, slo.target),
            <div class="budget">{group.budget === null ? texts().status.none : <BudgetMeter budget={group.budget} name={group.value} />}</div>,
            f.count(group.bad),
          ])}
      />
    </section>
  );
}

/** Months that were written down, and what is known to differ from what was counted. */
export function History({ slo, amendments }: { slo: Slo; amendments: NonNullable<SloDetail["amendments"]> }) {
  const t = texts().slo;
  const f = fmt();
  const time = (at: string) => f.time(Date.parse(at), nowMs.value);
  const [month, setMonth] = useState("");
  const reports = useResource<Reports>(apiUrl("/reports", { slo: slo.name, month }), { keep: true }).data;
  const exclusions = slo.exclusions ?? [];
  const months = reports?.items.filter((item) => item.objective === slo.objective) ?? [];
  if (months.length + exclusions.length + amendments.length === 0 && !slo.history) return null;
  return (
    <section class="card">
      <div class="card-head">
        <h2>{t.history}</h2>
        <span class="spring" />
        {reports && reports.months.length > 1 && (
          <label class="choose">
            <span class="sub">{t.month}</span>
            <select class="input" value={reports.month ?? ""} onChange={(event) => setMonth(event.currentTarget.value)}>
              {reports.months.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
      </div>
      {slo.history && (
        <p class="muted">
          {t.countedFrom(time(slo.history.from))} {slo.history.estimatedUntil && t.estimatedUntil(time(slo.history.estimatedUntil))}
        </p>
      )}
      <ul class="history">
        {months.map((month) => (
          <li key={month.month}>
            {t.monthReport(month.month, f.sli(month.sli, month.target), f.budget(month.budget))} {month.amendments > 0 && <span class="sub">{t.nAmendments(month.amendments)}</span>}
          </li>
        ))}
        {exclusions.map((exclusion) => (
          <li key={exclusion.name}>
            {t.excluded(exclusion.name, exclusion.reason, exclusion.approvedBy, f.count(exclusion.good + exclusion.bad))} {exclusion.where && <code>{exclusion.where}</code>} <span class="sub">{exclusion.times.slice(0, 3).map((span) => `${time(span.from)} – ${time(span.until)}`).join(" · ")}</span>
          </li>
        ))}
        {amendments.slice(0, 5).map((amendment) => (
          <li key={amendment.at + amendment.from}>{t.amended(amendment.from ? time(amendment.from) : "–", `${f.count(amendment.before.good)}+${f.count(amendment.before.bad)}`, `${f.count(amendment.after.good)}+${f.count(amendment.after.bad)}`)}</li>
        ))}
      </ul>
    </section>
  );
}

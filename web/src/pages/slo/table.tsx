/** The table of SLOs: the same on every page that lists them. */

import type { Slo } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { NONE, type Formats } from "../../i18n/format";
import { Meter } from "../../ui/meter";
import { Pill, ShapePill } from "../../ui/status";
import { DataTable, type Column } from "../../ui/table";
import { href } from "../../url/routes";
import { byRisk, holdsReleases, lastsUs, objectiveOf, RISK_BELOW, statusOf, titleOf, TONES } from "./status";

export function SloTable({ slos, dimmed }: { slos: Slo[]; dimmed?: boolean }) {
  const t = texts().slo;
  const f = fmt();
  const columns: Column<Slo>[] = [
    { key: "name", head: t.name, cell: (slo) => <SloName slo={slo} />, class: "slo-name" },
    { key: "story", head: t.story, cell: (slo) => slo.storyTitle ?? slo.story ?? "", wideOnly: true, class: "muted" },
    { key: "target", head: t.target, cell: (slo) => f.target(slo.target), num: true, wideOnly: true },
    { key: "now", head: t.now, cell: (slo) => f.sli(slo.sli, slo.target), num: true, wideOnly: true },
    { key: "budget", head: t.budget, cell: (slo) => <BudgetBar slo={slo} />, class: "slo-budget" },
    { key: "burn", head: t.burn, cell: (slo) => burnText(slo, f), num: true, wideOnly: true },
    { key: "out", head: t.runsOut, cell: (slo) => <RunsOut slo={slo} />, num: true, wideOnly: true },
    { key: "status", head: t.status, cell: (slo) => <StatusPill slo={slo} /> },
  ];
  return (
    <DataTable
      label={t.table}
      columns={columns}
      rows={[...slos].sort(byRisk)}
      rowKey={(slo) => `${slo.name}/${slo.objective}`}
      rowHref={(slo) => href("slo", { name: slo.name })}
      dimmed={dimmed}
      class="slo-table"
    />
  );
}

function burnText(slo: Slo, f: Formats): string {
  const [hour, sixHours] = [slo.burn["1h"] ?? null, slo.burn["6h"] ?? null];
  return hour === null && sixHours === null ? NONE : `${f.burn(hour)} / ${f.burn(sixHours)}`;
}

function SloName({ slo }: { slo: Slo }) {
  const more = [objectiveOf(slo), slo.service].filter(Boolean).join(" · ");
  return (
    <>
      <a class="link" href={href("slo", { name: slo.name })}>
        <b>{titleOf(slo)}</b>
      </a>{" "}
      <span class="muted">{more}</span>
    </>
  );
}

export function BudgetBar({ slo }: { slo: Slo }) {
  const t = texts();
  if (slo.budget === null) return <span class="sub">{t.status.none}</span>;
  const text = fmt().budget(slo.budget);
  return (
    <div class="budget">
      <Meter share={slo.budget} tone={slo.budget <= 0 ? "crit" : slo.budget < RISK_BELOW ? "warn" : "ok"} label={t.slo.budgetOf(titleOf(slo))} valueText={text} />
      <span class="num">{text}</span>
    </div>
  );
}

function RunsOut({ slo }: { slo: Slo }) {
  const lasts = lastsUs(slo);
  return <>{lasts === null ? NONE : fmt().relative(lasts / 1000, 0)}</>;
}

export function StatusPill({ slo }: { slo: Slo }) {
  const t = texts();
  const status = statusOf(slo);
  return (
    <span class="row tight nowrap-row">
      <Pill tone={TONES[status]}>{t.status[status]}</Pill>
      {status !== "held" && holdsReleases(slo) && <ShapePill tone="frozen" label={t.slo.heldHint} />}
    </span>
  );
}

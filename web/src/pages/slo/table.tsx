/** The table of SLOs: the same on every page that lists them. */

import { useEffect, useState } from "preact/hooks";
import { ApiError, apiUrl, getJson } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Slo, SloSeries } from "../../api/types";
import { fmt, lang, texts } from "../../i18n";
import { NONE, type Formats } from "../../i18n/format";
import { useKeys } from "../../shell/keys";
import { Meter } from "../../ui/meter";
import { Pill, ShapePill } from "../../ui/status";
import { DataTable, type Column } from "../../ui/table";
import { toast } from "../../ui/toast";
import { GROUPS, href, SORTS, type SloGroup, type SloSort } from "../../url/routes";
import { byRisk, groupOf, holdsReleases, lastsUs, objectiveOf, oneFailure, ordered, RISK_BELOW, statusOf, titleOf, TONES } from "./status";

/** How long the pointer rests before the line of the last days is fetched. */
const HOVER_MS = 200;

interface SloTableProps {
  slos: Slo[];
  dimmed?: boolean;
  group: SloGroup;
  sort: SloSort;
}

export function SloTable({ slos, dimmed, group, sort }: SloTableProps) {
  const t = texts().slo;
  const f = fmt();
  const rows = ordered(slos, sort, group);
  const key = (slo: Slo) => `${slo.name}/${slo.objective}`;
  const to = (slo: Slo) => href("slo", { name: slo.name }, (slo.objectives ?? 1) > 1 ? { objective: slo.objective } : {});
  const columns: Column<Slo>[] = [
    { key: "name", head: t.name, cell: (slo) => <SloName slo={slo} to={to(slo)} />, class: "slo-name" },
    // A column that says the same in every row says nothing.
    ...(new Set(rows.map((slo) => slo.story)).size > 1 ? [{ key: "story", head: t.story, cell: (slo: Slo) => slo.storyTitle ?? slo.story ?? "", wideOnly: true, class: "muted" }] : []),
    { key: "target", head: t.target, cell: (slo) => f.target(slo.target), num: true, wideOnly: true },
    { key: "now", head: t.now, cell: (slo) => <Now slo={slo} />, num: true, wideOnly: true },
    { key: "budget", head: t.budget, cell: (slo) => <BudgetBar slo={slo} />, class: "slo-budget" },
    { key: "burn", head: t.burn, cell: (slo) => burnText(slo, f), num: true, wideOnly: true },
    { key: "out", head: t.runsOut, cell: (slo) => <RunsOut slo={slo} />, num: true, wideOnly: true },
    { key: "status", head: t.status, cell: (slo) => <StatusPill slo={slo} /> },
  ];
  useKeys([
    {
      keys: "s",
      label: texts().keys.acknowledge,
      group: "list",
      run: () => {
        const row = document.activeElement?.closest("tr")?.querySelector("a")?.getAttribute("href");
        const slo = rows.find((slo) => to(slo) === row);
        void acknowledge(slo?.alerts?.find((alert) => alert.state === "firing" && alert.id)?.id ?? null);
      },
    },
  ]);
  return (
    <DataTable
      label={t.table}
      columns={columns}
      rows={rows}
      rowKey={key}
      rowHref={to}
      dimmed={dimmed}
      class="slo-table"
      groupOf={group === "none" ? undefined : (slo) => groupOf(slo, group)}
      groupHead={(name) => <GroupHead name={name} slos={rows.filter((slo) => groupOf(slo, group) === name)} />}
    />
  );
}

/** Says that somebody takes care of a firing alert. */
export async function acknowledge(id: string | null): Promise<void> {
  const t = texts().slo;
  if (!id) return toast(t.ackNone);
  try {
    await getJson(apiUrl(`/alerts/${encodeURIComponent(id)}/ack`), lang.peek(), undefined, JSON.stringify({ by: "" }));
    toast(t.acked);
  } catch (error) {
    toast(error instanceof ApiError ? error.message : String(error));
  }
}

function GroupHead({ name, slos }: { name: string; slos: Slo[] }) {
  const worst = [...slos].sort(byRisk)[0];
  return (
    <span class="row tight">
      {name || texts().slo.ungrouped}
      <span class="muted">{slos.length}</span>
      <StatusPill slo={worst} />
    </span>
  );
}

function burnText(slo: Slo, f: Formats): string {
  const [hour, sixHours] = [slo.burn["1h"] ?? null, slo.burn["6h"] ?? null];
  return hour === null && sixHours === null ? NONE : `${f.burn(hour)} / ${f.burn(sixHours)}`;
}

function SloName({ slo, to }: { slo: Slo; to: string }) {
  const more = [objectiveOf(slo), slo.service].filter(Boolean).join(" · ");
  return (
    <>
      <a class="link" href={to}>
        <b>{titleOf(slo)}</b>
      </a>{" "}
      <span class="muted">{more}</span>
    </>
  );
}

/** The SLI, with what qualifies it: that it is an estimate, and what it is without exclusions. */
function Now({ slo }: { slo: Slo }) {
  const t = texts().slo;
  const f = fmt();
  return (
    <>
      {slo.isEstimate && slo.sli !== null && <abbr title={t.estimate}>~</abbr>}
      {f.sli(slo.sli, slo.target)}
      {slo.raw && <div class="sub">{t.rawIs(f.sli(slo.raw.sli, slo.target))}</div>}
    </>
  );
}

function BudgetBar({ slo }: { slo: Slo }) {
  const t = texts();
  const [hovered, setHovered] = useState(false);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!hovered) return setShown(false);
    const timer = setTimeout(() => setShown(true), HOVER_MS);
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && setHovered(false);
    addEventListener("keydown", onKey);
    return () => {
      clearTimeout(timer);
      removeEventListener("keydown", onKey);
    };
  }, [hovered]);
  if (slo.budget === null) return <span class="sub">{t.status.none}</span>;
  const one = oneFailure(slo);
  return (
    <div class="budget" onPointerEnter={(event) => event.pointerType === "mouse" && setHovered(true)} onPointerLeave={() => setHovered(false)}>
      <BudgetMeter budget={slo.budget} name={titleOf(slo)} />
      {one !== null && <ShapePill tone="info" label={t.slo.oneFailure(fmt().share(one))} />}
      {shown && <Spark slo={slo} />}
    </div>
  );
}

/** What is left, as a bar and in figures. */
export function BudgetMeter({ budget, name }: { budget: number; name: string }) {
  const text = fmt().budget(budget);
  return (
    <>
      <Meter share={budget} tone={budget <= 0 ? "crit" : budget < RISK_BELOW ? "warn" : "ok"} label={texts().slo.budgetOf(name)} valueText={text} />
      <span class="num">{text}</span>
    </>
  );
}

/** The budget over the window, as small as a word. */
function Spark({ slo }: { slo: Slo }) {
  const t = texts().slo;
  const series = useResource<SloSeries>(apiUrl(`/slos/${encodeURIComponent(slo.name)}/series`, { objective: slo.objective }));
  const budgets = series.data?.points.map((point) => point.forecast ?? point.budget) ?? [];
  const known = budgets.filter((budget) => budget !== null);
  const low = Math.max(-1, Math.min(0, ...known));
  const y = (budget: number) => 2 + (1 - (Math.max(low, budget) - low) / (1 - low)) * 40;
  const points = budgets.flatMap((budget, i) => (budget === null ? [] : [`${((i / Math.max(1, budgets.length - 1)) * 176).toFixed(1)},${y(budget).toFixed(1)}`]));
  const span = slo.window ?? slo.calendar?.duration ?? "";
  return (
    <div class="spark" role="img" aria-label={t.sparkOf(titleOf(slo), fmt().window(span))}>
      <span class="sub">{fmt().window(span)}</span>
      <svg width="176" height="44">
        <line class="zero" x1="0" x2="176" y1={y(0)} y2={y(0)} />
        {points.length > 1 && <polyline class="line" points={points.join(" ")} />}
      </svg>
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

interface ArrangeProps {
  group: SloGroup;
  sort: SloSort;
  set(change: { group?: SloGroup; sort?: SloSort }): void;
}

/** By what the table is parted and ordered. */
export function Arrange({ group, sort, set }: ArrangeProps) {
  const t = texts().slo;
  return (
    <div class="row tight">
      <label class="choose">
        <span class="sub">{t.groupBy}</span>
        <select class="input" value={group} onChange={(event) => set({ group: event.currentTarget.value as SloGroup })}>
          {GROUPS.map((name) => (
            <option key={name} value={name}>
              {t.groups[name]}
            </option>
          ))}
        </select>
      </label>
      <label class="choose">
        <span class="sub">{t.sortBy}</span>
        <select class="input" value={sort} onChange={(event) => set({ sort: event.currentTarget.value as SloSort })}>
          {SORTS.map((name) => (
            <option key={name} value={name}>
              {t.sorts[name]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

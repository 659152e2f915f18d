/** What costs most, what to do about it, what was promised of it; on call; and how much of all that is seen. */

import type { ComponentChildren } from "preact";
import { fmt, texts } from "../../i18n";
import { Facts } from "../../ui/facts";
import { Figures } from "../../ui/figures";
import { Pill } from "../../ui/status";
import { href } from "../../url/routes";
import { byKind, oneDigit, type Automation, type Elasticity, type OnCall, type Proposal, type ToilReport, type TopTask } from "./model";
import { hoursText } from "./teams";

const numberText = (value: number | null | undefined): string => (value === null || value === undefined ? texts().status.none : oneDigit(value, fmt().count));
const shareText = (value: number | null | undefined): string => (value === null || value === undefined ? texts().status.none : fmt().share(value));

/** Why nothing is ranked: a list of who writes things down helps nobody. */
function Unranked({ report }: { report: ToilReport }) {
  const t = texts().toil;
  return (
    <div class="state">
      <div class="row tight">
        <Pill tone="none">{t.unranked}</Pill>
      </div>
      <p>{report.coverage === null ? t.coverageNone : t.unrankedText(fmt().share(report.coverage))}</p>
    </div>
  );
}

export function Top({ report }: { report: ToilReport }) {
  const t = texts().toil;
  return (
    <section class="card">
      <h2>{t.top}</h2>
      {!report.ranks ? (
        <Unranked report={report} />
      ) : report.top.length === 0 ? (
        <p class="muted">{t.nothingTop}</p>
      ) : (
        <>
          <Figures class="toil-top" label={t.top} heads={[t.task, t.perYear, t.runs, t.minutes, t.interrupts, <span title={t.growthHint}>{t.growth}</span>]} num={[1, 2, 3, 4]} rows={report.top.map(topRow)} />
          <p class="sub">{t.growthHint}</p>
        </>
      )}
    </section>
  );
}

function topRow(task: TopTask): [string, ...ComponentChildren[]] {
  const t = texts().toil;
  const name = (
    <>
      <b>{task.title || task.task}</b>
      <div class="sub">{[task.title && task.task, task.team, t.categories[task.category ?? ""]].filter(Boolean).join(" · ")}</div>
    </>
  );
  const growth = task.elasticity ? <Growth elasticity={task.elasticity} /> : <span class="sub">{task.elasticityLacking ?? texts().status.none}</span>;
  return [task.task, name, hoursText(task.hoursPerYear), fmt().count(task.runs), numberText(task.minutesPerRun), shareText(task.interruptShare), growth];
}

function Growth({ elasticity: { beta, low, high, label, intensityFirst, intensityLast } }: { elasticity: Elasticity }) {
  const t = texts().toil;
  return (
    <>
      <b>{label}</b> <span class="sub">{t.beta(beta.toFixed(2), low.toFixed(2), high.toFixed(2))}</span>
      {typeof intensityFirst === "number" && typeof intensityLast === "number" && <div class="sub">{t.intensity(intensityFirst.toFixed(2), intensityLast.toFixed(2))}</div>}
    </>
  );
}

export function Proposals({ report }: { report: ToilReport }) {
  const t = texts().toil;
  const groups = byKind(report.proposals);
  return (
    <section class="card">
      <h2>{t.proposals}</h2>
      {!report.ranks ? (
        <Unranked report={report} />
      ) : groups.length === 0 ? (
        <p class="muted">{t.nothingProposed}</p>
      ) : (
        <div class="toil-kinds">
          {groups.map(([kind, proposals]) => (
            <section key={kind}>
              <h3>{t.kinds[kind] ?? kind}</h3>
              <ul class="findings">
                {proposals.map((proposal) => (
                  <ProposalItem key={proposal.task} proposal={proposal} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </section>
  );
}

function ProposalItem({ proposal }: { proposal: Proposal }) {
  const t = texts().toil;
  const { paybackWeeks, naivePaybackWeeks, runbook } = proposal;
  return (
    <li>
      <b>{proposal.task}</b> <span class="sub">{t.saves(hoursText(proposal.hoursPerYear))}</span>
      <p>{proposal.why}</p>
      {typeof paybackWeeks === "number" && (
        <p class="sub" title={t.naiveHint}>
          {t.payback(numberText(paybackWeeks))}
          {typeof naivePaybackWeeks === "number" && ` (${t.naive(numberText(naivePaybackWeeks))})`}
        </p>
      )}
      {runbook && (
        <a class="link" href={href("runbook", { id: runbook })}>
          {`${t.runbook}: ${runbook}`}
        </a>
      )}
    </li>
  );
}

export function Coverage({ report }: { report: ToilReport }) {
  const t = texts().toil;
  return (
    <section class="card">
      <h2>{t.coverage}</h2>
      <p>{report.coverage === null ? t.coverageNone : t.coverageText(fmt().share(report.coverage))}</p>
      {report.darkHours !== null && <p>{t.dark(hoursText(report.darkHours))}</p>}
    </section>
  );
}

export function OnCallCard({ oncall }: { oncall: OnCall }) {
  const t = texts().toil;
  const facts: [string, string][] = [
    [t.alerts, fmt().count(oncall.alerts)],
    [t.sessions, fmt().count(oncall.sessions)],
    [t.shifts, fmt().count(oncall.shifts)],
    [t.perIncident, numberText(oncall.alertsPerIncident)],
    [t.perShift, numberText(oncall.incidentsPerShift)],
    [t.offHours, shareText(oncall.offHoursShare)],
  ];
  return (
    <section class="card">
      <h2>{t.oncall}</h2>
      <Facts class="toil-oncall" facts={facts} />
    </section>
  );
}

export function Kept({ automations }: { automations: Automation[] }) {
  const t = texts().toil;
  const day = (at: string) => fmt().tick(Date.parse(at), 24 * 3_600_000);
  return (
    <section class="card">
      <h2>{t.kept}</h2>
      {automations.length === 0 ? (
        <p class="muted">{t.nothingShipped}</p>
      ) : (
        <Figures
          label={t.kept}
          heads={[t.task, t.shipped, t.promised, t.realised, t.paidBack]}
          num={[2, 3, 4]}
          rows={automations.map((one) => [one.task, one.task, day(one.shippedAt), hoursText(one.promisedHoursPerYear), numberText(one.realisedHours), shareText(one.paidBack)])}
        />
      )}
    </section>
  );
}

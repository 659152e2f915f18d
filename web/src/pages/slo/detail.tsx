/** One SLO: its promise, how it is kept, how fast the budget goes, whether it holds releases. */

import "../../shared";
import { useState } from "preact/hooks";
import { ApiError, apiUrl, getJson, UNREACHABLE } from "../../api/client";
import { useResource } from "../../api/resource";
import type { GateAnswer, Problem, Slo, SloDetail, SloSeries } from "../../api/types";
import { fmt, lang, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { Empty, Failure, Skeleton, Stale } from "../../ui/states";
import { Pill, type Tone } from "../../ui/status";
import { href } from "../../url/routes";
import { BudgetChart } from "./chart";
import { burnStateOf, lastsUs, objectiveOf, statusOf, titleOf, type BurnState } from "./status";
import { StatusPill } from "./table";

/** Below so many allowed failures a single one is news, and percentages of budget jump. */
const LOW_TRAFFIC_FAILURES = 10;
const BURN_WINDOWS = ["5m", "1h", "6h", "3d"] as const;

export function SloDetailPage({ name }: { name: string }) {
  const t = texts();
  const detail = useResource<SloDetail>(apiUrl(`/slos/${encodeURIComponent(name)}`), { topic: "slos" });
  const first = detail.data?.items[0];
  useTitle(first ? titleOf(first) : name);

  if (!first) {
    if (detail.problem?.status === 404 || detail.data) {
      return (
        <section class="card">
          <Empty title={t.slo.unknown(name)}>
            <a class="btn" href={href("slos", {})}>
              {t.slo.toAll}
            </a>
          </Empty>
        </section>
      );
    }
    return <section class="card">{detail.problem ? <Failure what={name} problem={detail.problem} retry={detail.retry} /> : <Skeleton rows={8} />}</section>;
  }
  return (
    <>
      {detail.old && <Stale resource={detail} what={titleOf(first)} />}
      {detail.data?.items.map((slo) => <Objective key={slo.objective} slo={slo} />)}
      <div class="grid overview-low">
        <Series slo={first} />
        <Gate service={first.service} gate={first.gate} />
      </div>
      {detail.data?.definition && (
        <p class="sub">
          {t.slo.definedIn} <code>{`${detail.data.definition.file}:${detail.data.definition.line}:${detail.data.definition.column}`}</code>
        </p>
      )}
    </>
  );
}

function Objective({ slo }: { slo: Slo }) {
  const t = texts();
  const f = fmt();
  const events = slo.good + slo.bad;
  const allowed = events * (1 - slo.target);
  const lasts = lastsUs(slo);
  return (
    <>
      <div class="row">
        <StatusPill slo={slo} />
        <span class="muted">{[objectiveOf(slo), slo.description ?? "", slo.service, slo.window ? t.slo.window(f.window(slo.window)) : ""].filter(Boolean).join(" · ")}</span>
      </div>
      <section class="tiles three">
        <div class="card tile">
          <span class="sub">SLI</span>
          <b>{f.sli(slo.sli, slo.target)}</b>
          <span class="sub">{t.slo.detailTarget(f.target(slo.target))}</span>
          <span class="sub">{t.slo.goodBad(f.count(slo.good), f.count(slo.bad))}</span>
        </div>
        <div class={`card tile${(slo.budget ?? 1) <= 0 ? " alarm" : ""}`}>
          <span class="sub">{t.slo.budget}</span>
          <b>{f.budget(slo.budget)}</b>
          {slo.budget !== null && (
            <span class="sub">
              {slo.bad > allowed ? t.slo.exceeded(f.count(Math.ceil(slo.bad - allowed))) : t.slo.leftOver(f.count(Math.floor(allowed - slo.bad)))}
            </span>
          )}
          {lasts !== null && <span class="sub">{t.slo.pace(f.length(lasts))}</span>}
          {allowed > 0 && allowed < LOW_TRAFFIC_FAILURES && <span class="sub">{t.slo.oneFailure(f.share(1 / allowed))}</span>}
        </div>
        <Burns slo={slo} />
      </section>
    </>
  );
}

function Burns({ slo }: { slo: Slo }) {
  const t = texts().slo;
  const f = fmt();
  const states: Record<BurnState, [Tone, string]> = { firing: ["crit", t.firing], recovering: ["info", t.recovering], rising: ["warn", t.rising], quiet: ["ok", t.quiet] };
  const page = slo.page;
  const [tone, word] = page ? states[burnStateOf(page.longBurn, page.shortBurn, page.threshold)] : states.quiet;
  return (
    <div class="card">
      <div class="card-head">
        <h2>{t.burnByWindow}</h2>
        <span class="spring" />
        {page && statusOf(slo) !== "none" && <Pill tone={tone}>{word}</Pill>}
      </div>
      <table class="burns">
        <thead class="sr">
          <tr>
            <th scope="col">{t.burnWindow}</th>
            <th scope="col">{t.burnRate}</th>
          </tr>
        </thead>
        <tbody>
          {BURN_WINDOWS.map((window) => (
            <tr key={window}>
              <td class="sub">{f.window(window)}</td>
              <td class="num">{f.burn(slo.burn[window] ?? null)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {page && <p class="sub">{t.pageRule(f.window(page.long), f.window(page.short), f.burn(page.threshold))}</p>}
    </div>
  );
}

function Series({ slo }: { slo: Slo }) {
  const t = texts().slo;
  const series = useResource<SloSeries>(apiUrl(`/slos/${encodeURIComponent(slo.name)}/series`), { topic: "slos" });
  return (
    <section class="card">
      <h2>{t.budgetOverTime}</h2>
      {series.data ? <BudgetChart series={series.data} /> : series.problem ? <Failure what={t.budgetOverTime} problem={series.problem} retry={series.retry} /> : <Skeleton rows={5} />}
    </section>
  );
}

/** Each answer of the gate is a decision that goes into the ledger: it is asked for by a person, not by the page. */
function Gate({ service, gate }: { service: string; gate: Slo["gate"] }) {
  const t = texts();
  const [asked, setAsked] = useState<{ answer?: GateAnswer; problem?: Problem } | null>(null);
  const ask = () => {
    getJson<GateAnswer>(apiUrl(`/gate/${encodeURIComponent(service)}`), lang.peek()).then(
      (answer) => setAsked({ answer }),
      (error: unknown) => setAsked({ problem: error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE } }),
    );
  };
  const verdict = asked?.answer?.verdict ?? gate;
  return (
    <section class="card">
      <div class="card-head">
        <h2>{t.slo.gateTitle}</h2>
        <span class="muted">{service}</span>
        <span class="spring" />
        {verdict === "held" ? <Pill tone="frozen">{t.status.held}</Pill> : <Pill tone="ok">{t.slo.gateAllowed}</Pill>}
      </div>
      {asked?.problem && <Failure what={t.slo.gateTitle} problem={asked.problem} retry={ask} />}
      {asked?.answer?.text && (
        <p class="muted gate-text" role="status">
          {asked.answer.text}
        </p>
      )}
      {asked?.answer?.wouldChange && <p class="muted gate-text">{asked.answer.wouldChange}</p>}
      <div class="row tight">
        <button type="button" class="btn" onClick={ask}>
          {t.slo.gateAsk}
        </button>
        <code>{`nines gate check ${service}`}</code>
      </div>
      <p class="gate-traces">
        <a class="link" href={href("traces", {}, { q: `service=${service} error` })}>
          {t.slo.tracesLink(service)}
        </a>
      </p>
    </section>
  );
}

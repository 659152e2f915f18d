/** One run, as its transcript tells it: each step with its times, how it ended, and what it said. */

import type { ComponentChildren } from "preact";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import { fmt, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { Facts } from "../../ui/facts";
import { Loaded, Stale } from "../../ui/states";
import { Pill } from "../../ui/status";
import { href } from "../../url/routes";
import { placeOf, type Run, type RunStep } from "./model";
import { NothingRuns, Outcome, secondsText } from "./parts";
import { Missing } from "./runbook";

export function RunPage({ id }: { id: string }) {
  const t = texts().runbooks;
  const answer = useResource<Run>(apiUrl(`/runs/${encodeURIComponent(id)}`), { keep: true });
  useTitle(answer.data?.title || t.runTitle(id), t.runTitle(id));
  if (!answer.data && answer.problem?.status === 404) return <Missing title={t.unknownRun(id)} />;
  return (
    <>
      {answer.old && <Stale resource={answer} what={id} />}
      <Loaded resource={answer} what={id} rows={8} card>
        {(run) => (
          <>
            <Overall run={run} />
            <section class="card">
              <h2>{t.steps}</h2>
              <ol class="run-steps">
                {run.steps.map((step) => (
                  <Step key={step.id} step={step} run={run} />
                ))}
              </ol>
            </section>
            <NothingRuns />
          </>
        )}
      </Loaded>
    </>
  );
}

function Overall({ run }: { run: Run }) {
  const t = texts().runbooks;
  const f = fmt();
  const time = (at: string) => f.time(Date.parse(at), nowMs.value);
  const facts: [string, ComponentChildren][] = [
    [t.outcome, <Outcome outcome={run.outcome} />],
    [
      t.name,
      <a class="link" href={href("runbook", { id: run.runbook })}>
        {run.title || run.runbook}
      </a>,
    ],
    [t.service, run.service || texts().status.none],
    [t.actor, `${run.actor}, ${t.mode[run.mode] ?? run.mode}`],
    [t.began, time(run.startedAt)],
    [t.wall, secondsText(run.wallSeconds)],
    [t.attended, secondsText(run.attendedSeconds)],
    [t.manual, secondsText(run.manualSeconds)],
    [t.hash, <code>{run.sha256}</code>],
    [
      t.chain,
      <code title={t.chainHint}>{run.chainHead}</code>,
    ],
    ...(run.deliveredAt ? [[t.delivered, time(run.deliveredAt)] as [string, string]] : []),
  ];
  return (
    <section class="card">
      <Facts class="run-facts" facts={facts} />
    </section>
  );
}

function Step({ step, run }: { step: RunStep; run: Run }) {
  const t = texts().runbooks;
  const f = fmt();
  const at = placeOf(step, run);
  const hasEnded = step.startedAt !== null && step.startedAt !== undefined;
  return (
    <li>
      <div class="row tight">
        <b class="mono">{step.id}</b>
        <span class="chip">{t.kinds[step.kind] ?? step.kind}</span>
        {step.skipped ? <Pill tone="none">{t.skipped(step.skipped)}</Pill> : step.exit !== null ? <Pill tone={step.exit === 0 ? "ok" : "crit"}>{t.exit(String(step.exit))}</Pill> : !hasEnded && <span class="sub">{t.notReached}</span>}
        <span class="spring" />
        {hasEnded && (
          <span class="sub">
            {f.time(Date.parse(step.startedAt ?? ""), nowMs.value)} · {t.wall} {secondsText(step.wallSeconds)} · {t.attended} {secondsText(step.attendedSeconds)}
          </span>
        )}
      </div>
      {at && (
        <div class="run-bar" aria-hidden="true">
          <i style={{ left: `${at.from * 100}%`, width: `${at.share * 100}%` }} />
        </div>
      )}
      {step.output !== undefined ? (
        <details open={step.exit !== null && step.exit !== 0}>
          <summary>{t.output(f.bytes(step.outputBytes))}</summary>
          <pre tabIndex={0}>{step.output}</pre>
        </details>
      ) : (
        step.outputBytes > 0 && <p class="sub">{t.notDelivered(f.bytes(step.outputBytes))}</p>
      )}
    </li>
  );
}

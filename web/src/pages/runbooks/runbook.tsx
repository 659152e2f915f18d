/** One runbook: its steps and who is needed for them, how far it is from needing nobody, who approved it, how it ran. */

import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import { fmt, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { Figures } from "../../ui/figures";
import { Empty, Loaded, Stale } from "../../ui/states";
import { Pill } from "../../ui/status";
import { href } from "../../url/routes";
import { GREEN_NEEDED, LEVELS, levelAfter, needingPerson, type RunbookDetail } from "./model";
import { hoursText, LevelMark, NothingRuns, Outcome, secondsText } from "./parts";

/** Of a hash, enough to tell two apart. */
const HASH_CHARS = 12;

export function RunbookPage({ id }: { id: string }) {
  const t = texts().runbooks;
  const detail = useResource<RunbookDetail>(apiUrl(`/runbooks/${encodeURIComponent(id)}`), { topic: "timeline", keep: true });
  useTitle(detail.data?.title || id);
  if (!detail.data && detail.problem?.status === 404) return <Missing title={t.unknown(id)} />;
  return (
    <>
      {detail.old && <Stale resource={detail} what={id} />}
      <Loaded resource={detail} what={id} rows={8} card>
        {(runbook) => <Body runbook={runbook} />}
      </Loaded>
    </>
  );
}

export function Missing({ title }: { title: string }) {
  return (
    <section class="card">
      <Empty title={title}>
        <a class="btn" href={href("runbooks", {})}>
          {texts().runbooks.toAll}
        </a>
      </Empty>
    </section>
  );
}

function Body({ runbook }: { runbook: RunbookDetail }) {
  const t = texts().runbooks;
  return (
    <>
      <div class="row">
        <LevelMark level={runbook.level} />
        <span class="muted">{[runbook.runbook, runbook.service].filter(Boolean).join(" · ")}</span>
        <span class="spring" />
        {runbook.path && (
          <span class="sub">
            {t.file} <code>{runbook.path}</code>
          </span>
        )}
      </div>
      <Numbers runbook={runbook} />
      <NothingRuns path={runbook.path} />
      <div class="grid overview-low">
        <Steps runbook={runbook} />
        <Ladder runbook={runbook} />
      </div>
      <Runs runbook={runbook} />
      <Approvals runbook={runbook} />
    </>
  );
}

function Numbers({ runbook }: { runbook: RunbookDetail }) {
  const t = texts().runbooks;
  const f = fmt();
  const tiles: [string, string, string?][] = [
    [t.runs, f.count(runbook.runs), t.green(runbook.greenInARow)],
    [t.manual, runbook.manualFraction === null ? texts().status.none : f.share(runbook.manualFraction)],
    [t.median, secondsText(runbook.medianAttendedSeconds)],
    [t.perYear, hoursText(runbook.hoursPerYear)],
  ];
  return (
    <section class="tiles" aria-label={runbook.title ?? runbook.runbook}>
      {tiles.map(([name, value, note]) => (
        <div key={name} class="card tile">
          <span class="sub">{name}</span>
          <b>{value}</b>
          {note && <span class="sub">{note}</span>}
        </div>
      ))}
    </section>
  );
}

function Steps({ runbook }: { runbook: RunbookDetail }) {
  const t = texts().runbooks;
  return (
    <section class="card">
      <h2>{t.steps}</h2>
      <ol class="runbook-steps">
        {runbook.steps.map((step) => (
          <li key={step.id}>
            <b class="mono">{step.id}</b> <span class="chip">{t.kinds[step.kind] ?? step.kind}</span> {step.needsHuman ? <Pill tone="warn">{t.person}</Pill> : <span class="sub">{t.nobody}</span>}
            {step.line !== undefined && <span class="sub"> · {t.line(fmt().count(step.line))}</span>}
          </li>
        ))}
      </ol>
      {runbook.text && (
        <details>
          <summary>{t.text}</summary>
          <pre tabIndex={0}>{runbook.text}</pre>
        </details>
      )}
    </section>
  );
}

/** The levels that are reached, and what is missing for the next. */
function Ladder({ runbook }: { runbook: RunbookDetail }) {
  const t = texts().runbooks;
  const at = (LEVELS as readonly string[]).indexOf(runbook.level ?? "");
  const after = levelAfter(runbook.level);
  const persons = needingPerson(runbook.steps);
  return (
    <section class="card">
      <h2>{t.legend}</h2>
      <ol class="ladder">
        {LEVELS.map((level, i) => (
          <li key={level} class={i <= at ? "on" : undefined} aria-current={i === at ? "step" : undefined}>
            <b>{level}</b> <span>{t.levels[level]}</span> {i <= at && <span class="sub">{t.reached}</span>}
          </li>
        ))}
      </ol>
      <h3>{t.missing}</h3>
      {after === null ? (
        <p class="muted">{runbook.level ? t.top : t.notApproved}</p>
      ) : (
        <>
          <p>{`${after}: ${t.next[runbook.level ?? ""]}`}</p>
          {after === "L3" && <p class="sub">{t.greenOf(runbook.greenInARow, GREEN_NEEDED)}</p>}
          {persons.length > 0 && <p class="sub">{`${t.person}: ${fmt().list(persons)}`}</p>}
        </>
      )}
    </section>
  );
}

function Runs({ runbook }: { runbook: RunbookDetail }) {
  const t = texts().runbooks;
  const f = fmt();
  return (
    <section class="card">
      <h2>{t.history}</h2>
      {runbook.runItems.length === 0 ? (
        <p class="muted">{t.noRuns}</p>
      ) : (
        <Figures
          heads={[t.ended, t.outcome, t.actor, t.attended, t.wall]}
          num={[3, 4]}
          rows={runbook.runItems.map((run) => [
            run.run,
            <a class="link" href={href("run", { id: run.run })}>
              {f.time(Date.parse(run.endedAt), nowMs.value)}
            </a>,
            <Outcome outcome={run.outcome} />,
            run.actor,
            secondsText(run.attendedSeconds),
            secondsText(run.wallSeconds),
          ])}
        />
      )}
    </section>
  );
}

function Approvals({ runbook }: { runbook: RunbookDetail }) {
  const t = texts().runbooks;
  const f = fmt();
  return (
    <section class="card">
      <h2>{t.approvals}</h2>
      <ul class="findings">
        {runbook.history.map((one) => (
          <li key={`${one.sha256} ${one.approvedAt}`}>
            <code title={one.sha256}>{one.sha256.slice(0, HASH_CHARS)}</code> {t.approved(one.approvedBy, f.time(Date.parse(one.approvedAt), nowMs.value))} {one.sha256 === runbook.sha256 && <span class="chip">{t.inForce}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What repetitive work by hand costs each team, what costs most, and what to do about it. Never whose it is. */

import "../../shared";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import { fmt, texts } from "../../i18n";
import { sheet } from "../../shell/actions";
import { useTitle } from "../../shell/head";
import { Icon } from "../../ui/icons";
import { Seg } from "../../ui/seg";
import { Empty, Loaded, Stale } from "../../ui/states";
import { navigate } from "../../url/location";
import { href, TOIL_WEEKS, type QueryOf } from "../../url/routes";
import { windowOf } from "../../url/weeks";
import { CopyLine } from "../../ui/copyline";
import { Coverage, Kept, OnCallCard, Proposals, Top } from "./cards";
import { isEmpty, type ToilReport } from "./model";
import { Teams } from "./teams";

export { LogToil } from "./log";

type Query = QueryOf<"toil">;

export function ToilPage({ query }: { query: Query }) {
  const t = texts().toil;
  useTitle(t.title);
  const set = (change: Partial<Query>) => navigate(href("toil", {}, { ...query, ...change }));
  const report = useResource<ToilReport>(apiUrl("/toil/report", { ...windowOf(query.weeks, nowMs.value), team: query.team }), { topic: "timeline", keep: true });
  const all = useResource<ToilReport>(query.team ? apiUrl("/toil/report", windowOf(query.weeks, nowMs.value)) : null, { keep: true });
  const teams = ((query.team ? all.data : report.data)?.teams ?? []).map(({ team }) => team).filter(Boolean);
  const choices = query.team && !teams.includes(query.team) ? [query.team, ...teams] : teams;
  return (
    <>
      {report.old && <Stale resource={report} what={t.title} />}
      <div class="row">
        <label class="choose">
          <span class="sub">{t.team}</span>
          <select class="input" value={query.team} onChange={(event) => set({ team: event.currentTarget.value })}>
            <option value="">{t.allTeams}</option>
            {choices.map((team) => (
              <option key={team}>{team}</option>
            ))}
          </select>
        </label>
        <Seg label={t.window} values={TOIL_WEEKS} now={query.weeks} text={(weeks) => t.weeks(weeks)} choose={(weeks) => set({ weeks })} />
        <span class="spring" />
        <button type="button" class="btn" onClick={() => print()}>
          <Icon name="file" />
          {t.print}
        </button>
        <LogButton />
      </div>
      <Loaded resource={report} what={t.title} rows={8} card>
        {(data) => (isEmpty(data) ? <Nothing query={query} set={set} /> : <Report report={data} dimmed={report.old} />)}
      </Loaded>
    </>
  );
}

function LogButton() {
  return (
    <button type="button" class="btn primary" onClick={() => (sheet.value = "toil")}>
      {texts().toil.log} <kbd>t</kbd>
    </button>
  );
}

function Report({ report, dimmed }: { report: ToilReport; dimmed: boolean }) {
  const t = texts().toil;
  const f = fmt();
  const day = (at: string) => f.tick(Date.parse(at), 24 * 3_600_000);
  return (
    <div class={`grid toil${dimmed ? " dimmed" : ""}`}>
      <p class="muted">
        {t.period(day(report.window.from), day(report.window.to))} · {t.privacy}
      </p>
      <Teams teams={report.teams} />
      <Top report={report} />
      <Proposals report={report} />
      <div class="grid halves">
        <Coverage report={report} />
        {report.oncall && <OnCallCard oncall={report.oncall} />}
      </div>
      <Kept automations={report.automations} />
    </div>
  );
}

/** The first commands, of which none asks anybody to write anything down. */
function Nothing({ query, set }: { query: Query; set(change: Partial<Query>): void }) {
  const t = texts().toil;
  return (
    <section class="card">
      {query.team ? (
        <Empty title={t.nothingFits(query.team)}>
          <button type="button" class="btn" onClick={() => set({ team: "" })}>
            {t.showAll}
          </button>
        </Empty>
      ) : (
        <Empty title={t.emptyTitle}>
          <p>{t.emptyText}</p>
          <CopyLine label={t.emptyCommits} text="nines toil import git ." />
          <CopyLine label={t.emptyAlerts} text="nines toil import alertmanager alerts.json" />
          <CopyLine label={t.emptyEntry} text="nines toil add 'rotate certificates' 20m" />
        </Empty>
      )}
    </section>
  );
}

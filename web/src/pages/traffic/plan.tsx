/** What a plan changes: by rule, by list, by packet; what it stands on; and the file that it is of. */

import "../../shared";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import { fmt, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { useKeys } from "../../shell/keys";
import { Figures } from "../../ui/figures";
import { Loaded } from "../../ui/states";
import { Pill } from "../../ui/status";
import { navigate } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { CopyLine } from "../../ui/copyline";
import { changesOf, countsOf, isBuiltIn, type Change, type Plan, type Sign, type TrafficStatus } from "./model";
import { Others } from "./others";
import { Waiting } from "./state";

/** Lines of a rule, and packets, that are shown before somebody asks for all. */
const LINES_MAX = 3;
const FATES_MAX = 10;

export function PlanPage({ id, query: { verbose } }: { id: string; query: QueryOf<"trafficPlan"> }) {
  const t = texts().traffic;
  useTitle(t.plan(id));
  const plan = useResource<Plan>(apiUrl(`/traffic/plans/${encodeURIComponent(id)}`), { topic: "timeline" });
  const status = useResource<TrafficStatus>(apiUrl("/traffic"), { topic: "timeline" }).data;
  const toggle = () => navigate(href("trafficPlan", { id }, { verbose: !verbose }));
  useKeys([{ keys: "v", label: t.verbose, group: "list", run: toggle }]);
  return (
    <Loaded resource={plan} what={t.plan(id)} rows={10} card>
      {(shown) => (
        <>
          <Head plan={shown} status={status} />
          <Diff plan={shown} verbose={verbose} toggle={toggle} />
          <Fates plan={shown} verbose={verbose} />
          <Others others={shown} />
          {shown.text && (
            <section class="card">
              <h2>{t.file}</h2>
              <pre tabIndex={0}>{shown.text}</pre>
            </section>
          )}
        </>
      )}
    </Loaded>
  );
}

function Head({ plan, status }: { plan: Plan; status: TrafficStatus | undefined }) {
  const t = texts().traffic;
  const isInForce = status?.confirmed === plan.id;
  const pending = status?.pending?.id === plan.id ? status.pending : null;
  return (
    <>
      {pending && <Waiting {...pending} />}
      <div class="row">
        {pending ? <Pill tone="warn">{t.stateWaits}</Pill> : <Pill tone={isInForce ? "ok" : "none"}>{isInForce ? t.stateInForce : t.stateNot}</Pill>}
        <span>{plan.file ? t.planOf(plan.file) : t.nothingAsked}</span>
        <span class="sub">{t.generation(fmt().count(plan.generation))}</span>
        {plan.operator && <span class="sub">{t.madeFrom(plan.operator.client)}</span>}
      </div>
      {isInForce && <CopyLine label={t.backWith} text={`nines traffic rollback ${plan.id}`} />}
      {!isInForce && !pending && plan.rules.length + plan.sets.length > 0 && <CopyLine label={t.applyWith} text="nines traffic apply plan --confirm 60s" />}
    </>
  );
}

const SIGNS: Record<Sign | " ", string> = { "+": "add", "-": "del", "~": "mod", " ": "same" };

function Diff({ plan, verbose, toggle }: { plan: Plan; verbose: boolean; toggle(): void }) {
  const t = texts().traffic;
  const f = fmt();
  const changes = changesOf(plan);
  const counts = countsOf(changes);
  const isEmpty = changes.length + plan.sets.length === 0;
  return (
    <section class="card">
      <div class="card-head">
        <h2>{isEmpty ? t.nothingChanges : t.changes(f.count(counts["+"]), f.count(counts["~"]), f.count(counts["-"]))}</h2>
        {!isEmpty && (
          <button type="button" class="btn small" aria-pressed={verbose} onClick={toggle}>
            {t.verbose} <kbd>v</kbd>
          </button>
        )}
      </div>
      <ul class="diff">
        {folded(changes, verbose).map((run) => (run.length > 1 ? <Line key={run[0].id} sign={run[0].sign} text={t.builtIns(run.length)} isHead /> : <Changed key={run[0].id} change={run[0]} verbose={verbose} />))}
        {plan.sets.map((set) => (
          <Line key={set.name} sign="~" text={t.list(set.name, f.count(set.added), f.count(set.removed))} isHead />
        ))}
      </ul>
    </section>
  );
}

/** Changes of built-in rules that stand together and are alike are one, unless all of it is wanted. */
function folded(changes: Change[], verbose: boolean): Change[][] {
  const runs: Change[][] = [];
  for (const change of changes) {
    const last = runs.at(-1)?.[0];
    if (!verbose && last && isBuiltIn(last.id) && isBuiltIn(change.id) && last.sign === change.sign) runs.at(-1)?.push(change);
    else runs.push([change]);
  }
  return runs;
}

function Changed({ change, verbose }: { change: Change; verbose: boolean }) {
  const lines = verbose ? change.lines : change.lines.filter((line) => line.sign !== " ").slice(0, LINES_MAX);
  const more = change.lines.length - lines.length;
  return (
    <>
      <Line sign={change.sign} text={change.id} isHead />
      {lines.map((line, i) => (
        <Line key={i} sign={line.sign} text={line.text} />
      ))}
      {more > 0 && <Line sign=" " text={texts().traffic.moreLines(more)} />}
    </>
  );
}

function Line({ sign, text, isHead = false }: { sign: Sign | " "; text: string; isHead?: boolean }) {
  return (
    <li class={`${SIGNS[sign]}${isHead ? " head" : ""}`}>
      <span>{sign}</span> {text}
    </li>
  );
}

function Fates({ plan: { fates }, verbose }: { plan: Plan; verbose: boolean }) {
  const t = texts().traffic;
  const f = fmt();
  if (fates.changed === 0) return null;
  const shown = verbose ? fates.shown : fates.shown.slice(0, FATES_MAX);
  return (
    <section class="card flush">
      <div class="card-head">
        <h2>{t.fates}</h2>
        <span class="sub">{t.fatesOf(f.count(fates.changed), f.count(fates.tried))}</span>
      </div>
      <Figures class="fates" heads={[t.packet, t.before, t.after]} num={[]} rows={shown.map((fate) => [fate.packet, <code>{fate.packet}</code>, fate.before, fate.after])} />
      {fates.changed > shown.length && <p class="state sub">{t.fatesMore(f.count(fates.changed - shown.length))}</p>}
    </section>
  );
}

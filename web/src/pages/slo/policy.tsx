/**
 * What the policy says, what it was applied to and what came of it. This is read, not asked: an answer of the gate is
 * a recorded decision, which a person asks for.
 */

import { useState } from "preact/hooks";
import { ApiError, apiUrl, getJson, UNREACHABLE } from "../../api/client";
import { nowMs } from "../../api/live";
import type { Resource } from "../../api/resource";
import type { GateAnswer, Policy, Problem, Slo } from "../../api/types";
import { fmt, lang, texts } from "../../i18n";
import { Failure, Loaded } from "../../ui/states";
import { Pill } from "../../ui/status";

export function PolicyCard({ service, gate, policy }: { service: string; gate: Slo["gate"]; policy: Resource<Policy> }) {
  const t = texts();
  const [asked, setAsked] = useState<{ answer?: GateAnswer; problem?: Problem } | null>(null);
  const ask = () => {
    getJson<GateAnswer>(apiUrl(`/gate/${encodeURIComponent(service)}`), lang.peek()).then(
      (answer) => setAsked({ answer }),
      (error: unknown) => setAsked({ problem: error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE } }),
    );
  };
  const verdict = asked?.answer?.verdict ?? policy.data?.verdict ?? gate;
  return (
    <section class="card policy">
      <div class="card-head">
        <h2>{t.slo.gateTitle}</h2>
        <span class="muted">{service}</span>
        <span class="spring" />
        {verdict === "held" ? <Pill tone="frozen">{t.status.held}</Pill> : <Pill tone="ok">{t.slo.gateAllowed}</Pill>}
      </div>
      <Loaded resource={policy} what={t.slo.policy} rows={4}>
        {(data) => <Rules policy={data} />}
      </Loaded>
      {asked?.problem && <Failure what={t.slo.gateTitle} problem={asked.problem} retry={ask} />}
      {asked?.answer && (
        <p class="gate-text" role="status">
          {t.slo.gateRecorded(asked.answer.text ?? "")}
        </p>
      )}
      <div class="row tight screen-only">
        <button type="button" class="btn" onClick={ask}>
          {t.slo.gateAsk}
        </button>
        <code>{`nines gate check ${service}`}</code>
      </div>
    </section>
  );
}

function Rules({ policy }: { policy: Policy }) {
  const t = texts().slo;
  const f = fmt();
  const time = (at: string) => f.time(Date.parse(at), nowMs.value);
  const { exceptions } = policy;
  return (
    <dl>
      <dt>{t.rule}</dt>
      <dd>
        {policy.policy === "default" ? t.ruleDefault : policy.policy}
        {policy.place && <code>{` ${policy.place.file}:${policy.place.line}`}</code>}
        {policy.states && (
          <ul>
            {policy.states.map((state, i) => (
              <li key={state.name} aria-current={state.name === policy.state ? "true" : undefined}>
                <b>{state.name}</b> <span class="sub">{[state.above === null ? t.stateRest : i === 0 ? t.stateAbove(f.budget(state.above)) : t.stateAbove(f.budget(state.above)), ...does(state)].join(" · ")}</span>
              </li>
            ))}
          </ul>
        )}
        {policy.state && policy.since && <p class="sub">{t.stateSince(policy.state, time(policy.since))}</p>}
      </dd>
      <dt>{t.inputs}</dt>
      <dd>
        <ul>
          {policy.reasons.map((reason) => (
            <li key={reason.text} class={reason.holds ? "holds" : "sub"}>
              {reason.text}
            </li>
          ))}
          {policy.freezes.map((freeze) => (
            <li key={freeze.name}>{t.freeze(freeze.name, time(freeze.until), freeze.reason)}</li>
          ))}
          {policy.reasons.length + policy.freezes.length === 0 && <li class="sub">{t.inputsNone}</li>}
        </ul>
      </dd>
      <dt>{t.result}</dt>
      <dd>
        {policy.text}
        {policy.changesAt && <p class="sub">{t.changesAt(time(policy.changesAt))}</p>}
        {policy.wouldChange.length > 0 && (
          <ul>
            {policy.wouldChange.map((change) => (
              <li key={change} class="sub">
                {change}
              </li>
            ))}
          </ul>
        )}
      </dd>
      <dt>{t.override}</dt>
      <dd>
        {t.tokens(exceptions.left, exceptions.of, f.window(exceptions.per), exceptions.approverNotRequester)}
        <ul>
          {exceptions.items.map((item) => (
            <li key={item.name} class="sub">
              {t.exception(item.change, item.approvedBy, time(item.expiresAt))}
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  );
}

/** What a state does, in words. */
function does(state: NonNullable<Policy["states"]>[number]): string[] {
  const t = texts().slo;
  return [
    state.freeze && t.doesFreeze,
    state.allow && t.doesAllow(fmt().list(state.allow)),
    state.requireApproval.length > 0 && t.doesApprove(fmt().list(state.requireApproval)),
    state.maxDeploysPerDay !== null && t.doesLimit(state.maxDeploysPerDay),
    state.canaryMax !== null && t.doesCanary(state.canaryMax),
  ].filter((text) => typeof text === "string");
}

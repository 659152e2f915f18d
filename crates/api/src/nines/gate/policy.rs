//! The policy of a service as it stands: what it says, what it was applied to, what came of it, and who may pass it.
//! Nothing is recorded: whoever is about to release asks the gate.

use super::reasons;
use crate::App;
use crate::nines::Asked;
use crate::nines::problem::{Answer, Fault, Problem};
use crate::nines::request::rfc3339;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::Timestamp;
use nines_base::lang::Message;
use nines_collect::sli::policy::GateAsk;
use nines_slo::gate::{ChangeKind, PolicyInput};
use nines_slo::policy::exception::{Standing, claims};
use nines_slo::policy::objects::{BudgetState, ExceptionRule};
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /policies/{service}`: 404 for a service that no SLO names.
pub async fn policy(State(app): State<Arc<App>>, Path(service): Path<String>, asked: Asked) -> Answer {
    let definitions = app.judge.definitions();
    if !definitions.slos.iter().any(|slo| slo.service == service) {
        return Err(Problem::missing(asked.lang, Fault::NoService { name: service }, Fault::NoServiceHint));
    }
    let judge = app.judge.clone();
    let ask = GateAsk { service: service.clone(), ..GateAsk::default() };
    let judged = tokio::task::spawn_blocking(move || judge.gate(&ask)).await;
    let (input, verdict) = judged.map_err(|error| Problem::internal(asked.lang, &error.to_string()))?;
    let now = app.clock.now();
    let rule = input.policy.as_ref().map_or(ExceptionRule::DEFAULT, |input| input.policy.exceptions);
    let grants = app.judge.book().grants(&definitions.policies.exceptions, now);
    let passes: Vec<Value> = claims(&service, &grants, &rule)
        .iter()
        .filter(|claim| claim.standing(&rule, now) == Standing::Valid)
        .map(|claim| super::exception(claim, &rule))
        .collect();
    let freeze = |freeze: &nines_slo::policy::freeze::ActiveFreeze| json!({ "name": freeze.name, "until": rfc3339(freeze.until), "reason": freeze.reason, "by": freeze.by });
    let memory = input.policy.as_ref().and_then(|input| input.memory.as_ref());
    let changes: Vec<String> = verdict.would_change.iter().map(|change| change.text(asked.lang)).collect();
    Ok(Json(json!({
        "service": service, "policy": input.policy_name(), "verdict": verdict.word(), "text": verdict.text.text(asked.lang),
        "state": verdict.state, "since": memory.map(|memory| rfc3339(memory.since)),
        "recoveringSince": memory.and_then(|memory| memory.recovering_since).map(rfc3339),
        "canaryMax": verdict.canary_max, "states": input.policy.as_ref().map(states),
        "place": input.policy.as_ref().map(place), "reasons": reasons(&verdict, asked.lang), "wouldChange": changes,
        "changesAt": verdict.changes_at.filter(|at: &Timestamp| *at > now).map(rfc3339),
        "freezes": input.freezes.iter().map(freeze).collect::<Vec<_>>(),
        "exceptions": { "left": input.tokens_left, "of": rule.tokens, "per": rule.per.to_string(),
                        "lastsUs": rule.lasts.0, "approverNotRequester": rule.approver_not_requester, "items": passes },
    })))
}

fn place(input: &PolicyInput) -> Value {
    let place = &input.policy.place;
    json!({ "file": place.file, "line": place.line, "column": place.column })
}

fn states(input: &PolicyInput) -> Vec<Value> {
    let words = |kinds: &[ChangeKind]| kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>();
    let state = |state: &BudgetState| {
        let actions = &state.actions;
        json!({
            "name": state.name, "above": state.above.map(|level| level.0 as f64 / 1e9), "freeze": actions.freeze,
            "allow": actions.allow.as_deref().map(words), "requireApproval": words(&actions.require_approval),
            "maxDeploysPerDay": actions.max_deploys_per_day, "canaryMax": actions.canary_max,
        })
    };
    input.policy.states.iter().map(state).collect()
}

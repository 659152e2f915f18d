//! The release gate over HTTP: every answer is a decision in the ledger, with the traces behind it.

pub mod flagger;
pub mod github;
mod objects;
pub mod policy;
mod record;
#[cfg(test)]
mod tests;

use super::evidence;
use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::DurationUs;
use nines_base::lang::Message;
use nines_collect::sli::policy::GateAsk;
use nines_ledger::NewEvent;
use nines_slo::gate::{ChangeKind, Effect, GateInput, OnUnknown, Reason, Verdict};
use nines_slo::policy::exception::Claim;
use nines_slo::policy::objects::ExceptionRule;
use record::{SCHEMA, record_of, replay};
use serde_json::{Value, json};
use std::sync::Arc;

/// How long an answer holds: figures are a second old, and a release takes longer than a minute.
const EXPIRES_AFTER: DurationUs = DurationUs::from_secs(60);

/// Longest environment or change id noted.
const NOTE_CHARS_MAX: usize = 200;

/// A decision that was recorded.
pub(crate) struct Decision {
    /// Its id, that of the event.
    pub id: String,
    /// What it followed from.
    pub input: GateInput,
    /// What it is.
    pub verdict: Verdict,
    traces: Vec<Vec<String>>,
}

/// `GET /gate/{service}?kind=&onUnknown=&env=&change=`.
pub async fn check(State(app): State<Arc<App>>, Path(service): Path<String>, asked: Asked) -> Answer {
    let kinds = ChangeKind::ALL.map(|kind| (kind.word(), kind));
    let kind = asked.word("kind", &kinds, ChangeKind::Feature)?;
    let words = [("held", OnUnknown::Hold), ("allow", OnUnknown::Allow), ("allowed", OnUnknown::Allow)];
    let on_unknown = match asked.text("onUnknown") {
        Some(_) => Some(asked.word("onUnknown", &words, OnUnknown::Hold)?),
        None => None,
    };
    let note = |name| asked.text(name).map(noted);
    let ask = GateAsk { service, env: note("env"), change: note("change"), kind, on_unknown };
    let decision = decide(&app, asked.lang, &ask).await?;
    Ok(Json(answer(&app, asked.lang, &decision)))
}

/// What is noted of a text that somebody gave.
fn noted(text: &str) -> String {
    text.chars().take(NOTE_CHARS_MAX).collect()
}

/// Decides, finds the traces behind it, and records it.
pub(crate) async fn decide(app: &Arc<App>, lang: nines_base::Lang, ask: &GateAsk) -> Result<Decision, Problem> {
    let (input, verdict) = app.judge.gate(ask);
    let held = verdict.reasons.iter().map(|reason| reason.slo.as_deref().filter(|_| reason.effect == Effect::Holds));
    let traces = evidence::trace_ids(app, &held.collect::<Vec<_>>()).await;
    let event = NewEvent {
        at: app.clock.now(),
        kind: "gate.decided".into(),
        service: input.service.clone(),
        subject: String::new(),
        payload: record_of(&input, &verdict, &traces).to_string(),
    };
    let ledger = app.ledger.clone();
    let written = tokio::task::spawn_blocking(move || ledger.append(&[event])).await;
    let id = match written {
        Ok(Ok(events)) => events.first().map(|event| event.id.to_string()).unwrap_or_default(),
        Ok(Err(error)) => return Err(Problem::ledger(lang, &error)),
        Err(error) => {
            tracing::error!(%error, "recording a decision ended abnormally");
            return Err(Problem::internal(lang, &error.to_string()));
        }
    };
    Ok(Decision { id, input, verdict, traces })
}

pub(crate) fn answer(app: &App, lang: nines_base::Lang, decision: &Decision) -> Value {
    let Decision { id, input, verdict, traces } = decision;
    let mut reasons = reasons(verdict, lang);
    reasons.iter_mut().zip(traces).for_each(|(reason, traces)| reason["traceIds"] = json!(traces));
    let changes: Vec<String> = verdict.would_change.iter().map(|change| change.text(lang)).collect();
    let rule = input.policy.as_ref().map_or(ExceptionRule::DEFAULT, |input| input.policy.exceptions);
    let used = input.claims.iter().find(|claim| verdict.exception.as_ref() == Some(&claim.name));
    json!({
        "schema": SCHEMA, "id": id, "service": input.service, "verdict": verdict.word(), "reasons": reasons,
        "wouldChange": if changes.is_empty() { Value::Null } else { changes.join("; ").into() },
        "exception": used.map(|claim| exception(claim, &rule)), "policy": input.policy_name(),
        "expiresAt": rfc3339(verdict.expires_at(app.clock.now(), EXPIRES_AFTER)),
        "state": verdict.state, "canaryMax": verdict.canary_max, "kind": input.kind.word(), "env": input.env,
        "change": input.change, "text": verdict.text.text(lang),
    })
}

fn reasons(verdict: &Verdict, lang: nines_base::Lang) -> Vec<Value> {
    let reason = |reason: &Reason| {
        json!({ "rule": reason.rule.word(), "slo": reason.slo, "value": reason.value, "limit": reason.limit,
                "holds": reason.effect == Effect::Holds, "text": reason.text.text(lang) })
    };
    verdict.reasons.iter().map(reason).collect()
}

fn exception(claim: &Claim, rule: &ExceptionRule) -> Value {
    json!({
        "name": claim.name, "change": claim.change, "requestedBy": claim.requested_by, "approvedBy": claim.approved_by,
        "approver": approver_word(claim.is_of_file), "expiresAt": rfc3339(claim.ends_at(rule)),
    })
}

/// How much is known of who approved: persons are self-declared, and one in a file is not even that.
pub(super) fn approver_word(is_of_file: bool) -> &'static str {
    if is_of_file { "unverified approver" } else { "self-declared" }
}

/// `GET /gate/decisions/{id}`: the record as written, and the verdict reached again from it.
pub async fn decision(State(app): State<Arc<App>>, Path(id): Path<String>, asked: Asked) -> Answer {
    let missing = || Problem::missing(asked.lang, Fault::NoDecision { id: id.clone() }, Fault::NoDecisionHint);
    let number: u64 = id.parse().map_err(|_| missing())?;
    let event = app.ledger.event(number).map_err(|error| Problem::ledger(asked.lang, &error))?;
    let event = event.filter(|event| event.kind == "gate.decided").ok_or_else(missing)?;
    let mut record: Value =
        event.payload.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| json!({}));
    let replayed = replay(&record).map(|replay| {
        let reasons = replay.verdict.reasons.iter().map(|reason| reason.text.text(asked.lang));
        json!({ "verdict": replay.verdict.word(), "same": replay.is_same, "text": replay.verdict.text.text(asked.lang),
                "reasons": reasons.collect::<Vec<_>>() })
    });
    record["replayed"] = json!(replayed);
    record["id"] = json!(event.id.to_string());
    record["service"] = json!(event.service);
    record["at"] = json!(rfc3339(event.at));
    record["digest"] = json!(event.digest.to_string());
    Ok(Json(record))
}

//! The release gate over HTTP: every answer is a decision in the ledger, with the traces behind it.

use super::evidence;
use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::DurationUs;
use nines_base::lang::Message;
use nines_ledger::NewEvent;
use nines_slo::alert::rule::PAGE;
use nines_slo::budget::Share;
use nines_slo::gate::{ChangeKind, Effect, GateInput, OnUnknown, Verdict};
use serde_json::{Value, json};
use std::sync::Arc;

/// How long an answer holds: figures are a second old, and a release takes longer than a minute.
const EXPIRES_AFTER: DurationUs = DurationUs::from_secs(60);

/// Traces named as evidence of one reason.
const TRACES_PER_REASON: usize = 5;

/// Longest environment or change id noted.
const NOTE_CHARS_MAX: usize = 200;

/// `GET /gate/{service}?kind=&onUnknown=&env=&change=`.
pub async fn check(State(app): State<Arc<App>>, Path(service): Path<String>, asked: Asked) -> Answer {
    let kinds = ChangeKind::ALL.map(|kind| (kind.word(), kind));
    let kind = asked.word("kind", &kinds, ChangeKind::Feature)?;
    let unknown = [("held", OnUnknown::Hold), ("allow", OnUnknown::Allow)];
    let on_unknown = asked.word("onUnknown", &unknown, OnUnknown::Hold)?;
    let (input, verdict) = app.judge.gate(&service, kind, on_unknown);
    let traces = traces_of(&app, &asked, &verdict).await;
    let note = |name| asked.text(name).map(|text| text.chars().take(NOTE_CHARS_MAX).collect::<String>());
    let id = record(&app, &asked, &input, &verdict, &traces, (note("env"), note("change"))).await?;
    Ok(Json(answer(&app, &asked, &id, &verdict, &traces, &service)))
}

fn answer(app: &App, asked: &Asked, id: &str, verdict: &Verdict, traces: &[Vec<String>], service: &str) -> Value {
    let reasons: Vec<Value> = verdict
        .reasons
        .iter()
        .zip(traces)
        .map(|(reason, traces)| {
            json!({ "rule": reason.rule.word(), "slo": reason.slo, "value": reason.value, "limit": reason.limit,
                    "holds": reason.effect == Effect::Holds, "text": reason.text.text(asked.lang), "traceIds": traces })
        })
        .collect();
    let changes: Vec<String> = verdict.would_change.iter().map(|change| change.text(asked.lang)).collect();
    json!({
        "schema": "nines.gate/v1", "id": id, "service": service, "verdict": verdict.word(), "reasons": reasons,
        "wouldChange": if changes.is_empty() { Value::Null } else { changes.join("; ").into() },
        "exception": null, "policy": "default",
        "expiresAt": rfc3339(app.clock.now() + EXPIRES_AFTER), "text": verdict.text.text(asked.lang),
    })
}

/// For each reason the traces behind it, newest first.
async fn traces_of(app: &Arc<App>, asked: &Asked, verdict: &Verdict) -> Vec<Vec<String>> {
    let mut all = Vec::with_capacity(verdict.reasons.len());
    for reason in &verdict.reasons {
        let slo = reason.slo.as_deref().filter(|_| reason.effect == Effect::Holds);
        all.push(match slo {
            Some(slo) => evidence::trace_ids(app, asked.lang, slo, TRACES_PER_REASON).await,
            None => Vec::new(),
        });
    }
    all
}

/// Writes the decision with the integers it follows from; its id is the event's.
async fn record(
    app: &Arc<App>,
    asked: &Asked,
    input: &GateInput,
    verdict: &Verdict,
    traces: &[Vec<String>],
    (env, change): (Option<String>, Option<String>),
) -> Result<String, Problem> {
    let share = |share: Option<Share>| share.map(|share| [share.bad(), share.valid()]);
    let measured: Vec<Value> = input
        .statuses
        .iter()
        .map(|status| {
            let counted = status.measure.counted();
            let pages: Vec<Value> = status
                .alerts
                .iter()
                .filter(|alert| alert.severity == PAGE)
                .flat_map(|alert| &alert.conditions)
                .map(|page| {
                    json!({ "longUs": page.pair.long.0, "shortUs": page.pair.short.0,
                            "threshold": [page.pair.threshold.numerator() as u64, page.pair.threshold.denominator() as u64],
                            "long": share(page.long), "short": share(page.short),
                            "trials": page.trials.map(|trials| [trials.bad, trials.valid()]) })
                })
                .collect();
            json!({ "slo": status.name, "atUs": status.at.0, "targetPpb": status.target.parts(),
                    "good": counted.good, "bad": counted.bad, "share": share(status.measure.share), "pages": pages, "paging": status.is_paging(),
                    "windowUs": status.reach().map(|length| length.0),
                    "firstCountedUs": status.first_counted.map(|first| first.0) })
        })
        .collect();
    let reasons: Vec<Value> = verdict
        .reasons
        .iter()
        .zip(traces)
        .map(|(reason, traces)| {
            json!({ "rule": reason.rule.word(), "slo": reason.slo, "value": reason.value, "limit": reason.limit,
                    "holds": reason.effect == Effect::Holds, "traceIds": traces })
        })
        .collect();
    let event = NewEvent {
        at: app.clock.now(),
        kind: "gate.decided".into(),
        service: input.service.clone(),
        subject: String::new(),
        payload: json!({
            "schema": "nines.gate/v1", "verdict": verdict.word(), "kind": input.kind.word(),
            "onUnknown": if input.on_unknown == OnUnknown::Allow { "allow" } else { "held" },
            "env": env, "change": change, "policy": "default", "reasons": reasons, "measured": measured,
        })
        .to_string(),
    };
    let ledger = app.ledger.clone();
    let lang = asked.lang;
    let written = tokio::task::spawn_blocking(move || ledger.append(&[event])).await;
    match written {
        Ok(Ok(events)) => Ok(events.first().map(|event| event.id.to_string()).unwrap_or_default()),
        Ok(Err(error)) => Err(Problem::ledger(lang, &error)),
        Err(error) => {
            tracing::error!(%error, "recording a decision ended abnormally");
            Err(Problem::internal(lang, &error.to_string()))
        }
    }
}

/// `GET /gate/decisions/{id}`: the record as written.
pub async fn decision(State(app): State<Arc<App>>, Path(id): Path<String>, asked: Asked) -> Answer {
    let missing = || Problem::missing(asked.lang, Fault::NoDecision { id: id.clone() }, Fault::NoDecisionHint);
    let number: u64 = id.parse().map_err(|_| missing())?;
    let event = app.ledger.event(number).map_err(|error| Problem::ledger(asked.lang, &error))?;
    let event = event.filter(|event| event.kind == "gate.decided").ok_or_else(missing)?;
    let mut record: Value =
        event.payload.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| json!({}));
    record["id"] = json!(event.id.to_string());
    record["service"] = json!(event.service);
    record["at"] = json!(rfc3339(event.at));
    record["digest"] = json!(event.digest.to_string());
    Ok(Json(record))
}

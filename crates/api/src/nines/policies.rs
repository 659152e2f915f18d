//! Freezes, exceptions and adjustments: those of files and those by command together, and new ones by command.

use super::gate::approver_word;
use super::problem::{Fault, Problem};
use super::request::rfc3339;
use super::write::Write;
use crate::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nines_base::{Lang, Timestamp};
use nines_collect::sli::policy::commands::{BACK_DATED_MAX, Refusal};
use nines_collect::sli::policy::events::object_text;
use nines_collect::timeline::describe;
use nines_ledger::Event;
use nines_slo::openslo::{Finding, OwnObject, Severity, read_object};
use nines_slo::policy::apart::FILTERS_MAX;
use nines_slo::policy::exception::{Claim, claims, tokens_left};
use nines_slo::policy::objects::{BudgetAdjustment, ExceptionRule, Freeze, Origin};
use nines_slo::policy::times::Times;
use nines_trace::filter::Filter;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Longest name, reason or person of an object by command.
const TEXT_CHARS_MAX: usize = 200;

/// `GET /freezes`.
pub async fn freezes(State(app): State<Arc<App>>) -> Json<Value> {
    let (definitions, book, now) = (app.judge.definitions(), app.judge.book(), app.clock.now());
    let all = definitions.policies.freezes.iter().chain(book.freezes());
    Json(json!({ "items": all.map(|freeze| freeze_item(freeze, now)).collect::<Vec<_>>(), "next": null }))
}

fn freeze_item(freeze: &Freeze, now: Timestamp) -> Value {
    let mut item = json!({
        "name": freeze.name, "services": freeze.services.0, "env": freeze.env,
        "reason": freeze.reason, "by": freeze.by,
    });
    add_times(&mut item, &freeze.times, now);
    add_origin(&mut item, &freeze.origin);
    item
}

/// `GET /exceptions`.
pub async fn exceptions(State(app): State<Arc<App>>) -> Json<Value> {
    let (definitions, book, now) = (app.judge.definitions(), app.judge.book(), app.clock.now());
    let grants = book.grants(&definitions.policies.exceptions, now);
    let mut services: BTreeSet<&str> = grants.iter().map(|grant| grant.exception.service.as_str()).collect();
    services.extend(definitions.services.iter().map(|service| service.name.as_str()));
    let (mut items, mut tokens) = (Vec::new(), Vec::new());
    for service in services {
        let policy = definitions.policies.of_service(service, &definitions.services);
        let rule = policy.map_or(ExceptionRule::DEFAULT, |policy| policy.exceptions);
        let left = tokens_left(service, &grants, &rule, now);
        tokens.push(json!({ "service": service, "left": left, "of": rule.tokens, "per": rule.per.to_string() }));
        for claim in claims(service, &grants, &rule) {
            let grant =
                grants.iter().find(|grant| grant.exception.name == claim.name && grant.granted_at == claim.granted_at);
            let Some(grant) = grant else { continue };
            let mut item = exception_item(&claim, &rule, now);
            item["service"] = json!(service);
            item["reason"] = json!(grant.exception.reason);
            add_origin(&mut item, &grant.exception.origin);
            items.push(item);
        }
    }
    Json(json!({ "items": items, "tokens": tokens, "next": null }))
}

fn exception_item(claim: &Claim, rule: &ExceptionRule, now: Timestamp) -> Value {
    json!({
        "name": claim.name, "service": "", "change": claim.change, "reason": "", "requestedBy": claim.requested_by,
        "approvedBy": claim.approved_by, "approver": approver_word(claim.is_of_file),
        "grantedAt": rfc3339(claim.granted_at), "expiresAt": rfc3339(claim.ends_at(rule)),
        "state": claim.standing(rule, now).word(),
    })
}

/// `GET /adjustments`.
pub async fn adjustments(State(app): State<Arc<App>>) -> Json<Value> {
    let (definitions, book, now) = (app.judge.definitions(), app.judge.book(), app.clock.now());
    let all = definitions.policies.adjustments.iter().chain(book.adjustments());
    Json(json!({ "items": all.map(|one| adjustment_item(one, now)).collect::<Vec<_>>(), "next": null }))
}

fn adjustment_item(adjustment: &BudgetAdjustment, now: Timestamp) -> Value {
    let mut item = json!({
        "name": adjustment.name, "slos": adjustment.slos, "mode": adjustment.mode.word(),
        "where": adjustment.filter.as_ref().map(Filter::to_string), "category": adjustment.category, "reason": adjustment.reason, "approvedBy": adjustment.approved_by,
    });
    add_times(&mut item, &adjustment.times, now);
    add_origin(&mut item, &adjustment.origin);
    item
}

fn add_times(item: &mut Value, times: &Times, now: Timestamp) {
    let (holding, next) = (times.holding(now), times.next_after(now));
    item["from"] = json!(times.begins().map(rfc3339));
    item["until"] = json!(times.ends().map(rfc3339));
    item["rrule"] = json!(times.rule());
    item["timeZone"] = json!(times.zone().and_then(|zone| zone.iana_name()));
    item["inForce"] = json!(holding.is_some());
    item["endsAt"] = json!(holding.filter(|_| times.ends().is_some()).map(|span| rfc3339(span.until)));
    item["nextFrom"] = json!(next.map(|span| rfc3339(span.from)));
}

fn add_origin(item: &mut Value, origin: &Origin) {
    item["source"] = json!(if origin.place().is_some() { "file" } else { "command" });
    item["place"] = json!(origin.place().map(|place| format!("{}:{}:{}", place.file, place.line, place.column)));
    item["event"] = match origin {
        Origin::Command { event } => json!(event),
        Origin::File(_) => Value::Null,
    };
}

/// `POST /freezes`: a new one, or `{"lift": NAME, "by": …, "reason": …}`.
pub async fn freeze(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let Write { lang, body } = write;
    if !body.contains_key("lift") {
        return record(app, lang, "Freeze", body).await;
    }
    let [name, by, reason] = ["lift", "by", "reason"].map(|name| needed(&body, name, lang));
    let (name, by, reason) = (name?, by?, reason?);
    let judge = app.judge.clone();
    let outcome = tokio::task::spawn_blocking(move || judge.lift(&name, &by, &reason)).await;
    written(outcome, lang, Vec::new())
}

/// `POST /exceptions`.
pub async fn exception(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let Write { lang, mut body } = write;
    if !body.contains_key("expires") {
        let service = body.get("service").and_then(Value::as_str).unwrap_or_default();
        let definitions = app.judge.definitions();
        let policy = definitions.policies.of_service(service, &definitions.services);
        let lasts = policy.map_or(ExceptionRule::DEFAULT, |policy| policy.exceptions).lasts;
        body.insert("expires".into(), rfc3339(app.clock.now() + lasts).into());
    }
    record(app, lang, "Exception", body).await
}

/// `POST /adjustments`. One with a filter begins now where nothing else is said; only in a file it may be without an end.
pub async fn adjustment(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let Write { lang, mut body } = write;
    if body.contains_key("where") && !body.contains_key("from") {
        body.insert("from".into(), rfc3339(app.clock.now()).into());
    }
    needed(&body, "for", lang)?;
    record(app, lang, "BudgetAdjustment", body).await
}

/// Reads the body as the spec of an object, as a file would hold it, with an optional name, and records it.
async fn record(app: Arc<App>, lang: Lang, kind: &str, mut spec: Map<String, Value>) -> Result<Response, Problem> {
    for (name, value) in &spec {
        if value.as_str().is_some_and(|text| text.chars().count() > TEXT_CHARS_MAX) {
            return Err(needs_text(name, lang));
        }
    }
    let name = match spec.remove("name") {
        Some(Value::String(name)) if !name.is_empty() => name,
        Some(_) => return Err(needs_text("name", lang)),
        None => generated_name(kind, &app),
    };
    let text = object_text(kind, &name, &Value::Object(spec));
    let object = read_object(&text).map_err(|findings| refused_object(&findings, lang))?;
    let unknown = unknown_services(&object, &app);
    let judge = app.judge.clone();
    let outcome = tokio::task::spawn_blocking(move || judge.record(&object, text)).await;
    written(outcome, lang, unknown)
}

/// `freeze-20261230-000000`, by the clock.
fn generated_name(kind: &str, app: &App) -> String {
    let prefix = match kind {
        "Freeze" => "freeze",
        "Exception" => "exception",
        _ => "adjustment",
    };
    let now = app.clock.now().0;
    let time = jiff::Timestamp::from_microsecond(now).map(|now| now.strftime("%Y%m%d-%H%M%S").to_string());
    // Two in one second differ by their microseconds.
    format!("{prefix}-{}-{:06}", time.unwrap_or_default(), now.rem_euclid(1_000_000))
}

/// Services that an object names and nothing else does: perhaps a slip of the pen.
fn unknown_services(object: &OwnObject, app: &App) -> Vec<String> {
    let named: Vec<&String> = match object {
        OwnObject::Freeze(freeze) => freeze.services.0.iter().filter(|name| *name != "*").collect(),
        OwnObject::Exception(exception) => vec![&exception.service],
        _ => Vec::new(),
    };
    let definitions = app.judge.definitions();
    let is_known = |name: &str| definitions.services.iter().any(|service| service.name == name);
    named.into_iter().filter(|name| !is_known(name)).cloned().collect()
}

type Written = Result<Result<Result<Event, Refusal>, nines_collect::sli::JudgeError>, tokio::task::JoinError>;

fn written(outcome: Written, lang: Lang, unknown_services: Vec<String>) -> Result<Response, Problem> {
    let event = match outcome {
        Ok(Ok(Ok(event))) => event,
        Ok(Ok(Err(refusal))) => return Err(refused(refusal, lang)),
        Ok(Err(error)) => return Err(Problem::internal(lang, &error.to_string())),
        Err(error) => {
            tracing::error!(%error, "recording a command ended abnormally");
            return Err(Problem::internal(lang, &error.to_string()));
        }
    };
    let body = json!({
        "id": event.id, "at": rfc3339(event.at), "kind": event.kind, "name": event.subject, "service": event.service,
        "text": describe(&event, lang), "unknownServices": unknown_services,
    });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

fn refused(refusal: Refusal, lang: Lang) -> Problem {
    let (fact, hint) = match refusal {
        Refusal::NameTaken { name } => (Fault::NameTaken { name }, Fault::NameTakenHint),
        Refusal::OfFile { name, place } => {
            let place = format!("{}:{}:{}", place.file, place.line, place.column);
            (Fault::OfFile { name, place: place.clone() }, Fault::OfFileHint { place })
        }
        Refusal::NoFreeze { name, known } => {
            return Problem::missing(lang, Fault::NoFreeze { name }, Fault::NoFreezeHint { known: known.join(", ") });
        }
        Refusal::NoToken { service, tokens, per } => {
            (Fault::NoToken { service, tokens, per: per.to_string() }, Fault::NoTokenHint)
        }
        Refusal::SamePerson { person } => (Fault::SamePerson { person }, Fault::SamePersonHint),
        Refusal::Over => (Fault::Over, Fault::OverHint),
        Refusal::NoSlo { name } => return Problem::bad(lang, Fault::NoSlo { name }, Fault::NoSloHint),
        Refusal::NoSpans { slo } => (Fault::NoSpansToTake { slo }, Fault::NoSpansToTakeHint),
        Refusal::TooManyFilters { slo } => {
            (Fault::TooManyFilters { slo, most: FILTERS_MAX }, Fault::TooManyFiltersHint)
        }
        Refusal::BackDated => (Fault::BackDated { most: BACK_DATED_MAX.to_string() }, Fault::BackDatedHint),
    };
    Problem::conflict(lang, fact, hint)
}

/// What the reader of files says of a body, without the path that only a file has.
fn refused_object(findings: &[Finding], lang: Lang) -> Problem {
    let error = findings.iter().find(|finding| finding.severity == Severity::Error);
    let Some(error) = error else {
        return Problem::bad(lang, Fault::NotJson { detail: String::new() }, Fault::NotJsonHint);
    };
    let field = error.path.strip_prefix("spec.").or(error.path.strip_prefix("metadata.")).unwrap_or(&error.path);
    Problem::of_object(lang, field, error)
}

fn needed(body: &Map<String, Value>, name: &str, lang: Lang) -> Result<String, Problem> {
    let text = body.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let text = text.filter(|text| text.chars().count() <= TEXT_CHARS_MAX);
    text.map(str::to_owned).ok_or_else(|| needs_text(name, lang))
}

fn needs_text(name: &str, lang: Lang) -> Problem {
    let name = name.to_owned();
    Problem::bad(lang, Fault::NeedsText { name: name.clone() }, Fault::NeedsTextHint { name })
}

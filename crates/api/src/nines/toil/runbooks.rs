//! Runbooks that were approved or run, how far each is automated, and what they cost. Nothing is ever run from here.

use super::shelf::{APPROVED, Shelf, Shelves};
use crate::App;
use crate::nines::events::item;
use crate::nines::problem::{Answer, Fault, Problem};
use crate::nines::request::{Asked, rfc3339};
use crate::nines::write::Write;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nines_base::{Lang, Timestamp};
use nines_ledger::{Event, LedgerError, NewEvent};
use nines_toil::record::TEXT_CHARS_MAX;
use nines_toil::runbook::plan::needs_person;
use nines_toil::runbook::{FILE_BYTES_MAX, Runbook};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Runs of one runbook that are listed.
const RUNS_SHOWN: usize = 100;

/// `POST /runbooks/approvals {"runbook", "path", "sha256", "by", "title"?, "service"?, "text"}`. The same approval twice
/// changes nothing.
pub async fn approve(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let Write { lang, body } = write;
    for name in ["runbook", "path", "sha256", "by", "text"] {
        let text = body.get(name).and_then(Value::as_str).unwrap_or_default();
        let most = if name == "text" { FILE_BYTES_MAX } else { TEXT_CHARS_MAX * 4 };
        if text.trim().is_empty() || text.len() > most {
            let name = name.to_owned();
            return Err(Problem::bad(lang, Fault::NeedsText { name: name.clone() }, Fault::NeedsTextHint { name }));
        }
    }
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let sha256 = text("sha256");
    let name = text("runbook");
    let event = NewEvent {
        at: app.clock.now(),
        kind: APPROVED.to_owned(),
        service: text("service"),
        subject: name.clone(),
        payload: Value::Object(body).to_string(),
    };
    let sha256 = json!(sha256);
    match ask(&app, lang, move |app, shelves| write_new(app, shelves, event, &sha256)).await? {
        Some(event) => Ok((StatusCode::CREATED, Json(item(&event, lang))).into_response()),
        None => Ok((StatusCode::OK, Json(json!({ "runbook": name }))).into_response()),
    }
}

/// Writes an approval, or nothing where it is the one in force.
fn write_new(app: &App, shelves: &Shelves, event: NewEvent, sha256: &Value) -> Result<Option<Event>, LedgerError> {
    let approved = shelves.by_name.get(&event.subject).and_then(Shelf::approved);
    if approved.is_some_and(|approved| approved["sha256"] == *sha256) {
        return Ok(None);
    }
    Ok(app.ledger.append(&[event])?.pop())
}

/// Asks what is known of runbooks, where it may wait.
async fn ask<T: Send + 'static>(
    app: &Arc<App>,
    lang: Lang,
    question: impl FnOnce(&App, &Shelves) -> Result<T, LedgerError> + Send + 'static,
) -> Result<T, Problem> {
    let app = app.clone();
    let answer = tokio::task::spawn_blocking(move || app.toil.with_shelves(&app, |shelves| question(&app, shelves)));
    match answer.await {
        Ok(answer) => answer.map_err(|error| Problem::ledger(lang, &error)),
        Err(error) => Err(Problem::internal(lang, &error.to_string())),
    }
}

/// `GET /runbooks`.
pub async fn list(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    list_answer(&app, asked.lang).await.map(Json)
}

/// All, by name.
pub async fn list_answer(app: &Arc<App>, lang: Lang) -> Result<Value, Problem> {
    let now = app.clock.now();
    let items = move |_: &App, shelves: &Shelves| {
        Ok(shelves.by_name.iter().map(|(name, shelf)| shelf.item(name, now)).collect::<Vec<Value>>())
    };
    Ok(json!({ "items": ask(app, lang, items).await?, "next": null }))
}

/// `GET /runbooks/{name}`.
pub async fn one(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    one_answer(&app, &name, asked.lang).await.map(Json)
}

/// One, with its text, steps, approvals and runs.
pub async fn one_answer(app: &Arc<App>, name: &str, lang: Lang) -> Result<Value, Problem> {
    let (of_shelf, now) = (name.to_owned(), app.clock.now());
    let answer =
        move |_: &App, shelves: &Shelves| Ok(shelves.by_name.get(&of_shelf).map(|shelf| whole(&of_shelf, shelf, now)));
    let missing = || Problem::missing(lang, Fault::NoRunbook { name: name.to_owned() }, Fault::NoRunbookHint);
    ask(app, lang, answer).await?.ok_or_else(missing)
}

fn whole(name: &str, shelf: &Shelf, now: Timestamp) -> Value {
    let mut value = shelf.item(name, now);
    let approval = |approval: &(Timestamp, Value)| json!({ "sha256": approval.1["sha256"], "approvedBy": approval.1["by"], "approvedAt": rfc3339(approval.0) });
    value["text"] = shelf.approved().map_or(Value::Null, |approved| approved["text"].clone());
    value["steps"] = json!(shelf.runbook().map(|runbook| steps(&runbook)).unwrap_or_default());
    value["history"] = shelf.approvals.iter().rev().map(approval).collect();
    value["runItems"] = shelf.runs().rev().take(RUNS_SHOWN).map(run_item).collect();
    value
}

fn steps(runbook: &Runbook) -> Vec<Value> {
    let step = |step: &nines_toil::runbook::Step| json!({ "id": step.id, "kind": step.kind.name(), "line": step.at.line, "needsHuman": needs_person(step) });
    runbook.steps.iter().map(step).collect()
}

/// A run as it is listed.
pub(super) fn run_item(run: &Value) -> Value {
    let fields =
        ["run", "outcome", "actor", "mode", "startedAt", "endedAt", "attendedSeconds", "wallSeconds", "sha256"];
    fields.into_iter().map(|name| (name.to_owned(), run[name].clone())).collect::<Map<String, Value>>().into()
}

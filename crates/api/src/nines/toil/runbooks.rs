//! Runbooks that were approved or run, how far each is automated, and what they cost. Nothing is ever run from here.

use crate::App;
use crate::nines::events::{item, read_all};
use crate::nines::problem::{Answer, Fault, Problem};
use crate::nines::request::{Asked, rfc3339};
use crate::nines::write::Write;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nines_base::{Lang, Timestamp};
use nines_ledger::{Event, EventQuery, NewEvent};
use nines_toil::book::RUN_FINISHED;
use nines_toil::record::TEXT_CHARS_MAX;
use nines_toil::runbook::attended::is_agent;
use nines_toil::runbook::ladder::{PastRun, green_in_a_row, level, manual_fraction};
use nines_toil::runbook::plan::needs_person;
use nines_toil::runbook::{FILE_BYTES_MAX, Runbook, read};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An approval of a file.
const APPROVED: &str = "runbook.approved";
/// Runs of one runbook that are listed.
const RUNS_SHOWN: usize = 100;
/// In what time runs are taken to tell what a year costs.
const YEAR_OF_DAYS: i64 = 91;

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
    let known = known(&app, lang).await?;
    let of_book = known.get(&text("runbook"));
    if of_book.and_then(Shelf::approved).is_some_and(|approved| approved["sha256"] == body["sha256"]) {
        return Ok((StatusCode::OK, Json(json!({ "runbook": text("runbook") }))).into_response());
    }
    let event = NewEvent {
        at: app.clock.now(),
        kind: APPROVED.to_owned(),
        service: text("service"),
        subject: text("runbook"),
        payload: Value::Object(body).to_string(),
    };
    let ledger = app.ledger.clone();
    match tokio::task::spawn_blocking(move || ledger.append(&[event])).await {
        Ok(Ok(events)) => {
            let told = events.first().map_or(Value::Null, |event| item(event, lang));
            Ok((StatusCode::CREATED, Json(told)).into_response())
        }
        Ok(Err(error)) => Err(Problem::ledger(lang, &error)),
        Err(error) => Err(Problem::internal(lang, &error.to_string())),
    }
}

/// `GET /runbooks`.
pub async fn list(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    list_answer(&app, asked.lang).await.map(Json)
}

/// All, by name.
pub async fn list_answer(app: &Arc<App>, lang: Lang) -> Result<Value, Problem> {
    let (known, now) = (known(app, lang).await?, app.clock.now());
    let items: Vec<Value> = known.iter().map(|(name, shelf)| shelf.item(name, now)).collect();
    Ok(json!({ "items": items, "next": null }))
}

/// `GET /runbooks/{name}`.
pub async fn one(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    one_answer(&app, &name, asked.lang).await.map(Json)
}

/// One, with its text, steps, approvals and runs.
pub async fn one_answer(app: &Arc<App>, name: &str, lang: Lang) -> Result<Value, Problem> {
    let known = known(app, lang).await?;
    let missing = || Problem::missing(lang, Fault::NoRunbook { name: name.to_owned() }, Fault::NoRunbookHint);
    let shelf = known.get(name).ok_or_else(missing)?;
    let mut value = shelf.item(name, app.clock.now());
    let approval = |approval: &(Timestamp, Value)| json!({ "sha256": approval.1["sha256"], "approvedBy": approval.1["by"], "approvedAt": rfc3339(approval.0) });
    value["text"] = shelf.approved().map_or(Value::Null, |approved| approved["text"].clone());
    value["steps"] = json!(shelf.runbook().map(|runbook| steps(&runbook)).unwrap_or_default());
    value["history"] = shelf.approvals.iter().rev().map(approval).collect();
    value["runItems"] = shelf.runs().rev().take(RUNS_SHOWN).map(run_item).collect();
    Ok(value)
}

fn steps(runbook: &Runbook) -> Vec<Value> {
    let step = |step: &nines_toil::runbook::Step| json!({ "id": step.id, "kind": step.kind.name(), "line": step.at.line, "needsHuman": needs_person(step) });
    runbook.steps.iter().map(step).collect()
}

fn run_item(run: &Value) -> Value {
    let fields =
        ["run", "outcome", "actor", "mode", "startedAt", "endedAt", "attendedSeconds", "wallSeconds", "sha256"];
    fields.into_iter().map(|name| (name.to_owned(), run[name].clone())).collect::<Map<String, Value>>().into()
}

/// What is known of one runbook, the oldest first.
#[derive(Default)]
struct Shelf {
    approvals: Vec<(Timestamp, Value)>,
    runs: Vec<(Timestamp, Value)>,
}

/// Every runbook that was approved or run.
async fn known(app: &Arc<App>, lang: Lang) -> Result<BTreeMap<String, Shelf>, Problem> {
    let topics = vec![APPROVED.to_owned(), RUN_FINISHED.to_owned()];
    let events = read_all(app, lang, EventQuery { topics, ..EventQuery::default() }).await?;
    let mut shelves: BTreeMap<String, Shelf> = BTreeMap::new();
    for event in &events {
        let Some(json) = payload(event) else { continue };
        let shelf = shelves.entry(json["runbook"].as_str().unwrap_or_default().to_owned()).or_default();
        match event.kind.as_str() {
            APPROVED => shelf.approvals.push((event.at, json)),
            _ => shelf.runs.push((event.at, json)),
        }
    }
    // Not as they came: a run waits in an outbox, and what is left of a person who was erased is written anew.
    for shelf in shelves.values_mut() {
        shelf.approvals.sort_by_key(|(at, _)| *at);
        shelf.runs.sort_by_key(|(at, _)| *at);
    }
    Ok(shelves)
}

fn payload(event: &Event) -> Option<Value> {
    serde_json::from_str(event.payload.as_deref()?).ok()
}

impl Shelf {
    /// What was approved last.
    fn approved(&self) -> Option<&Value> {
        self.approvals.last().map(|(_, approved)| approved)
    }

    fn runs(&self) -> impl DoubleEndedIterator<Item = &Value> {
        self.runs.iter().map(|(_, run)| run)
    }

    /// As approved last; nothing where that cannot be read any more.
    fn runbook(&self) -> Option<Runbook> {
        let approved = self.approved()?;
        let (path, text) = (approved["path"].as_str()?, approved["text"].as_str()?);
        read(path, text.as_bytes()).runbook
    }

    fn item(&self, name: &str, now: Timestamp) -> Value {
        let (runbook, approved) = (self.runbook(), self.approvals.last());
        let past: Vec<PastRun> = self.runs().map(past_run).collect();
        let seconds = |name: &str| self.runs().filter_map(|run| run[name].as_f64()).sum::<f64>();
        let last = self.runs().next_back();
        let told = |name: &str| {
            let of_runbook = approved.map(|(_, approved)| approved[name].clone()).filter(|value| !value.is_null());
            of_runbook.or_else(|| last.map(|run| run[name].clone())).unwrap_or(Value::Null)
        };
        json!({
            "runbook": name, "title": told("title"), "service": told("service"),
            "path": approved.map(|(_, approved)| approved["path"].clone()), "sha256": told("sha256"),
            "approvedBy": approved.map(|(_, approved)| approved["by"].clone()),
            "approvedAt": approved.map(|(at, _)| rfc3339(*at)),
            "level": runbook.map(|runbook| level(&runbook, &past).name()),
            "runs": self.runs.len(), "greenInARow": green_in_a_row(&past),
            "manualFraction": manual_fraction(seconds("manualSeconds"), seconds("attendedSeconds")),
            "medianAttendedSeconds": self.median_attended(), "hoursPerYear": self.hours_a_year(now),
            "lastRun": last.map(run_item),
        })
    }

    fn median_attended(&self) -> Option<f64> {
        let mut attended: Vec<f64> = self.runs().filter_map(|run| run["attendedSeconds"].as_f64()).collect();
        attended.sort_by(f64::total_cmp);
        let middle = attended.len() / 2;
        match attended.len() {
            0 => None,
            n if n.is_multiple_of(2) => Some(f64::midpoint(attended[middle - 1], attended[middle])),
            _ => Some(attended[middle]),
        }
    }

    /// Hands-on hours a year at the pace of the past quarter.
    fn hours_a_year(&self, now: Timestamp) -> f64 {
        let from = rfc3339(now - nines_base::DurationUs::from_secs(YEAR_OF_DAYS * 86_400));
        let lately = self.runs().filter(|run| run["endedAt"].as_str().is_some_and(|ended| ended >= from.as_str()));
        let seconds: f64 = lately.filter_map(|run| run["attendedSeconds"].as_f64()).sum();
        seconds / 3600.0 * 365.25 / YEAR_OF_DAYS as f64
    }
}

fn past_run(run: &Value) -> PastRun {
    PastRun {
        is_auto: run["mode"] == "auto",
        is_finished: run["outcome"] == "finished",
        by_agent: run["actor"].as_str().is_some_and(is_agent),
    }
}

//! Runs of runbooks that ended, as the command that ran them tells. Nothing is ever run from here.

use super::record;
use crate::App;
use crate::nines::events::read;
use crate::nines::problem::{Answer, Fault, Problem};
use crate::nines::request::{Asked, rfc3339};
use crate::nines::write::Write;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nines_base::{DurationUs, Lang, Timestamp};
use nines_ledger::{EventQuery, LedgerError, NewEvent, Order};
use nines_toil::Evidence;
use nines_toil::book::{RUN_FINISHED, RUN_STARTED};
use nines_toil::record::Record;
use nines_toil::record::check;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The source of entries that are runs.
const SOURCE: &str = "run";
/// Steps of a run that is taken, at most.
const STEPS_MAX: usize = 1000;

/// `POST /runs`: a run that ended. One that is known changes nothing.
pub async fn finished(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let Write { lang, body } = write;
    let mut run = Run::read(Value::Object(body), lang)?;
    run.json["deliveredAt"] = json!(rfc3339(app.clock.now()));
    let id = run.record.ext_id.clone();
    let status = match tokio::task::spawn_blocking(move || write_new(&app, &run)).await {
        Ok(Ok(true)) => StatusCode::CREATED,
        Ok(Ok(false)) => StatusCode::OK,
        Ok(Err(error)) => return Err(Problem::ledger(lang, &error)),
        Err(error) => return Err(Problem::internal(lang, &error.to_string())),
    };
    Ok((status, Json(json!({ "run": id }))).into_response())
}

/// Writes a run and its entry at once, or nothing where it is known; says whether it was new.
fn write_new(app: &App, run: &Run) -> Result<bool, LedgerError> {
    app.toil.with(app, |book| {
        let id = run.record.ext_id.as_str();
        if book.runs().knows(id) {
            return Ok(false);
        }
        let mut events = run.events().to_vec();
        // A run that took nobody's time, as one by a machine, is no entry.
        if run.record.attended.is_some_and(|attended| attended.0 > 0) && !book.knows(SOURCE, id) {
            events.extend(record::events(app.clock.now(), std::slice::from_ref(&run.record), &[]));
        }
        app.ledger.append(&events)?;
        Ok(true)
    })
}

/// `GET /runs/{id}`.
pub async fn one(State(app): State<Arc<App>>, Path(id): Path<String>, asked: Asked) -> Answer {
    run_answer(&app, &id, asked.lang).await.map(Json)
}

/// A run, as an answer.
pub async fn run_answer(app: &Arc<App>, id: &str, lang: Lang) -> Result<Value, Problem> {
    let query = EventQuery {
        topics: vec![RUN_FINISHED.to_owned()],
        subject: Some(id.to_owned()),
        // The newest: of one that was erased something else is left.
        order: Order::Newest,
        limit: 1,
        ..EventQuery::default()
    };
    let event = read(app, lang, query).await?.pop();
    let run = event.as_ref().and_then(|event| serde_json::from_str::<Value>(event.payload.as_deref()?).ok());
    run.ok_or_else(|| Problem::missing(lang, Fault::NoRun { id: id.to_owned() }, Fault::NoRunHint))
}

/// A run as it was told, and its entry.
struct Run {
    json: Value,
    record: Record,
    service: String,
    started: Timestamp,
    ended: Timestamp,
}

impl Run {
    fn read(json: Value, lang: Lang) -> Result<Run, Problem> {
        let lacks = |name: &str| {
            let name = name.to_owned();
            Problem::bad(lang, Fault::NeedsText { name: name.clone() }, Fault::NeedsTextHint { name })
        };
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let time = |name: &'static str| check::time(name, &text(name)).map_err(|_| lacks(name));
        let (run, runbook, actor) = (text("run"), text("runbook"), text("actor"));
        for (name, text) in [("run", &run), ("runbook", &runbook), ("actor", &actor)] {
            if text.is_empty() {
                return Err(lacks(name));
            }
        }
        let attended = json["attendedSeconds"].as_f64().ok_or_else(|| lacks("attendedSeconds"))?;
        if json["steps"].as_array().is_none_or(|steps| steps.len() > STEPS_MAX) {
            return Err(lacks("steps"));
        }
        let (started, ended) = (time("startedAt")?, time("endedAt")?);
        let object = |fact: check::RecordFact| {
            use nines_base::lang::Message;
            let fact = Fault::OfObject { said_en: fact.text(Lang::En), said_ko: fact.text(Lang::Ko) };
            Problem::bad(lang, fact, Fault::EntryHint)
        };
        let record = Record {
            source: SOURCE.to_owned(),
            ext_id: run,
            person: actor,
            team: text("team"),
            task: runbook,
            title: text("title"),
            category: check::category(&text("category")).map_err(object)?,
            class: check::class(&text("class")).map_err(object)?,
            start: started,
            is_floating: false,
            end: Some(ended.max(started)),
            attended: Some(DurationUs((attended.max(0.0) * 1e6).round() as i64)),
            evidence: Evidence::Timed,
            interrupt: json["interrupt"].as_bool().unwrap_or_default(),
            link: text("link"),
        };
        check::check(&record).map_err(object)?;
        Ok(Run { record, service: text("service"), started, ended, json })
    }

    /// When it began and when it ended, on the timeline.
    fn events(&self) -> [NewEvent; 2] {
        let event = |kind: &str, at: Timestamp, payload: &Value| NewEvent {
            at,
            kind: kind.to_owned(),
            service: self.service.clone(),
            subject: self.record.ext_id.clone(),
            payload: payload.to_string(),
        };
        let begun = json!({ "run": self.record.ext_id, "runbook": self.record.task, "actor": self.record.person });
        [event(RUN_STARTED, self.started, &begun), event(RUN_FINISHED, self.ended, &self.json)]
    }
}

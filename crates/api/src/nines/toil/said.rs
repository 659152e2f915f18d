//! What people say beside entries: how much time there is, how it feels, what became of a task.

use crate::App;
use crate::nines::events::item;
use crate::nines::problem::{Fault, Problem};
use crate::nines::write::Write;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nines_base::Lang;
use nines_base::lang::Message;
use nines_ledger::NewEvent;
use nines_toil::book::{CAPACITY, CLASSIFIED, PULSE, TASK, TaskStatus, key_of};
use nines_toil::judge::score::{Signs, Verdict};
use nines_toil::record::TEXT_CHARS_MAX;
use nines_toil::record::check::RecordFact;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Hours of a week.
const HOURS_MAX: f64 = 168.0;
/// Hours, or minutes, that somebody may say of an automation.
const FIGURE_MAX: f64 = 1e6;

/// `POST /toil/capacity {"team", "person", "hoursPerWeek", "from"?}`.
pub async fn capacity(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let said = Said(write);
    let (team, person, hours) = (said.text("team")?, said.needed("person")?, said.figure("hoursPerWeek", HOURS_MAX)?);
    let Some(hours) = hours else { return Err(said.lacks("hoursPerWeek")) };
    let mut payload = json!({ "team": team, "person": person, "hoursPerWeek": hours });
    let from = said.text("from")?;
    if !from.is_empty() {
        from.parse::<jiff::Timestamp>()
            .map_err(|_| Problem::bad(said.0.lang, Fault::BadTime { text: from.clone() }, Fault::BadTimeHint))?;
        payload["from"] = json!(from);
    }
    append(app, said.0.lang, CAPACITY, &team, payload).await
}

/// `POST /toil/pulse {"team", "person", "percent", "topTask"?, "blocked"?}`. Who answered is kept as a digest, so that one
/// person has one answer for two weeks.
pub async fn pulse(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let said = Said(write);
    let (team, person, top) = (said.text("team")?, said.needed("person")?, said.text("topTask")?);
    let Some(percent) = said.figure("percent", 100.0)? else { return Err(said.lacks("percent")) };
    let who = format!("{:032x}", key_of("pulse", &person));
    let blocked = said.0.body.get("blocked").and_then(Value::as_bool).unwrap_or_default();
    let payload = json!({ "team": team, "who": who, "percent": percent, "topTask": top, "blocked": blocked });
    append(app, said.0.lang, PULSE, &team, payload).await
}

/// `POST /toil/tasks {"task", "status", "by"?, "reason"?, "buildHours"?, "maintHoursPerYear"?, "minutesAfter"?}`.
pub async fn task(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let said = Said(write);
    let (task, status) = (said.needed("task")?, said.needed("status")?);
    if TaskStatus::parse(&status).is_none() {
        let words = TaskStatus::ALL.map(|(_, name)| name).join(", ");
        let fact = Fault::BadWord { name: "status".into(), text: status };
        return Err(Problem::bad(said.0.lang, fact, Fault::BadWordHint { words }));
    }
    let mut payload = json!({ "task": task, "status": status, "by": said.text("by")?, "reason": said.text("reason")? });
    for name in ["buildHours", "maintHoursPerYear", "minutesAfter"] {
        if let Some(figure) = said.figure(name, FIGURE_MAX)? {
            payload[name] = json!(figure);
        }
    }
    append(app, said.0.lang, TASK, &task, payload).await
}

/// `POST /toil/classify {"task", "signs": […], "by"?}`: what sort of work a task is, by the toil test. What is overhead is kept
/// nowhere.
pub async fn classify(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let said = Said(write);
    let lang = said.0.lang;
    let (task, by) = (said.needed("task")?, said.text("by")?);
    let Some(names) = said.0.body.get("signs").and_then(Value::as_array) else {
        return Err(Problem::bad(lang, Fault::NotAList { name: "signs".into() }, signs_hint()));
    };
    let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap_or_default()).collect();
    let signs = Signs::read(names.iter().copied()).map_err(|unknown| {
        Problem::bad(lang, Fault::BadWord { name: "signs".into(), text: unknown.to_owned() }, signs_hint())
    })?;
    let verdict = signs.verdict();
    if verdict == Verdict::Overhead {
        let fact = RecordFact::Overhead;
        let fact = Fault::OfObject { said_en: fact.text(Lang::En), said_ko: fact.text(Lang::Ko) };
        return Err(Problem::bad(lang, fact, signs_hint()));
    }
    let payload = json!({ "task": task, "signs": names, "by": by, "verdict": verdict.word(), "score": signs.score() });
    append(app, lang, CLASSIFIED, &task, payload).await
}

fn signs_hint() -> Fault {
    Fault::BadWordHint { words: Signs::NAMES.map(|(name, _)| name).join(", ") }
}

/// A body, field by field.
struct Said(Write<Map<String, Value>>);

impl Said {
    fn text(&self, name: &str) -> Result<String, Problem> {
        match self.0.body.get(name) {
            None | Some(Value::Null) => Ok(String::new()),
            Some(Value::String(text)) if text.chars().count() <= TEXT_CHARS_MAX => Ok(text.trim().to_owned()),
            Some(_) => Err(self.lacks(name)),
        }
    }

    fn needed(&self, name: &str) -> Result<String, Problem> {
        self.text(name).and_then(|text| if text.is_empty() { Err(self.lacks(name)) } else { Ok(text) })
    }

    fn figure(&self, name: &str, most: f64) -> Result<Option<f64>, Problem> {
        let Some(value) = self.0.body.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
        let figure = value.as_f64().filter(|figure| (0.0..=most).contains(figure));
        figure.map(Some).ok_or_else(|| {
            let fact = Fault::BadNumber { name: name.to_owned(), text: value.to_string() };
            Problem::bad(self.0.lang, fact, Fault::BadNumberHint { from: 0, to: most as u64 })
        })
    }

    fn lacks(&self, name: &str) -> Problem {
        let name = name.to_owned();
        Problem::bad(self.0.lang, Fault::NeedsText { name: name.clone() }, Fault::NeedsTextHint { name })
    }
}

/// Appends one event and answers with it.
async fn append(app: Arc<App>, lang: Lang, kind: &str, subject: &str, payload: Value) -> Result<Response, Problem> {
    let event = NewEvent {
        at: app.clock.now(),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        payload: payload.to_string(),
        ..NewEvent::default()
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

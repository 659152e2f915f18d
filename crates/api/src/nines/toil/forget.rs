//! What a person may take back: an entry of their own, or themselves. The chain stays whole: payloads are erased and leave a
//! tombstone, and what is left of them is written anew under a pseudonym.

use crate::App;
use crate::nines::problem::{Answer, Fault, Problem};
use crate::nines::write::Write;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::{Lang, Timestamp};
use nines_ledger::{Event, EventQuery, Ledger, LedgerError, NewEvent};
use nines_toil::Evidence;
use nines_toil::book::{Book, Key, RECORDED, REMOVED, key_of, without_person};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Topics whose payloads may name a person of the ledger of toil.
const TOPICS: [&str; 3] = ["toil", "run", "runbook"];
/// Events read at once.
const EVENTS_AT_ONCE: usize = 200;

/// `POST /toil/entries/{key}/remove {"person"}`: takes out an entry of one's own that was timed or declared. What machines and
/// other systems say of a time stays.
pub async fn remove(State(app): State<Arc<App>>, Path(key): Path<String>, write: Write<Map<String, Value>>) -> Answer {
    let Write { lang, body } = write;
    let person = body.get("person").and_then(Value::as_str).unwrap_or_default().to_owned();
    let missing = Fault::NoEntry { id: key.clone() };
    let Ok(key) = Key::from_str_radix(&key, 16) else {
        return Err(Problem::missing(lang, missing, Fault::NoEntryHint));
    };
    let of_task = app.clone();
    let outcome = tokio::task::spawn_blocking(move || take_out(&of_task, key, &person)).await;
    match outcome {
        Ok(Ok(Removal::Done)) => Ok(Json(json!({ "removed": format!("{key:032x}") }))),
        Ok(Ok(Removal::NotThere)) => Err(Problem::missing(lang, missing, Fault::NoEntryHint)),
        Ok(Ok(Removal::NotOwn)) => Err(Problem::forbidden(lang, Fault::NotOwnEntry, Fault::NotOwnEntryHint)),
        Ok(Err(error)) => Err(Problem::ledger(lang, &error)),
        Err(error) => Err(Problem::internal(lang, &error.to_string())),
    }
}

enum Removal {
    Done,
    NotThere,
    NotOwn,
}

fn take_out(app: &App, key: Key, person: &str) -> Result<Removal, LedgerError> {
    let removal = app.toil.with(app, |book| Ok(may_remove(book, key, person)))?;
    if matches!(removal, Removal::Done) {
        let payload = json!({ "key": format!("{key:032x}") }).to_string();
        app.ledger.append(&[NewEvent { at: app.clock.now(), kind: REMOVED.into(), payload, ..NewEvent::default() }])?;
    }
    Ok(removal)
}

fn may_remove(book: &Book, key: Key, person: &str) -> Removal {
    let Some(kept) = book.by_key(key) else { return Removal::NotThere };
    let is_own = !person.is_empty() && book.persons.name(kept.entry.person) == person;
    let may = matches!(kept.entry.evidence, Evidence::Timed | Evidence::Declared);
    if is_own && may { Removal::Done } else { Removal::NotOwn }
}

/// `POST /toil/forget {"person", "reason"}`: what the ledger of toil, runs and approvals knows of a person is erased; times stay,
/// as those of nobody in particular.
pub async fn forget(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Answer {
    let Write { lang, body } = write;
    let person = needed(&body, "person", lang)?;
    let reason = needed(&body, "reason", lang)?;
    let of_task = app.clone();
    let outcome = tokio::task::spawn_blocking(move || {
        let forgotten = forget_person(&*of_task.ledger, &person, &reason, of_task.clock.now());
        of_task.toil.forget();
        forgotten
    });
    match outcome.await {
        Ok(Ok((pseudonym, erased))) => Ok(Json(json!({ "pseudonym": pseudonym, "events": erased }))),
        Ok(Err(error)) => Err(Problem::ledger(lang, &error)),
        Err(error) => Err(Problem::internal(lang, &error.to_string())),
    }
}

fn needed(body: &Map<String, Value>, name: &str, lang: Lang) -> Result<String, Problem> {
    let text = body.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let name = name.to_owned();
    let lacks =
        || Problem::bad(lang, Fault::NeedsText { name: name.clone() }, Fault::NeedsTextHint { name: name.clone() });
    text.map(str::to_owned).ok_or_else(lacks)
}

/// Writes what is left of each payload first and erases it then: a crash between leaves one entry twice, which is known as one,
/// and asking again goes on.
fn forget_person(
    ledger: &dyn Ledger,
    person: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(String, usize), LedgerError> {
    let (upto, mut erased) = (ledger.last_id()?, 0);
    let pseudonym = format!("erased-{upto}");
    let mut query = EventQuery {
        topics: TOPICS.map(str::to_owned).to_vec(),
        before: Some(upto + 1),
        limit: EVENTS_AT_ONCE,
        ..EventQuery::default()
    };
    loop {
        let events = ledger.events(&query)?;
        for event in &events {
            let Some(left) = left_of(event, person, &pseudonym) else { continue };
            let (service, subject) = (event.service.clone(), event.subject.clone());
            ledger.append(&[NewEvent { at: event.at, kind: event.kind.clone(), service, subject, payload: left }])?;
            ledger.erase(event.id, reason, now)?;
            erased += 1;
        }
        match events.last() {
            Some(last) => query.after = last.id,
            None => return Ok((pseudonym, erased)),
        }
    }
}

/// A payload without a person; nothing where it does not name them.
fn left_of(event: &Event, person: &str, pseudonym: &str) -> Option<String> {
    let payload = event.payload.as_deref()?;
    if event.kind == RECORDED {
        return without_person(payload, person, pseudonym);
    }
    let mut json: Value = serde_json::from_str(payload).ok()?;
    let who = format!("{:032x}", key_of("pulse", person));
    (replace(&mut json, &[person, &who], pseudonym) > 0).then(|| json.to_string())
}

/// Replaces texts that are a person's name, or its digest, and counts them.
fn replace(json: &mut Value, names: &[&str], pseudonym: &str) -> usize {
    match json {
        Value::String(text) if names.contains(&text.as_str()) => {
            *text = pseudonym.to_owned();
            1
        }
        Value::Array(list) => list.iter_mut().map(|one| replace(one, names, pseudonym)).sum(),
        Value::Object(object) => object.values_mut().map(|one| replace(one, names, pseudonym)).sum(),
        _ => 0,
    }
}

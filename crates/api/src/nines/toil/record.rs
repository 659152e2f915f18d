//! Entries and pages come in, and one's own are read again.

use crate::App;
use crate::nines::problem::{Answer, Fault, Problem};
use crate::nines::request::Asked;
use crate::nines::write::Write;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nines_base::lang::Message;
use nines_base::{DurationUs, Lang, Timestamp};
use nines_ledger::event::PAYLOAD_BYTES_MAX;
use nines_ledger::{LedgerError, NewEvent};
use nines_toil::book::{Book, PAGED, RECORDED, batch_payload, key_of};
use nines_toil::record::json::{page_json, read_page, read_record, record_json, time_text};
use nines_toil::record::{PageRecord, Record, task_of};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Entries and pages of one request, at most.
const ENTRIES_MAX: usize = 1000;
/// The source of what a sender gives none for.
const SOURCE: &str = "api";

/// What became of entries.
#[derive(Default)]
pub(super) struct Taken {
    pub imported: usize,
    pub duplicate: usize,
}

/// `POST /toil`: one entry, or `{"entries": […], "pages": […]}`. A known one changes nothing; one that cannot be taken is
/// listed with why, and the rest is taken.
pub async fn record(State(app): State<Arc<App>>, write: Write<Map<String, Value>>) -> Result<Response, Problem> {
    let Write { lang, body } = write;
    let (entries, pages) = match (body.get("entries"), body.get("pages")) {
        (None, None) => (vec![completed(body, app.clock.now(), lang)?], Vec::new()),
        (entries, pages) => (list(entries, "entries", lang)?, list(pages, "pages", lang)?),
    };
    if entries.len() + pages.len() > ENTRIES_MAX {
        let fact = Fault::TooManyEntries { given: entries.len() + pages.len() };
        return Err(Problem::bad(lang, fact, Fault::TooManyEntriesHint { most: ENTRIES_MAX }));
    }
    let n_entries = entries.len();
    let mut refused = Vec::new();
    let mut keep = |index: usize, fact: String| refused.push(json!({ "index": index, "fact": fact }));
    let records = taken(&entries, read_record, |index, fact| keep(index, fact.text(lang)));
    let pages = taken(&pages, read_page, |index, fact| keep(n_entries + index, fact.text(lang)));
    let taken = write_all(&app, lang, records, pages).await?;
    let body = json!({ "imported": taken.imported, "duplicate": taken.duplicate, "refused": refused });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

fn list(value: Option<&Value>, name: &str, lang: Lang) -> Result<Vec<Value>, Problem> {
    match value {
        None => Ok(Vec::new()),
        Some(Value::Array(list)) => Ok(list.clone()),
        Some(_) => {
            let fact = Fault::NotAList { name: name.to_owned() };
            Err(Problem::bad(lang, fact, Fault::NotAListHint))
        }
    }
}

fn taken<T, E>(list: &[Value], read: fn(&Value) -> Result<T, E>, mut refuse: impl FnMut(usize, E)) -> Vec<T> {
    let mut taken = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        match read(value) {
            Ok(one) => taken.push(one),
            Err(fact) => refuse(index, fact),
        }
    }
    taken
}

/// One entry as somebody gives it by hand: its task is told from its title, it ended now unless it says when, and what it says
/// tells it from others.
fn completed(mut entry: Map<String, Value>, now: Timestamp, lang: Lang) -> Result<Value, Problem> {
    let is_there = |entry: &Map<String, Value>, name: &str| entry.get(name).is_some_and(|value| !value.is_null());
    for name in ["title", "attendedSeconds"] {
        if !is_there(&entry, name) {
            let name = name.to_owned();
            return Err(Problem::bad(lang, Fault::NeedsText { name: name.clone() }, Fault::NeedsTextHint { name }));
        }
    }
    if !is_there(&entry, "task") {
        let title = entry["title"].as_str().unwrap_or_default();
        entry.insert("task".into(), json!(task_of(title)));
    }
    if !is_there(&entry, "start") {
        let attended = (entry["attendedSeconds"].as_f64().unwrap_or_default() * 1e6) as i64;
        entry.insert("start".into(), json!(time_text(now - DurationUs(attended))));
        entry.insert("floating".into(), json!(true));
    }
    if !is_there(&entry, "source") {
        entry.insert("source".into(), json!(SOURCE));
    }
    if !is_there(&entry, "extId") {
        let id = key_of(SOURCE, &Value::Object(entry.clone()).to_string());
        entry.insert("extId".into(), json!(format!("{id:032x}")));
    }
    let entry = Value::Object(entry);
    match read_record(&entry) {
        Ok(_) => Ok(entry),
        Err(fact) => {
            let fact = Fault::OfObject { said_en: fact.text(Lang::En), said_ko: fact.text(Lang::Ko) };
            Err(Problem::bad(lang, fact, Fault::EntryHint))
        }
    }
}

/// Writes what is new.
pub(super) async fn write_all(
    app: &Arc<App>,
    lang: Lang,
    records: Vec<Record>,
    pages: Vec<PageRecord>,
) -> Result<Taken, Problem> {
    let app = app.clone();
    let written = tokio::task::spawn_blocking(move || write_new(&app, records, pages));
    match written.await {
        Ok(taken) => taken.map_err(|error| Problem::ledger(lang, &error)),
        Err(error) => Err(Problem::internal(lang, &error.to_string())),
    }
}

fn write_new(app: &App, records: Vec<Record>, pages: Vec<PageRecord>) -> Result<Taken, LedgerError> {
    app.toil.with(app, |book| {
        let n_all = records.len() + pages.len();
        let (records, pages) = (new_records(book, records), new_pages(book, pages));
        let taken = Taken { imported: records.len() + pages.len(), duplicate: n_all - records.len() - pages.len() };
        let events = events(app.clock.now(), &records, &pages);
        if !events.is_empty() {
            app.ledger.append(&events)?;
        }
        Ok(taken)
    })
}

fn new_records(book: &Book, mut records: Vec<Record>) -> Vec<Record> {
    let mut seen = HashSet::new();
    records.retain(|record| {
        let is_new = !book.knows(&record.source, &record.ext_id);
        is_new && seen.insert((record.source.clone(), record.ext_id.clone()))
    });
    records
}

fn new_pages(book: &Book, mut pages: Vec<PageRecord>) -> Vec<PageRecord> {
    let mut told = nines_toil::book::Pages::default();
    pages.retain(|page| {
        let is_new = !book.knows_page(page) && !told.knows(page);
        told.take(page.clone());
        is_new
    });
    pages
}

/// Bytes of entries or pages of one event: a payload may be twice as long, and is a little longer once its person is erased.
const EVENT_BYTES_MAX: usize = PAYLOAD_BYTES_MAX / 2;

/// The events of new entries, each of one person, and of new pages.
pub(super) fn events(now: Timestamp, records: &[Record], pages: &[PageRecord]) -> Vec<NewEvent> {
    let mut of_persons: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in records {
        of_persons.entry(&record.person).or_default().push(record);
    }
    let event =
        |kind: &str, payload: String| NewEvent { at: now, kind: kind.to_owned(), payload, ..NewEvent::default() };
    let mut events = Vec::new();
    for (person, records) in of_persons {
        let batches = batches(records, |record| record_json(record).to_string().len());
        events.extend(batches.iter().map(|records| event(RECORDED, batch_payload(person, records))));
    }
    let pages: Vec<Value> = pages.iter().map(page_json).collect();
    let batches = batches(pages, |page| page.to_string().len());
    events.extend(batches.iter().map(|pages| event(PAGED, json!({ "pages": pages }).to_string())));
    events
}

/// Parts of a list of which each has at most [`EVENT_BYTES_MAX`], in its order. One thing alone is always less.
fn batches<T>(all: Vec<T>, n_bytes: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let (mut batches, mut n_taken): (Vec<Vec<T>>, usize) = (Vec::new(), 0);
    for one in all {
        n_taken += n_bytes(&one);
        match batches.last_mut() {
            Some(batch) if n_taken <= EVENT_BYTES_MAX => batch.push(one),
            _ => {
                n_taken = n_bytes(&one);
                batches.push(vec![one]);
            }
        }
    }
    batches
}

/// `GET /toil/entries?me=NAME`: one's own entries, the newest first.
pub async fn entries(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let Some(me) = asked.text("me").map(str::to_owned) else {
        let name = "me".to_owned();
        return Err(Problem::bad(asked.lang, Fault::NeedsText { name }, Fault::OwnHint));
    };
    let limit = asked.number("limit", 50, 1, 1000)? as usize;
    let offset = asked.cursor()?.unwrap_or(0) as usize;
    let of_me = app.clone();
    let listed =
        tokio::task::spawn_blocking(move || of_me.toil.with(&of_me, |book| Ok(own_entries(book, &me, offset, limit))));
    let (items, n_all) = match listed.await {
        Ok(listed) => listed.map_err(|error| Problem::ledger(asked.lang, &error))?,
        Err(error) => return Err(Problem::internal(asked.lang, &error.to_string())),
    };
    let next = (offset + items.len() < n_all).then(|| (offset + items.len()).to_string());
    Ok(Json(json!({ "items": items, "next": next })))
}

fn own_entries(book: &mut Book, me: &str, offset: usize, limit: usize) -> (Vec<Value>, usize) {
    let entries = book.entries();
    let times = nines_toil::count(&entries).of_entries;
    let Some(person) = book.persons.find(me) else { return (Vec::new(), 0) };
    let is_mine = |at: &usize| entries[*at].person == person && !book.kept()[*at].is_removed;
    let mut mine: Vec<usize> = (0..book.kept().len()).filter(is_mine).collect();
    mine.sort_by_key(|at| std::cmp::Reverse(entries[*at].start));
    let item = |at: &usize| {
        let (kept, entry) = (&book.kept()[*at], &entries[*at]);
        let [source, title, link] = book.words(kept);
        json!({
            "id": format!("{:032x}", kept.key), "source": source, "title": title, "link": link,
            "task": book.tasks.name(entry.task), "team": book.teams.name(entry.team), "category": entry.category.name(),
            "class": entry.class.name(), "start": time_text(entry.start), "end": entry.end.map(time_text),
            "attendedSeconds": entry.hands_on().0 as f64 / 1e6, "countedSeconds": times[*at].0 as f64 / 1e6,
            "evidence": entry.evidence.letter(), "interrupt": entry.interrupt,
        })
    };
    (mine.iter().skip(offset).take(limit).map(item).collect(), mine.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_event_cannot_hold_becomes_several_and_one_stays_one() {
        let record = |at: usize, title: &str| {
            let entry = json!({
                "source": "csv", "extId": at.to_string(), "person": "ana", "task": "t", "title": title,
                "start": "2026-11-28T09:30:00Z",
            });
            read_record(&entry).unwrap()
        };
        let few: Vec<Record> = (0..3).map(|at| record(at, "quota")).collect();
        assert_eq!(events(Timestamp(0), &few, &[]).len(), 1);
        let title = "인".repeat(500);
        let many: Vec<Record> = (0..1000).map(|at| record(at, &title)).collect();
        let written = events(Timestamp(0), &many, &[]);
        assert!(written.len() > 1 && written.iter().all(|event| event.payload.len() <= PAYLOAD_BYTES_MAX));
        let mut book = Book::default();
        (1..).zip(&written).for_each(|(id, event)| book.fold(id, &event.kind, event.at, &event.payload));
        assert_eq!(book.kept().len(), 1000);
        assert!(events(Timestamp(0), &[], &[]).is_empty());
    }
}

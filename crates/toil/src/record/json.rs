//! Records as JSON: the same over HTTP and in the ledger's payloads. What is empty is left out.

use super::check::{self, RecordFact};
use super::{PageRecord, Record, TEXT_CHARS_MAX};
use nines_base::{DurationUs, Timestamp};
use serde_json::{Map, Value, json};

/// A record as JSON.
#[must_use]
pub fn record_json(record: &Record) -> Value {
    let mut json = Map::new();
    let texts = [
        ("source", &record.source),
        ("extId", &record.ext_id),
        ("person", &record.person),
        ("team", &record.team),
        ("task", &record.task),
        ("title", &record.title),
        ("link", &record.link),
    ];
    for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        json.insert(name.into(), json!(text));
    }
    json.insert("category".into(), json!(record.category.name()));
    json.insert("evidence".into(), json!(record.evidence.letter()));
    json.insert("start".into(), json!(time_text(record.start)));
    if let Some(class) = record.class {
        json.insert("class".into(), json!(class.name()));
    }
    if let Some(end) = record.end {
        json.insert("end".into(), json!(time_text(end)));
    }
    if let Some(attended) = record.attended {
        json.insert("attendedSeconds".into(), json!(attended.0 as f64 / 1e6));
    }
    if record.is_floating {
        json.insert("floating".into(), json!(true));
    }
    if record.interrupt {
        json.insert("interrupt".into(), json!(true));
    }
    Value::Object(json)
}

/// Reads a record.
///
/// # Errors
/// The first field that cannot be taken.
pub fn read_record(json: &Value) -> Result<Record, RecordFact> {
    const FIELDS: [&str; 15] = [
        "source",
        "extId",
        "person",
        "team",
        "task",
        "title",
        "link",
        "category",
        "evidence",
        "start",
        "class",
        "end",
        "attendedSeconds",
        "interrupt",
        "floating",
    ];
    let Some(object) = json.as_object() else { return Err(RecordFact::NotAnObject) };
    if let Some(name) = object.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(RecordFact::UnknownField { name: name.clone() });
    }
    let record = Record {
        source: text(json, "source")?,
        ext_id: text(json, "extId")?,
        person: text(json, "person")?,
        team: text(json, "team")?,
        task: text(json, "task")?,
        title: text(json, "title")?,
        link: text(json, "link")?,
        category: check::category(&text(json, "category")?)?,
        class: check::class(&text(json, "class")?)?,
        start: time(json, "start")?.ok_or(RecordFact::Needed { name: "start" })?,
        end: time(json, "end")?,
        attended: seconds(json, "attendedSeconds")?,
        evidence: check::evidence(&text(json, "evidence")?)?,
        is_floating: truth(json, "floating")?,
        interrupt: truth(json, "interrupt")?,
    };
    check::check(&record)?;
    Ok(record)
}

/// A page as JSON.
#[must_use]
pub fn page_json(page: &PageRecord) -> Value {
    let mut json = json!({
        "source": page.source, "fingerprint": page.fingerprint, "name": page.name, "team": page.team,
        "service": page.service, "fired": time_text(page.fired),
    });
    if let Some(resolved) = page.resolved {
        json["resolved"] = json!(time_text(resolved));
    }
    if let Some((at, by)) = &page.acknowledged {
        json["acknowledged"] = json!({ "at": time_text(*at), "by": by });
    }
    json
}

/// Reads a page.
///
/// # Errors
/// The first field that cannot be taken.
pub fn read_page(json: &Value) -> Result<PageRecord, RecordFact> {
    let acknowledged = &json["acknowledged"];
    let page = PageRecord {
        source: text(json, "source")?,
        fingerprint: text(json, "fingerprint")?,
        name: text(json, "name")?,
        team: text(json, "team")?,
        service: text(json, "service")?,
        fired: time(json, "fired")?.ok_or(RecordFact::Needed { name: "fired" })?,
        resolved: time(json, "resolved")?,
        acknowledged: match time(acknowledged, "at")? {
            Some(at) => Some((at, text(acknowledged, "by")?)),
            None => None,
        },
    };
    let needed = [("source", &page.source), ("fingerprint", &page.fingerprint), ("name", &page.name)];
    if let Some((name, _)) = needed.iter().find(|(_, text)| text.is_empty()) {
        return Err(RecordFact::Needed { name });
    }
    let by = page.acknowledged.as_ref().map_or("", |(_, by)| by);
    let others = [("team", page.team.as_str()), ("service", &page.service), ("by", by)];
    for (name, text) in needed.into_iter().map(|(name, text)| (name, text.as_str())).chain(others) {
        check::fits(name, text, TEXT_CHARS_MAX)?;
    }
    Ok(page)
}

fn text(json: &Value, name: &'static str) -> Result<String, RecordFact> {
    match &json[name] {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        _ => Err(RecordFact::NotText { name }),
    }
}

fn truth(json: &Value, name: &'static str) -> Result<bool, RecordFact> {
    match json[name] {
        Value::Null => Ok(false),
        Value::Bool(truth) => Ok(truth),
        _ => Err(RecordFact::NotTruth { name }),
    }
}

fn seconds(json: &Value, name: &'static str) -> Result<Option<DurationUs>, RecordFact> {
    match &json[name] {
        Value::Null => Ok(None),
        Value::Number(number) => check::seconds(name, number.as_f64().unwrap_or(f64::NAN)).map(Some),
        _ => Err(RecordFact::NotSeconds { name }),
    }
}

fn time(json: &Value, name: &'static str) -> Result<Option<Timestamp>, RecordFact> {
    match text(json, name)? {
        text if text.is_empty() => Ok(None),
        text => check::time(name, &text).map(Some),
    }
}

/// A time as RFC 3339 in UTC.
#[must_use]
pub fn time_text(time: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(time.0).map(|time| time.to_string()).unwrap_or_default()
}

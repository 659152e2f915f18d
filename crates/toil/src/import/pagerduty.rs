//! PagerDuty: incidents of REST (`GET /incidents`), their log entries (`GET /log_entries`), which alone remember who
//! acknowledged once an incident is resolved, and the raw incidents of its analytics.

use super::documents::{self, Document};
use super::github::text;
use super::{Defaults, ImportFact, Imported, has_text, shortened, with_text};
use crate::record::check::{self, RecordFact};
use crate::record::{PageRecord, TEXT_CHARS_MAX};
use nines_base::{DurationUs, Timestamp};
use serde_json::Value;
use std::collections::HashMap;

/// The source of its pages.
pub const SOURCE: &str = "pagerduty";

/// Reads pages.
#[must_use]
pub fn read(bytes: &[u8], defaults: &Defaults) -> Imported {
    let mut imported = Imported::default();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut entries = Vec::new();
    for document in documents::read(bytes, &["incidents", "log_entries", "data"], &mut imported) {
        let Document { line, json } = &document;
        let line = *line;
        let kind = text(json, &["type"]);
        if kind.ends_with("_log_entry") || kind.ends_with("_log_entry_reference") {
            entries.push(document);
        } else {
            match incident(json, defaults) {
                Err(fact) => imported.refuse(line, fact),
                Ok(page) => keep(page, &mut known, &mut imported),
            }
        }
        if imported.gives_up(line) {
            break;
        }
    }
    for Document { line, json } in entries {
        match known.get(text(&json["incident"], &["id"])).map(|at| &mut imported.pages[*at]) {
            None => imported.refuse(line, ImportFact::NoIncident { id: text(&json["incident"], &["id"]).to_owned() }),
            Some(page) => {
                if let Err(fact) = log_entry(&json, page) {
                    imported.refuse(line, fact.into());
                }
            }
        }
    }
    imported.in_order()
}

/// Keeps an incident; of one that comes again, in another export, what is said only there.
fn keep(page: PageRecord, known: &mut HashMap<String, usize>, imported: &mut Imported) {
    match known.get(&page.fingerprint).and_then(|at| imported.pages.get_mut(*at)) {
        Some(before) => {
            before.resolved = page.resolved.or(before.resolved);
            before.acknowledged = before.acknowledged.take().or(page.acknowledged);
        }
        None => {
            known.insert(page.fingerprint.clone(), imported.pages.len());
            imported.pages.push(page);
        }
    }
}

fn incident(json: &Value, defaults: &Defaults) -> Result<PageRecord, ImportFact> {
    let (id, fired) = (text(json, &["id"]), time(json, "created_at")?);
    let Some(fired) = fired.filter(|_| !id.is_empty()) else {
        return Err(ImportFact::NotThis { expected: "PagerDuty: id, created_at" });
    };
    let is_resolved = json["status"].is_null() || json["status"] == "resolved";
    let resolved = match time(json, "resolved_at")? {
        None if is_resolved && !json["status"].is_null() => time(json, "last_status_change_at")?,
        resolved => resolved.filter(|_| is_resolved),
    };
    let team = match text(json, &["team_name"]) {
        "" => text(&json["teams"][0], &["summary", "name"]),
        team => team,
    };
    let team = if team.is_empty() { defaults.team.as_str() } else { team };
    let service = match text(json, &["service_name"]) {
        "" => text(&json["service"], &["summary", "name"]),
        service => service,
    };
    let name = signature(text(json, &["title", "description", "summary"]));
    let short = |text: &str| shortened(text, TEXT_CHARS_MAX);
    with_text(PageRecord {
        source: SOURCE.to_owned(),
        fingerprint: short(id),
        name: if name.is_empty() { short(if service.is_empty() { id } else { service }) } else { name },
        team: short(team),
        service: short(service),
        fired,
        resolved: resolved.filter(|resolved| *resolved >= fired),
        acknowledged: acknowledged(json, fired)?,
    })
}

/// The first acknowledgement: as a list while it is open, as seconds in analytics.
fn acknowledged(json: &Value, fired: Timestamp) -> Result<Option<(Timestamp, String)>, ImportFact> {
    if let Some(seconds) = json["seconds_to_first_ack"].as_f64() {
        let names = ["acknowledged_user_names", "engaged_user_names", "assigned_user_names"];
        let name = names.iter().find_map(|name| json[*name][0].as_str()).unwrap_or_default();
        let waited: DurationUs = check::seconds("seconds_to_first_ack", seconds)?;
        return Ok(Some((fired + waited, shortened(name, TEXT_CHARS_MAX))));
    }
    let mut first: Option<(Timestamp, String)> = None;
    for acknowledgement in json["acknowledgements"].as_array().into_iter().flatten() {
        let Some(at) = time(acknowledgement, "at")? else { continue };
        if first.as_ref().is_none_or(|(before, _)| at < *before) {
            let by = text(&acknowledgement["acknowledger"], &["summary", "name"]);
            first = Some((at, shortened(by, TEXT_CHARS_MAX)));
        }
    }
    Ok(first)
}

fn log_entry(json: &Value, page: &mut PageRecord) -> Result<(), RecordFact> {
    let Some(at) = time(json, "created_at")?.filter(|at| has_text(*at)) else {
        return Err(RecordFact::Needed { name: "created_at" });
    };
    let kind = text(json, &["type"]);
    if kind.starts_with("acknowledge_") {
        if page.acknowledged.as_ref().is_none_or(|(before, _)| at < *before) {
            page.acknowledged = Some((at, shortened(text(&json["agent"], &["summary", "name"]), TEXT_CHARS_MAX)));
        }
    } else if kind.starts_with("resolve_") {
        page.resolved = Some(at).filter(|at| *at >= page.fired);
    }
    Ok(())
}

/// Analytics write times of UTC without saying so.
fn time(json: &Value, name: &'static str) -> Result<Option<Timestamp>, RecordFact> {
    let text = json[name].as_str().unwrap_or_default();
    if text.is_empty() {
        return Ok(None);
    }
    check::time(name, text).or_else(|fact| check::time(name, &format!("{text}Z")).map_err(|_| fact)).map(Some)
}

/// A title without what differs from one occurrence to the next: numbers of their own and of names in parts (`host-17`), and ids,
/// are `{}`. `5xx` and `p99` are words.
fn signature(title: &str) -> String {
    let word = |word: &str| {
        let n_digits = word.bytes().filter(u8::is_ascii_digit).count();
        let is_id =
            word.len() >= 8 && n_digits >= 2 && word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        let has_parts = !word.bytes().any(|byte| byte.is_ascii_alphabetic())
            || word.bytes().any(|byte| matches!(byte, b'-' | b'_' | b'.' | b':' | b'/' | b'#'));
        match (is_id, has_parts) {
            (true, _) => "{}".to_owned(),
            (false, true) => without_numbers(word),
            (false, false) => word.to_owned(),
        }
    };
    let words: Vec<String> = title.split_whitespace().map(word).collect();
    shortened(&words.join(" "), TEXT_CHARS_MAX)
}

fn without_numbers(word: &str) -> String {
    let mut text = String::new();
    let mut is_number = false;
    for c in word.chars() {
        if !c.is_ascii_digit() {
            text.push(c);
        } else if !is_number {
            text.push_str("{}");
        }
        is_number = c.is_ascii_digit();
    }
    text
}

#[cfg(test)]
mod tests;

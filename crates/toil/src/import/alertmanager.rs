//! Alertmanager: what its webhooks sent (version 4; one a line, an array or one), and what `amtool alert query -o json` or
//! `GET /api/v2/alerts` lists. Alertmanager keeps no history and knows no acknowledgement: pages say when they fired and, once
//! that is told, when they were over.

use super::documents::{self, Document};
use super::{Defaults, ImportFact, Imported, LeftOut, shortened, with_text};
use crate::record::check::{self, RecordFact};
use crate::record::{PageRecord, TEXT_CHARS_MAX};
use nines_base::Timestamp;
use serde_json::Value;
use std::collections::HashMap;

/// The source of its pages.
pub const SOURCE: &str = "alertmanager";

/// Labels that say whose an alert is, the first that is there.
const OF_TEAM: [&str; 2] = ["team", "owner"];
/// Labels that say what it is about.
const OF_SERVICE: [&str; 2] = ["service", "job"];

/// Reads pages. Several reports of one page become one.
#[must_use]
pub fn read(bytes: &[u8], defaults: &Defaults) -> Imported {
    let mut imported = Imported::default();
    let mut known = HashMap::new();
    for document in documents::read(bytes, &[], &mut imported) {
        read_document(&document, defaults, &mut known, &mut imported);
        if imported.gives_up(document.line) {
            break;
        }
    }
    imported.in_order()
}

/// Reads one body of a webhook.
#[must_use]
pub fn read_webhook(json: &Value, defaults: &Defaults) -> Imported {
    let mut imported = Imported::default();
    read_document(&Document { line: 1, json: json.clone() }, defaults, &mut HashMap::new(), &mut imported);
    imported
}

/// Where a page is among those taken: by fingerprint and beginning.
type Known = HashMap<(String, Timestamp), usize>;

fn read_document(document: &Document, defaults: &Defaults, known: &mut Known, imported: &mut Imported) {
    let Document { line, json } = document;
    let (alerts, receiver) = match &json["alerts"] {
        Value::Array(alerts) => (alerts.as_slice(), json["receiver"].as_str()),
        _ if json["labels"].is_object() => (std::slice::from_ref(json), json["receivers"][0]["name"].as_str()),
        _ => return imported.refuse(*line, ImportFact::NotThis { expected: "Alertmanager: alerts, labels" }),
    };
    for alert in alerts {
        if is_own(alert) {
            imported.leave_out(LeftOut::Own);
        } else if alert["status"]["state"] == "suppressed" {
            imported.leave_out(LeftOut::Silenced);
        } else {
            match page(alert, receiver.unwrap_or_default(), defaults) {
                Ok(page) => keep(page, known, imported),
                Err(fact) => imported.refuse(*line, fact),
            }
        }
    }
}

/// Keeps a page, or what a later report says of one that is known.
fn keep(page: PageRecord, known: &mut Known, imported: &mut Imported) {
    let key = (page.fingerprint.clone(), page.fired);
    match known.get(&key).and_then(|at| imported.pages.get_mut(*at)) {
        Some(before) => before.resolved = page.resolved.or(before.resolved),
        None => {
            known.insert(key, imported.pages.len());
            imported.pages.push(page);
        }
    }
}

/// Whether nines sent it: by the labels it gives its alerts, and by the episode it names.
fn is_own(alert: &Value) -> bool {
    let labels = &alert["labels"];
    let has = |names: [&str; 2]| names.iter().all(|name| labels[*name].is_string());
    let is_named = match labels["alertname"].as_str() {
        Some("SloBurnRate" | "SloUnmeasured") => has(["slo", "objective"]),
        Some("SloPolicyState") => has(["policy", "state"]),
        _ => false,
    };
    is_named && alert["annotations"]["episode"].is_string()
}

fn page(alert: &Value, receiver: &str, defaults: &Defaults) -> Result<PageRecord, ImportFact> {
    let labels = &alert["labels"];
    let label = |names: &[&str]| names.iter().find_map(|name| labels[*name].as_str().filter(|text| !text.is_empty()));
    let name = label(&["alertname"]).ok_or(ImportFact::Lacking { name: "alertname" })?;
    let fired = time(alert, "startsAt")?.ok_or(ImportFact::Lacking { name: "startsAt" })?;
    // While it fires, `endsAt` is no end but until when it holds unless it is repeated.
    let resolved = if alert["status"] == "resolved" { time(alert, "endsAt")? } else { None };
    let fingerprint = match alert["fingerprint"].as_str() {
        Some(fingerprint) if !fingerprint.is_empty() => fingerprint.to_owned(),
        _ => fingerprint_of(labels),
    };
    let of_team = [label(&OF_TEAM), Some(defaults.team.as_str()).filter(|team| !team.is_empty())];
    let team = of_team.into_iter().flatten().next().unwrap_or(receiver);
    let short = |text: &str| shortened(text, TEXT_CHARS_MAX);
    with_text(PageRecord {
        source: SOURCE.to_owned(),
        fingerprint: short(&fingerprint),
        name: short(name),
        team: short(team),
        service: short(label(&OF_SERVICE).unwrap_or_default()),
        fired,
        resolved: resolved.filter(|resolved| *resolved >= fired),
        acknowledged: None,
    })
}

/// Go's zero time says that there is none.
fn time(alert: &Value, name: &'static str) -> Result<Option<Timestamp>, RecordFact> {
    match alert[name].as_str() {
        None | Some("") => Ok(None),
        Some(text) if text.starts_with("0001-01-01") => Ok(None),
        // Webhooks write nanoseconds where the API cuts off below milliseconds: it is the same page.
        Some(text) => check::time(name, text).map(|time| Some(Timestamp(time.0 - time.0.rem_euclid(1000)))),
    }
}

/// What tells an alert of an Alertmanager that sends no fingerprint: its labels.
fn fingerprint_of(labels: &Value) -> String {
    let mut pairs: Vec<_> =
        labels.as_object().into_iter().flatten().map(|(name, value)| (name, value.to_string())).collect();
    pairs.sort();
    let mut hasher = blake3::Hasher::new();
    for (name, value) in pairs {
        hasher.update(name.as_bytes()).update(b"\0").update(value.as_bytes()).update(b"\0");
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests;

//! Entries as the ledger keeps them: `toil.recorded` has those of one person, so that what is personal can be erased without
//! touching anybody else's.

use crate::entry::{Category, Class, Evidence};
use crate::record::Record;
use crate::record::json::{record_json, time_text};
use nines_base::{DurationUs, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;

/// What tells an entry from every other: a digest of source and id, which outlives both when a person is erased.
pub type Key = u128;

/// The key of an entry.
#[must_use]
pub fn key_of(source: &str, ext_id: &str) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.as_bytes()).update(&[0]).update(ext_id.as_bytes());
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    Key::from_be_bytes(bytes)
}

/// A batch as it stands in a payload.
#[derive(Deserialize)]
pub(super) struct Batch<'a> {
    #[serde(borrow, default)]
    pub person: Cow<'a, str>,
    #[serde(borrow)]
    pub entries: Vec<Row<'a>>,
}

/// An entry as it stands in a payload.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row<'a> {
    #[serde(borrow, default)]
    pub source: Cow<'a, str>,
    #[serde(borrow, default)]
    pub ext_id: Cow<'a, str>,
    /// In place of source and id, once its person is erased.
    #[serde(borrow, default)]
    pub key: Cow<'a, str>,
    #[serde(borrow, default)]
    pub team: Cow<'a, str>,
    #[serde(borrow, default)]
    pub task: Cow<'a, str>,
    #[serde(borrow, default)]
    pub title: Cow<'a, str>,
    #[serde(borrow, default)]
    pub link: Cow<'a, str>,
    #[serde(borrow, default)]
    category: Cow<'a, str>,
    #[serde(borrow, default)]
    class: Cow<'a, str>,
    #[serde(borrow, default)]
    evidence: Cow<'a, str>,
    #[serde(borrow, default)]
    start: Cow<'a, str>,
    #[serde(borrow, default)]
    end: Cow<'a, str>,
    attended_seconds: Option<f64>,
    #[serde(default)]
    pub interrupt: bool,
    #[serde(default)]
    pub floating: bool,
}

impl Row<'_> {
    pub fn key(&self) -> Key {
        match Key::from_str_radix(&self.key, 16) {
            Ok(key) if !self.key.is_empty() => key,
            _ => key_of(&self.source, &self.ext_id),
        }
    }

    pub fn category(&self) -> Category {
        Category::parse(&self.category).unwrap_or_default()
    }

    pub fn class(&self) -> Option<Class> {
        Class::parse(&self.class)
    }

    pub fn evidence(&self) -> Evidence {
        Evidence::parse(&self.evidence).unwrap_or(Evidence::Declared)
    }

    pub fn start(&self) -> Timestamp {
        read_time(&self.start).unwrap_or_default()
    }

    pub fn end(&self) -> Option<Timestamp> {
        read_time(&self.end)
    }

    pub fn attended(&self) -> Option<DurationUs> {
        self.attended_seconds.map(|seconds| DurationUs((seconds * 1e6).round() as i64))
    }
}

fn read_time(text: &str) -> Option<Timestamp> {
    text.parse::<jiff::Timestamp>().ok().map(|time| Timestamp(time.as_microsecond()))
}

/// The payload of a batch of one person's records.
#[must_use]
pub fn batch_payload(person: &str, records: &[&Record]) -> String {
    let entry = |record: &&Record| {
        let mut entry = record_json(record);
        if let Some(object) = entry.as_object_mut() {
            object.remove("person");
        }
        entry
    };
    json!({ "person": person, "entries": records.iter().map(entry).collect::<Vec<Value>>() }).to_string()
}

/// A payload without what is personal: its person is a pseudonym, ids are digests, and words that somebody wrote are gone.
/// Nothing where the batch is of somebody else, or cannot be read.
#[must_use]
pub fn without_person(payload: &str, person: &str, pseudonym: &str) -> Option<String> {
    let batch: Batch<'_> = serde_json::from_str(payload).ok().filter(|batch: &Batch<'_>| batch.person == person)?;
    let entry = |row: &Row<'_>| {
        let mut entry = json!({
            "key": format!("{:032x}", row.key()), "team": row.team, "task": row.task, "category": row.category().name(),
            "evidence": row.evidence().letter(), "start": time_text(row.start()),
        });
        if let Some(class) = row.class() {
            entry["class"] = json!(class.name());
        }
        if let Some(end) = row.end() {
            entry["end"] = json!(time_text(end));
        }
        if let Some(seconds) = row.attended_seconds {
            entry["attendedSeconds"] = json!(seconds);
        }
        for (name, is_so) in [("interrupt", row.interrupt), ("floating", row.floating)] {
            if is_so {
                entry[name] = json!(true);
            }
        }
        entry
    };
    Some(json!({ "person": pseudonym, "entries": batch.entries.iter().map(entry).collect::<Vec<Value>>() }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::json::read_record;

    #[test]
    fn an_erased_batch_keeps_its_keys_and_times_and_no_word() {
        let record = json!({
            "source": "jira", "extId": "OPS-7", "person": "ben", "team": "pay", "task": "quota", "title": "for Ana's shop",
            "start": "2026-11-02T09:00:00Z", "end": "2026-11-02T10:00:00Z", "attendedSeconds": 1200, "evidence": "C", "link": "ticket:OPS-7",
        });
        let record = read_record(&record).unwrap();
        let payload = batch_payload("ben", &[&record]);
        assert_eq!(without_person(&payload, "ana", "x"), None);
        let erased = without_person(&payload, "ben", "erased-1").unwrap();
        for word in ["ben", "Ana", "OPS-7", "jira"] {
            assert!(!erased.contains(word), "{word} in {erased}");
        }
        let (before, after): (Batch<'_>, Batch<'_>) =
            (serde_json::from_str(&payload).unwrap(), serde_json::from_str(&erased).unwrap());
        let (before, after) = (&before.entries[0], &after.entries[0]);
        assert_eq!(before.key(), after.key());
        assert_eq!((before.start(), before.end(), before.attended()), (after.start(), after.end(), after.attended()));
        assert_eq!((before.evidence(), before.category()), (after.evidence(), after.category()));
    }
}

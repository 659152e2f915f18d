//! GitHub: issues (`gh issue list --json number,title,labels,assignees,closedAt,url`, or REST), and runs of Actions (REST's
//! `workflow_runs`, or `gh run list --json databaseId,attempt,event,workflowName,startedAt,url`).
//!
//! Of issues, those count that labels call operations and that are closed; from creation to closing is no effort. Of runs, each
//! further attempt and each start by hand cost somebody a few minutes. GitHub's times are UTC: whether it was night where
//! somebody sat is not known.

use super::documents::{self, Document};
use super::effort::{self, Untimed};
use super::labels;
use super::{Defaults, ImportFact, Imported, LeftOut, shortened, title};
use crate::entry::{Category, Evidence};
use crate::record::check::{self, RecordFact};
use crate::record::{Record, TEXT_CHARS_MAX};
use nines_base::{DurationUs, Timestamp};
use serde_json::Value;

/// The source of its entries.
pub const SOURCE: &str = "github";

/// What a further attempt of a run costs, and what a start by hand does.
const RUN: DurationUs = DurationUs::from_secs(10 * 60);
/// Attempts that GitHub lets a run have, with a margin.
const ATTEMPTS_MAX: u64 = 100;

/// Reads issues and runs.
#[must_use]
pub fn read(bytes: &[u8], defaults: &Defaults) -> Imported {
    let mut imported = Imported::default();
    let mut untimed = Vec::new();
    for document in documents::read(bytes, &["workflow_runs", "items"], &mut imported) {
        let Document { line, json } = &document;
        if json["run_attempt"].is_u64() || json["attempt"].is_u64() {
            read_run(*line, json, defaults, &mut imported);
        } else if json["number"].is_u64() && json["labels"].is_array() {
            read_issue(*line, json, defaults, &mut untimed, &mut imported);
        } else {
            imported.refuse(*line, ImportFact::NotThis { expected: "GitHub: labels, attempt" });
        }
        if imported.gives_up(*line) {
            break;
        }
    }
    effort::resolve(untimed, defaults, &mut imported);
    imported.in_order()
}

fn read_issue(line: usize, json: &Value, defaults: &Defaults, untimed: &mut Vec<Untimed>, imported: &mut Imported) {
    let labels = names(&json["labels"]);
    let sorted = match labels::sort(&labels) {
        Err(fact) => return imported.refuse(line, fact),
        Ok(sorted) => sorted.filter(|_| json["pull_request"].is_null()),
    };
    let Some(sorted) = sorted else { return imported.leave_out(LeftOut::NotOperations) };
    let closed = match time(json, &["closed_at", "closedAt"]) {
        Err(fact) => return imported.refuse(line, fact.into()),
        Ok(None) => return imported.leave_out(LeftOut::Open),
        Ok(Some(closed)) => closed,
    };
    let url = text(json, &["html_url", "url"]);
    let record = Record {
        source: SOURCE.to_owned(),
        ext_id: shortened(&format!("issue:{}#{}", repository(json), json["number"]), TEXT_CHARS_MAX),
        person: shortened(person(&[&json["assignees"][0], &json["assignee"]]), TEXT_CHARS_MAX),
        team: defaults.team.clone(),
        task: sorted.task,
        title: title(text(json, &["title"])),
        category: sorted.category,
        class: sorted.class,
        start: closed,
        end: None,
        attended: None,
        is_floating: false,
        evidence: Evidence::Declared,
        interrupt: sorted.category == Category::Interrupt,
        link: if url.chars().count() <= TEXT_CHARS_MAX { url.to_owned() } else { String::new() },
    };
    match labels::effort(&labels) {
        None => untimed.push(Untimed { line, record }),
        Some((effort, evidence)) => {
            let start = closed - effort;
            imported.take(line, Ok(Record { start, end: Some(closed), attended: Some(effort), evidence, ..record }));
        }
    }
}

fn read_run(line: usize, json: &Value, defaults: &Defaults, imported: &mut Imported) {
    match run_records(json, defaults) {
        Err(fact) => imported.refuse(line, fact),
        Ok(records) => {
            for record in records {
                if record.person.ends_with("[bot]") {
                    imported.leave_out(LeftOut::Bot);
                } else {
                    imported.take(line, Ok(record));
                }
            }
        }
    }
}

/// An entry for each attempt that a person made: the first if it was started by hand, and every further one.
fn run_records(json: &Value, defaults: &Defaults) -> Result<Vec<Record>, ImportFact> {
    let attempts = json["run_attempt"].as_u64().or(json["attempt"].as_u64()).unwrap_or(0);
    if !(1..=ATTEMPTS_MAX).contains(&attempts) {
        return Err(ImportFact::NotNumber { name: "run_attempt", text: attempts.to_string() });
    }
    let Some(id) = json["id"].as_u64().or(json["databaseId"].as_u64()) else {
        return Err(ImportFact::Lacking { name: "id" });
    };
    let created = time(json, &["created_at", "createdAt"])?;
    let last =
        time(json, &["run_started_at", "startedAt"])?.or(created).ok_or(RecordFact::Needed { name: "startedAt" })?;
    let by_hand = text(json, &["event"]) == "workflow_dispatch";
    let workflow = text(json, &["name", "workflowName"]);
    let record = |attempt: u64| {
        let (what, actor, at) = match attempt {
            1 => ("dispatch", person(&[&json["actor"]]), created.unwrap_or(last)),
            // When attempts before the last were made is not said: just before it, one after the other.
            _ => {
                let later = i64::try_from(attempts - attempt).unwrap_or(0);
                ("rerun", person(&[&json["triggering_actor"], &json["actor"]]), last - DurationUs(RUN.0 * later))
            }
        };
        Record {
            source: SOURCE.to_owned(),
            ext_id: format!("run:{id}/{attempt}"),
            person: shortened(actor, TEXT_CHARS_MAX),
            team: defaults.team.clone(),
            task: shortened(&format!("{what}:{}", labels::slug(workflow)), TEXT_CHARS_MAX),
            title: title(text(json, &["display_title", "displayTitle", "name", "workflowName"])),
            category: Category::Release,
            class: None,
            start: at - RUN,
            end: Some(at),
            attended: Some(RUN),
            is_floating: false,
            evidence: Evidence::Derived,
            interrupt: false,
            link: String::new(),
        }
    };
    let first = if by_hand { 1 } else { 2 };
    Ok((first..=attempts).map(record).collect())
}

/// `OWNER/NAME` of an issue, from its addresses.
fn repository(json: &Value) -> String {
    let url = text(json, &["repository_url", "html_url", "url"]);
    let path = url.split("/repos/").last().unwrap_or(url);
    let path = path.split("github.com/").last().unwrap_or(path);
    path.split('/').take(2).collect::<Vec<_>>().join("/")
}

fn person<'j>(of: &[&'j Value]) -> &'j str {
    of.iter().find_map(|user| user["login"].as_str()).unwrap_or_default()
}

fn names(labels: &Value) -> Vec<String> {
    let name = |label: &Value| label.as_str().or(label["name"].as_str()).map(str::to_owned);
    labels.as_array().into_iter().flatten().filter_map(name).collect()
}

/// The first of several members that is a text.
pub(super) fn text<'j>(json: &'j Value, names: &[&str]) -> &'j str {
    names.iter().find_map(|name| json[*name].as_str()).unwrap_or_default()
}

fn time(json: &Value, names: &[&'static str]) -> Result<Option<Timestamp>, RecordFact> {
    let given = names.iter().find_map(|name| Some((*name, json[*name].as_str().filter(|text| !text.is_empty())?)));
    match given {
        None => Ok(None),
        // `gh` writes Go's zero time.
        Some((_, text)) if text.starts_with("0001-01-01") => Ok(None),
        Some((name, text)) => check::time(name, text).map(Some),
    }
}

#[cfg(test)]
mod tests;

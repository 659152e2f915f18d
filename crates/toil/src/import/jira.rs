//! Jira: what a REST search lists, with the worklogs of issues, and its export as CSV.
//!
//! A worklog is an entry (evidence C). An issue without one counts only if it is operations and closed, and then takes what its
//! task takes as a rule: from creation to resolution is no effort.

mod table;

use super::documents::{self, Document};
use super::effort::{self, Untimed};
use super::labels::{self, Sorted};
use super::{Defaults, ImportFact, Imported, LeftOut, shortened, title};
use crate::entry::{Category, Class, Evidence};
use crate::record::check;
use crate::record::{Record, TEXT_CHARS_MAX};
use jiff::tz::TimeZone;
use nines_base::{DurationUs, Timestamp};
use serde_json::Value;

/// The source of its entries.
pub const SOURCE: &str = "jira";

/// Types of issues that are work which lasts.
const ENGINEERING: [&str; 6] = ["story", "epic", "feature", "new-feature", "improvement", "spike"];

/// Reads issues, in JSON or CSV. Times of CSV are in `zone`, since Jira writes those of whoever exports.
///
/// # Errors
/// What is wrong with a CSV file as a whole.
pub fn read(bytes: &[u8], zone: Option<&TimeZone>, defaults: &Defaults) -> Result<Imported, ImportFact> {
    let mut imported = Imported::default();
    let mut untimed = Vec::new();
    if is_json(bytes) {
        for Document { line, json } in documents::read(bytes, &["issues"], &mut imported) {
            match of_rest(&json) {
                Ok(issue) => issue.take(line, defaults, &mut untimed, &mut imported),
                Err(fact) => imported.refuse(line, fact),
            }
            if imported.gives_up(line) {
                break;
            }
        }
    } else {
        table::read(bytes, zone, defaults, &mut untimed, &mut imported)?;
    }
    effort::resolve(untimed, defaults, &mut imported);
    Ok(imported.in_order())
}

fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// An issue, however it was exported.
struct Issue {
    key: String,
    summary: String,
    kind: String,
    labels: Vec<String>,
    assignee: String,
    resolved: Option<Timestamp>,
    worklogs: Vec<Result<Worklog, ImportFact>>,
    /// All that was ever logged, where worklogs themselves are not exported.
    spent: Option<DurationUs>,
    /// Worklogs that it has and the export lacks.
    n_lacking: u64,
}

struct Worklog {
    id: String,
    author: String,
    started: Timestamp,
    spent: DurationUs,
}

impl Issue {
    fn take(self, line: usize, defaults: &Defaults, untimed: &mut Vec<Untimed>, imported: &mut Imported) {
        let mut words = self.labels.clone();
        words.push(self.kind.clone());
        let sorted = match labels::sort(&words) {
            Ok(sorted) => sorted,
            Err(fact) => return imported.refuse(line, fact),
        };
        let is_operations = sorted.is_some();
        let record = self.record(sorted, defaults);
        if self.n_lacking > 0 {
            imported.refuse(line, ImportFact::WorklogsLacking { n_lacking: self.n_lacking, key: self.key.clone() });
        }
        if !self.worklogs.is_empty() {
            for worklog in self.worklogs {
                imported.take(line, worklog.map(|worklog| worklog.of(&self.key, &record)));
            }
        } else if let (Some(spent), Some(resolved)) = (self.spent, self.resolved) {
            let start = resolved - spent;
            let evidence = Evidence::Imported;
            imported.take(line, Ok(Record { start, end: Some(resolved), attended: Some(spent), evidence, ..record }));
        } else if !is_operations {
            imported.leave_out(LeftOut::NotOperations);
        } else if self.resolved.is_none() {
            imported.leave_out(LeftOut::Open);
        } else {
            untimed.push(Untimed { line, record });
        }
    }

    /// The issue as an entry that ends when it was resolved.
    fn record(&self, sorted: Option<Sorted>, defaults: &Defaults) -> Record {
        let kind = labels::slug(&self.kind);
        let sorted = sorted.unwrap_or_else(|| Sorted {
            class: ENGINEERING.contains(&kind.as_str()).then_some(Class::Engineering),
            task: shortened(&format!("jira:{kind}"), TEXT_CHARS_MAX),
            category: Category::Other,
        });
        Record {
            source: SOURCE.to_owned(),
            ext_id: self.key.clone(),
            person: shortened(&self.assignee, TEXT_CHARS_MAX),
            team: defaults.team.clone(),
            task: sorted.task,
            title: title(&format!("{} {}", self.key, self.summary)),
            category: sorted.category,
            class: sorted.class,
            start: self.resolved.unwrap_or_default(),
            end: None,
            attended: None,
            is_floating: false,
            evidence: Evidence::Declared,
            interrupt: sorted.category == Category::Interrupt,
            link: String::new(),
        }
    }
}

impl Worklog {
    fn of(self, key: &str, issue: &Record) -> Record {
        let person =
            if self.author.is_empty() { issue.person.clone() } else { shortened(&self.author, TEXT_CHARS_MAX) };
        Record {
            ext_id: shortened(&format!("{key}/{}", self.id), TEXT_CHARS_MAX),
            person,
            start: self.started,
            end: None,
            attended: Some(self.spent),
            is_floating: false,
            evidence: Evidence::Imported,
            ..issue.clone()
        }
    }
}

fn of_rest(json: &Value) -> Result<Issue, ImportFact> {
    let fields = &json["fields"];
    let (Some(key), true) = (json["key"].as_str(), fields.is_object()) else {
        return Err(ImportFact::NotThis { expected: "Jira: key, fields" });
    };
    let texts = |list: &Value| -> Vec<String> {
        let text = |item: &Value| item.as_str().or(item["name"].as_str()).map(str::to_owned);
        list.as_array().into_iter().flatten().filter_map(text).collect()
    };
    let worklog = &fields["worklog"];
    let worklogs: Vec<_> = worklog["worklogs"].as_array().into_iter().flatten().map(worklog_of_rest).collect();
    let n_total = worklog["total"].as_u64().unwrap_or(0);
    Ok(Issue {
        key: shortened(key, TEXT_CHARS_MAX / 2),
        summary: fields["summary"].as_str().unwrap_or_default().to_owned(),
        kind: fields["issuetype"]["name"].as_str().unwrap_or_default().to_owned(),
        labels: [texts(&fields["labels"]), texts(&fields["components"])].concat(),
        assignee: name_of(&fields["assignee"]).to_owned(),
        resolved: match fields["resolutiondate"].as_str() {
            Some(text) => Some(check::time("resolutiondate", text)?),
            None => None,
        },
        n_lacking: n_total.saturating_sub(worklogs.len() as u64),
        worklogs,
        spent: fields["timespent"].as_f64().map(|seconds| check::seconds("timespent", seconds)).transpose()?,
    })
}

fn worklog_of_rest(json: &Value) -> Result<Worklog, ImportFact> {
    let id = match &json["id"] {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return Err(ImportFact::Lacking { name: "id" }),
    };
    let started = json["started"].as_str().ok_or(ImportFact::Lacking { name: "started" })?;
    let spent = json["timeSpentSeconds"].as_f64().ok_or(ImportFact::Lacking { name: "timeSpentSeconds" })?;
    Ok(Worklog {
        id,
        author: name_of(&json["author"]).to_owned(),
        started: check::time("started", started)?,
        spent: check::seconds("timeSpentSeconds", spent)?,
    })
}

/// Servers have login names, the cloud only names to show.
fn name_of(user: &Value) -> &str {
    ["name", "displayName", "emailAddress"].iter().find_map(|name| user[*name].as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests;

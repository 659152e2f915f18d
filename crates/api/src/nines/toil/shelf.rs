//! What is known of runbooks: approvals and runs, without what steps printed. A fold of the ledger that is kept, since a page
//! asks for it again and again.

use super::runbooks::run_item;
use crate::nines::request::rfc3339;
use nines_base::Timestamp;
use nines_ledger::Event;
use nines_toil::book::RUN_FINISHED;
use nines_toil::judge::median::median;
use nines_toil::runbook::attended::is_agent;
use nines_toil::runbook::ladder::{PastRun, green_in_a_row, level, manual_fraction};
use nines_toil::runbook::{Runbook, read};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// An approval of a file.
pub(super) const APPROVED: &str = "runbook.approved";
/// In what time runs are taken to tell what a year costs.
const YEAR_OF_DAYS: i64 = 91;
/// What is kept of a run.
const RUN_FIELDS: [&str; 12] = [
    "run",
    "outcome",
    "actor",
    "mode",
    "startedAt",
    "endedAt",
    "attendedSeconds",
    "manualSeconds",
    "wallSeconds",
    "sha256",
    "title",
    "service",
];

/// Every runbook that was approved or run, by name.
#[derive(Default)]
pub(super) struct Shelves {
    pub by_name: BTreeMap<String, Shelf>,
}

/// What is known of one runbook, the oldest first.
#[derive(Default)]
pub(super) struct Shelf {
    pub approvals: Vec<(Timestamp, Value)>,
    runs: Vec<(Timestamp, Value)>,
}

impl Shelves {
    /// Takes an approval or a run; anything else, and what was erased, is no matter of runbooks.
    pub fn fold(&mut self, event: &Event) {
        if event.kind != APPROVED && event.kind != RUN_FINISHED {
            return;
        }
        let json = event.payload.as_deref().and_then(|payload| serde_json::from_str::<Value>(payload).ok());
        let Some(mut json) = json else { return };
        let name = json["runbook"].as_str().unwrap_or_default().to_owned();
        let shelf = self.by_name.entry(name).or_default();
        if event.kind == APPROVED {
            return put(&mut shelf.approvals, event.at, json);
        }
        let kept = RUN_FIELDS.map(|name| (name.to_owned(), json[name].take()));
        put(&mut shelf.runs, event.at, Map::from_iter(kept).into());
    }
}

/// By when it was, not by when it was written: a run waits in an outbox, and what is left of a person who was erased is written
/// anew.
fn put(list: &mut Vec<(Timestamp, Value)>, at: Timestamp, value: Value) {
    let place = list.partition_point(|(before, _)| *before <= at);
    list.insert(place, (at, value));
}

impl Shelf {
    /// What was approved last.
    pub fn approved(&self) -> Option<&Value> {
        self.approvals.last().map(|(_, approved)| approved)
    }

    /// Runs.
    pub fn runs(&self) -> impl DoubleEndedIterator<Item = &Value> {
        self.runs.iter().map(|(_, run)| run)
    }

    /// As approved last; nothing where that cannot be read any more.
    pub fn runbook(&self) -> Option<Runbook> {
        let approved = self.approved()?;
        let (path, text) = (approved["path"].as_str()?, approved["text"].as_str()?);
        read(path, text.as_bytes()).runbook
    }

    /// As it is listed.
    pub fn item(&self, name: &str, now: Timestamp) -> Value {
        let (runbook, approved) = (self.runbook(), self.approvals.last());
        let past: Vec<PastRun> = self.runs().map(past_run).collect();
        let seconds = |name: &str| self.runs().filter_map(|run| run[name].as_f64()).sum::<f64>();
        let last = self.runs().next_back();
        let told = |name: &str| {
            let of_runbook = approved.map(|(_, approved)| approved[name].clone()).filter(|value| !value.is_null());
            of_runbook.or_else(|| last.map(|run| run[name].clone())).unwrap_or(Value::Null)
        };
        json!({
            "runbook": name, "title": told("title"), "service": told("service"),
            "path": approved.map(|(_, approved)| approved["path"].clone()), "sha256": told("sha256"),
            "approvedBy": approved.map(|(_, approved)| approved["by"].clone()),
            "approvedAt": approved.map(|(at, _)| rfc3339(*at)),
            "level": runbook.map(|runbook| level(&runbook, &past).name()),
            "runs": self.runs.len(), "greenInARow": green_in_a_row(&past),
            "manualFraction": manual_fraction(seconds("manualSeconds"), seconds("attendedSeconds")),
            "medianAttendedSeconds": self.median_attended(), "hoursPerYear": self.hours_a_year(now),
            "lastRun": last.map(run_item),
        })
    }

    fn median_attended(&self) -> Option<f64> {
        let mut attended: Vec<f64> = self.runs().filter_map(|run| run["attendedSeconds"].as_f64()).collect();
        median(&mut attended)
    }

    /// Hands-on hours a year at the pace of the past quarter.
    fn hours_a_year(&self, now: Timestamp) -> f64 {
        let from = rfc3339(now - nines_base::DurationUs::from_secs(YEAR_OF_DAYS * 86_400));
        let lately = self.runs().filter(|run| run["endedAt"].as_str().is_some_and(|ended| ended >= from.as_str()));
        let seconds: f64 = lately.filter_map(|run| run["attendedSeconds"].as_f64()).sum();
        seconds / 3600.0 * 365.25 / YEAR_OF_DAYS as f64
    }
}

fn past_run(run: &Value) -> PastRun {
    PastRun {
        is_auto: run["mode"] == "auto",
        is_finished: run["outcome"] == "finished",
        by_agent: run["actor"].as_str().is_some_and(is_agent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: u64, at: i64, kind: &str, payload: &Value) -> Event {
        Event {
            id,
            writer: String::new(),
            seq: id,
            at: Timestamp(at),
            kind: kind.to_owned(),
            service: String::new(),
            subject: String::new(),
            payload: Some(payload.to_string()),
            prev: Default::default(),
            payload_digest: Default::default(),
            digest: Default::default(),
        }
    }

    #[test]
    fn what_comes_late_stands_where_it_was_and_what_steps_printed_is_not_kept() {
        let run = |run: &str| json!({ "runbook": "restart", "run": run, "steps": [{ "output": "long" }] });
        let approval = |sha: &str| json!({ "runbook": "restart", "sha256": sha });
        let mut shelves = Shelves::default();
        shelves.fold(&event(1, 20, RUN_FINISHED, &run("second")));
        shelves.fold(&event(2, 10, RUN_FINISHED, &run("first")));
        shelves.fold(&event(3, 20, APPROVED, &approval("bb")));
        shelves.fold(&event(4, 10, APPROVED, &approval("aa")));
        shelves.fold(&event(5, 30, "run.started", &run("third")));
        let shelf = &shelves.by_name["restart"];
        let runs: Vec<_> = shelf.runs().map(|run| (run["run"].clone(), run["steps"].clone())).collect();
        assert_eq!(runs, [(json!("first"), Value::Null), (json!("second"), Value::Null)]);
        assert_eq!(shelf.approved().unwrap()["sha256"], "bb");
    }
}

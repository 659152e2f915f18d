//! Runs of runbooks, as far as reports need them.

use nines_base::{DurationUs, Timestamp};
use serde_json::Value;
use std::collections::HashSet;

/// A run that began.
pub const STARTED: &str = "run.started";
/// A run that ended.
pub const FINISHED: &str = "run.finished";

/// A run of a runbook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// Its id.
    pub run: String,
    /// Its runbook, which is the key of its task.
    pub runbook: String,
    /// The service it is about; empty where the runbook names none.
    pub service: String,
    /// When it ended.
    pub ended: Timestamp,
    /// Whether every step was done.
    pub is_finished: bool,
    /// Whether no human was needed.
    pub is_auto: bool,
    /// Hands-on time.
    pub attended: DurationUs,
    /// Hands-on time of steps that a person does.
    pub manual: DurationUs,
}

/// Runs in the ledger's order.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    list: Vec<Run>,
    ids: HashSet<String>,
}

impl Runs {
    pub(super) fn take(&mut self, run: Run) {
        if self.ids.insert(run.run.clone()) {
            self.list.push(run);
        }
    }

    /// All.
    #[must_use]
    pub fn list(&self) -> &[Run] {
        &self.list
    }

    /// Whether a run is known.
    #[must_use]
    pub fn knows(&self, run: &str) -> bool {
        self.ids.contains(run)
    }

    /// Of one runbook.
    pub fn of<'a>(&'a self, runbook: &'a str) -> impl DoubleEndedIterator<Item = &'a Run> {
        self.list.iter().filter(move |run| run.runbook == runbook)
    }
}

pub(super) fn read(at: Timestamp, payload: &str) -> Option<Run> {
    let json: Value = serde_json::from_str(payload).ok()?;
    let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
    let seconds = |name: &str| DurationUs((json[name].as_f64().unwrap_or_default() * 1e6).round() as i64);
    Some(Run {
        run: json["run"].as_str()?.to_owned(),
        runbook: json["runbook"].as_str()?.to_owned(),
        service: text("service"),
        ended: at,
        is_finished: json["outcome"] == "finished",
        is_auto: json["mode"] == "auto",
        attended: seconds("attendedSeconds"),
        manual: seconds("manualSeconds"),
    })
}

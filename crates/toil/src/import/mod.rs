//! Importing: what other tools know, as records. Each importer reads one export as it is, keeps ids by which the same thing is
//! known again, and lists what it refuses with its place.
//!
//! No importer takes elapsed time for effort: from creation to resolution of a ticket somebody may have slept.

pub mod alertmanager;
pub mod columns;
pub mod csv;
mod documents;
pub mod effort;
mod fact;
pub mod git;
pub mod github;
pub mod jira;
mod labels;
pub mod pagerduty;

pub use fact::{ImportFact, LeftOut};

use crate::record::{PageRecord, Record, TITLE_CHARS_MAX};
use nines_base::{DurationUs, Timestamp};
use std::collections::BTreeMap;

/// Largest file that is read: five years of forty people are some 40 MB.
pub const FILE_BYTES_MAX: u64 = 256 << 20;

/// Refusals after which a file is taken for something else than what it was said to be.
pub const REFUSED_MAX: usize = 10_000;

/// What was read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Imported {
    /// Entries.
    pub records: Vec<Record>,
    /// Pages.
    pub pages: Vec<PageRecord>,
    /// What was not taken, by place.
    pub refused: Vec<Refused>,
    /// What was not meant to be taken, and how often.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// A row that was not taken.
#[derive(Clone, PartialEq, Debug)]
pub struct Refused {
    /// Its line, from 1.
    pub line: usize,
    /// Why not.
    pub fact: ImportFact,
}

/// What whoever imports adds where an export does not say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Defaults {
    /// The team.
    pub team: String,
    /// Hands-on time of what has none: an estimate, so that its evidence is that it was declared.
    pub minutes: Option<DurationUs>,
}

impl Imported {
    /// Keeps an entry, or why it is none.
    fn take(&mut self, line: usize, record: Result<Record, ImportFact>) {
        let record = record.and_then(|record| {
            crate::record::check::check(&record)?;
            let times = [Some(record.start), record.end];
            if times.into_iter().flatten().all(has_text) { Ok(record) } else { Err(ImportFact::OutOfTime) }
        });
        match record {
            Ok(record) => self.records.push(record),
            Err(fact) => self.refuse(line, fact),
        }
    }

    fn refuse(&mut self, line: usize, fact: ImportFact) {
        self.refused.push(Refused { line, fact });
    }

    /// Whether so much was refused that the rest is not read; says so once.
    fn gives_up(&mut self, line: usize) -> bool {
        let gives_up = self.refused.len() >= REFUSED_MAX;
        if gives_up {
            self.refuse(line, ImportFact::TooManyRefused { refused_max: REFUSED_MAX });
        }
        gives_up
    }

    /// With what was refused in the order of the file.
    fn in_order(mut self) -> Imported {
        self.refused.sort_by_key(|refused| refused.line);
        self
    }

    fn leave_out(&mut self, why: LeftOut) {
        *self.left_out.entry(why).or_default() += 1;
    }
}

/// Whether a time can be written: one that was reckoned from the first or the last that can be may be beyond it.
fn has_text(time: Timestamp) -> bool {
    jiff::Timestamp::from_microsecond(time.0).is_ok()
}

/// A page whose times can all be written.
fn with_text(page: PageRecord) -> Result<PageRecord, ImportFact> {
    let acknowledged = page.acknowledged.as_ref().map(|(at, _)| *at);
    let times = [Some(page.fired), page.resolved, acknowledged];
    if times.into_iter().flatten().all(has_text) { Ok(page) } else { Err(ImportFact::OutOfTime) }
}

/// A text without line breaks that fits a title.
fn title(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    shortened(&one_line, TITLE_CHARS_MAX)
}

/// The beginning of a text, with an ellipsis where something is missing.
fn shortened(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(chars_max - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests;

//! Effort of what has none of its own: what the same task takes as a rule, or an estimate. Both are declared, not known.

use super::{Defaults, ImportFact, Imported};
use crate::entry::Evidence;
use crate::record::Record;
use nines_base::DurationUs;
use std::collections::HashMap;

/// A record of which nobody says how long it took.
pub(super) struct Untimed {
    /// Its line.
    pub line: usize,
    /// The record, its beginning when the work was over.
    pub record: Record,
}

/// Gives untimed records the median hands-on time of their task among those that were imported with one, else the estimate of
/// whoever imports; what then still has none is refused. The work ends where the record begins.
pub(super) fn resolve(untimed: Vec<Untimed>, defaults: &Defaults, imported: &mut Imported) {
    let mut by_task: HashMap<&str, Vec<DurationUs>> = HashMap::new();
    for record in &imported.records {
        let passed = record.end.map(|end| end - record.start);
        if let Some(hands_on) = record.attended.or(passed) {
            by_task.entry(&record.task).or_default().push(hands_on);
        }
    }
    let medians: HashMap<String, DurationUs> =
        by_task.into_iter().filter_map(|(task, times)| Some((task.to_owned(), median(times)?))).collect();
    for Untimed { line, mut record } in untimed {
        let effort = medians.get(&record.task).copied().or(defaults.minutes);
        imported.take(
            line,
            effort.ok_or(ImportFact::NoEffort).map(|effort| {
                record.end = Some(record.start);
                record.start = record.start - effort;
                record.attended = Some(effort);
                record.evidence = Evidence::Declared;
                record
            }),
        );
    }
}

/// The middle of times, to the microsecond below.
pub(crate) fn median(times: Vec<DurationUs>) -> Option<DurationUs> {
    let mut values: Vec<f64> = times.into_iter().map(|time| time.0 as f64).collect();
    crate::judge::median::median(&mut values).map(|middle| DurationUs(middle as i64))
}

#[cfg(test)]
mod tests;

//! The sums of one slice, within limits of number.

use crate::aggregate::{Histogram, Sums};
use nines_span::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// Operations of a service that are told apart in a slice; the rest is [`OTHER`]. Names with ids in them must not make
/// a slice of megabytes.
pub const OPERATIONS_MAX: usize = 2000;

/// Entries of a slice: operations by kind and verdict. At some 60 bytes each, packed, 4 MB; a service that does not fit
/// any more is counted under [`OTHER`].
pub const ENTRIES_MAX: usize = 1 << 16;

/// Name of the operation and of the service that what is beyond a limit is counted under.
pub const OTHER: &str = "__other__";

/// Spans that are counted together.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct EntryKey {
    /// The reporting service; empty where none was sent.
    pub service: String,
    /// The operation; empty where none was sent.
    pub op: String,
    /// Their role.
    pub kind: Kind,
    /// Whether they failed.
    pub is_error: bool,
}

/// How many, and how long.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SpanSums {
    /// Spans without a duration.
    pub n_untimed: u64,
    /// Durations of the others.
    pub durations: Histogram,
}

impl SpanSums {
    /// Spans.
    pub fn n_spans(&self) -> u64 {
        self.n_untimed + self.durations.count()
    }

    /// Adds others.
    pub fn add(&mut self, other: &SpanSums) {
        self.n_untimed += other.n_untimed;
        self.durations.join(&other.durations);
    }

    /// What is left without `part`.
    pub fn without(&self, part: &SpanSums) -> SpanSums {
        let n_untimed = self.n_untimed.saturating_sub(part.n_untimed);
        SpanSums { n_untimed, durations: self.durations.without(&part.durations) }
    }
}

impl From<&Sums> for SpanSums {
    fn from(sums: &Sums) -> SpanSums {
        SpanSums { n_untimed: sums.spans - sums.timed, durations: sums.histogram.clone() }
    }
}

/// What is known of the spans that started in a slice.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SliceSums {
    /// By what they have in common.
    pub entries: BTreeMap<EntryKey, SpanSums>,
    /// From how many slices of the next finer tier it was joined; 0 where it was summed from spans.
    pub n_parts: u16,
    /// Something kept the store from answering whole.
    pub has_gaps: bool,
}

impl SliceSums {
    /// Spans.
    pub fn n_spans(&self) -> u64 {
        self.entries.values().map(SpanSums::n_spans).sum()
    }

    /// Adds spans to an entry.
    pub fn add(&mut self, key: EntryKey, sums: &SpanSums) {
        if sums.n_spans() > 0 {
            self.entries.entry(key).or_default().add(sums);
        }
    }

    /// The sum of slices of the next finer tier, within the limits (HIST-3).
    pub fn join<'s>(parts: impl IntoIterator<Item = &'s SliceSums>) -> SliceSums {
        let mut joined = SliceSums::default();
        for part in parts {
            joined.take_part(part);
        }
        joined.keep_to_limits();
        joined
    }

    /// Adds a slice of the next finer tier; [`SliceSums::keep_to_limits`] belongs after the last one.
    pub fn take_part(&mut self, part: &SliceSums) {
        part.entries.iter().for_each(|(key, sums)| self.add(key.clone(), sums));
        self.n_parts += 1;
        self.has_gaps |= part.has_gaps;
    }

    /// Counts what is beyond the limits under [`OTHER`]: of a service all but its largest operations, and whole services,
    /// the smallest first, while there are too many entries.
    pub fn keep_to_limits(&mut self) {
        let mut spans_by_op: BTreeMap<&str, BTreeMap<&str, u64>> = BTreeMap::new();
        for (key, sums) in &self.entries {
            *spans_by_op.entry(&key.service).or_default().entry(&key.op).or_default() += sums.n_spans();
        }
        let mut dropped: BTreeSet<EntryKey> = BTreeSet::new();
        for (service, ops) in &spans_by_op {
            for op in beyond(ops, OPERATIONS_MAX) {
                dropped.insert(EntryKey { service: (*service).into(), op: op.into(), ..EntryKey::default() });
            }
        }
        self.rename(|key| {
            let named = EntryKey { kind: Kind::Unspecified, is_error: false, ..key.clone() };
            dropped.contains(&named).then(|| EntryKey { op: OTHER.into(), ..key.clone() })
        });
        self.drop_services();
    }

    fn drop_services(&mut self) {
        let mut by_service: BTreeMap<&str, (u64, usize)> = BTreeMap::new();
        for (key, sums) in &self.entries {
            let (n_spans, n_entries) = by_service.entry(&key.service).or_default();
            *n_spans += sums.n_spans();
            *n_entries += 1;
        }
        let mut smallest_first: Vec<(&str, (u64, usize))> = by_service.into_iter().collect();
        smallest_first.sort_by_key(|(service, (n_spans, _))| (*n_spans, *service));
        let mut n_left = self.entries.len();
        let mut dropped = BTreeSet::new();
        for (service, (_, n_entries)) in smallest_first {
            // What they are counted under needs room itself.
            if n_left + OTHER_ENTRIES <= ENTRIES_MAX {
                break;
            }
            n_left -= n_entries;
            dropped.insert(service.to_owned());
        }
        self.rename(|key| {
            let of_other = || EntryKey { service: OTHER.into(), op: OTHER.into(), ..key.clone() };
            dropped.contains(&key.service).then(of_other)
        });
    }

    /// Counts entries under another key where there is one.
    fn rename(&mut self, other: impl Fn(&EntryKey) -> Option<EntryKey>) {
        let moved: Vec<(EntryKey, EntryKey)> =
            self.entries.keys().filter_map(|key| Some((key.clone(), other(key)?))).collect();
        for (from, to) in moved {
            if let Some(sums) = self.entries.remove(&from) {
                self.add(to, &sums);
            }
        }
    }
}

/// Entries of the service that stands for all beyond the limits: one for each kind and verdict.
const OTHER_ENTRIES: usize = 12;

/// The names beyond the `n_max` with the most spans.
fn beyond<'n>(spans_by_name: &BTreeMap<&'n str, u64>, n_max: usize) -> Vec<&'n str> {
    // The others are no name, and stay the others.
    let mut named: Vec<(&'n str, u64)> =
        spans_by_name.iter().map(|(name, n_spans)| (*name, *n_spans)).filter(|(name, _)| *name != OTHER).collect();
    named.sort_by_key(|(name, n_spans)| (std::cmp::Reverse(*n_spans), *name));
    named.split_off(n_max.min(named.len())).into_iter().map(|(name, _)| name).collect()
}

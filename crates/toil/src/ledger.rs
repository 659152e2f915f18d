//! Counting: of each person the union of what their entries say, so that a page, the runbook that answers it and the
//! ticket about it are one evening and not three.
//!
//! An entry takes the hands-on time from its beginning on. Classes of evidence are counted one after the other, the best
//! first, each taking only what is left; within a class, what began earlier comes first (TOI-1).

use crate::entry::{Entry, Evidence};
use nines_base::{DurationUs, Timestamp};

/// What is counted of entries, in their order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    /// Of each entry, as a whole.
    pub of_entries: Vec<DurationUs>,
}

/// A stretch of time: from, until.
type Stretch = (i64, i64);

/// Counts entries. Takes time proportional to n log n.
#[must_use]
pub fn count(entries: &[Entry]) -> Counted {
    let mut order: Vec<usize> = (0..entries.len()).filter(|at| !entries[*at].is_absorbed).collect();
    order.sort_by_key(|at| {
        let entry = &entries[*at];
        (entry.person, entry.evidence, entry.start, *at)
    });
    let mut of_entries = vec![DurationUs(0); entries.len()];
    for of_person in order.chunk_by(|a, b| entries[*a].person == entries[*b].person) {
        let mut taken: Vec<Stretch> = Vec::new();
        for of_class in of_person.chunk_by(|a, b| entries[*a].evidence == entries[*b].evidence) {
            taken = count_class(entries, of_class, &taken, &mut of_entries);
        }
    }
    Counted { of_entries }
}

/// Counts entries of one class in the order they began, beside what is taken, and gives what is taken then.
fn count_class(entries: &[Entry], of_class: &[usize], taken: &[Stretch], counted: &mut [DurationUs]) -> Vec<Stretch> {
    let mut union = Vec::with_capacity(taken.len() + of_class.len());
    let mut until = i64::MIN;
    let mut next = 0;
    for at in of_class {
        let Timestamp(start) = entries[*at].start;
        let end = start.saturating_add(entries[*at].hands_on().0);
        let from = start.max(until);
        if from >= end {
            continue;
        }
        until = end;
        while taken.get(next).is_some_and(|(_, ends)| *ends <= from) {
            next += 1;
        }
        let beside: i64 = taken[next..]
            .iter()
            .take_while(|(begins, _)| *begins < end)
            .map(|(begins, ends)| ends.min(&end) - begins.max(&from))
            .sum();
        counted[*at] = DurationUs(end - from - beside);
        union.push((from, end));
    }
    merged(taken, &union)
}

/// Two lists of stretches in order as one, what touches joined.
fn merged(one: &[Stretch], other: &[Stretch]) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = one.iter().chain(other).copied().collect();
    all.sort_unstable();
    let mut merged: Vec<Stretch> = Vec::with_capacity(all.len());
    for (from, until) in all {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => merged.push((from, until)),
        }
    }
    merged
}

/// Sums by class of evidence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ByEvidence {
    sums: [DurationUs; 4],
}

impl ByEvidence {
    /// Adds time of a class.
    pub fn add(&mut self, evidence: Evidence, time: DurationUs) {
        let sum = &mut self.sums[evidence as usize];
        *sum = DurationUs(sum.0 + time.0);
    }

    /// Of one class.
    #[must_use]
    pub fn of(&self, evidence: Evidence) -> DurationUs {
        self.sums[evidence as usize]
    }

    /// Timed and derived.
    #[must_use]
    pub fn hard(&self) -> DurationUs {
        DurationUs(self.of(Evidence::Timed).0 + self.of(Evidence::Derived).0)
    }

    /// Of every class.
    #[must_use]
    pub fn all(&self) -> DurationUs {
        DurationUs(self.sums.iter().map(|sum| sum.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Category, Class};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn entry(person: u32, evidence: Evidence, start_min: i64, minutes: i64) -> Entry {
        Entry {
            person,
            team: 0,
            task: 0,
            class: Class::Toil,
            category: Category::Other,
            start: Timestamp::from_secs(start_min * 60),
            end: None,
            attended: Some(DurationUs::from_secs(minutes * 60)),
            evidence,
            interrupt: false,
            is_absorbed: false,
        }
    }

    fn minutes(counted: &Counted) -> Vec<i64> {
        counted.of_entries.iter().map(|time| time.0 / 60_000_000).collect()
    }

    #[test]
    fn vector_t9_a_page_its_runbook_and_its_ticket_are_one_evening() {
        let page = entry(0, Evidence::Derived, 600, 40);
        let runbook = entry(0, Evidence::Timed, 605, 20);
        let ticket = Entry { is_absorbed: true, ..entry(0, Evidence::Imported, 600, 30) };
        let counted = count(&[page, runbook, ticket]);
        assert_eq!(minutes(&counted), [20, 20, 0]);
    }

    #[test]
    fn attended_time_is_never_more_than_passed() {
        let end = Some(Timestamp::from_secs(600));
        let page = Entry { start: Timestamp(0), end, ..entry(0, Evidence::Derived, 0, 60) };
        assert_eq!(page.hands_on(), DurationUs::from_secs(600));
        assert_eq!(Entry { attended: None, ..page }.hands_on(), DurationUs::from_secs(600));
    }

    /// Who has each minute, by trying every entry for every minute.
    fn by_minutes(entries: &[Entry]) -> Vec<i64> {
        let mut owners: BTreeMap<(u32, i64), usize> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let start = entry.start.0 / 60_000_000;
            for minute in start..start + entry.hands_on().0 / 60_000_000 {
                let owner = owners.entry((entry.person, minute)).or_insert(at);
                let rank = |at: usize| (entries[at].evidence, entries[at].start, at);
                if rank(at) < rank(*owner) {
                    *owner = at;
                }
            }
        }
        let mut sums = vec![0; entries.len()];
        owners.values().for_each(|owner| sums[*owner] += 1);
        sums
    }

    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let one = (0..3u32, 0..4usize, 0..200i64, 0..60i64)
            .prop_map(|(person, class, start, length)| entry(person, Evidence::ALL[class].0, start, length));
        proptest::collection::vec(one, 0..40)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

        #[test]
        fn toi_1_no_minute_is_counted_twice_and_the_better_evidence_has_it(entries in entries()) {
            prop_assert_eq!(minutes(&count(&entries)), by_minutes(&entries));
        }
    }
}

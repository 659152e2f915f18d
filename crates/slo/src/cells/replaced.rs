//! Slices that another system gives figures of, perhaps several times: replaced whole, never added to.
//!
//! Beside the counts of such an indicator it is kept for how much of the time it was answered, as
//! [`super::liveness`] keeps it of the server. A slice that is given again takes back first what it gave
//! before, so asking once more after a crash or for figures that came late changes nothing that was right.

use super::lane::Lane;
use super::{CellStore, Coverage, tier};
use crate::key::ObjectiveKey;
use crate::model::{Counts, Stretch};
use nines_base::Timestamp;
use std::ops::Range;

/// Length of the slices that are asked for, in seconds: minutes, which are kept for three days.
pub const ASKED_SLICE_S: u32 = tier::MINUTE_S;

/// The same where a window is under an hour; kept for two hours.
pub const ASKED_SLICE_SHORT_S: u32 = tier::TEN_SECONDS.slice_s;

impl CellStore {
    /// Sets what an indicator counted in a slice; `None` where the other system has no figure of it. What was answered
    /// once is replaced by another answer only, and a slice that is no longer kept apart from others stays as it is.
    pub fn replace(&mut self, key: ObjectiveKey, slice_s: u32, slice: i64, counts: Option<Counts>) {
        if counts.is_none() && self.is_answered(key, slice_s, slice) {
            return;
        }
        let length_us = u64::from(slice_s) * 1_000_000;
        let answered = match counts {
            Some(_) => Counts { good: length_us, bad: 0 },
            None => Counts { good: 0, bad: length_us },
        };
        self.put(key.answered(), slice_s, slice, answered);
        let counts = counts.unwrap_or_default();
        self.put(key, slice_s, slice, counts);
        let begins = Timestamp::from_secs(slice.saturating_mul(i64::from(slice_s)));
        let history = self.histories.entry(key).or_default();
        if counts.valid() > 0 && history.first_counted.is_none_or(|first| begins < first) {
            history.first_counted = Some(begins);
            self.changed.push((key, super::MARKS, 0));
        }
    }

    /// Says that nobody was asked in a stretch of time, of which nothing was said before.
    pub fn leave_unasked(&mut self, key: ObjectiveKey, stretch: Stretch) {
        self.spread(key.answered(), stretch, false);
    }

    /// For how much of a stretch an indicator that is asked elsewhere was answered, of what was asked.
    pub fn answered(&self, key: ObjectiveKey, stretch: Stretch) -> Coverage {
        let Counts { good, bad } = self.sum(key.answered(), stretch).counts;
        Coverage { measured_us: good, unmeasured_us: bad }
    }

    /// The slice after the last one that was asked for.
    pub fn asked_upto(&self, key: ObjectiveKey, slice_s: u32) -> Option<i64> {
        let lane = self.histories.get(&key.answered())?.lane(slice_s)?;
        Some(lane.last_filled()? + 1)
    }

    /// The first of these slices for which there is no answer.
    pub fn first_unanswered(&self, key: ObjectiveKey, slice_s: u32, slices: Range<i64>) -> Option<i64> {
        let lane = self.histories.get(&key.answered()).and_then(|history| history.lane(slice_s));
        let Some(lane) = lane else { return (!slices.is_empty()).then_some(slices.start) };
        let mut expected = slices.start;
        for (slice, counts) in lane.filled(slices.clone()) {
            if slice != expected || counts.bad > 0 {
                break;
            }
            expected += 1;
        }
        (expected < slices.end).then_some(expected)
    }

    fn is_answered(&self, key: ObjectiveKey, slice_s: u32, slice: i64) -> bool {
        let lane = self.histories.get(&key.answered()).and_then(|history| history.lane(slice_s));
        lane.is_some_and(|lane| lane.get(slice).good > 0)
    }

    fn put(&mut self, key: ObjectiveKey, slice_s: u32, slice: i64, new: Counts) {
        let clock_s = self.clock_s;
        let changed = &mut self.changed;
        let history = self.histories.entry(key).or_default();
        let begins_s = slice.saturating_mul(i64::from(slice_s));
        let Some(old) = history.lane(slice_s).filter(|lane| begins_s >= lane.kept_from_s(clock_s)) else { return };
        let old = old.get(slice);
        for lane in history.lanes.iter_mut().filter(|lane| begins_s >= lane.kept_from_s(clock_s)) {
            let length_s = lane.length_s();
            let n_parts = i64::from(slice_s) / length_s;
            let first = lane.slice_of(begins_s);
            if n_parts > 1 && i64::from(slice_s) % length_s == 0 {
                for (at, part) in (first..).zip(parts(new, n_parts.unsigned_abs())) {
                    let before = lane.get(at);
                    exchange(lane, at, before, part, |slice| changed.push((key, length_s as u32, slice)));
                }
            } else {
                exchange(lane, first, old, new, |slice| changed.push((key, length_s as u32, slice)));
            }
        }
    }
}

/// Takes back what was in a slice, and adds what is.
fn exchange(lane: &mut Lane, slice: i64, old: Counts, new: Counts, changed: impl FnOnce(i64)) {
    if old == new {
        return;
    }
    let is_first = lane.uncount(slice, old);
    if lane.count(slice, new) || is_first {
        changed(slice);
    }
}

/// Counts as so many parts as even as whole numbers can be, which add up to them.
fn parts(counts: Counts, n: u64) -> impl Iterator<Item = Counts> {
    let part = move |all: u64, i: u64| {
        let upto = |i: u64| (u128::from(all) * u128::from(i) / u128::from(n)) as u64;
        upto(i + 1) - upto(i)
    };
    (0..n).map(move |i| Counts { good: part(counts.good, i), bad: part(counts.bad, i) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Asks, DataSource, Definitions, Queried, Sli};
    use crate::tests::{HOUR, availability, definitions};
    use nines_base::DurationUs;
    use proptest::prelude::*;
    use std::sync::Arc;

    const NOW_S: i64 = 1_790_000_400;

    fn queried() -> (Definitions, ObjectiveKey) {
        let mut slo = availability(HOUR, 99.0);
        slo.objectives[0].sli = Sli::Queried(Arc::new(Queried {
            source: DataSource { name: "p".into(), url: "http://p".into() },
            asks: Asks::Raw { query: "up".into(), is_failure: false },
        }));
        let key = ObjectiveKey::of(&slo.objectives[0].sli).unwrap();
        (definitions([slo]), key)
    }

    fn store() -> (CellStore, ObjectiveKey) {
        let (definitions, key) = queried();
        let mut cells = CellStore::new();
        cells.define(&definitions, Timestamp::from_secs(NOW_S));
        (cells, key)
    }

    fn sum(cells: &CellStore, key: ObjectiveKey, seconds: i64) -> (u64, u64) {
        let counts =
            cells.sum(key, Stretch::last(DurationUs::from_secs(seconds), Timestamp(NOW_S * 1_000_000 - 1))).counts;
        (counts.good, counts.bad)
    }

    #[test]
    fn a_slice_that_is_given_again_replaces_what_it_gave_before_in_every_tier() {
        let (mut cells, key) = store();
        let last = NOW_S / 60 - 1;
        for good in [50, 90, 70] {
            cells.replace(key, 60, last, Some(Counts { good, bad: 7 }));
            assert_eq!(sum(&cells, key, 60), (good, 7));
            assert_eq!(sum(&cells, key, 7200), (good, 7), "hours hold it once");
        }
        // A part of the minute has its share.
        assert_eq!(sum(&cells, key, 30), (35, 4));
        cells.replace(key, 60, last, None);
        assert_eq!(sum(&cells, key, 86_400), (70, 7), "who no longer knows does not unsay what was known");
    }

    #[test]
    fn what_was_not_answered_is_told_from_what_was_and_from_what_was_not_asked() {
        let (mut cells, key) = store();
        let last = NOW_S / 60 - 1;
        assert_eq!(
            (cells.asked_upto(key, 60), cells.first_unanswered(key, 60, last - 3..last)),
            (None, Some(last - 3))
        );
        for (back, counts) in [(3, Some(Counts::default())), (2, Some(Counts { good: 1, bad: 0 })), (1, None)] {
            cells.replace(key, 60, last - back, counts);
        }
        let coverage = cells.answered(key, Stretch::last(DurationUs::from_secs(600), Timestamp(NOW_S * 1_000_000 - 1)));
        assert_eq!((coverage.measured_us, coverage.unmeasured_us), (120_000_000, 60_000_000));
        assert_eq!(cells.asked_upto(key, 60), Some(last));
        assert_eq!(cells.first_unanswered(key, 60, last - 3..last), Some(last - 1));
        cells.replace(key, 60, last - 1, Some(Counts::default()));
        assert_eq!(cells.first_unanswered(key, 60, last - 3..last), None);
        assert_eq!(cells.first_counted(key), Some(Timestamp::from_secs((last - 2) * 60)));
    }

    #[test]
    fn cells_read_back_from_their_rows_are_the_same_and_go_on_being_replaced() {
        let (mut cells, key) = store();
        let last = NOW_S / 60 - 1;
        cells.replace(key, 60, last, Some(Counts { good: 9, bad: 1 }));
        let mut again = CellStore::new();
        cells.take_changed().into_iter().for_each(|row| again.load(row));
        again.define(&queried().0, Timestamp::from_secs(NOW_S));
        assert_eq!(again.rows(), cells.rows());
        again.replace(key, 60, last, Some(Counts { good: 8, bad: 2 }));
        assert_eq!(sum(&again, key, 3600), (8, 2));
    }

    proptest! {
        #[test]
        fn cel_2_cells_depend_on_what_was_given_last_and_on_no_order(
            given in proptest::collection::vec((0i64..200, 0u64..5000, 0u64..50), 1..80),
        ) {
            let newest = NOW_S / 60 - 1;
            let (mut all, key) = store();
            let mut last = std::collections::BTreeMap::new();
            for (back, good, bad) in given {
                all.replace(key, 60, newest - back, Some(Counts { good, bad }));
                last.insert(back, Counts { good, bad });
            }
            let (mut once, _) = store();
            for (back, counts) in last {
                once.replace(key, 60, newest - back, Some(counts));
            }
            let filled = |cells: &CellStore| -> Vec<_> {
                cells.rows().into_iter().filter(|row| row.tier != 0).collect()
            };
            prop_assert_eq!(filled(&all), filled(&once));
        }
    }
}

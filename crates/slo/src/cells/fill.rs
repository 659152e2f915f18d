//! Cells filled from a formula instead of from spans: each tier is asked for what its own slices hold.

use super::CellStore;
use crate::key::ObjectiveKey;
use crate::model::Counts;
use nines_base::Timestamp;
use std::ops::Range;

impl CellStore {
    /// Adds events of which it is only known that they ended within `times` (half-open), spread evenly over it in whole
    /// numbers. Each event is in the same second in every tier (CEL-2), and none is lost.
    pub fn share_out(&mut self, key: ObjectiveKey, times: Range<Timestamp>, counts: Counts) {
        let (start, length_us) = (times.start, (times.end - times.start).0.max(1) as u128);
        let before = |n: u64, at: Timestamp| (u128::from(n) * (at - start).0 as u128 / length_us) as u64;
        let within = |n: u64, part: &Range<Timestamp>| before(n, part.end) - before(n, part.start);
        self.fill(key, times, |part| Counts { good: within(counts.good, &part), bad: within(counts.bad, &part) });
    }

    /// Adds what `counts` says of each slice's part of `times` (half-open), in every tier that still keeps the
    /// slice; as if the events had been counted one by one (CEL-2). Nothing is marked as changed: such cells
    /// are not stored.
    pub(crate) fn fill(
        &mut self,
        key: ObjectiveKey,
        times: Range<Timestamp>,
        counts: impl Fn(Range<Timestamp>) -> Counts,
    ) {
        if counts(times.clone()) == Counts::default() {
            return;
        }
        let clock_s = self.clock_s;
        let history = self.histories.entry(key).or_default();
        for lane in &mut history.lanes {
            let slice_us = lane.length_s() * 1_000_000;
            // The slice in which the keep begins is whole, as it is where counting went on all the time.
            let kept_from = lane.slice_of(lane.kept_from_s(clock_s));
            let mut at_us = times.start.0.max(kept_from.saturating_mul(slice_us));
            while at_us < times.end.0 {
                let slice = at_us.div_euclid(slice_us);
                let until_us = (slice + 1).saturating_mul(slice_us).min(times.end.0);
                let within = counts(Timestamp(at_us)..Timestamp(until_us));
                if within != Counts::default() {
                    lane.add(slice, within);
                }
                at_us = until_us;
            }
        }
        let known = history.first_counted;
        if known.is_none_or(|known| times.start < known) {
            let first = first_event(times, counts);
            history.first_counted = Some(known.map_or(first, |known| known.min(first)));
        }
    }
}

/// When the first event of a stretch ends that has one.
fn first_event(times: Range<Timestamp>, counts: impl Fn(Range<Timestamp>) -> Counts) -> Timestamp {
    let (mut first, mut end) = (times.start.0, times.end.0);
    // There is an event in `first..end`, and none before `first`.
    while end - first > 1 {
        let middle = first + (end - first) / 2;
        if counts(Timestamp(first)..Timestamp(middle)) == Counts::default() {
            first = middle;
        } else {
            end = middle;
        }
    }
    Timestamp(first)
}

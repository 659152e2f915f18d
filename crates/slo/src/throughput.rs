//! Throughput: the proportion of time in which enough came.
//!
//! A slice is good where the number of its events passes the objective's comparison, whatever each of them was. So the
//! number itself is asked of the cells, and another limit is another reading of the same counts.
//!
//! An empty slice has too few, if anybody looked: it is judged where the server measured all of it, from the first
//! whole slice after the objective's first event on. With `nines.dev/expectTraffic`, silence is held against the
//! objective for that long and is then unmeasured, as everywhere. A slice that was not measured wholly is
//! judged only where what was seen of it decides: it had enough already.

use crate::alert::rule::EXPECT_TRAFFIC_ANNOTATION;
use crate::cells::{CellStore, Coverage};
use crate::key::ObjectiveKey;
use crate::model::{Comparison, Counts, Objective, Slo, Stretch};
use crate::openslo::shorthand_length;
use crate::policy::exclusion::Exclusions;
use crate::policy::times::Span;
use nines_base::Timestamp;
use std::collections::BTreeMap;

/// How many events a slice needs.
pub(crate) struct Rate {
    op: Comparison,
    limit: f64,
    /// Longest silence that is held against the objective, in microseconds.
    expects_within_us: Option<i64>,
}

impl Rate {
    /// Of an objective whose slices are judged by their number of events.
    pub fn of(slo: &Slo, objective: &Objective) -> Option<Rate> {
        let (op, limit) = objective.sli.throughput()?;
        let expected = slo.annotations.get(EXPECT_TRAFFIC_ANNOTATION).and_then(|text| shorthand_length(text));
        Some(Rate { op, limit, expects_within_us: expected.map(|length| length.0) })
    }

    /// Whether each slice that can be judged is good, with its number.
    pub fn verdicts(
        &self,
        exclusions: &Exclusions<'_>,
        cells: &CellStore,
        key: ObjectiveKey,
        slice_s: u32,
        stretch: Stretch,
    ) -> Vec<(i64, bool)> {
        let slice_us = i64::from(slice_s) * 1_000_000;
        // Silence at the beginning began before it.
        let before_us = self.expects_within_us.unwrap_or(0);
        let further = Stretch { after: Timestamp(stretch.after.0.saturating_sub(before_us)), ..stretch };
        let filled: BTreeMap<i64, Counts> = cells.slices(key, slice_s, further).collect();
        let begins = cells.first_counted(key).map(|first| first.0.div_euclid(slice_us) + 1);
        let complete_from = cells.complete_from(key, slice_s);
        let known_from = begins.zip(complete_from).map_or(i64::MAX, |(begins, complete)| begins.max(complete));
        let first = stretch.after.0.saturating_add(1).div_euclid(slice_us).max(known_from);
        let end = stretch.upto.0.saturating_add(1).div_euclid(slice_us);
        let verdict = |number: i64| {
            let mut counts = filled.get(&number).copied().unwrap_or_default();
            if let Some(fate) = exclusions.fate_of(Span::slice(number, slice_s)) {
                if fate.is_removed() || fate.is_as_good() {
                    return (!fate.is_removed()).then_some((number, true));
                }
                counts = exclusions.leaves_of_slice(fate, cells, key, (number, slice_s), counts);
            }
            let is_good = self.passes(counts.valid());
            let is_silent = || {
                let heard = filled.range(..number).next_back().map(|(last, _)| number - last);
                let silent_us = heard.map_or(i64::MAX, |slices| slices.saturating_mul(slice_us));
                counts.valid() == 0 && self.expects_within_us.is_some_and(|most_us| silent_us > most_us)
            };
            let is_known = self.is_decided_by(is_good) || is_measured(cells, number, slice_us) && !is_silent();
            is_known.then_some((number, is_good))
        };
        (first..end).filter_map(verdict).collect()
    }

    /// Whether more events could not change a verdict.
    fn is_decided_by(&self, is_good: bool) -> bool {
        is_good == matches!(self.op, Comparison::Gte | Comparison::Gt)
    }

    fn passes(&self, n_events: u64) -> bool {
        // Numbers of events are whole and far below 2⁵³.
        self.op.holds(n_events as f64, self.limit)
    }
}

/// Whether the server counted in all of a slice.
fn is_measured(cells: &CellStore, number: i64, slice_us: i64) -> bool {
    let slice = Stretch { after: Timestamp(number * slice_us - 1), upto: Timestamp((number + 1) * slice_us - 1) };
    let Coverage { measured_us, unmeasured_us } = cells.coverage(slice);
    unmeasured_us == 0 && measured_us > 0
}

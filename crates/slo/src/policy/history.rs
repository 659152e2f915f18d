//! A window part by part: what leaves it when, and when in it things went wrong.

use super::times::Span;
use crate::cells::{CellStore, slice_seconds};
use crate::gauge::Gauge;
use crate::key::ObjectiveKey;
use crate::model::{Objective, Slo, Stretch};
use crate::window::NotEvaluated;
use nines_base::{DurationUs, Timestamp};

/// Parts of a window at most, rounded up: an hour each in 28 days, to tell when something began or ends.
pub const FINE: i64 = 700;

/// The same where every objective is asked at once: a day each.
pub const COARSE: i64 = 30;

/// Lengths of parts in seconds. Each is a multiple of the slices that counts are kept in at the ages that a
/// window of so many such parts reaches, so that no event is in two of them.
const LENGTHS_S: [i64; 7] = [1, 10, 60, 300, 3600, 86_400, 7 * 86_400];

/// One part of a window: bad and valid of what the SLI counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Part {
    pub span: Span,
    pub bad: u64,
    pub valid: u64,
}

/// The parts of a stretch that have something valid, oldest first, without what is excluded. There are about `most`
/// of them, [`FINE`] or [`COARSE`].
pub fn parts(
    slo: &Slo,
    objective: &Objective,
    cells: &CellStore,
    stretch: Stretch,
    most: i64,
) -> Result<Vec<Part>, NotEvaluated> {
    // What parts of a composite consume is no count that could be added up.
    ObjectiveKey::of(&objective.sli).ok_or(NotEvaluated::ExternalSource)?;
    let gauge = Gauge::of(slo, objective)?;
    let slice_s = slice_seconds(slo, objective)?.map(i64::from);
    let length_s = part_seconds((stretch.upto - stretch.after).0 / 1_000_000, slice_s.unwrap_or(1), most);
    let (length, slice) = (DurationUs::from_secs(length_s), DurationUs::from_secs(slice_s.unwrap_or(0)));
    let first = stretch.after + DurationUs(1);
    let mut parts = Vec::new();
    let mut from = Timestamp(first.0.div_euclid(length.0) * length.0);
    while from <= stretch.upto {
        let (begin, until) = (from.max(first), (from + length).min(stretch.upto + DurationUs(1)));
        // Of a part in which no slice is over yet nothing is known.
        let has_slice = until - from >= slice;
        let within = Stretch { after: begin - DurationUs(1), upto: until - DurationUs(1) };
        let share = if has_slice { gauge.measure(cells, within)?.share } else { None };
        parts.extend(share.map(|share| Part {
            span: Span { from: begin, until },
            bad: share.bad(),
            valid: share.valid(),
        }));
        from = from + length;
    }
    Ok(parts)
}

/// The shortest length that gives few enough parts and is a multiple of the slice.
fn part_seconds(stretch_s: i64, slice_s: i64, most: i64) -> i64 {
    let fits = |length_s: &i64| stretch_s / length_s <= most && length_s % slice_s == 0;
    LENGTHS_S.into_iter().find(fits).unwrap_or_else(|| {
        let least_s = stretch_s / most + 1;
        (least_s.max(1) + slice_s - 1) / slice_s * slice_s
    })
}

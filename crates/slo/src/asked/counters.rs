//! What counters grew by, slice by slice.
//!
//! A counter only grows, but what a query gives may fall all the same:
//!
//! - The counter **began anew**, since its server did: what it shows now are events since then, as Prometheus has it.
//! - A sum **lost a summand**, since an instance was not scraped: what it shows now is of long ago. If the
//!   instance comes back, so does all that it ever counted, and that are no events either.
//!
//! Which it was is told by what follows. A fall counts only once [`SLICES_AFTER`] slices after it are known, none of
//! them reaches the level from which it fell, and what it shows is not more than the busiest slice before it by
//! [`SURGE_MAX`]. A rise that reaches a level from which its series fell within [`LEVELS_KEPT`] slices is none that can
//! be told from a summand that comes back. A **birth** is told likewise: a series that was not there before counts with
//! what it shows, unless that is more than a surge by the slices before it, and by the [`SLICES_AFTER`] after it too, which
//! are all there is to go by where nothing was counted before.
//!
//! What cannot be told is [`Gap::Jump`].
//!
//! What a slice comes to depends on the [`SLICES_BEFORE`] slices before it and the [`SLICES_AFTER`] after it, and
//! on nothing else of an answer: a slice that is asked for again, alone or among hundreds, comes out the same.

use super::{Gap, Series, value};
use std::cell::OnceCell;
use std::ops::Range;

/// How many times the busiest slice of the last [`LEVELS_KEPT`] a counter that began anew may show.
pub const SURGE_MAX: f64 = 2.0;

/// For how many slices a level from which a counter fell is remembered: half an hour of minutes. A summand that comes back
/// later than that is not told from growth.
const LEVELS_KEPT: usize = 30;

/// Slices that are known before one whose events are told: each of those by which a surge is measured needs the levels
/// before it.
pub const SLICES_BEFORE: usize = 2 * LEVELS_KEPT;

/// Slices that are known after a fall before it counts, or after a birth that is large for what was before it.
pub const SLICES_AFTER: usize = 4;

/// What a slice may show of a counter that begins in it.
#[derive(Clone, Copy)]
pub(super) struct Surge {
    /// As far as the slices up to it tell.
    before: f64,
    /// As far as those after it tell, too; `None` while they are not known.
    around: Option<f64>,
}

impl Surge {
    /// No more than this.
    pub(super) fn at_most(events: f64) -> Surge {
        Surge { before: events, around: Some(events) }
    }
}

/// The series of an answer, all of them counters.
pub(super) struct Counters<'s> {
    series: &'s [Series],
    /// Of each slice, what the series that grew for sure grew by.
    growth: OnceCell<Vec<f64>>,
}

impl<'s> Counters<'s> {
    pub(super) fn new(series: &'s [Series]) -> Counters<'s> {
        Counters { series, growth: OnceCell::new() }
    }

    /// More than this is no slice's growth, as its neighbours tell.
    pub(super) fn surge(&self, slice: usize) -> Surge {
        let growth = self.growth.get_or_init(|| {
            let n_slices = self.series.iter().map(Vec::len).max().unwrap_or_default().saturating_sub(1);
            (0..n_slices).map(|slice| self.series.iter().filter_map(|one| growth(one, slice)).sum()).collect()
        });
        let busiest = |until: usize| {
            let end = growth.len().min(until);
            SURGE_MAX * growth[slice.saturating_sub(LEVELS_KEPT).min(end)..end].iter().copied().fold(0.0, f64::max)
        };
        let last = slice + SLICES_AFTER;
        Surge { before: busiest(slice + 1), around: (last < growth.len()).then(|| busiest(last + 1)) }
    }

    /// Events of a slice; `None` where there was no series to tell of any.
    pub(super) fn increase(&self, slice: usize, surge: Surge) -> Result<Option<f64>, Gap> {
        let (mut sum, mut is_known, mut has_jump) = (0.0, false, false);
        for one in self.series {
            let Some(after) = value(one, slice + 1) else { continue };
            let events = match value(one, slice) {
                Some(before) => Some(grown(one, slice, (before, after), surge.before)?),
                None if was_there(one, slice) => None,
                None => born(after, surge)?,
            };
            sum += events.unwrap_or_default();
            is_known |= events.is_some();
            has_jump |= events.is_none();
        }
        match (is_known, has_jump) {
            (true, _) => Ok(Some(sum)),
            (false, true) => Err(Gap::Jump),
            (false, false) => Ok(None),
        }
    }
}

/// Events of a series that begins in a slice. One that shows more than there was so far is a beginning, or an old counter
/// that was not seen before, whose events are of long ago: the next slices tell.
fn born(after: f64, surge: Surge) -> Result<Option<f64>, Gap> {
    if after <= surge.before {
        return Ok(Some(after));
    }
    let around = surge.around.ok_or(Gap::Jump)?;
    Ok((after <= around).then_some(after))
}

/// What a series that has both ends of a slice had in it.
fn grown(one: &Series, slice: usize, (before, after): (f64, f64), surge: f64) -> Result<f64, Gap> {
    let began_anew = after < before && after <= surge && stays_below(one, slice, before);
    match after >= before {
        true if comes_back(one, slice) => Err(Gap::Jump),
        true => Ok(after - before),
        false if began_anew => Ok(after),
        false => Err(Gap::Jump),
    }
}

/// What a series grew by in a slice, where that is neither a summand that comes back nor soon after a fall.
fn growth(one: &Series, slice: usize) -> Option<f64> {
    let grown = value(one, slice + 1)? - value(one, slice)?;
    let is_sure = grown > 0.0 && !comes_back(one, slice) && !fell(one, slice.saturating_sub(SLICES_AFTER)..slice + 1);
    is_sure.then_some(grown)
}

/// The values of a series that are there, of a part of its instants.
fn known(one: &Series, instants: Range<usize>) -> impl Iterator<Item = f64> + '_ {
    instants.filter_map(|at| value(one, at))
}

/// Whether a series fell between two of these instants.
fn fell(one: &Series, instants: Range<usize>) -> bool {
    known(one, instants.clone()).zip(known(one, instants).skip(1)).any(|(before, after)| after < before)
}

/// Whether a series reaches, in a slice in which it grows, a level from which it fell before.
fn comes_back(one: &Series, slice: usize) -> bool {
    let (Some(before), Some(after)) = (value(one, slice), value(one, slice + 1)) else { return false };
    let instants = slice.saturating_sub(LEVELS_KEPT)..slice + 1;
    let mut falls = known(one, instants.clone()).zip(known(one, instants).skip(1));
    falls.any(|(level, next)| next < level && before < level && level <= after)
}

/// Whether a series that fell from a level in a slice is known not to reach it again soon.
fn stays_below(one: &Series, slice: usize, level: f64) -> bool {
    let last = slice + 1 + SLICES_AFTER;
    last < one.len() && known(one, slice + 2..last + 1).all(|value| value < level)
}

/// Whether a series that has no value at the beginning of a slice had one before.
fn was_there(one: &Series, slice: usize) -> bool {
    known(one, slice.saturating_sub(LEVELS_KEPT)..slice).next().is_some()
}

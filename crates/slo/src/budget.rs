//! SLI and error budget: what share was bad, and what of the permitted share is left.
//!
//! All arithmetic is on integers. With target T, budget fraction b = 1 − T and a bad share e, the SLI is
//! 1 − e and the budget left (SLI − T) / b, signed: below zero it is overspent. Both are of the events
//! seen; a young window is not extrapolated. A window in which nothing was valid has neither.

use crate::cells::{CellStore, slice_seconds};
use crate::fraction::Fraction;
use crate::key::ObjectiveKey;
use crate::model::{BudgetingMethod, Counts, Objective, PPB_ONE, Ppb, Slo, Stretch};
use crate::policy::exclusion::Exclusions;
use crate::policy::objects::Level;
use crate::policy::times::Span;
use crate::throughput::Rate;
use crate::window::NotEvaluated;
use nines_base::DurationUs;
use std::cmp::Ordering;

/// A slice's missing part is counted in these parts, rounded up and so never in the service's favour, where slices are
/// averaged: the mean is then exact to 10⁻¹² and the sum of a year of minutes fits 64 bits.
pub const SLICE_PARTS: u64 = 1_000_000_000_000;

/// Bad over valid, of events or of slices. Valid is never zero and never below bad.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    bad: u64,
    valid: u64,
}

impl Share {
    /// `bad` of `valid`; `None` when nothing was valid, or more was bad than valid.
    pub fn new(bad: u64, valid: u64) -> Option<Share> {
        (valid > 0 && bad <= valid).then_some(Share { bad, valid })
    }

    /// Of counts; `None` when nothing was counted.
    pub fn of(counts: Counts) -> Option<Share> {
        Share::new(counts.bad, counts.valid())
    }

    /// The numerator.
    pub fn bad(self) -> u64 {
        self.bad
    }

    /// The denominator.
    pub fn valid(self) -> u64 {
        self.valid
    }

    /// Good over valid, for display.
    pub fn sli(self) -> f64 {
        (self.valid - self.bad) as f64 / self.valid as f64
    }

    /// What is left of a target's budget.
    pub fn budget(self, target: Ppb) -> Budget {
        let permitted = i128::from(budget_parts(target)) * i128::from(self.valid);
        let spent = i128::from(PPB_ONE) * i128::from(self.bad);
        Budget { left: permitted - spent, permitted }
    }

    /// How many times faster than the budget permits it was spent: 1 spends it in exactly one window.
    pub fn burn(self, target: Ppb) -> Fraction {
        let spent = u128::from(PPB_ONE) * u128::from(self.bad);
        let permitted = u128::from(budget_parts(target)) * u128::from(self.valid);
        // Neither factor of the denominator is zero.
        Fraction::new(spent, permitted).unwrap_or(Fraction::whole(0))
    }
}

/// What is left of an error budget, as an exact fraction of what was permitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    left: i128,
    /// Above zero.
    permitted: i128,
}

impl Budget {
    /// Whether nothing is left.
    pub fn is_empty(self) -> bool {
        self.left <= 0
    }

    /// A share of a budget, to compare one with.
    pub fn of_level(level: Level) -> Budget {
        Budget { left: i128::from(level.0), permitted: i128::from(PPB_ONE) }
    }

    /// Left over permitted: 1 is untouched, 0 spent, below 0 overspent. For display.
    pub fn as_f64(self) -> f64 {
        self.left as f64 / self.permitted as f64
    }
}

impl Ord for Budget {
    fn cmp(&self, other: &Budget) -> Ordering {
        let size = |budget: &Budget| Fraction::new(budget.left.unsigned_abs(), budget.permitted.unsigned_abs());
        match (self.left < 0, other.left < 0) {
            (false, false) => size(self).cmp(&size(other)),
            (true, true) => size(other).cmp(&size(self)),
            (mine, _) => {
                if mine {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

impl PartialOrd for Budget {
    fn partial_cmp(&self, other: &Budget) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The budget fraction 1 − T in parts per billion. A target of one, which definitions refuse, has the
/// least budget there is rather than a division by zero.
pub fn budget_parts(target: Ppb) -> u32 {
    target.rest().parts().max(1)
}

/// The greatest burn rate a target can have, 1 / (1 − T): everything is bad.
pub fn burn_max(target: Ppb) -> Fraction {
    Fraction::new(u128::from(PPB_ONE), u128::from(budget_parts(target))).unwrap_or(Fraction::whole(1))
}

/// Bad events that a target permits among `valid` ones, in whole events.
pub fn permitted_events(target: Ppb, valid: u64) -> u64 {
    (u128::from(target.rest().parts()) * u128::from(valid) / u128::from(PPB_ONE)) as u64
}

/// How long a window may be bad for an `error_ratio` of its events before the budget is spent:
/// b·W/e, in microseconds. `None` when no ratio of errors is given.
pub fn permitted_outage_us(target: Ppb, window: DurationUs, error_ratio: Fraction) -> Option<Fraction> {
    let budget = Fraction::new(u128::from(target.rest().parts()), u128::from(PPB_ONE))?;
    budget.times(Fraction::whole(u128::try_from(window.0).ok()?))?.over(error_ratio)
}

/// When what is left of a budget is gone if it burns on as it does, old errors that leave the window
/// meanwhile not counted: left · W / burn. Zero when nothing is left; `None` when nothing burns. For
/// display.
pub fn exhausts_in(budget: Budget, burn: Fraction, window: DurationUs) -> Option<DurationUs> {
    if budget.is_empty() {
        return Some(DurationUs(0));
    }
    let windows = budget.as_f64() / burn.as_f64();
    windows.is_finite().then(|| DurationUs((windows * window.0 as f64).round() as i64))
}

/// When what is left of a calendar period's budget is gone if burn and traffic stay as they are: nothing
/// leaves the period, and what it permits grows as it goes on, so after `elapsed` the rest is gone when
/// left · elapsed = (burn − 1) · t. `None` when it lasts for the `rest` of the period. For display.
pub fn exhausts_in_period(budget: Budget, burn: Fraction, elapsed: DurationUs, rest: DurationUs) -> Option<DurationUs> {
    if budget.is_empty() {
        return Some(DurationUs(0));
    }
    let length_us = (budget.as_f64() * elapsed.0 as f64 / (burn.as_f64() - 1.0)).round();
    (burn > Fraction::whole(1) && length_us < rest.0 as f64).then_some(DurationUs(length_us as i64))
}

/// What an objective's budgeting method makes of a stretch of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Measure {
    /// Events of the stretch.
    pub events: Counts,
    /// By `Timeslices`, the good and bad slices that had events and are over.
    pub slices: Option<Counts>,
    /// By `RatioTimeslices`, how many slices had events and are over: those the SLI is the mean of.
    pub averaged: Option<u64>,
    /// Whether `share` is that of a composite: what its parts consumed, in [`SLICE_PARTS`] of its target's budget.
    pub is_composed: bool,
    /// What the method counts: `None` where nothing was valid, or no slice is over yet.
    pub share: Option<Share>,
}

impl Measure {
    /// How many parts of `share` one event or slice is.
    pub fn unit(&self) -> u64 {
        if self.averaged.is_some() || self.is_composed { SLICE_PARTS } else { 1 }
    }

    /// Good and bad of what the SLI is a ratio of: slices for `Timeslices`, else events.
    pub fn counted(&self) -> Counts {
        self.slices.unwrap_or(self.events)
    }
}

/// The stretch, lengthened to a slice where it is shorter than one.
pub(crate) fn reach(slo: &Slo, objective: &Objective, stretch: Stretch) -> Result<Stretch, NotEvaluated> {
    let Some(slice_s) = slice_seconds(slo, objective)? else { return Ok(stretch) };
    let shortest = Stretch::last(DurationUs::from_secs(i64::from(slice_s)), stretch.upto);
    Ok(Stretch { after: stretch.after.min(shortest.after), upto: stretch.upto })
}

/// What the objective's method makes of a stretch, without what is excluded.
///
/// By `Timeslices` a slice is good when its ratio is at least the slice target; by `RatioTimeslices`
/// slices are averaged. Slices without events are skipped, and so is the one that is not over. A stretch
/// shorter than a slice is lengthened to one.
pub(crate) fn measure_without(
    exclusions: &Exclusions<'_>,
    slo: &Slo,
    objective: &Objective,
    cells: &CellStore,
    key: ObjectiveKey,
    stretch: Stretch,
) -> Result<Measure, NotEvaluated> {
    let all = cells.sum(key, stretch);
    let events = if exclusions.is_empty() { all.counts } else { exclusions.apply(cells, key, all) };
    let Some(slice_s) = slice_seconds(slo, objective)? else {
        return Ok(Measure { events, share: Share::of(events), ..Measure::default() });
    };
    let reached = reach(slo, objective, stretch)?;
    if slo.method == BudgetingMethod::RatioTimeslices {
        let slices = slices(exclusions, cells, key, slice_s, reached);
        let share = mean_share(slices.map(|(_, counts)| counts));
        let averaged = Some(share.map_or(0, |share| share.valid / SLICE_PARTS));
        return Ok(Measure { events, share, averaged, ..Measure::default() });
    }
    let verdicts = verdicts_of(slo, objective, exclusions, cells, key, slice_s, reached);
    let judged = tally(verdicts.map(|(_, is_good)| is_good));
    Ok(Measure { events, slices: Some(judged), share: Share::of(judged), ..Measure::default() })
}

/// Whether each slice that can be judged is good, with its number: by the share of its events, or by how many they are.
pub(crate) fn verdicts_of<'c>(
    slo: &Slo,
    objective: &'c Objective,
    exclusions: &'c Exclusions<'_>,
    cells: &'c CellStore,
    key: ObjectiveKey,
    slice_s: u32,
    stretch: Stretch,
) -> Box<dyn Iterator<Item = (i64, bool)> + 'c> {
    match Rate::of(slo, objective) {
        Some(rate) => Box::new(rate.verdicts(exclusions, cells, key, slice_s, stretch).into_iter()),
        None => {
            let slices = slices(exclusions, cells, key, slice_s, stretch);
            Box::new(slices.map(|(number, counts)| (number, is_slice_good(objective, counts))))
        }
    }
}

/// What is left of the slices that had events, each with its number.
fn slices<'c>(
    exclusions: &'c Exclusions<'_>,
    cells: &'c CellStore,
    key: ObjectiveKey,
    slice_s: u32,
    stretch: Stretch,
) -> impl Iterator<Item = (i64, Counts)> + 'c {
    cells.slices(key, slice_s, stretch).filter_map(move |(number, counts)| {
        let Some(fate) = exclusions.fate_of(Span::slice(number, slice_s)) else { return Some((number, counts)) };
        let left = exclusions.leaves_of_slice(fate, cells, key, (number, slice_s), counts);
        (left.valid() > 0).then_some((number, left))
    })
}

/// How many are good and bad.
pub(crate) fn tally(verdicts: impl Iterator<Item = bool>) -> Counts {
    verdicts.fold(Counts::default(), |counts, is_good| Counts {
        good: counts.good + u64::from(is_good),
        bad: counts.bad + u64::from(!is_good),
    })
}

fn is_slice_good(objective: &Objective, slice: Counts) -> bool {
    let target = objective.time_slice_target.unwrap_or(objective.target);
    u128::from(slice.good) * u128::from(PPB_ONE) >= u128::from(slice.valid()) * u128::from(target.parts())
}

/// The mean of what slices miss. The sum saturates beyond 18 million slices, half a year of seconds.
fn mean_share(slices: impl Iterator<Item = Counts>) -> Option<Share> {
    let (mut missing, mut whole) = (0u64, 0u64);
    for slice in slices.filter(|slice| slice.valid() > 0) {
        let parts = (u128::from(slice.bad) * u128::from(SLICE_PARTS)).div_ceil(u128::from(slice.valid()));
        missing = missing.saturating_add(parts as u64);
        whole = whole.saturating_add(SLICE_PARTS);
    }
    Share::new(missing, whole)
}

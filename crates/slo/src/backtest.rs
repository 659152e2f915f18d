//! What other targets would have given: the cells of the past judged anew. Cells know nothing of targets, so
//! nothing has to be counted again.
//!
//! The past is walked through in steps of five minutes, which is as fine as cells of the last 35 days are; older
//! ones are hours, and short lookbacks round outward to them.

use crate::alert::rule::PAGE;
use crate::alert::watch::{Fired, Watch};
use crate::budget::Share;
use crate::cells::CellStore;
use crate::gauge::Gauge;
use crate::model::{Objective, PPB_ONE, Ppb, Slo, Stretch};
use crate::status::evaluate;
use nines_base::{DurationUs, Timestamp};

/// Between two evaluations: the finest cells that reach back for a month.
pub const STEP: DurationUs = DurationUs::from_secs(300);

/// Longest past that is judged: a quarter, and a few days.
pub const PAST_MAX: DurationUs = DurationUs::from_secs(100 * 86_400);

/// Targets that are judged at once.
pub const TARGETS_MAX: usize = 16;

const DAY: DurationUs = DurationUs::from_secs(86_400);

/// Targets that people promise, in parts per billion: an advice is one of them.
const PROMISED: [u32; 16] = [
    900_000_000,
    950_000_000,
    970_000_000,
    980_000_000,
    990_000_000,
    995_000_000,
    997_000_000,
    998_000_000,
    999_000_000,
    999_500_000,
    999_700_000,
    999_800_000,
    999_900_000,
    999_950_000,
    999_990_000,
    999_999_000,
];

/// What one target would have given.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The target.
    pub target: Ppb,
    /// The budget left at the end.
    pub budget: Option<f64>,
    /// The least budget at the end of any day.
    pub least_budget: Option<f64>,
    /// Days at whose end the window was measured, and at how many of them the target was met.
    pub n_days: usize,
    /// Of those days.
    pub n_days_met: usize,
    /// Pages that would have fired.
    pub n_pages: usize,
    /// Other alerts that would have fired.
    pub n_others: usize,
    /// How long pages would have fired.
    pub paged: DurationUs,
}

/// The SLI of the window at the end of each day of a stretch, oldest first; days without a valid event are left out.
pub fn daily_shares(slo: &Slo, objective: &Objective, cells: &CellStore, stretch: Stretch) -> Vec<Share> {
    let Ok(gauge) = Gauge::of(slo, objective) else { return Vec::new() };
    let share = |at: Timestamp| {
        let window = slo.window.at(at)?;
        gauge.measure(cells, window.seen).ok()?.share
    };
    days(stretch).filter_map(share).collect()
}

/// Judges a stretch of the past, which ends at the watermark, as if the target had been another.
pub fn trial(slo: &Slo, objective: &Objective, cells: &CellStore, stretch: Stretch, target: Ppb) -> Trial {
    let objective = Objective { target, ..objective.clone() };
    let slo = Slo { objectives: vec![objective.clone()], ..slo.clone() };
    let mut watch = Watch::new(vec![slo.clone()]);
    for at in steps(stretch, STEP) {
        watch.evaluate(at, |_| Some(cells));
    }
    let end_of = |fired: &Fired| fired.until.unwrap_or(stretch.upto);
    let is_page = |fired: &&Fired| fired.key.severity == PAGE;
    let paged_us = watch.fired().iter().filter(is_page).map(|fired| (end_of(fired) - fired.from).0).sum();
    let n_pages = watch.fired().iter().filter(is_page).count();

    let shares = daily_shares(&slo, &objective, cells, stretch);
    let budgets = shares.iter().map(|share| share.budget(target));
    Trial {
        target,
        budget: evaluate(&slo, &objective, cells, stretch.upto).budget().map(|budget| budget.as_f64()),
        least_budget: budgets.min().map(|budget| budget.as_f64()),
        n_days: shares.len(),
        n_days_met: shares.iter().filter(|share| is_met_by(target, **share)).count(),
        n_pages,
        n_others: watch.fired().len() - n_pages,
        paged: DurationUs(paged_us),
    }
}

/// The greatest target that people promise which at least this part (in parts per billion) of the windows met, with
/// the SLI that just so many did; `None` without windows, or where even the least promise was not met.
pub fn advise(shares: &[Share], met: Ppb) -> Option<(Share, Ppb)> {
    let mut sorted = shares.to_vec();
    // The burn rate of one target orders shares exactly, the best first.
    let half = Ppb::new(PPB_ONE / 2)?;
    sorted.sort_by_key(|share| share.burn(half));
    let n_met = (u128::from(met.parts()) * sorted.len() as u128).div_ceil(u128::from(PPB_ONE)) as usize;
    let share = *sorted.get(n_met.max(1) - 1)?;
    let is_met = |target: &Ppb| is_met_by(*target, share);
    let mut promised = PROMISED.iter().rev().filter_map(|parts| Ppb::new(*parts));
    promised.find(|target| is_met(target)).map(|target| (share, target))
}

/// Whether a target's budget is not overspent: bad · 10⁹ ≤ b · valid.
fn is_met_by(target: Ppb, share: Share) -> bool {
    u128::from(share.bad()) * u128::from(PPB_ONE) <= u128::from(target.rest().parts()) * u128::from(share.valid())
}

/// The last instants of steps that end in the stretch: cells hold what came before the next one.
fn steps(stretch: Stretch, step: DurationUs) -> impl Iterator<Item = Timestamp> {
    let first = stretch.after.0.div_euclid(step.0) + 1;
    let last = stretch.upto.0.div_euclid(step.0);
    (first..=last).map(move |number| Timestamp(number * step.0 - 1))
}

fn days(stretch: Stretch) -> impl Iterator<Item = Timestamp> {
    steps(stretch, DAY).chain([stretch.upto])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{availability, cells_with, target};

    const HOUR_S: i64 = 3600;

    /// Ten events a second for ten days, a thousandth bad, but for an hour on day 6 in which a tenth was.
    fn ten_days() -> (Slo, CellStore, Stretch) {
        let slo = availability(DurationUs(7 * DAY.0), 99.9);
        let bad_hour = 6 * 24..6 * 24 + 1;
        let events = (0..240 * 60).map(|minute: i64| {
            let bad = if bad_hour.contains(&(minute / 60)) {
                60
            } else if minute % 10 == 0 {
                6
            } else {
                0
            };
            (minute * 60 + 30, 600 - bad, bad)
        });
        let mut cells = cells_with(std::slice::from_ref(&slo), events);
        cells.expire(Timestamp::from_secs(240 * HOUR_S));
        (slo, cells, Stretch { after: Timestamp(0), upto: Timestamp::from_secs(240 * HOUR_S) })
    }

    #[test]
    fn a_stricter_target_pages_more_and_leaves_less() {
        let (slo, cells, stretch) = ten_days();
        let of = |percent| trial(&slo, &slo.objectives[0], &cells, stretch, target(percent));
        let (lax, strict) = (of(95.0), of(99.9));
        assert_eq!((lax.n_pages, lax.n_days, lax.n_days_met), (0, 11, 11));
        assert_eq!((strict.n_pages, strict.n_days), (1, 11));
        assert!(strict.paged >= DurationUs::from_secs(HOUR_S / 2) && strict.paged <= DurationUs::from_secs(2 * HOUR_S));
        assert!(strict.budget < lax.budget && strict.least_budget <= strict.budget);
        assert!(strict.n_days_met < lax.n_days_met);
    }

    #[test]
    fn what_is_advised_is_promised_and_was_met_by_as_many_windows_as_asked() {
        let shares: Vec<Share> = [0, 1, 2, 5, 40].map(|bad| Share::new(bad, 10_000).unwrap()).into();
        let advised = |percent| advise(&shares, target(percent)).map(|(share, target)| (share.bad(), target.parts()));
        assert_eq!(advised(80.0), Some((5, 999_500_000)));
        assert_eq!(advised(60.0), Some((2, 999_800_000)));
        assert_eq!(advised(100.0), Some((40, 995_000_000)));
        assert_eq!(advise(&[], target(90.0)), None);
        assert_eq!(advise(&[Share::new(9, 10).unwrap()], target(90.0)), None);
    }
}

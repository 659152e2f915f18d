//! One incident that spent much of a budget: a run of time in which it burnt faster than it lasts.

use super::history::Part;
use crate::budget::budget_parts;
use crate::fraction::Fraction;
use crate::low_traffic;
use crate::model::{PPB_ONE, Ppb};
use nines_base::{DurationUs, Timestamp};

/// A run of a window's parts in which the burn rate was above 1. A single quiet part in between does not end it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Incident {
    /// Where its first part begins.
    pub from: Timestamp,
    /// Where its last part ends.
    pub until: Timestamp,
    /// How much of the window's budget it spent: bad over b · valid of the window.
    pub share: Fraction,
    /// Whether it began before the window did, so that this is not all of it.
    pub is_cut: bool,
    /// Whether so many failures among the run's own events could be bad luck at a service that just meets its target. Of a
    /// window that has just begun the budget is that of a handful of events, and its first failure spends all of it.
    pub is_bad_luck: bool,
}

/// An incident that needs a postmortem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PostmortemDue {
    /// The SLO as `NAME` or `NAME/OBJECTIVE`.
    pub slo: String,
    /// When it began.
    pub from: Timestamp,
    /// How far it had come when it was noticed.
    pub until: Timestamp,
    /// The share of the budget that it had spent by then.
    pub share: Fraction,
    /// The share beyond which the policy asks for a postmortem.
    pub limit: Ppb,
}

impl Incident {
    /// Whether it spent more than this share of the budget.
    pub fn exceeds(&self, limit: Ppb) -> bool {
        Fraction::new(u128::from(limit.parts()), u128::from(PPB_ONE)).is_some_and(|limit| self.share > limit)
    }

    /// Whether a postmortem noted earlier is this one's.
    pub fn is_of(&self, due: &PostmortemDue) -> bool {
        due.from < self.until && self.from <= due.until
    }
}

/// The incidents of a window, which begins after `after`, oldest first. `unit` is how many of what parts count one
/// event or slice is.
pub fn incidents(parts: &[Part], after: Timestamp, target: Ppb, unit: u64) -> Vec<Incident> {
    let budget = u128::from(budget_parts(target));
    let valid: u128 = parts.iter().map(|part| u128::from(part.valid)).sum();
    let burns = |part: &Part| u128::from(part.bad) * u128::from(PPB_ONE) > budget * u128::from(part.valid);
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (position, _) in parts.iter().enumerate().filter(|(_, part)| burns(part)) {
        match runs.last_mut().filter(|(_, last)| position - *last <= 2) {
            Some((_, last)) => *last = position,
            None => runs.push((position, position)),
        }
    }
    let incident = |(first, last): (usize, usize)| {
        let run = &parts[first..=last];
        let bad: u128 = run.iter().filter(|part| burns(part)).map(|part| u128::from(part.bad)).sum();
        let share = Fraction::new(bad.checked_mul(u128::from(PPB_ONE))?, budget.checked_mul(valid)?)?;
        Some(Incident {
            from: parts[first].span.from,
            until: parts[last].span.until,
            share,
            is_cut: parts[first].span.from <= after + DurationUs(1),
            is_bad_luck: is_bad_luck(run, target, unit.max(1)),
        })
    };
    runs.into_iter().filter_map(incident).collect()
}

/// One failure is no incident, whatever the target; several are where the low-traffic test of pages says so.
fn is_bad_luck(run: &[Part], target: Ppb, unit: u64) -> bool {
    let sum = |of: fn(&Part) -> u64| run.iter().fold(0u64, |sum, part| sum.saturating_add(of(part))) / unit;
    let (bad, valid) = (sum(|part| part.bad), sum(|part| part.valid));
    bad <= 1 || !low_traffic::is_significant(bad, valid, target)
}

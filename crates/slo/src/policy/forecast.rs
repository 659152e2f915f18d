//! What becomes of a budget if traffic and errors go on as they are, knowing which old errors leave the
//! rolling window when.
//!
//! With the bad and valid of each part of the window, the share at a later time t is (bad that is still in
//! the window + bad that came since) over the same of valid ones. Each part leaves evenly while the
//! window's old edge passes over it, so between two edges everything is linear and the crossing of a mark
//! exact. Once all that is old has left, nothing changes any more. For display: a forecast neither pages
//! nor holds.

use super::history::{COARSE, FINE, Part, parts};
use super::objects::Level;
use crate::budget::{Budget, budget_parts};
use crate::cells::CellStore;
use crate::fraction::Fraction;
use crate::gauge::Gauge;
use crate::model::{Objective, Ppb, Slo, Stretch};
use crate::status::Status;
use nines_base::{DurationUs, Timestamp};

/// When a budget that holds releases will let them pass again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Thaw {
    /// After so long.
    After(DurationUs),
    /// Not while errors go on as they are.
    Never,
}

/// When more than `mark` of an objective's budget is left again, if errors go on as over the short lookback of
/// its first alert; `None` where more is left, or nothing is known. A calendar's next period begins with a whole
/// budget.
pub fn thaw(slo: &Slo, objective: &Objective, cells: &CellStore, status: &Status, mark: Level) -> Option<Thaw> {
    if status.budget()? > Budget::of_level(mark) {
        return None;
    }
    let gauge = Gauge::of(slo, objective).ok()?;
    let seen = slo.window.at(status.at)?.seen;
    let parts = parts(slo, objective, cells, seen, FINE).ok()?;
    let lookback = status.alerts.first()?.conditions.first()?.pair.short;
    let recent = gauge.measure(cells, Stretch::last(lookback, status.at)).ok()?.share;
    let outlook = Outlook {
        parts: &parts,
        at: status.at,
        rolling: status.window,
        recent: recent.map_or((0, 0), |share| (share.bad(), share.valid())),
        lookback,
        target: status.target,
    };
    let rises = outlook.rises_above(mark);
    let rest = status.period.as_ref().map(|period| period.until - status.at);
    Some(match (rises, rest) {
        (Some(after), rest) => Thaw::After(rest.map_or(after, |rest| rest.min(after))),
        (None, Some(rest)) => Thaw::After(rest),
        (None, None) => Thaw::Never,
    })
}

/// When an objective's budget is gone if errors go on as over the long lookback of its first alert; `None` where it
/// lasts, or nothing is known. Nothing leaves a calendar's period; of a composite, whose parts cannot be added up by
/// time, everything is taken to stay.
pub fn exhausts_in(slo: &Slo, objective: &Objective, cells: &CellStore, status: &Status) -> Option<DurationUs> {
    let condition = status.alerts.first()?.conditions.first()?;
    let (budget, recent) = (status.budget()?, condition.long?);
    if budget.is_empty() || status.window.is_none() {
        return status.exhausts_in();
    }
    if recent.burn(status.target) <= Fraction::whole(1) {
        return None;
    }
    let seen = slo.window.at(status.at)?.seen;
    let Ok(parts) = parts(slo, objective, cells, seen, COARSE) else { return status.exhausts_in() };
    let outlook = Outlook {
        parts: &parts,
        at: status.at,
        rolling: status.window,
        recent: (recent.bad(), recent.valid()),
        lookback: condition.pair.long,
        target: status.target,
    };
    outlook.falls_to(Level(0))
}

/// What is known of a window, and what is assumed of the time to come.
#[derive(Clone, Debug)]
pub struct Outlook<'p> {
    /// The parts of the window, oldest first.
    pub parts: &'p [Part],
    /// Its end.
    pub at: Timestamp,
    /// Its length where it rolls; `None` where nothing leaves it before it ends.
    pub rolling: Option<DurationUs>,
    /// What was bad and valid in the lookback that is taken to go on.
    pub recent: (u64, u64),
    /// The length of that lookback.
    pub lookback: DurationUs,
    /// The target.
    pub target: Ppb,
}

impl Outlook<'_> {
    /// When more than `mark` of the budget is left.
    pub fn rises_above(&self, mark: Level) -> Option<DurationUs> {
        self.crossing(mark, |margin| margin > 0.0)
    }

    /// When no more than `mark` of the budget is left.
    pub fn falls_to(&self, mark: Level) -> Option<DurationUs> {
        self.crossing(mark, |margin| margin <= 0.0)
    }

    /// When the margin over a mark becomes what is asked; `None` if it never does.
    fn crossing(&self, mark: Level, is_there: impl Fn(f64) -> bool) -> Option<DurationUs> {
        let edges = self.edges();
        let mut before: Option<(f64, f64)> = None;
        for t in edges {
            let margin = self.margin(mark, t);
            if is_there(margin) {
                let at = match before {
                    // Linear in between: where the line meets zero.
                    Some((t0, margin0)) if margin != margin0 => t0 + (t - t0) * margin0 / (margin0 - margin),
                    _ => t,
                };
                return Some(DurationUs(at.ceil() as i64));
            }
            before = Some((t, margin));
        }
        None
    }

    /// From now to when all that is old has left, each time at which a part begins or ends to leave.
    fn edges(&self) -> Vec<f64> {
        let mut edges = vec![0.0];
        match self.rolling {
            Some(length) => {
                let mut leaving: Vec<i64> = self
                    .parts
                    .iter()
                    .flat_map(|part| [part.span.from, part.span.until])
                    .map(|edge| (edge + length - self.at).0)
                    .filter(|after| (1..length.0).contains(after))
                    .collect();
                leaving.push(length.0);
                leaving.sort_unstable();
                leaving.dedup();
                edges.extend(leaving.into_iter().map(|after| after as f64));
            }
            // Nothing leaves: a line to the horizon, far enough for any budget.
            None => edges.push(1e15),
        }
        edges
    }

    /// (1 − mark) · b · valid − bad, after `t` microseconds: above zero while more than `mark` is left.
    fn margin(&self, mark: Level, t: f64) -> f64 {
        let stays = |part: &Part| match self.rolling {
            None => 1.0,
            Some(length) => {
                let edge = (self.at - length - part.span.from).0 as f64 + t;
                let width = (part.span.until - part.span.from).0 as f64;
                1.0 - (edge / width).clamp(0.0, 1.0)
            }
        };
        let (recent_bad, recent_valid) = (self.recent.0 as f64, self.recent.1 as f64);
        let passed = t / (self.lookback.0.max(1) as f64);
        let (mut bad, mut valid) = (recent_bad * passed, recent_valid * passed);
        for part in self.parts {
            bad += part.bad as f64 * stays(part);
            valid += part.valid as f64 * stays(part);
        }
        let permitted = f64::from(budget_parts(self.target)) / 1e9;
        (1.0 - mark.0 as f64 / 1e9) * permitted * valid - bad
    }
}

//! How an objective stands at one instant: SLI, budget, burn rates, page, coverage, state.
//!
//! A status holds the integers it was computed from, so a verdict that was reached from it can be
//! reached again from its record.

use crate::budget::{Budget, Measure, Share, exhausts_in, exhausts_in_period, measure, measure_raw};
use crate::calendar::Period;
use crate::cells::{CellStore, Coverage};
use crate::key::ObjectiveKey;
use crate::model::{BudgetingMethod, Definitions, Objective, Ppb, Slo, Stretch};
use crate::page::{PagePair, PageReading, wants_low_traffic_test};
use crate::policy::exclusion::{Excluded, excluded};
use crate::window::{NotEvaluated, WindowAt};
use nines_base::{DurationUs, Timestamp};

/// The lookbacks every status has a burn rate for: 5 minutes, 1 hour, 6 hours, 3 days.
pub const BURN_LOOKBACKS: [DurationUs; 4] = [
    DurationUs::from_secs(5 * 60),
    DurationUs::from_secs(3600),
    DurationUs::from_secs(6 * 3600),
    DurationUs::from_secs(3 * 86_400),
];

/// How an objective stands, in one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Budget left, and no page.
    Healthy,
    /// Budget left, but it is being spent fast enough to page.
    Burning,
    /// No budget left.
    Exhausted,
    /// Nothing was valid in the window, or nothing is evaluated.
    Unmeasured,
}

impl State {
    /// As JSON and tables say it.
    pub fn word(self) -> &'static str {
        match self {
            State::Healthy => "healthy",
            State::Burning => "burning",
            State::Exhausted => "exhausted",
            State::Unmeasured => "unmeasured",
        }
    }
}

/// An objective at an instant.
#[derive(Clone, PartialEq, Debug)]
pub struct Status {
    /// `metadata.name` of the SLO.
    pub slo: String,
    /// Label of the objective: its displayName, or its number from 1.
    pub objective: String,
    /// `NAME`, or `NAME/OBJECTIVE` where the SLO has several.
    pub name: String,
    /// The SLO's service.
    pub service: String,
    /// The instant.
    pub at: Timestamp,
    /// Length of a rolling window.
    pub window: Option<DurationUs>,
    /// The current period of a calendar window; `None` before the first one begins.
    pub period: Option<Period>,
    /// The target.
    pub target: Ppb,
    /// Why there are no figures, where there are none for that reason.
    pub not_evaluated: Option<NotEvaluated>,
    /// What was measured over the window, without what is excluded.
    pub measure: Measure,
    /// The same with it; `None` where nothing is excluded.
    pub raw: Option<Measure>,
    /// What is excluded from the window.
    pub excluded: Vec<Excluded>,
    /// Shares over [`BURN_LOOKBACKS`].
    pub burn_shares: [Option<Share>; 4],
    /// The page pairs; none where nothing is evaluated.
    pub page: Vec<PageReading>,
    /// How much of the window was measured, since the objective first was.
    pub coverage: Coverage,
    /// When its first event was counted; `None` if none ever was.
    pub first_counted: Option<Timestamp>,
}

impl Status {
    /// The budget left; undefined where nothing was valid.
    pub fn budget(&self) -> Option<Budget> {
        self.measure.share.map(|share| share.budget(self.target))
    }

    /// Good over valid, for display.
    pub fn sli(&self) -> Option<f64> {
        self.measure.share.map(Share::sli)
    }

    /// Burn rates over [`BURN_LOOKBACKS`], for display.
    pub fn burns(&self) -> [Option<f64>; 4] {
        self.burn_shares.map(|share| share.map(|share| share.burn(self.target).as_f64()))
    }

    /// Whether a page fires.
    pub fn is_paging(&self) -> bool {
        self.page.iter().any(|reading| reading.is_firing(self.target))
    }

    /// The pair to show: one that fires, else the one nearest to firing.
    pub fn leading_page(&self) -> Option<&PageReading> {
        let rank = |reading: &&PageReading| (reading.is_firing(self.target), reading.pressure(self.target));
        self.page.iter().reduce(|best, other| {
            let (best_rank, other_rank) = (rank(&best), rank(&other));
            if other_rank > best_rank { other } else { best }
        })
    }

    /// The state.
    pub fn state(&self) -> State {
        match self.budget() {
            None => State::Unmeasured,
            Some(budget) if budget.is_empty() => State::Exhausted,
            Some(_) if self.is_paging() => State::Burning,
            Some(_) => State::Healthy,
        }
    }

    /// When the budget is gone if the burn rate over the first page pair's long lookback stays; see
    /// [`exhausts_in`]. `None` also where nothing is known.
    pub fn exhausts_in(&self) -> Option<DurationUs> {
        let share = self.page.first()?.long?;
        let (budget, burn) = (self.budget()?, share.burn(self.target));
        match &self.period {
            Some(period) => exhausts_in_period(budget, burn, self.at - period.from, period.until - self.at),
            None => exhausts_in(budget, burn, self.window?),
        }
    }

    /// How far the window reaches back from the instant; `None` where it has not begun.
    pub fn reach(&self) -> Option<DurationUs> {
        self.period.as_ref().map(|period| self.at - period.from).or(self.window)
    }

    /// Which window it is, in any language: `28d`, or the period as `2026-11-01/2026-12-01`.
    pub fn window_text(&self) -> String {
        match &self.period {
            Some(period) => period.local.clone(),
            None => self.window.map(|length| length.to_string()).unwrap_or_default(),
        }
    }
}

/// Judges an objective at an instant, which is the watermark for a live answer.
pub fn evaluate(slo: &Slo, objective: &Objective, cells: &CellStore, at: Timestamp) -> Status {
    let mut status = Status {
        slo: slo.name.clone(),
        objective: objective.label(),
        name: full_name(slo, objective),
        service: slo.service.clone(),
        at,
        window: slo.window.rolling_length(),
        period: None,
        target: objective.target,
        not_evaluated: None,
        measure: Measure::default(),
        raw: None,
        excluded: Vec::new(),
        burn_shares: [None; 4],
        page: Vec::new(),
        coverage: Coverage::default(),
        first_counted: None,
    };
    if let Err(reason) = fill(&mut status, slo, objective, cells) {
        status.not_evaluated = Some(reason);
    }
    status
}

/// Judges every objective, in file order.
pub fn evaluate_all(definitions: &Definitions, cells: &CellStore, at: Timestamp) -> Vec<Status> {
    definitions.objectives().map(|(slo, objective)| evaluate(slo, objective, cells, at)).collect()
}

fn fill(status: &mut Status, slo: &Slo, objective: &Objective, cells: &CellStore) -> Result<(), NotEvaluated> {
    let window = slo.window.at(status.at);
    status.period = window.as_ref().and_then(|window| window.period.clone());
    let key = ObjectiveKey::of(&objective.sli).ok_or(NotEvaluated::ExternalSource)?;
    status.first_counted = cells.first_counted(key);
    let WindowAt { seen, length, .. } = window.ok_or(NotEvaluated::NoPeriod)?;
    status.measure = measure(slo, objective, cells, key, seen)?;
    if !slo.adjustments.is_empty() {
        status.excluded = excluded(slo, cells, key, seen);
    }
    if !status.excluded.is_empty() {
        status.raw = Some(measure_raw(slo, objective, cells, key, seen)?);
    }
    // Burn rates and pages share lookbacks, of a calendar window too: they look back over its beginning.
    let (at, mut known) = (status.at, Vec::<(DurationUs, Measure)>::new());
    if status.period.is_none() {
        known.push((length, status.measure));
    }
    let mut measure_last = |lookback: DurationUs| {
        if let Some((_, measure)) = known.iter().find(|(of, _)| *of == lookback) {
            return Ok(*measure);
        }
        let measure = measure(slo, objective, cells, key, Stretch::last(lookback, at))?;
        known.push((lookback, measure));
        Ok(measure)
    };

    for (share, lookback) in status.burn_shares.iter_mut().zip(BURN_LOOKBACKS) {
        *share = measure_last(lookback)?.share;
    }
    let is_tested = wants_low_traffic_test(slo);
    for pair in PagePair::defaults(length) {
        let long = measure_last(pair.long)?;
        let trials = match slo.method {
            BudgetingMethod::Timeslices => long.counted(),
            BudgetingMethod::Occurrences | BudgetingMethod::RatioTimeslices => long.events,
        };
        status.page.push(PageReading {
            pair,
            long: long.share,
            short: measure_last(pair.short)?.share,
            trials: is_tested.then_some(trials),
        });
    }
    if let Some(first) = status.first_counted {
        status.coverage = cells.coverage(seen.since(first));
    }
    Ok(())
}

fn full_name(slo: &Slo, objective: &Objective) -> String {
    match slo.objectives.len() {
        0 | 1 => slo.name.clone(),
        _ => format!("{}/{}", slo.name, objective.label()),
    }
}

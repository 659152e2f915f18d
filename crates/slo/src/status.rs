//! How an objective stands at one instant: SLI, budget, burn rates, alerts, coverage, state.
//!
//! A status holds the integers it was computed from, so a verdict that was reached from it can be
//! reached again from its record.

use crate::alert::reading::{AlertReading, ConditionReading, traffic_weight};
use crate::alert::rule::{AlertRule, EXPECT_TRAFFIC_ANNOTATION, PAGE, is_weighted};
use crate::budget::{Budget, Measure, Share, exhausts_in, exhausts_in_period};
use crate::calendar::Period;
use crate::cells::{CellStore, Coverage};
use crate::gauge::Gauge;
use crate::interval::Interval;
use crate::model::{Definitions, Objective, Ppb, Slo, Stretch};
use crate::openslo::shorthand_length;
use crate::policy::exclusion::Excluded;
use crate::window::{NotEvaluated, WindowAt};
use nines_base::{DurationUs, Timestamp};

/// The lookbacks every status has a burn rate for: 5 minutes, 1 hour, 6 hours, 3 days.
pub const BURN_LOOKBACKS: [DurationUs; 4] = [
    DurationUs::from_secs(5 * 60),
    DurationUs::from_secs(3600),
    DurationUs::from_secs(6 * 3600),
    DurationUs::from_secs(3 * 86_400),
];

/// A system that is asked for figures gives some within this time, or counts as one that does not answer: five
/// of its slices.
const ANSWERED_WITHIN: DurationUs = DurationUs::from_secs(5 * 60);

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
    /// Whether it is a part of a composite, which speaks for it: it alerts, holds and counts nowhere by itself.
    pub is_part: bool,
    /// The instant.
    pub at: Timestamp,
    /// Length of a rolling window.
    pub window: Option<DurationUs>,
    /// The current period of a calendar window; `None` before the first one begins.
    pub period: Option<Period>,
    /// The target.
    pub target: Ppb,
    /// Whether its figures are estimates: another system's, of senders that left spans out, or of a time that histograms
    /// alone tell of.
    pub is_estimate: bool,
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
    /// The alerts, the page first; none where nothing is evaluated.
    pub alerts: Vec<AlertReading>,
    /// Whether nothing came for longer than the SLO's `nines.dev/expectTraffic` allows, although there were
    /// events before.
    pub is_silent: bool,
    /// Whether a system that is asked for its figures gave none of late.
    pub is_unanswered: bool,
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

    /// Between which bounds what was counted puts the SLI; `None` where it is an estimate, or no ratio of counts.
    pub fn interval(&self) -> Option<Interval> {
        let is_counted = self.measure.unit() == 1 && !self.is_estimate;
        self.measure.share.filter(|_| is_counted).map(Interval::of)
    }

    /// Burn rates over [`BURN_LOOKBACKS`], for display.
    pub fn burns(&self) -> [Option<f64>; 4] {
        self.burn_shares.map(|share| share.map(|share| share.burn(self.target).as_f64()))
    }

    /// Whether a page fires.
    pub fn is_paging(&self) -> bool {
        self.firing_page().is_some()
    }

    /// The page that fires, if one does.
    pub fn firing_page(&self) -> Option<&AlertReading> {
        self.pages().find(|reading| reading.is_firing(self.target))
    }

    /// The page's condition to show: one that holds, else the one nearest to.
    pub fn leading_page(&self) -> Option<&ConditionReading> {
        self.pages().find_map(|reading| reading.leading(self.target))
    }

    fn pages(&self) -> impl Iterator<Item = &AlertReading> {
        self.alerts.iter().filter(|reading| reading.severity == PAGE)
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

    /// When the budget is gone if the burn rate over the first alert's first long lookback stays and nothing leaves
    /// the window; see [`exhausts_in`]. `None` also where nothing is known.
    pub(crate) fn exhausts_in(&self) -> Option<DurationUs> {
        let share = self.alerts.first()?.conditions.first()?.long?;
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
        name: slo.full_name(objective),
        service: slo.service.clone(),
        is_part: slo.is_part(objective),
        at,
        window: slo.window.rolling_length(),
        period: None,
        target: objective.target,
        is_estimate: slo.measured_on(objective).iter().any(|part| part.sli.is_estimate()),
        not_evaluated: None,
        measure: Measure::default(),
        raw: None,
        excluded: Vec::new(),
        burn_shares: [None; 4],
        alerts: Vec::new(),
        is_silent: false,
        is_unanswered: false,
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

/// Judges every story that is joined by trace, in file order.
pub fn evaluate_stories(definitions: &Definitions, cells: &CellStore, at: Timestamp) -> Vec<Status> {
    let joined = definitions.stories.iter().filter_map(|story| story.together.as_ref());
    joined.flat_map(|slo| slo.objectives.iter().map(move |objective| evaluate(slo, objective, cells, at))).collect()
}

fn fill(status: &mut Status, slo: &Slo, objective: &Objective, cells: &CellStore) -> Result<(), NotEvaluated> {
    // What may still turn is not read.
    let at = status.at - slo.settles_in(objective);
    let window = slo.window.at(at);
    status.period = window.as_ref().and_then(|window| window.period.clone());
    let gauge = Gauge::of(slo, objective)?;
    status.first_counted = gauge.first_counted(cells);
    status.is_unanswered = gauge.is_unanswered(cells, Stretch::last(ANSWERED_WITHIN, status.at));
    let WindowAt { seen, length, .. } = window.ok_or(NotEvaluated::NoPeriod)?;
    status.measure = gauge.measure(cells, seen)?;
    if !slo.adjustments.is_empty() {
        status.excluded = gauge.excluded(cells, seen);
    }
    if !status.excluded.is_empty() {
        status.raw = Some(gauge.measure_raw(cells, seen)?);
    }
    // Burn rates and alerts share lookbacks, of a calendar window too: they look back over its beginning.
    let mut known = Vec::<(DurationUs, Measure)>::new();
    if status.period.is_none() {
        known.push((length, status.measure));
    }
    let mut measure_last = |lookback: DurationUs| {
        if let Some((_, measure)) = known.iter().find(|(of, _)| *of == lookback) {
            return Ok(*measure);
        }
        let measure = gauge.measure(cells, Stretch::last(lookback, at))?;
        known.push((lookback, measure));
        Ok(measure)
    };

    let first_counted = status.first_counted;
    let mut covered = Vec::<(DurationUs, Coverage)>::new();
    let mut coverage_last = |lookback: DurationUs| {
        let known = covered.iter().find(|(of, _)| *of == lookback).map(|(_, coverage)| *coverage);
        known.unwrap_or_else(|| {
            let since = first_counted.map(|first| gauge.coverage(cells, Stretch::last(lookback, at).since(first)));
            covered.push((lookback, since.unwrap_or_default()));
            since.unwrap_or_default()
        })
    };

    for (share, lookback) in status.burn_shares.iter_mut().zip(BURN_LOOKBACKS) {
        *share = measure_last(lookback)?.share;
    }
    let weighing = if is_weighted(slo) { Some((measure_last(length)?.events.valid(), length)) } else { None };
    let rules = if status.is_part { Vec::new() } else { AlertRule::of(slo, length) };
    for rule in rules {
        let mut conditions = Vec::with_capacity(rule.conditions.len());
        for condition in &rule.conditions {
            let (long, short) = (measure_last(condition.pair.long)?, measure_last(condition.pair.short)?);
            let age = status.first_counted.map_or(DurationUs(0), |first| at - first);
            let weight = |measure: Measure, lookback: DurationUs| {
                traffic_weight((measure.events.valid(), lookback), weighing?, age)
            };
            let mut reading = ConditionReading {
                long: long.share,
                short: short.share,
                coverage: coverage_last(condition.pair.long),
                short_coverage: coverage_last(condition.pair.short),
                weights: weight(long, condition.pair.long)
                    .zip(weight(short, condition.pair.short))
                    .map(|(long, short)| [long, short]),
                ..ConditionReading::of(condition)
            };
            // Asked last: the tail is a sum of many terms, and most objectives do not burn.
            if condition.is_tested && reading.burns(status.target) {
                let lookback = Stretch::last(condition.pair.long, at);
                reading.is_significant = Some(gauge.is_significant(cells, lookback, &long)?);
            }
            conditions.push(reading);
        }
        status.alerts.push(AlertReading { severity: rule.severity, conditions, level: None });
    }
    if let Some(silence) = slo.annotations.get(EXPECT_TRAFFIC_ANNOTATION).and_then(|text| shorthand_length(text)) {
        // Of what was counted, not of what is left of it: an excluded time is no silence.
        let heard = gauge.measure_raw(cells, Stretch::last(silence, at))?.events;
        status.is_silent = status.first_counted.is_some() && heard.valid() == 0;
    }
    if let Some(first) = status.first_counted {
        status.coverage = gauge.coverage(cells, seen.since(first));
    }
    Ok(())
}

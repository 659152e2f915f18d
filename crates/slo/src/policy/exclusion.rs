//! Times that are not held against a budget, applied to counts when they are read: cells keep what was counted,
//! so an adjustment can be added, changed or withdrawn later, and the raw value can always be shown beside.
//!
//! Counts are kept by slices of time, the older the longer (ten seconds, a minute, five, an hour), so the
//! edges of an excluded time round outward to whole slices: a slice that an excluded time touches is excluded.
//! Where times of both modes meet, `removed` wins: what is not there cannot count as good.
//!
//! Coverage is not adjusted: it says what was measured, and not what is held against anybody. Burn rates are,
//! because a maintenance that was announced must not wake anybody.

use super::objects::{AdjustmentMode, BudgetAdjustment};
use super::times::Span;
use crate::cells::{CellStore, WindowSum};
use crate::key::ObjectiveKey;
use crate::model::{Counts, Slo, Stretch};
use nines_base::{DurationUs, Timestamp};
use std::sync::Arc;

/// Gives each SLO the adjustments that name it.
pub fn assign(slos: &mut [Slo], adjustments: &[BudgetAdjustment]) {
    for adjustment in adjustments.iter().map(|adjustment| Arc::new(adjustment.clone())) {
        let named = slos.iter_mut().filter(|slo| adjustment.slos.contains(&slo.name));
        named.for_each(|slo| slo.adjustments.push(adjustment.clone()));
    }
}

/// What one adjustment takes out of a stretch of time.
#[derive(Clone, PartialEq, Debug)]
pub struct Excluded {
    /// The adjustment.
    pub adjustment: Arc<BudgetAdjustment>,
    /// Its times that meet the stretch, as they were given.
    pub spans: Vec<Span>,
    /// The events in them, edges rounded outward.
    pub counts: Counts,
}

/// The excluded times that meet one stretch, by mode, in order and disjoint.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Exclusions {
    removed: Vec<Span>,
    as_good: Vec<Span>,
}

impl Exclusions {
    /// Those of an SLO.
    pub fn of(slo: &Slo, stretch: Stretch) -> Exclusions {
        let of_mode = |mode: AdjustmentMode| {
            let of_mode = slo.adjustments.iter().filter(|adjustment| adjustment.mode == mode);
            merged(of_mode.flat_map(|adjustment| adjustment.times.meeting(stretch)).collect())
        };
        Exclusions { removed: of_mode(AdjustmentMode::Removed), as_good: of_mode(AdjustmentMode::AsGood) }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.as_good.is_empty()
    }

    /// What becomes of a slice; `None` where nothing does.
    pub fn fate_of(&self, slice: Span) -> Option<AdjustmentMode> {
        let touches = |spans: &[Span]| {
            let first = spans.partition_point(|span| span.until <= slice.from);
            spans.get(first).is_some_and(|span| span.from < slice.until)
        };
        if touches(&self.removed) {
            Some(AdjustmentMode::Removed)
        } else {
            touches(&self.as_good).then_some(AdjustmentMode::AsGood)
        }
    }

    /// The events of a window without what is excluded.
    pub fn apply(&self, cells: &CellStore, key: ObjectiveKey, window: WindowSum) -> Counts {
        let (removed, as_good) =
            (rounded(&self.removed, cells, key, window), rounded(&self.as_good, cells, key, window));
        let sum = |spans: &[Span]| {
            let mut sum = Counts::default();
            spans.iter().for_each(|span| sum += sum_of(cells, key, *span).counts);
            sum
        };
        let (gone, excused, both) = (sum(&removed), sum(&as_good), sum(&intersection(&removed, &as_good)));
        let n_excused = excused.bad.saturating_sub(both.bad);
        Counts {
            good: window.counts.good.saturating_sub(gone.good).saturating_add(n_excused),
            bad: window.counts.bad.saturating_sub(gone.bad).saturating_sub(n_excused),
        }
    }
}

/// What each adjustment of an SLO takes out of a window.
pub fn excluded(slo: &Slo, cells: &CellStore, key: ObjectiveKey, stretch: Stretch) -> Vec<Excluded> {
    let window = cells.sum(key, stretch);
    let of_adjustment = |adjustment: &Arc<BudgetAdjustment>| {
        let spans = adjustment.times.meeting(stretch);
        let mut counts = Counts::default();
        for span in rounded(&merged(spans.clone()), cells, key, window) {
            counts += sum_of(cells, key, span).counts;
        }
        (!spans.is_empty()).then(|| Excluded { adjustment: adjustment.clone(), spans, counts })
    };
    slo.adjustments.iter().filter_map(of_adjustment).collect()
}

/// The spans rounded outward to the slices that counts are kept in, disjoint, within the window.
fn rounded(spans: &[Span], cells: &CellStore, key: ObjectiveKey, window: WindowSum) -> Vec<Span> {
    let (from, until) = (Timestamp::from_secs(window.from_s), Timestamp::from_secs(window.until_s));
    let round = |span: &Span| {
        let met = Span { from: span.from.max(from), until: span.until.min(until) };
        let WindowSum { from_s, until_s, .. } = (met.from < met.until).then(|| sum_of(cells, key, met))?;
        let whole =
            Span { from: Timestamp::from_secs(from_s).max(from), until: Timestamp::from_secs(until_s).min(until) };
        (whole.from < whole.until).then_some(whole)
    };
    merged(spans.iter().filter_map(round).collect())
}

fn sum_of(cells: &CellStore, key: ObjectiveKey, span: Span) -> WindowSum {
    cells.sum(key, Stretch { after: span.from - DurationUs(1), upto: span.until - DurationUs(1) })
}

/// Sorted, and joined where they touch.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut().filter(|last| span.from <= last.until) {
            Some(last) => last.until = last.until.max(span.until),
            None => joined.push(span),
        }
    }
    joined
}

/// Where both lists, each sorted and disjoint, have a span.
fn intersection(one: &[Span], other: &[Span]) -> Vec<Span> {
    let meet = |a: &Span| {
        let a = *a;
        other.iter().map(move |b| Span { from: a.from.max(b.from), until: a.until.min(b.until) })
    };
    one.iter().flat_map(meet).filter(|span| span.from < span.until).collect()
}

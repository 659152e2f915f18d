//! Events that are not held against a budget, applied to counts when they are read: cells keep what was counted,
//! so an adjustment can be added, changed or withdrawn later, and the raw value can always be shown beside.
//!
//! Counts are kept by slices of time, the older the longer (ten seconds, a minute, five, an hour), so the
//! edges of an excluded time round outward to whole slices: a slice that an excluded time touches is excluded. An
//! adjustment with a filter takes of those slices only the events of [`super::apart`].
//!
//! Where both modes meet, `removed` wins: what is not there cannot count as good.
//!
//! Coverage is not adjusted: it says what was measured, and not what is held against anybody. Burn rates are,
//! because a maintenance that was announced must not wake anybody.

use super::apart::{Filters, SetApart};
use super::objects::{AdjustmentMode, BudgetAdjustment};
use super::times::Span;
use crate::cells::{CellStore, WindowSum};
use crate::key::ObjectiveKey;
use crate::model::{Counts, Slo, Stretch};
use nines_base::{DurationUs, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Gives each SLO the adjustments that name it.
pub fn assign(slos: &mut [Slo], adjustments: &[BudgetAdjustment]) {
    for adjustment in adjustments.iter().map(|adjustment| Arc::new(adjustment.clone())) {
        let named = slos.iter_mut().filter(|slo| adjustment.slos.contains(&slo.name));
        named.for_each(|slo| slo.adjustments.push(adjustment.clone()));
    }
    slos.iter_mut().for_each(|slo| slo.apart = SetApart::of(slo));
}

/// What one adjustment takes out of a stretch of time.
#[derive(Clone, PartialEq, Debug)]
pub struct Excluded {
    /// The adjustment.
    pub adjustment: Arc<BudgetAdjustment>,
    /// Its times that meet the stretch, as they were given; of one without a beginning or an end, the stretch's.
    pub spans: Vec<Span>,
    /// The events in them, edges rounded outward.
    pub counts: Counts,
}

/// What is excluded of one stretch.
#[derive(Clone, Debug, Default)]
pub struct Exclusions<'s> {
    cuts: Vec<Cut>,
    apart: Option<&'s SetApart>,
}

/// Times in which something is excluded, in order and disjoint.
#[derive(Clone, Debug)]
struct Cut {
    what: Taken,
    spans: Vec<Span>,
}

/// Which events are taken, and what becomes of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Taken {
    is_removed: bool,
    /// The filter that takes them; `None` takes all.
    filters: Option<Filters>,
}

/// What all cuts that meet in one place exclude there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fate {
    removed: Scope,
    as_good: Scope,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Scope {
    is_all: bool,
    filters: Filters,
}

impl Fate {
    /// Whether every event is removed.
    pub fn is_removed(self) -> bool {
        self.removed.is_all
    }

    /// Whether every event that stays is good.
    pub fn is_as_good(self) -> bool {
        self.as_good.is_all
    }

    fn add(&mut self, taken: Taken) {
        let scope = if taken.is_removed { &mut self.removed } else { &mut self.as_good };
        match taken.filters {
            None => scope.is_all = true,
            Some(filters) => scope.filters = scope.filters.and(filters),
        }
    }

    /// What stays of some events, where `union` says how many at least one of some filters takes.
    fn leaves(self, all: Counts, union: impl Fn(Filters) -> Counts) -> Counts {
        if self.removed.is_all {
            return Counts::default();
        }
        let gone =
            if self.removed.filters == Filters::default() { Counts::default() } else { union(self.removed.filters) };
        let n_excused = if self.as_good.is_all {
            all.bad.saturating_sub(gone.bad)
        } else if self.as_good.filters == Filters::default() {
            0
        } else {
            union(self.removed.filters.and(self.as_good.filters)).bad.saturating_sub(gone.bad)
        };
        Counts {
            good: all.good.saturating_sub(gone.good).saturating_add(n_excused),
            bad: all.bad.saturating_sub(gone.bad).saturating_sub(n_excused),
        }
    }
}

impl<'s> Exclusions<'s> {
    /// Those of an SLO.
    pub fn of(slo: &'s Slo, stretch: Stretch) -> Exclusions<'s> {
        let mut spans: BTreeMap<Taken, Vec<Span>> = BTreeMap::new();
        for adjustment in &slo.adjustments {
            if let Some(what) = Taken::by(adjustment, &slo.apart) {
                spans.entry(what).or_default().extend(adjustment.times.meeting(stretch));
            }
        }
        let cuts = spans.into_iter().map(|(what, spans)| Cut { what, spans: merged(spans) });
        Exclusions { cuts: cuts.filter(|cut| !cut.spans.is_empty()).collect(), apart: Some(&slo.apart) }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cuts.is_empty()
    }

    /// What is excluded in a slice; `None` where nothing is.
    pub fn fate_of(&self, slice: Span) -> Option<Fate> {
        fate(self.cuts.iter().filter(|cut| meets(&cut.spans, slice)).map(|cut| cut.what))
    }

    /// What stays of the events of a slice, where something is excluded of it.
    pub fn leaves_of_slice(
        &self,
        fate: Fate,
        cells: &CellStore,
        key: ObjectiveKey,
        (number, slice_s): (i64, u32),
        all: Counts,
    ) -> Counts {
        let slice = stretch_of(Span::slice(number, slice_s));
        let count = |part| cells.slices(part, slice_s, slice).next().map(|(_, counts)| counts).unwrap_or_default();
        fate.leaves(all, |filters| self.apart.map(|apart| apart.union(key, filters, count)).unwrap_or_default())
    }

    /// The events of a window without what is excluded.
    pub fn apply(&self, cells: &CellStore, key: ObjectiveKey, window: WindowSum) -> Counts {
        let rounded = |cut: &Cut| Cut { what: cut.what, spans: rounded(&cut.spans, cells, key, window) };
        let cuts: Vec<Cut> = self.cuts.iter().map(rounded).collect();
        let mut counts = window.counts;
        for stretch in stretches_between_edges(&cuts) {
            let here = cuts.iter().filter(|cut| meets(&cut.spans, stretch)).map(|cut| cut.what);
            let Some(fate) = fate(here) else { continue };
            let all = sum_of(cells, key, stretch).counts;
            let left = fate.leaves(all, |filters| self.union(cells, key, stretch, filters));
            counts = Counts {
                good: counts.good.saturating_sub(all.good).saturating_add(left.good),
                bad: counts.bad.saturating_sub(all.bad).saturating_add(left.bad),
            };
        }
        counts
    }

    fn union(&self, cells: &CellStore, key: ObjectiveKey, span: Span, filters: Filters) -> Counts {
        let union = |apart: &SetApart| apart.union(key, filters, |part| sum_of(cells, part, span).counts);
        self.apart.map(union).unwrap_or_default()
    }
}

impl Taken {
    /// What an adjustment takes; `None` where its filter is one too many for the SLO.
    fn by(adjustment: &BudgetAdjustment, apart: &SetApart) -> Option<Taken> {
        let filters = match &adjustment.filter {
            None => None,
            Some(_) => Some(apart.filters_of(adjustment)?),
        };
        Some(Taken { is_removed: adjustment.mode == AdjustmentMode::Removed, filters })
    }
}

/// What each adjustment of an SLO takes out of a window.
pub fn excluded(slo: &Slo, cells: &CellStore, key: ObjectiveKey, stretch: Stretch) -> Vec<Excluded> {
    let window = cells.sum(key, stretch);
    let of_adjustment = |adjustment: &Arc<BudgetAdjustment>| {
        let taken = Taken::by(adjustment, &slo.apart)?;
        let spans = adjustment.times.meeting(stretch);
        let mut counts = Counts::default();
        for span in rounded(&merged(spans.clone()), cells, key, window) {
            counts += match taken.filters {
                None => sum_of(cells, key, span).counts,
                Some(filters) => slo.apart.union(key, filters, |part| sum_of(cells, part, span).counts),
            };
        }
        let spans: Vec<Span> = spans.into_iter().map(|span| told(span, adjustment, stretch)).collect();
        (!spans.is_empty()).then(|| Excluded { adjustment: adjustment.clone(), spans, counts })
    };
    slo.adjustments.iter().filter_map(of_adjustment).collect()
}

/// A time as it is told: one that never began or never ends is told as far as the stretch goes.
fn told(span: Span, adjustment: &BudgetAdjustment, stretch: Stretch) -> Span {
    let from = adjustment.times.begins().map_or(stretch.after + DurationUs(1), |_| span.from);
    let until = adjustment.times.ends().map_or(stretch.upto + DurationUs(1), |_| span.until);
    Span { from, until }
}

fn fate(taken: impl Iterator<Item = Taken>) -> Option<Fate> {
    let mut fate = Fate::default();
    taken.for_each(|taken| fate.add(taken));
    (fate != Fate::default()).then_some(fate)
}

fn meets(spans: &[Span], stretch: Span) -> bool {
    let first = spans.partition_point(|span| span.until <= stretch.from);
    spans.get(first).is_some_and(|span| span.from < stretch.until)
}

/// The stretches between all edges, one after the other: in each, the same is excluded throughout.
fn stretches_between_edges(cuts: &[Cut]) -> Vec<Span> {
    let spans = cuts.iter().flat_map(|cut| &cut.spans);
    let mut edges: Vec<Timestamp> = spans.flat_map(|span| [span.from, span.until]).collect();
    edges.sort_unstable();
    edges.dedup();
    edges.windows(2).map(|edges| Span { from: edges[0], until: edges[1] }).collect()
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
    cells.sum(key, stretch_of(span))
}

fn stretch_of(span: Span) -> Stretch {
    Stretch { after: span.from - DurationUs(1), upto: span.until - DurationUs(1) }
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

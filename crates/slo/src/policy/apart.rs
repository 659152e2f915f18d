//! Events that an adjustment names by what their spans say: counted once more, apart from the others, so that they can be
//! left out when counts are read.
//!
//! Of an indicator and a filter, the events set apart are those of the same indicator whose total asks the filter, too:
//! an indicator like any other, counted from the moment it is wanted and back over what is stored. Where an SLO has
//! several filters, an event may be taken by more than one, so each combination of them is set apart, and how many events
//! at least one of some filters takes is found by inclusion and exclusion: |A ∪ B| = |A| + |B| − |A ∩ B|.

use super::objects::BudgetAdjustment;
use crate::key::ObjectiveKey;
use crate::model::{Counts, Objective, Slo};
use nines_trace::filter::Filter;

/// Different filters of one SLO's adjustments: with four, fifteen combinations are counted of each objective.
pub const FILTERS_MAX: usize = 4;

/// What an SLO's adjustments set apart.
#[derive(Clone, Debug, Default)]
pub struct SetApart {
    filters: Vec<Filter>,
    parts: Vec<Part>,
}

/// The events of one objective that all of some filters take.
#[derive(Clone, Debug)]
pub struct Part {
    /// Of which indicator they are a part.
    pub of: ObjectiveKey,
    /// Under which key they are counted.
    pub key: ObjectiveKey,
    /// As an objective, which is counted and never judged.
    pub objective: Objective,
    filters: Filters,
}

/// Some of an SLO's filters, a bit for each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Filters(u8);

impl Filters {
    /// Those of both.
    pub fn and(self, other: Filters) -> Filters {
        Filters(self.0 | other.0)
    }

    fn is_among(self, other: Filters) -> bool {
        self.0 & other.0 == self.0
    }

    fn n(self) -> u32 {
        self.0.count_ones()
    }
}

impl SetApart {
    /// What the adjustments of an SLO name.
    pub fn of(slo: &Slo) -> SetApart {
        let mut filters: Vec<Filter> = Vec::new();
        for filter in slo.adjustments.iter().filter_map(|adjustment| adjustment.filter.as_ref()) {
            if filters.len() < FILTERS_MAX && !filters.iter().any(|known| is_same(known, filter)) {
                filters.push(filter.clone());
            }
        }
        let combinations = 1..1u8 << filters.len();
        let parts = combinations.flat_map(|bits| {
            let chosen = filters.iter().enumerate().filter(|(nth, _)| bits >> nth & 1 == 1);
            let all = Filter::from_terms(chosen.flat_map(|(_, filter)| filter.terms().iter().cloned()).collect());
            slo.objectives.iter().filter_map(move |objective| Part::of(objective, &all, Filters(bits)))
        });
        SetApart { parts: parts.collect(), filters }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// What is counted for it.
    pub fn objectives(&self) -> impl Iterator<Item = &Objective> {
        self.parts.iter().map(|part| &part.objective)
    }

    /// Under which keys it is counted, each with that of the whole indicator.
    pub fn keys(&self) -> impl Iterator<Item = (ObjectiveKey, ObjectiveKey)> {
        self.parts.iter().map(|part| (part.key, part.of))
    }

    /// The bit of an adjustment's filter; `None` where it is one too many.
    pub fn filters_of(&self, adjustment: &BudgetAdjustment) -> Option<Filters> {
        let filter = adjustment.filter.as_ref()?;
        self.filters.iter().position(|known| is_same(known, filter)).map(|nth| Filters(1 << nth))
    }

    /// The same of one group of an indicator, whose events set apart are the group of the same value.
    pub fn of_group(&self, of: ObjectiveKey, group: ObjectiveKey, value: &str) -> SetApart {
        let parts = self.parts.iter().filter(|part| part.of == of);
        let parts = parts.map(|part| Part { of: group, key: part.key.of_group(value), ..part.clone() });
        SetApart { filters: self.filters.clone(), parts: parts.collect() }
    }

    /// How many events of an indicator at least one of some filters takes, where `count` says how many are counted under
    /// a key.
    pub fn union(&self, of: ObjectiveKey, filters: Filters, count: impl Fn(ObjectiveKey) -> Counts) -> Counts {
        let (mut more, mut less) = (Counts::default(), Counts::default());
        for part in self.parts.iter().filter(|part| part.of == of && part.filters.is_among(filters)) {
            let sum = if part.filters.n() % 2 == 1 { &mut more } else { &mut less };
            *sum += count(part.key);
        }
        Counts { good: more.good.saturating_sub(less.good), bad: more.bad.saturating_sub(less.bad) }
    }
}

impl Part {
    fn of(objective: &Objective, filter: &Filter, filters: Filters) -> Option<Part> {
        let of = ObjectiveKey::of(&objective.sli)?;
        let sli = objective.sli.narrowed(filter)?;
        let key = ObjectiveKey::of(&sli)?;
        Some(Part { of, key, objective: Objective { sli, ..objective.clone() }, filters })
    }
}

/// Whether events of an SLO can be set apart: those of some objective are spans.
pub fn can_set_apart(slo: &Slo) -> bool {
    let everything = Filter::from_terms(Vec::new());
    slo.objectives.iter().any(|objective| objective.sli.narrowed(&everything).is_some())
}

/// Whether a filter can be added to those of an SLO's adjustments.
pub fn has_room<'a>(adjustments: impl Iterator<Item = &'a BudgetAdjustment>, filter: &Filter) -> bool {
    let mut known: Vec<String> = adjustments.filter_map(|other| other.filter.as_ref()).map(Filter::to_string).collect();
    known.sort_unstable();
    known.dedup();
    known.len() < FILTERS_MAX || known.contains(&filter.to_string())
}

/// As the language writes them, so that spacing and quotes do not matter.
fn is_same(one: &Filter, other: &Filter) -> bool {
    one.to_string() == other.to_string()
}

//! What the figures of an objective are read from: cells of its own, or those of the parts of a composite.
//!
//! A composite is judged in budgets, because its parts may have different targets. By the specification each
//! part burns the composite's budget as fast as it burns its own, times its weight, so what is consumed is
//! Σ wᵢ·eᵢ/bᵢ; `normalised` divides that by Σ wᵢ, `worst` takes the greatest eᵢ/bᵢ. With the least target
//! of the parts as the composite's own, its share of bad is the consumed part of that target's budget, at most all
//! of it: where targets are equal, the sum of the missing parts (95 % and 95 % are 90 %). Rounding is never in the
//! service's favour: what was consumed is rounded up. By `Timeslices` a slice
//! is bad that is bad for any part, whatever the weights, unless an annotation asks for another reading. A part
//! that nothing was valid of consumes nothing.

use crate::budget::{Measure, SLICE_PARTS, Share, budget_parts, measure_without, reach, tally, verdicts_of};
use crate::cells::{CellStore, Coverage, slice_seconds};
use crate::key::ObjectiveKey;
use crate::low_traffic;
use crate::model::{BudgetingMethod, CompositeMode, Counts, Objective, PPB_ONE, Ppb, Sli, Slo, Stretch};
use crate::policy::exclusion::{Excluded, Exclusions, excluded};
use crate::window::NotEvaluated;
use nines_base::Timestamp;
use std::collections::BTreeMap;

/// What an objective is measured on.
#[derive(Clone, Debug)]
pub struct Gauge<'s> {
    slo: &'s Slo,
    target: Ppb,
    /// `None` for an objective that is measured by itself.
    mode: Option<CompositeMode>,
    parts: Vec<(&'s Objective, ObjectiveKey)>,
}

impl<'s> Gauge<'s> {
    /// Of an objective of an SLO.
    pub fn of(slo: &'s Slo, objective: &'s Objective) -> Result<Gauge<'s>, NotEvaluated> {
        let mode = match objective.sli {
            Sli::Composite(mode) => Some(mode),
            _ => None,
        };
        let keyed = |part: &'s Objective| Some((part, ObjectiveKey::of(&part.sli)?));
        let parts =
            slo.measured_on(objective).iter().map(keyed).collect::<Option<_>>().ok_or(NotEvaluated::ExternalSource)?;
        Ok(Gauge { slo, target: objective.target, mode, parts })
    }

    /// Measures a stretch of time, without what the SLO's adjustments exclude.
    pub fn measure(&self, cells: &CellStore, stretch: Stretch) -> Result<Measure, NotEvaluated> {
        self.measure_by(cells, stretch, |objective| self.exclusions(objective, stretch))
    }

    /// Measures a stretch of time as it was, whatever adjustments there are.
    pub fn measure_raw(&self, cells: &CellStore, stretch: Stretch) -> Result<Measure, NotEvaluated> {
        self.measure_by(cells, stretch, |_| Ok(Exclusions::default()))
    }

    /// When its first event was counted.
    pub fn first_counted(&self, cells: &CellStore) -> Option<Timestamp> {
        self.parts.iter().filter_map(|(_, key)| cells.first_counted(*key)).min()
    }

    /// How much of a stretch was measured: of several parts that of the worst.
    pub fn coverage(&self, cells: &CellStore, stretch: Stretch) -> Coverage {
        let of_part = |(part, key): &(&Objective, ObjectiveKey)| {
            if part.sli.is_queried() { cells.answered(*key, stretch) } else { cells.coverage(stretch) }
        };
        self.parts.iter().map(of_part).reduce(Coverage::worse).unwrap_or_default()
    }

    /// Whether a part is asked elsewhere and nothing of the stretch is known: nothing that was asked for was answered, or
    /// it was answered before and nothing was even asked for.
    pub fn is_unanswered(&self, cells: &CellStore, stretch: Stretch) -> bool {
        let of_part = |key: ObjectiveKey| {
            let Coverage { measured_us, unmeasured_us } = cells.answered(key, stretch);
            measured_us == 0 && (unmeasured_us > 0 || cells.first_counted(key).is_some())
        };
        self.parts.iter().filter(|(part, _)| part.sli.is_queried()).any(|(_, key)| of_part(*key))
    }

    /// What of a stretch is excluded; the events are those of all parts.
    pub fn excluded(&self, cells: &CellStore, stretch: Stretch) -> Vec<Excluded> {
        let mut all = self.parts.iter().map(|(_, key)| excluded(self.slo, cells, *key, stretch));
        let mut first = all.next().unwrap_or_default();
        for other in all {
            // Times do not depend on the part.
            first.iter_mut().zip(other).for_each(|(sum, part)| sum.counts += part.counts);
        }
        first
    }

    /// Whether what was bad in a stretch, which came to `measure`, is more than bad luck. Of a composite, whether it
    /// is at one of its parts, each by its own counts and its own target: neither events nor targets of different
    /// parts can be added up.
    pub fn is_significant(&self, cells: &CellStore, stretch: Stretch, measure: &Measure) -> Result<bool, NotEvaluated> {
        if self.mode.is_none() {
            return Ok(is_more_than_luck(measure, self.target));
        }
        let measures = self.measure_parts(cells, stretch, |objective| self.exclusions(objective, stretch))?;
        Ok(self.parts.iter().zip(&measures).any(|((part, _), measure)| is_more_than_luck(measure, part.target)))
    }

    /// What the SLO's adjustments exclude of a stretch.
    fn exclusions(&self, objective: &Objective, stretch: Stretch) -> Result<Exclusions<'s>, NotEvaluated> {
        if self.slo.adjustments.is_empty() {
            return Ok(Exclusions::default());
        }
        Ok(Exclusions::of(self.slo, reach(self.slo, objective, stretch)?))
    }

    fn measure_parts(
        &self,
        cells: &CellStore,
        stretch: Stretch,
        exclusions: impl Fn(&Objective) -> Result<Exclusions<'s>, NotEvaluated>,
    ) -> Result<Vec<Measure>, NotEvaluated> {
        let measure = |(objective, key): &(&Objective, ObjectiveKey)| {
            measure_without(&exclusions(objective)?, self.slo, objective, cells, *key, stretch)
        };
        self.parts.iter().map(measure).collect()
    }

    fn measure_by(
        &self,
        cells: &CellStore,
        stretch: Stretch,
        exclusions: impl Fn(&Objective) -> Result<Exclusions<'s>, NotEvaluated>,
    ) -> Result<Measure, NotEvaluated> {
        let measures = self.measure_parts(cells, stretch, &exclusions)?;
        let Some(mode) = self.mode else { return Ok(measures[0]) };
        let mut events = Counts::default();
        measures.iter().for_each(|part| events += part.events);
        if (mode, self.slo.method) == (CompositeMode::Literal, BudgetingMethod::Timeslices) {
            let judged = self.judge_slices_together(cells, stretch, exclusions)?;
            return Ok(Measure { events, slices: Some(judged), share: Share::of(judged), ..Measure::default() });
        }
        Ok(Measure { events, is_composed: true, share: self.compose(mode, &measures), ..Measure::default() })
    }

    /// A slice is good that is bad for no part. Parts must have slices of one length.
    fn judge_slices_together(
        &self,
        cells: &CellStore,
        stretch: Stretch,
        exclusions: impl Fn(&Objective) -> Result<Exclusions<'s>, NotEvaluated>,
    ) -> Result<Counts, NotEvaluated> {
        let mut verdicts: BTreeMap<i64, bool> = BTreeMap::new();
        let mut length_s = None;
        for (objective, key) in &self.parts {
            let slice_s = slice_seconds(self.slo, objective)?.ok_or(NotEvaluated::SliceLength)?;
            if *length_s.get_or_insert(slice_s) != slice_s {
                return Err(NotEvaluated::MixedSlices);
            }
            let exclusions = exclusions(objective)?;
            for (number, is_good) in verdicts_of(
                self.slo,
                objective,
                &exclusions,
                cells,
                *key,
                slice_s,
                reach(self.slo, objective, stretch)?,
            ) {
                *verdicts.entry(number).or_insert(true) &= is_good;
            }
        }
        Ok(tally(verdicts.into_values()))
    }

    /// What the parts consumed together, as a share of bad under the composite's target.
    fn compose(&self, mode: CompositeMode, measures: &[Measure]) -> Option<Share> {
        let known = || self.parts.iter().zip(measures).filter_map(|((part, _), measure)| Some((*part, measure.share?)));
        known().next()?;
        let parts = match mode {
            CompositeMode::Literal => {
                known().fold(0u64, |sum, (part, share)| sum.saturating_add(self.consumed(part, share)))
            }
            CompositeMode::Worst => {
                known().map(|(part, share)| self.consumed_unweighted(part, share)).max().unwrap_or(0)
            }
            CompositeMode::Normalised => {
                let (mut sum, mut weights) = (0u128, 0u128);
                for (part, share) in known() {
                    let weight = weight_parts(part);
                    let consumed = u128::from(self.consumed_unweighted(part, share));
                    sum = sum.saturating_add(weight.saturating_mul(consumed));
                    weights = weights.saturating_add(weight);
                }
                u64::try_from(sum.div_ceil(weights.max(1))).unwrap_or(u64::MAX)
            }
        };
        Share::new(parts.min(SLICE_PARTS), SLICE_PARTS)
    }

    /// What a part consumed of its own budget, as parts of the composite's: e · 10¹² · b₀/b, rounded up twice.
    fn consumed_unweighted(&self, part: &Objective, share: Share) -> u64 {
        let missing = (u128::from(share.bad()) * u128::from(SLICE_PARTS)).div_ceil(u128::from(share.valid()));
        let scaled = (missing * u128::from(budget_parts(self.target))).div_ceil(u128::from(budget_parts(part.target)));
        u64::try_from(scaled).unwrap_or(u64::MAX)
    }

    fn consumed(&self, part: &Objective, share: Share) -> u64 {
        let parts = u128::from(self.consumed_unweighted(part, share));
        let weighted = parts.saturating_mul(weight_parts(part)).div_ceil(u128::from(PPB_ONE));
        u64::try_from(weighted).unwrap_or(u64::MAX)
    }
}

/// The weight in parts per billion, rounded up and so never nothing.
fn weight_parts(part: &Objective) -> u128 {
    let scaled = part.weight.numerator().saturating_mul(u128::from(PPB_ONE));
    scaled.div_ceil(part.weight.denominator()).max(1)
}

/// The low-traffic test of an objective of this target, in what its method counts.
fn is_more_than_luck(measure: &Measure, target: Ppb) -> bool {
    let Counts { bad, .. } = measure.counted();
    low_traffic::is_significant(bad, measure.counted().valid(), target)
}

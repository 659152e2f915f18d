//! The default policy, for services without one of their own.
//!
//! Held where an SLO of the service has no budget left, fires a page, or was measured before and is
//! unmeasured or silent now. What was never measured, or is not evaluated by this build, says nothing and is told. A fix, a
//! security fix and a rollback pass on an empty budget and on the page that goes with it: they are how it
//! ends. They are recorded as such. Missing measurements pass only where the caller says so.

use super::text::percent;
use super::{Effect, Finding, GateInput, OnUnknown, Page, Reading, Reason, Rule, effect, told};
use crate::budget::budget_parts;
use crate::fraction::Fraction;
use crate::messages::{GateChangeText, GateReasonText};
use crate::model::PPB_ONE;
use crate::policy::forecast::Thaw;
use crate::window::NotEvaluated;
use nines_base::figures::significant;

/// What the default policy finds of every objective.
pub(super) fn judge(input: &GateInput) -> Vec<Finding> {
    let of_reading = |reading: &Reading| {
        let Some(budget) = reading.budget() else { return vec![unmeasured(reading, input)] };
        let empty = budget.is_empty().then(|| empty_budget(reading, budget.as_f64(), input));
        empty.into_iter().chain(page(reading, input)).chain(silent(reading, input)).collect()
    };
    input.readings.iter().flat_map(of_reading).collect()
}

fn empty_budget(reading: &Reading, left: f64, input: &GateInput) -> Finding {
    let (slo, window) = (reading.slo.clone(), reading.window.clone());
    let passes = input.kind.is_remedy();
    let text = if passes {
        GateReasonText::BudgetEmptyPassed { slo, left: percent(left), window, kind: input.kind.word().into() }
    } else {
        GateReasonText::BudgetEmpty { slo, left: percent(left), window }
    };
    let mut changes = vec![GateChangeText::BudgetRises { slo: reading.slo.clone(), n_bad: overspent(reading) }];
    changes.extend(reading.thaw.map(|thaw| forecast(&reading.slo, thaw)));
    let reason = Reason {
        rule: Rule::Budget,
        effect: effect(passes),
        slo: Some(reading.slo.clone()),
        value: Some(left),
        limit: Some(0.0),
        text,
    };
    Finding { reason, changes }
}

/// When the budget will do again, in words.
pub(super) fn forecast(slo: &str, thaw: Thaw) -> GateChangeText {
    let slo = slo.to_owned();
    match thaw {
        Thaw::After(length) => GateChangeText::ThawsIn { slo, after: rounded(length).to_string() },
        Thaw::Never => GateChangeText::NeverThaws { slo },
    }
}

/// To minutes, and where it is longer than a day to hours: a forecast knows no better.
fn rounded(length: nines_base::DurationUs) -> nines_base::DurationUs {
    const MINUTE_US: i64 = 60_000_000;
    let unit_us = if length.0 >= 24 * 60 * MINUTE_US { 60 * MINUTE_US } else { MINUTE_US };
    nines_base::DurationUs((length.0.saturating_add(unit_us - 1) / unit_us).max(1).saturating_mul(unit_us))
}

/// A page that fires.
pub(super) fn page(reading: &Reading, input: &GateInput) -> Option<Finding> {
    let page = reading.page?;
    let Page { long, short, threshold, .. } = page;
    let burn = |burn: Option<Fraction>| burn.map_or(0.0, Fraction::as_f64);
    let (long_burn, short_burn) = (burn(page.long_burn), burn(page.short_burn));
    let (slo, long, short) = (reading.slo.clone(), long.to_string(), short.to_string());
    let limit = threshold.as_f64();
    let threshold = significant(limit);
    let passes = input.kind.is_remedy();
    let change = GateChangeText::PageEnds {
        slo: slo.clone(),
        threshold: threshold.clone(),
        short: short.clone(),
        long: long.clone(),
    };
    let text = if passes {
        let kind = input.kind.word().into();
        GateReasonText::PageFiresPassed { slo, long_burn: significant(long_burn), long, threshold, kind }
    } else if page.long_burn.is_none() {
        GateReasonText::PageFrozen { slo, long }
    } else {
        let (long_burn, short_burn) = (significant(long_burn), significant(short_burn));
        GateReasonText::PageFires { slo, long_burn, long, short_burn, short, threshold }
    };
    let (slo, value) = (Some(reading.slo.clone()), page.long_burn.map(Fraction::as_f64));
    let reason = Reason { rule: Rule::Page, effect: effect(passes), slo, value, limit: Some(limit), text };
    Some(Finding { reason, changes: vec![change] })
}

/// An objective without a budget: not evaluated, never measured, not yet, or no longer.
pub(super) fn unmeasured(reading: &Reading, input: &GateInput) -> Finding {
    let (slo, name) = (reading.slo.clone(), Some(reading.slo.as_str()));
    let not_yet = match reading.not_evaluated {
        Some(NotEvaluated::NoPeriod) => Some(GateReasonText::NoPeriodYet { slo: slo.clone() }),
        Some(NotEvaluated::ExternalSource) => Some(GateReasonText::NotEvaluatedSource { slo: slo.clone() }),
        Some(NotEvaluated::SliceLength) => Some(GateReasonText::NotEvaluatedSlice { slo: slo.clone() }),
        Some(NotEvaluated::MixedSlices) => Some(GateReasonText::NotEvaluatedMixed { slo: slo.clone() }),
        None if !reading.was_counted => Some(GateReasonText::NeverMeasured { slo: slo.clone() }),
        None if reading.has_events => Some(GateReasonText::NoSliceYet { slo: slo.clone() }),
        None => None,
    };
    if let Some(text) = not_yet {
        return told(Rule::Unknown, name, text);
    }
    let window = reading.window.clone();
    let (effect, text) = match input.on_unknown() {
        OnUnknown::Hold => (Effect::Holds, GateReasonText::Unmeasured { slo, window }),
        OnUnknown::Allow => (Effect::Waived, GateReasonText::UnmeasuredPassed { slo, window }),
    };
    not_measured(reading, effect, text)
}

/// An objective with a budget of which nothing is known now.
pub(super) fn silent(reading: &Reading, input: &GateInput) -> Option<Finding> {
    let slo = reading.slo.clone();
    let (effect, text) = match input.on_unknown() {
        OnUnknown::Hold => (Effect::Holds, GateReasonText::Silent { slo }),
        OnUnknown::Allow => (Effect::Waived, GateReasonText::SilentPassed { slo }),
    };
    reading.is_silent.then(|| not_measured(reading, effect, text))
}

fn not_measured(reading: &Reading, effect: Effect, text: GateReasonText) -> Finding {
    let slo = Some(reading.slo.clone());
    let reason = Reason { rule: Rule::Measured, effect, slo, value: None, limit: None, text };
    Finding { reason, changes: vec![GateChangeText::EventsArrive { slo: reading.slo.clone() }] }
}

/// How many bad of what the SLI counts would have to go for the budget to be above zero: the least n
/// with (bad − n) · 10⁹ < b · (valid − n). Where slices are averaged, how many that were wholly bad.
fn overspent(reading: &Reading) -> u64 {
    let Some(share) = reading.share else { return 0 };
    let one = i128::from(PPB_ONE);
    let permitted = i128::from(budget_parts(reading.target));
    let excess = one * i128::from(share.bad()) - permitted * i128::from(share.valid());
    // Each bad one that goes takes 1 − b of a bad one off the excess.
    let unit = reading.unit.max(1);
    let n_bad = excess / (one - permitted).max(1) / i128::from(unit) + 1;
    u64::try_from(n_bad).unwrap_or(0).min(share.bad().div_ceil(unit))
}

//! May this service release now? The default policy, for services without one of their own.
//!
//! Held where an SLO of the service has no budget left, fires a page, or was measured before and is
//! unmeasured now; allowed otherwise. What was never measured, or is not evaluated by this build, says
//! nothing and is told. A fix, a security fix and a rollback pass on an empty budget and on the page
//! that goes with it: they are how it ends. They are recorded as such. Missing measurements pass only
//! where the caller says so.
//!
//! The verdict is a pure function of [`GateInput`], which holds the integers that were measured: the
//! same record gives the same verdict on any day.

use crate::alert::reading::ConditionReading;
use crate::budget::SLICE_PARTS;
use crate::fraction::Fraction;
use crate::messages::{GateChangeText, GateReasonText, GateVerdictText};
use crate::model::PPB_ONE;
use crate::status::Status;
use crate::window::NotEvaluated;

/// What is to be released.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum ChangeKind {
    #[default]
    Feature,
    Fix,
    Security,
    Rollback,
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: [ChangeKind; 4] = [ChangeKind::Feature, ChangeKind::Fix, ChangeKind::Security, ChangeKind::Rollback];

    /// As commands and JSON say it.
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Feature => "feature",
            ChangeKind::Fix => "fix",
            ChangeKind::Security => "security",
            ChangeKind::Rollback => "rollback",
        }
    }

    /// From its word.
    pub fn parse(word: &str) -> Option<ChangeKind> {
        ChangeKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether it is a remedy rather than something new.
    fn is_remedy(self) -> bool {
        self != ChangeKind::Feature
    }
}

/// What to do where something was measured before and is not now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OnUnknown {
    /// Hold.
    #[default]
    Hold,
    /// Let it pass.
    Allow,
}

/// Everything a verdict depends on.
#[derive(Clone, PartialEq, Debug)]
pub struct GateInput {
    /// The service that wants to release.
    pub service: String,
    /// What it wants to release.
    pub kind: ChangeKind,
    /// What to do where measurements are missing.
    pub on_unknown: OnUnknown,
    /// The standing of every objective of the service, in file order.
    pub statuses: Vec<Status>,
}

/// The rules of the default policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// Budget above zero.
    Budget,
    /// No page fires.
    Page,
    /// What was measured before still is.
    Measured,
    /// Nothing is known, so nothing is asked.
    Unknown,
}

impl Rule {
    /// As JSON says it.
    pub fn word(self) -> &'static str {
        match self {
            Rule::Budget => "budget",
            Rule::Page => "page",
            Rule::Measured => "measured",
            Rule::Unknown => "unknown",
        }
    }
}

/// What a reason does to the verdict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// Holds the release.
    Holds,
    /// Would hold it, but the kind of change or the caller lets it pass: for the record.
    Waived,
    /// Says only that nothing is known.
    Told,
}

/// One rule as it applied to one SLO.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// What it does.
    pub effect: Effect,
    /// The SLO as `NAME` or `NAME/OBJECTIVE`; `None` where the service has none.
    pub slo: Option<String>,
    /// What was measured, for display: the budget left or the burn rate over the long lookback.
    pub value: Option<f64>,
    /// The limit it is held against.
    pub limit: Option<f64>,
    /// In words.
    pub text: GateReasonText,
}

/// The answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    /// Whether the release may go.
    pub is_allowed: bool,
    /// Why: what holds it first, then what was waived, then what is not known.
    pub reasons: Vec<Reason>,
    /// What would turn a held verdict; empty when allowed.
    pub would_change: Vec<GateChangeText>,
    /// The verdict in words.
    pub text: GateVerdictText,
}

impl Verdict {
    /// As JSON says it.
    pub fn word(&self) -> &'static str {
        if self.is_allowed { "allowed" } else { "held" }
    }
}

/// Decides by the default policy.
pub fn decide(input: &GateInput) -> Verdict {
    let mut reasons: Vec<Reason> = Vec::new();
    let mut would_change: Vec<GateChangeText> = Vec::new();
    for status in &input.statuses {
        for (reason, change) in judge(status, input) {
            if reason.effect == Effect::Holds {
                would_change.extend(change);
            }
            reasons.push(reason);
        }
    }
    if input.statuses.is_empty() {
        let text = GateReasonText::NoSlo { service: input.service.clone() };
        reasons.push(Reason { rule: Rule::Unknown, effect: Effect::Told, slo: None, value: None, limit: None, text });
    }
    reasons.sort_by_key(|reason| reason.effect);

    let held_by =
        |rule: Rule| reasons.iter().filter(|reason| reason.effect == Effect::Holds && reason.rule == rule).count();
    let n_curable = held_by(Rule::Budget) + held_by(Rule::Page);
    let n_reasons = n_curable + held_by(Rule::Measured);
    if n_reasons > 0 && n_reasons == n_curable {
        would_change.push(GateChangeText::UrgentKind);
    }
    let service = input.service.clone();
    let is_allowed = n_reasons == 0;
    let text =
        if is_allowed { GateVerdictText::Allowed { service } } else { GateVerdictText::Held { service, n_reasons } };
    Verdict { is_allowed, reasons, would_change, text }
}

/// The reasons one objective gives, each with what would remove it.
fn judge(status: &Status, input: &GateInput) -> Vec<(Reason, Option<GateChangeText>)> {
    if let Some(not_evaluated) = status.not_evaluated {
        return vec![(told(status, not_evaluated_text(status, not_evaluated)), None)];
    }
    let Some(budget) = status.budget() else { return vec![judge_unmeasured(status, input)] };
    let mut found = Vec::new();
    if budget.is_empty() {
        let (slo, left, window) = (status.name.clone(), percent(budget.as_f64()), status.window_text());
        let text = if input.kind.is_remedy() {
            GateReasonText::BudgetEmptyPassed { slo, left, window, kind: input.kind.word().into() }
        } else {
            GateReasonText::BudgetEmpty { slo, left, window }
        };
        let reason = reason(status, Rule::Budget, remedied(input), Some((budget.as_f64(), 0.0)), text);
        let change = GateChangeText::BudgetRises { slo: status.name.clone(), n_bad: overspent(status) };
        found.push((reason, Some(change)));
    }
    if let Some(reading) = status.firing_page().and_then(|page| page.leading(status.target)) {
        found.push(judge_page(status, reading, input));
    }
    found
}

fn judge_page(status: &Status, reading: &ConditionReading, input: &GateInput) -> (Reason, Option<GateChangeText>) {
    let burn = |burn: Option<Fraction>| burn.map_or(0.0, Fraction::as_f64);
    let (long_burn, short_burn) = (burn(reading.long_burn(status.target)), burn(reading.short_burn(status.target)));
    let (long, short) = (reading.pair.long.to_string(), reading.pair.short.to_string());
    let limit = reading.pair.threshold.as_f64();
    let threshold = rate(limit);
    let slo = status.name.clone();
    let change = GateChangeText::PageEnds {
        slo: slo.clone(),
        threshold: threshold.clone(),
        short: short.clone(),
        long: long.clone(),
    };
    let text = if input.kind.is_remedy() {
        let kind = input.kind.word().into();
        GateReasonText::PageFiresPassed { slo, long_burn: rate(long_burn), long, threshold, kind }
    } else {
        GateReasonText::PageFires {
            slo,
            long_burn: rate(long_burn),
            long,
            short_burn: rate(short_burn),
            short,
            threshold,
        }
    };
    (reason(status, Rule::Page, remedied(input), Some((long_burn, limit)), text), Some(change))
}

/// An objective without a budget: never measured, not yet, or no longer.
fn judge_unmeasured(status: &Status, input: &GateInput) -> (Reason, Option<GateChangeText>) {
    let slo = status.name.clone();
    if status.first_counted.is_none() {
        return (told(status, GateReasonText::NeverMeasured { slo }), None);
    }
    if status.measure.events.valid() > 0 {
        return (told(status, GateReasonText::NoSliceYet { slo }), None);
    }
    let window = status.window_text();
    let (effect, text) = match input.on_unknown {
        OnUnknown::Hold => (Effect::Holds, GateReasonText::Unmeasured { slo, window }),
        OnUnknown::Allow => (Effect::Waived, GateReasonText::UnmeasuredPassed { slo, window }),
    };
    let change = GateChangeText::EventsArrive { slo: status.name.clone() };
    (reason(status, Rule::Measured, effect, None, text), Some(change))
}

fn remedied(input: &GateInput) -> Effect {
    if input.kind.is_remedy() { Effect::Waived } else { Effect::Holds }
}

fn told(status: &Status, text: GateReasonText) -> Reason {
    reason(status, Rule::Unknown, Effect::Told, None, text)
}

fn reason(status: &Status, rule: Rule, effect: Effect, figures: Option<(f64, f64)>, text: GateReasonText) -> Reason {
    let (value, limit) = figures.unzip();
    Reason { rule, effect, slo: Some(status.name.clone()), value, limit, text }
}

fn not_evaluated_text(status: &Status, why: NotEvaluated) -> GateReasonText {
    let slo = status.name.clone();
    match why {
        NotEvaluated::NoPeriod => GateReasonText::NoPeriodYet { slo },
        NotEvaluated::ExternalSource => GateReasonText::NotEvaluatedSource { slo },
        NotEvaluated::SliceLength => GateReasonText::NotEvaluatedSlice { slo },
    }
}

/// How many bad of what the SLI counts would have to go for the budget to be above zero: the least n
/// with (bad − n) · 10⁹ < b · (valid − n). Where slices are averaged, how many that were wholly bad.
fn overspent(status: &Status) -> u64 {
    let Some(share) = status.measure.share else { return 0 };
    let unit = if status.measure.averaged.is_some() { SLICE_PARTS } else { 1 };
    let one = i128::from(PPB_ONE);
    let permitted = i128::from(crate::budget::budget_parts(status.target));
    let excess = one * i128::from(share.bad()) - permitted * i128::from(share.valid());
    // Each bad one that goes takes 1 − b of a bad one off the excess.
    let n_bad = excess / (one - permitted).max(1) / i128::from(unit) + 1;
    u64::try_from(n_bad).unwrap_or(0).min(share.bad().div_ceil(unit))
}

/// A share as text: `-403 %`, `12.5 %`.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let text = if percent.abs() >= 100.0 { format!("{percent:.0}") } else { format!("{percent:.1}") };
    format!("{} %", text.strip_suffix(".0").unwrap_or(&text))
}

/// A burn rate with three significant digits: `13.4`, `2.05`, `258`.
fn rate(burn: f64) -> String {
    let decimals = if burn >= 100.0 {
        0
    } else if burn >= 10.0 {
        1
    } else {
        2
    };
    let text = format!("{burn:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

//! May this service release now?
//!
//! A service with an error-budget policy is judged by the state of its budget ([`by_policy`]), any other by
//! the default policy ([`by_default`]). Freezes hold both, and an exception passes whatever holds.
//!
//! The verdict is a pure function of [`GateInput`], which holds the integers that were measured and the rules
//! that were in force: the same record gives the same verdict on any day.

mod by_default;
mod by_policy;
mod passes;
mod reading;
mod text;

pub use reading::{Page, Reading};

use crate::messages::{GateChangeText, GateReasonText, GateVerdictText};
use crate::policy::exception::Claim;
use crate::policy::freeze::ActiveFreeze;
use crate::policy::incident::PostmortemDue;
use crate::policy::objects::{ErrorBudgetPolicy, ExceptionRule};
use crate::policy::state::Memory;
use nines_base::{DurationUs, Timestamp};

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

    /// Whether it is a remedy rather than something new: it passes an empty budget and a page by default.
    fn is_remedy(self) -> bool {
        self != ChangeKind::Feature
    }

    /// Whether waiting would hurt more than anything it could break: it passes freezes.
    fn is_urgent(self) -> bool {
        matches!(self, ChangeKind::Security | ChangeKind::Rollback)
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
#[derive(Clone, PartialEq, Debug, Default)]
pub struct GateInput {
    /// The service that wants to release.
    pub service: String,
    /// Where to; `None` asks for every environment.
    pub env: Option<String>,
    /// Which change it is, such as a commit.
    pub change: Option<String>,
    /// What it wants to release.
    pub kind: ChangeKind,
    /// What the caller asks to do where measurements are missing; `None` leaves it to the policy.
    pub on_unknown: Option<OnUnknown>,
    /// Up to when everything has been counted: the instant that is judged.
    pub at: Timestamp,
    /// Every objective of the service, in file order.
    pub readings: Vec<Reading>,
    /// The service's policy with what is remembered of it; `None` for the default policy.
    pub policy: Option<PolicyInput>,
    /// Freezes in force for service and environment.
    pub freezes: Vec<ActiveFreeze>,
    /// What is known of exceptions for the change; none where no change is named.
    pub claims: Vec<Claim>,
    /// How many exceptions may still be granted.
    pub tokens_left: u32,
    /// Deploys of the service in the 24 hours before.
    pub n_deploys: u32,
    /// Incidents of the service that need a postmortem.
    pub postmortems: Vec<PostmortemDue>,
}

/// A service's policy.
#[derive(Clone, PartialEq, Debug)]
pub struct PolicyInput {
    /// The policy.
    pub policy: ErrorBudgetPolicy,
    /// What is remembered of the budget's state; `None` before its first.
    pub memory: Option<Memory>,
}

impl GateInput {
    /// What to do where measurements are missing.
    fn on_unknown(&self) -> OnUnknown {
        let of_policy = self.policy.as_ref().map(|input| input.policy.on_unknown);
        self.on_unknown.or(of_policy).unwrap_or_default()
    }

    fn exception_rule(&self) -> ExceptionRule {
        self.policy.as_ref().map_or(ExceptionRule::DEFAULT, |input| input.policy.exceptions)
    }

    /// The policy's name; `default` where the service has none.
    pub fn policy_name(&self) -> &str {
        self.policy.as_ref().map_or("default", |input| &input.policy.name)
    }
}

/// The rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// The kind of change passes the state of the budget.
    Budget,
    /// No page fires.
    Page,
    /// What was measured before still is.
    Measured,
    /// No freeze is in force, of the budget's own or somebody's.
    Freeze,
    /// Somebody approved of it.
    Approval,
    /// No more deploys a day than the state of the budget allows.
    Deploys,
    /// No more traffic for a canary than the state of the budget allows.
    Canary,
    /// An exception for the change.
    Exception,
    /// Incidents have their postmortem.
    Postmortem,
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
            Rule::Freeze => "freeze",
            Rule::Approval => "approval",
            Rule::Deploys => "maxDeploysPerDay",
            Rule::Canary => "canaryMax",
            Rule::Exception => "exception",
            Rule::Postmortem => "postmortem",
            Rule::Unknown => "unknown",
        }
    }
}

/// What a reason does to the verdict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// Holds the release.
    Holds,
    /// Would hold it, but the kind of change, the caller or an exception lets it pass: for the record.
    Waived,
    /// Something to know, that holds nothing.
    Told,
}

/// One rule as it applied to one SLO.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// What it does.
    pub effect: Effect,
    /// The SLO as `NAME` or `NAME/OBJECTIVE`; `None` where it concerns none.
    pub slo: Option<String>,
    /// What was measured, for display: the budget left, the burn rate over the long lookback, a count.
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
    /// Why: what holds it first, then what was waived, then what is told.
    pub reasons: Vec<Reason>,
    /// What would turn a held verdict; empty when allowed.
    pub would_change: Vec<GateChangeText>,
    /// Name of the exception that let it pass.
    pub exception: Option<String>,
    /// The state of the budget under the service's policy.
    pub state: Option<String>,
    /// Per cent of the traffic that a canary may get.
    pub canary_max: Option<u32>,
    /// When something that is known will change it: a freeze ends, an exception expires.
    pub changes_at: Option<Timestamp>,
    /// The verdict in words.
    pub text: GateVerdictText,
}

impl Verdict {
    /// As JSON says it.
    pub fn word(&self) -> &'static str {
        if self.is_allowed { "allowed" } else { "held" }
    }

    /// Until when the answer holds, asked at an instant: `at_most` from then, and not beyond what is known to change.
    pub fn expires_at(&self, now: Timestamp, at_most: DurationUs) -> Timestamp {
        let usual = now + at_most;
        self.changes_at.filter(|at| *at > now).map_or(usual, |at| at.min(usual))
    }
}

/// A reason with what would remove it.
#[derive(Clone, PartialEq, Debug)]
struct Finding {
    reason: Reason,
    changes: Vec<GateChangeText>,
}

/// Decides.
pub fn decide(input: &GateInput) -> Verdict {
    let (mut findings, state) = match &input.policy {
        None => (by_default::judge(input), None),
        Some(policy) => by_policy::judge(input, policy),
    };
    findings.extend(passes::judge_freezes(input));
    findings.extend(passes::tell_postmortems(input));
    if input.readings.is_empty() {
        let text = GateReasonText::NoSlo { service: input.service.clone() };
        findings.push(told(Rule::Unknown, None, text));
    }
    let exception = passes::judge_exceptions(input, &mut findings);
    let canary_max = state.and_then(|state| state.actions.canary_max);
    let mut verdict = verdict_of(input, findings, exception);
    verdict.state = state.map(|state| state.name.clone());
    verdict.canary_max = canary_max;
    verdict
}

fn verdict_of(input: &GateInput, mut findings: Vec<Finding>, exception: Option<String>) -> Verdict {
    findings.sort_by_key(|finding| finding.reason.effect);
    let holding = || findings.iter().filter(|finding| finding.reason.effect == Effect::Holds);
    let n_reasons = holding().count();
    let mut would_change: Vec<GateChangeText> = Vec::new();
    for change in holding().flat_map(|finding| &finding.changes) {
        if !would_change.contains(change) {
            would_change.push(change.clone());
        }
    }
    if n_reasons > 0 {
        let rules: Vec<Rule> = holding().map(|finding| finding.reason.rule).collect();
        would_change.extend(passes::ways_out(input, &rules));
    }
    let service = input.service.clone();
    let is_allowed = n_reasons == 0;
    let text =
        if is_allowed { GateVerdictText::Allowed { service } } else { GateVerdictText::Held { service, n_reasons } };
    let changes_at = passes::changes_at(input, exception.as_deref());
    let reasons = findings.into_iter().map(|finding| finding.reason).collect();
    Verdict { is_allowed, reasons, would_change, exception, state: None, canary_max: None, changes_at, text }
}

/// Something to know.
fn told(rule: Rule, slo: Option<&str>, text: GateReasonText) -> Finding {
    let reason = Reason { rule, effect: Effect::Told, slo: slo.map(str::to_owned), value: None, limit: None, text };
    Finding { reason, changes: Vec::new() }
}

fn effect(passes: bool) -> Effect {
    if passes { Effect::Waived } else { Effect::Holds }
}

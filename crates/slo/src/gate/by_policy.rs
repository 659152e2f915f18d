//! By an error-budget policy: the state of the budget says which kinds of change pass.
//!
//! The state is that of the objective with the least budget left. A page that fires holds features in every
//! state, as it does by default: a budget that is being burnt now is not one to release on.

use super::by_default::{forecast, page, silent, unmeasured};
use super::text::{instant, percent, share_of};
use super::{ChangeKind, Effect, Finding, GateInput, PolicyInput, Reading, Reason, Rule, effect};
use crate::budget::Budget;
use crate::messages::{GateChangeText, GateReasonText};
use crate::policy::objects::{BudgetState, ErrorBudgetPolicy, Level};
use crate::policy::state::{Memory, mark_to_leave, step, worst};

/// What the policy finds, and the state it found.
pub(super) fn judge<'i>(input: &'i GateInput, of: &'i PolicyInput) -> (Vec<Finding>, Option<&'i BudgetState>) {
    let PolicyInput { policy, memory } = of;
    let of_reading = |reading: &Reading| match reading.budget() {
        None => vec![unmeasured(reading, input)],
        Some(_) => page(reading, input).into_iter().chain(silent(reading, input)).collect(),
    };
    let mut findings: Vec<Finding> = input.readings.iter().flat_map(of_reading).collect();
    let budgets = input.readings.iter().filter_map(|reading| Some((reading, reading.budget()?)));
    let worst = worst(budgets, |(_, budget)| *budget);
    let memory = step(policy, memory.as_ref(), worst.map(|(_, budget)| budget), input.at);
    let state = memory.as_ref().and_then(|memory| policy.states.iter().find(|state| state.name == memory.state));
    if let (Some(memory), Some(state)) = (memory, state) {
        let case = Case { input, policy, memory, state, worst };
        findings.extend(case.kinds());
        findings.extend(case.approval());
        findings.extend(case.deploys());
        findings.extend(case.canary());
    }
    (findings, state)
}

/// A state in force.
struct Case<'i> {
    input: &'i GateInput,
    policy: &'i ErrorBudgetPolicy,
    memory: Memory,
    state: &'i BudgetState,
    /// The objective with the least budget left.
    worst: Option<(&'i Reading, Budget)>,
}

impl Case<'_> {
    /// Whether the kind of change passes the state; nothing where every kind does.
    fn kinds(&self) -> Option<Finding> {
        let actions = &self.state.actions;
        let allowed = match (&actions.allow, actions.freeze) {
            (Some(allowed), _) => allowed.as_slice(),
            (None, true) => &[],
            (None, false) => return None,
        };
        let passes = allowed.contains(&self.input.kind);
        let (policy, state, kind) = (self.policy.name.clone(), self.state.name.clone(), self.input.kind.word().into());
        let (slo, left) = self.measured();
        let text = if passes {
            GateReasonText::StatePassed { slo, left, policy, state, kind }
        } else if actions.freeze {
            let since = instant(self.memory.since);
            GateReasonText::StateFreezes { slo, left, policy, state, since, allowed: words(allowed) }
        } else {
            GateReasonText::StateHolds { slo, left, policy, state, kind, allowed: words(allowed) }
        };
        let rule = if actions.freeze { Rule::Freeze } else { Rule::Budget };
        let mark = self.mark();
        let changes = mark.map(|mark| self.leaving(mark)).unwrap_or_default();
        Some(self.finding(rule, effect(passes), mark, text, changes))
    }

    fn approval(&self) -> Option<Finding> {
        let is_wanted = self.state.actions.require_approval.contains(&self.input.kind);
        let (slo, left) = self.measured();
        let (policy, state, kind) = (self.policy.name.clone(), self.state.name.clone(), self.input.kind.word().into());
        let text = GateReasonText::ApprovalWanted { slo, left, policy, state, kind };
        let change = GateChangeText::Approved { service: self.input.service.clone() };
        is_wanted.then(|| self.finding(Rule::Approval, Effect::Holds, self.mark(), text, vec![change]))
    }

    fn deploys(&self) -> Option<Finding> {
        let most = self.state.actions.max_deploys_per_day?;
        let n_deploys = self.input.n_deploys;
        let passes = self.input.kind.is_urgent();
        let text = GateReasonText::DeploysSpent { n_deploys, most, state: self.state.name.clone() };
        let reason = Reason {
            rule: Rule::Deploys,
            effect: effect(passes),
            slo: None,
            value: Some(f64::from(n_deploys)),
            limit: Some(f64::from(most)),
            text,
        };
        (n_deploys >= most).then(|| Finding { reason, changes: vec![GateChangeText::DayPasses { most }] })
    }

    fn canary(&self) -> Option<Finding> {
        let most = self.state.actions.canary_max?;
        let text = GateReasonText::CanaryMost { most, state: self.state.name.clone() };
        let reason = Reason {
            rule: Rule::Canary,
            effect: Effect::Told,
            slo: None,
            value: None,
            limit: Some(f64::from(most)),
            text,
        };
        Some(Finding { reason, changes: Vec::new() })
    }

    /// What must be left to get to a better state.
    fn mark(&self) -> Option<Level> {
        mark_to_leave(self.policy, self.state)
    }

    fn leaving(&self, mark: Level) -> Vec<GateChangeText> {
        let Some((reading, _)) = self.worst else { return Vec::new() };
        let (slo, above) = (reading.slo.clone(), percent(share_of(mark)));
        let dwell = self.policy.leave.dwell;
        let since = self.memory.recovering_since.map(|since| instant(since + dwell));
        match since {
            Some(at) => vec![GateChangeText::StateLeftAt { slo, above, at }],
            None if dwell.0 > 0 => {
                let stays = GateChangeText::StateLeftAfter { slo, above, dwell: dwell.to_string() };
                std::iter::once(stays).chain(reading.thaw.map(|thaw| forecast(&reading.slo, thaw))).collect()
            }
            None => {
                let left = GateChangeText::StateLeft { slo, above };
                std::iter::once(left).chain(reading.thaw.map(|thaw| forecast(&reading.slo, thaw))).collect()
            }
        }
    }

    /// The objective and what is left of its budget.
    fn measured(&self) -> (String, String) {
        match self.worst {
            Some((reading, budget)) => (reading.slo.clone(), percent(budget.as_f64())),
            // Remembered, while nothing is measured.
            None => (self.input.service.clone(), "?".to_owned()),
        }
    }

    fn finding(
        &self,
        rule: Rule,
        effect: Effect,
        limit: Option<Level>,
        text: GateReasonText,
        changes: Vec<GateChangeText>,
    ) -> Finding {
        let slo = self.worst.map(|(reading, _)| reading.slo.clone());
        let value = self.worst.map(|(_, budget)| budget.as_f64());
        let reason = Reason { rule, effect, slo, value, limit: limit.map(share_of), text };
        Finding { reason, changes }
    }
}

fn words(kinds: &[ChangeKind]) -> String {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
    if words.is_empty() { "–".to_owned() } else { words.join(", ") }
}

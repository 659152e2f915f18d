//! What lies over any policy: freezes, exceptions, postmortems that are due, and the ways out of a hold.

use super::text::instant;
use super::{Effect, Finding, GateInput, Reason, Rule, effect, told};
use crate::messages::{GateChangeText, GateReasonText};
use crate::policy::exception::{Claim, Standing};
use nines_base::Timestamp;

/// Freezes in force; security fixes and rollbacks pass.
pub(super) fn judge_freezes(input: &GateInput) -> Vec<Finding> {
    let passes = input.kind.is_urgent();
    let of_freeze = |freeze: &crate::policy::freeze::ActiveFreeze| {
        let (name, until) = (freeze.name.clone(), instant(freeze.until));
        let (reason, by) = (freeze.reason.clone(), freeze.by.clone());
        let text = if passes {
            GateReasonText::FreezePassed { freeze: name, until: until.clone(), kind: input.kind.word().into() }
        } else {
            GateReasonText::Frozen { freeze: name, until: until.clone(), reason, by }
        };
        let change = GateChangeText::FreezeEnds { freeze: freeze.name.clone(), until };
        let reason = Reason { rule: Rule::Freeze, effect: effect(passes), slo: None, value: None, limit: None, text };
        Finding { reason, changes: vec![change] }
    };
    input.freezes.iter().map(of_freeze).collect()
}

/// Incidents whose postmortem nobody has written yet.
pub(super) fn tell_postmortems(input: &GateInput) -> Vec<Finding> {
    let of_incident = |due: &crate::policy::incident::PostmortemDue| {
        let text = GateReasonText::PostmortemDue {
            slo: due.slo.clone(),
            from: instant(due.from),
            share: super::text::percent(due.share.as_f64()),
        };
        let mut finding = told(Rule::Postmortem, Some(&due.slo), text);
        (finding.reason.value, finding.reason.limit) =
            (Some(due.share.as_f64()), Some(f64::from(due.limit.parts()) / f64::from(crate::model::PPB_ONE)));
        finding
    };
    input.postmortems.iter().map(of_incident).collect()
}

/// Turns what holds into what is waived where an exception for the change is valid, and names it. One that
/// is not valid is told, with why.
pub(super) fn judge_exceptions(input: &GateInput, findings: &mut Vec<Finding>) -> Option<String> {
    let is_held = findings.iter().any(|finding| finding.reason.effect == Effect::Holds);
    if !is_held {
        return None;
    }
    let rule = input.exception_rule();
    if let Some(claim) = input.claims.iter().find(|claim| claim.standing(&rule, input.at) == Standing::Valid) {
        for finding in findings.iter_mut().filter(|finding| finding.reason.effect == Effect::Holds) {
            finding.reason.effect = Effect::Waived;
        }
        findings.push(used(claim));
        return Some(claim.name.clone());
    }
    let refused = input.claims.iter().map(|claim| {
        let name = claim.name.clone();
        let text = match claim.standing(&rule, input.at) {
            Standing::Expired => GateReasonText::ExceptionExpired { name, at: instant(claim.ends_at(&rule)) },
            Standing::NoToken => {
                GateReasonText::ExceptionWithoutToken { name, tokens: rule.tokens, per: rule.per.to_string() }
            }
            Standing::SamePerson => GateReasonText::ExceptionOfOnePerson { name, person: claim.approved_by.clone() },
            Standing::Valid => used(claim).reason.text,
        };
        told(Rule::Exception, None, text)
    });
    findings.extend(refused);
    None
}

fn used(claim: &Claim) -> Finding {
    let (name, change, by) = (claim.name.clone(), claim.change.clone(), claim.approved_by.clone());
    let text = if claim.is_of_file {
        GateReasonText::ExceptionOfFile { name, change, by }
    } else {
        GateReasonText::ExceptionUsed { name, change, by }
    };
    told(Rule::Exception, None, text)
}

/// What whoever asked can do, beside waiting, where these rules hold.
pub(super) fn ways_out(input: &GateInput, rules: &[Rule]) -> Vec<GateChangeText> {
    let mut ways = Vec::new();
    let by_kind = |rule: &Rule| matches!(rule, Rule::Budget | Rule::Page);
    if input.policy.is_none() && rules.iter().all(by_kind) {
        ways.push(GateChangeText::UrgentKind);
    }
    // An approval is an exception already.
    let beyond_approval = rules.iter().any(|rule| *rule != Rule::Approval);
    if beyond_approval && (input.policy.is_some() || rules.contains(&Rule::Freeze)) {
        ways.push(if input.tokens_left > 0 {
            GateChangeText::ExceptionGranted { service: input.service.clone(), left: input.tokens_left }
        } else {
            GateChangeText::NoTokenLeft
        });
    }
    ways
}

/// The first instant at which something that is known changes.
pub(super) fn changes_at(input: &GateInput, exception: Option<&str>) -> Option<Timestamp> {
    let rule = input.exception_rule();
    let freezes = input.freezes.iter().map(|freeze| freeze.until);
    let used = input.claims.iter().filter(|claim| exception == Some(claim.name.as_str()));
    freezes.chain(used.map(|claim| claim.ends_at(&rule))).filter(|at| *at > input.at).min()
}

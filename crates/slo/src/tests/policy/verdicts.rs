//! Verdicts by an error-budget policy: each action, freezes and exceptions over it, what is told.

use super::{policy, share, standard};
use crate::budget::Share;
use crate::fraction::Fraction;
use crate::gate::{ChangeKind, Effect, GateInput, OnUnknown, Page, PolicyInput, Reading, Rule, Verdict, decide};
use crate::policy::exception::Claim;
use crate::policy::forecast::Thaw;
use crate::policy::freeze::ActiveFreeze;
use crate::policy::incident::PostmortemDue;
use crate::policy::objects::ErrorBudgetPolicy;
use crate::policy::state::Memory;
use crate::tests::{DAY, HOUR, target};
use ChangeKind::{Feature, Fix, Rollback, Security};
use nines_base::lang::{Lang, Message};
use nines_base::{DurationUs, Timestamp};

const NOW: Timestamp = Timestamp(1_000_000 * 1_000_000);

/// An objective at 90 % with so much of its budget left, in per cent.
fn reading(left_percent: i64) -> Reading {
    let bad = u64::try_from(100 - left_percent).unwrap();
    Reading {
        slo: "api-availability".into(),
        target: target(90.0),
        window: "28d".into(),
        not_evaluated: None,
        share: Share::new(bad, 1000),
        unit: 1,
        has_events: true,
        was_counted: true,
        is_silent: false,
        page: None,
        thaw: None,
    }
}

fn input(policy: ErrorBudgetPolicy, left_percent: i64, kind: ChangeKind) -> GateInput {
    GateInput {
        service: "api".into(),
        change: Some("4f2a9c1".into()),
        kind,
        at: NOW,
        readings: vec![reading(left_percent)],
        policy: Some(PolicyInput { policy, memory: None }),
        tokens_left: 3,
        ..GateInput::default()
    }
}

fn rules(verdict: &Verdict) -> Vec<(Rule, Effect)> {
    verdict.reasons.iter().map(|reason| (reason.rule, reason.effect)).collect()
}

#[test]
fn each_state_lets_pass_what_it_names() {
    let check = |left: i64, kind: ChangeKind, is_allowed: bool, state: &str, expected: &[(Rule, Effect)]| {
        let verdict = decide(&input(standard(), left, kind));
        assert_eq!(
            (verdict.is_allowed, verdict.state.as_deref(), &rules(&verdict)[..]),
            (is_allowed, Some(state), expected),
            "{left} {kind:?}"
        );
        assert_eq!(verdict.would_change.is_empty(), is_allowed);
    };
    for kind in ChangeKind::ALL {
        check(80, kind, true, "healthy", &[]);
    }
    check(40, Feature, false, "caution", &[(Rule::Approval, Effect::Holds)]);
    check(40, Fix, true, "caution", &[]);
    let canary = (Rule::Canary, Effect::Told);
    check(10, Feature, false, "restricted", &[(Rule::Budget, Effect::Holds), canary]);
    for kind in [Fix, Security, Rollback] {
        check(10, kind, true, "restricted", &[(Rule::Budget, Effect::Waived), canary]);
    }
    for kind in [Feature, Fix] {
        check(0, kind, false, "exhausted", &[(Rule::Freeze, Effect::Holds)]);
    }
    for kind in [Security, Rollback] {
        check(-900, kind, true, "exhausted", &[(Rule::Freeze, Effect::Waived)]);
    }
    let all = policy("states: [ { name: ok, above: 0 }, { name: gone, actions: { freeze: true } } ]");
    assert!(!decide(&input(all, -1, Security)).is_allowed, "a freeze without a list lets nothing pass");
}

#[test]
fn a_reason_has_the_value_the_limit_and_what_would_change_it() {
    let mut input = input(standard(), -20, Feature);
    input.readings[0].thaw = Some(Thaw::After(DurationUs(2 * DAY.0 + 7 * HOUR.0 / 2)));
    let verdict = decide(&input);
    let reason = &verdict.reasons[0];
    assert_eq!((reason.slo.as_deref(), reason.value, reason.limit), (Some("api-availability"), Some(-0.2), Some(0.05)));
    assert_eq!(
        reason.text.text(Lang::En),
        "api-availability: -20 % of the error budget is left; standard has frozen releases since 1970-01-12T13:46:40Z (exhausted) and lets pass security, rollback"
    );
    let changes: Vec<String> = verdict.would_change.iter().map(|change| change.text(Lang::En)).collect();
    assert_eq!(
        changes,
        [
            "api-availability: more than 5 % of the error budget left for 1h without a break",
            "api-availability: expected in 2d4h if errors go on as they are",
            "an exception for the change (nines exception grant api --change ID); 3 left",
        ]
    );
    input.readings[0].thaw = Some(Thaw::Never);
    input.tokens_left = 0;
    let changes: Vec<String> = decide(&input).would_change.iter().map(|change| change.text(Lang::Ko)).collect();
    assert_eq!(changes[1], "api-availability: 오류가 지금처럼 계속되면 회복되지 않습니다");
    assert_eq!(changes[2], "토큰을 모두 써서 예외를 둘 수 없습니다");
}

#[test]
fn a_budget_that_is_back_is_held_until_the_dwell_is_over() {
    let mut input = input(standard(), 60, Feature);
    let memory =
        |since: Option<Timestamp>| Memory { state: "exhausted".into(), since: NOW - DAY, recovering_since: since };
    input.policy.as_mut().unwrap().memory = Some(memory(Some(NOW - DurationUs(HOUR.0 / 2))));
    let verdict = decide(&input);
    assert_eq!((verdict.is_allowed, verdict.state.as_deref()), (false, Some("exhausted")));
    assert!(
        verdict.would_change[0].text(Lang::En).ends_with("from 1970-01-12T14:16:40Z on"),
        "{:?}",
        verdict.would_change[0]
    );
    input.policy.as_mut().unwrap().memory = Some(memory(Some(NOW - HOUR)));
    let verdict = decide(&input);
    assert_eq!((verdict.is_allowed, verdict.state.as_deref()), (true, Some("healthy")));
}

#[test]
fn the_objective_with_the_least_budget_decides() {
    let mut input = input(standard(), 80, Feature);
    input.readings.push(Reading { slo: "api-latency".into(), ..reading(-5) });
    let verdict = decide(&input);
    assert_eq!((verdict.is_allowed, verdict.reasons[0].slo.as_deref()), (false, Some("api-latency")));
}

#[test]
fn a_page_holds_features_whatever_the_state_is() {
    let mut input = input(standard(), 80, Feature);
    input.readings[0].page = Some(Page {
        long: HOUR,
        short: DurationUs(HOUR.0 / 12),
        threshold: Fraction::new(1344, 100).unwrap(),
        long_burn: Some(Fraction::whole(20)),
        short_burn: Some(Fraction::whole(30)),
    });
    assert_eq!(rules(&decide(&input)), [(Rule::Page, Effect::Holds)]);
    input.kind = Fix;
    assert_eq!(rules(&decide(&input)), [(Rule::Page, Effect::Waived)]);
}

#[test]
fn what_is_not_measured_any_more_is_the_policys_to_decide_unless_the_caller_says() {
    let gone = |on_unknown: &str, asked: Option<OnUnknown>| {
        let policy = policy(&format!(
            "states: [ {{ name: ok, above: 0 }}, {{ name: gone, actions: {{ freeze: true }} }} ]\n  onUnknown: {on_unknown}"
        ));
        let mut input = input(policy, 0, Feature);
        input.on_unknown = asked;
        input.readings[0].share = None;
        input.readings[0].has_events = false;
        input
    };
    assert!(!decide(&gone("held", None)).is_allowed);
    assert!(decide(&gone("allowed", None)).is_allowed);
    assert!(decide(&gone("held", Some(OnUnknown::Allow))).is_allowed);
    assert!(!decide(&gone("allowed", Some(OnUnknown::Hold))).is_allowed);
    let mut frozen = gone("allowed", None);
    frozen.policy.as_mut().unwrap().memory = Some(Memory { state: "gone".into(), since: NOW, recovering_since: None });
    assert!(!decide(&frozen).is_allowed, "the state that was stays in force");
    let mut never = gone("held", None);
    never.readings[0].was_counted = false;
    assert_eq!((decide(&never).is_allowed, rules(&decide(&never))), (true, vec![(Rule::Unknown, Effect::Told)]));
}

#[test]
fn silence_holds_under_a_policy_too_whatever_its_state_is() {
    let mut input = input(standard(), 80, Feature);
    input.readings[0].is_silent = true;
    let verdict = decide(&input);
    assert_eq!((rules(&verdict), verdict.state.as_deref()), (vec![(Rule::Measured, Effect::Holds)], Some("healthy")));
    input.on_unknown = Some(OnUnknown::Allow);
    assert_eq!(rules(&decide(&input)), [(Rule::Measured, Effect::Waived)]);
}

#[test]
fn deploys_a_day_are_counted_and_what_is_urgent_passes() {
    let few = policy("states: [ { name: all, actions: { maxDeploysPerDay: 2 } } ]");
    let with = |n_deploys, kind| decide(&GateInput { n_deploys, ..input(few.clone(), 80, kind) });
    assert!(with(1, Feature).is_allowed);
    let held = with(2, Feature);
    assert_eq!(
        (rules(&held), held.reasons[0].value, held.reasons[0].limit),
        (vec![(Rule::Deploys, Effect::Holds)], Some(2.0), Some(2.0))
    );
    assert_eq!(rules(&with(2, Rollback)), [(Rule::Deploys, Effect::Waived)]);
}

fn frozen(left_percent: i64, kind: ChangeKind) -> GateInput {
    let until = NOW + HOUR;
    let freeze = ActiveFreeze { name: "new-year".into(), until, reason: "holidays".into(), by: "ops".into() };
    GateInput { freezes: vec![freeze], ..input(standard(), left_percent, kind) }
}

#[test]
fn a_freeze_holds_with_any_policy_and_lets_security_and_rollbacks_pass() {
    for kind in [Feature, Fix] {
        let verdict = decide(&frozen(80, kind));
        assert_eq!(rules(&verdict), [(Rule::Freeze, Effect::Holds)]);
        let text = verdict.reasons[0].text.text(Lang::En);
        assert_eq!(text, "freeze new-year until 1970-01-12T14:46:40Z: holidays (by ops)");
        assert_eq!(verdict.changes_at, Some(NOW + HOUR));
        assert_eq!(verdict.expires_at(NOW, DurationUs(60_000_000)), NOW + DurationUs(60_000_000));
        assert_eq!(verdict.expires_at(NOW + DurationUs(HOUR.0 - 1), HOUR), NOW + HOUR);
        assert!(!decide(&GateInput { policy: None, ..frozen(80, kind) }).is_allowed);
    }
    for kind in [Security, Rollback] {
        assert_eq!(rules(&decide(&frozen(80, kind))), [(Rule::Freeze, Effect::Waived)]);
    }
}

fn claim(n_before: u32) -> Claim {
    Claim {
        name: "hotfix-4711".into(),
        change: "4f2a9c1".into(),
        requested_by: "kim".into(),
        approved_by: "lee".into(),
        granted_at: NOW - HOUR,
        expires: NOW + HOUR,
        is_of_file: false,
        n_before,
    }
}

#[test]
fn an_exception_passes_whatever_holds_and_is_named() {
    let held = [
        frozen(80, Feature),
        input(standard(), -5, Feature),
        input(standard(), 40, Feature),
        GateInput { policy: None, ..input(standard(), -5, Feature) },
    ];
    for input in held {
        assert!(!decide(&input).is_allowed);
        let verdict = decide(&GateInput { claims: vec![claim(2)], ..input });
        assert_eq!((verdict.is_allowed, verdict.exception.as_deref()), (true, Some("hotfix-4711")));
        assert!(verdict.reasons.iter().any(|reason| reason.rule == Rule::Exception));
        assert!(verdict.reasons.iter().all(|reason| reason.effect != Effect::Holds));
        assert!(verdict.changes_at.is_some());
    }
    let unneeded = decide(&GateInput { claims: vec![claim(0)], ..input(standard(), 80, Feature) });
    assert_eq!((unneeded.exception, unneeded.reasons.len()), (None, 0));
}

#[test]
fn an_exception_that_does_not_count_is_told_with_why() {
    let told = |claim: Claim| {
        let verdict = decide(&GateInput { claims: vec![claim], ..input(standard(), -5, Feature) });
        assert_eq!((verdict.is_allowed, verdict.exception), (false, None));
        verdict.reasons.last().unwrap().text.text(Lang::En)
    };
    assert_eq!(told(claim(3)), "exception hotfix-4711 does not count: all 3 tokens of 90d were taken before it");
    let own = Claim { approved_by: "kim".into(), ..claim(0) };
    assert_eq!(told(own), "exception hotfix-4711 does not count: kim both asked for it and approved it");
    let over = Claim { expires: NOW, ..claim(0) };
    assert_eq!(told(over), "exception hotfix-4711 ended 1970-01-12T13:46:40Z");
    let of_file = GateInput { claims: vec![Claim { is_of_file: true, ..claim(0) }], ..input(standard(), -5, Feature) };
    let text = decide(&of_file).reasons.last().unwrap().text.text(Lang::En);
    assert!(text.contains("unverified approver lee"), "{text}");
}

#[test]
fn a_postmortem_that_is_due_is_told_and_holds_nothing() {
    let due = PostmortemDue {
        slo: "api-availability".into(),
        from: NOW - DAY,
        until: NOW,
        share: Fraction::new(3, 5).unwrap(),
        limit: share(200_000_000),
    };
    let verdict = decide(&GateInput { postmortems: vec![due], ..input(standard(), 80, Feature) });
    assert_eq!((verdict.is_allowed, rules(&verdict)), (true, vec![(Rule::Postmortem, Effect::Told)]));
    assert_eq!((verdict.reasons[0].value, verdict.reasons[0].limit), (Some(0.6), Some(0.2)));
}

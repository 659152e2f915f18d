//! The default policy: each rule, what passes it, and what is told.

use super::*;
use crate::gate::{ChangeKind, Effect, GateInput, OnUnknown, Reading, Rule, Verdict, decide};
use crate::status::evaluate;
use nines_base::lang::{Lang, Message};

fn input(kind: ChangeKind, on_unknown: OnUnknown, readings: Vec<Reading>) -> GateInput {
    GateInput { service: "api".into(), kind, on_unknown: Some(on_unknown), readings, ..GateInput::default() }
}

/// An SLO of `api` over a minute at 90 %, judged at second 1000.
fn gate(events: &[(i64, u64, u64)], kind: ChangeKind, on_unknown: OnUnknown) -> Verdict {
    let slo = availability(MINUTE, 90.0);
    let cells = cells_with(std::slice::from_ref(&slo), events.iter().copied());
    let status = evaluate(&slo, &slo.objectives[0], &cells, Timestamp::from_secs(1000));
    decide(&input(kind, on_unknown, vec![Reading::of(&status, status.at)]))
}

const HEALTHY: &[(i64, u64, u64)] = &[(950, 100, 0), (999, 100, 0)];
const BURNING: &[(i64, u64, u64)] = &[(950, 1000, 0), (999, 50, 50)];
const EXHAUSTED: &[(i64, u64, u64)] = &[(950, 50, 50), (999, 100, 0)];
const GONE: &[(i64, u64, u64)] = &[(900, 100, 0)];

#[test]
fn each_rule_holds_and_what_passes_it_is_recorded() {
    use ChangeKind::*;
    use OnUnknown::*;
    let check = |events, kind, on_unknown, is_allowed: bool, reasons: &[(Rule, Effect)]| {
        let verdict = gate(events, kind, on_unknown);
        let found: Vec<(Rule, Effect)> = verdict.reasons.iter().map(|reason| (reason.rule, reason.effect)).collect();
        assert_eq!((verdict.is_allowed, &found[..]), (is_allowed, reasons), "{events:?} {kind:?}");
        assert_eq!(verdict.would_change.is_empty(), is_allowed);
    };
    check(HEALTHY, Feature, Hold, true, &[]);
    check(BURNING, Feature, Hold, false, &[(Rule::Page, Effect::Holds)]);
    check(EXHAUSTED, Feature, Hold, false, &[(Rule::Budget, Effect::Holds)]);
    check(EXHAUSTED, Feature, Allow, false, &[(Rule::Budget, Effect::Holds)]);
    for kind in [Fix, Security, Rollback] {
        check(EXHAUSTED, kind, Hold, true, &[(Rule::Budget, Effect::Waived)]);
        check(BURNING, kind, Hold, true, &[(Rule::Page, Effect::Waived)]);
        check(GONE, kind, Hold, false, &[(Rule::Measured, Effect::Holds)]);
    }
    check(GONE, Feature, Hold, false, &[(Rule::Measured, Effect::Holds)]);
    check(GONE, Feature, Allow, true, &[(Rule::Measured, Effect::Waived)]);
    check(&[], Feature, Hold, true, &[(Rule::Unknown, Effect::Told)]);
}

#[test]
fn a_service_without_an_slo_is_allowed_and_told_so() {
    let input = GateInput { service: "new".into(), ..GateInput::default() };
    let verdict = decide(&input);
    assert!(verdict.is_allowed);
    assert_eq!(verdict.reasons[0].text.text(Lang::En), "new has no SLO, so nothing is judged");
    assert_eq!(decide(&input), verdict, "the same record gives the same verdict");
}

#[test]
fn reasons_give_rule_value_and_limit_in_both_languages() {
    let verdict = gate(EXHAUSTED, ChangeKind::Feature, OnUnknown::Hold);
    let reason = &verdict.reasons[0];
    assert_eq!((reason.slo.as_deref(), reason.value, reason.limit), (Some("api-availability"), Some(-1.5), Some(0.0)));
    assert_eq!(
        reason.text.text(Lang::En),
        "api-availability: -150 % of the error budget of 1m is left; it must be above 0 %"
    );
    assert_eq!(reason.text.text(Lang::Ko), "api-availability: 1m 에러 버짓이 -150 % 남았습니다. 0 %보다 커야 합니다");
    // 34 of 50: 16 bad of 166 are below 10 %, 17 of 167 are not.
    assert_eq!(
        verdict.would_change[0].text(Lang::En),
        "api-availability: above 0 % again once 34 of what was bad have left the window, or enough good has joined it"
    );
    assert_eq!(verdict.text.text(Lang::En), "api is held, for 1 reason(s)");

    let page = gate(BURNING, ChangeKind::Feature, OnUnknown::Hold);
    assert_eq!(
        page.reasons[0].text.text(Lang::En),
        "api-availability: burn rate 5 over 15s and 5 over 5s; the page fires above 2"
    );
    assert_eq!((page.reasons[0].value, page.reasons[0].limit), (Some(5.0), Some(2.0)));
}

#[test]
fn what_would_have_to_go_is_told_in_what_the_method_counts() {
    use crate::model::BudgetingMethod::{Occurrences, RatioTimeslices, Timeslices};
    // Of four minutes one is wholly bad and one by a tenth.
    let events = [(30, 100, 0), (90, 0, 10), (150, 90, 10), (210, 100, 0)];
    let n_bad = |method, percent: f64| {
        let mut slo = availability(HOUR, percent);
        slo.method = method;
        slo.objectives[0].time_slice = Some(MINUTE);
        slo.objectives[0].time_slice_target = Some(target(95.0));
        let cells = cells_with(std::slice::from_ref(&slo), events);
        let status = evaluate(&slo, &slo.objectives[0], &cells, Timestamp::from_secs(240));
        match decide(&input(ChangeKind::Feature, OnUnknown::Hold, vec![Reading::of(&status, status.at)]))
            .would_change
            .first()
        {
            Some(crate::messages::GateChangeText::BudgetRises { n_bad, .. }) => *n_bad,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(n_bad(Occurrences, 99.0), 18, "2 of 292 events are below 1 %, 3 of 293 are not");
    assert_eq!(n_bad(Timeslices, 70.0), 2, "none of two slices is below 30 %, one of three is not");
    assert_eq!(n_bad(RatioTimeslices, 90.0), 1, "a tenth of three slices is below 10 %");
}

#[test]
fn what_holds_comes_before_what_is_told() {
    let healthy = availability(MINUTE, 90.0);
    let mut calendar = availability(MINUTE, 90.0);
    calendar.name = "monthly".into();
    calendar.window = monthly("2026-01-01T00:00:00", "Asia/Seoul");
    let cells = cells_with(std::slice::from_ref(&healthy), EXHAUSTED.iter().copied());
    let at = Timestamp::from_secs(1000);
    let read = |slo: &Slo| Reading::of(&evaluate(slo, &slo.objectives[0], &cells, at), at);
    let readings = vec![read(&calendar), read(&healthy)];
    let verdict = decide(&input(ChangeKind::Feature, OnUnknown::Hold, readings));
    let names: Vec<_> = verdict.reasons.iter().map(|reason| reason.slo.clone().unwrap()).collect();
    assert_eq!(names, ["api-availability", "monthly"]);
    assert!(!verdict.is_allowed);
}

#[test]
fn a_page_that_froze_while_it_fired_still_holds_and_says_so() {
    use crate::alert::state::Level;
    let slo = availability(MINUTE, 90.0);
    // The last event is half a minute old: the page's fifteen seconds are empty.
    let cells = cells_with(std::slice::from_ref(&slo), [(950, 1000, 0), (970, 100, 0)]);
    let mut status = evaluate(&slo, &slo.objectives[0], &cells, Timestamp::from_secs(1000));
    let verdict = |status: &crate::status::Status| {
        decide(&input(ChangeKind::Feature, OnUnknown::Hold, vec![Reading::of(status, status.at)]))
    };
    assert!(verdict(&status).is_allowed);
    status.alerts[0].level = Some(Level::Firing);
    let held = verdict(&status);
    assert_eq!((held.is_allowed, held.reasons[0].rule, held.reasons[0].value), (false, Rule::Page, None));
    assert_eq!(
        held.reasons[0].text.text(Lang::En),
        "api-availability: the page fires and is frozen: nothing was measured over 15s, so nobody can say that it ended"
    );
}

#[test]
fn of_what_is_silent_nothing_is_known_and_only_who_says_so_passes() {
    use crate::alert::book::STALE_AFTER;
    use crate::alert::rule::EXPECT_TRAFFIC_ANNOTATION;
    let mut slo = availability(HOUR, 90.0);
    let cells = cells_with(std::slice::from_ref(&slo), [(950, 1000, 0)]);
    let at = Timestamp::from_secs(1020);
    let read = |slo: &Slo, now: Timestamp| Reading::of(&evaluate(slo, &slo.objectives[0], &cells, at), now);
    let ask = |reading: Reading, on_unknown| decide(&input(ChangeKind::Feature, on_unknown, vec![reading]));
    assert!(ask(read(&slo, at + STALE_AFTER), OnUnknown::Hold).is_allowed);
    let stale = read(&slo, at + STALE_AFTER + DurationUs(1));
    slo.annotations.insert(EXPECT_TRAFFIC_ANNOTATION.into(), "1m".into());
    let silent = read(&slo, at);
    for reading in [stale, silent] {
        let held = ask(reading.clone(), OnUnknown::Hold);
        let reason = &held.reasons[0];
        assert_eq!((held.is_allowed, reason.rule, reason.effect), (false, Rule::Measured, Effect::Holds));
        assert!(reason.text.text(Lang::En).starts_with("api-availability: nothing is known of now"));
        assert_eq!(held.would_change.len(), 1);
        let passed = ask(reading, OnUnknown::Allow);
        assert_eq!((passed.is_allowed, passed.reasons[0].effect), (true, Effect::Waived));
        assert!(passed.reasons[0].text.text(Lang::Ko).ends_with("요청에 따라 통과합니다"));
    }
    // What was never counted has nothing to be silent.
    let never = evaluate(&slo, &slo.objectives[0], &CellStore::new(), at);
    assert!(!Reading::of(&never, at + HOUR).is_silent);
}

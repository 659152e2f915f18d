//! States of a budget: entered at once when worse, left when enough has been back for long enough.

use super::{policy, standard};
use crate::budget::{Budget, Share};
use crate::model::Ppb;
use crate::policy::objects::{ErrorBudgetPolicy, Level};
use crate::policy::state::{Memory, mark_to_leave, step, worst};
use crate::tests::{HOUR, MINUTE, target};
use nines_base::{DurationUs, Timestamp};
use proptest::prelude::*;

/// So much of a budget left, in per cent.
fn left(percent: i64) -> Option<Budget> {
    Some(Budget::of_level(Level(percent * 10_000_000)))
}

/// The states over time, one step each so many minutes.
fn states(policy: &ErrorBudgetPolicy, minutes: i64, budgets: &[Option<Budget>]) -> Vec<String> {
    let mut memory: Option<Memory> = None;
    let each = budgets.iter().enumerate().map(|(number, budget)| {
        memory = step(policy, memory.as_ref(), *budget, Timestamp::from_secs(60 * minutes * number as i64));
        memory.as_ref().map_or("-".to_owned(), |memory| memory.state.clone())
    });
    each.collect()
}

#[test]
fn the_first_state_whose_bound_is_passed_is_entered_from_the_top() {
    let policy = standard();
    let first = |percent: i64| states(&policy, 1, &[left(percent)]).remove(0);
    let found: Vec<String> = [100, 51, 50, 26, 25, 1, 0, -400].into_iter().map(first).collect();
    let expected = ["healthy", "healthy", "caution", "caution", "restricted", "restricted", "exhausted", "exhausted"];
    assert_eq!(found, expected, "bounds are strict");
}

#[test]
fn a_worse_state_is_entered_at_once() {
    let budgets = [left(100), left(40), left(10), left(-5)];
    assert_eq!(states(&standard(), 0, &budgets), ["healthy", "caution", "restricted", "exhausted"]);
}

#[test]
fn a_better_state_needs_its_margin_for_the_whole_dwell() {
    let policy = standard();
    // At 5 % the margin over 0 % is not passed; from the third on it is, and an hour later it is over.
    let budgets = [left(-1), left(5), left(6), left(6), left(6)];
    let found = states(&policy, 30, &budgets);
    assert_eq!(found, ["exhausted", "exhausted", "exhausted", "exhausted", "restricted"]);
    // A break begins the wait anew.
    let broken = [left(-1), left(6), left(6), left(4), left(6), left(6), left(6)];
    let found = states(&policy, 30, &broken);
    assert_eq!(found[..6], ["exhausted"; 6]);
    assert_eq!(found[6], "restricted");
}

#[test]
fn the_best_state_that_is_earned_is_entered_after_the_dwell() {
    let budgets = [left(-1), left(90), left(90), left(90)];
    assert_eq!(states(&standard(), 30, &budgets), ["exhausted", "exhausted", "exhausted", "healthy"]);
    let less = [left(-1), left(90), left(54), left(54)];
    assert_eq!(states(&standard(), 30, &less)[3], "caution", "54 % is not 5 % over a half");
}

#[test]
fn a_freeze_of_the_budget_ends_only_when_the_slo_is_met() {
    let over = policy("states: [ { name: over, above: -1 }, { name: gone, actions: { freeze: true } } ]");
    assert_eq!(states(&over, 1, &[left(-200), left(-50), left(0), left(1)]), ["gone", "gone", "gone", "over"]);
    let no_freeze = policy("states: [ { name: over, above: -1 }, { name: gone } ]");
    assert_eq!(states(&no_freeze, 1, &[left(-200), left(-50)]), ["gone", "over"]);
}

#[test]
fn without_a_budget_the_state_stays_and_recovery_does_not_go_on() {
    let budgets = [None, left(-1), None, left(6), None, left(6), left(6), left(6)];
    let found = states(&standard(), 30, &budgets);
    assert_eq!(
        found,
        ["-", "exhausted", "exhausted", "exhausted", "exhausted", "exhausted", "exhausted", "restricted"]
    );
}

#[test]
fn a_state_that_the_policy_no_longer_has_is_forgotten() {
    let gone = Memory { state: "red".into(), since: Timestamp(0), recovering_since: None };
    let now = step(&standard(), Some(&gone), left(60), Timestamp::from_secs(9)).unwrap();
    assert_eq!((now.state.as_str(), now.since), ("healthy", Timestamp::from_secs(9)));
    assert_eq!(step(&standard(), Some(&gone), None, Timestamp(0)), None);
}

#[test]
fn where_no_state_is_passed_the_last_one_holds_and_whole_is_always_enough_to_leave() {
    let bounded = policy("states: [ { name: high, above: 0.99 }, { name: low, above: 0.5 } ]\n  leave: { above: 0.5 }");
    assert_eq!(states(&bounded, 1, &[left(10), left(100)]), ["low", "high"]);
    assert_eq!(mark_to_leave(&bounded, &bounded.states[1]), Some(Level(999_999_999)));
    assert_eq!(mark_to_leave(&bounded, &bounded.states[0]), None);
}

#[test]
fn budgets_are_compared_exactly_with_bounds_to_a_billionth() {
    let fine = policy("states: [ { name: above, above: 0.333333333 }, { name: below } ]");
    let of = |bad: u64, valid: u64| {
        let budget = Share::new(bad, valid).unwrap().budget(target(50.0));
        step(&fine, None, Some(budget), Timestamp(0)).unwrap().state
    };
    // 1 − 2·bad/valid left, of a budget of one half.
    assert_eq!(of(1, 3), "above", "one third is above 0.333333333");
    assert_eq!(of(333_333_333_500_000_000, 1_000_000_000_000_000_000), "below");
    assert_eq!(of(333_333_333_499_999_999, 1_000_000_000_000_000_000), "above");
}

#[test]
fn the_least_budget_of_a_service_counts() {
    let budgets = [("a", left(20).unwrap()), ("b", left(-3).unwrap()), ("c", left(-3).unwrap())];
    assert_eq!(worst(budgets.into_iter(), |(_, budget)| *budget).map(|(name, _)| name), Some("b"));
    assert_eq!(worst(std::iter::empty::<Budget>(), |budget| *budget), None);
}

proptest! {
    /// Whatever happened before: worse is never put off, better never comes before the dwell, and a step taken
    /// twice at one instant changes nothing.
    #[test]
    fn steps_keep_what_the_policy_says(
        percents in proptest::collection::vec(-50i64..=100, 1..60),
        minutes in proptest::collection::vec(0i64..90, 60),
    ) {
        let policy = standard();
        let position = |state: &str| policy.states.iter().position(|one| one.name == state).unwrap();
        let (mut memory, mut at) = (None::<Memory>, Timestamp(0));
        let mut good_since: Option<Timestamp> = None;
        for (percent, minutes) in percents.iter().zip(&minutes) {
            at = at + DurationUs(minutes * MINUTE.0);
            let next = step(&policy, memory.as_ref(), left(*percent), at).unwrap();
            prop_assert_eq!(step(&policy, Some(&next), left(*percent), at), Some(next.clone()));
            let plain = step(&policy, None, left(*percent), at).unwrap();
            prop_assert!(position(&next.state) >= position(&plain.state), "never better than the budget is");
            if let Some(before) = &memory {
                let bound = mark_to_leave(&policy, &policy.states[position(&before.state)]);
                let is_good = bound.is_some_and(|bound| left(*percent).unwrap() > Budget::of_level(bound));
                good_since = if is_good { good_since.or(Some(at)) } else { None };
                if position(&next.state) < position(&before.state) {
                    prop_assert!(at - good_since.unwrap() >= HOUR);
                }
                if next.state != before.state {
                    good_since = None;
                }
            }
            memory = Some(next);
        }
    }
}

#[test]
fn parts_of_a_budget_compare_on_both_sides_of_zero() {
    let level = |parts: i64| Budget::of_level(Level(parts));
    assert!(level(-1) < level(0) && level(0) < level(1) && level(-2) < level(-1));
    assert_eq!(Ppb::new(0).unwrap().rest().parts(), 1_000_000_000);
}

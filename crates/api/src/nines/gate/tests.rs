//! Every decision replays to the same verdict from its record.

use super::record::{record_of, replay};
use nines_base::{DurationUs, Timestamp};
use nines_slo::budget::Share;
use nines_slo::fraction::Fraction;
use nines_slo::gate::{ChangeKind, GateInput, OnUnknown, Page, PolicyInput, Reading, decide};
use nines_slo::model::{Place, Ppb};
use nines_slo::policy::exception::Claim;
use nines_slo::policy::forecast::Thaw;
use nines_slo::policy::freeze::ActiveFreeze;
use nines_slo::policy::incident::PostmortemDue;
use nines_slo::policy::objects::{
    Actions, BudgetState, ErrorBudgetPolicy, ExceptionRule, Leave, Level, Scope, Services,
};
use nines_slo::policy::state::Memory;
use nines_slo::window::NotEvaluated;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

fn kind() -> impl Strategy<Value = ChangeKind> {
    select(ChangeKind::ALL.to_vec())
}

fn text() -> impl Strategy<Value = String> {
    select(vec!["a", "b-1", "kim", "말", "quote \" and \\", "line\nbreak", "4711"]).prop_map(str::to_owned)
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0i64..4_000_000_000_000_000).prop_map(Timestamp)
}

fn minutes() -> impl Strategy<Value = DurationUs> {
    (1i64..100_000).prop_map(|minutes| DurationUs(minutes * 60_000_000))
}

fn fraction() -> impl Strategy<Value = Fraction> {
    (any::<u128>(), 1..=u128::MAX).prop_map(|(numerator, denominator)| Fraction::new(numerator, denominator).unwrap())
}

fn ppb() -> impl Strategy<Value = Ppb> {
    (0u32..=1_000_000_000).prop_map(|parts| Ppb::new(parts).unwrap())
}

fn page() -> impl Strategy<Value = Page> {
    (minutes(), minutes(), fraction(), option::of(fraction()), option::of(fraction())).prop_map(
        |(long, short, threshold, long_burn, short_burn)| Page { long, short, threshold, long_burn, short_burn },
    )
}

fn reading() -> impl Strategy<Value = Reading> {
    let why = vec![
        NotEvaluated::NoPeriod,
        NotEvaluated::ExternalSource,
        NotEvaluated::SliceLength,
        NotEvaluated::MixedSlices,
    ];
    let thaw = prop_oneof![Just(Thaw::Never), minutes().prop_map(Thaw::After)];
    let share = (any::<u64>(), any::<u64>()).prop_map(|(a, b)| Share::new(a.min(b), a.max(b)));
    (
        (text(), ppb(), text(), option::weighted(0.1, select(why))),
        (share, select(vec![1u64, 1_000_000_000_000]), any::<bool>(), any::<bool>(), any::<bool>()),
        (option::weighted(0.3, page()), option::of(thaw)),
    )
        .prop_map(
            |(
                (slo, target, window, not_evaluated),
                (share, unit, has_events, was_counted, is_silent),
                (page, thaw),
            )| Reading {
                slo,
                target,
                window,
                not_evaluated,
                share,
                unit,
                has_events,
                was_counted,
                is_silent,
                page,
                thaw,
            },
        )
}

fn actions() -> impl Strategy<Value = Actions> {
    let kinds = || vec(kind(), 0..4);
    (vec(text(), 0..2), kinds(), option::of(kinds()), option::of(0u32..5), option::of(0u32..=100), any::<bool>())
        .prop_map(|(notify, require_approval, allow, max_deploys_per_day, canary_max, freeze)| Actions {
            notify,
            require_approval,
            allow,
            max_deploys_per_day,
            canary_max,
            freeze,
        })
}

fn policy() -> impl Strategy<Value = ErrorBudgetPolicy> {
    let states =
        (vec((-1_000_000_000_000i64..=1_000_000_000, actions()), 0..4), actions()).prop_map(|(mut bounded, last)| {
            bounded.sort_by_key(|(above, _)| std::cmp::Reverse(*above));
            bounded.dedup_by_key(|(above, _)| *above);
            let named = |(number, (above, actions)): (usize, (i64, Actions))| BudgetState {
                name: format!("s{number}"),
                above: Some(Level(above)),
                actions,
            };
            let mut states: Vec<BudgetState> = bounded.into_iter().enumerate().map(named).collect();
            states.push(BudgetState { name: "rest".into(), above: None, actions: last });
            states
        });
    let scope = prop_oneof![
        vec(text(), 1..3).prop_map(|names| Scope::Services(Services(names))),
        text().prop_map(|value| Scope::Labels([("tier".to_owned(), value)].into())),
    ];
    let rule =
        (0u32..5, minutes(), any::<bool>(), minutes()).prop_map(|(tokens, per, approver_not_requester, lasts)| {
            ExceptionRule { tokens, per, approver_not_requester, lasts }
        });
    let leave = (ppb(), 0i64..3000).prop_map(|(above, minutes)| Leave {
        above: Level(i64::from(above.parts())),
        dwell: DurationUs(minutes * 60_000_000),
    });
    (scope, states, leave, option::of(ppb()), rule, any::<bool>()).prop_map(
        |(scope, states, leave, incident_share, exceptions, holds)| ErrorBudgetPolicy {
            name: "standard".into(),
            scope,
            states,
            leave,
            incident_share,
            exceptions,
            on_unknown: if holds { OnUnknown::Hold } else { OnUnknown::Allow },
            place: Place { file: "policy.yaml".into(), line: 7, column: 3 },
        },
    )
}

fn claim() -> impl Strategy<Value = Claim> {
    (text(), text(), (text(), text()), (time(), time()), any::<bool>(), 0u32..5).prop_map(
        |(name, change, (requested_by, approved_by), (granted_at, expires), is_of_file, n_before)| Claim {
            name,
            change,
            requested_by,
            approved_by,
            granted_at,
            expires,
            is_of_file,
            n_before,
        },
    )
}

fn input() -> impl Strategy<Value = GateInput> {
    let freeze =
        (text(), time(), text(), text()).prop_map(|(name, until, reason, by)| ActiveFreeze { name, until, reason, by });
    let due = (text(), time(), time(), fraction(), ppb()).prop_map(|(slo, from, until, share, limit)| PostmortemDue {
        slo,
        from,
        until,
        share,
        limit,
    });
    let states = select(vec!["s0", "s1", "rest", "gone"]).prop_map(str::to_owned);
    let memory = (states, time(), option::of(time())).prop_map(|(state, since, recovering_since)| Memory {
        state,
        since,
        recovering_since,
    });
    let policy = (policy(), option::of(memory)).prop_map(|(policy, memory)| PolicyInput { policy, memory });
    let on_unknown = select(vec![OnUnknown::Hold, OnUnknown::Allow]);
    (
        (text(), option::of(text()), option::of(text()), kind(), option::of(on_unknown), time()),
        (vec(reading(), 0..4), option::weighted(0.7, policy), vec(freeze, 0..2), vec(claim(), 0..3)),
        (0u32..5, 0u32..5, vec(due, 0..2)),
    )
        .prop_map(|((service, env, change, kind, on_unknown, at), (readings, policy, freezes, claims), rest)| {
            let (tokens_left, n_deploys, postmortems) = rest;
            GateInput {
                service,
                env,
                change,
                kind,
                on_unknown,
                at,
                readings,
                policy,
                freezes,
                claims,
                tokens_left,
                n_deploys,
                postmortems,
            }
        })
}

/// The record as it comes back from the ledger.
fn stored(input: &GateInput) -> Value {
    let verdict = decide(input);
    let traces = vec![vec!["0af7651916cd43dd8448eb211c80319c".to_owned()]; verdict.reasons.len()];
    serde_json::from_str(&record_of(input, &verdict, &traces).to_string()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_decision_replays_to_the_same_verdict_from_its_record(input in input()) {
        let record = stored(&input);
        let replayed = replay(&record);
        prop_assert!(replayed.is_some(), "{}", record);
        let replayed = replayed.unwrap();
        prop_assert!(replayed.is_same, "{}", record);
        prop_assert_eq!(replayed.verdict, decide(&input));
    }
}

#[test]
fn a_record_that_was_changed_does_not_replay_to_what_it_says() {
    let reading = Reading {
        slo: "api-availability".into(),
        target: Ppb::new(900_000_000).unwrap(),
        window: "28d".into(),
        not_evaluated: None,
        share: Share::new(20, 100),
        unit: 1,
        has_events: true,
        was_counted: true,
        is_silent: false,
        page: None,
        thaw: None,
    };
    let record = stored(&GateInput { service: "api".into(), readings: vec![reading], ..GateInput::default() });
    assert_eq!((record["verdict"].as_str(), replay(&record).unwrap().is_same), (Some("held"), true));
    let mut allowed = record.clone();
    allowed["verdict"] = "allowed".into();
    assert!(!replay(&allowed).unwrap().is_same);
    let mut better = record.clone();
    better["input"]["objectives"][0]["share"][0] = 5.into();
    let replayed = replay(&better).unwrap();
    assert_eq!((replayed.is_same, replayed.verdict.is_allowed), (false, true));
    let mut old = record;
    old.as_object_mut().unwrap().remove("input");
    assert!(replay(&old).is_none(), "records of earlier versions have no input");
}

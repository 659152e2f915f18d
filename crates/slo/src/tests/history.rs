//! What indicators make of histograms, beside what they make of the spans themselves.

use super::*;
use crate::count::Question;
use crate::history::{HistoryQuestion, Known, Recalled};
use crate::key::ObjectiveKey;
use crate::model::{Comparison, Counts, Measured, Stretch};
use nines_span::Status;
use proptest::prelude::*;
use std::ops::RangeInclusive;

/// Sixteen buckets below 256 microseconds, as wide as they.
const BUCKET: u64 = 16;

fn known(service: &'static str, op: Option<&'static str>, is_error: bool) -> Known<'static> {
    Known { service: Some(service), op, kind: Kind::Server, is_error }
}

fn buckets(durations_us: &[u64]) -> Vec<(RangeInclusive<u64>, u64)> {
    let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
    durations_us.iter().for_each(|us| *counts.entry(us / BUCKET).or_default() += 1);
    counts.into_iter().map(|(number, n)| (number * BUCKET..=number * BUCKET + BUCKET - 1, n)).collect()
}

fn question(total: &str, good: &str) -> HistoryQuestion {
    HistoryQuestion::of(&ratio(total, good)).unwrap_or_else(|| panic!("{total} | {good}"))
}

/// Good and bad events, and whether they are exact, of untimed spans and of others.
fn recalled(question: &HistoryQuestion, known: Known<'_>, n_untimed: u64, durations_us: &[u64]) -> (u64, u64, bool) {
    let Recalled { counts, is_exact } = question.count(known, n_untimed, buckets(durations_us).into_iter());
    (counts.good, counts.bad, is_exact)
}

#[test]
fn only_terms_that_histograms_know_are_answered_by_them() {
    let is_asked = |sli: &Sli| HistoryQuestion::of(sli).is_some();
    for (total, good) in
        [("service=shop kind=server", "!error"), ("service=shop op=~^get", "duration<400ms"), ("", "error")]
    {
        assert!(is_asked(&ratio(total, good)), "{total} | {good}");
    }
    for total in ["remote=db", "@region=eu", "root", "shared", "debug", "trace=1", "id=2"] {
        assert!(!is_asked(&ratio(total, "!error")) && !is_asked(&ratio("", total)), "{total}");
    }
    let threshold = |value| Sli::Threshold { total: filter("service=shop"), value, op: Comparison::Lt, limit: 5.0 };
    assert!(is_asked(&threshold(Measured::Duration)));
    assert!(!is_asked(&threshold(Measured::Tag("items".into()))));
    assert!(!is_asked(&Sli::Together(Vec::new())));
}

#[test]
fn services_operations_kinds_and_verdicts_are_told_exactly() {
    let question = question("service=shop kind=server op!=health", "!error");
    assert_eq!(recalled(&question, known("shop", Some("buy"), false), 2, &[7, 90]), (4, 0, true));
    assert_eq!(recalled(&question, known("shop", Some("buy"), true), 0, &[7]), (0, 1, true));
    assert_eq!(recalled(&question, known("shop", Some("health"), true), 0, &[7]), (0, 0, true));
    assert_eq!(recalled(&question, known("bank", Some("buy"), true), 0, &[7]), (0, 0, true));
    let client = Known { kind: Kind::Client, ..known("shop", Some("buy"), true) };
    assert_eq!(recalled(&question, client, 0, &[7]), (0, 0, true));
}

#[test]
fn what_lacks_the_name_that_is_asked_for_is_left_out_and_told() {
    let by_op = question("service=shop kind=server op=buy", "!error");
    let by_service = question("service=shop", "!error");
    let other = Known { service: None, ..known("", None, false) };
    assert_eq!(recalled(&by_op, known("shop", None, false), 9, &[]), (0, 0, false));
    assert_eq!(recalled(&by_op, known("bank", None, false), 9, &[]), (0, 0, true), "it could not have been meant");
    assert_eq!(recalled(&by_op, Known { kind: Kind::Client, ..known("shop", None, false) }, 9, &[]), (0, 0, true));
    assert_eq!(recalled(&by_service, known("shop", None, false), 9, &[]), (9, 0, true));
    assert_eq!(recalled(&by_service, other, 9, &[]), (0, 0, false));
    assert_eq!(recalled(&question("kind=server", "!error"), other, 9, &[]), (9, 0, true));
}

#[test]
fn durations_are_exact_where_no_limit_lies_in_a_bucket_and_shared_out_where_one_does() {
    let spans: Vec<u64> = (32..64).collect();
    let shop = known("shop", Some("buy"), false);
    assert_eq!(recalled(&question("service=shop", "duration<48us"), shop, 0, &spans), (16, 16, true));
    assert_eq!(recalled(&question("service=shop", "duration>=48us"), shop, 3, &spans), (16, 19, true));
    assert_eq!(recalled(&question("service=shop", "duration<52us"), shop, 0, &spans), (20, 12, false));
    assert_eq!(recalled(&question("service=shop", "duration>36us duration<44us"), shop, 0, &spans), (8, 24, false));
    assert_eq!(recalled(&question("service=shop", "duration<500us"), shop, 0, &spans), (32, 0, true));
    let threshold =
        Sli::Threshold { total: filter("service=shop"), value: Measured::Duration, op: Comparison::Lt, limit: 48.0 };
    let threshold = HistoryQuestion::of(&threshold).unwrap();
    assert_eq!(
        recalled(&threshold, shop, 7, &spans),
        (16, 16, true),
        "without a duration it is no event of a threshold"
    );
}

proptest! {
    /// Histograms say what the spans say, but for those in buckets that a limit cuts.
    #[test]
    fn histograms_agree_with_spans_beyond_the_buckets_that_are_cut(
        durations_us in prop::collection::vec(1u64..256, 1..80),
        limit in 0u64..300,
        order in prop::sample::select(vec!["<", "<=", ">", ">="]),
        is_error in any::<bool>(),
        total in prop::sample::select(vec!["service=shop", "service=shop duration>40us", "service=shop !error"]),
    ) {
        let good = format!("duration{order}{limit}us");
        let sli = ratio(total, &good);
        let exact = Question::of(&sli).unwrap();
        let status = if is_error { Status::Error } else { Status::Unset };
        let mut expected = Counts::default();
        for us in &durations_us {
            let span = Span {
                name: "buy".into(),
                kind: Kind::Server,
                duration: FineMicros::from_us(*us),
                local: Endpoint { service: "shop".into(), ..Endpoint::default() },
                status,
                ..Span::default()
            };
            match exact.answer(&span) {
                Some(true) => expected.good += 1,
                Some(false) => expected.bad += 1,
                None => {}
            }
        }
        let asked = HistoryQuestion::of(&sli).unwrap();
        let (good, bad, is_exact) = recalled(&asked, known("shop", Some("buy"), is_error), 0, &durations_us);
        let in_bucket_of = |limit: u64| durations_us.iter().filter(|us| **us / BUCKET == limit / BUCKET).count() as u64;
        let uncertain = in_bucket_of(limit) + in_bucket_of(40);
        prop_assert!(good.abs_diff(expected.good) <= uncertain, "{good} {expected:?}");
        prop_assert!(bad.abs_diff(expected.bad) <= uncertain, "{bad} {expected:?}");
        // Between whole microseconds there is a limit that no span has.
        let is_at_edge = limit % BUCKET == 0 && ["<=", ">"].contains(&order);
        if is_exact && !is_at_edge && !total.contains('>') {
            prop_assert_eq!((good, bad), (expected.good, expected.bad));
        }
    }

    /// Each tier gets every event once, wherever the stretch lies and however many there are.
    #[test]
    fn cel_2_events_spread_over_a_stretch_are_all_there_in_every_tier(
        begin in 0i64..400,
        length in prop::sample::select(vec![1i64, 12, 288]),
        good in 0u64..100_000,
        bad in 0u64..7,
    ) {
        let slo = slo("shop", "shop", HOUR, objective(ratio("service=shop", "!error"), target(99.0)));
        let key = ObjectiveKey::of(&slo.objectives[0].sli).unwrap();
        let mut cells = CellStore::new();
        cells.define(&definitions([slo]), Timestamp(0));
        let start = Timestamp(begin * 300_000_000);
        let end = start + DurationUs(length * 300_000_000);
        cells.share_out(key, start..end, Counts { good, bad });
        for slice_s in [10u32, 60, 300, 3600] {
            let all = Stretch { after: start - DurationUs(1), upto: end + HOUR };
            let sum = cells.slices(key, slice_s, all).fold(Counts::default(), |mut sum, (_, counts)| { sum += counts; sum });
            prop_assert_eq!(sum, Counts { good, bad });
        }
        // Evenly: no five minutes differ by more than one from another.
        let fives: Vec<u64> = (0..length)
            .map(|n| cells.sum(key, Stretch {
                after: start + DurationUs(n * 300_000_000 - 1),
                upto: start + DurationUs((n + 1) * 300_000_000 - 1),
            }).counts.good)
            .collect();
        let (least, most) = (fives.iter().min().unwrap(), fives.iter().max().unwrap());
        prop_assert!(most - least <= 1, "{fives:?}");
    }
}

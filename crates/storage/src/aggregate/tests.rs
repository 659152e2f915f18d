//! Claims about buckets, questions and the tally.

use super::*;
use crate::answer::Gap;
use crate::contract::span;
use crate::store::Window;
use nines_base::{FineMicros, Timestamp};
use nines_span::{Span, Value};
use nines_trace::filter::Filter;

fn ask(by: Vec<Dimension>, groups_max: usize, with_histograms: bool) -> AggregateQuery {
    let window = Window { from: Timestamp(0), to: Timestamp(i64::MAX) };
    AggregateQuery::new(Filter::parse("").unwrap(), window, by, groups_max, with_histograms).unwrap()
}

#[test]
fn every_number_lies_in_its_bucket_and_buckets_follow_each_other() {
    for buckets_log2 in 0..=BUCKETS_LOG2_MAX {
        let last = bucket_of(u64::MAX, buckets_log2);
        let mut next = 0;
        for bucket in 0..=last {
            let bounds = bucket_bounds(bucket, buckets_log2);
            assert_eq!(*bounds.start(), next, "bucket {bucket} of 2^{buckets_log2}");
            assert_eq!(bucket_of(*bounds.start(), buckets_log2), bucket);
            assert_eq!(bucket_of(*bounds.end(), buckets_log2), bucket);
            let width = bounds.end() - bounds.start();
            assert!(width <= bounds.start() >> buckets_log2, "bucket {bucket} is too wide");
            next = bounds.end().wrapping_add(1);
        }
        assert_eq!(next, 0, "the last bucket ends with the largest number");
    }
}

/// OpenTelemetry's exponential histogram of scale 3 has bounds 2^(1/8) apart, so that the value which is as far from both
/// ends of a bucket in proportion is off by 4.33 % at most, and 160 buckets span a factor of 2^20.
#[test]
fn av39_a_bucket_tells_more_than_one_of_an_exponential_histogram_of_scale_3() {
    let base = 2f64.powf(1.0 / 8.0);
    let error = (base - 1.0) / (base + 1.0);
    assert!((error - 0.043_294_6).abs() < 1e-6 && base.powi(160) >= 1e5);
    let (first, last) = (bucket_of(1000, BUCKETS_LOG2_MAX), bucket_of(100_000_000, BUCKETS_LOG2_MAX));
    let error_of = |bucket: u16| {
        let bounds = bucket_bounds(bucket, BUCKETS_LOG2_MAX);
        let (low, high) = (*bounds.start() as f64, *bounds.end() as f64 + 1.0);
        (high - low) / (high + low)
    };
    let worst = (first..=last).map(error_of).fold(0.0, f64::max);
    assert!(worst < error, "{worst}");
    // From a millisecond to 100 seconds it has more of them; those that are empty take no room.
    assert_eq!(last - first + 1, 265);
}

#[test]
fn a_quantile_is_the_bucket_of_the_nearest_rank() {
    let mut histogram = Histogram::default();
    assert_eq!(histogram.quantile(0.5), None);
    (1..=100u64).for_each(|us| histogram.add(bucket_of(us * 1000, BUCKETS_LOG2_MAX), 1));
    for (q, us) in [(0.0, 1000), (0.01, 1000), (0.5, 50_000), (0.99, 99_000), (1.0, 100_000)] {
        let bounds = histogram.quantile(q).unwrap();
        assert!(bounds.contains(&us), "{q}: {us} is not in {bounds:?}");
    }
}

#[test]
fn a_question_beyond_a_limit_is_refused() {
    let window = Window { from: Timestamp(0), to: Timestamp(SLICES_MAX as i64 - 1) };
    let new = |by: Vec<Dimension>, groups_max, with_histograms| {
        AggregateQuery::new(Filter::parse("").unwrap(), window, by, groups_max, with_histograms).map(|_| ())
    };
    assert_eq!(new(vec![Dimension::Time { step_us: 1 }], 1, false), Ok(()));
    let wider = Window { to: Timestamp(SLICES_MAX as i64), ..window };
    let by = vec![Dimension::Time { step_us: 1 }];
    let refused = AggregateQuery::new(Filter::parse("").unwrap(), wider, by, 1, false).map(|_| ());
    assert_eq!(refused, Err(AggregateFault::TooManySlices { given: SLICES_MAX + 1 }));
    assert_eq!(new(vec![Dimension::Time { step_us: 0 }], 1, false), Err(AggregateFault::NoStep));
    assert_eq!(new(vec![Dimension::Kind; 5], 1, false), Err(AggregateFault::TooManyDimensions { given: 5 }));
    assert_eq!(new(vec![Dimension::Duration { buckets_log2: 5 }], 1, false), Err(AggregateFault::TooFine { given: 5 }));
    for (groups, with_histograms, max) in [(0, false, GROUPS_MAX), (GROUPS_MAX, true, GROUPS_MAX / 16)] {
        assert_eq!(new(vec![], groups, with_histograms), Err(AggregateFault::BadGroups { given: groups, max }));
    }
}

#[test]
fn agg_2_groups_come_largest_first_and_the_rest_keeps_the_totals() {
    let mut tally = Tally::new(&ask(vec![Dimension::Service, Dimension::Error], 2, true));
    for id in 1..=60u64 {
        let service = ["a", "b", "b", "c", "c", "c"][id as usize % 6];
        let failed = if id.is_multiple_of(4) { vec![("error".to_owned(), Value::from(""))] } else { vec![] };
        tally.add_span(&Span { tags: failed, duration: FineMicros::from_us(id), ..span(1, id, service) });
    }
    let answer = tally.finish().value;
    let text = |service: &str, failed| vec![KeyPart::Text(service.into()), KeyPart::Error(failed)];
    let keys: Vec<_> = answer.groups.iter().map(|group| (group.key.clone(), group.sums.spans)).collect();
    assert_eq!(keys, [(text("c", false), 25), (text("b", false), 15)]);
    assert_eq!((answer.rest.spans, answer.rest_groups), (20, 4));
    assert_eq!((answer.total.spans, answer.total.errors, answer.total.timed), (60, 15, 60));
    assert_eq!((answer.total.duration_us_sum, answer.total.duration_us_max), (1830, 60));
    assert_eq!(answer.total.histogram.iter().map(|(_, count)| count).sum::<u64>(), 60);
}

#[test]
fn each_dimension_says_what_its_spans_have() {
    let spans = [
        Span {
            kind: nines_span::Kind::Server,
            status: nines_span::Status::Error,
            tags: vec![("code".into(), Value::Int(500))],
            duration: FineMicros::from_us(1000),
            ..span(1, 7, "web")
        },
        Span { name: String::new(), duration: FineMicros::NONE, ..span(1, 8, "") },
    ];
    let check = |dimension: Dimension, expected: [KeyPart; 2]| {
        let mut tally = Tally::new(&ask(vec![dimension.clone()], 9, false));
        spans.iter().for_each(|span| tally.add_span(span));
        let mut keys: Vec<KeyPart> = tally.finish().value.groups.into_iter().flat_map(|group| group.key).collect();
        let mut expected = expected.to_vec();
        keys.sort();
        expected.sort();
        assert_eq!(keys, expected, "{dimension:?}");
    };
    let text = |text: &str| KeyPart::Text(text.into());
    check(Dimension::Service, [text("web"), KeyPart::Absent]);
    check(Dimension::Op, [text("op-7"), KeyPart::Absent]);
    check(Dimension::Tag("code".into()), [text("500"), KeyPart::Absent]);
    check(Dimension::Kind, [KeyPart::Kind(Kind::Server), KeyPart::Kind(Kind::Unspecified)]);
    check(Dimension::Status, [KeyPart::Status(Status::Error), KeyPart::Status(Status::Unset)]);
    check(Dimension::Error, [KeyPart::Error(true), KeyPart::Error(false)]);
    check(Dimension::Duration { buckets_log2: 0 }, [KeyPart::DurationUs(512, 1023), KeyPart::Absent]);
    let window = Window { from: Timestamp(6_500_000), to: Timestamp(9_000_000) };
    let by = vec![Dimension::Time { step_us: 1_000_000 }];
    let query = AggregateQuery::new(Filter::parse("").unwrap(), window, by, 9, false).unwrap();
    let mut tally = Tally::new(&query);
    spans.iter().for_each(|span| tally.add_span(span));
    let keys: Vec<KeyPart> = tally.finish().value.groups.into_iter().flat_map(|group| group.key).collect();
    assert_eq!(keys, [KeyPart::SliceUs(7_000_000), KeyPart::SliceUs(8_000_000)]);
}

#[test]
fn beyond_the_groups_held_spans_go_to_the_rest_and_the_answer_says_so() {
    let mut tally = Tally::new(&ask(vec![Dimension::Tag("user".into())], 10, true));
    let n_spans = GROUPS_HELD_MAX as u64 / 16 + 100;
    for id in 1..=n_spans {
        let number = tally.text(0, &id.to_string());
        let group = tally.group([number, 0, 0, 0]);
        tally.add(group, false, Some(id));
    }
    let answer = tally.finish();
    let gap = Gap::Limit { name: "groups_held_max", max: GROUPS_HELD_MAX as u64 / 16 };
    assert_eq!(answer.gaps.iter().collect::<Vec<_>>(), [&gap]);
    let answer = answer.value;
    assert_eq!((answer.groups.len(), answer.total.spans), (10, n_spans));
    assert_eq!(answer.rest.spans, n_spans - 10);
    assert_eq!(answer.total.histogram.iter().map(|(_, count)| count).sum::<u64>(), n_spans);
}

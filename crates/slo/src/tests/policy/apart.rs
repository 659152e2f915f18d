//! Events that adjustments name by what their spans say, held against counting only the spans that are left.

use super::adjustment;
use crate::budget::Share;
use crate::cells::CellStore;
use crate::model::{BudgetingMethod, Comparison, CountedBy, Counts, GroupBy, Kept, Measured, RatioPart, Sli, Slo};
use crate::policy::apart::{FILTERS_MAX, has_room};
use crate::policy::exclusion::assign;
use crate::policy::objects::AdjustmentMode::{AsGood, Removed};
use crate::policy::objects::BudgetAdjustment;
use crate::policy::times::Times;
use crate::status::{Status, evaluate};
use crate::tests::{HOUR, MINUTE, availability, count, definitions, filter, objective, ratio, slo, span, target};
use nines_base::{DurationUs, Timestamp};
use nines_span::{Span, Value};
use proptest::prelude::*;

const TAGS: [&str; 3] = ["load.test", "probe", "tenant.internal"];

/// A span: in which second it ended, whether it failed, which of [`TAGS`] it has.
type Told = (i64, bool, [bool; 3]);

/// An adjustment: whether it removes, by which of [`TAGS`] if by any, in which minutes (first, how many) if not always.
type Asked = (bool, Option<usize>, Option<(i64, i64)>);

fn span_of(number: usize, (second, is_error, tags): Told) -> (Timestamp, Span) {
    let mut span = span(number as u64, second as u64 * 1_000_000 + 500_000, is_error);
    let present = TAGS.into_iter().zip(tags).filter(|(_, has)| *has);
    span.tags.extend(present.map(|(tag, _)| (tag.into(), Value::from("true"))));
    (Timestamp::from_secs(second + 1), span)
}

fn adjustment_of(number: usize, (is_removed, tag, minutes): Asked) -> BudgetAdjustment {
    let mode = if is_removed { Removed } else { AsGood };
    let (from_s, length) = minutes.map_or((0, HOUR), |(first, n)| (first * 60, DurationUs(n * MINUTE.0)));
    let timed = adjustment(&format!("adjustment-{number}"), mode, from_s, length);
    let times = if minutes.is_none() { Times::always() } else { timed.times.clone() };
    BudgetAdjustment { times, filter: tag.map(|tag| filter(&format!("{}=true", TAGS[tag]))), ..timed }
}

fn takes((_, tag, minutes): Asked, (second, _, tags): Told) -> bool {
    let in_time = minutes.is_none_or(|(first, n)| (first * 60..(first + n) * 60).contains(&second));
    in_time && tag.is_none_or(|tag| tags[tag])
}

/// What the events of some spans come to where those that are removed never came and others are good.
fn left<'t>(told: impl Iterator<Item = &'t Told>, asked: &[Asked]) -> Counts {
    let mut counts = Counts::default();
    for told in told {
        let taking = || asked.iter().filter(|one| takes(**one, *told));
        let is_good = !told.1 || taking().any(|(is_removed, ..)| !is_removed);
        let n = u64::from(!taking().any(|(is_removed, ..)| *is_removed));
        counts += Counts { good: n * u64::from(is_good), bad: n * u64::from(!is_good) };
    }
    counts
}

fn adjusted(mut slo: Slo, asked: &[Asked]) -> Slo {
    let adjustments: Vec<_> = asked.iter().enumerate().map(|(number, one)| adjustment_of(number, *one)).collect();
    assign(std::slice::from_mut(&mut slo), &adjustments);
    slo
}

fn counted(slo: &Slo, told: &[Told]) -> CellStore {
    let spans: Vec<_> = told.iter().enumerate().map(|(number, one)| span_of(number, *one)).collect();
    let (_, mut cells) = count(&definitions([slo.clone()]), &spans);
    cells.expire(Timestamp(HOUR.0));
    cells
}

fn after_an_hour(slo: &Slo, told: &[Told]) -> Status {
    evaluate(slo, &slo.objectives[0], &counted(slo, told), Timestamp(HOUR.0 - 1))
}

fn by_minutes(mut slo: Slo, method: BudgetingMethod) -> Slo {
    slo.method = method;
    slo.objectives[0].time_slice = Some(MINUTE);
    slo.objectives[0].time_slice_target = Some(target(80.0));
    slo
}

fn any_told() -> impl Strategy<Value = Vec<Told>> {
    prop::collection::vec((0..3600i64, prop::bool::weighted(0.3), any::<[bool; 3]>()), 1..200)
}

fn any_asked() -> impl Strategy<Value = Vec<Asked>> {
    let minutes = prop::option::of((0..60i64, 1..30i64));
    prop::collection::vec((any::<bool>(), prop::option::weighted(0.8, 0..3usize), minutes), 1..5)
}

proptest! {
    #[test]
    fn what_is_left_is_what_would_have_been_counted_without_the_events_taken(told in any_told(), asked in any_asked()) {
        let slo = adjusted(availability(HOUR, 99.0), &asked);
        let status = after_an_hour(&slo, &told);
        prop_assert_eq!(status.measure.events, left(told.iter(), &asked));
        let everything = left(told.iter(), &[]);
        prop_assert_eq!(status.raw.map_or(status.measure.events, |raw| raw.events), everything);
        for excluded in &status.excluded {
            let number: usize = excluded.adjustment.name.rsplit('-').next().unwrap().parse().unwrap();
            let taken = told.iter().filter(|one| takes(asked[number], **one));
            prop_assert_eq!(excluded.counts, left(taken, &[]), "{}", &excluded.adjustment.name);
        }
    }

    #[test]
    fn slices_are_judged_by_the_events_that_are_left(told in any_told(), asked in any_asked()) {
        let slo = adjusted(by_minutes(availability(HOUR, 99.0), BudgetingMethod::Timeslices), &asked);
        let status = after_an_hour(&slo, &told);
        let of_minute = |minute: i64| left(told.iter().filter(move |(second, ..)| second / 60 == minute), &asked);
        let filled = (0..60).map(of_minute).filter(|counts| counts.valid() > 0);
        let good = |counts: &Counts| counts.good * 100 >= counts.valid() * 80;
        let (good, bad): (Vec<Counts>, Vec<Counts>) = filled.partition(good);
        let slices = Counts { good: good.len() as u64, bad: bad.len() as u64 };
        prop_assert_eq!(status.measure.slices, Some(slices));
        prop_assert_eq!(status.measure.share, Share::of(slices));
    }
}

#[test]
fn a_removed_load_test_leaves_the_window_and_one_as_good_keeps_its_size() {
    let told: Vec<Told> = (0..100).map(|n| (n, n % 4 == 0, [n % 2 == 0, false, false])).collect();
    let of = |is_removed| after_an_hour(&adjusted(availability(HOUR, 99.0), &[(is_removed, Some(0), None)]), &told);
    assert_eq!(of(true).measure.events, Counts { good: 50, bad: 0 });
    assert_eq!(of(false).measure.events, Counts { good: 100, bad: 0 });
    for status in [of(true), of(false)] {
        assert_eq!(status.raw.unwrap().events, Counts { good: 75, bad: 25 });
        assert_eq!(status.excluded[0].counts, Counts { good: 25, bad: 25 });
        let told = status.excluded[0].spans[0];
        assert_eq!((told.from, told.until), (Timestamp(0), Timestamp(HOUR.0)), "as far as the window goes");
    }
}

#[test]
fn a_removed_event_is_no_throughput() {
    let sli = Sli::Throughput { total: filter("service=api kind=server"), op: Comparison::Gte, limit: 3.0 };
    let slo =
        by_minutes(slo("api-availability", "api", HOUR, objective(sli, target(50.0))), BudgetingMethod::Timeslices);
    // Four a minute for ten minutes, of which two are probes.
    let told: Vec<Told> = (0..40).map(|n| (60 + n * 15, false, [false, n % 2 == 0, false])).collect();
    let slices = |asked: &[Asked]| {
        let slo = adjusted(slo.clone(), asked);
        let mut cells = counted(&slo, &told);
        (0..=3600).for_each(|second| cells.heartbeat(Timestamp::from_secs(second), true));
        let slices = evaluate(&slo, &slo.objectives[0], &cells, Timestamp(HOUR.0 - 1)).measure.slices.unwrap();
        slices.good
    };
    assert_eq!(slices(&[]), 9, "the minute of the first event is not judged");
    assert_eq!(slices(&[(true, Some(1), None)]), 0, "two are too few");
    assert_eq!(slices(&[(false, Some(1), None)]), 9, "as good, they still came");
}

#[test]
fn every_kind_of_indicator_over_spans_can_be_narrowed() {
    let by = filter("load.test=true");
    let server = || filter("service=api kind=server");
    let availability = ratio("service=api kind=server", "!error");
    let bad = Sli::Ratio { total: server(), part: RatioPart::Bad(filter("error")) };
    let slow = Sli::Threshold { total: server(), value: Measured::Duration, op: Comparison::Lte, limit: 1e6 };
    let counted = Sli::Counted { of: Box::new(availability.clone()), by: CountedBy::Attempts(Kept::Last) };
    let grouped = Sli::Grouped { of: Box::new(slow.clone()), by: GroupBy { tag: "tenant".into(), cap: 10 } };
    for sli in [availability, bad, slow, counted, grouped] {
        let narrowed = sli.narrowed(&by).unwrap();
        assert!(format!("{narrowed:?}").contains("load.test"), "{narrowed:?}");
        assert_ne!(crate::key::ObjectiveKey::of(&narrowed), crate::key::ObjectiveKey::of(&sli));
    }
    assert!(Sli::External { source: "datadog".into() }.narrowed(&by).is_none());
}

#[test]
fn an_slo_has_so_many_filters_and_no_more() {
    let with = |nth: usize| BudgetAdjustment {
        filter: Some(filter(&format!("probe=\"{nth}\""))),
        ..adjustment("probe", Removed, 0, HOUR)
    };
    let all: Vec<BudgetAdjustment> = (0..FILTERS_MAX).map(with).collect();
    assert!(has_room(all[1..].iter(), &filter("new=true")));
    assert!(!has_room(all.iter(), &filter("new=true")));
    assert!(has_room(all.iter(), &filter("probe=0")), "one that is there already, however it is written");
}

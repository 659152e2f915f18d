use super::*;
use crate::model::Slo;
use crate::tests::{DAY, HOUR, MINUTE, availability, definitions};
use proptest::prelude::*;

fn key() -> ObjectiveKey {
    ObjectiveKey::of(&availability(HOUR, 99.0).objectives[0].sli).unwrap()
}

fn delta(events: &[(i64, u64, u64)]) -> Delta {
    let cells = events.iter().map(|&(second, good, bad)| (key(), second, Counts { good, bad })).collect();
    Delta { cells, ..Delta::default() }
}

/// A store that counts one objective over a window.
fn store(window: DurationUs) -> CellStore {
    let mut cells = CellStore::new();
    cells.define(&definitions([availability(window, 99.0)]), Timestamp(0));
    cells
}

fn stretch(after_s: i64, upto_s: i64) -> Stretch {
    Stretch { after: Timestamp::from_secs(after_s), upto: Timestamp::from_secs(upto_s) }
}

fn reload(cells: &CellStore) -> CellStore {
    let mut loaded = CellStore::new();
    cells.rows().into_iter().rev().for_each(|row| loaded.load(row));
    loaded
}

#[test]
fn an_old_edge_rounds_outward_to_the_tier_that_reaches_it() {
    let check = |window: DurationUs, clock_s: i64, after_s: i64, expected: (i64, i64)| {
        let mut cells = store(window);
        cells.expire(Timestamp::from_secs(clock_s));
        let sum = cells.sum(key(), stretch(after_s, clock_s));
        assert_eq!((sum.from_s, sum.until_s), expected, "{window} after {after_s}");
    };
    let now = 10_000_007;
    check(MINUTE, now, now - 60, (now - 60, now + 1));
    check(HOUR, now, now - 3600, (9_996_400, 10_000_010));
    check(DAY, now, now - 86_400, (9_913_560, 10_000_010)); // a minute
    check(DAY, now, now - 28 * 86_400, (7_580_700, 10_000_010)); // five minutes
    check(DAY, now, now - 90 * 86_400, (2_224_000 - 2_224_000 % 3600, 10_000_010)); // an hour
}

#[test]
fn the_excluded_edge_is_not_in_the_first_slice_when_slices_end_there() {
    let mut cells = store(MINUTE);
    cells.apply(delta(&[(39, 1, 0), (40, 10, 0), (100, 100, 0), (101, 1000, 0)]));
    assert_eq!(cells.sum(key(), stretch(40, 100)).counts.good, 110);
    let end_of_100 = Stretch::last(MINUTE, Timestamp(100_999_999));
    assert_eq!(cells.sum(key(), end_of_100).counts.good, 100, "second 40 ends with the excluded instant");
    assert_eq!(cells.sum(key(), stretch(100, 40)), WindowSum::default(), "a stretch with its ends crossed is empty");
}

#[test]
fn a_late_event_is_right_in_every_tier_and_beyond_the_last_one_is_told() {
    let mut cells = store(HOUR);
    let now = 500 * 86_400;
    cells.expire(Timestamp::from_secs(now));
    cells.apply(delta(&[
        (now - 600, 1, 0),
        (now - 7 * 86_400, 2, 0),
        (now - 399 * 86_400, 4, 0),
        (now - 402 * 86_400, 8, 0),
    ]));
    let good = |days: i64| cells.sum(key(), stretch(now - days * 86_400, now)).counts.good;
    assert_eq!((good(1), good(8), good(400)), (1, 3, 7));
    assert_eq!(cells.n_too_old(), 8);
}

#[test]
fn slices_expire_by_tier_and_the_answer_names_the_rows() {
    let mut cells = store(MINUTE);
    cells.apply(delta(&[(100, 1, 0)]));
    assert_eq!(cells.expire(Timestamp::from_secs(2 * 3600)), []);
    let tiers = |expired: Vec<Expired>| expired.iter().map(|range| range.tier).collect::<Vec<u32>>();
    assert_eq!(tiers(cells.expire(Timestamp::from_secs(86_400))), [1, 10]);
    assert_eq!(tiers(cells.expire(Timestamp::from_secs(40 * 86_400))), [60, 300]);
    assert_eq!(cells.sum(key(), stretch(0, 40 * 86_400)).counts.good, 1, "hours are kept for 400 days");
    let last = cells.expire(Timestamp::from_secs(500 * 86_400));
    assert_eq!(tiers(last.clone()), [3600]);
    assert!(last[0].before_slice > 0);
}

#[test]
fn an_objective_that_is_gone_is_kept_until_its_cells_are() {
    let mut cells = store(HOUR);
    cells.apply(delta(&[(100, 1, 0)]));
    cells.define(&definitions([]), Timestamp::from_secs(200));
    cells.expire(Timestamp::from_secs(86_400));
    assert_eq!(cells.sum(key(), stretch(0, 86_400)).counts.good, 1, "a definition that comes back finds its history");
    let expired = cells.expire(Timestamp::from_secs(500 * 86_400));
    assert!(expired.contains(&Expired { key: key(), tier: MARKS, before_slice: i64::MAX }));
    assert!(cells.rows().is_empty());
}

#[test]
fn rows_that_could_not_be_written_come_again_as_they_are_then() {
    let mut cells = store(DAY);
    cells.take_changed();
    cells.apply(delta(&[(5, 1, 0), (6, 0, 2)]));
    let unwritten = cells.take_changed();
    cells.put_back(&unwritten);
    assert_eq!(cells.take_changed(), unwritten);
    cells.put_back(&unwritten);
    cells.apply(delta(&[(7, 1, 0)]));
    let newer = cells.take_changed().into_iter().map(|row| (row.tier, row.slice, row.good, row.bad));
    assert_eq!(newer.collect::<Vec<_>>(), [(10, 0, 2, 2), (60, 0, 2, 2), (300, 0, 2, 2), (3600, 0, 2, 2)]);
}

#[test]
fn changed_rows_are_absolute_and_each_cell_comes_once() {
    let mut cells = store(DAY);
    cells.take_changed();
    cells.apply(delta(&[(5, 1, 0), (6, 0, 2)]));
    let rows = |cells: &mut CellStore| {
        cells.take_changed().into_iter().map(|row| (row.tier, row.slice, row.good, row.bad)).collect::<Vec<_>>()
    };
    assert_eq!(rows(&mut cells), [(10, 0, 1, 2), (60, 0, 1, 2), (300, 0, 1, 2), (3600, 0, 1, 2)]);
    cells.apply(delta(&[(12, 1, 0)]));
    assert_eq!(rows(&mut cells), [(10, 1, 1, 0), (60, 0, 2, 2), (300, 0, 2, 2), (3600, 0, 2, 2)]);
    assert_eq!(rows(&mut cells), []);
}

#[test]
fn a_tier_gained_later_does_not_hide_what_coarser_ones_counted() {
    let mut cells = store(DAY);
    cells.apply(delta(&[(1000, 7, 0)]));
    cells.define(&definitions([availability(MINUTE, 99.0)]), Timestamp::from_secs(1020));
    assert_eq!(cells.sum(key(), stretch(990, 1030)).counts.good, 7);
    cells.apply(delta(&[(1500, 1, 0)]));
    assert_eq!(
        cells.sum(key(), Stretch::last(MINUTE, Timestamp::from_secs(1555))).from_s,
        1495,
        "by seconds from here on"
    );
    let loaded = reload(&cells);
    assert_eq!(loaded.sum(key(), stretch(990, 1030)).counts.good, 7, "the mark says since when");
}

#[test]
fn slices_kept_longer_say_from_when_on_they_are_complete() {
    let by_minutes = |window: DurationUs| -> Slo {
        let mut slo = availability(window, 99.0);
        slo.method = crate::model::BudgetingMethod::Timeslices;
        slo.objectives[0].time_slice = Some(MINUTE);
        slo
    };
    let mut cells = CellStore::new();
    cells.define(&definitions([by_minutes(DAY)]), Timestamp(0));
    cells.apply(delta(&[(600, 5, 0)]));
    let day = |day: i64| Timestamp::from_secs(day * 86_400);
    cells.define(&definitions([by_minutes(DurationUs(90 * DAY.0))]), day(2));
    assert_eq!(
        cells.slices(key(), 60, stretch(0, 2 * 86_400)).count(),
        1,
        "two days are within the old keep, which is a month at least"
    );
    cells.define(&definitions([by_minutes(DAY)]), day(60));
    cells.expire(day(60));
    cells.define(&definitions([by_minutes(DurationUs(90 * DAY.0))]), day(60));
    cells.apply(delta(&[(60 * 86_400, 1, 0)]));
    let all = stretch(0, 61 * 86_400);
    assert_eq!(cells.slices(key(), 60, all).map(|(_, slice)| slice.good).collect::<Vec<u64>>(), [1]);
    assert_eq!(reload(&cells).slices(key(), 60, all).count(), 1);
}

#[test]
fn a_cell_beyond_32_bits_widens_and_survives_its_row() {
    let mut cells = store(HOUR);
    cells.apply(delta(&[(0, u64::from(u32::MAX), 1), (64 * 10, 3, 3)]));
    cells.apply(delta(&[(9, 5, u64::MAX)]));
    let sum = reload(&cells).sum(key(), stretch(-1, 9)).counts;
    assert_eq!(sum, Counts { good: u64::from(u32::MAX) + 5, bad: u64::MAX });
}

#[test]
fn heartbeats_tell_measured_time_from_gaps_across_a_restart() {
    let mut cells = store(MINUTE);
    let second = Timestamp::from_secs;
    for now in 100..=110 {
        cells.heartbeat(second(now), true);
    }
    cells.heartbeat(second(105), true); // the clock went back
    cells.heartbeat(second(111), false); // something was refused
    let mut cells = reload(&cells);
    cells.heartbeat(second(150), true);
    let coverage = cells.coverage(stretch(99, 150));
    assert_eq!((coverage.measured_us, coverage.unmeasured_us), (10_000_000, 40_000_000));
    let last_ten = cells.coverage(stretch(140, 150));
    assert_eq!((last_ten.measured_us, last_ten.unmeasured_us), (0, 10_000_000), "by seconds for windows of a minute");
}

#[test]
fn rows_that_make_no_sense_are_taken_without_harm() {
    let mut cells = CellStore::new();
    for tier in [0, 1, 7, 10, 3600, u32::MAX] {
        for slice in [i64::MIN, -1, 0, 60, i64::MAX] {
            cells.load(CellRow { key: key(), tier, slice, good: u64::MAX, bad: u64::MAX });
            cells.load(CellRow { key: ObjectiveKey::LIVENESS, tier, slice, good: u64::MAX, bad: 0 });
        }
    }
    cells.define(&definitions([availability(MINUTE, 99.0)]), Timestamp::from_secs(100));
    cells.heartbeat(Timestamp(i64::MAX), true);
    cells.sum(key(), Stretch { after: Timestamp(i64::MIN), upto: Timestamp(i64::MAX) });
    cells.expire(Timestamp::from_secs(200));
    cells.rows();
    cells.take_changed();
}

/// Events within a bit more than 400 days before a fixed clock, most of them recent.
fn arbitrary_events() -> impl Strategy<Value = Vec<(i64, u64, u64)>> {
    let age_s = prop_oneof![0i64..100, 0i64..9000, 0i64..300_000, 0i64..36_000_000];
    prop::collection::vec((age_s.prop_map(|age_s| CLOCK_S - age_s), 1u64..5, 0u64..5), 0..60)
}

const CLOCK_S: i64 = 50_000_000;

proptest! {
    /// The oracle adds up the events of the stretch that the answer says it covers.
    #[test]
    fn sums_equal_a_recount_of_the_stretch_they_name(
        events in arbitrary_events(), window_s in prop_oneof![1i64..120, 1i64..10_000, 1i64..3_000_000], behind_s in 0i64..600
    ) {
        let mut cells = store(MINUTE);
        cells.expire(Timestamp::from_secs(CLOCK_S));
        cells.apply(delta(&events));
        let upto_s = CLOCK_S - behind_s;
        let sum = cells.sum(key(), stretch(upto_s - window_s, upto_s));
        let mut expected = Counts::default();
        for (_, good, bad) in events.iter().filter(|(second, _, _)| (sum.from_s..sum.until_s).contains(second)) {
            expected += Counts { good: *good, bad: *bad };
        }
        prop_assert_eq!(sum.counts, expected);
        let tier_s = if window_s <= 6600 { 1 } else if window_s <= 3 * 86_400 { 60 } else { 300 };
        prop_assert!(sum.from_s <= upto_s - window_s && upto_s - window_s - sum.from_s < tier_s);
        prop_assert_eq!(sum.until_s, upto_s + 1);
    }

    #[test]
    fn loading_what_was_dumped_gives_the_same_cells(
        events in arbitrary_events(), later in arbitrary_events(), first in 0i64..1000
    ) {
        let mut cells = store(MINUTE);
        cells.expire(Timestamp::from_secs(CLOCK_S));
        cells.heartbeat(Timestamp::from_secs(CLOCK_S - 5), true);
        cells.heartbeat(Timestamp::from_secs(CLOCK_S), true);
        let mut delta_first = delta(&events);
        delta_first.first_counted.push((key(), Timestamp(first)));
        cells.apply(delta_first);

        let mut written: BTreeMap<(ObjectiveKey, u32, i64), CellRow> = BTreeMap::new();
        written.extend(cells.take_changed().into_iter().map(|row| ((row.key, row.tier, row.slice), row)));
        prop_assert_eq!(written.values().copied().collect::<Vec<_>>(), cells.rows(), "what was told changed is all there is");

        let mut loaded = CellStore::new();
        written.into_values().for_each(|row| loaded.load(row));
        loaded.define(&definitions([availability(MINUTE, 99.0)]), Timestamp::from_secs(CLOCK_S));
        prop_assert_eq!(loaded.rows(), cells.rows());
        prop_assert_eq!(loaded.first_counted(key()), Some(Timestamp(first)));
        loaded.apply(delta(&later));
        cells.apply(delta(&later));
        prop_assert_eq!(loaded.rows(), cells.rows());
    }
}

//! Excluded times in both modes and by each method, with the vectors of the reference.

use super::adjustment;
use crate::budget::Share;
use crate::calendar::Calendar;
use crate::fraction::Fraction;
use crate::model::{BudgetingMethod, CalendarUnit, Counts, Slo, TimeWindow};
use crate::policy::objects::AdjustmentMode::{self, AsGood, Removed};
use crate::policy::recurrence::Rule;
use crate::policy::times::Times;
use crate::status::{Status, evaluate};
use crate::tests::{DAY, HOUR, MINUTE, availability, cells_with, target};
use jiff::tz::TimeZone;
use nines_base::{DurationUs, Timestamp};
use std::sync::Arc;

const DAY_S: i64 = 86_400;

/// A week with an event a minute, of which those of one hour on the fourth day are bad.
fn week(slo: &Slo) -> crate::cells::CellStore {
    let bad_from = 3 * DAY_S + 43_200;
    let events = (0..7 * 1440).map(|minute| {
        let second = minute * 60;
        let is_bad = (bad_from..bad_from + 3600).contains(&second);
        (second, u64::from(!is_bad), u64::from(is_bad))
    });
    let mut cells = cells_with(std::slice::from_ref(slo), events);
    cells.expire(Timestamp(7 * DAY.0));
    cells
}

fn excluding(mut slo: Slo, mode: AdjustmentMode, from_s: i64, length: DurationUs) -> Slo {
    slo.adjustments.push(Arc::new(adjustment("maintenance", mode, from_s, length)));
    slo
}

fn at_the_end(slo: &Slo) -> Status {
    // The last microsecond of the week: its first minute is still in the window.
    evaluate(slo, &slo.objectives[0], &week(slo), Timestamp(7 * DAY.0 - 1))
}

fn bad_share(status: &Status) -> Option<Fraction> {
    status.measure.share.and_then(|share| Fraction::new(share.bad().into(), share.valid().into()))
}

fn by_minutes(mut slo: Slo, method: BudgetingMethod) -> Slo {
    slo.method = method;
    slo.objectives[0].time_slice = Some(MINUTE);
    slo.objectives[0].time_slice_target = Some(target(95.0));
    slo
}

const METHODS: [BudgetingMethod; 3] =
    [BudgetingMethod::Occurrences, BudgetingMethod::Timeslices, BudgetingMethod::RatioTimeslices];

#[test]
fn reference_3_5_an_hour_of_a_week_with_a_day_as_good_is_60_of_10080() {
    for method in METHODS {
        let slo = by_minutes(availability(DurationUs(7 * DAY.0), 99.0), method);
        let status = at_the_end(&excluding(slo, AsGood, DAY_S, DAY));
        assert_eq!(bad_share(&status), Fraction::new(60, 10_080), "{method:?}");
    }
}

#[test]
fn reference_3_5_an_hour_of_a_week_with_a_day_removed_is_60_of_8640() {
    for method in METHODS {
        let slo = by_minutes(availability(DurationUs(7 * DAY.0), 99.0), method);
        let status = at_the_end(&excluding(slo, Removed, DAY_S, DAY));
        assert_eq!(bad_share(&status), Fraction::new(60, 8640), "{method:?}");
    }
}

#[test]
fn the_raw_value_and_what_was_excluded_stand_beside_the_adjusted_one() {
    for method in METHODS {
        for (mode, n_left) in [(AsGood, 10_080), (Removed, 8640)] {
            let slo = by_minutes(availability(DurationUs(7 * DAY.0), 99.0), method);
            let status = at_the_end(&excluding(slo, mode, 3 * DAY_S, DAY));
            assert_eq!(bad_share(&status), Some(Fraction::whole(0)), "{method:?} {mode:?}");
            assert_eq!(status.measure.events, Counts { good: n_left, bad: 0 });
            let raw = status.raw.unwrap();
            assert_eq!(raw.events, Counts { good: 10_020, bad: 60 });
            assert_eq!(raw.share.map(Share::sli), Some(10_020.0 / 10_080.0), "{method:?} {mode:?}");
            assert_eq!(status.excluded.len(), 1);
            assert_eq!(status.excluded[0].counts, Counts { good: 1380, bad: 60 });
            assert_eq!(status.excluded[0].spans[0].from, Timestamp::from_secs(3 * DAY_S));
            assert_eq!(status.coverage, at_the_end(&availability(DurationUs(7 * DAY.0), 99.0)).coverage);
        }
    }
}

#[test]
fn nothing_excluded_shows_no_raw_value() {
    let slo = excluding(availability(DurationUs(7 * DAY.0), 99.0), Removed, 8 * DAY_S, DAY);
    let status = at_the_end(&slo);
    assert_eq!((status.raw, status.excluded.len()), (None, 0));
    assert_eq!(bad_share(&status), Fraction::new(60, 10_080));
}

#[test]
fn a_window_that_is_removed_whole_is_undefined_and_one_as_good_is_whole() {
    for method in METHODS {
        let slo = || by_minutes(availability(DurationUs(7 * DAY.0), 99.0), method);
        let removed = at_the_end(&excluding(slo(), Removed, -DAY_S, DurationUs(9 * DAY.0)));
        assert_eq!((removed.sli(), removed.budget()), (None, None), "{method:?}");
        let good = at_the_end(&excluding(slo(), AsGood, -DAY_S, DurationUs(9 * DAY.0)));
        assert_eq!(good.sli(), Some(1.0), "{method:?}");
    }
}

#[test]
fn edges_round_outward_to_the_slices_that_are_kept() {
    // Four days ago minutes are gone and five remain: 12:02:30 to 12:03 takes 12:00 to 12:05.
    let slo = availability(DurationUs(7 * DAY.0), 99.0);
    let status = at_the_end(&excluding(slo, Removed, 3 * DAY_S + 43_200 + 150, DurationUs::from_secs(30)));
    assert_eq!(status.excluded[0].counts, Counts { good: 0, bad: 5 });
    assert_eq!(bad_share(&status), Fraction::new(55, 10_075));
}

#[test]
fn times_that_overlap_are_taken_out_once_and_removed_wins() {
    let slo = || availability(DurationUs(7 * DAY.0), 99.0);
    let twice = excluding(excluding(slo(), Removed, 3 * DAY_S, DAY), Removed, 3 * DAY_S + 43_200, DAY);
    assert_eq!(at_the_end(&twice).measure.events, Counts { good: 8640 - 720, bad: 0 });
    let both = excluding(excluding(slo(), AsGood, 3 * DAY_S, DAY), Removed, 3 * DAY_S + 43_200, HOUR);
    assert_eq!(at_the_end(&both).measure.events, Counts { good: 10_080 - 60, bad: 0 });
    let part = excluding(excluding(slo(), AsGood, 3 * DAY_S, DAY), Removed, 3 * DAY_S + 43_200, DurationUs(HOUR.0 / 2));
    assert_eq!(at_the_end(&part).measure.events, Counts { good: 10_080 - 30, bad: 0 });
    let neighbours = excluding(
        excluding(slo(), Removed, 3 * DAY_S + 43_200 + 60, MINUTE),
        Removed,
        3 * DAY_S + 43_200 + 120,
        MINUTE,
    );
    assert_eq!(at_the_end(&neighbours).measure.events, Counts { good: 10_020, bad: 55 }, "one slice of five minutes");
}

#[test]
fn a_time_that_recurs_is_taken_out_each_time() {
    let mut slo = availability(DurationUs(7 * DAY.0), 99.0);
    let mut nightly = adjustment("nightly", Removed, 0, HOUR);
    nightly.times = nightly.times.recurring(Rule::parse("FREQ=DAILY").unwrap(), TimeZone::UTC).unwrap();
    slo.adjustments.push(Arc::new(nightly));
    let status = at_the_end(&slo);
    assert_eq!(status.excluded[0].spans.len(), 7);
    assert_eq!(status.measure.events, Counts { good: 10_020 - 7 * 60, bad: 60 });
}

#[test]
fn a_maintenance_that_is_excluded_does_not_page_and_shows_its_raw_budget() {
    let slo = availability(HOUR, 99.0);
    let events = (0..3600).map(|second| (second, u64::from(second < 3000), u64::from(second >= 3000)));
    let cells = cells_with(std::slice::from_ref(&slo), events);
    let judge = |slo: &Slo| evaluate(slo, &slo.objectives[0], &cells, Timestamp::from_secs(3599));
    assert!(judge(&slo).is_paging(), "ten minutes of nothing but errors");
    for mode in [AsGood, Removed] {
        let status = judge(&excluding(slo.clone(), mode, 2900, DurationUs::from_secs(2000)));
        assert!(!status.is_paging(), "{mode:?}");
        assert_eq!(status.budget().map(|budget| budget.as_f64()), Some(1.0));
        assert!(status.raw.and_then(|raw| raw.share).unwrap().budget(slo.objectives[0].target).is_empty());
    }
}

#[test]
fn calendar_periods_are_adjusted_too() {
    let mut slo = availability(DurationUs(7 * DAY.0), 99.0);
    let start = "1970-01-01T00:00:00".parse().unwrap();
    slo.window = TimeWindow::Calendar(Calendar::new(1, CalendarUnit::Week, start, TimeZone::UTC).unwrap());
    let status = at_the_end(&excluding(slo, Removed, DAY_S, DAY));
    assert_eq!(bad_share(&status), Fraction::new(60, 8640));
}

#[test]
fn an_adjustment_names_the_slos_it_is_for() {
    let mut slos = vec![availability(HOUR, 99.0), availability(HOUR, 99.0)];
    slos[1].name = "other".into();
    crate::policy::exclusion::assign(&mut slos, &[adjustment("a", AsGood, 0, HOUR)]);
    assert_eq!((slos[0].adjustments.len(), slos[1].adjustments.len()), (1, 0));
    assert_eq!(Times::once(Timestamp(0), Timestamp(HOUR.0)).as_ref(), Some(&slos[0].adjustments[0].times));
}

//! Calendar windows: where periods start and end, and how objectives stand in them.

use super::*;
use crate::alert::pair::BurnPair;
use crate::budget::{Share, exhausts_in_period, permitted_outage_us};
use crate::fraction::Fraction;
use crate::model::Counts;
use crate::model::Stretch;
use crate::series::series;
use crate::status::{State, evaluate};

use CalendarUnit::*;

fn instant(text: &str) -> Timestamp {
    let instant: jiff::Timestamp = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    Timestamp(instant.as_microsecond())
}

/// The period that holds an instant, as instants.
fn check(calendar: &Calendar, at: &str, from: &str, until: &str) {
    let period = calendar.period_at(instant(at)).unwrap_or_else(|| panic!("no period holds {at}"));
    assert_eq!((period.from, period.until), (instant(from), instant(until)), "{calendar:?} at {at}");
}

#[test]
fn av28_periods_keep_their_wall_clock_start_across_clock_changes() {
    let quarter = calendar(1, Quarter, "2004-01-02T12:00:00", "America/New_York");
    check(&quarter, "2006-01-04T15:04:05Z", "2006-01-02T17:00:00Z", "2006-04-02T16:00:00Z");
    let day = calendar(1, Day, "2020-01-01T11:10:00", "Europe/Warsaw");
    check(&day, "2020-11-05T11:08:40+01:00", "2020-11-04T11:10:00+01:00", "2020-11-05T11:10:00+01:00");
    let three_days = calendar(3, Day, "2021-06-01T22:00:00", "America/Anchorage");
    check(&three_days, "2021-12-23T01:00:00Z", "2021-12-20T07:00:00Z", "2021-12-23T07:00:00Z");
    let week = calendar(1, Week, "2026-01-05T00:00:00", "Europe/Berlin");
    check(&week, "2026-03-25T12:00:00Z", "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z");
    let year = calendar(1, Year, "2020-01-01T00:00:00", "Asia/Seoul");
    check(&year, "2026-06-01T00:00:00Z", "2025-12-31T15:00:00Z", "2026-12-31T15:00:00Z");
    let hours = calendar(6, Hour, "2026-01-01T00:00:00", "Europe/Berlin");
    check(&hours, "2026-03-29T00:30:00Z", "2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z");
}

#[test]
fn av29_lengths_and_budgets_follow_clock_changes() {
    let check = |calendar: &Calendar, at: &str, hours: i64, budget_ms: u128| {
        let length = calendar.period_at(instant(at)).unwrap().length();
        assert_eq!(length, DurationUs(hours * HOUR.0), "{at}");
        let outage = permitted_outage_us(target(99.9), length, Fraction::whole(1));
        assert_eq!(outage, Some(Fraction::whole(budget_ms * 1000)), "{at}");
    };
    let new_york = |unit| calendar(1, unit, "2026-01-01T00:00:00", "America/New_York");
    check(&new_york(Month), "2026-03-15T12:00:00Z", 743, 2_674_800);
    check(&new_york(Month), "2026-11-15T12:00:00Z", 721, 2_595_600);
    check(&new_york(Quarter), "2026-03-15T12:00:00Z", 2159, 7_772_400);
    let berlin = calendar(1, Day, "2026-01-01T00:00:00", "Europe/Berlin");
    check(&berlin, "2026-03-29T12:00:00Z", 23, 82_800);
    check(&berlin, "2026-10-25T12:00:00Z", 25, 90_000);
    let seoul = |unit| calendar(1, unit, "2026-01-01T00:00:00", "Asia/Seoul");
    check(&seoul(Month), "2026-01-31T15:00:00Z", 672, 2_419_200);
    check(&seoul(Year), "2026-05-05T05:05:05Z", 8760, 31_536_000);
}

#[test]
fn av30_a_start_on_the_31st_moves_to_the_end_of_shorter_months_and_back() {
    let month = calendar(1, Month, "2026-01-31T00:00:00", "UTC");
    check(&month, "2026-02-10T00:00:00Z", "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z");
    check(&month, "2026-02-28T00:00:00Z", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z");
    check(&month, "2026-04-01T00:00:00Z", "2026-03-31T00:00:00Z", "2026-04-30T00:00:00Z");
    check(&month, "2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z");
    let leap = calendar(1, Year, "2024-02-29T00:00:00", "UTC");
    check(&leap, "2025-06-01T00:00:00Z", "2025-02-28T00:00:00Z", "2026-02-28T00:00:00Z");
    check(&leap, "2028-06-01T00:00:00Z", "2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z");
}

#[test]
fn reference_3_1_months_at_three_nines_permit_by_their_days() {
    let month = calendar(1, Month, "2023-01-01T00:00:00", "UTC");
    for (at, seconds_tenths) in [
        ("2026-02-10T00:00:00Z", 24_192),
        ("2024-02-10T00:00:00Z", 25_056),
        ("2026-04-10T00:00:00Z", 25_920),
        ("2026-05-10T00:00:00Z", 26_784),
    ] {
        let outage =
            permitted_outage_us(target(99.9), month.period_at(instant(at)).unwrap().length(), Fraction::whole(1));
        assert_eq!(outage, Some(Fraction::whole(seconds_tenths * 100_000)), "{at}");
    }
}

#[test]
fn a_local_time_that_clocks_skip_or_show_twice_has_one_meaning() {
    let skipped = calendar(1, Day, "2026-01-01T02:30:00", "Europe/Berlin");
    check(&skipped, "2026-03-29T12:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    let twice = calendar(1, Day, "2026-01-01T02:30:00", "Europe/Berlin");
    check(&twice, "2026-10-25T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
}

#[test]
fn a_period_is_half_open_and_none_is_before_the_first() {
    let month = calendar(1, Month, "2026-01-01T00:00:00", "Asia/Seoul");
    assert_eq!(month.period_at(instant("2025-12-31T14:59:59.999999Z")), None);
    check(&month, "2025-12-31T15:00:00Z", "2025-12-31T15:00:00Z", "2026-01-31T15:00:00Z");
    check(&month, "2026-01-31T14:59:59.999999Z", "2025-12-31T15:00:00Z", "2026-01-31T15:00:00Z");
    check(&month, "2026-01-31T15:00:00Z", "2026-01-31T15:00:00Z", "2026-02-28T15:00:00Z");
    for unit in [Minute, Hour, Day, Week, Month, Quarter, Year] {
        let calendar = calendar(1, unit, "2026-01-01T00:00:00", "Asia/Seoul");
        assert_eq!([i64::MAX, i64::MIN].map(|at| calendar.period_at(Timestamp(at))), [None, None], "{unit:?}");
    }
}

proptest::proptest! {
    /// Whatever the calendar: periods follow one another without gap, and hold what they are asked for.
    #[test]
    fn every_instant_after_the_start_is_in_one_period(
        count in 1u32..400, unit in 0usize..7, zone in 0usize..5, day in 1i8..32, second in 0i64..10_000_000_000
    ) {
        let unit = [Minute, Hour, Day, Week, Month, Quarter, Year][unit];
        let zone = ["UTC", "Asia/Seoul", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"][zone];
        let calendar = calendar(count, unit, &format!("2000-01-{day:02}T01:30:00"), zone);
        let at = Timestamp::from_secs(946_684_800 + 32 * 86_400 + second);
        let period = calendar.period_at(at).unwrap();
        proptest::prop_assert!(period.from <= at && at < period.until);
        proptest::prop_assert!(period.length() <= calendar.length_at_most());
        let before = calendar.period_at(period.from - DurationUs(1));
        proptest::prop_assert!(before.is_none_or(|before| before.until == period.from));
    }
}

/// Availability by the calendar month of Seoul, with events at instants.
fn month_with(events: &[(&str, u64, u64)], at: &str) -> (Slo, CellStore) {
    let mut slo = availability(DAY, 90.0);
    slo.window = monthly("2026-01-01T00:00:00", "Asia/Seoul");
    let events = events.iter().map(|&(at, good, bad)| (instant(at).0 / 1_000_000, good, bad));
    let mut cells = cells_with(std::slice::from_ref(&slo), events);
    cells.expire(instant(at));
    (slo, cells)
}

#[test]
fn a_budget_belongs_to_the_current_month_and_starts_anew_with_the_next() {
    let events = [("2026-03-31T14:59:59Z", 0, 50), ("2026-03-31T15:00:00Z", 95, 5), ("2026-04-20T00:00:00Z", 100, 0)];
    let status = |at: &str| {
        let (slo, cells) = month_with(&events, at);
        evaluate(&slo, &slo.objectives[0], &cells, instant(at))
    };
    let march = status("2026-03-31T14:59:59.5Z");
    assert_eq!((march.measure.events, march.state()), (Counts { good: 0, bad: 50 }, State::Exhausted));
    assert_eq!(march.window_text(), "2026-03-01/2026-04-01");
    let april = status("2026-04-30T00:00:00Z");
    assert_eq!((april.measure.share, april.window), (Share::new(5, 200), None));
    assert_eq!(april.budget().map(|budget| budget.as_f64()), Some(0.75));
    let may = status("2026-04-30T15:00:00Z");
    assert_eq!((may.state(), may.budget(), may.sli()), (State::Unmeasured, None, None), "empty is undefined");
    assert_eq!(may.burns()[3], None);
}

#[test]
fn slices_are_judged_over_the_current_month_and_burn_looks_back_over_its_beginning() {
    let events = [("2026-03-31T14:58:30Z", 0, 9), ("2026-03-31T15:00:00Z", 0, 1), ("2026-03-31T15:01:00Z", 99, 1)];
    let (mut slo, _) = month_with(&[], "2026-03-31T15:02:00Z");
    slo.method = BudgetingMethod::Timeslices;
    slo.objectives[0].time_slice = Some(MINUTE);
    slo.objectives[0].time_slice_target = Some(target(95.0));
    let seconds = events.map(|(at, good, bad)| (instant(at).0 / 1_000_000, good, bad));
    let cells = cells_with(std::slice::from_ref(&slo), seconds);
    let status = |at: &str| evaluate(&slo, &slo.objectives[0], &cells, instant(at));
    let april = status("2026-03-31T15:02:00Z");
    assert_eq!(april.measure.slices, Some(Counts { good: 1, bad: 1 }));
    assert_eq!(april.burn_shares[0], Share::new(2, 3), "five minutes reach into March");
    let month_end = status("2026-04-30T14:59:00Z");
    assert_eq!(month_end.measure.slices, Some(Counts { good: 1, bad: 1 }), "minutes are kept for all of the month");
}

#[test]
fn pages_scale_with_the_month_at_hand() {
    let threshold = |at: &str| {
        let (slo, cells) = month_with(&[], at);
        evaluate(&slo, &slo.objectives[0], &cells, instant(at)).alerts[0].conditions[0].pair.threshold
    };
    // 2 % of a month within an hour: 672, 720 and 744 hours.
    assert_eq!(threshold("2026-02-10T00:00:00Z"), Fraction::new(1344, 100).unwrap());
    assert_eq!(threshold("2026-04-10T00:00:00Z"), Fraction::new(144, 10).unwrap());
    assert_eq!(threshold("2026-05-10T00:00:00Z"), Fraction::new(1488, 100).unwrap());
    assert_eq!(BurnPair::pages(DurationUs(672 * HOUR.0))[0].threshold, Fraction::new(1344, 100).unwrap());
}

#[test]
fn what_is_left_of_a_period_lasts_or_is_gone_before_its_end() {
    let (ten_days, twenty) = (DurationUs(10 * DAY.0), DurationUs(20 * DAY.0));
    let budget = |bad: u64| Share::new(bad, 10_000).unwrap().budget(target(99.0));
    // Half of ten days' budget is left; each further day at burn 3 takes two days' worth of it.
    let at_burn_3 = exhausts_in_period(budget(50), Fraction::whole(3), ten_days, twenty);
    assert_eq!(at_burn_3, Some(DurationUs(5 * DAY.0 / 2)));
    assert_eq!(exhausts_in_period(budget(50), Fraction::whole(1), ten_days, twenty), None, "at burn 1 it stays");
    assert_eq!(exhausts_in_period(budget(50), Fraction::new(5, 4).unwrap(), ten_days, twenty), None, "on its last day");
    assert_eq!(exhausts_in_period(budget(100), Fraction::whole(0), ten_days, twenty), Some(DurationUs(0)));
}

#[test]
fn a_series_falls_to_nothing_where_a_period_begins_and_has_no_budget_before_the_first() {
    let mut slo = availability(DAY, 90.0);
    slo.window = TimeWindow::Calendar(calendar(1, Hour, "1970-01-01T01:00:00", "UTC"));
    let cells = cells_with(std::slice::from_ref(&slo), [(1800, 1, 0), (3600, 0, 1), (5400, 9, 0), (9000, 1, 0)]);
    let stretch = Stretch { after: Timestamp(0), upto: Timestamp::from_secs(10_800) };
    let points = series(&slo, &slo.objectives[0], &cells, stretch, DurationUs(30 * MINUTE.0)).unwrap();
    let budgets: Vec<Option<f64>> = points.iter().map(|point| point.budget).collect();
    assert_eq!(budgets, [None, None, Some(-9.0), Some(0.0), None, Some(1.0)]); // The hour's traffic permits one bad event of ten: it is spent from the start, and stays so.
    let forecasts: Vec<Option<i64>> =
        points.iter().map(|point| point.forecast.map(|left| (left * 1e6).round() as i64)).collect();
    assert_eq!(forecasts, [None, None, Some(0), Some(0), None, Some(1_000_000)]);
}

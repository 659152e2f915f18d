//! Forecasts that know what leaves the window, and incidents that spent much of a budget.

use super::share;
use crate::budget::{Share, exhausts_in};
use crate::fraction::Fraction;
use crate::model::{BudgetingMethod, Stretch};
use crate::policy::forecast::{self, Outlook, Thaw, thaw};
use crate::policy::history::{COARSE, FINE, Part, parts};
use crate::policy::incident::incidents;
use crate::policy::objects::Level;
use crate::policy::times::Span;
use crate::status::evaluate;
use crate::tests::{DAY, HOUR, MINUTE, availability, cells_with, monthly, target};
use nines_base::{DurationUs, Timestamp};

const HOURS: i64 = 30 * 24;

/// Thirty days of a million requests an hour against 99.9 %: a fifth of the budget spent evenly, and 60 % of
/// it in the hour that leaves the window in a day.
fn reference_window() -> Vec<Part> {
    let part = |hour: i64| {
        let from = Timestamp(hour * HOUR.0);
        let spike = if hour == 24 { 432_000 } else { 0 };
        Part { span: Span { from, until: from + HOUR }, bad: 200 + spike, valid: 1_000_000 }
    };
    (0..HOURS).map(part).collect()
}

fn outlook(parts: &[Part], bad_an_hour: u64) -> Outlook<'_> {
    Outlook {
        parts,
        at: Timestamp(HOURS * HOUR.0),
        rolling: Some(DurationUs(HOURS * HOUR.0)),
        recent: (bad_an_hour, 1_000_000),
        lookback: HOUR,
        target: target(99.9),
    }
}

#[test]
fn reference_3_8_a_budget_is_gone_in_13_33_days_where_the_naive_answer_is_3_0() {
    let parts = reference_window();
    let burn_2 = outlook(&parts, 2000).falls_to(Level(0)).unwrap();
    let exact_days = burn_2.0 as f64 / DAY.0 as f64;
    // The spike takes its hour to leave, so the crossing is that of the reference's step: 1 + 0.74 / 0.06 days.
    assert!((exact_days - 40.0 / 3.0).abs() < 1e-6, "{exact_days}");

    let bad: u64 = parts.iter().map(|part| part.bad).sum();
    let budget = Share::new(bad, HOURS as u64 * 1_000_000).unwrap().budget(target(99.9));
    assert_eq!(budget.as_f64(), 0.2);
    let naive = |burn: u128| exhausts_in(budget, Fraction::new(burn, 10).unwrap(), DurationUs(30 * DAY.0)).unwrap();
    assert_eq!(naive(20), DurationUs(3 * DAY.0));
    assert_eq!(naive(2), DurationUs(30 * DAY.0));
}

#[test]
fn reference_3_8_at_a_burn_of_0_2_it_is_never_gone() {
    assert_eq!(outlook(&reference_window(), 200).falls_to(Level(0)), None);
}

#[test]
fn a_budget_comes_back_when_the_outage_leaves_the_window() {
    let parts = reference_window();
    // 0.2 left and 0.8 once the spike is gone; half of the spike brings it to a half.
    let after = outlook(&parts, 200).rises_above(Level(500_000_000)).unwrap();
    assert_eq!(after, DurationUs(24 * HOUR.0 + HOUR.0 / 2));
    assert_eq!(outlook(&parts, 200).rises_above(Level(100_000_000)), Some(DurationUs(0)), "there already");
    assert_eq!(outlook(&parts, 200).rises_above(Level(810_000_000)), None);
    assert!(outlook(&parts, 0).rises_above(Level(810_000_000)).is_some(), "without any errors the rest leaves too");
    let nothing = Outlook { recent: (0, 0), ..outlook(&[], 0) };
    assert_eq!(nothing.rises_above(Level(0)), None, "of nothing nothing is known");
}

#[test]
fn a_thaw_is_told_of_cells_and_is_never_while_errors_go_on() {
    // An outage of 5 minutes an hour ago in a window of two, at an event a second.
    let slo = availability(DurationUs(2 * HOUR.0), 99.0);
    let events = |until_s: i64, goes_on: bool| {
        (0..until_s).map(move |second| {
            let is_bad = (3600..3900).contains(&second) || goes_on && second >= 3900 && second % 10 == 0;
            (second, u64::from(!is_bad), u64::from(is_bad))
        })
    };
    let judge = |goes_on: bool, mark: i64| {
        let cells = cells_with(std::slice::from_ref(&slo), events(7200, goes_on));
        let status = evaluate(&slo, &slo.objectives[0], &cells, Timestamp(7200 * 1_000_000 - 1));
        thaw(&slo, &slo.objectives[0], &cells, &status, Level(mark))
    };
    // 300 bad leave between 3600 and 3900 s from now; at 1 % of 7200, 72 may stay: 228 s of the outage are gone.
    let Some(Thaw::After(after)) = judge(false, 0) else { panic!() };
    let seconds = after.0 as f64 / 1e6;
    assert!((seconds - 3828.0).abs() < 15.0, "{seconds}: ten seconds are a part");
    assert_eq!(judge(true, 0), Some(Thaw::Never));
    assert_eq!(judge(false, -500_000_000_000), None, "more than that is left");
}

#[test]
fn a_calendars_next_period_is_the_latest_thaw() {
    let mut slo = availability(HOUR, 99.0);
    slo.window = monthly("1970-01-01T00:00:00", "Asia/Seoul");
    let events = (0..86_400).step_by(60).map(|second| (second, 0, 1));
    let cells = cells_with(std::slice::from_ref(&slo), events);
    let at = Timestamp::from_secs(86_400);
    let status = evaluate(&slo, &slo.objectives[0], &cells, at);
    let ends = status.period.as_ref().unwrap().until;
    assert_eq!(thaw(&slo, &slo.objectives[0], &cells, &status, Level(0)), Some(Thaw::After(ends - at)));
}

#[test]
fn parts_add_up_to_the_window_by_every_method() {
    use BudgetingMethod::{Occurrences, RatioTimeslices, Timeslices};
    for method in [Occurrences, Timeslices, RatioTimeslices] {
        for window in [DurationUs(10 * MINUTE.0), HOUR, DAY, DurationUs(7 * DAY.0), DurationUs(28 * DAY.0)] {
            let mut slo = availability(window, 99.0);
            slo.method = method;
            slo.objectives[0].time_slice = Some(MINUTE);
            slo.objectives[0].time_slice_target = Some(target(95.0));
            let events = (0..29 * 24 * 60).map(|minute| (minute * 60 + minute % 60, 9, u64::from(minute % 7 == 0)));
            let mut cells = cells_with(std::slice::from_ref(&slo), events);
            let at = Timestamp::from_secs(29 * 86_400 + 1234);
            cells.expire(at);
            let status = evaluate(&slo, &slo.objectives[0], &cells, at);
            for most in [FINE, COARSE] {
                let parts = parts(&slo, &slo.objectives[0], &cells, Stretch::last(window, at), most).unwrap();
                let (bad, valid) = parts.iter().fold((0, 0), |(bad, valid), part| (bad + part.bad, valid + part.valid));
                let whole = status.measure.share;
                assert_eq!(Share::new(bad, valid), whole, "{method:?} {window}");
                assert!(parts.windows(2).all(|pair| pair[0].span.until <= pair[1].span.from));
                // Both ends are cut.
                assert!(parts.len() as i64 <= most + 2, "{window}: {}", parts.len());
            }
        }
    }
}

#[test]
fn one_run_of_errors_is_one_incident_with_its_share_of_the_budget() {
    let parts = reference_window();
    let found = incidents(&parts, Timestamp(-1), target(99.9), 1);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].from, found[0].until), (Timestamp(24 * HOUR.0), Timestamp(25 * HOUR.0)));
    assert_eq!(Some(found[0].share), Fraction::new(432_200, 720_000));
    assert!(found[0].exceeds(share(200_000_000)) && found[0].exceeds(share(600_000_000)));
    assert!(!found[0].exceeds(share(601_000_000)) && !found[0].is_cut);
}

#[test]
fn a_quiet_part_does_not_part_an_incident_and_two_do() {
    let run = |bad: &[u64]| {
        let part = |(hour, bad): (usize, &u64)| {
            let from = Timestamp(hour as i64 * HOUR.0);
            Part { span: Span { from, until: from + HOUR }, bad: *bad, valid: 1000 }
        };
        let parts: Vec<Part> = bad.iter().enumerate().map(part).collect();
        incidents(&parts, Timestamp(-1), target(99.0), 1)
            .iter()
            .map(|one| ((one.until - one.from).0 / HOUR.0, one.is_cut))
            .collect::<Vec<_>>()
    };
    assert_eq!(run(&[0, 50, 0, 50, 0]), [(3, false)]);
    assert_eq!(run(&[0, 50, 0, 0, 50]), [(1, false), (1, false)]);
    assert_eq!(run(&[50, 0, 0, 10, 11]), [(1, true), (1, false)], "10 of 1000 is what the budget permits");
    assert_eq!(run(&[]), []);
}

#[test]
fn the_first_failures_of_a_young_window_are_no_incident_while_they_could_be_bad_luck() {
    let first = |bad: u64, valid: u64, percent: f64, unit: u64| {
        let span = Span { from: Timestamp(0), until: Timestamp(HOUR.0) };
        let part = Part { span, bad: bad * unit, valid: valid * unit };
        let found = incidents(&[part], Timestamp(-HOUR.0), target(percent), unit).remove(0);
        assert!(found.exceeds(share(200_000_000)), "all of a handful's budget");
        found.is_bad_luck
    };
    for unit in [1, 1_000_000_000_000] {
        assert!(first(1, 1, 99.9, unit) && first(1, 10, 99.0, unit));
        assert!(first(1, 3, 99.999, unit), "one failure, however unlikely");
        assert!(!first(5, 10, 99.0, unit) && !first(30, 200, 95.0, unit), "more than luck");
    }
}

#[test]
fn a_budget_lasts_longer_where_an_old_outage_leaves_the_window_meanwhile() {
    // Of two hours the first 400 s failed, and one in eight of the last half an hour does.
    let slo = availability(DurationUs(2 * HOUR.0), 90.0);
    let judge = |goes_on: bool| {
        let is_bad = |second: i64| second < 400 || goes_on && second >= 5400 && second % 8 == 0;
        let events = (0..7200).map(|second| (second, u64::from(!is_bad(second)), u64::from(is_bad(second))));
        let cells = cells_with(std::slice::from_ref(&slo), events);
        let status = evaluate(&slo, &slo.objectives[0], &cells, Timestamp(7200 * 1_000_000 - 1));
        let seconds = |length: DurationUs| length.0 as f64 / 1e6;
        let outlook = forecast::exhausts_in(&slo, &slo.objectives[0], &cells, &status).map(seconds);
        (status.exhausts_in().map(seconds), outlook)
    };
    // 625 of 720 that are permitted are spent. As if they stayed, 95 more take 760 s; but 400 leave first, and then
    // one comes each eight seconds until 720 are there again.
    let (naive, outlook) = judge(true);
    assert!((naive.unwrap() - 760.0).abs() < 1.0 && (outlook.unwrap() - 3960.0).abs() < 15.0, "{naive:?} {outlook:?}");
    assert_eq!(judge(false).1, None, "it lasts");
}

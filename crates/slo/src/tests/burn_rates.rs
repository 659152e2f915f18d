//! Burn rates with the numbers that are known of them: what each spends and when it is found, the six ways to
//! alert that the SRE Workbook walks through, and what one failure is where there is little traffic.

use super::vectors::fraction;
use super::*;
use crate::alert::pair::{BurnPair, burn_spending};
use crate::alert::policy::{AlertCondition, AlertPolicy, AlertWhen};
use crate::alert::rule::{BURN_ANNOTATION, LOW_TRAFFIC_ANNOTATION, PAGE};
use crate::alert::watch::{Fired, Watch};
use crate::budget::{Share, burn_max, exhausts_in, permitted_events, permitted_outage_us};
use crate::fraction::Fraction;
use crate::model::Comparison;

const MONTH: DurationUs = DurationUs(30 * DAY.0);

fn hours(n: i64) -> DurationUs {
    DurationUs(n * HOUR.0)
}

#[test]
fn reference_3_2_a_burn_rate_says_the_errors_and_when_the_budget_is_gone() {
    let check = |burn: u128, bad_of_1000: u64, gone_after: DurationUs| {
        let share = Share::new(bad_of_1000, 1000).unwrap();
        assert_eq!(share.burn(target(99.9)), Fraction::whole(burn));
        let untouched = Share::new(0, 1000).unwrap().budget(target(99.9));
        assert_eq!(exhausts_in(untouched, Fraction::whole(burn), MONTH), Some(gone_after), "burn {burn}");
    };
    check(1, 1, MONTH);
    check(2, 2, DurationUs(15 * DAY.0));
    check(10, 10, DurationUs(3 * DAY.0));
    check(1000, 1000, DurationUs::from_secs(43 * 60 + 12));
    // No target leaves room for more than everything failing.
    assert_eq!(burn_max(target(99.9)), Fraction::whole(1000));
    assert_eq!(burn_max(target(95.0)), Fraction::whole(20));
}

#[test]
fn reference_3_2_other_periods_spend_other_shares_at_other_rates() {
    // Days of the window, a lookback in hours with the burn rate in hundredths, and the share of the budget it spends.
    let check = |days: u128, lookback_h: u128, hundredths: u128, share: Fraction| {
        let (window, lookback) = (DurationUs(days as i64 * DAY.0), hours(lookback_h as i64));
        assert_eq!(burn_spending(share, window, lookback), Some(fraction(hundredths, 100)), "{days} d, {lookback_h} h");
    };
    for (lookback_h, hundredths, percent) in [(1, 336, 2), (6, 140, 5), (24, 70, 10)] {
        check(7, lookback_h, hundredths, fraction(percent, 100));
    }
    for (lookback_h, hundredths, percent) in [(1, 1680, 10), (6, 560, 20), (24, 280, 40)] {
        check(7, lookback_h, hundredths, fraction(percent, 100));
    }
    for (lookback_h, hundredths, percent) in [(1, 2160, 1), (6, 1080, 3), (24, 450, 5)] {
        check(90, lookback_h, hundredths, fraction(percent, 100));
    }
    // Pyrra's 14, 7, 2 and 1 of 28 days: 2.083, 6.25, 7.143 and 14.286 %.
    for (lookback_h, hundredths, share) in
        [(1, 1400, (1, 48)), (6, 700, (1, 16)), (24, 200, (1, 14)), (96, 100, (1, 7))]
    {
        check(28, lookback_h, hundredths, fraction(share.0, share.1));
    }
}

/// What an outage of everything spends of the budget of 99.9 % over a month.
fn spent(length: Fraction) -> Fraction {
    length.over(permitted_outage_us(target(99.9), MONTH, Fraction::whole(1)).unwrap()).unwrap()
}

/// After how many milliseconds such an outage is found, and what it has spent then.
fn found(threshold: Fraction, long: DurationUs) -> (Fraction, Fraction) {
    let pair = BurnPair::above(threshold, long, MINUTE);
    let after_us = pair.detects_after_us(target(99.9), Fraction::whole(1)).unwrap();
    (after_us.over(Fraction::whole(1000)).unwrap(), spent(after_us))
}

#[test]
fn reference_3_2_an_outage_is_found_by_each_row_after_its_share_of_the_budget() {
    assert_eq!(found(Fraction::whole(1), DurationUs(10 * MINUTE.0)), (Fraction::whole(600), fraction(1, 4320)));
    assert_eq!(found(Fraction::whole(1), hours(36)), (Fraction::whole(129_600), fraction(5, 100)));
    assert_eq!(found(Fraction::whole(36), HOUR), (Fraction::whole(129_600), fraction(5, 100)));
    assert_eq!(found(fraction(144, 10), HOUR), (Fraction::whole(51_840), fraction(2, 100)));
    assert_eq!(found(Fraction::whole(6), hours(6)), (Fraction::whole(129_600), fraction(5, 100)));
    assert_eq!(found(Fraction::whole(3), hours(24)), (Fraction::whole(259_200), fraction(10, 100)));
    assert_eq!(found(Fraction::whole(1), hours(72)), (Fraction::whole(259_200), fraction(10, 100)));
}

/// An alert of one lookback, as the first four of the Workbook's ways have it.
fn alerting(op: Comparison, threshold: u128, lookback: DurationUs, alert_after: DurationUs) -> Slo {
    let mut slo = availability(MONTH, 99.9);
    let condition = AlertCondition {
        name: "c".into(),
        severity: "page".into(),
        op,
        threshold: Fraction::whole(threshold),
        lookback,
        short: lookback,
        alert_after,
    };
    slo.alert_policies = vec![AlertPolicy { name: "p".into(), condition, when: AlertWhen::ALL, targets: Vec::new() }];
    slo.annotations.insert(LOW_TRAFFIC_ANNOTATION.into(), "off".into());
    slo
}

/// From when to when pages fired while every second had an event; `is_bad` says which of them failed.
fn fired(slo: &Slo, upto_s: i64, is_bad: impl Fn(i64) -> bool) -> Vec<(i64, Option<i64>)> {
    let event = |second: i64| (second, u64::from(!is_bad(second)), u64::from(is_bad(second)));
    let cells = cells_with(std::slice::from_ref(slo), (0..upto_s).map(event));
    let mut watch = Watch::new(vec![slo.clone()]);
    for minute in 1..=upto_s / 60 {
        watch.evaluate(Timestamp(minute * MINUTE.0 - 1), |_| Some(&cells));
    }
    let second = |at: Timestamp| (at.0 + 1) / 1_000_000;
    let pages = watch.fired().iter().filter(|fired| fired.key.severity == PAGE);
    pages.map(|Fired { from, until, .. }| (second(*from), until.map(second))).collect()
}

#[test]
fn reference_3_2_way_1_alerts_day_and_night_although_the_objective_is_met() {
    // One of a thousand fails, in a second that the ten minutes to either side do not share.
    let slo = alerting(Comparison::Gte, 1, DurationUs(10 * MINUTE.0), DurationUs(0));
    let alerts = fired(&slo, 86_400, |second| second % 1000 == 500);
    assert!((80..=144).contains(&alerts.len()), "{}", alerts.len());
    assert!(!Share::new(86, 86_400).unwrap().budget(target(99.9)).is_empty());
}

#[test]
fn reference_3_2_way_2_goes_on_for_a_day_and_a_half_after_the_outage() {
    let slo = alerting(Comparison::Gt, 1, hours(36), DurationUs(0));
    let (from, until) = (36 * 3600, 36 * 3600 + 600);
    let alerts = fired(&slo, until + 40 * 3600, |second| (from..until).contains(&second));
    assert_eq!(alerts.len(), 1);
    let (began, ended) = (alerts[0].0, alerts[0].1.unwrap());
    assert_eq!(began, from + 180, "the first whole minute after 2 min 9.6 s");
    // What fails is seen until the window has less than 2 min 9.6 s of it.
    assert!((ended - (until + 36 * 3600 - 130)).abs() <= 120, "{}", ended - until);
}

#[test]
fn reference_3_2_way_3_finds_an_outage_when_the_budget_is_gone_and_spikes_never() {
    let slo = alerting(Comparison::Gt, 1, DurationUs(5 * MINUTE.0), HOUR);
    let outage = fired(&slo, 3 * 3600, |second| second >= 3600);
    let after_s = outage[0].0 - 3600;
    assert!((3600..=3660).contains(&after_s), "{after_s}");
    // 138.9 % of the budget, and 11.57 %.
    assert_eq!(spent(Fraction::whole(3_600_000_000)), fraction(25, 18));
    assert_eq!(spent(Fraction::whole(300_000_000)), fraction(25, 216));
    assert_eq!(fired(&slo, 86_400, |second| second % 3600 < 300), [], "24 such spikes are 278 % of it");
}

#[test]
fn reference_3_2_way_4_ends_after_58_minutes_and_is_blind_to_a_burn_of_35() {
    let slo = alerting(Comparison::Gt, 36, HOUR, DurationUs(0));
    let from = 2 * 3600;
    let alerts = fired(&slo, from + 2 * 3600, |second| (from..from + 130).contains(&second));
    let (began, ended) = (alerts[0].0, alerts[0].1.unwrap());
    assert_eq!((alerts.len(), began), (1, from + 180));
    // 3 470.4 s after it was found, to the minute and the ten seconds of a cell.
    assert!((ended - from - 3600).abs() <= 70, "{}", ended - from);
    // After an hour 35 of a thousand fail: in 20 h 34 min 17 s the budget is gone without a word.
    let steady = |second: i64| second >= 3600 && (second * 35) % 1000 < 35;
    let upto_s = 3600 + 74_058;
    assert_eq!(fired(&slo, upto_s, steady), []);
    let n_bad = (0..upto_s).filter(|second| steady(*second)).count() as u64;
    assert_eq!(n_bad, permitted_events(target(99.9), 2_592_000));
}

#[test]
fn reference_3_2_ways_5_and_6_page_within_a_minute_and_end_with_the_short_window() {
    let mut slo = availability(MONTH, 99.9);
    slo.annotations.insert(LOW_TRAFFIC_ANNOTATION.into(), "off".into());
    let (from, until) = (8 * 3600, 8 * 3600 + 300);
    let alerts = fired(&slo, until + 7200, |second| (from..until).contains(&second));
    // 51.84 s; the pair of five minutes ends five minutes after, that of half an hour 30 minutes after.
    assert_eq!(alerts.iter().map(|(began, _)| *began).min(), Some(from + 60), "{alerts:?}");
    let ended = alerts.iter().filter_map(|(_, ended)| *ended).max().unwrap();
    assert!((until + 1800..=until + 1870).contains(&ended), "{}", ended - until);
}

#[test]
fn reference_3_6_weighing_does_not_help_at_low_traffic_since_one_failure_is_that_much() {
    // Ten requests an hour for thirty days, and one of the last hour's fails.
    let mut slo = availability(MONTH, 99.9);
    slo.annotations.insert(BURN_ANNOTATION.into(), "weighted".into());
    let last = 720 * 10 - 1;
    let event = |n: i64| (n * 360 + 200, u64::from(n < last), u64::from(n == last));
    let is_paging = |slo: &Slo| {
        let cells = cells_with(std::slice::from_ref(slo), (0..=last).map(event));
        crate::status::evaluate(slo, &slo.objectives[0], &cells, Timestamp(MONTH.0 - 1)).is_paging()
    };
    assert!(!is_paging(&slo), "one failure can be luck");
    slo.annotations.insert(LOW_TRAFFIC_ANNOTATION.into(), "off".into());
    assert!(is_paging(&slo), "13.9 % of the budget in an hour are more than 2 %");
}

#[test]
fn reference_3_6_one_failure_exceeds_a_threshold_below_so_many_events() {
    let exceeds = |valid: u64, threshold: Fraction| Share::new(1, valid).unwrap().burn(target(99.9)) > threshold;
    assert!(exceeds(69, fraction(144, 10)) && !exceeds(70, fraction(144, 10)));
    assert!(exceeds(166, Fraction::whole(6)) && !exceeds(167, Fraction::whole(6)));
}

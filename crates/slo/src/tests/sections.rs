//! Arithmetic that is known from elsewhere, by the section it stands in: what burn rates mean, how alerts
//! came to have two windows, how methods and low traffic change what is permitted.

use super::vectors::{fraction, near, outage_s};
use super::*;
use crate::alert::pair::{BurnPair, burn_spending};
use crate::alert::reading::ConditionReading;
use crate::alert::rule::RuleCondition;
use crate::budget::{Share, burn_max, exhausts_in, permitted_events, permitted_outage_us};
use crate::fraction::Fraction;
use crate::low_traffic;

/// Burn rates with the share of errors that has each at 99.9 %, and how soon it spends 30 days' budget.
#[test]
fn section_3_2_burn_error_ratio_and_time_to_exhaust() {
    let untouched = Share::new(0, 1000).unwrap().budget(target(99.9));
    for (burn, bad, exhausts_s) in [(1, 1, 2_592_000), (2, 2, 1_296_000), (10, 10, 259_200), (1000, 1000, 2592)] {
        assert_eq!(Share::new(bad, 1000).unwrap().burn(target(99.9)), Fraction::whole(burn));
        let left = exhausts_in(untouched, Fraction::whole(burn), DurationUs(30 * DAY.0));
        assert_eq!(left, Some(DurationUs::from_secs(exhausts_s)));
    }
}

/// The six ways to alert, at 99.9 % over 30 days and a full outage: seconds until it is told, and the
/// share of the budget that is spent by the burn that is asked for.
#[test]
fn section_3_2_the_six_iterations() {
    let month = DurationUs(30 * DAY.0);
    let check = |long: DurationUs, threshold: Fraction, detected: Fraction, spent: Fraction| {
        let pair = BurnPair::above(threshold, long, MINUTE);
        let us = pair.detects_after_us(target(99.9), Fraction::whole(1)).unwrap();
        assert_eq!(us, detected.times(Fraction::whole(1_000_000)).unwrap(), "{long} at {threshold:?}");
        assert_eq!(burn_spending(spent, month, long), Some(threshold), "{long} at {threshold:?}");
    };
    // 1: any burn above 1 within ten minutes, at 0.0231 % of the budget: up to 144 times a day.
    check(DurationUs(10 * MINUTE.0), Fraction::whole(1), fraction(6, 10), fraction(1, 4320));
    // 2: a window of 36 hours, at 5 %.
    check(DurationUs(36 * HOUR.0), Fraction::whole(1), fraction(1296, 10), fraction(5, 100));
    // 3: after an hour of it 138.9 % are gone, and a spike of five minutes, which is never told, takes 11.57 %.
    let spent = |length: DurationUs| {
        Fraction::whole(length.0 as u128).over(permitted_outage_us(target(99.9), month, Fraction::whole(1)).unwrap())
    };
    assert_eq!(spent(HOUR), Some(fraction(25, 18)));
    assert_eq!(spent(DurationUs(5 * MINUTE.0)), Some(fraction(25, 216)));
    // 4: 36 times within an hour, at 5 %; it stays told for the rest of the hour.
    check(HOUR, Fraction::whole(36), fraction(1296, 10), fraction(5, 100));
    // 5 and 6: 2 %, 5 % and 10 %, told sooner the worse it is.
    check(HOUR, fraction(144, 10), fraction(5184, 100), fraction(2, 100));
    check(DurationUs(6 * HOUR.0), Fraction::whole(6), fraction(1296, 10), fraction(5, 100));
    check(DAY, Fraction::whole(3), fraction(2592, 10), fraction(10, 100));
    check(DurationUs(3 * DAY.0), Fraction::whole(1), fraction(2592, 10), fraction(10, 100));
}

#[test]
fn section_3_2_burn_rates_of_other_periods() {
    let rows = [
        (7, (2, 100), 1, (336, 100)),
        (7, (5, 100), 6, (14, 10)),
        (7, (10, 100), 24, (7, 10)),
        (7, (10, 100), 1, (168, 10)),
        (7, (20, 100), 6, (56, 10)),
        (7, (40, 100), 24, (28, 10)),
        (90, (1, 100), 1, (216, 10)),
        (90, (3, 100), 6, (108, 10)),
        (90, (5, 100), 24, (45, 10)),
        // Burn rates of 14, 7, 2 and 1 spend 2.083, 6.25, 7.143 and 14.286 % of 28 days.
        (28, (1, 48), 1, (14, 1)),
        (28, (1, 16), 6, (7, 1)),
        (28, (1, 14), 24, (2, 1)),
        (28, (1, 7), 96, (1, 1)),
    ];
    for (days, share, hours, burn) in rows {
        let found = burn_spending(fraction(share.0, share.1), DurationUs(days * DAY.0), DurationUs(hours * HOUR.0));
        assert_eq!(found, Some(fraction(burn.0, burn.1)), "{share:?} of {days} d in {hours} h");
    }
}

#[test]
fn section_3_2_no_burn_above_the_ceiling_of_a_target() {
    assert_eq!(burn_max(target(95.0)), Fraction::whole(20));
    assert_eq!(burn_max(target(99.0)), Fraction::whole(100));
    let page =
        |threshold: Fraction, percent: f64| BurnPair::above(threshold, HOUR, MINUTE).is_reachable(target(percent));
    assert!(!page(fraction(144, 10), 93.0) && page(fraction(144, 10), 94.0));
    assert!(!page(Fraction::whole(2), 50.0), "everything bad burns exactly twice");
    assert!(page(fraction(199, 100), 50.0));
}

#[test]
fn section_3_3_the_share_of_the_budget_that_an_hour_took() {
    // 100 of an hour's 120 requests were bad, of 90 000 in 30 days at 95 %.
    let hour = Share::new(100, 120).unwrap().burn(target(95.0));
    assert_eq!(hour, fraction(50, 3));
    // At even traffic that is 2.31 % of the budget; by counts it is 100 of 4 500, 2.22 %.
    assert_eq!(burn_spending(fraction(25, 1080), DurationUs(30 * DAY.0), HOUR), Some(hour));
    let month = Share::new(100, 90_000).unwrap();
    assert_eq!(month.burn(target(95.0)), fraction(100, 4500));
    near(1.0 - month.budget(target(95.0)).as_f64(), 100.0 / 4500.0);
}

#[test]
fn section_3_4_occurrences_permit_by_the_events_of_the_window() {
    let valid = 14 * 24_000;
    assert_eq!(permitted_events(target(95.0), valid), 16_800);
    // With one in a hundred bad all along, 13 440 more may be.
    let (background, more) = (valid / 100, 13_440);
    let left = |bad: u64| Share::new(bad, valid).unwrap().budget(target(95.0));
    assert!(!left(background + more - 1).is_empty());
    assert!(left(background + more).is_empty());
    near(left(background).as_f64(), 0.8);
}

#[test]
fn section_3_4_what_94_946_per_cent_left_of_94() {
    let share = Share::new(5_054, 100_000).unwrap();
    assert_eq!(share.burn(target(94.0)), fraction(5_054, 6_000), "0.842, so 84.23 % are consumed");
    near(share.budget(target(94.0)).as_f64(), 1.0 - 5_054.0 / 6_000.0);
    let untouched = Share::new(0, 1).unwrap().budget(target(94.0));
    let days = exhausts_in(untouched, share.burn(target(94.0)), DurationUs(7 * DAY.0)).unwrap().0 as f64 / DAY.0 as f64;
    assert!((days - 8.31).abs() < 0.005, "{days}");
}

/// Requests in the hour and the bad ones of them from which on the page of 14.4 fires: the more of what
/// the burn rate and what the tail ask for.
#[test]
fn section_3_6_a_page_needs_the_burn_rate_and_the_tail() {
    for (valid, asked) in [(10, 2), (100, 4), (500, 8), (1000, 15)] {
        assert_eq!((1..=valid).find(|&bad| pages(bad, valid, true)), Some(asked), "{valid} requests");
    }
}

#[test]
fn section_3_6_one_failure_exceeds_a_burn_rate_below_so_many_requests() {
    for (threshold, most) in [(fraction(144, 10), 69), (Fraction::whole(6), 166)] {
        let exceeds = |valid: u64| Share::new(1, valid).unwrap().burn(target(99.9)) > threshold;
        assert_eq!((1..1000).filter(|&valid| exceeds(valid)).max(), Some(most));
    }
    assert!(pages(1, 10, false) && !pages(1, 10, true), "and the tail keeps it from waking anybody");
}

/// Whether 14.4 over an hour at 99.9 % fires on so many bad ones, with or without the low-traffic test.
fn pages(bad: u64, valid: u64, is_tested: bool) -> bool {
    let pair = BurnPair::above(fraction(144, 10), HOUR, DurationUs(5 * MINUTE.0));
    let share = Share::new(bad, valid);
    let is_significant = is_tested.then(|| low_traffic::is_significant(bad, valid, target(99.9)));
    let condition = ConditionReading::of(&RuleCondition { pair, alert_after: DurationUs(0), is_tested });
    ConditionReading { long: share, short: share, is_significant, ..condition }.is_holding(target(99.9))
}

#[test]
fn section_3_8_a_measured_sli_and_the_downtime_of_a_partial_outage() {
    let share = Share::new(3_663_253 - 3_557_865, 3_663_253).unwrap();
    assert!((share.sli() - 0.971_23).abs() < 5e-6);
    assert!(!share.budget(target(97.0)).is_empty());
    // The largest full outage that what is left permits: left · b · W.
    let left = Share::new(1, 2000).unwrap().budget(target(99.9)).as_f64();
    near(left * outage_s(99.9, DurationUs(28 * DAY.0)), 1209.6);
}

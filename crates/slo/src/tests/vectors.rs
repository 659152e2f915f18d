//! Arithmetic that is known from elsewhere, by number: what a target permits, which burn spends what,
//! how the three methods judge one data set.

use super::*;
use crate::alert::pair::{BurnPair, burn_spending};
use crate::budget::{Measure, Share, burn_max, exhausts_in, permitted_events, permitted_outage_us};
use crate::fraction::Fraction;
use crate::gauge::Gauge;
use crate::model::Stretch;

pub(super) fn fraction(numerator: u128, denominator: u128) -> Fraction {
    Fraction::new(numerator, denominator).unwrap()
}

pub(super) fn near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
}

/// Seconds that a full outage may last.
pub(super) fn outage_s(percent: f64, window: DurationUs) -> f64 {
    permitted_outage_us(target(percent), window, Fraction::whole(1)).unwrap().as_f64() / 1e6
}

#[test]
fn av01_av02_downtime_of_targets() {
    near(outage_s(99.9, DurationUs(30 * DAY.0)), 2592.0);
    near(outage_s(99.99, DurationUs(365 * DAY.0)), 3153.6);
}

#[test]
fn av03_a_partial_outage_lasts_longer() {
    let check = |ratio: Fraction, expected_s: u128| {
        let outage = permitted_outage_us(target(99.95), DurationUs(28 * DAY.0), ratio);
        assert_eq!(outage, Some(Fraction::new(expected_s, 10).unwrap().times(Fraction::whole(1_000_000)).unwrap()));
    };
    check(fraction(1, 1000), 12_096_000); // 14 d
    check(fraction(1, 100), 1_209_600); // 1 d 9 h 36 min
    check(fraction(1, 10), 120_960);
    check(fraction(1, 1), 12_096); // 20 min 9.6 s
}

/// Microseconds of a text such as `36d12h36m` or `4m1.92s`.
fn length_us(text: &str) -> u128 {
    let mut us = 0;
    for part in text.split_inclusive(['d', 'h', 'm', 's']) {
        let (number, unit) = part.split_at(part.len() - 1);
        let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
        let unit_us: u128 = match unit {
            "d" => 86_400_000_000,
            "h" => 3_600_000_000,
            "m" => 60_000_000,
            _ => 1_000_000,
        };
        us += whole.parse::<u128>().unwrap() * unit_us;
        us += format!("{rest:0<6}").parse::<u128>().unwrap() * unit_us / 1_000_000;
    }
    us
}

#[test]
fn av04_the_table_of_permitted_downtime_is_exact() {
    let windows_h = [24, 168, 672, 720, 0, 2160, 8760, 8766];
    let table = [
        (90.0, "2h24m 16h48m 2d19h12m 3d 3d1h3m 9d 36d12h 36d12h36m"),
        (95.0, "1h12m 8h24m 1d9h36m 1d12h 1d12h31m30s 4d12h 18d6h 18d6h18m"),
        (99.0, "14m24s 1h40m48s 6h43m12s 7h12m 7h18m18s 21h36m 3d15h36m 3d15h39m36s"),
        (99.5, "7m12s 50m24s 3h21m36s 3h36m 3h39m9s 10h48m 1d19h48m 1d19h49m48s"),
        (99.8, "2m52.8s 20m9.6s 1h20m38.4s 1h26m24s 1h27m39.6s 4h19m12s 17h31m12s 17h31m55.2s"),
        (99.9, "1m26.4s 10m4.8s 40m19.2s 43m12s 43m49.8s 2h9m36s 8h45m36s 8h45m57.6s"),
        (99.95, "43.2s 5m2.4s 20m9.6s 21m36s 21m54.9s 1h4m48s 4h22m48s 4h22m58.8s"),
        (99.99, "8.64s 1m0.48s 4m1.92s 4m19.2s 4m22.98s 12m57.6s 52m33.6s 52m35.76s"),
        (99.995, "4.32s 30.24s 2m0.96s 2m9.6s 2m11.49s 6m28.8s 26m16.8s 26m17.88s"),
        (99.999, "0.864s 6.048s 24.192s 25.92s 26.298s 1m17.76s 5m15.36s 5m15.576s"),
    ];
    for (percent, row) in table {
        for (text, hours) in row.split(' ').zip(windows_h) {
            // The mean month of 30.4375 days stands for no whole number of hours.
            let window = if hours == 0 { DurationUs(2_629_800_000_000) } else { DurationUs(hours * HOUR.0) };
            let outage = permitted_outage_us(target(percent), window, Fraction::whole(1));
            assert_eq!(outage, Some(Fraction::whole(length_us(text))), "{percent} over {window}");
        }
    }
}

#[test]
fn av05_av06_a_target_permits_whole_events() {
    // Of the game's API 97.123 % were good.
    near(Share::new(3_663_253 - 3_557_865, 3_663_253).unwrap().sli(), 3_557_865.0 / 3_663_253.0);
    assert!(!Share::new(3_663_253 - 3_557_865, 3_663_253).unwrap().budget(target(97.0)).is_empty());
    assert_eq!(permitted_events(target(97.0), 1_000_000), 30_000);
    assert_eq!(permitted_events(target(97.0), 3_663_253), 109_897);
    assert_eq!(permitted_events(target(90.0), 3_663_253), 366_325);
    assert_eq!(permitted_events(target(99.0), 3_663_253), 36_632);
    assert_eq!(permitted_events(target(0.0), u64::MAX), u64::MAX);
}

#[test]
fn av07_av08_av09_av10_burn_rates_that_spend_a_share() {
    let check = |days: i64, permille: u128, hours: i64, expected: Fraction| {
        let burn = burn_spending(fraction(permille, 1000), DurationUs(days * DAY.0), DurationUs(hours * HOUR.0));
        assert_eq!(burn, Some(expected), "{days} d, {permille} ‰, {hours} h");
    };
    for (days, burns) in [(30, [(144, 10), (6, 1), (3, 1), (1, 1)]), (28, [(1344, 100), (56, 10), (28, 10), (14, 15)])]
    {
        for ((permille, hours), (numerator, denominator)) in
            [(20, 1), (50, 6), (100, 24), (100, 72)].into_iter().zip(burns)
        {
            check(days, permille, hours, fraction(numerator, denominator));
        }
    }
    for (permille, hours, hundredths) in [(80, 1, 1344), (125, 6, 350), (200, 24, 140), (420, 72, 98)] {
        check(7, permille, hours, fraction(hundredths, 100));
    }
    check(7, 100, 1, fraction(168, 10));
    assert_eq!(burn_spending(fraction(1, 50), DAY, DurationUs(0)), None);
}

#[test]
fn av11_no_burn_exceeds_the_inverse_of_the_budget() {
    assert_eq!(burn_max(target(94.0)), fraction(50, 3));
    assert_eq!(burn_max(target(99.9)), Fraction::whole(1000));
    assert_eq!(burn_max(target(50.0)), Fraction::whole(2));
    let page = BurnPair::above(fraction(72, 5), HOUR, MINUTE);
    assert!(!page.is_reachable(Ppb::new(930_555_555).unwrap()), "14.4 at 93.0555555 %");
    assert!(page.is_reachable(Ppb::new(930_555_556).unwrap()));
}

#[test]
fn av12_av13_time_to_detect_an_outage() {
    let seconds = |threshold: Fraction, error_ratio: Fraction| {
        let pair = BurnPair::above(threshold, HOUR, MINUTE);
        pair.detects_after_us(target(99.9), error_ratio).map(|us| us.as_f64() / 1e6)
    };
    let at_36 = seconds(Fraction::whole(36), Fraction::whole(1)).unwrap();
    near(at_36, 129.6);
    near(3600.0 - at_36, 3470.4); // an outage that ends there stays in the hour that long
    near(seconds(fraction(72, 5), fraction(15, 100)).unwrap(), 345.6);
    assert_eq!(seconds(Fraction::whole(36), fraction(36, 1000)), None, "36 times never exceeds 36");
    for (threshold, long, expected) in
        [(fraction(72, 5), 1, 51.84), (Fraction::whole(6), 6, 129.6), (Fraction::whole(3), 24, 259.2)]
    {
        let pair = BurnPair::above(threshold, DurationUs(long * HOUR.0), MINUTE);
        near(pair.detects_after_us(target(99.9), Fraction::whole(1)).unwrap().as_f64() / 1e6, expected);
    }
}

#[test]
fn av14_time_to_exhaust_a_budget() {
    let check = |bad: u64, burn: Fraction, days: i64, expected_s: f64| {
        // Of 1 000 000 events at 99.9 %, 1 000 may be bad.
        let budget = Share::new(bad, 1_000_000).unwrap().budget(target(99.9));
        let left = exhausts_in(budget, burn, DurationUs(days * DAY.0)).map(|left| left.0 as f64 / 1e6);
        assert!(left.is_some_and(|left| (left - expected_s).abs() < 1e-5), "{left:?}");
    };
    check(0, Fraction::whole(35), 30, 74_057.142_857);
    // §3.8: 2.4 and 90 days.
    check(600, Fraction::whole(5), 30, 2.4 * 86_400.0);
    check(250, fraction(1, 4), 30, 90.0 * 86_400.0);
    check(1000, Fraction::whole(5), 30, 0.0);
    let untouched = Share::new(0, 10).unwrap().budget(target(99.9));
    assert_eq!(exhausts_in(untouched, Fraction::whole(0), DAY), None);
}

/// What a method makes of slices of a minute, each `(good, bad)`, in a window that holds them all.
fn judge_minutes(method: BudgetingMethod, percent: f64, slices: &[(u64, u64)]) -> Measure {
    let sli = ratio("service=api", "!error");
    let mut objective = objective(sli, target(percent));
    objective.time_slice = Some(MINUTE);
    objective.time_slice_target = Some(target(95.0));
    let window = DurationUs(slices.len() as i64 * MINUTE.0);
    let mut slo = slo("minutes", "api", window, objective);
    slo.method = method;
    let events = slices.iter().enumerate().map(|(n, &(good, bad))| (n as i64 * 60 + 30, good, bad));
    let cells = cells_with(std::slice::from_ref(&slo), events);
    let objective = &slo.objectives[0];
    let stretch = Stretch::last(window, Timestamp(window.0));
    Gauge::of(&slo, objective).unwrap().measure(&cells, stretch).unwrap()
}

#[test]
fn reference_3_4_budgeting_methods_judge_the_mini_vector() {
    let slices = [vec![(100, 0); 57], vec![(0, 10); 2], vec![(90, 10)]].concat();
    let sli = |method| judge_minutes(method, 95.0, &slices).share.unwrap();
    assert_eq!(sli(BudgetingMethod::Occurrences), Share::new(30, 5820).unwrap());
    near(sli(BudgetingMethod::Occurrences).sli(), 5790.0 / 5820.0);
    assert_eq!(sli(BudgetingMethod::Timeslices), Share::new(3, 60).unwrap());
    near(sli(BudgetingMethod::RatioTimeslices).sli(), 0.965);
}

#[test]
fn av17_the_same_attack_by_slices_and_by_their_mean() {
    near(outage_s(95.0, DurationUs(14 * DAY.0)) / 60.0, 1008.0);
    let attacked = |method, n_attacked: usize| {
        let mut slices = vec![(99, 1); 14 * 1440];
        slices[..n_attacked].fill((1, 99));
        judge_minutes(method, 95.0, &slices).share.unwrap()
    };
    let is_spent = |method, n_attacked| attacked(method, n_attacked).budget(target(95.0)).is_empty();
    assert!(!is_spent(BudgetingMethod::Timeslices, 1007));
    assert!(is_spent(BudgetingMethod::Timeslices, 1008));
    assert!(!is_spent(BudgetingMethod::RatioTimeslices, 822));
    assert!(is_spent(BudgetingMethod::RatioTimeslices, 823));
    // Exactly 0.04/0.98 of the slices: 822 6/7 minutes.
    let bad = |n_attacked| u128::from(attacked(BudgetingMethod::RatioTimeslices, n_attacked).bad());
    let permitted = u128::from(attacked(BudgetingMethod::RatioTimeslices, 0).valid()) / 20;
    assert_eq!(fraction(permitted - bad(0), bad(1) - bad(0)), fraction(5760, 7));
    // By occurrences 16 800 of 24 000 a day may be bad, of which the hundredth that always is leaves 13 440.
    assert_eq!(permitted_events(target(95.0), 14 * 24_000), 16_800);
    let usual = Share::new(3360, 14 * 24_000).unwrap().budget(target(95.0));
    near(usual.as_f64() * 16_800.0, 13_440.0);
}

#[test]
fn av18_a_week_of_minutes_permits_five_bad_ones() {
    near(outage_s(99.95, DurationUs(7 * DAY.0)) / 60.0, 5.04);
    let with_bad = |n_bad: usize| {
        let mut slices = vec![(10, 0); 7 * 1440];
        slices[..n_bad].fill((0, 10));
        judge_minutes(BudgetingMethod::Timeslices, 99.95, &slices).share.unwrap().budget(target(99.95))
    };
    assert!(!with_bad(5).is_empty());
    assert!(with_bad(6).is_empty());
}

#[test]
fn av22_half_the_events_bad_overspends_fourfold() {
    let share = Share::new(3556, 7112).unwrap();
    near(share.sli(), 0.5);
    assert_eq!(share.burn(target(90.0)), Fraction::whole(5));
    let budget_min = outage_s(90.0, DurationUs(43_200_000_000)) / 60.0;
    near(budget_min, 72.0);
    near(share.budget(target(90.0)).as_f64() * budget_min, -288.0);
    let slightly = Share::new(104, 1000).unwrap().burn(target(90.0));
    assert_eq!(slightly, fraction(104, 100));
    assert!(slightly > Fraction::whole(1));
}

#[test]
fn av23_one_failure_an_hour_at_low_traffic() {
    assert_eq!(Share::new(1, 10).unwrap().burn(target(99.9)), Fraction::whole(100));
    // 7 200 requests in 30 days permit 7.2 bad ones.
    near(1.0 - Share::new(1, 7200).unwrap().budget(target(99.9)).as_f64(), 0.138_888_888_888);
}

#[test]
fn av19_two_groups_apart_and_together() {
    // Twelve hours of minutes; each group is down for five, and not at the same time.
    let group = |down_from: usize| {
        let mut slices = vec![(100, 0); 720];
        slices[down_from..down_from + 5].fill((0, 100));
        slices
    };
    let (one, other) = (group(60), group(300));
    let both: Vec<(u64, u64)> = one.iter().zip(&other).map(|(a, b)| (a.0 + b.0, a.1 + b.1)).collect();
    let share = |slices: &[(u64, u64)]| judge_minutes(BudgetingMethod::Timeslices, 99.0, slices).share.unwrap();
    assert_eq!((share(&one), share(&other)), (Share::new(5, 720).unwrap(), Share::new(5, 720).unwrap()));
    assert_eq!(share(&both), Share::new(10, 720).unwrap());
    near(share(&one).sli(), 0.993_055_555_555);
    near(share(&both).sli(), 0.986_111_111_111);
}

#[test]
fn av26_one_bad_minute_of_an_hour_at_two_nines() {
    let mut slices = vec![(1, 0); 60];
    slices[30] = (0, 1);
    let burn = |slices: &[(u64, u64)]| {
        judge_minutes(BudgetingMethod::Timeslices, 99.0, slices).share.map(|share| share.burn(target(99.0)))
    };
    assert_eq!(burn(&slices), Some(fraction(5, 3)));
    // The hour that is empty but for the bad minute is judged by what was seen: no minute is invented.
    slices.fill((0, 0));
    slices[30] = (0, 1);
    assert_eq!(burn(&slices), Some(Fraction::whole(100)));
}

#[test]
fn reference_3_4_and_3_10_a_budget_is_signed_and_relative_to_what_is_permitted() {
    let left = |sli_percent: f64, percent: f64| {
        let bad = ((100.0 - sli_percent) * 1000.0).round() as u64;
        Share::new(bad, 100_000).unwrap().budget(target(percent)).as_f64()
    };
    near(left(99.95, 99.9), 0.5);
    near(left(99.85, 99.9), -0.5);
    // 84.23 % of the budget is spent, at a burn of 0.842: all of it would last for 8 days 7 hours of seven.
    let share = Share::new(5054, 100_000).unwrap();
    assert_eq!(share.burn(target(94.0)), fraction(5054, 6000));
    near(share.budget(target(94.0)).as_f64(), 946.0 / 6000.0);
    let untouched = Share::new(0, 1).unwrap().budget(target(94.0));
    let lasts = exhausts_in(untouched, share.burn(target(94.0)), DurationUs(7 * DAY.0)).unwrap();
    assert_eq!(lasts.0 / HOUR.0, 8 * 24 + 7);
    near(left(100.0, 0.0), 1.0);
    near(left(0.0, 0.0), 0.0);
}

#[test]
fn budgets_and_burns_have_an_exact_order() {
    let budget = |bad, valid| Share::new(bad, valid).unwrap().budget(target(99.9));
    assert!(budget(2, 1000) < budget(1, 1000));
    assert!(budget(1, 1000) < budget(1, 1001));
    assert_eq!(budget(1, 1000).cmp(&budget(2, 2000)), std::cmp::Ordering::Equal);
    assert!(budget(1, 1000).is_empty(), "exactly spent is spent");
    assert!(!budget(u64::MAX / 1000, u64::MAX).is_empty());
}

proptest::proptest! {
    /// The budget is spent exactly when the burn over the window is at least 1, by plain cross-multiplication.
    #[test]
    fn integers_agree_with_exact_rationals(bad in 0u64..1_000_000, good in 0u64..1_000_000_000, parts in 0u32..1_000_000_000) {
        proptest::prop_assume!(bad + good > 0);
        let (target, share) = (Ppb::new(parts).unwrap(), Share::new(bad, bad + good).unwrap());
        let is_spent = u128::from(bad) * 1_000_000_000 >= u128::from(bad + good) * u128::from(1_000_000_000 - parts);
        proptest::prop_assert_eq!(share.budget(target).is_empty(), is_spent);
        proptest::prop_assert_eq!(share.burn(target) >= Fraction::whole(1), is_spent);
    }
}

//! The default pairs by window, and the page as it fires and ends on counted events.

use crate::alert::pair::BurnPair;
use crate::alert::reading::{Outcome, traffic_weight};
use crate::alert::rule::{AlertRule, BURN_ANNOTATION, LOW_TRAFFIC_ANNOTATION};
use crate::alert::state::FreezeReason;
use crate::budget::Share;
use crate::cells::CellStore;
use crate::fraction::Fraction;
use crate::model::Comparison;
use crate::model::Slo;
use crate::status::evaluate;
use crate::tests::{DAY, HOUR, MINUTE, availability, cells_with, target};
use nines_base::{DurationUs, Timestamp};

#[test]
fn the_default_pairs_scale_with_the_window() {
    let check = |window: DurationUs, expected: &str| {
        let pairs = BurnPair::pages(window);
        let shown: Vec<String> = pairs
            .iter()
            .map(|pair| {
                format!("{}/{} {}/{}", pair.long, pair.short, pair.threshold.numerator(), pair.threshold.denominator())
            })
            .collect();
        assert_eq!(shown.join(", "), expected, "{window}");
    };
    check(DurationUs(30 * DAY.0), "1h/5m 72/5, 6h/30m 6/1");
    check(DurationUs(28 * DAY.0), "1h/5m 336/25, 6h/30m 28/5");
    check(DurationUs(7 * DAY.0), "1h/5m 84/25, 6h/30m 7/5");
    check(DurationUs(108 * HOUR.0), "1h/5m 54/25, 6h/30m 9/10");
    check(DurationUs(108 * HOUR.0 - 1), "1h/5m 388799999999/180000000000");
    check(DurationUs(3 * DAY.0), "1h/5m 36/25");
    check(DurationUs(45 * HOUR.0), "1h/5m 9/10");
    check(DAY, "6h/2h 2/1");
    check(HOUR, "15m/5m 2/1");
    check(MINUTE, "15s/5s 2/1");
    check(DurationUs(30_000_000), "10s/5s 2/1");
}

#[test]
fn tickets_scale_with_the_window_and_short_windows_have_none() {
    let thresholds = |days: i64| -> Vec<Fraction> {
        BurnPair::tickets(DurationUs(days * DAY.0)).iter().map(|pair| pair.threshold).collect()
    };
    let fractions = |parts: &[(u128, u128)]| -> Vec<Fraction> {
        parts.iter().map(|&(above, below)| Fraction::new(above, below).unwrap()).collect()
    };
    assert_eq!(thresholds(30), fractions(&[(3, 1), (1, 1)]));
    assert_eq!(thresholds(28), fractions(&[(28, 10), (14, 15)]));
    assert_eq!(thresholds(9), fractions(&[(9, 10)]), "three days would be told of a budget that lasts");
    assert_eq!(thresholds(8), []);
}

#[test]
fn own_policies_replace_the_defaults_and_name_the_alerts() {
    use crate::alert::policy::{AlertCondition, AlertPolicy, AlertWhen};
    let mut slo = availability(DurationUs(28 * DAY.0), 99.9);
    let severities = |slo: &Slo| -> Vec<(String, usize, bool)> {
        let rules = AlertRule::of(slo, DurationUs(28 * DAY.0));
        let show = |rule: AlertRule| (rule.severity, rule.conditions.len(), rule.conditions[0].is_tested);
        rules.into_iter().map(show).collect()
    };
    assert_eq!(severities(&slo), [("page".into(), 2, true), ("ticket".into(), 2, false)]);
    let policy = |severity: &str, threshold| AlertPolicy {
        name: "p".into(),
        condition: AlertCondition {
            name: "c".into(),
            severity: severity.into(),
            op: Comparison::Gt,
            threshold: Fraction::whole(threshold),
            lookback: HOUR,
            short: MINUTE,
            alert_after: DurationUs(0),
        },
        when: AlertWhen::ALL,
        targets: Vec::new(),
    };
    slo.alert_policies = vec![policy("blue", 3), policy("page", 14), policy("blue", 6)];
    assert_eq!(severities(&slo), [("page".into(), 1, true), ("blue".into(), 2, false)]);
    slo.annotations.insert(LOW_TRAFFIC_ANNOTATION.into(), "off".into());
    assert_eq!(severities(&slo)[0], ("page".into(), 1, false));
}

#[test]
fn reference_3_3_traffic_weighs_a_burn_rate_by_the_share_of_the_budget_it_took() {
    // 90 000 requests in 30 days; an hour with 100 bad of 120 took 100 of the 4 500 that 95 % permit.
    let month = DurationUs(30 * DAY.0);
    let weight = traffic_weight((120, HOUR), (90_000, month), month).unwrap();
    assert_eq!(weight, Fraction::new(96, 100).unwrap());
    let hour = Fraction::new(1, 720).unwrap();
    let unweighed = Share::new(100, 120).unwrap().burn(target(95.0));
    assert_eq!(unweighed.times(hour), Fraction::new(5, 216), "2.31 %, as if traffic were flat");
    let burn = unweighed.times(weight).unwrap();
    assert_eq!(burn.times(hour), Fraction::new(100, 4500), "2.22 %");
    // What was counted for an hour only is not thinned by a month that nobody saw.
    assert_eq!(traffic_weight((120, HOUR), (120, month), HOUR), Some(Fraction::whole(1)));

    let mut slo = availability(month, 95.0);
    slo.annotations.insert(LOW_TRAFFIC_ANNOTATION.into(), "off".into());
    let now = 30 * 86_400;
    let hours = (0..719).map(|hour| (hour * 3600, 200, 0)).chain([(now - 3000, 0, 0), (now - 120, 1, 20)]);
    let cells = cells_with(std::slice::from_ref(&slo), hours);
    assert!(is_paging(&slo, &cells, now), "20 of 21 within an hour burn nineteenfold");
    slo.annotations.insert(BURN_ANNOTATION.into(), "weighted".into());
    assert!(!is_paging(&slo, &cells, now), "but are 20 of 7 191 that the month permits");
}

#[test]
fn a_long_lookback_that_was_measured_badly_says_nothing() {
    let slo = availability(HOUR, 90.0);
    let mut cells = outage(&slo, 3000, 4000, 4000);
    let check = |cells: &CellStore, expected: Outcome| {
        let status = evaluate(&slo, &slo.objectives[0], cells, Timestamp::from_secs(4000));
        assert_eq!(status.alerts[0].conditions[0].outcome(status.target), expected);
    };
    check(&cells, Outcome::Holds);
    for second in (0..=4000).filter(|second| !(3500..3580).contains(second)) {
        cells.heartbeat(Timestamp::from_secs(second), true);
    }
    check(&cells, Outcome::Holds);
    for second in 4001..=4030 {
        cells.heartbeat(Timestamp::from_secs(second), false);
    }
    let status = evaluate(&slo, &slo.objectives[0], &cells, Timestamp::from_secs(4030));
    let reading = &status.alerts[0].conditions[0];
    assert_eq!(reading.outcome(status.target), Outcome::Unknown(FreezeReason::Coverage), "{:?}", reading.coverage);
}

/// Ten requests a second from 0 on; all bad from `bad_from` until `bad_until`, in seconds.
fn outage(slo: &Slo, bad_from: i64, bad_until: i64, upto: i64) -> CellStore {
    let events = (0..=upto)
        .map(|second| if (bad_from..bad_until).contains(&second) { (second, 0, 10) } else { (second, 10, 0) });
    cells_with(std::slice::from_ref(slo), events)
}

fn is_paging(slo: &Slo, cells: &CellStore, second: i64) -> bool {
    evaluate(slo, &slo.objectives[0], cells, Timestamp::from_secs(second)).is_paging()
}

#[test]
fn a_full_outage_pages_within_a_minute_and_ends_with_the_short_window() {
    let slo = availability(DurationUs(30 * DAY.0), 99.9);
    let (from, until) = (20_000, 20_120);
    // 14.4 of 0.1 % of an hour's 36 000 requests are 518 bad ones: 52 seconds.
    assert!(!is_paging(&slo, &outage(&slo, from, until, from + 50), from + 50));
    assert!(is_paging(&slo, &outage(&slo, from, until, from + 53), from + 53));
    let over = outage(&slo, from, until, until + 400);
    assert!(is_paging(&slo, &outage(&slo, from, until, until + 240), until + 240), "the short window still holds it");
    assert!(!is_paging(&slo, &over, until + 311), "five minutes later, rounded to ten seconds, it has left");
}

#[test]
fn a_minute_window_pages_within_seconds() {
    let slo = availability(MINUTE, 95.0);
    let cells = outage(&slo, 100, 110, 140);
    assert!(!is_paging(&slo, &cells, 100));
    assert!(is_paging(&slo, &outage(&slo, 100, 110, 103), 103));
    assert!(!is_paging(&slo, &cells, 118), "no bad event in the last five seconds");
}

#[test]
fn thresholds_are_strict() {
    let mut slo = availability(HOUR, 90.0);
    slo.annotations.insert(LOW_TRAFFIC_ANNOTATION.into(), "off".into());
    // 20 % of the events of the last quarter of an hour are bad: burn exactly 2.
    let with = |bad: u64| cells_with(std::slice::from_ref(&slo), [(7000, 1000 - bad, bad)]);
    assert!(!is_paging(&slo, &with(200), 7100));
    assert!(is_paging(&slo, &with(201), 7100));
}

#[test]
fn one_failure_at_low_traffic_pages_nobody_unless_the_annotation_says_so() {
    let mut slo = availability(DurationUs(30 * DAY.0), 99.9);
    // Ten requests within the hour, the last within five minutes of now.
    let with = |slo: &Slo, n_bad: u64| {
        let events =
            (0..10).map(|n| (4000 + n * 350, u64::from(n as u64 + n_bad < 10), u64::from(n as u64 + n_bad >= 10)));
        cells_with(std::slice::from_ref(slo), events)
    };
    assert!(!is_paging(&slo, &with(&slo, 1), 7300));
    assert!(is_paging(&slo, &with(&slo, 2), 7300), "two of ten are too many for luck");
    slo.annotations.insert(LOW_TRAFFIC_ANNOTATION.into(), "off".into());
    assert!(is_paging(&slo, &with(&slo, 1), 7300));
}

#[test]
fn the_leading_pair_is_the_one_that_fires_or_is_nearest_to() {
    let slo = availability(DurationUs(30 * DAY.0), 99.9);
    // 0.8 % bad for six hours: burn 8 exceeds 6 over six hours, not 14.4 over one.
    let events = (0..8 * 3600).map(|second| (second, 124, 1));
    let cells = cells_with(std::slice::from_ref(&slo), events);
    let status = evaluate(&slo, &slo.objectives[0], &cells, Timestamp::from_secs(8 * 3600 - 1));
    let leading = status.leading_page().unwrap();
    assert_eq!((leading.pair.long, leading.is_holding(status.target)), (DurationUs(6 * HOUR.0), true));
    assert_eq!(leading.long.unwrap().burn(status.target), Fraction::whole(8));
}

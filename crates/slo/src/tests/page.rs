//! The default pairs by window, and the page as it fires and ends on counted events.

use super::*;
use crate::fraction::Fraction;
use crate::page::PagePair;
use crate::status::evaluate;

#[test]
fn the_default_pairs_scale_with_the_window() {
    let check = |window: DurationUs, expected: &str| {
        let pairs = PagePair::defaults(window);
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
    slo.annotations.insert(crate::page::LOW_TRAFFIC_ANNOTATION.into(), "off".into());
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
    slo.annotations.insert(crate::page::LOW_TRAFFIC_ANNOTATION.into(), "off".into());
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
    assert_eq!((leading.pair.long, leading.is_firing(status.target)), (DurationUs(6 * HOUR.0), true));
    assert_eq!(leading.long.unwrap().burn(status.target), Fraction::whole(8));
}

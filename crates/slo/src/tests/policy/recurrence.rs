//! Recurrence rules: days as python-dateutil 2.9 gives them for the same rules, and what is refused.

use crate::model::Stretch;
use crate::policy::recurrence::{Rule, RuleFault};
use crate::policy::times::Times;
use crate::tests::{DAY, HOUR};
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use nines_base::{DurationUs, Timestamp};

const LONG_AGO: Timestamp = Timestamp(0);
const FAR_AHEAD: Timestamp = Timestamp(4_000_000_000_000_000);

fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

fn shown(time: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(time.0).unwrap().to_string()
}

#[test]
fn rules_have_the_days_of_rfc_5545() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("2026-11-01T02:30", "FREQ=DAILY;COUNT=4", &["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"]),
        (
            "2026-11-01T02:30",
            "FREQ=DAILY;INTERVAL=10;UNTIL=20261201T000000",
            &["2026-11-01", "2026-11-11", "2026-11-21"],
        ),
        ("2026-11-01T02:30", "FREQ=WEEKLY;BYDAY=SU;COUNT=3", &["2026-11-01", "2026-11-08", "2026-11-15"]),
        (
            "2026-11-04T02:30",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=5",
            &["2026-11-05", "2026-11-17", "2026-11-19", "2026-12-01", "2026-12-03"],
        ),
        (
            "2026-11-04T02:30",
            "FREQ=DAILY;BYDAY=MO,FR;COUNT=4",
            &["2026-11-06", "2026-11-09", "2026-11-13", "2026-11-16"],
        ),
        ("2026-01-31T00:00", "FREQ=MONTHLY;COUNT=4", &["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]),
        (
            "2026-01-15T00:00",
            "FREQ=MONTHLY;BYDAY=1MO,-1FR;COUNT=5",
            &["2026-01-30", "2026-02-02", "2026-02-27", "2026-03-02", "2026-03-27"],
        ),
        (
            "2026-01-15T00:00",
            "FREQ=MONTHLY;BYMONTHDAY=-1,15;COUNT=5",
            &["2026-01-15", "2026-01-31", "2026-02-15", "2026-02-28", "2026-03-15"],
        ),
        (
            "2026-01-15T00:00",
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3",
            &["2026-02-13", "2026-03-13", "2026-11-13"],
        ),
        ("2024-02-29T12:00", "FREQ=YEARLY;COUNT=3", &["2024-02-29", "2028-02-29", "2032-02-29"]),
        (
            "2026-01-15T00:00",
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,25,26;COUNT=4",
            &["2026-12-24", "2026-12-25", "2026-12-26", "2027-12-24"],
        ),
        ("2026-01-15T00:00", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3", &["2026-11-26", "2027-11-25", "2028-11-23"]),
        (
            "2026-01-15T00:00",
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1;COUNT=3",
            &["2026-04-01", "2026-07-01", "2026-10-01"],
        ),
        (
            "2026-01-15T00:00",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=28,29;COUNT=4",
            &["2026-02-28", "2027-02-28", "2028-02-28", "2028-02-29"],
        ),
        (
            "2026-01-15T00:00",
            "FREQ=WEEKLY;BYMONTH=1,3;BYDAY=SA;COUNT=6",
            &["2026-01-17", "2026-01-24", "2026-01-31", "2026-03-07", "2026-03-14", "2026-03-21"],
        ),
        (
            "2026-01-15T00:00",
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=1,6;BYDAY=-1SU;COUNT=4",
            &["2026-01-25", "2026-06-28", "2028-01-30", "2028-06-25"],
        ),
    ];
    for (start, rule, expected) in cases {
        let start: DateTime = start.parse().unwrap();
        let found = Rule::parse(rule).unwrap().between(start, &TimeZone::UTC, LONG_AGO, FAR_AHEAD, 100);
        let days: Vec<String> = found.iter().map(|time| shown(*time)[..10].to_owned()).collect();
        assert_eq!(days, *expected, "{rule}");
        assert!(found.iter().all(|time| shown(*time)[11..16] == start.to_string()[11..16]), "{rule}");
    }
}

#[test]
fn a_later_part_of_a_rule_is_the_same_whether_the_beginning_was_looked_at_or_not() {
    for rule in
        ["FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "FREQ=MONTHLY;BYDAY=-1SA", "FREQ=YEARLY"]
    {
        let (rule, start) = (Rule::parse(rule).unwrap(), "2020-03-04T10:00".parse().unwrap());
        let (from, until) = (at("2026-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z"));
        let all = rule.between(start, &TimeZone::UTC, LONG_AGO, until, 10_000);
        let late: Vec<Timestamp> = all.into_iter().filter(|time| *time >= from).collect();
        assert!(!late.is_empty());
        assert_eq!(rule.between(start, &TimeZone::UTC, from, until, 10_000), late, "{}", rule.text());
    }
}

#[test]
fn a_start_keeps_its_local_time_when_clocks_change() {
    let berlin = zone("Europe/Berlin");
    let once = Times::once(at("2026-10-24T01:00:00Z"), at("2026-10-24T03:00:00Z")).unwrap();
    let nightly = once.recurring(Rule::parse("RRULE:FREQ=DAILY;COUNT=3").unwrap(), berlin).unwrap();
    let all = Stretch { after: LONG_AGO, upto: FAR_AHEAD };
    let starts: Vec<String> = nightly.meeting(all).iter().map(|span| shown(span.from)).collect();
    assert_eq!(starts, ["2026-10-24T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-26T02:00:00Z"], "03:00 in Berlin");
    assert!(
        nightly.meeting(all).iter().all(|span| span.until - span.from == DurationUs(2 * HOUR.0)),
        "two elapsed hours"
    );
}

#[test]
fn times_that_meet_a_stretch_are_whole_and_edges_are_half_open() {
    let times = Times::once(at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z")).unwrap();
    let times = times.recurring(Rule::parse("FREQ=WEEKLY").unwrap(), TimeZone::UTC).unwrap();
    let meeting = |after: &str, upto: &str| {
        let spans = times.meeting(Stretch { after: at(after), upto: at(upto) });
        spans.iter().map(|span| shown(span.from)[..10].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(meeting("2026-11-08T12:00:00Z", "2026-11-15T12:00:00Z"), ["2026-11-08", "2026-11-15"]);
    assert_eq!(meeting("2026-11-09T00:00:00Z", "2026-11-14T23:59:59Z"), [""; 0]);
    assert_eq!(meeting("2026-11-08T23:59:59Z", "2026-11-15T00:00:00Z"), ["2026-11-08", "2026-11-15"]);
    assert_eq!(
        times.holding(at("2026-11-08T23:00:00Z")).map(|span| shown(span.until)),
        Some("2026-11-09T00:00:00Z".into())
    );
    assert_eq!(times.holding(at("2026-11-09T00:00:00Z")), None);
    let next = times.next_after(at("2026-11-08T00:00:00Z")).unwrap();
    assert_eq!((shown(next.from), next.until - next.from), ("2026-11-15T00:00:00Z".into(), DAY));
    assert_eq!(Times::once(at("2026-11-02T00:00:00Z"), at("2026-11-02T00:00:00Z")), None);
}

#[test]
fn what_is_not_supported_is_refused_at_its_part() {
    let check = |rule: &str, at: usize, fault: RuleFault| {
        let error = Rule::parse(rule).expect_err(rule);
        assert_eq!((error.at, error.fault), (at, fault), "{rule}");
    };
    check("FREQ=HOURLY", 0, RuleFault::NotSupported);
    check("RRULE:FREQ=DAILY;BYHOUR=3", 17, RuleFault::NotSupported);
    check("FREQ=DAILY;BYSETPOS=1", 11, RuleFault::NotSupported);
    check("FREQ=WEEKLY;WKST=SU", 12, RuleFault::NotSupported);
    check("FREQ=WEEKLY;BYMONTHDAY=1", 0, RuleFault::NotSupported);
    check("FREQ=WEEKLY;BYDAY=1MO", 0, RuleFault::NotSupported);
    check("FREQ=YEARLY;BYDAY=20MO", 12, RuleFault::BadValue);
    check("FREQ=YEARLY;BYDAY=MO", 0, RuleFault::NotSupported);
    check("FREQ=SOMETIMES", 0, RuleFault::BadValue);
    check("FREQ=DAILY;INTERVAL=0", 11, RuleFault::BadValue);
    check("FREQ=DAILY;COUNT=0", 11, RuleFault::BadValue);
    check("FREQ=DAILY;UNTIL=2026-12-01", 11, RuleFault::BadValue);
    check("FREQ=DAILY;UNTIL=20260231", 11, RuleFault::BadValue);
    check("FREQ=DAILY;BYDAY=MON", 11, RuleFault::BadValue);
    check("FREQ=DAILY;BYDAY=é", 11, RuleFault::BadValue);
    check("FREQ=DAILY;BYMONTH=0", 11, RuleFault::BadValue);
    check("FREQ=DAILY;BYMONTHDAY=32", 11, RuleFault::BadValue);
    check("FREQ=DAILY;COUNT=1;UNTIL=20261201", 19, RuleFault::CountAndUntil);
    check("FREQ=DAILY;FREQ=DAILY", 11, RuleFault::Unknown);
    check("FREQ=DAILY;", 11, RuleFault::Unknown);
    check("EVERY=DAY", 0, RuleFault::Unknown);
    check("INTERVAL=2", 0, RuleFault::NoFrequency);
}

#[test]
fn a_rule_that_never_comes_true_ends() {
    let never = Rule::parse("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30").unwrap();
    let start = "2026-01-01T00:00".parse().unwrap();
    assert_eq!(never.between(start, &TimeZone::UTC, LONG_AGO, FAR_AHEAD, 10), []);
    let until = Rule::parse("FREQ=DAILY;UNTIL=20260103T000000Z").unwrap();
    assert_eq!(until.between(start, &TimeZone::UTC, LONG_AGO, FAR_AHEAD, 10).len(), 3);
    assert_eq!(
        until.between(start, &zone("Asia/Seoul"), LONG_AGO, FAR_AHEAD, 10).len(),
        3,
        "the third starts 15:00Z before"
    );
    let local = Rule::parse("FREQ=DAILY;UNTIL=20260102").unwrap();
    assert_eq!(local.between(start, &zone("Asia/Seoul"), LONG_AGO, FAR_AHEAD, 10).len(), 2, "a date is local");
}

//! The budgeting methods from a definition file to the figures: slices from the epoch, empty ones
//! skipped, the old edge with its whole slice, and tiers that tell slices apart for all of the window.

use super::*;
use crate::budget::{Measure, Share};
use crate::model::Counts;
use crate::openslo::{Mode, SourceFile, load};
use crate::status::{Status, evaluate};

/// An SLO with a target of 90 %, read from a file.
fn read(method: &str, slice: &str, window: &str) -> Slo {
    let slices = match method {
        "Occurrences" => String::new(),
        "Timeslices" => format!(", timeSliceTarget: 0.95, timeSliceWindow: {slice}"),
        _ => format!(", timeSliceWindow: {slice}"),
    };
    let text = format!(
        "apiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: api }}\nspec:\n  service: api\n  indicator:\n    \
         metadata: {{ name: api }}\n    spec:\n      ratioMetric:\n        \
         good: {{ metricSource: {{ type: spans, spec: {{ where: 'service=api kind=server !error' }} }} }}\n        \
         total: {{ metricSource: {{ type: spans, spec: {{ where: 'service=api kind=server' }} }} }}\n  \
         timeWindow: [ {{ duration: {window}, isRolling: true }} ]\n  budgetingMethod: {method}\n  \
         objectives: [ {{ target: 0.9{slices} }} ]\n"
    );
    let loaded = load(&[SourceFile { name: "slo.yaml".into(), bytes: text.into_bytes() }], Mode::Spec);
    assert!(loaded.usable(), "{:?}", loaded.findings);
    loaded.definitions.slos[0].clone()
}

fn at(slo: &Slo, cells: &CellStore, second: i64) -> Status {
    let status = evaluate(slo, &slo.objectives[0], cells, Timestamp::from_secs(second));
    assert_eq!(status.not_evaluated, None);
    status
}

#[test]
fn one_data_set_has_three_figures_by_method() {
    // An hour of minutes: 57 whole, two of low traffic all bad, one with a bad tenth.
    let minutes = [vec![(100, 0); 57], vec![(0, 10); 2], vec![(90, 10)]].concat();
    let events = (0..).zip(minutes).map(|(minute, (good, bad))| (minute * 60 + 30, good, bad));
    let events: Vec<(i64, u64, u64)> = events.collect();
    let share = |method: &str| {
        let slo = read(method, "1m", "1h");
        let cells = cells_with(std::slice::from_ref(&slo), events.clone());
        at(&slo, &cells, 3600).measure.share
    };
    assert_eq!(share("Occurrences"), Share::new(30, 5820));
    assert_eq!(share("Timeslices"), Share::new(3, 60));
    let mean = share("RatioTimeslices").unwrap();
    assert_eq!(u128::from(mean.bad()) * 1000, u128::from(mean.valid()) * 35, "exactly 0.965 are good");
}

#[test]
fn a_mean_that_cannot_be_written_out_is_never_in_the_services_favour() {
    let slo = read("RatioTimeslices", "1m", "3m");
    let events = [(30, 2, 1), (90, 2, 1), (150, 2, 1)];
    let cells = cells_with(std::slice::from_ref(&slo), events);
    let mean = at(&slo, &cells, 180).measure.share.unwrap();
    let (bad, valid) = (u128::from(mean.bad()), u128::from(mean.valid()));
    assert!(bad * 3 >= valid, "a third of each was bad: {bad} of {valid}");
    assert!((bad - 3) * 3 < valid, "and what is added is less than a part of each slice");
}

#[test]
fn minutes_stay_apart_for_all_of_a_month() {
    // One bad event a day, in minutes that tiers of five minutes and of an hour would merge with good ones.
    let slo = read("Timeslices", "1m", "28d");
    let (now, day) = (28 * 86_400, 86_400);
    let events = (0..28).flat_map(|n| {
        (0..60).map(move |minute| (n * day + minute * 60, u64::from(minute > 0), u64::from(minute == 0)))
    });
    let mut cells = cells_with(std::slice::from_ref(&slo), events);
    cells.expire(Timestamp::from_secs(now));
    let status = at(&slo, &cells, now);
    assert_eq!(status.measure.slices, Some(Counts { good: 28 * 59, bad: 28 }), "and no slice for the 23 empty hours");
    assert_eq!(status.measure.events, Counts { good: 28 * 59, bad: 28 });
}

#[test]
fn a_window_keeps_the_whole_slice_of_its_old_edge_however_long_the_slice() {
    let slo = read("Timeslices", "1d", "7d");
    let events = (0..20).map(|n| (n * 86_400 + 100, 1, 0));
    let mut cells = cells_with(std::slice::from_ref(&slo), events);
    // Late in day 19: six whole days and the edge's day, which is cut, but counts with its whole slice.
    let now = 19 * 86_400 + 80_000;
    cells.expire(Timestamp::from_secs(now));
    assert_eq!(at(&slo, &cells, now).measure.slices, Some(Counts { good: 7, bad: 0 }));
}

#[test]
fn a_lookback_shorter_than_a_slice_is_judged_by_the_slice_that_ended_last() {
    let slo = read("Timeslices", "10m", "1d");
    let cells = cells_with(std::slice::from_ref(&slo), [(100, 0, 1), (700, 1, 0), (1250, 0, 5)]);
    let five_minutes = |second: i64| at(&slo, &cells, second).burn_shares[0];
    assert_eq!(five_minutes(599), None, "none is over");
    assert_eq!(five_minutes(600), Share::new(1, 1));
    assert_eq!(five_minutes(1260), Share::new(0, 1), "the slice that runs is not judged");
    assert_eq!(five_minutes(2000), Share::new(1, 1));
    assert_eq!(five_minutes(2400), None, "an empty slice is skipped, not good");
}

#[test]
fn a_window_without_a_finished_slice_is_undefined_although_there_are_events() {
    for method in ["Timeslices", "RatioTimeslices"] {
        let slo = read(method, "1h", "1d");
        let cells = cells_with(std::slice::from_ref(&slo), [(100, 5, 0)]);
        let Measure { events, share, .. } = at(&slo, &cells, 200).measure;
        assert_eq!((events.good, share), (5, None), "{method}");
    }
}

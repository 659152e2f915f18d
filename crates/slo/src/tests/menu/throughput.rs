//! Slices that are judged by how many events they have.

use super::*;
use crate::model::CompositeMode;
use crate::status::{Status, evaluate};

/// At least 60 events a minute, in nine minutes of ten.
fn slo_with(annotations: bool) -> Slo {
    let metric = "thresholdMetric: { metricSource: { type: spans, spec: { where: 'service=shop kind=server', value: throughput } } }";
    let slo = read(metric, "Timeslices", "op: gte, value: 60, timeSliceTarget: 1, timeSliceWindow: 1m");
    Slo { annotations: if annotations { slo.annotations } else { BTreeMap::new() }, ..slo }
}

/// Cells with so many events in each minute, where the server measured but for the minutes in `blind`.
fn cells_of(slo: &Slo, minutes: &[u64], blind: std::ops::Range<i64>) -> CellStore {
    let events = (0..).zip(minutes).filter(|(_, n)| **n > 0).map(|(minute, n)| (minute * 60 + 30, *n, 0));
    let mut cells = cells_with(std::slice::from_ref(slo), events);
    for minute in 0..minutes.len() as i64 {
        let stretch =
            Stretch { after: Timestamp(minute * 60_000_000 - 1), upto: Timestamp((minute + 1) * 60_000_000 - 1) };
        cells.record(stretch, !blind.contains(&minute));
    }
    cells
}

fn slices(slo: &Slo, cells: &CellStore, minute: i64) -> (u64, u64) {
    let status: Status = evaluate(slo, &slo.objectives[0], cells, Timestamp(minute * 60_000_000 - 1));
    assert_eq!(status.not_evaluated, None);
    let Counts { good, bad } = status.measure.slices.unwrap();
    (good, bad)
}

#[test]
fn a_minute_is_good_with_enough_events_and_the_first_part_of_one_is_not_judged() {
    let slo = slo_with(false);
    let cells = cells_of(&slo, &[5, 60, 59, 61, 0, 60], 0..0);
    assert_eq!(slices(&slo, &cells, 6), (3, 2));
    assert_eq!(slices(&slo, &cells, 1), (0, 0), "counting began in it");
    let faster = Slo { objectives: vec![Objective { sli: rate_of(&slo, 61.0), ..slo.objectives[0].clone() }], ..slo };
    assert_eq!(slices(&faster, &cells, 6), (1, 4), "another limit reads the same counts");
}

fn rate_of(slo: &Slo, limit: f64) -> Sli {
    let Sli::Throughput { total, op, .. } = &slo.objectives[0].sli else { panic!() };
    Sli::Throughput { total: total.clone(), op: *op, limit }
}

#[test]
fn silence_is_held_against_it_where_somebody_listened_and_as_long_as_was_said() {
    let minutes: Vec<u64> = [vec![60; 5], vec![0; 20]].concat();
    let (always, ten) = (slo_with(false), slo_with(true));
    let cells = cells_of(&always, &minutes, 0..0);
    assert_eq!(slices(&always, &cells, 25), (4, 20));
    assert_eq!(slices(&ten, &cells, 25), (4, 10), "ten minutes of silence, then nothing is known");
    // A minute that was not measured has enough, or is not judged.
    let cells = cells_of(&always, &minutes, 3..7);
    assert_eq!(slices(&always, &cells, 25), (4, 18));
}

#[test]
fn a_composite_by_slices_is_bad_where_a_part_is_too_slow() {
    let mut slo = slo_with(false);
    let cells = cells_of(&slo, &[5, 60, 59, 61, 0, 60], 0..0);
    let whole = Objective { sli: Sli::Composite(CompositeMode::Literal), number: 2, ..slo.objectives[0].clone() };
    slo.objectives.push(whole);
    let status = evaluate(&slo, &slo.objectives[1], &cells, Timestamp(6 * 60_000_000 - 1));
    assert_eq!(status.measure.slices, Some(Counts { good: 3, bad: 2 }));
}

#[test]
fn throughput_by_a_tag_sums_it_and_no_throughput_is_a_ratio_in_prometheus() {
    let metric = "thresholdMetric: { metricSource: { type: spans, spec: { where: 'service=shop', value: throughput, count: records } } }";
    let slo = read(metric, "Timeslices", "op: gte, value: 100, timeSliceTarget: 1, timeSliceWindow: 1m");
    let batch = |id: u64, end_s: u64, records: i64| {
        let mut span = span(id, end_s * 1_000_000, false);
        span.local.service = "shop".into();
        span.tags = vec![("records".into(), Value::Int(records))];
        (Timestamp::from_secs(end_s as i64), span)
    };
    let (_, mut cells) =
        count(&definitions([slo.clone()]), &[batch(1, 30, 5), batch(2, 70, 60), batch(3, 110, 40), batch(4, 130, 99)]);
    cells.record(Stretch { after: Timestamp(-1), upto: Timestamp(180_000_000 - 1) }, true);
    assert_eq!(slices(&slo, &cells, 3), (1, 1));
    let rules = crate::export::prometheus_rules(&definitions([slo]));
    assert_eq!(rules.left_out, ["shop"]);
}

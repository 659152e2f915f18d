//! A status from cells: states, coverage, what cannot be evaluated.

use super::*;
use crate::gate::Reading;
use crate::key::ObjectiveKey;
use crate::model::{Asks, Counts, DataSource, Queried, Stretch};
use crate::series::series;
use crate::status::{State, Status, evaluate};
use crate::window::NotEvaluated;

fn status(slo: &Slo, cells: &CellStore, second: i64) -> Status {
    evaluate(slo, &slo.objectives[0], cells, Timestamp::from_secs(second))
}

#[test]
fn states_follow_budget_and_page() {
    let slo = availability(MINUTE, 90.0);
    let check = |events: &[(i64, u64, u64)], expected: State| {
        let cells = cells_with(std::slice::from_ref(&slo), events.iter().copied());
        assert_eq!(status(&slo, &cells, 1000).state(), expected, "{events:?}");
    };
    check(&[], State::Unmeasured);
    check(&[(900, 100, 0)], State::Unmeasured);
    check(&[(950, 100, 0), (999, 100, 0)], State::Healthy);
    check(&[(950, 1000, 0), (999, 50, 50)], State::Burning);
    check(&[(950, 100, 0), (999, 50, 50)], State::Exhausted);
    check(&[(950, 80, 20), (999, 100, 0)], State::Exhausted);
    check(&[(950, 90, 10)], State::Exhausted);
}

#[test]
fn an_empty_window_is_undefined_and_never_whole() {
    let slo = availability(MINUTE, 90.0);
    let status = status(&slo, &cells_with(std::slice::from_ref(&slo), [(10, 5, 0)]), 1000);
    assert_eq!((status.sli(), status.budget(), status.exhausts_in()), (None, None, None));
    assert_eq!(status.burns(), [None, Some(0.0), Some(0.0), Some(0.0)]);
    assert_eq!(status.first_counted, Some(Timestamp::from_secs(10)));
}

#[test]
fn burn_rates_look_back_over_their_own_windows() {
    let slo = availability(DurationUs(28 * DAY.0), 99.0);
    let now = 10 * 86_400;
    // One bad in a hundred at each age: within 5 min, 1 h, 6 h, 3 d.
    let events = [(now - 2 * 86_400, 99, 1), (now - 3 * 3600, 98, 2), (now - 1800, 97, 3), (now - 60, 96, 4)];
    let burns = status(&slo, &cells_with(std::slice::from_ref(&slo), events), now).burns();
    assert_eq!(burns, [Some(4.0), Some(3.5), Some(3.0), Some(2.5)]);
}

#[test]
fn coverage_is_judged_since_the_objective_was_first_measured() {
    let slo = availability(HOUR, 99.0);
    let mut cells = cells_with(std::slice::from_ref(&slo), [(1000, 10, 0)]);
    for second in 0..=1500 {
        cells.heartbeat(Timestamp::from_secs(second), second != 100);
    }
    let at_1500 = status(&slo, &cells, 1500).coverage;
    assert_eq!((at_1500.measured_us, at_1500.unmeasured_us), (500_000_000, 0), "what was before 1000 is not asked");
    for second in 1800..=2000 {
        cells.heartbeat(Timestamp::from_secs(second), true);
    }
    let at_2000 = status(&slo, &cells, 2000).coverage;
    assert_eq!((at_2000.measured_us, at_2000.unmeasured_us), (700_000_000, 300_000_000), "300 s without a heartbeat");
    assert_eq!(at_2000.ratio(), Some(0.7));
    assert_eq!(status(&slo, &CellStore::new(), 2000).coverage.ratio(), None);
}

#[test]
fn what_is_not_evaluated_says_so_and_shows_no_figure() {
    let mut slo = availability(HOUR, 99.0);
    let cells = cells_with(std::slice::from_ref(&slo), [(1000, 0, 10)]);
    let check = |slo: &Slo, expected: NotEvaluated| {
        let status = status(slo, &cells, 1000);
        assert_eq!((status.not_evaluated, status.state(), status.sli()), (Some(expected), State::Unmeasured, None));
    };
    slo.method = BudgetingMethod::Timeslices;
    slo.objectives[0].time_slice = Some(DurationUs(1_500_000));
    check(&slo, NotEvaluated::SliceLength);
    slo.window = monthly("2026-01-01T00:00:00", "Asia/Seoul");
    check(&slo, NotEvaluated::NoPeriod);
    slo.objectives[0].sli = Sli::External { source: "Prometheus".into() };
    check(&slo, NotEvaluated::ExternalSource);
}

#[test]
fn slices_without_events_are_skipped_and_so_is_the_one_that_is_not_over() {
    let mut slo = availability(DurationUs(10 * MINUTE.0), 90.0);
    slo.method = BudgetingMethod::Timeslices;
    slo.objectives[0].time_slice = Some(MINUTE);
    slo.objectives[0].time_slice_target = Some(target(95.0));
    let events = [(0, 0, 1), (60, 95, 5), (130, 94, 6), (190, 1, 0), (610, 0, 9)];
    let cells = cells_with(std::slice::from_ref(&slo), events);
    let slices = |second: i64| status(&slo, &cells, second).measure.slices;
    assert_eq!(slices(59), Some(Counts { good: 0, bad: 0 }));
    assert_eq!(slices(240), Some(Counts { good: 2, bad: 2 }), "95 % is good enough, 94 % is not");
    assert_eq!(
        slices(650),
        Some(Counts { good: 2, bad: 2 }),
        "the eleventh minute still runs, the first one's slice is cut"
    );
    assert_eq!(slices(660), Some(Counts { good: 2, bad: 2 }), "the first minute left, the eleventh joined");
    let events = status(&slo, &cells, 660).measure.events;
    assert_eq!(events, Counts { good: 190, bad: 20 }, "events stay visible beside slices");
}

#[test]
fn a_series_shows_each_step_and_the_budget_at_its_end() {
    let slo = availability(MINUTE, 90.0);
    let cells = cells_with(std::slice::from_ref(&slo), [(10, 10, 0), (60, 0, 10), (119, 10, 0), (120, 0, 7)]);
    let stretch = Stretch { after: Timestamp(0), upto: Timestamp::from_secs(125) };
    let points = series(&slo, &slo.objectives[0], &cells, stretch, MINUTE).unwrap();
    let shown: Vec<(Counts, Option<f64>)> = points.iter().map(|point| (point.events, point.budget)).collect();
    assert_eq!(shown, [(Counts { good: 10, bad: 0 }, Some(1.0)), (Counts { good: 10, bad: 10 }, Some(-4.0)),]);
    assert!(series(&slo, &slo.objectives[0], &cells, stretch, DurationUs(0)).unwrap().is_empty());
}

#[test]
fn what_was_measured_elsewhere_and_is_not_even_asked_for_is_unanswered_and_silent_to_the_gate() {
    let source = DataSource { name: "metrics".into(), url: "http://metrics".into() };
    let asks = Asks::Raw { query: "up".into(), is_failure: false };
    let sli = Sli::Queried(Queried { source, asks }.into());
    let slo = slo("api-up", "api", HOUR, objective(sli, target(90.0)));
    let key = ObjectiveKey::of(&slo.objectives[0].sli).unwrap();
    let mut cells = CellStore::new();
    cells.define(&definitions([slo.clone()]), Timestamp(0));
    let look = |cells: &CellStore, second: i64| {
        let status = status(&slo, cells, second);
        let reading = Reading::of(&status, status.at);
        (status.is_unanswered, reading.was_counted, reading.is_silent)
    };
    assert_eq!(look(&cells, 1200), (false, false, false), "it may be asked for yet");
    (10..20).for_each(|minute| cells.replace(key, 60, minute, Some(Counts { good: 10, bad: 0 })));
    assert_eq!(look(&cells, 1200), (false, true, false));
    // It was asked for and not answered.
    (20..25).for_each(|minute| cells.replace(key, 60, minute, None));
    assert_eq!(look(&cells, 1500), (true, true, true));
    // Nothing was asked for since: the server was away, or waits.
    assert_eq!(look(&cells, 2400), (true, true, true));
    cells.replace(key, 60, 39, Some(Counts { good: 10, bad: 0 }));
    assert_eq!(look(&cells, 2400), (false, true, false));
}

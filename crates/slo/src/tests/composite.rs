//! Composites as the specification reads them, and as the annotation does.

use super::{definitions, objective, ratio, slo, target};
use crate::alert::book::{AlertBook, Look};
use crate::alert::rule::LOW_TRAFFIC_ANNOTATION;
use crate::alert::telling::Telling;
use crate::cells::CellStore;
use crate::count::Delta;
use crate::fraction::Fraction;
use crate::key::ObjectiveKey;
use crate::model::{BudgetingMethod, CompositeMode, Counts, Objective, Sli, Slo};
use crate::status::{Status, evaluate, evaluate_all};
use crate::window::NotEvaluated;
use nines_base::{DurationUs, Timestamp};

const MINUTE: DurationUs = DurationUs::from_secs(60);
const HOUR: DurationUs = DurationUs::from_secs(3600);

/// A composite of parts, each with its operation, target in per cent and weight.
fn composite(method: BudgetingMethod, mode: CompositeMode, parts: &[(&str, f64, u128)]) -> Slo {
    let part = |(op, percent, weight): &(&str, f64, u128)| {
        let mut part = objective(ratio(&format!("service=api op={op}"), "!error"), target(*percent));
        part.weight = Fraction::whole(*weight);
        part.display_name = Some((*op).to_owned());
        if method != BudgetingMethod::Occurrences {
            part.time_slice = Some(MINUTE);
            part.time_slice_target = Some(target(95.0));
        }
        part
    };
    let parts: Vec<Objective> = parts.iter().map(part).collect();
    let mut slo = slo("journey", "api", HOUR, parts[0].clone());
    let least = parts.iter().map(|part| part.target).min().unwrap();
    let whole = Objective { sli: Sli::Composite(mode), target: least, display_name: None, ..objective_of(&parts) };
    slo.objectives = parts.into_iter().chain([whole]).collect();
    slo.method = method;
    slo
}

fn objective_of(parts: &[Objective]) -> Objective {
    Objective { weight: Fraction::whole(1), number: parts.len() as u32 + 1, ..parts[0].clone() }
}

/// Each part with `(good, bad)` by minute.
fn judged(slo: &Slo, minutes: &[Vec<(u64, u64)>]) -> Status {
    let mut cells = CellStore::new();
    cells.define(&definitions([slo.clone()]), Timestamp(0));
    let mut delta = Delta::default();
    for (objective, minutes) in slo.objectives.iter().zip(minutes) {
        let key = ObjectiveKey::of(&objective.sli).unwrap();
        let second = |n: usize| n as i64 * 60 + 30;
        let counts = |(n, &(good, bad)): (usize, &(u64, u64))| (key, second(n), Counts { good, bad });
        delta.cells.extend(minutes.iter().enumerate().map(counts));
    }
    cells.apply(delta);
    evaluate(slo, slo.objectives.last().unwrap(), &cells, Timestamp(HOUR.0 - 1))
}

fn figures(status: &Status) -> (f64, f64) {
    (status.sli().unwrap(), status.budget().unwrap().as_f64())
}

fn close((sli, budget): (f64, f64), (expected_sli, expected_budget): (f64, f64)) {
    assert!((sli - expected_sli).abs() < 1e-9, "sli {sli}, expected {expected_sli}");
    assert!((budget - expected_budget).abs() < 1e-9, "budget {budget}, expected {expected_budget}");
}

#[test]
fn ratio_timeslices_of_95_and_95_per_cent_are_90() {
    let slo = composite(BudgetingMethod::RatioTimeslices, CompositeMode::Literal, &[("a", 80.0, 1), ("b", 80.0, 1)]);
    let minutes = vec![vec![(95, 5); 60], vec![(19, 1); 60]];
    close(figures(&judged(&slo, &minutes)), (0.90, 0.5));
}

#[test]
fn by_occurrences_parts_burn_the_composite_as_they_burn_their_own_budgets() {
    let slo = composite(BudgetingMethod::Occurrences, CompositeMode::Literal, &[("a", 99.0, 1), ("b", 99.0, 1)]);
    // 0.2 and 0.3 of their budgets, although the second has ten times the traffic.
    let minutes = vec![vec![(998, 2)], vec![(9970, 30)]];
    close(figures(&judged(&slo, &minutes)), (0.995, 0.5));
    let mut weighted = slo.clone();
    weighted.objectives[1].weight = Fraction::new(5, 2).unwrap();
    close(figures(&judged(&weighted, &minutes)), (1.0 - 0.0095, 0.05));
    // Of other targets it is budgets that add up, and the composite is told under the least of the targets.
    let mixed = composite(BudgetingMethod::Occurrences, CompositeMode::Literal, &[("a", 99.0, 1), ("b", 99.9, 1)]);
    close(figures(&judged(&mixed, &[vec![(998, 2)], vec![(9997, 3)]])), (0.995, 0.5));
}

#[test]
fn no_more_is_missing_than_all() {
    let slo = composite(BudgetingMethod::Occurrences, CompositeMode::Literal, &[("a", 50.0, 3), ("b", 50.0, 1)]);
    close(figures(&judged(&slo, &[vec![(0, 10)], vec![(5, 5)]])), (0.0, -1.0));
}

#[test]
fn a_slice_that_is_bad_for_any_part_is_bad_for_the_composite() {
    let slo = composite(BudgetingMethod::Timeslices, CompositeMode::Literal, &[("a", 90.0, 1), ("b", 90.0, 1)]);
    // Minutes 0–2 are bad for the first, 2–4 for the second, and nobody came after minute 49.
    let of = |bad: std::ops::Range<usize>| (0..50).map(|n| if bad.contains(&n) { (0, 1) } else { (1, 0) }).collect();
    let status = judged(&slo, &[of(0..3), of(2..5)]);
    close(figures(&status), (0.9, 0.0));
    assert_eq!(status.measure.slices.map(|slices| (slices.good, slices.bad)), Some((45, 5)));
}

#[test]
fn normalised_takes_the_mean_by_weight_and_worst_the_least_budget() {
    let parts = [("a", 99.0, 3), ("b", 99.0, 1)];
    let minutes = vec![vec![(998, 2)], vec![(990, 10)]];
    let normalised = composite(BudgetingMethod::Occurrences, CompositeMode::Normalised, &parts);
    close(figures(&judged(&normalised, &minutes)), (1.0 - 0.004, 0.6));
    let worst = composite(BudgetingMethod::Occurrences, CompositeMode::Worst, &parts);
    close(figures(&judged(&worst, &minutes)), (0.99, 0.0));
}

#[test]
fn reference_3_10_keptns_score_of_85_of_92_is_the_mean_by_weight() {
    let parts = [("passed", 99.0, 85), ("failed", 99.0, 7)];
    let slo = composite(BudgetingMethod::Occurrences, CompositeMode::Normalised, &parts);
    let (_, budget) = figures(&judged(&slo, &[vec![(1000, 0)], vec![(990, 10)]]));
    assert!((budget - 85.0 / 92.0).abs() < 1e-9, "{budget}");
}

#[test]
fn a_part_that_nothing_was_valid_of_consumes_nothing_and_all_such_leave_the_composite_undefined() {
    let slo = composite(BudgetingMethod::Occurrences, CompositeMode::Literal, &[("a", 99.0, 1), ("b", 99.0, 1)]);
    close(figures(&judged(&slo, &[vec![(998, 2)], vec![]])), (0.998, 0.8));
    let status = judged(&slo, &[vec![], vec![]]);
    assert_eq!((status.sli(), status.budget()), (None, None));
}

#[test]
fn alerts_are_the_composites_own_and_its_name_is_the_slos() {
    let slo = composite(BudgetingMethod::Occurrences, CompositeMode::Literal, &[("a", 99.0, 1), ("b", 99.0, 1)]);
    let statuses = evaluate_all(&definitions([slo]), &CellStore::new(), Timestamp(HOUR.0));
    let told: Vec<(&str, bool)> = statuses.iter().map(|status| (&*status.name, status.alerts.is_empty())).collect();
    assert_eq!(told, [("journey/a", true), ("journey/b", true), ("journey", false)]);
}

/// Each part with what came in the last of 60 minutes; an hour before that nothing failed.
fn is_paging(slo: &Slo, last: &[(u64, u64)]) -> bool {
    let minutes = |last: &(u64, u64)| {
        let mut minutes = vec![(0, 0); 60];
        minutes[59] = *last;
        minutes
    };
    judged(slo, &last.iter().map(minutes).collect::<Vec<_>>()).is_paging()
}

#[test]
fn a_page_is_tested_for_bad_luck_part_by_part() {
    let of = |n_parts: usize| {
        let parts = ["a", "b", "c", "d", "e"].map(|op| (op, 99.9, 1));
        composite(BudgetingMethod::Occurrences, CompositeMode::Literal, &parts[..n_parts])
    };
    // Five of ten is no luck, and the many events of the other part do not make it one.
    assert!(is_paging(&of(2), &[(100_000, 0), (5, 5)]));
    // One of ten can be luck, and is not made more by the luck of others.
    let lucks = [(9, 1); 5];
    assert!(!is_paging(&of(5), &lucks));
    let mut untested = of(5);
    untested.annotations.insert(LOW_TRAFFIC_ANNOTATION.into(), "off".into());
    assert!(is_paging(&untested, &lucks));
    assert!(is_paging(&of(5), &[(9, 1), (9, 1), (9, 1), (9, 1), (8, 2)]), "two of ten are too many for luck");
}

#[test]
fn a_part_is_tested_against_its_own_target() {
    // Twelve of 400 burn threefold at 99 %, which can be luck, and thirtyfold at 99.9 %, which cannot.
    let slo = |first: f64| {
        let parts = [("a", first, 1), ("b", 99.0, 1)];
        composite(BudgetingMethod::Occurrences, CompositeMode::Literal, &parts)
    };
    let last = [(388, 12), (1000, 0)];
    assert!(is_paging(&slo(99.9), &last));
    assert!(!is_paging(&slo(99.0), &last));
}

#[test]
fn what_is_consumed_is_rounded_up_and_never_in_favour_of_the_service() {
    let thirds = |mode| {
        let slo = composite(BudgetingMethod::Occurrences, mode, &[("a", 50.0, 1), ("b", 50.0, 1)]);
        judged(&slo, &[vec![(2, 1)], vec![(2, 1)]]).measure.share.unwrap()
    };
    assert_eq!(thirds(CompositeMode::Literal).bad(), 666_666_666_668);
    for (mode, n_parts) in [(CompositeMode::Literal, 2), (CompositeMode::Normalised, 1), (CompositeMode::Worst, 1)] {
        let share = thirds(mode);
        assert!(u128::from(share.bad()) * 3 >= n_parts * u128::from(share.valid()), "{mode:?}: {share:?}");
    }
}

#[test]
fn a_composite_speaks_for_its_parts_and_only_it_is_told_to_be_unmeasured() {
    let slo = composite(BudgetingMethod::Occurrences, CompositeMode::Literal, &[("a", 99.0, 1), ("b", 99.0, 1)]);
    let mut cells = CellStore::new();
    let definitions = definitions([slo.clone()]);
    cells.define(&definitions, Timestamp(0));
    let mut delta = Delta::default();
    for part in &slo.objectives[..2] {
        let key = ObjectiveKey::of(&part.sli).unwrap();
        delta.cells.push((key, 30, Counts { good: 10, bad: 0 }));
        delta.first_counted.push((key, Timestamp::from_secs(30)));
    }
    cells.apply(delta);
    // Two windows later nothing is left of it.
    let at = Timestamp(3 * HOUR.0);
    let statuses = evaluate_all(&definitions, &cells, at);
    assert_eq!(statuses.iter().map(|status| status.is_part).collect::<Vec<_>>(), [true, true, false]);
    let telling = Telling::BY_POLICIES;
    let look = Look { definitions: &definitions, statuses: &statuses, stories: &[], telling, now: at };
    let planned = AlertBook::default().plan(&look);
    let unmeasured = planned.iter().filter(|transition| transition.key.severity == "unmeasured");
    assert_eq!(unmeasured.map(|transition| transition.name.as_str()).collect::<Vec<_>>(), ["journey"]);
}

#[test]
fn slices_of_different_lengths_are_not_judged_together_and_that_is_what_is_said() {
    let mut slo = composite(BudgetingMethod::Timeslices, CompositeMode::Literal, &[("a", 90.0, 1), ("b", 90.0, 1)]);
    slo.objectives[1].time_slice = Some(DurationUs(5 * MINUTE.0));
    let status = judged(&slo, &[vec![(1, 0); 60], vec![(1, 0); 60]]);
    assert_eq!(status.not_evaluated, Some(NotEvaluated::MixedSlices));
}

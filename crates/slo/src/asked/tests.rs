use super::*;
use crate::model::Comparison;
use proptest::prelude::*;

fn series(values: &[f64]) -> Series {
    values.iter().map(|value| Some(*value)).collect()
}

fn ratio(part: QueryPart, is_counter: bool) -> Asks {
    Asks::Ratio { total: "all".into(), part, is_counter }
}

fn good() -> QueryPart {
    QueryPart::Good("good".into())
}

fn bad() -> QueryPart {
    QueryPart::Bad("bad".into())
}

fn counts(good: u64, bad: u64) -> Result<Counts, Gap> {
    Ok(Counts { good, bad })
}

fn counted(asks: &Asks, answers: &[Vec<Series>], wanted: Range<usize>) -> Vec<Result<Counts, Gap>> {
    let answers: Vec<&[Series]> = answers.iter().map(Vec::as_slice).collect();
    slices(asks, &answers, wanted, 60)
}

fn check(asks: &Asks, answers: &[Vec<Series>], expected: &[Result<Counts, Gap>]) {
    assert_eq!(counted(asks, answers, 0..expected.len()), expected);
}

#[test]
fn counters_give_what_they_grew_by_and_series_add_up() {
    let total = vec![series(&[100.0, 150.0, 150.0, 250.0]), series(&[7.0, 17.0, 17.0, 17.0])];
    let of_good = vec![series(&[90.0, 140.0, 140.0, 239.0]), series(&[7.0, 16.0, 16.0, 16.0])];
    check(&ratio(good(), true), &[total.clone(), of_good], &[counts(59, 1), counts(0, 0), counts(99, 1)]);
    let of_bad = vec![series(&[1.0, 3.0, 3.0, 4.0])];
    check(&ratio(bad(), true), &[total, of_bad], &[counts(58, 2), counts(0, 0), counts(99, 1)]);
}

/// Values that go on growing by 50 a slice, so that what fell is known to stay below.
fn and_on(values: &[f64]) -> Series {
    let last = values.last().copied().unwrap_or_default();
    let further = (1..=SLICES_AFTER).map(|slice| last + 50.0 * slice as f64);
    values.iter().copied().chain(further).map(Some).collect()
}

#[test]
fn a_counter_that_began_anew_counts_what_it_shows_and_a_sum_that_lost_a_summand_is_a_gap() {
    let restarted = vec![and_on(&[900.0, 1000.0, 30.0, 130.0])];
    check(&ratio(bad(), true), &[restarted, vec![]], &[counts(100, 0), counts(30, 0), counts(100, 0)]);
    let lost = vec![and_on(&[1900.0, 2000.0, 1000.0, 1050.0])];
    check(&ratio(bad(), true), &[lost, vec![]], &[counts(100, 0), Err(Gap::Jump), counts(50, 0)]);
    // Bad events cannot be more than all.
    let (total, of_bad) = (vec![and_on(&[0.0, 10.0, 20.0])], vec![and_on(&[500.0, 500.0, 15.0])]);
    check(&ratio(bad(), true), &[total, of_bad], &[counts(10, 0), Err(Gap::Jump)]);
}

#[test]
fn a_sum_that_falls_and_comes_back_has_neither_events_of_the_fall_nor_of_the_rise() {
    // One of two instances is not scraped for two minutes; each had a million events, and has fifty a minute.
    let million = 1e6;
    let dip =
        vec![and_on(&[2.0 * million, 2.0 * million + 100.0, million + 100.0, million + 150.0, 2.0 * million + 400.0])];
    let expected = [counts(100, 0), Err(Gap::Jump), counts(50, 0), Err(Gap::Jump), counts(50, 0)];
    check(&ratio(bad(), true), &[dip, vec![]], &expected);
    // The same of a small sum, whose rest is no more than a surge.
    let dip = vec![and_on(&[0.0, 100.0, 150.0, 40.0, 70.0, 230.0])];
    let expected = [counts(100, 0), counts(50, 0), Err(Gap::Jump), counts(30, 0), Err(Gap::Jump), counts(50, 0)];
    check(&ratio(bad(), true), &[dip, vec![]], &expected);
    // Of the bad ones, likewise.
    let (total, of_bad) = (vec![and_on(&[0.0, 100.0, 200.0, 300.0])], vec![and_on(&[80.0, 40.0, 40.0, 90.0])]);
    check(&ratio(bad(), true), &[total, of_bad], &[Err(Gap::Jump), counts(100, 0), Err(Gap::Jump)]);
}

#[test]
fn two_summands_that_left_one_after_the_other_come_back_one_after_the_other() {
    let stairs = vec![and_on(&[2950.0, 3000.0, 2000.0, 1000.0, 2000.0, 3000.0])];
    let jump = Err(Gap::Jump);
    check(&ratio(bad(), true), &[stairs, vec![]], &[counts(50, 0), jump, jump, jump, jump, counts(50, 0)]);
}

#[test]
fn a_fall_counts_only_when_it_is_known_that_nothing_comes_back() {
    let values = [900.0, 1000.0, 30.0, 60.0, 90.0, 120.0, 150.0];
    for n_known in 3..values.len() {
        let known = vec![series(&values[..n_known])];
        check(&ratio(bad(), true), &[known, vec![]], &[counts(100, 0), Err(Gap::Jump)]);
    }
    check(&ratio(bad(), true), &[vec![series(&values)], vec![]], &[counts(100, 0), counts(30, 0)]);
}

#[test]
fn what_comes_back_makes_no_surge() {
    // 5000 came back; three slices later the sum falls to 400, which is more than a surge of a hundred a slice.
    let values = [9000.0, 9100.0, 4100.0, 9200.0, 9300.0, 9400.0, 9500.0, 400.0];
    check(&ratio(bad(), true), &[vec![and_on(&values)], vec![]], &{
        let (jump, hundred) = (Err(Gap::Jump), counts(100, 0));
        [hundred, jump, jump, hundred, hundred, hundred, jump]
    });
}

#[test]
fn a_series_that_is_born_counts_and_an_old_one_that_appears_does_not() {
    let old = and_on(&[100.0, 150.0, 200.0]);
    let born = vec![None, Some(20.0), Some(60.0)];
    check(&ratio(bad(), true), &[vec![old.clone(), born], vec![]], &[counts(70, 0), counts(90, 0)]);
    let late = |values: &[f64]| std::iter::once(None).chain(and_on(values)).collect::<Series>();
    let appeared = late(&[1e6, 1e6 + 50.0]);
    check(&ratio(bad(), true), &[vec![old.clone(), appeared.clone()], vec![]], &[counts(50, 0), counts(100, 0)]);
    check(&ratio(bad(), true), &[vec![appeared], vec![]], &[Err(Gap::Jump), counts(50, 0)]);
    // Where nothing was counted before, the slices after it tell a beginning, once they are known.
    let first = late(&[80.0, 130.0]);
    check(&ratio(bad(), true), &[vec![first.clone()], vec![]], &[counts(80, 0), counts(50, 0)]);
    check(&ratio(bad(), true), &[vec![first[..5].to_vec()], vec![]], &[Err(Gap::Jump), counts(50, 0)]);
    // The first error ever begins its series.
    let first_error = vec![None, Some(2.0), Some(2.0)];
    check(&ratio(bad(), true), &[vec![old], vec![first_error]], &[counts(48, 2), counts(50, 0)]);
}

#[test]
fn what_nobody_tells_of_is_a_gap_but_bad_events_are_none() {
    let total = vec![series(&[0.0, 10.0, 10.0])];
    check(&ratio(good(), true), &[total.clone(), vec![]], &[Err(Gap::NoFigure), counts(0, 0)]);
    check(&ratio(bad(), true), &[total, vec![]], &[counts(10, 0), counts(0, 0)]);
    let broken = vec![vec![Some(0.0), None, Some(10.0)]];
    check(&ratio(bad(), true), &[broken, vec![]], &[Err(Gap::NoFigure), Err(Gap::Jump)]);
    for asks in [ratio(good(), false), ratio(bad(), false)] {
        check(&asks, &[vec![], vec![]], &[Err(Gap::NoFigure)]);
    }
}

#[test]
fn numbers_are_the_events_of_their_slice_and_rates_those_of_a_second() {
    let answers = [vec![series(&[0.0, 10.4, 8.0])], vec![series(&[0.0, 9.0, 9.0])]];
    check(&ratio(good(), false), &answers, &[counts(9, 1), counts(8, 0)]);
    let rate = |part| Asks::Ratio { total: "sum(rate(all[5m]))".into(), part, is_counter: false };
    let part = QueryPart::Good("sum( irate (ok[5m]) )".into());
    check(&rate(part), &[vec![series(&[0.0, 0.5])], vec![series(&[0.0, 0.25])]], &[counts(15, 15)]);
    let wrong = [vec![series(&[0.0, -1.0])], vec![]];
    check(&ratio(bad(), false), &wrong, &[Err(Gap::NoNumber(-1.0))]);
    let huge = [vec![series(&[0.0, f64::INFINITY])], vec![]];
    check(&ratio(bad(), false), &huge, &[Err(Gap::NoNumber(f64::INFINITY))]);
}

#[test]
fn a_rate_is_known_by_its_call() {
    for yes in ["rate(x[1m])", "sum by (a) (irate(x[1m]))", "1-rate (x[1m])"] {
        assert!(takes_rate(yes), "{yes}");
    }
    for no in
        ["error_rate", "error_rate(x)", "x{name=\"rate(\"}", "x{name='\\'rate('}", "rate", "birate(x)", "rates(x)"]
    {
        assert!(!takes_rate(no), "{no}");
    }
}

#[test]
fn raw_shares_weigh_the_same_and_thresholds_are_one_event_a_value() {
    let raw = |is_failure| Asks::Raw { query: "q".into(), is_failure };
    let answers = [vec![series(&[0.0, 0.999, 1.5, f64::NAN])]];
    let expected = [counts(999_000, 1000), Err(Gap::NoShare(1.5)), Err(Gap::NoFigure)];
    check(&raw(false), &answers, &expected);
    assert_eq!(counted(&raw(true), &answers, 0..1), [counts(1000, 999_000)]);
    let below = Asks::Threshold { query: "q".into(), op: Comparison::Lt, limit: 0.3 };
    let answers = [vec![series(&[0.0, 0.29, 0.3]), series(&[0.0, 0.1, f64::NAN])]];
    check(&below, &answers, &[counts(2, 0), counts(0, 1)]);
}

/// Any value that a series can have, and none.
fn any_values() -> impl Strategy<Value = Vec<Vec<Series>>> {
    let value =
        prop_oneof![Just(None), any::<f64>().prop_map(Some), (0u32..1000).prop_map(|value| Some(f64::from(value))),];
    let series = proptest::collection::vec(value, 0..8);
    proptest::collection::vec(proptest::collection::vec(series, 0..4), 0..3)
}

proptest! {
    /// Whatever is answered, short or wrong, gives counts that can be, or a gap.
    #[test]
    fn any_answer_is_counts_or_a_gap(answers in any_values()) {
        let threshold = Asks::Threshold { query: "q".into(), op: Comparison::Gte, limit: 1.0 };
        let raw = Asks::Raw { query: "q".into(), is_failure: true };
        let ratios = [ratio(good(), true), ratio(bad(), true), ratio(good(), false), ratio(bad(), false)];
        for asks in ratios.into_iter().chain([threshold, raw]) {
            let counted = counted(&asks, &answers, 0..6);
            prop_assert_eq!(counted.len(), 6);
            for counts in counted.into_iter().flatten() {
                prop_assert!(counts.valid() <= EVENTS_MAX as u64);
            }
        }
    }

    /// A counter that grows and begins anew where its server restarts: what is counted is never more than there was,
    /// and misses only restarts that nobody can see.
    #[test]
    fn restarts_lose_at_most_what_nobody_saw(
        steps in proptest::collection::vec((0u64..10, proptest::bool::weighted(0.1)), 1..60),
    ) {
        let (mut shown, mut values, mut seen, mut visible) = (0u64, vec![Some(0.0)], 0u64, 0u64);
        for (events, restarts) in &steps {
            seen += events;
            visible += if *restarts && *events >= shown { events - shown } else { *events };
            shown = if *restarts { *events } else { shown + events };
            values.push(Some(shown as f64));
        }
        values.extend([Some(shown as f64); SLICES_AFTER]);
        let counted = counted(&ratio(bad(), true), &[vec![values], vec![]], 0..steps.len());
        let sum: u64 = counted.iter().flatten().map(|counts| counts.valid()).sum();
        prop_assert!(sum <= visible && visible <= seen);
        if counted.iter().all(Result::is_ok) {
            prop_assert_eq!(sum, visible);
        }
    }

    /// A slice comes out the same whatever is asked for with it; only a fall at the end of what is known may yet
    /// turn out to be none.
    #[test]
    fn a_slice_does_not_depend_on_how_long_the_answer_is(
        steps in proptest::collection::vec((0u64..50, 0u8..12), 90..140),
        upto in 70usize..90,
    ) {
        let (mut sum, mut away, mut values) = (1000u64, 0u64, vec![Some(1000.0)]);
        for (events, what) in steps {
            match what {
                // An instance leaves, or all that left comes back.
                0 => (sum, away) = (sum - sum / 2, away + sum / 2),
                1 => (sum, away) = (sum + away, 0),
                2 => (sum, away) = (events, 0),
                _ => sum += events,
            }
            values.push((what != 3).then_some(sum as f64));
        }
        let asks = ratio(bad(), true);
        let (before, after) = neighbours(&asks);
        let of = |from: usize, until: usize| vec![vec![values[from..=until].to_vec()], vec![]];
        let n_slices = values.len() - 1;
        let whole = counted(&asks, &of(0, n_slices), before..n_slices);
        for from in before..upto {
            let (first, until) = (from - before, n_slices.min(upto + after));
            let part = counted(&asks, &of(first, until), before..before + (upto - from));
            prop_assert_eq!(&part[..], &whole[from - before..upto - before]);
            let newest = counted(&asks, &of(first, upto), before..before + (upto - from));
            for (early, late) in newest.iter().zip(&part) {
                prop_assert!(early == late || *early == Err(Gap::Jump), "{early:?} became {late:?}");
            }
        }
    }
}

//! From figures that another system gave to good and bad events, slice by slice.
//!
//! A range query is answered with series: values at the ends of slices. What they mean is the indicator's:
//!
//! - A ratio of **counters**: what a series grew by in a slice are its events. One that shows less than before began
//!   anew, and one that was not there before was born: what either shows counts, as Prometheus has it, unless
//!   that is more than the busiest slice of the answer by [`SURGE_MAX`], or more than all events of the slice. Then a
//!   summand left or joined a sum, and nobody can say what the slice had.
//! - A ratio of **numbers** that go up and down: each is the events of its slice; where the query takes a rate, events a
//!   second.
//! - A **raw** share says nothing of how many events there were: every slice weighs the same.
//! - A **threshold**: each value is one event, good where it compares as the objective says.
//!
//! Several series add up. A slice without figures is unmeasured, never good; only bad events that no series
//! tells of are none, because their series begin with the first of them.
//!
//! Knows nothing of HTTP, time or cells.

use crate::cells::{ASKED_SLICE_S, ASKED_SLICE_SHORT_S, slice_seconds};
use crate::model::{Asks, Counts, Objective, QueryPart, Slo};
use nines_base::DurationUs;

/// Events that a raw share stands for in each slice: shares are exact to a millionth.
pub const RAW_EVENTS: u64 = 1_000_000;

/// How many times the busiest slice of an answer a counter that began anew may show.
pub const SURGE_MAX: f64 = 2.0;

/// Above this a figure is not exact any more, and no number of events.
const EVENTS_MAX: f64 = 9_007_199_254_740_992.0;

/// A series of an answer: its value at each end of a slice, the beginning of the first one included; `None` where
/// it has none.
pub type Series = Vec<Option<f64>>;

/// Why a slice has no counts although the other system answered.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Gap {
    /// No series has a value there.
    NoFigure,
    /// A counter shows less, or so much more, than before that nobody can say what the slice had.
    Jump,
    /// A share is not between 0 and 1.
    NoShare(f64),
    /// A number of events is negative, or too large.
    NoNumber(f64),
}

/// Windows shorter than this are asked for in [`ASKED_SLICE_SHORT_S`].
const SHORT_WINDOW: DurationUs = DurationUs::from_secs(3600);

/// Length of the slices that an objective is asked for in, seconds.
pub fn slice_s(slo: &Slo, objective: &Objective) -> u32 {
    let is_short = slo.window.length_at_most() < SHORT_WINDOW;
    let divides = |slice_s: u32| slice_s.is_multiple_of(ASKED_SLICE_S);
    let is_fine = slice_seconds(slo, objective).ok().flatten().is_some_and(|slice_s| !divides(slice_s));
    if is_short || is_fine { ASKED_SLICE_SHORT_S } else { ASKED_SLICE_S }
}

/// What the slices of an answer had. `answers` are the series of each of [`Asks::queries`], each as long as there are
/// slices and one more.
pub fn slices(asks: &Asks, answers: &[Vec<Series>], n_slices: usize, slice_s: u32) -> Vec<Result<Counts, Gap>> {
    const NONE: &[Series] = &[];
    let of = |query: usize| answers.get(query).map_or(NONE, Vec::as_slice);
    match asks {
        Asks::Raw { is_failure, .. } => (0..n_slices).map(|slice| raw(of(0), slice, *is_failure)).collect(),
        Asks::Threshold { op, limit, .. } => {
            (0..n_slices).map(|slice| compared(of(0), slice, |value| op.holds(value, *limit))).collect()
        }
        Asks::Ratio { total, part, is_counter: false } => {
            let (QueryPart::Good(query) | QueryPart::Bad(query)) = part;
            let [total_scale, part_scale] = [total, query].map(|query| scale(query, slice_s));
            let ratio = |slice| {
                let total = events(number(of(0), slice, total_scale))?.ok_or(Gap::NoFigure)?;
                divide(part, total, events(number(of(1), slice, part_scale))?)
            };
            (0..n_slices).map(ratio).collect()
        }
        Asks::Ratio { part, is_counter: true, .. } => {
            let surge = SURGE_MAX * (0..n_slices).map(|slice| growth(of(0), slice)).fold(0.0, f64::max);
            let ratio = |slice| {
                let total = increase(of(0), slice, surge)?;
                let total = events(total)?.ok_or(Gap::NoFigure)?;
                divide(part, total, events(increase(of(1), slice, total)?)?)
            };
            (0..n_slices).map(ratio).collect()
        }
    }
}

/// Good and bad events, in whole numbers. Without a figure of the bad ones there were none; without one of the good ones
/// nobody can say.
fn divide(part: &QueryPart, total: f64, of_part: Option<f64>) -> Result<Counts, Gap> {
    let total = total.round();
    let good = match (part, of_part) {
        (QueryPart::Good(_), Some(good)) => good.round().min(total),
        (QueryPart::Good(_), None) if total > 0.0 => return Err(Gap::NoFigure),
        (QueryPart::Good(_), None) => 0.0,
        (QueryPart::Bad(_), bad) => total - bad.unwrap_or(0.0).round().min(total),
    };
    // Both are whole, from 0 to 2^53.
    Ok(Counts { good: good as u64, bad: (total - good) as u64 })
}

/// A figure that can be a number of events.
fn events(figure: Option<f64>) -> Result<Option<f64>, Gap> {
    match figure {
        Some(wrong) if !(0.0..=EVENTS_MAX).contains(&wrong) => Err(Gap::NoNumber(wrong)),
        figure => Ok(figure),
    }
}

/// The values of all series at the end of a slice; one that is not a number is none.
fn at_end(series: &[Series], slice: usize) -> impl Iterator<Item = f64> + '_ {
    series.iter().filter_map(move |one| value(one, slice + 1))
}

fn value(series: &Series, at: usize) -> Option<f64> {
    series.get(at).copied().flatten().filter(|value| !value.is_nan())
}

fn number(series: &[Series], slice: usize, scale: f64) -> Option<f64> {
    at_end(series, slice).map(|value| value * scale).reduce(|sum, value| sum + value)
}

/// What all series that have both ends of a slice grew by in it.
fn growth(series: &[Series], slice: usize) -> f64 {
    let grown = |one: &Series| Some((value(one, slice + 1)? - value(one, slice)?).max(0.0));
    series.iter().filter_map(grown).sum()
}

/// Events of a slice by counters; `None` where there was no series to tell of any.
fn increase(series: &[Series], slice: usize, surge: f64) -> Result<Option<f64>, Gap> {
    let (mut sum, mut is_known, mut has_jump) = (0.0, false, false);
    for one in series {
        let (before, after) = (value(one, slice), value(one, slice + 1));
        match (before, after) {
            (Some(before), Some(after)) if after >= before => {
                sum += after - before;
                is_known = true;
            }
            (_, Some(after)) if after <= surge => {
                sum += after;
                is_known = true;
            }
            // An old counter that was not seen before: its events are of long ago.
            (None, Some(_)) => has_jump = true,
            (Some(_), Some(_)) => return Err(Gap::Jump),
            (_, None) => {}
        }
    }
    match (is_known, has_jump) {
        (true, _) => Ok(Some(sum)),
        (false, true) => Err(Gap::Jump),
        (false, false) => Ok(None),
    }
}

fn raw(series: &[Series], slice: usize, is_failure: bool) -> Result<Counts, Gap> {
    let mut sum = Counts::default();
    for share in at_end(series, slice) {
        if !(0.0..=1.0).contains(&share) {
            return Err(Gap::NoShare(share));
        }
        let told = (share * RAW_EVENTS as f64).round() as u64;
        let rest = RAW_EVENTS - told;
        sum += if is_failure { Counts { good: rest, bad: told } } else { Counts { good: told, bad: rest } };
    }
    if sum == Counts::default() { Err(Gap::NoFigure) } else { Ok(sum) }
}

fn compared(series: &[Series], slice: usize, is_good: impl Fn(f64) -> bool) -> Result<Counts, Gap> {
    let mut counts = Counts::default();
    for value in at_end(series, slice) {
        counts += if is_good(value) { Counts { good: 1, bad: 0 } } else { Counts { good: 0, bad: 1 } };
    }
    if counts == Counts::default() { Err(Gap::NoFigure) } else { Ok(counts) }
}

/// By what a number is multiplied to be events of a slice.
fn scale(query: &str, slice_s: u32) -> f64 {
    if takes_rate(query) { f64::from(slice_s) } else { 1.0 }
}

/// Whether a query calls `rate` or `irate`, outside of texts.
fn takes_rate(query: &str) -> bool {
    let mut outside = String::with_capacity(query.len());
    let (mut quote, mut escaped) = (None, false);
    for letter in query.chars() {
        match quote {
            Some(_) if escaped => escaped = false,
            // Between back quotes nothing is escaped.
            Some(open) if letter == '\\' && open != '`' => escaped = true,
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if matches!(letter, '"' | '\'' | '`') => quote = Some(letter),
            None => outside.push(letter),
        }
    }
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | ':');
    outside.match_indices("rate").any(|(at, word)| {
        let before = outside[..at].chars().next_back().unwrap_or(' ');
        let called = outside[at + word.len()..].trim_start().starts_with('(');
        let starts = !is_word(before) || (before == 'i' && !outside[..at - 1].ends_with(is_word));
        called && starts
    })
}

#[cfg(test)]
mod tests {
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

    fn check(asks: &Asks, answers: &[Vec<Series>], expected: &[Result<Counts, Gap>]) {
        assert_eq!(slices(asks, answers, expected.len(), 60), expected);
    }

    #[test]
    fn counters_give_what_they_grew_by_and_series_add_up() {
        let total = vec![series(&[100.0, 150.0, 150.0, 250.0]), series(&[7.0, 17.0, 17.0, 17.0])];
        let of_good = vec![series(&[90.0, 140.0, 140.0, 239.0]), series(&[7.0, 16.0, 16.0, 16.0])];
        check(&ratio(good(), true), &[total.clone(), of_good], &[counts(59, 1), counts(0, 0), counts(99, 1)]);
        let of_bad = vec![series(&[1.0, 3.0, 3.0, 4.0])];
        check(&ratio(bad(), true), &[total, of_bad], &[counts(58, 2), counts(0, 0), counts(99, 1)]);
    }

    #[test]
    fn a_counter_that_began_anew_counts_what_it_shows_and_a_sum_that_lost_a_summand_is_a_gap() {
        let restarted = vec![series(&[900.0, 1000.0, 30.0, 130.0])];
        check(&ratio(bad(), true), &[restarted, vec![]], &[counts(100, 0), counts(30, 0), counts(100, 0)]);
        let lost = vec![series(&[1900.0, 2000.0, 1000.0, 1050.0])];
        check(&ratio(bad(), true), &[lost, vec![]], &[counts(100, 0), Err(Gap::Jump), counts(50, 0)]);
        // Bad events cannot be more than all.
        let (total, of_bad) = (vec![series(&[0.0, 10.0, 20.0])], vec![series(&[50.0, 50.0, 15.0])]);
        check(&ratio(bad(), true), &[total, of_bad], &[counts(10, 0), Err(Gap::Jump)]);
    }

    #[test]
    fn a_series_that_is_born_counts_and_an_old_one_that_appears_does_not() {
        let old = series(&[100.0, 150.0, 200.0]);
        let born = vec![None, Some(20.0), Some(60.0)];
        check(&ratio(bad(), true), &[vec![old.clone(), born], vec![]], &[counts(70, 0), counts(90, 0)]);
        let appeared = vec![None, Some(1e6), Some(1e6 + 50.0)];
        check(&ratio(bad(), true), &[vec![old.clone(), appeared.clone()], vec![]], &[counts(50, 0), counts(100, 0)]);
        check(&ratio(bad(), true), &[vec![appeared], vec![]], &[Err(Gap::Jump), counts(50, 0)]);
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
        assert_eq!(slices(&raw(true), &answers, 1, 60), [counts(1000, 999_000)]);
        let below = Asks::Threshold { query: "q".into(), op: Comparison::Lt, limit: 0.3 };
        let answers = [vec![series(&[0.0, 0.29, 0.3]), series(&[0.0, 0.1, f64::NAN])]];
        check(&below, &answers, &[counts(2, 0), counts(0, 1)]);
    }

    /// Any value that a series can have, and none.
    fn any_values() -> impl Strategy<Value = Vec<Vec<Series>>> {
        let value = prop_oneof![
            Just(None),
            any::<f64>().prop_map(Some),
            (0u32..1000).prop_map(|value| Some(f64::from(value))),
        ];
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
                let counted = slices(&asks, &answers, 6, 60);
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
            let counted = slices(&ratio(bad(), true), &[vec![values], vec![]], steps.len(), 60);
            let sum: u64 = counted.iter().flatten().map(|counts| counts.valid()).sum();
            prop_assert!(sum <= visible && visible <= seen);
            if counted.iter().all(Result::is_ok) {
                prop_assert_eq!(sum, visible);
            }
        }
    }
}

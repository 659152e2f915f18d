//! From figures that another system gave to good and bad events, slice by slice.
//!
//! A range query is answered with series: values at the ends of slices. What they mean is the indicator's:
//!
//! - A ratio of **counters**: what a series grew by in a slice are its events: see [`mod@counters`] for those that fall,
//!   come back or are born.
//! - A ratio of **numbers** that go up and down: each is the events of its slice; where the query takes a rate, events a
//!   second.
//! - A **raw** share says nothing of how many events there were: every slice weighs the same.
//! - A **threshold**: each value is one event, good where it compares as the objective says.
//!
//! Several series add up. A slice without figures is unmeasured, never good; only bad events that no series
//! tells of are none, because their series begin with the first of them.
//!
//! Knows nothing of HTTP, time or cells.

mod counters;

#[cfg(test)]
mod tests;

pub use counters::{SLICES_AFTER, SLICES_BEFORE, SURGE_MAX};

use crate::cells::{ASKED_SLICE_S, ASKED_SLICE_SHORT_S, slice_seconds};
use crate::model::{Asks, Counts, Objective, QueryPart, Slo};
use counters::{Counters, Surge};
use nines_base::DurationUs;
use std::ops::Range;

/// Events that a raw share stands for in each slice: shares are exact to a millionth.
pub const RAW_EVENTS: u64 = 1_000_000;

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
    /// A counter fell or came back, or shows so much more than before, that nobody can say what the slice had.
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

/// How many slices before and after those that are wanted are asked for with them, so that a slice comes out the same
/// whatever is asked for together. Those after it are there once they are over: see [`mod@counters`].
pub fn neighbours(asks: &Asks) -> (usize, usize) {
    match asks {
        Asks::Ratio { is_counter: true, .. } => (SLICES_BEFORE, SLICES_AFTER),
        Asks::Ratio { .. } | Asks::Raw { .. } | Asks::Threshold { .. } => (0, 0),
    }
}

/// What the wanted ones of the slices of an answer had. `answers` are the series of each of [`Asks::queries`], each as
/// long as there are slices and one more.
pub fn slices(asks: &Asks, answers: &[&[Series]], wanted: Range<usize>, slice_s: u32) -> Vec<Result<Counts, Gap>> {
    let of = |query: usize| answers.get(query).copied().unwrap_or_default();
    match asks {
        Asks::Raw { is_failure, .. } => wanted.map(|slice| raw(of(0), slice, *is_failure)).collect(),
        Asks::Threshold { op, limit, .. } => {
            wanted.map(|slice| compared(of(0), slice, |value| op.holds(value, *limit))).collect()
        }
        Asks::Ratio { total, part, is_counter: false } => {
            let (QueryPart::Good(query) | QueryPart::Bad(query)) = part;
            let [total_scale, part_scale] = [total, query].map(|query| scale(query, slice_s));
            let ratio = |slice| {
                let total = events(number(of(0), slice, total_scale))?.ok_or(Gap::NoFigure)?;
                divide(part, total, events(number(of(1), slice, part_scale))?)
            };
            wanted.map(ratio).collect()
        }
        Asks::Ratio { part, is_counter: true, .. } => {
            let (all, some) = (Counters::new(of(0)), Counters::new(of(1)));
            let ratio = |slice| {
                let total = events(all.increase(slice, all.surge(slice))?)?.ok_or(Gap::NoFigure)?;
                // Of a part there cannot be more than of all.
                divide(part, total, events(some.increase(slice, Surge::at_most(total))?)?)
            };
            wanted.map(ratio).collect()
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

//! A steady stream of spans, and how many of them end in a stretch of time.

use crate::count::Question;
use crate::fraction::Fraction;
use crate::model::Counts;
use nines_base::{DurationUs, FineMicros, SpanId, Timestamp, TraceId};
use nines_span::Span;
use std::ops::Range;

/// A stream of spans: event n (from 0) ends at `from` + n/rate, as long as that is before `from` + `length`;
/// of the first k of them floor(k · bad) are bad.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// A good one.
    pub(super) good: Span,
    /// A bad one.
    pub(super) bad: Span,
    /// Events a microsecond.
    pub(super) rate: Fraction,
    /// When the first one ends, since the beginning of time.
    pub(super) from: DurationUs,
    /// How long it lasts.
    pub(super) length: DurationUs,
    /// The share of bad ones; at most one.
    pub(super) bad_share: Fraction,
}

/// A time in which nothing of a service is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The service.
    pub service: String,
    /// When it begins, since the beginning of time.
    pub from: DurationUs,
    /// How long it lasts.
    pub length: DurationUs,
}

/// Everything that is sent and what of it is not measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traffic {
    /// When time 0 is.
    pub start: Timestamp,
    /// Streams; they add up.
    pub loads: Vec<Load>,
    /// Gaps.
    pub gaps: Vec<Gap>,
}

impl Load {
    /// The service whose spans these are.
    pub fn service(&self) -> &str {
        &self.good.local.service
    }

    /// Where no further event can end.
    pub fn until(&self) -> DurationUs {
        DurationUs(self.from.0.saturating_add(self.length.0))
    }

    /// Whether its spans are events of the question.
    pub fn is_asked_by(&self, question: &Question) -> bool {
        Answers::of(question, self).is_some()
    }

    /// How many events end before `time`, since the beginning of time.
    fn n_before(&self, time: DurationUs) -> u64 {
        let elapsed_us = time.0.saturating_sub(self.from.0).clamp(0, self.length.0) as u128;
        // The least n with n/rate ≥ elapsed: ceil(elapsed · rate).
        let events = (elapsed_us * self.rate.numerator()).div_ceil(self.rate.denominator());
        u64::try_from(events).unwrap_or(u64::MAX)
    }

    /// How many of the first `n` are bad.
    fn n_bad_of(&self, n: u64) -> u64 {
        (u128::from(n) * self.bad_share.numerator() / self.bad_share.denominator()) as u64
    }

    /// Good and bad events that end at or after the one and before the other.
    pub(super) fn ending_in(&self, times: &Range<DurationUs>) -> Counts {
        let (first, end) = (self.n_before(times.start), self.n_before(times.end.max(times.start)));
        let bad = self.n_bad_of(end) - self.n_bad_of(first);
        Counts { good: end - first - bad, bad }
    }

    /// From the first event's end to where no further one can end.
    pub(super) fn times(&self) -> Range<DurationUs> {
        self.from..self.until()
    }

    /// Its spans, one by one, as they would be sent; `trace` tells streams apart. What the arithmetic is held against.
    pub fn spans(&self, start: Timestamp, trace: u64) -> impl Iterator<Item = Span> + '_ {
        (0..self.n_before(self.until())).map(move |n| {
            let is_bad = self.n_bad_of(n + 1) > self.n_bad_of(n);
            let mut span = if is_bad { self.bad.clone() } else { self.good.clone() };
            let after_us = u128::from(n) * self.rate.denominator() / self.rate.numerator();
            let ends_at = (start + self.from + DurationUs(after_us as i64)).0;
            span.trace_id = TraceId(u128::from(trace) << 64 | u128::from(n + 1));
            span.id = SpanId(n + 1);
            span.start = FineMicros::from_us((ends_at as u64).saturating_sub(span.duration.us));
            span
        })
    }
}

/// What an indicator makes of a stream: the events that each of its good spans is, and each of its bad ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answers {
    good: Option<Counts>,
    bad: Option<Counts>,
}

impl Answers {
    /// Asks both samples; `None` where neither is an event.
    pub(super) fn of(question: &Question, load: &Load) -> Option<Answers> {
        let answers = Answers { good: question.events(&load.good), bad: question.events(&load.bad) };
        (answers.good.is_some() || answers.bad.is_some()).then_some(answers)
    }

    /// The events that spans are.
    pub(super) fn events(self, spans: Counts) -> Counts {
        let mut events = Counts::default();
        for (answer, n_spans) in [(self.good, spans.good), (self.bad, spans.bad)] {
            let each = answer.unwrap_or_default();
            events += Counts { good: each.good.saturating_mul(n_spans), bad: each.bad.saturating_mul(n_spans) };
        }
        events
    }
}

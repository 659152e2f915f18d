//! What an indicator makes of spans that are gone, and of which only service, operation, kind, verdict and a histogram
//! of durations is left.
//!
//! Does not know where histograms are kept. A limit of duration cuts a bucket in two; what is in it is taken to lie evenly
//! between its bounds, which makes the counts an estimate.

use crate::count::Question;
use crate::model::{Counts, Sli};
use nines_base::FineMicros;
use nines_span::{Endpoint, Kind, Span, Status};
use nines_trace::filter::term::{DurationCompare, Flag, NameField};
use nines_trace::filter::{Shape, Test, Verdict};
use std::ops::RangeInclusive;

/// An indicator that can be asked of histograms.
#[derive(Clone, Debug)]
pub struct HistoryQuestion {
    question: Question,
    /// Durations that terms compare with, ascending.
    limits: Vec<FineMicros>,
    asks_service: bool,
    asks_op: bool,
}

/// Spans that are counted together.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Known<'k> {
    /// `None` where services were not told apart.
    pub service: Option<&'k str>,
    /// `None` where operations were not told apart.
    pub op: Option<&'k str>,
    pub kind: Kind,
    pub is_error: bool,
}

/// What an indicator made of some spans.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Recalled {
    /// Events.
    pub counts: Counts,
    /// Whether all of them are certain: no limit of duration fell between the bounds of a bucket that has spans, and no
    /// spans were left out for want of the operation's name.
    pub is_exact: bool,
}

impl HistoryQuestion {
    /// Of an indicator; `None` for one that asks for anything else than service, operation, kind, error and duration, or
    /// whose events are not a span each.
    pub fn of(sli: &Sli) -> Option<HistoryQuestion> {
        let (Sli::Ratio { .. } | Sli::Threshold { .. }) = sli else { return None };
        let question = Question::of(sli)?;
        let is_known = |test: &Test| match test {
            Test::Name { field, .. } => *field != NameField::Remote,
            Test::Kind(_) | Test::Duration(_) | Test::Flag(Flag::Error) => true,
            _ => false,
        };
        if !question.terms().all(|term| is_known(&term.test)) {
            return None;
        }
        let mut limits: Vec<FineMicros> = question.terms().flat_map(|term| limits_of(&term.test)).collect();
        limits.sort_unstable();
        limits.dedup();
        let asks = |name: NameField| {
            question.terms().any(|term| matches!(term.test, Test::Name { field, .. } if field == name))
        };
        let (asks_service, asks_op) = (asks(NameField::Service), asks(NameField::Op));
        Some(HistoryQuestion { question, limits, asks_service, asks_op })
    }

    /// Whether spans of this service, operation and kind can be valid events at all.
    pub fn may_concern(&self, known: Known<'_>) -> bool {
        let shape = KnownShape { service: known.service, op: known.op, kind: known.kind };
        self.question.valid().decide_by_shape(&shape) != Verdict::Never
    }

    /// Events among spans: so many without a duration, and a histogram of the others, each bucket by its smallest and its
    /// largest whole microsecond.
    pub fn count(
        &self,
        known: Known<'_>,
        n_untimed: u64,
        durations: impl Iterator<Item = (RangeInclusive<u64>, u64)>,
    ) -> Recalled {
        let lacks_name = known.op.is_none() && self.asks_op || known.service.is_none() && self.asks_service;
        if lacks_name {
            return Recalled { counts: Counts::default(), is_exact: !self.may_concern(known) };
        }
        let mut asking = Asking { question: &self.question, span: span_of(known), counts: Counts::default() };
        asking.count(FineMicros::NONE, n_untimed);
        let mut is_exact = true;
        for (bounds, n_spans) in durations {
            let cuts = self.cuts(&bounds);
            is_exact &= cuts.is_empty() || n_spans == 0;
            asking.count_bucket(&bounds, &cuts, n_spans);
        }
        Recalled { counts: asking.counts, is_exact }
    }

    /// Limits between the bounds of a bucket, as the first whole microsecond behind them.
    fn cuts(&self, bounds: &RangeInclusive<u64>) -> Vec<u64> {
        let first = self.limits.partition_point(|limit| limit.us <= *bounds.start());
        self.limits[first..].iter().map(|limit| limit.us).take_while(|us| us <= bounds.end()).collect()
    }
}

fn limits_of(test: &Test) -> Vec<FineMicros> {
    match test {
        Test::Duration(DurationCompare::Ordered(_, limit)) if !limit.is_none() => vec![*limit],
        Test::Duration(DurationCompare::In(lengths)) => lengths.any_of.clone(),
        _ => Vec::new(),
    }
}

/// Counts events among spans that differ in their durations alone.
struct Asking<'q> {
    question: &'q Question,
    span: Span,
    counts: Counts,
}

impl Asking<'_> {
    fn count(&mut self, duration: FineMicros, n_spans: u64) {
        self.span.duration = duration;
        match self.question.answer(&self.span) {
            Some(true) => self.counts.good += n_spans,
            Some(false) => self.counts.bad += n_spans,
            None => {}
        }
    }

    /// Counts a bucket piece by piece: between two cuts every duration has the same answer.
    fn count_bucket(&mut self, bounds: &RangeInclusive<u64>, cuts: &[u64], n_spans: u64) {
        let length = u128::from(bounds.end() - bounds.start()) + 1;
        let (mut begin, mut n_before) = (*bounds.start(), 0);
        let behind = bounds.end().saturating_add(1);
        for end in cuts.iter().copied().filter(|cut| *cut > *bounds.start()).chain([behind]) {
            let upto = (u128::from(n_spans) * u128::from(end - bounds.start()) / length) as u64;
            let n_piece = if end == behind { n_spans - n_before } else { upto - n_before };
            self.count(middle(begin, end), n_piece);
            (begin, n_before) = (end, n_before + n_piece);
        }
    }
}

/// A duration in the middle of a half-open stretch of microseconds; never none.
fn middle(begin: u64, end: u64) -> FineMicros {
    let us = begin + (end - begin) / 2;
    if us == 0 { FineMicros { us, sub_ns: 500 } } else { FineMicros::from_us(us) }
}

fn span_of(known: Known<'_>) -> Span {
    Span {
        kind: known.kind,
        name: known.op.unwrap_or_default().to_owned(),
        local: Endpoint { service: known.service.unwrap_or_default().to_owned(), ..Endpoint::default() },
        // What a sender says so is taken at its word, whatever else it says.
        status: if known.is_error { Status::Error } else { Status::Ok },
        ..Span::default()
    }
}

/// Names are known or not, the kind is.
struct KnownShape<'s> {
    service: Option<&'s str>,
    op: Option<&'s str>,
    kind: Kind,
}

impl Shape for KnownShape<'_> {
    fn service(&self) -> Option<&str> {
        self.service
    }
    fn op(&self) -> Option<&str> {
        self.op
    }
    fn kind(&self) -> Option<Kind> {
        Some(self.kind)
    }
}

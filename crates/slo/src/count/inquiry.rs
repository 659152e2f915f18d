//! Which spans of a trace spent a budget: what evidence is made of.
//!
//! Where events are made of several spans, the spans of one trace are counted as they are by the server, and those are
//! bad that end in a second with a bad event. What another trace knows is not asked: a message that was consumed there
//! looks as if nobody had consumed it.

use super::{Counter, Question};
use crate::model::Sli;
use crate::policy::objects::{AdjustmentMode, BudgetAdjustment};
use crate::policy::times::Times;
use nines_base::Timestamp;
use nines_span::{Span, SpanFields};
use nines_trace::filter::{Filter, Term};
use std::collections::BTreeSet;
use std::sync::Arc;

/// An indicator as spans that are stored are asked for it.
#[derive(Clone, Debug)]
pub struct Inquiry {
    sli: Sli,
    valid: Question,
    /// What is not held against it.
    adjustments: Vec<Arc<BudgetAdjustment>>,
}

impl Inquiry {
    /// Of an indicator and what is not held against it; `None` for one that spans do not answer.
    pub fn of(sli: &Sli, adjustments: &[Arc<BudgetAdjustment>]) -> Option<Inquiry> {
        let valid = match sli {
            Sli::Followed(followed) => Question::any_of(&followed.produced),
            _ => Question::of(sli)?,
        };
        Some(Inquiry { sli: sli.clone(), valid, adjustments: adjustments.to_vec() })
    }

    /// What makes a span a valid event.
    pub fn valid(&self) -> &Filter {
        self.valid.valid()
    }

    /// Filters of which at least one holds on each span that may be bad.
    pub fn bad_filters(&self) -> Vec<Filter> {
        let filters = match &self.sli {
            Sli::Followed(followed) => vec![followed.produced.clone()],
            _ => self.valid.bad_filters(),
        };
        let kept = self.always_kept();
        let with = |filter: Filter| Filter::from_terms(filter.terms().iter().chain(&kept).cloned().collect());
        filters.into_iter().map(with).collect()
    }

    /// Whether a span is a valid event.
    pub fn is_valid(&self, span: &Span) -> bool {
        self.valid.answer(span).is_some() && !self.is_adjusted(span, |mode| mode == AdjustmentMode::Removed)
    }

    /// Of each span of a trace, whether it is a bad event.
    pub fn bad_among(&self, trace: &[Span]) -> Vec<bool> {
        let bad = if self.sli.is_of_several_spans() { self.bad_seconds(trace) } else { BTreeSet::new() };
        let is_bad = |span: &Span| match self.valid.answer(span) {
            None => false,
            Some(is_good) if !self.sli.is_of_several_spans() => !is_good,
            Some(_) => second_of(span).is_some_and(|second| bad.contains(&second)),
        };
        trace.iter().map(|span| is_bad(span) && !self.is_adjusted(span, |_| true)).collect()
    }

    /// Whether an adjustment of some modes takes the event of a span.
    fn is_adjusted(&self, span: &Span, is_meant: impl Fn(AdjustmentMode) -> bool) -> bool {
        let ended = span.end_us().and_then(|us| i64::try_from(us).ok()).map(Timestamp);
        let mut meant = self.adjustments.iter().filter(|adjustment| is_meant(adjustment.mode));
        meant.any(|adjustment| {
            adjustment.filter.as_ref().is_none_or(|filter| filter.matches(span))
                && ended.is_some_and(|ended| adjustment.times.holding(ended).is_some())
        })
    }

    /// What holds on every span that no adjustment takes at any time, as far as one term says it: a search need not
    /// find others. All that it finds are asked again.
    fn always_kept(&self) -> Vec<Term> {
        let always = self.adjustments.iter().filter(|adjustment| adjustment.times == Times::always());
        let single = |adjustment: &Arc<BudgetAdjustment>| match adjustment.filter.as_ref()?.terms() {
            [term] => Some(term.clone().negate()),
            _ => None,
        };
        always.filter_map(single).collect()
    }

    fn bad_seconds(&self, trace: &[Span]) -> BTreeSet<i64> {
        let mut counter = Counter::of(&self.sli);
        for span in trace {
            // As if each had come at its end: none is late or early.
            if let Some(ended) = span.end_us().and_then(|us| i64::try_from(us).ok()) {
                counter.observe(Timestamp(ended), span);
            }
        }
        let delta = counter.take_delta();
        // What was counted and taken back since is in neither.
        delta.cells.iter().filter(|(_, _, counts)| counts.bad > 0).map(|(_, second, _)| *second).collect()
    }
}

fn second_of(span: &Span) -> Option<i64> {
    span.end_us().and_then(|us| i64::try_from(us / 1_000_000).ok())
}

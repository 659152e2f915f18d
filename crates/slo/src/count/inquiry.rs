//! Which spans of a trace spent a budget: what evidence is made of.
//!
//! Where events are made of several spans, the spans of one trace are counted as they are by the server, and those are
//! bad that end in a second with a bad event. What another trace knows is not asked: a message that was consumed there
//! looks as if nobody had consumed it.

use super::{Counter, Question};
use crate::model::Sli;
use nines_base::Timestamp;
use nines_span::{Span, SpanFields};
use nines_trace::filter::Filter;
use std::collections::BTreeSet;

/// An indicator as spans that are stored are asked for it.
#[derive(Clone, Debug)]
pub struct Inquiry {
    sli: Sli,
    valid: Question,
}

impl Inquiry {
    /// Of an indicator; `None` for one that spans do not answer.
    pub fn of(sli: &Sli) -> Option<Inquiry> {
        let valid = match sli {
            Sli::Followed(followed) => Question::any_of(&followed.produced),
            _ => Question::of(sli)?,
        };
        Some(Inquiry { sli: sli.clone(), valid })
    }

    /// What makes a span a valid event.
    pub fn valid(&self) -> &Filter {
        self.valid.valid()
    }

    /// Filters of which at least one holds on each span that may be bad.
    pub fn bad_filters(&self) -> Vec<Filter> {
        match &self.sli {
            Sli::Followed(followed) => vec![followed.produced.clone()],
            _ => self.valid.bad_filters(),
        }
    }

    /// Whether a span is a valid event.
    pub fn is_valid(&self, span: &Span) -> bool {
        self.valid.answer(span).is_some()
    }

    /// Of each span of a trace, whether it is a bad event.
    pub fn bad_among(&self, trace: &[Span]) -> Vec<bool> {
        if !self.sli.is_of_several_spans() {
            return trace.iter().map(|span| self.valid.answer(span) == Some(false)).collect();
        }
        let bad = self.bad_seconds(trace);
        let is_bad = |span: &Span| self.is_valid(span) && second_of(span).is_some_and(|second| bad.contains(&second));
        trace.iter().map(is_bad).collect()
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

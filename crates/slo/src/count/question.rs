//! An indicator as two questions to a span: is it a valid event, and is it a good one?
//!
//! Thresholds become filters too, so there is one comparison of durations and numbers in the product:
//! a span without a duration (or without the numeric tag that is measured) is no valid event of a
//! threshold. In a ratio the filter alone decides: there `duration<400ms` is false on a span without a
//! duration, so such a span is valid where `total` takes it, and not good.

use crate::model::{Comparison, Measured, RatioPart, Sli};
use nines_base::FineMicros;
use nines_span::SpanFields;
use nines_trace::filter::term::{DurationCompare, Order, TagCompare};
use nines_trace::filter::value::{Number, TagValue};
use nines_trace::filter::{Filter, Shape, Term, Test, Verdict};

/// The two questions.
#[derive(Clone, Debug)]
pub struct Question {
    valid: Filter,
    part: RatioPart,
}

impl Question {
    /// From an indicator; `None` for one that spans do not answer.
    pub fn of(sli: &Sli) -> Option<Question> {
        match sli {
            Sli::Ratio { total, part } => Some(Question { valid: total.clone(), part: part.clone() }),
            Sli::Threshold { total, value, op, limit } => {
                let (has_value, is_good) = match value {
                    Measured::Duration => (duration_sent(), duration_within(*op, *limit)),
                    Measured::Tag(key) => (tag_is_number(key), tag_within(key, *op, *limit)),
                };
                let valid = total.terms().iter().cloned().chain([Term::new(has_value)]).collect();
                let good = Filter::from_terms(vec![Term::new(is_good)]);
                Some(Question { valid: Filter::from_terms(valid), part: RatioPart::Good(good) })
            }
            Sli::External { .. } => None,
        }
    }

    /// What makes a span a valid event.
    pub fn valid(&self) -> &Filter {
        &self.valid
    }

    /// Whether the span is a good event; `None` when it is no valid one.
    pub fn answer<S: SpanFields + ?Sized>(&self, span: &S) -> Option<bool> {
        if !self.valid.matches(span) {
            return None;
        }
        Some(match &self.part {
            RatioPart::Good(good) => good.matches(span),
            RatioPart::Bad(bad) => !bad.matches(span),
        })
    }

    /// Filters of which at least one holds on each bad event, and none on any other span: what a search
    /// for the spans that spent a budget asks. An event is bad where one of the good terms fails.
    pub fn bad_filters(&self) -> Vec<Filter> {
        let valid = self.valid.terms();
        let with = |more: Vec<Term>| Filter::from_terms(valid.iter().cloned().chain(more).collect());
        match &self.part {
            RatioPart::Bad(bad) => vec![with(bad.terms().to_vec())],
            RatioPart::Good(good) => {
                let asked_already = |term: &&Term| valid.iter().any(|known| known.same(term));
                let deciding = good.terms().iter().filter(|term| !asked_already(term));
                deciding.map(|term| with(vec![term.clone().negate()])).collect()
            }
        }
    }

    /// What of the questions is still open for spans of a shape; `None` where none of them is valid.
    pub(super) fn rest_for(&self, shape: &dyn Shape) -> Option<OpenQuestion> {
        let valid = match self.valid.decide_by_shape(shape) {
            Verdict::Never => return None,
            Verdict::Always => None,
            Verdict::AskSpan => Some(self.valid.rest_for(shape)),
        };
        let (filter, is_good) = match &self.part {
            RatioPart::Good(good) => (good, true),
            RatioPart::Bad(bad) => (bad, false),
        };
        let part = match filter.decide_by_shape(shape) {
            Verdict::Never => OpenPart::Decided { is_good: !is_good },
            Verdict::Always => OpenPart::Decided { is_good },
            Verdict::AskSpan => OpenPart::Ask { filter: filter.rest_for(shape), is_good },
        };
        Some(OpenQuestion { valid, part })
    }
}

/// What is left to ask each span of a shape.
#[derive(Clone, Debug)]
pub(super) struct OpenQuestion {
    /// `None`: every one is valid.
    valid: Option<Filter>,
    part: OpenPart,
}

#[derive(Clone, Debug)]
enum OpenPart {
    Decided {
        is_good: bool,
    },
    Ask {
        filter: Filter,
        /// What a span is on which the filter holds.
        is_good: bool,
    },
}

impl OpenQuestion {
    /// Whether the span is good; `None` when it is no valid event.
    pub fn answer<S: SpanFields + ?Sized>(&self, span: &S) -> Option<bool> {
        if self.valid.as_ref().is_some_and(|valid| !valid.matches(span)) {
            return None;
        }
        Some(match &self.part {
            OpenPart::Decided { is_good } => *is_good,
            OpenPart::Ask { filter, is_good } => filter.matches(span) == *is_good,
        })
    }
}

/// Holds where the span has a duration: a test of duration holds only there, and all are above none.
fn duration_sent() -> Test {
    Test::Duration(DurationCompare::Ordered(Order::Ge, FineMicros::NONE))
}

fn duration_within(op: Comparison, limit_us: f64) -> Test {
    if limit_us.is_nan() || limit_us < 0.0 {
        // Every duration is above a negative limit; none compares with what is no number.
        let holds = limit_us < 0.0 && matches!(op, Comparison::Gt | Comparison::Gte);
        let order = if holds { Order::Ge } else { Order::Lt };
        return Test::Duration(DurationCompare::Ordered(order, FineMicros::NONE));
    }
    let whole_us = limit_us.trunc();
    let sub_ns = ((limit_us - whole_us) * 1000.0).round().min(999.0) as u16;
    Test::Duration(DurationCompare::Ordered(order(op), FineMicros { us: whole_us as u64, sub_ns }))
}

/// Holds where the tag is there and is, or spells, a number.
fn tag_is_number(key: &str) -> Test {
    tag_ordered(key, Order::Ge, Number::Float(f64::MIN))
}

fn tag_within(key: &str, op: Comparison, limit: f64) -> Test {
    tag_ordered(key, order(op), Number::Float(limit))
}

fn tag_ordered(key: &str, order: Order, limit: Number) -> Test {
    let number = match limit {
        Number::Float(float) if !float.is_finite() => None,
        number => Some(number),
    };
    let text = match limit {
        Number::Int(whole) => whole.to_string(),
        Number::Float(float) => float.to_string(),
    };
    Test::Tag { key: key.to_owned(), compare: TagCompare::Ordered(order, TagValue { text, number }) }
}

fn order(op: Comparison) -> Order {
    match op {
        Comparison::Lte => Order::Le,
        Comparison::Gte => Order::Ge,
        Comparison::Lt => Order::Lt,
        Comparison::Gt => Order::Gt,
    }
}

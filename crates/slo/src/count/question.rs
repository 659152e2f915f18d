//! An indicator as two questions to a span: is it a valid event, and is it a good one?
//!
//! Thresholds become filters too, so there is one comparison of durations and numbers in the product:
//! a span without a duration (or without the numeric tag that is measured) is no valid event of a
//! threshold. In a ratio the filter alone decides: there `duration<400ms` is false on a span without a
//! duration, so such a span is valid where `total` takes it, and not good.

use super::weight::Weighing;
use crate::model::{Comparison, CountedBy, Counts, Measured, RatioPart, Sli, Weight};
use nines_base::FineMicros;
use nines_span::error::TAGS_CONSULTED;
use nines_span::{SpanFields, ValueRef};
use nines_trace::filter::term::{DurationCompare, Flag, Order, TagCompare};
use nines_trace::filter::value::{Number, TagValue};
use nines_trace::filter::{Filter, Shape, Term, Test, Verdict};

/// The two questions.
#[derive(Clone, Debug)]
pub struct Question {
    valid: Filter,
    part: RatioPart,
    /// How many events a span is; `None` for one.
    weighing: Option<Weighing>,
}

impl Question {
    /// From an indicator; `None` for one that spans do not answer.
    pub fn of(sli: &Sli) -> Option<Question> {
        match sli {
            Sli::Ratio { total, part } => Some(Question { valid: total.clone(), part: part.clone(), weighing: None }),
            Sli::Threshold { total, value, op, limit } => {
                let (has_value, is_good) = match value {
                    Measured::Duration => (duration_sent(), duration_within(*op, *limit)),
                    Measured::Tag(key) => (tag_is_number(key), tag_within(key, *op, *limit)),
                };
                let valid = total.terms().iter().cloned().chain([Term::new(has_value)]).collect();
                let good = Filter::from_terms(vec![Term::new(is_good)]);
                Some(Question { valid: Filter::from_terms(valid), part: RatioPart::Good(good), weighing: None })
            }
            Sli::Throughput { total, .. } => Some(Question::any_of(total)),
            Sli::Counted { of, by } => {
                let question = Question::of(of)?;
                let CountedBy::Weight(weight) = by else { return Some(question) };
                Some(question.weighed(weight))
            }
            Sli::Grouped { of, .. } => Question::of(of),
            // Two questions, of different spans.
            Sli::Followed(_) => None,
            Sli::Together(_) | Sli::OfGroup(_) | Sli::Composite(_) | Sli::Queried(_) | Sli::External { .. } => None,
        }
    }

    /// Whether a filter takes a span at all: each is good.
    pub(super) fn any_of(filter: &Filter) -> Question {
        Question { valid: filter.clone(), part: RatioPart::Good(Filter::from_terms(Vec::new())), weighing: None }
    }

    /// The same of spans that say how many events they are.
    fn weighed(mut self, weight: &Weight) -> Question {
        if let Some(tag) = &weight.valid {
            // A negative number of events is none.
            let counted = Term::new(tag_ordered(tag, Order::Ge, Number::Int(0)));
            self.valid = Filter::from_terms(self.valid.terms().iter().cloned().chain([counted]).collect());
        }
        let is_part_good = matches!(self.part, RatioPart::Good(_));
        self.weighing = Some(Weighing { weight: weight.clone(), is_part_good });
        self
    }

    /// What makes a span a valid event.
    pub fn valid(&self) -> &Filter {
        &self.valid
    }

    /// Which of the valid events are good, or which are bad.
    pub fn part(&self) -> &RatioPart {
        &self.part
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

    /// The events that the span is; `None` when it is no valid one.
    pub fn events<S: SpanFields + ?Sized>(&self, span: &S) -> Option<Counts> {
        let is_good = self.answer(span)?;
        let one = Counts { good: u64::from(is_good), bad: u64::from(!is_good) };
        Some(self.weighing.as_ref().map_or(one, |weighing| weighing.counts(span, is_good)))
    }

    /// How many events a span is; `None` for one.
    pub(super) fn weighing(&self) -> Option<&Weighing> {
        self.weighing.as_ref()
    }

    /// A filter of the good events; `None` where the definition says which are bad, and no filter says which are not.
    pub fn good_filter(&self) -> Option<Filter> {
        match &self.part {
            RatioPart::Good(good) => {
                let asked_already = |term: &&Term| self.valid.terms().iter().any(|known| known.same(term));
                let more = good.terms().iter().filter(|term| !asked_already(term));
                Some(Filter::from_terms(self.valid.terms().iter().chain(more).cloned().collect()))
            }
            RatioPart::Bad(_) => None,
        }
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

    /// Every term that an answer may depend on.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &Term> {
        let (RatioPart::Good(part) | RatioPart::Bad(part)) = &self.part;
        self.valid.terms().iter().chain(part.terms())
    }

    /// Visits the key of every tag that an answer may depend on.
    pub(super) fn visit_tags<'q>(&'q self, mut visit: impl FnMut(&'q str)) {
        for term in self.terms() {
            match &term.test {
                Test::Flag(Flag::Error) => TAGS_CONSULTED.into_iter().for_each(&mut visit),
                Test::Tag { key, .. } => visit(key),
                _ => {}
            }
        }
    }

    /// What a shape alone answers: whether its spans are valid and of the part; `None` where none of them is valid.
    pub(super) fn decided_by(&self, shape: &dyn Shape) -> Option<[Verdict; 2]> {
        let (RatioPart::Good(part) | RatioPart::Bad(part)) = &self.part;
        let valid = self.valid.decide_by_shape(shape);
        (valid != Verdict::Never).then(|| [valid, part.decide_by_shape(shape)])
    }

    /// What of the questions is still open for spans of a shape that answers so much of them. The tags it asks for are
    /// added to `tags`.
    pub(super) fn rest_for(&self, shape: &dyn Shape, [valid, part]: [Verdict; 2], tags: &mut TagList) -> OpenQuestion {
        let mut open =
            |filter: &Filter| filter.rest_for(shape).terms().iter().map(|term| Ask::new(term, tags)).collect();
        let valid = if valid == Verdict::AskSpan { open(&self.valid) } else { Vec::new() };
        let (filter, is_good) = match &self.part {
            RatioPart::Good(good) => (good, true),
            RatioPart::Bad(bad) => (bad, false),
        };
        let part = match part {
            Verdict::Never => OpenPart::Decided { is_good: !is_good },
            Verdict::Always => OpenPart::Decided { is_good },
            Verdict::AskSpan => OpenPart::Ask { terms: open(filter), is_good },
        };
        OpenQuestion { valid, part }
    }
}

/// Keys of the tags that some open questions ask for, by which those name them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct TagList {
    keys: Vec<String>,
    /// Where the tags that decide over errors begin, if anything asks for them.
    of_error: Option<usize>,
}

impl TagList {
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Where those of [`TAGS_CONSULTED`] begin; `None` where nothing asks whether the span failed.
    pub fn of_error(&self) -> Option<usize> {
        self.of_error
    }

    fn add(&mut self, key: &str) -> usize {
        let known = self.keys.iter().position(|known| known == key);
        known.unwrap_or_else(|| {
            self.keys.push(key.to_owned());
            self.keys.len() - 1
        })
    }

    /// They stand side by side.
    fn add_of_error(&mut self) {
        if self.of_error.is_none() {
            self.of_error = Some(self.keys.len());
            self.keys.extend(TAGS_CONSULTED.map(str::to_owned));
        }
    }
}

/// What an open question may ask of a span beyond its other fields.
pub(super) struct Told<T> {
    /// Whether it failed.
    pub has_failed: bool,
    /// Finds a tag by its place in the [`TagList`].
    pub tag: T,
}

/// What is left to ask each span of a shape.
#[derive(Clone, Debug)]
pub(super) struct OpenQuestion {
    /// All must hold on a valid one.
    valid: Vec<Ask>,
    part: OpenPart,
}

#[derive(Clone, Debug)]
enum OpenPart {
    Decided {
        is_good: bool,
    },
    Ask {
        terms: Vec<Ask>,
        /// What a span is on which all of them hold.
        is_good: bool,
    },
}

/// A term, with the tags it asks for as places in a [`TagList`].
#[derive(Clone, Debug)]
enum Ask {
    Error { negated: bool },
    Tag { tag: usize, compare: TagCompare, negated: bool },
    Other(Term),
}

impl Ask {
    fn new(term: &Term, tags: &mut TagList) -> Ask {
        let negated = term.negated;
        match &term.test {
            Test::Flag(Flag::Error) => {
                tags.add_of_error();
                Ask::Error { negated }
            }
            Test::Tag { key, compare } => Ask::Tag { tag: tags.add(key), compare: compare.clone(), negated },
            _ => Ask::Other(term.clone()),
        }
    }

    #[inline]
    fn holds<'v, S, T>(&self, span: &S, told: &Told<T>) -> bool
    where
        S: SpanFields + ?Sized,
        T: Fn(usize) -> Option<ValueRef<'v>>,
    {
        match self {
            Ask::Error { negated } => told.has_failed != *negated,
            Ask::Tag { tag, compare, negated } => {
                (told.tag)(*tag).is_some_and(|value| compare.holds(value)) != *negated
            }
            Ask::Other(term) => term.holds(span),
        }
    }
}

impl OpenQuestion {
    /// Whether the span is good; `None` when it is no valid event.
    #[inline]
    pub fn answer<'v, S, T>(&self, span: &S, told: &Told<T>) -> Option<bool>
    where
        S: SpanFields + ?Sized,
        T: Fn(usize) -> Option<ValueRef<'v>>,
    {
        if !self.valid.iter().all(|ask| ask.holds(span, told)) {
            return None;
        }
        Some(match &self.part {
            OpenPart::Decided { is_good } => *is_good,
            OpenPart::Ask { terms, is_good } => terms.iter().all(|ask| ask.holds(span, told)) == *is_good,
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

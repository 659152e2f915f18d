//! Zipkin's query parameters as filters.
//!
//! Zipkin lets different spans of a trace satisfy different conditions; a given service constrains
//! them all. So each condition becomes a filter of its own, and a trace matches when each filter
//! finds a span.

use super::Filter;
use super::term::{DurationCompare, Membership, NameCompare, NameField, Order, TagCompare, Term, Test, ZipkinTest};
use super::value::TagValue;
use nines_base::FineMicros;

/// Conditions of an annotation query; what follows the last separator is one condition.
const CONDITIONS_MAX: usize = 100;

/// The parameters of Zipkin's `/traces` that ask about spans, as sent. An empty text means that the
/// parameter is absent.
#[derive(Clone, Copy, Default, Debug)]
pub struct TracesParameters<'a> {
    /// `serviceName`.
    pub service_name: &'a str,
    /// `remoteServiceName`.
    pub remote_service_name: &'a str,
    /// `spanName`; `all` is absent too.
    pub span_name: &'a str,
    /// `annotationQuery`.
    pub annotation_query: &'a str,
    /// `minDuration` in microseconds.
    pub min_duration_us: Option<u64>,
    /// `maxDuration` in microseconds.
    pub max_duration_us: Option<u64>,
}

impl TracesParameters<'_> {
    /// The filters that must each find a span in a trace; none where nothing is asked of spans.
    pub fn clauses(&self) -> Vec<Filter> {
        let service = name(NameField::Service, self.service_name);
        let mut conditions: Vec<Term> = Vec::new();
        conditions.extend(name(NameField::Remote, self.remote_service_name));
        conditions.extend(name(NameField::Op, self.span_name).filter(|_| self.span_name.to_lowercase() != "all"));
        conditions.extend(annotation_query(self.annotation_query));
        if self.min_duration_us.is_some() || self.max_duration_us.is_some() {
            let min_us = self.min_duration_us.unwrap_or(0);
            conditions.push(zipkin(ZipkinTest::Duration { min_us, max_us: self.max_duration_us }));
        }
        if conditions.is_empty() {
            return service.map(|service| Filter::from_terms(vec![service])).into_iter().collect();
        }
        conditions
            .into_iter()
            .map(|condition| Filter::from_terms(service.clone().into_iter().chain([condition]).collect()))
            .collect()
    }

    /// What comes nearest in our own language, for whoever follows a link of Zipkin's page: all conditions
    /// on one span, and of "an annotation or a tag's name" the tag's name.
    pub fn nearest_filter(&self) -> Filter {
        let is = |field, name: &str| {
            let names = Membership { any_of: vec![name.to_owned()], inverted: false };
            (!name.is_empty()).then(|| Term::new(Test::Name { field, compare: NameCompare::In(names) }))
        };
        let lasts = |order, us: Option<u64>| {
            us.map(|us| Term::new(Test::Duration(DurationCompare::Ordered(order, FineMicros::from_us(us)))))
        };
        let span_name = if self.span_name.eq_ignore_ascii_case("all") { "" } else { self.span_name };
        let mut terms: Vec<Term> = Vec::new();
        terms.extend(is(NameField::Service, self.service_name));
        terms.extend(is(NameField::Op, span_name));
        terms.extend(is(NameField::Remote, self.remote_service_name));
        terms.extend(conditions(self.annotation_query).into_iter().filter(|(key, _)| !key.is_empty()).map(tag));
        terms.extend(lasts(Order::Ge, self.min_duration_us));
        terms.extend(lasts(Order::Le, self.max_duration_us));
        Filter::from_terms(terms)
    }
}

fn tag((key, value): (&str, &str)) -> Term {
    let compare = match value {
        "" => TagCompare::Exists,
        _ => TagCompare::In(Membership { any_of: vec![TagValue::new(value)], inverted: false }),
    };
    Term::new(Test::Tag { key: key.to_owned(), compare })
}

/// The conditions of an `annotationQuery`: `error and http.method=GET`. A piece with `=` is a tag of
/// exactly that text, one without is an annotation or a tag's name. Of several pieces with one name the
/// last counts, and one with a value more than one without `=`; `name=` is as good as `name`.
pub fn annotation_query(text: &str) -> Vec<Term> {
    let conditions = conditions(text).into_iter();
    conditions
        .map(|(key, value)| {
            zipkin(match value {
                "" => ZipkinTest::AnnotationOrKey(key.to_owned()),
                _ => ZipkinTest::Tag { key: key.to_owned(), value: value.to_owned() },
            })
        })
        .collect()
}

/// Names and values, without the spaces around them; a value is empty where none was given.
fn conditions(text: &str) -> Vec<(&str, &str)> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut conditions: Vec<(&str, &str)> = Vec::new();
    for piece in text.splitn(CONDITIONS_MAX, " and ") {
        let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
        let (key, value) = (key.trim(), value.trim());
        match conditions.iter_mut().find(|(known, _)| *known == key) {
            Some(known) if piece.contains('=') => known.1 = value,
            Some(_) => {}
            None => conditions.push((key, value)),
        }
    }
    conditions
}

fn name(field: NameField, name: &str) -> Option<Term> {
    (!name.is_empty()).then(|| zipkin(ZipkinTest::Name { field, lower: name.to_lowercase() }))
}

fn zipkin(test: ZipkinTest) -> Term {
    Term::new(Test::Zipkin(test))
}

//! Zipkin's query parameters as filters.
//!
//! Zipkin lets different spans of a trace satisfy different conditions; a given service constrains
//! them all. So each condition becomes a filter of its own, and a trace matches when each filter
//! finds a span.

use super::Filter;
use super::term::{NameField, Term, Test, ZipkinTest};

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
}

/// The conditions of an `annotationQuery`: `error and http.method=GET`. A piece with `=` is a tag of
/// exactly that text, one without is an annotation or a tag's name. Of several pieces with one name the
/// last counts, and one with a value more than one without `=`; `name=` is as good as `name`.
pub fn annotation_query(text: &str) -> Vec<Term> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut conditions: Vec<(&str, &str)> = Vec::new();
    for piece in text.splitn(CONDITIONS_MAX, " and ") {
        let piece = piece.trim();
        let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
        match conditions.iter_mut().find(|(known, _)| *known == key) {
            Some(known) if piece.contains('=') => known.1 = value,
            Some(_) => {}
            None => conditions.push((key, value)),
        }
    }
    conditions
        .into_iter()
        .map(|(key, value)| {
            zipkin(match value {
                "" => ZipkinTest::AnnotationOrKey(key.to_owned()),
                _ => ZipkinTest::Tag { key: key.to_owned(), value: value.to_owned() },
            })
        })
        .collect()
}

fn name(field: NameField, name: &str) -> Option<Term> {
    (!name.is_empty()).then(|| zipkin(ZipkinTest::Name { field, lower: name.to_lowercase() }))
}

fn zipkin(test: ZipkinTest) -> Term {
    Term::new(Test::Zipkin(test))
}

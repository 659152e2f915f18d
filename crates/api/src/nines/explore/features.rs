//! What a span has that another may lack: its names, that it failed, its tags.

use nines_span::{Span, SpanFields, otlp};
use nines_trace::filter::complete::{written_name, written_value};

/// Values longer than this are texts of their own, such as a statement or a stack: nobody compares them.
pub(super) const VALUE_CHARS_MAX: usize = 120;

/// A tag with values this many, of which hardly any comes twice, tells individuals apart and no groups.
const ID_VALUES_MIN: usize = 5;

/// Whether a tag that was seen so often, with so many values, tells individuals apart, as ids do.
pub(super) fn tells_individuals(n_values: usize, n_seen: usize) -> bool {
    n_values >= ID_VALUES_MIN && n_values * 10 >= n_seen * 9
}

/// A name or a tag of a service's spans with its value.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) struct Feature {
    pub service: String,
    pub what: What,
}

/// What a feature is of.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) enum What {
    /// A tag, the span's own or its resource's, by its text.
    Tag(String, String),
    /// The operation.
    Op(String),
    /// That an operation failed.
    Failed(String),
    /// The service itself.
    Service,
}

impl Feature {
    /// Its name and value as people read them.
    pub fn shown(&self) -> (&str, &str) {
        match &self.what {
            What::Tag(key, value) => (key, value),
            What::Op(op) => ("op", op),
            What::Failed(op) => ("error", op),
            What::Service => ("service", &self.service),
        }
    }

    /// The term that tells it from others of its service.
    pub fn term(&self) -> String {
        match &self.what {
            What::Tag(key, value) => format!("{}={}", written_name(key), written_value(value)),
            What::Op(op) => format!("op={}", written_value(op)),
            What::Failed(_) => "error".into(),
            What::Service => format!("service={}", written_value(&self.service)),
        }
    }

    /// The terms that find spans with it.
    pub fn terms(&self) -> String {
        let service = format!("service={}", written_value(&self.service));
        match &self.what {
            What::Tag(..) | What::Op(_) => format!("{service} {}", self.term()),
            What::Failed(op) => format!("{service} op={} error", written_value(op)),
            What::Service => service,
        }
    }
}

/// Hands everything that a span has to `visit`; what is there twice, own and of the resource, twice.
pub(super) fn visit_features(span: &Span, visit: &mut dyn FnMut(Feature)) {
    let service = &span.local.service;
    if service.is_empty() {
        return; // no filter finds such spans by their service
    }
    let mut see = |what: What| visit(Feature { service: service.clone(), what });
    see(What::Service);
    if !span.name.is_empty() {
        see(What::Op(span.name.clone()));
        if span.is_error() {
            see(What::Failed(span.name.clone()));
        }
    }
    let own = span.tags.iter().map(|(key, value)| (key.as_str(), value.as_ref()));
    for (key, value) in own.chain(otlp::resource_attributes(span.resource_bytes())) {
        let text = value.text();
        if !text.is_empty() && text.chars().count() <= VALUE_CHARS_MAX {
            see(What::Tag(key.to_owned(), text.into_owned()));
        }
    }
}

//! Spans as decoded: borrowed from the request body, laid out flat so that decoding allocates per
//! batch and not per span.

use crate::fields::SpanFields;
use crate::model::{Endpoint, Event, Kind, OtlpParts, Span, Status, ValueRef};
use core::net::{Ipv4Addr, Ipv6Addr};
use nines_base::{FineMicros, SpanId, TraceId};
use std::ops::Range;

/// One decoded, normalised request: spans with their tags, events and resources beside them.
#[derive(Default, Debug)]
pub struct Batch<'a> {
    /// The spans, in the order sent.
    pub spans: Vec<SpanRef<'a>>,
    /// Tags of all spans; each span's range is sorted by key and has each key once.
    pub tags: Vec<(&'a str, ValueRef<'a>)>,
    /// Annotations and events of all spans.
    pub events: Vec<EventRef<'a>>,
    /// `ResourceSpans` messages without their `scope_spans`, verbatim; index 0 up.
    pub resources: Vec<&'a [u8]>,
    /// `ScopeSpans` messages without their `spans`, verbatim.
    pub scopes: Vec<&'a [u8]>,
    /// Spans left out because they were malformed, where the protocol allows to take the rest (OTLP).
    pub rejected: u64,
    /// Why the first of them was left out.
    pub rejected_why: Option<String>,
}

/// A span of a [`Batch`]. Fields as in [`Span`].
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct SpanRef<'a> {
    pub trace_id: TraceId,
    pub id: SpanId,
    pub parent_id: Option<SpanId>,
    pub kind: Kind,
    pub name: &'a str,
    pub start: FineMicros,
    pub duration: FineMicros,
    pub local: EndpointRef<'a>,
    pub remote: EndpointRef<'a>,
    /// Range in [`Batch::tags`].
    pub tags: Range<u32>,
    /// Range in [`Batch::events`].
    pub events: Range<u32>,
    pub debug: bool,
    pub shared: bool,
    pub status: Status,
    /// For an OTLP span: its places in [`Batch::resources`] and [`Batch::scopes`].
    pub otlp: Option<(u32, u32)>,
    /// OTLP `Span` fields without a column, verbatim.
    pub rest: &'a [u8],
}

/// [`Endpoint`], borrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct EndpointRef<'a> {
    pub service: &'a str,
    pub ipv4: Option<Ipv4Addr>,
    pub ipv6: Option<Ipv6Addr>,
    pub port: u16,
}

impl EndpointRef<'_> {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == EndpointRef::default()
    }

    /// The same endpoint, owned.
    pub fn to_endpoint(self) -> Endpoint {
        Endpoint { service: self.service.to_owned(), ipv4: self.ipv4, ipv6: self.ipv6, port: self.port }
    }
}

/// [`Event`], borrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct EventRef<'a> {
    pub time: FineMicros,
    pub name: &'a str,
    pub otlp: &'a [u8],
}

/// Bytes of a body per span and per tag: a guess at the low end of what real senders write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Density {
    span_bytes: usize,
    tag_bytes: usize,
}

impl Density {
    /// Of a body that adds nothing by itself.
    pub const NONE: Density = Density { span_bytes: usize::MAX, tag_bytes: usize::MAX };
    /// Of Zipkin's JSON.
    pub const JSON: Density = Density { span_bytes: 400, tag_bytes: 48 };
    /// Of Zipkin's JSON of version 1, which repeats the endpoint with each tag.
    pub const JSON_V1: Density = Density { span_bytes: 700, tag_bytes: 110 };
    /// Of thrift, which repeats it too.
    pub const THRIFT: Density = Density { span_bytes: 400, tag_bytes: 60 };
    /// Of Zipkin's protobuf and of OTLP.
    pub const PROTOBUF: Density = Density { span_bytes: 240, tag_bytes: 36 };
}

/// How long each list of a batch was: what a decoder that fails goes back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    spans: usize,
    tags: usize,
    events: usize,
    resources: usize,
    scopes: usize,
}

/// The last span of a batch, being filled, with the lists that its tags and events go to the end of.
pub(crate) struct OpenSpan<'b, 'a> {
    /// The span.
    pub span: &'b mut SpanRef<'a>,
    /// [`Batch::tags`].
    pub tags: &'b mut Vec<(&'a str, ValueRef<'a>)>,
    /// [`Batch::events`].
    pub events: &'b mut Vec<EventRef<'a>>,
    /// How long these were before it.
    from: (usize, usize),
}

impl OpenSpan<'_, '_> {
    /// Where its tags and events begin.
    pub fn from(&self) -> (usize, usize) {
        self.from
    }

    /// Says which tags and events are its own: all that were added since it was opened.
    pub fn close(self) {
        self.span.tags = self.from.0 as u32..self.tags.len() as u32;
        self.span.events = self.from.1 as u32..self.events.len() as u32;
    }
}

impl<'a> Batch<'a> {
    /// The present lengths.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            spans: self.spans.len(),
            tags: self.tags.len(),
            events: self.events.len(),
            resources: self.resources.len(),
            scopes: self.scopes.len(),
        }
    }

    /// Makes room for what a body of `n_bytes` usually adds, so that the lists seldom move.
    pub(crate) fn reserve(&mut self, n_bytes: usize, density: Density) {
        self.spans.reserve(n_bytes / density.span_bytes);
        self.tags.reserve(n_bytes / density.tag_bytes);
    }

    /// Forgets what was added since `mark`.
    pub(crate) fn rewind(&mut self, mark: Mark) {
        self.spans.truncate(mark.spans);
        self.tags.truncate(mark.tags);
        self.events.truncate(mark.events);
        self.resources.truncate(mark.resources);
        self.scopes.truncate(mark.scopes);
    }

    /// Adds a span that knows nothing yet: a decoder fills it where it stands, since moving one costs as
    /// much as decoding some of its fields.
    pub(crate) fn open_span(&mut self) -> OpenSpan<'_, 'a> {
        let from = (self.tags.len(), self.events.len());
        let span = self.spans.push_mut(SpanRef::default());
        OpenSpan { span, tags: &mut self.tags, events: &mut self.events, from }
    }

    /// Empties the batch for another body and keeps the memory of its lists: a body's worth is large
    /// enough for an allocator to give it back to the system each time.
    pub fn recycle<'b>(self) -> Batch<'b> {
        Batch {
            spans: emptied(self.spans),
            tags: emptied(self.tags),
            events: emptied(self.events),
            resources: emptied(self.resources),
            scopes: emptied(self.scopes),
            rejected: 0,
            rejected_why: None,
        }
    }

    /// Bytes its lists have room for.
    pub fn list_bytes(&self) -> usize {
        fn room<T>(list: &Vec<T>) -> usize {
            list.capacity() * size_of::<T>()
        }
        room(&self.spans) + room(&self.tags) + room(&self.events) + room(&self.resources) + room(&self.scopes)
    }

    /// Whether the ranges of spans could still index everything that `n_bytes` of a body can add:
    /// no encoding says a tag or an event in less than a byte.
    pub(crate) fn can_index(&self, n_bytes: usize) -> bool {
        let lists = [self.tags.len(), self.events.len(), self.resources.len(), self.scopes.len()];
        lists.into_iter().fold(0, usize::max).checked_add(n_bytes).is_some_and(|end| u32::try_from(end).is_ok())
    }

    /// The spans with their parts.
    pub fn views(&self) -> impl ExactSizeIterator<Item = SpanView<'_, 'a>> {
        self.spans.iter().map(|span| SpanView { batch: self, span })
    }
}

/// The list without what it held, for things that differ in their lifetime alone. Collecting what a list
/// yielded fills the list's own memory, and here it yields nothing.
fn emptied<T, U>(mut list: Vec<T>) -> Vec<U> {
    const { assert!(size_of::<T>() == size_of::<U>() && align_of::<T>() == align_of::<U>()) };
    list.clear();
    list.into_iter().filter_map(|_| None).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recycled_batch_is_empty_and_keeps_its_memory() {
        let mut batch = Batch { rejected: 1, rejected_why: Some(String::new()), ..Batch::default() };
        batch.spans.resize(100, SpanRef::default());
        batch.tags.resize(500, ("key", ValueRef::Empty));
        batch.events.push(EventRef::default());
        batch.resources.push(b"resource");
        batch.scopes.push(b"scope");
        let (room, at) = (batch.list_bytes(), batch.spans.as_ptr().addr());
        let batch = batch.recycle();
        assert_eq!((batch.list_bytes(), batch.spans.as_ptr().addr()), (room, at));
        assert!(batch.spans.is_empty() && batch.tags.is_empty() && batch.events.is_empty());
        assert!(batch.resources.is_empty() && batch.scopes.is_empty());
        assert_eq!((batch.rejected, batch.rejected_why), (0, None));
    }
}

/// A span together with the batch that holds its tags and events.
#[derive(Clone, Copy, Debug)]
pub struct SpanView<'b, 'a> {
    /// The batch.
    pub batch: &'b Batch<'a>,
    /// The span.
    pub span: &'b SpanRef<'a>,
}

impl<'b, 'a> SpanView<'b, 'a> {
    /// Its tags, sorted by key.
    pub fn tags(&self) -> &'b [(&'a str, ValueRef<'a>)] {
        &self.batch.tags[self.span.tags.start as usize..self.span.tags.end as usize]
    }

    /// Its annotations or events.
    pub fn events(&self) -> &'b [EventRef<'a>] {
        &self.batch.events[self.span.events.start as usize..self.span.events.end as usize]
    }

    /// Its resource, verbatim; `None` for a Zipkin span.
    pub fn resource(&self) -> Option<&'a [u8]> {
        self.span.otlp.map(|(resource, _)| self.batch.resources[resource as usize])
    }

    /// Its scope, verbatim; `None` for a Zipkin span.
    pub fn scope(&self) -> Option<&'a [u8]> {
        self.span.otlp.map(|(_, scope)| self.batch.scopes[scope as usize])
    }

    /// The same span, owned.
    pub fn to_span(&self) -> Span {
        let span = self.span;
        Span {
            trace_id: span.trace_id,
            id: span.id,
            parent_id: span.parent_id,
            kind: span.kind,
            name: span.name.to_owned(),
            start: span.start,
            duration: span.duration,
            local: span.local.to_endpoint(),
            remote: span.remote.to_endpoint(),
            tags: self.tags().iter().map(|(key, value)| ((*key).to_owned(), value.to_value())).collect(),
            events: self
                .events()
                .iter()
                .map(|event| Event { time: event.time, name: event.name.to_owned(), otlp: event.otlp.to_vec() })
                .collect(),
            debug: span.debug,
            shared: span.shared,
            status: span.status,
            otlp: span.otlp.map(|_| OtlpParts {
                resource: self.resource().unwrap_or_default().into(),
                scope: self.scope().unwrap_or_default().into(),
                rest: span.rest.to_vec(),
            }),
        }
    }
}

impl SpanFields for SpanView<'_, '_> {
    fn trace_id(&self) -> TraceId {
        self.span.trace_id
    }
    fn id(&self) -> SpanId {
        self.span.id
    }
    fn parent_id(&self) -> Option<SpanId> {
        self.span.parent_id
    }
    fn kind(&self) -> Kind {
        self.span.kind
    }
    fn service(&self) -> &str {
        self.span.local.service
    }
    fn name(&self) -> &str {
        self.span.name
    }
    fn remote_service(&self) -> &str {
        self.span.remote.service
    }
    fn start(&self) -> FineMicros {
        self.span.start
    }
    fn duration(&self) -> FineMicros {
        self.span.duration
    }
    fn shared(&self) -> bool {
        self.span.shared
    }
    fn debug(&self) -> bool {
        self.span.debug
    }
    fn status(&self) -> Status {
        self.span.status
    }
    fn own_tag(&self, key: &str) -> Option<ValueRef<'_>> {
        let tags = self.tags();
        tags.binary_search_by(|(own, _)| (*own).cmp(key)).ok().map(|at| tags[at].1)
    }
    fn resource_bytes(&self) -> &[u8] {
        self.resource().unwrap_or_default()
    }
    fn has_event(&self, name: &str) -> bool {
        self.events().iter().any(|event| event.name == name)
    }
    fn rest_bytes(&self) -> &[u8] {
        self.span.rest
    }
}

//! A span as the filter language, SLIs and searches see it, whoever holds it: a request body, a
//! column store, an owned value.

use crate::model::{Kind, Span, Status, ValueRef};
use nines_base::{FineMicros, SpanId, TraceId};

/// Short names for what a span shares with many others. Numbers are small, as places in a table are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Class {
    /// Who gave the numbers. Numbers of two numberings have nothing to do with each other.
    pub numbering: u64,
    /// Spans of one operation agree in service, name, remote service and kind.
    pub operation: u32,
    /// Spans of one layout agree in status, in which tags of their own they have, and in where those stand.
    pub layout: u32,
    /// Spans of one resource agree in it.
    pub resource: u32,
}

/// Read access to the fields a predicate may ask for.
#[allow(missing_docs)]
pub trait SpanFields {
    fn trace_id(&self) -> TraceId;
    fn id(&self) -> SpanId;
    fn parent_id(&self) -> Option<SpanId>;
    fn kind(&self) -> Kind;
    /// Local service name as sent; empty when unknown.
    fn service(&self) -> &str;
    /// Operation name as sent; empty when unknown.
    fn name(&self) -> &str;
    /// Remote service name as sent; empty when unknown.
    fn remote_service(&self) -> &str;
    fn start(&self) -> FineMicros;
    /// [`FineMicros::NONE`] when not sent.
    fn duration(&self) -> FineMicros;
    fn shared(&self) -> bool;
    fn debug(&self) -> bool;
    fn status(&self) -> Status;
    /// The span's own tag of that exact name.
    fn own_tag(&self, key: &str) -> Option<ValueRef<'_>>;
    /// The OTLP resource as kept in [`crate::OtlpParts::resource`]; empty for a Zipkin span.
    fn resource_bytes(&self) -> &[u8];
    /// Whether an annotation or event has exactly this name.
    fn has_event(&self, name: &str) -> bool;

    /// The span's OTLP fields without a column, links and trace state among them, as kept in
    /// [`crate::OtlpParts::rest`]; empty for a Zipkin span, and where whoever holds the span did not read them.
    fn rest_bytes(&self) -> &[u8] {
        &[]
    }

    /// The span's class, if whoever holds it gives out numbers.
    fn class(&self) -> Option<Class> {
        None
    }

    /// Where the tag of [`SpanFields::own_tag`] stands, the same for all spans of a layout; `None` where
    /// there is none. Asked only of spans that have a class.
    fn tag_place(&self, _key: &str) -> Option<u32> {
        None
    }

    /// The tag at a place that [`SpanFields::tag_place`] told of this span or another one of its layout.
    fn tag_at(&self, _place: u32) -> Option<ValueRef<'_>> {
        None
    }

    /// A number for the value of the tag at a place: two spans of a numbering and layout that have the same
    /// there have the same value.
    fn tag_number_at(&self, _place: u32) -> Option<u32> {
        None
    }

    /// A tag by name: the span's own first, then its resource's.
    fn tag(&self, key: &str) -> Option<ValueRef<'_>> {
        self.own_tag(key).or_else(|| crate::otlp::resource_attribute(self.resource_bytes(), key))
    }

    /// Whether the span failed, by the rules of [`crate::error`].
    fn is_error(&self) -> bool {
        crate::error::is_error(self)
    }

    /// The span's end in whole microseconds, the event time of SLIs; `None` without a start.
    fn end_us(&self) -> Option<u64> {
        let (start, duration) = (self.start(), self.duration());
        let carry = u64::from(start.sub_ns + duration.sub_ns >= 1000);
        (!start.is_none()).then(|| start.us.saturating_add(duration.us).saturating_add(carry))
    }
}

impl SpanFields for Span {
    fn trace_id(&self) -> TraceId {
        self.trace_id
    }
    fn id(&self) -> SpanId {
        self.id
    }
    fn parent_id(&self) -> Option<SpanId> {
        self.parent_id
    }
    fn kind(&self) -> Kind {
        self.kind
    }
    fn service(&self) -> &str {
        &self.local.service
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn remote_service(&self) -> &str {
        &self.remote.service
    }
    fn start(&self) -> FineMicros {
        self.start
    }
    fn duration(&self) -> FineMicros {
        self.duration
    }
    fn shared(&self) -> bool {
        self.shared
    }
    fn debug(&self) -> bool {
        self.debug
    }
    fn status(&self) -> Status {
        self.status
    }
    fn own_tag(&self, key: &str) -> Option<ValueRef<'_>> {
        self.tags.binary_search_by(|(own, _)| own.as_str().cmp(key)).ok().map(|at| self.tags[at].1.as_ref())
    }
    fn resource_bytes(&self) -> &[u8] {
        self.otlp.as_ref().map(|parts| &parts.resource[..]).unwrap_or_default()
    }
    fn has_event(&self, name: &str) -> bool {
        self.events.iter().any(|event| event.name == name)
    }
    fn rest_bytes(&self) -> &[u8] {
        self.otlp.as_ref().map(|parts| &parts.rest[..]).unwrap_or_default()
    }
}

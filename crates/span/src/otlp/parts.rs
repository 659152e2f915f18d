//! Reading what is kept verbatim: resources, scopes, events' attributes, and a span's further fields.
//!
//! The bytes were checked when they were decoded. Bytes from elsewhere cannot do harm: what is wrong
//! ends the reading early.

use super::schema::{event, link, resource, resource_spans, scope, scope_spans, span, status};
use super::value::{entry, key_value, value_or_empty};
use crate::model::ValueRef;
use crate::protobuf::{Field, Fields};
use nines_base::{SpanId, TraceId};

/// Attributes in the order sent; made by [`resource_attributes`] and its siblings.
#[derive(Clone, Debug, Default)]
pub struct Attributes<'a> {
    fields: Fields<'a>,
    number: u32,
}

impl<'a> Attributes<'a> {
    fn of(message: &'a [u8], number: u32) -> Attributes<'a> {
        Attributes { fields: Fields::of(message), number }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, ValueRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let message = self.fields.next_bytes(self.number)?;
            if let Some(attribute) = entry(message) {
                return Some(attribute);
            }
        }
    }
}

/// The attributes of a resource as kept in [`crate::OtlpParts::resource`].
pub fn resource_attributes(resource_spans: &[u8]) -> impl Iterator<Item = (&str, ValueRef<'_>)> {
    messages(resource_spans, resource_spans::RESOURCE).flat_map(|message| Attributes::of(message, resource::ATTRIBUTES))
}

/// Looks an attribute up in a resource as kept in [`crate::OtlpParts::resource`]. A key that stands
/// twice, which OTLP forbids, gives its first value.
pub fn resource_attribute<'a>(resource: &'a [u8], key: &str) -> Option<ValueRef<'a>> {
    messages(resource, resource_spans::RESOURCE)
        .flat_map(|message| messages(message, resource::ATTRIBUTES))
        .filter_map(|attribute| key_value(attribute).ok())
        .find(|(own, _)| *own == key.as_bytes())
        .map(|(_, value)| value_or_empty(value))
}

/// The attributes of a scope as kept in [`crate::OtlpParts::scope`].
pub fn scope_attributes(scope: &[u8]) -> impl Iterator<Item = (&str, ValueRef<'_>)> {
    messages(scope, scope_spans::SCOPE).flat_map(|message| Attributes::of(message, scope::ATTRIBUTES))
}

/// The name of a scope as kept in [`crate::OtlpParts::scope`]; empty where it has none.
pub fn scope_name(scope: &[u8]) -> &str {
    messages(scope, scope_spans::SCOPE).filter_map(|message| last_text(message, scope::NAME)).last().unwrap_or_default()
}

/// The version of a scope as kept in [`crate::OtlpParts::scope`]; empty where it has none.
pub fn scope_version(scope: &[u8]) -> &str {
    messages(scope, scope_spans::SCOPE)
        .filter_map(|message| last_text(message, scope::VERSION))
        .last()
        .unwrap_or_default()
}

/// The attributes of an event as kept in [`crate::Event::otlp`].
pub fn event_attributes(event: &[u8]) -> Attributes<'_> {
    Attributes::of(event, event::ATTRIBUTES)
}

/// A link to another span.
#[derive(Clone, Debug)]
pub struct Link<'a> {
    /// The other span's trace; 0 where it was not 16 bytes.
    pub trace_id: TraceId,
    /// The other span; 0 where it was not 8 bytes.
    pub span_id: SpanId,
    /// The other trace's `tracestate`.
    pub trace_state: &'a str,
    /// W3C trace flags and whether the other span is remote.
    pub flags: u32,
    /// The link's attributes.
    pub attributes: Attributes<'a>,
}

/// The links of a span as kept in [`crate::OtlpParts::rest`].
pub fn links(rest: &[u8]) -> impl Iterator<Item = Link<'_>> {
    messages(rest, span::LINKS).map(|message| Link {
        trace_id: TraceId(last_bytes(message, link::TRACE_ID).and_then(trace_id).unwrap_or(0)),
        span_id: SpanId(last_bytes(message, link::SPAN_ID).and_then(span_id).unwrap_or(0)),
        trace_state: last_text(message, link::TRACE_STATE).unwrap_or_default(),
        flags: last(message, link::FLAGS).and_then(|field| field.fixed32().ok()).unwrap_or(0),
        attributes: Attributes::of(message, link::ATTRIBUTES),
    })
}

/// The message of a span's status, from [`crate::OtlpParts::rest`]; `None` where there is none.
pub fn status_message(rest: &[u8]) -> Option<&str> {
    messages(rest, span::STATUS)
        .filter_map(|message| last_text(message, status::MESSAGE))
        .last()
        .filter(|text| !text.is_empty())
}

/// The `tracestate` of a span, from [`crate::OtlpParts::rest`].
pub fn trace_state(rest: &[u8]) -> &str {
    last_text(rest, span::TRACE_STATE).unwrap_or_default()
}

/// The flags of a span, from [`crate::OtlpParts::rest`]: W3C trace flags and whether its parent is remote.
pub fn flags(rest: &[u8]) -> u32 {
    last(rest, span::FLAGS).and_then(|field| field.fixed32().ok()).unwrap_or(0)
}

/// Whether a message has a field.
pub(super) fn has_field(message: &[u8], number: u32) -> bool {
    last(message, number).is_some()
}

/// 16 bytes as a number.
pub(super) fn trace_id(bytes: &[u8]) -> Option<u128> {
    bytes.try_into().ok().map(u128::from_be_bytes)
}

/// 8 bytes as a number.
pub(super) fn span_id(bytes: &[u8]) -> Option<u64> {
    bytes.try_into().ok().map(u64::from_be_bytes)
}

fn messages(message: &[u8], number: u32) -> impl Iterator<Item = &[u8]> {
    let mut fields = Fields::of(message);
    std::iter::from_fn(move || fields.next_bytes(number))
}

/// The last field of that number: the one that counts.
fn last(message: &[u8], number: u32) -> Option<Field<'_>> {
    let mut fields = Fields::of(message);
    let mut last = None;
    while let Ok(Some(field)) = fields.next() {
        if field.number == number {
            last = Some(field);
        }
    }
    last
}

fn last_bytes(message: &[u8], number: u32) -> Option<&[u8]> {
    last(message, number)?.bytes().ok()
}

fn last_text(message: &[u8], number: u32) -> Option<&str> {
    last(message, number)?.text().ok()
}

//! Checks of what is kept verbatim: each field of the type its number stands for, texts in UTF-8,
//! values nested within bounds. Fields without a known number pass.

use super::schema::{event, link, resource, resource_spans, scope, scope_spans, span};
use super::value::checked_key_value;
use crate::protobuf::{Field, Fields, WireFault};

/// A field of `ResourceSpans` other than its spans.
pub(super) fn of_resource_spans(field: &Field<'_>) -> Result<(), WireFault> {
    match field.number {
        resource_spans::RESOURCE => each(field.bytes()?, |field| match field.number {
            resource::ATTRIBUTES => attribute(field),
            _ => Ok(()),
        }),
        resource_spans::SCHEMA_URL => field.text().map(drop),
        _ => Ok(()),
    }
}

/// A field of `ScopeSpans` other than its spans.
pub(super) fn of_scope_spans(field: &Field<'_>) -> Result<(), WireFault> {
    match field.number {
        scope_spans::SCOPE => each(field.bytes()?, |field| match field.number {
            scope::NAME | scope::VERSION => field.text().map(drop),
            scope::ATTRIBUTES => attribute(field),
            _ => Ok(()),
        }),
        scope_spans::SCHEMA_URL => field.text().map(drop),
        _ => Ok(()),
    }
}

/// A field of `Span` that has no column.
pub(super) fn of_span(field: &Field<'_>) -> Result<(), WireFault> {
    match field.number {
        span::TRACE_STATE => field.text().map(drop),
        span::LINKS => each(field.bytes()?, of_link),
        span::DROPPED_ATTRIBUTES_COUNT | span::DROPPED_EVENTS_COUNT | span::DROPPED_LINKS_COUNT => {
            field.varint().map(drop)
        }
        span::FLAGS => field.fixed32().map(drop),
        _ => Ok(()),
    }
}

/// A field of `Span.Event` other than its time and name.
pub(super) fn of_event(field: &Field<'_>) -> Result<(), WireFault> {
    match field.number {
        event::ATTRIBUTES => attribute(field),
        event::DROPPED_ATTRIBUTES_COUNT => field.varint().map(drop),
        _ => Ok(()),
    }
}

fn of_link(field: &Field<'_>) -> Result<(), WireFault> {
    match field.number {
        link::TRACE_ID | link::SPAN_ID => field.bytes().map(drop),
        link::TRACE_STATE => field.text().map(drop),
        link::ATTRIBUTES => attribute(field),
        link::DROPPED_ATTRIBUTES_COUNT => field.varint().map(drop),
        link::FLAGS => field.fixed32().map(drop),
        _ => Ok(()),
    }
}

fn attribute(field: &Field<'_>) -> Result<(), WireFault> {
    checked_key_value(field.bytes()?, 0).map(drop)
}

fn each(message: &[u8], check: fn(&Field<'_>) -> Result<(), WireFault>) -> Result<(), WireFault> {
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        check(&field)?;
    }
    Ok(())
}

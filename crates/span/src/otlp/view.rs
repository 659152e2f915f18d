//! An OTLP span as Zipkin's API shows it, by the OpenTelemetry-to-Zipkin mapping and, where that is
//! silent, as Zipkin's own OTLP module does.
//!
//! - Attributes of the resource but `service.name`, then those of the span, are text tags; the span's win.
//! - Status OK and ERROR are the tag `otel.status_code`; a failed span without an attribute `error` has
//!   the tag `error` with the status message, which may be empty.
//! - The scope is `otel.scope.name` and `otel.scope.version`.
//! - An event is an annotation: its name, or `"name":{…}` with its attributes in JSON.
//! - Times are whole microseconds; a duration is at least one.
//! - Links, trace state and dropped counts have no place.

use super::parts::{event_attributes, resource_attributes, scope_name, scope_version, status_message};
use crate::fields::SpanFields;
use crate::model::{Event, Kind, OtlpParts, Span, Status, Value};
use crate::text::write_json_object;
use crate::zipkin::write_text;
use nines_base::FineMicros;
use std::borrow::Cow;

/// The span as Zipkin shows it; one that came in a Zipkin format is its own view.
pub fn zipkin_view(span: &Span) -> Cow<'_, Span> {
    let Some(parts) = &span.otlp else { return Cow::Borrowed(span) };
    let kind = if span.kind == Kind::Internal { Kind::Unspecified } else { span.kind };
    Cow::Owned(Span {
        trace_id: span.trace_id,
        id: span.id,
        parent_id: span.parent_id,
        kind,
        name: span.name.clone(),
        start: FineMicros::from_us(span.start.us),
        duration: duration(span),
        local: span.local.clone(),
        remote: span.remote.clone(),
        tags: tags(span, parts),
        events: annotations(&span.events),
        ..Span::default()
    })
}

/// Between the microseconds of start and end, as Zipkin's module reckons.
fn duration(span: &Span) -> FineMicros {
    let end_us = span.end_us().unwrap_or(span.start.us);
    FineMicros::from_us(end_us.saturating_sub(span.start.us).max(1))
}

fn tags(span: &Span, parts: &OtlpParts) -> Vec<(String, Value)> {
    let mut tags: Vec<(String, Value)> = Vec::with_capacity(span.tags.len() + 8);
    let mut put = |key: &str, text: Cow<'_, str>| tags.push((key.to_owned(), Value::Str(text.into_owned())));
    // What is put first wins.
    let (name, version) = (scope_name(&parts.scope), scope_version(&parts.scope));
    if !version.is_empty() {
        put("otel.scope.version", version.into());
    }
    if !name.is_empty() {
        put("otel.scope.name", name.into());
    }
    match span.status {
        Status::Unset => {}
        Status::Ok => put("otel.status_code", "OK".into()),
        Status::Error => {
            put("otel.status_code", "ERROR".into());
            if span.own_tag("error").is_none() {
                put("error", status_message(&parts.rest).unwrap_or_default().into());
            }
        }
    }
    for (key, value) in &span.tags {
        put(key, value.as_ref().text());
    }
    for (key, value) in resource_attributes(&parts.resource).filter(|(key, _)| *key != "service.name") {
        put(key, value.text());
    }
    tags.sort_by(|a, b| a.0.cmp(&b.0));
    tags.dedup_by(|later, first| later.0 == first.0);
    tags
}

fn annotations(events: &[Event]) -> Vec<Event> {
    let mut annotations: Vec<Event> = events
        .iter()
        .map(|event| Event { time: FineMicros::from_us(event.time.us), name: annotation(event), otlp: Vec::new() })
        .collect();
    annotations.sort_by(|a, b| (a.time, &a.name).cmp(&(b.time, &b.name)));
    annotations.dedup();
    annotations
}

fn annotation(event: &Event) -> String {
    let mut attributes = event_attributes(&event.otlp).peekable();
    if attributes.peek().is_none() {
        return event.name.clone();
    }
    let mut out = Vec::new();
    write_text(&event.name, &mut out);
    out.push(b':');
    write_json_object(attributes, 0, &mut out);
    // Everything written is ASCII or was a `str`.
    String::from_utf8(out).unwrap_or_default()
}

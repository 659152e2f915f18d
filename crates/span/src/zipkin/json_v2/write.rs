//! Writing spans as Zipkin does: its field order, its escapes, no white space, absent fields left out.

use crate::model::{Endpoint, Event, Span, Value};
use crate::otlp::zipkin_view;
use crate::zipkin::ip::write_ipv6;
use crate::zipkin::json::{write_number, write_text};
use crate::zipkin::lower_case;
use nines_base::FineMicros;
use std::io::Write;

/// Appends spans as a JSON list.
pub fn write_list<'s>(spans: impl IntoIterator<Item = &'s Span>, out: &mut Vec<u8>) {
    out.push(b'[');
    for (nth, span) in spans.into_iter().enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        write_span(span, out);
    }
    out.push(b']');
}

/// Appends one span as a JSON object. Names of services and spans are in lower case; an OTLP span is
/// shown by [`zipkin_view`].
pub fn write_span(span: &Span, out: &mut Vec<u8>) {
    let span = &*zipkin_view(span);
    write_ids(span, out);
    if let Some(kind) = span.kind.zipkin_name() {
        field("kind", out);
        write_text(kind, out);
    }
    if !span.name.is_empty() {
        field("name", out);
        write_text(&lower_case(&span.name), out);
    }
    write_micros("timestamp", span.start, out);
    write_micros("duration", span.duration, out);
    write_endpoint("localEndpoint", &span.local, out);
    write_endpoint("remoteEndpoint", &span.remote, out);
    write_annotations(&span.events, out);
    write_tags(&span.tags, out);
    if span.debug {
        out.extend_from_slice(b",\"debug\":true");
    }
    if span.shared {
        out.extend_from_slice(b",\"shared\":true");
    }
    out.push(b'}');
}

fn write_ids(span: &Span, out: &mut Vec<u8>) {
    // Writing to a `Vec` cannot fail.
    let _ = write!(out, "{{\"traceId\":\"{}\"", span.trace_id);
    if let Some(parent_id) = span.parent_id {
        let _ = write!(out, ",\"parentId\":\"{parent_id}\"");
    }
    let _ = write!(out, ",\"id\":\"{}\"", span.id);
}

/// A field that is not the first of its object; the names used here need no escape.
fn field(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

fn write_micros(name: &str, time: FineMicros, out: &mut Vec<u8>) {
    if time.us != 0 {
        field(name, out);
        write_number(time.us, out);
    }
}

fn write_endpoint(name: &str, endpoint: &Endpoint, out: &mut Vec<u8>) {
    if endpoint.is_empty() {
        return;
    }
    field(name, out);
    let from = out.len();
    if !endpoint.service.is_empty() {
        field("serviceName", out);
        write_text(&lower_case(&endpoint.service), out);
    }
    if let Some(ipv4) = endpoint.ipv4 {
        field("ipv4", out);
        write_text(&ipv4.to_string(), out);
    }
    if let Some(ipv6) = endpoint.ipv6 {
        let mut text = String::new();
        write_ipv6(ipv6, &mut text);
        field("ipv6", out);
        write_text(&text, out);
    }
    if endpoint.port != 0 {
        field("port", out);
        write_number(u64::from(endpoint.port), out);
    }
    // The endpoint has a field, so the first byte is the comma before it: it becomes the brace.
    out[from] = b'{';
    out.push(b'}');
}

fn write_annotations(events: &[Event], out: &mut Vec<u8>) {
    if events.is_empty() {
        return;
    }
    field("annotations", out);
    let from = out.len();
    for event in events {
        out.extend_from_slice(b",{\"timestamp\":");
        write_number(event.time.us, out);
        field("value", out);
        write_text(&event.name, out);
        out.push(b'}');
    }
    out[from] = b'[';
    out.push(b']');
}

fn write_tags(tags: &[(String, Value)], out: &mut Vec<u8>) {
    if tags.is_empty() {
        return;
    }
    field("tags", out);
    let from = out.len();
    for (key, value) in tags {
        out.push(b',');
        write_text(key, out);
        out.push(b':');
        write_text(&value.as_ref().text(), out);
    }
    out[from] = b'{';
    out.push(b'}');
}

//! Writing spans as a `ListOfSpans`: what the JSON of [`crate::zipkin::json_v2`] says, field by field.

use super::schema::{annotation, endpoint, list, span as schema, tag};
use crate::model::{Endpoint, Event, Kind, Span};
use crate::otlp::zipkin_view;
use crate::protobuf::{put_bytes, put_fixed64, put_message, put_varint};
use crate::zipkin::lower_case;
use nines_base::{SpanId, TraceId};

/// Appends spans as a list. Names of services and spans are in lower case; an OTLP span is shown by
/// [`zipkin_view`]. Lists that are appended to one another are one list.
pub fn write_list<'s>(spans: impl IntoIterator<Item = &'s Span>, out: &mut Vec<u8>) {
    for span in spans {
        put_message(list::SPANS, out, |out| put_span(&zipkin_view(span), out));
    }
}

fn put_span(span: &Span, out: &mut Vec<u8>) {
    put_trace_id(span.trace_id, out);
    if let Some(SpanId(parent_id)) = span.parent_id {
        put_bytes(schema::PARENT_ID, &parent_id.to_be_bytes(), out);
    }
    put_bytes(schema::ID, &span.id.0.to_be_bytes(), out);
    if let kind @ (Kind::Client | Kind::Server | Kind::Producer | Kind::Consumer) = span.kind {
        put_varint(schema::KIND, kind as u64, out);
    }
    put_text(schema::NAME, &lower_case(&span.name), out);
    if span.start.us != 0 {
        put_fixed64(schema::TIMESTAMP, span.start.us, out);
    }
    if span.duration.us != 0 {
        put_varint(schema::DURATION, span.duration.us, out);
    }
    put_endpoint(schema::LOCAL_ENDPOINT, &span.local, out);
    put_endpoint(schema::REMOTE_ENDPOINT, &span.remote, out);
    for event in &span.events {
        put_message(schema::ANNOTATIONS, out, |out| put_annotation(event, out));
    }
    for (key, value) in &span.tags {
        put_message(schema::TAGS, out, |out| {
            put_bytes(tag::KEY, key.as_bytes(), out);
            put_bytes(tag::VALUE, value.as_ref().text().as_bytes(), out);
        });
    }
    for (number, flag) in [(schema::DEBUG, span.debug), (schema::SHARED, span.shared)] {
        if flag {
            put_varint(number, 1, out);
        }
    }
}

fn put_trace_id(id: TraceId, out: &mut Vec<u8>) {
    if id.is_128() {
        put_bytes(schema::TRACE_ID, &id.0.to_be_bytes(), out);
    } else {
        put_bytes(schema::TRACE_ID, &id.low().to_be_bytes(), out);
    }
}

fn put_endpoint(number: u32, endpoint: &Endpoint, out: &mut Vec<u8>) {
    if endpoint.is_empty() {
        return;
    }
    put_message(number, out, |out| {
        put_text(endpoint::SERVICE_NAME, &lower_case(&endpoint.service), out);
        if let Some(ipv4) = endpoint.ipv4 {
            put_bytes(endpoint::IPV4, &ipv4.octets(), out);
        }
        if let Some(ipv6) = endpoint.ipv6 {
            put_bytes(endpoint::IPV6, &ipv6.octets(), out);
        }
        if endpoint.port != 0 {
            put_varint(endpoint::PORT, u64::from(endpoint.port), out);
        }
    });
}

/// Both fields are written even where they say nothing: a reader drops an annotation that lacks one.
fn put_annotation(event: &Event, out: &mut Vec<u8>) {
    put_fixed64(annotation::TIMESTAMP, event.time.us, out);
    put_bytes(annotation::VALUE, event.name.as_bytes(), out);
}

fn put_text(number: u32, text: &str, out: &mut Vec<u8>) {
    if !text.is_empty() {
        put_bytes(number, text.as_bytes(), out);
    }
}

//! Writing spans as an `ExportTraceServiceRequest`.
//!
//! A span that came by OTLP is written as it came: decoding what is written gives the same span. Its
//! fields may stand in another order, attributes are sorted, and of a repeated key the last is left.
//!
//! A span that came in a Zipkin format is written by the mapping the other way round: its service is
//! the resource, endpoints are `network.local.*`, `peer.service` and `network.peer.*`, tags are text
//! attributes, annotations are events, and the flags are `zipkin.debug` and `zipkin.shared`.

use super::endpoints::{LOCAL_ADDRESS, LOCAL_PORT, PEER_ADDRESS, PEER_PORT, PEER_SERVICE};
use super::parts::has_field;
use super::schema::{event, request, resource, resource_spans, scope_spans, span as schema, status};
use super::value::put_key_value;
use crate::fields::SpanFields;
use crate::model::{Endpoint, Event, Kind, Span, Status, ValueRef};
use crate::protobuf::{put_bytes, put_fixed64, put_message, put_varint};
use core::net::IpAddr;

/// Writes `spans` in their order; neighbours with the same resource and scope share one message.
pub fn encode(spans: &[Span]) -> Vec<u8> {
    let mut out = Vec::new();
    for same_resource in spans.chunk_by(has_same_resource) {
        put_message(request::RESOURCE_SPANS, &mut out, |out| {
            put_resource(&same_resource[0], out);
            for same_scope in same_resource.chunk_by(has_same_scope) {
                put_message(resource_spans::SCOPE_SPANS, out, |out| {
                    if let Some(parts) = &same_scope[0].otlp {
                        out.extend_from_slice(&parts.scope);
                    }
                    for span in same_scope {
                        put_message(scope_spans::SPANS, out, |out| put_span(span, out));
                    }
                });
            }
        });
    }
    out
}

fn has_same_resource(a: &Span, b: &Span) -> bool {
    match (&a.otlp, &b.otlp) {
        (Some(a), Some(b)) => a.resource == b.resource,
        (None, None) => a.local.service == b.local.service,
        _ => false,
    }
}

fn has_same_scope(a: &Span, b: &Span) -> bool {
    let scope = |span: &Span| span.otlp.as_ref().map(|parts| parts.scope.clone());
    scope(a) == scope(b)
}

fn put_resource(span: &Span, out: &mut Vec<u8>) {
    match &span.otlp {
        Some(parts) => out.extend_from_slice(&parts.resource),
        None if span.local.service.is_empty() => {}
        None => put_message(resource_spans::RESOURCE, out, |out| {
            put_key_value(resource::ATTRIBUTES, "service.name", ValueRef::Str(&span.local.service), out);
        }),
    }
}

fn put_span(span: &Span, out: &mut Vec<u8>) {
    put_bytes(schema::TRACE_ID, &span.trace_id.0.to_be_bytes(), out);
    put_bytes(schema::SPAN_ID, &span.id.0.to_be_bytes(), out);
    if let Some(parent_id) = span.parent_id {
        put_bytes(schema::PARENT_SPAN_ID, &parent_id.0.to_be_bytes(), out);
    }
    if !span.name.is_empty() {
        put_bytes(schema::NAME, span.name.as_bytes(), out);
    }
    let kind = kind_number(span.kind);
    if kind != 0 {
        put_varint(schema::KIND, kind, out);
    }
    put_times(span, out);
    for (key, value) in &span.tags {
        put_key_value(schema::ATTRIBUTES, key, value.as_ref(), out);
    }
    if span.otlp.is_none() {
        put_endpoints(span, out);
    }
    for event in &span.events {
        put_message(schema::EVENTS, out, |out| put_event(event, out));
    }
    let rest = span.otlp.as_ref().map(|parts| &parts.rest[..]).unwrap_or_default();
    if span.status != Status::Unset && !has_field(rest, schema::STATUS) {
        put_message(schema::STATUS, out, |out| put_varint(status::CODE, span.status as u64, out));
    }
    out.extend_from_slice(rest);
}

/// The end of an OTLP span stands in its further fields where it is not start and duration.
fn put_times(span: &Span, out: &mut Vec<u8>) {
    if span.start.is_none() {
        return;
    }
    put_fixed64(schema::START_TIME_UNIX_NANO, span.start.to_ns(), out);
    let has_end = match &span.otlp {
        Some(parts) => !has_field(&parts.rest, schema::END_TIME_UNIX_NANO),
        None => !span.duration.is_none(),
    };
    if has_end {
        put_fixed64(schema::END_TIME_UNIX_NANO, span.start.to_ns().saturating_add(span.duration.to_ns()), out);
    }
}

fn put_event(event: &Event, out: &mut Vec<u8>) {
    if !event.time.is_none() {
        put_fixed64(event::TIME_UNIX_NANO, event.time.to_ns(), out);
    }
    if !event.name.is_empty() {
        put_bytes(event::NAME, event.name.as_bytes(), out);
    }
    out.extend_from_slice(&event.otlp);
}

/// What a Zipkin span says outside its tags, as attributes it does not have already.
fn put_endpoints(span: &Span, out: &mut Vec<u8>) {
    let mut put = |key: &str, value: ValueRef<'_>| {
        if span.own_tag(key).is_none() {
            put_key_value(schema::ATTRIBUTES, key, value, out);
        }
    };
    if !span.remote.service.is_empty() {
        put(PEER_SERVICE, ValueRef::Str(&span.remote.service));
    }
    for (endpoint, address_key, port_key) in
        [(&span.local, LOCAL_ADDRESS, LOCAL_PORT), (&span.remote, PEER_ADDRESS, PEER_PORT)]
    {
        if let Some(address) = address(endpoint) {
            put(address_key, ValueRef::Str(&address.to_string()));
        }
        if endpoint.port != 0 {
            put(port_key, ValueRef::Int(i64::from(endpoint.port)));
        }
    }
    if span.debug {
        put("zipkin.debug", ValueRef::Bool(true));
    }
    if span.shared {
        put("zipkin.shared", ValueRef::Bool(true));
    }
}

/// OTLP has room for one address.
fn address(endpoint: &Endpoint) -> Option<IpAddr> {
    endpoint.ipv4.map(IpAddr::V4).or(endpoint.ipv6.map(IpAddr::V6))
}

fn kind_number(kind: Kind) -> u64 {
    match kind {
        Kind::Unspecified => 0,
        Kind::Internal => 1,
        Kind::Server => 2,
        Kind::Client => 3,
        Kind::Producer => 4,
        Kind::Consumer => 5,
    }
}

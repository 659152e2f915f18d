//! Zipkin's protobuf encoding: `ListOfSpans`; field numbers of zipkin.proto.

use super::super::corpus::{Endpoint, Kind, Span};
use super::protobuf::{bytes, fixed64, id, message, number, string, text};
use super::template::{Slot, Template};

/// Encodes a message.
pub fn encode(spans: &[Span]) -> Template {
    let mut out = Template::of(spans.len());
    for span in spans {
        message(&mut out, 1, encode_span(span));
    }
    out
}

fn encode_span(span: &Span) -> Template {
    let mut out = Template::default();
    id(&mut out, 1, Slot::TraceBytes(span.trace));
    if let Some(parent) = span.parent {
        id(&mut out, 2, Slot::SpanBytes(parent));
    }
    id(&mut out, 3, Slot::SpanBytes(span.id));
    let kind = match span.kind {
        Kind::Client => 1,
        Kind::Server => 2,
        Kind::Producer => 3,
        Kind::Consumer => 4,
    };
    number(&mut out, 4, kind);
    text(&mut out, 5, &span.name);
    fixed64(&mut out, 6, Slot::MicrosFixed(span.start_us));
    number(&mut out, 7, span.duration_us);
    message(&mut out, 8, endpoint(&span.local));
    if let Some(remote) = &span.remote {
        message(&mut out, 9, endpoint(remote));
    }
    for (at_us, what) in &span.events {
        let mut annotation = Template::default();
        fixed64(&mut annotation, 1, Slot::MicrosFixed(*at_us));
        string(&mut annotation, 2, what);
        message(&mut out, 10, annotation);
    }
    for (key, value) in &span.tags {
        let mut tag = Template::default();
        string(&mut tag, 1, key);
        text(&mut tag, 2, value);
        message(&mut out, 11, tag);
    }
    if span.shared {
        number(&mut out, 13, 1);
    }
    out
}

fn endpoint(endpoint: &Endpoint) -> Template {
    let mut out = Template::default();
    if let Some(service) = endpoint.service {
        string(&mut out, 1, service);
    }
    if endpoint.ip != 0 {
        bytes(&mut out, 2, &endpoint.ip.to_be_bytes());
    }
    if endpoint.port != 0 {
        number(&mut out, 4, u64::from(endpoint.port));
    }
    out
}

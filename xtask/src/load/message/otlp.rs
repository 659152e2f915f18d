//! OTLP: `ExportTraceServiceRequest`; field numbers of opentelemetry-proto 1.x.
//!
//! What an instance says of itself is in its resource, and numbers are numbers. An SDK adds more, of itself
//! and of the thread.

use super::super::corpus::{Kind, Part, Span, Text, fixed};
use super::protobuf::{bytes, fixed64, id, message, number, string, text, varint};
use super::template::{Slot, Template};

/// Tags that stand in the resource, under the name that OpenTelemetry gives them.
const OF_RESOURCE: [(&str, &str); 4] = [
    ("instance.id", "service.instance.id"),
    ("instance", "service.instance.id"),
    ("service.version", "service.version"),
    ("deployment.environment", "deployment.environment"),
];
/// What the SDK says of itself.
const OF_SDK: [(&str, &str); 4] = [
    ("telemetry.sdk.name", "opentelemetry"),
    ("telemetry.sdk.language", "java"),
    ("telemetry.sdk.version", "1.52.0"),
    ("host.name", "ip-10-0-0-12"),
];
/// Tags that are numbers.
const NUMBERS: [&str; 2] = ["http.status_code", "db.rows"];
/// `SpanFlags`: sampled, and it is known that the parent is not remote.
const FLAGS: u32 = 0x101;
/// `Status.code`: error.
const STATUS_ERROR: u64 = 2;

/// Who encodes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sender {
    /// Whoever sends what the spans have and no more.
    Plain,
    /// An SDK.
    Sdk,
}

/// Encodes a message: spans of one reporter share a resource, as a collector that batches puts them.
pub fn encode(spans: &[Span], sender: Sender) -> Template {
    let mut out = Template::of(spans.len());
    let mut spans = spans.to_vec();
    spans.sort_by_key(|span| span.reporter);
    for spans in spans.chunk_by(|a, b| a.reporter == b.reporter) {
        let mut resource_spans = Template::default();
        message(&mut resource_spans, 1, resource(spans, sender));
        message(&mut resource_spans, 2, scope_spans(spans, sender));
        message(&mut out, 1, resource_spans);
    }
    out
}

fn resource(spans: &[Span], sender: Sender) -> Template {
    let mut out = Template::default();
    message(&mut out, 1, attribute("service.name", &fixed(spans[0].local.service.unwrap_or_default())));
    for (key, name) in OF_RESOURCE {
        let first = spans.iter().flat_map(|span| &span.tags).find(|(tag, _)| *tag == key);
        if let Some((_, value)) = first {
            message(&mut out, 1, attribute(name, value));
        }
    }
    let of_sdk = if sender == Sender::Sdk { &OF_SDK[..] } else { &[] };
    for (key, value) in of_sdk {
        message(&mut out, 1, attribute(key, &fixed(*value)));
    }
    out
}

fn scope_spans(spans: &[Span], sender: Sender) -> Template {
    let mut scope = Template::default();
    string(&mut scope, 1, "io.opentelemetry.tomcat-10.0");
    string(&mut scope, 2, "2.18.1-alpha");
    let mut out = Template::default();
    message(&mut out, 1, scope);
    for span in spans {
        message(&mut out, 2, encode_span(span, sender));
    }
    out
}

fn encode_span(span: &Span, sender: Sender) -> Template {
    let mut out = Template::default();
    id(&mut out, 1, Slot::TraceBytes(span.trace));
    id(&mut out, 2, Slot::SpanBytes(span.id));
    if let Some(parent) = span.parent {
        id(&mut out, 4, Slot::SpanBytes(parent));
    }
    text(&mut out, 5, &span.name);
    let kind = match span.kind {
        Kind::Server => 2,
        Kind::Client => 3,
        Kind::Producer => 4,
        Kind::Consumer => 5,
    };
    number(&mut out, 6, kind);
    fixed64(&mut out, 7, Slot::NanosFixed(span.start_us));
    fixed64(&mut out, 8, Slot::NanosFixed(span.start_us + span.duration_us));
    for (key, value) in &span.tags {
        if OF_RESOURCE.iter().all(|(of_resource, _)| of_resource != key) {
            message(&mut out, 9, attribute(key, value));
        }
    }
    if sender == Sender::Sdk {
        message(&mut out, 9, integer("thread.id", 42));
        message(&mut out, 9, attribute("thread.name", &fixed("http-nio-8080-exec-7")));
    }
    if let Some(remote) = &span.remote {
        if remote.ip != 0 {
            let [a, b, c, d] = remote.ip.to_be_bytes();
            message(&mut out, 9, attribute("network.peer.address", &fixed(format!("{a}.{b}.{c}.{d}"))));
        }
        if let Some(service) = remote.service {
            message(&mut out, 9, attribute("peer.service", &fixed(service)));
        }
    }
    for (at_us, what) in &span.events {
        let mut event = Template::default();
        fixed64(&mut event, 1, Slot::NanosFixed(*at_us));
        string(&mut event, 2, what);
        message(&mut out, 11, event);
    }
    let failed = span.tags.iter().any(|(key, _)| *key == "error");
    let mut status = Template::default();
    if failed {
        number(&mut status, 3, STATUS_ERROR);
    }
    message(&mut out, 15, status);
    varint(&mut out, 16 << 3 | 5);
    out.bytes(&FLAGS.to_le_bytes());
    out
}

fn attribute(key: &str, value: &Text) -> Template {
    if let [Part::Fixed(digits)] = value.as_slice()
        && NUMBERS.contains(&key)
        && let Ok(value) = digits.parse()
    {
        return integer(key, value);
    }
    let mut any = Template::default();
    text(&mut any, 1, value);
    key_value(key, any)
}

fn integer(key: &str, value: u64) -> Template {
    let mut any = Template::default();
    number(&mut any, 3, value);
    key_value(key, any)
}

fn key_value(key: &str, any: Template) -> Template {
    let mut out = Template::default();
    bytes(&mut out, 1, key.as_bytes());
    message(&mut out, 2, any);
    out
}

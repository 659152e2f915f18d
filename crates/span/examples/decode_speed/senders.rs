//! Bodies in the encodings that are read and never written: as their senders write them.

use nines_base::FineMicros;
use nines_span::{Endpoint, Kind, Span, SpanFields};
use std::fmt::Write;

/// The ends of a call, where the span has them.
fn ends(span: &Span) -> [(&'static str, u64); 2] {
    let names = if span.kind == Kind::Client { ["cs", "cr"] } else { ["sr", "ss"] };
    [(names[0], span.start.us), (names[1], span.end_us().unwrap_or_default())]
}

/// A span of version 1 leaves its times to its ends where its id is shared.
fn own_times(span: &Span) -> Option<(FineMicros, FineMicros)> {
    (!span.shared).then_some((span.start, span.duration))
}

fn has_remote(span: &Span) -> bool {
    !span.remote.service.is_empty()
}

// -- JSON, version 1 -----------------------------------------------------------------------------

/// As Sleuth writes it: the endpoint stands in every annotation.
pub fn json_v1(spans: &[Span]) -> Vec<u8> {
    let spans: Vec<String> = spans.iter().map(json_v1_span).collect();
    format!("[{}]", spans.join(",")).into_bytes()
}

fn json_v1_span(span: &Span) -> String {
    let local = json_v1_endpoint(&span.local);
    let mut out = format!(r#"{{"traceId":"{}","#, span.trace_id);
    // Writing to a `String` cannot fail; so below.
    if let Some(parent_id) = span.parent_id {
        let _ = write!(out, r#""parentId":"{parent_id}","#);
    }
    let _ = write!(out, r#""id":"{}","name":"{}","#, span.id, span.name);
    if let Some((start, duration)) = own_times(span) {
        let _ = write!(out, r#""timestamp":{},"duration":{},"#, start.us, duration.us);
    }
    let annotation = |(value, time)| format!(r#"{{"timestamp":{time},"value":"{value}","endpoint":{local}}}"#);
    let _ = write!(out, r#""annotations":[{}],"#, ends(span).map(annotation).join(","));
    let mut binary: Vec<String> = Vec::new();
    for (key, value) in &span.tags {
        binary.push(format!(r#"{{"key":"{key}","value":"{}","endpoint":{local}}}"#, value.as_ref().text()));
    }
    if has_remote(span) {
        binary.push(format!(r#"{{"key":"sa","value":true,"endpoint":{}}}"#, json_v1_endpoint(&span.remote)));
    }
    out + &format!(r#""binaryAnnotations":[{}]}}"#, binary.join(","))
}

fn json_v1_endpoint(endpoint: &Endpoint) -> String {
    let mut out = format!(r#"{{"serviceName":"{}""#, endpoint.service);
    if let Some(address) = endpoint.ipv4 {
        let _ = write!(out, r#","ipv4":"{address}""#);
    }
    if endpoint.port != 0 {
        let _ = write!(out, r#","port":{}"#, endpoint.port);
    }
    out + "}"
}

// -- thrift --------------------------------------------------------------------------------------

/// Types of thrift.
const I16: u8 = 6;
const I32: u8 = 8;
const I64: u8 = 10;
const STRING: u8 = 11;
const STRUCT: u8 = 12;
const LIST: u8 = 15;

/// As py_zipkin writes it.
pub fn thrift(spans: &[Span]) -> Vec<u8> {
    structs(spans.iter().map(thrift_span).collect())
}

fn thrift_span(span: &Span) -> Vec<u8> {
    let local = thrift_endpoint(&span.local);
    let annotations = ends(span).map(|(value, time)| {
        [number(I64, 1, &time.to_be_bytes()), text(2, value), number(STRUCT, 3, &local), vec![0]].concat()
    });
    let binary = |key: &str, value: &str, kind: i32, host: &[u8]| {
        [text(1, key), text(2, value), number(I32, 3, &kind.to_be_bytes()), number(STRUCT, 4, host), vec![0]].concat()
    };
    let mut tags: Vec<_> =
        span.tags.iter().map(|(key, value)| binary(key, &value.as_ref().text(), 6, &local)).collect();
    if has_remote(span) {
        tags.push(binary("sa", "\u{1}", 0, &thrift_endpoint(&span.remote)));
    }
    let mut out = [
        number(I64, 1, &span.trace_id.low().to_be_bytes()),
        text(3, &span.name),
        number(I64, 4, &span.id.0.to_be_bytes()),
    ]
    .concat();
    if let Some(parent_id) = span.parent_id {
        out.extend(number(I64, 5, &parent_id.0.to_be_bytes()));
    }
    out.extend(number(LIST, 6, &structs(annotations.into())));
    out.extend(number(LIST, 8, &structs(tags)));
    if let Some((start, duration)) = own_times(span) {
        out.extend(number(I64, 10, &start.us.to_be_bytes()));
        out.extend(number(I64, 11, &duration.us.to_be_bytes()));
    }
    out.push(0);
    out
}

fn thrift_endpoint(endpoint: &Endpoint) -> Vec<u8> {
    let address = endpoint.ipv4.map_or(0, u32::from);
    let numbers = [number(I32, 1, &address.to_be_bytes()), number(I16, 2, &endpoint.port.to_be_bytes())].concat();
    [numbers, text(3, &endpoint.service), vec![0]].concat()
}

fn structs(structs: Vec<Vec<u8>>) -> Vec<u8> {
    [&[STRUCT][..], &(structs.len() as u32).to_be_bytes(), &structs.concat()].concat()
}

fn text(field: u16, text: &str) -> Vec<u8> {
    [&number(STRING, field, &(text.len() as u32).to_be_bytes()), text.as_bytes()].concat()
}

fn number(kind: u8, field: u16, bytes: &[u8]) -> Vec<u8> {
    [&[kind][..], &field.to_be_bytes(), bytes].concat()
}

// -- OTLP in JSON --------------------------------------------------------------------------------

/// As OpenTelemetry's JavaScript SDK writes it.
pub fn otlp_json(spans: &[Span]) -> Vec<u8> {
    let service = spans.first().map(|span| span.local.service.as_str()).unwrap_or_default();
    let spans: Vec<String> = spans.iter().map(otlp_json_span).collect();
    format!(
        r#"{{"resourceSpans":[{{"resource":{{"attributes":[{}],"droppedAttributesCount":0}},"scopeSpans":[{{"scope":{{"name":"http"}},"spans":[{}]}}]}}]}}"#,
        attribute("service.name", service),
        spans.join(",")
    )
    .into_bytes()
}

fn otlp_json_span(span: &Span) -> String {
    let kind = if span.kind == Kind::Client { 3 } else { 2 };
    let mut attributes: Vec<String> =
        span.tags.iter().map(|(key, value)| attribute(key, &value.as_ref().text())).collect();
    if has_remote(span) {
        attributes.push(attribute("peer.service", &span.remote.service));
    }
    let parent = span.parent_id.map(|id| format!(r#""parentSpanId":"{id}","#)).unwrap_or_default();
    let (start_ns, end_ns) = (span.start.to_ns(), span.start.to_ns() + span.duration.to_ns());
    format!(
        r#"{{"traceId":"{:032x}","spanId":"{}",{parent}"name":"{}","kind":{kind},"startTimeUnixNano":"{start_ns}","endTimeUnixNano":"{end_ns}","attributes":[{}],"droppedAttributesCount":0,"events":[],"droppedEventsCount":0,"status":{{"code":0}},"links":[],"droppedLinksCount":0,"flags":257}}"#,
        span.trace_id.0,
        span.id,
        span.name,
        attributes.join(",")
    )
}

fn attribute(key: &str, value: &str) -> String {
    format!(r#"{{"key":"{key}","value":{{"stringValue":"{value}"}}}}"#)
}

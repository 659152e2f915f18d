//! Zipkin JSON v2.

use super::super::corpus::{Endpoint, Kind, Span};
use super::template::{Slot, Template};

/// Encodes a message.
pub fn encode(spans: &[Span]) -> Template {
    let mut out = Template::of(spans.len());
    for (place, span) in spans.iter().enumerate() {
        out.text(if place == 0 { "[" } else { "," });
        encode_span(span, &mut out);
    }
    out.text("]");
    out
}

fn encode_span(span: &Span, out: &mut Template) {
    out.text("{\"traceId\":\"");
    out.slot(Slot::TraceHex(span.trace));
    if let Some(parent) = span.parent {
        out.text("\",\"parentId\":\"");
        out.slot(Slot::SpanHex(parent));
    }
    out.text("\",\"id\":\"");
    out.slot(Slot::SpanHex(span.id));
    let kind = match span.kind {
        Kind::Client => "CLIENT",
        Kind::Server => "SERVER",
        Kind::Producer => "PRODUCER",
        Kind::Consumer => "CONSUMER",
    };
    out.text(&format!("\",\"kind\":\"{kind}\",\"name\":\""));
    out.parts(&span.name, escape);
    out.text("\",\"timestamp\":");
    out.slot(Slot::MicrosDecimal(span.start_us));
    out.text(&format!(",\"duration\":{},\"localEndpoint\":", span.duration_us));
    endpoint(&span.local, out);
    if let Some(remote) = &span.remote {
        out.text(",\"remoteEndpoint\":");
        endpoint(remote, out);
    }
    for (place, (at_us, what)) in span.events.iter().enumerate() {
        out.text(if place == 0 { ",\"annotations\":[{\"timestamp\":" } else { ",{\"timestamp\":" });
        out.slot(Slot::MicrosDecimal(*at_us));
        out.text(&format!(",\"value\":\"{what}\"}}"));
    }
    out.text(if span.events.is_empty() { ",\"tags\":{" } else { "],\"tags\":{" });
    for (place, (key, value)) in span.tags.iter().enumerate() {
        out.text(&format!("{}\"{key}\":\"", if place > 0 { "," } else { "" }));
        out.parts(value, escape);
        out.text("\"");
    }
    out.text(if span.shared { "},\"shared\":true}" } else { "}}" });
}

fn endpoint(endpoint: &Endpoint, out: &mut Template) {
    let service = endpoint.service.map(|service| format!("\"serviceName\":\"{service}\""));
    let [a, b, c, d] = endpoint.ip.to_be_bytes();
    let ip = (endpoint.ip != 0).then(|| format!("\"ipv4\":\"{a}.{b}.{c}.{d}\""));
    let port = (endpoint.port != 0).then(|| format!("\"port\":{}", endpoint.port));
    let members: Vec<String> = [service, ip, port].into_iter().flatten().collect();
    out.text(&format!("{{{}}}", members.join(",")));
}

/// Escapes what the corpora have: quotes, line feeds and tabs.
fn escape(text: &str, out: &mut Template) {
    for part in text.split_inclusive(['"', '\n', '\t']) {
        match part.as_bytes().last() {
            Some(b'"') => out.text(&part.replace('"', "\\\"")),
            Some(b'\n') => out.text(&part.replace('\n', "\\n")),
            Some(b'\t') => out.text(&part.replace('\t', "\\t")),
            _ => out.text(part),
        }
    }
}

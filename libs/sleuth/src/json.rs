//! Zipkin's JSON v2 form of a span, fields in Zipkin's order. A writer of its own: no tree, no dependency.

use std::fmt::{Display, Write};
use std::net::IpAddr;

use crate::context::Sampling;
use crate::span::{Endpoint, FinishedSpan, Kind};

/// Room for a typical span, so that writing one rarely grows its buffer.
const TYPICAL_BYTES: usize = 512;

/// The span as one JSON object.
pub(crate) fn encode(span: &FinishedSpan) -> String {
    let mut out = Fields { out: String::with_capacity(TYPICAL_BYTES), is_first: true };
    out.out.push('{');
    let context = &span.context;
    out.quoted("traceId", &context.trace_id);
    if let Some(parent_id) = context.parent_id {
        out.quoted("parentId", &parent_id);
    }
    out.quoted("id", &context.span_id);
    if let Some(kind) = span.kind {
        out.quoted("kind", &kind_text(kind));
    }
    if !span.name.is_empty() {
        out.text("name", &span.name);
    }
    out.raw("timestamp", &span.timestamp_us);
    out.raw("duration", &span.duration_us);
    out.endpoint("localEndpoint", &span.local);
    out.endpoint("remoteEndpoint", &span.remote);
    if !span.annotations.is_empty() {
        out.key("annotations");
        for (index, annotation) in span.annotations.iter().enumerate() {
            out.out.push(if index == 0 { '[' } else { ',' });
            out.nested(|fields| {
                fields.raw("timestamp", &annotation.timestamp_us);
                fields.text("value", &annotation.value);
            });
        }
        out.out.push(']');
    }
    if !span.tags.is_empty() {
        out.key("tags");
        out.nested(|fields| span.tags.iter().for_each(|(key, value)| fields.text(key, value)));
    }
    if context.sampling == Sampling::Debug {
        out.raw("debug", &true);
    }
    if context.shared {
        out.raw("shared", &true);
    }
    out.out.push('}');
    out.out
}

fn kind_text(kind: Kind) -> &'static str {
    match kind {
        Kind::Client => "CLIENT",
        Kind::Server => "SERVER",
        Kind::Producer => "PRODUCER",
        Kind::Consumer => "CONSUMER",
    }
}

/// Writes the members of one object.
struct Fields {
    out: String,
    is_first: bool,
}

impl Fields {
    /// A member whose value is JSON as it stands.
    fn raw(&mut self, key: &str, value: &dyn Display) {
        self.key(key);
        self.display(value);
    }

    /// A member whose value needs quotes but no escapes.
    fn quoted(&mut self, key: &str, value: &dyn Display) {
        self.key(key);
        self.out.push('"');
        self.display(value);
        self.out.push('"');
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        push_string(&mut self.out, value);
    }

    fn endpoint(&mut self, key: &str, endpoint: &Endpoint) {
        if endpoint.is_empty() {
            return;
        }
        self.key(key);
        self.nested(|fields| {
            if let Some(name) = &endpoint.service_name {
                fields.text("serviceName", name);
            }
            match endpoint.ip {
                Some(IpAddr::V4(ip)) => fields.quoted("ipv4", &ip),
                Some(IpAddr::V6(ip)) => fields.quoted("ipv6", &ip),
                None => {}
            }
            if let Some(port) = endpoint.port.filter(|port| *port != 0) {
                fields.raw("port", &port);
            }
        });
    }

    fn nested(&mut self, write: impl FnOnce(&mut Fields)) {
        self.out.push('{');
        self.is_first = true;
        write(self);
        self.is_first = false;
        self.out.push('}');
    }

    fn key(&mut self, key: &str) {
        if !self.is_first {
            self.out.push(',');
        }
        self.is_first = false;
        push_string(&mut self.out, key);
        self.out.push(':');
    }

    fn display(&mut self, value: &dyn Display) {
        // Writing to a `String` never fails.
        let _ = write!(self.out, "{value}");
    }
}

fn push_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c < ' ' || c == '"' || c == '\\') {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => {
                let _ = write!(out, "\\u{control:04x}");
            }
        }
        // All characters that are escaped are one byte long.
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::span::Annotation;
    use crate::{SpanId, TraceContext, TraceId};

    fn bare() -> FinishedSpan {
        FinishedSpan {
            context: TraceContext {
                trace_id: TraceId::parse("48485a3953bb6124").unwrap(),
                span_id: SpanId::parse("a2fb4a1d1a96d312").unwrap(),
                parent_id: None,
                sampling: Sampling::Keep,
                shared: false,
            },
            kind: None,
            name: String::new(),
            timestamp_us: 1_700_000_000_000_000,
            duration_us: 1,
            local: Arc::new(Endpoint::named("api")),
            remote: Endpoint::default(),
            annotations: Vec::new(),
            tags: Vec::new(),
        }
    }

    #[test]
    fn a_bare_span_has_only_what_is_known() {
        let expect = r#"{"traceId":"48485a3953bb6124","id":"a2fb4a1d1a96d312","timestamp":1700000000000000,"duration":1,"localEndpoint":{"serviceName":"api"}}"#;
        assert_eq!(encode(&bare()), expect);
    }

    #[test]
    fn a_full_span_has_every_field_in_zipkins_order() {
        let mut span = bare();
        span.context.parent_id = SpanId::parse("1");
        span.context.sampling = Sampling::Debug;
        span.context.shared = true;
        span.kind = Some(Kind::Server);
        span.name = "get /users/{id}".into();
        span.local = Arc::new(Endpoint::named("api").at("127.0.0.1:8080".parse().unwrap()));
        span.remote = Endpoint::default().at("[2001:db8::1]:0".parse().unwrap());
        span.annotations =
            vec![Annotation { timestamp_us: 5, value: "a".into() }, Annotation { timestamp_us: 6, value: "b".into() }];
        span.tags = vec![("http.path".into(), "/users/1".into()), ("clé\"".into(), "\u{1}\n\t\\ 한".into())];
        let expect = concat!(
            r#"{"traceId":"48485a3953bb6124","parentId":"0000000000000001","id":"a2fb4a1d1a96d312","kind":"SERVER","#,
            r#""name":"get /users/{id}","timestamp":1700000000000000,"duration":1,"#,
            r#""localEndpoint":{"serviceName":"api","ipv4":"127.0.0.1","port":8080},"remoteEndpoint":{"ipv6":"2001:db8::1"},"#,
            r#""annotations":[{"timestamp":5,"value":"a"},{"timestamp":6,"value":"b"}],"#,
            r#""tags":{"http.path":"/users/1","clé\"":"\u0001\n\t\\ 한"},"debug":true,"shared":true}"#,
        );
        let text = encode(&span);
        assert_eq!(text, expect);
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
    }
}

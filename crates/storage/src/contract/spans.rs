//! Spans for tests of stores, and the batches a decoder would make of them.

use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Batch, Endpoint, Event, Kind, OtlpParts, Span, Status, Value};
use std::sync::Arc;

/// A batch of the given spans, as a decoder would have made it.
pub fn batch_of(spans: &[Span]) -> Batch<'_> {
    Batch::from(spans)
}

/// A span of `service`, in trace and with id as given, starting at second `id`.
pub fn span(trace_id: u128, id: u64, service: &str) -> Span {
    Span {
        trace_id: TraceId(trace_id),
        id: SpanId(id),
        name: format!("op-{id}"),
        start: FineMicros::from_us(id * 1_000_000),
        duration: FineMicros::from_us(1000),
        local: Endpoint { service: service.to_owned(), ..Endpoint::default() },
        ..Span::default()
    }
}

/// The same span under a parent.
pub fn child_of(parent: u64, span: Span) -> Span {
    Span { parent_id: Some(SpanId(parent)), ..span }
}

/// The same span with one more tag.
pub fn with_tag(mut span: Span, key: &str, value: Value) -> Span {
    span.tags.push((key.to_owned(), value));
    span.tags.sort_by(|a, b| a.0.cmp(&b.0));
    span
}

/// A Zipkin span that uses every field Zipkin has.
pub fn full_zipkin_span() -> Span {
    Span {
        trace_id: TraceId(0x463a_c35c_9f64_13ad_4848_5a39_53bb_6124),
        id: SpanId(0xa2fb_4a1d_1a96_d312),
        parent_id: Some(SpanId(0x4848_5a39_53bb_6124)),
        kind: Kind::Client,
        name: "Get /Things/{id}".into(),
        start: FineMicros::from_us(1_472_470_996_199_000),
        duration: FineMicros::from_us(207_000),
        local: Endpoint {
            service: "프론트엔드".into(),
            ipv4: Some("127.0.0.1".parse().expect("a literal address")),
            ipv6: Some("2001:db8::c001".parse().expect("a literal address")),
            port: 8080,
        },
        remote: Endpoint {
            service: "backend".into(),
            ipv4: Some("192.168.99.101".parse().expect("a literal address")),
            ipv6: None,
            port: 9000,
        },
        tags: vec![("empty".into(), "".into()), ("http.path".into(), "/api".into())],
        events: vec![
            Event { time: FineMicros::from_us(1_472_470_996_238_000), name: "foo".into(), otlp: Vec::new() },
            Event { time: FineMicros::from_us(1_472_470_996_403_000), name: "bar".into(), otlp: Vec::new() },
        ],
        debug: true,
        shared: true,
        status: Status::Unset,
        otlp: None,
    }
}

/// An OTLP span that uses every part a store must keep.
pub fn full_otlp_span() -> Span {
    Span {
        trace_id: TraceId(0x5b8e_fff7_9803_8103_d269_b633_813f_c60c),
        id: SpanId(0xeee1_9b7e_c3c1_b174),
        kind: Kind::Internal,
        name: "작업".into(),
        start: FineMicros::from_ns(1_544_712_660_000_000_789),
        duration: FineMicros::from_ns(1_000_000_123),
        tags: vec![
            ("array".into(), Value::Array(vec![10, 3, 10, 1, b'x'])),
            ("bool".into(), Value::Bool(false)),
            ("bytes".into(), Value::Bytes(vec![0, 255, 1])),
            ("double".into(), Value::Double(f64::NAN)),
            ("empty".into(), Value::Empty),
            ("int".into(), Value::Int(i64::MIN)),
            ("map".into(), Value::Map(vec![10, 0])),
            ("str".into(), "text".into()),
            ("true".into(), Value::Bool(true)),
            ("zero".into(), Value::Double(-0.0)),
        ],
        events: vec![
            Event { time: FineMicros::from_ns(1_544_712_661_000_000_001), name: "later".into(), otlp: vec![24, 7] },
            Event { time: FineMicros::NONE, name: String::new(), otlp: Vec::new() },
        ],
        status: Status::Error,
        otlp: Some(OtlpParts {
            resource: vec![10, 2, 1, 2].into(),
            scope: Arc::from([]),
            rest: vec![26, 1, b's', 104, 1],
        }),
        ..Span::default()
    }
}

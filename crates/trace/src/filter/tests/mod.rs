//! Claims about the filter language.

mod matching;
mod proofs;
mod reading;
mod typing;
mod zipkin;

use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Endpoint, Event, Kind, Span, Value};

/// A failed server span of the shop: everything the language can ask for is set.
pub(super) fn checkout() -> Span {
    let mut tags = vec![
        ("a b".to_owned(), Value::from("spaced")),
        ("cart.items".to_owned(), Value::Int(3)),
        ("duration".to_owned(), Value::from("long")),
        ("error".to_owned(), Value::from("card refused")),
        ("http.status_code".to_owned(), Value::from("503")),
        ("ratio".to_owned(), Value::Double(0.5)),
        ("retry".to_owned(), Value::Bool(true)),
        ("version".to_owned(), Value::from("2.10")),
    ];
    tags.sort_by(|a, b| a.0.cmp(&b.0));
    Span {
        trace_id: TraceId(0xabc),
        id: SpanId(2),
        parent_id: Some(SpanId(1)),
        kind: Kind::Server,
        name: "POST /checkout".into(),
        start: FineMicros::from_us(1_000_000),
        duration: FineMicros { us: 399_999, sub_ns: 900 },
        local: Endpoint { service: "Checkout".into(), ..Endpoint::default() },
        remote: Endpoint { service: "edge".into(), ..Endpoint::default() },
        tags,
        events: vec![Event { time: FineMicros::from_us(1_000_001), name: "cache miss".into(), otlp: Vec::new() }],
        debug: true,
        shared: true,
        ..Span::default()
    }
}

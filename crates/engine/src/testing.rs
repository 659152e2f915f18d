//! Spans for property tests: few names and ids, so that traces, repeats and shapes meet.

use crate::hot::Segment;
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Endpoint, Event, Kind, OtlpParts, Span, Status, Value};
use proptest::prelude::*;

/// Every span of a segment, in order.
pub fn spans_of(segment: &Segment) -> Vec<Span> {
    (0..segment.len() as u32).map(|row| segment.row(row).to_span()).collect()
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-c]{0,2}", 1 => "[가-힣]{1,3}", 1 => any::<String>()]
}

fn fine_micros() -> impl Strategy<Value = FineMicros> {
    prop_oneof![
        1 => Just(FineMicros::NONE),
        4 => (1u64..100).prop_map(|second| FineMicros::from_us(second * 1_000_000)),
        1 => (any::<u64>(), 0u16..1000).prop_map(|(us, sub_ns)| FineMicros { us, sub_ns }),
    ]
}

fn endpoint() -> impl Strategy<Value = Endpoint> {
    let ipv4 = prop::option::of(any::<u32>().prop_map(Into::into));
    let ipv6 = prop::option::of(any::<u128>().prop_map(Into::into));
    let addressed = (name(), ipv4, ipv6, any::<u16>()).prop_map(|(service, ipv4, ipv6, port)| Endpoint {
        service,
        ipv4,
        ipv6,
        port,
    });
    let named = name().prop_map(|service| Endpoint { service, ..Endpoint::default() });
    prop_oneof![1 => addressed, 3 => named]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => name().prop_map(Value::Str),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => any::<i64>().prop_map(Value::Int),
        1 => any::<u64>().prop_map(|bits| Value::Double(f64::from_bits(bits))),
        1 => any::<Vec<u8>>().prop_map(Value::Bytes),
        1 => any::<Vec<u8>>().prop_map(Value::Array),
        1 => any::<Vec<u8>>().prop_map(Value::Map),
        1 => Just(Value::Empty),
    ]
}

fn tags() -> impl Strategy<Value = Vec<(String, Value)>> {
    prop::collection::btree_map(name(), value(), 0..5).prop_map(|tags| tags.into_iter().collect())
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = (fine_micros(), name(), prop::collection::vec(any::<u8>(), 0..4))
        .prop_map(|(time, name, otlp)| Event { time, name, otlp });
    prop::collection::vec(event, 0..3)
}

fn otlp() -> impl Strategy<Value = Option<OtlpParts>> {
    let part = || prop::sample::select(vec![&b""[..], b"\x0a\x00", b"\x0a\x02ab"]);
    let parts = (part(), part(), prop::collection::vec(any::<u8>(), 0..3))
        .prop_map(|(resource, scope, rest)| OtlpParts { resource: resource.into(), scope: scope.into(), rest });
    prop::option::of(parts)
}

/// Any span a store may be given.
pub fn any_span() -> impl Strategy<Value = Span> {
    let trace_id = prop_oneof![4 => 1u128..6, 1 => (0u128..3, 1u128..4).prop_map(|(high, low)| high << 64 | low)];
    let ids = (trace_id, 1u64..6, prop::option::of(1u64..6));
    let what = (0u8..6, name(), fine_micros(), fine_micros(), endpoint(), endpoint());
    let rest = (tags(), events(), any::<bool>(), any::<bool>(), 0u8..3, otlp());
    (ids, what, rest).prop_map(|((trace_id, id, parent_id), what, (tags, events, debug, shared, status, otlp))| {
        let (kind, name, start, duration, local, remote) = what;
        Span {
            trace_id: TraceId(trace_id),
            id: SpanId(id),
            parent_id: parent_id.map(SpanId),
            kind: Kind::from_u8(kind),
            name,
            start,
            duration,
            local,
            remote,
            tags,
            events,
            debug,
            shared,
            status: Status::from_u8(status),
            otlp,
        }
    })
}

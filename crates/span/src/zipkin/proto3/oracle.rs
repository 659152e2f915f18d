//! Decoding compared with types derived by prost, on generated lists; and bytes that are none.

use super::{decode, write_list};
use crate::zipkin::{json_v2, lower_case};
use crate::{Batch, Endpoint, Event, Kind, Span, Value};
use bumpalo::Bump;
use core::net::{Ipv4Addr, Ipv6Addr};
use nines_base::{FineMicros, SpanId, TraceId};
use proptest::prelude::*;
use proptest::sample::Index;
use prost::Message;
use std::collections::{BTreeMap, BTreeSet};

/// The messages of zipkin.proto3 as prost reads and writes them. Fields whose absence means something
/// of its own are optional, which is the same on the wire.
pub(super) mod messages {
    #[derive(Clone, PartialEq, prost::Message)]
    pub struct ListOfSpans {
        #[prost(message, repeated, tag = "1")]
        pub spans: Vec<Span>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Span {
        #[prost(bytes = "vec", tag = "1")]
        pub trace_id: Vec<u8>,
        #[prost(bytes = "vec", tag = "2")]
        pub parent_id: Vec<u8>,
        #[prost(bytes = "vec", tag = "3")]
        pub id: Vec<u8>,
        #[prost(int32, tag = "4")]
        pub kind: i32,
        #[prost(string, tag = "5")]
        pub name: String,
        #[prost(fixed64, tag = "6")]
        pub timestamp: u64,
        #[prost(uint64, tag = "7")]
        pub duration: u64,
        #[prost(message, optional, tag = "8")]
        pub local_endpoint: Option<Endpoint>,
        #[prost(message, optional, tag = "9")]
        pub remote_endpoint: Option<Endpoint>,
        #[prost(message, repeated, tag = "10")]
        pub annotations: Vec<Annotation>,
        #[prost(message, repeated, tag = "11")]
        pub tags: Vec<Tag>,
        #[prost(bool, tag = "12")]
        pub debug: bool,
        #[prost(bool, tag = "13")]
        pub shared: bool,
        /// Not of zipkin.proto3: a field of a later version.
        #[prost(string, tag = "1000")]
        pub unknown: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Endpoint {
        #[prost(string, tag = "1")]
        pub service_name: String,
        #[prost(bytes = "vec", optional, tag = "2")]
        pub ipv4: Option<Vec<u8>>,
        #[prost(bytes = "vec", optional, tag = "3")]
        pub ipv6: Option<Vec<u8>>,
        #[prost(int32, tag = "4")]
        pub port: i32,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Annotation {
        #[prost(fixed64, optional, tag = "1")]
        pub timestamp: Option<u64>,
        #[prost(string, optional, tag = "2")]
        pub value: Option<String>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Tag {
        #[prost(string, optional, tag = "1")]
        pub key: Option<String>,
        #[prost(string, optional, tag = "2")]
        pub value: Option<String>,
    }
}

use messages::ListOfSpans;

// -- making lists ----------------------------------------------------------------------------------

fn text() -> impl Strategy<Value = String> {
    prop_oneof![6 => "[a-zA-Z0-9./ _-]{0,24}", 2 => "\\PC{0,12}", 1 => "[a-z]{60,140}"]
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![6 => 0..1u64 << 52, 1 => 0..3u64, 1 => any::<u64>()]
}

fn trace_id() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        (1..=u64::MAX).prop_map(|id| id.to_be_bytes().to_vec()),
        (1..=u128::MAX).prop_map(|id| id.to_be_bytes().to_vec()),
        (1..=u128::from(u64::MAX)).prop_map(|id| id.to_be_bytes().to_vec()),
    ]
}

fn endpoint() -> impl Strategy<Value = messages::Endpoint> {
    let ipv4 = prop::option::of(prop_oneof![9 => any::<[u8; 4]>().prop_map(Vec::from), 1 => Just(vec![1, 2, 3])]);
    let ipv6 = prop_oneof![
        4 => any::<[u8; 16]>(),
        1 => any::<Ipv4Addr>().prop_map(|address| address.to_ipv6_mapped().octets()),
        1 => Just(Ipv6Addr::LOCALHOST.octets()),
    ];
    let port = prop_oneof![8 => 0..65_536i32, 1 => -3..0i32];
    (text(), ipv4, prop::option::of(ipv6.prop_map(Vec::from)), port)
        .prop_map(|(service_name, ipv4, ipv6, port)| messages::Endpoint { service_name, ipv4, ipv6, port })
}

fn annotation() -> impl Strategy<Value = messages::Annotation> {
    let time = prop_oneof![0..4u64, number()];
    (prop::option::weighted(0.9, time), prop::option::weighted(0.9, text()))
        .prop_map(|(timestamp, value)| messages::Annotation { timestamp, value })
}

fn tag() -> impl Strategy<Value = messages::Tag> {
    let key = prop_oneof!["[a-d]{1,2}", "http\\.[a-z]{0,9}", text()];
    (prop::option::weighted(0.95, key), prop::option::weighted(0.95, text()))
        .prop_map(|(key, value)| messages::Tag { key, value })
}

fn sent_span() -> impl Strategy<Value = messages::Span> {
    let id = (1..=u64::MAX).prop_map(|id| id.to_be_bytes().to_vec());
    let parent = prop_oneof![4 => any::<[u8; 8]>().prop_map(Vec::from), 1 => Just(vec![]), 1 => Just(vec![0; 8])];
    let ids = (trace_id(), id, parent, prop::bool::weighted(0.1)).prop_map(|(trace_id, id, parent, is_own_parent)| {
        let parent = if is_own_parent { id.clone() } else { parent };
        (trace_id, id, parent)
    });
    let endpoints = (prop::option::of(endpoint()), prop::option::of(endpoint()));
    let lists = (prop::collection::vec(annotation(), 0..5), prop::collection::vec(tag(), 0..12));
    (ids, 0..6i32, text(), (number(), number()), endpoints, lists, any::<[bool; 2]>(), "[a-z]{0,2}").prop_map(
        |((trace_id, id, parent_id), kind, name, (timestamp, duration), endpoints, lists, flags, unknown)| {
            let ((local_endpoint, remote_endpoint), (annotations, tags), [debug, shared]) = (endpoints, lists, flags);
            messages::Span {
                trace_id,
                parent_id,
                id,
                kind,
                name,
                timestamp,
                duration,
                local_endpoint,
                remote_endpoint,
                annotations,
                tags,
                debug,
                shared,
                unknown,
            }
        },
    )
}

fn any_list() -> impl Strategy<Value = ListOfSpans> {
    prop::collection::vec(sent_span(), 0..5).prop_map(|spans| ListOfSpans { spans })
}

// -- the oracle ------------------------------------------------------------------------------------

fn id(bytes: &[u8]) -> u128 {
    bytes.iter().fold(0, |number, byte| number << 8 | u128::from(*byte))
}

fn micros(number: u64) -> FineMicros {
    FineMicros::from_us(if number > i64::MAX as u64 { 0 } else { number })
}

fn expected_endpoint(sent: &Option<messages::Endpoint>) -> Endpoint {
    let Some(sent) = sent else { return Endpoint::default() };
    let mut endpoint = Endpoint { service: sent.service_name.clone(), ..Endpoint::default() };
    endpoint.ipv4 = sent.ipv4.as_ref().and_then(|bytes| <[u8; 4]>::try_from(&bytes[..]).ok()).map(Ipv4Addr::from);
    if let Some(bytes) = &sent.ipv6 {
        let address = Ipv6Addr::from(<[u8; 16]>::try_from(&bytes[..]).unwrap());
        match address.to_ipv4_mapped() {
            Some(mapped) => endpoint.ipv4 = Some(mapped),
            None => endpoint.ipv6 = Some(address),
        }
    }
    endpoint.port = sent.port.max(0) as u16;
    endpoint
}

/// What the derived types say a span is.
fn expected(sent: &messages::Span) -> Span {
    let kinds = [Kind::Unspecified, Kind::Client, Kind::Server, Kind::Producer, Kind::Consumer];
    let kind = kinds.get(sent.kind as usize).copied().unwrap_or_default();
    let own_id = SpanId(id(&sent.id) as u64);
    let annotations: BTreeSet<_> = sent
        .annotations
        .iter()
        .filter_map(|annotation| Some((micros(annotation.timestamp?), annotation.value.clone()?)))
        .collect();
    let tags: BTreeMap<_, _> =
        sent.tags.iter().filter_map(|tag| Some((tag.key.clone()?, tag.value.clone().unwrap_or_default()))).collect();
    Span {
        trace_id: TraceId(id(&sent.trace_id)),
        id: own_id,
        parent_id: Some(SpanId(id(&sent.parent_id) as u64)).filter(|parent| parent.0 != 0 && *parent != own_id),
        kind,
        name: sent.name.clone(),
        start: micros(sent.timestamp),
        duration: micros(sent.duration),
        local: expected_endpoint(&sent.local_endpoint),
        remote: expected_endpoint(&sent.remote_endpoint),
        tags: tags.into_iter().map(|(key, value)| (key, Value::Str(value))).collect(),
        events: annotations.into_iter().map(|(time, name)| Event { time, name, otlp: Vec::new() }).collect(),
        debug: sent.debug,
        shared: sent.shared && kind != Kind::Client,
        ..Span::default()
    }
}

/// A span as it is written: names in lower case.
fn shown(span: &Span) -> Span {
    let mut span = span.clone();
    for name in [&mut span.name, &mut span.local.service, &mut span.remote.service] {
        *name = lower_case(name).into_owned();
    }
    span
}

// -- properties ------------------------------------------------------------------------------------

fn read(body: &[u8]) -> Result<Vec<Span>, String> {
    let arena = Bump::new();
    let mut batch = Batch::default();
    match decode(body, &arena, &mut batch) {
        Ok(()) => Ok(batch.views().map(|view| view.to_span()).collect()),
        Err(error) => {
            assert!(batch.spans.is_empty() && batch.tags.is_empty() && batch.events.is_empty(), "DEC-1");
            Err(error.to_string())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn decoding_agrees_with_the_derived_types(list in any_list()) {
        let spans = read(&list.encode_to_vec()).map_err(TestCaseError::fail)?;
        prop_assert_eq!(spans, list.spans.iter().map(expected).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_written_is_read_again_by_us_and_by_the_derived_types(list in any_list()) {
        let spans = read(&list.encode_to_vec()).unwrap();
        let mut written = Vec::new();
        write_list(&spans, &mut written);
        let wanted: Vec<_> = spans.iter().map(shown).collect();
        prop_assert_eq!(&read(&written).unwrap(), &wanted);
        let decoded = ListOfSpans::decode(&written[..]).unwrap();
        prop_assert_eq!(decoded.spans.iter().map(expected).collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn protobuf_and_json_say_the_same(list in any_list()) {
        let spans = read(&list.encode_to_vec()).unwrap();
        let (mut json, mut again) = (Vec::new(), Vec::new());
        json_v2::write_list(&spans, &mut json);
        let (arena, mut batch, mut written) = (Bump::new(), Batch::default(), Vec::new());
        json_v2::decode(&json, &arena, &mut batch).unwrap();
        write_list(&batch.views().map(|view| view.to_span()).collect::<Vec<_>>(), &mut written);
        json_v2::write_list(&read(&written).unwrap(), &mut again);
        prop_assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(json).unwrap());
    }

    #[test]
    fn dec_2_every_truncation_is_refused_or_a_shorter_list(list in any_list()) {
        let body = list.encode_to_vec();
        let whole = read(&body).unwrap();
        for end in 0..body.len() {
            if let Ok(spans) = read(&body[..end]) {
                prop_assert_eq!(&spans[..], &whole[..spans.len()]);
            }
        }
    }

    #[test]
    fn dec_2_flipped_bits_are_no_danger(list in any_list(), flips in prop::collection::vec((any::<Index>(), 0..8u8), 1..6)) {
        let mut body = list.encode_to_vec();
        body.push(0);
        for (at, bit) in flips {
            let at = at.index(body.len());
            body[at] ^= 1 << bit;
            let _ = read(&body);
        }
    }

    #[test]
    fn dec_2_any_bytes_are_no_danger(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }
}

//! Decoding compared with opentelemetry-proto's generated types, on generated requests.

use super::{decode, encode, zipkin_view};
use crate::oracle::otlp as oracle;
use crate::{Batch, Span};
use bumpalo::Bump;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as AnyValue;
use opentelemetry_proto::tonic::common::v1::{
    self as common, ArrayValue, InstrumentationScope, KeyValue, KeyValueList,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{self as trace, ResourceSpans, ScopeSpans, Span as Sent, span};
use proptest::prelude::*;
use prost::Message;
use std::collections::BTreeMap;

// -- making requests -------------------------------------------------------------------------------

pub(super) fn wrapped(value: AnyValue) -> common::AnyValue {
    common::AnyValue { value: Some(value) }
}

pub(super) fn key_value(key: &str, value: AnyValue) -> KeyValue {
    KeyValue { key: key.to_owned(), value: Some(wrapped(value)), ..KeyValue::default() }
}

pub(super) fn text(key: &str, value: &str) -> KeyValue {
    key_value(key, AnyValue::StringValue(value.to_owned()))
}

/// One resource, one scope.
pub(super) fn request(resource: Vec<KeyValue>, spans: Vec<Sent>) -> ExportTraceServiceRequest {
    let resource = Some(Resource { attributes: resource, ..Resource::default() });
    let scope_spans = vec![ScopeSpans { spans, ..ScopeSpans::default() }];
    ExportTraceServiceRequest {
        resource_spans: vec![ResourceSpans { resource, scope_spans, ..ResourceSpans::default() }],
    }
}

fn any_value() -> impl Strategy<Value = AnyValue> {
    let leaf = prop_oneof![
        4 => "\\PC{0,20}".prop_map(AnyValue::StringValue),
        1 => any::<bool>().prop_map(AnyValue::BoolValue),
        1 => any::<i64>().prop_map(AnyValue::IntValue),
        1 => (0..20_000i64).prop_map(AnyValue::IntValue),
        1 => any::<f64>().prop_map(AnyValue::DoubleValue),
        1 => any::<Vec<u8>>().prop_map(AnyValue::BytesValue),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let optional = prop::option::weighted(0.9, inner.clone());
        prop_oneof![
            prop::collection::vec(optional, 0..4).prop_map(|values| {
                AnyValue::ArrayValue(ArrayValue {
                    values: values.into_iter().map(|value| common::AnyValue { value }).collect(),
                })
            }),
            prop::collection::vec(("[a-c]{1,3}", inner), 0..4).prop_map(|entries| {
                AnyValue::KvlistValue(KeyValueList {
                    values: entries.into_iter().map(|(key, value)| key_value(&key, value)).collect(),
                })
            }),
        ]
    })
}

/// Attributes whose keys are unique, as OTLP asks.
fn attributes() -> impl Strategy<Value = Vec<KeyValue>> {
    let known = prop::sample::select(vec![
        "peer.service",
        "server.address",
        "server.port",
        "db.system",
        "network.peer.address",
        "network.local.port",
        "error",
    ]);
    let key = prop_oneof![3 => "[a-z.]{1,12}", 1 => known.prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    prop::collection::btree_map(key, prop::option::weighted(0.95, any_value()), 0..8).prop_shuffled_values()
}

/// A map's entries as attributes, in an order of their own.
trait PropShuffledValues {
    fn prop_shuffled_values(self) -> BoxedStrategy<Vec<KeyValue>>;
}

impl<S: Strategy<Value = BTreeMap<String, Option<AnyValue>>> + 'static> PropShuffledValues for S {
    fn prop_shuffled_values(self) -> BoxedStrategy<Vec<KeyValue>> {
        self.prop_map(|map| {
            map.into_iter()
                .map(|(key, value)| KeyValue { key, value: value.map(wrapped), ..KeyValue::default() })
                .collect::<Vec<_>>()
        })
        .prop_shuffle()
        .boxed()
    }
}

fn event() -> impl Strategy<Value = span::Event> {
    (any::<u64>(), "\\PC{0,12}", attributes(), 0..3u32).prop_map(
        |(time_unix_nano, name, attributes, dropped_attributes_count)| span::Event {
            time_unix_nano,
            name,
            attributes,
            dropped_attributes_count,
        },
    )
}

fn link() -> impl Strategy<Value = span::Link> {
    (any::<[u8; 16]>(), any::<[u8; 8]>(), "[a-z=]{0,8}", attributes(), any::<u32>()).prop_map(
        |(trace_id, span_id, trace_state, attributes, flags)| span::Link {
            trace_id: trace_id.to_vec(),
            span_id: span_id.to_vec(),
            trace_state,
            attributes,
            dropped_attributes_count: flags % 3,
            flags,
        },
    )
}

fn ids() -> impl Strategy<Value = (Vec<u8>, Vec<u8>, Vec<u8>)> {
    let trace_id = (1..=u128::MAX).prop_map(|id| id.to_be_bytes().to_vec());
    let id = || (1..=u64::MAX).prop_map(|id| id.to_be_bytes().to_vec());
    let parent = prop_oneof![4 => id(), 1 => Just(vec![]), 1 => Just(vec![0; 8])];
    (trace_id, id(), parent, prop::bool::weighted(0.1)).prop_map(|(trace_id, id, parent, is_own_parent)| {
        let parent = if is_own_parent { id.clone() } else { parent };
        (trace_id, id, parent)
    })
}

fn times() -> impl Strategy<Value = (u64, u64)> {
    let start = 1_790_000_000_000_000_000..1_790_000_001_000_000_000u64;
    prop_oneof![
        6 => (start.clone(), 0..10_000_000_000u64).prop_map(|(start, duration)| (start, start + duration)),
        1 => start.prop_map(|start| (start, 0)),
        1 => (any::<u64>(), any::<u64>()),
        1 => any::<u64>().prop_map(|end| (0, end)),
    ]
}

fn sent_span() -> impl Strategy<Value = Sent> {
    let status = (0..4i32, "[a-z ]{0,10}").prop_map(|(code, message)| trace::Status { code, message });
    let lists = (attributes(), prop::collection::vec(event(), 0..3), prop::collection::vec(link(), 0..3));
    let rest = (prop::option::of(status), "[a-z=,]{0,10}", prop_oneof![Just(0), any::<u32>()]);
    (ids(), "\\PC{0,20}", 0..8i32, times(), lists, rest).prop_map(
        |(
            (trace_id, span_id, parent_span_id),
            name,
            kind,
            times,
            (attributes, events, links),
            (status, trace_state, flags),
        )| Sent {
            trace_id,
            span_id,
            trace_state,
            parent_span_id,
            flags,
            name,
            kind,
            start_time_unix_nano: times.0,
            end_time_unix_nano: times.1,
            attributes,
            dropped_attributes_count: flags % 5,
            events,
            dropped_events_count: flags % 2,
            links,
            dropped_links_count: flags % 7,
            status,
        },
    )
}

pub(super) fn any_request() -> impl Strategy<Value = ExportTraceServiceRequest> {
    let scope = ("[a-z/]{0,8}", "[0-9.]{0,4}", attributes()).prop_map(|(name, version, attributes)| {
        InstrumentationScope { name, version, attributes, ..InstrumentationScope::default() }
    });
    let scope_spans = (prop::option::of(scope), prop::collection::vec(sent_span(), 0..4), "[a-z]{0,3}")
        .prop_map(|(scope, spans, schema_url)| ScopeSpans { scope, spans, schema_url });
    let service = prop::option::of("\\PC{0,8}");
    let resource = prop::option::of((attributes(), service).prop_map(|(mut attributes, service)| {
        attributes.extend(service.map(|name| text("service.name", &name)));
        Resource { attributes, ..Resource::default() }
    }));
    let resource_spans = (resource, prop::collection::vec(scope_spans, 0..3), "[a-z]{0,3}")
        .prop_map(|(resource, scope_spans, schema_url)| ResourceSpans { resource, scope_spans, schema_url });
    prop::collection::vec(resource_spans, 0..3).prop_map(|resource_spans| ExportTraceServiceRequest { resource_spans })
}

// -- properties -----------------------------------------------------------------------------------

/// A span with its resource and scope, and their schema URLs.
type Flat = (Option<Resource>, String, Option<InstrumentationScope>, String, Sent);

/// A request in which no difference matters that `encode` may make: sorted attributes, no empty
/// messages, no parent of zeros, no messages split over repetitions.
fn canonical(mut message: ExportTraceServiceRequest) -> Vec<Flat> {
    let mut flat = Vec::new();
    for resource_spans in &mut message.resource_spans {
        for scope_spans in &mut resource_spans.scope_spans {
            for mut span in scope_spans.spans.drain(..) {
                span.attributes.sort_by(|a, b| a.key.cmp(&b.key));
                for attribute in &mut span.attributes {
                    attribute.value.get_or_insert_default();
                }
                if span.parent_span_id == [0; 8] {
                    span.parent_span_id = vec![];
                }
                span.status = span.status.filter(|status| *status != trace::Status::default());
                flat.push((
                    resource_spans.resource.clone(),
                    resource_spans.schema_url.clone(),
                    scope_spans.scope.clone(),
                    scope_spans.schema_url.clone(),
                    span,
                ));
            }
        }
    }
    flat
}

fn read(body: &[u8]) -> (Vec<Span>, u64) {
    let arena = Bump::new();
    let mut batch = Batch::default();
    decode(body, &arena, &mut batch).unwrap();
    (batch.views().map(|view| view.to_span()).collect(), batch.rejected)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn decoding_agrees_with_the_generated_types(message in any_request()) {
        let body = message.encode_to_vec();
        let (spans, rejected) = read(&body);
        prop_assert_eq!(rejected, 0);
        prop_assert_eq!(oracle::agrees(&body, &spans), Some(true));
    }

    #[test]
    fn what_is_encoded_says_what_was_sent(message in any_request()) {
        let (spans, _) = read(&message.encode_to_vec());
        let encoded = encode(&spans);
        let (again, rejected) = read(&encoded);
        prop_assert_eq!(&again, &spans);
        prop_assert_eq!(rejected, 0);
        let decoded = ExportTraceServiceRequest::decode(&encoded[..]).unwrap();
        prop_assert_eq!(canonical(decoded), canonical(message));
    }

    #[test]
    fn dec_2_a_damaged_request_is_no_danger(
        message in any_request(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut body = message.encode_to_vec();
        body.push(0);
        for (at, byte) in damage {
            let at = at.index(body.len());
            body[at] = byte;
        }
        for body in [&body[..], &body[..cut.index(body.len())]] {
            let arena = Bump::new();
            let mut batch = Batch::default();
            match decode(body, &arena, &mut batch) {
                // What was taken can be shown and sent on.
                Ok(()) => {
                    let spans: Vec<_> = batch.views().map(|view| view.to_span()).collect();
                    spans.iter().for_each(|span| drop(zipkin_view(span)));
                    prop_assert_eq!(read(&encode(&spans)).0, spans);
                }
                Err(_) => prop_assert!(batch.spans.is_empty() && batch.resources.is_empty() && batch.rejected == 0, "DEC-1"),
            }
        }
    }

    #[test]
    fn dec_2_any_bytes_are_no_danger(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let arena = Bump::new();
        let _ = decode(&bytes, &arena, &mut Batch::default());
    }
}

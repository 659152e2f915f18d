//! Zipkin's protobuf through types derived by prost.

use crate::{Endpoint, Event, Kind, Span, Value};
use core::net::{Ipv4Addr, Ipv6Addr};
use nines_base::{FineMicros, SpanId, TraceId};
use prost::Message;
use std::collections::{BTreeMap, BTreeSet};

/// The messages of zipkin.proto3 as prost reads and writes them. Fields whose absence means something
/// of its own are optional, which is the same on the wire.
#[expect(missing_docs, reason = "the names are zipkin.proto3's")]
pub mod messages {
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
        /// Of several the last that is an address counts.
        #[prost(bytes = "vec", repeated, tag = "2")]
        pub ipv4: Vec<Vec<u8>>,
        #[prost(bytes = "vec", repeated, tag = "3")]
        pub ipv6: Vec<Vec<u8>>,
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

/// The spans of a list; `None` where prost does not read it, or a span is none.
pub fn spans(body: &[u8]) -> Option<Vec<Span>> {
    messages::ListOfSpans::decode(body).ok()?.spans.iter().map(span).collect()
}

/// What a message says; `None` where its ids are none, or where the order of its fields for addresses
/// matters, which prost does not keep.
pub fn span(sent: &messages::Span) -> Option<Span> {
    let kinds = [Kind::Unspecified, Kind::Client, Kind::Server, Kind::Producer, Kind::Consumer];
    let kind = usize::try_from(sent.kind).ok().and_then(|number| kinds.get(number).copied()).unwrap_or_default();
    let own_id = SpanId(id(&sent.id, &[8])? as u64);
    let parent = if sent.parent_id.is_empty() { 0 } else { parent(&sent.parent_id)? };
    let annotations: BTreeSet<_> = sent
        .annotations
        .iter()
        .filter_map(|annotation| Some((micros(annotation.timestamp?), annotation.value.clone()?)))
        .collect();
    let tags: BTreeMap<_, _> =
        sent.tags.iter().filter_map(|tag| Some((tag.key.clone()?, tag.value.clone().unwrap_or_default()))).collect();
    Some(Span {
        trace_id: TraceId(id(&sent.trace_id, &[8, 16])?),
        id: own_id,
        parent_id: Some(SpanId(parent)).filter(|parent| parent.0 != 0 && *parent != own_id),
        kind,
        name: sent.name.clone(),
        start: micros(sent.timestamp),
        duration: micros(sent.duration),
        local: endpoint(&sent.local_endpoint)?,
        remote: endpoint(&sent.remote_endpoint)?,
        tags: tags.into_iter().map(|(key, value)| (key, Value::Str(value))).collect(),
        events: annotations.into_iter().map(|(time, name)| Event { time, name, otlp: Vec::new() }).collect(),
        debug: sent.debug,
        shared: sent.shared && kind != Kind::Client,
        ..Span::default()
    })
}

fn id(bytes: &[u8], lengths: &[usize]) -> Option<u128> {
    let number = bytes.iter().fold(0, |number, byte| number << 8 | u128::from(*byte));
    Some(number).filter(|number| *number != 0 && lengths.contains(&bytes.len()))
}

fn parent(bytes: &[u8]) -> Option<u64> {
    bytes.try_into().ok().map(u64::from_be_bytes)
}

fn micros(number: u64) -> FineMicros {
    FineMicros::from_us(if number > i64::MAX as u64 { 0 } else { number })
}

fn endpoint(sent: &Option<messages::Endpoint>) -> Option<Endpoint> {
    let Some(sent) = sent else { return Some(Endpoint::default()) };
    let port = u16::try_from(sent.port.max(0)).ok()?;
    let mut endpoint = Endpoint { service: sent.service_name.clone(), port, ..Endpoint::default() };
    let (of_ipv4, of_ipv6) = (addresses(&sent.ipv4), addresses(&sent.ipv6));
    if of_ipv4.0.is_some() && of_ipv6.0.is_some() || of_ipv4.1.is_some() && of_ipv6.1.is_some() {
        return None;
    }
    (endpoint.ipv4, endpoint.ipv6) = (of_ipv4.0.or(of_ipv6.0), of_ipv4.1.or(of_ipv6.1));
    Some(endpoint)
}

/// The last address of each family.
fn addresses(sent: &[Vec<u8>]) -> (Option<Ipv4Addr>, Option<Ipv6Addr>) {
    let (mut ipv4, mut ipv6) = (None, None);
    for bytes in sent {
        if let Ok(bytes) = <[u8; 4]>::try_from(&bytes[..]) {
            ipv4 = Some(Ipv4Addr::from(bytes));
        } else if let Ok(bytes) = <[u8; 16]>::try_from(&bytes[..]) {
            match Ipv6Addr::from(bytes).to_ipv4_mapped() {
                Some(mapped) => ipv4 = Some(mapped),
                None => ipv6 = Some(Ipv6Addr::from(bytes)),
            }
        }
    }
    (ipv4, ipv6)
}

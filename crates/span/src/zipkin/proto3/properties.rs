//! Decoding compared with types derived by prost, on generated lists; and bytes that are none.

use super::{decode, write_list};
use crate::oracle::proto3 as oracle;
use crate::oracle::proto3::messages::{self, ListOfSpans};
use crate::zipkin::{json_v2, lower_case};
use crate::{Batch, Span};
use bumpalo::Bump;
use core::net::{Ipv4Addr, Ipv6Addr};
use proptest::prelude::*;
use proptest::sample::Index;
use prost::Message;

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
    let ipv4 = prop_oneof![9 => any::<[u8; 4]>().prop_map(Vec::from), 1 => Just(vec![1, 2, 3])];
    let ipv4 = prop::collection::vec(ipv4, 0..3);
    let ipv6 = prop_oneof![
        4 => any::<[u8; 16]>(),
        1 => any::<Ipv4Addr>().prop_map(|address| address.to_ipv6_mapped().octets()),
        1 => Just(Ipv6Addr::LOCALHOST.octets()),
    ];
    let port = prop_oneof![8 => 0..65_536i32, 1 => -3..0i32];
    (text(), ipv4, prop::option::of(ipv6), port).prop_map(|(service_name, ipv4, ipv6, port)| {
        // Of two addresses of one family the last sent counts, and derived types do not tell the order.
        let is_mapped = ipv6.is_some_and(|bytes| Ipv6Addr::from(bytes).to_ipv4_mapped().is_some());
        let ipv4 = if is_mapped { Vec::new() } else { ipv4 };
        messages::Endpoint { service_name, ipv4, ipv6: ipv6.map(Vec::from).into_iter().collect(), port }
    })
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
        let body = list.encode_to_vec();
        let spans = read(&body).map_err(TestCaseError::fail)?;
        prop_assert_eq!(Some(spans), oracle::spans(&body));
    }

    #[test]
    fn what_is_written_is_read_again_by_us_and_by_the_derived_types(list in any_list()) {
        let spans = read(&list.encode_to_vec()).unwrap();
        let mut written = Vec::new();
        write_list(&spans, &mut written);
        let wanted: Vec<_> = spans.iter().map(shown).collect();
        prop_assert_eq!(&read(&written).unwrap(), &wanted);
        prop_assert_eq!(oracle::spans(&written), Some(wanted));
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

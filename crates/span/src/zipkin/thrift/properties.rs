//! Decoding compared with a reader that makes a tree first, on generated spans; and bodies that are none.

use super::{decode, decode_one};
use crate::oracle::thrift::{self as oracle, write_list};
use crate::oracle::v1::{Sent, convert};
use crate::zipkin::{self, Encoding};
use crate::{Batch, Endpoint, Span};
use bumpalo::Bump;
use proptest::prelude::*;

// -- bodies ----------------------------------------------------------------------------------------

/// Few services, so that spans have both sides in one and in two.
fn endpoint() -> impl Strategy<Value = Endpoint> {
    let service = prop::sample::select(vec!["", "web", "WEB", "api", "주문"]).prop_map(str::to_owned);
    let ipv4 = prop::option::of(any::<[u8; 4]>())
        .prop_map(|octets| octets.map(core::net::Ipv4Addr::from).filter(|address| !address.is_unspecified()));
    let ipv6 = prop::option::weighted(0.2, any::<[u8; 16]>()).prop_map(|octets| octets.map(core::net::Ipv6Addr::from));
    (service, ipv4, ipv6, prop_oneof![Just(0), any::<u16>()]).prop_map(|(service, ipv4, ipv6, port)| Endpoint {
        service,
        ipv4,
        ipv6,
        port,
    })
}

fn annotation() -> impl Strategy<Value = (i64, String, Endpoint)> {
    let core = prop::sample::select(vec!["cs", "cr", "sr", "ss", "ms", "mr", "ws", "wr"]).prop_map(str::to_owned);
    (
        prop_oneof![9 => 1..12i64, 1 => any::<i64>().prop_map(|time| time | 1)],
        prop_oneof![4 => core, 1 => "\\PC{0,8}"],
        endpoint(),
    )
}

/// An address has an endpoint, or it would not be one.
fn binary_annotation() -> impl Strategy<Value = (String, Option<String>, Endpoint)> {
    let address =
        (prop::sample::select(vec!["sa", "ca", "ma"]).prop_map(str::to_owned), prop::option::of("1?"), endpoint())
            .prop_map(|(key, value, endpoint)| {
                let value = if endpoint == Endpoint::default() { value.or(Some(String::new())) } else { value };
                (key, value, endpoint)
            });
    let tag = (prop_oneof![Just("lc".to_owned()), "[a-c]{1,2}", "\\PC{0,8}"], "\\PC{0,8}".prop_map(Some), endpoint());
    prop_oneof![address, tag]
}

fn sent() -> impl Strategy<Value = Sent> {
    (
        (any::<u128>(), any::<u64>(), prop_oneof![Just(0), any::<u64>()], "\\PC{0,12}"),
        (prop_oneof![Just(0), 1..12i64, any::<i64>()], prop_oneof![Just(0), 1..12i64, any::<i64>()], any::<bool>()),
        prop::collection::vec(annotation(), 0..7),
        prop::collection::vec(binary_annotation(), 0..6),
    )
        .prop_map(
            |((trace_id, id, parent_id, name), (timestamp, duration, debug), annotations, binary_annotations)| {
                let (trace_id, id) = (trace_id | 1, id | 1);
                Sent { trace_id, id, parent_id, name, timestamp, duration, debug, annotations, binary_annotations }
            },
        )
}

// -- properties ------------------------------------------------------------------------------------

fn read(body: &[u8]) -> Result<Vec<Span>, String> {
    let (arena, mut batch) = (Bump::new(), Batch::default());
    match decode(body, &arena, &mut batch) {
        Ok(()) => Ok(batch.views().map(|view| view.to_span()).collect()),
        Err(error) => {
            assert!(batch.spans.is_empty() && batch.tags.is_empty() && batch.events.is_empty(), "DEC-1");
            Err(error.to_string())
        }
    }
}

/// Addresses mapped into IPv6 are IPv4, which the writer does not know.
fn as_read(mut sent: Sent) -> Sent {
    let map = |endpoint: &mut Endpoint| {
        if let Some(mapped) = endpoint.ipv6.and_then(|address| address.to_ipv4_mapped()) {
            (endpoint.ipv4, endpoint.ipv6) = (Some(mapped), None);
        }
    };
    sent.annotations.iter_mut().for_each(|(_, _, endpoint)| map(endpoint));
    sent.binary_annotations.iter_mut().for_each(|(_, _, endpoint)| map(endpoint));
    sent
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn decoding_agrees_with_the_rules_for_what_was_written(sent in prop::collection::vec(sent(), 0..5)) {
        let body = write_list(&sent);
        let spans = read(&body).map_err(TestCaseError::fail)?;
        let expect: Vec<Span> = sent.into_iter().flat_map(|sent| convert(&as_read(sent)).unwrap()).collect();
        prop_assert_eq!(Some(spans.clone()), oracle::spans(&body));
        prop_assert_eq!(spans, expect);
    }

    #[test]
    fn dec_2_a_damaged_body_is_no_danger(sent in prop::collection::vec(sent(), 0..3), damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4), cut in any::<prop::sample::Index>()) {
        let mut bytes = write_list(&sent);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let spans = read(&bytes);
        if let Some(expect) = oracle::spans(&bytes) {
            prop_assert_eq!(spans, Ok(expect));
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        let _ = read(&bytes);
        let (arena, mut batch) = (Bump::new(), Batch::default());
        let _ = zipkin::decode(Encoding::Thrift, &bytes, &arena, &mut batch);
        let _ = zipkin::decode_detected(&bytes, &arena, &mut Batch::default());
        let _ = decode_one(&bytes, &arena, &mut Batch::default());
    }

    #[test]
    fn dec_2_any_bytes_are_no_danger(bytes in prop::collection::vec(prop_oneof![3 => 0..16u8, 1 => any::<u8>()], 0..200)) {
        let arena = Bump::new();
        let _ = decode(&bytes, &arena, &mut Batch::default());
        let _ = decode_one(&bytes, &arena, &mut Batch::default());
    }
}

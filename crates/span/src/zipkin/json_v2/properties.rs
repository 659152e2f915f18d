//! Decoding compared with a reading through `serde_json`, on generated spans; and bodies that are none.

use super::{decode, write_list};
use crate::oracle::json_v2 as oracle;
use crate::zipkin::{self, Encoding};
use crate::{Batch, Span};
use bumpalo::Bump;
use core::net::Ipv4Addr;
use proptest::prelude::*;
use serde_json::Value as Json;

// -- bodies ----------------------------------------------------------------------------------------

/// A JSON string in one of the ways senders write it.
fn text_token(text: &str, is_escaped: bool) -> String {
    if !is_escaped {
        return serde_json::to_string(text).unwrap();
    }
    let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
    format!("\"{units}\"")
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z0-9./ _-]{0,24}",
        2 => "\\PC{0,12}",
        1 => any::<Vec<char>>().prop_map(|characters| characters.into_iter().take(12).collect::<String>()),
        1 => Just("a \"quoted\"\\ \u{2028} line\n".to_owned()),
    ]
}

fn text_value() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => (any_text(), prop::bool::weighted(0.1)).prop_map(|(text, is_escaped)| text_token(&text, is_escaped)),
        1 => any::<i32>().prop_map(|number| number.to_string()),
    ]
}

fn hex(digits: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
    // The last digit keeps it from being zero.
    (prop::collection::vec(prop::sample::select(&b"0123456789abcdef"[..]), digits), 1..=9u8).prop_map(
        |(digits, last)| {
            let text: String = digits.into_iter().map(char::from).collect();
            format!("\"{}{last}\"", &text[1..])
        },
    )
}

fn number_value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..i64::MAX).prop_map(|number| number.to_string()),
        2 => (-1000..1000i64).prop_map(|number| number.to_string()),
        2 => any::<i64>().prop_map(|number| format!("\"{number}\"")),
    ]
}

fn junk() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![Just("null".to_owned()), Just("-1.5e3".to_owned()), Just("true".to_owned()), text_value()];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(" , "))),
            prop::collection::vec(inner, 0..4).prop_map(|items| {
                let fields: Vec<_> =
                    items.iter().enumerate().map(|(nth, item)| format!("\"f{nth}\": {item}")).collect();
                format!("{{{}}}", fields.join(","))
            }),
        ]
    })
}

fn ip_value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<Ipv4Addr>().prop_map(|address| format!("\"{address}\"")),
        any::<Ipv4Addr>().prop_map(|address| format!("\"::ffff:{address}\"")),
        any::<[u16; 8]>().prop_map(|groups| format!("\"{:X}:{:x}::{:x}\"", groups[0] | 1, groups[1], groups[2] | 1)),
        Just("\"not an address\"".to_owned()),
        Just("null".to_owned()),
    ]
}

fn object(fields: Vec<(&'static str, String)>) -> String {
    let fields: Vec<_> = fields.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", fields.join(","))
}

/// Some of the fields, in any order.
fn some_of(fields: Vec<(&'static str, BoxedStrategy<String>)>) -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let fields: Vec<_> =
        fields.into_iter().map(|(name, value)| (Just(name), prop::option::weighted(0.6, value))).collect();
    fields
        .prop_map(|fields| fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect::<Vec<_>>())
        .prop_shuffle()
}

fn endpoint_value() -> impl Strategy<Value = String> {
    let port =
        prop_oneof![(-5..70_000i32).prop_filter("a port", |port| *port < 65_536).prop_map(|port| port.to_string())];
    some_of(vec![
        ("serviceName", text_value().boxed()),
        ("ipv4", ip_value().boxed()),
        ("ipv6", ip_value().boxed()),
        ("port", port.boxed()),
        ("zone", junk().boxed()),
    ])
    .prop_map(object)
}

fn annotation_value() -> impl Strategy<Value = String> {
    let time = prop_oneof![(0..5u8).prop_map(|time| time.to_string()), number_value()];
    (time, text_value()).prop_map(|(time, value)| object(vec![("timestamp", time), ("value", value)]))
}

fn tags_value() -> impl Strategy<Value = String> {
    prop::collection::vec((prop_oneof!["[a-d]{1,2}", "http\\.[a-z]{0,9}", any_text()], text_value()), 0..12).prop_map(
        |tags| {
            let tags: Vec<_> =
                tags.into_iter().map(|(key, value)| format!("{}:{value}", text_token(&key, false))).collect();
            format!("{{{}}}", tags.join(", "))
        },
    )
}

fn span_value() -> impl Strategy<Value = String> {
    let or_null = |value: BoxedStrategy<String>| prop_oneof![9 => value, 1 => Just("null".to_owned())].boxed();
    let kind =
        prop::sample::select(vec!["CLIENT", "SERVER", "PRODUCER", "CONSUMER"]).prop_map(|kind| format!("\"{kind}\""));
    let flag = || any::<bool>().prop_map(|flag| flag.to_string()).boxed();
    let fields = vec![
        ("parentId", or_null(prop_oneof![hex(1..=16), Just("\"1\"".to_owned()), Just("\"00\"".to_owned())].boxed())),
        ("kind", or_null(kind.boxed())),
        ("name", or_null(text_value().boxed())),
        ("timestamp", or_null(number_value().boxed())),
        ("duration", or_null(number_value().boxed())),
        ("localEndpoint", or_null(endpoint_value().boxed())),
        ("remoteEndpoint", or_null(endpoint_value().boxed())),
        (
            "annotations",
            or_null(
                prop::collection::vec(annotation_value(), 0..5).prop_map(|all| format!("[{}]", all.join(","))).boxed(),
            ),
        ),
        ("tags", or_null(tags_value().boxed())),
        ("debug", or_null(flag())),
        ("shared", or_null(flag())),
        ("extra", junk().boxed()),
    ];
    let id = prop_oneof![hex(1..=16), Just("\"1\"".to_owned())];
    (hex(1..=32), id, some_of(fields), any::<prop::sample::Index>()).prop_map(|(trace_id, id, mut fields, at)| {
        fields.insert(at.index(fields.len() + 1), ("traceId", trace_id));
        fields.push(("id", id));
        object(fields)
    })
}

fn body() -> impl Strategy<Value = String> {
    (prop::collection::vec(span_value(), 0..6), prop::sample::select(vec!["", "\n", " trailing"]))
        .prop_map(|(spans, end)| format!("[{}]{end}", spans.join(",\n ")))
}

// -- properties ------------------------------------------------------------------------------------

fn read(body: &[u8]) -> Result<Vec<Span>, String> {
    let arena = Bump::new();
    let mut batch = Batch::default();
    match zipkin::decode(Encoding::JsonV2, body, &arena, &mut batch) {
        Ok(()) => Ok(batch.views().map(|view| view.to_span()).collect()),
        Err(error) => {
            assert!(batch.spans.is_empty() && batch.tags.is_empty() && batch.events.is_empty(), "DEC-1");
            Err(error.to_string())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn decoding_agrees_with_a_reading_through_serde_json(body in body()) {
        let spans = read(body.as_bytes()).map_err(|error| TestCaseError::fail(format!("{error}: {body}")))?;
        prop_assert_eq!(Some(spans), oracle::spans(body.as_bytes()));
    }

    #[test]
    fn what_is_written_is_read_again(body in body()) {
        let spans = read(body.as_bytes()).unwrap();
        let mut written = Vec::new();
        write_list(&spans, &mut written);
        let text = String::from_utf8(written.clone()).unwrap();
        prop_assert!(serde_json::from_str::<Json>(&text).is_ok(), "{}", text);
        let again = read(&written).unwrap();
        let mut rewritten = Vec::new();
        write_list(&again, &mut rewritten);
        prop_assert_eq!(String::from_utf8(rewritten).unwrap(), text);
        prop_assert_eq!(again.len(), spans.len());
    }

    #[test]
    fn dec_2_a_damaged_body_is_no_danger(body in body(), damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4), cut in any::<prop::sample::Index>()) {
        let mut bytes = body.into_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes);
        bytes.truncate(cut.index(bytes.len() + 1));
        let _ = read(&bytes);
    }

    #[test]
    fn dec_2_any_bytes_are_no_danger(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let arena = Bump::new();
        let _ = decode(&bytes, &arena, &mut Batch::default());
    }

    #[test]
    fn dec_2_any_json_like_text_is_no_danger(pieces in prop::collection::vec(prop::sample::select(vec![
        "[", "]", "{", "}", ",", ":", "\"", "\\", "\\u", "\\ud800", "traceId", "\"id\"", "\"tags\":{", "\"annotations\":[{", "null", "true", "1", "-", ".", "e9", " ", "\n", "é", "\u{2028}",
    ]), 0..60)) {
        let _ = read(format!("[{}", pieces.concat()).as_bytes());
    }
}

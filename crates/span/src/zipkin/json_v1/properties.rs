//! Decoding compared with a reading through `serde_json`, on generated spans; and bodies that are none.

use super::decode;
use crate::oracle::json_v1 as oracle;
use crate::zipkin::{self, Encoding};
use crate::{Batch, Span};
use bumpalo::Bump;
use proptest::prelude::*;

// -- bodies ----------------------------------------------------------------------------------------

fn text_value() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-zA-Z0-9./ _-]{0,16}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        2 => "\\PC{0,8}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        1 => any::<i32>().prop_map(|number| number.to_string()),
    ]
}

/// Few services, so that spans have both sides in one and in two, in upper and in lower case.
fn endpoint_value() -> impl Strategy<Value = String> {
    let service = prop::sample::select(vec![
        "",
        "\"serviceName\":\"web\"",
        "\"serviceName\":\"WEB\"",
        "\"serviceName\":\"api\"",
        "\"serviceName\":\"주문\"",
    ]);
    let rest = prop::sample::select(vec![
        "",
        "\"port\":80",
        "\"ipv4\":\"10.0.0.1\"",
        "\"ipv6\":\"::1\",\"port\":0",
        "\"ipv4\":null",
    ]);
    prop_oneof![
        9 => (service, rest).prop_map(|(service, rest)| {
            let comma = if service.is_empty() || rest.is_empty() { "" } else { "," };
            format!("{{{service}{comma}{rest}}}")
        }),
        1 => Just("null".to_owned()),
    ]
}

/// Times that meet: an end may be where time and duration of the span reach.
fn time_value() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => (0..12i64).prop_map(|time| time.to_string()),
        1 => any::<i64>().prop_map(|time| format!("\"{time}\"")),
    ]
}

fn annotation_value() -> impl Strategy<Value = String> {
    let core = prop::sample::select(vec!["cs", "cr", "sr", "ss", "ms", "mr", "ws", "wr"])
        .prop_map(|core| format!("\"{core}\""));
    (time_value(), prop_oneof![4 => core, 1 => text_value()], prop::option::weighted(0.9, endpoint_value())).prop_map(
        |(time, value, endpoint)| {
            let endpoint = endpoint.map_or(String::new(), |endpoint| format!(",\"endpoint\":{endpoint}"));
            format!("{{\"timestamp\":{time},\"value\":{value}{endpoint}}}")
        },
    )
}

fn binary_annotation_value() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec!["sa", "ca", "ma", "lc", "a", "b"]).prop_map(|key| format!("\"{key}\""));
    let value = prop_oneof![
        4 => Just("true".to_owned()),
        1 => prop::sample::select(vec!["false", "null", "1.5", "\"\"", "[{}]"]).prop_map(str::to_owned),
        4 => text_value(),
    ];
    (prop_oneof![4 => known, 1 => text_value()], value, prop::option::weighted(0.9, endpoint_value())).prop_map(
        |(key, value, endpoint)| {
            let endpoint = endpoint.map_or(String::new(), |endpoint| format!("\"endpoint\": {endpoint},"));
            format!("{{{endpoint}\"type\":\"X\",\"key\":{key},\"value\":{value}}}")
        },
    )
}

fn list_of(element: impl Strategy<Value = String>, n_max: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(element, 0..=n_max).prop_map(|all| format!("[{}]", all.join(", ")))
}

fn hex(digits: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
    (prop::collection::vec(prop::sample::select(&b"0123456789abcdef"[..]), digits), 1..=9u8)
        .prop_map(|(digits, last)| format!("\"{}{last}\"", digits.into_iter().map(char::from).collect::<String>()))
}

fn span_value() -> impl Strategy<Value = String> {
    let field = |name: &'static str, value: BoxedStrategy<String>| {
        let or_null = prop_oneof![9 => value, 1 => Just("null".to_owned())];
        prop::option::weighted(0.7, or_null).prop_map(move |value| value.map(|value| format!("\"{name}\":{value}")))
    };
    let fields = (
        field("parentId", prop_oneof![hex(0..=31), Just("\"0\"".to_owned())].boxed()),
        field("name", text_value().boxed()),
        field("timestamp", time_value().boxed()),
        field("duration", time_value().boxed()),
        field("annotations", list_of(annotation_value(), 6).boxed()),
        field("binaryAnnotations", list_of(binary_annotation_value(), 5).boxed()),
        field("annotations", list_of(annotation_value(), 2).boxed()),
        field("debug", any::<bool>().prop_map(|debug| debug.to_string()).boxed()),
        field("extra", Just("{\"a\":[null,{}]}".to_owned()).boxed()),
    );
    (hex(0..=31), hex(0..=31), fields).prop_map(|(trace_id, id, fields)| {
        let (a, b, c, d, e, f, g, h, i) = fields;
        let fields: Vec<String> = [a, b, c, d, e, f, g, h, i].into_iter().flatten().collect();
        let comma = if fields.is_empty() { "" } else { "," };
        format!("{{\"traceId\":{trace_id},\"id\":{id}{comma}{}}}", fields.join(","))
    })
}

fn body() -> impl Strategy<Value = String> {
    (prop::collection::vec(span_value(), 0..5), prop::sample::select(vec!["", "\n", " trailing"]))
        .prop_map(|(spans, end)| format!("[{}]{end}", spans.join(",\n ")))
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn decoding_agrees_with_a_reading_through_serde_json(body in body()) {
        let spans = read(body.as_bytes()).map_err(|error| TestCaseError::fail(format!("{error}: {body}")))?;
        prop_assert_eq!(Some(spans), oracle::spans(body.as_bytes()));
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
        let (arena, mut batch) = (Bump::new(), Batch::default());
        let _ = zipkin::decode(Encoding::JsonV1, &bytes, &arena, &mut batch);
        let _ = zipkin::decode_detected(&bytes, &arena, &mut Batch::default());
    }
}

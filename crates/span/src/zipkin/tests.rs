use super::{Encoding, Version, decode, decode_detected, json_v2, proto3};
use crate::oracle::thrift::{write_list, write_span};
use crate::oracle::v1::Sent;
use crate::{Batch, DecodeError, Endpoint};
use bumpalo::Bump;

/// One span in every form in which it can come: its encoding where it stands in a list, and its body.
fn bodies() -> Vec<(Option<Encoding>, Vec<u8>)> {
    let web = Endpoint { service: "web".to_owned(), port: 80, ..Endpoint::default() };
    let annotations = vec![(10, "cs".to_owned(), web.clone()), (15, "cr".to_owned(), web)];
    let sent = Sent { trace_id: 1, id: 2, name: "get".to_owned(), annotations, ..Sent::default() };
    let v1 = concat!(
        r#"{"traceId":"1","id":"2","name":"get","annotations":["#,
        r#"{"timestamp":10,"value":"cs","endpoint":{"serviceName":"web","port":80}},"#,
        r#"{"timestamp":15,"value":"cr","endpoint":{"serviceName":"web","port":80}}]}"#
    );
    let (arena, mut batch) = (Bump::new(), Batch::default());
    json_v2::decode(SPAN.as_bytes(), &arena, &mut batch).unwrap();
    let spans: Vec<_> = batch.views().map(|view| view.to_span()).collect();
    let mut protobuf = Vec::new();
    proto3::write_list(&spans, &mut protobuf);
    vec![
        (Some(Encoding::JsonV2), SPAN.as_bytes().to_vec()),
        (Some(Encoding::Proto3), protobuf),
        (Some(Encoding::JsonV1), format!("[{v1}]").into_bytes()),
        (Some(Encoding::Thrift), write_list(std::slice::from_ref(&sent))),
        (None, v1.as_bytes().to_vec()),
        (None, write_span(&sent)),
    ]
}

const SPAN: &str = concat!(
    r#"[{"traceId":"0000000000000001","id":"0000000000000002","kind":"CLIENT","name":"get","timestamp":10,"duration":5,"#,
    r#""localEndpoint":{"serviceName":"web","port":80}}]"#
);

fn shown(
    decode: impl for<'a> Fn(&'a [u8], &'a Bump, &mut Batch<'a>) -> Result<(), DecodeError>,
    body: &[u8],
) -> String {
    let (arena, mut batch) = (Bump::new(), Batch::default());
    if let Err(error) = decode(body, &arena, &mut batch) {
        return error.to_string();
    }
    let spans: Vec<_> = batch.views().map(|view| view.to_span()).collect();
    let mut out = Vec::new();
    json_v2::write_list(&spans, &mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn a_span_is_the_same_in_every_encoding() {
    for (encoding, body) in bodies() {
        assert_eq!(shown(decode_detected, &body), SPAN, "of {body:?}");
        if let Some(encoding) = encoding {
            assert_eq!(shown(|body, arena, batch| decode(encoding, body, arena, batch), &body), SPAN);
        }
    }
}

#[test]
fn a_body_on_the_wrong_path_is_refused_by_the_name_of_what_it_is() {
    let answer =
        |expected: Encoding, body: &[u8]| shown(|body, arena, batch| decode(expected, body, arena, batch), body);
    let v1 = br#"[{"traceId":"1","id":"2","binaryAnnotations":[]}]"#;
    assert_eq!(answer(Encoding::JsonV2, v1), "Expected a JSON_V2 encoded list, but received: JSON_V1\n");
    assert_eq!(answer(Encoding::JsonV1, SPAN.as_bytes()), "Expected a JSON_V1 encoded list, but received: JSON_V2\n");
    assert_eq!(answer(Encoding::Thrift, b"hello"), "Expected a THRIFT encoded list\n");
    assert_eq!(answer(Encoding::of(Version::V1, None), b"hello"), "Expected a JSON_V1 encoded list\n");
    assert_eq!(answer(Encoding::Thrift, b"[]"), "[]");
    assert_eq!(answer(Encoding::JsonV1, b""), "[]");
}

#[test]
fn what_is_nothing_known_is_refused() {
    assert_eq!(shown(decode_detected, b"hello"), "Could not detect the span format");
    assert_eq!(shown(decode_detected, b"[]"), "[]");
    assert_eq!(shown(decode_detected, b""), "[]");
}

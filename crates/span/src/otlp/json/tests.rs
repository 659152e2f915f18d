use super::decode;
use crate::otlp::{
    VALUE_DEPTH_MAX, event_attributes, export_response_json, flags, links, resource_attribute, scope_name, status_json,
    status_message,
};
use crate::{Batch, Kind, Span, SpanFields, Status, ValueRef};
use bumpalo::Bump;
use nines_base::{SpanId, TraceId};

/// Decodes a request; the spans taken, and how many were left out and why.
fn read(body: &str) -> Result<(Vec<Span>, u64, String), String> {
    let (arena, mut batch) = (Bump::new(), Batch::default());
    match decode(body.as_bytes(), &arena, &mut batch) {
        Ok(()) => {
            let spans = batch.views().map(|view| view.to_span()).collect();
            Ok((spans, batch.rejected, batch.rejected_why.unwrap_or_default()))
        }
        Err(error) => {
            assert!(batch.spans.is_empty() && batch.resources.is_empty() && batch.rejected == 0, "DEC-1");
            Err(error.to_string())
        }
    }
}

const IDS: &str = r#""traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708""#;

/// A request of one span with further fields.
fn request(fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{{IDS}{comma}{fields}}}]}}]}}]}}"#)
}

fn read_one(fields: &str) -> Span {
    let (mut spans, rejected, why) = read(&request(fields)).unwrap();
    assert_eq!((spans.len(), rejected), (1, 0), "{why}");
    spans.remove(0)
}

fn tag(value: &str) -> Span {
    read_one(&format!(r#""attributes":[{{"key":"k","value":{value}}}]"#))
}

#[track_caller]
fn check_refused(body: &str, expect: &str) {
    let expect = format!("{expect} reading ExportTraceServiceRequest from json");
    assert_eq!(read(body).expect_err("a refusal"), expect, "of {body}");
}

/// A span that is left out, and one beside it that is not.
#[track_caller]
fn check_left_out(fields: &str, expect: &str) {
    let body = request("").replace("[{\"traceId", &format!("[{{{fields}}},{{\"traceId"));
    let (spans, rejected, why) = read(&body).unwrap();
    assert_eq!((spans.len(), rejected, why.as_str()), (1, 1, expect), "of {body}");
}

/// As OpenTelemetry's JavaScript SDK writes it, in short.
#[test]
fn a_request_of_a_real_shape_is_read_whole() {
    let body = r#"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"user-js"}},
        {"key":"instances","value":{"intValue":3}}],"droppedAttributesCount":0},"scopeSpans":[{"scope":{"name":"http","version":"0.2"},
        "spans":[{"traceId":"53aa519ced6e982a0ff2476243fb4342","spanId":"78254233948872a7","parentSpanId":"de854a47bf3faca4","name":"GET","kind":3,
        "startTimeUnixNano":"1795419192728000000","endTimeUnixNano":"1795419192756358876",
        "attributes":[{"key":"price","value":{"doubleValue":12.5}},{"key":"colors","value":{"arrayValue":{"values":[{"stringValue":"red"},{"stringValue":"blue"}]}}}],
        "droppedAttributesCount":1,"events":[{"name":"cache.miss","timeUnixNano":"1795419192729000000","attributes":[{"key":"n","value":{"intValue":"2"}}],"droppedAttributesCount":0}],
        "droppedEventsCount":0,"status":{"code":2,"message":"boom"},
        "links":[{"traceId":"00000000000000000000000000000001","spanId":"0000000000000002","attributes":[],"flags":1}],"droppedLinksCount":0,"flags":257}]}]}]}"#;
    let (spans, rejected, _) = read(body).unwrap();
    let span = &spans[0];
    assert_eq!((spans.len(), rejected), (1, 0));
    assert_eq!(span.trace_id.to_string(), "53aa519ced6e982a0ff2476243fb4342");
    assert_eq!((span.id, span.parent_id), (SpanId(0x7825_4233_9488_72a7), Some(SpanId(0xde85_4a47_bf3f_aca4))));
    assert_eq!((span.kind, span.name(), span.service()), (Kind::Client, "GET", "user-js"));
    assert_eq!((span.start.to_ns(), span.duration.to_ns()), (1_795_419_192_728_000_000, 28_358_876));
    assert_eq!(span.own_tag("price"), Some(ValueRef::Double(12.5)));
    assert_eq!(span.own_tag("colors").unwrap().json(), r#"["red","blue"]"#);
    assert_eq!((span.status, span.events[0].name.as_str()), (Status::Error, "cache.miss"));
    assert_eq!(event_attributes(&span.events[0].otlp).collect::<Vec<_>>(), [("n", ValueRef::Int(2))]);
    let parts = span.otlp.as_ref().unwrap();
    assert_eq!(status_message(&parts.rest), Some("boom"));
    assert_eq!(flags(&parts.rest), 257);
    assert_eq!(scope_name(&parts.scope), "http");
    assert_eq!(resource_attribute(&parts.resource, "instances"), Some(ValueRef::Int(3)));
    let linked: Vec<_> = links(&parts.rest).map(|link| (link.trace_id, link.span_id, link.flags)).collect();
    assert_eq!(linked, [(TraceId(1), SpanId(2), 1)]);
}

#[test]
fn values_have_their_types() {
    for (value, expect) in [
        (r#"{"stringValue":""}"#, ValueRef::Str("")),
        (r#"{"boolValue":false}"#, ValueRef::Bool(false)),
        (r#"{"intValue":0}"#, ValueRef::Int(0)),
        (r#"{"intValue":"-9223372036854775808"}"#, ValueRef::Int(i64::MIN)),
        (r#"{"intValue":1.5e3}"#, ValueRef::Int(1500)),
        (r#"{"doubleValue":3}"#, ValueRef::Double(3.0)),
        (r#"{"doubleValue":"1e-3"}"#, ValueRef::Double(0.001)),
        (r#"{"doubleValue":"-Infinity"}"#, ValueRef::Double(f64::NEG_INFINITY)),
        (r#"{"doubleValue":"NaN"}"#, ValueRef::Double(f64::NAN)),
        (r#"{"bytesValue":"+/8="}"#, ValueRef::Bytes(&[0xfb, 0xff])),
        (r#"{"bytesValue":"-_8"}"#, ValueRef::Bytes(&[0xfb, 0xff])),
        (r#"{"bytesValue":""}"#, ValueRef::Bytes(&[])),
        (r#"{"arrayValue":{}}"#, ValueRef::Array(&[])),
        (r#"{"kvlistValue":{"values":[]}}"#, ValueRef::Map(&[])),
        (r#"{"stringValue":null}"#, ValueRef::Empty),
        ("{}", ValueRef::Empty),
        ("null", ValueRef::Empty),
        (r#"{"newValue":[1]}"#, ValueRef::Empty),
        // Of several the last counts.
        (r#"{"intValue":1,"stringValue":"a"}"#, ValueRef::Str("a")),
    ] {
        assert_eq!(tag(value).own_tag("k"), Some(expect), "of {value}");
    }
    let map = r#"{"kvlistValue":{"values":[{"key":"a","value":{"arrayValue":{"values":[null,{"intValue":1}]}}},{"key":"b"}]}}"#;
    assert_eq!(tag(map).own_tag("k").unwrap().json(), r#"{"a":["",1],"b":""}"#);
}

#[test]
fn enums_are_numbers_or_names() {
    for (kind, expect) in [
        ("0", Kind::Unspecified),
        ("1", Kind::Internal),
        ("\"SPAN_KIND_SERVER\"", Kind::Server),
        ("3", Kind::Client),
        ("\"SPAN_KIND_PRODUCER\"", Kind::Producer),
        ("\"5\"", Kind::Consumer),
        ("\"SPAN_KIND_OF_LATER\"", Kind::Unspecified),
        ("null", Kind::Unspecified),
        ("17", Kind::Unspecified),
    ] {
        assert_eq!(read_one(&format!("\"kind\":{kind}")).kind, expect, "of {kind}");
    }
    // A number that is not known is kept, as in protobuf.
    assert_eq!(read_one("\"kind\":17").otlp.unwrap().rest, [6 << 3, 17]);
    for (code, expect) in
        [("\"STATUS_CODE_ERROR\"", Status::Error), ("1", Status::Ok), ("\"STATUS_CODE_UNSET\"", Status::Unset)]
    {
        assert_eq!(read_one(&format!("\"status\":{{\"code\":{code}}}")).status, expect);
    }
}

#[test]
fn names_in_snake_case_and_numbers_as_texts_are_read() {
    let body = r#"{"resource_spans":[{"resource":{"attributes":[{"key":"service.name","value":{"string_value":"a"}}]},"schema_url":"s",
        "scope_spans":[{"spans":[{"trace_id":"0102030405060708090A0B0C0D0E0F10","span_id":"AABBCCDDEEFF0011","parent_span_id":"","start_time_unix_nano":18446744073709551615,
        "end_time_unix_nano":"18446744073709551615","dropped_attributes_count":"4294967295","trace_state":"x=y"}]}]}]}"#;
    let (spans, ..) = read(body).unwrap();
    assert_eq!((spans[0].service(), spans[0].id, spans[0].parent_id), ("a", SpanId(0xaabb_ccdd_eeff_0011), None));
    assert_eq!(spans[0].start.to_ns(), u64::MAX);
}

#[test]
fn what_is_default_is_absent_as_in_protobuf() {
    let with_defaults = r#""parentSpanId":"","traceState":"","name":"","kind":0,"startTimeUnixNano":"0","endTimeUnixNano":0,
        "attributes":[],"droppedAttributesCount":0,"events":null,"links":[],"status":{"code":0,"message":""},"flags":0,"later":{"a":[{}]}"#;
    assert_eq!(read_one(with_defaults), read_one(""));
}

#[test]
fn a_span_that_says_what_it_cannot_is_left_out_and_counted() {
    let ids = |trace_id: &str, span_id: &str| format!(r#""traceId":"{trace_id}","spanId":"{span_id}""#);
    let (trace_id, span_id) = ("0102030405060708090a0b0c0d0e0f10", "0102030405060708");
    check_left_out(&ids("xyz", span_id), "a span was left out: its traceId is not hexadecimal");
    check_left_out(&ids("012", span_id), "a span was left out: its traceId is not hexadecimal");
    check_left_out(&ids(trace_id, "+102030405060708"), "a span was left out: its spanId is not hexadecimal");
    check_left_out(
        &format!("{},\"parentSpanId\":\"?\"", ids(trace_id, span_id)),
        "a span was left out: its parentSpanId is not hexadecimal",
    );
    check_left_out(
        &format!(r#"{},"links":[{{"traceId":"-"}}]"#, ids(trace_id, span_id)),
        "a span was left out: the traceId of a link is not hexadecimal",
    );
    check_left_out(
        &format!(r#"{},"attributes":[{{"key":"k","value":{{"bytesValue":"a"}}}}]"#, ids(trace_id, span_id)),
        "a span was left out: a bytesValue is not Base64",
    );
    // By the checks of protobuf.
    check_left_out("", "a span of unknown_service was left out: its trace_id has 0 bytes, not 16");
    check_left_out(
        &ids("0102030405060708", span_id),
        "a span of unknown_service was left out: its trace_id has 8 bytes, not 16",
    );
    check_left_out(
        &ids(trace_id, "0000000000000000"),
        "a span of unknown_service was left out: its span_id is all zeros",
    );
    // The first reason stays, whoever found it.
    let both = request("").replace("[{\"traceId", "[{\"traceId\":\"x\"},null,{\"traceId");
    let (spans, rejected, why) = read(&both).unwrap();
    assert_eq!((spans.len(), rejected), (1, 2), "{why}");
}

#[test]
fn bodies_that_are_no_request_are_refused() {
    check_refused("[]", "Malformed");
    check_refused("hello", "Malformed");
    check_refused("{", "End of input at line 1 column 2 path $.");
    check_refused(r#"{"resourceSpans":{}}"#, "Malformed");
    check_refused(r#"{"resourceSpans":[7]}"#, "Malformed");
    check_refused(&request(r#""name":true"#).replace('\n', ""), &{
        let column = request("\"name\":true").find("true").unwrap() + 5;
        format!(
            "Expected a string but was BOOLEAN at line 1 column {column} path $.resourceSpans[0].scopeSpans[0].spans[0].name"
        )
    });
    check_refused(&request(r#""startTimeUnixNano":"now""#), "For input string: \"now\"");
    check_refused(&request(r#""startTimeUnixNano":-1"#), "For input string: \"-1\"");
    check_refused(&request(r#""flags":4294967296"#), "For input string: \"4294967296\"");
    check_refused(&request(r#""attributes":[{"key":"k","value":{"doubleValue":"inf"}}]"#), "For input string: \"inf\"");
    let in_resource = |value: &str| {
        format!(r#"{{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"k","value":{value}}}]}}}}]}}"#)
    };
    check_refused(&in_resource(r#"{"bytesValue":"?"}"#), "a bytesValue is not Base64");
    assert!(read(&in_resource(&nested(VALUE_DEPTH_MAX))).is_ok());
    assert!(read(&in_resource(&nested(VALUE_DEPTH_MAX + 1))).unwrap_err().starts_with("Nesting limit 32 reached"));
    for empty in ["{}", "", r#"{"resourceSpans":[]}"#, r#"{"resourceSpans":null}"#, r#"{"resourceSpans":[{}]} x"#] {
        assert_eq!(read(empty), Ok((vec![], 0, String::new())), "of {empty}");
    }
}

fn nested(depth: usize) -> String {
    format!("{}{{}}{}", r#"{"arrayValue":{"values":["#.repeat(depth), "]}}".repeat(depth))
}

#[test]
fn dec_2_values_are_nested_to_their_limit_and_no_further() {
    let attribute = |depth: usize| format!(r#""attributes":[{{"key":"k","value":{}}}]"#, nested(depth));
    read_one(&attribute(VALUE_DEPTH_MAX));
    let (spans, rejected, why) = read(&request(&attribute(VALUE_DEPTH_MAX + 1))).unwrap();
    assert_eq!((spans.len(), rejected), (0, 1));
    assert_eq!(why, "a span was left out: its lists and maps are nested too deeply");
    assert!(read(&request(&attribute(100_000))).is_err());
    assert!(read(&request(&format!("\"x\":{}", "[".repeat(100_000)))).is_err());
}

#[test]
fn entities_of_a_resource_are_kept() {
    let body = r#"{"resourceSpans":[{"resource":{"entityRefs":[{"schemaUrl":"s","type":"host","idKeys":["host.id"],"descriptionKeys":["host.name"]}],"droppedAttributesCount":2},
        "scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708"}]}]}]}"#;
    let (spans, ..) = read(body).unwrap();
    let resource = &spans[0].otlp.as_ref().unwrap().resource;
    let entity = b"\x0a\x01s\x12\x04host\x1a\x07host.id\x22\x09host.name";
    let expect = [&[1 << 3 | 2, 2 + 29 + 2][..], &[3 << 3 | 2, 29], entity, &[2 << 3, 2]].concat();
    assert_eq!((entity.len(), &resource[..]), (29, &expect[..]));
}

#[test]
fn answers_are_written_in_json_too() {
    assert_eq!(export_response_json(0, None), b"{}");
    let partial = export_response_json(3, Some("a \"span\""));
    assert_eq!(
        String::from_utf8(partial).unwrap(),
        r#"{"partialSuccess":{"rejectedSpans":"3","errorMessage":"a \"span\""}}"#
    );
    assert_eq!(String::from_utf8(status_json(14, "busy")).unwrap(), r#"{"code":14,"message":"busy"}"#);
}

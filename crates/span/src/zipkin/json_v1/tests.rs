use super::{decode, decode_one};
use crate::zipkin::json_v2::write_list;
use crate::{Batch, Span};
use bumpalo::Bump;

/// The ids most cases share, with room for more fields.
fn span_with(fields: &str) -> String {
    format!(r#"[{{"traceId":"1","id":"2",{fields}}}]"#)
}

fn read(body: impl AsRef<[u8]>) -> Result<Vec<Span>, String> {
    let (arena, mut batch) = (Bump::new(), Batch::default());
    match decode(body.as_ref(), &arena, &mut batch) {
        Ok(()) => Ok(batch.views().map(|view| view.to_span()).collect()),
        Err(error) => {
            assert!(batch.spans.is_empty() && batch.tags.is_empty() && batch.events.is_empty(), "DEC-1");
            Err(error.to_string())
        }
    }
}

fn shown(body: impl AsRef<[u8]>) -> String {
    let spans = read(body).unwrap_or_else(|error| panic!("refused: {error}"));
    let mut out = Vec::new();
    write_list(&spans, &mut out);
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn check_refused(body: impl AsRef<[u8]>, expect: &str) {
    let body = body.as_ref();
    let error = read(body).expect_err(&String::from_utf8_lossy(body));
    assert_eq!(error, format!("{expect} reading List<Span> from json"), "of {}", String::from_utf8_lossy(body));
}

/// What becomes of a span's further fields.
#[track_caller]
fn check_fields(fields: &str, expect: &str) {
    let comma = if expect.is_empty() { "" } else { "," };
    let expect = format!(r#"[{{"traceId":"0000000000000001","id":"0000000000000002"{comma}{expect}}}]"#);
    assert_eq!(shown(span_with(fields)), expect, "of {fields}");
}

#[test]
fn a_client_with_tags_and_an_address_becomes_version_2() {
    let host = r#""endpoint":{"serviceName":"Web","ipv4":"10.0.0.1","port":80}"#;
    let body = format!(
        r#"[{{"traceId":"48485a3953bb61246b221d5bc9e6496c","parentId":"1","id":"2","name":"Get","debug":true,
        "timestamp":10,"duration":5,"annotations":[{{"value":"cs","timestamp":10,{host}}},{{"timestamp":12,"value":"ws",{host}}},
        {{"timestamp":15,"value":"cr",{host}}}],"binaryAnnotations":[{{"key":"http.path","value":"/a","type":"STRING",{host}}},
        {{"key":"sa","value":true,"endpoint":{{"serviceName":"db","ipv6":"2001:db8::1"}}}}]}}]"#
    );
    assert_eq!(
        shown(body),
        concat!(
            r#"[{"traceId":"48485a3953bb61246b221d5bc9e6496c","parentId":"0000000000000001","id":"0000000000000002","#,
            r#""kind":"CLIENT","name":"get","timestamp":10,"duration":5,"#,
            r#""localEndpoint":{"serviceName":"web","ipv4":"10.0.0.1","port":80},"#,
            r#""remoteEndpoint":{"serviceName":"db","ipv6":"2001:db8::1"},"#,
            r#""annotations":[{"timestamp":12,"value":"ws"}],"tags":{"http.path":"/a"},"debug":true}]"#
        )
    );
}

#[test]
fn a_joined_server_has_its_times_from_its_ends_and_is_shared() {
    let (web, nobody) =
        (r#""endpoint":{"serviceName":"item"}"#, r#""endpoint":{"serviceName":"","ipv4":"127.0.0.1","port":5}"#);
    check_fields(
        &format!(
            r#""annotations":[{{"timestamp":7,"value":"sr",{web}}},{{"timestamp":9,"value":"ss",{web}}}],
            "binaryAnnotations":[{{"key":"ca","value":true,{nobody}}}]"#
        ),
        concat!(
            r#""kind":"SERVER","timestamp":7,"duration":2,"localEndpoint":{"serviceName":"item"},"#,
            r#""remoteEndpoint":{"ipv4":"127.0.0.1","port":5},"shared":true"#
        ),
    );
}

#[test]
fn of_binary_annotations_texts_and_addresses_count() {
    let check = |value: &str, expect: &str| {
        let binary = format!(r#""binaryAnnotations":[{{"key":"k",{value}"endpoint":{{"serviceName":"a"}}}}]"#);
        check_fields(&binary, expect);
    };
    let local = r#""localEndpoint":{"serviceName":"a"}"#;
    check(r#""value":"v","#, &format!(r#"{local},"tags":{{"k":"v"}}"#));
    check(r#""value":"","#, &format!(r#"{local},"tags":{{"k":""}}"#));
    check(r#""value":"true","type":"BOOL","#, &format!(r#"{local},"tags":{{"k":"true"}}"#));
    for other in ["true", "false", "1", "-1.5e3", "null", "[1]", "{\"a\":{}}"] {
        check(&format!("\"value\":{other},"), "");
    }
    check("", "");
    // Of what is sent twice the text wins.
    check(r#""value":"v","value":true,"#, &format!(r#"{local},"tags":{{"k":"v"}}"#));
    check_fields(r#""binaryAnnotations":[{"key":"sa","value":false,"endpoint":{"serviceName":"a"}}]"#, "");
    check_fields(r#""binaryAnnotations":[{"key":"sa","value":true}]"#, "");
    check_fields(r#""binaryAnnotations":[{"key":"sa","value":true,"endpoint":{"ipv4":"x","port":0}}]"#, "");
    // An address without an endpoint does not take one back; a text without one does.
    let sa = r#"{"key":"sa","value":true,"endpoint":{"serviceName":"a"}}"#;
    let remote = r#""remoteEndpoint":{"serviceName":"a"}"#;
    check_fields(&format!(r#""binaryAnnotations":[{sa},{{"key":"sa","value":true}}]"#), remote);
    check_fields(&format!(r#""binaryAnnotations":[{sa},{{"key":"sa","value":""}}]"#), "");
}

#[test]
fn null_is_an_absent_field() {
    check_fields(
        r#""parentId":null,"name":null,"timestamp":null,"duration":null,"annotations":null,"binaryAnnotations":null,"debug":null,"x":null"#,
        "",
    );
    check_fields(
        r#""binaryAnnotations":[{"key":"lc","value":"","endpoint":{"serviceName":null,"ipv4":"127.0.0.1","ipv6":null,"port":null}}]"#,
        r#""localEndpoint":{"ipv4":"127.0.0.1"}"#,
    );
    for empty in [r#"{"serviceName":null,"ipv4":null,"ipv6":null,"port":null}"#, "{}", "null"] {
        check_fields(&format!(r#""binaryAnnotations":[{{"key":"lc","value":"","endpoint":{empty}}}]"#), "");
        check_fields(
            &format!(r#""annotations":[{{"timestamp":1,"value":"sr","endpoint":{empty}}}]"#),
            r#""annotations":[{"timestamp":1,"value":"sr"}]"#,
        );
    }
}

#[test]
fn unknown_fields_are_skipped_and_text_after_the_list_ignored() {
    check_fields(r#""x":[{"y":[]}],"localEndpoint":{"serviceName":"a"},"debug":false"#, "");
    check_fields(
        r#""annotations":[{"x":{"y":1},"timestamp":1,"value":"a"}],"binaryAnnotations":[{"key":"b","value":"c","x":[]}]"#,
        r#""annotations":[{"timestamp":1,"value":"a"}],"tags":{"b":"c"}"#,
    );
    assert_eq!(shown(r#"[{"traceId":1,"id":"2"}] x"#), r#"[{"traceId":"0000000000000001","id":"0000000000000002"}]"#);
    assert_eq!(shown("[ ]"), "[]");
    assert_eq!(shown(""), "[]");
}

#[test]
fn bodies_that_are_no_list_of_spans_are_refused_in_zipkins_words() {
    check_refused("hello", "Malformed");
    check_refused("{}", "Malformed");
    check_refused("[[]]", "Malformed");
    check_refused("[{}]", "traceId == 0");
    check_refused(r#"[{"id":"2"}]"#, "traceId == 0");
    check_refused(r#"[{"traceId":"1"}]"#, "id == 0");
    check_refused(r#"[{"traceId":"1","id":"0"}]"#, "id == 0");
    check_refused(r#"[{"traceId":"00000000000000010000000000000000","id":"1"}]"#, "traceId == 0");
    check_refused(
        r#"[{"traceId":"48485A3953BB6124","id":"1"}]"#,
        "48485A3953BB6124 should be a 1 to 32 character lower-hex string with no prefix",
    );
    check_refused(r#"[{"traceId":"1","id":""}]"#, " should be a 1 to 32 character lower-hex string with no prefix");
    check_refused(span_with(r#""parentId":"x""#), "x should be a 1 to 32 character lower-hex string with no prefix");
    check_refused(
        r#"[{"traceId":null,"id":"1"}]"#,
        "Expected a string but was NULL at line 1 column 17 path $[0].traceId",
    );
    check_refused(
        span_with(r#""annotations":[{"timestamp":1}]"#),
        "Incomplete annotation at $[0].annotations[0].timestamp",
    );
    check_refused(span_with(r#""annotations":[{"value":"a"}]"#), "Incomplete annotation at $[0].annotations[0].value");
    check_refused(span_with(r#""binaryAnnotations":[{"value":"a"}]"#), "No key at $[0].binaryAnnotations[0].value");
    check_refused(
        span_with(r#""binaryAnnotations":[{"key":null,"value":"a"}]"#),
        "No key at $[0].binaryAnnotations[0].value",
    );
    check_refused(span_with(r#""binaryAnnotations":[{"key":"a","value":tru}]"#), "Malformed");
    check_refused(span_with(r#""binaryAnnotations":[{"key":"a","endpoint":{"port":65536}}]"#), "invalid port 65536");
    check_refused(r#"[{"traceId":"1","id":"2"}"#, "End of input at line 1 column 26 path $[1]");
}

#[test]
fn dec_1_a_fault_in_a_later_span_takes_the_earlier_ones_back() {
    check_refused(
        r#"[{"traceId":"1","id":"2","annotations":[{"timestamp":1,"value":"a"}],"binaryAnnotations":[{"key":"k","value":"v"}]},{"traceId":"1"}]"#,
        "id == 0",
    );
}

#[test]
fn dec_2_deep_nesting_is_refused() {
    let deep = |depth: usize| span_with(&format!("\"x\":{}{}", "[".repeat(depth), "]".repeat(depth)));
    assert!(read(deep(253)).is_ok());
    assert!(read(deep(254)).unwrap_err().starts_with("Nesting limit 255 reached"));
    assert!(read(deep(1_000_000)).is_err());
}

#[test]
fn one_span_without_a_list_is_read_by_itself() {
    let (arena, mut batch) = (Bump::new(), Batch::default());
    let body =
        r#"{"traceId":"1","id":"2","annotations":[{"timestamp":1,"value":"cs","endpoint":{"serviceName":"a"}}]}"#;
    decode_one(body.as_bytes(), &arena, &mut batch).unwrap();
    assert_eq!((batch.spans.len(), batch.spans[0].local.service), (1, "a"));
    for (body, expect) in [("[]", "Malformed"), ("{}", "traceId == 0")] {
        let error = decode_one(body.as_bytes(), &arena, &mut batch).unwrap_err().to_string();
        assert_eq!(error, format!("{expect} reading Span from json"));
    }
}

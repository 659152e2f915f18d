use super::{decode, write_list, write_span};
use crate::zipkin::{self, Encoding};
use crate::{Batch, Endpoint, Event, Kind, Span, SpanFields, Value};
use bumpalo::Bump;
use nines_base::{FineMicros, SpanId, TraceId};

/// The ids most cases share, with room for more fields.
fn span_with(fields: &str) -> String {
    format!(r#"[{{"traceId":"1","id":"2",{fields}}}]"#)
}

fn read(body: impl AsRef<[u8]>) -> Result<Vec<Span>, String> {
    let arena = Bump::new();
    let mut batch = Batch::default();
    match decode(body.as_ref(), &arena, &mut batch) {
        Ok(()) => Ok(batch.views().map(|view| view.to_span()).collect()),
        Err(error) => Err(error.to_string()),
    }
}

fn shown(body: impl AsRef<[u8]>) -> String {
    let spans = read(body).unwrap_or_else(|error| panic!("refused: {error}"));
    let mut out = Vec::new();
    write_list(&spans, &mut out);
    String::from_utf8(out).unwrap()
}

/// What a body is refused for, without the end every refusal has.
fn check_refused(body: impl AsRef<[u8]>, expect: &str) {
    let body = body.as_ref();
    let error = read(body).expect_err(&String::from_utf8_lossy(body));
    assert_eq!(error, format!("{expect} reading List<Span> from json"), "of {}", String::from_utf8_lossy(body));
}

/// What becomes of a span's further fields.
fn check_fields(fields: &str, expect: &str) {
    let expect = if expect.is_empty() { String::new() } else { format!(",{expect}") };
    let ids = r#""traceId":"0000000000000001""#;
    let answer = shown(span_with(fields));
    // The parent's id stands before the span's own.
    let with_parent = expect.strip_prefix(",\"parentId\":\"").map(|rest| rest.split_once('"').unwrap());
    let expect = match with_parent {
        Some((parent, rest)) => format!(r#"[{{{ids},"parentId":"{parent}","id":"0000000000000002"{rest}}}]"#),
        None => format!(r#"[{{{ids},"id":"0000000000000002"{expect}}}]"#),
    };
    assert_eq!(answer, expect, "of {fields}");
}

#[test]
fn local_endpoints_that_repeat_and_that_change_are_read_alike() {
    let endpoints = [
        r#"{"serviceName":"a","port":1}"#,
        r#"{"serviceName":"a","port":1}"#,
        r#"{"serviceName":"a","port":12}"#,
        r#"{"serviceName":"a"}"#,
        r#"{"serviceName":"\u0061"}"#,
        r#"{"serviceName":"b","ipv4":"10.0.0.1"}"#,
        r#"{"serviceName":"b","ipv4":"10.0.0.1"}"#,
    ];
    let span = |endpoint: &&str| format!(r#"{{"traceId":"1","id":"2","localEndpoint":{endpoint}}}"#);
    let body = format!("[{}]", endpoints.iter().map(span).collect::<Vec<_>>().join(","));
    let read: Vec<Span> = read(body).unwrap();
    let alone: Vec<Span> =
        endpoints.iter().flat_map(|endpoint| self::read(format!("[{}]", span(endpoint))).unwrap()).collect();
    assert_eq!(read, alone);
    assert_eq!(read.iter().map(|span| span.local.port).collect::<Vec<_>>(), [1, 1, 12, 0, 0, 0, 0]);
}

#[test]
fn a_canonical_body_comes_back_byte_for_byte() {
    let body = concat!(
        r#"[{"traceId":"463ac35c9f6413ad48485a3953bb6124","parentId":"6b221d5bc9e6496c","id":"a2fb4a1d1a96d312","#,
        r#""kind":"SERVER","name":"get /items/{n}","timestamp":1790000000000001,"duration":207000,"#,
        r#""localEndpoint":{"serviceName":"item","ipv4":"10.1.2.3","ipv6":"2001:db8::c001","port":8080},"#,
        r#""remoteEndpoint":{"ipv4":"127.0.0.1","port":63840},"#,
        r#""annotations":[{"timestamp":1790000000000002,"value":"cache.miss"},{"timestamp":1790000000000003,"value":"\"q\" \\ \u2028"}],"#,
        r#""tags":{"empty":"","http.path":"/items/1?ä=😀","line":"a\nb"},"debug":true,"shared":true},"#,
        r#"{"traceId":"000000000000000a","id":"000000000000000b"}]"#,
    );
    assert_eq!(shown(body), body);
}

#[test]
fn ids_are_padded_cut_and_checked() {
    let check = |trace_id: &str, id: &str, expect: &str| {
        let answer = shown(format!(r#"[{{"traceId":"{trace_id}","id":"{id}"}}]"#));
        assert_eq!(answer, format!("[{{{expect}}}]"));
    };
    check("1", "2", r#""traceId":"0000000000000001","id":"0000000000000002""#);
    check("10000000000000000", "2", r#""traceId":"00000000000000010000000000000000","id":"0000000000000002""#);
    check("0000000000000000463ac35c9f6413ad", "2", r#""traceId":"463ac35c9f6413ad","id":"0000000000000002""#);
    check("1", "0", r#""traceId":"0000000000000001","id":"0000000000000000""#);
    check_fields(r#""parentId":"3""#, r#""parentId":"0000000000000003""#);
}

#[test]
fn fields_are_normalised_by_zipkins_rules() {
    for (fields, expect) in [
        // A parent of zeros and a span that is its own parent make a root.
        (r#""parentId":"0""#, ""),
        (r#""parentId":"0000000000000000""#, ""),
        (r#""parentId":"02""#, ""),
        (r#""kind":"CLIENT","shared":true"#, r#""kind":"CLIENT""#),
        (r#""kind":"SERVER","shared":true"#, r#""kind":"SERVER","shared":true"#),
        (r#""shared":true"#, r#""shared":true"#),
        (r#""debug":false,"shared":false"#, ""),
        (r#""name":"""#, ""),
        (r#""name":"GET /X-Ä""#, r#""name":"get /x-ä""#),
        (r#""timestamp":0,"duration":0"#, ""),
        (r#""timestamp":-1,"duration":-5"#, ""),
        (r#""timestamp":9223372036854775807"#, r#""timestamp":9223372036854775807"#),
        // Annotations: sorted, repetitions dropped; time 0 and empty text are taken.
        (
            r#""annotations":[{"timestamp":2,"value":"b"},{"timestamp":2,"value":"a"},{"timestamp":1,"value":"z"},{"timestamp":2,"value":"b"}]"#,
            r#""annotations":[{"timestamp":1,"value":"z"},{"timestamp":2,"value":"a"},{"timestamp":2,"value":"b"}]"#,
        ),
        (r#""annotations":[{"timestamp":0,"value":""}]"#, r#""annotations":[{"timestamp":0,"value":""}]"#),
        (r#""annotations":[]"#, ""),
        // Tags: sorted, the last of a key counts.
        (r#""tags":{"b":"1","a":"2","b":"3","c":""}"#, r#""tags":{"a":"2","b":"3","c":""}"#),
        (r#""tags":{}"#, ""),
        // Endpoints.
        (r#""localEndpoint":{"serviceName":"Front-End"}"#, r#""localEndpoint":{"serviceName":"front-end"}"#),
        (r#""localEndpoint":{"serviceName":"","ipv4":"","port":0}"#, ""),
        (r#""localEndpoint":{"serviceName":null,"ipv4":null,"ipv6":null,"port":null}"#, ""),
        (r#""localEndpoint":{}"#, ""),
        (r#""remoteEndpoint":{"port":-1}"#, ""),
        (r#""remoteEndpoint":{"port":65535}"#, r#""remoteEndpoint":{"port":65535}"#),
        (r#""localEndpoint":{"ipv6":"::ffff:1.2.3.4"}"#, r#""localEndpoint":{"ipv4":"1.2.3.4"}"#),
        (r#""localEndpoint":{"ipv6":"::1.2.3.4"}"#, r#""localEndpoint":{"ipv4":"1.2.3.4"}"#),
        (r#""localEndpoint":{"ipv4":"::1"}"#, r#""localEndpoint":{"ipv6":"::1"}"#),
        (r#""localEndpoint":{"ipv4":"localhost","ipv6":"fe80::1%eth0"}"#, ""),
        (r#""localEndpoint":{"ipv6":"2001:DB8:0:0:0:0:0:C001"}"#, r#""localEndpoint":{"ipv6":"2001:db8::c001"}"#),
    ] {
        check_fields(fields, expect);
    }
}

#[test]
fn what_zipkin_lets_pass_passes() {
    for (fields, expect) in [
        // Numbers where text is asked for, text where numbers are.
        (r#""name":12,"tags":{"n":1,"f":2.50}"#, r#""name":"12","tags":{"f":"2.50","n":"1"}"#),
        (r#""timestamp":"15","duration":" 1.6e1 ""#, r#""timestamp":15,"duration":16"#),
        (r#""timestamp":1.5e3,"duration":9223372036854775808"#, r#""timestamp":1500,"duration":9223372036854775807"#),
        (r#""localEndpoint":{"port":"443"}"#, r#""localEndpoint":{"port":443}"#),
        (r#""localEndpoint":{"port":80.0}"#, r#""localEndpoint":{"port":80}"#),
        (
            r#""annotations":[{"timestamp":"5","value":7,"endpoint":{"x":[]}}]"#,
            r#""annotations":[{"timestamp":5,"value":"7"}]"#,
        ),
        // Nulls and unknown fields.
        (r#""parentId":null,"kind":null,"name":null,"timestamp":NULL,"tags":null,"annotations":null,"debug":null"#, ""),
        (r#""x":{"y":[1,{"z":null},"]"],"traceId":"q"},"_":[[],{}]"#, ""),
        // Repetitions: the last counts, but lists and maps add up, `true` stays, and `null` takes nothing back.
        (r#""name":"a","name":"b","name":null"#, r#""name":"b""#),
        (r#""kind":"CLIENT","kind":"SERVER""#, r#""kind":"SERVER""#),
        (r#""localEndpoint":{"serviceName":"a"},"localEndpoint":{}"#, ""),
        (r#""tags":{"a":"1"},"tags":{"b":"2"}"#, r#""tags":{"a":"1","b":"2"}"#),
        (r#""debug":true,"debug":false"#, r#""debug":true"#),
        (r#""debug":TrUe"#, r#""debug":true"#),
        // Escapes in names, raw control characters in text.
        (r#""n\u0061me":"x""#, r#""name":"x""#),
        ("\"name\":\"a\tb\"", r#""name":"a\tb""#),
    ] {
        check_fields(fields, expect);
    }
    let ids = r#"{"traceId":"0000000000000001","id":"0000000000000002"}"#;
    assert_eq!(shown(r#"[{"traceId":1,"id":2}]"#), format!("[{ids}]"));
    assert_eq!(shown(" \n[ { \"traceId\" : \"1\" ,\r\n\t\"id\":\"2\" } ] "), format!("[{ids}]"));
    assert_eq!(shown(r#"[{"traceId":"1","id":"2"}]]}and more"#), format!("[{ids}]"));
    assert_eq!(shown("[]x"), "[]");
    assert_eq!(shown("[ ]"), "[]");
    assert_eq!(shown(""), "[]");
}

#[test]
fn bytes_that_are_no_text_become_replacement_characters() {
    let body = [&br#"[{"traceId":"1","id":"2","name":"a"#[..], b"\xff\xc3", br#"z","tags":{"k":"ok"}}]"#].concat();
    let spans = read(body).unwrap();
    assert_eq!(spans[0].name, "a\u{fffd}\u{fffd}z");
    assert_eq!(spans[0].tags, [("k".to_owned(), Value::from("ok"))]);
}

#[test]
fn names_are_kept_as_sent() {
    let body =
        span_with(r#""name":"GET /X","localEndpoint":{"serviceName":"Front"},"remoteEndpoint":{"serviceName":"Back"}"#);
    let span = read(&body).unwrap().remove(0);
    assert_eq!((span.name(), span.service(), span.remote_service()), ("GET /X", "Front", "Back"));
}

#[test]
fn malformed_text_is_called_malformed() {
    for body in [
        "hello",
        "{",
        "{}",
        "[1]",
        "[null]",
        "[[]]",
        "[\"a\"]",
        "[,]",
        "[{\"traceId\":\"1\",\"id\":\"2\"},]",
        "[{\"traceId\":\"1\",\"id\":\"2\"}{}]",
        "[{\"traceId\":\"1\",\"id\":\"2\",}]",
        "[{\"traceId\"=\"1\"}]",
        "[{traceId:\"1\"}]",
        "[{'traceId':\"1\"}]",
        "[{\"traceId\":'1'}]",
        "[{\"traceId\":\"1\" \"id\":\"2\"}]",
        "[{\"traceId\":abc}]",
        "[{\"traceId\":\"a\\x\"}]",
        "[{\"traceId\":\"1",
        "[{\"name\":tru",
        "[{\"timestamp\":01}]",
        "[/**/]",
        "[{\"tags\":[]}]",
        "[{\"annotations\":{}}]",
        "[{\"localEndpoint\":\"x\"}]",
        "[{\"annotations\":[1]}]",
        "[{\"x\":[1,]}]",
        "[;]",
    ] {
        check_refused(body, "Malformed");
    }
}

#[test]
fn a_body_cut_short_says_where_it_ends() {
    check_refused("[", "End of input at line 1 column 2 path $[0]");
    check_refused("[{", "End of input at line 1 column 3 path $[0].");
    check_refused(r#"[{"traceId":"1""#, "End of input at line 1 column 16 path $[0].traceId");
    check_refused(r#"[{"traceId":"1","id":"2"},"#, "End of input at line 1 column 27 path $[1]");
    check_refused("[{\n\"tags\" : {\"a\":1", "End of input at line 2 column 16 path $[0].tags.a");
}

#[test]
fn ids_that_are_none_are_named() {
    let trace_id = |value: &str, expect: &str| check_refused(format!(r#"[{{"traceId":{value},"id":"2"}}]"#), expect);
    trace_id("\"463AC35C9F6413AD\"", "463AC35C9F6413AD should be lower-hex encoded with no prefix");
    trace_id("\"0x1\"", "0x1 should be lower-hex encoded with no prefix");
    trace_id("\"\"", "traceId is empty");
    trace_id("\"123456789012345678901234567890123\"", "traceId.length > 32");
    trace_id("\"00000000000000000000000000000000\"", "traceId is all zeros");
    trace_id("\"0\"", "traceId is all zeros");
    trace_id("null", "Expected a string but was NULL at line 1 column 17 path $[0].traceId");
    trace_id("true", "Expected a string but was BOOLEAN at line 1 column 17 path $[0].traceId");
    trace_id("{}", "Expected a string but was BEGIN_OBJECT at line 1 column 14 path $[0].traceId");
    trace_id("1.0", "1.0 should be lower-hex encoded with no prefix");
    let id = |value: &str, expect: &str| check_refused(format!(r#"[{{"traceId":"1","id":{value}}}]"#), expect);
    id("null", "Expected a string but was NULL at line 1 column 26 path $[0].id");
    id("\"\"", "id is empty");
    id("\"12345678901234567\"", "id.length > 16");
    id("\"ééééééééé\"", "ééééééééé should be lower-hex encoded with no prefix");
    id("\"0000000000000000\"", "id is all zeros");
    check_refused(span_with(r#""parentId":"""#), "parentId is empty");
    check_refused(span_with(r#""parentId":"12345678901234567""#), "parentId.length > 16");
    check_refused(span_with(r#""parentId":"g""#), "g should be lower-hex encoded with no prefix");
    check_refused("[{}]", "Missing : traceId id");
    check_refused(r#"[{"id":"1"}]"#, "Missing : traceId");
    check_refused(r#"[{"traceId":"1"}]"#, "Missing : id");
}

#[test]
fn values_of_another_type_are_named() {
    let check = |fields: &str, expect: &str| check_refused(format!("[{{{fields}}}]"), expect);
    check(r#""tags":{"foo":null}"#, "No value at $[0].tags.foo");
    check(r#""tags":{"a":"","foo":true}"#, "Expected a string but was BOOLEAN at line 1 column 28 path $[0].tags.foo");
    check(r#""annotations":[{"value":"foo"}]"#, "Incomplete annotation at $[0].annotations[0].value");
    check(r#""annotations":[{"timestamp":1}]"#, "Incomplete annotation at $[0].annotations[0].timestamp");
    check(r#""annotations":[{"timestamp":1,"value":""},{}]"#, "Incomplete annotation at $[0].annotations[1].");
    check(
        r#""annotations":[{"timestamp":null}]"#,
        "Expected a long but was NULL at line 1 column 35 path $[0].annotations[0].timestamp",
    );
    check(r#""kind":"client""#, "No enum constant zipkin2.Span.Kind.client");
    check(r#""kind":1"#, "No enum constant zipkin2.Span.Kind.1");
    check(r#""localEndpoint":{"port":65536}"#, "invalid port 65536");
    check(
        r#""localEndpoint":{"port":99999999999}"#,
        "Expected an int but was 99999999999 at line 1 column 38 path $[0].localEndpoint.port",
    );
    check(
        r#""localEndpoint":{"port":1.5}"#,
        "Expected an int but was 1.5 at line 1 column 30 path $[0].localEndpoint.port",
    );
    check(r#""timestamp":"abc""#, "For input string: \"abc\"");
    check(r#""timestamp":"""#, "empty String");
    check(r#""duration":1e400"#, "Expected a long but was 1e400 at line 1 column 19 path $[0].duration");
    check(r#""timestamp":false"#, "Expected a long but was BOOLEAN at line 1 column 20 path $[0].timestamp");
    check(r#""debug":"true""#, "Expected a boolean but was STRING at line 1 column 12 path $[0].debug");
    check(r#""shared":1"#, "Expected a boolean but was NUMBER at line 1 column 13 path $[0].shared");
}

#[test]
fn nesting_is_followed_to_its_limit_and_no_further() {
    let nested = |depth: usize| span_with(&format!(r#""x":{}{}"#, "[".repeat(depth), "]".repeat(depth)));
    assert_eq!(read(nested(253)).map(|spans| spans.len()), Ok(1));
    let error = read(nested(254)).unwrap_err();
    assert!(error.starts_with("Nesting limit 255 reached at line 1 column "), "{error}");
    assert!(read("[".repeat(1 << 20)).is_err());
    assert!(read(format!("[{{\"x\":{}", "{\"a\":".repeat(1 << 20))).is_err());
}

#[test]
fn an_error_quotes_little_of_what_was_sent() {
    let long = "k".repeat(100_000);
    for fields in
        [format!(r#""kind":"{long}""#), format!(r#""timestamp":"{long}""#), format!(r#""tags":{{"{long}":null}}"#)]
    {
        assert!(read(span_with(&fields)).unwrap_err().len() < 500);
    }
}

#[test]
fn dec_1_an_error_leaves_the_batch_as_it_was() {
    let (good, arena) = (span_with(r#""tags":{"a":"1"},"annotations":[{"timestamp":1,"value":"x"}]"#), Bump::new());
    let bad = format!("{},{{\"traceId\":\"1\",\"tags\":{{\"b\":\"2\"}}}}]", good.strip_suffix(']').unwrap());
    let mut batch = Batch::default();
    decode(good.as_bytes(), &arena, &mut batch).unwrap();
    let before = format!("{batch:?}");
    decode(bad.as_bytes(), &arena, &mut batch).unwrap_err();
    assert_eq!(format!("{batch:?}"), before);
    decode(good.as_bytes(), &arena, &mut batch).unwrap();
    let views: Vec<_> = batch.views().map(|view| view.to_span()).collect();
    assert_eq!(views.len(), 2);
    assert_eq!(views[0], views[1], "a second body's ranges start where the first ended");
}

#[test]
fn dec_3_many_unsorted_tags_are_sorted_once() {
    // Descending keys, each three times: the worst order for sorting by insertion.
    let pairs: Vec<_> = (0..30_000).rev().map(|n| format!(r#""k{:05}":"{n}""#, n / 3)).collect();
    let span = read(span_with(&format!(r#""tags":{{{}}}"#, pairs.join(",")))).unwrap().remove(0);
    assert_eq!(span.tags.len(), 10_000);
    assert!(span.tags.is_sorted_by(|a, b| a.0 < b.0));
    assert_eq!(span.tags[7], ("k00007".to_owned(), Value::from("21")), "of one key the last sent counts");
}

#[test]
fn the_collectors_checks_come_before_decoding() {
    let check = |encoding, body: &[u8], expect: Result<usize, &str>| {
        let arena = Bump::new();
        let mut batch = Batch::default();
        let outcome = zipkin::decode(encoding, body, &arena, &mut batch);
        assert_eq!(
            outcome.map(|()| batch.spans.len()).map_err(|error| error.to_string()),
            expect.map_err(str::to_owned)
        );
    };
    let one = br#"[{"traceId":"1","id":"2"}]"#;
    check(Encoding::JsonV2, one, Ok(1));
    check(Encoding::JsonV2, b"", Ok(0));
    check(Encoding::JsonV2, b"[]", Ok(0));
    check(Encoding::JsonV2, b"hello", Err("Expected a JSON_V2 encoded list\n"));
    check(Encoding::JsonV2, b"[hello]", Err("Malformed reading List<Span> from json"));
    let v1 = br#"[{"traceId":"1","id":"2","binaryAnnotations":[]}]"#;
    check(Encoding::JsonV2, v1, Err("Expected a JSON_V2 encoded list, but received: JSON_V1\n"));
}

#[test]
fn values_that_are_no_text_are_written_as_text() {
    let span = Span {
        trace_id: TraceId(1),
        id: SpanId(2),
        kind: Kind::Internal,
        start: FineMicros { us: 5, sub_ns: 999 },
        duration: FineMicros { us: 0, sub_ns: 999 },
        local: Endpoint::default(),
        tags: vec![("b".into(), Value::Bool(true)), ("d".into(), Value::Double(2.0)), ("n".into(), Value::Int(-7))],
        events: vec![Event { time: FineMicros::from_us(3), name: "x".into(), otlp: Vec::new() }],
        ..Span::default()
    };
    let mut out = Vec::new();
    write_span(&span, &mut out);
    let expect = concat!(
        r#"{"traceId":"0000000000000001","id":"0000000000000002","timestamp":5,"#,
        r#""annotations":[{"timestamp":3,"value":"x"}],"tags":{"b":"true","d":"2.0","n":"-7"}}"#
    );
    assert_eq!(String::from_utf8(out).unwrap(), expect);
}

//! Malformed bodies, one a line: where it was posted, what it was, what is answered. Nothing of them is stored.

use crate::bodies::{JSON, PROTOBUF, THRIFT, ZIPKIN_V1, ZIPKIN_V2};
use crate::process::Server;

/// Path, content type, body, the text of the 400 that answers it; `…` stands for anything.
const CATALOGUE: [(&str, &str, &[u8], &str); 38] = [
    (ZIPKIN_V2, JSON, b"hello", "Expected a JSON_V2 encoded list\n"),
    (ZIPKIN_V1, JSON, b"hello", "Expected a JSON_V1 encoded list\n"),
    (ZIPKIN_V2, PROTOBUF, b"hello", "Expected a PROTO3 encoded list\n"),
    (ZIPKIN_V1, THRIFT, b"hello", "Expected a THRIFT encoded list\n"),
    (ZIPKIN_V2, "text/plain", b"hello", "Expected a JSON_V2 encoded list\n"),
    (ZIPKIN_V2, JSON, b" []", "Expected a JSON_V2 encoded list\n"),
    (ZIPKIN_V2, JSON, b"\xef\xbb\xbf[]", "Expected a JSON_V2 encoded list\n"),
    (ZIPKIN_V2, JSON, b"{}", "Expected a JSON_V2 encoded list\n"),
    (ZIPKIN_V2, PROTOBUF, b"\n", "Expected a PROTO3 encoded list\n"),
    (ZIPKIN_V1, THRIFT, b"\n", "Expected a THRIFT encoded list\n"),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"1","id":"2","binaryAnnotations":[]}]"#,
        "Expected a JSON_V2 encoded list, but received: JSON_V1\n",
    ),
    (
        ZIPKIN_V1,
        JSON,
        br#"[{"traceId":"1","id":"2","localEndpoint":{}}]"#,
        "Expected a JSON_V1 encoded list, but received: JSON_V2\n",
    ),
    (
        ZIPKIN_V1,
        JSON,
        br#"[{"traceId":"1","id":"2","tags":{}}]"#,
        "Expected a JSON_V1 encoded list, but received: JSON_V2\n",
    ),
    (ZIPKIN_V2, JSON, b"[", "End of input at line 1 column 2 path $[0] reading List<Span> from json"),
    (ZIPKIN_V2, JSON, b"[garbage", "Malformed reading List<Span> from json"),
    (ZIPKIN_V2, JSON, br#"[{"traceId":"1","id":"2"},]"#, "Malformed reading List<Span> from json"),
    (ZIPKIN_V2, JSON, b"[{}]", "Missing : traceId id reading List<Span> from json"),
    (ZIPKIN_V2, JSON, br#"[{"traceId":"1"}]"#, "Missing : id reading List<Span> from json"),
    (ZIPKIN_V2, JSON, br#"[{"id":"1"}]"#, "Missing : traceId reading List<Span> from json"),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":null,"id":"1"}]"#,
        "Expected a string but was NULL at line 1 column 17 path $[0].traceId reading List<Span> from json",
    ),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"1","id":null}]"#,
        "Expected a string but was NULL…path $[0].id reading List<Span> from json",
    ),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"A","id":"1"}]"#,
        "A should be lower-hex encoded with no prefix reading List<Span> from json",
    ),
    (ZIPKIN_V2, JSON, br#"[{"traceId":"","id":"1"}]"#, "traceId is empty reading List<Span> from json"),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"111111111111111111111111111111111","id":"1"}]"#,
        "traceId.length > 32 reading List<Span> from json",
    ),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"0000000000000000","id":"1"}]"#,
        "traceId is all zeros reading List<Span> from json",
    ),
    (ZIPKIN_V2, JSON, br#"[{"traceId":"1","id":"11111111111111111"}]"#, "id.length > 16 reading List<Span> from json"),
    (ZIPKIN_V2, JSON, br#"[{"traceId":"1","id":"0000000000000000"}]"#, "id is all zeros reading List<Span> from json"),
    (ZIPKIN_V2, JSON, br#"[{"traceId":"1","id":"1","parentId":""}]"#, "parentId is empty reading List<Span> from json"),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"1","id":"1","tags":{"foo":null}}]"#,
        "No value at $[0].tags.foo reading List<Span> from json",
    ),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"1","id":"1","tags":{"foo":true}}]"#,
        "Expected a string but was BOOLEAN…path $[0].tags.foo reading List<Span> from json",
    ),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"1","id":"1","annotations":[{"timestamp":1}]}]"#,
        "Incomplete annotation at $[0].annotations[0].timestamp reading List<Span> from json",
    ),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"1","id":"1","kind":"FOO"}]"#,
        "No enum constant zipkin2.Span.Kind.FOO reading List<Span> from json",
    ),
    (
        ZIPKIN_V2,
        JSON,
        br#"[{"traceId":"1","id":"1","localEndpoint":{"port":65536}}]"#,
        "invalid port 65536 reading List<Span> from json",
    ),
    (ZIPKIN_V2, PROTOBUF, &[10, 66, 10, 8, 1], "Malformed field 1 at byte 0…reading List<Span> from proto3"),
    (
        ZIPKIN_V1,
        THRIFT,
        &[12, 0, 0, 0, 1, 10, 0, 1],
        "Truncated: length 8 > bytes available 0 reading List<Span> from TBinary",
    ),
    (ZIPKIN_V1, THRIFT, &[12, 0xff, 0xff, 0xff, 0xff], "Malformed reading List<Span> from TBinary"),
    (ZIPKIN_V2, PROTOBUF, br#"[{"traceId":"1"}]"#, "Expected a PROTO3 encoded list, but received: JSON_V2\n"),
    (ZIPKIN_V1, THRIFT, br#"[{"traceId":"1"}]"#, "Expected a THRIFT encoded list, but received: JSON_V2\n"),
];

#[test]
fn malformed_bodies_are_refused_in_zipkins_words_and_nothing_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    for (path, content_type, body, expect) in CATALOGUE {
        let answer = server.post(path, &[("content-type", content_type)], body);
        let (start, end) = expect.split_once('…').unwrap_or((expect, ""));
        let what = format!("{path} {content_type} {:?}: {}", String::from_utf8_lossy(body), answer.text);
        assert_eq!(answer.status, 400, "{what}");
        assert!(answer.content_type.starts_with("text/plain"), "{what}");
        let is_as_expected = if end.is_empty() { answer.text == start } else { answer.text.starts_with(start) };
        assert!(is_as_expected && answer.text.ends_with(end), "{what}");
    }
    assert_eq!(server.get("/api/v2/services").text, "[]");
    let metrics = server.get("/metrics").json();
    assert_eq!(metrics["counter.zipkin_collector.messages_dropped.http"], CATALOGUE.len());
    assert_eq!(metrics["counter.zipkin_collector.spans.http"], 0);
    assert_eq!(server.get("/health").status, 200);
}

#[test]
fn what_zipkin_lets_pass_passes() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    for (path, content_type, body) in [
        (ZIPKIN_V2, JSON, &b"\n[]"[..]),
        (ZIPKIN_V2, JSON, b"[ ]"),
        (ZIPKIN_V2, JSON, br#"[{"traceId":"1","id":1}] and more"#),
        (ZIPKIN_V2, JSON, br#"[{"traceId":"2","id":"0","timestamp":-1,"localEndpoint":{"port":-1},"new":[{}]}]"#),
        (ZIPKIN_V2, "", br#"[{"traceId":"3","id":"1","parentId":"1","debug":false}]"#),
        (ZIPKIN_V2, "text/plain;charset=UTF-8", br#"[{"traceId":"4","id":"1","kind":null}]"#),
        (ZIPKIN_V1, "text/plain", br#"[{"traceId":"5","id":"1","name":"a"}]"#),
        (ZIPKIN_V1, THRIFT, &[12, 0, 0, 0, 0]),
    ] {
        let answer = server.post(path, &[("content-type", content_type)], body);
        assert_eq!(answer.status, 202, "{}: {}", String::from_utf8_lossy(body), answer.text);
    }
    for trace in 1..=5 {
        assert_eq!(server.get(&format!("/api/v2/trace/{trace}")).status, 200, "{trace}");
    }
}

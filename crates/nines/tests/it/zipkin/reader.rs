//! JSON v2 as Zipkin's reader takes it: what is refused and in which words, what is let pass.

use super::ask::Host;

/// Bodies that are taken.
pub const TAKEN: &[(&str, &str)] = &[
    ("an empty body", ""),
    ("an empty list", "[]"),
    ("an empty list with a space", "[ ]"),
    ("white space inside", "[ { \"traceId\" : \"a\" , \"id\" : \"1\" } ]"),
    ("line feeds inside", "[\n{\"traceId\":\"a\",\r\n\t\"id\":\"1\"}\n]"),
    ("a line feed before the list", "\n[{\"traceId\":\"a\",\"id\":\"1\"}]"),
    ("text after the list", r#"[{"traceId":"a","id":"1"}] and more"#),
    ("a second list after the list", r#"[{"traceId":"a","id":"1"}][{"traceId":"b"}]"#),
    ("ids as numbers", r#"[{"traceId":10,"id":1}]"#),
    ("an id that is a single zero", r#"[{"traceId":"a","id":"0"}]"#),
    ("duplicate fields", r#"[{"traceId":"b","traceId":"a","id":"2","id":"1"}]"#),
    ("unknown fields", r#"[{"traceId":"a","id":"1","x":{"y":[{}]},"z":null}]"#),
    ("false flags", r#"[{"traceId":"a","id":"1","debug":false,"shared":false}]"#),
    ("an annotation at zero", r#"[{"traceId":"a","id":"1","annotations":[{"timestamp":0,"value":"x"}]}]"#),
];

/// Bodies that are refused, and what is said; the text may go on.
pub const REFUSED: &[(&str, &str, &str)] = &[
    ("no list", "hello", "Expected a JSON_V2 encoded list\n"),
    ("an object", r#"{"traceId":"a","id":"1"}"#, "Expected a JSON_V2 encoded list\n"),
    ("a space before the list", " []", "Expected a JSON_V2 encoded list\n"),
    ("a byte-order mark", "\u{feff}[]", "Expected a JSON_V2 encoded list\n"),
    (
        "version 1",
        r#"[{"traceId":"a","id":"1","name":"n","annotations":[],"binaryAnnotations":[]}]"#,
        "Expected a JSON_V2 encoded list, but received: JSON_V1\n",
    ),
    ("a list that is cut", r#"[{"traceId":"a","id":"1"},"#, "reading List<Span> from json"),
    ("an object that is cut", r#"[{"traceId":"a","id":"1""#, "reading List<Span> from json"),
    ("a text that is cut", r#"[{"traceId":"a"#, "reading List<Span> from json"),
    ("a comma too many", r#"[{"traceId":"a","id":"1"},]"#, "reading List<Span> from json"),
    ("no comma", r#"[{"traceId":"a" "id":"1"}]"#, "reading List<Span> from json"),
    ("a span that is a number", "[1]", "reading List<Span> from json"),
    ("an empty span", "[{}]", "Missing : traceId id"),
    ("no trace id", r#"[{"id":"1"}]"#, "Missing : traceId"),
    ("no id", r#"[{"traceId":"a"}]"#, "Missing : id"),
    ("a trace id that is null", r#"[{"traceId":null,"id":"1"}]"#, "Expected a string but was NULL"),
    ("an id that is null", r#"[{"traceId":"a","id":null}]"#, "Expected a string but was NULL"),
    ("an empty trace id", r#"[{"traceId":"","id":"1"}]"#, "traceId is empty"),
    ("a trace id of zeros", r#"[{"traceId":"00000000000000000000000000000000","id":"1"}]"#, "traceId is all zeros"),
    ("a trace id of 33 digits", r#"[{"traceId":"123456789012345678901234567890123","id":"1"}]"#, "traceId.length > 32"),
    (
        "a trace id in capitals",
        r#"[{"traceId":"48485A3953BB6124","id":"1"}]"#,
        "48485A3953BB6124 should be lower-hex encoded with no prefix reading List<Span> from json",
    ),
    ("an empty id", r#"[{"traceId":"a","id":""}]"#, "id is empty"),
    ("an id of 17 digits", r#"[{"traceId":"a","id":"12345678901234567"}]"#, "id.length > 16"),
    ("an id of 16 zeros", r#"[{"traceId":"a","id":"0000000000000000"}]"#, "id is all zeros"),
    ("an id that is no hex", r#"[{"traceId":"a","id":"xyz"}]"#, "xyz should be lower-hex encoded with no prefix"),
    ("an empty parent", r#"[{"traceId":"a","id":"1","parentId":""}]"#, "parentId is empty"),
    ("a parent of 17 digits", r#"[{"traceId":"a","id":"1","parentId":"12345678901234567"}]"#, "parentId.length > 16"),
    (
        "an unknown kind",
        r#"[{"traceId":"a","id":"1","kind":"INTERNAL"}]"#,
        "No enum constant zipkin2.Span.Kind.INTERNAL",
    ),
    (
        "a kind in lower case",
        r#"[{"traceId":"a","id":"1","kind":"client"}]"#,
        "No enum constant zipkin2.Span.Kind.client",
    ),
    ("a port beyond 65535", r#"[{"traceId":"a","id":"1","localEndpoint":{"port":65536}}]"#, "invalid port 65536"),
    ("a tag that is null", r#"[{"traceId":"a","id":"1","tags":{"foo":null}}]"#, "No value at $[0].tags.foo"),
    ("a tag that is true", r#"[{"traceId":"a","id":"1","tags":{"foo":true}}]"#, "Expected a string but was BOOLEAN"),
    (
        "a tag that is a list",
        r#"[{"traceId":"a","id":"1","tags":{"foo":[]}}]"#,
        "Expected a string but was BEGIN_ARRAY",
    ),
    (
        "an annotation without a time",
        r#"[{"traceId":"a","id":"1","annotations":[{"value":"x"}]}]"#,
        "Incomplete annotation at $[0].annotations[0]",
    ),
    (
        "an annotation without a value",
        r#"[{"traceId":"a","id":"1","annotations":[{"timestamp":1}]}]"#,
        "Incomplete annotation at $[0].annotations[0]",
    ),
    ("a time that is a word", r#"[{"traceId":"a","id":"1","timestamp":"soon"}]"#, "reading List<Span> from json"),
    ("a flag that is a word", r#"[{"traceId":"a","id":"1","debug":"yes"}]"#, "reading List<Span> from json"),
];

#[test]
fn the_reader_is_as_lenient_as_zipkins() {
    let host = Host::start(&["--storage", "mem"]);
    for (name, body) in TAKEN {
        let reply = host.send("POST", "/api/v2/spans", &[], body.as_bytes());
        assert_eq!((reply.status, reply.text().as_str()), (202, ""), "{name}");
    }
}

#[test]
fn the_reader_is_as_strict_as_zipkins() {
    let host = Host::start(&["--storage", "mem"]);
    let failures: Vec<String> = REFUSED
        .iter()
        .filter_map(|(name, body, words)| {
            let reply = host.send("POST", "/api/v2/spans", &[], body.as_bytes());
            let is_right = reply.status == 400 && reply.text().contains(words);
            (!is_right).then(|| format!("- {name}: wanted 400 {words}; got {} {}", reply.status, reply.text()))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_the_content_type_says_counts_less_than_what_it_does_not() {
    let host = Host::start(&["--storage", "mem"]);
    let body = br#"[{"traceId":"a","id":"1"}]"#;
    for content_type in ["application/json", "text/plain", "application/json; charset=utf-8", "nonsense"] {
        let reply = host.send("POST", "/api/v2/spans", &[("content-type", content_type)], body);
        assert_eq!(reply.status, 202, "{content_type}");
    }
    assert_eq!(host.send("POST", "/api/v2/spans", &[], body).status, 202);
}

#[test]
fn a_refused_body_leaves_nothing_behind() {
    let host = Host::start_ours(&[]);
    let body = br#"[{"traceId":"abc","id":"1"},{"traceId":"abc","id":"2","kind":"X"}]"#;
    assert_eq!(host.send("POST", "/api/v2/spans", &[], body).status, 400);
    assert_eq!(host.get("/api/v2/trace/abc").status, 404);
}

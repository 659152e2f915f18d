use super::{NESTING_MAX, decode, decode_one};
use crate::oracle::thrift::{write_list, write_span};
use crate::oracle::v1::Sent;
use crate::zipkin::json_v2;
use crate::{Batch, Endpoint, Span};
use bumpalo::Bump;

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

fn shown(body: &[u8]) -> String {
    let spans = read(body).unwrap_or_else(|error| panic!("refused: {error}"));
    let mut out = Vec::new();
    json_v2::write_list(&spans, &mut out);
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn check_refused(body: &[u8], expect: &str) {
    assert_eq!(read(body).expect_err("a refusal"), format!("{expect} reading List<Span> from TBinary"));
}

fn web() -> Endpoint {
    Endpoint { service: "Web".to_owned(), ipv4: "127.0.0.1".parse().ok(), ipv6: None, port: 34_000 }
}

/// A client with everything that a span has.
fn client() -> Sent {
    let db = Endpoint { service: "db".to_owned(), ipv6: "2001:db8::1".parse().ok(), ..Endpoint::default() };
    Sent {
        trace_id: 0x6b03_e921_e11d_72b8_aced_cb56_d23a_4a9d,
        id: u64::MAX,
        parent_id: 5,
        name: "Get".to_owned(),
        timestamp: 10,
        duration: 5,
        debug: true,
        annotations: vec![
            (10, "cs".to_owned(), web()),
            (12, "cache miss".to_owned(), web()),
            (15, "cr".to_owned(), web()),
        ],
        binary_annotations: vec![
            ("http.path".to_owned(), Some("/주문".to_owned()), web()),
            ("sa".to_owned(), None, db),
        ],
    }
}

const CLIENT: &str = concat!(
    r#"{"traceId":"6b03e921e11d72b8acedcb56d23a4a9d","parentId":"0000000000000005","id":"ffffffffffffffff","#,
    r#""kind":"CLIENT","name":"get","timestamp":10,"duration":5,"#,
    r#""localEndpoint":{"serviceName":"web","ipv4":"127.0.0.1","port":34000},"#,
    r#""remoteEndpoint":{"serviceName":"db","ipv6":"2001:db8::1"},"#,
    r#""annotations":[{"timestamp":12,"value":"cache miss"}],"tags":{"http.path":"/주문"},"debug":true}"#
);

/// A span of ids, and whatever fields come before its end.
fn span_with(fields: &[u8]) -> Vec<u8> {
    let mut span = write_span(&Sent { trace_id: 1, id: 2, ..Sent::default() });
    span.pop();
    [&span, fields, &[0]].concat()
}

fn list_of(span: &[u8]) -> Vec<u8> {
    [&[12, 0, 0, 0, 1][..], span].concat()
}

/// What becomes of a span's further fields.
#[track_caller]
fn check_fields(fields: &[u8], expect: &str) {
    let comma = if expect.is_empty() { "" } else { "," };
    let expect = format!(r#"[{{"traceId":"0000000000000001","id":"0000000000000002"{comma}{expect}}}]"#);
    assert_eq!(shown(&list_of(&span_with(fields))), expect);
}

#[test]
fn a_list_is_read_whole_whatever_type_its_head_says() {
    let mut body = write_list(&[client(), client()]);
    assert_eq!(shown(&body), format!("[{CLIENT},{CLIENT}]"));
    // One old sender writes the type of texts.
    body[0] = 11;
    assert_eq!(shown(&body), format!("[{CLIENT},{CLIENT}]"));
    body.extend_from_slice(b"and more");
    assert_eq!(shown(&body), format!("[{CLIENT},{CLIENT}]"));
    assert_eq!(shown(&[]), "[]");
    assert_eq!(shown(&[12, 0, 0, 0, 0]), "[]");
}

#[test]
fn one_span_without_a_list_is_read_by_itself() {
    let (arena, mut batch) = (Bump::new(), Batch::default());
    let body = write_span(&client());
    decode_one(&body, &arena, &mut batch).unwrap();
    let mut out = Vec::new();
    json_v2::write_span(&batch.views().next().unwrap().to_span(), &mut out);
    assert_eq!(String::from_utf8(out).unwrap(), CLIENT);
    let error = decode_one(&body[..10], &arena, &mut batch).unwrap_err().to_string();
    assert_eq!(error, "Truncated: length 8 > bytes available 7 reading Span from TBinary");
    assert_eq!(batch.spans.len(), 1, "DEC-1");
}

#[test]
fn bodies_that_are_no_list_of_spans_are_refused_in_zipkins_words() {
    check_refused(b"hello", "Truncated: length 1 > bytes available 0");
    check_refused(&write_list(&[client()])[..10], "Truncated: length 8 > bytes available 2");
    check_refused(&[12, 0, 0], "Truncated: length 4 > bytes available 2");
    check_refused(&[12, 0, 0, 0, 1, 0], "traceId == 0");
    check_refused(&list_of(&write_span(&Sent { trace_id: 1, ..Sent::default() })), "id == 0");
    check_refused(&list_of(&write_span(&Sent { trace_id: 1 << 64, id: 1, ..Sent::default() })), "traceId == 0");
    // Lengths below zero, and a type that is none.
    check_refused(&[12, 0xff, 0xff, 0xff, 0xff], "Malformed");
    check_refused(&list_of(&span_with(&[11, 0, 3, 0xff, 0xff, 0xff, 0xff])), "Malformed");
    check_refused(&list_of(&span_with(&[9, 0, 99])), "Malformed");
    check_refused(&list_of(&span_with(&[11, 0, 3, 0x7f, 0xff, 0xff, 0xff])), &{
        let (length, available) = (i32::MAX, 1);
        format!("Truncated: length {length} > bytes available {available}")
    });
}

#[test]
fn dec_1_a_body_cut_anywhere_is_refused_and_adds_nothing() {
    let body = write_list(&[client(), client()]);
    for end in 1..body.len() {
        assert!(read(&body[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn fields_that_are_not_known_are_skipped_whatever_their_type() {
    let values: [&[u8]; 11] = [
        &[2, 0, 99, 1],
        &[3, 0, 99, 1],
        &[4, 0, 99, 1, 2, 3, 4, 5, 6, 7, 8],
        &[6, 0, 99, 1, 2],
        &[8, 0, 99, 1, 2, 3, 4],
        &[10, 0, 99, 1, 2, 3, 4, 5, 6, 7, 8],
        &[11, 0, 99, 0, 0, 0, 2, 0xff, 0xfe],
        // A struct with a text, and one in it.
        &[12, 0, 99, 11, 0, 1, 0, 0, 0, 1, b'x', 12, 0, 2, 0, 0],
        // A map of texts to lists of structs; an empty one without types.
        &[13, 0, 99, 11, 15, 0, 0, 0, 1, 0, 0, 0, 1, b'k', 12, 0, 0, 0, 2, 0, 0],
        &[13, 0, 99, 0, 0, 0, 0, 0, 0],
        // A set of numbers.
        &[14, 0, 99, 8, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2],
    ];
    for value in values {
        check_fields(value, "");
    }
    check_fields(&values.concat(), "");
    // A number of another type than the field has: also not known.
    check_fields(&[8, 0, 10, 0, 0, 0, 9, 10, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 14, 0, 6, 8, 0, 0, 0, 1, 0, 0, 0, 1], "");
}

#[test]
fn annotations_without_a_time_or_a_text_are_dropped() {
    let mut sent = Sent { trace_id: 1, id: 2, ..Sent::default() };
    sent.annotations = vec![(0, "a".to_owned(), web()), (7, "b".to_owned(), Endpoint::default())];
    assert!(shown(&write_list(&[sent])).contains(r#""annotations":[{"timestamp":7,"value":"b"}]"#));
    // A list of one annotation that has a time alone.
    check_fields(&[15, 0, 6, 12, 0, 0, 0, 1, 10, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0], "");
}

#[test]
fn of_binary_annotations_texts_and_addresses_count() {
    let check = |key: &str, value: &[u8], kind: u8, expect: &str| {
        let counted = |bytes: &[u8]| [&(bytes.len() as i32).to_be_bytes(), bytes].concat();
        let host = [&[12, 0, 4, 11, 0, 3][..], &counted(b"db"), &[0]].concat();
        let fields = [
            &[15, 0, 8, 12, 0, 0, 0, 1, 11, 0, 1][..],
            &counted(key.as_bytes()),
            &[11, 0, 2],
            &counted(value),
            &[8, 0, 3, 0, 0, 0, kind],
            &host,
            &[0],
        ];
        check_fields(&fields.concat(), expect);
    };
    let local = r#""localEndpoint":{"serviceName":"db"}"#;
    check("k", b"v", 6, &format!(r#"{local},"tags":{{"k":"v"}}"#));
    check("k", b"\xff", 6, &format!("{local},\"tags\":{{\"k\":\"\u{fffd}\"}}"));
    check("sa", &[1], 0, r#""remoteEndpoint":{"serviceName":"db"}"#);
    check("sa", b"1", 6, r#""remoteEndpoint":{"serviceName":"db"}"#);
    check("sa", &[0], 0, "");
    check("k", &[1], 0, "");
    for other in [1, 2, 3, 4, 5, 7] {
        check("k", &[0, 0, 0, 1], other, "");
    }
}

#[test]
fn endpoints_are_what_their_bytes_say() {
    let check = |fields: &[u8], expect: &str| {
        let lc = [
            &[15, 0, 8, 12, 0, 0, 0, 1, 11, 0, 1, 0, 0, 0, 2, b'l', b'c', 11, 0, 2, 0, 0, 0, 0][..],
            &[8, 0, 3, 0, 0, 0, 6, 12, 0, 4],
            fields,
            &[0, 0],
        ];
        let expect = if expect.is_empty() { String::new() } else { format!(r#""localEndpoint":{{{expect}}}"#) };
        check_fields(&lc.concat(), &expect);
    };
    check(&[], "");
    check(&[8, 0, 1, 0, 0, 0, 0, 6, 0, 2, 0, 0], "");
    check(&[8, 0, 1, 192, 0, 2, 1], r#""ipv4":"192.0.2.1""#);
    check(&[6, 0, 2, 0xff, 0xff], r#""port":65535"#);
    let mapped = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4];
    check(&[&[11, 0, 4, 0, 0, 0, 16][..], &mapped].concat(), r#""ipv4":"1.2.3.4""#);
    check(&[&[11, 0, 4, 0, 0, 0, 16][..], &[0; 15], &[1]].concat(), r#""ipv6":"::1""#);
    check(&[11, 0, 4, 0, 0, 0, 3, 1, 2, 3], "");
    check(&[12, 0, 9, 0, 11, 0, 3, 0, 0, 0, 1, b'a'], r#""serviceName":"a""#);
}

#[test]
fn endpoints_that_repeat_and_that_change_are_read_alike() {
    let hosts = ["a", "a", "ab", "a", "b"].map(|service| Endpoint { service: service.to_owned(), ..web() });
    let annotations: Vec<_> = hosts.iter().zip(1..).map(|(host, at)| (at, format!("x{at}"), host.clone())).collect();
    let spans = read(&write_list(&[Sent { trace_id: 1, id: 2, annotations, ..Sent::default() }])).unwrap();
    let shown: Vec<_> = spans.iter().map(|span| (span.local.service.as_str(), span.events.len())).collect();
    assert_eq!(shown, [("a", 3), ("ab", 1), ("b", 1)]);
}

#[test]
fn dec_2_depth_and_counts_are_bounded() {
    // Structs in structs: field 1 of each is the next.
    let deep = |depth: usize| {
        let opened: Vec<u8> = std::iter::once([12, 0, 99]).chain((1..depth).map(|_| [12, 0, 1])).flatten().collect();
        list_of(&span_with(&[opened, vec![0; depth]].concat()))
    };
    let room = NESTING_MAX - super::decode::SPAN_DEPTH;
    assert!(read(&deep(room)).is_ok());
    check_refused(&deep(room + 1), "Malformed");
    check_refused(&deep(1_000_000), "Malformed");
    // Two thousand million elements of nothing.
    for kind in [0, 1, 2, 9, 12, 16] {
        assert!(read(&list_of(&span_with(&[15, 0, 99, kind, 0x7f, 0xff, 0xff, 0xff]))).is_err());
    }
    assert!(read(&list_of(&span_with(&[15, 0, 6, 12, 0x7f, 0xff, 0xff, 0xff]))).is_err());
    assert!(read(&[12, 0x7f, 0xff, 0xff, 0xff]).is_err());
}

use super::{decode, write_list};
use crate::oracle::proto3::messages;
use crate::zipkin::{self, Encoding};
use crate::{Batch, Endpoint, Event, Kind, Span, Value};
use bumpalo::Bump;
use core::net::{Ipv4Addr, Ipv6Addr};
use nines_base::{FineMicros, SpanId, TraceId};
use prost::Message;

/// Fields of one span, ids excepted, as they stand on the wire.
fn span_with(fields: &[u8]) -> Vec<u8> {
    let ids = [&[1 << 3 | 2, 8, 0, 0, 0, 0, 0, 0, 0, 1][..], &[3 << 3 | 2, 8, 0, 0, 0, 0, 0, 0, 0, 2]].concat();
    list_of(&[&ids, fields].concat())
}

fn list_of(span: &[u8]) -> Vec<u8> {
    assert!(span.len() < 0x80);
    [&[1 << 3 | 2, span.len() as u8], span].concat()
}

fn read(body: &[u8]) -> Result<Vec<Span>, String> {
    let arena = Bump::new();
    let mut batch = Batch::default();
    decode(body, &arena, &mut batch).map_err(|error| error.to_string())?;
    Ok(batch.views().map(|view| view.to_span()).collect())
}

fn check_refused(body: &[u8], expect: &str) {
    assert_eq!(read(body).unwrap_err(), format!("{expect} reading List<Span> from proto3"), "of {body:?}");
}

fn check_span(fields: &[u8], expect: Span) {
    let expect = Span { trace_id: TraceId(1), id: SpanId(2), ..expect };
    assert_eq!(read(&span_with(fields)), Ok(vec![expect]), "of {fields:?}");
}

#[test]
fn local_endpoints_that_repeat_and_that_change_are_read_alike() {
    let span = |service: &str, port| Span {
        trace_id: TraceId(1),
        id: SpanId(2),
        local: Endpoint { service: service.to_owned(), port, ..Endpoint::default() },
        ..Span::default()
    };
    let spans = [span("a", 1), span("a", 1), span("a", 12), span("b", 12), span("", 0), span("b", 12)];
    let mut body = Vec::new();
    write_list(&spans, &mut body);
    assert_eq!(read(&body).as_deref(), Ok(&spans[..]));
}

#[test]
fn every_field_is_read_and_written_again() {
    let span = Span {
        trace_id: TraceId(0x463a_c35c_9f64_13ad_4848_5a39_53bb_6124),
        id: SpanId(0x4848_5a39_53bb_6124),
        parent_id: Some(SpanId(0x6b22_1d5b_c9e6_496c)),
        kind: Kind::Server,
        name: "get /api".to_owned(),
        start: FineMicros::from_us(1_472_470_996_199_000),
        duration: FineMicros::from_us(207_000),
        local: Endpoint {
            service: "frontend".to_owned(),
            ipv4: Some(Ipv4Addr::new(127, 0, 0, 1)),
            ..Endpoint::default()
        },
        remote: Endpoint {
            service: "backend".to_owned(),
            ipv4: Some(Ipv4Addr::new(192, 168, 99, 101)),
            ipv6: Some(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0xc001)),
            port: 9000,
        },
        tags: vec![("empty".into(), "".into()), ("http.path".into(), "/api".into())],
        events: vec![Event { time: FineMicros::from_us(5), name: "foo".into(), otlp: vec![] }],
        debug: true,
        shared: true,
        ..Span::default()
    };
    let mut body = Vec::new();
    write_list([&span, &span], &mut body);
    assert_eq!(read(&body), Ok(vec![span.clone(), span.clone()]));
    // As protoc's own code for it would be: fields by number, nothing that is empty.
    let sent = messages::ListOfSpans::decode(&body[..]).unwrap();
    assert_eq!(sent.spans[0].trace_id.len(), 16);
    assert_eq!(sent.spans[0].remote_endpoint.as_ref().unwrap().port, 9000);
    let mut short = Vec::new();
    write_list([&Span { trace_id: TraceId(1), id: SpanId(2), ..Span::default() }], &mut short);
    assert_eq!(short, span_with(&[]));
}

#[test]
fn a_trace_id_of_sixteen_bytes_with_a_zero_half_is_the_short_one() {
    let long = [&[1 << 3 | 2, 16][..], &[0; 15], &[1, 3 << 3 | 2, 8], &[0; 7], &[2]].concat();
    assert_eq!(read(&list_of(&long)), read(&span_with(&[])));
}

#[test]
fn fields_are_normalised_as_those_of_json() {
    let client = 4 << 3;
    check_span(&[client, 1, 13 << 3, 1], Span { kind: Kind::Client, ..Span::default() });
    check_span(&[client, 2, 13 << 3, 1], Span { kind: Kind::Server, shared: true, ..Span::default() });
    check_span(&[client, 9], Span::default());
    // A parent of zeros, an empty one, and the span itself make a root.
    for parent in
        [&[2 << 3 | 2, 8, 0, 0, 0, 0, 0, 0, 0, 0][..], &[2 << 3 | 2, 0], &[2 << 3 | 2, 8, 0, 0, 0, 0, 0, 0, 0, 2]]
    {
        check_span(parent, Span::default());
    }
    // Times beyond 63 bits are negative ones.
    check_span(&[6 << 3 | 1, 0, 0, 0, 0, 0, 0, 0, 0x80], Span::default());
    check_span(&[7 << 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], Span::default());
    // Of one key's values the last counts; an entry without a key is dropped, one without a value is empty.
    let tags = [&[11 << 3 | 2, 6, 10, 1, b'b', 18, 1, b'1'][..], &[11 << 3 | 2, 3, 18, 1, b'x']].concat();
    let tags = [&tags[..], &[11 << 3 | 2, 3, 10, 1, b'a'], &[11 << 3 | 2, 6, 18, 1, b'2', 10, 1, b'b']].concat();
    let expect = vec![("a".to_owned(), Value::from("")), ("b".to_owned(), Value::from("2"))];
    check_span(&tags, Span { tags: expect, ..Span::default() });
    // An annotation that lacks its time or its text is dropped.
    let annotation = |bytes: &[u8]| [&[10 << 3 | 2, bytes.len() as u8], bytes].concat();
    check_span(&annotation(&[18, 1, b'x']), Span::default());
    check_span(&annotation(&[9, 1, 0, 0, 0, 0, 0, 0, 0]), Span::default());
    let event = Event { time: FineMicros::from_us(1), name: "x".into(), otlp: vec![] };
    let repeated = annotation(&[9, 1, 0, 0, 0, 0, 0, 0, 0, 18, 1, b'x']).repeat(2);
    check_span(&repeated, Span { events: vec![event], ..Span::default() });
}

#[test]
fn endpoints_take_addresses_of_either_family_and_add_up() {
    let local = |bytes: &[u8]| [&[8 << 3 | 2, bytes.len() as u8], bytes].concat();
    let check = |fields: &[u8], expect: Endpoint| check_span(fields, Span { local: expect, ..Span::default() });
    check(&local(&[]), Endpoint::default());
    let ipv4 = Some(Ipv4Addr::new(1, 2, 3, 4));
    check(&local(&[26, 4, 1, 2, 3, 4]), Endpoint { ipv4, ..Endpoint::default() });
    let mapped = [&[26, 16][..], &[0; 10], &[255, 255, 1, 2, 3, 4]].concat();
    check(&local(&mapped), Endpoint { ipv4, ..Endpoint::default() });
    let loopback = [&[26, 16][..], &[0; 15], &[1]].concat();
    check(&local(&loopback), Endpoint { ipv6: Some(Ipv6Addr::LOCALHOST), ..Endpoint::default() });
    // An address of no known length is none, as a text that is no address is none.
    check(&local(&[18, 3, 1, 2, 3]), Endpoint::default());
    let negative_port = [&[32][..], &[0xff; 9], &[1]].concat();
    check(&local(&negative_port), Endpoint::default());
    let both = [local(&[10, 1, b's']), local(&[32, 80])].concat();
    check(&both, Endpoint { service: "s".into(), port: 80, ..Endpoint::default() });
}

#[test]
fn bytes_that_are_no_text_become_replacement_characters() {
    let span = read(&span_with(&[5 << 3 | 2, 3, b'a', 0xff, b'z'])).unwrap().remove(0);
    assert_eq!(span.name, "a\u{fffd}z");
}

#[test]
fn unknown_fields_are_skipped_at_every_level() {
    // Fields 31, 30, 29 and 2047, one of each wire type.
    let unknown =
        [&[0xfa, 1, 1, 7][..], &[0xf5, 1, 1, 2, 3, 4], &[0xe9, 1, 1, 2, 3, 4, 5, 6, 7, 8], &[0xf8, 0x7f, 9]].concat();
    check_span(&unknown, Span::default());
    let inside = |field: u8| [&[field << 3 | 2, unknown.len() as u8], &unknown[..]].concat();
    check_span(&inside(8), Span::default());
    check_span(&inside(10), Span::default());
    check_span(&inside(11), Span::default());
    let list = [&unknown[..], &span_with(&[]), &unknown].concat();
    assert_eq!(read(&list).map(|spans| spans.len()), Ok(1));
}

#[test]
fn what_is_no_list_is_refused_with_its_place() {
    check_refused(&[10, 66, 1, 2, 3], "Malformed field 1 at byte 0: it runs past the end of its message");
    check_refused(&[8, 1], "Malformed field 1 at byte 0: it has another wire type than its number stands for");
    check_refused(&[11, 12], "Malformed field 1 at byte 0: it is a group, which no message here has");
    check_refused(&[10, 2, 0, 0], "Malformed field 0 at byte 2: no field has this number");
    check_refused(&span_with(&[4 << 3]), "Malformed field 4 at byte 22: it runs past the end of its message");
    check_refused(&span_with(&[12 << 3, 2]), "Malformed field 12 at byte 22: a truth value is 0 or 1");
    check_refused(&list_of(&[10, 3, 1, 2, 3]), "Malformed field 1 at byte 2: a trace id has 8 or 16 bytes");
    check_refused(&span_with(&[18, 1, 1]), "Malformed field 2 at byte 22: a span id has 8 bytes");
    check_refused(&span_with(&[66, 4, 32, 0x80, 0x80, 4]), "invalid port 65536");
}

#[test]
fn spans_without_ids_are_refused_in_zipkins_words() {
    check_refused(&list_of(&[10, 8, 0, 0, 0, 0, 0, 0, 0, 1]), "Missing : id");
    check_refused(&list_of(&[26, 8, 0, 0, 0, 0, 0, 0, 0, 1]), "Missing : traceId");
    check_refused(&list_of(&[]), "Missing : traceId id");
    check_refused(&list_of(&[10, 0, 26, 0]), "Missing : traceId id");
    let ids = |trace_id: u8, id: u8| [&[10, 8][..], &[0; 7], &[trace_id, 26, 8], &[0; 7], &[id]].concat();
    check_refused(&list_of(&ids(0, 1)), "traceId is all zeros");
    check_refused(&list_of(&ids(1, 0)), "id is all zeros");
}

#[test]
fn dec_1_an_error_leaves_the_batch_as_it_was() {
    let good =
        span_with(&[11 << 3 | 2, 6, 10, 1, b'b', 18, 1, b'1', 10 << 3 | 2, 12, 9, 1, 0, 0, 0, 0, 0, 0, 0, 18, 1, b'x']);
    let bad = [&good[..], &[10, 3, 10, 1, 1]].concat();
    let (arena, mut batch) = (Bump::new(), Batch::default());
    decode(&good, &arena, &mut batch).unwrap();
    let before = format!("{batch:?}");
    decode(&bad, &arena, &mut batch).unwrap_err();
    assert_eq!(format!("{batch:?}"), before);
    decode(&good, &arena, &mut batch).unwrap();
    let views: Vec<_> = batch.views().map(|view| view.to_span()).collect();
    assert_eq!(views[0], views[1], "a second body's ranges start where the first ended");
}

#[test]
fn the_collectors_checks_come_before_decoding() {
    let check = |body: &[u8], expect: Result<usize, &str>| {
        let (arena, mut batch) = (Bump::new(), Batch::default());
        let outcome = zipkin::decode(Encoding::Proto3, body, &arena, &mut batch).map(|()| batch.spans.len());
        assert_eq!(outcome.map_err(|error| error.to_string()), expect.map_err(str::to_owned));
    };
    check(&span_with(&[]), Ok(1));
    check(b"", Ok(0));
    check(b"[]", Ok(0));
    check(b"hello", Err("Expected a PROTO3 encoded list\n"));
    check(&[10], Err("Expected a PROTO3 encoded list\n"));
    check(br#"[{"traceId":"1","id":"2"}]"#, Err("Expected a PROTO3 encoded list, but received: JSON_V2\n"));
}

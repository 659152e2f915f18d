use super::properties::{key_value, request, text, wrapped};
use super::{
    UNKNOWN_SERVICE, VALUE_DEPTH_MAX, decode, encode, event_attributes, export_response, flags, links,
    resource_attribute, resource_attributes, scope_attributes, scope_name, scope_version, status, status_for_later,
    status_message, trace_state, zipkin_view,
};
use crate::zipkin::json_v2::write_span;
use crate::{Batch, Endpoint, Kind, Span, SpanFields, Status, Value, ValueRef};
use bumpalo::Bump;
use nines_base::{FineMicros, SpanId, TraceId};
use opentelemetry_proto::tonic::collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse};
use opentelemetry_proto::tonic::common::v1::any_value::Value as AnyValue;
use opentelemetry_proto::tonic::common::v1::{ArrayValue, InstrumentationScope, KeyValue, KeyValueList};
use opentelemetry_proto::tonic::trace::v1::{Span as Sent, span, status::StatusCode};
use prost::Message;

const START_NS: u64 = 1_790_000_000_000_001_999;

fn sent() -> Sent {
    Sent {
        trace_id: vec![0xab; 16],
        span_id: vec![0xcd; 8],
        name: "GET /Items".to_owned(),
        start_time_unix_nano: START_NS,
        end_time_unix_nano: START_NS + 2_000_002,
        ..Sent::default()
    }
}

/// Decodes a request; the spans taken, and how many were left out and why.
fn read(body: &[u8]) -> Result<(Vec<Span>, u64, String), String> {
    let arena = Bump::new();
    let mut batch = Batch::default();
    decode(body, &arena, &mut batch).map_err(|error| error.to_string())?;
    let spans = batch.views().map(|view| view.to_span()).collect();
    Ok((spans, batch.rejected, batch.rejected_why.unwrap_or_default()))
}

/// Decodes one span in a request of its own.
fn read_one(span: Sent) -> Span {
    let (mut spans, rejected, why) =
        read(&request(vec![text("service.name", "Shop")], vec![span]).encode_to_vec()).unwrap();
    assert_eq!((spans.len(), rejected), (1, 0), "{why}");
    spans.remove(0)
}

fn read_attributes(kind: span::SpanKind, attributes: Vec<KeyValue>) -> Span {
    read_one(Sent { kind: kind as i32, attributes, ..sent() })
}

fn json(span: &Span) -> String {
    let mut out = Vec::new();
    write_span(span, &mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn columns_hold_what_was_sent_to_the_nanosecond() {
    let span = read_one(Sent { parent_span_id: vec![1; 8], kind: span::SpanKind::Internal as i32, ..sent() });
    assert_eq!(span.trace_id.to_string(), "ab".repeat(16));
    assert_eq!((span.id, span.parent_id), (SpanId(0xcdcd_cdcd_cdcd_cdcd), Some(SpanId(0x0101_0101_0101_0101))));
    assert_eq!((span.kind, span.name(), span.service()), (Kind::Internal, "GET /Items", "Shop"));
    assert_eq!((span.start.to_ns(), span.duration.to_ns()), (START_NS, 2_000_002));
    assert!(span.otlp.unwrap().rest.is_empty());
}

#[test]
fn values_keep_their_types_and_keys_are_sorted() {
    let list = AnyValue::ArrayValue(ArrayValue {
        values: vec![wrapped(AnyValue::IntValue(1)), wrapped(AnyValue::StringValue("b".into()))],
    });
    let map = AnyValue::KvlistValue(KeyValueList {
        values: vec![text("k\"", "v"), key_value("n", AnyValue::DoubleValue(2.0))],
    });
    let span = read_attributes(
        span::SpanKind::Server,
        vec![
            key_value("z.text", AnyValue::StringValue("x".into())),
            key_value("map", map),
            key_value("list", list),
            key_value("int", AnyValue::IntValue(-3)),
            key_value("double", AnyValue::DoubleValue(12.5)),
            key_value("bytes", AnyValue::BytesValue(vec![0xff, 0])),
            key_value("bool", AnyValue::BoolValue(false)),
            KeyValue { key: "empty".to_owned(), ..KeyValue::default() },
            text("int", "the last of a key counts"),
        ],
    );
    let keys: Vec<_> = span.tags.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["bool", "bytes", "double", "empty", "int", "list", "map", "z.text"]);
    assert_eq!(span.own_tag("bool"), Some(ValueRef::Bool(false)));
    assert_eq!(span.own_tag("bytes"), Some(ValueRef::Bytes(&[0xff, 0])));
    assert_eq!(span.own_tag("double"), Some(ValueRef::Double(12.5)));
    assert_eq!(span.own_tag("empty"), Some(ValueRef::Empty));
    assert_eq!(span.own_tag("int"), Some(ValueRef::Str("the last of a key counts")));
    assert_eq!(span.own_tag("list").unwrap().text(), "1,b");
    assert_eq!(span.own_tag("list").unwrap().json(), r#"[1,"b"]"#);
    assert_eq!(span.own_tag("map").unwrap().text(), r#"{"k\"":"v","n":2.0}"#);
}

#[test]
fn a_span_without_a_service_belongs_to_the_unknown_one() {
    let service = |resource| {
        let (spans, ..) = read(&request(resource, vec![sent()]).encode_to_vec()).unwrap();
        spans[0].local.service.clone()
    };
    assert_eq!(service(vec![]), UNKNOWN_SERVICE);
    assert_eq!(service(vec![text("service.name", "")]), UNKNOWN_SERVICE);
    assert_eq!(service(vec![key_value("service.name", AnyValue::IntValue(7))]), "7");
    assert_eq!(service(vec![text("host.name", "h"), text("service.name", "Shop")]), "Shop");
}

#[test]
fn resource_and_scope_are_kept_and_can_be_asked() {
    let mut message =
        request(vec![text("service.name", "Shop"), key_value("replicas", AnyValue::IntValue(3))], vec![sent()]);
    message.resource_spans[0].schema_url = "https://example.invalid/1".to_owned();
    message.resource_spans[0].scope_spans[0].scope = Some(InstrumentationScope {
        name: "http".to_owned(),
        version: "1.2".to_owned(),
        attributes: vec![text("short", "s")],
        ..InstrumentationScope::default()
    });
    let span = read(&message.encode_to_vec()).unwrap().0.remove(0);
    assert_eq!(span.tag("replicas"), Some(ValueRef::Int(3)));
    assert_eq!(span.own_tag("replicas"), None);
    let parts = span.otlp.unwrap();
    assert_eq!(resource_attribute(&parts.resource, "replicas"), Some(ValueRef::Int(3)));
    assert_eq!(resource_attribute(&parts.resource, "absent"), None);
    let all: Vec<_> = resource_attributes(&parts.resource).collect();
    assert_eq!(all, [("service.name", ValueRef::Str("Shop")), ("replicas", ValueRef::Int(3))]);
    assert_eq!((scope_name(&parts.scope), scope_version(&parts.scope)), ("http", "1.2"));
    assert_eq!(scope_attributes(&parts.scope).collect::<Vec<_>>(), [("short", ValueRef::Str("s"))]);
    assert_eq!((scope_name(&[]), resource_attribute(&[], "x")), ("", None));
}

#[test]
fn fields_without_a_column_are_kept_and_can_be_asked() {
    let link = span::Link {
        trace_id: vec![2; 16],
        span_id: vec![3; 8],
        trace_state: "a=b".to_owned(),
        attributes: vec![text("why", "batch")],
        flags: 1,
        ..span::Link::default()
    };
    let event = span::Event {
        time_unix_nano: START_NS + 1,
        name: "exception".to_owned(),
        attributes: vec![text("exception.type", "E")],
        dropped_attributes_count: 4,
    };
    let sent = Sent {
        trace_state: "x=y".to_owned(),
        flags: 0x101,
        links: vec![link],
        events: vec![event],
        dropped_links_count: 9,
        status: Some(any_status(StatusCode::Error, "out of stock")),
        ..sent()
    };
    let span = read_one(sent);
    assert_eq!(span.status, Status::Error);
    assert_eq!((span.events[0].time.to_ns(), span.events[0].name.as_str()), (START_NS + 1, "exception"));
    assert_eq!(event_attributes(&span.events[0].otlp).collect::<Vec<_>>(), [("exception.type", ValueRef::Str("E"))]);
    let rest = &span.otlp.as_ref().unwrap().rest;
    assert_eq!((trace_state(rest), flags(rest), status_message(rest)), ("x=y", 0x101, Some("out of stock")));
    let link = links(rest).next().unwrap();
    assert_eq!((link.trace_id.0, link.span_id.0), (u128::from_be_bytes([2; 16]), u64::from_be_bytes([3; 8])));
    assert_eq!((link.trace_state, link.flags), ("a=b", 1));
    assert_eq!(link.attributes.collect::<Vec<_>>(), [("why", ValueRef::Str("batch"))]);
    assert_eq!(links(rest).count(), 1);
}

fn any_status(code: StatusCode, message: &str) -> opentelemetry_proto::tonic::trace::v1::Status {
    opentelemetry_proto::tonic::trace::v1::Status { code: code as i32, message: message.to_owned() }
}

#[test]
fn an_end_that_gives_no_duration_is_kept() {
    let check = |start, end, expect_duration: FineMicros| {
        let span = read_one(Sent { start_time_unix_nano: start, end_time_unix_nano: end, ..sent() });
        assert_eq!((span.start.to_ns(), span.duration), (start, expect_duration), "from {start} to {end}");
        let message = ExportTraceServiceRequest::decode(&encode(&[span])[..]).unwrap();
        let again = &message.resource_spans[0].scope_spans[0].spans[0];
        assert_eq!((again.start_time_unix_nano, again.end_time_unix_nano), (start, end));
    };
    check(START_NS, START_NS + 1, FineMicros::from_ns(1));
    check(START_NS, START_NS, FineMicros::NONE);
    check(START_NS, START_NS - 1, FineMicros::NONE);
    check(START_NS, 0, FineMicros::NONE);
    check(0, START_NS, FineMicros::NONE);
    check(0, 0, FineMicros::NONE);
    check(1, u64::MAX, FineMicros::from_ns(u64::MAX - 1));
}

#[test]
fn spans_that_are_none_are_left_out_and_counted() {
    let deep = |depth: usize| {
        (0..depth).fold(wrapped(AnyValue::IntValue(1)), |inner, _| {
            wrapped(AnyValue::ArrayValue(ArrayValue { values: vec![inner] }))
        })
    };
    let attribute = |value| vec![KeyValue { key: "k".to_owned(), value: Some(value), ..KeyValue::default() }];
    for (span, expect) in [
        (Sent { trace_id: vec![], ..sent() }, "its trace_id has 0 bytes, not 16"),
        (Sent { trace_id: vec![1; 8], ..sent() }, "its trace_id has 8 bytes, not 16"),
        (Sent { trace_id: vec![0; 16], ..sent() }, "its trace_id is all zeros"),
        (Sent { span_id: vec![1; 16], ..sent() }, "its span_id has 16 bytes, not 8"),
        (Sent { span_id: vec![0; 8], ..sent() }, "its span_id is all zeros"),
        (Sent { parent_span_id: vec![1; 3], ..sent() }, "its parent_span_id has 3 bytes, not 8"),
        (
            Sent { attributes: attribute(deep(VALUE_DEPTH_MAX + 1)), ..sent() },
            "field 5: its lists and maps are nested too deeply",
        ),
    ] {
        let message = request(vec![text("service.name", "shop")], vec![sent(), span, sent()]);
        let (spans, rejected, why) = read(&message.encode_to_vec()).unwrap();
        assert_eq!((spans.len(), rejected), (2, 1));
        assert_eq!(why, format!("a span of shop was left out: {expect}"));
        assert_eq!(spans[0], spans[1], "what the span left out had begun is gone");
    }
    let span = read_one(Sent { attributes: attribute(deep(VALUE_DEPTH_MAX)), ..sent() });
    assert_eq!(span.tags[0].1.as_ref().text(), "1", "a list of one is its element");
}

#[test]
fn text_that_is_not_utf_8_costs_its_span_alone() {
    let message = request(vec![], vec![Sent { name: "bad!".to_owned(), ..sent() }, sent()]);
    let mut body = message.encode_to_vec();
    let at = body.windows(4).position(|window| window == b"bad!").unwrap();
    body[at] = 0xff;
    let (spans, rejected, why) = read(&body).unwrap();
    assert_eq!((spans.len(), rejected), (1, 1));
    assert_eq!(why, "a span of unknown_service was left out: field 5: it is not UTF-8");
    // In a resource it costs everything: nobody could say whose spans these are.
    let mut body = request(vec![text("host", "bad!")], vec![sent()]).encode_to_vec();
    let at = body.windows(4).position(|window| window == b"bad!").unwrap();
    body[at] = 0xff;
    assert!(read(&body).unwrap_err().contains("it is not UTF-8 reading ExportTraceServiceRequest from protobuf"));
}

#[test]
fn roots_and_self_parents_have_no_parent() {
    for parent in [vec![], vec![0; 8], sent().span_id] {
        assert_eq!(read_one(Sent { parent_span_id: parent, ..sent() }).parent_id, None);
    }
    let message =
        ExportTraceServiceRequest::decode(&encode(&[read_one(Sent { parent_span_id: sent().span_id, ..sent() })])[..]);
    let again = message.unwrap().resource_spans.remove(0).scope_spans.remove(0).spans.remove(0);
    assert_eq!(again.parent_span_id, again.span_id, "what was said is kept");
}

#[test]
fn a_body_that_is_no_protobuf_fails_as_a_whole() {
    let check = |body: &[u8], expect: &str| {
        let error = read(body).unwrap_err();
        assert_eq!(error, format!("Malformed {expect} reading ExportTraceServiceRequest from protobuf"));
    };
    check(b"hello", "field 13 at byte 2: it is a group, which no message here has");
    check(&[0x0a, 0x05, 0x01], "field 1 at byte 0: it runs past the end of its message");
    check(&[0x0a, 0x02, 0x12, 0x05], "field 2 at byte 2: it runs past the end of its message");
    check(&[0x08, 0x01], "field 1 at byte 0: it has another wire type than its number stands for");
    check(&[0x0b, 0x0c], "field 1 at byte 0: it is a group, which no message here has");
    check(&[0x0f], "field 1 at byte 0: it has no known wire type");
    check(&[0x02, 0x00], "field 0 at byte 0: no field has this number");
    check(&[0xff; 11], "field 0 at byte 0: its tag is not a number");
    check(br#"{"resourceSpans":[]}"#, "field 15 at byte 0: it is a group, which no message here has");
    let whole = request(vec![], vec![sent(), sent()]).encode_to_vec();
    for cut in 1..whole.len() {
        assert!(read(&whole[..cut]).is_err(), "cut at {cut}");
    }
    assert_eq!(read(b"").unwrap().0, []);
}

#[test]
fn dec_1_an_error_leaves_the_batch_as_it_was() {
    let (good, arena) = (request(vec![text("a", "b")], vec![sent(); 3]).encode_to_vec(), Bump::new());
    let mut cut = request(vec![text("a", "b")], vec![Sent { span_id: vec![], ..sent() }, sent()]).encode_to_vec();
    cut.push(0x0a);
    let mut batch = Batch::default();
    decode(&good, &arena, &mut batch).unwrap();
    let before = format!("{batch:?}");
    decode(&cut, &arena, &mut batch).unwrap_err();
    assert_eq!(format!("{batch:?}"), before);
    decode(&good, &arena, &mut batch).unwrap();
    assert_eq!(batch.spans.len(), 6);
    assert_eq!(batch.views().nth(5).unwrap().to_span(), batch.views().next().unwrap().to_span());
}

/// The endpoints of a span with the attributes given as `key=value`; a value of digits is a number.
fn check_endpoints(kind: span::SpanKind, attributes: &[&str], expect: &str) {
    let attributes = attributes
        .iter()
        .map(|attribute| {
            let (key, value) = attribute.split_once('=').unwrap();
            value.parse().map_or_else(|_| text(key, value), |number| key_value(key, AnyValue::IntValue(number)))
        })
        .collect();
    let span = read_attributes(kind, attributes);
    let show = |endpoint: &Endpoint| {
        let address =
            endpoint.ipv4.map(|address| address.to_string()).or(endpoint.ipv6.map(|address| address.to_string()));
        format!("{}@{}:{}", endpoint.service, address.unwrap_or_default(), endpoint.port)
    };
    assert_eq!(format!("{} {}", show(&span.local), show(&span.remote)), expect, "of {:?}", span.tags);
}

#[test]
fn the_remote_endpoint_follows_the_table() {
    let client = |attributes: &[&str], expect: &str| {
        check_endpoints(span::SpanKind::Client, attributes, &format!("Shop@:0 {expect}"));
    };
    client(&[], "@:0");
    client(
        &["peer.service=Items", "server.address=host", "network.peer.address=10.0.0.1", "network.peer.port=80"],
        "Items@10.0.0.1:80",
    );
    client(&["db.system=mysql", "server.address=db-1", "server.port=3306"], "db-1@:3306");
    client(&["net.peer.name=old", "net.peer.port=81"], "old@:81");
    client(&["net.peer.name=old", "server.address=new"], "new@:0");
    client(&["server.address=new", "net.peer.name=old"], "new@:0");
    client(&["server.address=10.0.0.9", "db.name=orders", "db.system=mysql"], "orders@10.0.0.9:0");
    client(&["db.namespace=new", "db.name=old"], "new@:0");
    client(&["db.system=redis"], "redis@:0");
    client(&["db.system=redis", "db.system.name=valkey"], "valkey@:0");
    client(&["messaging.system=kafka", "rpc.service=x.Y"], "kafka@:0");
    client(&["rpc.service=x.Y", "network.peer.address=10.0.0.1"], "x.Y@10.0.0.1:0");
    client(&["network.peer.address=10.0.0.1", "network.peer.port=80", "server.port=81"], "10.0.0.1@10.0.0.1:80");
    client(&["net.sock.peer.addr=::1", "net.sock.peer.port=80"], "::1@::1:80");
    client(&["server.address=127.0.0.1", "server.port=8080"], "127.0.0.1@127.0.0.1:8080");
    client(&["network.peer.address=/var/run/docker.sock"], "/var/run/docker.sock@:0");
    client(&["peer.service=", "network.peer.port=70000"], "@:0");
    check_endpoints(span::SpanKind::Producer, &["messaging.system=kafka"], "Shop@:0 kafka@:0");
    for kind in [span::SpanKind::Server, span::SpanKind::Consumer, span::SpanKind::Internal] {
        check_endpoints(
            kind,
            &["peer.service=Items", "messaging.system=kafka", "network.peer.address=10.0.0.1"],
            "Shop@:0 @:0",
        );
    }
    let local = ["network.local.address=10.1.1.1", "network.local.port=8080"];
    check_endpoints(span::SpanKind::Server, &local, "Shop@10.1.1.1:8080 @:0");
}

#[test]
fn zipkins_readers_see_the_mapping() {
    let event = |time_ns, name: &str, attributes| span::Event {
        time_unix_nano: time_ns,
        name: name.to_owned(),
        attributes,
        ..span::Event::default()
    };
    let list = AnyValue::ArrayValue(ArrayValue {
        values: vec![wrapped(AnyValue::StringValue("red".into())), wrapped(AnyValue::IntValue(2))],
    });
    let mut message = request(
        vec![
            text("service.name", "Shop"),
            text("service.version", "1.2.3"),
            text("both", "resource"),
            text("error", "resource"),
        ],
        vec![Sent {
            kind: span::SpanKind::Internal as i32,
            attributes: vec![
                key_value("price", AnyValue::DoubleValue(12.5)),
                text("both", "span"),
                key_value("colors", list),
            ],
            events: vec![
                event(START_NS + 1, "later", vec![]),
                event(START_NS, "exception", vec![text("type", "E \"1\""), key_value("n", AnyValue::IntValue(7))]),
            ],
            status: Some(any_status(StatusCode::Error, "out of stock")),
            ..sent()
        }],
    );
    message.resource_spans[0].scope_spans[0].scope = Some(InstrumentationScope {
        name: "kit".to_owned(),
        version: "0.1".to_owned(),
        ..InstrumentationScope::default()
    });
    let span = read(&message.encode_to_vec()).unwrap().0.remove(0);
    let expect = concat!(
        r#"{"traceId":"abababababababababababababababab","id":"cdcdcdcdcdcdcdcd","name":"get /items","#,
        r#""timestamp":1790000000000001,"duration":2001,"localEndpoint":{"serviceName":"shop"},"annotations":["#,
        r#"{"timestamp":1790000000000001,"value":"\"exception\":{\"type\":\"E \\\"1\\\"\",\"n\":7}"},"#,
        r#"{"timestamp":1790000000000002,"value":"later"}],"tags":{"both":"span","colors":"red,2","error":"out of stock","#,
        r#""otel.scope.name":"kit","otel.scope.version":"0.1","otel.status_code":"ERROR","price":"12.5","service.version":"1.2.3"}}"#,
    );
    assert_eq!(json(&span), expect);
    let view = zipkin_view(&span).into_owned();
    assert_eq!((view.otlp.is_none(), zipkin_view(&view).as_ref()), (true, &view), "a view is its own view");
    assert!(view.is_error() && span.is_error());
}

#[test]
fn status_and_error_become_tags() {
    let tags = |status, attributes| {
        let view = zipkin_view(&read_one(Sent { status, attributes, ..sent() })).into_owned();
        view.tags.iter().map(|(key, value)| format!("{key}={}", value.as_ref().text())).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(tags(None, vec![]), "");
    assert_eq!(tags(Some(any_status(StatusCode::Unset, "ignored")), vec![]), "");
    assert_eq!(tags(Some(any_status(StatusCode::Ok, "")), vec![]), "otel.status_code=OK");
    assert_eq!(tags(Some(any_status(StatusCode::Error, "")), vec![]), "error= otel.status_code=ERROR");
    assert_eq!(
        tags(Some(any_status(StatusCode::Error, "m")), vec![text("error", "own")]),
        "error=own otel.status_code=ERROR"
    );
}

#[test]
fn a_view_lasts_at_least_a_microsecond() {
    let duration = |start, end| {
        let span = read_one(Sent { start_time_unix_nano: start, end_time_unix_nano: end, ..sent() });
        zipkin_view(&span).duration
    };
    assert_eq!(duration(1_000, 1_000), FineMicros::from_us(1));
    assert_eq!(duration(1_999, 2_001), FineMicros::from_us(1));
    assert_eq!(duration(1_999, 3_001), FineMicros::from_us(2), "between the microseconds of start and end");
    assert_eq!(duration(5_000, 4_000), FineMicros::from_us(1));
    assert_eq!(duration(5_000, 0), FineMicros::from_us(1));
}

#[test]
fn a_zipkin_span_is_written_by_the_mapping_the_other_way() {
    let zipkin = Span {
        trace_id: TraceId(0xabc),
        id: SpanId(2),
        parent_id: Some(SpanId(1)),
        kind: Kind::Client,
        name: "get".to_owned(),
        start: FineMicros::from_us(10),
        duration: FineMicros::from_us(5),
        local: Endpoint { service: "front".to_owned(), ipv4: Some([10, 0, 0, 1].into()), ipv6: None, port: 80 },
        remote: Endpoint { service: "back".to_owned(), ipv4: Some([10, 0, 0, 2].into()), ipv6: None, port: 81 },
        tags: vec![("http.path".to_owned(), "/".into())],
        events: vec![crate::Event { time: FineMicros::from_us(11), name: "ws".to_owned(), otlp: vec![] }],
        debug: true,
        ..Span::default()
    };
    let (spans, rejected, _) = read(&encode(std::slice::from_ref(&zipkin))).unwrap();
    let view = zipkin_view(&spans[0]).into_owned();
    assert_eq!(rejected, 0);
    assert_eq!(
        (view.trace_id, view.id, view.parent_id, view.kind),
        (zipkin.trace_id, zipkin.id, zipkin.parent_id, zipkin.kind)
    );
    assert_eq!((&view.local, &view.remote, &view.events), (&zipkin.local, &zipkin.remote, &zipkin.events));
    assert_eq!((view.start, view.duration), (zipkin.start, zipkin.duration));
    assert_eq!(view.tag("zipkin.debug"), Some(ValueRef::Str("true")));
    assert_eq!(view.tag("http.path"), Some(ValueRef::Str("/")));
}

#[test]
fn replies_are_what_senders_expect() {
    assert!(export_response(0, None).is_empty());
    let partial =
        ExportTraceServiceResponse::decode(&export_response(300, Some("its span_id is all zeros"))[..]).unwrap();
    let partial = partial.partial_success.unwrap();
    assert_eq!((partial.rejected_spans, partial.error_message.as_str()), (300, "its span_id is all zeros"));

    #[derive(Clone, PartialEq, Message)]
    struct RpcStatus {
        #[prost(int32, tag = "1")]
        code: i32,
        #[prost(string, tag = "2")]
        message: String,
    }
    for code in [3, 14, -1] {
        let decoded = RpcStatus::decode(&status(code, "come back")[..]).unwrap();
        assert_eq!(decoded, RpcStatus { code, message: "come back".to_owned() });
    }
    let for_later = status_for_later(14, "later", 2);
    assert!(for_later.starts_with(&status(14, "later")));
    // Details, an Any: its URL, and as its value a RetryInfo whose delay is 2 s.
    let url = b"type.googleapis.com/google.rpc.RetryInfo";
    let any = [&[0x0a, url.len() as u8], &url[..], &[0x12, 4, 0x0a, 2, 0x08, 2]].concat();
    assert_eq!(for_later[status(14, "later").len()..], [&[0x1a, any.len() as u8], &any[..]].concat());
}

#[test]
fn dec_2_kept_bytes_that_are_damaged_are_no_danger() {
    let deep = (0..10_000).fold(vec![0x0a, 1, b'x'], |inner: Vec<u8>, _| {
        let mut list = Vec::new();
        crate::protobuf::put_message(1, &mut list, |out| out.extend_from_slice(&inner));
        let mut value = Vec::new();
        crate::protobuf::put_bytes(5, &list, &mut value);
        value
    });
    for bytes in [&deep[..], &[0xff; 20], b"\x0a", &[0x6a, 0xff, 0x7f]] {
        let _ = (ValueRef::Array(bytes).text(), ValueRef::Map(bytes).json(), ValueRef::Array(bytes).json());
        let _ = (links(bytes).count(), status_message(bytes), trace_state(bytes), flags(bytes));
        let _ = (event_attributes(bytes).count(), resource_attributes(bytes).count(), scope_attributes(bytes).count());
        let _ = (resource_attribute(bytes, "x"), scope_name(bytes), scope_version(bytes));
        let parts = crate::OtlpParts { resource: bytes.into(), scope: bytes.into(), rest: bytes.to_vec() };
        let tags = vec![("k".to_owned(), Value::Map(bytes.to_vec()))];
        let span = Span { otlp: Some(parts), tags, ..Span::default() };
        let _ = (json(&span), encode(&[span]));
    }
}

#[test]
fn a_status_said_in_several_messages_is_kept_whole() {
    let span = |statuses: &[&[u8]]| {
        let mut span = sent().encode_to_vec();
        for status in statuses {
            crate::protobuf::put_bytes(15, status, &mut span);
        }
        let mut body = Vec::new();
        crate::protobuf::put_message(1, &mut body, |out| {
            crate::protobuf::put_message(2, out, |out| crate::protobuf::put_bytes(2, &span, out));
        });
        read(&body).unwrap().0.remove(0)
    };
    const ERROR: &[u8] = &[3 << 3, 2];
    const UNKNOWN: &[u8] = &[3 << 3, 4];
    const MESSAGE: &[u8] = b"\x12\x01m";
    for (statuses, status, n_kept) in [
        (&[ERROR][..], Status::Error, 0),
        (&[UNKNOWN], Status::Unset, 1),
        (&[UNKNOWN, ERROR], Status::Error, 2),
        (&[ERROR, UNKNOWN], Status::Unset, 2),
        (&[ERROR, MESSAGE], Status::Error, 2),
        (&[MESSAGE, ERROR, ERROR], Status::Error, 3),
    ] {
        let span = span(statuses);
        let rest = &span.otlp.as_ref().unwrap().rest;
        let n_fields = statuses.iter().rev().take(n_kept).map(|status| status.len() + 2).sum::<usize>();
        assert_eq!((span.status, rest.len()), (status, n_fields), "of {statuses:?}");
        let (again, ..) = read(&encode(std::slice::from_ref(&span))).unwrap();
        assert_eq!(again, [span], "of {statuses:?}");
    }
}

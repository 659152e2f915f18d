//! Inputs to begin with: a few generated spans in every form, small so that a fuzzer changes what matters.

use bumpalo::Bump;
use core::net::{Ipv4Addr, Ipv6Addr};
use nines_base::{FineMicros, SpanId, Timestamp, TraceId};
use nines_engine::block::{BlockId, encode_block};
use nines_engine::hot::{BatchMemo, Segment};
use nines_engine::inbox::record::{
    GROUP_RECORD_BYTES, begin_group, begin_record, closing_group, end_record, file_header,
};
use nines_engine::inbox::write_delta;
use nines_span::oracle::thrift::{write_list, write_span};
use nines_span::oracle::v1::Sent;
use nines_span::zipkin::{json_v2 as json, proto3 as protobuf};
use nines_span::{Batch, Endpoint, Event, Kind, Span, Value, otlp as wire};

/// Named inputs.
type Seeds = Vec<(String, Vec<u8>)>;

const START_US: u64 = 1_790_000_000_000_000;

/// A span with most fields, the `nth` of a small trace.
fn full_span(nth: u64) -> Span {
    let kinds = [Kind::Server, Kind::Client, Kind::Producer, Kind::Consumer, Kind::Unspecified];
    Span {
        trace_id: TraceId(if nth.is_multiple_of(2) { 0x463a_c35c_9f64_13ad } else { 0x1 << 64 | 0x5af7_1830 }),
        id: SpanId(0x100 + nth),
        parent_id: (nth > 0).then(|| SpanId(0x100 + nth / 2)),
        kind: kinds[nth as usize % kinds.len()],
        name: format!("get /orders/{}", nth % 3),
        start: FineMicros::from_us(START_US + nth * 1000),
        duration: FineMicros::from_us(nth * 77),
        local: Endpoint {
            service: format!("svc-{}", nth % 4),
            ipv4: Some(Ipv4Addr::new(10, 0, 0, nth as u8)),
            ipv6: nth.is_multiple_of(3).then_some(Ipv6Addr::LOCALHOST),
            port: 8080,
        },
        remote: Endpoint { service: "db".to_owned(), ..Endpoint::default() },
        tags: vec![
            ("http.method".to_owned(), "GET".into()),
            ("http.path".to_owned(), Value::Str(format!("/api/{nth:08x}"))),
            ("region".to_owned(), "eu-west-1".into()),
        ],
        events: vec![Event { time: FineMicros::from_us(START_US + 5), name: "cache miss".to_owned(), otlp: vec![] }],
        debug: nth == 3,
        shared: nth == 4,
        ..Span::default()
    }
}

fn small_span(nth: u64) -> Span {
    Span { trace_id: TraceId(1 + u128::from(nth / 3)), id: SpanId(1 + nth), name: "a".to_owned(), ..Span::default() }
}

fn lists() -> [(&'static str, Vec<Span>); 3] {
    let text = Span { name: "\"주문\" \\ \u{2028}\n💩".to_owned(), ..small_span(0) };
    [
        ("seed-full", (0..5).map(full_span).collect()),
        ("seed-small", (0..2).map(small_span).collect()),
        ("seed-text", vec![text]),
    ]
}

fn of_lists(write: impl Fn(&[Span]) -> Vec<u8>) -> Seeds {
    lists().into_iter().map(|(name, spans)| (name.to_owned(), write(&spans))).collect()
}

/// Bodies in JSON, and one with what Zipkin lets pass.
pub fn json_v2() -> Seeds {
    let mut seeds = of_lists(|spans| {
        let mut out = Vec::new();
        json::write_list(spans, &mut out);
        out
    });
    let lenient = r#"[ {"traceId" : 1, "id":"2","timestamp":"15","duration":1.6e1,"x":[{},null,-0.5],"tags":{"n\u0061":7}, "kind":null} ] "#;
    seeds.push(("seed-lenient".to_owned(), lenient.as_bytes().to_vec()));
    seeds
}

/// Spans of version 1: of one side, of both, with what stands in place of it, and with what is lost.
fn old_spans() -> [(&'static str, Vec<Sent>); 3] {
    let web = Endpoint { service: "Web".to_owned(), ipv4: Some(Ipv4Addr::LOCALHOST), ipv6: None, port: 80 };
    let api = Endpoint { service: "api".to_owned(), ipv6: Some(Ipv6Addr::LOCALHOST), ..Endpoint::default() };
    let at = |time, value: &str, endpoint: &Endpoint| (time, value.to_owned(), endpoint.clone());
    let tag = |key: &str, value: Option<&str>, endpoint: &Endpoint| {
        (key.to_owned(), value.map(str::to_owned), endpoint.clone())
    };
    let ids = Sent { trace_id: 1 << 64 | 5, id: 3, parent_id: 2, ..Sent::default() };
    let call = Sent {
        name: "Get".to_owned(),
        timestamp: 10,
        duration: 9,
        debug: true,
        annotations: vec![at(10, "cs", &web), at(12, "sr", &api), at(15, "ss", &api), at(19, "cr", &web)],
        binary_annotations: vec![tag("a", Some("1"), &web), tag("sa", None, &api), tag("ca", None, &web)],
        ..ids.clone()
    };
    let message = Sent {
        annotations: vec![at(1, "ms", &web), at(2, "ws", &web), at(3, "wr", &web), at(4, "mr", &web)],
        binary_annotations: vec![tag("ma", Some("1"), &api)],
        ..ids.clone()
    };
    let local = Sent {
        annotations: vec![at(5, "cache miss", &web)],
        binary_annotations: vec![tag("lc", Some(""), &web)],
        ..ids
    };
    [("seed-call", vec![call]), ("seed-message", vec![message]), ("seed-local", vec![local])]
}

/// Bodies in JSON of version 1.
pub fn json_v1() -> Seeds {
    let endpoint = |sent: &Endpoint| {
        let addresses = sent.ipv4.map(|ip| format!(r#","ipv4":"{ip}""#)).into_iter();
        let addresses: String = addresses.chain(sent.ipv6.map(|ip| format!(r#","ipv6":"{ip}""#))).collect();
        format!(r#"{{"serviceName":"{}"{addresses},"port":{}}}"#, sent.service, sent.port)
    };
    let span = |sent: &Sent| {
        let annotations = sent.annotations.iter().map(|(time, value, own)| {
            format!(r#"{{"timestamp":{time},"value":"{value}","endpoint":{}}}"#, endpoint(own))
        });
        let binary = sent.binary_annotations.iter().map(|(key, value, own)| {
            let value = value.as_ref().map_or("true".to_owned(), |value| format!("\"{value}\""));
            format!(r#"{{"key":"{key}","value":{value},"endpoint":{}}}"#, endpoint(own))
        });
        let (annotations, binary): (Vec<_>, Vec<_>) = (annotations.collect(), binary.collect());
        format!(
            r#"{{"traceId":"{:032x}","id":"{:x}","parentId":"{:x}","name":"{}","timestamp":{},"duration":{},"debug":{},"annotations":[{}],"binaryAnnotations":[{}]}}"#,
            sent.trace_id,
            sent.id,
            sent.parent_id,
            sent.name,
            sent.timestamp,
            sent.duration,
            sent.debug,
            annotations.join(","),
            binary.join(",")
        )
    };
    let body = |sent: &[Sent]| format!("[{}]", sent.iter().map(span).collect::<Vec<_>>().join(",")).into_bytes();
    let mut seeds: Seeds = old_spans().iter().map(|(name, sent)| ((*name).to_owned(), body(sent))).collect();
    let lenient = r#"[ {"traceId" : 1, "id":"2","timestamp":"15","name":null,"x":[{}],"annotations":[{"timestamp":1.0,"value":7,"endpoint":null}],"binaryAnnotations":[{"key":"k","value":1.5,"type":"DOUBLE"},{"key":"n\u0061","value":""}]} ] "#;
    seeds.push(("seed-lenient".to_owned(), lenient.as_bytes().to_vec()));
    seeds
}

/// Bodies in thrift.
pub fn thrift() -> Seeds {
    let mut seeds: Seeds = old_spans().iter().map(|(name, sent)| ((*name).to_owned(), write_list(sent))).collect();
    seeds.push(("seed-one".to_owned(), write_span(&old_spans()[0].1[0])));
    seeds
}

/// Requests of OTLP in JSON.
pub fn otlp_json() -> Seeds {
    let rich = r#"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}],"entityRefs":[{"type":"host","idKeys":["host"]}]},"scopeSpans":[{"scope":{"name":"lib","version":"1.0"},"spans":[{"traceId":"0102030405060708090A0b0c0d0e0f10","spanId":"0102030405060708","parentSpanId":"","traceState":"vendor=1","name":"POST /pay","kind":"SPAN_KIND_CLIENT","startTimeUnixNano":"1790000000000000789","endTimeUnixNano":1790000000000090123,"attributes":[{"key":"list","value":{"arrayValue":{"values":[{"intValue":"5"},{"boolValue":true},null]}}},{"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"doubleValue":1.5}}]}}},{"key":"raw","value":{"bytesValue":"yv4="}}],"events":[{"timeUnixNano":"7","name":"retry","attributes":[]}],"links":[{"traceId":"07070707070707070707070707070707","spanId":"0909090909090909","flags":1}],"status":{"code":2,"message":"declined"},"flags":257,"droppedLinksCount":1}],"schemaUrl":"s"}]}]}"#;
    let snake = r#"{"resource_spans":[{"scope_spans":[{"spans":[{"trace_id":"01020304050607080102030405060708","span_id":"xx","kind":17,"start_time_unix_nano":1e3,"attributes":[{"key":"n","value":{"double_value":"NaN"}}]}]}]}]}"#;
    [("seed-rich", rich), ("seed-snake", snake)].map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
}

/// Bodies in Zipkin's protobuf.
pub fn proto3() -> Seeds {
    of_lists(|spans| {
        let mut out = Vec::new();
        protobuf::write_list(spans, &mut out);
        out
    })
}

/// Requests of OTLP: of Zipkin's spans, and one written out with what only OTLP has.
pub fn otlp() -> Seeds {
    let mut seeds = of_lists(wire::encode);
    seeds.push(("seed-otlp".to_owned(), rich_request()));
    seeds
}

/// A request with a resource, a scope, typed attributes, an event with attributes, a link and a status.
fn rich_request() -> Vec<u8> {
    let text = |field: u8, text: &str| message(field, &[text.as_bytes()]);
    let attribute = |key: &str, value: &[u8]| [text(1, key), message(2, &[value])].concat();
    let list = message(5, &[&message(1, &[&text(1, "a")]), &message(1, &[&[2 << 3, 1]])]);
    let map = message(6, &[&message(1, &[&attribute("k", &[3 << 3, 5])])]);
    let resource = message(
        1,
        &[
            &message(1, &[&attribute("service.name", &text(1, "checkout"))]),
            &message(1, &[&attribute("host", &[4 << 3 | 1, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f])]),
        ],
    );
    let event = [vec![1 << 3 | 1, 1, 2, 3, 4, 5, 6, 7, 0], text(2, "retry"), message(3, &[&attribute("n", &list)])];
    let link = [message(1, &[&[7; 16]]), message(2, &[&[9; 8]]), message(4, &[&attribute("why", &map)])];
    let span = [
        message(1, &[&[1; 16]]),
        message(2, &[&[2; 8]]),
        text(3, "vendor=1"),
        message(4, &[&[3; 8]]),
        text(5, "POST /pay"),
        vec![6 << 3, 2],
        [&[7 << 3 | 1][..], &(START_US * 1000 + 789).to_le_bytes()].concat(),
        [&[8 << 3 | 1][..], &(START_US * 1000 + 90_123).to_le_bytes()].concat(),
        message(9, &[&attribute("http.status_code", &[3 << 3, 0xf7, 0x03])]),
        message(9, &[&attribute("peer.service", &text(1, "bank"))]),
        message(9, &[&attribute("list", &list)]),
        message(9, &[&attribute("map", &map)]),
        message(9, &[&attribute("raw", &message(7, &[&[0xca, 0xfe]]))]),
        message(11, &[&event.concat()]),
        message(13, &[&link.concat()]),
        message(15, &[&text(2, "declined"), &[3 << 3, 2]]),
    ]
    .concat();
    let scope = message(1, &[&text(1, "lib"), &text(2, "1.0")]);
    message(1, &[&resource, &message(2, &[&scope, &message(2, &[&span])])])
}

fn message(field: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut out = vec![field << 3 | 2];
    let mut length = body.len();
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend_from_slice(&body);
    out
}

/// Spans for the store: of both worlds.
fn stored() -> [(&'static str, Vec<u8>); 2] {
    let spans: Vec<Span> = (0..24).map(full_span).collect();
    [("seed-zipkin", wire::encode(&spans)), ("seed-otlp", rich_request().repeat(2))]
}

/// Blocks, as the engine writes them.
pub fn blocks() -> Seeds {
    let block = |(name, body): (&str, Vec<u8>)| {
        let mut segment = Segment::default();
        append(&mut segment, &body);
        let id = BlockId { generation: 3, shard: 1 };
        (name.to_owned(), encode_block(&segment, id, 2, |_| Vec::new()))
    };
    let mut seeds: Seeds = stored().into_iter().map(block).collect();
    // The same with its sections unpacked, in which a fuzzer sees more.
    let unpacked = seeds.iter().filter_map(|(name, file)| {
        Some((format!("{name}-unpacked"), crate::block_file::BlockFile::read(file)?.write()))
    });
    let unpacked: Seeds = unpacked.collect();
    seeds.extend(unpacked);
    seeds
}

/// Inbox files of two shards and two groups.
pub fn inboxes() -> Seeds {
    let file = |(name, body): (&str, Vec<u8>)| {
        let mut file = file_header(2).to_vec();
        let mut shards = [Segment::default(), Segment::default()];
        for _ in 0..2 {
            let group_at = file.len();
            file.extend([0; GROUP_RECORD_BYTES]);
            for (shard, segment) in shards.iter_mut().enumerate() {
                let mark = segment.mark();
                let at = begin_record(&mut file, shard, mark.rows as u64, Timestamp(5));
                append(segment, &body);
                write_delta(segment, &mark, &mut file);
                end_record(&mut file, at);
            }
            begin_group(&mut file[group_at..], group_at as u64, 1);
        }
        file.extend(closing_group(file.len() as u64, 1));
        (name.to_owned(), file)
    };
    stored().into_iter().map(file).collect()
}

fn append(segment: &mut Segment, body: &[u8]) {
    let (arena, mut batch) = (Bump::new(), Batch::default());
    wire::decode(body, &arena, &mut batch).expect("seeds are well formed");
    segment.begin_record(Timestamp(1_790_000_000_500_000));
    let mut memo = BatchMemo::default();
    batch.views().for_each(|view| segment.append(&view, &mut memo));
}

/// Filters of every form.
pub fn filters() -> Seeds {
    let texts = [
        r#"service=checkout kind=server !error duration<400ms"#,
        r#"op="get /profile/{id}" service!=(a, b ,"c d") --root"#,
        r#"http.status_code>=500 tag."a b"=x x="" y="say \"hi\" \\""#,
        r#"op=~"^get /[a-z]+$" remote!~(^pay,"a|b") trace=abc id!=2a"#,
        r#"duration>=1m30s duration!=(1h,0us) temperature=-5.25e3 주문.상태=완료 debug shared"#,
    ];
    texts.iter().enumerate().map(|(nth, text)| (format!("seed-{nth}"), text.as_bytes().to_vec())).collect()
}

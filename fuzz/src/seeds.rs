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

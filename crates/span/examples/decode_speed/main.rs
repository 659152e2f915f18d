//! How fast the decoders are: `cargo run --release -p nines-span --example decode_speed`.
//!
//! Method: spans like those of the std corpus are made by seed (twenty services, 5.8 tags a span, half
//! of them halves of a call, ids in two thirds of the paths) and written in each encoding, in bodies of
//! 82 spans, as a reporter sends them. A pass decodes 400 such bodies as the collector does, with one
//! batch and one arena for all, on one thread, whose CPU time is what counts. Encodings take turns, so that a disturbed moment is shared; the fastest of 25 passes
//! counts, because other work on the machine can only add to it.
//!
//! With files as arguments (`json v2=FILE`, likewise every other encoding) bodies are read from them instead, each
//! behind its length in four bytes, little-endian: so that another decoder can be given the same bodies.

mod senders;

use bumpalo::Bump;
use core::net::Ipv4Addr;
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::zipkin::{json_v1, json_v2, proto3, thrift};
use nines_span::{Batch, DecodeError, Endpoint, Kind, Span, Value, otlp};
use std::hint::black_box;
use std::time::Duration;

const N_BODIES: usize = 400;
const SPANS_PER_BODY: usize = 82;
const N_PASSES: usize = 25;
/// Of each encoding, before anything counts: the arena and the allocator grow to their size.
const N_PASSES_UNCOUNTED: usize = 2;

type Decode = for<'a> fn(&'a [u8], &'a Bump, &mut Batch<'a>) -> Result<(), DecodeError>;

struct Encoding {
    name: &'static str,
    decode: Decode,
    bodies: Vec<Vec<u8>>,
    fastest: Duration,
}

fn main() {
    let mut chance = Chance(7);
    let batches: Vec<Vec<Span>> = (0..N_BODIES).map(|_| batch(&mut chance)).collect();
    let encoding = |name, decode, write: fn(&[Span]) -> Vec<u8>| Encoding {
        name,
        decode,
        bodies: batches.iter().map(|spans| write(spans)).collect(),
        fastest: Duration::MAX,
    };
    let mut encodings = vec![
        encoding("json v2", json_v2::decode, |spans| written(|out| json_v2::write_list(spans, out))),
        encoding("proto3", proto3::decode, |spans| written(|out| proto3::write_list(spans, out))),
        encoding("json v1", json_v1::decode, senders::json_v1),
        encoding("thrift", thrift::decode, senders::thrift),
        encoding("otlp json", otlp::json::decode, senders::otlp_json),
        encoding("otlp", otlp::decode, |spans| {
            // The instance is the resource's to name there, not each span's.
            let local = |span: &Span| Endpoint { service: span.local.service.clone(), ..Endpoint::default() };
            otlp::encode(&spans.iter().map(|span| Span { local: local(span), ..span.clone() }).collect::<Vec<_>>())
        }),
    ];
    let files: Vec<String> = std::env::args().skip(1).collect();
    if !files.is_empty() {
        encodings.retain_mut(|encoding| read_bodies(encoding, &files));
    }
    for nth in 0..N_PASSES + N_PASSES_UNCOUNTED {
        for encoding in &mut encodings {
            let taken = pass(encoding);
            if nth >= N_PASSES_UNCOUNTED {
                encoding.fastest = encoding.fastest.min(taken);
            }
        }
    }
    println!("encoding    spans  ns/span    MB/s  bytes/span");
    for encoding in &encodings {
        let Encoding { name, bodies, fastest, .. } = encoding;
        let (bytes, ns) = (bodies.iter().map(Vec::len).sum::<usize>() as f64, fastest.as_nanos() as f64);
        let n_spans = encoding.n_spans() as f64;
        println!("{name:9} {n_spans:7} {:8.0} {:7.0} {:11.0}", ns / n_spans, bytes / ns * 1000.0, bytes / n_spans);
    }
}

impl Encoding {
    fn n_spans(&self) -> usize {
        let arena = Bump::new();
        let spans_of = |body: &Vec<u8>| {
            let mut batch = Batch::default();
            (self.decode)(body, &arena, &mut batch).expect("what was written can be read");
            batch.spans.len()
        };
        self.bodies.iter().map(spans_of).sum()
    }
}

/// Takes an encoding's bodies from its file; `false` where none of `files` is for it.
fn read_bodies(encoding: &mut Encoding, files: &[String]) -> bool {
    let of_it = |file: &String| file.strip_prefix(encoding.name)?.strip_prefix('=').map(str::to_owned);
    let Some(path) = files.iter().find_map(of_it) else { return false };
    let whole = std::fs::read(&path).expect("a file of bodies");
    let mut rest = &whole[..];
    encoding.bodies.clear();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (body, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        encoding.bodies.push(body.to_vec());
        rest = after;
    }
    true
}

fn written(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out);
    out
}

fn pass(encoding: &Encoding) -> Duration {
    let (mut arena, mut kept) = (Bump::new(), Batch::default());
    let started = cpu_time();
    for body in &encoding.bodies {
        arena.reset();
        let mut batch = kept.recycle();
        (encoding.decode)(black_box(body), &arena, &mut batch).expect("what was written can be read");
        kept = black_box(batch).recycle();
    }
    cpu_time() - started
}

/// What this thread has used. (`schedstat` says it too, but only as of the last tick.)
fn cpu_time() -> Duration {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(used).unwrap_or_default()
}

/// What one instance of a service sends at once.
fn batch(chance: &mut Chance) -> Vec<Span> {
    let (service, instance) = (chance.below(20), chance.below(5));
    (0..SPANS_PER_BODY).map(|_| span(service, instance, chance)).collect()
}

fn span(service: u64, instance: u64, chance: &mut Chance) -> Span {
    let (operation, is_client) = (chance.below(10), chance.below(2) == 0);
    let remote = if is_client { format!("service-{}", chance.below(20)) } else { String::new() };
    let path = match chance.below(3) {
        0 => format!("/api/v1/service-{service}/orders"),
        _ => format!("/api/v1/service-{service}/orders/{}", 100_000 + chance.below(100_000)),
    };
    let mut tags = vec![
        ("host.name", format!("service-{service}-{instance}-{:08x}", service * 7919 + instance)),
        ("http.method", ["GET", "POST", "PUT"][operation as usize % 3].to_owned()),
        ("http.path", path),
        ("http.status_code", "200".to_owned()),
        ("version", format!("1.{}.{instance}", service % 7)),
    ];
    if chance.below(10) < 7 {
        tags.insert(4, ("region", "eu-west-1".to_owned()));
    }
    if chance.below(10) == 0 {
        tags.insert(4, ("request.id", format!("{:016x}", chance.next())));
    }
    Span {
        trace_id: TraceId(u128::from(chance.next() | 1)),
        id: SpanId(chance.next() | 1),
        parent_id: (chance.below(16) > 0).then(|| SpanId(chance.next() | 1)),
        kind: if is_client { Kind::Client } else { Kind::Server },
        name: format!("get /api/v1/orders/{operation}"),
        start: FineMicros::from_us(1_790_000_000_000_000 + chance.below(1 << 30)),
        duration: FineMicros::from_us(200 + chance.below(100_000)),
        local: Endpoint {
            service: format!("service-{service}"),
            ipv4: Some(Ipv4Addr::new(10, 0, service as u8, instance as u8)),
            port: 8080,
            ..Endpoint::default()
        },
        remote: Endpoint { service: remote, ..Endpoint::default() },
        tags: tags.into_iter().map(|(key, value)| (key.to_owned(), Value::Str(value))).collect(),
        shared: !is_client && chance.below(2) == 0,
        ..Span::default()
    }
}

/// Numbers that look random and are the same each time (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

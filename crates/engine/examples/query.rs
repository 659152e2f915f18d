//! How long reads take on a store of this machine's disk.
//!
//! `query build DIR MILLIONS std|wild` makes a store of its own corpus, `query ask DIR [ROUNDS] [NAME]` asks any
//! store: traces by ids that are spread over all its time, and searches. `query find DIR FILTER ROUNDS` finds
//! the newest ten traces and reads them, with each service for `SERVICE` in the filter and other numbers for `NUMBER`.
//! `query hammer DIR SECONDS` appends to a new store at a steady pace, alone and then while a thread asks without pause.
//! Wall times are of one thread; CPU, reads of files and their bytes are that thread's, by the kernel's count.

use nines_base::{FineMicros, SpanId, SystemClock, Timestamp, TraceId};
use nines_engine::{Config, Engine, real_vfs};
use nines_span::{Endpoint, Kind, Span};
use nines_storage::contract::batch_of;
use nines_storage::{AggregateQuery, Dimension, SpanStore, TraceHit, TraceQuery, Window};
use nines_trace::filter::Filter;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Traces whose spans arrive mixed.
const TRACES_AT_ONCE: u64 = 200;
/// Spans of a batch.
const BATCH_SPANS: usize = 80;
/// Microseconds between two traces.
const TRACE_EVERY_US: u64 = 1_000;
/// Start of the first trace.
const FIRST_US: u64 = 1_795_000_000_000_000;
/// A million spans start in so long.
const COUNTED_US: u64 = 60_500_000;
/// Ids asked for.
const N_IDS: usize = 1_000;
/// Questions with another number each.
const N_NUMBERS: usize = 100;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["build", dir, millions, corpus] => {
            build(Path::new(dir), millions.parse().expect("millions"), corpus == "wild")
        }
        ["ask", dir, ref more @ ..] => {
            let rounds = more.first().map_or(1, |rounds| rounds.parse().expect("rounds"));
            ask(Path::new(dir), rounds, more.get(1).copied().unwrap_or(""));
        }
        ["find", dir, filter, rounds] => find_and_read(Path::new(dir), filter, rounds.parse().expect("rounds")),
        ["hammer", dir, seconds] => hammer(Path::new(dir), seconds.parse().expect("seconds")),
        _ => eprintln!(
            "query build DIR MILLIONS std|wild, query ask DIR [ROUNDS] [NAME], query find DIR FILTER ROUNDS, query hammer DIR SECONDS"
        ),
    }
}

fn open(dir: &Path) -> Engine {
    Engine::open(real_vfs(), dir, Config { block_files_max: 4096, ..Config::default() }, Arc::new(SystemClock))
        .expect("the store opens")
}

/// A small generator of numbers, the same each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    fn skewed(&mut self, n: u64) -> u64 {
        let roll = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((n as f64 * roll * roll * roll) as u64).min(n - 1)
    }
}

fn build(dir: &Path, millions: f64, wild: bool) {
    std::fs::create_dir_all(dir).expect("the directory is made");
    let started = Instant::now();
    let engine = open(dir);
    let wanted = (millions * 1e6) as u64;
    let (mut n_spans, mut trace) = (0u64, 0u64);
    while n_spans < wanted {
        let mut spans: Vec<Span> = (trace..trace + TRACES_AT_ONCE).flat_map(|trace| trace_of(trace, wild)).collect();
        trace += TRACES_AT_ONCE;
        spans.sort_by_key(|span| span.start.us + span.duration.us);
        for chunk in spans.chunks(BATCH_SPANS) {
            let arrived = Timestamp((chunk[0].start.us + chunk[0].duration.us) as i64);
            // A full queue says so; the blocks' thread needs a moment.
            while engine.append(&batch_of(chunk), arrived, Box::new(|_| {})).is_err() {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        n_spans += spans.len() as u64;
    }
    engine.close().expect("the store closes");
    println!("{n_spans} spans, {trace} traces in {:.1} s; {:?}", started.elapsed().as_secs_f64(), engine.stats());
}

/// Finds and reads, as a page of results does.
fn find_and_read(dir: &Path, filter: &str, rounds: usize) {
    let engine = open(dir);
    let services = engine.services().expect("services");
    let window = Window { from: Timestamp(0), to: Timestamp(i64::MAX) };
    let n_queries = if filter.contains("NUMBER") { N_NUMBERS } else { services.len() };
    let text = |at: usize| {
        filter.replace("SERVICE", &services[at % services.len()]).replace("NUMBER", &(100 + 9 * at).to_string())
    };
    let queries: Vec<TraceQuery> = (0..n_queries)
        .map(|at| Filter::parse(&text(at)).expect("a filter"))
        .map(|clause| TraceQuery { clauses: vec![clause], window, limit: 10, strict_trace_id: true })
        .collect();
    let find = |at: usize| engine.find(&queries[at]).expect("an answer").value;
    let read = |hit: &TraceHit| engine.trace(hit.trace_id, true).expect("a trace").value.len();
    for _ in 0..rounds {
        report("find", queries.len(), |at| timed(|| find(at).len()));
        report("find and read", queries.len(), |at| timed(|| find(at).iter().map(read).sum()));
    }
    engine.close().expect("the store closes");
}

/// Batches appended each second while readers hammer: 80 000 spans.
const BATCHES_PER_SECOND: u64 = 1_000;

/// How long appends take, and so how long they wait for readers.
fn hammer(dir: &Path, seconds: u64) {
    std::fs::create_dir_all(dir).expect("the directory is made");
    let engine = open(dir);
    let stop = AtomicBool::new(false);
    let mut trace = 0;
    append_steadily("appends, nobody asks", &engine, &mut trace, seconds);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let window = Window { from: Timestamp(0), to: Timestamp(i64::MAX) };
            let mut n_asked = 0u64;
            while !stop.load(Ordering::Relaxed) {
                let clauses = vec![Filter::parse("http.method=~^PATCH").expect("a filter")];
                let query = TraceQuery { clauses, window, limit: 10, strict_trace_id: true };
                engine.find(&query).expect("an answer");
                engine.visit_traces(window, &mut |_| n_asked += 1).expect("traces");
            }
            println!("  read {n_asked} traces meanwhile");
        });
        append_steadily("appends, one asks always", &engine, &mut trace, seconds);
        stop.store(true, Ordering::Relaxed);
    });
    engine.close().expect("the store closes");
}

fn append_steadily(name: &str, engine: &Engine, trace: &mut u64, seconds: u64) {
    let mut waiting: Vec<Vec<Span>> = Vec::new();
    let started = Instant::now();
    report(name, (seconds * BATCHES_PER_SECOND) as usize, |at| {
        if waiting.is_empty() {
            let spans: Vec<Span> = (*trace..*trace + TRACES_AT_ONCE).flat_map(|trace| trace_of(trace, false)).collect();
            *trace += TRACES_AT_ONCE;
            waiting = spans.chunks(BATCH_SPANS).map(<[Span]>::to_vec).collect();
        }
        let spans = waiting.pop().unwrap_or_default();
        let batch = batch_of(&spans);
        let due = Duration::from_micros(at as u64 * 1_000_000 / BATCHES_PER_SECOND);
        std::thread::sleep(due.saturating_sub(started.elapsed()));
        let begun = Instant::now();
        let taken = engine.append(&batch, Timestamp(FIRST_US as i64), Box::new(|_| {}));
        (usize::from(taken.is_ok()), begun.elapsed())
    });
}

fn trace_of(trace: u64, wild: bool) -> Vec<Span> {
    let chance = &mut Chance(trace.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let trace_id = TraceId(u128::from(chance.next()) << 64 | u128::from(chance.next()));
    let n_calls = 3 + chance.skewed(16);
    let mut spans = Vec::new();
    let mut ids = Vec::new();
    let start_us = FIRST_US + trace * TRACE_EVERY_US;
    for call in 0..n_calls {
        let service = chance.skewed(20);
        let remote = (service + 1 + chance.below(3)) % 20;
        let id = SpanId(chance.next());
        let parent = ids.get(chance.below(ids.len().max(1) as u64) as usize).copied();
        let at_us = start_us + call * 300 + chance.below(200);
        let server = span(chance, wild, Side { trace_id, id, parent, kind: Kind::Server, service, remote: 99, at_us });
        spans.push(server);
        let called = SpanId(chance.next());
        let side =
            Side { trace_id, id: called, parent: Some(id), kind: Kind::Client, service, remote, at_us: at_us + 50 };
        spans.push(span(chance, wild, side));
        if chance.below(2) == 0 {
            let mut other = span(chance, wild, Side { kind: Kind::Server, service: remote, remote: 99, ..side });
            other.shared = true;
            spans.push(other);
        }
        ids.push(called);
    }
    spans
}

/// One side of a call.
#[derive(Clone, Copy)]
struct Side {
    trace_id: TraceId,
    id: SpanId,
    parent: Option<SpanId>,
    kind: Kind,
    service: u64,
    remote: u64,
    at_us: u64,
}

fn span(chance: &mut Chance, wild: bool, side: Side) -> Span {
    let operation = chance.skewed(10);
    let instance = chance.below(5);
    let service = format!("service-{:02}", side.service);
    let path = format!("/api/v1/{service}/resource-{operation}/{}", 100_000 + chance.skewed(100_000));
    let mut tags = vec![
        ("host.name".to_owned(), format!("{service}-{instance}-{:08x}", side.service * 7919 + instance)),
        ("http.method".to_owned(), ["GET", "POST", "PUT"][operation as usize % 3].to_owned()),
        ("http.path".to_owned(), path),
        ("http.status_code".to_owned(), if chance.below(100) == 0 { "500" } else { "200" }.to_owned()),
        ("region".to_owned(), ["eu-west-1", "us-east-1", "ap-northeast-2"][side.service as usize % 3].to_owned()),
    ];
    if chance.below(10) == 0 {
        tags.push(("request.id".to_owned(), format!("{:016x}", chance.next())));
    }
    if chance.below(1000) == 0 {
        tags.push(("cause".to_owned(), format!("failure {}", chance.below(1000))));
    }
    if wild {
        let keys = [("opt.a", 4), ("opt.b", 1 << 10), ("opt.c", 1 << 30), ("opt.d", 50)];
        for (key, n_values) in keys {
            if chance.below(2) == 0 {
                tags.push((key.to_owned(), chance.below(n_values).to_string()));
            }
        }
    }
    tags.sort();
    let name = match wild {
        // Fifty thousand operations: 125 names for each resource of each service, on two sides.
        true => format!("get /resource-{operation}/{}", chance.skewed(125)),
        false => format!("get /resource-{operation}/{{id}}"),
    };
    let endpoint = |service: String| Endpoint { service, ..Endpoint::default() };
    Span {
        trace_id: side.trace_id,
        id: side.id,
        parent_id: side.parent,
        kind: side.kind,
        name,
        start: FineMicros::from_us(side.at_us),
        duration: FineMicros::from_us(200 + chance.skewed(40_000)),
        remote: endpoint(if side.remote < 99 { format!("service-{:02}", side.remote) } else { String::new() }),
        local: endpoint(service),
        tags: tags.into_iter().map(|(key, value)| (key, value.as_str().into())).collect(),
        ..Span::default()
    }
}

/// Nanoseconds of this thread on a processor.
fn cpu_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0)
}

/// Reads of files by this thread so far, and their bytes.
fn reads() -> (u64, u64) {
    let text = std::fs::read_to_string("/proc/thread-self/io").unwrap_or_default();
    let number = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok()).unwrap_or(0);
    (number("syscr:"), number("rchar:"))
}

/// Times of a question asked many times.
fn report(name: &str, n: usize, mut once: impl FnMut(usize) -> (usize, Duration)) {
    let (mut times_us, mut n_found) = (Vec::new(), 0);
    let (reads_before, cpu_before) = (reads(), cpu_ns());
    for at in 0..n {
        let (found, took) = once(at);
        n_found += found;
        times_us.push(took.as_micros() as u64);
    }
    let cpu_us = (cpu_ns() - cpu_before) / 1000 / n as u64;
    let (n_reads, n_bytes) = (reads().0 - reads_before.0, reads().1 - reads_before.1);
    let (n_reads, read_kb) = (n_reads as f64 / n as f64, n_bytes as f64 / 1e3 / n as f64);
    times_us.sort_unstable();
    let at = |part: f64| times_us[((n - 1) as f64 * part) as usize];
    let (p50, p99, max) = (at(0.5), at(0.99), at(1.0));
    println!(
        "{name:<24} n {n:>5}  found {n_found:>6}  p50 {p50:>8} us  p99 {p99:>8} us  max {max:>8} us  cpu {cpu_us:>8} us  \
         reads {n_reads:>7.1}  {read_kb:>8.1} kB"
    );
}

/// Times a question.
fn timed(question: impl FnOnce() -> usize) -> (usize, Duration) {
    let started = Instant::now();
    let n_found = question();
    (n_found, started.elapsed())
}

fn ask(dir: &Path, rounds: usize, only: &str) {
    let started = Instant::now();
    let engine = open(dir);
    let stats = engine.stats();
    println!("opened in {:.3} s: {} spans, {} bytes", started.elapsed().as_secs_f64(), stats.spans, stats.disk_bytes);
    let everything = Window { from: Timestamp(0), to: Timestamp(i64::MAX) };
    let find = |text: &str, limit: usize, window: Window| {
        let clauses = if text.is_empty() { vec![] } else { vec![Filter::parse(text).expect("a filter")] };
        let answer = engine.find(&TraceQuery { clauses, window, limit, strict_trace_id: true }).expect("an answer");
        if !answer.is_whole() {
            println!("  partial: {:?}", answer.gaps);
        }
        answer.value
    };
    let wanted = |name: &str| name.contains(only);
    if wanted("trace by id") {
        let newest = find("", 1, everything)[0].time_us;
        let mut back = 1u64 << 20;
        while !find("", 1, Window { to: Timestamp((newest.saturating_sub(back)) as i64), ..everything }).is_empty() {
            back <<= 1;
        }
        let chance = &mut Chance(7);
        let mut ids = Vec::new();
        for _ in 0..20 * N_IDS {
            let to = newest - chance.below(back);
            ids.extend(find("", 1, Window { to: Timestamp(to as i64), ..everything }).first().map(|hit| hit.trace_id));
            if ids.len() == N_IDS {
                break;
            }
        }
        for _ in 0..rounds {
            report("trace by id", ids.len(), |at| timed(|| engine.trace(ids[at], true).expect("a trace").value.len()));
        }
        report("trace that is not there", ids.len(), |at| {
            timed(|| engine.trace(TraceId(ids[at].0 ^ 0x5555), true).expect("an answer").value.len())
        });
    }
    let services = engine.services().expect("services");
    let service = |at: usize| &services[at % services.len()];
    for _ in 0..rounds {
        for (name, n, text) in [
            ("newest 10 by service", 200, "service=SERVICE"),
            ("and a rare tag", 100, "service=SERVICE cause=\"failure 7\""),
            ("and a unique value", 20, "service=SERVICE request.id=ffffffffffffffff"),
            ("absent value", 20, "http.path=/nowhere"),
            ("absent tag", 20, "no.such.tag=1"),
            ("long duration, no hit", 20, "duration>1h"),
            ("rare duration", 20, "duration>40100us"),
            ("regex, no hit", 1, "http.method=~^PATCH"),
        ] {
            if wanted(name) {
                report(name, n, |at| timed(|| find(&text.replace("SERVICE", service(at)), 10, everything).len()));
            }
        }
    }
    if wanted("aggregate") {
        let to_us = find("", 1, everything)[0].time_us;
        let by = vec![Dimension::Service, Dimension::Op];
        let from_us = to_us - COUNTED_US;
        let window = Window { from: Timestamp(from_us as i64), to: Timestamp(to_us as i64) };
        let query =
            AggregateQuery::new(Filter::parse("").expect("a filter"), window, by, 1000, true).expect("a question");
        report("aggregate", 10 * rounds, |_| {
            timed(|| engine.aggregate(&query).expect("an answer").value.total.spans as usize)
        });
    }
    engine.close().expect("the store closes");
}

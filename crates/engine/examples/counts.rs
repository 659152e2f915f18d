//! How long aggregates and links take on a store of this machine's disk.
//!
//! `counts DIR [ROUNDS]` asks any store, for example one that the example `query` built: first of all its
//! spans, then of a window with about a million. Wall times are of one thread; CPU is that thread's, by
//! the kernel's count.

use nines_base::{SystemClock, Timestamp};
use nines_engine::{Config, Engine, real_vfs};
use nines_storage::{AggregateQuery, Dimension, SpanStore, TraceQuery, Window};
use nines_trace::filter::Filter;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Spans that the narrower window is to hold, about.
const SPANS_WANTED: u64 = 1_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(dir) = arguments.first() else { return eprintln!("counts DIR [ROUNDS]") };
    let rounds = arguments.get(1).map_or(5, |rounds| rounds.parse().expect("rounds"));
    let engine = Engine::open(real_vfs(), Path::new(dir), Config::default(), Arc::new(SystemClock)).expect("a store");
    let stats = engine.stats();
    println!("{} spans, {} bytes", stats.spans, stats.disk_bytes);
    let everything = Window { from: Timestamp(0), to: Timestamp(i64::MAX) };
    let to_us = newest_us(&engine, everything);
    let mut over_us = 1_000_000;
    while over_us < to_us
        && n_spans(&engine, Window { from: Timestamp((to_us - over_us) as i64), ..everything }) < SPANS_WANTED
    {
        over_us = over_us * 5 / 4;
    }
    let narrow = Window { from: Timestamp(to_us.saturating_sub(over_us) as i64), to: Timestamp(to_us as i64) };
    links(&engine, "links of all, first", everything, 1);
    links(&engine, "links of all", everything, rounds);
    links(&engine, "links of a million", narrow, rounds);
    let inner = |nth: i64| Window { from: Timestamp(narrow.from.0 + nth * 1_000_003), ..narrow };
    report("links, window moving", rounds, |nth| engine.links(inner(nth as i64)).expect("links").value.len() as u64);
    let step_us = over_us / 60 + 1;
    let map = vec![Dimension::Time { step_us }, Dimension::Duration { buckets_log2: 1 }];
    for (name, filter, by, histogram) in [
        ("total", "", vec![], false),
        ("by service", "", vec![Dimension::Service], false),
        ("by service, histogram", "", vec![Dimension::Service], true),
        ("by service, op, error", "", vec![Dimension::Service, Dimension::Op, Dimension::Error], false),
        ("by a tag", "", vec![Dimension::Tag("http.method".into())], false),
        ("by a tag of text", "", vec![Dimension::Tag("http.path".into())], false),
        ("time by duration", "", map, false),
        ("errors by a tag", "error", vec![Dimension::Tag("host.name".into())], false),
        ("slow by service", "duration>5ms", vec![Dimension::Service], false),
        ("a code by service", "http.status_code=200", vec![Dimension::Service], false),
    ] {
        let filter = Filter::parse(filter).expect("a filter");
        let query = AggregateQuery::new(filter, narrow, by, 1000, histogram).expect("a question");
        report(name, rounds, |_| {
            let answer = engine.aggregate(&query).expect("a count");
            answer.gaps.iter().for_each(|gap| println!("  partial: {gap:?}"));
            answer.value.total.spans
        });
    }
    engine.close().expect("the store closes");
}

fn newest_us(engine: &Engine, window: Window) -> u64 {
    let query = TraceQuery { clauses: Vec::new(), window, limit: 1, strict_trace_id: true };
    engine.find(&query).expect("an answer").value.first().map_or(0, |hit| hit.time_us)
}

fn n_spans(engine: &Engine, window: Window) -> u64 {
    let query =
        AggregateQuery::new(Filter::parse("").expect("a filter"), window, vec![], 1, false).expect("a question");
    engine.aggregate(&query).expect("a count").value.total.spans
}

fn links(engine: &Engine, name: &str, window: Window, rounds: usize) {
    report(name, rounds, |_| {
        let answer = engine.links(window).expect("links");
        answer.gaps.iter().for_each(|gap| println!("  partial: {gap:?}"));
        answer.value.iter().map(|link| link.calls).sum()
    });
}

/// Nanoseconds of this thread on a processor.
fn cpu_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0)
}

/// Times of a question asked several times.
fn report(name: &str, n: usize, mut once: impl FnMut(usize) -> u64) {
    let (mut times_us, mut found) = (Vec::new(), 0);
    let cpu_before = cpu_ns();
    for nth in 0..n {
        let started = Instant::now();
        found = once(nth);
        times_us.push(started.elapsed().as_micros() as u64);
    }
    let cpu_us = (cpu_ns() - cpu_before) / 1000 / n as u64;
    times_us.sort_unstable();
    let (p50, max) = (times_us[(n - 1) / 2], times_us[n - 1]);
    println!("{name:<24} n {n:>3}  found {found:>10}  p50 {p50:>8} us  max {max:>8} us  cpu {cpu_us:>8} us");
}

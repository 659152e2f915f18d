//! What counting costs a span: 1 000 SLOs over 3 000 operations, each span of a trace of its own.
//!
//! `cargo run --release -p nines-slo --example count_speed` prints nanoseconds a span for spans that no SLO concerns, for
//! those that one concerns, and for a mix of which a third does; the best of nine rounds. An argument such as
//! `'retries: last'` or `'groupBy: http.status_code'` stands beside the `where` of every total.
//!
//! Before that, what names with ids in them cost: spans of as many operations as are kept, each met for the first time, and of
//! operations beyond, with the memory that is taken after each; by the 1 000 SLOs, of which none concerns them, and by 100
//! that each of them may concern. All times are of CPU.

mod cpu_time;

use nines_base::{FineMicros, SpanId, Timestamp, TraceId};
use nines_slo::count::Counter;
use nines_slo::model::Definitions;
use nines_slo::openslo::{self, Mode, SourceFile};
use nines_span::{Endpoint, Kind, Span, Value};
use std::hint::black_box;
use std::time::Duration;

const N_SLOS: usize = 1000;
const N_OPERATIONS: usize = 3000;
const N_SPANS: usize = 100_000;
const NOW_S: u64 = 1_790_000_000;
/// SLOs that may concern any operation, and operations that names with ids in them make.
const N_BROAD: usize = 100;
const N_WILD: usize = 60_000;

fn main() {
    let rule = std::env::args().nth(1).map(|rule| format!(", {rule}")).unwrap_or_default();
    let narrow = |number: usize| format!("service=service-{} kind=server op=operation-{number}", number / 10);
    let definitions = load((0..N_SLOS).map(|number| slo(number, &narrow(number), &rule)));
    let broad = load((0..N_BROAD).map(|number| slo(number, &format!("kind=server shop={number}"), &rule)));
    // Before anything leaves memory behind that could be used again.
    meet_wild("1000 SLOs, none of them concerned", &definitions);
    meet_wild("100 SLOs, each asked", &broad);
    for (name, operation) in [
        ("no SLO", (|n| N_SLOS + n % (N_OPERATIONS - N_SLOS)) as fn(usize) -> usize),
        ("one SLO", |n| n % N_SLOS),
        ("a third", |n| n * 7 % N_OPERATIONS),
    ] {
        let mut spans: Vec<Span> = (0..N_SPANS).map(|n| span(n, operation(n))).collect();
        let mut counter = Counter::new(&definitions);
        let mut best = Duration::MAX;
        for round in 0..10u64 {
            spans.iter_mut().for_each(|span| span.trace_id.0 += 1 << 40);
            let before = cpu_time::used();
            spans.iter().for_each(|span| counter.observe(Timestamp::from_secs(NOW_S as i64), span));
            black_box(counter.take_delta());
            if round > 0 {
                best = best.min(cpu_time::used() - before);
            }
        }
        println!("{name}: {:.1} ns a span", best.as_secs_f64() * 1e9 / N_SPANS as f64);
    }
}

/// Spans of operations that nobody met before, until more came than are kept.
fn meet_wild(name: &str, definitions: &Definitions) {
    // Made before and kept until the end, so that what is taken meanwhile is the counter's.
    let spans: Vec<Span> = (0..3 * N_WILD).map(wild_span).collect();
    let mut counter = Counter::new(definitions);
    for (which, spans) in ["first met", "beyond, in part", "beyond"].into_iter().zip(spans.chunks(N_WILD)) {
        let (held_kb, before) = (resident_kb(), cpu_time::used());
        spans.iter().for_each(|span| counter.observe(Timestamp::from_secs(NOW_S as i64), span));
        let each_ns = (cpu_time::used() - before).as_secs_f64() * 1e9 / N_WILD as f64;
        println!("{name}, {which}: {each_ns:.0} ns a span, {} kB more", resident_kb().saturating_sub(held_kb));
    }
    black_box(counter.take_delta());
}

fn wild_span(n: usize) -> Span {
    Span { name: format!("order-{n}"), ..span(n, n % N_OPERATIONS) }
}

fn resident_kb() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

fn load(slos: impl Iterator<Item = String>) -> Definitions {
    let bytes = slos.collect::<String>().into_bytes();
    let loaded = openslo::load(&[SourceFile { name: "slos.yaml".into(), bytes }], Mode::Spec);
    assert!(loaded.usable(), "{:?}", loaded.findings.first());
    loaded.definitions
}

fn span(n: usize, operation: usize) -> Span {
    Span {
        trace_id: TraceId((n as u128 + 1) * 0x9e37_79b9_7f4a_7c15),
        id: SpanId(n as u64 + 1),
        kind: Kind::Server,
        name: format!("operation-{operation}"),
        start: FineMicros::from_us(NOW_S * 1_000_000 - 1_000_000 - n as u64 % 5_000_000),
        duration: FineMicros::from_us(100_000),
        local: Endpoint { service: format!("service-{}", operation / 10), ..Endpoint::default() },
        tags: vec![("http.status_code".into(), Value::Int(if n.is_multiple_of(100) { 503 } else { 200 }))],
        ..Span::default()
    }
}

fn slo(number: usize, filter: &str, rule: &str) -> String {
    format!(
        "---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: slo-{number} }}\nspec:\n  service: service-{}\n  \
         indicator:\n    metadata: {{ name: sli }}\n    spec:\n      ratioMetric:\n        \
         good: {{ metricSource: {{ type: spans, spec: {{ where: '{filter} !error' }} }} }}\n        \
         total: {{ metricSource: {{ type: spans, spec: {{ where: '{filter}'{rule} }} }} }}\n  \
         timeWindow: [ {{ duration: 28d, isRolling: true }} ]\n  budgetingMethod: Occurrences\n  \
         objectives: [ {{ target: 0.999 }} ]\n",
        number / 10
    )
}

//! What counting costs a span: 1 000 SLOs over 3 000 operations, each span of a trace of its own.
//!
//! `cargo run --release -p nines-slo --example count_speed` prints nanoseconds a span for spans that no SLO concerns, for
//! those that one concerns, and for a mix of which a third does; the best of nine rounds. An argument such as
//! `'retries: last'` or `'groupBy: http.status_code'` stands beside the `where` of every total.

use nines_base::{FineMicros, SpanId, Timestamp, TraceId};
use nines_slo::count::Counter;
use nines_slo::openslo::{self, Mode, SourceFile};
use nines_span::{Endpoint, Kind, Span, Value};
use std::hint::black_box;
use std::time::{Duration, Instant};

const N_SLOS: usize = 1000;
const N_OPERATIONS: usize = 3000;
const N_SPANS: usize = 100_000;
const NOW_S: u64 = 1_790_000_000;

fn main() {
    let rule = std::env::args().nth(1).map(|rule| format!(", {rule}")).unwrap_or_default();
    let text: String = (0..N_SLOS).map(|number| slo(number, &rule)).collect();
    let loaded = openslo::load(&[SourceFile { name: "slos.yaml".into(), bytes: text.into_bytes() }], Mode::Spec);
    assert!(loaded.usable(), "{:?}", loaded.findings.first());
    for (name, operation) in [
        ("no SLO", (|n| N_SLOS + n % (N_OPERATIONS - N_SLOS)) as fn(usize) -> usize),
        ("one SLO", |n| n % N_SLOS),
        ("a third", |n| n * 7 % N_OPERATIONS),
    ] {
        let mut spans: Vec<Span> = (0..N_SPANS).map(|n| span(n, operation(n))).collect();
        let mut counter = Counter::new(&loaded.definitions);
        let mut best = Duration::MAX;
        for round in 0..10u64 {
            spans.iter_mut().for_each(|span| span.trace_id.0 += 1 << 40);
            let started = Instant::now();
            spans.iter().for_each(|span| counter.observe(Timestamp::from_secs(NOW_S as i64), span));
            black_box(counter.take_delta());
            if round > 0 {
                best = best.min(started.elapsed());
            }
        }
        println!("{name}: {:.1} ns a span", best.as_secs_f64() * 1e9 / N_SPANS as f64);
    }
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

fn slo(number: usize, rule: &str) -> String {
    let filter = format!("service=service-{} kind=server op=operation-{number}", number / 10);
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

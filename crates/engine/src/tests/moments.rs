//! Claims about queries while spans come in: whole batches, one moment, nobody waits long.

use super::rig::*;
use crate::{Config, Engine};
use nines_base::{SpanId, Timestamp, TraceId};
use nines_span::Span;
use nines_storage::contract::{batch_of, span};
use nines_storage::{SpanStore, TraceQuery, Window};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Traces that every batch has a span of; they spread over the shards.
const N_TRACES: u128 = 12;

/// Queries after which a store that does not grow is given up.
const N_ASKED_MAX: u64 = 10_000;

/// Batches that writers may be ahead of each query: the queries read all there is each time.
const N_BATCHES_AHEAD: u64 = 16;

fn everything() -> Window {
    Window { from: Timestamp(0), to: Timestamp(i64::MAX) }
}

fn batch(number: u64) -> Vec<Span> {
    (1..=N_TRACES).map(|trace| Span { id: SpanId(number), ..span(trace, number, "web") }).collect()
}

fn append(engine: &Engine, number: u64) {
    engine.append(&batch_of(&batch(number)), NOW, Box::new(|_| {})).unwrap();
}

/// Batches that each trace shows, by one query of all.
fn batches_seen(engine: &Engine) -> Vec<BTreeSet<u64>> {
    let mut seen = Vec::new();
    let gaps = engine
        .visit_traces(everything(), &mut |spans| seen.push(spans.iter().map(|span| span.id.0).collect()))
        .unwrap();
    assert!(gaps.is_empty());
    seen
}

#[test]
fn snp_1_a_query_sees_whole_batches_while_others_come_in() {
    let engine = open_new(Config { threads: true, n_shards: 4, segment_spans: 200, ..config() });
    let (next, asked, stop) = (AtomicU64::new(1), AtomicU64::new(0), AtomicBool::new(false));
    let mut sizes = BTreeSet::new();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let is_ahead = next.load(Ordering::Relaxed) > N_BATCHES_AHEAD * (asked.load(Ordering::Relaxed) + 1);
                    if is_ahead {
                        std::thread::yield_now();
                        continue;
                    }
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    // Blocks may be written more slowly than batches come; then this one is left out.
                    let _ = engine.append(&batch_of(&batch(number)), NOW, Box::new(|_| {}));
                    std::thread::yield_now();
                }
            });
        }
        for n_asked in 0.. {
            asked.store(n_asked, Ordering::Relaxed);
            let seen = batches_seen(&engine);
            let first = seen.first().cloned().unwrap_or_default();
            assert!(seen.is_empty() || seen.len() as u128 == N_TRACES, "{} traces", seen.len());
            assert!(seen.iter().all(|batches| *batches == first), "half a batch was seen");
            if !sizes.insert(first.len()) {
                // The writers' turn: on a busy machine they may not even have begun.
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            // Three sizes prove that the store grew between queries, whatever the threads' turns are.
            if n_asked >= 40 && sizes.len() >= 3 || n_asked == N_ASKED_MAX {
                break;
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(sizes.len() >= 3, "the store did not grow");
    engine.close().unwrap();
}

#[test]
fn snp_1_a_query_does_not_see_what_comes_while_it_hands_out() {
    for segment_spans in [10, 1_000_000] {
        let engine = open_new(Config { segment_spans, ..config() });
        append(&engine, 1);
        let mut next = 2;
        let mut seen: Vec<usize> = Vec::new();
        let mut visit = |spans: &[Span]| {
            seen.push(spans.len());
            // The visitor itself stores more: spans of the same traces, an earlier root among them, and new traces.
            append(&engine, next);
            engine.append(&batch_of(&[span(100 + u128::from(next), 1, "api")]), NOW, Box::new(|_| {})).unwrap();
            engine.turn();
            next += 1;
        };
        engine.visit_traces(everything(), &mut visit).unwrap();
        assert_eq!(seen, vec![1; N_TRACES as usize], "segments of {segment_spans}");
        assert_eq!(engine.trace(TraceId(3), true).unwrap().value.len(), N_TRACES as usize + 1);
    }
}

#[test]
fn what_a_sender_was_told_of_is_seen_at_once() {
    let engine = open_new(Config { threads: true, n_shards: 4, linger: std::time::Duration::ZERO, ..config() });
    let query = |limit| TraceQuery { clauses: Vec::new(), window: everything(), limit, strict_trace_id: true };
    for number in 1..200 {
        let (told, done) = std::sync::mpsc::channel();
        let spans = [span(u128::from(number) * 2, number, "web"), span(u128::from(number) * 2 + 1, number, "web")];
        engine.append(&batch_of(&spans), NOW, Box::new(move |_| told.send(()).unwrap())).unwrap();
        done.recv().unwrap();
        let newest = engine.find(&query(2)).unwrap().value;
        assert!(newest.iter().all(|hit| hit.time_us == number * 1_000_000), "{number}: {newest:?}");
    }
    engine.close().unwrap();
}

#[test]
fn many_ids_that_share_a_half_are_taken_and_found_in_time() {
    let engine = open_new(Config { n_shards: 1, ..config() });
    let n_ids = 40_000u128;
    let spans: Vec<Span> = (0..n_ids).map(|high| span(high << 64 | 7, 1, "web")).collect();
    // A look-up that went through all of them would compare 800 million ids.
    for chunk in spans.chunks(1000) {
        put(&engine, chunk);
    }
    for high in [0, 1, n_ids / 2, n_ids - 1] {
        assert_eq!(engine.trace(TraceId(high << 64 | 7), true).unwrap().value.len(), 1);
    }
    assert!(engine.trace(TraceId(n_ids << 64 | 7), true).unwrap().value.is_empty());
    assert_eq!(engine.trace(TraceId(7), false).unwrap().value.len() as u128, n_ids);
}

//! Closing, opening, days and sizes.

use super::rig::*;
use crate::{Config, Engine, Pins, real_vfs};
use nines_base::vfs::{SimVfs, Vfs};
use nines_base::{Clock, DurationUs, SystemClock, Timestamp, TraceId};
use nines_storage::contract::{append, full_otlp_span, span};
use nines_storage::{SpanStore, TraceQuery, Window};
use std::sync::Arc;

fn days(vfs: &SimVfs) -> Vec<String> {
    vfs.list(&dir().join("blocks")).unwrap().into_iter().map(|entry| entry.name).collect()
}

#[test]
fn a_clean_close_leaves_blocks_only_and_opens_with_everything() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, config()).unwrap();
    put(&engine, &[span(1, 1, "web"), full_otlp_span()]);
    engine.close().unwrap();
    drop(engine);
    let report = Engine::check(Arc::new(vfs.clone()), dir(), &mut |_| {}).unwrap();
    assert!(report.damage.is_empty() && report.torn_ends.is_empty());
    assert_eq!(report.n_spans, 2);
    let engine = open(&vfs, config()).unwrap();
    assert_eq!(engine.trace(full_otlp_span().trace_id, true).unwrap().value, [full_otlp_span()]);
    assert_eq!(engine.services().unwrap(), ["web"]);
    assert_eq!(engine.stats().spans, 2);
}

#[test]
fn a_start_may_use_another_number_of_shards() {
    let vfs = SimVfs::new();
    let mut ids = Vec::new();
    for (round, n_shards) in [2, 8, 1, 3].into_iter().enumerate() {
        let engine = open(&vfs, Config { n_shards, ..config() }).unwrap();
        for id in 0..20 {
            let trace_id = round as u128 * 100 + id + 1;
            ids.push(TraceId(trace_id));
            put(&engine, &[span(trace_id, 1, "web"), span(7777, trace_id as u64, "api")]);
        }
        assert_eq!(stored(&engine, ids.clone()).len(), ids.len());
        assert_eq!(engine.trace(TraceId(7777), true).unwrap().value.len(), ids.len());
        drop(engine);
        vfs.crash(round as u64);
    }
}

#[test]
fn a_new_day_begins_a_new_generation_and_blocks_lie_by_the_day_they_arrived() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, config()).unwrap();
    let day = DurationUs::from_secs(86_400);
    // Spans of any time; what counts is when they came. The clock goes back once.
    for (id, arrived) in [(1, NOW), (2, NOW + day), (3, NOW + day), (4, NOW), (5, NOW + day + day)] {
        let outcome = send(&engine, arrived, &[span(id, 1, "web")]).unwrap();
        engine.turn();
        assert!(outcome.is_acknowledged());
    }
    engine.close().unwrap();
    assert_eq!(days(&vfs), ["2026-11-25", "2026-11-26", "2026-11-27"]);
}

#[test]
fn retention_takes_whole_days_and_what_exceeds_the_bytes() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, config()).unwrap();
    let day = DurationUs::from_secs(86_400);
    let mut now = NOW;
    for id in 1..=5 {
        let outcome = send(&engine, now, &[span(id, 1, "web")]).unwrap();
        engine.turn();
        assert!(outcome.is_acknowledged());
        now = now + day;
    }
    // Day 5 is still open; it is sealed because its day is over.
    let retained = engine.retain(now, Some(DurationUs(day.0 * 3)), None, &Pins::default()).unwrap();
    engine.turn();
    assert_eq!((retained.n_blocks, retained.n_spans), (2, 2), "those of days 1 and 2");
    assert_eq!(days(&vfs).len(), 3);
    assert!(engine.trace(TraceId(2), true).unwrap().value.is_empty());
    let one_block = retained.n_bytes / 2;
    engine.retain(now, None, Some(engine.stats().disk_bytes - one_block), &Pins::default()).unwrap();
    assert_eq!(stored(&engine, (1..=5).map(TraceId)).len(), 2);
    let query = TraceQuery {
        clauses: Vec::new(),
        window: Window { from: Timestamp(0), to: Timestamp(i64::MAX) },
        limit: 10,
        strict_trace_id: true,
    };
    assert_eq!(engine.find(&query).unwrap().value.len(), 2);
}

#[test]
fn the_real_disk_and_real_threads_keep_what_they_acknowledge() {
    let root = std::env::temp_dir().join(format!("nines-engine-{}", std::process::id()));
    let config = || Config { segment_spans: 500, reserve_bytes: 0, ..Config::default() };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let mut n_sent = 0;
    for round in 0..3 {
        let engine = Arc::new(Engine::open(real_vfs(), &root, config(), clock.clone()).unwrap());
        assert_eq!(engine.stats().spans, n_sent);
        std::thread::scope(|scope| {
            for sender in 0..4u128 {
                let engine = engine.clone();
                scope.spawn(move || {
                    for batch_idx in 0..30u64 {
                        let trace_id = u128::from(round * 1000 + batch_idx) * 4 + sender + 1;
                        let spans: Vec<_> = (1..=20).map(|id| span(trace_id, id, "web")).collect();
                        append(&*engine, &spans);
                    }
                });
            }
        });
        n_sent += 4 * 30 * 20;
        assert_eq!(engine.trace(TraceId(u128::from(round * 1000 + 29) * 4 + 4), true).unwrap().value.len(), 20);
        if round < 2 {
            engine.close().unwrap();
        }
    }
    let report = Engine::check(real_vfs(), &root, &mut |_| {}).unwrap();
    assert!(report.damage.is_empty(), "{:?}", report.damage);
    assert_eq!(report.n_spans, n_sent);
    std::fs::remove_dir_all(&root).unwrap();
}

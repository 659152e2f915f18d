//! Power loss at every operation, with every fate of what was not durable.

use super::rig::*;
use crate::Config;
use nines_base::TraceId;
use nines_base::vfs::SimVfs;
use nines_span::{Span, SpanFields};
use nines_storage::contract::{full_otlp_span, full_zipkin_span, span};
use nines_storage::{Position, SpanFeed, SpanStore};
use std::collections::{BTreeMap, BTreeSet};

const N_BATCHES: u64 = 12;

fn small() -> Config {
    // Rotations and blocks happen every few batches; a consumer keeps some inbox files alive.
    Config { segment_spans: 6, consumers: vec!["slo".into()], ..config() }
}

fn batch(batch_idx: u64) -> Vec<Span> {
    let id = batch_idx * 10 + 1;
    let mut spans = vec![
        span(u128::from(batch_idx % 5 + 1), id, "web"),
        span(77, id + 1, "api"),
        span(u128::from(id) + 1000, id, "db"),
    ];
    if batch_idx.is_multiple_of(4) {
        spans.extend([full_otlp_span(), full_zipkin_span()]);
    }
    spans
}

/// Appends batches until the power goes. Returns those acknowledged, and those merely sent.
fn load(vfs: &SimVfs) -> (BTreeSet<u64>, BTreeSet<u64>) {
    let mut sent = BTreeSet::new();
    let mut outcomes = Vec::new();
    let Ok(engine) = open(vfs, small()) else { return (BTreeSet::new(), sent) };
    let mut position = Position::default();
    for batch_idx in 0..N_BATCHES {
        // The outcome may come with the append itself, so what was sent counts before it.
        sent.insert(batch_idx);
        let Ok(outcome) = send(&engine, NOW, &batch(batch_idx)) else { break };
        if batch_idx % 3 != 1 {
            engine.turn();
        }
        if batch_idx % 4 == 3 {
            position = engine.read_after(&position, 1000, &mut |_, _| {}).unwrap();
            engine.release("slo", &position);
        }
        outcomes.push((batch_idx, outcome));
    }
    let acknowledged = outcomes.iter().filter(|(_, outcome)| outcome.is_acknowledged());
    (acknowledged.map(|(batch_idx, _)| *batch_idx).collect(), sent)
}

/// Spans of some batches, each kind of span once: what reads must give.
fn texts(batches: &BTreeSet<u64>) -> BTreeSet<String> {
    sorted_texts(batches.iter().flat_map(|batch_idx| batch(*batch_idx))).into_iter().collect()
}

fn trace_ids() -> BTreeSet<TraceId> {
    (0..N_BATCHES).flat_map(batch).map(|span| span.trace_id).collect()
}

fn verify(vfs: &SimVfs, acknowledged: &BTreeSet<u64>, sent: &BTreeSet<u64>, case: &str) {
    let engine = open(vfs, small()).unwrap_or_else(|error| panic!("{case}: {error}"));
    assert!(engine.damage().is_empty(), "{case}: {:?}", engine.damage());
    for stage in ["at once", "after the blocks are written"] {
        let read = stored(&engine, trace_ids());
        let distinct: BTreeSet<String> = read.iter().cloned().collect();
        assert_eq!(distinct.len(), read.len(), "{case}, {stage}: a span twice");
        let missing: Vec<_> = texts(acknowledged).difference(&distinct).cloned().collect();
        assert!(missing.is_empty(), "{case}, {stage}: acknowledged and lost: {missing:?}");
        let invented: Vec<_> = distinct.difference(&texts(sent)).cloned().collect();
        assert!(invented.is_empty(), "{case}, {stage}: never sent: {invented:?}");
        engine.turn();
    }
    // The store goes on.
    put(&engine, &batch(0));
    engine.close().unwrap_or_else(|error| panic!("{case}: {error}"));
}

#[test]
fn wal_1_acknowledged_batches_survive_every_crash_point() {
    let vfs = SimVfs::new();
    load(&vfs);
    let n_ops = vfs.n_ops();
    assert!(n_ops > 60, "the load does enough to be worth crashing: {n_ops}");
    for crash_after in 0..=n_ops {
        for seed in 0..6 {
            let vfs = SimVfs::new();
            vfs.crash_after(crash_after);
            let (acknowledged, sent) = load(&vfs);
            vfs.crash(seed);
            verify(&vfs, &acknowledged, &sent, &format!("crash after operation {crash_after}, seed {seed}"));
        }
    }
}

#[test]
fn wal_1_a_group_torn_in_any_sectors_is_cut_off_without_alarm() {
    let many = |from: u64| (from..from + 60).map(|id| span(u128::from(id), id, "web")).collect::<Vec<_>>();
    let acknowledged_ids = || (1..121).map(TraceId);
    let mut n_cut = 0;
    for seed in 0..300 {
        let vfs = SimVfs::new();
        let engine = open(&vfs, config()).unwrap();
        put(&engine, &many(1));
        put(&engine, &many(61));
        // Several records in one group of many sectors; the power goes after the write, before its sync.
        let sent: Vec<_> = (0..4).map(|batch_idx| send(&engine, NOW, &many(200 + batch_idx * 60)).unwrap()).collect();
        vfs.crash_after(vfs.n_ops() + 1);
        engine.turn();
        assert!(sent.iter().all(|outcome| !outcome.is_acknowledged()));
        drop(engine);
        vfs.crash(seed);
        let engine = open(&vfs, config()).unwrap();
        assert!(engine.damage().is_empty(), "seed {seed}: {:?}", engine.damage());
        assert_eq!(stored(&engine, acknowledged_ids()).len(), 120, "seed {seed}");
        let left = stored(&engine, (200..440).map(TraceId)).len();
        n_cut += usize::from(left < 240);
    }
    assert!(n_cut > 100, "{n_cut}");
}

#[test]
fn wal_1_a_second_crash_while_recovering_loses_nothing_either() {
    let vfs = SimVfs::new();
    load(&vfs);
    let n_ops = vfs.n_ops();
    for crash_after in (n_ops / 3..=n_ops).step_by(3) {
        for seed in 0..2 {
            for crash_again in 0..24 {
                let vfs = SimVfs::new();
                vfs.crash_after(crash_after);
                let (acknowledged, sent) = load(&vfs);
                vfs.crash(seed);
                vfs.crash_after(vfs.n_ops() + crash_again);
                if let Ok(engine) = open(&vfs, small()) {
                    engine.turn();
                }
                vfs.crash(seed + 1);
                verify(&vfs, &acknowledged, &sent, &format!("crashes {crash_after}, {crash_again}, seed {seed}"));
            }
        }
    }
}

#[test]
fn seg_1_blocks_are_complete_or_absent_at_every_crash_point() {
    let vfs = SimVfs::new();
    load(&vfs);
    let n_ops = vfs.n_ops();
    for crash_after in 0..=n_ops {
        let vfs = SimVfs::new();
        vfs.crash_after(crash_after);
        load(&vfs);
        vfs.crash(crash_after);
        let Ok(report) = crate::Engine::check(std::sync::Arc::new(vfs.clone()), dir(), &mut |_| {}) else { continue };
        assert!(report.damage.is_empty(), "crash after operation {crash_after}: {:?}", report.damage);
    }
}

#[test]
fn a_consumer_that_starts_over_after_a_crash_sees_each_durable_span_once() {
    let vfs = SimVfs::new();
    load(&vfs);
    for crash_after in 10..=vfs.n_ops() {
        let vfs = SimVfs::new();
        vfs.crash_after(crash_after);
        let (acknowledged, sent) = load(&vfs);
        vfs.crash(crash_after);
        // Nothing was released before the first release, so all that is in the inbox from the start on is there.
        let engine = open(&vfs, small()).unwrap();
        let mut counts: BTreeMap<(TraceId, u64), u64> = BTreeMap::new();
        let mut position = Position::default();
        loop {
            let before = position.clone();
            let mut visit = |_, span: &dyn SpanFields| *counts.entry((span.trace_id(), span.id().0)).or_default() += 1;
            position = engine.read_after(&position, 3, &mut visit).unwrap();
            if position == before {
                break;
            }
        }
        // The first release comes with the fourth batch; until then the inbox has everything.
        if sent.len() <= 3 {
            for span in acknowledged.iter().flat_map(|batch_idx| batch(*batch_idx)) {
                assert!(counts.contains_key(&(span.trace_id, span.id.0)), "crash after operation {crash_after}");
            }
        }
        // Batches 0, 4 and 8 repeat two spans; nothing else comes twice.
        let repeated = [full_otlp_span(), full_zipkin_span()].map(|span| (span.trace_id, span.id.0));
        assert!(counts.iter().all(|(span, count)| *count == 1 || repeated.contains(span)), "{counts:?}");
    }
}

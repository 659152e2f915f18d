//! Spans that the sampler does not keep: consumers read each of them, to queries they are not there.

use super::rig::*;
use crate::{Config, Engine};
use nines_base::vfs::{SimVfs, Vfs};
use nines_base::{DurationUs, SpanId, Timestamp};
use nines_span::{Kind, Span, SpanFields};
use nines_storage::contract::span;
use nines_storage::{AggregateQuery, Dimension, Position, Sampler, SpanFeed, SpanStore, TraceQuery, Window};
use nines_trace::filter::Filter;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

const RATE: f32 = 0.5;

const N_BATCHES: u64 = 12;

fn sampled() -> Config {
    let sampler = Sampler::of_rate(RATE).unwrap();
    Config { sampler, consumers: vec!["slo".into()], segment_spans: 12, recall: DurationUs::from_secs(900), ..config() }
}

/// Two spans a trace, of ids spread over all numbers, so that about half of them are kept; every fifth span
/// asks for debugging. What is left out has a service of its own.
fn nth(n: u64) -> Span {
    let id = (n / 2).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut span = span(u128::from(n / 2 % 3) << 64 | u128::from(id), n, ["a", "b"][n as usize % 2]);
    span.debug = n.is_multiple_of(5);
    if !is_kept(&span) {
        span.local.service = "left-out".into();
    }
    span.kind = [Kind::Client, Kind::Server][n as usize % 2];
    span.parent_id = (n % 2 == 1).then_some(SpanId(n - 1)).filter(|parent| parent.0 > 0);
    span.remote.service = format!("behind-{}", span.local.service);
    span
}

fn is_kept(span: &Span) -> bool {
    Sampler::of_rate(RATE).unwrap().unwrap().keeps(span.trace_id, span.debug)
}

fn batch(at: u64) -> Vec<Span> {
    (at * 5 + 1..=at * 5 + 5).map(nth).collect()
}

/// What a consumer has counted that commits its counts with its position.
#[derive(Clone, Default)]
struct Counted {
    position: Position,
    spans: BTreeMap<u64, u64>,
}

impl Counted {
    fn go_on(&mut self, engine: &Engine) {
        loop {
            let before = self.position.clone();
            let mut visit = |_: Timestamp, span: &dyn SpanFields| *self.spans.entry(span.id().0).or_default() += 1;
            self.position = engine.read_after(&before, 7, &mut visit).unwrap();
            if self.position == before {
                return engine.release("slo", &self.position);
            }
        }
    }
}

/// What each way to read answers.
fn answers(engine: &Engine, spans: &[Span]) -> Vec<String> {
    let window = Window { from: Timestamp(0), to: Timestamp(i64::MAX) };
    let by = vec![Dimension::Service, Dimension::Kind];
    let counts = AggregateQuery::new(Filter::parse("").unwrap(), window, by, 100, false).unwrap();
    let search = |filter: &str| TraceQuery {
        clauses: vec![Filter::parse(filter).unwrap()],
        window,
        limit: 1000,
        strict_trace_id: true,
    };
    let mut visited = Vec::new();
    let gaps = engine.visit_traces(window, &mut |spans| visited.extend_from_slice(spans)).unwrap();
    let mut answers = vec![
        format!("{:?}", stored(engine, spans.iter().map(|span| span.trace_id).collect::<BTreeSet<_>>())),
        format!("{gaps:?} {:?}", sorted_texts(visited)),
        format!("{:?}", engine.find(&search("service=a")).unwrap()),
        format!("{:?}", engine.find(&search("debug")).unwrap()),
        format!("{:?}", engine.find(&search("!service=a")).unwrap()),
        format!("{:?}", engine.aggregate(&counts).unwrap()),
        format!("{:?}", engine.links(window).unwrap()),
        format!("{:?}", engine.services().unwrap()),
        format!("{:?}", engine.stats().spans),
    ];
    for service in ["a", "b", "left-out"] {
        let remote = engine.remote_services(service).unwrap();
        answers.push(format!("{service}: {:?} {remote:?}", engine.operations(service).unwrap()));
    }
    answers
}

/// Whatever is asked, the answer is that of a store that was sent nothing but what is kept.
fn check_readers(engine: &Engine, spans: &[Span], case: &str) {
    let model = open_new(config());
    let kept: Vec<Span> = spans.iter().filter(|span| is_kept(span)).cloned().collect();
    assert!(kept.len() < spans.len() || spans.len() < 10, "{case}: some spans are left out");
    put(&model, &kept);
    assert_eq!(answers(engine, spans), answers(&model, spans), "{case}");
}

#[test]
fn readers_see_what_is_kept_and_consumers_see_all() {
    for consumers in [vec!["slo".to_owned()], Vec::new()] {
        let vfs = SimVfs::new();
        let config = || Config { consumers: consumers.clone(), ..sampled() };
        let engine = open(&vfs, config()).unwrap();
        let (mut sent, mut counted) = (Vec::new(), Counted::default());
        for at in 0..20 {
            put(&engine, &batch(at));
            sent.extend(batch(at));
            counted.go_on(&engine);
            check_readers(&engine, &sent, &format!("batch {at}"));
        }
        engine.close().unwrap();
        drop(engine);
        let engine = open(&vfs, config()).unwrap();
        check_readers(&engine, &sent, "from blocks alone");
        counted.go_on(&engine);
        assert_eq!(counted.spans, sent.iter().map(|span| (span.id.0, 1)).collect());
        assert!(engine.damage().is_empty());
    }
}

/// Sends batches until the power goes, counting as it goes. Returns those acknowledged, and those merely sent.
fn load(vfs: &SimVfs, counted: &mut Counted) -> (BTreeSet<u64>, BTreeSet<u64>) {
    let (mut sent, mut outcomes) = (BTreeSet::new(), Vec::new());
    let Ok(engine) = open(vfs, sampled()) else { return (BTreeSet::new(), sent) };
    for at in 0..N_BATCHES {
        sent.insert(at);
        let Ok(outcome) = send(&engine, NOW, &batch(at)) else { break };
        if at % 3 != 1 {
            engine.turn();
        }
        if at % 4 == 3 {
            counted.go_on(&engine);
        }
        outcomes.push((at, outcome));
    }
    let acknowledged = outcomes.iter().filter(|(_, outcome)| outcome.is_acknowledged());
    (acknowledged.map(|(at, _)| *at).collect(), sent)
}

#[test]
fn sli_1_after_any_crash_all_acknowledged_spans_are_counted_once_and_those_sampled_are_stored() {
    let vfs = SimVfs::new();
    load(&vfs, &mut Counted::default());
    for crash_after in 0..=vfs.n_ops() {
        for seed in 0..3 {
            let case = format!("crash after operation {crash_after}, seed {seed}");
            let vfs = SimVfs::new();
            vfs.crash_after(crash_after);
            let mut counted = Counted::default();
            let (acknowledged, sent) = load(&vfs, &mut counted);
            vfs.crash(seed);
            let engine = open(&vfs, sampled()).unwrap_or_else(|error| panic!("{case}: {error}"));
            assert!(engine.damage().is_empty(), "{case}: {:?}", engine.damage());
            counted.go_on(&engine);
            engine.turn();
            counted.go_on(&engine);
            assert!(counted.spans.values().all(|n| *n == 1), "{case}: counted twice");
            for at in &acknowledged {
                assert!(batch(*at).iter().all(|span| counted.spans.contains_key(&span.id.0)), "{case}: batch {at}");
            }
            let all: Vec<Span> = sent.iter().flat_map(|at| batch(*at)).collect();
            let there: Vec<Span> = all.into_iter().filter(|span| counted.spans.contains_key(&span.id.0)).collect();
            assert_eq!(there.len(), counted.spans.len(), "{case}: counted, and never sent");
            check_readers(&engine, &there, &case);
        }
    }
}

#[test]
fn a_rate_that_changes_decides_about_what_comes_then() {
    let vfs = SimVfs::new();
    let mut counted = Counted::default();
    let (mut kept, mut all) = (Vec::new(), Vec::new());
    for (round, rate) in [1.0, 0.5, 0.0, 1.0].into_iter().enumerate() {
        let sampler = Sampler::of_rate(rate).unwrap();
        let engine = open(&vfs, Config { sampler, n_shards: round % 3 + 1, ..sampled() }).unwrap();
        for at in round as u64 * 3..round as u64 * 3 + 3 {
            put(&engine, &batch(at));
            all.extend(batch(at));
            kept.extend(
                batch(at).into_iter().filter(|span| sampler.is_none_or(|s| s.keeps(span.trace_id, span.debug))),
            );
        }
        let ids: BTreeSet<_> = all.iter().map(|span: &Span| span.trace_id).collect();
        assert_eq!(stored(&engine, ids), sorted_texts(kept.clone()), "round {round}");
        counted.go_on(&engine);
        // Without closing it: the next one finds what a crash leaves.
    }
    assert_eq!(counted.spans, all.iter().map(|span| (span.id.0, 1)).collect());
}

/// A batch a minute for the last twenty, each counted as it came.
fn send_twenty_minutes(engine: &Engine) -> Counted {
    let mut counted = Counted::default();
    for at in 0..20 {
        let outcome = send(engine, NOW - DurationUs::from_secs(60 * (20 - at as i64)), &batch(at)).unwrap();
        engine.turn();
        assert!(outcome.is_acknowledged());
        counted.go_on(engine);
    }
    counted
}

fn n_inbox_files(vfs: &SimVfs) -> usize {
    vfs.list(&dir().join("inbox")).unwrap().len()
}

#[test]
fn spans_that_are_not_kept_can_be_read_back_as_long_as_they_are_recalled() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, sampled()).unwrap();
    let counted = send_twenty_minutes(&engine);
    let back = |engine: &Engine| {
        let mut seen = BTreeSet::new();
        let mut visit = |_: Timestamp, span: &dyn SpanFields| {
            seen.insert(span.id().0);
            ControlFlow::Continue(())
        };
        engine.read_back(NOW - DurationUs::from_secs(900), &counted.position, &mut visit).unwrap();
        seen
    };
    let lately: BTreeSet<u64> = (5..20).flat_map(batch).map(|span| span.id.0).collect();
    assert_eq!(back(&engine), lately);
    let n_files = n_inbox_files(&vfs);
    assert!((4..12).contains(&n_files), "{n_files}: what is past went, and the rest is held");
    engine.close().unwrap();
    drop(engine);
    assert_eq!(back(&open(&vfs, sampled()).unwrap()), lately, "after a start too");
}

#[test]
fn what_is_held_to_be_read_back_crowds_out_no_new_spans() {
    for (case, config, capacity) in [
        ("the inbox", Config { inbox_bytes_max: 1000, ..sampled() }, None),
        ("the disk", Config { reserve_bytes: 1000, ..sampled() }, Some(1001)),
    ] {
        let vfs = SimVfs::new();
        let counted = send_twenty_minutes(&open(&vfs, sampled()).unwrap());
        let engine = open(&vfs, config).unwrap();
        vfs.set_capacity(capacity);
        engine.release("slo", &counted.position);
        assert_eq!(n_inbox_files(&vfs), 2, "{case}: that of the last position, and the open one");
    }
}

//! The engine against the in-memory store: whatever rotates, closes or crashes, both answer the same.

use super::rig::*;
use crate::testing::any_span;
use crate::{Config, Engine};
use nines_base::vfs::SimVfs;
use nines_base::{Timestamp, TraceId};
use nines_span::Span;
use nines_storage::contract::batch_of;
use nines_storage::{Answer, MemStore, SpanStore, TraceHit, TraceQuery, Window};
use nines_trace::filter::Filter;
use nines_trace::filter::zipkin::TracesParameters;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Append(Vec<Span>),
    /// Seals the open generation and writes its blocks.
    Seal,
    /// Asks something, which looks up splits on the way.
    Ask,
    CloseAndReopen,
    CrashAndReopen(u64),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => prop::collection::vec(any_span(), 1..8).prop_map(Step::Append),
        2 => Just(Step::Seal),
        2 => Just(Step::Ask),
        1 => Just(Step::CloseAndReopen),
        1 => any::<u64>().prop_map(Step::CrashAndReopen),
    ]
}

const FILTERS: [&str; 19] = [
    "",
    "service=a",
    "service=(a,b) kind=client",
    "op=b",
    "remote=c",
    "a",
    "a=b",
    "!a",
    "b=1",
    "c=~^a",
    "error",
    "root",
    "duration>5s",
    "duration<=40s !service=a",
    "trace=3",
    "shared debug",
    "service=a b=~^[ab]",
    "a=(b,c) duration>3s",
    "error service=b",
];

/// Conditions as Zipkin's API takes them: each may hold on another span of the service.
fn zipkin_clauses() -> impl Strategy<Value = Vec<Filter>> {
    let service_name = prop::sample::select(vec!["", "a", "b"]);
    let annotation_query = prop::sample::select(vec!["", "a", "b and c", "a=b", "a and b=1", "zz", "가", "a=zz"]);
    let min_duration_us = prop::sample::select(vec![None, Some(1), Some(20_000_000), Some(1 << 50)]);
    (service_name, annotation_query, min_duration_us).prop_map(|(service_name, annotation_query, min_duration_us)| {
        let parameters = TracesParameters { service_name, annotation_query, min_duration_us, ..Default::default() };
        parameters.clauses()
    })
}

fn any_query() -> impl Strategy<Value = TraceQuery> {
    let ours = prop::collection::vec(prop::sample::select(&FILTERS[..]), 0..3);
    let ours = ours.prop_map(|texts| texts.into_iter().map(|text| Filter::parse(text).unwrap()).collect());
    let clauses = prop_oneof![3 => ours, 2 => zipkin_clauses()];
    let window = prop_oneof![
        Just((0, i64::MAX)),
        (0i64..100, 0i64..100).prop_map(|(from, len)| (from * 1_000_000, (from + len) * 1_000_000)),
    ];
    (clauses, window, prop::sample::select(vec![1usize, 3, 100]), any::<bool>()).prop_map(
        |(clauses, (from, to), limit, strict_trace_id)| TraceQuery {
            clauses,
            window: Window { from: Timestamp(from), to: Timestamp(to) },
            limit,
            strict_trace_id,
        },
    )
}

fn all_ids() -> impl Iterator<Item = TraceId> {
    (0u128..3).flat_map(|high| (1u128..6).map(move |low| TraceId(high << 64 | low)))
}

fn visited(store: &dyn SpanStore, window: Window) -> Vec<Vec<String>> {
    let mut traces = Vec::new();
    let gaps = store.visit_traces(window, &mut |spans| traces.push(sorted_texts(spans.to_vec()))).unwrap();
    assert!(gaps.is_empty(), "{gaps:?}");
    traces.sort();
    traces
}

fn whole<T>(answer: Answer<T>) -> T {
    assert!(answer.is_whole(), "{:?}", answer.gaps);
    answer.value
}

/// Compares without printing pages.
fn same<T: PartialEq + std::fmt::Debug>(found: &[T], wanted: &[T], what: &str) {
    if found != wanted {
        let short = |item: Option<&T>| item.map(|item| format!("{item:?}").chars().take(300).collect::<String>());
        let at = found.iter().zip(wanted).take_while(|(a, b)| a == b).count();
        let (ours, theirs) = (short(found.get(at)), short(wanted.get(at)));
        panic!("{what}: {} against {}, from {at}:\n{ours:?}\n{theirs:?}", found.len(), wanted.len());
    }
}

fn compare(engine: &Engine, model: &MemStore, queries: &[TraceQuery]) {
    for id in all_ids() {
        for strict in [true, false] {
            let read = |store: &dyn SpanStore| sorted_texts(whole(store.trace(id, strict).unwrap()));
            same(&read(engine), &read(model), &format!("trace {id}, strict {strict}"));
        }
    }
    for query in queries {
        let found: Vec<TraceHit> = whole(engine.find(query).unwrap());
        let texts: Vec<&str> = query.clauses.iter().map(Filter::text).collect();
        let what = format!("{texts:?} {:?} limit {} strict {}", query.window, query.limit, query.strict_trace_id);
        same(&found, &whole(model.find(query).unwrap()), &what);
        same(&visited(engine, query.window), &visited(model, query.window), &format!("visit {:?}", query.window));
    }
    assert_eq!(engine.services().unwrap(), model.services().unwrap());
    for service in model.services().unwrap() {
        assert_eq!(engine.operations(&service).unwrap(), model.operations(&service).unwrap());
        assert_eq!(engine.remote_services(&service).unwrap(), model.remote_services(&service).unwrap());
    }
    assert_eq!(engine.stats().spans, model.stats().spans);
    assert!(engine.damage().is_empty());
}

fn run(steps: Vec<Step>, queries: &[TraceQuery], segment_spans: usize) {
    let vfs = SimVfs::new();
    let config = || Config { segment_spans, ..config() };
    let model = MemStore::new(usize::MAX, 1, &[]);
    let mut engine = open(&vfs, config()).unwrap();
    for step in steps {
        match step {
            Step::Append(spans) => {
                put(&engine, &spans);
                model.append(&batch_of(&spans), NOW, Box::new(|_| {})).unwrap();
            }
            Step::Seal => {
                engine.seal();
                engine.turn();
            }
            Step::Ask => {
                engine.find(&queries[0]).unwrap();
            }
            Step::CloseAndReopen => {
                engine.close().unwrap();
                engine = reopen(engine, &vfs, config());
            }
            Step::CrashAndReopen(seed) => {
                vfs.crash(seed);
                engine = reopen(engine, &vfs, config());
            }
        }
    }
    compare(&engine, &model, queries);
    engine.seal();
    engine.turn();
    compare(&engine, &model, queries);
}

fn reopen(before: Engine, vfs: &SimVfs, config: Config) -> Engine {
    drop(before);
    open(vfs, config).unwrap()
}

proptest! {
    #[test]
    fn the_engine_answers_as_the_memory_store_does(
        steps in prop::collection::vec(any_step(), 1..20),
        queries in prop::collection::vec(any_query(), 12),
        segment_spans in prop::sample::select(vec![2usize, 9, 1000]),
    ) {
        run(steps, &queries, segment_spans);
    }
}

//! Aggregates and links against the in-memory store and the linker: however spans are spread over
//! segments and blocks, repeated and late, all say the same.

use super::rig::*;
use crate::testing::any_span;
use crate::{Config, Engine};
use nines_base::vfs::SimVfs;
use nines_base::{FineMicros, Timestamp};
use nines_span::{Kind, OtlpParts, Span, Value};
use nines_storage::contract::{batch_of, span};
use nines_storage::{Aggregate, AggregateQuery, Dimension, MemStore, SpanStore, Window};
use nines_trace::filter::Filter;
use nines_trace::linker::{Link, Linker};
use proptest::prelude::*;

const FILTERS: [&str; 16] = [
    "",
    "service=a",
    "service=(a,b) kind=client",
    "op=b remote=c",
    "a",
    "a=b",
    "!a",
    "b=~^[ab]",
    "error",
    "!error",
    "root",
    "duration>5s",
    "duration<=40s !service=a",
    "trace=3",
    "id=2",
    "shared debug",
];

fn any_dimension() -> impl Strategy<Value = Dimension> {
    prop_oneof![
        Just(Dimension::Service),
        Just(Dimension::Op),
        Just(Dimension::Kind),
        Just(Dimension::Remote),
        Just(Dimension::Status),
        Just(Dimension::Error),
        prop::sample::select(vec!["a", "b", "", "ab", "in-resource"]).prop_map(|key| Dimension::Tag(key.into())),
        Just(Dimension::Duration { buckets_log2: 2 }),
    ]
}

/// Windows of up to a hundred seconds may be cut into slices.
fn any_question() -> impl Strategy<Value = AggregateQuery> {
    let window = prop_oneof![
        1 => Just((0, i64::MAX, false)),
        3 => (0i64..100, 0i64..100, any::<bool>()).prop_map(|(from, len, slices)| (from * S, (from + len) * S, slices)),
    ];
    let by = prop::collection::vec(any_dimension(), 0..4);
    let filter = prop::sample::select(&FILTERS[..]);
    (filter, window, by, prop::sample::select(vec![1usize, 5, 1000]), any::<bool>()).prop_map(
        |(filter, (from, to, slices), mut by, groups_max, with_histograms)| {
            if slices {
                by.push(Dimension::Time { step_us: 3_000_000 });
            }
            let window = Window { from: Timestamp(from), to: Timestamp(to) };
            AggregateQuery::new(Filter::parse(filter).unwrap(), window, by, groups_max, with_histograms).unwrap()
        },
    )
}

const S: i64 = 1_000_000;

/// Spans that the tags, resources and codes of failures meet on.
fn counted_span() -> impl Strategy<Value = Span> {
    let code = prop::sample::select(vec!["200", "404", "500"]);
    let extra = prop_oneof![
        4 => Just(None),
        2 => code.clone().prop_map(|code| Some(("http.status_code", Value::from(code)))),
        1 => (0i64..17).prop_map(|code| Some(("rpc.grpc.status_code", Value::Int(code)))),
        1 => prop::sample::select(vec!["", "false"]).prop_map(|text| Some(("error", Value::from(text)))),
    ];
    let resource = prop::sample::select(vec![false, false, true]);
    (any_span(), extra, resource).prop_map(|(mut span, extra, has_resource)| {
        if let Some((key, value)) = extra {
            span.tags.retain(|(known, _)| known != key);
            span.tags.push((key.into(), value));
            span.tags.sort_by(|a, b| a.0.cmp(&b.0));
        }
        if has_resource {
            span.otlp = Some(OtlpParts { resource: RESOURCE.into(), ..OtlpParts::default() });
        }
        span
    })
}

/// A `ResourceSpans` message whose resource has the attribute `in-resource` = `x`.
const RESOURCE: &[u8] = b"\x0a\x14\x0a\x12\x0a\x0bin-resource\x12\x03\x0a\x01x";

#[derive(Clone, Debug)]
enum Step {
    Append(Vec<Span>),
    /// Appends what was appended so many steps ago once more.
    Repeat(usize),
    Seal,
    Ask,
    CloseAndReopen,
}

fn any_steps(span: impl Strategy<Value = Span>) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => prop::collection::vec(span, 1..10).prop_map(Step::Append),
        2 => (0usize..4).prop_map(Step::Repeat),
        2 => Just(Step::Seal),
        2 => Just(Step::Ask),
        1 => Just(Step::CloseAndReopen),
    ];
    prop::collection::vec(step, 1..16)
}

/// Does the steps on an engine and a memory store; `ask` is called now and then and at the end.
fn run(steps: Vec<Step>, segment_spans: usize, ask: impl Fn(&Engine, &MemStore)) {
    let vfs = SimVfs::new();
    let config = || Config { segment_spans, ..config() };
    let model = MemStore::new(usize::MAX, 1, &[]);
    let mut engine = open(&vfs, config()).unwrap();
    let mut appended: Vec<Vec<Span>> = Vec::new();
    for step in steps {
        let spans = match step {
            Step::Append(spans) => spans,
            Step::Repeat(back) if back < appended.len() => appended[appended.len() - 1 - back].clone(),
            Step::Repeat(_) => continue,
            Step::Seal => {
                engine.seal();
                engine.turn();
                continue;
            }
            Step::Ask => {
                ask(&engine, &model);
                continue;
            }
            Step::CloseAndReopen => {
                engine.close().unwrap();
                drop(engine);
                engine = open(&vfs, config()).unwrap();
                continue;
            }
        };
        put(&engine, &spans);
        model.append(&batch_of(&spans), NOW, Box::new(|_| {})).unwrap();
        appended.push(spans);
    }
    ask(&engine, &model);
    engine.seal();
    engine.turn();
    ask(&engine, &model);
}

fn aggregate(store: &dyn SpanStore, query: &AggregateQuery) -> Aggregate {
    let answer = store.aggregate(query).unwrap();
    assert!(answer.is_whole(), "{:?}", answer.gaps);
    answer.value
}

fn links(store: &dyn SpanStore, window: Window) -> Vec<Link> {
    let answer = store.links(window).unwrap();
    assert!(answer.is_whole(), "{:?}", answer.gaps);
    answer.value
}

/// Spans of calls: few ids, so that halves of calls, pieces, repeats, cycles and short ids meet.
fn call_span() -> impl Strategy<Value = Span> {
    (
        any_span(),
        1u64..8,
        prop::option::weighted(0.8, 1u64..8),
        any::<bool>(),
        prop::sample::select(vec!["", "a", "B", "c"]),
    )
        .prop_map(|(span, id, parent, plain, service)| {
            let mut span = Span {
                id: nines_base::SpanId(id),
                parent_id: parent.map(nines_base::SpanId),
                kind: if plain { Kind::Client } else { span.kind },
                ..span
            };
            span.local.service = service.into();
            if plain {
                (span.local.ipv4, span.local.ipv6, span.local.port) = (None, None, 0);
            }
            span
        })
}

proptest! {
    #[test]
    fn the_engine_counts_as_the_memory_store_does(
        steps in any_steps(counted_span()),
        questions in prop::collection::vec(any_question(), 10),
        segment_spans in prop::sample::select(vec![2usize, 9, 1000]),
    ) {
        run(steps, segment_spans, |engine, model| {
            for question in &questions {
                let (found, wanted) = (aggregate(engine, question), aggregate(model, question));
                assert_eq!(found, wanted, "{} by {:?}", question.filter(), question.by());
            }
        });
    }

    #[test]
    fn lnk_1_the_engine_links_as_the_linker_does(
        steps in any_steps(call_span()),
        windows in prop::collection::vec((0i64..100, 0i64..100), 4),
        segment_spans in prop::sample::select(vec![2usize, 9, 1000]),
    ) {
        run(steps, segment_spans, |engine, model| {
            let windows = windows.iter().map(|(from, len)| (from * S, (from + len) * S));
            for (from, to) in windows.chain([(0, i64::MAX)]) {
                let window = Window { from: Timestamp(from), to: Timestamp(to) };
                assert_eq!(links(engine, window), links(model, window), "{window:?}");
                let mut linker = Linker::default();
                engine.visit_traces(window, &mut |spans| linker.put_trace(spans)).unwrap();
                assert_eq!(links(engine, window), linker.links(), "{window:?}");
            }
        });
    }
}

/// Traces of several row groups, so that groups are skipped, cut by the window and counted alone.
#[test]
fn many_groups_are_counted_and_linked_as_a_memory_store_does() {
    let spans = |first: u64| -> Vec<Span> {
        let of_call = |id: u64| {
            let (trace_id, at) = (u128::from(id / 6 + 1), id % 6);
            let service = ["web", "api", "api", "db", "db", "cache"][at as usize];
            let kind = if at.is_multiple_of(2) { Kind::Server } else { Kind::Client };
            let code = if id.is_multiple_of(97) { "500" } else { "200" };
            Span {
                kind,
                parent_id: (at > 0).then_some(nines_base::SpanId(id)),
                start: FineMicros::from_us(id * 1000),
                duration: FineMicros::from_us(id % 1013),
                tags: vec![
                    ("http.status_code".into(), code.into()),
                    ("user".into(), format!("u{}", id % 3_001).as_str().into()),
                ],
                ..span(trace_id, id + 1, service)
            }
        };
        (first..first + 18_000).map(of_call).collect()
    };
    let engine = open_new(Config { n_shards: 1, ..config() });
    let model = MemStore::new(usize::MAX, 1, &[]);
    for first in [0, 18_000] {
        put(&engine, &spans(first));
        model.append(&batch_of(&spans(first)), NOW, Box::new(|_| {})).unwrap();
        engine.seal();
        engine.turn();
    }
    for (from, to) in [(0, i64::MAX), (5 * S, 30 * S), (70 * S, 90 * S)] {
        let window = Window { from: Timestamp(from), to: Timestamp(to) };
        for filter in ["", "error", "user=u123", "http.status_code=500 kind=client duration>1ms"] {
            for by in [vec![Dimension::Service, Dimension::Error], vec![Dimension::Tag("user".into())]] {
                let query = AggregateQuery::new(Filter::parse(filter).unwrap(), window, by, 50, true).unwrap();
                assert_eq!(aggregate(&engine, &query), aggregate(&model, &query), "{filter} by {:?}", query.by());
            }
        }
        assert_eq!(links(&engine, window), links(&model, window));
        assert_eq!(links(&engine, window), links(&model, window), "asked again");
    }
}

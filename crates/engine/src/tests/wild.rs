//! Data that is unkind: names with ids in them, optional tags in every combination.

use super::rig::*;
use crate::config::{OPERATIONS_MAX, SHAPES_MAX};
use crate::{Config, Engine};
use nines_base::TraceId;
use nines_base::vfs::{SimVfs, Vfs};
use nines_span::{Span, Value};
use nines_storage::SpanStore;
use nines_storage::contract::span;

const SPANS_PER_BATCH: u64 = 1000;

fn put_all(engine: &Engine, n_spans: u64, make: impl Fn(u64) -> Span) {
    for first in (0..n_spans).step_by(SPANS_PER_BATCH as usize) {
        put(engine, &(first..n_spans.min(first + SPANS_PER_BATCH)).map(&make).collect::<Vec<Span>>());
    }
}

fn n_blocks(vfs: &SimVfs) -> usize {
    let days = vfs.list(&dir().join("blocks")).unwrap();
    days.iter().map(|day| vfs.list(&dir().join("blocks").join(&day.name)).unwrap().len()).sum()
}

/// Every 997th span comes back, and every span is there.
fn check(engine: &Engine, n_spans: u64, make: impl Fn(u64) -> Span) {
    for number in (0..n_spans).step_by(997) {
        let expected = make(number);
        let read = engine.trace(expected.trace_id, true).unwrap().value;
        assert_eq!(read, [expected], "span {number}");
    }
    assert_eq!(engine.stats().spans, n_spans);
}

#[test]
fn more_operations_than_a_segment_takes_make_more_segments() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, Config { n_shards: 1, segment_spans: usize::MAX, ..config() }).unwrap();
    let make = |number: u64| Span { name: format!("get /orders/{number}"), ..span(u128::from(number) + 1, 1, "web") };
    let n_spans = OPERATIONS_MAX as u64 + 5_000;
    put_all(&engine, n_spans, make);
    engine.close().unwrap();
    assert_eq!(n_blocks(&vfs), 2);
    let engine = open(&vfs, config()).unwrap();
    check(&engine, n_spans, make);
}

#[test]
fn more_shapes_than_a_segment_takes_make_more_segments() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, Config { n_shards: 1, segment_spans: usize::MAX, ..config() }).unwrap();
    // Bit by bit, the number says which of 15 optional tags a span has.
    let make = |number: u64| {
        let keys = (0..15).filter(|bit| number & 1 << bit != 0).map(|bit| format!("optional.{bit:02}"));
        Span {
            tags: keys.map(|key| (key, Value::Str("yes".into()))).collect(),
            ..span(u128::from(number) + 1, 1, "web")
        }
    };
    let n_spans = SHAPES_MAX as u64 + 3_000;
    put_all(&engine, n_spans, make);
    engine.close().unwrap();
    assert_eq!(n_blocks(&vfs), 2);
    let engine = open(&vfs, config()).unwrap();
    check(&engine, n_spans, make);
}

#[test]
fn a_sender_of_long_values_does_not_grow_a_segment_beyond_its_bytes() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, Config { n_shards: 1, segment_bytes: 1 << 20, ..config() }).unwrap();
    let make = |number: u64| {
        let tags = vec![("body".to_owned(), Value::Str(format!("{number:0>4000}").as_str().into()))];
        Span { tags, ..span(u128::from(number) + 1, 1, "web") }
    };
    (0..1000).for_each(|number| put(&engine, &[make(number)]));
    engine.close().unwrap();
    assert!(n_blocks(&vfs) >= 4, "{} blocks of four megabytes", n_blocks(&vfs));
    let engine = open(&vfs, config()).unwrap();
    assert_eq!(engine.trace(TraceId(500), true).unwrap().value, [make(499)]);
    assert_eq!(engine.stats().spans, 1000);
}

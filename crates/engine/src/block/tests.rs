//! Claims about blocks: what goes in comes out, sorted; damage is told and never believed.

use super::*;
use crate::hot::{BatchMemo, Segment};
use crate::testing::any_span;
use nines_base::vfs::{SimVfs, Vfs};
use nines_base::{FineMicros, SpanId, Timestamp, TraceId};
use nines_span::{Span, SpanFields};
use nines_storage::contract::{batch_of, full_otlp_span, full_zipkin_span, span};
use nines_storage::{StoreError, answer};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const ID: BlockId = BlockId { generation: 3, shard: 1 };

fn segment_of(spans: &[Span]) -> Segment {
    let mut segment = Segment::default();
    for (second, spans) in spans.chunks(10).enumerate() {
        segment.begin_record(Timestamp(second as i64 * 1_000_000 + 999_999));
        let batch = batch_of(spans);
        let mut memo = BatchMemo::default();
        batch.views().for_each(|view| segment.append(&view, &mut memo));
    }
    segment
}

fn store(bytes: &[u8]) -> (SimVfs, PathBuf) {
    let vfs = SimVfs::new();
    let path = PathBuf::from("/3-1.blk");
    vfs.create(&path).unwrap().append(bytes).unwrap();
    (vfs, path)
}

fn caches() -> BlockCaches {
    BlockCaches::new(1 << 24, 1 << 20, 4)
}

fn read_all(vfs: &SimVfs, path: &Path) -> Result<Vec<(Timestamp, Span)>, StoreError> {
    let block = Block::open(Arc::new(vfs.clone()), path)?;
    let caches = caches();
    let mut spans = Vec::new();
    for group_idx in 0..block.groups().len() {
        let group = block.group(group_idx, &caches)?;
        spans.extend((0..group.rows().len() as u32).map(|row| (group.arrived(row), group.row(row).to_span())));
        for trace_idx in 0..group.n_traces() {
            group.time_of(trace_idx);
        }
    }
    for (_, span) in spans.iter().take(8) {
        assert!(!block.find_traces(span.trace_id.0, usize::MAX, &caches)?.is_empty());
    }
    block.splits(&caches)?;
    block.ordinals(&caches)?;
    block.check_filters(&caches)?;
    Ok(spans)
}

fn round_trip(spans: &[Span]) -> Vec<Span> {
    let (vfs, path) = store(&encode_block(&segment_of(spans), ID, 2, |_| Vec::new()));
    let read = read_all(&vfs, &path).unwrap();
    let sort = |spans: &mut Vec<Span>| spans.sort_by_cached_key(|span| format!("{span:?}"));
    let mut back: Vec<Span> = read.into_iter().map(|(_, span)| span).collect();
    let mut sent = spans.to_vec();
    sort(&mut sent);
    let unsorted = back.clone();
    sort(&mut back);
    assert_eq!(back, sent);
    unsorted
}

#[test]
fn spans_come_back_whole() {
    round_trip(&[full_otlp_span(), full_zipkin_span(), span(1, 2, "web"), full_otlp_span(), Span::default()]);
}

#[test]
fn rows_stand_by_trace_start_trace_and_start() {
    let child = |trace, id| Span { parent_id: Some(SpanId(1)), ..span(trace, id, "web") };
    let back = round_trip(&[child(9, 50), child(7, 8), child(9, 2), child(7, 3), child(8, 2)]);
    let order: Vec<(u128, u64)> = back.iter().map(|span| (span.trace_id.0, span.id.0)).collect();
    assert_eq!(order, [(8, 2), (9, 2), (9, 50), (7, 3), (7, 8)]);
}

#[test]
fn large_traces_and_many_groups_come_back() {
    let links = |id: u64| Span {
        parent_id: Some(SpanId(1 + id / 7)),
        shared: id.is_multiple_of(5),
        ..span(4, id / 2 + 1, "web")
    };
    let mut spans: Vec<Span> = (0..20_000).map(links).collect();
    for trace in 100..1100 {
        spans
            .extend((1..=5).map(|id| Span { parent_id: (id > 1).then_some(SpanId(id - 1)), ..span(trace, id, "api") }));
    }
    let (vfs, path) = store(&encode_block(&segment_of(&spans), ID, 2, |_| Vec::new()));
    let block = Block::open(Arc::new(vfs.clone()), &path).unwrap();
    assert!(block.groups().len() >= 4);
    assert_eq!(
        block.find_traces(4, usize::MAX, &caches()).unwrap().len(),
        10,
        "a trace beyond a group is in fragments"
    );
    assert_eq!(block.find_traces(100, usize::MAX, &caches()).unwrap().len(), 1);
    assert!(block.find_traces(99, usize::MAX, &caches()).unwrap().is_empty());
    round_trip(&spans);
}

#[test]
fn a_group_knows_what_it_holds() {
    let mut spans = vec![span(1, 5, "web"), Span { parent_id: Some(SpanId(5)), ..span(1, 3, "api") }];
    spans.push(Span { start: FineMicros::NONE, duration: FineMicros::from_us(9_000), ..span(2, 9, "db") });
    let (vfs, path) = store(&encode_block(&segment_of(&spans), ID, 2, |_| Vec::new()));
    let block = Block::open(Arc::new(vfs.clone()), &path).unwrap();
    let group = &block.groups()[0];
    assert_eq!((group.starts.min_us, group.starts.max_us), (3_000_000, 5_000_000));
    assert_eq!((group.times.min_us, group.times.max_us), (5_000_000, 5_000_000));
    assert_eq!(group.duration_us_max, 9_000);
    assert_eq!(group.operations.iter().count(), 3);
    assert_eq!(block.footer().n_rows, 3);
}

#[test]
fn numbers_are_in_the_filters_as_their_digits_and_fractions_leave_their_key_out() {
    use nines_span::Value;
    let tagged = |id: u64| Span {
        tags: vec![("size".into(), Value::Int(id as i64 * 7)), ("load".into(), Value::Double(id as f64 / 3.0))],
        ..span(1, id, "web")
    };
    let spans: Vec<Span> = (1..2000).map(tagged).collect();
    let (vfs, path) = store(&encode_block(&segment_of(&spans), ID, 2, |_| Vec::new()));
    let block = Block::open(Arc::new(vfs.clone()), &path).unwrap();
    assert!(block.is_filtered("size") && !block.is_filtered("load"));
    let may_hold = |text: String| block.filter(hash_under(hash_of_tag("web", "size"), text.as_bytes()), &caches());
    assert!((1..2000).all(|id| may_hold((id * 7).to_string()).unwrap().contains(&true)));
    let n_false = (1..2000).filter(|id| may_hold((id * 7 + 1).to_string()).unwrap().contains(&true)).count();
    assert!(n_false < 20, "{n_false} of 2000");
}

#[test]
fn tag_values_that_vary_are_in_the_filters() {
    let tagged =
        |id: u64| Span { tags: vec![("user".into(), format!("u-{id:08x}").as_str().into())], ..span(1, id, "web") };
    let spans: Vec<Span> = (1..2000).map(tagged).collect();
    let (vfs, path) = store(&encode_block(&segment_of(&spans), ID, 2, |_| Vec::new()));
    let block = Block::open(Arc::new(vfs.clone()), &path).unwrap();
    assert!(spans.iter().all(|span| {
        let nines_span::Value::Str(text) = &span.tags[0].1 else { return false };
        block.filter(hash_under(hash_of_tag("web", "user"), text.as_bytes()), &caches()).unwrap()[0]
    }));
    let tables = block.tables(&caches()).unwrap();
    assert!(
        tables.columns.iter().any(|(_, form)| {
            matches!(form, Form::Hex(prefix) | Form::Text(prefix) if prefix.starts_with(b"u-0000"))
        })
    );
}

#[test]
fn a_group_that_has_a_text_has_its_bytes_and_hardly_another() {
    let tags = |id: u64| {
        let mixed = id.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let path = format!("/items/{:05}", mixed % 99_991);
        vec![("id".into(), format!("{mixed:016x}").as_str().into()), ("path".into(), path.as_str().into())]
    };
    let spans: Vec<Span> = (1..6000).map(|id| Span { tags: tags(id), ..span(id.into(), id, "web") }).collect();
    let (vfs, path) = store(&encode_block(&segment_of(&spans), ID, 2, |_| Vec::new()));
    let block = Block::open(Arc::new(vfs), &path).unwrap();
    let (caches, tables) = (caches(), block.tables(&caches()).unwrap());
    for (key, form) in tables.columns.iter() {
        let Some(name) = key.tag() else { continue };
        let tag_idx = usize::from(tables.tables.names.get(name) == "path");
        let (mut n_false, mut n_groups) = (0, 0);
        for span in spans.iter().step_by(100) {
            let needle = Needle::of(&span.tags[tag_idx].1.as_ref().text(), form).unwrap();
            for group_idx in 0..block.groups().len() {
                let is_there = block.find_traces(span.trace_id.0, 1, &caches).unwrap()[0];
                let has = block.has_one_of(group_idx, std::slice::from_ref(&needle), &caches).unwrap();
                assert!(has || block.group_of(is_there) != group_idx, "{span:?}");
                n_false += usize::from(has && block.group_of(is_there) != group_idx);
                n_groups += 1;
            }
        }
        assert!(n_groups > 100 && n_false * 10 < n_groups, "{n_false} of {n_groups}");
        assert!(!block.has_one_of(0, &[], &caches).unwrap());
    }
}

fn small_block() -> (Vec<u8>, Vec<(Timestamp, Span)>) {
    let mut spans = vec![full_otlp_span(), full_zipkin_span()];
    for id in 1..40 {
        let mut span = span(u128::from(id % 7 + 1), id, if id % 2 == 0 { "web" } else { "api" });
        span.tags.push(("path".into(), format!("/items/{id}").as_str().into()));
        span.tags.push(("trace".into(), format!("{:016x}", id * 0x9e37_79b9).as_str().into()));
        spans.push(span);
    }
    let bytes = encode_block(&segment_of(&spans), ID, 2, |_| vec![Split { ordinal: 0, other: ID, other_ordinal: 1 }]);
    let (vfs, path) = store(&bytes);
    let whole = read_all(&vfs, &path).unwrap();
    (bytes, whole)
}

#[test]
fn seg_2_every_flipped_bit_is_told() {
    let (bytes, whole) = small_block();
    for bit_idx in 0..bytes.len() as u64 * 8 {
        let (vfs, path) = store(&bytes);
        vfs.flip_bit(&path, bit_idx).unwrap();
        match read_all(&vfs, &path) {
            Err(StoreError::Damaged { place, .. }) => assert!(place.contains("/3-1.blk at byte"), "{place}"),
            Err(other) => panic!("bit {bit_idx}: {other}"),
            Ok(read) => panic!("bit {bit_idx} went unseen, answer right: {}", read == whole),
        }
    }
}

#[test]
fn seg_2_every_truncation_is_told() {
    let (bytes, _) = small_block();
    for len in 0..bytes.len() {
        let (vfs, path) = store(&bytes[..len]);
        assert!(matches!(read_all(&vfs, &path), Err(StoreError::Damaged { .. })), "length {len}");
    }
}

proptest! {
    #[test]
    fn any_spans_come_back_whole(spans in prop::collection::vec(any_span(), 1..80)) {
        round_trip(&spans);
    }

    #[test]
    fn trace_times_and_arrivals_come_back(spans in prop::collection::vec(any_span(), 1..60)) {
        let (vfs, path) = store(&encode_block(&segment_of(&spans), ID, 2, |_| Vec::new()));
        let block = Block::open(Arc::new(vfs), &path).unwrap();
        let group = block.group(0, &caches()).unwrap();
        for trace_idx in 0..group.n_traces() {
            let trace_id = TraceId(group.rows().trace_ids[trace_idx]);
            let mut time = answer::TraceTime::default();
            for span in spans.iter().filter(|span| span.trace_id == trace_id) {
                time.see(span.parent_id.is_some(), span.start);
            }
            prop_assert_eq!(group.time_of(trace_idx).us(), time.us());
        }
        for row in 0..spans.len() as u32 {
            let read = group.row(row).to_span();
            let arrivals: Vec<i64> = spans.iter().enumerate().filter(|(_, span)| **span == read).map(|(at, _)| at as i64 / 10).collect();
            prop_assert!(arrivals.contains(&(group.arrived(row).0 / 1_000_000)));
            prop_assert_eq!(group.row(row).trace_id(), read.trace_id);
        }
    }
}

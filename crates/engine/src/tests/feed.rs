//! Consumers: what they see, what they hold, what they may let go.

use super::rig::*;
use crate::{Config, Engine, Pins};
use nines_base::vfs::{SimVfs, Vfs};
use nines_base::{DurationUs, Timestamp, TraceId};
use nines_storage::contract::span;
use nines_storage::{Position, SpanFeed, SpanFiles, SpanStore};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

fn slow() -> Config {
    Config { consumers: vec!["copy".into()], segment_spans: 4, ..config() }
}

fn read_all(engine: &Engine, from: &Position) -> (Vec<u64>, Position) {
    let (mut seen, mut position) = (Vec::new(), from.clone());
    loop {
        let before = position.clone();
        position = engine.read_after(&position, 3, &mut |_, span| seen.push(span.id().0)).unwrap();
        if position == before {
            return (seen, position);
        }
    }
}

fn inbox_files(vfs: &SimVfs) -> Vec<String> {
    vfs.list(&dir().join("inbox")).unwrap().into_iter().map(|entry| entry.name).collect()
}

#[test]
fn only_durable_spans_are_shown() {
    let engine = open_new(config());
    let outcome = send(&engine, NOW, &[span(1, 1, "web")]).unwrap();
    assert_eq!(read_all(&engine, &Position::default()).0, [] as [u64; 0]);
    assert_eq!(engine.trace(TraceId(1), true).unwrap().value.len(), 1, "queries see it at once");
    engine.turn();
    assert!(outcome.is_acknowledged());
    assert_eq!(read_all(&engine, &Position::default()).0, [1]);
}

#[test]
fn a_consumer_reads_generations_whose_segments_are_long_gone() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, slow()).unwrap();
    for id in 1..=40 {
        put(&engine, &[span(1, id, "web")]);
    }
    assert!(inbox_files(&vfs).len() > 5, "{:?}", inbox_files(&vfs));
    let wanted: Vec<u64> = (1..=40).collect();
    let (seen, position) = read_all(&engine, &Position::default());
    assert_eq!(seen, wanted);
    engine.close().unwrap();
    drop(engine);
    let engine = open(&vfs, slow()).unwrap();
    assert_eq!(read_all(&engine, &Position::default()).0, wanted, "after a restart too");
    put(&engine, &[span(1, 41, "web")]);
    assert_eq!(read_all(&engine, &position).0, [41], "a position outlives restarts");
}

#[test]
fn an_inbox_file_goes_when_its_blocks_are_written_and_all_have_released_it() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, slow()).unwrap();
    for id in 1..=20 {
        put(&engine, &[span(1, id, "web")]);
    }
    let before = inbox_files(&vfs);
    engine.release("copy", &Position { generation: 3, rows: vec![] });
    let after = inbox_files(&vfs);
    assert_eq!(after[..], before[2..], "generations 1 and 2");
    let (_, end) = read_all(&engine, &Position::default());
    engine.release("copy", &end);
    assert_eq!(inbox_files(&vfs).len(), 1, "the open one stays");
    assert_eq!(engine.trace(TraceId(1), true).unwrap().value.len(), 20);
    engine.close().unwrap();
    drop(engine);
    // WAL-4: even after a clean close the next generation has a new number.
    assert_eq!(inbox_files(&vfs).len(), 1);
    let engine = open(&vfs, slow()).unwrap();
    put(&engine, &[span(1, 21, "web")]);
    assert_eq!(read_all(&engine, &end).0, [21]);
}

#[test]
fn wal_4_generation_numbers_are_never_used_twice_even_when_retention_took_everything() {
    let vfs = SimVfs::new();
    let mut position = Position::default();
    for round in 1..=4 {
        let engine = open(&vfs, config()).unwrap();
        put(&engine, &[span(1, round, "web")]);
        let (seen, next) = read_all(&engine, &position);
        assert_eq!(seen, [round], "a consumer from before goes on");
        position = next;
        engine.close().unwrap();
        drop(engine);
        let engine = open(&vfs, config()).unwrap();
        let year = DurationUs::from_secs(365 * 86_400);
        engine.retain(NOW + year, Some(DurationUs::from_secs(1)), None, &Pins::default()).unwrap();
        assert!(engine.trace(TraceId(1), true).unwrap().value.is_empty());
        assert!(vfs.list(&dir().join("blocks")).unwrap().is_empty(), "empty days go");
        assert!(engine.services().unwrap().is_empty(), "names go with their spans");
        engine.close().unwrap();
    }
}

#[test]
fn reading_back_joins_blocks_and_inbox_by_arrival() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, slow()).unwrap();
    let mut position = Position::default();
    for id in 1..=30u64 {
        let outcome = send(&engine, NOW + DurationUs::from_secs(id as i64), &[span(1, id, "web")]).unwrap();
        engine.turn();
        assert!(outcome.is_acknowledged());
        if id == 25 {
            position = read_all(&engine, &Position::default()).1;
            engine.release("copy", &position);
        }
    }
    assert!(inbox_files(&vfs).len() < 4, "most of it is in blocks only");
    let back = |engine: &Engine, since: i64| {
        let mut seen = Vec::new();
        let mut visit = |arrived: Timestamp, span: &dyn nines_span::SpanFields| {
            assert_eq!((arrived - NOW).0 / 1_000_000, span.id().0 as i64);
            seen.push(span.id().0);
            ControlFlow::Continue(())
        };
        engine.read_back(NOW + DurationUs::from_secs(since), &position, &mut visit).unwrap();
        seen.sort_unstable();
        seen
    };
    assert_eq!(back(&engine, 0), (1..=25).collect::<Vec<_>>());
    assert_eq!(back(&engine, 11), (11..=25).collect::<Vec<_>>());
    engine.close().unwrap();
    drop(engine);
    let engine = open(&vfs, slow()).unwrap();
    assert_eq!(back(&engine, 11), (11..=25).collect::<Vec<_>>());
}

#[test]
fn a_store_that_let_go_of_blocks_has_every_span_since_the_arrival_that_it_says() {
    let vfs = SimVfs::new();
    let mut engine = open(&vfs, slow()).unwrap();
    let arrived = |id: u64| NOW + DurationUs::from_secs(id as i64);
    for id in 1..=60u64 {
        // Traces of both shards.
        assert!(send(&engine, arrived(id), &[span(u128::from(id), id, "web")]).is_ok());
        engine.turn();
    }
    let upto = read_all(&engine, &Position::default()).1;
    engine.release("copy", &upto);
    for n_shards in [2, 1, 4] {
        // Later starts may have another number of shards.
        engine.close().unwrap();
        drop(engine);
        engine = open(&vfs, Config { n_shards, ..slow() }).unwrap();
        engine.release("copy", &upto);
        let n_gone = if n_shards == 2 { 0..3 } else { 0..2 };
        let_go_and_check(&engine, &upto, n_gone);
    }
    assert_eq!(open_new(slow()).whole_since(), None);
}

/// Blocks go one by one, the oldest first; what is told of what is left holds.
fn let_go_and_check(engine: &Engine, upto: &Position, n_gone: std::ops::Range<u32>) {
    let arrived = |id: u64| NOW + DurationUs::from_secs(id as i64);
    for n_gone in n_gone {
        let since = engine.whole_since().unwrap();
        let mut stored = Vec::new();
        let mut visit = |arrived: Timestamp, span: &dyn nines_span::SpanFields| {
            stored.push((arrived, span.id().0));
            ControlFlow::Continue(())
        };
        engine.read_back(Timestamp(0), upto, &mut visit).unwrap();
        stored.sort_unstable();
        let whole: Vec<u64> = stored.iter().filter(|(at, _)| *at >= since).map(|(_, id)| *id).collect();
        assert_eq!(whole, (whole[0]..=60).collect::<Vec<_>>(), "{n_gone} gone");
        let generations: BTreeSet<String> =
            engine.blocks().into_iter().map(|block| block.name[..8].to_owned()).collect();
        let second = generations.iter().nth(1).unwrap();
        let of_second = engine.blocks().into_iter().filter(|block| block.name.starts_with(second));
        assert!(
            since <= of_second.map(|block| block.arrived.0).min().unwrap(),
            "{n_gone} gone: it does not say too much"
        );
        let n_bytes: u64 = engine.blocks().iter().skip(1).map(|block| block.n_bytes).sum();
        let kept = n_bytes + engine.measure(false).unwrap().inbox_bytes;
        assert_eq!(engine.retain(arrived(61), None, Some(kept), &Pins::default()).unwrap().n_blocks, 1);
    }
}

#[test]
fn a_position_of_another_store_starts_this_one_over() {
    let engine = open_new(slow());
    put(&engine, &[span(1, 1, "web")]);
    let stale = Position { generation: 900, rows: vec![5, 5] };
    engine.release("copy", &stale);
    let (seen, next) = read_all(&engine, &stale);
    assert_eq!(seen, [1]);
    assert_eq!(next.generation, 1);
}

#[test]
fn spans_of_one_class_agree_in_what_their_numbers_stand_for() {
    use nines_span::{Kind, SpanFields, Status};
    let engine = open_new(Config { segment_spans: 40, ..slow() });
    for id in 1..=200u64 {
        let mut of_id = span(id.into(), id, ["web", "api"][id as usize % 2]);
        of_id.name = format!("op {}", id % 3);
        of_id.kind = [Kind::Server, Kind::Client][id as usize / 2 % 2];
        of_id.status = [Status::Unset, Status::Ok, Status::Error][id as usize / 7 % 3];
        of_id.shared = id % 5 == 0;
        if id % 3 == 0 {
            of_id.tags.push(("lane".into(), format!("{id}").as_str().into()));
        }
        if id % 4 == 0 {
            of_id.tags.insert(0, ("a".into(), "b".into()));
        }
        put(&engine, &[of_id]);
    }
    let mut known = std::collections::HashMap::new();
    let mut visit = |_, span: &dyn SpanFields| {
        let class = span.class().expect("the feed numbers its spans");
        let operation = format!("{} {} {:?}", span.service(), span.name(), span.kind());
        let lane = span.tag_place("lane");
        let layout = format!("{:?} {lane:?}", span.status());
        assert_eq!(lane.and_then(|place| span.tag_at(place)), span.own_tag("lane"));
        let number = lane.and_then(|place| span.tag_number_at(place));
        assert_eq!(number.is_some(), lane.is_some());
        let resource = format!("{:?}", span.resource_bytes());
        let told = [(0, class.operation, operation), (1, class.layout, layout), (2, class.resource, resource)];
        let value = number.map(|number| (3, number, format!("{:?}", span.own_tag("lane"))));
        for (what, number, means) in told.into_iter().chain(value) {
            assert_eq!(known.entry((class.numbering, what, number)).or_insert_with(|| means.clone()), &means);
        }
    };
    engine.read_after(&Position::default(), 1000, &mut visit).unwrap();
    let numberings: std::collections::HashSet<u64> = known.keys().map(|key| key.0).collect();
    assert!(numberings.len() > 2, "{numberings:?}");
    let n_operations = known.keys().filter(|key| key.1 == 0).count();
    assert!(n_operations <= numberings.len() * 12, "{n_operations}");
}

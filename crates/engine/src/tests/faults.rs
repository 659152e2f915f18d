//! Full disks, failing syncs, flipped bits, and directories that are not ours.

use super::rig::*;
use crate::{Config, Engine, OpenFact};
use nines_base::TraceId;
use nines_base::vfs::{Fault, Op, SimVfs, Vfs, read_file};
use nines_storage::contract::span;
use nines_storage::{Gap, SpanStore, StoreError};
use std::path::PathBuf;
use std::sync::Arc;

fn all_ids() -> impl Iterator<Item = TraceId> {
    (1..200).map(TraceId)
}

#[test]
fn wal_3_after_a_failed_sync_nothing_is_acknowledged_any_more() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, config()).unwrap();
    put(&engine, &[span(1, 1, "web")]);
    vfs.fail(Op::Sync, 0, Fault::Io);
    let lost = send(&engine, NOW, &[span(2, 2, "web")]).unwrap();
    engine.turn();
    assert!(matches!(lost.get(), Some(Err(StoreError::Stopped { .. }))));
    assert!(matches!(send(&engine, NOW, &[span(3, 3, "web")]), Err(StoreError::Stopped { .. })));
    assert!(matches!(engine.health(), Err(StoreError::Stopped { detail }) if detail.contains("sync")));
    engine.turn();
    assert_eq!(engine.trace(TraceId(1), true).unwrap().value.len(), 1, "reading goes on");
    drop(engine);
    vfs.crash(3);
    let engine = open(&vfs, config()).unwrap();
    assert_eq!(engine.trace(TraceId(1), true).unwrap().value.len(), 1);
    put(&engine, &[span(3, 3, "web")]);
}

#[test]
fn a_failed_sync_of_a_block_stops_the_store_and_loses_nothing() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, config()).unwrap();
    put(&engine, &[span(1, 1, "web")]);
    engine.seal();
    // The first sync from now closes the inbox file, the second is the next one's, the third the block's.
    vfs.fail(Op::Sync, 2, Fault::Io);
    engine.turn();
    assert!(matches!(engine.health(), Err(StoreError::Stopped { detail }) if detail.contains("block")));
    assert_eq!(engine.trace(TraceId(1), true).unwrap().value.len(), 1);
    drop(engine);
    vfs.crash(1);
    let engine = open(&vfs, config()).unwrap();
    engine.turn();
    assert_eq!(engine.trace(TraceId(1), true).unwrap().value.len(), 1);
    engine.health().unwrap();
}

#[test]
fn the_reserve_refuses_spans_before_the_disk_is_full_and_takes_them_again_when_there_is_room() {
    let vfs = SimVfs::new();
    vfs.set_capacity(Some(10_000));
    let engine = open(&vfs, Config { reserve_bytes: 8_000, ..config() }).unwrap();
    let mut n_taken = 0;
    let refused = loop {
        match send(&engine, NOW, &[span(n_taken + 1, 1, "web")]) {
            Ok(outcome) => {
                engine.turn();
                assert!(outcome.is_acknowledged());
                n_taken += 1;
            }
            Err(error) => break error,
        }
    };
    assert!(matches!(&refused, StoreError::Full { detail } if detail.contains("reserve")), "{refused}");
    assert!(engine.health().is_err());
    assert_eq!(stored(&engine, all_ids()).len() as u128, n_taken);
    vfs.set_capacity(None);
    engine.health().unwrap();
    put(&engine, &[span(199, 1, "web")]);
}

#[test]
fn a_write_without_room_is_not_acknowledged_and_is_made_good_later() {
    // Every write and creation in turn finds no room; everything acknowledged before and after is there.
    for (op, nth) in (0..12).flat_map(|nth| [(Op::Write, nth), (Op::Create, nth)]) {
        let vfs = SimVfs::new();
        let engine = open(&vfs, Config { segment_spans: 2, ..config() }).unwrap();
        vfs.fail(op, nth, Fault::Full);
        let mut acknowledged = Vec::new();
        for id in 1..30 {
            match send(&engine, NOW, &[span(u128::from(id), id, "web")]) {
                Ok(outcome) => {
                    engine.turn();
                    match outcome.get() {
                        Some(Ok(())) => acknowledged.push(TraceId(id.into())),
                        Some(Err(StoreError::Full { .. })) => {}
                        other => panic!("{op:?} {nth}: {other:?}"),
                    }
                }
                Err(StoreError::Full { .. } | StoreError::Busy { .. }) => engine.turn(),
                Err(other) => panic!("{op:?} {nth}: {other}"),
            }
        }
        assert!(acknowledged.len() >= 26, "{op:?} {nth}: {}", acknowledged.len());
        engine.health().unwrap();
        let check = |engine: &Engine| {
            for id in &acknowledged {
                assert_eq!(engine.trace(*id, true).unwrap().value.len(), 1, "{op:?} {nth}, trace {id}");
            }
        };
        check(&engine);
        engine.close().unwrap();
        drop(engine);
        check(&open(&vfs, config()).unwrap());
    }
}

#[test]
fn too_large_a_backlog_makes_the_store_busy() {
    let engine = open_new(Config { backlog_bytes_max: 200, ..config() });
    let outcomes: Vec<_> = (1..10).map_while(|id| send(&engine, NOW, &[span(id, 1, "web")]).ok()).collect();
    assert!((1..9).contains(&outcomes.len()), "{}", outcomes.len());
    assert!(matches!(send(&engine, NOW, &[span(99, 1, "web")]), Err(StoreError::Busy { .. })));
    engine.turn();
    assert!(outcomes.iter().all(Outcome::is_acknowledged));
    put(&engine, &[span(99, 1, "web")]);
}

#[test]
fn generations_that_wait_for_blocks_make_the_store_busy_not_large() {
    let engine = open_new(Config { segment_spans: 1, ..config() });
    let sent = (1..20).map_while(|id| send(&engine, NOW, &[span(id, 1, "web")]).ok()).count();
    assert!((2..10).contains(&sent), "{sent}");
    assert!(matches!(send(&engine, NOW, &[span(99, 1, "web")]), Err(StoreError::Busy { .. })));
    engine.turn();
    put(&engine, &[span(99, 1, "web")]);
}

#[test]
fn a_directory_is_opened_once_and_a_newer_one_not_at_all() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, Config { holder: "process 7 at 127.0.0.1:9411".into(), ..config() }).unwrap();
    put(&engine, &[span(1, 1, "web")]);
    let held = open(&vfs, config()).err().unwrap();
    assert_eq!(held.fact, OpenFact::Held { dir: "/data".into(), holder: "process 7 at 127.0.0.1:9411".into() });
    let check = Engine::check(Arc::new(vfs.clone()), dir(), &mut |_| {}).err().unwrap();
    assert!(matches!(check.fact, OpenFact::Held { .. }));
    engine.close().unwrap();
    let format = vfs.open_write(&dir().join("FORMAT")).unwrap();
    format.write_at(0, b"nines 9\n").unwrap();
    let before = vfs.n_ops();
    let newer = open(&vfs, config()).err().unwrap();
    assert_eq!(newer.fact, OpenFact::Newer { dir: "/data".into(), version: 9, known: 1 });
    assert_eq!(vfs.n_ops(), before, "nothing was touched");
}

fn inbox_with(n_batches: u128) -> (SimVfs, PathBuf) {
    let vfs = SimVfs::new();
    let engine = open(&vfs, config()).unwrap();
    for id in 1..=n_batches {
        put(&engine, &[span(id, 1, "web"), span(id + 100, 2, "api")]);
    }
    drop(engine);
    vfs.crash(0);
    (vfs, dir().join("inbox/00000001.wal"))
}

#[test]
fn the_inbox_cut_at_every_byte_of_its_end_gives_all_whole_batches_before_and_says_where_it_ends() {
    let (vfs, path) = inbox_with(4);
    let len = read_file(&vfs, &path).unwrap().len() as u64;
    let mut seen_before = usize::MAX;
    let mut n_silent = 0;
    for cut in (0..=len).rev() {
        let vfs = vfs.fork();
        vfs.open_write(&path).unwrap().set_len(cut).unwrap();
        let report = Engine::check(Arc::new(vfs.clone()), dir(), &mut |_| {}).unwrap();
        let engine = open(&vfs, config()).unwrap();
        assert!(engine.damage().is_empty(), "cut at {cut}: {:?}", engine.damage());
        assert_eq!(engine.torn_end().as_ref(), report.torn_ends.first(), "cut at {cut}");
        match engine.torn_end() {
            Some(place) => assert!(place.contains("00000001.wal at byte"), "cut at {cut}: {place}"),
            None => n_silent += 1,
        }
        let n_seen = stored(&engine, all_ids()).len();
        assert!(n_seen <= seen_before, "cut at {cut}: {n_seen}");
        seen_before = n_seen;
        put(&engine, &[span(50, 1, "web")]);
        drop(engine);
        vfs.crash(cut);
        let engine = open(&vfs, config()).unwrap();
        assert_eq!(stored(&engine, all_ids()).len(), n_seen + 1, "cut at {cut}: after a second start");
        assert!(engine.damage().is_empty(), "cut at {cut}: the torn end was cut off by the first start");
    }
    assert_eq!(seen_before, 0);
    assert_eq!(n_silent, 5, "only where a group or the header ends, nothing shows");
}

#[test]
fn wal_5_an_inbox_file_that_was_closed_is_not_cut_short_unnoticed() {
    let (vfs, path) = inbox_with(2);
    let engine = open(&vfs, Config { consumers: vec!["copy".into()], ..config() }).unwrap();
    put(&engine, &[span(50, 1, "web")]);
    drop(engine);
    vfs.crash(0);
    for cut in 0..read_file(&vfs, &path).unwrap().len() as u64 {
        let vfs = vfs.fork();
        vfs.open_write(&path).unwrap().set_len(cut).unwrap();
        let report = Engine::check(Arc::new(vfs.clone()), dir(), &mut |_| {}).unwrap();
        assert!(report.damage[0].to_string().contains("00000001.wal at byte"), "cut at {cut}: {:?}", report.damage);
    }
}

#[test]
fn a_flipped_bit_in_the_inbox_is_always_told() {
    let (vfs, path) = inbox_with(3);
    let bytes = read_file(&vfs, &path).unwrap();
    let whole = stored(&open(&vfs.fork(), config()).unwrap(), all_ids());
    for bit_idx in 0..bytes.len() as u64 * 8 {
        let vfs = vfs.fork();
        vfs.flip_bit(&path, bit_idx).unwrap();
        let report = Engine::check(Arc::new(vfs.clone()), dir(), &mut |_| {}).unwrap();
        let engine = open(&vfs, config()).unwrap();
        let read = stored(&engine, all_ids());
        assert!(read.iter().all(|text| whole.contains(text)), "bit {bit_idx}: an invented span");
        for told in [engine.damage(), report.damage] {
            let named = told.iter().any(|error| error.to_string().contains("00000001.wal at byte"));
            assert!(named, "bit {bit_idx}: {told:?}");
        }
    }
}

#[test]
fn a_damaged_inbox_file_is_kept_and_told_at_every_start() {
    let (vfs, path) = inbox_with(3);
    vfs.flip_bit(&path, 100 * 8).unwrap();
    for _ in 0..3 {
        let engine = open(&vfs, config()).unwrap();
        engine.turn();
        let damage = engine.damage();
        assert!(
            matches!(&damage[..], [StoreError::Damaged { place, .. }, ..] if place.contains("00000001.wal at byte")),
            "{damage:?}"
        );
        engine.close().unwrap();
        assert!(vfs.open(&path).is_ok());
    }
}

#[test]
fn a_damaged_block_is_told_and_the_rest_is_served() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, Config { consumers: Vec::new(), ..config() }).unwrap();
    put(&engine, &(1..40).map(|id| span(id, 1, "web")).collect::<Vec<_>>());
    engine.seal();
    engine.turn();
    put(&engine, &(100..140).map(|id| span(id, 1, "web")).collect::<Vec<_>>());
    engine.close().unwrap();
    let day = dir().join("blocks").join(&vfs.list(&dir().join("blocks")).unwrap()[0].name);
    let path = day.join("00000001-0.blk");
    for bit_idx in (0..read_file(&vfs, &path).unwrap().len() as u64 * 8).step_by(61) {
        let vfs = vfs.fork();
        vfs.flip_bit(&path, bit_idx).unwrap();
        let engine = open(&vfs, config()).unwrap();
        let mut failed = 0;
        for id in (1..40).chain(100..140).map(TraceId) {
            let answer = engine.trace(id, true).unwrap();
            let told =
                answer.gaps.iter().any(|gap| matches!(gap, Gap::Damaged { place, .. } if place.contains(".blk")));
            assert!(
                answer.value.len() == 1 || told,
                "bit {bit_idx}: a span is missing and the answer calls itself whole"
            );
            failed += usize::from(answer.value.is_empty());
        }
        assert!(failed < 40, "bit {bit_idx}: the other blocks are served");
        assert!(failed == 0 || !engine.damage().is_empty(), "bit {bit_idx}: {failed} missing and nothing told");
        engine.close().unwrap();
        let report = Engine::check(Arc::new(vfs.clone()), dir(), &mut |_| {}).unwrap();
        assert_eq!(report.damage.len(), 1, "bit {bit_idx}: {:?}", report.damage);
    }
}

#[test]
fn a_damaged_block_is_written_anew_while_the_inbox_has_its_spans() {
    let vfs = SimVfs::new();
    let slow = || Config { consumers: vec!["copy".into()], ..config() };
    let engine = open(&vfs, slow()).unwrap();
    put(&engine, &(1..40).map(|id| span(id, 1, "web")).collect::<Vec<_>>());
    engine.close().unwrap();
    drop(engine);
    let day = dir().join("blocks").join(&vfs.list(&dir().join("blocks")).unwrap()[0].name);
    vfs.flip_bit(&day.join("00000001-0.blk"), 77).unwrap();
    let engine = open(&vfs, slow()).unwrap();
    assert_eq!(stored(&engine, all_ids()).len(), 39);
    assert_eq!(engine.damage().len(), 1);
    engine.turn();
    assert_eq!(stored(&engine, all_ids()).len(), 39);
    engine.close().unwrap();
    drop(engine);
    let engine = open(&vfs, slow()).unwrap();
    assert!(engine.damage().is_empty());
    assert_eq!(stored(&engine, all_ids()).len(), 39);
    assert!(vfs.open(&day.join("00000001-0.blk.damaged")).is_ok(), "the damaged file is kept for who wants to look");
}

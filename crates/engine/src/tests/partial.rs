//! Answers that limits or damage keep from being whole: what could be found is there, the rest is named.

use super::rig::*;
use crate::{Config, Engine};
use nines_base::vfs::{SimVfs, Vfs, read_file};
use nines_base::{Timestamp, TraceId};
use nines_storage::contract::span;
use nines_storage::{Answer, Gap, Limits, SpanStore, TraceHit, TraceQuery, Window};
use nines_trace::filter::Filter;

const N_BLOCKS: u128 = 8;

/// One generation a trace, so that each stands in a block of its own.
fn blocks(limits: Limits) -> (Engine, SimVfs) {
    let vfs = SimVfs::new();
    let engine = open(&vfs, Config { limits, n_shards: 1, ..config() }).unwrap();
    for id in 1..=N_BLOCKS {
        put(&engine, &[span(id, id as u64, "web"), span(id, id as u64 + 1, "api")]);
        engine.seal();
        engine.turn();
    }
    (engine, vfs)
}

fn window() -> Window {
    Window { from: Timestamp(0), to: Timestamp(i64::MAX) }
}

fn find(engine: &Engine, limit: usize) -> Answer<Vec<u128>> {
    let clauses = vec![Filter::parse("service=web op=~op").unwrap()];
    let query = TraceQuery { clauses, window: window(), limit, strict_trace_id: true };
    engine.find(&query).unwrap().map(|hits: Vec<TraceHit>| hits.iter().map(|hit| hit.trace_id.0).collect())
}

#[test]
fn a_search_that_goes_through_too_much_keeps_the_newest_hits_and_names_the_limit() {
    let (engine, _) = blocks(Limits::default());
    assert_eq!(find(&engine, 100), Answer::whole((1..=N_BLOCKS).rev().collect()));
    let limits = Limits { bytes_per_query_max: 250, ..Limits::default() };
    let (engine, _) = blocks(limits);
    let cut = find(&engine, 100);
    assert_eq!(cut.gaps.iter().collect::<Vec<_>>(), [&Gap::Limit { name: "bytes_per_query_max", max: 250 }]);
    let n_found = cut.value.len() as u128;
    assert!((1..N_BLOCKS).contains(&n_found), "{n_found}");
    assert!(cut.value.iter().copied().eq((1..=N_BLOCKS).rev().take(n_found as usize)), "{:?}", cut.value);
    assert_eq!(find(&engine, 1), Answer::whole(vec![N_BLOCKS]), "who finds enough before is not cut");
    assert_eq!(find(&engine, 100), cut, "what a cache holds does not change an answer");
    let mut n_visited = 0;
    let gaps = engine.visit_traces(window(), &mut |_| n_visited += 1).unwrap();
    assert!(!gaps.is_empty() && (1..N_BLOCKS).contains(&n_visited), "{n_visited}");
}

#[test]
fn a_damaged_block_is_left_out_and_named_until_the_store_is_opened_without_it() {
    let (engine, vfs) = blocks(Limits::default());
    engine.close().unwrap();
    drop(engine);
    let day = dir().join("blocks").join(&vfs.list(&dir().join("blocks")).unwrap()[0].name);
    let path = day.join("00000003-0.blk");
    let n_bits = read_file(&vfs, &path).unwrap().len() as u64 * 8;
    for bit_idx in (0..n_bits).step_by(97) {
        let vfs = vfs.fork();
        vfs.flip_bit(&path, bit_idx).unwrap();
        let engine = open(&vfs, config()).unwrap();
        let found = find(&engine, 100);
        let named = |gap: &Gap| matches!(gap, Gap::Damaged { place, .. } if place.contains("00000003-0.blk"));
        match found.value.contains(&3) {
            true => assert_eq!(found.value.len() as u128, N_BLOCKS, "bit {bit_idx}"),
            false => assert!(found.gaps.iter().any(named), "bit {bit_idx}: {found:?}"),
        }
        assert!(found.value.len() as u128 >= N_BLOCKS - 1, "bit {bit_idx}: the other blocks are served");
        let mut n_visited = 0;
        let gaps = engine.visit_traces(window(), &mut |_| n_visited += 1).unwrap();
        assert!(n_visited == N_BLOCKS || gaps.iter().any(named), "bit {bit_idx}");
        let trace = engine.trace(TraceId(3), true).unwrap();
        assert!(trace.value.len() == 2 || trace.gaps.iter().any(named), "bit {bit_idx}");
    }
}

//! Pinned traces outlive retention, whatever is cut off, and nothing else does.

use super::rig::*;
use crate::block::BlockId;
use crate::directory::parse_block_name;
use crate::{Config, Engine, PINNED_TRACES_MAX, Pins};
use nines_base::vfs::{SimVfs, Vfs};
use nines_base::{DurationUs, SpanId, Timestamp, TraceId};
use nines_span::{Span, SpanFields};
use nines_storage::contract::{full_otlp_span, full_zipkin_span, span};
use nines_storage::{Position, SpanFeed, SpanFiles, SpanStore, TraceQuery, Window};
use nines_trace::filter::Filter;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

const DAY: DurationUs = DurationUs::from_secs(86_400);

fn child_of(parent: u64, span: Span) -> Span {
    Span { parent_id: Some(SpanId(parent)), ..span }
}

/// Two generations, each with parts of the traces 1 to 6; the second has spans that use every field.
fn batches() -> [Vec<Span>; 2] {
    let first = (1..=6).map(|trace| span(trace, 1, "web")).collect();
    let mut second: Vec<Span> = (1..=6).map(|trace| child_of(1, span(trace, 2, "api"))).collect();
    second.extend([full_otlp_span(), full_zipkin_span()]);
    [first, second]
}

fn load(vfs: &SimVfs) {
    let engine = open(vfs, config()).unwrap();
    for batch in batches() {
        put(&engine, &batch);
        engine.seal();
        engine.turn();
    }
    engine.close().unwrap();
}

fn pins() -> Pins {
    Pins::new([TraceId(3), full_otlp_span().trace_id, TraceId(99)])
}

/// A week after the last arrival everything is too old.
fn retain(engine: &Engine, pins: &Pins) -> crate::Retained {
    engine.retain(NOW + DurationUs(DAY.0 * 8), Some(DurationUs(DAY.0 * 7)), None, pins).unwrap()
}

fn is_pinned(span: &Span) -> bool {
    span.trace_id == TraceId(3) || span.trace_id == full_otlp_span().trace_id
}

fn all_ids() -> BTreeSet<TraceId> {
    batches().iter().flatten().map(|span| span.trace_id).collect()
}

fn wanted() -> Vec<String> {
    sorted_texts(batches().into_iter().flatten().filter(is_pinned))
}

fn block_names(vfs: &SimVfs) -> Vec<BlockId> {
    let blocks = Path::new("/data/blocks");
    let days = vfs.list(blocks).unwrap();
    // A day's directory may be gone while its name is there still.
    let files = days.iter().flat_map(|day| vfs.list(&blocks.join(&day.name)).unwrap_or_default());
    files.filter_map(|file| parse_block_name(&file.name)).collect()
}

/// How many spans there are, and which of them.
fn holds_the_pinned_alone(engine: &Engine, case: &str) {
    assert_eq!(stored(engine, all_ids()), wanted(), "{case}");
    assert_eq!(engine.stats().spans as usize, wanted().len(), "{case}");
    assert!(engine.damage().is_empty(), "{case}: {:?}", engine.damage());
}

#[test]
fn pinned_traces_stay_whole_when_their_blocks_go_and_leave_when_unpinned() {
    let vfs = SimVfs::new();
    load(&vfs);
    let engine = open(&vfs, config()).unwrap();
    let retained = retain(&engine, &pins());
    assert!(retained.n_blocks >= 2 && retained.n_blocks_pinned >= 2, "{retained:?}");
    holds_the_pinned_alone(&engine, "at once");
    assert!(engine.services().unwrap().contains(&"api".to_owned()));
    assert_eq!(retain(&engine, &pins()), crate::Retained::default(), "and again takes nothing");
    engine.close().unwrap();
    drop(engine);
    let report = Engine::check(Arc::new(vfs.clone()), dir(), &mut |_| {}).unwrap();
    assert_eq!((report.damage.len(), report.n_spans as usize), (0, wanted().len()));

    let engine = open(&vfs, config()).unwrap();
    holds_the_pinned_alone(&engine, "after a restart");
    let measure = engine.measure(false).unwrap();
    assert_eq!((measure.days.len(), measure.days[0].day.as_str(), measure.arrived()), (1, "pinned", None));
    retain(&engine, &Pins::default());
    assert_eq!((stored(&engine, all_ids()).len(), engine.stats().spans), (0, 0));
    assert!(engine.services().unwrap().is_empty());
    assert!(vfs.list(Path::new("/data/blocks")).unwrap().is_empty());
}

#[test]
fn a_pinned_trace_is_joined_with_what_comes_late() {
    let vfs = SimVfs::new();
    load(&vfs);
    let engine = open(&vfs, config()).unwrap();
    retain(&engine, &pins());
    let search = |engine: &Engine| {
        let clauses = ["service=web", "service=api", "service=late"].map(|text| Filter::parse(text).unwrap());
        let window = Window { from: Timestamp(0), to: Timestamp(i64::MAX) };
        let query = TraceQuery { clauses: clauses.to_vec(), window, limit: 10, strict_trace_id: true };
        engine.find(&query).unwrap().value.into_iter().map(|hit| hit.trace_id).collect::<Vec<_>>()
    };
    put(&engine, &[child_of(2, span(3, 3, "late"))]);
    assert_eq!(search(&engine), [TraceId(3)], "from memory");
    engine.close().unwrap();
    drop(engine);
    let engine = open(&vfs, config()).unwrap();
    assert_eq!(search(&engine), [TraceId(3)], "from a block that was written after");
}

#[test]
fn seg_1_a_hand_over_cut_off_anywhere_loses_and_repeats_nothing() {
    let before = SimVfs::new();
    load(&before);
    let whole = before.fork();
    let first_op = whole.n_ops();
    retain(&open(&whole, config()).unwrap(), &pins());
    let n_ops = whole.n_ops();
    assert!(n_ops - first_op > 20, "{first_op} to {n_ops}");
    for crash_after in first_op..=n_ops {
        for seed in 0..4 {
            let case = format!("crash after operation {crash_after}, seed {seed}");
            let vfs = before.fork();
            vfs.crash_after(crash_after);
            if let Ok(engine) = open(&vfs, config()) {
                let _ = engine.retain(NOW + DurationUs(DAY.0 * 8), Some(DAY), None, &pins());
            }
            vfs.crash(seed);
            let engine = open(&vfs, config()).unwrap_or_else(|error| panic!("{case}: {error}"));
            let names: Vec<BlockId> = block_names(&vfs);
            assert!(names.iter().all(|id| !names.contains(&id.pinned())), "{case}: both are there: {names:?}");
            let read = stored(&engine, all_ids());
            assert!(wanted().iter().all(|text| read.contains(text)), "{case}: a pinned span is lost");
            // The next round ends what was begun.
            retain(&engine, &pins());
            holds_the_pinned_alone(&engine, &case);
        }
    }
}

#[test]
fn a_block_whose_pinned_traces_find_no_room_stays_until_they_do() {
    let vfs = SimVfs::new();
    load(&vfs);
    let engine = open(&vfs, config()).unwrap();
    let spans_before = engine.stats().spans;
    vfs.set_capacity(Some(0));
    assert!(engine.retain(NOW + DurationUs(DAY.0 * 8), Some(DAY), None, &pins()).is_err());
    assert!(wanted().iter().all(|text| stored(&engine, all_ids()).contains(text)));
    assert!(engine.stats().spans <= spans_before);
    vfs.set_capacity(None);
    retain(&engine, &pins());
    holds_the_pinned_alone(&engine, "with room again");
}

#[test]
fn consumers_that_look_back_do_not_see_what_only_pins_keep() {
    let vfs = SimVfs::new();
    load(&vfs);
    let engine = open(&vfs, Config { consumers: vec!["slo".into()], ..config() }).unwrap();
    let n_seen = || {
        let mut n_seen = 0;
        let upto = Position { generation: u64::MAX, rows: Vec::new() };
        let mut visit = |_, _: &dyn SpanFields| {
            n_seen += 1;
            ControlFlow::Continue(())
        };
        engine.read_back(Timestamp(0), &upto, &mut visit).unwrap();
        n_seen
    };
    assert_eq!(n_seen(), 14);
    retain(&engine, &pins());
    assert_eq!(n_seen(), 0);
    holds_the_pinned_alone(&engine, "but reads do");
}

#[test]
fn so_many_traces_are_pinned_and_no_more() {
    assert_eq!(Pins::new((1..=PINNED_TRACES_MAX as u128 + 5).map(TraceId)).len(), PINNED_TRACES_MAX);
    assert!(Pins::default().is_empty());
}

//! Readers of the store's files.
//!
//! Claims: nothing panics, whatever the bytes are; what is read can be shown; an inbox file that was cut
//! where its good records end replays to the same rows and is no longer torn.

use nines_base::vfs::{SimVfs, Vfs};
use nines_engine::block::{Block, BlockCaches};
use nines_engine::inbox::{Replay, replay};
use nines_span::{Span, zipkin::json_v2};
use std::path::Path;
use std::sync::Arc;

/// Bytes of unpacked groups kept while a block is read: more than any input unpacks to.
const CACHE_BYTES: usize = 64 << 20;

/// Traces of a block that are looked up by id.
const LOOK_UPS_MAX: usize = 8;

/// Opens a block and reads everything in it.
pub fn block(bytes: &[u8]) {
    let vfs = SimVfs::new();
    let path = Path::new("/fuzz.blk");
    vfs.create(path).and_then(|file| file.append(bytes)).expect("the simulated disk has room");
    let Ok(block) = Block::open(Arc::new(vfs), path) else { return };
    let caches = BlockCaches::new(CACHE_BYTES, CACHE_BYTES, 1);
    let mut trace_ids = Vec::new();
    for group_idx in 0..block.groups().len() {
        // Of a damaged block each part is asked for on its own; errors are what they should be.
        let Ok(frame) = block.frame(group_idx, &caches) else { continue };
        trace_ids.extend(frame.rows().trace_ids.iter().take(LOOK_UPS_MAX).copied());
        for trace_idx in 0..frame.n_traces() {
            let _ = (frame.time_of(trace_idx), block.trace(group_idx, trace_idx, &caches));
        }
        if let Ok(group) = block.group(group_idx, &caches) {
            let rows = 0..group.rows().len() as u32;
            let spans: Vec<Span> = rows.clone().map(|row| group.row(row).to_span()).collect();
            let _ = rows.map(|row| group.arrived(row)).max();
            show(&spans);
        }
    }
    for trace_id in trace_ids.into_iter().take(LOOK_UPS_MAX) {
        let _ = block.find_traces(trace_id, usize::MAX, &caches);
    }
    let _ = (block.splits(&caches), block.ordinals(&caches), block.check_filters(&caches), block.filter(7, &caches));
    for ordinal in [0, block.footer().n_traces.saturating_sub(1), u32::MAX] {
        let _ = block.times_at(ordinal);
    }
}

/// Replays an inbox file and reads every row.
pub fn inbox(bytes: &[u8]) {
    let found = replayed(bytes);
    let spans = spans_of(&found);
    show(&spans);
    assert!(found.end <= bytes.len() as u64, "good records end inside the file");
    if found.torn && found.damage.is_empty() && found.n_records > 0 {
        let again = replayed(&bytes[..found.end as usize]);
        assert!(again.damage.is_empty(), "a file cut at its end is not damaged");
        assert_eq!((again.n_records, again.end), (found.n_records, found.end));
        assert_eq!(spans_of(&again), spans);
    }
}

fn spans_of(replay: &Replay) -> Vec<Span> {
    let rows = replay.segments.iter().flat_map(|segment| (0..segment.len() as u32).map(|row| segment.row(row)));
    rows.map(|row| row.to_span()).collect()
}

fn replayed(bytes: &[u8]) -> Replay {
    let vfs = SimVfs::new();
    let file = vfs.create(Path::new("/fuzz.wal")).expect("the simulated disk has room");
    file.append(bytes).expect("the simulated disk has room");
    replay(&*file).expect("the simulated disk reads")
}

/// Writes spans, whose kept OTLP fields may be any bytes, as a query would.
fn show(spans: &[Span]) {
    json_v2::write_list(spans, &mut Vec::new());
}

//! A segment that is being read while it is filled, or while its block is being written.

use super::segment::{Fill, Segment};
use crate::block::{BlockId, Bounds, PartPlace};
use crate::hash::NumberMap;
use nines_base::TraceId;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// One shard's segment of one generation. Rows are only ever added, so a reader that remembers how
/// many there were may let go of the lock between looks.
pub struct Live {
    /// Generation of the inbox.
    pub generation: u64,
    /// Its shard.
    pub shard: usize,
    segment: RwLock<Segment>,
    durable_rows: AtomicU64,
    full: AtomicBool,
    rows: AtomicUsize,
    bytes: AtomicUsize,
    splits: Mutex<LiveSplits>,
}

/// Which traces of a segment have another part elsewhere, as far as was looked.
#[derive(Default)]
pub struct LiveSplits {
    /// Traces below this place were looked up.
    pub n_checked: usize,
    /// By the trace's place.
    pub traces: NumberMap<u32, SplitTrace>,
}

/// A trace that has another part.
pub struct SplitTrace {
    /// Times the other parts may have.
    pub elsewhere: Bounds,
    /// The other parts.
    pub others: Vec<PartPlace>,
    /// The time that the other parts were told last; `None` when some were told nothing yet.
    pub told_us: Option<Option<u64>>,
}

impl Live {
    /// A segment to be filled, or one that replay filled.
    pub fn new(generation: u64, shard: usize, segment: Segment) -> Live {
        Live {
            generation,
            shard,
            durable_rows: AtomicU64::new(segment.len() as u64),
            full: AtomicBool::new(false),
            rows: AtomicUsize::new(segment.len()),
            bytes: AtomicUsize::new(segment.n_bytes()),
            segment: RwLock::new(segment),
            splits: Mutex::default(),
        }
    }

    /// Generation and shard.
    pub fn id(&self) -> BlockId {
        BlockId { generation: self.generation, shard: self.shard as u32 }
    }

    /// The segment for reading. Hold it for microseconds: the sender waits.
    pub fn read(&self) -> RwLockReadGuard<'_, Segment> {
        // A writer that panicked left every counted row whole: rows are counted when all their columns are there.
        self.segment.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Places of the traces of this id, or of all that share its low half.
    pub fn places_of(&self, id: TraceId, strict: bool) -> Vec<u32> {
        let segment = self.read();
        let trace_ids = &segment.rows().trace_ids;
        let places = segment.traces().find_low(id.0, trace_ids);
        places.filter(|place| !strict || trace_ids[*place as usize] == id.0).collect()
    }

    /// The segment for appending; `None` after a panic in the midst of an append, when columns may
    /// have grown apart and nothing more must be added.
    pub fn write(&self) -> Option<RwLockWriteGuard<'_, Segment>> {
        self.segment.write().ok()
    }

    /// The same, where nobody has the segment just now and would have to be waited for.
    pub fn try_write(&self) -> Option<RwLockWriteGuard<'_, Segment>> {
        self.segment.try_write().ok()
    }

    /// Whether the segment was found to hold all that one should. Every batch asks this of every shard,
    /// so it is told without the lock, under which another batch is being appended.
    pub fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    /// The segment holds all that one should.
    pub fn set_full(&self) {
        self.full.store(true, Ordering::Relaxed);
    }

    /// How much the segment held when that was last noted: told without the lock.
    pub fn fill(&self) -> Fill {
        Fill { rows: self.rows.load(Ordering::Relaxed), bytes: self.bytes.load(Ordering::Relaxed) }
    }

    /// The segment holds this much.
    pub fn set_fill(&self, fill: Fill) {
        self.rows.store(fill.rows, Ordering::Relaxed);
        self.bytes.store(fill.bytes, Ordering::Relaxed);
    }

    /// Rows that are durable.
    pub fn durable_rows(&self) -> u64 {
        self.durable_rows.load(Ordering::Acquire)
    }

    /// The first `rows` rows are durable now.
    pub fn set_durable(&self, rows: u64) {
        self.durable_rows.fetch_max(rows, Ordering::AcqRel);
    }

    /// What is known of traces that have other parts.
    pub fn splits(&self) -> MutexGuard<'_, LiveSplits> {
        self.splits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the segment's memory back for another generation, if nobody reads it any more.
    pub fn into_segment(self) -> Segment {
        self.segment.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LiveSplits {
    /// Notes that the trace at `place` has another part, whose time may be anything in `times`.
    pub fn note(&mut self, place: u32, other: PartPlace, times: Bounds) {
        let new = || SplitTrace { elsewhere: Bounds::EMPTY, others: Vec::new(), told_us: None };
        let known = self.traces.entry(place).or_insert_with(new);
        known.elsewhere.widen(times);
        if !known.others.contains(&other) {
            known.others.push(other);
            known.told_us = None;
        }
    }
}

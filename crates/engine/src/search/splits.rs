//! Finds traces that have parts in more than one place, before a search relies on knowing them.
//!
//! Two moments suffice: when a block is written it is compared with everything older
//! ([`Inner::find_splits`]) and, once open, with the segments that are still filling
//! ([`Inner::note_live_splits`]); and a search looks up the traces that segments have taken in since the
//! last one ([`Inner::refresh_splits`]). Both sides of a split learn of it, with the times of the other.

use crate::block::{Block, BlockId, Bounds, PartPlace, Split, fingerprint};
use crate::catalog::Catalog;
use crate::engine::Inner;
use crate::hash::NumberMap;
use crate::hot::Live;
use nines_storage::{Gap, StoreError};
use std::sync::PoisonError;

/// Parts of one trace in one place that each other part is told of. A trace of half a million spans has
/// as many fragments; beyond it a join still finds all, going from part to part, but a search may stop
/// before it comes to one whose time is far from the others'.
const PARTS_TOLD_MAX: usize = 64;

/// Traces looked up before the segment is let go for a moment.
const TRACES_AT_ONCE: usize = 1024;

impl Inner {
    /// The splits of a block that is being written: parts of its traces in blocks there are, and in itself.
    pub(crate) fn find_splits(&self, id: BlockId, trace_ids: &[u128], catalog: &Catalog) -> Vec<Split> {
        let mut splits = Vec::new();
        let mut by_low: NumberMap<u64, Vec<u32>> = NumberMap::default();
        for (ordinal, trace_id) in (0u32..).zip(trace_ids) {
            let earlier = by_low.entry(*trace_id as u64).or_default();
            let nearest = &earlier[earlier.len().saturating_sub(PARTS_TOLD_MAX)..];
            splits.extend(nearest.iter().map(|other| Split { ordinal, other: id, other_ordinal: *other }));
            earlier.push(ordinal);
            if !self.may_be_in_blocks(*trace_id) {
                continue;
            }
            for block in &catalog.blocks {
                let found = self.parts_in(block, *trace_id);
                splits.extend(found.into_iter().map(|other| Split {
                    ordinal,
                    other: block.id(),
                    other_ordinal: other,
                }));
            }
        }
        splits
    }

    /// Tells a new block, and the blocks it names, of its splits. Where they cannot be read, traces come in
    /// parts that nobody joins: every answer says so from then on.
    pub(crate) fn note_splits(&self, block: &Block, catalog: &Catalog) {
        self.read_splits(block, catalog).unwrap_or_else(|error| self.note_missing(error));
    }

    /// Ordinals of a block's parts of a trace; none, and every answer says so from then on, where they cannot
    /// be read.
    fn parts_in(&self, block: &Block, trace_id: u128) -> Vec<u32> {
        block.find_traces(trace_id, PARTS_TOLD_MAX, &self.caches).unwrap_or_else(|error| {
            self.note_missing(error);
            Vec::new()
        })
    }

    fn note_missing(&self, error: StoreError) {
        if let Some(error) = self.note_damage(error) {
            self.catalogs.change(|catalog| catalog.missing.add(Gap::of(&error)));
        }
    }

    fn read_splits(&self, block: &Block, catalog: &Catalog) -> Result<(), StoreError> {
        for split in block.splits(&self.caches)? {
            let same = split.other == block.id();
            let other = if same { Some(block) } else { catalog.block(split.other).map(|other| &**other) };
            // A block that retention took has taken its parts with it.
            if let Some(other) = other {
                let (here, there) = (split.ordinal, split.other_ordinal);
                block.note_split(here, PartPlace::Block(other.id(), there), other.times_at(there));
                other.note_split(there, PartPlace::Block(block.id(), here), block.times_at(here));
            }
        }
        Ok(())
    }

    /// Adds a block's traces to those that are looked for.
    pub(crate) fn note_seen(&self, block: &Block) {
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        block.fingerprints().as_slice().iter().for_each(|fingerprint| seen.insert(*fingerprint));
    }

    fn may_be_in_blocks(&self, trace_id: u128) -> bool {
        self.seen.read().unwrap_or_else(PoisonError::into_inner).may_contain(fingerprint(trace_id))
    }

    /// Compares a block with the segments of later generations. `trace_ids` are its traces' by ordinal.
    pub(crate) fn note_live_splits(&self, block: &Block, trace_ids: &[u128], catalog: &Catalog) {
        for live in catalog.lives.iter().filter(|live| live.generation > block.id().generation) {
            for (chunk_idx, chunk) in trace_ids.chunks(TRACES_AT_ONCE).enumerate() {
                let segment = live.read();
                let mut splits = live.splits();
                for (ordinal, trace_id) in ((chunk_idx * TRACES_AT_ONCE) as u32..).zip(chunk) {
                    let found = segment.traces().find_low(*trace_id, &segment.rows().trace_ids);
                    for place in found.take(PARTS_TOLD_MAX) {
                        splits.note(place, PartPlace::Block(block.id(), ordinal), block.times_at(ordinal));
                        let times = Bounds::of(segment.traces().heads()[place as usize].time_us());
                        block.note_split(ordinal, PartPlace::Live(live.id(), place), times);
                    }
                }
            }
        }
    }

    /// Looks up the traces that segments have taken in since the last search, and tells the other parts
    /// of known ones when their time has changed: a late root moves a trace.
    pub(crate) fn refresh_splits(&self, catalog: &Catalog) {
        for live in &catalog.lives {
            loop {
                let from = live.splits().n_checked;
                let trace_ids = {
                    let segment = live.read();
                    let upto = segment.rows().trace_ids.len().min(from + TRACES_AT_ONCE);
                    segment.rows().trace_ids[from.min(upto)..upto].to_vec()
                };
                if trace_ids.is_empty() {
                    break;
                }
                for (place, trace_id) in (from as u32..).zip(&trace_ids) {
                    for (other, times) in self.other_parts(live, place, *trace_id, catalog) {
                        live.splits().note(place, other, times);
                    }
                }
                let mut splits = live.splits();
                splits.n_checked = splits.n_checked.max(from + trace_ids.len());
            }
        }
        for live in &catalog.lives {
            self.tell_times(live, catalog);
        }
    }

    /// Other parts of a segment's trace, and their times.
    fn other_parts(&self, live: &Live, place: u32, trace_id: u128, catalog: &Catalog) -> Vec<(PartPlace, Bounds)> {
        let mut parts = Vec::new();
        if self.may_be_in_blocks(trace_id) {
            for block in &catalog.blocks {
                let found = self.parts_in(block, trace_id);
                for ordinal in found {
                    parts.push((PartPlace::Block(block.id(), ordinal), block.times_at(ordinal)));
                }
            }
        }
        for other in &catalog.lives {
            let same = other.id() == live.id();
            let segment = other.read();
            let found = segment.traces().find_low(trace_id, &segment.rows().trace_ids);
            for other_place in found.take(PARTS_TOLD_MAX) {
                if !same || other_place != place {
                    let times = Bounds::of(segment.traces().heads()[other_place as usize].time_us());
                    parts.push((PartPlace::Live(other.id(), other_place), times));
                }
            }
        }
        parts
    }

    /// Tells the other parts of a segment's split traces the times that are new since the last telling.
    fn tell_times(&self, live: &Live, catalog: &Catalog) {
        let mut told = Vec::new();
        {
            let segment = live.read();
            for (place, split) in &mut live.splits().traces {
                let time_us = segment.traces().heads()[*place as usize].time_us();
                if split.told_us != Some(time_us) {
                    split.told_us = Some(time_us);
                    told.extend(split.others.iter().map(|other| (*other, *place, Bounds::of(time_us))));
                }
            }
        }
        for (other, place, times) in told {
            let here = PartPlace::Live(live.id(), place);
            match other {
                PartPlace::Block(id, ordinal) => {
                    if let Some(block) = catalog.block(id) {
                        block.note_split(ordinal, here, times);
                    }
                }
                PartPlace::Live(id, other_place) => {
                    if let Some(other) = catalog.live(id) {
                        other.splits().note(other_place, here, times);
                    }
                }
            }
        }
    }
}

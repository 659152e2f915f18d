//! Pins: traces that outlive retention, because something that stays cites them.
//!
//! Before a block goes, what it has of pinned traces is written to a block of its own, with the same
//! format, under `blocks/pinned/`. That one is durable before the old one is unlinked, so a crash in
//! between leaves both, and opening drops the copy. A pinned block goes when nothing in it is pinned any
//! more, and never by age. Does not know who pins, or why.

use crate::block::{Block, BlockId, encode_block, fingerprint};
use crate::catalog::Catalog;
use crate::directory::store_file;
use crate::engine::Inner;
use crate::hot::{BatchMemo, Segment};
use nines_base::TraceId;
use nines_span::Batch;
use nines_storage::StoreError;
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, PoisonError};

/// Traces that may be pinned at once: each is looked up in every block that goes. A decision a minute with
/// evidence of its own for a week.
pub const PINNED_TRACES_MAX: usize = 10_000;

/// Bytes that pinned blocks may take: so many traces of a thousand spans each. Beyond it the oldest go.
pub const PINNED_BYTES_MAX: u64 = 256 << 20;

/// Parts of one pinned id kept of one block. Who sends spans chooses ids, and may choose many that share
/// their low half.
const PARTS_KEPT_MAX: usize = 64;

/// Traces that are pinned, as a value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pins {
    /// Low halves: ids that were cut on the way stay with the whole ones.
    lows: BTreeSet<u64>,
    fingerprints: BTreeSet<u32>,
}

impl Pins {
    /// Pins the first [`PINNED_TRACES_MAX`] of these.
    pub fn new(ids: impl IntoIterator<Item = TraceId>) -> Pins {
        let mut pins = Pins::default();
        for id in ids {
            if pins.lows.len() == PINNED_TRACES_MAX {
                break;
            }
            pins.lows.insert(id.low());
            pins.fingerprints.insert(fingerprint(id.0));
        }
        pins
    }

    /// Traces pinned.
    pub fn len(&self) -> usize {
        self.lows.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.lows.is_empty()
    }

    /// Whether a pinned block has something that is pinned still; wrong only towards yes.
    pub(super) fn want(&self, block: &Block) -> bool {
        block.fingerprints().as_slice().iter().any(|fingerprint| self.fingerprints.contains(fingerprint))
    }
}

impl Inner {
    /// Makes what a block has of pinned traces durable in a block of its own; `None` if it has nothing.
    pub(super) fn keep_pinned(&self, block: &Block, pins: &Pins) -> Result<Option<Arc<Block>>, StoreError> {
        let segment = self.pinned_rows(block, pins);
        if segment.is_empty() {
            return Ok(None);
        }
        let id = block.id().pinned();
        let path = self.layout.pinned_file(id);
        let failed = |source: io::Error| StoreError::Io {
            step: format!("write pinned block {}", path.display()),
            source: Arc::new(source),
        };
        let mut catalog = Catalog::clone(&self.catalogs.now());
        catalog.blocks.retain(|other| other.id() != block.id() && other.id() != id);
        let mut trace_ids = Vec::new();
        let bytes = encode_block(&segment, id, block.footer().n_shards, |ids| {
            trace_ids = ids.to_vec();
            self.find_splits(id, ids, &catalog)
        });
        {
            let _days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
            self.vfs.create_dir(&self.layout.pinned()).map_err(failed)?;
            self.vfs.sync_dir(&self.layout.blocks()).map_err(failed)?;
            store_file(&*self.vfs, &path, &bytes).map_err(failed)?;
        }
        let pinned = Arc::new(Block::open(self.vfs.clone(), &path)?);
        self.note_seen(&pinned);
        self.count_names(pinned.operations(), 0);
        self.replace_by_pinned(block.id(), &pinned, &trace_ids);
        Ok(Some(pinned))
    }

    /// Puts a pinned block in the place of the one it was taken from, for readers that come now.
    fn replace_by_pinned(&self, origin: BlockId, pinned: &Arc<Block>, trace_ids: &[u128]) {
        self.note_live_splits(pinned, trace_ids, &self.catalogs.now());
        self.catalogs.change(|catalog| {
            catalog.blocks.retain(|block| block.id() != origin);
            catalog.blocks.push(pinned.clone());
        });
        let catalog = self.catalogs.now();
        self.note_splits(pinned, &catalog);
        // Once more: a search that began before may have looked up a trace that came in between.
        self.note_live_splits(pinned, trace_ids, &catalog);
    }

    /// The rows of a block's pinned traces, with their arrivals. What cannot be read is noted and left out:
    /// the block goes all the same.
    fn pinned_rows(&self, block: &Block, pins: &Pins) -> Segment {
        let mut ordinals = BTreeSet::new();
        for low in &pins.lows {
            ordinals.extend(self.or_damage(block.find_traces(u128::from(*low), PARTS_KEPT_MAX, &self.caches)));
        }
        let mut segment = Segment::default();
        for ordinal in ordinals {
            self.or_damage(self.add_trace(block, ordinal, &mut segment));
        }
        segment
    }

    fn add_trace(&self, block: &Block, ordinal: u32, segment: &mut Segment) -> Result<(), StoreError> {
        let group_idx = block.group_of(ordinal);
        let trace_idx = (ordinal - block.groups()[group_idx].first_trace) as usize;
        let group = block.trace(group_idx, trace_idx, &self.caches)?;
        for row in 0..group.rows().len() as u32 {
            let arrived = group.arrived(row);
            if row == 0 || arrived != group.arrived(row - 1) {
                segment.begin_record(arrived);
            }
            let span = [group.row(row).to_span()];
            let batch = Batch::from(&span[..]);
            batch.views().for_each(|view| segment.append(&view, &mut BatchMemo::default()));
        }
        Ok(())
    }
}

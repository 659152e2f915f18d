//! Who calls whom, added up once and remembered.
//!
//! A trace that lies in one place and whose spans have ids of their own is linked from columns, without
//! making a span of it ([`trace`]); its links are added up for the row group or kept for the segment's
//! trace they belong to ([`groups`], [`lives`]). A window takes the sums of the groups it covers and
//! goes through the traces of those at its edges. A trace with parts in several places is linked whole,
//! by itself, once for every change of its parts ([`joined`]). So asking again costs additions.
//!
//! Does not know the rules of a link: those are the trace crate's, and everything here equals what its
//! linker says of whole traces (LNK-1).
//!
//! # Invariants
//! - LNK-1: the links of a window are those of [`nines_trace::linker::Linker`] over the traces that have a
//!   span starting in it, whatever was remembered.

mod groups;
mod joined;
mod lives;
mod names;
mod sides;
mod sums;
mod trace;

use crate::block::{BlockId, Bounds};
use crate::catalog::Catalog;
use crate::engine::Inner;
use crate::hash::NumberMap;
use crate::search::Reading;
use groups::BlockLinks;
use joined::JoinedLinks;
use lives::LiveLinks;
use names::Names;
use nines_storage::{Answer, Window};
use nines_trace::linker::Link;
use std::collections::HashSet;
use std::sync::PoisonError;
use sums::Sums;
use trace::TraceLinker;

/// Links that blocks and groups keep at most, twelve bytes each: 24 MB. When there are more, groups of blocks
/// that are added up as a whole are forgotten: a few thousand million spans of a system with a hundred links
/// fit then. When that is not enough, all are, and come back as they are asked for.
const KEPT_MAX: usize = 2 << 20;

/// What was added up so far. Whoever asks holds it: the second asker finds what the first one learnt.
#[derive(Default)]
pub struct LinkMemory {
    names: Names,
    linker: TraceLinker,
    blocks: NumberMap<BlockId, BlockLinks>,
    lives: NumberMap<BlockId, LiveLinks>,
    /// By the low half of the trace id.
    joined: NumberMap<u64, JoinedLinks>,
}

/// A question on its way.
struct Linking<'l> {
    inner: &'l Inner,
    catalog: &'l Catalog,
    memory: &'l mut LinkMemory,
    reading: Reading<'l>,
    window: Bounds,
    sums: Sums,
    /// Low halves of the traces that were linked whole.
    done: HashSet<u64>,
}

impl Inner {
    /// See [`nines_storage::SpanStore::links`].
    pub(crate) fn links(&self, window: Window) -> Answer<Vec<Link>> {
        let catalog = self.catalogs.now();
        let mut reading = Reading::new(self, &catalog);
        let bounds = match u64::try_from(window.to.0) {
            Ok(max_us) => Bounds { min_us: window.from.0.max(0) as u64, max_us },
            Err(_) => Bounds::EMPTY,
        };
        if bounds.is_empty() {
            return reading.answer(Vec::new());
        }
        // LNK-1: which traces have parts in several places is known before any is linked by columns alone; and
        // what was remembered of segments and blocks that are gone is not added up.
        reading.know_splits(&catalog);
        let mut memory = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        memory.forget_what_is_gone(&catalog);
        let mut linking = Linking {
            inner: self,
            catalog: &catalog,
            memory: &mut memory,
            reading,
            window: bounds,
            sums: Sums::default(),
            done: HashSet::new(),
        };
        for live in &catalog.lives {
            linking.live(live);
        }
        for block in &catalog.blocks {
            linking.block(block);
        }
        let Linking { reading, sums, memory, .. } = linking;
        reading.answer(sums.links(&memory.names))
    }
}

impl LinkMemory {
    fn forget_what_is_gone(&mut self, catalog: &Catalog) {
        self.blocks.retain(|id, _| catalog.block(*id).is_some());
        self.lives.retain(|id, _| catalog.live(*id).is_some());
        let n_kept = |blocks: &NumberMap<BlockId, BlockLinks>| blocks.values().map(BlockLinks::n_kept).sum::<usize>();
        if n_kept(&self.blocks) > KEPT_MAX {
            self.blocks.values_mut().for_each(BlockLinks::forget_groups);
        }
        if n_kept(&self.blocks) > KEPT_MAX {
            self.blocks.clear();
        }
    }
}

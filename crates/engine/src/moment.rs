//! One moment of a store that takes spans meanwhile: what a query sees, whole batches only.
//!
//! A batch comes to its shards one after the other, so that at any time some have a part of it and some
//! have not. A query must not see such a half: it takes, under one small lock, how many rows each open
//! segment has and which of them belong to batches that are not whole yet. Rows below are never changed,
//! so nothing needs to be held afterwards, and neither side waits for the other's work.
//!
//! # Invariants
//! - SNP-1: a query sees all of a batch or nothing of it, and nothing that came after its moment; it sees
//!   every batch whose append had returned.

use crate::block::{Block, BlockId};
use crate::catalog::Catalog;
use crate::engine::Inner;
use crate::hot::{Live, View};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Rows of the open generation's segments, and the batches on their way into them.
#[derive(Default)]
pub struct Moments {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    generation: u64,
    /// Rows of each shard, those of batches on their way included.
    rows: Vec<u32>,
    /// Parts of batches that have not come to all of their shards.
    coming: Vec<Part>,
    next_batch: u64,
}

struct Part {
    batch: u64,
    shard: usize,
    rows: Range<u32>,
}

/// A batch on its way; it is whole when this is dropped.
pub struct Coming<'m> {
    moments: &'m Moments,
    batch: u64,
}

impl Moments {
    /// A batch begins to come in.
    pub fn begin(&self) -> Coming<'_> {
        let mut state = self.state();
        state.next_batch += 1;
        Coming { moments: self, batch: state.next_batch }
    }

    /// A generation with empty segments is open now; no batch is on its way.
    pub fn open(&self, generation: u64, n_shards: usize) {
        let mut state = self.state();
        state.generation = generation;
        state.rows = vec![0; n_shards];
        state.coming.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change below is one step that does not panic half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Coming<'_> {
    /// A shard's segment has the batch's part now. Called while that segment is held.
    pub fn came_to(&self, shard: usize, rows: Range<u32>) {
        let mut state = self.moments.state();
        if let Some(known) = state.rows.get_mut(shard) {
            *known = rows.end;
            state.coming.push(Part { batch: self.batch, shard, rows });
        }
    }
}

impl Drop for Coming<'_> {
    fn drop(&mut self) {
        self.moments.state().coming.retain(|part| part.batch != self.batch);
    }
}

/// What one query sees.
pub struct Snapshot {
    /// Segments and blocks.
    pub catalog: Arc<Catalog>,
    /// Of each segment, in the catalog's order.
    views: Vec<View>,
}

impl Snapshot {
    /// The segments, each with what is seen of it.
    pub fn lives(&self) -> impl Iterator<Item = (&Arc<Live>, &View)> {
        self.catalog.lives.iter().zip(&self.views)
    }

    /// A segment by its generation and shard.
    pub fn live(&self, id: BlockId) -> Option<(&Arc<Live>, &View)> {
        self.lives().find(|(live, _)| live.id() == id)
    }

    /// The blocks.
    pub fn blocks(&self) -> &[Arc<Block>] {
        &self.catalog.blocks
    }

    /// A block by its id.
    pub fn block(&self, id: BlockId) -> Option<&Arc<Block>> {
        self.catalog.block(id)
    }
}

impl Inner {
    /// What a query that begins now sees (SNP-1).
    pub(crate) fn snapshot(&self) -> Snapshot {
        let catalog = self.catalogs.now();
        let state = self.moments.state();
        let mut views: Vec<Option<View>> = catalog
            .lives
            .iter()
            .map(|live| {
                if live.generation > state.generation {
                    // Opened this instant: the catalog has it, and no batch yet.
                    return Some(View::default());
                }
                if live.generation < state.generation {
                    return None;
                }
                let of_shard = state.coming.iter().filter(|part| part.shard == live.shard);
                // SNP-1: rows of a batch that is not in all of its shards yet are passed over in every shard.
                let hidden = of_shard.map(|part| part.rows.clone()).collect();
                Some(View { n_rows: state.rows[live.shard], hidden })
            })
            .collect();
        drop(state);
        // A sealed segment does not grow.
        let whole = |live: &Arc<Live>| View { n_rows: live.read().len() as u32, hidden: Vec::new() };
        let views = catalog.lives.iter().zip(&mut views).map(|(live, view)| view.take().unwrap_or_else(|| whole(live)));
        let views = views.collect();
        Snapshot { catalog, views }
    }
}

//! Everything a reader may look at, as one value that never changes: readers take it and need no lock.

use crate::block::{Block, BlockId};
use crate::config::is_kept;
use crate::hot::Live;
use nines_storage::Gaps;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Segments and blocks at one moment. A span is in exactly one of them.
#[derive(Clone, Default)]
pub struct Catalog {
    /// Segments, oldest generation first.
    pub lives: Vec<Arc<Live>>,
    /// Segments whose spans are not kept: consumers read them, and nobody else.
    pub counted: Vec<Arc<Live>>,
    /// Blocks, oldest generation first.
    pub blocks: Vec<Arc<Block>>,
    /// What could not be read at all when the store was opened: every answer lacks it.
    pub missing: Gaps,
}

impl Catalog {
    /// Takes up segments, each among its kind.
    pub fn add_lives<'l>(&mut self, lives: impl Iterator<Item = &'l Arc<Live>>) {
        for live in lives {
            let list = if is_kept(live.shard) { &mut self.lives } else { &mut self.counted };
            list.push(live.clone());
        }
    }

    /// Lets go of the segments of a generation.
    pub fn remove_lives(&mut self, generation: u64) {
        self.lives.retain(|live| live.generation != generation);
        self.counted.retain(|live| live.generation != generation);
    }

    /// All segments of a generation, also those that only consumers read.
    pub fn of_generation(&self, generation: u64) -> impl Iterator<Item = &Arc<Live>> {
        self.lives.iter().chain(&self.counted).filter(move |live| live.generation == generation)
    }

    /// Generations that have segments in memory.
    pub fn n_generations(&self) -> usize {
        let mut generations: Vec<u64> = self.lives.iter().map(|live| live.generation).collect();
        generations.dedup();
        generations.len()
    }

    /// A segment by its generation and shard.
    pub fn live(&self, id: BlockId) -> Option<&Arc<Live>> {
        self.lives.iter().find(|live| live.id() == id)
    }

    /// A block by its id.
    pub fn block(&self, id: BlockId) -> Option<&Arc<Block>> {
        self.blocks.binary_search_by(|block| block.id().cmp(&id)).ok().map(|at| &self.blocks[at])
    }
}

/// The present catalog.
#[derive(Default)]
pub struct Catalogs {
    now: RwLock<Arc<Catalog>>,
    changing: Mutex<()>,
}

impl Catalogs {
    /// Begins with `catalog`.
    pub fn new(catalog: Catalog) -> Catalogs {
        Catalogs { now: RwLock::new(Arc::new(catalog)), changing: Mutex::default() }
    }

    /// The present catalog.
    pub fn now(&self) -> Arc<Catalog> {
        // A lock here guards one pointer, which is whole whatever panicked.
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the catalog by a changed copy.
    pub fn change(&self, change: impl FnOnce(&mut Catalog)) {
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = Catalog::clone(&self.now());
        change(&mut next);
        next.lives.sort_by_key(|live| (live.generation, live.shard));
        next.counted.sort_by_key(|live| (live.generation, live.shard));
        next.blocks.sort_by_key(|block| block.id());
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }
}

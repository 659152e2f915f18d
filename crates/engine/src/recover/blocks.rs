//! Turns a sealed generation into blocks: one for each shard that has rows and is kept.

use crate::block::{Block, BlockId, encode_block};
use crate::config::is_kept;
use crate::directory::store_file;
use crate::engine::Inner;
use crate::hot::Live;
use crate::inbox::Sealed;
use nines_base::Timestamp;
use nines_storage::StoreError;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

impl Inner {
    /// Writes the blocks of a generation and puts them in the place of its segments. May be tried again
    /// after an error: a block that is there already is left as it is (SEG-1).
    pub(crate) fn write_blocks(&self, sealed: &Sealed) -> io::Result<()> {
        let mut blocks = Vec::new();
        let mut rows = Vec::new();
        let n_shards = sealed.lives.iter().filter(|live| is_kept(live.shard)).count();
        for live in sealed.lives.iter() {
            let n_rows = live.read().len();
            rows.push(n_rows as u64);
            if n_rows > 0 && is_kept(live.shard) {
                blocks.push(self.write_block(live, n_shards)?);
            }
        }
        let counted = sealed.lives.iter().filter(|live| !is_kept(live.shard));
        let counted_last = counted.filter_map(|live| live.read().last_arrival()).max();
        let catalog = self.catalogs.now();
        for (block, trace_ids) in &blocks {
            self.note_seen(block);
            self.note_live_splits(block, trace_ids, &catalog);
        }
        self.catalogs.change(|catalog| {
            catalog.remove_lives(sealed.generation);
            catalog.blocks.extend(blocks.iter().map(|(block, _)| block.clone()));
        });
        let catalog = self.catalogs.now();
        for (block, trace_ids) in &blocks {
            self.note_splits(block, &catalog);
            // Once more: a search that began before may have looked up a trace that came in between.
            self.note_live_splits(block, trace_ids, &catalog);
        }
        self.generations.set_in_blocks(sealed.generation, rows, counted_last);
        Ok(())
    }

    /// Writes one block and opens it. Returns its trace ids by ordinal, too.
    fn write_block(&self, live: &Live, n_shards: usize) -> io::Result<(Arc<Block>, Vec<u128>)> {
        let id = BlockId { generation: live.generation, shard: live.shard as u32 };
        let _days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let path = self.place_block(live, id)?;
        let exists = self.vfs.open(&path).is_ok();
        let mut written_ids = None;
        if exists {
            // Renamed by an attempt that got no further: its name may not be durable yet.
            path.parent().map_or(Ok(()), |day| self.vfs.sync_dir(day))?;
        } else {
            let catalog = self.catalogs.now();
            let bytes = encode_block(&live.read(), id, n_shards as u32, |trace_ids| {
                written_ids = Some(trace_ids.to_vec());
                self.find_splits(id, trace_ids, &catalog)
            });
            store_file(&*self.vfs, &path, &bytes)?;
        }
        let block = Block::open(self.vfs.clone(), &path).map_err(io::Error::other)?;
        let trace_ids = match written_ids {
            Some(trace_ids) => trace_ids,
            None => self.trace_ids(&block),
        };
        Ok((Arc::new(block), trace_ids))
    }

    /// The file of a block, its day's directory made and durable.
    fn place_block(&self, live: &Live, id: BlockId) -> io::Result<PathBuf> {
        let arrived = live.read().last_arrival().unwrap_or(Timestamp(0));
        let day = self.layout.day(arrived);
        self.vfs.create_dir(&day)?;
        self.vfs.sync_dir(&self.layout.blocks())?;
        Ok(self.layout.block_file(id, arrived))
    }

    fn trace_ids(&self, block: &Block) -> Vec<u128> {
        let groups = 0..block.groups().len();
        let ids_of = |group_idx| -> Result<Vec<u128>, StoreError> {
            Ok(block.frame(group_idx, &self.caches)?.rows().trace_ids.clone())
        };
        groups.flat_map(|group_idx| self.or_damage(ids_of(group_idx))).collect()
    }
}

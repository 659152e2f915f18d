//! Taking a batch: admission, the shards' segments and records, and the rotation of full generations.

use crate::columns::Tables;
use crate::config::{BATCH_BYTES_MAX, COUNTED_SHARD, OPERATIONS_MAX, SEALED_GENERATIONS_MAX, SHAPES_MAX, is_kept};
use crate::directory::day_number;
use crate::engine::{Inner, Open, in_use, new_lives};
use crate::hash::hash_u64;
use crate::hot::{BatchMemo, Fill, Live, Segment, batch_bytes};
use crate::inbox::record::{begin_record, end_record};
use crate::inbox::{Successor, write_delta};
use nines_base::Timestamp;
use nines_span::Batch;
use nines_storage::{Done, Sampler, StoreError};
use std::cell::RefCell;
use std::sync::{Arc, PoisonError, RwLockWriteGuard};

impl Inner {
    /// See [`nines_storage::SpanStore::append`].
    pub(crate) fn append(&self, batch: &Batch<'_>, arrived: Timestamp, done: Done) -> Result<(), StoreError> {
        self.admit(batch)?;
        self.rotate_if_due(arrived)?;
        if batch.spans.is_empty() {
            done(Ok(()));
            return Ok(());
        }
        let unsent = {
            // A panic elsewhere under this lock leaves the open generation as it was.
            let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
            if open.closed {
                return Err(self.health.stop("it is closed"));
            }
            self.append_to(&open, batch, arrived, done)
        };
        if let Some(done) = unsent {
            done(Err(self.health.stop("an append failed half-way")));
        }
        Ok(())
    }

    /// Whether a batch may be taken at all: before anything of it is.
    fn admit(&self, batch: &Batch<'_>) -> Result<(), StoreError> {
        self.health.check()?;
        self.space.check()?;
        self.queue.check(self.config.backlog_bytes_max)?;
        let file_bytes = self.generations.file_bytes();
        if file_bytes > self.config.inbox_bytes_max {
            let detail = format!("the inbox holds {file_bytes} bytes for consumers that lag");
            return Err(StoreError::Full { detail });
        }
        let n_bytes = batch_bytes(batch);
        if n_bytes > BATCH_BYTES_MAX {
            let detail = format!("one batch adds {n_bytes} bytes, at most {BATCH_BYTES_MAX} fit");
            return Err(StoreError::Full { detail });
        }
        Ok(())
    }

    /// Appends to each shard and queues its record. Gives `done` back if a segment cannot be used any more.
    fn append_to(&self, open: &Open, batch: &Batch<'_>, arrived: Timestamp, done: Done) -> Option<Done> {
        thread_local! {
            static SHARD_OF: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
            static RECORD: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        let n_shards = self.config.n_shards;
        let mut done = Some(done);
        let mut coming = Some(self.moments.begin());
        SHARD_OF.with_borrow_mut(|shard_of| {
            shard_of.clear();
            shard_of.extend(batch.spans.iter().map(|span| shard_of_trace(span.trace_id.0, n_shards)));
            if let Some(sampler) = self.config.sampler {
                set_aside(sampler, batch, shard_of);
            }
            let mut left = ShardSet::of(shard_of);
            while !left.is_empty() {
                let Some((shard, mut segment)) = lock_one(&open.lives, left) else { return };
                left.remove(shard);
                let mark = segment.mark();
                segment.begin_record(arrived);
                let mut memo = BatchMemo::default();
                for (view, _) in batch.views().zip(&*shard_of).filter(|(_, of)| usize::from(**of) == shard) {
                    segment.append(&view, &mut memo);
                }
                let live = &open.lives[shard];
                if self.is_full(&segment, self.fill_beside(open, shard)) {
                    live.set_full();
                }
                live.set_fill(segment.fill());
                if let Some(coming) = &coming {
                    coming.came_to(shard, mark.rows as u32..segment.len() as u32);
                }
                if left.is_empty() {
                    // Whole, and seen by queries, before its sender may be told.
                    coming = None;
                }
                RECORD.with_borrow_mut(|record| {
                    record.clear();
                    let at = begin_record(record, shard, mark.rows as u64, arrived);
                    write_delta(&segment, &mark, record);
                    end_record(record, at);
                    // Records are durable in the order queued, so the batch is when its last one is.
                    let waiter = if left.is_empty() { done.take() } else { None };
                    let rows = segment.len() as u64;
                    self.queue.push(live, &open.lives, record, rows, waiter, self.config.commit_bytes);
                });
                if is_kept(shard) {
                    self.count_names(segment.tables(), mark.tables.operations);
                }
            }
        });
        done
    }

    /// Counts the names of operations in, from number `from_operation` on.
    pub(crate) fn count_names(&self, tables: &Tables, from_operation: usize) {
        if from_operation == tables.operations.len() {
            return;
        }
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        for operation in &tables.operations[from_operation..] {
            let text = |id| tables.names.get(id);
            names.add(text(operation.service), text(operation.name), text(operation.remote));
        }
    }

    /// Rotates when the open generation is full or a new day has come.
    fn rotate_if_due(&self, arrived: Timestamp) -> Result<(), StoreError> {
        let day = day_number(arrived);
        {
            let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
            // The day of an empty generation is that of its first record. A clock that goes back does not rotate.
            let due = open.day.is_none_or(|known| known < day) || open.lives.iter().any(|live| live.is_full());
            if !due {
                return Ok(());
            }
        }
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        let full = open.lives.iter().any(|live| live.is_full());
        if full || open.day.is_some_and(|known| known < day) {
            // Both the sealed ones and the open one have segments in memory.
            if self.catalogs.now().n_generations() > SEALED_GENERATIONS_MAX {
                let detail = "blocks are being written more slowly than spans come".to_owned();
                return Err(StoreError::Busy { detail });
            }
            self.rotate(&mut open);
        }
        open.day = open.day.max(Some(day));
        Ok(())
    }

    /// What a shard's other segment holds: those kept and those not kept have the room of one.
    fn fill_beside(&self, open: &Open, shard: usize) -> Fill {
        let beside = if is_kept(shard) { shard + COUNTED_SHARD } else { shard - COUNTED_SHARD };
        open.lives.get(beside).map_or(Fill::default(), |live| live.fill())
    }

    fn is_full(&self, segment: &Segment, beside: Fill) -> bool {
        let fill = segment.fill();
        fill.rows + beside.rows >= self.config.segment_spans
            || fill.bytes + beside.bytes >= self.config.segment_bytes
            || segment.tables().operations.len() >= OPERATIONS_MAX
            || segment.tables().shapes.len() >= SHAPES_MAX
    }

    /// Seals all shards together and opens the next generation. An open one without rows stays.
    pub(crate) fn rotate(&self, open: &mut Open) {
        if open.lives.iter().all(|live| live.read().is_empty()) {
            return;
        }
        let generation = open.generation + 1;
        let lives = new_lives(generation, &self.config, |shard| self.pooled_segment(shard));
        self.catalogs.change(|catalog| catalog.add_lives(in_use(&lives, &self.config)));
        let sealed = std::mem::replace(&mut open.lives, lives.clone());
        open.generation = generation;
        open.day = None;
        self.moments.open(generation, open.lives.len());
        self.queue.seal(generation - 1, &sealed, Successor { generation, lives });
    }

    /// Seals what is open if it began before `day`.
    pub(crate) fn rotate_before(&self, day: i64) {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if open.day.is_some_and(|known| known < day) && self.catalogs.now().n_generations() <= SEALED_GENERATIONS_MAX {
            self.rotate(&mut open);
        }
    }
}

/// Spans that are not kept go to shards of their own: to a reader they are not there, and consumers see all.
fn set_aside(sampler: Sampler, batch: &Batch<'_>, shard_of: &mut [u8]) {
    for (span, shard) in batch.spans.iter().zip(shard_of) {
        if !sampler.keeps(span.trace_id, span.debug) {
            *shard += COUNTED_SHARD as u8;
        }
    }
}

/// Shards by number, of which there are at most [`SHARDS_MAX`](crate::config::SHARDS_MAX), and as many for
/// spans that are not kept.
#[derive(Clone, Copy)]
struct ShardSet(u16);

impl ShardSet {
    fn of(shards: &[u8]) -> ShardSet {
        ShardSet(shards.iter().fold(0, |set, shard| set | 1 << shard))
    }

    fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn contains(self, shard: usize) -> bool {
        self.0 & 1 << shard != 0
    }

    fn remove(&mut self, shard: usize) {
        self.0 &= !(1 << shard);
    }
}

/// The segment of a shard in the set, and which shard that is: one that is free, so that two batches go
/// past each other, else the first when it is. `None` if one cannot be used any more.
fn lock_one(lives: &[Arc<Live>], set: ShardSet) -> Option<(usize, RwLockWriteGuard<'_, Segment>)> {
    let shards = || lives.iter().enumerate().filter(|(shard, _)| set.contains(*shard));
    let free = shards().find_map(|(shard, live)| Some((shard, live.try_write()?)));
    free.or_else(|| shards().next().and_then(|(shard, live)| Some((shard, live.write()?))))
}

/// The shard of a trace. Only the low half counts, so that ids that were cut on the way stay together.
fn shard_of_trace(trace_id: u128, n_shards: usize) -> u8 {
    // The high bits choose among few; the low ones are what hash tables inside the shard use.
    (((hash_u64(trace_id as u64) >> 48) as usize * n_shards) >> 16) as u8
}

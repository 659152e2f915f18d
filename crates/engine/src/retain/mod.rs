//! Retention: which blocks are to go, decided from values; then the going.
//!
//! By arrival, never by what spans say of their time: a sender's wrong clock must not delete or keep
//! anything. The server's own clock may jump too, so a block counts as arrived no earlier than any
//! block of an earlier generation did, and one of the future when the next one did.

mod pin;

pub use pin::{PINNED_BYTES_MAX, PINNED_TRACES_MAX, Pins};

use crate::block::{Block, BlockId};
use crate::directory::day_number;
use crate::engine::Inner;
use nines_base::{DurationUs, Timestamp};
use nines_storage::StoreError;
use std::io;
use std::sync::{Arc, PoisonError};

/// A block as retention sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Which.
    pub id: BlockId,
    /// Its last arrival.
    pub arrived: Timestamp,
    /// Its bytes.
    pub n_bytes: u64,
    /// The inbox still has its generation, for a consumer or because its file is damaged.
    pub held: bool,
}

/// What retention took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Retained {
    /// Blocks removed.
    pub n_blocks: u64,
    /// Their spans.
    pub n_spans: u64,
    /// Their bytes.
    pub n_bytes: u64,
    /// Of how many of them something lives on because it is pinned.
    pub n_blocks_pinned: u64,
}

/// Blocks to remove, oldest first: those older than `max_age`, then as many as it takes to come down to
/// `max_bytes`, where `other_bytes` are used beside them. `blocks` are sorted by id.
pub fn plan_retention(
    blocks: &[Candidate],
    now: Timestamp,
    max_age: Option<DurationUs>,
    max_bytes: Option<u64>,
    other_bytes: u64,
) -> Vec<BlockId> {
    let mut bytes_left = other_bytes + blocks.iter().map(|block| block.n_bytes).sum::<u64>();
    let mut gone = Vec::new();
    for (block, arrived) in blocks.iter().zip(count_arrivals(blocks, now)) {
        let too_old = max_age.is_some_and(|max_age| arrived.is_some_and(|arrived| now - arrived > max_age));
        let too_much = max_bytes.is_some_and(|max_bytes| bytes_left > max_bytes);
        if (too_old || too_much) && !block.held {
            bytes_left -= block.n_bytes;
            gone.push(block.id);
        }
    }
    gone
}

/// When each block counts as arrived: no earlier than any before it. One of the future counts as arrived when
/// the next one did; before there is a next one, nothing is known of its age, and it is kept.
fn count_arrivals(blocks: &[Candidate], now: Timestamp) -> Vec<Option<Timestamp>> {
    let mut next = None;
    let mut counted: Vec<Option<Timestamp>> = Vec::with_capacity(blocks.len());
    for block in blocks.iter().rev() {
        if block.arrived <= now {
            next = Some(block.arrived);
        }
        counted.push(next);
    }
    counted.reverse();
    let mut latest = None;
    for arrived in counted.iter_mut().flatten() {
        latest = latest.max(Some(*arrived));
        *arrived = latest.unwrap_or(*arrived);
    }
    counted
}

/// A pinned block as retention sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Which.
    pub id: BlockId,
    /// Its bytes.
    pub n_bytes: u64,
    /// Something in it is pinned still.
    pub is_wanted: bool,
}

/// Pinned blocks to remove: those with nothing pinned in them, then the oldest until the rest has no more than
/// `max_bytes`. `blocks` are sorted by id.
pub fn plan_unpinning(blocks: &[Kept], max_bytes: u64) -> Vec<BlockId> {
    let (wanted, unwanted): (Vec<&Kept>, Vec<&Kept>) = blocks.iter().partition(|block| block.is_wanted);
    let mut bytes_left: u64 = wanted.iter().map(|block| block.n_bytes).sum();
    let beyond = wanted.into_iter().take_while(|block| {
        let is_too_much = bytes_left > max_bytes;
        bytes_left -= block.n_bytes;
        is_too_much
    });
    unwanted.into_iter().chain(beyond).map(|block| block.id).collect()
}

impl Inner {
    /// Removes what is older than `max_age` or more than `max_bytes`, but for what is pinned. May be called
    /// again after an error; a block whose pinned traces could not be kept stays.
    pub(crate) fn retain(
        &self,
        now: Timestamp,
        max_age: Option<DurationUs>,
        max_bytes: Option<u64>,
        pins: &Pins,
    ) -> Result<Retained, StoreError> {
        // What is open and began on an earlier day becomes a block, so that it ages too.
        self.rotate_before(day_number(now));
        let catalog = self.catalogs.now();
        let (pinned, blocks): (Vec<&Arc<Block>>, Vec<&Arc<Block>>) =
            catalog.blocks.iter().partition(|block| block.id().is_pinned());
        let candidates: Vec<Candidate> = blocks
            .iter()
            .map(|block| Candidate {
                id: block.id(),
                arrived: block.footer().arrived.1,
                n_bytes: block.len_bytes,
                held: self.generations.holds(block.id().generation),
            })
            .collect();
        let pinned_bytes: u64 = pinned.iter().map(|block| block.len_bytes).sum();
        let other_bytes = self.generations.file_bytes() + pinned_bytes;
        let gone = plan_retention(&candidates, now, max_age, max_bytes, other_bytes);
        let mut retained = Retained::default();
        let mut outcome = Ok(());
        for block in blocks.into_iter().filter(|block| gone.binary_search(&block.id()).is_ok()) {
            match self.keep_pinned(block, pins) {
                Ok(kept) => {
                    retained.n_blocks_pinned += u64::from(kept.is_some());
                    self.take_away(block, &mut retained)?;
                }
                Err(error) => outcome = outcome.and(Err(error)),
            }
        }
        let kept: Vec<Kept> = pinned
            .iter()
            .map(|block| Kept { id: block.id(), n_bytes: block.len_bytes, is_wanted: pins.want(block) })
            .collect();
        let unpinned = plan_unpinning(&kept, PINNED_BYTES_MAX);
        for block in pinned.into_iter().filter(|block| unpinned.contains(&block.id())) {
            self.take_away(block, &mut retained)?;
        }
        if retained.n_blocks > 0 {
            self.remove_empty_days();
            self.forget_seen();
        }
        outcome.map(|()| retained)
    }

    /// Removes a block. Readers that come later do not see it any more; those that have it find the file gone.
    /// It leaves the catalog only once its name is durably gone: a block that is written meanwhile, and one
    /// written after a crash that brought it back, must know of the traces they share with it.
    fn take_away(&self, block: &Arc<Block>, retained: &mut Retained) -> Result<(), StoreError> {
        let failed = |source: io::Error| StoreError::Io {
            step: format!("remove block {}", block.path().display()),
            source: Arc::new(source),
        };
        match self.vfs.remove(block.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        if let Some(Err(error)) = block.path().parent().map(|day| self.vfs.sync_dir(day)) {
            return Err(self.health.stop(&format!("sync the removal of a block: {error}")));
        }
        self.catalogs.change(|catalog| catalog.blocks.retain(|other| other.id() != block.id()));
        self.caches.close_file(block.id());
        let tables = block.operations();
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        for operation in tables.operations.iter() {
            let text = |id| tables.names.get(id);
            names.remove(text(operation.service), text(operation.name), text(operation.remote));
        }
        retained.n_blocks += 1;
        retained.n_spans += block.footer().n_rows;
        retained.n_bytes += block.len_bytes;
        Ok(())
    }

    fn remove_empty_days(&self) {
        let _days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let blocks = self.layout.blocks();
        for entry in self.vfs.list(&blocks).unwrap_or_default() {
            if entry.is_dir && self.vfs.list(&blocks.join(&entry.name)).is_ok_and(|files| files.is_empty()) {
                let _ = self.vfs.remove_dir(&blocks.join(&entry.name));
            }
        }
        // Not durable yet? Then they are empty directories after a crash, and go the next time.
        let _ = self.vfs.sync_dir(&blocks);
    }

    /// Builds the filter of known traces anew, without those that are gone.
    fn forget_seen(&self) {
        let catalog = self.catalogs.now();
        let mut seen = crate::search::Seen::default();
        for block in &catalog.blocks {
            block.fingerprints().as_slice().iter().for_each(|fingerprint| seen.insert(*fingerprint));
        }
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = seen;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    fn plan(days: &[i64], now: i64, max_age: Option<i64>, max_bytes: Option<u64>) -> Vec<u64> {
        let block = |(generation, day): (u64, &i64)| Candidate {
            id: BlockId { generation, shard: 0 },
            arrived: Timestamp::from_secs(day * DAY),
            n_bytes: 10,
            held: generation == 99,
        };
        let blocks: Vec<Candidate> = (1..).zip(days).map(block).collect();
        let max_age = max_age.map(|days| DurationUs::from_secs(days * DAY));
        let gone = plan_retention(&blocks, Timestamp::from_secs(now * DAY), max_age, max_bytes, 5);
        gone.into_iter().map(|id| id.generation).collect()
    }

    #[test]
    fn blocks_go_by_age_and_by_bytes_oldest_first() {
        assert_eq!(plan(&[1, 2, 3, 4], 10, Some(7), None), [1, 2]);
        assert_eq!(plan(&[1, 2, 3, 4], 10, None, Some(25)), [1, 2]);
        assert_eq!(plan(&[1, 2, 3, 4], 10, Some(8), Some(25)), [1, 2]);
        assert_eq!(plan(&[1, 2, 3, 4], 10, None, None), [] as [u64; 0]);
    }

    #[test]
    fn a_clock_that_jumps_neither_keeps_nor_takes_too_much() {
        // The clock stood at 1970 and at the year 2300 for a while.
        assert_eq!(plan(&[20_000, 0, 20_001, 120_000, 20_002], 20_003, Some(7), None), [] as [u64; 0]);
        assert_eq!(plan(&[20_000, 0, 20_001, 120_000, 20_002], 20_009, Some(7), None), [1, 2, 3]);
        assert_eq!(plan(&[20_000, 0, 20_001, 120_000, 20_002], 20_010, Some(7), None), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn pinned_blocks_go_unwanted_first_then_oldest_beyond_the_limit() {
        let kept =
            |generation, n_bytes, is_wanted| Kept { id: BlockId { generation, shard: 0 }.pinned(), n_bytes, is_wanted };
        let blocks = [kept(1, 10, true), kept(2, 50, false), kept(3, 10, true), kept(4, 10, true)];
        let plan =
            |max_bytes| plan_unpinning(&blocks, max_bytes).into_iter().map(|id| id.generation).collect::<Vec<_>>();
        assert_eq!((plan(30), plan(29), plan(0)), (vec![2], vec![2, 1], vec![2, 1, 3, 4]));
    }

    #[test]
    fn a_block_of_the_future_is_not_older_than_what_came_before_it() {
        // Nothing came for long, then a clock ran ahead for an hour and was set back.
        assert_eq!(plan(&[20_000, 20_050], 20_049, Some(7), None), [1]);
        assert_eq!(plan(&[20_000, 20_050, 20_049], 20_050, Some(7), None), [1]);
    }

    #[test]
    fn what_the_inbox_holds_stays() {
        let held =
            Candidate { id: BlockId { generation: 1, shard: 0 }, arrived: Timestamp(0), n_bytes: 10, held: true };
        assert!(plan_retention(&[held], Timestamp::from_secs(DAY), Some(DurationUs(1)), Some(0), 0).is_empty());
    }
}

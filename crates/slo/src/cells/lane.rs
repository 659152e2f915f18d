//! The slices of one tier of one objective: chunks of cells, with a total for each chunk so that a
//! long window is a few additions.

use super::tier::{EVERY, Tier};
use crate::model::Counts;
use std::collections::BTreeMap;
use std::ops::Range;

/// Cells in a chunk: half a kilobyte, and 28 days of hours are eleven totals.
const CHUNK_CELLS: i64 = 64;

/// Added to every keep. Events may be this late and still correct their cell, and a reader may stand
/// this far behind the clock and still find the window it asks for.
pub(super) const KEEP_SLACK_S: i64 = 15 * 60;

/// All slices of one length.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub tier: Tier,
    /// Seconds since the epoch from which on every event was added here; later than the objective's
    /// beginning where the tier was added to an objective that already counted.
    pub since_s: i64,
    chunks: BTreeMap<i64, Chunk>,
}

impl Lane {
    pub fn new(tier: Tier, since_s: i64) -> Lane {
        Lane { tier, since_s, chunks: BTreeMap::new() }
    }

    pub fn length_s(&self) -> i64 {
        i64::from(self.tier.slice_s)
    }

    /// The slice that holds a second.
    pub fn slice_of(&self, second: i64) -> i64 {
        second.div_euclid(self.length_s())
    }

    /// The first second that is surely kept at `clock_s`; before it, slices go chunk by chunk.
    pub fn kept_from_s(&self, clock_s: i64) -> i64 {
        clock_s.saturating_sub(i64::from(self.tier.keep_s) + KEEP_SLACK_S)
    }

    /// The start of the first slice from which on this lane can answer at `clock_s`.
    pub fn complete_from_s(&self, clock_s: i64) -> i64 {
        let from_s = self.since_s.max(self.kept_from_s(clock_s));
        from_s.saturating_add(self.length_s() - 1).div_euclid(self.length_s()) * self.length_s()
    }

    /// Whether it differs from what every objective has, and so needs a mark beside its counts.
    pub fn is_marked(&self) -> bool {
        self.since_s != 0 || !EVERY.contains(&self.tier)
    }

    pub fn add(&mut self, slice: i64, counts: Counts) {
        self.chunks.entry(slice.div_euclid(CHUNK_CELLS)).or_default().add(offset(slice), counts);
    }

    /// Adds to a slice; whether this is its first change since [`Lane::settle`].
    pub fn count(&mut self, slice: i64, counts: Counts) -> bool {
        let chunk = self.chunks.entry(slice.div_euclid(CHUNK_CELLS)).or_default();
        chunk.add(offset(slice), counts);
        chunk.mark(offset(slice))
    }

    /// Takes back from a slice, likewise.
    pub fn uncount(&mut self, slice: i64, counts: Counts) -> bool {
        let chunk = self.chunks.entry(slice.div_euclid(CHUNK_CELLS)).or_default();
        chunk.take(offset(slice), counts);
        chunk.mark(offset(slice))
    }

    /// The slice is told of now: what comes later is a change again.
    pub fn settle(&mut self, slice: i64) {
        if let Some(chunk) = self.chunks.get_mut(&slice.div_euclid(CHUNK_CELLS)) {
            chunk.changed &= !(1 << offset(slice));
        }
    }

    pub fn get(&self, slice: i64) -> Counts {
        self.chunks.get(&slice.div_euclid(CHUNK_CELLS)).map_or(Counts::default(), |chunk| chunk.get(offset(slice)))
    }

    pub fn sum(&self, slices: Range<i64>) -> Counts {
        let mut sum = Counts::default();
        for (&number, chunk) in self.chunks_of(&slices) {
            let part = chunk_part(number, &slices);
            if part.len() == CHUNK_CELLS as usize {
                sum += chunk.total;
            } else {
                part.for_each(|at| sum += chunk.get(at));
            }
        }
        sum
    }

    /// The slices that have events, in order.
    pub fn filled(&self, slices: Range<i64>) -> impl Iterator<Item = (i64, Counts)> + '_ {
        self.chunks_of(&slices).flat_map(move |(&number, chunk)| {
            chunk_part(number, &slices)
                .map(move |at| (number * CHUNK_CELLS + at as i64, chunk.get(at)))
                .filter(|(_, counts)| *counts != Counts::default())
        })
    }

    /// The last slice that has events.
    pub fn last_filled(&self) -> Option<i64> {
        self.chunks.iter().rev().find_map(|(&number, chunk)| {
            let at = (0..CHUNK_CELLS as usize).rev().find(|at| chunk.get(*at) != Counts::default())?;
            Some(number * CHUNK_CELLS + at as i64)
        })
    }

    /// Drops chunks that lie wholly before what is kept at `clock_s`; if any did, says before which
    /// slice nothing is left.
    pub fn expire(&mut self, clock_s: i64) -> Option<i64> {
        let first_kept = self.slice_of(self.kept_from_s(clock_s)).div_euclid(CHUNK_CELLS);
        if self.chunks.first_key_value().is_none_or(|(&number, _)| number >= first_kept) {
            return None;
        }
        self.chunks = self.chunks.split_off(&first_kept);
        Some(first_kept * CHUNK_CELLS)
    }

    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    fn chunks_of(&self, slices: &Range<i64>) -> std::collections::btree_map::Range<'_, i64, Chunk> {
        // An empty range may come with its ends crossed; BTreeMap takes that for a mistake.
        let first = slices.start.div_euclid(CHUNK_CELLS);
        let last = slices.end.max(slices.start).saturating_add(CHUNK_CELLS - 1).div_euclid(CHUNK_CELLS);
        self.chunks.range(first..last.max(first))
    }
}

/// Which cells of chunk `number` lie in `slices`.
fn chunk_part(number: i64, slices: &Range<i64>) -> Range<usize> {
    let base = number * CHUNK_CELLS;
    let bound = |slice: i64| slice.saturating_sub(base).clamp(0, CHUNK_CELLS) as usize;
    bound(slices.start)..bound(slices.end).max(bound(slices.start))
}

fn offset(slice: i64) -> usize {
    slice.rem_euclid(CHUNK_CELLS) as usize
}

#[derive(Clone, Debug)]
struct Chunk {
    total: Counts,
    /// A bit for each cell that changed and was not told of since.
    changed: u64,
    cells: Cells,
}

/// Nearly every cell fits 32 bits; a chunk with one that does not is widened once.
#[derive(Clone, Debug)]
enum Cells {
    Narrow(Box<[[u32; 2]; CHUNK_CELLS as usize]>),
    Wide(Box<[Counts; CHUNK_CELLS as usize]>),
}

impl Default for Chunk {
    fn default() -> Chunk {
        Chunk { total: Counts::default(), changed: 0, cells: Cells::Narrow(Box::new([[0; 2]; CHUNK_CELLS as usize])) }
    }
}

impl Chunk {
    fn get(&self, at: usize) -> Counts {
        match &self.cells {
            Cells::Narrow(cells) => Counts { good: u64::from(cells[at][0]), bad: u64::from(cells[at][1]) },
            Cells::Wide(cells) => cells[at],
        }
    }

    /// Whether this is the first change of a cell since it was told of.
    fn mark(&mut self, at: usize) -> bool {
        let bit = 1 << at;
        let is_first = self.changed & bit == 0;
        self.changed |= bit;
        is_first
    }

    /// Takes back, down to nothing.
    fn take(&mut self, at: usize, counts: Counts) {
        let before = self.get(at);
        let (good, bad) = (before.good.min(counts.good), before.bad.min(counts.bad));
        self.total = Counts { good: self.total.good - good, bad: self.total.bad - bad };
        self.set(at, Counts { good: before.good - good, bad: before.bad - bad });
    }

    fn add(&mut self, at: usize, counts: Counts) {
        let mut sum = self.get(at);
        sum += counts;
        self.total += counts;
        self.set(at, sum);
    }

    fn set(&mut self, at: usize, sum: Counts) {
        if let Cells::Narrow(cells) = &mut self.cells {
            if let (Ok(good), Ok(bad)) = (u32::try_from(sum.good), u32::try_from(sum.bad)) {
                cells[at] = [good, bad];
                return;
            }
            self.cells = Cells::Wide(Box::new(std::array::from_fn(|other| self.get(other))));
        }
        if let Cells::Wide(cells) = &mut self.cells {
            cells[at] = sum;
        }
    }
}

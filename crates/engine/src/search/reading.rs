//! What one query may use, and what kept its answer from being whole.

use crate::block::{Block, Group, Needle, PickedValues, ValueKey};
use crate::catalog::Catalog;
use crate::engine::Inner;
use nines_storage::answer::TraceTime;
use nines_storage::{Answer, Gap, Gaps, StoreError};
use std::sync::Arc;

/// A query on its way: the bytes it may still go through, and the gaps it met. Reads of one query
/// share it.
pub struct Reading<'e> {
    inner: &'e Inner,
    bytes_left: u64,
    gaps: Gaps,
}

impl<'e> Reading<'e> {
    /// Begins a query over a catalog, whose missing parts every answer lacks.
    pub fn new(inner: &'e Inner, catalog: &Catalog) -> Reading<'e> {
        Reading { inner, bytes_left: inner.config.limits.bytes_per_query_max, gaps: catalog.missing.clone() }
    }

    /// Looks up which traces have parts in several places. Where that cannot be read the answer says so, and
    /// every later one.
    pub fn know_splits(&mut self, catalog: &Catalog) {
        self.inner.refresh_splits(catalog);
        self.gaps.join(self.inner.catalogs.now().missing.clone());
    }

    /// A row group without the values of its rows.
    pub fn frame(&mut self, block: &Block, group_idx: usize) -> Option<Arc<Group>> {
        let may = self.spend(block.frame_bytes(group_idx));
        may.then(|| self.take(block.frame(group_idx, &self.inner.caches))).flatten()
    }

    /// Ids and times of hits in a row group, by their places there.
    pub fn times_of(&mut self, block: &Block, group_idx: usize, traces: &[usize]) -> Vec<(u128, TraceTime)> {
        let may = self.spend(block.frame_bytes(group_idx));
        let times = may.then(|| self.take(block.times_of(group_idx, traces, &self.inner.caches)));
        times.flatten().unwrap_or_default()
    }

    /// A row group with everything, its frame paid for already.
    pub fn group(&mut self, block: &Block, group_idx: usize) -> Option<Arc<Group>> {
        let may = self.spend(block.value_bytes(group_idx));
        may.then(|| self.take(block.group(group_idx, &self.inner.caches))).flatten()
    }

    /// Whether a row group has the bytes of one of each tag's needles; not so where they cannot be read.
    pub fn has_needles(&mut self, block: &Block, group_idx: usize, of_tags: &[Vec<Needle>]) -> bool {
        of_tags.iter().all(|needles| {
            let may = self.spend(block.needle_bytes(group_idx, needles));
            let has = may.then(|| self.take(block.has_one_of(group_idx, needles, &self.inner.caches)));
            has.flatten().unwrap_or(false)
        })
    }

    /// A sketch of a row group.
    pub fn sketch(&mut self, block: &Block, group_idx: usize) -> Option<Group> {
        let may = self.spend(block.sketch_bytes(group_idx));
        may.then(|| self.take(block.sketch(group_idx, &self.inner.caches))).flatten()
    }

    /// An outline of a row group.
    pub fn outline(&mut self, block: &Block, group_idx: usize) -> Option<Group> {
        let may = self.spend(block.outline_bytes(group_idx));
        may.then(|| self.take(block.outline(group_idx, &self.inner.caches))).flatten()
    }

    /// The values of some columns for the rows of an outline.
    pub fn picked(
        &mut self,
        block: &Block,
        outline: &Group,
        group_idx: usize,
        wanted: &dyn Fn(&ValueKey) -> bool,
    ) -> Option<PickedValues> {
        let may = self.spend(block.picked_bytes(outline, group_idx, wanted));
        may.then(|| self.take(block.picked(outline, group_idx, wanted, &self.inner.caches))).flatten()
    }

    /// One trace of a block, alone in a group.
    pub fn trace(&mut self, block: &Block, ordinal: u32) -> Option<Group> {
        let group_idx = block.group_of(ordinal);
        let may = self.spend(block.frame_bytes(group_idx) + block.value_bytes(group_idx));
        let trace_idx = (ordinal - block.groups()[group_idx].first_trace) as usize;
        may.then(|| self.take(block.trace(group_idx, trace_idx, &self.inner.caches))).flatten()
    }

    /// Goes through `n_bytes` of columns, unpacked for this query or before: an answer must not depend
    /// on what a cache holds. `false` when the query has used up its share.
    fn spend(&mut self, n_bytes: usize) -> bool {
        match self.bytes_left.checked_sub(n_bytes as u64) {
            Some(bytes_left) => {
                self.bytes_left = bytes_left;
                true
            }
            None => {
                self.bytes_left = 0;
                self.gaps.add(self.inner.config.limits.bytes_per_query());
                false
            }
        }
    }

    /// Whether the query has used up its share.
    pub fn is_spent(&self) -> bool {
        self.bytes_left == 0
    }

    /// Spans of a trace beyond the limit are left out.
    pub fn cut_trace(&mut self) {
        self.gaps.add(self.inner.config.limits.spans_per_trace());
    }

    /// The value, or nothing after noting what could not be read.
    pub fn take<T>(&mut self, outcome: Result<T, StoreError>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(error) => {
                if let Some(error) = self.inner.note_damage(error) {
                    self.gaps.add(Gap::of(&error));
                }
                None
            }
        }
    }

    /// The value of a part of the answer, whose gaps are the answer's too.
    pub fn part<T>(&mut self, answer: Answer<T>) -> T {
        answer.into_value(&mut self.gaps)
    }

    /// The answer of a query that found `value`.
    pub fn answer<T>(self, value: T) -> Answer<T> {
        Answer { value, gaps: self.gaps }
    }

    /// The gaps of a query that handed out what it found.
    pub fn into_gaps(self) -> Gaps {
        self.gaps
    }
}

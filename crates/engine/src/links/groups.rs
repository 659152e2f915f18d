//! The links of a block, added up group by group, and for the block where a window covers it.

use super::sides::Sides;
use super::sums::{PairSum, Sums};
use super::{Linking, joined};
use crate::block::{Block, Group, GroupMeta, PartPlace, PickedValues};
use crate::columns::{FLAG_LOCAL_ADDRESS, FLAG_SHARED};
use nines_span::Span;

/// What is remembered of a block.
#[derive(Default)]
pub struct BlockLinks {
    /// Of all groups together.
    whole: Option<KeptLinks>,
    groups: Vec<Option<KeptLinks>>,
    sides: Sides,
}

/// The links of the traces of a group or of a block.
struct KeptLinks {
    /// Traces that had parts elsewhere then: more since, and it must be added up again.
    n_splits: u32,
    /// Traces with parts elsewhere and a span that has a start: ordinal and low half of the id.
    splits: Box<[(u32, u64)]>,
    /// Sums of all others that have such a span.
    sums: Box<[PairSum]>,
}

impl BlockLinks {
    /// Sums kept.
    pub fn n_kept(&self) -> usize {
        let kept = self.groups.iter().flatten().chain(&self.whole);
        kept.map(|links| links.sums.len() + links.splits.len()).sum()
    }

    /// Forgets what the block as a whole makes dear only where a window cuts it.
    pub fn forget_groups(&mut self) {
        if self.whole.is_some() {
            self.groups.clear();
        }
    }
}

impl Linking<'_> {
    /// Adds the links of a block's traces.
    pub(super) fn block(&mut self, block: &Block) {
        if block.groups().iter().all(|meta| meta.starts.is_empty() || self.covers(meta)) {
            return self.whole_block(block);
        }
        for (group_idx, meta) in block.groups().iter().enumerate() {
            if !meta.starts.meets(self.window) {
                continue;
            }
            let links = match self.covers(meta) {
                true => self.inner_group(block, group_idx),
                false => self.link_group(block, group_idx),
            };
            let Some(links) = links else { continue };
            self.take(block, &links);
            if self.covers(meta) {
                self.keep_group(block, group_idx, links);
            }
        }
    }

    /// Whether a group lies in the window with all it has.
    fn covers(&self, meta: &GroupMeta) -> bool {
        self.window.min_us <= meta.starts.min_us && meta.starts.max_us <= self.window.max_us
    }

    /// A block that lies in the window with all it has.
    fn whole_block(&mut self, block: &Block) {
        let n_splits = (0..block.groups().len()).map(|group_idx| block.n_splits(group_idx)).sum();
        let known = self.memory.blocks.get_mut(&block.id()).and_then(|known| known.whole.take());
        let known = known.filter(|links| links.n_splits == n_splits);
        let Some(whole) = known.or_else(|| self.add_groups(block, n_splits)) else { return };
        self.take(block, &whole);
        self.memory.blocks.entry(block.id()).or_default().whole = Some(whole);
    }

    /// The links of all groups together; nothing when one cannot be read, and then those of the others are
    /// taken already.
    fn add_groups(&mut self, block: &Block, n_splits: u32) -> Option<KeptLinks> {
        let with_starts = |group_idx: &usize| !block.groups()[*group_idx].starts.is_empty();
        let (mut sums, mut splits, mut read_all) = (Sums::default(), Vec::new(), true);
        for group_idx in (0..block.groups().len()).filter(with_starts) {
            let Some(links) = self.inner_group(block, group_idx) else {
                read_all = false;
                continue;
            };
            sums.join(links.sums.iter().copied());
            splits.extend_from_slice(&links.splits);
            self.keep_group(block, group_idx, links);
        }
        let whole = KeptLinks { n_splits, splits: splits.into(), sums: sums.drain() };
        if !read_all {
            self.take(block, &whole);
        }
        read_all.then_some(whole)
    }

    /// The links of a group that lies in the window with all it has.
    fn inner_group(&mut self, block: &Block, group_idx: usize) -> Option<KeptLinks> {
        let known = self.memory.blocks.get_mut(&block.id()).and_then(|known| known.groups.get_mut(group_idx)?.take());
        let known = known.filter(|links| links.n_splits == block.n_splits(group_idx));
        known.or_else(|| self.link_group(block, group_idx))
    }

    fn keep_group(&mut self, block: &Block, group_idx: usize, links: KeptLinks) {
        let known = self.memory.blocks.entry(block.id()).or_default();
        known.groups.resize_with(block.groups().len(), || None);
        known.groups[group_idx] = Some(links);
    }

    fn take(&mut self, block: &Block, links: &KeptLinks) {
        self.sums.join(links.sums.iter().copied());
        for (ordinal, low) in &links.splits {
            self.joined(PartPlace::Block(block.id(), *ordinal), *low);
        }
    }

    /// Adds up the links of the traces that have a span starting in the window; nothing when the group
    /// cannot be read.
    fn link_group(&mut self, block: &Block, group_idx: usize) -> Option<KeptLinks> {
        let frame = self.reading.frame(block, group_idx)?;
        let n_splits = block.n_splits(group_idx);
        let first_trace = block.groups()[group_idx].first_trace;
        let has_shared =
            frame.rows().shape.iter().any(|shape| frame.tables().tables.shapes[*shape as usize].has(FLAG_SHARED));
        let addresses = match has_shared {
            true => Some(self.reading.picked(block, &frame, group_idx, &|key| key.tag().is_none())?),
            false => None,
        };
        let (mut sums, mut splits, mut calls) = (Sums::default(), Vec::new(), Vec::new());
        for trace_idx in 0..frame.n_traces() {
            let rows = frame.rows_of(trace_idx);
            if !rows.clone().any(|row| self.starts_inside(frame.rows(), row)) {
                continue;
            }
            let ordinal = first_trace + trace_idx as u32;
            if block.is_split(ordinal) {
                splits.push((ordinal, frame.rows().trace_ids[trace_idx] as u64));
                continue;
            }
            calls.clear();
            if !self.link_rows(block, &frame, trace_idx, addresses.as_ref(), &mut calls) {
                let group = self.reading.group(block, group_idx)?;
                let spans: Vec<Span> = rows.map(|row| group.row(row).to_span()).collect();
                joined::link_whole(spans, &mut self.memory.names, &mut calls);
            }
            calls.iter().for_each(|call| sums.add(*call));
        }
        Some(KeptLinks { n_splits, splits: splits.into(), sums: sums.drain() })
    }

    /// Links a trace from columns, if it can be.
    fn link_rows(
        &mut self,
        block: &Block,
        frame: &Group,
        trace_idx: usize,
        addresses: Option<&PickedValues>,
        calls: &mut Vec<u32>,
    ) -> bool {
        let memory = &mut *self.memory;
        let sides = &mut memory.blocks.entry(block.id()).or_default().sides;
        let (tables, rows) = (&frame.tables().tables, frame.rows());
        memory.linker.rows.clear();
        memory.linker.rows.extend(frame.rows_of(trace_idx));
        memory.linker.sides.clear();
        for row in frame.rows_of(trace_idx) {
            let side = sides.of(tables, rows, row, &mut memory.names);
            memory.linker.sides.push(side);
        }
        let address = |row: u32| {
            let has_address = tables.shapes[rows.shape[row as usize] as usize].has(FLAG_LOCAL_ADDRESS);
            addresses.filter(|_| has_address).map(|values| values.bytes(values.cell(row, 0)))
        };
        let same_address = |a: u32, b: u32| address(a) == address(b);
        memory.linker.link(rows, &mut memory.names, same_address, calls)
    }
}

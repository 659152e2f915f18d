//! The links of a block, added up group by group.

use super::sides::Sides;
use super::sums::{PairSum, Sums};
use super::{Linking, joined};
use crate::block::{Block, Bounds, Group, PartPlace, PickedValues};
use crate::columns::{FLAG_LOCAL_ADDRESS, FLAG_SHARED};
use nines_span::Span;

/// What is remembered of a block.
#[derive(Default)]
pub struct BlockLinks {
    groups: Vec<Option<GroupLinks>>,
    sides: Sides,
}

/// The links of a group's traces.
struct GroupLinks {
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
        self.groups.iter().flatten().map(|group| group.sums.len() + group.splits.len()).sum()
    }
}

impl Linking<'_> {
    /// Adds the links of a block's traces.
    pub(super) fn block(&mut self, block: &Block) {
        for (group_idx, meta) in block.groups().iter().enumerate() {
            let Bounds { min_us, max_us } = meta.starts;
            if !meta.starts.meets(self.window) {
                continue;
            }
            if self.window.min_us <= min_us && max_us <= self.window.max_us {
                self.inner_group(block, group_idx);
            } else if let Some(links) = self.link_group(block, group_idx) {
                self.take(block, &links);
            }
        }
    }

    /// A group that lies in the window with all it has.
    fn inner_group(&mut self, block: &Block, group_idx: usize) {
        let known = self.memory.blocks.entry(block.id()).or_default();
        known.groups.resize_with(block.groups().len(), || None);
        let links = known.groups[group_idx].take().filter(|links| links.n_splits == block.n_splits(group_idx));
        let Some(links) = links.or_else(|| self.link_group(block, group_idx)) else { return };
        self.take(block, &links);
        if let Some(known) = self.memory.blocks.get_mut(&block.id()) {
            known.groups[group_idx] = Some(links);
        }
    }

    fn take(&mut self, block: &Block, links: &GroupLinks) {
        self.sums.join(links.sums.iter().copied());
        for (ordinal, low) in &links.splits {
            self.joined(PartPlace::Block(block.id(), *ordinal), *low);
        }
    }

    /// Adds up the links of the traces that have a span starting in the window; nothing when the group
    /// cannot be read.
    fn link_group(&mut self, block: &Block, group_idx: usize) -> Option<GroupLinks> {
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
        Some(GroupLinks { n_splits, splits: splits.into(), sums: sums.drain() })
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

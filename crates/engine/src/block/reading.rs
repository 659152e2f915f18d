//! Row groups of a block, read from its file or kept from before: as much of each as is asked for.

use super::caches::BlockCaches;
use super::format::{Damage, Section, SectionKind};
use super::group_read::{
    Group, OF_FRAME, OF_OUTLINE, OF_SKETCH, Wanted, read_frame, read_outline, read_rows, read_sketch, read_trace,
};
use super::open::Block;
use super::picked::PickedValues;
use super::row_kinds::RowKinds;
use super::sections::RawSections;
use super::unpacked::Unpacked;
use super::value_columns::ValueKey;
use nines_storage::StoreError;
use nines_storage::answer::TraceTime;
use std::sync::Arc;

/// Traces that are read one by one; a frame of the whole group costs as much as four.
const READ_ALONE_MAX: usize = 4;

impl Block {
    /// Bytes of a row group's frame, unpacked.
    pub fn frame_bytes(&self, group_idx: usize) -> usize {
        self.raw_bytes(group_idx, &OF_FRAME)
    }

    /// Bytes of what a row group has beyond its frame, unpacked.
    pub fn value_bytes(&self, group_idx: usize) -> usize {
        self.raw_bytes(group_idx, &SectionKind::OF_GROUP) - self.frame_bytes(group_idx)
    }

    /// Bytes of a row group's sketch, unpacked.
    pub fn sketch_bytes(&self, group_idx: usize) -> usize {
        self.raw_bytes(group_idx, &OF_SKETCH)
    }

    /// Bytes of a row group's outline, unpacked.
    pub fn outline_bytes(&self, group_idx: usize) -> usize {
        self.raw_bytes(group_idx, &OF_OUTLINE)
    }

    /// Bytes that are unpacked for the values of some columns.
    pub fn picked_bytes(&self, outline: &Group, group_idx: usize, wanted: &dyn Fn(&ValueKey) -> bool) -> usize {
        self.raw_bytes(group_idx, PickedValues::sections(outline, wanted))
    }

    fn raw_bytes(&self, group_idx: usize, kinds: &[SectionKind]) -> usize {
        kinds.iter().map(|kind| self.footer().of_group(group_idx, *kind).raw_bytes as usize).sum()
    }

    /// A sketch of a row group: an outline without its times.
    pub fn sketch(&self, group_idx: usize, caches: &BlockCaches) -> Result<Group, StoreError> {
        let tables = self.tables(caches)?;
        self.read_sections(group_idx, &OF_SKETCH, caches, |kinds, raw| {
            read_sketch(tables, &self.wanted(group_idx, None), kinds, raw)
        })
    }

    /// An outline of a row group: for those who go through many and need little of each, so nothing of it is kept.
    pub fn outline(&self, group_idx: usize, caches: &BlockCaches) -> Result<Group, StoreError> {
        let tables = self.tables(caches)?;
        self.read_sections(group_idx, &OF_OUTLINE, caches, |kinds, raw| {
            read_outline(tables, &self.wanted(group_idx, None), kinds, raw)
        })
    }

    /// The values of some columns for all rows of a frame or outline.
    pub fn picked(
        &self,
        group: &Group,
        group_idx: usize,
        wanted: &dyn Fn(&ValueKey) -> bool,
        caches: &BlockCaches,
    ) -> Result<PickedValues, StoreError> {
        if let Some(unpacked) = caches.unpacked.find((self.id(), group_idx as u32)) {
            return Ok(PickedValues::of_unpacked(group, wanted, &unpacked));
        }
        let raw = self.raw_sections(group_idx, PickedValues::sections(group, wanted), caches)?;
        PickedValues::read(group, wanted, &raw).map_err(|damage| self.damaged(damage))
    }

    /// A row group without the values of its rows: enough for times, operations and shapes.
    pub fn frame(&self, group_idx: usize, caches: &BlockCaches) -> Result<Arc<Group>, StoreError> {
        caches.groups.get((self.id(), group_idx as u32, false), Group::n_bytes, || {
            let tables = self.tables(caches)?;
            self.read_sections(group_idx, &OF_FRAME, caches, |kinds, raw| {
                read_frame(tables, &self.wanted(group_idx, None), kinds, raw)
            })
        })
    }

    /// A row group.
    pub fn group(&self, group_idx: usize, caches: &BlockCaches) -> Result<Arc<Group>, StoreError> {
        caches.groups.get((self.id(), group_idx as u32, true), Group::n_bytes, || {
            let frame = self.frame(group_idx, caches)?;
            let raw = self.raw_sections(group_idx, &SectionKind::OF_GROUP[OF_FRAME.len()..], caches)?;
            read_rows(&frame, &raw).map_err(|damage| self.damaged(damage))
        })
    }

    /// One trace of a group, by its place there: a group with that trace alone.
    pub fn trace(&self, group_idx: usize, trace_idx: usize, caches: &BlockCaches) -> Result<Group, StoreError> {
        let tables = self.tables(caches)?;
        let unpacked = self.unpacked(group_idx, caches)?;
        read_trace(tables, &self.wanted(group_idx, Some(trace_idx)), &unpacked).map_err(|damage| self.damaged(damage))
    }

    /// Ids and times of some traces of a group, by their places there. They are hits, and will be asked for
    /// next: the group stays unpacked.
    pub fn times_of(
        &self,
        group_idx: usize,
        traces: &[usize],
        caches: &BlockCaches,
    ) -> Result<Vec<(u128, TraceTime)>, StoreError> {
        // Values that are damaged leave the frame as it is; who reads a trace hears of them.
        let unpacked = self.unpacked(group_idx, caches);
        let Some(unpacked) = unpacked.ok().filter(|_| traces.len() <= READ_ALONE_MAX) else {
            let frame = self.frame(group_idx, caches)?;
            return Ok(traces.iter().map(|at| (frame.rows().trace_ids[*at], frame.time_of(*at))).collect());
        };
        let tables = self.tables(caches)?;
        let read = |trace: &usize| {
            let wanted = self.wanted(group_idx, Some(*trace));
            let frame = read_frame(tables.clone(), &wanted, unpacked.kinds().clone(), unpacked.raw());
            frame.map(|frame| (frame.rows().trace_ids[0], frame.time_of(0)))
        };
        traces.iter().map(read).collect::<Result<_, Damage>>().map_err(|damage| self.damaged(damage))
    }

    /// A row group unpacked, kept for who reads traces of it: from here on its other readings unpack nothing.
    pub fn unpacked(&self, group_idx: usize, caches: &BlockCaches) -> Result<Arc<Unpacked>, StoreError> {
        caches.unpacked.get((self.id(), group_idx as u32), Unpacked::n_bytes, || {
            let tables = self.tables(caches)?;
            let raw = self.raw_sections(group_idx, &SectionKind::OF_GROUP, caches)?;
            Unpacked::new(&tables, &self.groups()[group_idx], raw).map_err(|damage| self.damaged(damage))
        })
    }

    /// Unpacks a row group whose columns are about to be read. What is damaged in it is told when it is asked for: the
    /// rest can be read without.
    pub fn unpack_ahead(&self, group_idx: usize, caches: &BlockCaches) {
        let _ = self.unpacked(group_idx, caches);
    }

    fn wanted(&self, group_idx: usize, trace: Option<usize>) -> Wanted<'_> {
        let arrived_base_s = self.footer().arrived.0.0.div_euclid(1_000_000);
        Wanted { meta: &self.groups()[group_idx], trace, arrived_base_s }
    }

    /// Reads columns from the kinds and sections of a group: as they are kept, or unpacked for once.
    fn read_sections(
        &self,
        group_idx: usize,
        wanted: &[SectionKind],
        caches: &BlockCaches,
        read: impl FnOnce(Arc<RowKinds>, &RawSections) -> Result<Group, Damage>,
    ) -> Result<Group, StoreError> {
        let group = match caches.unpacked.find((self.id(), group_idx as u32)) {
            Some(unpacked) => read(unpacked.kinds().clone(), unpacked.raw()),
            None => {
                let raw = self.raw_sections(group_idx, wanted, caches)?;
                RowKinds::read(&self.groups()[group_idx], &raw).and_then(|kinds| read(Arc::new(kinds), &raw))
            }
        };
        group.map_err(|damage| self.damaged(damage))
    }

    /// Some sections of a group, unpacked, with one read from the first to the last.
    fn raw_sections(
        &self,
        group_idx: usize,
        wanted: &[SectionKind],
        caches: &BlockCaches,
    ) -> Result<RawSections, StoreError> {
        let sections = wanted.iter().map(|kind| self.footer().of_group(group_idx, *kind));
        let end_of = |section: &Section| section.offset + u64::from(section.stored_bytes);
        let first = sections.clone().map(|section| section.offset).min().unwrap_or(0);
        let end = sections.clone().map(end_of).max().unwrap_or(first);
        let stored = self.read((end - first) as usize, first, caches)?;
        RawSections::unpack(&stored, first, sections).map_err(|damage| self.damaged(damage))
    }

    /// Looks at one section of a group, kept unpacked or unpacked for once.
    pub fn look_at_section<T>(
        &self,
        group_idx: usize,
        kind: SectionKind,
        caches: &BlockCaches,
        look: impl FnOnce(&[u8]) -> T,
    ) -> Result<T, StoreError> {
        Ok(match caches.unpacked.find((self.id(), group_idx as u32)) {
            Some(unpacked) => look(unpacked.raw().get(kind)),
            None => look(&self.group_section(group_idx, kind, caches)?),
        })
    }

    /// One section of a group, unpacked.
    pub fn group_section(
        &self,
        group_idx: usize,
        kind: SectionKind,
        caches: &BlockCaches,
    ) -> Result<Vec<u8>, StoreError> {
        self.unpack(self.footer().of_group(group_idx, kind), caches)
    }
}

//! A block as a reader holds it: little in memory, the rest unpacked when asked for.

use super::cache::GroupCache;
use super::column_table::ColumnTable;
use super::filters::FilterLayout;
use super::fingerprints::{Fingerprints, fingerprint, ordinal_bytes, ordinal_of};
use super::format::{Damage, Footer, Section, SectionKind, read_footer};
use super::group_read::{Group, OF_OUTLINE, Wanted, read_frame, read_outline, read_rows, read_trace};
use super::groups::{Bounds, GroupMeta, read_groups};
use super::picked::PickedValues;
use super::sections::RawSections;
use super::split::{BlockId, PartPlace, Split};
use super::value_columns::ValueKey;
use crate::columns::{LEAST_BYTES, Tables};
use crate::encode::{Input, Malformed};
use crate::hash::NumberMap;
use nines_base::vfs::{Vfs, VfsFile};
use nines_storage::StoreError;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// A block's tables, unpacked when a read or a search needs them.
pub struct BlockTables {
    /// What rows refer to.
    pub tables: Tables,
    /// Its value columns.
    pub columns: ColumnTable,
    /// Which of them rows of a service and shape have, as far as was asked.
    of_rows: Mutex<RowColumns>,
}

/// Value columns by service and shape.
type RowColumns = NumberMap<(u32, u32), Arc<[u32]>>;

impl BlockTables {
    /// Bytes they take in memory, about: the tables, and what rows of each shape will be found to have.
    fn n_bytes(&self) -> usize {
        self.tables.n_table_bytes() + self.columns.n_bytes()
    }

    /// The value columns of a row of this service and shape, in the row's order.
    pub fn columns_of(&self, service: u32, shape: u32) -> Result<Arc<[u32]>, Malformed> {
        let mut of_rows = self.of_rows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(columns) = of_rows.get(&(service, shape)) {
            return Ok(columns.clone());
        }
        let keys = ValueKey::of_row(service, &self.tables.shapes[shape as usize], &self.tables);
        let columns = keys.map(|key| self.columns.find(&key).ok_or(Malformed("a column is missing")));
        let columns: Arc<[u32]> = columns.collect::<Result<_, _>>()?;
        of_rows.insert((service, shape), columns.clone());
        Ok(columns)
    }
}

/// An open block.
pub struct Block {
    vfs: Arc<dyn Vfs>,
    path: PathBuf,
    /// Bytes of its file.
    pub len_bytes: u64,
    footer: Footer,
    groups: Vec<GroupMeta>,
    fingerprints: Fingerprints,
    /// Names and operations, which a search looks at first; the other tables are empty.
    operations: Tables,
    /// For each trace, a bit: whether something else has a part of it too.
    split: Vec<AtomicU64>,
    /// Where, by ordinal.
    parts: RwLock<NumberMap<u32, Vec<PartPlace>>>,
    /// For each group: the times of its traces, widened to those of their parts elsewhere.
    reach: Vec<(AtomicU64, AtomicU64)>,
}

/// Files kept open between reads: a quarter of the handles a process usually may have.
const OPEN_FILES_MAX: usize = 256;

/// Groups and tables unpacked lately and files read lately, shared by all blocks of a store.
pub struct BlockCaches {
    /// Groups; whether with the values of their rows.
    groups: GroupCache<(BlockId, u32, bool), Group>,
    tables: GroupCache<BlockId, BlockTables>,
    files: GroupCache<BlockId, Arc<dyn VfsFile>>,
}

impl BlockCaches {
    /// Caches of so many bytes.
    pub fn new(groups_bytes_max: usize, tables_bytes_max: usize) -> BlockCaches {
        BlockCaches {
            groups: GroupCache::new(groups_bytes_max),
            tables: GroupCache::new(tables_bytes_max),
            files: GroupCache::new(OPEN_FILES_MAX),
        }
    }

    /// Lets go of a block's file: it was removed, and its room on the disk comes back when nobody has it open.
    pub fn close_file(&self, id: BlockId) {
        self.files.remove(id);
    }
}

impl Block {
    /// Opens a block: reads its footer, its groups' table, its fingerprints and its operations.
    pub fn open(vfs: Arc<dyn Vfs>, path: &Path) -> Result<Block, StoreError> {
        let step = || format!("open block {}", path.display());
        let io = |source: io::Error| StoreError::Io { step: step(), source: Arc::new(source) };
        let damaged = |damage: Damage| damage.in_file(&path.display().to_string());
        let file = vfs.open(path).map_err(io)?;
        let len_bytes = file.len_bytes().map_err(io)?;
        let read = |offset, n_bytes| read_bytes(&*file, offset, n_bytes);
        let footer = read_footer(len_bytes, read).map_err(io)?.map_err(damaged)?;
        let section = |kind| {
            let section = footer.of_block(kind);
            let stored = read(section.offset, section.stored_bytes as usize).map_err(io)?;
            Ok(section.unpack(&stored).map_err(damaged)?.unwrap_or(stored))
        };
        let at = |kind| {
            let section = *footer.of_block(kind);
            move |Malformed(fact): Malformed| damaged(section.damage(fact))
        };
        let mut operations = Tables::default();
        read_table(&mut operations, SectionKind::Names, &section(SectionKind::Names)?)
            .map_err(at(SectionKind::Names))?;
        read_table(&mut operations, SectionKind::Operations, &section(SectionKind::Operations)?)
            .map_err(at(SectionKind::Operations))?;
        let shapes = section(SectionKind::Shapes)?;
        let n_shapes = Input::new(&shapes).count(LEAST_BYTES.shapes).map_err(at(SectionKind::Shapes))?;
        let groups = read_groups(
            &section(SectionKind::Groups)?,
            footer.n_groups as usize,
            operations.operations.len(),
            n_shapes,
        )
        .map_err(at(SectionKind::Groups))?;
        let n_traces: u64 = groups.iter().map(|group| u64::from(group.n_traces)).sum();
        let numbers = numbers_u32(&section(SectionKind::Fingerprints)?);
        let fingerprints = Fingerprints::new(numbers)
            .filter(|sorted| sorted.as_slice().len() as u64 == n_traces && n_traces == u64::from(footer.n_traces))
            .ok_or(Malformed("the trace index does not fit the traces"))
            .map_err(at(SectionKind::Fingerprints))?;
        let reach = groups.iter().map(|group| (group.times.min_us.into(), group.times.max_us.into())).collect();
        let split = (0..n_traces.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        let parts = RwLock::default();
        let path = path.to_owned();
        Ok(Block { vfs, path, len_bytes, groups, fingerprints, operations, split, parts, reach, footer })
    }

    /// Which block it is.
    pub fn id(&self) -> BlockId {
        BlockId { generation: self.footer.generation, shard: self.footer.shard }
    }

    /// What it says of itself.
    pub fn footer(&self) -> &Footer {
        &self.footer
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its row groups.
    pub fn groups(&self) -> &[GroupMeta] {
        &self.groups
    }

    /// Names and operations only.
    pub fn operations(&self) -> &Tables {
        &self.operations
    }

    /// Sorted fingerprints of its traces.
    pub fn fingerprints(&self) -> &Fingerprints {
        &self.fingerprints
    }

    /// Its tables.
    pub fn tables(&self, caches: &BlockCaches) -> Result<Arc<BlockTables>, StoreError> {
        caches.tables.get(self.id(), BlockTables::n_bytes, || self.read_tables(caches))
    }

    fn read_tables(&self, caches: &BlockCaches) -> Result<BlockTables, StoreError> {
        let mut tables = self.operations.clone();
        for kind in [SectionKind::Shapes, SectionKind::Origins] {
            read_table(&mut tables, kind, &self.section(kind, caches)?).map_err(|fact| self.malformed(kind, fact))?;
        }
        let columns = ColumnTable::read(self.section(SectionKind::Columns, caches)?, tables.names.len())
            .map_err(|fact| self.malformed(SectionKind::Columns, fact))?;
        Ok(BlockTables { tables, columns, of_rows: Mutex::default() })
    }

    /// Bytes of a row group's frame, unpacked.
    pub fn frame_bytes(&self, group_idx: usize) -> usize {
        self.raw_bytes(group_idx, SectionKind::TraceIds, SectionKind::Arrivals)
    }

    /// Bytes of what a row group has beyond its frame, unpacked.
    pub fn value_bytes(&self, group_idx: usize) -> usize {
        self.raw_bytes(group_idx, SectionKind::Codes, SectionKind::Rest)
    }

    /// Bytes of a row group's outline, unpacked.
    pub fn outline_bytes(&self, group_idx: usize) -> usize {
        self.raw_bytes_of(group_idx, &OF_OUTLINE)
    }

    /// Bytes that are unpacked for the values of some columns.
    pub fn picked_bytes(&self, outline: &Group, group_idx: usize, wanted: &dyn Fn(&ValueKey) -> bool) -> usize {
        self.raw_bytes_of(group_idx, PickedValues::sections(outline, wanted))
    }

    fn raw_bytes_of(&self, group_idx: usize, kinds: &[SectionKind]) -> usize {
        kinds.iter().map(|kind| self.footer.of_group(group_idx, *kind).raw_bytes as usize).sum()
    }

    fn raw_bytes(&self, group_idx: usize, first: SectionKind, last: SectionKind) -> usize {
        let sections = self.footer.of_groups[group_idx].iter();
        let wanted = sections.filter(|section| first <= section.kind && section.kind <= last);
        wanted.map(|section| section.raw_bytes as usize).sum()
    }

    /// An outline of a row group: for those who go through many and need little of each, so nothing of it is kept.
    pub fn outline(&self, group_idx: usize, caches: &BlockCaches) -> Result<Group, StoreError> {
        let tables = self.tables(caches)?;
        let raw = self.picked_sections(group_idx, &OF_OUTLINE, caches)?;
        read_outline(tables, &self.groups[group_idx], &raw).map_err(|damage| self.damaged(damage))
    }

    /// The values of some columns for all rows of an outline.
    pub fn picked(
        &self,
        outline: &Group,
        group_idx: usize,
        wanted: &dyn Fn(&ValueKey) -> bool,
        caches: &BlockCaches,
    ) -> Result<PickedValues, StoreError> {
        let raw = self.picked_sections(group_idx, PickedValues::sections(outline, wanted), caches)?;
        PickedValues::read(outline, wanted, &raw).map_err(|damage| self.damaged(damage))
    }

    /// Some sections of a group, unpacked, with one read from the first to the last.
    fn picked_sections(
        &self,
        group_idx: usize,
        wanted: &[SectionKind],
        caches: &BlockCaches,
    ) -> Result<RawSections, StoreError> {
        let sections = || wanted.iter().map(|kind| self.footer.of_group(group_idx, *kind));
        let first = sections().map(|section| section.offset).min().unwrap_or(0);
        let end = sections().map(|section| section.offset + u64::from(section.stored_bytes)).max().unwrap_or(first);
        let stored = self.read((end - first) as usize, first, caches)?;
        RawSections::unpack(stored, first, sections()).map_err(|damage| self.damaged(damage))
    }

    /// A row group without the values of its rows: enough for times, operations and shapes.
    pub fn frame(&self, group_idx: usize, caches: &BlockCaches) -> Result<Arc<Group>, StoreError> {
        caches.groups.get((self.id(), group_idx as u32, false), Group::n_bytes, || {
            let tables = self.tables(caches)?;
            let raw = self.raw_sections(group_idx, SectionKind::TraceIds, SectionKind::Arrivals, caches)?;
            read_frame(tables, &self.wanted(group_idx, None), &raw).map_err(|damage| self.damaged(damage))
        })
    }

    /// A row group.
    pub fn group(&self, group_idx: usize, caches: &BlockCaches) -> Result<Arc<Group>, StoreError> {
        caches.groups.get((self.id(), group_idx as u32, true), Group::n_bytes, || {
            let frame = self.frame(group_idx, caches)?;
            let raw = self.raw_sections(group_idx, SectionKind::Codes, SectionKind::Rest, caches)?;
            read_rows(&frame, &raw).map_err(|damage| self.damaged(damage))
        })
    }

    /// One trace of a group, by its place there: a group with that trace alone.
    pub fn trace(&self, group_idx: usize, trace_idx: usize, caches: &BlockCaches) -> Result<Group, StoreError> {
        let tables = self.tables(caches)?;
        let raw = self.raw_sections(group_idx, SectionKind::TraceIds, SectionKind::Rest, caches)?;
        read_trace(tables, &self.wanted(group_idx, Some(trace_idx)), &raw).map_err(|damage| self.damaged(damage))
    }

    fn wanted(&self, group_idx: usize, trace: Option<usize>) -> Wanted<'_> {
        let arrived_base_s = self.footer.arrived.0.0.div_euclid(1_000_000);
        Wanted { meta: &self.groups[group_idx], trace, arrived_base_s }
    }

    /// Sections of a group from `first` to `last`, unpacked. They lie side by side: one read for all.
    fn raw_sections(
        &self,
        group_idx: usize,
        first: SectionKind,
        last: SectionKind,
        caches: &BlockCaches,
    ) -> Result<RawSections, StoreError> {
        let offset = self.footer.of_group(group_idx, first).offset;
        let end = self.footer.of_group(group_idx, last);
        let n_bytes = end.offset + u64::from(end.stored_bytes) - offset;
        let stored = self.read(n_bytes as usize, offset, caches)?;
        let sections = self.footer.of_groups[group_idx].iter();
        let wanted = sections.filter(|section| first <= section.kind && section.kind <= last);
        RawSections::unpack(stored, offset, wanted).map_err(|damage| self.damaged(damage))
    }

    /// For each group whether it may hold a tag's value with this hash; `false` is certain.
    pub fn filter(&self, hash: u64, caches: &BlockCaches) -> Result<Vec<bool>, StoreError> {
        let section = self.footer.of_block(SectionKind::Bloom);
        let malformed = |fact| self.malformed(SectionKind::Bloom, fact);
        let layout = FilterLayout::of_section(section.raw_bytes as usize, self.groups.len()).map_err(malformed)?;
        let Some(page) = layout.page_of(hash) else { return Ok(vec![false; self.groups.len()]) };
        let bytes = self.read(page.len(), section.offset + page.start as u64, caches)?;
        layout.read_page(hash, &bytes).map_err(malformed)
    }

    /// Checks the filters of all groups.
    pub fn check_filters(&self, caches: &BlockCaches) -> Result<(), StoreError> {
        let bytes = self.section(SectionKind::Bloom, caches)?;
        let layout = FilterLayout::of_section(bytes.len(), self.groups.len());
        layout.map(|_| ()).map_err(|fact| self.malformed(SectionKind::Bloom, fact))
    }

    /// One section of a group, unpacked.
    pub fn group_section(
        &self,
        group_idx: usize,
        kind: SectionKind,
        caches: &BlockCaches,
    ) -> Result<Vec<u8>, StoreError> {
        self.unpack(self.footer.of_group(group_idx, kind), caches)
    }

    /// Ordinals of the traces whose ids share their low half with `id`, at most `limit`: who sends spans
    /// chooses ids, and may choose many that share it.
    pub fn find_traces(&self, id: u128, limit: usize, caches: &BlockCaches) -> Result<Vec<u32>, StoreError> {
        let places = self.fingerprints.find(fingerprint(id));
        if places.is_empty() {
            return Ok(Vec::new());
        }
        if places.len() == 1 {
            // One ordinal is read without the checksum of the list: the trace there proves it right.
            let ordinal = self.ordinal_at(places.start, caches)?;
            if ordinal < self.footer.n_traces && self.has_low(ordinal, id, caches)? {
                return Ok(vec![ordinal]);
            }
        }
        let ordinals = self.ordinals(caches)?;
        let mut found = Vec::new();
        for ordinal in &ordinals[places] {
            if found.len() < limit && self.has_low(*ordinal, id, caches)? {
                found.push(*ordinal);
            }
        }
        Ok(found)
    }

    fn ordinal_at(&self, place: usize, caches: &BlockCaches) -> Result<u32, StoreError> {
        let n_bytes = ordinal_bytes(self.footer.n_traces as usize);
        let section = self.footer.of_block(SectionKind::Ordinals);
        if section.stored_bytes as usize != n_bytes * self.footer.n_traces as usize {
            return Err(self.damaged(section.damage("it does not fit the traces")));
        }
        Ok(ordinal_of(&self.read(n_bytes, section.offset + (place * n_bytes) as u64, caches)?))
    }

    /// Whether the id of a trace has the low half of `id`.
    fn has_low(&self, ordinal: u32, id: u128, caches: &BlockCaches) -> Result<bool, StoreError> {
        let group_idx = self.group_of(ordinal);
        let section = self.footer.of_group(group_idx, SectionKind::TraceIds);
        let trace_ids = self.unpack(section, caches)?;
        let at = (ordinal - self.groups[group_idx].first_trace) as usize * 16;
        let low = trace_ids.get(at..at + 8).ok_or_else(|| self.damaged(section.damage("it ends early")))?;
        Ok(low == (id as u64).to_le_bytes())
    }

    /// Ordinals of traces in the order of their fingerprints.
    pub fn ordinals(&self, caches: &BlockCaches) -> Result<Vec<u32>, StoreError> {
        let kind = SectionKind::Ordinals;
        let bytes = self.section(kind, caches)?;
        let ordinals: Vec<u32> =
            bytes.chunks_exact(ordinal_bytes(self.footer.n_traces as usize)).map(ordinal_of).collect();
        let fit = ordinals.len() == self.footer.n_traces as usize
            && ordinals.iter().all(|ordinal| *ordinal < self.footer.n_traces);
        if fit { Ok(ordinals) } else { Err(self.malformed(kind, Malformed("it does not fit the traces"))) }
    }

    /// The group that holds a trace.
    pub fn group_of(&self, ordinal: u32) -> usize {
        self.groups.partition_point(|group| group.first_trace <= ordinal) - 1
    }

    /// Traces that an earlier block has a part of too, as known when this one was written.
    pub fn splits(&self, caches: &BlockCaches) -> Result<Vec<Split>, StoreError> {
        let kind = SectionKind::Splits;
        let splits = Split::read_all(&self.section(kind, caches)?).map_err(|fact| self.malformed(kind, fact))?;
        if splits.iter().any(|split| split.ordinal >= self.footer.n_traces) {
            return Err(self.malformed(kind, Malformed("an ordinal is out of range")));
        }
        Ok(splits)
    }

    /// Whether something else has a part of the trace.
    pub fn is_split(&self, ordinal: u32) -> bool {
        self.split[ordinal as usize / 64].load(Ordering::Acquire) & 1 << (ordinal % 64) != 0
    }

    /// Traces of the group that something else has a part of too.
    pub fn n_splits(&self, group_idx: usize) -> u32 {
        let group = &self.groups[group_idx];
        let (first, end) = (group.first_trace, group.first_trace + group.n_traces);
        let of_word = |word: u32| {
            let bits = self.split[word as usize].load(Ordering::Acquire);
            let from = first.saturating_sub(word * 64).min(63);
            let beyond = (word * 64 + 64).saturating_sub(end).min(63);
            (bits >> from << from << beyond).count_ones()
        };
        (first / 64..end.div_ceil(64)).map(of_word).sum()
    }

    /// Whether something else has a part of a trace of the group.
    pub fn has_splits(&self, group_idx: usize) -> bool {
        let group = &self.groups[group_idx];
        let mut ordinals = group.first_trace..group.first_trace + group.n_traces;
        ordinals.any(|ordinal| self.is_split(ordinal))
    }

    /// Times of the traces in the group that holds `ordinal`; empty for an ordinal that is not there.
    pub fn times_at(&self, ordinal: u32) -> Bounds {
        if ordinal < self.footer.n_traces { self.groups[self.group_of(ordinal)].times } else { Bounds::EMPTY }
    }

    /// Notes that a trace has another part, and the times it may have there.
    pub fn note_split(&self, ordinal: u32, other: PartPlace, times: Bounds) {
        if ordinal >= self.footer.n_traces {
            return;
        }
        {
            let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
            let parts = parts.entry(ordinal).or_default();
            if !parts.contains(&other) {
                parts.push(other);
            }
        }
        let (low, high) = &self.reach[self.group_of(ordinal)];
        low.fetch_min(times.min_us, Ordering::Relaxed);
        high.fetch_max(times.max_us, Ordering::Relaxed);
        self.split[ordinal as usize / 64].fetch_or(1 << (ordinal % 64), Ordering::Release);
    }

    /// Where the other parts of a trace are.
    pub fn other_parts(&self, ordinal: u32) -> Vec<PartPlace> {
        self.parts.read().unwrap_or_else(PoisonError::into_inner).get(&ordinal).cloned().unwrap_or_default()
    }

    /// Times that traces of a group may have, parts elsewhere included.
    pub fn reach(&self, group_idx: usize) -> Bounds {
        let (low, high) = &self.reach[group_idx];
        Bounds { min_us: low.load(Ordering::Relaxed), max_us: high.load(Ordering::Relaxed) }
    }

    fn section(&self, kind: SectionKind, caches: &BlockCaches) -> Result<Vec<u8>, StoreError> {
        self.unpack(self.footer.of_block(kind), caches)
    }

    fn unpack(&self, section: &Section, caches: &BlockCaches) -> Result<Vec<u8>, StoreError> {
        let stored = self.read(section.stored_bytes as usize, section.offset, caches)?;
        Ok(section.unpack(&stored).map_err(|damage| self.damaged(damage))?.unwrap_or(stored))
    }

    /// Reads from the file, which stays open for the next reads.
    fn read(&self, n_bytes: usize, offset: u64, caches: &BlockCaches) -> Result<Vec<u8>, StoreError> {
        let file = caches.files.get(self.id(), |_| 1, || self.vfs.open(&self.path));
        let read = file.and_then(|file| read_bytes(&**file, offset, n_bytes));
        let step = || format!("read block {}", self.path.display());
        read.map_err(|source| StoreError::Io { step: step(), source: Arc::new(source) })
    }

    fn damaged(&self, damage: Damage) -> StoreError {
        damage.in_file(&self.path.display().to_string())
    }

    fn malformed(&self, kind: SectionKind, Malformed(fact): Malformed) -> StoreError {
        self.damaged(self.footer.of_block(kind).damage(fact))
    }
}

/// Attempts at a read. Many a disk gives at a second try what it refused at the first, and what a failed
/// read leaves undone, such as telling a new block of an older one's parts, nobody makes good later.
const READ_ATTEMPTS: usize = 3;

fn read_bytes(file: &dyn VfsFile, offset: u64, n_bytes: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; n_bytes];
    let mut attempt = 1;
    loop {
        match file.read_exact_at(offset, &mut bytes) {
            Err(error) if attempt < READ_ATTEMPTS && error.kind() != io::ErrorKind::UnexpectedEof => attempt += 1,
            read => return read.map(|()| bytes),
        }
    }
}

fn read_table(tables: &mut Tables, kind: SectionKind, raw: &[u8]) -> Result<(), Malformed> {
    let input = &mut Input::new(raw);
    match kind {
        SectionKind::Names => {
            let n = input.count(LEAST_BYTES.names)?;
            tables.read_names(n, input)?;
        }
        SectionKind::Operations => {
            let n = input.count(LEAST_BYTES.operations)?;
            tables.read_operations(n, input)?;
        }
        SectionKind::Shapes => {
            let n = input.count(LEAST_BYTES.shapes)?;
            tables.read_shapes(n, input)?;
        }
        _ => {
            let n = input.count(LEAST_BYTES.parts)?;
            tables.read_parts(n, input)?;
            let n = input.count(LEAST_BYTES.origins)?;
            tables.read_origins(n, input)?;
        }
    }
    input.finish()
}

fn numbers_u32(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

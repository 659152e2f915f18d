//! A block as a reader holds it: little in memory, the rest unpacked when asked for.

use super::by_service::ByService;
use super::caches::BlockCaches;
use super::column_table::ColumnTable;
use super::filters::{self, FilterLayout};
use super::fingerprints::Fingerprints;
use super::format::{Damage, Footer, Section, SectionKind, read_footer};
use super::groups::{GroupMeta, read_groups};
use super::split::{BlockId, PartPlace};
use super::tables::BlockTables;
use super::value_hash::hash_of_key;
use crate::columns::{LEAST_BYTES, Tables};
use crate::encode::{Input, Malformed};
use crate::hash::NumberMap;
use nines_base::vfs::{Vfs, VfsFile};
use nines_storage::StoreError;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock, RwLock};

/// An open block.
pub struct Block {
    vfs: Arc<dyn Vfs>,
    path: PathBuf,
    /// Bytes of its file.
    pub len_bytes: u64,
    footer: Footer,
    groups: Vec<GroupMeta>,
    pub(super) fingerprints: Fingerprints,
    /// Names and operations, which a search looks at first; the other tables are empty.
    operations: Tables,
    by_service: ByService,
    /// Keys that filters do not tell of, and values that most groups have, as sorted hashes.
    unfiltered: Vec<u64>,
    /// Where its filters stand, once one was asked.
    filter_layout: OnceLock<FilterLayout>,
    /// For each trace, a bit: whether something else has a part of it too.
    pub(super) split: Vec<AtomicU64>,
    /// Where, by ordinal.
    pub(super) parts: RwLock<NumberMap<u32, Vec<PartPlace>>>,
    /// For each group: the times of its traces, widened to those of their parts elsewhere.
    pub(super) reach: Vec<(AtomicU64, AtomicU64)>,
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
            section.unpack(&stored).map_err(damaged)
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
        let unfiltered = numbers_u64(&section(SectionKind::Unfiltered)?)
            .filter(|hashes| hashes.is_sorted())
            .ok_or(Malformed("the hashes are out of order"))
            .map_err(at(SectionKind::Unfiltered))?;
        let reach = groups.iter().map(|group| (group.times.min_us.into(), group.times.max_us.into())).collect();
        let split = (0..n_traces.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        let parts = RwLock::default();
        let path = path.to_owned();
        let by_service = ByService::new(&operations);
        Ok(Block {
            vfs,
            path,
            len_bytes,
            footer,
            groups,
            fingerprints,
            operations,
            by_service,
            unfiltered,
            filter_layout: OnceLock::new(),
            split,
            parts,
            reach,
        })
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

    /// Its operations by their service.
    pub fn by_service(&self) -> &ByService {
        &self.by_service
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
        Ok(BlockTables::new(tables, columns))
    }

    /// Whether filters tell which groups hold a text of a tag with this key: no resource has it too, and none
    /// of its values is of another type.
    pub fn is_filtered(&self, key: &str) -> bool {
        self.unfiltered.binary_search(&hash_of_key(key)).is_err()
    }

    /// For each group whether it may hold a tag's value with this hash; `false` is certain.
    pub fn filter(&self, hash: u64, caches: &BlockCaches) -> Result<Vec<bool>, StoreError> {
        if self.unfiltered.binary_search(&hash).is_ok() {
            return Ok(vec![true; self.groups.len()]);
        }
        let mut may_hold = vec![false; self.groups.len()];
        let section = self.footer.of_block(SectionKind::Filters);
        let layout = self.filter_layout(caches)?;
        if let Some(page) = layout.page_of(hash) {
            let bytes = self.read(page.len(), section.offset + page.start as u64, caches)?;
            let groups = layout.groups_of(hash, &bytes).map_err(|fact| self.malformed(SectionKind::Filters, fact))?;
            groups.into_iter().for_each(|group| may_hold[group as usize] = true);
        }
        Ok(may_hold)
    }

    fn filter_layout(&self, caches: &BlockCaches) -> Result<FilterLayout, StoreError> {
        if let Some(layout) = self.filter_layout.get() {
            return Ok(*layout);
        }
        let section = self.footer.of_block(SectionKind::Filters);
        let malformed = |fact| self.malformed(SectionKind::Filters, fact);
        let n_bytes = section.raw_bytes as usize;
        let head = self.read(filters::HEAD_BYTES.min(n_bytes), section.offset, caches)?;
        let head = head.first_chunk().ok_or(Malformed("the filters have no head")).map_err(malformed)?;
        let layout = FilterLayout::read(head, n_bytes, self.groups.len()).map_err(malformed)?;
        Ok(*self.filter_layout.get_or_init(|| layout))
    }

    /// Checks the filters of all groups.
    pub fn check_filters(&self, caches: &BlockCaches) -> Result<(), StoreError> {
        let bytes = self.section(SectionKind::Filters, caches)?;
        let layout = self.filter_layout(caches)?;
        layout.check(&bytes).map_err(|fact| self.malformed(SectionKind::Filters, fact))
    }

    pub(super) fn section(&self, kind: SectionKind, caches: &BlockCaches) -> Result<Vec<u8>, StoreError> {
        self.unpack(self.footer.of_block(kind), caches)
    }

    pub(super) fn unpack(&self, section: &Section, caches: &BlockCaches) -> Result<Vec<u8>, StoreError> {
        let stored = self.read(section.stored_bytes as usize, section.offset, caches)?;
        section.unpack(&stored).map_err(|damage| self.damaged(damage))
    }

    /// Reads from the file, which stays open for the next reads.
    pub(super) fn read(&self, n_bytes: usize, offset: u64, caches: &BlockCaches) -> Result<Vec<u8>, StoreError> {
        let file = caches.files.get(self.id(), |_| 1, || self.vfs.open(&self.path));
        let read = file.and_then(|file| read_bytes(&**file, offset, n_bytes));
        let step = || format!("read block {}", self.path.display());
        read.map_err(|source| StoreError::Io { step: step(), source: Arc::new(source) })
    }

    pub(super) fn damaged(&self, damage: Damage) -> StoreError {
        damage.in_file(&self.path.display().to_string())
    }

    pub(super) fn malformed(&self, kind: SectionKind, Malformed(fact): Malformed) -> StoreError {
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

/// Words; `None` if the bytes do not make whole ones.
fn numbers_u64(bytes: &[u8]) -> Option<Vec<u64>> {
    let (words, rest) = bytes.as_chunks::<8>();
    rest.is_empty().then(|| words.iter().map(|word| u64::from_le_bytes(*word)).collect())
}

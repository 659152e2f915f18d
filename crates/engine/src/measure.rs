//! What the files of the store take: by day, by section, and by column of values.

use crate::block::{Block, BlockCaches, BlockTables, SectionKind, ValueBytes, ValueKey};
use crate::columns::ValueType;
use crate::engine::Inner;
use nines_storage::{ColumnMeasure, DayMeasure, Measure, SectionMeasure, StoreError};
use std::collections::BTreeMap;
use std::sync::PoisonError;

/// Columns listed, the largest first. Twenty services with twenty tags each are 400; names made of ids
/// must not make an answer of megabytes.
pub const COLUMNS_LISTED_MAX: usize = 2000;

/// Columns kept while measuring: room for small ones to add up over many blocks.
const COLUMNS_KEPT_MAX: usize = 8 * COLUMNS_LISTED_MAX;

/// Memory for unpacked groups while measuring. The readers' own cache is left alone: whoever measures
/// passes by every group once.
const CACHE_BYTES: usize = 8 << 20;

/// Bytes of a trace in the index in memory: its fingerprint, and its bit in the list of split traces.
const INDEX_BYTES_PER_TRACE: f64 = 4.125;

type Columns = BTreeMap<(String, String, ValueType), ValueBytes>;

impl Inner {
    /// See [`nines_storage::SpanFiles::measure`].
    pub(crate) fn measure(&self, by_column: bool) -> Result<Measure, StoreError> {
        let catalog = self.catalogs.now();
        let mut measure = Measure {
            n_spans_in_memory: catalog.lives.iter().map(|live| live.read().len() as u64).sum(),
            n_inbox_files: self.generations.from(0).len() as u64,
            inbox_bytes: self.generations.file_bytes(),
            pending_bytes: self.queue.pending_bytes() as u64,
            sections: no_sections(),
            ..Measure::default()
        };
        let mut columns = Columns::new();
        let caches = BlockCaches::new(CACHE_BYTES, CACHE_BYTES, 1);
        for block in &catalog.blocks {
            add_day(block, &mut measure.days);
            add_sections(block, &mut measure.sections);
            measure.index_memory_bytes += (f64::from(block.footer().n_traces) * INDEX_BYTES_PER_TRACE) as u64;
            if by_column {
                measure.n_unreadable += self.add_columns(block, &caches, &mut columns);
                shrink(&mut columns, COLUMNS_KEPT_MAX, &mut measure);
            }
        }
        measure.days.sort_by(|a, b| a.day.cmp(&b.day));
        shrink(&mut columns, COLUMNS_LISTED_MAX, &mut measure);
        measure.columns = list(columns);
        Ok(measure)
    }

    /// Adds a block's columns up; returns how many of its groups could not be read.
    fn add_columns(&self, block: &Block, caches: &BlockCaches, columns: &mut Columns) -> u64 {
        let tables = match block.tables(caches) {
            Ok(tables) => tables,
            Err(error) => return self.note_unreadable(error, block.groups().len() as u64),
        };
        let mut sums = block.measure_table(&tables);
        let mut n_unreadable = 0;
        for group_idx in 0..block.groups().len() {
            match block.measure_values(group_idx, caches) {
                Ok(of_group) => sums.iter_mut().zip(of_group).for_each(|(sum, more)| sum.add(more)),
                Err(error) => n_unreadable += self.note_unreadable(error, 1),
            }
        }
        for ((key, _), sum) in tables.columns.iter().zip(sums) {
            columns.entry(name_of(&key, &tables)).or_default().add(sum);
        }
        n_unreadable
    }

    fn note_unreadable(&self, error: StoreError, n_groups: u64) -> u64 {
        // A block that retention took meanwhile is no damage.
        if self.note_damage(error).is_some() { n_groups } else { 0 }
    }

    /// Damage met so far.
    pub(crate) fn damage(&self) -> Vec<StoreError> {
        self.damage.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn name_of(key: &ValueKey, tables: &BlockTables) -> (String, String, ValueType) {
    let name = |id| tables.tables.names.get(id).to_owned();
    let tag = match (key.tag(), key.key) {
        (Some(tag), _) => name(tag),
        (None, 0) => "@local".to_owned(),
        (None, _) => "@remote".to_owned(),
    };
    (name(key.service), tag, key.value_type)
}

fn no_sections() -> Vec<SectionMeasure> {
    let of =
        |of_group: bool| move |kind: &SectionKind| SectionMeasure { name: kind.name(), of_group, ..Default::default() };
    let frame = SectionMeasure { name: "frame", ..Default::default() };
    let of_groups = SectionKind::OF_GROUP.iter().map(of(true));
    of_groups.chain(SectionKind::OF_BLOCK.iter().map(of(false))).chain([frame]).collect()
}

/// Adds what a block's sections take; the last of `sums` takes header, footer and trailer.
fn add_sections(block: &Block, sums: &mut [SectionMeasure]) {
    let footer = block.footer();
    let mut left = block.len_bytes;
    for section in footer.of_groups.iter().flatten().chain(&footer.of_block) {
        left -= u64::from(section.stored_bytes);
        if let Some(sum) = sums.iter_mut().find(|sum| sum.name == section.kind.name()) {
            sum.stored_bytes += u64::from(section.stored_bytes);
            sum.raw_bytes += u64::from(section.raw_bytes);
        }
    }
    if let Some(frame) = sums.last_mut() {
        frame.stored_bytes += left;
        frame.raw_bytes += left;
    }
}

fn add_day(block: &Block, days: &mut Vec<DayMeasure>) {
    let name = block.path().parent().and_then(|day| day.file_name()).unwrap_or_default().to_string_lossy();
    let arrived = block.footer().arrived;
    let at = days.iter().position(|day| day.day == name).unwrap_or_else(|| {
        let is_pinned = block.id().is_pinned();
        days.push(DayMeasure { day: name.into_owned(), arrived, is_pinned, ..DayMeasure::default() });
        days.len() - 1
    });
    let day = &mut days[at];
    day.n_blocks += 1;
    day.n_spans += block.footer().n_rows;
    day.n_bytes += block.len_bytes;
    day.arrived = (day.arrived.0.min(arrived.0), day.arrived.1.max(arrived.1));
}

/// Leaves the `n_max` largest columns; the rest is counted as left out.
fn shrink(columns: &mut Columns, n_max: usize, measure: &mut Measure) {
    if columns.len() <= n_max {
        return;
    }
    let mut sizes: Vec<f64> = columns.values().map(|column| column.stored).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let least = sizes[n_max - 1];
    let mut room = n_max;
    columns.retain(|_, column| {
        let stays = column.stored >= least && room > 0;
        if stays {
            room -= 1;
        } else {
            measure.n_columns_left_out += 1;
            measure.left_out_bytes += column.stored.round() as u64;
        }
        stays
    });
}

fn list(columns: Columns) -> Vec<ColumnMeasure> {
    let mut list: Vec<ColumnMeasure> = columns
        .into_iter()
        .map(|((service, key, value_type), bytes)| ColumnMeasure {
            service,
            key,
            value_type: value_type.name(),
            n_values: bytes.n_values,
            stored_bytes: bytes.stored.round() as u64,
            raw_bytes: bytes.raw,
        })
        .collect();
    list.sort_by_key(|column| std::cmp::Reverse(column.stored_bytes));
    list
}

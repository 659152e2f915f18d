//! What the values of a row group take, column by column: numbers of values and bytes, never a value.

use super::caches::BlockCaches;
use super::column_table::Form;
use super::format::SectionKind;
use super::group_values::KindColumns;
use super::open::Block;
use super::tables::BlockTables;
use crate::encode::{Input, Malformed};
use nines_storage::StoreError;

/// Sections that hold values.
const OF_VALUES: [SectionKind; 4] = [SectionKind::Codes, SectionKind::Lengths, SectionKind::Text, SectionKind::Hex];

/// What values take.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct ValueBytes {
    /// Values.
    pub n_values: u64,
    /// Bytes unpacked.
    pub raw: u64,
    /// Bytes in the file: a section's are shared by what each column has of it unpacked.
    pub stored: f64,
}

impl ValueBytes {
    /// Adds what else they take.
    pub fn add(&mut self, other: ValueBytes) {
        self.n_values += other.n_values;
        self.raw += other.raw;
        self.stored += other.stored;
    }
}

impl Block {
    /// What each column's entry in the block's table takes, in the order of the table.
    pub fn measure_table(&self, tables: &BlockTables) -> Vec<ValueBytes> {
        let section = self.footer().of_block(SectionKind::Columns);
        let of_column = (0..tables.columns.len() as u32).map(|column| {
            let raw = tables.columns.entry_bytes(column) as u64;
            let stored = raw as f64 * ratio(section.stored_bytes, section.raw_bytes);
            ValueBytes { n_values: 0, raw, stored }
        });
        of_column.collect()
    }

    /// What each column takes in a row group, in the order of the table.
    pub fn measure_values(&self, group_idx: usize, caches: &BlockCaches) -> Result<Vec<ValueBytes>, StoreError> {
        let frame = self.frame(group_idx, caches)?;
        let lengths = self.group_section(group_idx, SectionKind::Lengths, caches)?;
        let damaged = |Malformed(fact): Malformed| {
            let section = self.footer().of_group(group_idx, SectionKind::Lengths);
            section.damage(fact).in_file(&self.path().display().to_string())
        };
        let n_values = KindColumns::find(frame.tables(), frame.kinds()).map_err(damaged)?.n_values;
        let raw = share_sections(frame.tables(), &n_values, &lengths).map_err(damaged)?;
        let ratios = OF_VALUES.map(|kind| {
            let section = self.footer().of_group(group_idx, kind);
            ratio(section.stored_bytes, section.raw_bytes)
        });
        let of_column = n_values.into_iter().zip(raw).map(|(n_values, raw)| ValueBytes {
            n_values: n_values.into(),
            raw: raw.iter().sum(),
            stored: raw.iter().zip(ratios).map(|(raw, ratio)| *raw as f64 * ratio).sum(),
        });
        Ok(of_column.collect())
    }
}

fn ratio(stored: u32, raw: u32) -> f64 {
    if raw == 0 { 0.0 } else { f64::from(stored) / f64::from(raw) }
}

/// Unpacked bytes of each column in the sections of [`OF_VALUES`], where columns follow each other.
fn share_sections(tables: &BlockTables, n_values: &[u32], lengths: &[u8]) -> Result<Vec<[u64; 4]>, Malformed> {
    let input = &mut Input::new(lengths);
    let of_column = tables.columns.iter().zip(n_values).map(|((_, form), n_values)| {
        let text_place = match form {
            Form::Constant(_) => return Ok([0; 4]),
            Form::Coded(_) => return Ok([u64::from(*n_values), 0, 0, 0]),
            Form::Text(_) => 2,
            Form::Hex(_) => 3,
        };
        let mut raw = [0; 4];
        let before = input.len();
        for _ in 0..*n_values {
            raw[text_place] += u64::from(input.varint_u32()?);
        }
        raw[1] = (before - input.len()) as u64;
        Ok(raw)
    });
    of_column.collect()
}

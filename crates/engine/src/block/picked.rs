//! The values of a few columns of a row group, by number: a constant and a dictionary's value are not
//! copied for each row, so counting by one does not look at its bytes.

use super::format::{Damage, SectionKind};
use super::group_read::{Group, RawSections};
use super::group_values::{RowKinds, TextPlace, place_texts, put_hex};
use super::open::BlockTables;
use super::value_columns::{ColumnForm, ValueColumn};
use crate::columns::Strings;
use crate::encode::Malformed;
use crate::hash::NumberMap;
use std::sync::Arc;

/// A value of a row, as a number that stands for it in its column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
    /// The column.
    pub column: u32,
    /// Equal numbers of a column are equal values.
    pub number: u32,
    /// Whether rows that have the same value have the same number, in all groups of the block.
    pub is_coded: bool,
}

/// The values of the columns that were wanted.
pub struct PickedValues {
    tables: Arc<BlockTables>,
    kinds: RowKinds,
    /// Of each row: how many rows of its kind stand before it.
    ranks: Vec<u32>,
    /// Where each column's first value is, among the codes or among the texts.
    firsts: Vec<usize>,
    codes: Vec<u8>,
    /// Values of columns without a dictionary, by column.
    texts: NumberMap<u32, Strings>,
}

/// What is needed for constants and dictionaries.
const OF_CODES: [SectionKind; 1] = [SectionKind::Codes];

/// What is needed for all columns.
const OF_ALL: [SectionKind; 4] = [SectionKind::Codes, SectionKind::Lengths, SectionKind::Text, SectionKind::Hex];

impl PickedValues {
    /// The sections to read for the columns wanted.
    pub fn sections(outline: &Group, wanted: &dyn Fn(&ValueColumn) -> bool) -> &'static [SectionKind] {
        let columns = &outline.tables().columns;
        if columns.iter().any(|column| is_text(column) && wanted(column)) { &OF_ALL } else { &OF_CODES }
    }

    /// Reads the values for all rows of an outline.
    pub fn read(
        outline: &Group,
        wanted: &dyn Fn(&ValueColumn) -> bool,
        raw: &RawSections,
    ) -> Result<PickedValues, Damage> {
        raw.read(SectionKind::Codes, |codes| {
            let tables = outline.tables().clone();
            let (kinds, n_values) = RowKinds::of(outline)?;
            let mut next_ranks = vec![0u32; kinds.list.len()];
            let rank = |kind: &u32| {
                let next = &mut next_ranks[*kind as usize];
                *next += 1;
                *next - 1
            };
            let ranks = kinds.of_rows.iter().map(rank).collect();
            let mut picked = PickedValues {
                tables,
                kinds,
                ranks,
                firsts: Vec::new(),
                codes: codes.to_vec(),
                texts: NumberMap::default(),
            };
            if raw.has(SectionKind::Lengths) {
                picked.place_all(&n_values, wanted, raw)?;
            } else {
                picked.place_codes(&n_values)?;
            }
            Ok(picked)
        })
    }

    fn place_codes(&mut self, n_values: &[usize]) -> Result<(), Malformed> {
        let mut next_code = 0;
        for (column, n_values) in self.tables.columns.iter().zip(n_values) {
            self.firsts.push(next_code);
            if let ColumnForm::Coded(dictionary) = &column.form {
                let of_column = self.codes.get(next_code..next_code + n_values);
                let codes = of_column.ok_or(Malformed("the codes end early"))?;
                if codes.iter().any(|code| usize::from(*code) >= dictionary.len()) {
                    return Err(Malformed("a code is out of range"));
                }
                next_code += n_values;
            }
        }
        Ok(())
    }

    fn place_all(
        &mut self,
        n_values: &[usize],
        wanted: &dyn Fn(&ValueColumn) -> bool,
        raw: &RawSections,
    ) -> Result<(), Malformed> {
        let [text, hex] = [SectionKind::Text, SectionKind::Hex].map(|kind| raw.get(kind));
        let sections = [&self.codes[..], raw.get(SectionKind::Lengths), text, hex];
        let (firsts, places) = place_texts(&self.tables, n_values, sections)?;
        self.firsts = firsts;
        for (at, column) in self.tables.columns.iter().enumerate().filter(|(_, column)| wanted(column)) {
            let mut strings = Strings::default();
            let of_column = |first: usize| &places[first..first + n_values[at]];
            match &column.form {
                ColumnForm::Text(prefix) => {
                    for TextPlace { at, n_bytes } in of_column(self.firsts[at]) {
                        strings.bytes_mut().extend_from_slice(prefix);
                        strings.push(&text[*at as usize..][..*n_bytes as usize]);
                    }
                }
                ColumnForm::Hex(prefix) => {
                    for TextPlace { at, n_bytes } in of_column(self.firsts[at]) {
                        strings.bytes_mut().extend_from_slice(prefix);
                        put_hex(&hex[*at as usize..][..*n_bytes as usize], strings.bytes_mut());
                        strings.end();
                    }
                }
                ColumnForm::Constant(_) | ColumnForm::Coded(_) => continue,
            }
            self.texts.insert(at as u32, strings);
        }
        Ok(())
    }

    /// Value `idx` of a row, addresses counted; its column was wanted.
    #[inline]
    pub fn cell(&self, row: u32, idx: usize) -> Cell {
        let kind = &self.kinds.list[self.kinds.of_rows[row as usize] as usize];
        let (column, of_kinds_before) = kind.columns[idx];
        let place = of_kinds_before + self.ranks[row as usize] as usize;
        match &self.tables.columns[column as usize].form {
            ColumnForm::Constant(_) => Cell { column, number: 0, is_coded: true },
            ColumnForm::Coded(_) => {
                let number = self.codes[self.firsts[column as usize] + place].into();
                Cell { column, number, is_coded: true }
            }
            ColumnForm::Text(_) | ColumnForm::Hex(_) => Cell { column, number: place as u32, is_coded: false },
        }
    }

    /// A value's bytes.
    pub fn bytes(&self, cell: Cell) -> &[u8] {
        match &self.tables.columns[cell.column as usize].form {
            ColumnForm::Constant(value) => value,
            ColumnForm::Coded(dictionary) => &dictionary[cell.number as usize],
            _ => self.texts.get(&cell.column).map_or(&[], |strings| strings.get(cell.number)),
        }
    }
}

fn is_text(column: &ValueColumn) -> bool {
    matches!(column.form, ColumnForm::Text(_) | ColumnForm::Hex(_))
}

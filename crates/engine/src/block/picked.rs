//! The values of a few columns of a row group, by number: a constant and a dictionary's value are not
//! copied for each row, so counting by one does not look at its bytes.

use super::column_table::Form;
use super::format::{Damage, SectionKind};
use super::group_read::Group;
use super::group_values::{KindColumns, TextPlace, place_texts, put_hex};
use super::open::BlockTables;
use super::row_kinds::RowKinds;
use super::sections::RawSections;
use super::value_columns::ValueKey;
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
    columns: KindColumns,
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
    pub fn sections(outline: &Group, wanted: &dyn Fn(&ValueKey) -> bool) -> &'static [SectionKind] {
        let columns = &outline.tables().columns;
        if columns.iter().any(|(key, form)| is_text(form) && wanted(&key)) { &OF_ALL } else { &OF_CODES }
    }

    /// Reads the values for all rows of an outline.
    pub fn read(
        outline: &Group,
        wanted: &dyn Fn(&ValueKey) -> bool,
        raw: &RawSections,
    ) -> Result<PickedValues, Damage> {
        raw.read(SectionKind::Codes, |codes| {
            let tables = outline.tables().clone();
            let (numbers, rows) = (&tables.tables, outline.rows());
            let keys = rows.operation.iter().copied().zip(rows.shape.iter().copied());
            let kinds = RowKinds::of(keys, numbers.operations.len(), numbers.shapes.len(), 0..rows.operation.len());
            let columns = KindColumns::find(&tables, &kinds)?;
            let mut picked = PickedValues {
                tables,
                kinds,
                columns,
                firsts: Vec::new(),
                codes: codes.to_vec(),
                texts: NumberMap::default(),
            };
            if raw.has(SectionKind::Lengths) {
                picked.place_all(wanted, raw)?;
            } else {
                picked.place_codes()?;
            }
            Ok(picked)
        })
    }

    fn place_codes(&mut self) -> Result<(), Malformed> {
        let mut next_code = 0;
        for ((_, form), n_values) in self.tables.columns.iter().zip(&self.columns.n_values) {
            self.firsts.push(next_code);
            if let Form::Coded(dictionary) = form {
                let of_column = self.codes.get(next_code..next_code + *n_values as usize);
                let codes = of_column.ok_or(Malformed("the codes end early"))?;
                if codes.iter().any(|code| usize::from(*code) >= dictionary.len()) {
                    return Err(Malformed("a code is out of range"));
                }
                next_code += *n_values as usize;
            }
        }
        Ok(())
    }

    fn place_all(&mut self, wanted: &dyn Fn(&ValueKey) -> bool, raw: &RawSections) -> Result<(), Malformed> {
        let [text, hex] = [SectionKind::Text, SectionKind::Hex].map(|kind| raw.get(kind));
        let sections = [&self.codes[..], raw.get(SectionKind::Lengths), text, hex];
        let (firsts, places) = place_texts(&self.tables, &self.columns.n_values, sections)?;
        self.firsts = firsts;
        for (at, (key, form)) in self.tables.columns.iter().enumerate() {
            if !wanted(&key) {
                continue;
            }
            let mut strings = Strings::default();
            let of_column = |first: usize| &places[first..first + self.columns.n_values[at] as usize];
            match form {
                Form::Text(prefix) => {
                    for TextPlace { at, n_bytes } in of_column(self.firsts[at]) {
                        strings.bytes_mut().extend_from_slice(prefix);
                        strings.push(&text[*at as usize..][..*n_bytes as usize]);
                    }
                }
                Form::Hex(prefix) => {
                    for TextPlace { at, n_bytes } in of_column(self.firsts[at]) {
                        strings.bytes_mut().extend_from_slice(prefix);
                        put_hex(&hex[*at as usize..][..*n_bytes as usize], strings.bytes_mut());
                        strings.end();
                    }
                }
                Form::Constant(_) | Form::Coded(_) => continue,
            }
            self.texts.insert(at as u32, strings);
        }
        Ok(())
    }

    /// Value `idx` of a row, addresses counted; its column was wanted.
    #[inline]
    pub fn cell(&self, row: u32, idx: usize) -> Cell {
        let (kind, rank) = self.kinds.of_rows[row as usize];
        let (column, of_kinds_before) = self.columns.of(kind)[idx];
        let place = of_kinds_before + rank;
        match self.tables.columns.form(column) {
            Form::Constant(_) => Cell { column, number: 0, is_coded: true },
            Form::Coded(_) => {
                let number = self.codes[self.firsts[column as usize] + place as usize].into();
                Cell { column, number, is_coded: true }
            }
            Form::Text(_) | Form::Hex(_) => Cell { column, number: place, is_coded: false },
        }
    }

    /// A value's bytes.
    pub fn bytes(&self, cell: Cell) -> &[u8] {
        match self.tables.columns.form(cell.column) {
            Form::Constant(value) => value,
            Form::Coded(dictionary) => dictionary.get(cell.number as u8),
            _ => self.texts.get(&cell.column).map_or(&[], |strings| strings.get(cell.number)),
        }
    }
}

fn is_text(form: Form<'_>) -> bool {
    matches!(form, Form::Text(_) | Form::Hex(_))
}

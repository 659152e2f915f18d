//! The values of a few columns of a row group, by number: a constant and a dictionary's value are not
//! copied for each row, so counting by one does not look at its bytes.

use super::column_table::Form;
use super::format::{Damage, SectionKind};
use super::group_read::Group;
use super::group_values::{TextPlace, ValuePlaces, put_hex};
use super::row_kinds::RowKinds;
use super::sections::RawSections;
use super::tables::BlockTables;
use super::unpacked::Unpacked;
use super::value_columns::ValueKey;
use crate::columns::Strings;
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
    kinds: Arc<RowKinds>,
    places: Arc<ValuePlaces>,
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
    pub fn sections(group: &Group, wanted: &dyn Fn(&ValueKey) -> bool) -> &'static [SectionKind] {
        if wants_texts(group, wanted) { &OF_ALL } else { &OF_CODES }
    }

    /// Reads the values for all rows of a group from its sections.
    pub fn read(group: &Group, wanted: &dyn Fn(&ValueKey) -> bool, raw: &RawSections) -> Result<PickedValues, Damage> {
        let (tables, kinds) = (group.tables(), group.kinds());
        let places = match wants_texts(group, wanted) {
            true => ValuePlaces::find(tables, kinds, raw)?,
            false => ValuePlaces::find_coded(tables, kinds, raw)?,
        };
        Ok(PickedValues::at(group, wanted, raw, Arc::new(places)))
    }

    /// The same from a group that is unpacked already.
    pub fn of_unpacked(group: &Group, wanted: &dyn Fn(&ValueKey) -> bool, unpacked: &Unpacked) -> PickedValues {
        PickedValues::at(group, wanted, unpacked.raw(), unpacked.values().clone())
    }

    fn at(
        group: &Group,
        wanted: &dyn Fn(&ValueKey) -> bool,
        raw: &RawSections,
        places: Arc<ValuePlaces>,
    ) -> PickedValues {
        let columns = group.tables().columns.iter().zip(0u32..).filter(|((key, _), _)| wanted(key));
        let texts =
            columns.filter_map(|((_, form), column)| Some((column, texts_of(form, places.as_ref(), column, raw)?)));
        PickedValues {
            tables: group.tables().clone(),
            kinds: group.kinds().clone(),
            codes: raw.get(SectionKind::Codes).to_vec(),
            texts: texts.collect(),
            places,
        }
    }

    /// Value `idx` of a row, addresses counted; its column was wanted.
    #[inline]
    pub fn cell(&self, row: u32, idx: usize) -> Cell {
        let (column, place) = self.places.of(self.kinds.of_rows[row as usize], idx);
        match self.tables.columns.form(column) {
            Form::Constant(_) => Cell { column, number: 0, is_coded: true },
            Form::Coded(_) => {
                let number = self.codes[self.places.first(column) + place as usize].into();
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

/// The values of a column in the group; nothing of one with a dictionary.
fn texts_of(form: Form<'_>, places: &ValuePlaces, column: u32, raw: &RawSections) -> Option<Strings> {
    let mut strings = Strings::default();
    match form {
        Form::Text(prefix) => {
            let text = raw.get(SectionKind::Text);
            for TextPlace { at, n_bytes } in places.texts_of(column) {
                strings.bytes_mut().extend_from_slice(prefix);
                strings.push(&text[*at as usize..][..*n_bytes as usize]);
            }
        }
        Form::Hex(prefix) => {
            let hex = raw.get(SectionKind::Hex);
            for TextPlace { at, n_bytes } in places.texts_of(column) {
                strings.bytes_mut().extend_from_slice(prefix);
                put_hex(&hex[*at as usize..][..*n_bytes as usize], strings.bytes_mut());
                strings.end();
            }
        }
        Form::Constant(_) | Form::Coded(_) => return None,
    }
    Some(strings)
}

fn wants_texts(group: &Group, wanted: &dyn Fn(&ValueKey) -> bool) -> bool {
    let is_text = |form| matches!(form, Form::Text(_) | Form::Hex(_));
    group.tables().columns.iter().any(|(key, form)| is_text(form) && wanted(&key))
}

//! Hands the rows of a group their values, all of them or those of one trace.

use super::group_read::Group;
use super::open::BlockTables;
use super::value_columns::ColumnForm;
use crate::columns::{Rows, Strings};
use crate::encode::{Input, Malformed};
use crate::hash::NumberMap;
use std::ops::Range;

/// A value's text in its section, after the column's prefix.
#[derive(Clone, Copy)]
pub(super) struct TextPlace {
    pub at: u32,
    pub n_bytes: u32,
}

/// Hands the rows of `wanted` their values. Values of a column stand by kind of row and, within a kind,
/// in the order of rows, so where a row's value is follows from its kind and its rank there.
pub fn read_values(frame: &Group, rows: &mut Rows, wanted: Range<u32>, raw: [&[u8]; 4]) -> Result<(), Malformed> {
    let tables = &**frame.tables();
    let (kinds, n_values) = RowKinds::of(frame)?;
    let (firsts, texts) = place_texts(tables, &n_values, raw)?;
    let mut strings = StringMaker::new(tables, raw, texts);
    let mut ranks = vec![0usize; kinds.list.len()];
    for (row, place) in (0u32..wanted.end).zip(&kinds.of_rows) {
        let rank = &mut ranks[*place as usize];
        *rank += 1;
        if row < wanted.start {
            continue;
        }
        rows.value_at.push(rows.values.len() as u32);
        for (column, first) in &kinds.list[*place as usize].columns {
            let at = firsts[*column as usize] + first + *rank - 1;
            let string = strings.make(*column, at, &mut rows.strings);
            rows.values.push(string);
        }
    }
    Ok(())
}

/// Where each column's first value is, a place among the codes or among the texts, and where each text
/// is; checks that all fit.
pub(super) fn place_texts(
    tables: &BlockTables,
    n_values: &[usize],
    [codes, lengths, text, hex]: [&[u8]; 4],
) -> Result<(Vec<usize>, Vec<TextPlace>), Malformed> {
    let lengths = &mut Input::new(lengths);
    let (mut next_code, mut text_at, mut hex_at) = (0, 0u64, 0u64);
    let mut texts = Vec::new();
    let mut firsts = Vec::with_capacity(n_values.len());
    for (column, n_values) in tables.columns.iter().zip(n_values) {
        let at = match &column.form {
            ColumnForm::Constant(_) => {
                firsts.push(0);
                continue;
            }
            ColumnForm::Coded(dictionary) => {
                firsts.push(next_code);
                let of_column = codes.get(next_code..next_code + n_values).ok_or(Malformed("the codes end early"))?;
                if of_column.iter().any(|code| usize::from(*code) >= dictionary.len()) {
                    return Err(Malformed("a code is out of range"));
                }
                next_code += n_values;
                continue;
            }
            ColumnForm::Text(_) => &mut text_at,
            ColumnForm::Hex(_) => &mut hex_at,
        };
        firsts.push(texts.len());
        for _ in 0..*n_values {
            let n_bytes = lengths.varint_u32()?;
            texts.push(TextPlace { at: *at as u32, n_bytes });
            *at += u64::from(n_bytes);
        }
    }
    lengths.finish()?;
    let all_fit = next_code == codes.len() && text_at == text.len() as u64 && hex_at == hex.len() as u64;
    if all_fit { Ok((firsts, texts)) } else { Err(Malformed("the values do not fill their sections")) }
}

/// Makes strings of values; a value of a dictionary only once.
struct StringMaker<'a> {
    tables: &'a BlockTables,
    raw: [&'a [u8]; 4],
    texts: Vec<TextPlace>,
    /// Strings made of constants and dictionaries, by column and code.
    made: NumberMap<(u32, u32), u32>,
}

impl<'a> StringMaker<'a> {
    fn new(tables: &'a BlockTables, raw: [&'a [u8]; 4], texts: Vec<TextPlace>) -> StringMaker<'a> {
        StringMaker { tables, raw, texts, made: NumberMap::default() }
    }

    /// The string of a column's value at a place among the codes or texts.
    fn make(&mut self, column: u32, at: usize, strings: &mut Strings) -> u32 {
        let [codes, _, text, hex] = self.raw;
        match &self.tables.columns[column as usize].form {
            ColumnForm::Constant(value) => *self.made.entry((column, 0)).or_insert_with(|| strings.push(value)),
            ColumnForm::Coded(dictionary) => {
                let code = codes[at];
                let make = || strings.push(&dictionary[usize::from(code)]);
                *self.made.entry((column, code.into())).or_insert_with(make)
            }
            ColumnForm::Text(prefix) => {
                let TextPlace { at, n_bytes } = self.texts[at];
                strings.bytes_mut().extend_from_slice(prefix);
                strings.push(&text[at as usize..][..n_bytes as usize])
            }
            ColumnForm::Hex(prefix) => {
                let TextPlace { at, n_bytes } = self.texts[at];
                strings.bytes_mut().extend_from_slice(prefix);
                put_hex(&hex[at as usize..][..n_bytes as usize], strings.bytes_mut());
                strings.end()
            }
        }
    }
}

/// Appends the digits of packed hexadecimal.
pub(super) fn put_hex(packed: &[u8], out: &mut Vec<u8>) {
    let digit = |nibble: u8| b"0123456789abcdef"[usize::from(nibble)];
    out.extend(packed.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
}

/// The kinds of rows in a group, a kind being an operation with a shape, in that order.
pub(super) struct RowKinds {
    pub list: Vec<RowKind>,
    /// Place in `list` of each row's kind.
    pub of_rows: Vec<u32>,
}

pub(super) struct RowKind {
    pub n_rows: usize,
    /// The value columns of its rows, and how many values other kinds have there before.
    pub columns: Vec<(u32, usize)>,
}

impl RowKinds {
    /// The kinds, and how many values the group has in each column.
    pub fn of(group: &Group) -> Result<(RowKinds, Vec<usize>), Malformed> {
        let (tables, rows) = (group.tables(), group.rows());
        let mut found = Places::new(tables);
        let mut keys: Vec<(u32, u32)> = Vec::new();
        let mut of_rows = Vec::with_capacity(rows.len());
        let mut n_rows = Vec::new();
        for key in rows.operation.iter().copied().zip(rows.shape.iter().copied()) {
            let place = found.of(key, || {
                keys.push(key);
                n_rows.push(0);
                keys.len() as u32 - 1
            });
            n_rows[place as usize] += 1;
            of_rows.push(place);
        }
        let mut sorted: Vec<u32> = (0..keys.len() as u32).collect();
        sorted.sort_unstable_by_key(|place| keys[*place as usize]);
        let mut places = vec![0u32; keys.len()];
        let mut list: Vec<RowKind> = Vec::with_capacity(keys.len());
        for (place, before) in (0u32..).zip(&sorted) {
            places[*before as usize] = place;
            let (operation, shape) = keys[*before as usize];
            let service = tables.tables.operations[operation as usize].service;
            let columns = tables.columns_of(service, shape)?.iter().map(|column| (*column, 0)).collect();
            list.push(RowKind { n_rows: n_rows[*before as usize], columns });
        }
        of_rows.iter_mut().for_each(|place| *place = places[*place as usize]);
        let mut n_values = vec![0usize; tables.columns.len()];
        for RowKind { n_rows, columns } in &mut list {
            for (column, first) in columns {
                *first = n_values[*column as usize];
                n_values[*column as usize] += *n_rows;
            }
        }
        Ok((RowKinds { list, of_rows }, n_values))
    }
}

/// Kinds as far as they were met. Where operations and shapes are few, a table beats a map.
enum Places {
    Table { n_shapes: usize, places: Vec<u32> },
    Map(NumberMap<(u32, u32), u32>),
}

/// Cells of a table that is filled faster than a map is asked for a group's rows.
const TABLE_CELLS_MAX: usize = 1 << 16;

impl Places {
    fn new(tables: &BlockTables) -> Places {
        let (n_operations, n_shapes) = (tables.tables.operations.len(), tables.tables.shapes.len());
        match n_operations.checked_mul(n_shapes) {
            Some(n_cells) if n_cells <= TABLE_CELLS_MAX => Places::Table { n_shapes, places: vec![u32::MAX; n_cells] },
            _ => Places::Map(NumberMap::default()),
        }
    }

    /// The place of a kind, a new one if it was not met yet. Its numbers are within the tables.
    fn of(&mut self, (operation, shape): (u32, u32), new: impl FnOnce() -> u32) -> u32 {
        match self {
            Places::Table { n_shapes, places } => {
                let place = &mut places[operation as usize * *n_shapes + shape as usize];
                if *place == u32::MAX {
                    *place = new();
                }
                *place
            }
            Places::Map(places) => *places.entry((operation, shape)).or_insert_with(new),
        }
    }
}

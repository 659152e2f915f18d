//! Hands rows of a group their values, all of them or those of one trace.

use super::column_table::Form;
use super::open::BlockTables;
use super::row_kinds::RowKinds;
use crate::columns::{Rows, Strings};
use crate::encode::{Input, Malformed};
use crate::hash::NumberMap;

/// A value's text in its section, after the column's prefix.
#[derive(Clone, Copy)]
pub struct TextPlace {
    pub at: u32,
    pub n_bytes: u32,
}

/// The sections that hold values: codes, lengths, text and hex.
pub type ValueSections<'a> = [&'a [u8]; 4];

/// Hands the wanted rows of `kinds`, whose numbers are those of the tables, their values. Values of a
/// column stand by kind of row and, within a kind, in the order of rows.
pub fn read_values(
    tables: &BlockTables,
    kinds: &RowKinds,
    rows: &mut Rows,
    raw: ValueSections<'_>,
) -> Result<(), Malformed> {
    let columns = KindColumns::find(tables, kinds)?;
    let (firsts, texts) = place_texts(tables, &columns.n_values, raw)?;
    let mut strings = StringMaker { tables, raw, texts, made: NumberMap::default() };
    for (kind, rank) in &kinds.of_rows {
        rows.value_at.push(rows.values.len() as u32);
        for (column, first) in columns.of(*kind) {
            let at = firsts[*column as usize] + (first + rank) as usize;
            let string = strings.make(*column, at, &mut rows.strings);
            rows.values.push(string);
        }
    }
    Ok(())
}

/// Which value columns rows of each kind have, and where their values stand in them.
pub struct KindColumns {
    /// Values that the group has in each column.
    pub n_values: Vec<u32>,
    /// Of the wanted kinds: a column, and how many values other kinds have there before.
    columns: Vec<(u32, u32)>,
    /// Where the columns of each kind begin, and at last their end.
    begin: Vec<u32>,
}

impl KindColumns {
    /// Those of all kinds of a group, whose numbers are the tables'.
    pub fn find(tables: &BlockTables, kinds: &RowKinds) -> Result<KindColumns, Malformed> {
        let mut n_values = vec![0u32; tables.columns.len()];
        let mut columns: Vec<(u32, u32)> = Vec::new();
        let mut begin = Vec::with_capacity(kinds.list.len() + 1);
        for kind in &kinds.list {
            let service = tables.tables.operations[kind.operation as usize].service;
            let of_kind = tables.columns_of(service, kind.shape)?;
            begin.push(columns.len() as u32);
            if kind.is_wanted {
                columns.extend(of_kind.iter().map(|column| (*column, n_values[*column as usize])));
            }
            of_kind.iter().for_each(|column| n_values[*column as usize] += kind.n_rows);
        }
        begin.push(columns.len() as u32);
        Ok(KindColumns { n_values, columns, begin })
    }

    /// The columns of a wanted kind, by its place, in the order of a row's values.
    #[inline]
    pub fn of(&self, kind: u32) -> &[(u32, u32)] {
        &self.columns[self.begin[kind as usize] as usize..self.begin[kind as usize + 1] as usize]
    }
}

/// Where each column's first value is, a place among the codes or among the texts, and where each text
/// is; checks that all fit.
pub fn place_texts(
    tables: &BlockTables,
    n_values: &[u32],
    [codes, lengths, text, hex]: ValueSections<'_>,
) -> Result<(Vec<usize>, Vec<TextPlace>), Malformed> {
    let lengths = &mut Input::new(lengths);
    let (mut next_code, mut text_at, mut hex_at) = (0, 0u64, 0u64);
    // Each length takes at least a byte.
    let mut texts = Vec::with_capacity(lengths.len());
    let mut firsts = Vec::with_capacity(n_values.len());
    for ((_, form), n_values) in tables.columns.iter().zip(n_values) {
        let n_values = *n_values as usize;
        let at = match form {
            Form::Constant(_) => {
                firsts.push(0);
                continue;
            }
            Form::Coded(dictionary) => {
                firsts.push(next_code);
                let of_column = codes.get(next_code..next_code + n_values).ok_or(Malformed("the codes end early"))?;
                if of_column.iter().any(|code| usize::from(*code) >= dictionary.len()) {
                    return Err(Malformed("a code is out of range"));
                }
                next_code += n_values;
                continue;
            }
            Form::Text(_) => &mut text_at,
            Form::Hex(_) => &mut hex_at,
        };
        firsts.push(texts.len());
        for _ in 0..n_values {
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
    raw: ValueSections<'a>,
    texts: Vec<TextPlace>,
    /// Strings made of constants and dictionaries, by column and code.
    made: NumberMap<(u32, u32), u32>,
}

impl StringMaker<'_> {
    /// The string of a column's value at a place among the codes or texts.
    fn make(&mut self, column: u32, at: usize, strings: &mut Strings) -> u32 {
        let [codes, _, text, hex] = self.raw;
        match self.tables.columns.form(column) {
            Form::Constant(value) => *self.made.entry((column, 0)).or_insert_with(|| strings.push(value)),
            Form::Coded(dictionary) => {
                let code = codes[at];
                let make = || strings.push(dictionary.get(code));
                *self.made.entry((column, code.into())).or_insert_with(make)
            }
            Form::Text(prefix) => {
                let TextPlace { at, n_bytes } = self.texts[at];
                strings.bytes_mut().extend_from_slice(prefix);
                strings.push(&text[at as usize..][..n_bytes as usize])
            }
            Form::Hex(prefix) => {
                let TextPlace { at, n_bytes } = self.texts[at];
                strings.bytes_mut().extend_from_slice(prefix);
                put_hex(&hex[at as usize..][..n_bytes as usize], strings.bytes_mut());
                strings.end()
            }
        }
    }
}

/// Appends the digits of packed hexadecimal.
pub fn put_hex(packed: &[u8], out: &mut Vec<u8>) {
    let digit = |nibble: u8| b"0123456789abcdef"[usize::from(nibble)];
    out.extend(packed.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
}

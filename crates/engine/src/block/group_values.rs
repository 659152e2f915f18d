//! Hands rows of a group their values, all of them or those of one trace.

use super::column_table::{Codes, Form};
use super::format::{Damage, SectionKind};
use super::row_kinds::RowKinds;
use super::sections::RawSections;
use super::tables::BlockTables;
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
type ValueSections<'a> = [&'a [u8]; 4];

/// Where the values of a group's rows are.
pub struct ValuePlaces {
    columns: KindColumns,
    /// Where each column's first value is, among the codes or among the texts.
    firsts: Vec<usize>,
    texts: Vec<TextPlace>,
}

impl ValuePlaces {
    /// Finds them for rows of `kinds`. Values of a column stand by kind of row and, within a kind, in the
    /// order of rows. `raw` has all sections of values.
    pub fn find(tables: &BlockTables, kinds: &RowKinds, raw: &RawSections) -> Result<ValuePlaces, Damage> {
        raw.read(SectionKind::Codes, |_| {
            let columns = KindColumns::find(tables, kinds)?;
            let (firsts, texts) = place_texts(tables, &columns.n_values, value_sections(raw))?;
            Ok(ValuePlaces { columns, firsts, texts })
        })
    }

    /// Finds those of coded columns alone, for which the codes are enough.
    pub fn find_coded(tables: &BlockTables, kinds: &RowKinds, raw: &RawSections) -> Result<ValuePlaces, Damage> {
        raw.read(SectionKind::Codes, |codes| {
            let columns = KindColumns::find(tables, kinds)?;
            let (mut firsts, mut next_code) = (Vec::with_capacity(columns.n_values.len()), 0);
            for ((_, form), n_values) in tables.columns.iter().zip(&columns.n_values) {
                firsts.push(next_code);
                if let Form::Coded(dictionary) = form {
                    next_code = check_codes(codes, next_code, *n_values as usize, dictionary)?;
                }
            }
            Ok(ValuePlaces { columns, firsts, texts: Vec::new() })
        })
    }

    /// The column of value `idx`, addresses counted, of a row with this kind and rank; and its place among
    /// the column's values in the group.
    #[inline]
    pub fn of(&self, (kind, rank): (u16, u16), idx: usize) -> (u32, u32) {
        let (column, of_kinds_before) = self.columns.of(kind)[idx];
        (column, of_kinds_before + u32::from(rank))
    }

    /// Where a column's first value is, among the codes or among the texts.
    #[inline]
    pub fn first(&self, column: u32) -> usize {
        self.firsts[column as usize]
    }

    /// The texts of a column, in the order of its values.
    pub fn texts_of(&self, column: u32) -> &[TextPlace] {
        &self.texts[self.first(column)..][..self.columns.n_values[column as usize] as usize]
    }

    /// Hands `rows` the values of rows of these kinds and ranks.
    pub fn read(&self, tables: &BlockTables, of_rows: &[(u16, u16)], rows: &mut Rows, raw: &RawSections) {
        let mut strings =
            StringMaker { tables, raw: value_sections(raw), texts: &self.texts, made: NumberMap::default() };
        for (kind, rank) in of_rows {
            rows.value_at.push(rows.values.len() as u32);
            for (column, first) in self.columns.of(*kind) {
                let at = self.firsts[*column as usize] + *first as usize + usize::from(*rank);
                let string = strings.make(*column, at, &mut rows.strings);
                rows.values.push(string);
            }
        }
    }

    /// Bytes they take in memory, about.
    pub fn n_bytes(&self) -> usize {
        let columns = &self.columns;
        (columns.columns.len() + columns.n_values.len() + self.firsts.len() + self.texts.len()) * size_of::<TextPlace>()
    }
}

/// Where the codes of the next column begin, when those of one begin at `from`.
fn check_codes(codes: &[u8], from: usize, n_values: usize, dictionary: Codes<'_>) -> Result<usize, Malformed> {
    let of_column = codes.get(from..from + n_values).ok_or(Malformed("the codes end early"))?;
    match of_column.iter().max() {
        Some(code) if usize::from(*code) >= dictionary.len() => Err(Malformed("a code is out of range")),
        _ => Ok(from + n_values),
    }
}

fn value_sections(raw: &RawSections) -> ValueSections<'_> {
    use SectionKind::*;
    [Codes, Lengths, Text, Hex].map(|kind| raw.get(kind))
}

/// Which value columns rows of each kind have, and where their values stand in them.
pub struct KindColumns {
    /// Values that the group has in each column.
    pub n_values: Vec<u32>,
    /// A column, and how many values other kinds have there before.
    columns: Vec<(u32, u32)>,
    /// Where the columns of each kind begin, and at last their end.
    begin: Vec<u32>,
}

impl KindColumns {
    /// Those of all kinds of a group, whose numbers are the tables'.
    pub fn find(tables: &BlockTables, kinds: &RowKinds) -> Result<KindColumns, Malformed> {
        let mut n_values = vec![0u32; tables.columns.len()];
        let of_kinds = tables.columns_of(&kinds.list)?;
        let mut columns: Vec<(u32, u32)> = Vec::with_capacity(of_kinds.iter().map(|of_kind| of_kind.len()).sum());
        let mut begin = Vec::with_capacity(kinds.list.len() + 1);
        for (kind, of_kind) in kinds.list.iter().zip(of_kinds) {
            begin.push(columns.len() as u32);
            for column in of_kind.iter() {
                let n_values = &mut n_values[*column as usize];
                columns.push((*column, *n_values));
                *n_values += kind.n_rows;
            }
        }
        begin.push(columns.len() as u32);
        Ok(KindColumns { n_values, columns, begin })
    }

    /// The columns of a kind, by its place, in the order of a row's values.
    #[inline]
    pub fn of(&self, kind: u16) -> &[(u32, u32)] {
        let kind = usize::from(kind);
        &self.columns[self.begin[kind] as usize..self.begin[kind + 1] as usize]
    }
}

/// Where each column's first value is, a place among the codes or among the texts, and where each text
/// is; checks that all fit.
fn place_texts(
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
                next_code = check_codes(codes, next_code, n_values, dictionary)?;
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
    texts: &'a [TextPlace],
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

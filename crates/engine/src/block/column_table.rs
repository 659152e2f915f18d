//! The table of value columns as readers hold it: the section's own bytes, and where things stand in them.
//!
//! A block has hundreds of dictionaries with thousands of values. A read that met a block first would
//! spend more on copying them than on its trace.

use super::value_columns::{CODES_MAX, ValueKey};
use crate::columns::ValueType;
use crate::encode::{Input, Malformed};
use std::ops::Range;

/// Value columns, sorted by key.
pub struct ColumnTable {
    bytes: Vec<u8>,
    columns: Vec<Column>,
    /// Values of all dictionaries.
    values: Vec<Range<u32>>,
}

#[derive(Clone, Copy)]
struct Column {
    key: ValueKey,
    form: StoredForm,
    /// Where its entry begins.
    at: u32,
}

#[derive(Clone, Copy)]
enum StoredForm {
    Constant(Piece),
    /// The first of its values, and how many.
    Coded(u32, u32),
    Text(Piece),
    Hex(Piece),
}

#[derive(Clone, Copy)]
struct Piece {
    from: u32,
    to: u32,
}

/// How a column's values are stored.
#[derive(Clone, Copy)]
pub enum Form<'t> {
    /// All values are this one.
    Constant(&'t [u8]),
    /// Values are places in this dictionary.
    Coded(Codes<'t>),
    /// Values are text after this prefix.
    Text(&'t [u8]),
    /// Values are packed hex digits after this prefix.
    Hex(&'t [u8]),
}

/// The dictionary of a coded column.
#[derive(Clone, Copy)]
pub struct Codes<'t> {
    bytes: &'t [u8],
    values: &'t [Range<u32>],
}

impl<'t> Codes<'t> {
    /// Values in it.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of a code below [`Codes::len`].
    pub fn get(&self, code: u8) -> &'t [u8] {
        let value = &self.values[usize::from(code)];
        &self.bytes[value.start as usize..value.end as usize]
    }

    /// All values in the order of their codes.
    pub fn iter(self) -> impl Iterator<Item = &'t [u8]> {
        self.values.iter().map(move |value| &self.bytes[value.start as usize..value.end as usize])
    }
}

impl ColumnTable {
    /// Reads the section; keys use `n_names` names.
    pub fn read(bytes: Vec<u8>, n_names: usize) -> Result<ColumnTable, Malformed> {
        let mut table = ColumnTable { bytes: Vec::new(), columns: Vec::new(), values: Vec::new() };
        let input = &mut Input::new(&bytes);
        for _ in 0..input.count(5)? {
            let column = table.read_column(input, bytes.len(), n_names)?;
            if table.columns.last().is_some_and(|last| last.key >= column.key) {
                return Err(Malformed("the columns are out of order"));
            }
            table.columns.push(column);
        }
        input.finish()?;
        table.bytes = bytes;
        Ok(table)
    }

    fn read_column(&mut self, input: &mut Input<'_>, n_bytes: usize, n_names: usize) -> Result<Column, Malformed> {
        let at = (n_bytes - input.len()) as u32;
        let key = ValueKey {
            service: input.index(n_names)?,
            key: input.index(n_names + 2)?,
            value_type: ValueType::from_u8(input.u8()?)?,
        };
        let piece = |input: &mut Input<'_>| -> Result<Piece, Malformed> {
            let taken = input.bytes()?.len();
            let to = n_bytes - input.len();
            Ok(Piece { from: (to - taken) as u32, to: to as u32 })
        };
        let form = match input.u8()? {
            0 => StoredForm::Constant(piece(input)?),
            1 => {
                let n_codes = input.count(1)?;
                if n_codes > CODES_MAX {
                    return Err(Malformed("a dictionary is too large"));
                }
                let first = self.values.len() as u32;
                for _ in 0..n_codes {
                    let Piece { from, to } = piece(input)?;
                    self.values.push(from..to);
                }
                StoredForm::Coded(first, n_codes as u32)
            }
            2 => StoredForm::Text(piece(input)?),
            3 => StoredForm::Hex(piece(input)?),
            _ => return Err(Malformed("the form of a column is unknown")),
        };
        Ok(Column { key, form, at })
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Which values a column holds.
    pub fn key(&self, column: u32) -> ValueKey {
        self.columns[column as usize].key
    }

    /// Bytes that a column's entry takes in the section.
    pub fn entry_bytes(&self, column: u32) -> usize {
        let next = self.columns.get(column as usize + 1).map_or(self.bytes.len(), |next| next.at as usize);
        next - self.columns[column as usize].at as usize
    }

    /// How a column's values are stored.
    #[inline]
    pub fn form(&self, column: u32) -> Form<'_> {
        let piece = |piece: Piece| &self.bytes[piece.from as usize..piece.to as usize];
        match self.columns[column as usize].form {
            StoredForm::Constant(value) => Form::Constant(piece(value)),
            StoredForm::Coded(first, n_codes) => {
                let values = &self.values[first as usize..][..n_codes as usize];
                Form::Coded(Codes { bytes: &self.bytes, values })
            }
            StoredForm::Text(prefix) => Form::Text(piece(prefix)),
            StoredForm::Hex(prefix) => Form::Hex(piece(prefix)),
        }
    }

    /// The columns, each by its number.
    pub fn iter(&self) -> impl Iterator<Item = (ValueKey, Form<'_>)> {
        (0..self.columns.len() as u32).map(|column| (self.key(column), self.form(column)))
    }

    /// The column of a key.
    pub fn find(&self, key: &ValueKey) -> Option<u32> {
        self.columns.binary_search_by(|column| column.key.cmp(key)).ok().map(|at| at as u32)
    }

    /// Bytes it takes in memory.
    pub fn n_bytes(&self) -> usize {
        self.bytes.len() + self.columns.len() * size_of::<Column>() + self.values.len() * size_of::<Range<u32>>()
    }
}

//! How a block holds tag values: one column for each service and tag key, in the form that suits it.
//!
//! Columns belong to a service and a key, not to a shape, so that optional tags do not multiply them.
//! The values of a column stand group by group, in a group by operation, shape and place of their rows.

use super::order::{Alike, Order};
use crate::columns::{FLAG_LOCAL_ADDRESS, FLAG_REMOTE_ADDRESS, Rows, Shape, Tables, ValueType};
use crate::encode::{put_bytes, put_varint};
use crate::hash::{NumberMap, hash_bytes};
use hashbrown::HashTable;
use std::ops::Range;

/// Distinct values a coded column may have: codes are bytes.
pub const CODES_MAX: usize = 256;

/// A dictionary pays while each entry stands for at least this many rows, or is small anyway.
const ROWS_PER_CODE_MIN: usize = 4;
const CODES_ALWAYS: usize = 8;

/// Which values a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ValueKey {
    /// Name number of the service.
    pub service: u32,
    /// 0 the local address, 1 the remote one, else 2 + name number of the tag key.
    pub key: u32,
    /// Type of the values.
    pub value_type: ValueType,
}

impl ValueKey {
    /// Keys of a row's values, in the row's order.
    pub fn of_row<'a>(service: u32, shape: &'a Shape, tables: &'a Tables) -> impl Iterator<Item = ValueKey> + 'a {
        let address = |flag, key| shape.has(flag).then_some(ValueKey { service, key, value_type: ValueType::Bytes });
        let addresses = address(FLAG_LOCAL_ADDRESS, 0).into_iter().chain(address(FLAG_REMOTE_ADDRESS, 1));
        let tags = tables.tags_of(shape).iter();
        addresses.chain(tags.map(move |tag| ValueKey { service, key: tag.key + 2, value_type: tag.value_type }))
    }

    /// Name number of the tag key; `None` for an address.
    pub fn tag(&self) -> Option<u32> {
        self.key.checked_sub(2)
    }
}

/// How a column's values are stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ColumnForm {
    /// All values are this one.
    Constant(Vec<u8>),
    /// Values are places in this list.
    Coded(Vec<Vec<u8>>),
    /// Values are text after this prefix.
    Text(Vec<u8>),
    /// Values are, after this prefix, an even number of lower-case hex digits, stored as half as many bytes.
    Hex(Vec<u8>),
}

/// A column as the block's table describes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueColumn {
    /// Which values.
    pub key: ValueKey,
    /// How they are stored.
    pub form: ColumnForm,
}

/// A column while its block is written.
pub struct ColumnDraft {
    /// What the table will say.
    pub column: ValueColumn,
    /// String numbers of its values in the order of the file.
    pub values: Vec<u32>,
    /// Their codes, if it is coded.
    pub codes: Vec<u8>,
    /// For each group: where its values end. They begin where those of the group before end.
    group_ends: Vec<u32>,
}

impl ColumnDraft {
    fn new(key: ValueKey) -> ColumnDraft {
        let column = ValueColumn { key, form: ColumnForm::Text(Vec::new()) };
        ColumnDraft { column, values: Vec::new(), codes: Vec::new(), group_ends: Vec::new() }
    }

    /// Which of its values and codes are those of a group.
    pub fn of_group(&self, group_idx: usize) -> Range<usize> {
        let start = group_idx.checked_sub(1).map_or(0, |before| self.group_ends[before]);
        start as usize..self.group_ends[group_idx] as usize
    }
}

/// Gathers the values of all rows into columns, sorted by key, and chooses each one's form.
pub fn draft(tables: &Tables, rows: &Rows, order: &Order) -> Vec<ColumnDraft> {
    let (mut drafts, of_kind) = list_columns(tables, order);
    for group in &order.groups {
        for alike in &order.alike[group.alike.clone()] {
            // Every kind was listed just above.
            let columns = of_kind.get(&row_kind(tables, alike)).map_or(&[][..], Vec::as_slice);
            for (nth, column) in columns.iter().enumerate() {
                let of_alike = order.value_rows[alike.rows.clone()].iter();
                let values = of_alike.map(|row| rows.values[rows.value_at[*row as usize] as usize + nth]);
                drafts[*column as usize].values.extend(values);
            }
        }
        drafts.iter_mut().for_each(|draft| draft.group_ends.push(draft.values.len() as u32));
    }
    let mut former = Former::new(rows);
    for (column_idx, draft) in drafts.iter_mut().enumerate() {
        former.choose_form(draft, column_idx as u32);
    }
    drafts
}

/// What decides which columns a row has: its service and shape.
fn row_kind(tables: &Tables, alike: &Alike) -> (u32, u32) {
    (tables.operations[alike.operation as usize].service, alike.shape)
}

/// For each kind of row the columns that its values are for, in the row's order.
type ColumnsOfKind = NumberMap<(u32, u32), Vec<u32>>;

/// A column for each key that occurs, and which of them a kind of row takes.
fn list_columns(tables: &Tables, order: &Order) -> (Vec<ColumnDraft>, ColumnsOfKind) {
    let mut of_kind = ColumnsOfKind::default();
    of_kind.extend(order.alike.iter().map(|alike| (row_kind(tables, alike), Vec::new())));
    let keys_of = |(service, shape): (u32, u32)| ValueKey::of_row(service, &tables.shapes[shape as usize], tables);
    let mut keys: Vec<ValueKey> = of_kind.keys().flat_map(|kind| keys_of(*kind)).collect();
    keys.sort_unstable();
    keys.dedup();
    for (kind, columns) in &mut of_kind {
        // Every key was put into the list just above.
        columns.extend(keys_of(*kind).filter_map(|key| keys.binary_search(&key).ok()).map(|at| at as u32));
    }
    (keys.into_iter().map(ColumnDraft::new).collect(), of_kind)
}

/// Chooses forms; its tables are shared between columns.
struct Former<'a> {
    rows: &'a Rows,
    /// For each string: the column that saw it last, and its code there.
    seen: Vec<(u32, u8)>,
    codes_by_hash: HashTable<(u64, u8)>,
}

impl<'a> Former<'a> {
    fn new(rows: &'a Rows) -> Former<'a> {
        Former { rows, seen: vec![(u32::MAX, 0); rows.strings.len()], codes_by_hash: HashTable::new() }
    }

    fn choose_form(&mut self, draft: &mut ColumnDraft, column_idx: u32) {
        let dictionary = self.codes(draft, column_idx);
        draft.column.form = match dictionary {
            Some(mut dictionary) if dictionary.len() <= 1 => ColumnForm::Constant(dictionary.pop().unwrap_or_default()),
            Some(dictionary)
                if dictionary.len() <= CODES_ALWAYS || dictionary.len() * ROWS_PER_CODE_MIN <= draft.values.len() =>
            {
                ColumnForm::Coded(dictionary)
            }
            _ => self.text_form(draft),
        };
    }

    /// The column's distinct values, and its codes in the draft; `None` when there are too many.
    fn codes(&mut self, draft: &mut ColumnDraft, column_idx: u32) -> Option<Vec<Vec<u8>>> {
        let strings = &self.rows.strings;
        let mut dictionary: Vec<Vec<u8>> = Vec::new();
        self.codes_by_hash.clear();
        draft.codes.reserve(draft.values.len());
        let mut last = (u32::MAX, 0);
        for value in &draft.values {
            if *value == last.0 {
                draft.codes.push(last.1);
                continue;
            }
            let seen = &mut self.seen[*value as usize];
            if seen.0 != column_idx {
                let string = strings.get(*value);
                let hash = hash_bytes(string);
                let same = |entry: &(u64, u8)| entry.0 == hash && dictionary[usize::from(entry.1)] == string;
                let code = match self.codes_by_hash.find(hash, same) {
                    Some((_, code)) => *code,
                    None if dictionary.len() == CODES_MAX => {
                        draft.codes = Vec::new();
                        return None;
                    }
                    None => {
                        let code = dictionary.len() as u8;
                        self.codes_by_hash.insert_unique(hash, (hash, code), |entry| entry.0);
                        dictionary.push(string.to_vec());
                        code
                    }
                };
                *seen = (column_idx, code);
            }
            last = (*value, seen.1);
            draft.codes.push(seen.1);
        }
        Some(dictionary)
    }

    fn text_form(&self, draft: &ColumnDraft) -> ColumnForm {
        let strings = || draft.values.iter().map(|value| self.rows.strings.get(*value));
        let mut prefix = strings().next().unwrap_or_default();
        for string in strings() {
            if !string.starts_with(prefix) {
                let n_shared = prefix.iter().zip(string).take_while(|(a, b)| a == b).count();
                prefix = &prefix[..n_shared];
            }
            if prefix.is_empty() {
                break;
            }
        }
        if strings().all(|string| is_hex(&string[prefix.len()..])) {
            ColumnForm::Hex(prefix.to_vec())
        } else {
            ColumnForm::Text(prefix.to_vec())
        }
    }
}

/// Whether a text is an even number of lower-case hex digits.
pub fn is_hex(bytes: &[u8]) -> bool {
    bytes.len().is_multiple_of(2) && bytes.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The digits of a text that is hex, two a byte.
pub fn packed_hex(text: &[u8]) -> impl Iterator<Item = u8> {
    let digit = |byte: u8| if byte <= b'9' { byte - b'0' } else { byte - b'a' + 10 };
    text.as_chunks::<2>().0.iter().map(move |[high, low]| digit(*high) << 4 | digit(*low))
}

/// Appends the table of columns.
pub fn write_columns<'a>(columns: impl ExactSizeIterator<Item = &'a ValueColumn>, out: &mut Vec<u8>) {
    put_varint(out, columns.len() as u64);
    for ValueColumn { key, form } in columns {
        put_varint(out, key.service.into());
        put_varint(out, key.key.into());
        out.push(key.value_type as u8);
        match form {
            ColumnForm::Constant(value) => {
                out.push(0);
                put_bytes(out, value);
            }
            ColumnForm::Coded(dictionary) => {
                out.push(1);
                put_varint(out, dictionary.len() as u64);
                dictionary.iter().for_each(|value| put_bytes(out, value));
            }
            ColumnForm::Text(prefix) => {
                out.push(2);
                put_bytes(out, prefix);
            }
            ColumnForm::Hex(prefix) => {
                out.push(3);
                put_bytes(out, prefix);
            }
        }
    }
}

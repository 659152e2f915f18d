//! What the rows of a block refer to, unpacked.

use super::column_table::ColumnTable;
use super::row_kinds::RowKind;
use super::value_columns::ValueKey;
use crate::columns::Tables;
use crate::encode::Malformed;
use crate::hash::NumberMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A block's tables, unpacked when a read or a search needs them.
pub struct BlockTables {
    /// What rows refer to.
    pub tables: Tables,
    /// Its value columns.
    pub columns: ColumnTable,
    /// Which of them rows of a service and shape have, as far as was asked.
    of_rows: Mutex<RowColumns>,
}

/// Value columns by service and shape.
type RowColumns = NumberMap<(u32, u32), Arc<[u32]>>;

impl BlockTables {
    /// Of a block that has these.
    pub fn new(tables: Tables, columns: ColumnTable) -> BlockTables {
        BlockTables { tables, columns, of_rows: Mutex::default() }
    }

    /// Bytes they take in memory, about, beyond what the block has there anyway.
    pub fn n_bytes(&self) -> usize {
        self.tables.n_own_bytes() + self.columns.n_bytes()
    }

    /// For each kind of rows, whose numbers are those of the tables: the value columns of a row, in the
    /// row's order.
    pub fn columns_of(&self, kinds: &[RowKind]) -> Result<Vec<Arc<[u32]>>, Malformed> {
        let mut of_rows = self.of_rows.lock().unwrap_or_else(PoisonError::into_inner);
        let of_kind = kinds.iter().map(|kind| {
            let service = self.tables.operations[kind.operation as usize].service;
            let key = (service, kind.shape);
            match of_rows.get(&key) {
                Some(columns) => Ok(columns.clone()),
                None => Ok(of_rows.entry(key).or_insert(self.find_columns(service, kind.shape)?).clone()),
            }
        });
        of_kind.collect()
    }

    fn find_columns(&self, service: u32, shape: u32) -> Result<Arc<[u32]>, Malformed> {
        let keys = ValueKey::of_row(service, &self.tables.shapes[shape as usize], &self.tables);
        keys.map(|key| self.columns.find(&key).ok_or(Malformed("a column is missing"))).collect()
    }
}

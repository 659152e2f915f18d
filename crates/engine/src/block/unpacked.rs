//! A row group's bytes, unpacked, with where in them the values of each row are: what reading one trace of
//! it after another needs, and none of them makes again.

use super::format::Damage;
use super::group_values::ValuePlaces;
use super::groups::GroupMeta;
use super::row_kinds::RowKinds;
use super::sections::RawSections;
use super::tables::BlockTables;
use std::sync::Arc;

/// A row group, unpacked but not made columns.
pub struct Unpacked {
    raw: RawSections,
    kinds: Arc<RowKinds>,
    values: Arc<ValuePlaces>,
}

impl Unpacked {
    /// Finds the values in `raw`, which has all sections of the group.
    pub fn new(tables: &BlockTables, meta: &GroupMeta, raw: RawSections) -> Result<Unpacked, Damage> {
        let kinds = Arc::new(RowKinds::read(meta, &raw)?);
        let values = ValuePlaces::find(tables, &kinds, &raw)?;
        Ok(Unpacked { raw, kinds, values: Arc::new(values) })
    }

    /// Its sections.
    pub fn raw(&self) -> &RawSections {
        &self.raw
    }

    /// The kinds of its rows.
    pub fn kinds(&self) -> &Arc<RowKinds> {
        &self.kinds
    }

    /// Where the values of its rows are.
    pub fn values(&self) -> &Arc<ValuePlaces> {
        &self.values
    }

    /// Bytes it takes in memory, about.
    pub fn n_bytes(&self) -> usize {
        self.raw.n_bytes() + self.kinds.n_bytes() + self.values.n_bytes()
    }
}

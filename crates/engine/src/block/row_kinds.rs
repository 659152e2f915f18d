//! The kinds of rows in a group, a kind being an operation with a shape: where a row's values stand
//! follows from its kind and its rank among the rows of that kind.

use super::format::{Damage, SectionKind};
use super::groups::GroupMeta;
use super::places::Places;
use super::sections::RawSections;
use crate::hash::NumberMap;

/// The kinds of a group's rows.
#[derive(Default)]
pub struct RowKinds {
    /// Kinds that occur, in order of operation and shape.
    pub list: Vec<RowKind>,
    /// For each row: place of its kind in the list, and its rank there. A group has few enough rows for both.
    pub of_rows: Vec<(u16, u16)>,
}

/// One kind.
#[derive(Clone, Copy)]
pub struct RowKind {
    /// Number of the operation, as the caller counts them.
    pub operation: u32,
    /// Number of the shape, likewise.
    pub shape: u32,
    /// Rows of the kind in the group.
    pub n_rows: u32,
}

impl RowKinds {
    /// Those of a group, numbered as its block's tables are. `raw` has its operations and shapes.
    pub fn read(meta: &GroupMeta, raw: &RawSections) -> Result<RowKinds, Damage> {
        let operations: Vec<u32> = meta.operations.iter().collect();
        let shapes: Vec<u32> = meta.shapes.iter().collect();
        let places = |kind, list: &[u32]| raw.read(kind, |bytes| Places::new(list, bytes).of_rows(meta));
        let of_operations = places(SectionKind::RowOperations, &operations)?;
        let of_shapes = places(SectionKind::RowShapes, &shapes)?;
        let keys =
            of_operations.iter().zip(&of_shapes).map(|(operation, shape)| ((*operation).into(), (*shape).into()));
        // Kinds are told apart by their places in the group's own short lists, and numbered afterwards.
        let mut kinds = RowKinds::of(keys, operations.len(), shapes.len());
        for kind in &mut kinds.list {
            kind.operation = operations[kind.operation as usize];
            kind.shape = shapes[kind.shape as usize];
        }
        Ok(kinds)
    }

    /// The kind of a row.
    #[inline]
    pub fn of_row(&self, row: usize) -> &RowKind {
        &self.list[usize::from(self.of_rows[row].0)]
    }

    /// Bytes they take in memory, about.
    pub fn n_bytes(&self) -> usize {
        self.of_rows.len() * size_of::<(u16, u16)>() + self.list.len() * size_of::<RowKind>()
    }

    /// Sorts the rows of a group by kind. `keys` gives each row's operation and shape, numbers below
    /// `n_operations` and `n_shapes`.
    fn of(keys: impl Iterator<Item = (u32, u32)> + Clone, n_operations: usize, n_shapes: usize) -> RowKinds {
        let (mut list, places) = KindPlaces::find(keys.clone(), n_operations, n_shapes);
        let rank = |key: (u32, u32)| {
            let place = places.of(key);
            let kind: &mut RowKind = &mut list[usize::from(place)];
            kind.n_rows += 1;
            (place, (kind.n_rows - 1) as u16)
        };
        let of_rows = keys.map(rank).collect();
        RowKinds { list, of_rows }
    }
}

/// The place of each kind. Where operations and shapes are few, a table beats a map, and is in order.
enum KindPlaces {
    Table { n_shapes: usize, places: Vec<u16> },
    Map(NumberMap<(u32, u32), u16>),
}

/// Cells of a table that is gone through faster than a group's kinds are sorted.
const TABLE_CELLS_MAX: usize = 1 << 14;

impl KindPlaces {
    /// The kinds among `keys`, without their numbers of rows, and the place of each.
    fn find(
        keys: impl Iterator<Item = (u32, u32)>,
        n_operations: usize,
        n_shapes: usize,
    ) -> (Vec<RowKind>, KindPlaces) {
        match n_operations.checked_mul(n_shapes) {
            Some(n_cells) if n_cells <= TABLE_CELLS_MAX => KindPlaces::in_table(keys, n_cells, n_shapes),
            _ => KindPlaces::in_map(keys),
        }
    }

    fn in_table(keys: impl Iterator<Item = (u32, u32)>, n_cells: usize, n_shapes: usize) -> (Vec<RowKind>, KindPlaces) {
        let mut places = vec![0u16; n_cells];
        for (operation, shape) in keys {
            places[operation as usize * n_shapes + shape as usize] = 1;
        }
        let mut list = Vec::new();
        for (cell, place) in places.iter_mut().enumerate().filter(|(_, place)| **place != 0) {
            *place = list.len() as u16;
            list.push(RowKind { operation: (cell / n_shapes) as u32, shape: (cell % n_shapes) as u32, n_rows: 0 });
        }
        (list, KindPlaces::Table { n_shapes, places })
    }

    fn in_map(keys: impl Iterator<Item = (u32, u32)>) -> (Vec<RowKind>, KindPlaces) {
        let mut places: NumberMap<(u32, u32), u16> = keys.map(|key| (key, 0)).collect();
        let mut sorted: Vec<(u32, u32)> = places.keys().copied().collect();
        sorted.sort_unstable();
        let mut list = Vec::with_capacity(sorted.len());
        for (operation, shape) in sorted {
            places.insert((operation, shape), list.len() as u16);
            list.push(RowKind { operation, shape, n_rows: 0 });
        }
        (list, KindPlaces::Map(places))
    }

    /// The place of a kind that was among the keys.
    #[inline]
    fn of(&self, key: (u32, u32)) -> u16 {
        match self {
            KindPlaces::Table { n_shapes, places } => places[key.0 as usize * n_shapes + key.1 as usize],
            KindPlaces::Map(places) => places.get(&key).copied().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_in_order_and_rows_ranked_whether_a_table_or_a_map_tells_them_apart() {
        let keys = [(3, 1), (0, 2), (3, 1), (3, 0), (0, 2), (3, 1)];
        for (n_operations, n_shapes) in [(4, 3), (1 << 20, 1 << 20)] {
            let kinds = RowKinds::of(keys.into_iter(), n_operations, n_shapes);
            let list: Vec<_> = kinds.list.iter().map(|kind| (kind.operation, kind.shape, kind.n_rows)).collect();
            assert_eq!(list, [(0, 2, 2), (3, 0, 1), (3, 1, 3)]);
            assert_eq!(kinds.of_rows, [(2, 0), (0, 0), (2, 1), (1, 0), (0, 1), (2, 2)]);
        }
    }
}

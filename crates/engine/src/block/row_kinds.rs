//! The kinds of rows in a group, a kind being an operation with a shape: where a row's values stand
//! follows from its kind and its rank among the rows of that kind.

use crate::hash::NumberMap;
use std::ops::Range;

/// The kinds of a group's rows.
pub struct RowKinds {
    /// Kinds that occur, in order of operation and shape.
    pub list: Vec<RowKind>,
    /// For each row that is wanted: place of its kind in the list, and its rank there.
    pub of_rows: Vec<(u32, u32)>,
}

/// One kind.
pub struct RowKind {
    /// Number of the operation, as the caller counts them.
    pub operation: u32,
    /// Number of the shape, likewise.
    pub shape: u32,
    /// Rows of the kind in the group.
    pub n_rows: u32,
    /// Whether a wanted row has it.
    pub is_wanted: bool,
}

impl RowKinds {
    /// Sorts the rows of a group by kind. `keys` gives each row's operation and shape, numbers below
    /// `n_operations` and `n_shapes`.
    pub fn of(
        keys: impl Iterator<Item = (u32, u32)>,
        n_operations: usize,
        n_shapes: usize,
        wanted: Range<usize>,
    ) -> RowKinds {
        let mut found = Places::new(n_operations, n_shapes);
        let mut list: Vec<RowKind> = Vec::new();
        let mut of_rows = Vec::with_capacity(wanted.len());
        for (row, (operation, shape)) in keys.enumerate() {
            let place = found.of((operation, shape), || {
                list.push(RowKind { operation, shape, n_rows: 0, is_wanted: false });
                list.len() as u32 - 1
            });
            let kind = &mut list[place as usize];
            if wanted.contains(&row) {
                of_rows.push((place, kind.n_rows));
                kind.is_wanted = true;
            }
            kind.n_rows += 1;
        }
        let mut sorted: Vec<u32> = (0..list.len() as u32).collect();
        sorted.sort_unstable_by_key(|place| {
            let kind = &list[*place as usize];
            (kind.operation, kind.shape)
        });
        let mut places = vec![0u32; list.len()];
        (0u32..).zip(&sorted).for_each(|(place, before)| places[*before as usize] = place);
        of_rows.iter_mut().for_each(|(place, _)| *place = places[*place as usize]);
        list.sort_unstable_by_key(|kind| (kind.operation, kind.shape));
        RowKinds { list, of_rows }
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
    fn new(n_operations: usize, n_shapes: usize) -> Places {
        match n_operations.checked_mul(n_shapes) {
            Some(n_cells) if n_cells <= TABLE_CELLS_MAX => Places::Table { n_shapes, places: vec![u32::MAX; n_cells] },
            _ => Places::Map(NumberMap::default()),
        }
    }

    /// The place of a kind, a new one if it was not met yet.
    #[inline]
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

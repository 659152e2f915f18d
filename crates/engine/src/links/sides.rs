//! What the linker asks of rows of one operation, shape and origin.

use super::names::Names;
use crate::columns::{FLAG_SHARED, Rows, Tables};
use crate::hash::NumberMap;
use crate::search::RowShape;
use nines_span::Status;
use nines_trace::filter::Shape as _;
use nines_trace::linker::Side;

/// A row's side of a call, and whether it shares its client's id.
#[derive(Clone, Copy, Debug)]
pub struct RowSide {
    pub side: Side<u32>,
    pub shared: bool,
}

/// The sides met in one segment or block.
#[derive(Default)]
pub struct Sides {
    met: NumberMap<(u32, u32, u32), RowSide>,
    last: Option<((u32, u32, u32), RowSide)>,
}

impl Sides {
    /// The side of a row.
    #[inline]
    pub fn of(&mut self, tables: &Tables, rows: &Rows, row: u32, names: &mut Names) -> RowSide {
        let at = row as usize;
        let row_kind = (rows.operation[at], rows.shape[at], rows.origin[at]);
        match self.last {
            Some((last, side)) if last == row_kind => side,
            _ => {
                let side = *self.met.entry(row_kind).or_insert_with(|| side_of(tables, row_kind, names));
                self.last = Some((row_kind, side));
                side
            }
        }
    }
}

fn side_of(tables: &Tables, row_kind: (u32, u32, u32), names: &mut Names) -> RowSide {
    let (operation, shape) = (&tables.operations[row_kind.0 as usize], &tables.shapes[row_kind.1 as usize]);
    let is_otlp = row_kind.2 != 0;
    let has_error = RowShape::new(tables, row_kind).has_tag("error") == Some(true);
    let side = Side {
        kind: Side::<u32>::known_kind(operation.kind),
        local: names.number(tables.names.get(operation.service)),
        remote: names.number(tables.names.get(operation.remote)),
        failed: has_error || is_otlp && shape.status() == Status::Error,
    };
    RowSide { side, shared: shape.has(FLAG_SHARED) }
}

//! Rows to be counted, wherever they are: whole ones of a segment or an unpacked group, or an outline
//! with the values of a few columns.

use crate::block::{Cell, Group, PickedValues};
use crate::columns::{FLAG_DEBUG, FLAG_SHARED, Operation, Row, Rows, Shape, Tables, ValueType, decode_value};
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Kind, SpanFields, Status, ValueRef};

/// Rows and their values.
pub trait Source {
    /// A row as a filter asks it.
    type Fields<'a>: SpanFields
    where
        Self: 'a;
    /// The rows, at least their outline.
    fn rows(&self) -> &Rows;
    /// Value `idx` of a row, addresses counted.
    fn cell(&self, row: u32, idx: usize, value_type: ValueType) -> Cell;
    /// A value's bytes.
    fn bytes(&self, cell: Cell) -> &[u8];
    /// A row as a filter asks it.
    fn fields(&self, row: u32) -> Self::Fields<'_>;
}

/// Rows with everything they have.
pub struct WholeRows<'a> {
    pub tables: &'a Tables,
    pub rows: &'a Rows,
}

impl Source for WholeRows<'_> {
    type Fields<'a>
        = Row<'a>
    where
        Self: 'a;

    fn rows(&self) -> &Rows {
        self.rows
    }
    /// Values are numbered whatever their tag, so the type takes the column's place.
    #[inline]
    fn cell(&self, row: u32, idx: usize, value_type: ValueType) -> Cell {
        let at = self.rows.value_at[row as usize] as usize + idx;
        Cell { column: value_type as u32, number: self.rows.values[at], is_coded: true }
    }
    fn bytes(&self, cell: Cell) -> &[u8] {
        self.rows.strings.get(cell.number)
    }
    fn fields(&self, row: u32) -> Row<'_> {
        Row::new(self.tables, self.rows, row)
    }
}

/// Rows of an outline or a frame; their values are there if any row's were needed.
#[derive(Clone, Copy)]
pub struct PickedRows<'a> {
    pub outline: &'a Group,
    pub values: Option<&'a PickedValues>,
}

impl Source for PickedRows<'_> {
    type Fields<'a>
        = PickedRow<'a>
    where
        Self: 'a;

    fn rows(&self) -> &Rows {
        self.outline.rows()
    }
    #[inline]
    fn cell(&self, row: u32, idx: usize, _: ValueType) -> Cell {
        let none = Cell { column: 0, number: 0, is_coded: false };
        self.values.map_or(none, |values| values.cell(row, idx))
    }
    fn bytes(&self, cell: Cell) -> &[u8] {
        self.values.map_or(&[], |values| values.bytes(cell))
    }
    fn fields(&self, row: u32) -> PickedRow<'_> {
        PickedRow { source: *self, row }
    }
}

/// A row of an outline, a frame or a sketch. Events are not there, in an outline neither ids nor parents, in a sketch no
/// times either: a question that asks for them takes what has them.
pub struct PickedRow<'a> {
    source: PickedRows<'a>,
    row: u32,
}

impl<'a> PickedRow<'a> {
    fn rows(&self) -> &'a Rows {
        self.source.outline.rows()
    }
    fn tables(&self) -> &'a Tables {
        &self.source.outline.tables().tables
    }
    fn operation(&self) -> &'a Operation {
        &self.tables().operations[self.rows().operation[self.row as usize] as usize]
    }
    fn shape(&self) -> &'a Shape {
        &self.tables().shapes[self.rows().shape[self.row as usize] as usize]
    }
}

impl SpanFields for PickedRow<'_> {
    fn trace_id(&self) -> TraceId {
        TraceId(self.rows().trace_ids[self.rows().trace[self.row as usize] as usize])
    }
    fn id(&self) -> SpanId {
        let id = self.rows().id.get(self.row as usize);
        debug_assert!(id.is_some(), "an outline has no ids");
        SpanId(id.copied().unwrap_or_default())
    }
    fn parent_id(&self) -> Option<SpanId> {
        let parent = self.rows().parent.get(self.row as usize);
        debug_assert!(parent.is_some(), "an outline has no parents");
        parent.filter(|parent| **parent != 0).map(|parent| SpanId(*parent))
    }
    fn kind(&self) -> Kind {
        self.operation().kind
    }
    fn service(&self) -> &str {
        self.tables().names.get(self.operation().service)
    }
    fn name(&self) -> &str {
        self.tables().names.get(self.operation().name)
    }
    fn remote_service(&self) -> &str {
        self.tables().names.get(self.operation().remote)
    }
    fn start(&self) -> FineMicros {
        FineMicros { us: self.rows().start_us[self.row as usize], sub_ns: self.rows().fine_of(self.row).0 }
    }
    fn duration(&self) -> FineMicros {
        FineMicros { us: self.rows().duration_us[self.row as usize], sub_ns: self.rows().fine_of(self.row).1 }
    }
    fn shared(&self) -> bool {
        self.shape().has(FLAG_SHARED)
    }
    fn debug(&self) -> bool {
        self.shape().has(FLAG_DEBUG)
    }
    fn status(&self) -> Status {
        self.shape().status()
    }
    fn own_tag(&self, key: &str) -> Option<ValueRef<'_>> {
        let shape = self.shape();
        let tag_idx = self.tables().find_tag(shape, key)?;
        let value_type = self.tables().tags_of(shape)[tag_idx].value_type;
        let cell = self.source.cell(self.row, shape.n_addresses() + tag_idx, value_type);
        // The bytes were a value of this type when they were taken in, and checksums guard them since.
        Some(decode_value(value_type, self.source.bytes(cell)).unwrap_or(ValueRef::Empty))
    }
    fn resource_bytes(&self) -> &[u8] {
        let origin = self.rows().origin[self.row as usize].checked_sub(1);
        origin.map_or(&[], |origin| &self.tables().parts[self.tables().origins[origin as usize].0 as usize])
    }
    fn has_event(&self, _: &str) -> bool {
        debug_assert!(false, "an outline has no events");
        false
    }
}

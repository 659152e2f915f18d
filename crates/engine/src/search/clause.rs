//! A filter asked of many rows: most are decided by their operation and shape alone.

use crate::block::{Bits, Group, RowKind};
use crate::columns::{FLAG_DEBUG, FLAG_SHARED, Row, Rows, Tables};
use crate::hash::NumberMap;
use nines_span::otlp::resource_attribute;
use nines_span::{Kind, SpanFields, Status};
use nines_trace::filter::{Filter, OpenTerms, Shape as FilterShape, Verdict};

/// Numbers of a row's operation, shape and origin.
pub type RowKey = (u32, u32, u32);

/// What they tell of it, and what they leave open.
type Told = (Verdict, OpenTerms);

/// One clause of a search over one set of tables, with the verdicts it came to.
pub struct Asker<'q> {
    filter: &'q Filter,
    verdicts: NumberMap<RowKey, Told>,
    /// The last one: mostly the next row's too.
    last: Option<(RowKey, Told)>,
}

impl<'q> Asker<'q> {
    /// Asks `filter`. An asker is for the rows of one segment or block: it remembers their numbers.
    pub fn new(filter: &'q Filter) -> Asker<'q> {
        Asker { filter, verdicts: NumberMap::default(), last: None }
    }

    /// Whether row `row` satisfies the filter.
    #[inline]
    pub fn matches(&mut self, tables: &Tables, rows: &Rows, row: u32) -> bool {
        self.matches_row(tables, rows, rows.operation[row as usize], row)
    }

    /// The same of a row whose operation is known.
    #[inline]
    pub fn matches_row(&mut self, tables: &Tables, rows: &Rows, operation: u32, row: u32) -> bool {
        match self.verdict_of(tables, kind_of(tables, rows, operation, row)) {
            (Verdict::Never, _) => false,
            (Verdict::Always, _) => true,
            (Verdict::AskSpan, open) => self.filter.open_hold(open, &Row::new(tables, rows, row)),
        }
    }

    /// For each row of a group what its operation, shape and origin tell. Rows of other operations than
    /// `operations` satisfy nothing.
    pub fn verdicts(&mut self, group: &Group, operations: &Bits) -> Vec<Verdict> {
        let (tables, rows, kinds) = (&group.tables().tables, group.rows(), group.kinds());
        let Some(origin) = rows.origin.first() else { return Vec::new() };
        if rows.origin.iter().any(|other| other != origin) {
            return (0..kinds.of_rows.len() as u32).map(|row| self.verdict(tables, rows, row)).collect();
        }
        let of_kind = |kind: &RowKind| match operations.contains(kind.operation) {
            true => self.verdict_of(tables, (kind.operation, kind.shape, *origin)).0,
            false => Verdict::Never,
        };
        let of_kinds: Vec<Verdict> = kinds.list.iter().map(of_kind).collect();
        kinds.of_rows.iter().map(|(kind, _)| of_kinds[usize::from(*kind)]).collect()
    }

    /// Whether a span satisfies the filter.
    pub fn matches_span(&self, span: &impl SpanFields) -> bool {
        self.filter.matches(span)
    }

    /// Whether a row of the trace cannot be decided by its operation and shape.
    pub fn needs_values(&mut self, group: &Group, trace_idx: usize) -> bool {
        let (tables, rows) = (&group.tables().tables, group.rows());
        group.rows_of(trace_idx).any(|row| self.verdict(tables, rows, row) == Verdict::AskSpan)
    }

    #[inline]
    fn verdict(&mut self, tables: &Tables, rows: &Rows, row: u32) -> Verdict {
        let at = row as usize;
        self.verdict_of(tables, (rows.operation[at], rows.shape[at], rows.origin[at])).0
    }

    #[inline]
    fn verdict_of(&mut self, tables: &Tables, key: RowKey) -> Told {
        if let Some((_, told)) = self.last.filter(|(last, _)| *last == key) {
            return told;
        }
        let filter = self.filter;
        let told = *self.verdicts.entry(key).or_insert_with(|| {
            let shape = RowShape { tables, operation: key.0, shape: key.1, origin: key.2 };
            (filter.decide_by_shape(&shape), filter.open_for(&shape))
        });
        self.last = Some((key, told));
        told
    }
}

/// Operation, shape and origin of a row whose operation is known. Without OTLP there is one origin, and its column
/// is not read.
#[inline]
pub fn kind_of(tables: &Tables, rows: &Rows, operation: u32, row: u32) -> RowKey {
    let origin = if tables.origins.is_empty() { 0 } else { rows.origin[row as usize] };
    (operation, rows.shape[row as usize], origin)
}

/// What rows of one operation, shape and origin have in common.
pub struct RowShape<'a> {
    tables: &'a Tables,
    operation: u32,
    shape: u32,
    origin: u32,
}

impl<'a> RowShape<'a> {
    /// Rows of this operation, shape and origin.
    pub fn new(tables: &'a Tables, (operation, shape, origin): (u32, u32, u32)) -> RowShape<'a> {
        RowShape { tables, operation, shape, origin }
    }

    /// Their resource; empty where they have none.
    pub fn resource(&self) -> &'a [u8] {
        let origin = self.origin.checked_sub(1).map(|origin| self.tables.origins[origin as usize]);
        origin.map_or(&[], |(resource, _)| &self.tables.parts[resource as usize])
    }

    fn name(&self, id: u32) -> Option<&str> {
        Some(self.tables.names.get(id))
    }

    fn flag(&self, flag: u8) -> Option<bool> {
        Some(self.tables.shapes[self.shape as usize].has(flag))
    }
}

impl FilterShape for RowShape<'_> {
    fn service(&self) -> Option<&str> {
        self.name(self.tables.operations[self.operation as usize].service)
    }
    fn op(&self) -> Option<&str> {
        self.name(self.tables.operations[self.operation as usize].name)
    }
    fn remote(&self) -> Option<&str> {
        self.name(self.tables.operations[self.operation as usize].remote)
    }
    fn kind(&self) -> Option<Kind> {
        Some(self.tables.operations[self.operation as usize].kind)
    }
    fn status(&self) -> Option<Status> {
        Some(self.tables.shapes[self.shape as usize].status())
    }
    fn shared(&self) -> Option<bool> {
        self.flag(FLAG_SHARED)
    }
    fn debug(&self) -> Option<bool> {
        self.flag(FLAG_DEBUG)
    }
    fn has_tag(&self, key: &str) -> Option<bool> {
        let own = self.tables.find_tag(&self.tables.shapes[self.shape as usize], key).is_some();
        Some(
            own || self.origin.checked_sub(1).is_some_and(|origin| {
                let (resource, _) = self.tables.origins[origin as usize];
                resource_attribute(&self.tables.parts[resource as usize], key).is_some()
            }),
        )
    }
}

/// What rows of one operation have in common, whatever their shape.
pub struct OperationKind<'a> {
    /// The tables.
    pub tables: &'a Tables,
    /// The operation's number there.
    pub operation: u32,
}

impl FilterShape for OperationKind<'_> {
    fn service(&self) -> Option<&str> {
        Some(self.tables.names.get(self.tables.operations[self.operation as usize].service))
    }
    fn op(&self) -> Option<&str> {
        Some(self.tables.names.get(self.tables.operations[self.operation as usize].name))
    }
    fn remote(&self) -> Option<&str> {
        Some(self.tables.names.get(self.tables.operations[self.operation as usize].remote))
    }
    fn kind(&self) -> Option<Kind> {
        Some(self.tables.operations[self.operation as usize].kind)
    }
}

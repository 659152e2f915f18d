//! The columns themselves: one entry a span, and sparse lists for what few spans have.

use super::strings::Strings;

/// A span's nanoseconds beyond whole microseconds, where it has any.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FineRow {
    /// The span.
    pub row: u32,
    /// Of its start.
    pub start_ns: u16,
    /// Of its duration.
    pub duration_ns: u16,
}

/// An annotation or event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EventRow {
    /// The span.
    pub row: u32,
    /// Whole microseconds of its time.
    pub time_us: u64,
    /// Nanoseconds beyond.
    pub time_ns: u16,
    /// String number of its name.
    pub name: u32,
    /// String number of its other OTLP fields.
    pub otlp: u32,
}

/// OTLP fields of a span that have no column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RestRow {
    /// The span.
    pub row: u32,
    /// String number of the fields.
    pub fields: u32,
}

/// Spans as columns. Sparse lists are sorted by row; a span's events keep their order.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Rows {
    /// Ids of the traces that [`Rows::trace`] refers to.
    pub trace_ids: Vec<u128>,
    /// Trace, as a place in [`Rows::trace_ids`].
    pub trace: Vec<u32>,
    /// Span id.
    pub id: Vec<u64>,
    /// Parent's id; 0 for none.
    pub parent: Vec<u64>,
    /// Start in microseconds; 0 for none unless the fine part says otherwise.
    pub start_us: Vec<u64>,
    /// Duration in microseconds, likewise.
    pub duration_us: Vec<u64>,
    /// Place in [`super::Tables::operations`].
    pub operation: Vec<u32>,
    /// Place in [`super::Tables::shapes`].
    pub shape: Vec<u32>,
    /// 0 for a Zipkin span, else 1 + place in [`super::Tables::origins`].
    pub origin: Vec<u32>,
    /// Where the span's values begin in [`Rows::values`].
    pub value_at: Vec<u32>,
    /// String numbers of all spans' values: addresses, then tags in the order of the shape.
    pub values: Vec<u32>,
    /// What values, events and rest refer to.
    pub strings: Strings,
    /// Sub-microsecond parts.
    pub fine: Vec<FineRow>,
    /// Annotations and events.
    pub events: Vec<EventRow>,
    /// Further OTLP fields.
    pub rest: Vec<RestRow>,
}

impl Rows {
    /// Spans held.
    #[inline]
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The nanoseconds beyond whole microseconds of a span's start and duration.
    #[inline]
    pub fn fine_of(&self, row: u32) -> (u16, u16) {
        // Where every span has them, as from senders that count nanoseconds, they stand in line.
        match self.fine.get(row as usize) {
            Some(fine) if fine.row == row => return (fine.start_ns, fine.duration_ns),
            _ if self.fine.is_empty() => return (0, 0),
            _ => {}
        }
        match self.fine.binary_search_by_key(&row, |fine| fine.row) {
            Ok(at) => (self.fine[at].start_ns, self.fine[at].duration_ns),
            Err(_) => (0, 0),
        }
    }

    /// A span's events.
    pub fn events_of(&self, row: u32) -> &[EventRow] {
        let first = self.events.partition_point(|event| event.row < row);
        let n_events = self.events[first..].iter().take_while(|event| event.row == row).count();
        &self.events[first..first + n_events]
    }

    /// A span's further OTLP fields.
    pub fn rest_of(&self, row: u32) -> &[u8] {
        match self.rest.binary_search_by_key(&row, |rest| rest.row) {
            Ok(at) => self.strings.get(self.rest[at].fields),
            Err(_) => &[],
        }
    }

    /// Forgets all, keeping the memory.
    pub fn clear(&mut self) {
        self.trace_ids.clear();
        for column in [
            &mut self.trace,
            &mut self.operation,
            &mut self.shape,
            &mut self.origin,
            &mut self.value_at,
            &mut self.values,
        ] {
            column.clear();
        }
        for column in [&mut self.id, &mut self.parent, &mut self.start_us, &mut self.duration_us] {
            column.clear();
        }
        self.strings.clear();
        self.fine.clear();
        self.events.clear();
        self.rest.clear();
    }
}

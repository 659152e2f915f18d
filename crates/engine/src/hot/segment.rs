//! A segment: columns, tables and trace chains, filled span by span.

use super::cache::StringCache;
use super::dictionary::Dictionary;
use super::memo::BatchMemo;
use super::operations::OperationRows;
use super::traces::TraceIndex;
use crate::columns::{
    EventRow, FLAG_DEBUG, FLAG_LOCAL_ADDRESS, FLAG_REMOTE_ADDRESS, FLAG_SHARED, FineRow, RestRow, Row, Rows,
    STATUS_SHIFT, TableCounts, Tables, encode_address, encode_value, has_address,
};
use nines_base::{FineMicros, Timestamp};
use nines_span::{Batch, EndpointRef, SpanView, ValueRef};

/// Spans in columns, in the order they were taken.
#[derive(Default)]
pub struct Segment {
    pub(crate) dictionary: Dictionary,
    pub(crate) rows: Rows,
    pub(crate) traces: TraceIndex,
    operations: OperationRows,
    /// First row of each record and when it arrived.
    arrivals: Vec<(u32, Timestamp)>,
    cache: StringCache,
    scratch: Vec<u8>,
}

/// How much of its room a segment takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fill {
    /// Spans.
    pub rows: usize,
    /// Bytes of what senders may make as long as they like: strings, names, resources.
    pub bytes: usize,
}

/// How long each list of a segment was: where a record begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct Mark {
    pub tables: TableCounts,
    pub strings: usize,
    pub traces: usize,
    pub rows: usize,
    pub values: usize,
    pub fine: usize,
    pub events: usize,
    pub rest: usize,
}

impl Segment {
    /// Spans held.
    #[inline]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What its rows refer to.
    pub fn tables(&self) -> &Tables {
        &self.dictionary.tables
    }

    /// Its columns.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Its traces.
    pub fn traces(&self) -> &TraceIndex {
        &self.traces
    }

    /// Its rows by operation.
    pub fn operations(&self) -> &OperationRows {
        &self.operations
    }

    /// A span in place.
    pub fn row(&self, row: u32) -> Row<'_> {
        Row::new(&self.dictionary.tables, &self.rows, row)
    }

    /// Bytes of what senders may make as long as they like: strings, names, resources.
    pub fn n_bytes(&self) -> usize {
        self.rows.strings.n_bytes() + self.dictionary.tables.n_bytes()
    }

    /// How much of its room it takes.
    pub fn fill(&self) -> Fill {
        Fill { rows: self.len(), bytes: self.n_bytes() }
    }

    /// Rows that follow belong to a record that arrived at `arrived`.
    pub fn begin_record(&mut self, arrived: Timestamp) {
        self.arrivals.push((self.len() as u32, arrived));
    }

    /// When a row arrived.
    pub fn arrived(&self, row: u32) -> Timestamp {
        let after = self.arrivals.partition_point(|(first, _)| *first <= row);
        after.checked_sub(1).map_or(Timestamp(0), |at| self.arrivals[at].1)
    }

    /// When the latest of its rows arrived.
    pub fn last_arrival(&self) -> Option<Timestamp> {
        self.arrivals.iter().map(|(_, arrived)| *arrived).max()
    }

    /// First row of each record and when it arrived, in order.
    pub fn arrivals(&self) -> &[(u32, Timestamp)] {
        &self.arrivals
    }

    /// The present lengths.
    pub fn mark(&self) -> Mark {
        Mark {
            tables: self.tables().counts(),
            strings: self.rows.strings.len(),
            traces: self.rows.trace_ids.len(),
            rows: self.len(),
            values: self.rows.values.len(),
            fine: self.rows.fine.len(),
            events: self.rows.events.len(),
            rest: self.rows.rest.len(),
        }
    }

    /// Takes a span. A parent id of zero is none. The memo is of this segment and the span's batch.
    pub fn append<'a>(&mut self, view: &SpanView<'_, 'a>, memo: &mut BatchMemo<'a>) {
        let span = view.span;
        let row = self.len() as u32;
        let operation = self.dictionary.operation(span.local.service, span.name, span.remote.service, span.kind);
        self.rows.operation.push(operation);
        self.rows.value_at.push(self.rows.values.len() as u32);
        self.append_values(view, operation, memo);
        let origin = self.origin(view, memo);
        self.rows.origin.push(origin);
        self.append_sparse(view, row);
        let parent = span.parent_id.map_or(0, |parent| parent.0);
        self.rows.parent.push(parent);
        self.rows.start_us.push(span.start.us);
        self.rows.duration_us.push(span.duration.us);
        let trace = self.traces.place(span.trace_id.0, &mut self.rows.trace_ids);
        self.rows.trace.push(trace);
        // The length of this column is the count of rows, so it grows when the others have.
        self.rows.id.push(span.id.0);
        self.traces.link(trace, parent != 0, span.start);
        self.operations.link(operation);
    }

    /// Addresses, then tags, and the shape that says which there are.
    #[inline]
    fn append_values<'a>(&mut self, view: &SpanView<'_, 'a>, operation: u32, memo: &mut BatchMemo<'a>) {
        let span = view.span;
        let (cache, strings, scratch) = (&mut self.cache, &mut self.rows.strings, &mut self.scratch);
        let mut flags = (u8::from(span.shared) * FLAG_SHARED)
            | (u8::from(span.debug) * FLAG_DEBUG)
            | ((span.status as u8) << STATUS_SHIFT);
        if has_address(&span.local) {
            flags |= FLAG_LOCAL_ADDRESS;
            let find = || cache.intern(strings, encode_address(&span.local, scratch));
            self.rows.values.push(memo.local_address(&span.local, find));
        }
        if has_address(&span.remote) {
            flags |= FLAG_REMOTE_ADDRESS;
            self.rows.values.push(cache.intern(strings, encode_address(&span.remote, scratch)));
        }
        let tags = view.tags();
        self.rows.shape.push(self.dictionary.shape(operation, flags, tags));
        for (_, value) in tags {
            self.rows.values.push(cache.intern(strings, encode_value(*value, scratch)));
        }
    }

    fn append_sparse(&mut self, view: &SpanView<'_, '_>, row: u32) {
        let span = view.span;
        if span.start.sub_ns != 0 || span.duration.sub_ns != 0 {
            let (start_ns, duration_ns) = (span.start.sub_ns, span.duration.sub_ns);
            self.rows.fine.push(FineRow { row, start_ns, duration_ns });
        }
        for event in view.events() {
            let name = self.cache.intern(&mut self.rows.strings, event.name.as_bytes());
            let otlp = self.cache.intern(&mut self.rows.strings, event.otlp);
            let (time_us, time_ns) = (event.time.us, event.time.sub_ns);
            self.rows.events.push(EventRow { row, time_us, time_ns, name, otlp });
        }
        if span.otlp.is_some() && !span.rest.is_empty() {
            let fields = self.cache.intern(&mut self.rows.strings, span.rest);
            self.rows.rest.push(RestRow { row, fields });
        }
    }

    fn origin<'a>(&mut self, view: &SpanView<'_, 'a>, memo: &mut BatchMemo<'a>) -> u32 {
        let Some(places) = view.span.otlp else { return 0 };
        memo.origin(places, || {
            let (resource, scope) = (view.resource().unwrap_or_default(), view.scope().unwrap_or_default());
            self.dictionary.origin(resource, scope)
        })
    }

    /// Chains row `row`, whose columns are filled already, to its trace: what replay does after it read a record.
    pub(crate) fn link_row(&mut self, row: usize) {
        let start = FineMicros { us: self.rows.start_us[row], sub_ns: self.rows.fine_of(row as u32).0 };
        self.traces.link(self.rows.trace[row], self.rows.parent[row] != 0, start);
        self.operations.link(self.rows.operation[row]);
    }

    /// Drops rows that were read but not chained: what is left of a record that turned out wrong.
    pub(crate) fn cut_to_linked(&mut self) {
        let n_rows = self.traces.n_rows();
        let (tables, rows) = (&self.dictionary.tables, &mut self.rows);
        let values_end = n_rows
            .checked_sub(1)
            .map_or(0, |last| rows.value_at[last] as usize + tables.shapes[rows.shape[last] as usize].n_values());
        for column in [&mut rows.trace, &mut rows.operation, &mut rows.shape, &mut rows.origin, &mut rows.value_at] {
            column.truncate(n_rows);
        }
        for column in [&mut rows.id, &mut rows.parent, &mut rows.start_us, &mut rows.duration_us] {
            column.truncate(n_rows);
        }
        rows.values.truncate(values_end);
        rows.fine.truncate(rows.fine.partition_point(|fine| (fine.row as usize) < n_rows));
        rows.events.truncate(rows.events.partition_point(|event| (event.row as usize) < n_rows));
        rows.rest.truncate(rows.rest.partition_point(|rest| (rest.row as usize) < n_rows));
    }

    /// Forgets all, keeping the memory for the next generation.
    pub fn clear(&mut self) {
        self.dictionary.clear();
        self.rows.clear();
        self.traces.clear();
        self.operations.clear();
        self.arrivals.clear();
        self.cache.clear();
    }

    /// Whether both hold the same, number for number.
    #[cfg(test)]
    pub fn same(&self, other: &Segment) -> bool {
        self.tables() == other.tables()
            && self.rows == other.rows
            && self.traces.same(&other.traces)
            && self.operations.same(&other.operations)
            && self.arrivals == other.arrivals
    }
}

/// Bytes a batch adds to segments at most: its strings, and four for the number of each value.
pub fn batch_bytes(batch: &Batch<'_>) -> usize {
    let tags = batch.tags.iter().map(|(key, value)| 4 + key.len() + value_bytes(*value));
    let events = batch.events.iter().map(|event| event.name.len() + event.otlp.len());
    let parts = batch.resources.iter().chain(&batch.scopes).map(|part| part.len());
    let names = |endpoint: &EndpointRef<'_>| endpoint.service.len();
    let spans = batch
        .spans
        .iter()
        .map(|span| span.name.len() + names(&span.local) + names(&span.remote) + span.rest.len() + ADDRESSES_BYTES_MAX);
    tags.chain(events).chain(parts).chain(spans).sum()
}

/// Two addresses with all their parts.
const ADDRESSES_BYTES_MAX: usize = 2 * 23;

fn value_bytes(value: ValueRef<'_>) -> usize {
    match value {
        ValueRef::Str(text) => text.len(),
        ValueRef::Bytes(bytes) | ValueRef::Array(bytes) | ValueRef::Map(bytes) => bytes.len(),
        // A varint or a double.
        _ => 10,
    }
}

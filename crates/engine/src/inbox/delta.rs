//! A record's payload: what a segment grew by, written so that replay grows it by the same.
//!
//! Numbers refer to the whole segment, so a record means something only after all earlier records of
//! its shard. Every number is checked against what is there before it is taken in; a record that fails
//! leaves its segment half grown, and its shard's replay ends there.

use crate::columns::{EventRow, FineRow, LEAST_BYTES, RestRow, TableCounts};
use crate::encode::{Input, Malformed, put_packed, put_varint};
use crate::hot::{Mark, Segment};
use nines_base::Timestamp;

/// Values in one record. Equal values take no bytes when packed, so bytes do not bound their count; what
/// one batch may hold does ([`crate::BATCH_BYTES_MAX`] counts each value with at least four bytes).
const VALUES_MAX: usize = 1 << 26;

/// Appends to `out` what `segment` grew by since `mark`.
pub fn write_delta(segment: &Segment, mark: &Mark, out: &mut Vec<u8>) {
    let now = segment.mark();
    for (before, after) in lengths(mark).into_iter().zip(lengths(&now)) {
        put_varint(out, (after - before) as u64);
    }
    let (tables, rows) = (segment.tables(), segment.rows());
    tables.write_names(mark.tables.names, out);
    tables.write_operations(mark.tables.operations, out);
    tables.write_shapes(mark.tables.shapes, out);
    tables.write_parts(mark.tables.parts, out);
    tables.write_origins(mark.tables.origins, out);
    let (lens, bytes) = rows.strings.tail(mark.strings);
    put_packed(out, lens);
    out.extend_from_slice(bytes);
    for id in &rows.trace_ids[mark.traces..] {
        out.extend_from_slice(&id.to_le_bytes());
    }
    let from = mark.rows;
    for id in &rows.id[from..] {
        out.extend_from_slice(&id.to_le_bytes());
    }
    for column in [&rows.parent[from..], &rows.start_us[from..], &rows.duration_us[from..]] {
        put_packed(out, column.iter().copied());
    }
    let numbers = [
        &rows.trace[from..],
        &rows.operation[from..],
        &rows.shape[from..],
        &rows.origin[from..],
        &rows.values[mark.values..],
    ];
    for column in numbers {
        put_packed(out, column.iter().map(|number| u64::from(*number)));
    }
    write_sparse(segment, mark, out);
}

fn lengths(mark: &Mark) -> [usize; 12] {
    let tables = in_order(&mark.tables);
    let rest = [mark.strings, mark.traces, mark.rows, mark.values, mark.fine, mark.events, mark.rest];
    std::array::from_fn(|at| if at < tables.len() { tables[at] } else { rest[at - tables.len()] })
}

fn in_order(counts: &TableCounts) -> [usize; 5] {
    [counts.names, counts.operations, counts.shapes, counts.parts, counts.origins]
}

fn write_sparse(segment: &Segment, mark: &Mark, out: &mut Vec<u8>) {
    let rows = segment.rows();
    let relative = |row: u32| u64::from(row) - mark.rows as u64;
    for fine in &rows.fine[mark.fine..] {
        put_varint(out, relative(fine.row));
        put_varint(out, u64::from(fine.start_ns));
        put_varint(out, u64::from(fine.duration_ns));
    }
    for event in &rows.events[mark.events..] {
        put_varint(out, relative(event.row));
        for number in [event.time_us, u64::from(event.time_ns), u64::from(event.name), u64::from(event.otlp)] {
            put_varint(out, number);
        }
    }
    for rest in &rows.rest[mark.rest..] {
        put_varint(out, relative(rest.row));
        put_varint(out, u64::from(rest.fields));
    }
}

/// Grows `segment` by a record's payload.
pub fn apply_delta(segment: &mut Segment, arrived: Timestamp, payload: &[u8]) -> Result<(), Malformed> {
    if segment.n_bytes() + payload.len() > u32::MAX as usize {
        return Err(Malformed("the segment would be larger than its offsets"));
    }
    let input = &mut Input::new(payload);
    let mut growth = [0; 12];
    // Bytes each thing takes at least; of a packed column of equal numbers, none.
    let least_bytes = in_order(&LEAST_BYTES).into_iter().chain([0, 16, 8, 0, 3, 5, 2]);
    for (count, least) in growth.iter_mut().zip(least_bytes) {
        *count = input.count(least)?;
    }
    let [names, operations, shapes, parts, origins, strings, traces, n_rows, values, fine, events, rest] = growth;
    if values > VALUES_MAX || strings > values + 2 * events + rest {
        return Err(Malformed("a count is impossible"));
    }
    let tables = &mut segment.dictionary.tables;
    tables.read_names(names, input)?;
    tables.read_operations(operations, input)?;
    tables.read_shapes(shapes, input)?;
    tables.read_parts(parts, input)?;
    tables.read_origins(origins, input)?;
    read_strings(segment, input, strings)?;
    for _ in 0..traces {
        let id = input.u128()?;
        segment.traces.add(id, &mut segment.rows.trace_ids);
    }
    segment.begin_record(arrived);
    let first_row = segment.len();
    read_columns(segment, input, n_rows, values)?;
    read_sparse(segment, input, first_row, [fine, events, rest])?;
    input.finish()?;
    for row in first_row..first_row + n_rows {
        segment.link_row(row);
    }
    Ok(())
}

fn read_strings(segment: &mut Segment, input: &mut Input<'_>, n_strings: usize) -> Result<(), Malformed> {
    let mut lens = Vec::new();
    input.packed_below(n_strings, u32::MAX as usize, &mut lens)?;
    for len in lens {
        segment.rows.strings.push(input.take(len as usize)?);
    }
    Ok(())
}

fn read_columns(segment: &mut Segment, input: &mut Input<'_>, n_rows: usize, n_values: usize) -> Result<(), Malformed> {
    let (tables, rows) = (&segment.dictionary.tables, &mut segment.rows);
    let first_row = rows.len();
    for _ in 0..n_rows {
        rows.id.push(input.u64()?);
    }
    for column in [&mut rows.parent, &mut rows.start_us, &mut rows.duration_us] {
        input.packed_u64(n_rows, column)?;
    }
    input.packed_below(n_rows, rows.trace_ids.len(), &mut rows.trace)?;
    input.packed_below(n_rows, tables.operations.len(), &mut rows.operation)?;
    input.packed_below(n_rows, tables.shapes.len(), &mut rows.shape)?;
    input.packed_below(n_rows, tables.origins.len() + 1, &mut rows.origin)?;
    let mut value_at = rows.values.len();
    input.packed_below(n_values, rows.strings.len(), &mut rows.values)?;
    for shape in &rows.shape[first_row..] {
        rows.value_at.push(value_at as u32);
        value_at += tables.shapes[*shape as usize].n_values();
    }
    if value_at == rows.values.len() { Ok(()) } else { Err(Malformed("the values do not fit the shapes")) }
}

fn read_sparse(
    segment: &mut Segment,
    input: &mut Input<'_>,
    first_row: usize,
    growth: [usize; 3],
) -> Result<(), Malformed> {
    let [fine, events, rest] = growth;
    let rows = &mut segment.rows;
    let (n_rows, n_strings) = (rows.len() - first_row, rows.strings.len());
    let mut order = InOrder::default();
    for _ in 0..fine {
        let row = order.next(first_row as u32 + input.index(n_rows)?)?;
        let (start_ns, duration_ns) = (input.index(1000)? as u16, input.index(1000)? as u16);
        rows.fine.push(FineRow { row, start_ns, duration_ns });
    }
    let mut order = InOrder::default();
    for _ in 0..events {
        let row = order.next(first_row as u32 + input.index(n_rows)?)?;
        let (time_us, time_ns) = (input.varint()?, input.index(1000)? as u16);
        let (name, otlp) = (input.index(n_strings)?, input.index(n_strings)?);
        rows.events.push(EventRow { row, time_us, time_ns, name, otlp });
    }
    let mut order = InOrder::default();
    for _ in 0..rest {
        let row = order.next(first_row as u32 + input.index(n_rows)?)?;
        rows.rest.push(RestRow { row, fields: input.index(n_strings)? });
    }
    Ok(())
}

/// Look-ups in sparse lists rely on their order.
#[derive(Default)]
struct InOrder(u32);

impl InOrder {
    fn next(&mut self, row: u32) -> Result<u32, Malformed> {
        if row < self.0 {
            return Err(Malformed("a sparse list is out of order"));
        }
        self.0 = row;
        Ok(row)
    }
}

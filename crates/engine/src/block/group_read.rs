//! Unpacks one row group into columns, checking every number on the way.

use super::format::{Damage, Section, SectionKind};
use super::group_write::LINK_ELSEWHERE;
use super::groups::GroupMeta;
use super::open::BlockTables;
use super::value_columns::{ColumnForm, ValueKey};
use crate::columns::{EventRow, FLAG_SHARED, FineRow, RestRow, Row, Rows};
use crate::encode::{Input, Malformed};
use crate::hash::NumberMap;
use nines_base::Timestamp;
use nines_span::SpanFields;
use nines_storage::answer::TraceTime;
use std::ops::Range;
use std::sync::Arc;

/// A row group in memory.
pub struct Group {
    tables: Arc<BlockTables>,
    rows: Rows,
    /// Where each trace's rows begin, and at last their end.
    trace_at: Vec<u32>,
    /// Seconds of each row's arrival since the epoch.
    arrived_s: Vec<i64>,
    times: Vec<TraceTime>,
}

impl Group {
    /// Its columns.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The tables of its block.
    pub fn tables(&self) -> &Arc<BlockTables> {
        &self.tables
    }

    /// A span in place.
    pub fn row(&self, row: u32) -> Row<'_> {
        Row::new(&self.tables.tables, &self.rows, row)
    }

    /// Traces in it.
    pub fn n_traces(&self) -> usize {
        self.rows.trace_ids.len()
    }

    /// Rows of trace `trace_idx` of the group.
    pub fn rows_of(&self, trace_idx: usize) -> Range<u32> {
        self.trace_at[trace_idx]..self.trace_at[trace_idx + 1]
    }

    /// A trace's time as far as these rows tell.
    pub fn time_of(&self, trace_idx: usize) -> TraceTime {
        self.times[trace_idx]
    }

    fn find_times(&mut self) {
        self.times = (0..self.n_traces())
            .map(|trace_idx| {
                let mut time = TraceTime::default();
                for row in self.rows_of(trace_idx) {
                    time.see(self.rows.parent[row as usize] != 0, self.row(row).start());
                }
                time
            })
            .collect();
    }

    /// When a row arrived, to the second, rounded down.
    pub fn arrived(&self, row: u32) -> Timestamp {
        Timestamp(self.arrived_s[row as usize].saturating_mul(1_000_000))
    }

    /// Bytes it takes in memory, about.
    pub fn n_bytes(&self) -> usize {
        let rows = &self.rows;
        rows.len() * 68
            + rows.values.len() * 4
            + rows.strings.len() * 4
            + rows.strings.n_bytes()
            + rows.trace_ids.len() * 52
            + rows.events.len() * 32
            + rows.fine.len() * 8
    }
}

/// A column of the group while values are handed out: where its next value comes from.
struct Cursor {
    form: Form,
    n_values: usize,
}

enum Form {
    /// Every value is this string.
    Constant(u32),
    /// The next code in the section, and the string of each code.
    Coded { next: usize, first_string: u32 },
    /// The next string.
    Text(u32),
}

/// Unpacks a group. `stored` gives a section's bytes in the file.
pub fn read_group(
    tables: Arc<BlockTables>,
    meta: &GroupMeta,
    arrived_base_s: i64,
    sections: &[Section],
    stored: impl Fn(&Section) -> Result<Vec<u8>, Damage>,
) -> Result<Group, Damage> {
    let section = |kind: SectionKind| &sections[kind as usize - SectionKind::TraceIds as usize];
    let raw = |kind| stored(section(kind));
    let at = |kind| move |Malformed(fact): Malformed| section(kind).damage(fact);
    let mut group =
        Group { tables, rows: Rows::default(), trace_at: vec![0], arrived_s: Vec::new(), times: Vec::new() };
    let n_rows = meta.n_rows as usize;

    use SectionKind::*;
    let first_us = read_traces(&mut group, meta, &raw(TraceIds)?, &raw(Traces)?).map_err(at(Traces))?;
    read_starts(&mut group, &first_us, &raw(Starts)?).map_err(at(Starts))?;
    read_varints(&mut group.rows.duration_us, n_rows, &raw(Durations)?).map_err(at(Durations))?;
    let operations: Vec<u32> = meta.operations.iter().collect();
    let shapes: Vec<u32> = meta.shapes.iter().collect();
    let classes = &mut group.rows;
    read_places(&mut classes.operation, n_rows, &operations, Input::new(&raw(RowOperations)?))
        .map_err(at(RowOperations))?;
    read_places(&mut classes.shape, n_rows, &shapes, Input::new(&raw(RowShapes)?)).map_err(at(RowShapes))?;
    read_origins(&mut group, n_rows, &raw(RowOrigins)?).map_err(at(RowOrigins))?;
    read_links(&mut group, &raw(Links)?, &raw(SpanIds)?, &raw(Parents)?).map_err(at(Links))?;
    read_arrivals(&mut group, n_rows, arrived_base_s, &raw(Arrivals)?).map_err(at(Arrivals))?;
    let texts = [raw(Codes)?, raw(Lengths)?, raw(Text)?, raw(Hex)?];
    read_values(&mut group, &texts).map_err(at(Codes))?;
    read_fine(&mut group.rows, &raw(Fine)?).map_err(at(Fine))?;
    read_events(&mut group.rows, &raw(Events)?).map_err(at(Events))?;
    read_rest(&mut group.rows, &raw(Rest)?).map_err(at(Rest))?;
    group.find_times();
    Ok(group)
}

/// Trace ids and sizes; returns each trace's first start.
fn read_traces(group: &mut Group, meta: &GroupMeta, ids: &[u8], traces: &[u8]) -> Result<Vec<u64>, Malformed> {
    let (ids, traces) = (&mut Input::new(ids), &mut Input::new(traces));
    let (mut n_rows, mut start_us) = (0u32, 0u64);
    let mut first_us = Vec::new();
    for trace_idx in 0..meta.n_traces {
        group.rows.trace_ids.push(ids.u128()?);
        let n_rows_of_trace = traces.varint_u32()?;
        if n_rows_of_trace == 0 || n_rows_of_trace > meta.n_rows - n_rows {
            return Err(Malformed("the traces do not fill the group"));
        }
        n_rows += n_rows_of_trace;
        group.rows.trace.extend(std::iter::repeat_n(trace_idx, n_rows_of_trace as usize));
        group.trace_at.push(n_rows);
        start_us = start_us.wrapping_add(traces.signed()? as u64);
        first_us.push(start_us);
    }
    ids.finish()?;
    traces.finish()?;
    if n_rows == meta.n_rows { Ok(first_us) } else { Err(Malformed("the traces do not fill the group")) }
}

fn read_starts(group: &mut Group, first_us: &[u64], raw: &[u8]) -> Result<(), Malformed> {
    let input = &mut Input::new(raw);
    for (trace_idx, first_us) in first_us.iter().enumerate() {
        let mut start_us = *first_us;
        for _ in group.trace_at[trace_idx]..group.trace_at[trace_idx + 1] {
            match input.varint()? {
                0 => group.rows.start_us.push(0),
                step => {
                    start_us = start_us.wrapping_add(step - 1);
                    group.rows.start_us.push(start_us);
                }
            }
        }
    }
    input.finish()
}

fn read_varints(column: &mut Vec<u64>, n_rows: usize, raw: &[u8]) -> Result<(), Malformed> {
    let input = &mut Input::new(raw);
    for _ in 0..n_rows {
        column.push(input.varint()?);
    }
    input.finish()
}

/// Places in a short list, one byte each where the list is short, else two.
fn read_places(column: &mut Vec<u32>, n_rows: usize, list: &[u32], mut input: Input<'_>) -> Result<(), Malformed> {
    for _ in 0..n_rows {
        let place = if list.len() <= 256 { input.u8()?.into() } else { input.u16()? };
        column.push(*list.get(usize::from(place)).ok_or(Malformed("a place is out of range"))?);
    }
    input.finish()
}

fn read_origins(group: &mut Group, n_rows: usize, raw: &[u8]) -> Result<(), Malformed> {
    let mut input = Input::new(raw);
    let n_origins = group.tables.tables.origins.len();
    let list = (0..input.count(1)?).map(|_| input.index(n_origins + 1)).collect::<Result<Vec<_>, _>>()?;
    read_places(&mut group.rows.origin, n_rows, &list, input)
}

fn read_links(group: &mut Group, links: &[u8], ids: &[u8], parents: &[u8]) -> Result<(), Malformed> {
    let (links, ids, parents) = (&mut Input::new(links), &mut Input::new(ids), &mut Input::new(parents));
    let back = |column: &[u64], first: u32, back: u64| {
        let at = (column.len() as u64).checked_sub(back).filter(|at| *at >= first.into());
        at.and_then(|at| column.get(at as usize).copied()).ok_or(Malformed("a link leaves its trace"))
    };
    let rows = &mut group.rows;
    for trace_idx in 0..rows.trace_ids.len() {
        let (first, end) = (group.trace_at[trace_idx], group.trace_at[trace_idx + 1]);
        for row in first..end {
            let parent = match links.varint()? {
                0 => 0,
                LINK_ELSEWHERE => parents.u64()?,
                link => back(&rows.id, first, link - LINK_ELSEWHERE)?,
            };
            let shared = group.tables.tables.shapes[rows.shape[row as usize] as usize].has(FLAG_SHARED);
            let id = match if shared { links.varint()? } else { 0 } {
                0 => ids.u64()?,
                link => back(&rows.id, first, link)?,
            };
            rows.parent.push(parent);
            rows.id.push(id);
        }
    }
    links.finish()?;
    ids.finish()?;
    parents.finish()
}

fn read_arrivals(group: &mut Group, n_rows: usize, base_s: i64, raw: &[u8]) -> Result<(), Malformed> {
    let input = &mut Input::new(raw);
    let mut arrived_s = base_s;
    for _ in 0..n_rows {
        arrived_s = arrived_s.wrapping_add(input.signed()?);
        group.arrived_s.push(arrived_s);
    }
    input.finish()
}

/// Hands each row its values: first every column's strings are made, then rows take them in turn.
fn read_values(group: &mut Group, raw: &[Vec<u8>; 4]) -> Result<(), Malformed> {
    let tables = group.tables.clone();
    let kinds = RowKinds::of(group)?;
    let mut n_values = vec![0usize; tables.columns.len()];
    for (row_kind, n_rows) in kinds.list.iter().zip(&kinds.n_rows) {
        for column in row_kind {
            n_values[*column as usize] += n_rows;
        }
    }
    let rows = &mut group.rows;
    let mut cursors = make_strings(rows, &tables, &n_values, raw)?;
    let codes = &raw[0];
    for kind in &kinds.of_rows {
        rows.value_at.push(rows.values.len() as u32);
        for column in &kinds.list[*kind as usize] {
            let string = match &mut cursors[*column as usize].form {
                Form::Constant(string) => *string,
                Form::Coded { next, first_string } => {
                    *next += 1;
                    *first_string + u32::from(codes[*next - 1])
                }
                Form::Text(next) => {
                    *next += 1;
                    *next - 1
                }
            };
            rows.values.push(string);
        }
    }
    Ok(())
}

fn make_strings(
    rows: &mut Rows,
    tables: &BlockTables,
    n_values: &[usize],
    raw: &[Vec<u8>; 4],
) -> Result<Vec<Cursor>, Malformed> {
    let (lengths, text, hex) = (&mut Input::new(&raw[1]), &mut Input::new(&raw[2]), &mut Input::new(&raw[3]));
    let codes = &raw[0];
    let mut next_code = 0;
    let mut cursors = Vec::with_capacity(n_values.len());
    for (column, n_values) in tables.columns.iter().zip(n_values) {
        let n_values = *n_values;
        let first_string = rows.strings.len() as u32;
        let form = match &column.form {
            _ if n_values == 0 => Form::Constant(0),
            ColumnForm::Constant(value) => Form::Constant(rows.strings.push(value)),
            ColumnForm::Coded(dictionary) => {
                let codes = codes.get(next_code..next_code + n_values).ok_or(Malformed("the codes end early"))?;
                if codes.iter().any(|code| usize::from(*code) >= dictionary.len()) {
                    return Err(Malformed("a code is out of range"));
                }
                dictionary.iter().for_each(|value| {
                    rows.strings.push(value);
                });
                let next = next_code;
                next_code += n_values;
                Form::Coded { next, first_string }
            }
            ColumnForm::Text(prefix) => {
                for _ in 0..n_values {
                    rows.strings.bytes_mut().extend_from_slice(prefix);
                    rows.strings.push(text.take(lengths.varint_u32()? as usize)?);
                }
                Form::Text(first_string)
            }
            ColumnForm::Hex(prefix) => {
                for _ in 0..n_values {
                    let packed = hex.take(lengths.varint_u32()? as usize)?;
                    let bytes = rows.strings.bytes_mut();
                    bytes.extend_from_slice(prefix);
                    let digit = |nibble: u8| b"0123456789abcdef"[usize::from(nibble)];
                    bytes.extend(packed.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
                    rows.strings.end();
                }
                Form::Text(first_string)
            }
        };
        cursors.push(Cursor { form, n_values });
    }
    let all_taken = next_code == codes.len() && cursors.iter().all(|cursor| cursor.n_values <= rows.len());
    lengths.finish()?;
    text.finish()?;
    hex.finish()?;
    if all_taken { Ok(cursors) } else { Err(Malformed("codes are left over")) }
}

/// The kinds of rows in a group, a kind being a service with a shape, and each kind's columns.
struct RowKinds {
    list: Vec<Vec<u32>>,
    n_rows: Vec<usize>,
    of_rows: Vec<u32>,
}

impl RowKinds {
    fn of(group: &Group) -> Result<RowKinds, Malformed> {
        let (tables, rows) = (&group.tables, &group.rows);
        let mut kinds = RowKinds { list: Vec::new(), n_rows: Vec::new(), of_rows: Vec::with_capacity(rows.len()) };
        let mut places: NumberMap<(u32, u32), u32> = NumberMap::default();
        for (operation, shape) in rows.operation.iter().zip(&rows.shape) {
            let service = tables.tables.operations[*operation as usize].service;
            let place = match places.get(&(service, *shape)) {
                Some(place) => *place,
                None => {
                    let place = kinds.list.len() as u32;
                    kinds.list.push(columns_of(tables, service, *shape)?);
                    kinds.n_rows.push(0);
                    places.insert((service, *shape), place);
                    place
                }
            };
            kinds.n_rows[place as usize] += 1;
            kinds.of_rows.push(place);
        }
        Ok(kinds)
    }
}

fn columns_of(tables: &BlockTables, service: u32, shape: u32) -> Result<Vec<u32>, Malformed> {
    let keys = ValueKey::of_row(service, &tables.tables.shapes[shape as usize], &tables.tables);
    keys.map(|key| {
        let found = tables.columns.binary_search_by(|column| column.key.cmp(&key));
        found.map(|at| at as u32).map_err(|_| Malformed("a column is missing"))
    })
    .collect()
}

/// The next row of a sparse list, which says how far it is from the one before.
fn next_row(before: &mut u32, n_rows: usize, input: &mut Input<'_>) -> Result<u32, Malformed> {
    let row = u64::from(*before).checked_add(input.varint()?).filter(|row| *row < n_rows as u64);
    *before = row.ok_or(Malformed("a row is out of range"))? as u32;
    Ok(*before)
}

fn nanoseconds(number: u64) -> Result<u16, Malformed> {
    if number < 1000 { Ok(number as u16) } else { Err(Malformed("a microsecond has only 1000 nanoseconds")) }
}

fn read_fine(rows: &mut Rows, raw: &[u8]) -> Result<(), Malformed> {
    let (input, mut before) = (&mut Input::new(raw), 0);
    while !input.is_empty() {
        let row = next_row(&mut before, rows.id.len(), input)?;
        let (start_ns, duration_ns) = (nanoseconds(input.u16()?.into())?, nanoseconds(input.u16()?.into())?);
        rows.fine.push(FineRow { row, start_ns, duration_ns });
    }
    Ok(())
}

fn read_events(rows: &mut Rows, raw: &[u8]) -> Result<(), Malformed> {
    let (input, mut before) = (&mut Input::new(raw), 0);
    while !input.is_empty() {
        let row = next_row(&mut before, rows.id.len(), input)?;
        let time_us = rows.start_us[row as usize].wrapping_add(input.signed()? as u64);
        let time_ns = nanoseconds(input.varint()?)?;
        let name = rows.strings.push(input.text()?.as_bytes());
        let otlp = rows.strings.push(input.bytes()?);
        rows.events.push(EventRow { row, time_us, time_ns, name, otlp });
    }
    Ok(())
}

fn read_rest(rows: &mut Rows, raw: &[u8]) -> Result<(), Malformed> {
    let (input, mut before) = (&mut Input::new(raw), 0);
    while !input.is_empty() {
        let row = next_row(&mut before, rows.id.len(), input)?;
        let fields = rows.strings.push(input.bytes()?);
        rows.rest.push(RestRow { row, fields });
    }
    Ok(())
}

//! Unpacks one row group into columns, checking every number on the way.
//!
//! In two steps: the *frame* has everything of fixed size (ids, times, operations, shapes), which tells
//! most searches all they ask; values, events and the rest are added for all rows or for one trace.

use super::format::{Damage, Section, SectionKind};
use super::group_values::read_values;
use super::group_write::LINK_ELSEWHERE;
use super::groups::GroupMeta;
use super::open::BlockTables;
use crate::columns::{EventRow, FLAG_SHARED, FineRow, RestRow, Row, Rows};
use crate::encode::{Input, Malformed};
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
    /// Its columns; without values in a frame.
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

/// Unpacked sections of a group.
pub struct RawSections {
    sections: Vec<(Section, Vec<u8>)>,
}

impl RawSections {
    /// The sections, in the order of the file.
    pub fn new(sections: Vec<(Section, Vec<u8>)>) -> RawSections {
        RawSections { sections }
    }

    /// Reads one section; what is wrong with its numbers is damage of that section.
    pub fn read<T>(&self, kind: SectionKind, read: impl FnOnce(&[u8]) -> Result<T, Malformed>) -> Result<T, Damage> {
        match self.sections.iter().find(|(section, _)| section.kind == kind) {
            Some((section, raw)) => read(raw).map_err(|Malformed(fact)| section.damage(fact)),
            None => Err(Damage { offset: 0, part: "group", fact: "a section was not read" }),
        }
    }

    /// Whether a section was read.
    pub fn has(&self, kind: SectionKind) -> bool {
        self.sections.iter().any(|(section, _)| section.kind == kind)
    }

    /// One section's bytes; none where it was not read.
    pub fn get(&self, kind: SectionKind) -> &[u8] {
        self.sections.iter().find(|(section, _)| section.kind == kind).map_or(&[], |(_, raw)| raw)
    }
}

/// The sections of an outline.
pub const OF_OUTLINE: [SectionKind; 8] = {
    use SectionKind::*;
    [TraceIds, Traces, Starts, Durations, RowOperations, RowShapes, RowOrigins, Fine]
};

/// Unpacks of a group what tells most about its rows in the least time: traces, starts, durations,
/// operations, shapes and origins; no ids of spans, no values. `raw` has the sections of [`OF_OUTLINE`].
pub fn read_outline(tables: Arc<BlockTables>, meta: &GroupMeta, raw: &RawSections) -> Result<Group, Damage> {
    use SectionKind::*;
    let mut group =
        Group { tables, rows: Rows::default(), trace_at: vec![0], arrived_s: Vec::new(), times: Vec::new() };
    let n_rows = meta.n_rows as usize;
    let first_us = raw.read(Traces, |traces| read_traces(&mut group, meta, raw.get(TraceIds), traces))?;
    raw.read(Starts, |raw| read_starts(&mut group, &first_us, raw))?;
    raw.read(Durations, |raw| read_varints(&mut group.rows.duration_us, n_rows, raw))?;
    let operations: Vec<u32> = meta.operations.iter().collect();
    let shapes: Vec<u32> = meta.shapes.iter().collect();
    let rows = &mut group.rows;
    raw.read(RowOperations, |raw| read_places(&mut rows.operation, n_rows, &operations, Input::new(raw)))?;
    raw.read(RowShapes, |raw| read_places(&mut rows.shape, n_rows, &shapes, Input::new(raw)))?;
    raw.read(RowOrigins, |raw| read_origins(&mut group, n_rows, raw))?;
    raw.read(Fine, |raw| read_fine(&mut group.rows, n_rows, raw))?;
    Ok(group)
}

/// Unpacks the frame of a group. `raw` has its sections from trace ids to arrivals.
pub fn read_frame(
    tables: Arc<BlockTables>,
    meta: &GroupMeta,
    arrived_base_s: i64,
    raw: &RawSections,
) -> Result<Group, Damage> {
    use SectionKind::*;
    let mut group = read_outline(tables, meta, raw)?;
    raw.read(Links, |links| read_links(&mut group, links, raw.get(SpanIds), raw.get(Parents)))?;
    raw.read(Arrivals, |raw| read_arrivals(&mut group, meta.n_rows as usize, arrived_base_s, raw))?;
    group.find_times();
    Ok(group)
}

/// The given rows of a frame with everything they have. They must be whole traces. `raw` has the
/// sections from codes to rest.
pub fn read_rows(frame: &Group, rows: Range<u32>, raw: &RawSections) -> Result<Group, Damage> {
    use SectionKind::*;
    let mut group = frame.cut(rows.clone());
    let texts = [raw.get(Codes), raw.get(Lengths), raw.get(Text), raw.get(Hex)];
    raw.read(Codes, |_| read_values(frame, &mut group.rows, rows.clone(), texts))?;
    let n_rows = frame.rows.len();
    let starts_us = &frame.rows.start_us;
    raw.read(Events, |raw| read_events(&mut group.rows, rows.clone(), n_rows, starts_us, raw))?;
    raw.read(Rest, |raw| read_rest(&mut group.rows, rows, n_rows, raw))?;
    Ok(group)
}

impl Group {
    /// A frame of the given rows, which are whole traces.
    fn cut(&self, rows: Range<u32>) -> Group {
        let from = &self.rows;
        let range = rows.start as usize..rows.end as usize;
        let traces =
            self.trace_at.partition_point(|at| *at < rows.start)..self.trace_at.partition_point(|at| *at < rows.end);
        let fine = from.fine.partition_point(|fine| fine.row < rows.start)
            ..from.fine.partition_point(|fine| fine.row < rows.end);
        let relative_fine = |fine: &FineRow| FineRow { row: fine.row - rows.start, ..*fine };
        Group {
            tables: self.tables.clone(),
            rows: Rows {
                trace_ids: from.trace_ids[traces.clone()].to_vec(),
                trace: from.trace[range.clone()].iter().map(|trace| trace - traces.start as u32).collect(),
                id: from.id[range.clone()].to_vec(),
                parent: from.parent[range.clone()].to_vec(),
                start_us: from.start_us[range.clone()].to_vec(),
                duration_us: from.duration_us[range.clone()].to_vec(),
                operation: from.operation[range.clone()].to_vec(),
                shape: from.shape[range.clone()].to_vec(),
                origin: from.origin[range.clone()].to_vec(),
                fine: from.fine[fine].iter().map(relative_fine).collect(),
                ..Rows::default()
            },
            trace_at: self.trace_at[traces.start..traces.end + 1].iter().map(|at| at - rows.start).collect(),
            arrived_s: self.arrived_s[range].to_vec(),
            times: self.times[traces].to_vec(),
        }
    }
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

/// The next row of a sparse list, which says how far it is from the one before.
fn next_row(before: &mut u32, n_rows: usize, input: &mut Input<'_>) -> Result<u32, Malformed> {
    let row = u64::from(*before).checked_add(input.varint()?).filter(|row| *row < n_rows as u64);
    *before = row.ok_or(Malformed("a row is out of range"))? as u32;
    Ok(*before)
}

fn nanoseconds(number: u64) -> Result<u16, Malformed> {
    if number < 1000 { Ok(number as u16) } else { Err(Malformed("a microsecond has only 1000 nanoseconds")) }
}

fn read_fine(rows: &mut Rows, n_rows: usize, raw: &[u8]) -> Result<(), Malformed> {
    let (input, mut before) = (&mut Input::new(raw), 0);
    while !input.is_empty() {
        let row = next_row(&mut before, n_rows, input)?;
        let (start_ns, duration_ns) = (nanoseconds(input.u16()?.into())?, nanoseconds(input.u16()?.into())?);
        rows.fine.push(FineRow { row, start_ns, duration_ns });
    }
    Ok(())
}

fn read_events(
    rows: &mut Rows,
    wanted: Range<u32>,
    n_rows: usize,
    starts_us: &[u64],
    raw: &[u8],
) -> Result<(), Malformed> {
    let (input, mut before) = (&mut Input::new(raw), 0);
    while !input.is_empty() {
        let row = next_row(&mut before, n_rows, input)?;
        let time_us = starts_us[row as usize].wrapping_add(input.signed()? as u64);
        let time_ns = nanoseconds(input.varint()?)?;
        let (name, otlp) = (input.text()?, input.bytes()?);
        if wanted.contains(&row) {
            let (name, otlp) = (rows.strings.push(name.as_bytes()), rows.strings.push(otlp));
            rows.events.push(EventRow { row: row - wanted.start, time_us, time_ns, name, otlp });
        }
    }
    Ok(())
}

fn read_rest(rows: &mut Rows, wanted: Range<u32>, n_rows: usize, raw: &[u8]) -> Result<(), Malformed> {
    let (input, mut before) = (&mut Input::new(raw), 0);
    while !input.is_empty() {
        let row = next_row(&mut before, n_rows, input)?;
        let fields = input.bytes()?;
        if wanted.contains(&row) {
            rows.rest.push(RestRow { row: row - wanted.start, fields: rows.strings.push(fields) });
        }
    }
    Ok(())
}

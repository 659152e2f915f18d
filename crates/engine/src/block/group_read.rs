//! Unpacks one row group into columns, or one trace of it, checking every number on the way.
//!
//! In two steps: the *frame* has everything of fixed size (ids, times, operations, shapes), which tells
//! most searches all they ask; values, events and the rest are added when they are asked for. Of a group
//! that is read for one trace only that trace becomes columns: what stands before it is passed over.

use super::format::{Damage, SectionKind};
use super::group_values::ValuePlaces;
use super::group_write::LINK_ELSEWHERE;
use super::groups::GroupMeta;
use super::places::Places;
use super::row_kinds::{RowKind, RowKinds};
use super::sections::RawSections;
use super::tables::BlockTables;
use super::unpacked::Unpacked;
use crate::columns::{EventRow, FLAG_SHARED, FineRow, RestRow, Row, Rows};
use crate::encode::{Input, Malformed};
use nines_base::Timestamp;
use nines_span::SpanFields;
use nines_storage::answer::TraceTime;
use std::ops::Range;
use std::sync::Arc;

/// A row group in memory, or one trace of it.
#[derive(Clone)]
pub struct Group {
    tables: Arc<BlockTables>,
    /// The kinds of the rows of the whole group.
    kinds: Arc<RowKinds>,
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

    /// The kinds of the rows of the whole group; of one trace alone they tell nothing.
    pub fn kinds(&self) -> &Arc<RowKinds> {
        &self.kinds
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

/// What of a group a reader wants.
pub struct Wanted<'m> {
    /// The group.
    pub meta: &'m GroupMeta,
    /// Only this one of its traces.
    pub trace: Option<usize>,
    /// Seconds of the block's first arrival.
    pub arrived_base_s: i64,
}

/// The sections of a sketch.
pub const OF_SKETCH: [SectionKind; 5] = {
    use SectionKind::*;
    [TraceIds, Traces, RowOperations, RowShapes, RowOrigins]
};

/// The sections of an outline.
pub const OF_OUTLINE: [SectionKind; 8] = {
    use SectionKind::*;
    [TraceIds, Traces, Starts, Durations, RowOperations, RowShapes, RowOrigins, Fine]
};

/// The sections of a frame.
pub const OF_FRAME: [SectionKind; 12] = {
    use SectionKind::*;
    [TraceIds, Traces, SpanIds, Links, Parents, Starts, Durations, RowOperations, RowShapes, RowOrigins, Fine, Arrivals]
};

/// Unpacks of a group what tells its rows apart: traces, operations, shapes and origins; an outline without its
/// times. `raw` has the sections of [`OF_SKETCH`].
pub fn read_sketch(
    tables: Arc<BlockTables>,
    wanted: &Wanted<'_>,
    kinds: Arc<RowKinds>,
    raw: &RawSections,
) -> Result<Group, Damage> {
    read_part(tables, wanted, kinds, |frame| frame.read_sketch(wanted.trace, raw))
}

/// Unpacks of a group what tells most about its rows in the least time: traces, starts, durations,
/// operations, shapes and origins; no ids of spans, no values. `raw` has the sections of [`OF_OUTLINE`].
pub fn read_outline(
    tables: Arc<BlockTables>,
    wanted: &Wanted<'_>,
    kinds: Arc<RowKinds>,
    raw: &RawSections,
) -> Result<Group, Damage> {
    read_part(tables, wanted, kinds, |frame| frame.read_outline(wanted.trace, raw))
}

/// Unpacks the frame of a group, or of one trace of it. `raw` has the sections of [`OF_FRAME`].
pub fn read_frame(
    tables: Arc<BlockTables>,
    wanted: &Wanted<'_>,
    kinds: Arc<RowKinds>,
    raw: &RawSections,
) -> Result<Group, Damage> {
    use SectionKind::*;
    read_part(tables, wanted, kinds, |frame| {
        frame.read_outline(wanted.trace, raw)?;
        raw.read(Links, |links| frame.read_links(links, raw.get(SpanIds), raw.get(Parents)))?;
        raw.read(Arrivals, |raw| frame.read_arrivals(wanted.arrived_base_s, raw))?;
        frame.group.find_times();
        Ok(())
    })
}

/// A group with what `read` makes of it.
fn read_part(
    tables: Arc<BlockTables>,
    wanted: &Wanted<'_>,
    kinds: Arc<RowKinds>,
    read: impl FnOnce(&mut FrameReader<'_>) -> Result<(), Damage>,
) -> Result<Group, Damage> {
    let mut frame = FrameReader::new(tables, wanted.meta, kinds);
    read(&mut frame)?;
    Ok(frame.group)
}

/// A whole frame with everything its rows have. `raw` has the sections from codes to rest.
pub fn read_rows(frame: &Group, raw: &RawSections) -> Result<Group, Damage> {
    let mut group = frame.clone();
    let values = ValuePlaces::find(&frame.tables, &frame.kinds, raw)?;
    let n_rows = frame.rows.len();
    fill(&mut group, &values, 0..n_rows, n_rows, raw)?;
    Ok(group)
}

/// One trace of a group with everything its rows have, and nothing else.
pub fn read_trace(tables: Arc<BlockTables>, wanted: &Wanted<'_>, unpacked: &Unpacked) -> Result<Group, Damage> {
    let raw = unpacked.raw();
    let mut group = read_frame(tables, wanted, unpacked.kinds().clone(), raw)?;
    let first = raw.read(SectionKind::Traces, |traces| first_row(wanted.trace.unwrap_or(0), traces))?;
    let rows = first..first + group.rows.len();
    fill(&mut group, unpacked.values(), rows, wanted.meta.n_rows as usize, raw)?;
    Ok(group)
}

/// Gives the rows of a frame their values, events and rest; in their group they are the rows `wanted`.
fn fill(
    group: &mut Group,
    values: &ValuePlaces,
    wanted: Range<usize>,
    n_rows: usize,
    raw: &RawSections,
) -> Result<(), Damage> {
    use SectionKind::*;
    values.read(&group.tables, &group.kinds.of_rows[wanted.clone()], &mut group.rows, raw);
    let wanted = wanted.start as u32..wanted.end as u32;
    raw.read(Events, |raw| read_events(&mut group.rows, wanted.clone(), n_rows, raw))?;
    raw.read(Rest, |raw| read_rest(&mut group.rows, wanted, n_rows, raw))
}

/// The first row of a trace in its group.
fn first_row(trace_idx: usize, traces: &[u8]) -> Result<usize, Malformed> {
    let (input, mut first) = (&mut Input::new(traces), 0);
    for _ in 0..trace_idx {
        first += input.varint_u32()? as usize;
        input.varint()?;
    }
    Ok(first)
}

/// Reads the columns of a frame for the rows that are wanted, passing over the others.
struct FrameReader<'m> {
    group: Group,
    meta: &'m GroupMeta,
    /// Rows of the group that are wanted.
    rows: Range<usize>,
    /// First start of each trace that is wanted.
    first_us: Vec<u64>,
}

impl<'m> FrameReader<'m> {
    fn new(tables: Arc<BlockTables>, meta: &'m GroupMeta, kinds: Arc<RowKinds>) -> FrameReader<'m> {
        let group =
            Group { tables, kinds, rows: Rows::default(), trace_at: vec![0], arrived_s: Vec::new(), times: Vec::new() };
        FrameReader { group, meta, rows: 0..meta.n_rows as usize, first_us: Vec::new() }
    }

    /// The sketch of the group, or of the trace that is wanted.
    fn read_sketch(&mut self, wanted: Option<usize>, raw: &RawSections) -> Result<(), Damage> {
        use SectionKind::*;
        raw.read(Traces, |traces| self.read_traces(wanted, raw.get(TraceIds), traces))?;
        let kinds = self.group.kinds.clone();
        let of_rows = || self.rows.clone().map(|row| kinds.of_row(row));
        self.group.rows.operation.extend(of_rows().map(|kind| kind.operation));
        self.group.rows.shape.extend(of_rows().map(|kind| kind.shape));
        raw.read(RowOrigins, |raw| self.read_origins(raw))
    }

    /// The outline, likewise.
    fn read_outline(&mut self, wanted: Option<usize>, raw: &RawSections) -> Result<(), Damage> {
        use SectionKind::*;
        self.read_sketch(wanted, raw)?;
        raw.read(Starts, |raw| self.read_starts(raw))?;
        raw.read(Durations, |raw| self.read_durations(raw))?;
        raw.read(Fine, |raw| self.read_fine(raw))
    }

    fn is_whole(&self) -> bool {
        self.rows.len() == self.meta.n_rows as usize
    }

    /// What follows the wanted rows is not looked at; after all of them nothing may follow.
    fn finish(&self, input: &Input<'_>) -> Result<(), Malformed> {
        if self.is_whole() { input.finish() } else { Ok(()) }
    }

    /// Trace ids and sizes, and so which rows are wanted.
    fn read_traces(&mut self, wanted: Option<usize>, ids: &[u8], traces: &[u8]) -> Result<(), Malformed> {
        const DO_NOT_FILL: Malformed = Malformed("the traces do not fill the group");
        let n_traces = self.meta.n_traces as usize;
        if ids.len() != n_traces * 16 {
            return Err(DO_NOT_FILL);
        }
        let input = &mut Input::new(traces);
        let (mut next_row, mut start_us) = (0usize, 0u64);
        for trace_idx in 0..n_traces {
            let n_rows = input.varint_u32()? as usize;
            start_us = start_us.wrapping_add(input.signed()? as u64);
            if n_rows == 0 || n_rows > self.meta.n_rows as usize - next_row {
                return Err(DO_NOT_FILL);
            }
            if wanted.is_none_or(|wanted| wanted == trace_idx) {
                let rows = &mut self.group.rows;
                let place = rows.trace_ids.len() as u32;
                rows.trace_ids.push(Input::new(&ids[trace_idx * 16..]).u128()?);
                rows.trace.extend(std::iter::repeat_n(place, n_rows));
                self.group.trace_at.push(rows.trace.len() as u32);
                self.first_us.push(start_us);
            }
            if wanted == Some(trace_idx) {
                self.rows = next_row..next_row + n_rows;
                return Ok(());
            }
            next_row += n_rows;
        }
        input.finish()?;
        if wanted.is_none() && next_row == self.meta.n_rows as usize { Ok(()) } else { Err(DO_NOT_FILL) }
    }

    fn read_starts(&mut self, raw: &[u8]) -> Result<(), Malformed> {
        let input = &mut Input::new(raw);
        input.skip_varints(self.rows.start)?;
        let starts_us = &mut self.group.rows.start_us;
        starts_us.reserve_exact(self.rows.len());
        for (trace_idx, first_us) in self.first_us.iter().enumerate() {
            let mut start_us = *first_us;
            for _ in self.group.trace_at[trace_idx]..self.group.trace_at[trace_idx + 1] {
                match input.varint()? {
                    0 => starts_us.push(0),
                    step => {
                        start_us = start_us.wrapping_add(step - 1);
                        starts_us.push(start_us);
                    }
                }
            }
        }
        self.finish(input)
    }

    fn read_durations(&mut self, raw: &[u8]) -> Result<(), Malformed> {
        let input = &mut Input::new(raw);
        input.skip_varints(self.rows.start)?;
        self.group.rows.duration_us.reserve_exact(self.rows.len());
        for _ in self.rows.clone() {
            self.group.rows.duration_us.push(input.varint()?);
        }
        self.finish(input)
    }

    fn read_origins(&mut self, raw: &[u8]) -> Result<(), Malformed> {
        let input = &mut Input::new(raw);
        let n_origins = self.group.tables.tables.origins.len();
        let list = (0..input.count(1)?).map(|_| input.index(n_origins + 1)).collect::<Result<Vec<_>, _>>()?;
        let places = Places::new(&list, input.take(input.len())?);
        places.read(&mut self.group.rows.origin, self.meta, self.rows.clone())
    }

    fn read_links(&mut self, links: &[u8], ids: &[u8], parents: &[u8]) -> Result<(), Malformed> {
        let (links, ids, parents) = (&mut Input::new(links), &mut Input::new(ids), &mut Input::new(parents));
        let (tables, kinds) = (&self.group.tables.tables, &self.group.kinds);
        let shared = |kind: &RowKind| tables.shapes[kind.shape as usize].has(FLAG_SHARED);
        let is_shared: Vec<bool> = kinds.list.iter().map(shared).collect();
        let (mut n_ids, mut n_parents) = (0, 0);
        for (kind, _) in &kinds.of_rows[..self.rows.start] {
            n_parents += usize::from(links.varint()? == LINK_ELSEWHERE);
            n_ids += usize::from(!is_shared[usize::from(*kind)] || links.varint()? == 0);
        }
        ids.take(n_ids * 8)?;
        parents.take(n_parents * 8)?;
        let back = |column: &[u64], first: u32, back: u64| {
            let at = (column.len() as u64).checked_sub(back).filter(|at| *at >= first.into());
            at.and_then(|at| column.get(at as usize).copied()).ok_or(Malformed("a link leaves its trace"))
        };
        let rows = &mut self.group.rows;
        for trace_idx in 0..rows.trace_ids.len() {
            let (first, end) = (self.group.trace_at[trace_idx], self.group.trace_at[trace_idx + 1]);
            for row in first..end {
                let parent = match links.varint()? {
                    0 => 0,
                    LINK_ELSEWHERE => parents.u64()?,
                    link => back(&rows.id, first, link - LINK_ELSEWHERE)?,
                };
                let shared = tables.shapes[rows.shape[row as usize] as usize].has(FLAG_SHARED);
                let id = match if shared { links.varint()? } else { 0 } {
                    0 => ids.u64()?,
                    link => back(&rows.id, first, link)?,
                };
                rows.parent.push(parent);
                rows.id.push(id);
            }
        }
        self.finish(links)?;
        self.finish(ids)?;
        self.finish(parents)
    }

    fn read_arrivals(&mut self, base_s: i64, raw: &[u8]) -> Result<(), Malformed> {
        let input = &mut Input::new(raw);
        let mut arrived_s = base_s;
        for _ in 0..self.rows.start {
            arrived_s = arrived_s.wrapping_add(input.signed()?);
        }
        for _ in self.rows.clone() {
            arrived_s = arrived_s.wrapping_add(input.signed()?);
            self.group.arrived_s.push(arrived_s);
        }
        self.finish(input)
    }

    fn read_fine(&mut self, raw: &[u8]) -> Result<(), Malformed> {
        let (input, mut before) = (&mut Input::new(raw), 0);
        while !input.is_empty() {
            let row = next_row(&mut before, self.meta.n_rows as usize, input)? as usize;
            let (start_ns, duration_ns) = (nanoseconds(input.u16()?.into())?, nanoseconds(input.u16()?.into())?);
            if self.rows.contains(&row) {
                let row = (row - self.rows.start) as u32;
                self.group.rows.fine.push(FineRow { row, start_ns, duration_ns });
            }
        }
        Ok(())
    }
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

fn read_events(rows: &mut Rows, wanted: Range<u32>, n_rows: usize, raw: &[u8]) -> Result<(), Malformed> {
    let (input, mut before) = (&mut Input::new(raw), 0);
    while !input.is_empty() {
        let row = next_row(&mut before, n_rows, input)?;
        let after_us = input.signed()?;
        let time_ns = nanoseconds(input.varint()?)?;
        let (name, otlp) = (input.text()?, input.bytes()?);
        if wanted.contains(&row) {
            let row = row - wanted.start;
            let time_us = rows.start_us[row as usize].wrapping_add(after_us as u64);
            let (name, otlp) = (rows.strings.push(name.as_bytes()), rows.strings.push(otlp));
            rows.events.push(EventRow { row, time_us, time_ns, name, otlp });
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

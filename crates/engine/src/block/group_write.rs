//! Packs one row group: each column on its own, numbers as differences to what stands near.

use super::bloom::Bloom;
use super::format::{Frame, Section, SectionKind};
use super::groups::{Bits, Bounds, GroupMeta};
use super::order::{Fragment, Order};
use super::value_columns::{CODES_MAX, ColumnForm, Drafts};
use crate::columns::FLAG_SHARED;
use crate::encode::{put_bytes, put_signed, put_varint};
use crate::hash::NumberMap;
use crate::hot::Segment;
use nines_base::FineMicros;
use nines_storage::answer::TraceTime;
use std::ops::Range;

/// Traces of more rows than this look parents up in a map; in smaller ones a scan is faster.
const SCANNED_ROWS_MAX: usize = 48;

/// A link to a row that is not in the trace, or not before.
pub const LINK_ELSEWHERE: u64 = 1;

/// Writes groups one after the other; value columns go on where the last group ended.
pub struct GroupWriter<'a> {
    segment: &'a Segment,
    order: &'a Order,
    drafts: &'a Drafts,
    /// Seconds of the block's first arrival.
    arrived_base_s: i64,
    /// For each value column: its first value that no group has yet.
    written: Vec<usize>,
    sections: Vec<Vec<u8>>,
    ids: NumberMap<u64, u32>,
    /// For each group written: hashes of the tag values that vary, each once.
    pub hashes: Vec<Vec<u64>>,
}

impl<'a> GroupWriter<'a> {
    /// Begins before the first group.
    pub fn new(segment: &'a Segment, order: &'a Order, drafts: &'a Drafts, arrived_base_s: i64) -> GroupWriter<'a> {
        GroupWriter {
            segment,
            order,
            drafts,
            arrived_base_s,
            written: vec![0; drafts.columns.len()],
            sections: vec![Vec::new(); SectionKind::OF_GROUP.len()],
            ids: NumberMap::default(),
            hashes: Vec::with_capacity(order.groups.len()),
        }
    }

    /// Packs the group of the given fragments and adds its sections to the frame.
    pub fn write(&mut self, fragments: Range<usize>, frame: &mut Frame) -> (GroupMeta, Vec<Section>) {
        self.sections.iter_mut().for_each(Vec::clear);
        let order = self.order;
        let mut meta = GroupMeta {
            first_trace: fragments.start as u32,
            n_traces: fragments.len() as u32,
            n_rows: 0,
            starts: Bounds::EMPTY,
            times: Bounds::EMPTY,
            duration_us_max: 0,
            arrived_s: (u64::MAX, 0),
            operations: Bits::none(self.segment.tables().operations.len()),
            shapes: Bits::none(self.segment.tables().shapes.len()),
        };
        let mut before_us = 0;
        for fragment in &order.fragments[fragments.clone()] {
            self.write_trace(fragment, &mut before_us, &mut meta);
        }
        let first = order.fragments[fragments.start].rows.start;
        let last = order.fragments[fragments.end - 1].rows.end;
        let rows = &order.rows[first..last];
        meta.n_rows = rows.len() as u32;
        self.write_classes(rows, &meta);
        self.write_arrivals(rows, &mut meta);
        self.write_values(rows);
        self.write_sparse(rows);
        let kinds = SectionKind::OF_GROUP.iter().zip(&self.sections);
        (meta, kinds.map(|(kind, raw)| frame.add(*kind, raw)).collect())
    }

    fn section(&mut self, kind: SectionKind) -> &mut Vec<u8> {
        &mut self.sections[kind as usize - SectionKind::TraceIds as usize]
    }

    fn write_trace(&mut self, fragment: &Fragment, before_us: &mut u64, meta: &mut GroupMeta) {
        let (segment, order) = (self.segment, self.order);
        let columns = segment.rows();
        let rows = &order.rows[fragment.rows.clone()];
        let trace_id = columns.trace_ids[fragment.trace as usize];
        self.section(SectionKind::TraceIds).extend_from_slice(&trace_id.to_le_bytes());
        let first_us = rows.iter().map(|row| columns.start_us[*row as usize]).find(|us| *us != 0).unwrap_or(0);
        let traces = self.section(SectionKind::Traces);
        put_varint(traces, rows.len() as u64);
        put_signed(traces, first_us.wrapping_sub(*before_us) as i64);
        *before_us = first_us;
        let (mut time, mut start_us) = (TraceTime::default(), first_us);
        for row in rows {
            let at = *row as usize;
            let starts = self.section(SectionKind::Starts);
            // Rows without a start come first and are a lone 0; the others count from the one before.
            match columns.start_us[at] {
                0 => put_varint(starts, 0),
                us => {
                    put_varint(starts, 1 + (us - start_us));
                    start_us = us;
                }
            }
            put_varint(self.section(SectionKind::Durations), columns.duration_us[at]);
            let start = FineMicros { us: columns.start_us[at], sub_ns: columns.fine_of(*row).0 };
            time.see(columns.parent[at] != 0, start);
            if !start.is_none() {
                meta.starts.see(start.us);
            }
            meta.duration_us_max = meta.duration_us_max.max(columns.duration_us[at]);
            meta.operations.insert(columns.operation[at]);
            meta.shapes.insert(columns.shape[at]);
        }
        if let Some(time_us) = time.us() {
            meta.times.see(time_us);
        }
        self.write_links(rows);
    }

    /// Span ids and parents: a parent, or the same id of a shared span, is mostly a few rows back.
    fn write_links(&mut self, rows: &[u32]) {
        let segment = self.segment;
        let columns = segment.rows();
        let scanned = rows.len() <= SCANNED_ROWS_MAX;
        self.ids.clear();
        for (idx, row) in rows.iter().enumerate() {
            let at = *row as usize;
            let (id, parent) = (columns.id[at], columns.parent[at]);
            let ids = &self.ids;
            let rows_back = |wanted: u64| {
                let found = if scanned {
                    rows[..idx].iter().rposition(|row| columns.id[*row as usize] == wanted)
                } else {
                    ids.get(&wanted).map(|at| *at as usize)
                };
                found.map(|at| (idx - at) as u64)
            };
            let parent_back = if parent == 0 { None } else { rows_back(parent) };
            let shared = segment.tables().shapes[columns.shape[at] as usize].has(FLAG_SHARED);
            let same_back = if shared { rows_back(id) } else { None };
            let links = self.section(SectionKind::Links);
            match (parent, parent_back) {
                (0, _) => put_varint(links, 0),
                (_, Some(back)) => put_varint(links, LINK_ELSEWHERE + back),
                (_, None) => {
                    put_varint(links, LINK_ELSEWHERE);
                    self.section(SectionKind::Parents).extend_from_slice(&parent.to_le_bytes());
                }
            }
            if shared {
                put_varint(self.section(SectionKind::Links), same_back.unwrap_or(0));
            }
            if same_back.is_none() {
                self.section(SectionKind::SpanIds).extend_from_slice(&id.to_le_bytes());
            }
            if !scanned {
                self.ids.insert(id, idx as u32);
            }
        }
    }

    /// Operations, shapes and origins as places in the group's own short lists.
    fn write_classes(&mut self, rows: &[u32], meta: &GroupMeta) {
        let segment = self.segment;
        let columns = segment.rows();
        let operations: Vec<u32> = meta.operations.iter().collect();
        let shapes: Vec<u32> = meta.shapes.iter().collect();
        write_places(self.section(SectionKind::RowOperations), rows, &columns.operation, &operations);
        write_places(self.section(SectionKind::RowShapes), rows, &columns.shape, &shapes);
        let mut origins: Vec<u32> = rows.iter().map(|row| columns.origin[*row as usize]).collect();
        origins.sort_unstable();
        origins.dedup();
        let section = self.section(SectionKind::RowOrigins);
        put_varint(section, origins.len() as u64);
        for origin in &origins {
            put_varint(section, (*origin).into());
        }
        write_places(section, rows, &columns.origin, &origins);
    }

    fn write_arrivals(&mut self, rows: &[u32], meta: &mut GroupMeta) {
        let mut before_s = 0;
        for row in rows {
            let arrived_s = (self.segment.arrived(*row).0.div_euclid(1_000_000) - self.arrived_base_s) as u64;
            put_signed(self.section(SectionKind::Arrivals), arrived_s.wrapping_sub(before_s) as i64);
            before_s = arrived_s;
            meta.arrived_s = (meta.arrived_s.0.min(arrived_s), meta.arrived_s.1.max(arrived_s));
        }
    }

    fn write_values(&mut self, rows: &[u32]) {
        let (segment, drafts) = (self.segment, self.drafts);
        let (tables, columns) = (segment.tables(), segment.rows());
        let mut n_values = vec![0usize; drafts.columns.len()];
        for row in rows {
            let at = *row as usize;
            let service = tables.operations[columns.operation[at] as usize].service;
            for column in drafts.of_row(service, columns.shape[at]) {
                n_values[*column as usize] += 1;
            }
        }
        let mut hashes = Vec::new();
        for (column_idx, n_values) in n_values.into_iter().enumerate() {
            let draft = &drafts.columns[column_idx];
            let range = self.written[column_idx]..self.written[column_idx] + n_values;
            self.written[column_idx] = range.end;
            let tag = draft.column.key.tag().map(|key| tables.names.get(key));
            match &draft.column.form {
                ColumnForm::Constant(_) => {}
                ColumnForm::Coded(dictionary) => {
                    let codes = &draft.codes[range];
                    self.section(SectionKind::Codes).extend_from_slice(codes);
                    if let Some(tag) = tag {
                        hash_codes(tag, dictionary, codes, &mut hashes);
                    }
                }
                ColumnForm::Text(prefix) | ColumnForm::Hex(prefix) => {
                    let is_hex = matches!(draft.column.form, ColumnForm::Hex(_));
                    for value in &draft.values[range] {
                        let value = columns.strings.get(*value);
                        hashes.extend(tag.map(|tag| Bloom::hash_of(tag, value)));
                        self.write_text(&value[prefix.len()..], is_hex);
                    }
                }
            }
        }
        hashes.sort_unstable();
        hashes.dedup();
        self.hashes.push(hashes);
    }

    fn write_text(&mut self, text: &[u8], is_hex: bool) {
        if is_hex {
            put_varint(self.section(SectionKind::Lengths), text.len() as u64 / 2);
            let digit = |byte: u8| if byte <= b'9' { byte - b'0' } else { byte - b'a' + 10 };
            let packed = text.chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1]));
            self.section(SectionKind::Hex).extend(packed);
        } else {
            put_varint(self.section(SectionKind::Lengths), text.len() as u64);
            self.section(SectionKind::Text).extend_from_slice(text);
        }
    }

    fn write_sparse(&mut self, rows: &[u32]) {
        let segment = self.segment;
        let columns = segment.rows();
        let strings = &columns.strings;
        let (mut fine_before, mut event_before, mut rest_before) = (0, 0, 0);
        for (idx, row) in rows.iter().enumerate() {
            let (idx, start_us) = (idx as u64, columns.start_us[*row as usize]);
            let (start_ns, duration_ns) = columns.fine_of(*row);
            if (start_ns, duration_ns) != (0, 0) {
                let section = self.section(SectionKind::Fine);
                put_varint(section, idx - fine_before);
                section.extend_from_slice(&start_ns.to_le_bytes());
                section.extend_from_slice(&duration_ns.to_le_bytes());
                fine_before = idx;
            }
            if !columns.events.is_empty() {
                for event in columns.events_of(*row) {
                    let section = self.section(SectionKind::Events);
                    put_varint(section, idx - event_before);
                    put_signed(section, event.time_us.wrapping_sub(start_us) as i64);
                    put_varint(section, event.time_ns.into());
                    put_bytes(section, strings.get(event.name));
                    put_bytes(section, strings.get(event.otlp));
                    event_before = idx;
                }
            }
            let rest = columns.rest_of(*row);
            if !rest.is_empty() {
                let section = self.section(SectionKind::Rest);
                put_varint(section, idx - rest_before);
                put_bytes(section, rest);
                rest_before = idx;
            }
        }
    }
}

/// Appends the hashes of the dictionary's values that occur among `codes`.
fn hash_codes(tag: &str, dictionary: &[Vec<u8>], codes: &[u8], hashes: &mut Vec<u64>) {
    let mut occurs = [false; CODES_MAX];
    codes.iter().for_each(|code| occurs[usize::from(*code)] = true);
    let values = dictionary.iter().zip(occurs).filter(|(_, occurs)| *occurs);
    hashes.extend(values.map(|(value, _)| Bloom::hash_of(tag, value)));
}

/// Writes each row's place in `list`, in one byte where the list is short, else in two.
fn write_places(out: &mut Vec<u8>, rows: &[u32], column: &[u32], list: &[u32]) {
    let mut places: NumberMap<u32, u16> = NumberMap::default();
    places.extend(list.iter().enumerate().map(|(place, number)| (*number, place as u16)));
    let places = rows.iter().map(|row| places[&column[*row as usize]]);
    if list.len() <= 256 {
        out.extend(places.map(|place| place as u8));
    } else {
        out.extend(places.flat_map(u16::to_le_bytes));
    }
}

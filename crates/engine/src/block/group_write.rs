//! Packs one row group: each column on its own, numbers as differences to what stands near.

use super::format::{Frame, Section, SectionKind};
use super::groups::{Bits, Bounds, GroupMeta};
use super::order::{Fragment, Order};
use super::sparse::SparseColumns;
use super::value_columns::{ColumnDraft, ColumnForm, packed_hex};
use super::value_hash::hash_of_event;
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

/// Writes groups one after the other.
pub struct GroupWriter<'a> {
    segment: &'a Segment,
    order: &'a Order,
    drafts: &'a [ColumnDraft],
    sparse: SparseColumns,
    /// Seconds of each row's arrival after the block's first, by row of the segment.
    arrived_s: Vec<u64>,
    sections: Vec<Vec<u8>>,
    /// Ids of the trace at hand, and its rows by id where it is large.
    ids: Vec<u64>,
    by_id: NumberMap<u64, u32>,
    /// Hashes of the names of events in the group written last.
    pub event_hashes: Vec<u64>,
}

impl<'a> GroupWriter<'a> {
    /// Begins before the first group. `arrived_base_s` are the seconds of the block's first arrival.
    pub fn new(
        segment: &'a Segment,
        order: &'a Order,
        drafts: &'a [ColumnDraft],
        arrived_base_s: i64,
    ) -> GroupWriter<'a> {
        GroupWriter {
            segment,
            order,
            drafts,
            sparse: SparseColumns::of(segment.rows()),
            arrived_s: arrivals(segment, arrived_base_s),
            sections: vec![Vec::new(); SectionKind::OF_GROUP.len()],
            ids: Vec::new(),
            by_id: NumberMap::default(),
            event_hashes: Vec::new(),
        }
    }

    /// Packs a group and adds its sections to the frame.
    pub fn write(&mut self, group_idx: usize, frame: &mut Frame) -> (GroupMeta, Vec<Section>) {
        self.sections.iter_mut().for_each(Vec::clear);
        self.event_hashes.clear();
        let order = self.order;
        let group = &order.groups[group_idx];
        let mut meta = GroupMeta {
            first_trace: group.fragments.start as u32,
            n_traces: group.fragments.len() as u32,
            n_rows: group.rows.len() as u32,
            starts: Bounds::EMPTY,
            times: Bounds::EMPTY,
            duration_us_max: 0,
            arrived_s: (u64::MAX, 0),
            operations: group.operations.clone(),
            shapes: group.shapes.clone(),
        };
        let mut before_us = 0;
        for fragment in &order.fragments[group.fragments.clone()] {
            self.write_trace(fragment, &mut before_us, &mut meta);
            self.write_links(fragment);
        }
        let rows = &order.rows[group.rows.clone()];
        self.write_durations(rows, &mut meta);
        self.write_classes(group.rows.clone(), &meta);
        self.write_arrivals(rows, &mut meta);
        self.write_values(group_idx);
        self.write_sparse(rows);
        let kinds = SectionKind::OF_GROUP.iter().zip(&self.sections);
        (meta, kinds.map(|(kind, raw)| frame.add(*kind, raw)).collect())
    }

    fn section(&mut self, kind: SectionKind) -> &mut Vec<u8> {
        &mut self.sections[kind as usize - SectionKind::TraceIds as usize]
    }

    /// A trace's id, length and starts.
    fn write_trace(&mut self, fragment: &Fragment, before_us: &mut u64, meta: &mut GroupMeta) {
        let columns = self.segment.rows();
        let rows = &self.order.rows[fragment.rows.clone()];
        let trace_id = columns.trace_ids[fragment.trace as usize];
        self.section(SectionKind::TraceIds).extend_from_slice(&trace_id.to_le_bytes());
        let first_us = rows.iter().map(|row| columns.start_us[*row as usize]).find(|us| *us != 0).unwrap_or(0);
        let traces = self.section(SectionKind::Traces);
        put_varint(traces, rows.len() as u64);
        put_signed(traces, first_us.wrapping_sub(*before_us) as i64);
        *before_us = first_us;
        let (mut time, mut before_us) = (TraceTime::default(), first_us);
        for row in rows {
            let at = *row as usize;
            let start = FineMicros { us: columns.start_us[at], sub_ns: self.sparse.fine(columns, *row).0 };
            let starts = self.section(SectionKind::Starts);
            // Rows without a start come first and are a lone 0; the others count from the one before.
            match start.us {
                0 => put_varint(starts, 0),
                us => put_varint(starts, 1 + (us - std::mem::replace(&mut before_us, us))),
            }
            time.see(columns.parent[at] != 0, start);
            if !start.is_none() {
                meta.starts.see(start.us);
            }
        }
        if let Some(time_us) = time.us() {
            meta.times.see(time_us);
        }
    }

    /// Span ids and parents: a parent, or the same id of a shared span, is mostly a few rows back.
    fn write_links(&mut self, fragment: &Fragment) {
        let segment = self.segment;
        let columns = segment.rows();
        let rows = &self.order.rows[fragment.rows.clone()];
        let scanned = rows.len() <= SCANNED_ROWS_MAX;
        self.by_id.clear();
        let mut ids = std::mem::take(&mut self.ids);
        ids.clear();
        for row in rows {
            let at = *row as usize;
            let (id, parent) = (columns.id[at], columns.parent[at]);
            let rows_back = |wanted: u64| match scanned {
                true => ids.iter().rev().position(|id| *id == wanted).map(|at| at as u64 + 1),
                false => self.by_id.get(&wanted).map(|at| ids.len() as u64 - u64::from(*at)),
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
                self.by_id.insert(id, ids.len() as u32);
            }
            ids.push(id);
        }
        self.ids = ids;
    }

    fn write_durations(&mut self, rows: &[u32], meta: &mut GroupMeta) {
        let columns = self.segment.rows();
        let section = self.section(SectionKind::Durations);
        for row in rows {
            let duration_us = columns.duration_us[*row as usize];
            put_varint(section, duration_us);
            meta.duration_us_max = meta.duration_us_max.max(duration_us);
        }
    }

    /// Operations, shapes and origins as places in the group's own short lists.
    fn write_classes(&mut self, group_rows: Range<usize>, meta: &GroupMeta) {
        let order = self.order;
        let (operations, shapes) = (&order.operation_places, &order.shape_places);
        write_places(self.section(SectionKind::RowOperations), &operations[group_rows.clone()], &meta.operations);
        write_places(self.section(SectionKind::RowShapes), &shapes[group_rows.clone()], &meta.shapes);
        let columns = self.segment.rows();
        let of_rows: Vec<u32> = order.rows[group_rows].iter().map(|row| columns.origin[*row as usize]).collect();
        let mut origins = of_rows.clone();
        origins.sort_unstable();
        origins.dedup();
        let section = self.section(SectionKind::RowOrigins);
        put_varint(section, origins.len() as u64);
        origins.iter().for_each(|origin| put_varint(section, (*origin).into()));
        // At most as many origins as rows occur, and each of them was just listed.
        let place = |origin: &u32| origins.binary_search(origin).unwrap_or(0) as u16;
        put_places(section, of_rows.iter().map(place), origins.len());
    }

    fn write_arrivals(&mut self, rows: &[u32], meta: &mut GroupMeta) {
        let mut before_s = 0;
        let arrived_s = std::mem::take(&mut self.arrived_s);
        let section = self.section(SectionKind::Arrivals);
        for row in rows {
            let arrived_s = arrived_s[*row as usize];
            put_signed(section, arrived_s.wrapping_sub(before_s) as i64);
            before_s = arrived_s;
            meta.arrived_s = (meta.arrived_s.0.min(arrived_s), meta.arrived_s.1.max(arrived_s));
        }
        self.arrived_s = arrived_s;
    }

    fn write_values(&mut self, group_idx: usize) {
        let drafts = self.drafts;
        let strings = &self.segment.rows().strings;
        for draft in drafts {
            let of_group = draft.of_group(group_idx);
            match &draft.column.form {
                ColumnForm::Constant(_) => {}
                ColumnForm::Coded(_) => self.section(SectionKind::Codes).extend_from_slice(&draft.codes[of_group]),
                ColumnForm::Text(prefix) | ColumnForm::Hex(prefix) => {
                    let is_hex = matches!(draft.column.form, ColumnForm::Hex(_));
                    for value in &draft.values[of_group] {
                        self.write_text(&strings.get(*value)[prefix.len()..], is_hex);
                    }
                }
            }
        }
    }

    fn write_text(&mut self, text: &[u8], is_hex: bool) {
        if is_hex {
            put_varint(self.section(SectionKind::Lengths), text.len() as u64 / 2);
            self.section(SectionKind::Hex).extend(packed_hex(text));
        } else {
            put_varint(self.section(SectionKind::Lengths), text.len() as u64);
            self.section(SectionKind::Text).extend_from_slice(text);
        }
    }

    fn write_sparse(&mut self, rows: &[u32]) {
        let columns = self.segment.rows();
        if columns.fine.is_empty() && columns.events.is_empty() && columns.rest.is_empty() {
            return;
        }
        let strings = &columns.strings;
        let (mut fine_before, mut event_before, mut rest_before) = (0, 0, 0);
        let mut event_names: Vec<u32> = Vec::new();
        for (idx, row) in rows.iter().enumerate() {
            let idx = idx as u64;
            let (start_ns, duration_ns) = self.sparse.fine(columns, *row);
            if (start_ns, duration_ns) != (0, 0) {
                let section = self.section(SectionKind::Fine);
                put_varint(section, idx - fine_before);
                section.extend_from_slice(&start_ns.to_le_bytes());
                section.extend_from_slice(&duration_ns.to_le_bytes());
                fine_before = idx;
            }
            for event in self.sparse.events(columns, *row) {
                let start_us = columns.start_us[*row as usize];
                let section = self.section(SectionKind::Events);
                put_varint(section, idx - event_before);
                put_signed(section, event.time_us.wrapping_sub(start_us) as i64);
                put_varint(section, event.time_ns.into());
                put_bytes(section, strings.get(event.name));
                put_bytes(section, strings.get(event.otlp));
                event_before = idx;
                event_names.push(event.name);
            }
            let rest = self.sparse.rest(columns, *row);
            if !rest.is_empty() {
                let section = self.section(SectionKind::Rest);
                put_varint(section, idx - rest_before);
                put_bytes(section, rest);
                rest_before = idx;
            }
        }
        event_names.sort_unstable();
        event_names.dedup();
        self.event_hashes.extend(event_names.iter().map(|name| hash_of_event(strings.get(*name))));
    }
}

fn arrivals(segment: &Segment, base_s: i64) -> Vec<u64> {
    let mut arrived_s = Vec::with_capacity(segment.len());
    for (at, (_, arrived)) in segment.arrivals().iter().enumerate() {
        let end = segment.arrivals().get(at + 1).map_or(segment.len(), |(next, _)| *next as usize);
        arrived_s.resize(end, (arrived.0.div_euclid(1_000_000) - base_s) as u64);
    }
    arrived_s
}

fn write_places(out: &mut Vec<u8>, places: &[u16], list: &Bits) {
    put_places(out, places.iter().copied(), list.iter().count());
}

/// Writes places in a list of `n`: in one byte each where the list is short, else in two.
fn put_places(out: &mut Vec<u8>, places: impl Iterator<Item = u16>, n: usize) {
    if n <= 256 {
        out.extend(places.map(|place| place as u8));
    } else {
        out.extend(places.flat_map(u16::to_le_bytes));
    }
}

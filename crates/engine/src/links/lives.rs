//! The links of a segment, trace by trace: only those that grew are linked again.

use super::names::Call;
use super::sides::Sides;
use super::sums::Sums;
use super::{Linking, joined};
use crate::block::{Bounds, PartPlace};
use crate::columns::{FLAG_LOCAL_ADDRESS, Rows};
use crate::hot::{Live, Segment};
use nines_span::Span;

/// Rows linked before the segment is let go for a moment: some hundred microseconds.
const ROWS_AT_ONCE: usize = 2048;

/// Traces looked at before the segment is let go, where nothing is to be linked.
const TRACES_AT_ONCE: usize = 16_384;

/// What is remembered of a segment.
#[derive(Default)]
pub struct LiveLinks {
    /// Rows of the segment when it was gone through last.
    n_rows: usize,
    /// By place.
    traces: Vec<TraceLinks>,
    /// Sums of all of them.
    sums: Sums,
    /// Starts of their spans.
    starts: Option<Bounds>,
    sides: Sides,
}

/// What is remembered of a trace.
struct TraceLinks {
    n_rows: u32,
    starts: Bounds,
    calls: Box<[Call]>,
}

impl Linking<'_> {
    /// Adds the links of a segment's traces.
    pub(super) fn live(&mut self, live: &Live) {
        let mut links = self.memory.lives.remove(&live.id()).unwrap_or_default();
        self.bring_up(live, &mut links);
        let splits: Vec<u32> =
            live.splits().traces.keys().copied().filter(|at| (*at as usize) < links.traces.len()).collect();
        let covered = |starts: Bounds| self.window.min_us <= starts.min_us && starts.max_us <= self.window.max_us;
        if links.starts.is_some_and(covered) {
            self.sums.join_all(&links.sums);
            for place in &splits {
                links.traces[*place as usize].calls.iter().for_each(|call| self.sums.take_back(*call));
            }
        } else {
            let mut is_split = vec![false; links.traces.len()];
            splits.iter().for_each(|place| is_split[*place as usize] = true);
            for (place, trace) in (0u32..).zip(&links.traces) {
                if !is_split[place as usize] && self.trace_starts_inside(live, place, trace.starts) {
                    trace.calls.iter().for_each(|call| self.sums.add(*call));
                }
            }
        }
        for place in splits {
            if self.trace_starts_inside(live, place, links.traces[place as usize].starts) {
                let trace_id = live.read().rows().trace_ids[place as usize];
                self.joined(PartPlace::Live(live.id(), place), trace_id as u64);
            }
        }
        self.memory.lives.insert(live.id(), links);
    }

    /// Whether a span of a trace starts in the window. The segment is asked only where its starts lie on
    /// both sides of an end.
    fn trace_starts_inside(&self, live: &Live, place: u32, starts: Bounds) -> bool {
        if starts.is_empty() || !starts.meets(self.window) {
            return false;
        }
        if self.window.min_us <= starts.min_us && starts.max_us <= self.window.max_us {
            return true;
        }
        let segment = live.read();
        segment.traces().rows_of(place).any(|row| self.starts_inside(segment.rows(), row))
    }

    /// Links the traces that grew since the last time.
    fn bring_up(&mut self, live: &Live, links: &mut LiveLinks) {
        let n_rows = live.read().len();
        if links.n_rows == n_rows {
            return;
        }
        let mut place = 0;
        loop {
            let segment = live.read();
            let heads = segment.traces().heads();
            let (first, mut n_rows) = (place, 0);
            while place < heads.len() && place - first < TRACES_AT_ONCE && n_rows < ROWS_AT_ONCE {
                let known = links.traces.get(place).map_or(0, |trace| trace.n_rows);
                if known != heads[place].n_rows {
                    self.link_trace(&segment, place as u32, links);
                    n_rows += heads[place].n_rows as usize;
                }
                place += 1;
            }
            if place == first {
                break;
            }
        }
        // What came while the segment was let go is seen the next time.
        links.n_rows = n_rows;
    }

    fn link_trace(&mut self, segment: &Segment, place: u32, links: &mut LiveLinks) {
        let memory = &mut *self.memory;
        let (tables, rows) = (segment.tables(), segment.rows());
        let linker = &mut memory.linker;
        linker.rows.clear();
        linker.rows.extend(segment.traces().rows_of(place));
        linker.sides.clear();
        let mut starts = Bounds::EMPTY;
        for row in &linker.rows {
            linker.sides.push(links.sides.of(tables, rows, *row, &mut memory.names));
            let start_us = rows.start_us[*row as usize];
            if start_us != 0 || rows.fine_of(*row).0 != 0 {
                starts.see(start_us);
            }
        }
        let mut calls = Vec::new();
        let same_address = |a: u32, b: u32| address(segment, a) == address(segment, b);
        // A trace without a start is in no window.
        if !starts.is_empty() && !linker.link(rows, &mut memory.names, same_address, &mut calls) {
            let spans: Vec<Span> = linker.rows.iter().map(|row| segment.row(*row).to_span()).collect();
            joined::link_whole(spans, &mut memory.names, &mut calls);
        }
        calls.iter().for_each(|call| links.sums.add(*call));
        if !starts.is_empty() {
            links.starts.get_or_insert(Bounds::EMPTY).widen(starts);
        }
        let trace = TraceLinks { n_rows: linker.rows.len() as u32, starts, calls: calls.into() };
        match links.traces.get_mut(place as usize) {
            Some(known) => {
                known.calls.iter().for_each(|call| links.sums.take_back(*call));
                *known = trace;
            }
            // Places are gone through in order, so this is the next one.
            None => links.traces.push(trace),
        }
    }

    /// Whether a row starts in the window.
    pub(super) fn starts_inside(&self, rows: &Rows, row: u32) -> bool {
        let start_us = rows.start_us[row as usize];
        let is_inside = self.window.min_us <= start_us && start_us <= self.window.max_us;
        is_inside && (start_us != 0 || rows.fine_of(row).0 != 0)
    }
}

fn address(segment: &Segment, row: u32) -> Option<&[u8]> {
    let (tables, rows) = (segment.tables(), segment.rows());
    let has_address = tables.shapes[rows.shape[row as usize] as usize].has(FLAG_LOCAL_ADDRESS);
    let value = || rows.values[rows.value_at[row as usize] as usize];
    has_address.then(|| rows.strings.get(value()))
}

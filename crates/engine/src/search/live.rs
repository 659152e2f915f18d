//! Which traces of a segment may be hits, found by going through its rows once in their order: a walk
//! from trace to trace would meet every row at random places of memory.

use super::clause::{Asker, OperationKind};
use crate::columns::{Rows, Tables};
use crate::hot::{Live, View};
use nines_trace::filter::{Filter, Verdict};
use std::ops::Range;

/// Rows gone through before the segment is let go for a moment: its sender waits.
const ROWS_AT_ONCE: u32 = 8192;

/// Traces of a segment that clauses found rows in. A row that the query does not see counts too: whoever
/// asks a trace looks closer.
pub struct LiveCandidates {
    /// For each clause, by the trace's place.
    of_clauses: Vec<Vec<bool>>,
}

impl LiveCandidates {
    /// Asks every row for each clause.
    pub fn find(live: &Live, view: &View, clauses: &[Filter]) -> LiveCandidates {
        let mut markers: Vec<Marker<'_>> = clauses.iter().map(Marker::new).collect();
        for first in (0..view.n_rows).step_by(ROWS_AT_ONCE as usize) {
            let segment = live.read();
            let rows = first..view.n_rows.min(first.saturating_add(ROWS_AT_ONCE));
            markers.iter_mut().for_each(|marker| marker.mark(segment.tables(), segment.rows(), rows.clone()));
        }
        LiveCandidates { of_clauses: markers.into_iter().map(|marker| marker.found).collect() }
    }

    /// Whether a trace may be a hit: every clause found a row, or the first one did where the trace has
    /// other parts.
    pub fn may_be_hit(&self, place: u32, is_split: bool) -> bool {
        let n_asked = if is_split { 1 } else { self.of_clauses.len() };
        self.of_clauses.iter().take(n_asked).all(|found| found.get(place as usize) == Some(&true))
    }
}

/// One clause on its way through the rows.
struct Marker<'q> {
    filter: &'q Filter,
    asker: Asker<'q>,
    /// By operation, once a row had it: whether its spans may satisfy the clause.
    may_be_of: Vec<Option<bool>>,
    found: Vec<bool>,
}

impl<'q> Marker<'q> {
    fn new(filter: &'q Filter) -> Marker<'q> {
        Marker { filter, asker: Asker::new(filter), may_be_of: Vec::new(), found: Vec::new() }
    }

    fn mark(&mut self, tables: &Tables, rows: &Rows, wanted: Range<u32>) {
        self.may_be_of.resize(tables.operations.len(), None);
        self.found.resize(rows.trace_ids.len(), false);
        let operations = &rows.operation[wanted.start as usize..wanted.end as usize];
        for (row, operation) in wanted.zip(operations) {
            // Most rows end here: what follows is read from other places of memory.
            if !self.may_be_of(tables, *operation) {
                continue;
            }
            let trace = rows.trace[row as usize] as usize;
            if !self.found[trace] {
                self.found[trace] = self.asker.matches(tables, rows, row);
            }
        }
    }

    #[inline]
    fn may_be_of(&mut self, tables: &Tables, operation: u32) -> bool {
        let filter = self.filter;
        let decide = || filter.decide_by_shape(&OperationKind { tables, operation }) != Verdict::Never;
        *self.may_be_of[operation as usize].get_or_insert_with(decide)
    }
}

//! Which traces of a segment may be hits: rows are asked by operation where a clause allows few of them, else
//! in their order. A walk from trace to trace would meet every row at random places of memory.

use super::clause::{Asker, OperationKind};
use crate::aggregate::tag_key;
use crate::hot::{Live, Segment, View};
use nines_trace::filter::{Filter, Verdict};
use std::hint::black_box;

/// Rows gone through before the segment is let go for a moment: its sender waits.
const ROWS_AT_ONCE: u32 = 8192;

/// Rows are followed by operation when fewer than one in so many is: each is at another place of memory.
const FOLLOWED_ONE_IN: u32 = 4;

/// Rows whose values are fetched side by side before they are asked: memory's delays then overlap.
const ROWS_FETCHED: usize = 32;

/// Traces of a segment that clauses found rows in.
pub struct LiveCandidates {
    /// For each clause, by the trace's place.
    of_clauses: Vec<Vec<bool>>,
}

impl LiveCandidates {
    /// Asks every row that the query sees, or may see, for each clause: whoever asks a trace looks closer.
    pub fn find(live: &Live, view: &View, clauses: &[Filter]) -> LiveCandidates {
        LiveCandidates { of_clauses: clauses.iter().map(|clause| Marker::new(clause).run(live, view)).collect() }
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
    /// For each operation, whether its spans may satisfy the clause.
    allowed: Vec<bool>,
    fetcher: Fetcher<'q>,
    found: Vec<bool>,
}

impl<'q> Marker<'q> {
    fn new(filter: &'q Filter) -> Marker<'q> {
        let fetcher = Fetcher::new(filter);
        Marker { filter, asker: Asker::new(filter), allowed: Vec::new(), fetcher, found: Vec::new() }
    }

    fn run(mut self, live: &Live, view: &View) -> Vec<bool> {
        let chains = self.chains(&live.read());
        let n_rows: u32 = chains.iter().map(|(_, n_rows)| n_rows).sum();
        if n_rows < view.n_rows / FOLLOWED_ONE_IN {
            self.follow(live, view, chains.into_iter().map(|(last, _)| last));
        } else {
            self.scan(live, view);
        }
        self.found
    }

    /// For each operation that the clause allows its last row and how many it has.
    fn chains(&mut self, segment: &Segment) -> Vec<(u32, u32)> {
        let (tables, filter) = (segment.tables(), self.filter);
        let may_be = |operation| filter.decide_by_shape(&OperationKind { tables, operation }) != Verdict::Never;
        self.allowed = (0..tables.operations.len() as u32).map(may_be).collect();
        let allowed = (0u32..).zip(&self.allowed).filter(|(_, is_allowed)| **is_allowed);
        allowed.filter_map(|(operation, _)| segment.operations().head(operation)).collect()
    }

    fn follow(&mut self, live: &Live, view: &View, mut chains: impl Iterator<Item = u32>) {
        let mut next = chains.next();
        let mut seen = Vec::with_capacity(ROWS_FETCHED);
        while next.is_some() {
            let segment = live.read();
            for _ in 0..ROWS_AT_ONCE as usize / ROWS_FETCHED {
                seen.clear();
                while let Some(row) = next.filter(|_| seen.len() < ROWS_FETCHED) {
                    seen.extend(Some(row).filter(|row| *row < view.n_rows));
                    next = segment.operations().before(row).or_else(|| chains.next());
                }
                self.fetcher.fetch(&segment, &seen);
                seen.iter().for_each(|row| self.mark(&segment, *row));
            }
        }
    }

    fn scan(&mut self, live: &Live, view: &View) {
        for first in (0..view.n_rows).step_by(ROWS_AT_ONCE as usize) {
            let segment = live.read();
            let end = view.n_rows.min(first.saturating_add(ROWS_AT_ONCE));
            let operations = &segment.rows().operation[first as usize..end as usize];
            for (row, operation) in (first..end).zip(operations) {
                // An operation that came since is one of rows that the query does not see.
                if self.allowed.get(*operation as usize) == Some(&true) {
                    self.mark(&segment, row);
                }
            }
        }
    }

    fn mark(&mut self, segment: &Segment, row: u32) {
        let rows = segment.rows();
        let trace = rows.trace[row as usize] as usize;
        if trace >= self.found.len() {
            self.found.resize(rows.trace_ids.len(), false);
        }
        if !self.found[trace] {
            self.found[trace] = self.asker.matches(segment.tables(), rows, row);
        }
    }
}

/// Brings what a clause asks of rows into the processor's caches.
struct Fetcher<'q> {
    /// Tags it asks for, each with its place among the values of a shape, once it was looked up.
    tags: Vec<(&'q str, Vec<Option<Option<u32>>>)>,
}

impl<'q> Fetcher<'q> {
    fn new(filter: &'q Filter) -> Fetcher<'q> {
        let keys = filter.terms().iter().filter_map(|term| tag_key(&term.test));
        Fetcher { tags: keys.map(|key| (key, Vec::new())).collect() }
    }

    /// Reads what rows have, one kind of thing of all of them after the other.
    fn fetch(&mut self, segment: &Segment, seen: &[u32]) {
        let (tables, rows) = (segment.tables(), segment.rows());
        for row in seen.iter().map(|row| *row as usize) {
            black_box((rows.trace[row], rows.operation[row], rows.origin[row], rows.duration_us[row]));
        }
        for (key, places) in &mut self.tags {
            let mut place_in = |shape: u32| {
                if places.len() <= shape as usize {
                    places.resize(shape as usize + 1, None);
                }
                *places[shape as usize].get_or_insert_with(|| {
                    let shape = &tables.shapes[shape as usize];
                    tables.find_tag(shape, key).map(|tag_idx| (shape.n_addresses() + tag_idx) as u32)
                })
            };
            let places =
                seen.iter().filter_map(|row| Some(rows.value_at[*row as usize] + place_in(rows.shape[*row as usize])?));
            let places: Vec<u32> = places.collect();
            let numbers: Vec<u32> = places.into_iter().map(|place| rows.values[place as usize]).collect();
            let strings: Vec<&[u8]> = numbers.into_iter().map(|number| rows.strings.get(number)).collect();
            strings.into_iter().for_each(|string| _ = black_box(string.first().copied()));
        }
    }
}

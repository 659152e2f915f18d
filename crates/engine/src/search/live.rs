//! Which traces of a segment may be hits: rows are asked by operation where a clause allows few of them, else
//! in their order. A walk from trace to trace would meet every row at random places of memory.

use super::clause::{Asker, OperationKind, kind_of};
use super::fetch::Fetcher;
use super::value_memo::ValueMemo;
use crate::columns::Rows;
use crate::hot::{Live, Segment, View};
use nines_trace::filter::{Filter, Verdict};
use std::panic::resume_unwind;
use std::sync::Arc;

/// Rows gone through before the segment is let go for a moment: its sender waits.
const ROWS_AT_ONCE: u32 = 8192;

/// Rows are followed by operation when fewer than one in so many is: each is at another place of memory.
const FOLLOWED_ONE_IN: u32 = 4;

/// Rows whose values are fetched side by side before they are asked: memory's delays then overlap.
const ROWS_FETCHED: usize = 32;

/// Rows from which on segments are asked side by side: asking so many takes ten times as long as a thread's start.
const ROWS_SIDE_BY_SIDE: u32 = 100_000;

/// Traces of a segment that clauses found rows in.
pub struct LiveCandidates {
    /// For each clause, by the trace's place.
    of_clauses: Vec<Vec<bool>>,
}

impl LiveCandidates {
    /// Those of each segment. Where they have many rows they are asked side by side: the one who searches waits.
    pub fn of_all(lives: &[(&Arc<Live>, &View)], clauses: &[Filter]) -> Vec<LiveCandidates> {
        let n_rows: u32 = lives.iter().map(|(_, view)| view.n_rows).sum();
        let find = |(live, view): &(&Arc<Live>, &View)| LiveCandidates::find(live, view, clauses);
        let Some((first, others)) = lives.split_first().filter(|_| n_rows >= ROWS_SIDE_BY_SIDE) else {
            return lives.iter().map(find).collect();
        };
        std::thread::scope(|scope| {
            let others: Vec<_> = others.iter().map(|live| scope.spawn(move || find(live))).collect();
            let mut all = vec![find(first)];
            all.extend(others.into_iter().map(|found| found.join().unwrap_or_else(|panic| resume_unwind(panic))));
            all
        })
    }

    /// Asks every row that the query sees, or may see, for each clause: whoever asks a trace looks closer.
    fn find(live: &Live, view: &View, clauses: &[Filter]) -> LiveCandidates {
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
    /// Where one value decides.
    memo: Option<ValueMemo<'q>>,
    found: Vec<bool>,
}

impl<'q> Marker<'q> {
    fn new(filter: &'q Filter) -> Marker<'q> {
        Marker {
            filter,
            asker: Asker::new(filter),
            allowed: Vec::new(),
            fetcher: Fetcher::new(filter),
            memo: ValueMemo::new(filter),
            found: Vec::new(),
        }
    }

    fn run(mut self, live: &Live, view: &View) -> Vec<bool> {
        let chains = self.chains(&live.read());
        let n_rows: u32 = chains.iter().map(|chain| chain.n_rows).sum();
        if n_rows < view.n_rows / FOLLOWED_ONE_IN {
            self.follow(live, view, chains.into_iter().map(|chain| chain.last));
        } else {
            self.scan(live, view);
        }
        self.found
    }

    /// The chains of the operations that the clause allows.
    fn chains(&mut self, segment: &Segment) -> Vec<Chain> {
        let (tables, filter) = (segment.tables(), self.filter);
        let may_be = |operation| filter.decide_by_shape(&OperationKind { tables, operation }) != Verdict::Never;
        self.allowed = (0..tables.operations.len() as u32).map(may_be).collect();
        let allowed = (0u32..).zip(&self.allowed).filter(|(_, is_allowed)| **is_allowed);
        let chain = |operation: u32| {
            let (row, n_rows) = segment.operations().head(operation)?;
            Some(Chain { last: OperationRow { row, operation }, n_rows })
        };
        allowed.filter_map(|(operation, _)| chain(operation)).collect()
    }

    fn follow(&mut self, live: &Live, view: &View, mut chains: impl Iterator<Item = OperationRow>) {
        let mut next = chains.next();
        let mut seen = Vec::with_capacity(ROWS_FETCHED);
        while next.is_some() {
            let segment = live.read();
            for _ in 0..ROWS_AT_ONCE as usize / ROWS_FETCHED {
                seen.clear();
                while let Some(at) = next.filter(|_| seen.len() < ROWS_FETCHED) {
                    seen.extend(Some(at).filter(|at| at.row < view.n_rows));
                    let before = segment.operations().before(at.row).map(|row| OperationRow { row, ..at });
                    next = before.or_else(|| chains.next());
                }
                self.mark_some(&segment, &seen);
            }
        }
    }

    fn mark_some(&mut self, segment: &Segment, seen: &[OperationRow]) {
        let numbers = seen.iter().map(|at| at.row as usize);
        let Some(memo) = &mut self.memo else {
            self.fetcher.fetch(segment, numbers);
            return seen.iter().for_each(|at| self.mark(segment, *at));
        };
        let (tables, rows) = (segment.tables(), segment.rows());
        memo.read(segment, numbers);
        for (number, at) in seen.iter().enumerate() {
            let kind = kind_of(tables, rows, at.operation, at.row);
            if memo.verdict(number, kind, || self.asker.matches_row(tables, rows, at.operation, at.row)) {
                note(&mut self.found, rows, at.row);
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
                    self.mark(&segment, OperationRow { row, operation: *operation });
                }
            }
        }
    }

    /// Marks the row's trace if the row satisfies the clause. Of few rows more than the shape and one value is read.
    fn mark(&mut self, segment: &Segment, at: OperationRow) {
        if self.asker.matches_row(segment.tables(), segment.rows(), at.operation, at.row) {
            note(&mut self.found, segment.rows(), at.row);
        }
    }
}

/// Notes the trace of a row that was found.
fn note(found: &mut Vec<bool>, rows: &Rows, row: u32) {
    let trace = rows.trace[row as usize] as usize;
    if trace >= found.len() {
        found.resize(rows.trace_ids.len(), false);
    }
    found[trace] = true;
}

/// A row whose operation is known.
#[derive(Clone, Copy)]
struct OperationRow {
    row: u32,
    operation: u32,
}

/// The rows of an operation.
struct Chain {
    last: OperationRow,
    n_rows: u32,
}

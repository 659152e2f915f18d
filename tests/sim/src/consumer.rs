//! A consumer of the inbox that commits its position together with what it has seen, as the real ones do.

use crate::book::Book;
use crate::universe::{N_SPANS, SpanNo, number_of_fields};
use nines_base::Timestamp;
use nines_engine::Engine;
use nines_span::SpanFields;
use nines_storage::{Position, SpanFeed, StoreError};

/// The name it is registered under.
pub const NAME: &str = "slo";

/// How far it came and what it saw on the way.
#[derive(Clone)]
pub struct Progress {
    position: Position,
    seen: Vec<u32>,
}

/// The consumer: what it has in memory, and what it has committed.
pub struct Consumer {
    now: Progress,
    committed: Progress,
}

impl Consumer {
    /// One that has seen nothing.
    pub fn new() -> Consumer {
        let none = Progress { position: Position::default(), seen: vec![0; N_SPANS] };
        Consumer { now: none.clone(), committed: none }
    }

    /// Reads on. `Ok` tells how many spans came; a span that does not fit the book is a fault in words.
    pub fn read(&mut self, engine: &Engine, spans_max: usize, book: &Book) -> Result<Result<u64, StoreError>, String> {
        let mut next = self.now.clone();
        let (mut n_seen, mut wrong) = (0, None);
        let mut visit = |arrived: Timestamp, fields: &dyn SpanFields| {
            n_seen += 1;
            match number_of_fields(fields) {
                None => {
                    let (trace_id, id) = (fields.trace_id().0, fields.id().0);
                    wrong = Some(format!("the feed gave a span that does not exist: {trace_id:x}/{id:x}"));
                }
                Some(no) => {
                    let entry = book.entry(no);
                    next.seen[usize::from(no)] += 1;
                    if next.seen[usize::from(no)] as usize > entry.arrivals.len() {
                        wrong = Some(format!("the feed gave span {no} more often than it was sent"));
                    } else if !entry.arrivals.contains(&arrived) {
                        wrong = Some(format!("the feed gave span {no} with an arrival it did not have: {arrived:?}"));
                    }
                }
            }
        };
        match engine.read_after(&self.now.position, spans_max, &mut visit) {
            Err(error) => Ok(Err(error)),
            Ok(position) => {
                if let Some(wrong) = wrong {
                    return Err(wrong);
                }
                next.position = position;
                self.now = next;
                Ok(Ok(n_seen))
            }
        }
    }

    /// Commits, and lets the store know.
    pub fn save(&mut self, engine: &Engine) {
        self.committed = self.now.clone();
        engine.release(NAME, &self.committed.position);
    }

    /// What it had not committed is forgotten.
    pub fn restart(&mut self) {
        self.now = self.committed.clone();
    }

    /// Whether it has committed that it saw a span.
    pub fn has_committed(&self, no: SpanNo) -> bool {
        self.committed.seen[usize::from(no)] > 0
    }

    /// How often it saw a span.
    pub fn n_seen(&self, no: SpanNo) -> u32 {
        self.now.seen[usize::from(no)]
    }
}

impl Default for Consumer {
    fn default() -> Consumer {
        Consumer::new()
    }
}

//! The book: what was sent, what was acknowledged, what may be missing and why. The plain model that the
//! store is held against.

use crate::universe::{N_SPANS, SpanNo, span_of};
use nines_base::Timestamp;
use nines_storage::contract::batch_of;
use nines_storage::{MemStore, SpanStore};
use std::collections::BTreeSet;

/// What is known of one span.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// When it was taken by the store, each time.
    pub arrivals: Vec<Timestamp>,
    /// How often it was acknowledged.
    pub n_acknowledged: u32,
    /// The last arrival that was acknowledged.
    pub last_acknowledged: Option<Timestamp>,
    /// It was acknowledged, and nothing since allows it to be missing.
    pub must: bool,
    /// Retention took it once: unsynced removals may bring it back.
    pub retained: bool,
    /// A flipped bit lies in a file that it depends on: it may be missing if the damage is told.
    pub at_risk: bool,
}

/// What is known of all spans.
pub struct Book {
    entries: Vec<Entry>,
    /// What the store that is open should answer from.
    pub live: BTreeSet<SpanNo>,
    /// A bit flipped in the file that takes records: what follows in it is at risk until the next opening.
    pub open_file_flipped: bool,
    /// Names of files in which a bit was flipped.
    pub flipped_files: BTreeSet<String>,
    /// The server's clock was set back at some time: arrivals say little.
    pub clock_went_back: bool,
}

impl Book {
    /// Nothing was sent yet.
    pub fn new() -> Book {
        Book {
            entries: vec![Entry::default(); N_SPANS],
            live: BTreeSet::new(),
            open_file_flipped: false,
            flipped_files: BTreeSet::new(),
            clock_went_back: false,
        }
    }

    /// What is known of a span.
    pub fn entry(&self, no: SpanNo) -> &Entry {
        &self.entries[usize::from(no)]
    }

    /// The same, to change it.
    pub fn entry_mut(&mut self, no: SpanNo) -> &mut Entry {
        &mut self.entries[usize::from(no)]
    }

    /// The store took a batch; nothing is promised yet.
    pub fn taken(&mut self, batch: &[SpanNo], arrived: Timestamp) {
        for no in batch {
            self.entry_mut(*no).arrivals.push(arrived);
            self.live.insert(*no);
        }
    }

    /// The store acknowledged a batch that had arrived then.
    pub fn acknowledged(&mut self, batch: &[SpanNo], arrived: Timestamp) {
        let at_risk = self.open_file_flipped;
        for no in batch {
            let entry = self.entry_mut(*no);
            entry.n_acknowledged += 1;
            entry.last_acknowledged = entry.last_acknowledged.max(Some(arrived));
            entry.must = true;
            entry.at_risk = at_risk;
        }
    }

    /// Spans that must be readable.
    pub fn must(&self) -> impl Iterator<Item = SpanNo> {
        (0..N_SPANS as SpanNo).filter(|no| self.entry(*no).must)
    }

    /// A store in memory that holds what the engine should answer from.
    pub fn model(&self) -> MemStore {
        Book::store_of(self.live.iter())
    }

    /// The same with what damage hides from one who fetches traces, as told: a question that does not need
    /// what is damaged may find it all the same.
    pub fn model_with_hidden(&self) -> MemStore {
        let hidden = (0..N_SPANS as SpanNo).filter(|no| self.entry(*no).must && self.entry(*no).at_risk);
        let all: BTreeSet<SpanNo> = self.live.iter().copied().chain(hidden).collect();
        Book::store_of(all.iter())
    }

    fn store_of<'n>(spans: impl Iterator<Item = &'n SpanNo>) -> MemStore {
        let store = MemStore::new(usize::MAX, 1, &[]);
        let spans: Vec<_> = spans.map(|no| span_of(*no).clone()).collect();
        let taken = store.append(&batch_of(&spans), Timestamp(0), Box::new(|_| {}));
        assert!(taken.is_ok(), "memory takes everything");
        store
    }
}

impl Default for Book {
    fn default() -> Book {
        Book::new()
    }
}

//! Counting the spans of segments and blocks without making one of them whole.
//!
//! Most of what a filter and a dimension ask is the same for all rows of one operation, shape and
//! origin ([`kinds`]); what is left is asked of a value's number, once for each number ([`counter`]). Of a
//! row group only the columns that matter are unpacked ([`groups`]). A trace counts on its own unless it
//! has parts elsewhere or rows that may repeat each other: such a trace is put together span by span
//! ([`joined`]).
//!
//! Does not know what a group of the answer is: that is the storage crate's tally (AGG-1, AGG-2).

mod counter;
mod groups;
mod joined;
mod kinds;
mod lives;
mod question;
mod repeats;
mod source;

pub(crate) use question::{needs_whole_row, tag_key};
pub(crate) use source::{PickedRows, Source};

use crate::engine::Inner;
use crate::moment::Snapshot;
use crate::search::Reading;
use nines_storage::aggregate::Tally;
use nines_storage::{Aggregate, AggregateQuery, Answer};
use question::Question;
use std::collections::HashSet;

/// A count on its way.
struct Count<'c> {
    inner: &'c Inner,
    snapshot: &'c Snapshot,
    question: &'c Question<'c>,
    reading: Reading<'c>,
    tally: Tally,
    /// Low halves of the traces that were put together.
    joined: HashSet<u64>,
}

impl Inner {
    /// See [`nines_storage::SpanStore::aggregate`].
    pub(crate) fn aggregate(&self, query: &AggregateQuery) -> Answer<Aggregate> {
        let snapshot = self.snapshot();
        let mut reading = Reading::new(self, &snapshot.catalog);
        let tally = Tally::new(query);
        let Some(question) = Question::new(query) else {
            return reading.answer(Aggregate::default());
        };
        reading.know_splits(&snapshot.catalog);
        let joined = HashSet::new();
        let mut count = Count { inner: self, snapshot: &snapshot, question: &question, reading, tally, joined };
        for (live, view) in snapshot.lives() {
            count.live(live, view);
        }
        for block in snapshot.blocks() {
            count.block(block);
        }
        let Count { mut reading, tally, .. } = count;
        let counted = reading.part(tally.finish());
        reading.answer(counted)
    }
}

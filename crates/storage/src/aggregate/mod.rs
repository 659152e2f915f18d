//! Counting spans by what they have in common: the question, the answer, and the count itself.
//!
//! A question names a filter, a window, up to [`DIMENSIONS_MAX`] dimensions and how many groups are
//! wanted; the answer has the largest groups and a rest that keeps every total exact. Heat-maps, facets
//! and "what do failing requests share" are all this one question.
//!
//! Does not know where spans are kept: a store hands them to a [`Tally`], one by one or by codes.
//!
//! # Invariants
//! - AGG-1: a span counts when it satisfies the filter and its own start lies in the window; exact
//!   repeats count once, wherever in the store they are. A span without a start never counts.
//! - AGG-2: the sums of the groups and of the rest add up to the total.

mod buckets;
mod cells;
mod question;
mod tally;
#[cfg(test)]
mod tests;

pub use buckets::{BUCKETS_LOG2_MAX, Histogram, bucket_bounds, bucket_of};
pub use question::{
    AggregateFault, AggregateQuery, DIMENSIONS_MAX, Dimension, GROUPS_MAX, GROUPS_SUMMED_MAX, SLICES_MAX,
};
pub use tally::{ABSENT, GROUPS_HELD_MAX, Key, NOT_HELD, Tally};

use nines_span::{Kind, Status};

/// What is counted of a set of spans.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sums {
    /// Spans.
    pub spans: u64,
    /// Those that failed, by the rules of [`nines_span::error`].
    pub errors: u64,
    /// Those that have a duration.
    pub timed: u64,
    /// Their durations in whole microseconds, added up; stays at the largest number if it would exceed it.
    pub duration_us_sum: u64,
    /// The longest duration in whole microseconds.
    pub duration_us_max: u64,
    /// Their durations; empty unless it was asked for.
    pub histogram: Histogram,
}

impl Sums {
    /// Adds a span.
    #[inline]
    pub fn add(&mut self, is_error: bool, duration_us: Option<u64>) {
        self.spans += 1;
        self.errors += u64::from(is_error);
        if let Some(us) = duration_us {
            self.timed += 1;
            self.duration_us_sum = self.duration_us_sum.saturating_add(us);
            self.duration_us_max = self.duration_us_max.max(us);
        }
    }

    /// Adds what was counted of other spans.
    pub fn join(&mut self, other: &Sums) {
        self.spans += other.spans;
        self.errors += other.errors;
        self.timed += other.timed;
        self.duration_us_sum = self.duration_us_sum.saturating_add(other.duration_us_sum);
        self.duration_us_max = self.duration_us_max.max(other.duration_us_max);
        self.histogram.join(&other.histogram);
    }
}

/// What the spans of a group have in one dimension.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum KeyPart {
    /// Nothing: no name, no such tag, no duration.
    Absent,
    /// A name as sent, or a tag's text.
    Text(String),
    /// A role.
    Kind(Kind),
    /// OTLP's status.
    Status(Status),
    /// Whether they failed.
    Error(bool),
    /// A slice of time, by its first microsecond.
    SliceUs(u64),
    /// A range of durations in whole microseconds, both ends included.
    DurationUs(u64, u64),
}

/// Spans that have the same in every dimension asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// One part for each dimension, in the order asked.
    pub key: Vec<KeyPart>,
    /// What was counted.
    pub sums: Sums,
}

/// The answer to an [`AggregateQuery`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Aggregate {
    /// All spans that count.
    pub total: Sums,
    /// The groups with the most spans, largest first, equal ones by their keys.
    pub groups: Vec<Group>,
    /// Spans of all other groups together.
    pub rest: Sums,
    /// How many other groups there are. At least so many where more were met than are held
    /// ([`GROUPS_HELD_MAX`]): then spans of groups that came late went to the rest at once, and such a
    /// group may be missing though it is large. The answer has the gap `groups_held_max`.
    pub rest_groups: u64,
}

//! What is left of spans when they are gone: for each slice of time, how many of each service, operation, kind and
//! verdict there were, and how long they took.
//!
//! Slices of five minutes are summed from the store ([`sum_slice`]), hours from them and days from hours
//! ([`SliceSums::join`]). Which slices stand for a stretch of the past is decided here too ([`cover()`]); where they are
//! kept is not.
//!
//! # Invariants
//! - HIST-2: a slice of a tier is there at most once.
//! - HIST-3: an hour is the sum of the five-minute slices that there were of it, a day that of its hours.

mod cover;
mod groups;
mod sums;
#[cfg(test)]
mod tests;

pub use cover::cover;
pub use groups::sum_slice;
pub use sums::{ENTRIES_MAX, EntryKey, OPERATIONS_MAX, OTHER, SliceSums, SpanSums};

use crate::store::StoreError;
use nines_base::{DurationUs, Timestamp};
use std::ops::Range;

/// How long a slice is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Tier {
    FiveMinutes,
    Hour,
    Day,
}

impl Tier {
    /// All, the finest first.
    pub const ALL: [Tier; 3] = [Tier::FiveMinutes, Tier::Hour, Tier::Day];

    /// Length of a slice.
    pub const fn length(self) -> DurationUs {
        DurationUs::from_secs(match self {
            Tier::FiveMinutes => 300,
            Tier::Hour => 3600,
            Tier::Day => 86_400,
        })
    }

    /// How long a slice is kept at least: as long as cells of an objective that could use it.
    pub const fn keep(self) -> DurationUs {
        DurationUs::from_secs(match self {
            Tier::FiveMinutes => 3 * 86_400,
            Tier::Hour => 35 * 86_400,
            Tier::Day => 400 * 86_400,
        })
    }

    /// The tier that slices of this one are joined to.
    pub const fn coarser(self) -> Option<Tier> {
        match self {
            Tier::FiveMinutes => Some(Tier::Hour),
            Tier::Hour => Some(Tier::Day),
            Tier::Day => None,
        }
    }

    /// The tier that slices of this one are joined from.
    pub const fn finer(self) -> Option<Tier> {
        match self {
            Tier::FiveMinutes => None,
            Tier::Hour => Some(Tier::FiveMinutes),
            Tier::Day => Some(Tier::Hour),
        }
    }

    /// The beginning of the slice that holds an instant.
    pub const fn begin_of(self, at: Timestamp) -> Timestamp {
        Timestamp(at.0 - at.0.rem_euclid(self.length().0))
    }

    /// The first beginning of a slice at an instant or after it.
    pub fn begin_after(self, at: Timestamp) -> Timestamp {
        self.begin_of(at + DurationUs(self.length().0 - 1))
    }
}

/// A slice of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SliceId {
    /// How long it is.
    pub tier: Tier,
    /// Where it begins: a multiple of its length.
    pub begin: Timestamp,
}

impl SliceId {
    /// The slice of a tier that holds an instant.
    pub const fn holding(tier: Tier, at: Timestamp) -> SliceId {
        SliceId { tier, begin: tier.begin_of(at) }
    }

    /// Where it ends.
    pub fn end(self) -> Timestamp {
        self.begin + self.tier.length()
    }

    /// From its beginning to its end.
    pub fn times(self) -> Range<Timestamp> {
        self.begin..self.end()
    }

    /// The slice of the next coarser tier that it is part of.
    pub fn whole(self) -> Option<SliceId> {
        Some(SliceId::holding(self.tier.coarser()?, self.begin))
    }
}

/// A slice that is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct KeptSlice {
    /// Which.
    pub id: SliceId,
    /// From how many slices of the next finer tier it was joined; 0 where it was summed from spans.
    pub n_parts: u16,
}

/// What the files of histograms take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct HistogramMeasure {
    /// Files.
    pub n_files: u64,
    /// Their bytes.
    pub n_bytes: u64,
    /// Slices in them.
    pub n_slices: u64,
    /// Where the first slice begins and the last one ends.
    pub times: Option<(Timestamp, Timestamp)>,
}

/// Keeps slices.
pub trait Histograms: Send + Sync {
    /// Which slices are kept, in order; those that cannot be read are not among them.
    fn slices(&self) -> Vec<KeptSlice>;

    /// A slice; `None` where it is not kept. An error names the damaged place; the slice is not listed again.
    fn read(&self, id: SliceId) -> Result<Option<SliceSums>, StoreError>;

    /// Makes a slice durable. One that is kept already stays as it is (HIST-2).
    fn append(&self, id: SliceId, sums: &SliceSums) -> Result<(), StoreError>;

    /// Lets go of what has outlived its keep ([`Tier::keep`]).
    fn retain(&self, now: Timestamp) -> Result<(), StoreError>;

    /// What the files take.
    fn measure(&self) -> HistogramMeasure;
}

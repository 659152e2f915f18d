//! What may be asked of an aggregate, checked once.

use super::buckets::BUCKETS_LOG2_MAX;
use super::tally::GROUPS_HELD_MAX;
use crate::store::Window;
use nines_trace::filter::Filter;
use thiserror::Error;

/// Dimensions of one question. A table of more than four is read by nobody, and every one multiplies the groups.
pub const DIMENSIONS_MAX: usize = 4;

/// Groups of one answer: a heat-map of 200 slices by 100 buckets. With histograms a group is some
/// hundred numbers, so there a sixteenth of it.
pub const GROUPS_MAX: usize = 20_000;

/// Groups of an answer that is summed up and not shown ([`AggregateQuery::to_sum`]), and held while it is counted: three
/// thousand operations by kind and verdict twice over, and 20 MB where each has durations of eight doublings.
pub const GROUPS_SUMMED_MAX: usize = 1 << 14;

/// Slices of time a window may be cut into: more than a screen has columns.
pub const SLICES_MAX: u64 = 4_000;

/// Something spans are told apart by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dimension {
    /// The reporting service, as sent.
    Service,
    /// The span's name, as sent.
    Op,
    /// Its role.
    Kind,
    /// The service on the other side, as sent.
    Remote,
    /// OTLP's status.
    Status,
    /// Whether it failed, by the rules of [`nines_span::error`].
    Error,
    /// A tag by its exact name, the span's own or its resource's, by its text: numbers and texts that
    /// read alike are one.
    Tag(String),
    /// Its start, in slices of so many microseconds since the epoch.
    Time {
        /// Length of a slice.
        step_us: u64,
    },
    /// Its duration in buckets, `2^buckets_log2` for each doubling.
    Duration {
        /// Up to [`BUCKETS_LOG2_MAX`].
        buckets_log2: u8,
    },
}

/// Why a question cannot be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[allow(missing_docs)]
pub enum AggregateFault {
    #[error("{given} dimensions, but at most {DIMENSIONS_MAX} can be asked for")]
    TooManyDimensions { given: usize },
    #[error("the window has {given} slices, but may have {SLICES_MAX}")]
    TooManySlices { given: u64 },
    #[error("a slice must be longer than nothing")]
    NoStep,
    #[error("{given} groups, but from 1 to {max} can be asked for")]
    BadGroups { given: usize, max: usize },
    #[error("2^{given} buckets for each doubling, but at most 2^{BUCKETS_LOG2_MAX} are kept")]
    TooFine { given: u8 },
}

/// A question that can be answered within the limits of this module.
#[derive(Clone, Debug)]
pub struct AggregateQuery {
    filter: Filter,
    window: Window,
    by: Vec<Dimension>,
    groups_max: usize,
    groups_held: usize,
    with_histograms: bool,
}

impl AggregateQuery {
    /// Asks for the `groups_max` largest groups of the spans that satisfy `filter` and start in `window`.
    pub fn new(
        filter: Filter,
        window: Window,
        by: Vec<Dimension>,
        groups_max: usize,
        with_histograms: bool,
    ) -> Result<AggregateQuery, AggregateFault> {
        let groups_held = if with_histograms { GROUPS_HELD_MAX / 16 } else { GROUPS_HELD_MAX };
        let query = AggregateQuery { filter, window, by, groups_max, groups_held, with_histograms };
        if query.by.len() > DIMENSIONS_MAX {
            return Err(AggregateFault::TooManyDimensions { given: query.by.len() });
        }
        let max = AggregateQuery::groups_allowed(with_histograms);
        if !(1..=max).contains(&groups_max) {
            return Err(AggregateFault::BadGroups { given: groups_max, max });
        }
        for dimension in &query.by {
            match dimension {
                Dimension::Time { step_us: 0 } => return Err(AggregateFault::NoStep),
                Dimension::Time { step_us } => {
                    let given = (query.last_us() / step_us).saturating_sub(query.first_us() / step_us) + 1;
                    if given > SLICES_MAX {
                        return Err(AggregateFault::TooManySlices { given });
                    }
                }
                Dimension::Duration { buckets_log2 } if *buckets_log2 > BUCKETS_LOG2_MAX => {
                    return Err(AggregateFault::TooFine { given: *buckets_log2 });
                }
                _ => {}
            }
        }
        Ok(query)
    }

    /// Asks for up to [`GROUPS_SUMMED_MAX`] groups with histograms, to be added up; `by` names no more than
    /// [`DIMENSIONS_MAX`] dimensions, and none of time or duration.
    pub(crate) fn to_sum(filter: Filter, window: Window, by: Vec<Dimension>) -> AggregateQuery {
        debug_assert!(by.len() <= DIMENSIONS_MAX);
        let (groups_max, groups_held) = (GROUPS_SUMMED_MAX, GROUPS_SUMMED_MAX);
        AggregateQuery { filter, window, by, groups_max, groups_held, with_histograms: true }
    }

    /// What a span must satisfy.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Where its start must lie.
    pub fn window(&self) -> Window {
        self.window
    }

    /// What groups are told apart by.
    pub fn by(&self) -> &[Dimension] {
        &self.by
    }

    /// Groups wanted.
    pub fn groups_max(&self) -> usize {
        self.groups_max
    }

    /// Whether each group comes with a histogram of its durations.
    pub fn with_histograms(&self) -> bool {
        self.with_histograms
    }

    /// First microsecond that counts; starts are not negative.
    pub fn first_us(&self) -> u64 {
        self.window.from.0.max(0) as u64
    }

    /// Last microsecond that counts.
    pub fn last_us(&self) -> u64 {
        self.window.to.0.max(0) as u64
    }

    /// Groups that may be asked for at most.
    pub fn groups_allowed(with_histograms: bool) -> usize {
        if with_histograms { GROUPS_MAX / 16 } else { GROUPS_MAX }
    }

    /// Groups a tally holds while it counts.
    pub(super) fn groups_held(&self) -> usize {
        self.groups_held
    }
}

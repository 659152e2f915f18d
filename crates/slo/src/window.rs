//! From a window's definition and a point in time to the stretch that is judged.

use crate::calendar::Period;
use crate::model::{Stretch, TimeWindow};
use nines_base::{DurationUs, Timestamp};
use std::fmt;

/// Why an objective has no figures here, although its definition is valid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotEvaluated {
    /// The first period of its calendar has not begun.
    NoPeriod,
    /// Its indicator comes from a data source that this build does not read.
    ExternalSource,
    /// Its time slice is not a whole number of seconds.
    SliceLength,
    /// It is a composite by `Timeslices` whose parts have slices of different lengths, which cannot be judged together.
    MixedSlices,
}

/// A window as it stands at an instant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WindowAt {
    /// What of it has been seen.
    pub seen: Stretch,
    /// How long it is when it is whole: this month's length, for a calendar of months.
    pub length: DurationUs,
    /// The calendar period; `None` where the window rolls.
    pub period: Option<Period>,
}

impl TimeWindow {
    /// The window as it stands at `at`: `(at − length, at]` when rolling, the current period up to `at` by
    /// the calendar. `None` before a calendar's first period.
    pub fn at(&self, at: Timestamp) -> Option<WindowAt> {
        match self {
            TimeWindow::Rolling { length } => {
                Some(WindowAt { seen: Stretch::last(*length, at), length: *length, period: None })
            }
            TimeWindow::Calendar(calendar) => {
                let period = calendar.period_at(at)?;
                Some(WindowAt { seen: period.seen(at), length: period.length(), period: Some(period) })
            }
        }
    }

    /// No window of this definition is longer.
    pub fn length_at_most(&self) -> DurationUs {
        match self {
            TimeWindow::Rolling { length } => *length,
            TimeWindow::Calendar(calendar) => calendar.length_at_most(),
        }
    }

    /// Its length, on average where periods differ.
    pub fn mean_length(&self) -> DurationUs {
        match self {
            TimeWindow::Rolling { length } => *length,
            TimeWindow::Calendar(calendar) => calendar.mean_length(),
        }
    }

    /// The length of a rolling window.
    pub fn rolling_length(&self) -> Option<DurationUs> {
        match self {
            TimeWindow::Rolling { length } => Some(*length),
            TimeWindow::Calendar(_) => None,
        }
    }
}

/// As definitions write the length: `28d`, `1M`.
impl fmt::Display for TimeWindow {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimeWindow::Rolling { length } => length.fmt(out),
            TimeWindow::Calendar(calendar) => calendar.fmt(out),
        }
    }
}

impl Stretch {
    /// `(at − length, at]`.
    pub fn last(length: DurationUs, at: Timestamp) -> Stretch {
        Stretch { after: at - length, upto: at }
    }

    /// The part of it after `since`.
    pub fn since(self, since: Timestamp) -> Stretch {
        Stretch { after: self.after.max(since), upto: self.upto }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rolling_window_ends_now_and_excludes_its_old_edge() {
        let window = TimeWindow::Rolling { length: DurationUs::from_secs(60) };
        let WindowAt { seen, period, .. } = window.at(Timestamp::from_secs(100)).unwrap();
        assert_eq!((seen.after, seen.upto), (Timestamp::from_secs(40), Timestamp::from_secs(100)));
        assert_eq!(period, None);
    }
}

//! From a window's definition and a point in time to the stretch that is judged.

use crate::model::{Stretch, TimeWindow};
use nines_base::{DurationUs, Timestamp};

/// Why an objective has no figures here, although its definition is valid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotEvaluated {
    /// Its window follows the calendar, which this build does not evaluate.
    CalendarWindow,
    /// Its indicator comes from a data source that this build does not read.
    ExternalSource,
    /// Its time slice is not a whole number of seconds.
    SliceLength,
}

impl TimeWindow {
    /// The window as it stands at `at`: `(at − length, at]` when rolling.
    pub fn stretch_at(&self, at: Timestamp) -> Result<Stretch, NotEvaluated> {
        Ok(Stretch::last(self.rolling_length()?, at))
    }

    /// The length of a rolling window.
    pub fn rolling_length(&self) -> Result<DurationUs, NotEvaluated> {
        match self {
            TimeWindow::Rolling { length } => Ok(*length),
            TimeWindow::Calendar { .. } => Err(NotEvaluated::CalendarWindow),
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
    use crate::model::CalendarUnit;

    #[test]
    fn a_rolling_window_ends_now_and_excludes_its_old_edge() {
        let window = TimeWindow::Rolling { length: DurationUs::from_secs(60) };
        let stretch = window.stretch_at(Timestamp::from_secs(100)).unwrap();
        assert_eq!((stretch.after, stretch.upto), (Timestamp::from_secs(40), Timestamp::from_secs(100)));
    }

    #[test]
    fn a_calendar_window_says_that_it_is_not_evaluated() {
        let window = TimeWindow::Calendar {
            count: 1,
            unit: CalendarUnit::Month,
            start_time: "2026-01-01 00:00:00".into(),
            time_zone: "Asia/Seoul".into(),
        };
        assert_eq!(window.stretch_at(Timestamp::from_secs(0)), Err(NotEvaluated::CalendarWindow));
    }
}

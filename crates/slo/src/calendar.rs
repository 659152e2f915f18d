//! Calendar windows: periods of days, weeks, months, quarters or years by the clocks of a time zone, one
//! after the other.
//!
//! The first period starts at a local time; the n-th starts n lengths later by the wall clock, counted
//! from the first. So a day on which clocks change has 23 or 25 hours and months start at the same local
//! time in summer and in winter. A start on the 31st moves to the last day of a shorter month and is on
//! the 31st again in the next long one. A local time that clocks skip is taken as much later as they skip;
//! of one that they show twice, the first is meant. Minutes and hours are elapsed time.
//!
//! Each period is half-open: the instant in which one ends belongs to the next.

use crate::model::{CalendarUnit, Stretch};
use jiff::Span;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use nines_base::{DurationUs, Timestamp};
use std::fmt;

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 3600;
const DAY_S: i64 = 86_400;

/// Mean seconds of a Gregorian month: 400 years of 146 097 days.
const MEAN_MONTH_S: i64 = 146_097 * DAY_S / 4800;

/// When periods start and how long they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    count: u32,
    unit: CalendarUnit,
    start: DateTime,
    zone: TimeZone,
}

/// One period, `[from, until)`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Period {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
    /// As the zone's clocks show it, an ISO 8601 interval: `2026-11-01/2026-12-01`.
    pub local: String,
}

impl Period {
    /// How long it is; months and days differ.
    pub fn length(&self) -> DurationUs {
        self.until - self.from
    }

    /// What of it has passed at an instant in it.
    pub fn seen(&self, at: Timestamp) -> Stretch {
        // A stretch excludes its old edge; the period includes its first instant.
        Stretch { after: self.from - DurationUs(1), upto: at }
    }
}

impl Calendar {
    /// Periods of `count` units, the first from `start` on by the clocks of `zone`. `None` when periods
    /// would have no length.
    pub fn new(count: u32, unit: CalendarUnit, start: DateTime, zone: TimeZone) -> Option<Calendar> {
        (count > 0).then_some(Calendar { count, unit, start, zone })
    }

    /// The zone by whose clocks periods begin.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The name of the zone.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The period that holds an instant; `None` before the first one begins (and beyond the year 9999).
    pub fn period_at(&self, at: Timestamp) -> Option<Period> {
        let since_first = at - self.boundary(0)?;
        if since_first.0 < 0 {
            return None;
        }
        // The guess is off by one at most, or by a few after centuries; the walk ends where it is right.
        let mut number = since_first.0 / self.mean_length().0;
        while self.boundary(number)? > at {
            number -= 1;
        }
        while self.boundary(number + 1)? <= at {
            number += 1;
        }
        let (from, until) = (self.boundary(number)?, self.boundary(number + 1)?);
        Some(Period { from, until, local: format!("{}/{}", self.local(from)?, self.local(until)?) })
    }

    /// No period is longer.
    pub fn length_at_most(&self) -> DurationUs {
        let (unit_s, slack_s) = match self.unit {
            CalendarUnit::Minute => (MINUTE_S, 0),
            CalendarUnit::Hour => (HOUR_S, 0),
            // Clocks that are set back, or skip over the date line, make a period longer by a day at most.
            CalendarUnit::Day => (DAY_S, DAY_S),
            CalendarUnit::Week => (7 * DAY_S, DAY_S),
            CalendarUnit::Month => (31 * DAY_S, DAY_S),
            CalendarUnit::Quarter => (92 * DAY_S, DAY_S),
            CalendarUnit::Year => (366 * DAY_S, DAY_S),
        };
        DurationUs((i64::from(self.count) * unit_s + slack_s).saturating_mul(1_000_000))
    }

    /// The length of a period on average; what the first guess and the checks of definitions go by.
    pub fn mean_length(&self) -> DurationUs {
        let unit_s = match self.unit {
            CalendarUnit::Minute => MINUTE_S,
            CalendarUnit::Hour => HOUR_S,
            CalendarUnit::Day => DAY_S,
            CalendarUnit::Week => 7 * DAY_S,
            CalendarUnit::Month => MEAN_MONTH_S,
            CalendarUnit::Quarter => 3 * MEAN_MONTH_S,
            CalendarUnit::Year => 12 * MEAN_MONTH_S,
        };
        DurationUs((i64::from(self.count) * unit_s).saturating_mul(1_000_000))
    }

    /// Where period `number` starts.
    fn boundary(&self, number: i64) -> Option<Timestamp> {
        let units = number.checked_mul(i64::from(self.count))?;
        let (span, elapsed_s) = match self.unit {
            CalendarUnit::Minute => (Span::new(), units.checked_mul(MINUTE_S)?),
            CalendarUnit::Hour => (Span::new(), units.checked_mul(HOUR_S)?),
            CalendarUnit::Day => (Span::new().try_days(units).ok()?, 0),
            CalendarUnit::Week => (Span::new().try_weeks(units).ok()?, 0),
            CalendarUnit::Month => (Span::new().try_months(units).ok()?, 0),
            CalendarUnit::Quarter => (Span::new().try_months(units.checked_mul(3)?).ok()?, 0),
            CalendarUnit::Year => (Span::new().try_years(units).ok()?, 0),
        };
        let local = self.start.checked_add(span).ok()?;
        let start = self.zone.to_timestamp(local).ok()?;
        Some(Timestamp(start.as_microsecond().checked_add(elapsed_s.checked_mul(1_000_000)?)?))
    }

    /// The date, with the time where it is not midnight.
    fn local(&self, instant: Timestamp) -> Option<String> {
        let local = self.zone.to_datetime(jiff::Timestamp::from_microsecond(instant.0).ok()?);
        let is_midnight = local.time() == jiff::civil::Time::midnight();
        Some(if is_midnight { local.date().to_string() } else { local.strftime("%Y-%m-%dT%H:%M").to_string() })
    }
}

/// The length as definitions write it: `1M`.
impl fmt::Display for Calendar {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.count, self.unit.letter())
    }
}

//! `timeWindow` of an SLO: rolling or by the calendar.

use super::Mode;
use super::field::{Field, Object};
use super::finding::{ByMode, Log};
use super::messages::{Fact, Hint};
use super::quantity::{Decimal, Shorthand};
use crate::calendar::Calendar;
use crate::model::{CalendarUnit, TimeWindow};
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use nines_base::DurationUs;
use nines_yaml::Value;
use nines_yaml::{clipped, nearest};

/// Days that counts are kept: the coarsest cells. A longer window is allowed and sees that much.
pub(super) const HISTORY_DAYS: i64 = 400;

/// What lenient mode assumes where a window is missing.
const ASSUMED_WINDOW: DurationUs = DurationUs::from_secs(28 * 86_400);

const DAY: DurationUs = DurationUs::from_secs(86_400);

/// Reads `timeWindow`, a list of exactly one.
pub(super) fn read_window(spec: &Object<'_>, log: &mut Log) -> Option<TimeWindow> {
    let Some(field) = spec.get("timeWindow") else {
        if log.mode == Mode::Lenient {
            let hint = Hint::Add { example: WINDOW_EXAMPLE.to_owned() };
            log.warning(spec.missing_spot("timeWindow"), Fact::NoWindow, hint);
            return Some(TimeWindow::Rolling { length: ASSUMED_WINDOW });
        }
        spec.require("timeWindow", WINDOW_EXAMPLE, log);
        return None;
    };
    let items = field.list(log)?;
    let [item] = items.as_slice() else {
        let hint = Hint::WriteAs { example: WINDOW_EXAMPLE.to_owned() };
        log.error(field.spot(), Fact::ExactlyOne { found: items.len() }, hint);
        return None;
    };
    read_item(item, log)
}

const WINDOW_EXAMPLE: &str = "timeWindow: [ { duration: 28d, isRolling: true } ]";

fn read_item(item: &Field<'_>, log: &mut Log) -> Option<TimeWindow> {
    let object = item.object(&["duration", "isRolling", "calendar"], log)?;
    let duration = object.require("duration", "duration: 28d", log).and_then(|field| Some((field.length(log)?, field)));
    let rolling = match object.get("isRolling") {
        Some(field) => field.boolean(log)?,
        // "If omitted assumed `false`".
        None => false,
    };
    match (rolling, object.get("calendar")) {
        (true, Some(calendar)) => {
            log.error(calendar.key_spot(), Fact::CalendarOfRolling, Hint::DropCalendar);
            None
        }
        (false, None) => {
            log.error(item.key_spot(), Fact::NoCalendar, Hint::SetRolling);
            None
        }
        (true, None) => {
            let (duration, field) = duration?;
            let length = duration.length();
            tell_beyond_history(length, &field, log);
            Some(TimeWindow::Rolling { length })
        }
        (false, Some(calendar)) => read_calendar(&calendar, duration, log),
    }
}

fn tell_beyond_history(length: DurationUs, field: &Field<'_>, log: &mut Log) {
    let days = length.0 / DAY.0;
    if days > HISTORY_DAYS {
        let fact = Fact::WindowBeyondHistory { days, limit: HISTORY_DAYS };
        log.warning(field.spot(), fact, Hint::ShorterWindow);
    }
}

fn read_calendar(calendar: &Field<'_>, duration: Option<(Shorthand, Field<'_>)>, log: &mut Log) -> Option<TimeWindow> {
    let object = calendar.object(&["startTime", "timeZone"], log)?;
    let start_time = object.require("startTime", "startTime: 2026-01-01 00:00:00", log).and_then(|field| {
        let text = field.filled_text(log)?;
        let start = read_local_time(text);
        if start.is_none() {
            let hint = Hint::WriteAs { example: "2026-01-01 00:00:00".to_owned() };
            log.error(field.spot(), Fact::BadLocalTime { value: clipped(text) }, hint);
        }
        Some((start?, field))
    });
    let time_zone =
        object.require("timeZone", "timeZone: Asia/Seoul", log).and_then(|field| read_time_zone(&field, log));
    let (duration, field) = duration?;
    let length = duration.length();
    if length < DAY {
        let fact = Fact::CalendarShort { length: length.to_string() };
        log.warning(field.spot(), fact, Hint::MonthNotMinute);
    }
    tell_beyond_history(length, &field, log);
    let Shorthand { count, unit } = duration;
    let (start, start_field) = start_time?;
    if is_clamped(unit, start) {
        log.warning(start_field.spot(), Fact::CalendarClamped { day: start.day() }, Hint::StartInEveryMonth);
    }
    Calendar::new(count, unit, start, time_zone?).map(TimeWindow::Calendar)
}

/// Whether periods start on a day that not every month, or not every year, has.
fn is_clamped(unit: CalendarUnit, start: DateTime) -> bool {
    match unit {
        CalendarUnit::Month | CalendarUnit::Quarter => start.day() > 28,
        CalendarUnit::Year => (start.month(), start.day()) == (2, 29),
        CalendarUnit::Minute | CalendarUnit::Hour | CalendarUnit::Day | CalendarUnit::Week => false,
    }
}

/// Reads a name of the IANA database, of which a copy is built in: the host needs none.
pub(super) fn read_time_zone(field: &Field<'_>, log: &mut Log) -> Option<TimeZone> {
    let text = field.filled_text(log)?;
    let bundled = TimeZoneDatabase::bundled();
    if let Ok(zone) = bundled.get(text) {
        return Some(zone);
    }
    let names: Vec<String> = bundled.available().map(|name| name.as_str().to_owned()).collect();
    let hint = match nearest(text, names.iter().map(String::as_str)) {
        Some(word) => Hint::DidYouMean { word: word.to_owned() },
        None => Hint::WriteAs { example: "timeZone: Asia/Seoul".to_owned() },
    };
    log.error(field.spot(), Fact::UnknownTimeZone { value: clipped(text) }, hint);
    None
}

/// Reads `YYYY-MM-DD hh:mm:ss`, a date that exists.
fn read_local_time(text: &str) -> Option<DateTime> {
    const SHAPE: &[u8] = b"0000-00-00 00:00:00";
    let shaped = text.len() == SHAPE.len()
        && text
            .bytes()
            .zip(SHAPE)
            .all(|(byte, shape)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == *shape });
    if shaped { text.parse().ok() } else { None }
}

/// Reads `timeSliceWindow`: a duration, or a bare number that means minutes.
pub(super) fn read_slice(field: &Field<'_>, log: &mut Log) -> Option<DurationUs> {
    if let Value::Scalar(scalar) = &field.node.value
        && !scalar.quoted
        && Decimal::parse(&scalar.text).is_some()
    {
        // A year of minutes: no slice is longer.
        const MINUTES_MAX: u32 = 365 * 24 * 60;
        let count = field.whole(1, MINUTES_MAX, log)?;
        let fact = Fact::SliceNumberOfMinutes { value: count.to_string() };
        let hint = Hint::WriteAs { example: format!("{count}m") };
        log.by_mode(ByMode::SDK_REFUSES_QUIETLY, field.spot(), fact, hint);
        return Some(Shorthand { count, unit: CalendarUnit::Minute }.length());
    }
    Some(field.length(log)?.length())
}

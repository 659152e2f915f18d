//! Recurrence rules of RFC 5545, the part that maintenance and freezes need, by the clocks of a time zone.
//!
//! Understood: `FREQ` of `DAILY`, `WEEKLY`, `MONTHLY`, `YEARLY`, with `INTERVAL`, `COUNT`, `UNTIL`, `BYDAY`,
//! `BYMONTHDAY`, `BYMONTH`, and `WKST=MO`. Anything else is refused by name, because a part that is ignored
//! would exclude hours that nobody meant. A day that a month does not have is skipped, as the RFC says, and
//! only days that match the rule count: the beginning is the first only where it matches.
//!
//! Why not the `rrule` crate: it computes with `chrono-tz`, a second time-zone database beside the bundled one
//! of `jiff`, and both would have to agree.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use nines_base::Timestamp;

/// Most occurrences that `COUNT` may ask for: 27 years of days.
pub const COUNT_MAX: u32 = 10_000;

/// Most units between two occurrences: a century of years is one too many for any rule.
const INTERVAL_MAX: u32 = 1000;

/// Periods in a row without a day of the rule before it counts as over. 29 February on a given weekday comes
/// after 40 years at worst, 14 610 days.
const EMPTY_PERIODS_MAX: u32 = 15_000;

/// A rule without its beginning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    frequency: Frequency,
    interval: u32,
    end: End,
    /// Weekdays, each with its ordinal in the month; 0 for every one.
    by_day: Vec<(i8, Weekday)>,
    by_month_day: Vec<i8>,
    by_month: Vec<i8>,
    /// As it was written.
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// When it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Never,
    /// After so many occurrences.
    Count(u32),
    /// With the last one that starts then or before.
    Instant(Timestamp),
    /// The same by the clocks of the rule's zone.
    Local(DateTime),
}

/// Why a rule is not understood, and at which character.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleError {
    /// Character of the text, from 0.
    pub at: usize,
    /// The part at fault, such as `FREQ=HOURLY`.
    pub part: String,
    /// What is wrong with it.
    pub fault: RuleFault,
}

/// What is wrong with a part of a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RuleFault {
    /// There is no such part, or it is given twice.
    Unknown,
    /// RFC 5545 knows it; this product does not.
    NotSupported,
    /// Its value cannot be read.
    BadValue,
    /// `FREQ` is missing.
    NoFrequency,
    /// `COUNT` and `UNTIL` exclude each other.
    CountAndUntil,
}

/// Parts of RFC 5545 that are refused by name.
const NOT_SUPPORTED: [&str; 6] = ["BYSECOND", "BYMINUTE", "BYHOUR", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

impl Rule {
    /// Reads `FREQ=WEEKLY;BYDAY=SU`, with or without `RRULE:` before it.
    pub fn parse(text: &str) -> Result<Rule, RuleError> {
        let body = text.strip_prefix("RRULE:").unwrap_or(text);
        let mut at = text.chars().count() - body.chars().count();
        let mut rule = Rule {
            frequency: Frequency::Daily,
            interval: 1,
            end: End::Never,
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_month: Vec::new(),
            text: body.to_owned(),
        };
        let mut seen: Vec<String> = Vec::new();
        for part in body.split(';') {
            let fail = |fault| RuleError { at, part: part.to_owned(), fault };
            let (key, value) = part.split_once('=').ok_or(fail(RuleFault::Unknown))?;
            let key = key.to_ascii_uppercase();
            let ends_twice = matches!(key.as_str(), "COUNT" | "UNTIL") && rule.end != End::Never;
            if seen.contains(&key) {
                return Err(fail(RuleFault::Unknown));
            }
            if ends_twice {
                return Err(fail(RuleFault::CountAndUntil));
            }
            rule.take(&key, &value.to_ascii_uppercase()).map_err(fail)?;
            seen.push(key);
            at += part.chars().count() + 1;
        }
        let whole = |fault| RuleError { at: 0, part: text.to_owned(), fault };
        if !seen.iter().any(|key| key == "FREQ") {
            return Err(whole(RuleFault::NoFrequency));
        }
        if rule.mixes() { Err(whole(RuleFault::NotSupported)) } else { Ok(rule) }
    }

    /// As it was written, without `RRULE:`.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), RuleFault> {
        match key {
            "FREQ" => self.frequency = read_frequency(value)?,
            "INTERVAL" => self.interval = read_number(value, 1..=INTERVAL_MAX)?,
            "COUNT" => self.end = End::Count(read_number(value, 1..=COUNT_MAX)?),
            "UNTIL" => self.end = read_until(value).ok_or(RuleFault::BadValue)?,
            "BYDAY" => self.by_day = read_list(value, read_weekday)?,
            "BYMONTHDAY" => self.by_month_day = read_list(value, |text| read_signed(text, 31))?,
            "BYMONTH" => self.by_month = read_list(value, |text| read_signed(text, 12).filter(|month| *month > 0))?,
            "WKST" if value == "MO" => {}
            "WKST" => return Err(RuleFault::NotSupported),
            other if NOT_SUPPORTED.contains(&other) => return Err(RuleFault::NotSupported),
            _ => return Err(RuleFault::Unknown),
        }
        Ok(())
    }

    /// Whether parts stand together that this product does not combine.
    fn mixes(&self) -> bool {
        let has_ordinals = self.by_day.iter().any(|(ordinal, _)| *ordinal != 0);
        let by_days = !self.by_day.is_empty() || !self.by_month_day.is_empty();
        match self.frequency {
            Frequency::Daily => has_ordinals,
            // RFC 5545 forbids both.
            Frequency::Weekly => has_ordinals || !self.by_month_day.is_empty(),
            Frequency::Monthly => false,
            // Days of the year would have ordinals from 1 to 53.
            Frequency::Yearly => by_days && self.by_month.is_empty(),
        }
    }

    /// The occurrences that start in `[from, until)`, in order, of a rule that begins at the local time `start`.
    /// At most `most`.
    pub fn between(
        &self,
        start: DateTime,
        zone: &TimeZone,
        from: Timestamp,
        until: Timestamp,
        most: usize,
    ) -> Vec<Timestamp> {
        let mut found = Vec::new();
        let mut n_seen: u32 = 0;
        let mut n_empty: u32 = 0;
        let mut period = self.first_period(start, zone, from);
        while n_empty < EMPTY_PERIODS_MAX && found.len() < most {
            let Some(days) = self.days_of(start.date(), period) else { break };
            period += 1;
            n_empty = if days.is_empty() { n_empty + 1 } else { 0 };
            for day in days.into_iter().filter(|day| *day >= start.date()) {
                let local = day.to_datetime(start.time());
                let Ok(instant) = zone.to_timestamp(local) else { return found };
                let instant = Timestamp(instant.as_microsecond());
                n_seen += 1;
                if self.is_over(n_seen, instant, local) || instant >= until || found.len() >= most {
                    return found;
                }
                if instant >= from {
                    found.push(instant);
                }
            }
        }
        found
    }

    fn is_over(&self, number: u32, instant: Timestamp, local: DateTime) -> bool {
        match self.end {
            End::Never => false,
            End::Count(count) => number > count,
            End::Instant(last) => instant > last,
            End::Local(last) => local > last,
        }
    }

    /// The number of a period that begins before `from`, and not long before. With `COUNT` it is the first,
    /// because occurrences are counted from there.
    fn first_period(&self, start: DateTime, zone: &TimeZone, from: Timestamp) -> i32 {
        let Ok(from) = jiff::Timestamp::from_microsecond(from.0) else { return 0 };
        let days = start.date().duration_until(zone.to_datetime(from).date()).as_hours() / 24;
        if matches!(self.end, End::Count(_)) || days <= 0 {
            return 0;
        }
        let unit_days = match self.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly => 7,
            Frequency::Monthly => 31,
            Frequency::Yearly => 366,
        };
        // Two periods back: one for the remainder, one for a week or month that began before the beginning.
        (days / (unit_days * i64::from(self.interval)) - 2).max(0) as i32
    }

    /// The days of period `number`, sorted; `None` beyond the calendar.
    fn days_of(&self, start: Date, number: i32) -> Option<Vec<Date>> {
        let steps = i64::from(number) * i64::from(self.interval);
        let mut days = match self.frequency {
            Frequency::Daily => vec![start.checked_add(jiff::Span::new().try_days(steps).ok()?).ok()?],
            Frequency::Weekly => {
                let monday = start.checked_sub(jiff::Span::new().days(start.weekday().to_monday_zero_offset())).ok()?;
                let monday = monday.checked_add(jiff::Span::new().try_weeks(steps).ok()?).ok()?;
                self.days_of_week(monday, start.weekday())?
            }
            Frequency::Monthly => {
                let first = start.first_of_month().checked_add(jiff::Span::new().try_months(steps).ok()?).ok()?;
                self.days_of_month(first, start.day())
            }
            Frequency::Yearly => {
                let year = i16::try_from(i64::from(start.year()) + steps).ok()?;
                let months = if self.by_month.is_empty() { vec![start.month()] } else { self.by_month.clone() };
                let firsts: Option<Vec<Date>> = months.iter().map(|month| Date::new(year, *month, 1).ok()).collect();
                firsts?.into_iter().flat_map(|first| self.days_of_month(first, start.day())).collect()
            }
        };
        days.retain(|day| self.may_be(*day));
        days.sort();
        days.dedup();
        Some(days)
    }

    fn days_of_week(&self, monday: Date, own: Weekday) -> Option<Vec<Date>> {
        let weekdays: Vec<Weekday> = match self.by_day.as_slice() {
            [] => vec![own],
            by_day => by_day.iter().map(|(_, weekday)| *weekday).collect(),
        };
        let day = |weekday: Weekday| monday.checked_add(jiff::Span::new().days(weekday.to_monday_zero_offset())).ok();
        weekdays.into_iter().map(day).collect()
    }

    /// The days of the month that begins with `first`; `own` is the day of the month of the beginning.
    fn days_of_month(&self, first: Date, own: i8) -> Vec<Date> {
        let length = first.days_in_month();
        let of_number = |number: i8| if number < 0 { length + 1 + number } else { number };
        let numbers: Vec<i8> = match (self.by_month_day.as_slice(), self.by_day.as_slice()) {
            ([], []) => vec![own],
            ([], _) => (1..=length).collect(),
            (by_month_day, _) => by_month_day.iter().map(|number| of_number(*number)).collect(),
        };
        let day = |number: i8| Date::new(first.year(), first.month(), number).ok();
        let in_month = numbers.into_iter().filter(|number| (1..=length).contains(number)).filter_map(day);
        in_month.filter(|day| self.by_day.is_empty() || self.is_by_day(*day, length)).collect()
    }

    /// Whether a day is one of `BYDAY`, ordinals counted in its month.
    fn is_by_day(&self, day: Date, length: i8) -> bool {
        let (from_start, from_end) = ((day.day() - 1) / 7 + 1, (length - day.day()) / 7 + 1);
        self.by_day.iter().any(|(ordinal, weekday)| {
            *weekday == day.weekday() && (*ordinal == 0 || *ordinal == from_start || -*ordinal == from_end)
        })
    }

    /// What limits days of every frequency.
    fn may_be(&self, day: Date) -> bool {
        let length = day.days_in_month();
        let is_month_day = || {
            let of_number = |number: &i8| if *number < 0 { length + 1 + *number } else { *number };
            self.by_month_day.iter().any(|number| of_number(number) == day.day())
        };
        (self.by_month.is_empty() || self.by_month.contains(&day.month()))
            && (self.by_month_day.is_empty() || is_month_day())
            && (self.by_day.is_empty() || self.is_by_day(day, length))
    }
}

fn read_frequency(value: &str) -> Result<Frequency, RuleFault> {
    match value {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        "HOURLY" | "MINUTELY" | "SECONDLY" => Err(RuleFault::NotSupported),
        _ => Err(RuleFault::BadValue),
    }
}

fn read_number(value: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, RuleFault> {
    value.parse().ok().filter(|number| range.contains(number)).ok_or(RuleFault::BadValue)
}

fn read_list<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, RuleFault> {
    value.split(',').map(|item| read(item).ok_or(RuleFault::BadValue)).collect()
}

/// A number from 1 to `most`, or from the end with a minus.
fn read_signed(text: &str, most: i8) -> Option<i8> {
    text.parse::<i8>().ok().filter(|number| *number != 0 && (-most..=most).contains(number))
}

/// `SU`, `1MO`, `-1FR`.
fn read_weekday(text: &str) -> Option<(i8, Weekday)> {
    let at = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at))?;
    let (ordinal, name) = text.split_at(at);
    let (_, weekday) = WEEKDAYS.iter().find(|(known, _)| *known == name)?;
    let ordinal = if ordinal.is_empty() { 0 } else { read_signed(ordinal, 5)? };
    Some((ordinal, *weekday))
}

/// `20261231`, `20261231T235959`, `20261231T235959Z`. A date means the whole of that day.
fn read_until(text: &str) -> Option<End> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, time),
        None => (text, "235959"),
    };
    let (time, is_utc) = time.strip_suffix('Z').map_or((time, false), |time| (time, true));
    if date.len() != 8 || time.len() != 6 || !digits(date) || !digits(time) {
        return None;
    }
    let local = format!("{}-{}-{}T{}:{}:{}", &date[..4], &date[4..6], &date[6..], &time[..2], &time[2..4], &time[4..]);
    let local: DateTime = local.parse().ok()?;
    if !is_utc {
        return Some(End::Local(local));
    }
    let instant = TimeZone::UTC.to_timestamp(local).ok()?;
    Some(End::Instant(Timestamp(instant.as_microsecond())))
}

//! When something holds: once, or again and again.

use super::recurrence::Rule;
use crate::model::Stretch;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use nines_base::{DurationUs, Timestamp};

/// Occurrences looked at of one object in one question. Two years of days are more than any window holds.
const OCCURRENCES_MAX: usize = 1000;

/// Before anything that is counted, and after it: half the times there are, so that their distance is one, too.
const EVER: Timestamp = Timestamp(i64::MIN / 4);
const NEVER: Timestamp = Timestamp(i64::MAX / 4);

/// A half-open stretch of time `[from, until)`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub struct Span {
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Span {
    /// The slice of this number since the epoch.
    pub fn slice(number: i64, slice_s: u32) -> Span {
        let from = Timestamp::from_secs(number.saturating_mul(i64::from(slice_s)));
        Span { from, until: from + DurationUs::from_secs(i64::from(slice_s)) }
    }

    /// Whether the instant is in it.
    pub fn contains(self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// When something holds: `[from, from + length)`, and the same again at each occurrence of a rule. The start
/// keeps its local time when clocks change; the length is elapsed time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Times {
    first: Span,
    again: Option<Again>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Again {
    rule: Rule,
    start: DateTime,
    zone: TimeZone,
}

impl Times {
    /// Always.
    pub fn always() -> Times {
        Times { first: Span { from: EVER, until: NEVER }, again: None }
    }

    /// From an instant on, without an end.
    pub fn from_on(from: Timestamp) -> Times {
        Times { first: Span { from: from.max(EVER), until: NEVER }, again: None }
    }

    /// Once. `None` when it ends before it begins.
    pub fn once(from: Timestamp, until: Timestamp) -> Option<Times> {
        (from < until).then_some(Times { first: Span { from, until }, again: None })
    }

    /// Again and again, from a first time on, by the clocks of a zone. `None` for a rule that never comes true,
    /// such as every 30 February.
    pub fn recurring(self, rule: Rule, zone: TimeZone) -> Option<Times> {
        let start = zone.to_datetime(jiff::Timestamp::from_microsecond(self.first.from.0).ok()?);
        let times = Times { again: Some(Again { rule, start, zone }), ..self };
        times.next_after(times.first.from - DurationUs(1)).is_some().then_some(times)
    }

    /// The first time, as it was given.
    pub fn first(&self) -> Span {
        self.first
    }

    /// When it first begins; `None` for what always held.
    pub fn begins(&self) -> Option<Timestamp> {
        (self.first.from > EVER).then_some(self.first.from)
    }

    /// When the first time ends; `None` for what has no end.
    pub fn ends(&self) -> Option<Timestamp> {
        (self.first.until < NEVER).then_some(self.first.until)
    }

    /// The rule by which it recurs, as it was written.
    pub fn rule(&self) -> Option<&str> {
        self.again.as_ref().map(|again| again.rule.text())
    }

    /// The zone by whose clocks it recurs.
    pub fn zone(&self) -> Option<&TimeZone> {
        self.again.as_ref().map(|again| &again.zone)
    }

    /// How long it holds each time.
    pub fn length(&self) -> DurationUs {
        self.first.until - self.first.from
    }

    /// Every time that meets the stretch, whole, in order; the first [`OCCURRENCES_MAX`] of them.
    pub fn meeting(&self, stretch: Stretch) -> Vec<Span> {
        // A stretch is `(after, upto]`, a time `[from, until)`.
        let meets = |span: &Span| span.from <= stretch.upto && span.until > stretch.after + DurationUs(1);
        let spans = match &self.again {
            None => vec![self.first],
            Some(Again { rule, start, zone }) => {
                let length = self.length();
                let (from, until) = (stretch.after - length, stretch.upto + DurationUs(1));
                let starts = rule.between(*start, zone, from, until, OCCURRENCES_MAX);
                starts.into_iter().map(|from| Span { from, until: from + length }).collect()
            }
        };
        spans.into_iter().filter(meets).collect()
    }

    /// The time that holds at an instant; of several, the one that ends last.
    pub fn holding(&self, at: Timestamp) -> Option<Span> {
        let instant = Stretch { after: at - DurationUs(1), upto: at };
        self.meeting(instant).into_iter().filter(|span| span.contains(at)).max_by_key(|span| span.until)
    }

    /// Whether it neither holds at an instant nor ever will again.
    pub fn is_over(&self, at: Timestamp) -> bool {
        self.holding(at).is_none() && self.next_after(at).is_none()
    }

    /// The next time that begins after an instant.
    pub fn next_after(&self, at: Timestamp) -> Option<Span> {
        // The rarest day of a rule comes every 40 years.
        const AHEAD: DurationUs = DurationUs::from_secs(41 * 366 * 86_400);
        match &self.again {
            None => Some(self.first).filter(|span| span.from > at),
            Some(Again { rule, start, zone }) => {
                let from = rule.between(*start, zone, at + DurationUs(1), at + AHEAD, 1).pop()?;
                Some(Span { from, until: from + self.length() })
            }
        }
    }
}

//! Calendar months that are over, and how objectives did in them, whatever their own windows are.
//!
//! A month is reported once nothing of it can change in the usual course of things: what comes later still is an
//! amendment, and a report that was given stays as it was.

use crate::calendar::{Calendar, Period};
use crate::cells::{CellStore, slice_seconds};
use crate::count::HORIZON;
use crate::key::ObjectiveKey;
use crate::model::{CalendarUnit, Definitions, Objective, Slo, TimeWindow};
use crate::status::{Status, evaluate};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use nines_base::{DurationUs, Timestamp};

/// A month is settled so long after its end: late spans are corrected for [`HORIZON`], and events made of several
/// spans are certain within ten minutes more.
pub const SETTLED_AFTER: DurationUs = DurationUs(2 * HORIZON.0);

/// When the months that periods are counted from begin.
const FIRST_MONTH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// A calendar month by the clocks of a zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Month {
    /// As ISO 8601 writes it, `2026-10`.
    pub name: String,
    /// Name of the zone.
    pub zone: String,
    /// From its first instant to the first of the next.
    pub period: Period,
    months: Calendar,
}

impl Month {
    /// The last month of a zone that was settled at an instant.
    pub fn last_settled(at: Timestamp, zone: TimeZone) -> Option<Month> {
        let months = Calendar::new(1, CalendarUnit::Month, FIRST_MONTH, zone)?;
        let next = months.period_at(at - SETTLED_AFTER)?;
        let period = months.period_at(next.from - DurationUs(1))?;
        let name = period.local.get(..7)?.to_owned();
        Some(Month { name, zone: months.zone_name().to_owned(), period, months })
    }

    /// How an objective did in it; `None` where it was not measured before its end and no event of it was told later.
    pub fn status_of(&self, slo: &Slo, objective: &Objective, cells: &CellStore) -> Option<Status> {
        let of_month = Slo { window: TimeWindow::Calendar(self.months.clone()), ..slo.clone() };
        let last = self.period.until - DurationUs(1);
        let status = evaluate(&of_month, objective, cells, last + slo.settles_in(objective));
        let was_measured = status.first_counted.is_some_and(|first| first < self.period.until);
        (was_measured || status.measure.events.valid() > 0).then_some(status)
    }

    /// From when on the slices by which an objective is judged are known, where that is after the month's begin: its events
    /// were counted before, but not in slices of that length. `None` where the month is known whole.
    pub fn measured_from(&self, slo: &Slo, objective: &Objective, cells: &CellStore) -> Option<Timestamp> {
        let from_of = |part: &Objective| {
            let slice_s = slice_seconds(slo, part).ok()??;
            let first = cells.complete_from(ObjectiveKey::of(&part.sli)?, slice_s)?;
            Some(Timestamp::from_secs(first.saturating_mul(i64::from(slice_s))))
        };
        let from = slo.measured_on(objective).iter().filter_map(from_of).max();
        from.filter(|from| *from > self.period.from)
    }
}

/// The zones by which months are reported: that of an SLO's own calendar, else UTC. Each once.
pub fn zones(definitions: &Definitions) -> Vec<TimeZone> {
    let mut zones: Vec<TimeZone> = definitions.slos.iter().map(zone_of).collect();
    zones.sort_by(|a, b| a.iana_name().cmp(&b.iana_name()));
    zones.dedup();
    zones
}

/// By whose clocks months of an SLO are reported.
pub fn zone_of(slo: &Slo) -> TimeZone {
    match &slo.window {
        TimeWindow::Calendar(calendar) => calendar.zone().clone(),
        TimeWindow::Rolling { .. } => TimeZone::UTC,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn a_month_is_settled_half_an_hour_after_its_end() {
        let last = |text| Month::last_settled(at(text), TimeZone::UTC).unwrap();
        assert_eq!(last("2026-11-01T00:29:59Z").name, "2026-09");
        let october = last("2026-11-01T00:30:00Z");
        assert_eq!((october.name.as_str(), october.zone.as_str()), ("2026-10", "UTC"));
        assert_eq!(
            (october.period.from, october.period.until),
            (at("2026-10-01T00:00:00Z"), at("2026-11-01T00:00:00Z"))
        );
    }

    #[test]
    fn months_begin_by_the_clocks_of_their_zone() {
        let seoul = TimeZone::get("Asia/Seoul").unwrap();
        let october = Month::last_settled(at("2026-10-31T15:30:00Z"), seoul).unwrap();
        assert_eq!((october.name.as_str(), october.zone.as_str()), ("2026-10", "Asia/Seoul"));
        assert_eq!(october.period.from, at("2026-09-30T15:00:00Z"));
    }
}

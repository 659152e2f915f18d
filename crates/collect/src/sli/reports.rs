//! Months that are over: each objective's figures are written into the ledger once, and stay as they are.
//!
//! All events of a month and the one that closes it are appended together, so a crash leaves a month reported whole or
//! not at all. What changes a figure later is told by amendments.

use super::{Judge, View};
use nines_base::{DurationUs, Timestamp};
use nines_ledger::{EventQuery, Ledger, LedgerError, NewEvent, Order};
use nines_slo::budget::Share;
use nines_slo::model::{Objective, Slo};
use nines_slo::policy::exclusion::Excluded;
use nines_slo::report::{Month, zone_of, zones};
use nines_slo::status::Status;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The kind of the event that says how an objective did in a month.
pub const MONTH: &str = "report.month";

/// The kind of the event that closes a month; its subject is the month, its payload names the zone.
pub const CLOSED: &str = "report.closed";

/// Closed months looked through at a start: of a dozen zones, a decade.
const CLOSED_READ_MAX: usize = 1500;

/// How often it is looked whether a month is over.
const LOOK_EVERY: DurationUs = DurationUs::from_secs(60);

/// The last month that was closed, by zone.
pub(super) type Closed = BTreeMap<String, String>;

/// What was reported, and when to look again.
pub(super) struct Reports {
    closed: Closed,
    look_at: Timestamp,
}

impl Reports {
    /// What a ledger's events tell.
    pub fn read(ledger: &dyn Ledger, now: Timestamp) -> Result<Reports, LedgerError> {
        Ok(Reports { closed: read_closed(ledger)?, look_at: now })
    }

    /// The reports are written.
    pub fn close(&mut self, closed: Closed) {
        self.closed.extend(closed);
    }
}

/// Reports that are due: their events, and what is closed with them.
#[derive(Default)]
pub(super) struct Due {
    pub events: Vec<NewEvent>,
    pub closed: Closed,
}

/// What was closed, by the events of a ledger.
fn read_closed(ledger: &dyn Ledger) -> Result<Closed, LedgerError> {
    let query = EventQuery {
        topics: vec![CLOSED.to_owned()],
        order: Order::Newest,
        limit: CLOSED_READ_MAX,
        ..EventQuery::default()
    };
    let mut closed = Closed::new();
    for event in ledger.events(&query)? {
        let payload: Value =
            event.payload.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let Some(zone) = payload["zone"].as_str() else { continue };
        closed.entry(zone.to_owned()).or_insert(event.subject);
    }
    Ok(closed)
}

impl Judge {
    /// The reports of months that ended and are not closed yet.
    pub(super) fn due_reports(&self, now: Timestamp) -> Due {
        let mut due = Due::default();
        let closed = {
            let reports = &mut self.counting().reports;
            if now < reports.look_at {
                return due;
            }
            reports.look_at = now + LOOK_EVERY;
            reports.closed.clone()
        };
        let view = self.view();
        for zone in zones(&view.definitions) {
            let Some(month) = Month::last_settled(view.watermark, zone) else { continue };
            if closed.get(&month.zone).is_none_or(|last| *last < month.name) {
                let events = events_of(&view, &month, now);
                if !events.is_empty() {
                    due.events.extend(events);
                    due.closed.insert(month.zone, month.name);
                }
            }
        }
        due
    }
}

/// One event for each objective of the month's zone that was measured, and one that closes it; none without any.
fn events_of(view: &View, month: &Month, now: Timestamp) -> Vec<NewEvent> {
    let is_of_zone =
        |slo: &Slo| Month::last_settled(view.watermark, zone_of(slo)).is_some_and(|of_slo| of_slo == *month);
    let of_objective = |(slo, objective): (&Slo, &Objective)| {
        let status = month.status_of(slo, objective, &view.cells)?;
        let (service, subject) = (status.service.clone(), status.name.clone());
        let measured_from = month.measured_from(slo, objective, &view.cells);
        let payload = figures(month, &status, measured_from).to_string();
        Some(NewEvent { at: now, kind: MONTH.into(), service, subject, payload })
    };
    let objectives = view.definitions.objectives().filter(|(slo, _)| is_of_zone(slo));
    let mut events: Vec<NewEvent> = objectives.filter_map(of_objective).collect();
    if !events.is_empty() {
        let payload = json!({ "zone": month.zone, "objectives": events.len() }).to_string();
        let subject = month.name.clone();
        events.push(NewEvent { at: now, kind: CLOSED.into(), subject, payload, ..NewEvent::default() });
    }
    events
}

fn figures(month: &Month, status: &Status, measured_from: Option<Timestamp>) -> Value {
    let counted = status.measure.counted();
    let raw = status.raw.map(|raw| {
        let counted = raw.counted();
        json!({ "good": counted.good, "bad": counted.bad, "sli": raw.share.map(Share::sli),
                "budget": raw.share.map(|share| share.budget(status.target).as_f64()) })
    });
    let excluded = |excluded: &Excluded| json!({ "name": excluded.adjustment.name, "good": excluded.counts.good, "bad": excluded.counts.bad });
    json!({
        "month": month.name, "zone": month.zone, "fromUs": month.period.from.0, "untilUs": month.period.until.0,
        "slo": status.slo, "objective": status.objective, "target": status.target.as_f64(),
        "good": counted.good, "bad": counted.bad, "bySlices": status.measure.slices.is_some(), "sli": status.sli(),
        "budget": status.budget().map(|budget| budget.as_f64()), "coverage": status.coverage.ratio(),
        "measuredFromUs": measured_from.map(|from| from.0), "isEstimate": status.is_estimate, "raw": raw, "excluded": status.excluded.iter().map(excluded).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{SLO, World, counts, definitions_of};
    use super::*;
    use nines_base::Clock;
    use nines_ledger::Event;

    const DAY: DurationUs = DurationUs::from_secs(86_400);

    fn events(world: &World, kind: &str) -> Vec<Event> {
        world.ledger.events(&EventQuery { topics: vec![kind.to_owned()], ..EventQuery::default() }).unwrap()
    }

    fn payload(event: &Event) -> Value {
        serde_json::from_str(event.payload.as_deref().unwrap()).unwrap()
    }

    const OCTOBER: Timestamp = Timestamp(1_790_812_800_000_000);

    /// Counts up to half an hour after September's end; what is reported of it.
    fn september(world: &World, judge: &Judge) -> Value {
        world.clock.set(OCTOBER + nines_slo::report::SETTLED_AFTER + DurationUs::from_secs(10));
        counts(judge);
        judge.commit(true).unwrap();
        judge.evaluate().unwrap();
        payload(&events(world, MONTH)[0])
    }

    fn by_slices() -> String {
        SLO.replace("budgetingMethod: Occurrences", "budgetingMethod: Timeslices")
            .replace("target: 0.9", "target: 0.9, timeSliceTarget: 0.95, timeSliceWindow: 2m")
    }

    #[test]
    fn a_month_by_slices_is_reported_whole_however_short_the_window_is() {
        let world = World::new();
        let judge = world.judge_of(definitions_of(&by_slices()));
        for day in 0..5 {
            world.append(day * 100 + 1..day * 100 + 10 + day % 2);
            counts(&judge);
            judge.commit(true).unwrap();
            world.clock.advance(DAY);
        }
        let told = september(&world, &judge);
        assert_eq!((&told["bySlices"], &told["measuredFromUs"]), (&json!(true), &Value::Null));
        assert_eq!((&told["good"], &told["bad"]), (&json!(3), &json!(2)), "a slice of each day");
    }

    #[test]
    fn a_month_of_which_slices_are_known_in_part_says_from_when() {
        let world = World::new();
        let judge = world.judge_of(definitions_of(SLO));
        world.append(1..11);
        counts(&judge);
        world.clock.advance(DAY);
        judge.load(definitions_of(&by_slices()), Vec::new());
        let loaded = world.clock.now();
        world.clock.advance(DAY);
        world.append(11..20);
        counts(&judge);
        let told = september(&world, &judge);
        assert_eq!((&told["good"], &told["bad"]), (&json!(1), &json!(0)));
        let from = Timestamp(told["measuredFromUs"].as_i64().unwrap());
        assert!(from >= loaded && from - loaded <= DurationUs::from_secs(420), "{from:?}");
    }

    #[test]
    fn a_month_is_reported_once_and_whole_whenever_the_process_ends() {
        // The world begins on the 21st of September 2026.
        let world = World::new();
        let judge = world.judge_of(definitions_of(SLO));
        judge.evaluate().unwrap();
        world.append(1..101);
        counts(&judge);
        world.clock.advance(DAY);
        counts(&judge);
        judge.evaluate().unwrap();
        assert!(events(&world, MONTH).is_empty(), "nothing was measured in August");
        world.clock.set(OCTOBER);
        world.append(101..111);
        counts(&judge);
        judge.evaluate().unwrap();
        assert!(events(&world, MONTH).is_empty(), "spans of September may still come");
        world.clock.advance(nines_slo::report::SETTLED_AFTER);
        world.clock.advance(DurationUs::from_secs(10));
        counts(&judge);
        judge.commit(true).unwrap();
        judge.evaluate().unwrap();
        let reported = events(&world, MONTH);
        assert_eq!(reported.len(), 1);
        let told = payload(&reported[0]);
        assert_eq!((&told["month"], &told["good"], &told["bad"]), (&json!("2026-09"), &json!(90), &json!(10)));
        assert_eq!((told["sli"].as_f64(), told["budget"].as_f64()), (Some(0.9), Some(0.0)));
        assert_eq!(events(&world, CLOSED)[0].subject, "2026-09");
        judge.evaluate().unwrap();
        drop(judge);
        let judge = world.judge_of(definitions_of(&SLO.replace("target: 0.9", "target: 0.5")));
        judge.evaluate().unwrap();
        assert_eq!(events(&world, MONTH).len(), 1, "what was reported stays, whatever is promised now");
    }
}

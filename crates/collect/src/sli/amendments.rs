//! What came so late that figures had been taken for settled: each change is told as an event `slo.amended`.
//!
//! An event that comes more than the horizon after its time still changes its cell, as every event does. The change
//! is gathered by slice of time and told with the commit that makes it durable, once a minute at most: who read the
//! budget before can see why it is another now. A process that dies has told all but its last minute's.

use nines_base::{DurationUs, Timestamp};
use nines_ledger::NewEvent;
use nines_slo::cells::CellStore;
use nines_slo::count::Moved;
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Counts, Definitions, Objective, Slo, Stretch};
use serde_json::json;
use std::collections::BTreeMap;

/// The kind of these events.
pub const AMENDED: &str = "slo.amended";

/// How often changes are told.
const TELL_EVERY: DurationUs = DurationUs::from_secs(60);

/// Slices told one by one, those that changed most; the others are told as a number.
const TOLD_MAX: usize = 50;

/// Slices gathered: more than an import of a month has.
const GATHERED_MAX: usize = 100_000;

/// Slices in which changes are told, in seconds: five minutes as far back as those are kept, then hours.
const FINE_S: i64 = 300;
const COARSE_S: i64 = 3600;
const FINE_FOR: DurationUs = DurationUs::from_secs(35 * 86_400);

/// Changes that were not told yet.
#[derive(Default)]
pub(super) struct Amendments {
    /// By indicator, length of the slice and the slice's first second.
    gathered: BTreeMap<(ObjectiveKey, i64, i64), Moved>,
    /// Changes of further slices.
    n_more: u64,
    told_at: Option<Timestamp>,
}

impl Amendments {
    /// Gathers what came late.
    pub fn note(&mut self, late: &[(ObjectiveKey, i64, Moved)], now: Timestamp) {
        for (key, second, moved) in late {
            let is_fine = now - Timestamp::from_secs(*second) < FINE_FOR;
            let slice_s = if is_fine { FINE_S } else { COARSE_S };
            let slice = (*key, slice_s, second.div_euclid(slice_s) * slice_s);
            if self.gathered.len() >= GATHERED_MAX && !self.gathered.contains_key(&slice) {
                self.n_more += 1;
                continue;
            }
            *self.gathered.entry(slice).or_default() += *moved;
        }
    }

    /// Whether there is something to tell now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        !self.gathered.is_empty() && self.told_at.is_none_or(|told| now - told >= TELL_EVERY)
    }

    /// Whether nothing is left to tell.
    pub fn is_empty(&self) -> bool {
        self.gathered.is_empty()
    }

    /// The events: one for each slice of each objective that changed most, and one for all others.
    pub fn events(&self, definitions: &Definitions, cells: &CellStore, now: Timestamp) -> Vec<NewEvent> {
        let mut slices: Vec<_> = self.gathered.iter().filter(|(_, moved)| **moved != Moved::default()).collect();
        slices.sort_by_key(|(slice, moved)| (std::cmp::Reverse(size(**moved)), **slice));
        let objectives = by_key(definitions);
        let of_key = |key: &ObjectiveKey| objectives.get(key).into_iter().flatten();
        let mut changes =
            slices.iter().flat_map(|(slice, moved)| of_key(&slice.0).map(move |of| (of, *slice, **moved)));
        let told = changes.by_ref().take(TOLD_MAX);
        let mut events: Vec<NewEvent> =
            told.map(|(of, slice, moved)| event_of(*of, slice, moved, cells, now)).collect();
        let n_more = self.n_more + changes.count() as u64;
        if n_more > 0 {
            let payload = json!({ "slices": n_more }).to_string();
            events.push(NewEvent { at: now, kind: AMENDED.into(), payload, ..NewEvent::default() });
        }
        events
    }

    /// They are durable.
    pub fn told(&mut self, now: Timestamp) {
        (self.gathered, self.n_more, self.told_at) = (BTreeMap::new(), 0, Some(now));
    }
}

/// The objectives that each key is counted for. A key is a digest: these are made once, however many slices changed.
fn by_key(definitions: &Definitions) -> BTreeMap<ObjectiveKey, Vec<(&Slo, &Objective)>> {
    let mut objectives: BTreeMap<ObjectiveKey, Vec<(&Slo, &Objective)>> = BTreeMap::new();
    for (slo, objective) in definitions.counted() {
        if let Some(key) = ObjectiveKey::of(&objective.sli) {
            objectives.entry(key).or_default().push((slo, objective));
        }
    }
    objectives
}

/// What a slice of an objective was and is.
fn event_of(
    (slo, objective): (&Slo, &Objective),
    &(key, slice_s, from_s): &(ObjectiveKey, i64, i64),
    moved: Moved,
    cells: &CellStore,
    now: Timestamp,
) -> NewEvent {
    let (from, until) = (Timestamp::from_secs(from_s), Timestamp::from_secs(from_s + slice_s));
    let slice = Stretch { after: from - DurationUs(1), upto: until - DurationUs(1) };
    let after = cells.sum(key, slice).counts;
    let before = Counts { good: without(after.good, moved.good), bad: without(after.bad, moved.bad) };
    let payload = json!({
        "slo": slo.name, "objective": objective.label(), "fromUs": from.0, "untilUs": until.0,
        "before": { "good": before.good, "bad": before.bad },
        "after": { "good": after.good, "bad": after.bad },
    });
    NewEvent {
        at: now,
        kind: AMENDED.into(),
        service: slo.service.clone(),
        subject: slo.full_name(objective),
        payload: payload.to_string(),
    }
}

fn size(moved: Moved) -> u64 {
    moved.good.unsigned_abs().saturating_add(moved.bad.unsigned_abs())
}

/// What a count was before it moved.
fn without(count: u64, moved: i64) -> u64 {
    count.saturating_add_signed(moved.saturating_neg())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{SLO, World, counts, definitions_of};
    use super::*;
    use nines_base::Clock;
    use nines_ledger::{Event, EventQuery, Ledger};
    use serde_json::Value;

    fn append(world: &World, id: u64, ago_s: i64, tags: &str) {
        world.append_spans(&[format!(
            r#"{{"traceId":"{id:x}","id":"{id:x}","kind":"SERVER","timestamp":{},"duration":10,
                "localEndpoint":{{"serviceName":"shop"}},"tags":{{{tags}}}}}"#,
            world.clock.now().0 - ago_s * 1_000_000 - 10
        )]);
    }

    fn amended(world: &World) -> Vec<(Event, Value)> {
        let query = EventQuery { topics: vec![AMENDED.to_owned()], ..EventQuery::default() };
        let events = world.ledger.events(&query).unwrap().into_iter();
        events.map(|event| (event.clone(), serde_json::from_str(&event.payload.unwrap()).unwrap())).collect()
    }

    #[test]
    fn what_comes_after_a_quarter_of_an_hour_is_counted_and_told_with_its_commit() {
        let world = World::new();
        let judge = world.judge_of(definitions_of(SLO));
        append(&world, 1, 1200, "");
        append(&world, 2, 880, "");
        assert_eq!(counts(&judge), (2, 0));
        judge.commit(true).unwrap();
        let told = amended(&world);
        assert_eq!(told.len(), 1, "one of two was too late");
        let (event, payload) = &told[0];
        assert_eq!((event.subject.as_str(), event.service.as_str()), ("shop-availability", "shop"));
        assert_eq!(
            (&payload["before"], &payload["after"]),
            (&json!({"good": 0, "bad": 0}), &json!({"good": 1, "bad": 0}))
        );
        let (from, until) = (payload["fromUs"].as_i64().unwrap(), payload["untilUs"].as_i64().unwrap());
        let ended = world.clock.now().0 - 1_200_000_000;
        assert!(until - from == 300_000_000 && (from..until).contains(&ended));
        assert!(crate::timeline::describe(event, nines_base::Lang::En).contains("good+bad 0+0 before, 1+0 now"));

        // Further ones are gathered for a minute, and told together.
        append(&world, 3, 1200, "");
        append(&world, 4, 1200, r#""error":"x""#);
        assert_eq!(counts(&judge), (3, 1));
        judge.commit(true).unwrap();
        assert_eq!(amended(&world).len(), 1);
        world.clock.advance(TELL_EVERY);
        judge.commit(true).unwrap();
        let told = amended(&world);
        assert_eq!(told.len(), 2);
        assert_eq!(told[1].1["before"], json!({"good": 1, "bad": 0}));
        assert_eq!(told[1].1["after"], json!({"good": 2, "bad": 1}));
        judge.commit(true).unwrap();
        assert_eq!(amended(&world).len(), 2, "once");
    }

    #[test]
    fn of_many_slices_those_that_changed_most_are_told_and_the_others_counted() {
        let (definitions, mut amendments) = (definitions_of(SLO), Amendments::default());
        let key = ObjectiveKey::of(&definitions.slos[0].objectives[0].sli).unwrap();
        let now = Timestamp::from_secs(1_790_000_000);
        let late: Vec<_> = (0..80).map(|n| (key, 1_789_900_000 + n * FINE_S, Moved { good: n, bad: 0 })).collect();
        amendments.note(&late, now);
        amendments.note(&[(key, 1_700_000_000, Moved { good: 90, bad: 0 })], now);
        let events = amendments.events(&definitions, &CellStore::new(), now);
        assert_eq!(events.len(), TOLD_MAX + 1);
        let payload = |at: usize| -> Value { serde_json::from_str(&events[at].payload).unwrap() };
        assert_eq!(
            payload(0)["untilUs"].as_i64().unwrap() - payload(0)["fromUs"].as_i64().unwrap(),
            COARSE_S * 1_000_000
        );
        assert_eq!(payload(TOLD_MAX), json!({ "slices": 30 }), "nothing changed in one of them");
        amendments.told(now);
        assert!(amendments.is_empty() && !amendments.is_due(now + TELL_EVERY));
    }
}

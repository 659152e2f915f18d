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
use nines_slo::model::{Counts, Definitions, Stretch};
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
        let mut events = Vec::new();
        let mut n_more = self.n_more;
        for (&(key, slice_s, from_s), moved) in slices {
            let objectives = definitions.counted().filter(|(_, objective)| ObjectiveKey::of(&objective.sli) == Some(key));
            for (slo, objective) in objectives {
                if events.len() == TOLD_MAX {
                    n_more += 1;
                    continue;
                }
                let (from, until) = (Timestamp::from_secs(from_s), Timestamp::from_secs(from_s + slice_s));
                let slice = Stretch { after: from - DurationUs(1), upto: until - DurationUs(1) };
                let after = cells.sum(key, slice).counts;
                let before = Counts { good: without(after.good, moved.good), bad: without(after.bad, moved.bad) };
                let payload = json!({
                    "slo": slo.name, "objective": objective.label(), "fromUs": from.0, "untilUs": until.0,
                    "before": { "good": before.good, "bad": before.bad },
                    "after": { "good": after.good, "bad": after.bad },
                });
                events.push(NewEvent {
                    at: now,
                    kind: AMENDED.into(),
                    service: slo.service.clone(),
                    subject: slo.full_name(objective),
                    payload: payload.to_string(),
                });
            }
        }
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

fn size(moved: Moved) -> u64 {
    moved.good.unsigned_abs().saturating_add(moved.bad.unsigned_abs())
}

/// What a count was before it moved.
fn without(count: u64, moved: i64) -> u64 {
    count.saturating_add_signed(moved.saturating_neg())
}

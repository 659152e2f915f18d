//! What is left of spans when they are gone: summed while they are stored, and asked where an indicator is new.
//!
//! Nothing of it is in the way of a span. The thread that counts the past sums each five minutes from the store once they
//! are over and late spans are in ([`sum`]), and joins hours and days. Summed from the store, a slice is free of repeats,
//! and one that a crash tore off is summed again. [`recall`] says which slices stand for the time before the oldest
//! stored span, and what an indicator makes of them.
//!
//! A span belongs to the slice it started in, where as an event it belongs to the second it ended in: totals are the same,
//! and an edge is off by the spans' durations.
//!
//! With a share of traces the store does not know what came: then nothing is summed, nor is it later for the time in
//! which that was so.

mod plan;
mod recall;
mod sum;
#[cfg(test)]
mod tests;

pub(super) use recall::Recall;

use super::{Judge, JudgeError};
use nines_base::Timestamp;
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Objective, Slo};
use nines_storage::SpanStore;
use nines_storage::histograms::Histograms;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The fact that says from when on the store was given every span, or that it is not.
const FACT: &str = "slo/whole";

/// What the fact says while the store is given a share of traces.
const SHARE: &str = "share";

/// Where spans are summed from, and where the sums are kept.
#[derive(Clone)]
pub struct History {
    spans: Arc<dyn SpanStore>,
    histograms: Arc<dyn Histograms>,
}

impl History {
    /// Of a store that keeps every span.
    pub fn new(spans: Arc<dyn SpanStore>, histograms: Arc<dyn Histograms>) -> History {
        History { spans, histograms }
    }
}

/// A history that is kept.
pub(super) struct Kept {
    history: History,
    /// Before, the store was given a share.
    whole_from: Timestamp,
}

/// What is known of an indicator's past.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Told {
    /// From when on its events are counted.
    pub from: Timestamp,
    /// What is counted of before is an estimate.
    pub estimated_until: Option<Timestamp>,
}

impl Judge {
    /// Keeps a history from now on, and asks it where an indicator is new. Belongs before [`Judge::know_past`].
    pub fn keep_history(&self, history: History) -> Result<(), JudgeError> {
        let now = self.clock.now();
        let whole_from = match self.ledger.fact(FACT)?.as_deref() {
            None => Timestamp(0),
            Some(SHARE) => {
                self.ledger.set_facts(&[(FACT, &now.0.to_string())])?;
                now
            }
            Some(from) => Timestamp(from.parse().unwrap_or(now.0)),
        };
        // A second history would be one too many; the first one stays.
        let _ = self.history.set(Kept { history, whole_from });
        Ok(())
    }

    /// Notes that the store is given a share of traces: what it holds of this time is never summed.
    pub fn note_share(&self) -> Result<(), JudgeError> {
        Ok(self.ledger.set_facts(&[(FACT, SHARE)])?)
    }

    /// Since when the store is given every span; the beginning of time where it always was.
    pub(super) fn whole_from(&self) -> Timestamp {
        self.history.get().map_or(Timestamp(0), |kept| kept.whole_from)
    }

    /// From which arrival on spans that are stored are all that came; `None` where none are.
    pub(super) fn stored_whole_from(&self) -> Option<Timestamp> {
        Some(self.feed.whole_since()?.max(self.whole_from()))
    }
}

impl Told {
    /// As the fact says it, behind [`super::past::DONE`].
    pub(super) fn write(self) -> String {
        format!("{} {}", self.from.0, self.estimated_until.map_or(0, |until| until.0))
    }

    /// The opposite; `None` where it was counted before this was told.
    pub(super) fn read(said: &str) -> Option<Told> {
        let (from, until) = said.trim().split_once(' ')?;
        let until: i64 = until.parse().ok()?;
        let estimated_until = (until > 0).then_some(Timestamp(until));
        Some(Told { from: Timestamp(from.parse().ok()?), estimated_until })
    }

    /// What is known of an objective's past, from that of its indicators: it begins where all of them do.
    pub(super) fn of(told: &BTreeMap<ObjectiveKey, Told>, slo: &Slo, objective: &Objective) -> Option<Told> {
        let keys = slo.measured_on(objective).iter().filter_map(|part| ObjectiveKey::of(&part.sli));
        keys.filter_map(|key| told.get(&key).copied()).reduce(|one, other| Told {
            from: one.from.max(other.from),
            estimated_until: one.estimated_until.max(other.estimated_until),
        })
    }
}

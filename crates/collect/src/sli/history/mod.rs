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
use nines_slo::model::{BudgetingMethod, Objective, Slo};
use nines_storage::SpanStore;
use nines_storage::histograms::Histograms;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The fact that says from when on the store was given every span, or that it is not.
const FACT: &str = "slo/whole";

/// What the fact says while the store is given a share of traces.
const SHARE: &str = "share";

/// How a fact says whether histograms told events exactly.
const EXACT: &str = "exact";
const ESTIMATE: &str = "estimate";

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
    /// Up to when they are told by histograms; `None` where all are told by spans.
    pub recalled_until: Option<Timestamp>,
    /// Whether histograms tell good events from bad ones as spans would have. When in a slice they came is never known.
    pub is_exact: bool,
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
    /// Up to when what an SLO reads was estimated: methods that judge by slices ask when an event came, too.
    pub(super) fn estimated_until(self, slo: &Slo) -> Option<Timestamp> {
        self.recalled_until.filter(|_| !self.is_exact || slo.method != BudgetingMethod::Occurrences)
    }

    /// As the fact says it, behind the word that the past is counted.
    pub(super) fn write(self) -> String {
        let until = self.recalled_until.map_or(0, |until| until.0);
        format!("{} {until} {}", self.from.0, if self.is_exact { EXACT } else { ESTIMATE })
    }

    /// The opposite; `None` where it was counted before this was told.
    pub(super) fn read(said: &str) -> Option<Told> {
        let mut words = said.split_whitespace();
        let from = Timestamp(words.next()?.parse().ok()?);
        let until: i64 = words.next()?.parse().ok()?;
        let recalled_until = (until > 0).then_some(Timestamp(until));
        Some(Told { from, recalled_until, is_exact: words.next()? == EXACT })
    }

    /// What is known of an objective's past, from that of its indicators: it begins where all of them do.
    pub(super) fn of(told: &BTreeMap<ObjectiveKey, Told>, slo: &Slo, objective: &Objective) -> Option<Told> {
        let keys = slo.measured_on(objective).iter().filter_map(|part| ObjectiveKey::of(&part.sli));
        keys.filter_map(|key| told.get(&key).copied()).reduce(|one, other| Told {
            from: one.from.max(other.from),
            recalled_until: one.recalled_until.max(other.recalled_until),
            is_exact: one.is_exact && other.is_exact,
        })
    }
}

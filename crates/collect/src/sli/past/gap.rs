//! What came while an indicator was not defined: counted from stored spans once it is defined again.
//!
//! A definition that goes, or means something else, leaves its counts where they are. When it comes again it goes on
//! with them, and what arrived in between is counted as a new one's past is. Instants of going and coming are whole seconds,
//! as those where past and present meet: what arrived within the second in which it went, and after it, is left out.

use nines_base::Timestamp;
use nines_ledger::{Ledger, LedgerError};
use nines_slo::key::ObjectiveKey;
use nines_slo::model::Definitions;
use std::collections::{BTreeMap, BTreeSet};

/// Begins the name of the fact that says, by an indicator's key, which arrivals it did not count and is still to.
const FACT: &str = "slo/gap/";

/// Arrivals that an indicator did not count: from `since` on, and before `until` once it is defined again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Gap {
    pub since: Timestamp,
    pub until: Option<Timestamp>,
}

/// The gaps of all indicators, oldest first.
#[derive(Default)]
pub(super) struct Gaps {
    of: BTreeMap<ObjectiveKey, Vec<Gap>>,
    /// Those that the next commit tells of.
    unsaid: BTreeSet<ObjectiveKey>,
}

/// A gap that can be counted, with the indicators that have it.
pub(super) struct Countable {
    pub since: Timestamp,
    pub until: Timestamp,
    pub keys: Vec<ObjectiveKey>,
}

impl Gaps {
    /// Those that a ledger tells of.
    pub fn read(ledger: &dyn Ledger) -> Result<Gaps, LedgerError> {
        let facts = ledger.facts(FACT)?.into_iter();
        let of = facts.filter_map(|(name, said)| Some((ObjectiveKey::parse(name.strip_prefix(FACT)?)?, read(&said))));
        Ok(Gaps { of: of.filter(|(_, gaps)| !gaps.is_empty()).collect(), unsaid: BTreeSet::new() })
    }

    /// Facts for the next commit.
    pub fn unsaid(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let said = |key: &ObjectiveKey| self.of.get(key).map(|gaps| write(gaps)).unwrap_or_default();
        self.unsaid.iter().map(move |key| (format!("{FACT}{key}"), said(key)))
    }

    /// The facts are durable.
    pub fn committed(&mut self) {
        self.unsaid.clear();
    }

    /// An indicator counts nothing from an instant on.
    pub fn begin(&mut self, key: ObjectiveKey, since: Timestamp) {
        let gaps = self.of.entry(key).or_default();
        if gaps.last().is_none_or(|last| last.until.is_some()) {
            gaps.push(Gap { since, until: None });
            self.unsaid.insert(key);
        }
    }

    /// An indicator is defined, as it may have been all the time: from when on it counts, if a gap of it is open until
    /// `now` or still to be counted.
    pub fn end(&mut self, key: ObjectiveKey, now: Timestamp) -> Option<Timestamp> {
        let last = self.of.get_mut(&key)?.last_mut()?;
        if last.until.is_none() {
            self.unsaid.insert(key);
        }
        Some(*last.until.get_or_insert(now))
    }

    /// Nothing of an indicator was counted yet: all that came before is its past.
    pub fn forget(&mut self, key: ObjectiveKey) {
        if self.of.remove(&key).is_some() {
            self.unsaid.insert(key);
        }
    }

    /// A gap that ended before an instant, with all the defined indicators that have it.
    pub fn next(&self, definitions: &Definitions, before: Timestamp) -> Option<Countable> {
        let mut closed: Vec<(ObjectiveKey, Timestamp, Timestamp)> = Vec::new();
        for (key, gaps) in &self.of {
            let ended = gaps.iter().filter_map(|gap| Some((gap.since, gap.until.filter(|until| *until < before)?)));
            closed.extend(ended.map(|(since, until)| (*key, since, until)));
        }
        if closed.is_empty() {
            return None;
        }
        let keys = definitions.indicators().filter_map(|(_, objective)| ObjectiveKey::of(&objective.sli));
        let defined: BTreeSet<ObjectiveKey> = keys.collect();
        closed.retain(|(key, ..)| defined.contains(key));
        let &(_, since, until) = closed.first()?;
        let same = closed.iter().filter(|(_, from, upto)| (*from, *upto) == (since, until));
        Some(Countable { since, until, keys: same.map(|(key, ..)| *key).collect() })
    }

    /// A gap is counted.
    pub fn filled(&mut self, gap: &Countable) {
        for key in &gap.keys {
            let Some(gaps) = self.of.get_mut(key) else { continue };
            gaps.retain(|one| (one.since, one.until) != (gap.since, Some(gap.until)));
            if gaps.is_empty() {
                self.of.remove(key);
            }
            self.unsaid.insert(*key);
        }
    }
}

/// `SINCE-UNTIL SINCE-`, in microseconds.
fn write(gaps: &[Gap]) -> String {
    let text =
        |gap: &Gap| format!("{}-{}", gap.since.0, gap.until.map(|until| until.0.to_string()).unwrap_or_default());
    gaps.iter().map(text).collect::<Vec<_>>().join(" ")
}

fn read(said: &str) -> Vec<Gap> {
    let gap = |word: &str| {
        let (since, until) = word.split_once('-')?;
        Some(Gap { since: Timestamp(since.parse().ok()?), until: until.parse().ok().map(Timestamp) })
    };
    said.split_whitespace().filter_map(gap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_read_back_as_they_were_written() {
        let gap = |since: i64, until: Option<i64>| Gap { since: Timestamp(since), until: until.map(Timestamp) };
        for gaps in [vec![], vec![gap(5, None)], vec![gap(5, Some(7)), gap(9, None)]] {
            assert_eq!(read(&write(&gaps)), gaps);
        }
    }
}

//! What counting came to: events for the cells, and what became of spans.

use crate::key::ObjectiveKey;
use crate::model::Counts;
use nines_base::Timestamp;

/// What happened to spans, since the counter was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Spans observed.
    pub spans: u64,
    /// Spans that were valid for at least one indicator.
    pub matched: u64,
    /// Events counted: a span counts once for each indicator it is valid for.
    pub events: u64,
    /// Matched spans that were not counted because they have no start, and so no time.
    pub without_start: u64,
    /// Matched spans that were not counted because they ended more than [`super::AHEAD_MAX`] after they came.
    pub ahead: u64,
    /// Matched spans that had been counted before, for everything they match.
    pub repeated: u64,
    /// Spans counted although so late that a repeat might not have been recognised.
    pub beyond_horizon: u64,
}

/// Counted events not yet added to cells.
#[derive(Clone, Debug, Default)]
pub struct Delta {
    /// Key, a second in the same slice of every tier as the events, counts; both may come several times.
    pub(crate) cells: Vec<(ObjectiveKey, i64, Counts)>,
    /// Events taken back: traces whose standing moved. To be taken from the cells after the others were added.
    pub(crate) lost: Vec<(ObjectiveKey, i64, Counts)>,
    /// When each key first counted an event, by arrival.
    pub(crate) first_counted: Vec<(ObjectiveKey, Timestamp)>,
    /// Groups that are new: of which indicator, and the value.
    pub(crate) groups: Vec<(ObjectiveKey, String)>,
    /// Of what is in `cells` and `lost`, what came more than [`super::HORIZON`] after its second: what changes a cell that
    /// was thought to be settled.
    pub(crate) late: Vec<(ObjectiveKey, i64, Moved)>,
}

/// Events gained and taken back, added up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct Moved {
    pub good: i64,
    pub bad: i64,
}

impl Moved {
    pub(super) fn gained(counts: Counts) -> Moved {
        let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        Moved { good: signed(counts.good), bad: signed(counts.bad) }
    }

    pub(super) fn lost(counts: Counts) -> Moved {
        let Moved { good, bad } = Moved::gained(counts);
        Moved { good: -good, bad: -bad }
    }
}

impl std::ops::AddAssign for Moved {
    fn add_assign(&mut self, other: Moved) {
        self.good = self.good.saturating_add(other.good);
        self.bad = self.bad.saturating_add(other.bad);
    }
}

impl Delta {
    /// Whether there is nothing to add to cells: neither events nor groups, which may be new before an event of theirs is.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.lost.is_empty() && self.first_counted.is_empty() && self.groups.is_empty()
    }

    /// Groups that are new: of which indicator, and the value.
    pub fn groups(&self) -> &[(ObjectiveKey, String)] {
        &self.groups
    }

    /// What came more than [`super::HORIZON`] after its second, by key and second.
    pub fn late(&self) -> &[(ObjectiveKey, i64, Moved)] {
        &self.late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_of_a_group_alone_is_something() {
        let group = Delta { groups: vec![(ObjectiveKey::LIVENESS, "eu".into())], ..Delta::default() };
        let first = Delta { first_counted: vec![(ObjectiveKey::LIVENESS, Timestamp(1))], ..Delta::default() };
        assert!(Delta::default().is_empty() && !group.is_empty() && !first.is_empty());
    }
}

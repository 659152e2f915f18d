//! What indicators make of the time that no stored span tells of.

use super::super::past::Pace;
use super::{History, Judge};
use nines_base::Timestamp;
use nines_slo::cells::CellStore;
use nines_slo::history::{HistoryQuestion, Known};
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Counts, Definitions};
use nines_storage::histograms::{EntryKey, KeptSlice, OTHER, SliceId, SliceSums, cover};
use std::collections::{BTreeMap, HashMap};

/// Kinds of spans of which it is remembered whom they concern.
const KINDS_REMEMBERED_MAX: usize = 1 << 16;

/// Indicators whose past is told by histograms up to an instant.
pub(in crate::sli) struct Recall {
    /// From when on there are any.
    pub from: Timestamp,
    /// Spans that started before are told by histograms, and only those.
    pub until: Timestamp,
    slices: Vec<SliceId>,
    asked: Vec<Asked>,
    /// By what spans have in common, which indicators they may concern.
    concerned: HashMap<EntryKey, Vec<usize>>,
}

struct Asked {
    key: ObjectiveKey,
    question: HistoryQuestion,
    is_exact: bool,
}

/// The slices that stand for the time before the store has every span, and where they end: those that began before it.
/// A slice that ends after it tells of spans that are stored, too; these are then not counted.
fn before(kept: &[KeptSlice], whole_since: Option<Timestamp>) -> Vec<SliceId> {
    let began_before = |id: &SliceId| whole_since.is_none_or(|since| id.begin < since);
    cover(kept).into_iter().filter(began_before).collect()
}

impl Recall {
    /// The indicators among some that histograms can tell of; `None` where there are no histograms of before, or no such
    /// indicator.
    pub fn of(judge: &Judge, definitions: &Definitions, keys: &[ObjectiveKey]) -> Option<Recall> {
        let history = &judge.history.get()?.history;
        let slices = before(&history.histograms.slices(), judge.stored_whole_from());
        let (from, until) = (slices.first()?.begin, slices.last()?.end());
        let questions: BTreeMap<ObjectiveKey, HistoryQuestion> = definitions
            .indicators()
            .filter_map(|(_, objective)| {
                Some((ObjectiveKey::of(&objective.sli)?, HistoryQuestion::of(&objective.sli)?))
            })
            .filter(|(key, _)| keys.contains(key))
            .collect();
        let asked: Vec<Asked> =
            questions.into_iter().map(|(key, question)| Asked { key, question, is_exact: true }).collect();
        (!asked.is_empty()).then(|| Recall { from, until, slices, asked, concerned: HashMap::new() })
    }

    /// Which they are.
    pub fn keys(&self) -> Vec<ObjectiveKey> {
        self.asked.iter().map(|asked| asked.key).collect()
    }

    /// Whether what was counted of one is what spans would have said.
    pub fn is_exact(&self, key: ObjectiveKey) -> bool {
        self.asked.iter().all(|asked| asked.key != key || asked.is_exact)
    }

    /// Counts all of it into cells, unless it is told not to go on.
    pub fn count(&mut self, history: &History, cells: &mut CellStore, pace: &mut Pace<'_>) {
        for id in std::mem::take(&mut self.slices) {
            match history.histograms.read(id) {
                Ok(Some(sums)) => self.count_slice(id, &sums, cells),
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "a slice of history is lost");
                    self.asked.iter_mut().for_each(|asked| asked.is_exact = false);
                }
            }
            if pace.rest().is_break() {
                return;
            }
        }
    }

    fn count_slice(&mut self, id: SliceId, sums: &SliceSums, cells: &mut CellStore) {
        let mut counts = vec![Counts::default(); self.asked.len()];
        for (key, sums) in &sums.entries {
            for at in self.concerned(key) {
                let asked = &mut self.asked[at];
                let recalled = asked.question.count(known(key), sums.n_untimed, sums.durations.iter());
                counts[at] += recalled.counts;
                asked.is_exact &= recalled.is_exact;
            }
        }
        for (asked, counts) in self.asked.iter_mut().zip(counts) {
            asked.is_exact &= !sums.has_gaps;
            cells.share_out(asked.key, id.times(), counts);
        }
    }

    fn concerned(&mut self, key: &EntryKey) -> Vec<usize> {
        if let Some(concerned) = self.concerned.get(key) {
            return concerned.clone();
        }
        let may_concern = |at: &usize| self.asked[*at].question.may_concern(known(key));
        let concerned: Vec<usize> = (0..self.asked.len()).filter(may_concern).collect();
        if self.concerned.len() < KINDS_REMEMBERED_MAX {
            self.concerned.insert(key.clone(), concerned.clone());
        }
        concerned
    }
}

fn known(key: &EntryKey) -> Known<'_> {
    let named = |name| Some(name).filter(|name| *name != OTHER);
    Known { service: named(&*key.service), op: named(&*key.op), kind: key.kind, is_error: key.is_error }
}

impl Judge {
    /// The history that is kept, if one is.
    pub(in crate::sli) fn kept_history(&self) -> Option<&History> {
        self.history.get().map(|kept| &kept.history)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_storage::histograms::Tier;

    #[test]
    fn histograms_tell_of_what_began_before_everything_is_stored() {
        let hour =
            |n: i64| KeptSlice { id: SliceId { tier: Tier::Hour, begin: Timestamp::from_secs(n * 3600) }, n_parts: 12 };
        let kept: Vec<KeptSlice> = [5, 6, 8].map(hour).into();
        let n_before = |since_s: i64| before(&kept, Some(Timestamp::from_secs(since_s))).len();
        assert_eq!([5, 6, 7, 8, 9].map(|n| n_before(n * 3600)), [0, 1, 2, 2, 3]);
        assert_eq!(n_before(6 * 3600 + 1), 2, "the hour in which it begins is told whole by its histogram");
        assert_eq!(before(&kept, None).len(), 3);
    }
}

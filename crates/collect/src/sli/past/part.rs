//! Indicators whose past is counted together: by spans alone, or from an instant on.

use super::super::{Counting, groups};
use nines_base::Timestamp;
use nines_slo::cells::CellStore;
use nines_slo::count::{Counter, Groups};
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Definitions, Slo};
use nines_span::SpanFields;

/// Some indicators, and what is counted of their past so far.
pub(super) struct Part {
    keys: Vec<ObjectiveKey>,
    counter: Counter,
    cells: CellStore,
    /// What ended before is told by somebody else.
    from: Timestamp,
}

impl Part {
    /// Nothing counted yet of what came before `cut` and ended at `from` or later.
    pub fn new(
        definitions: &Definitions,
        keys: Vec<ObjectiveKey>,
        from: Timestamp,
        cut: Timestamp,
        groups: &Groups,
    ) -> Part {
        let definitions = concerned(definitions, &keys);
        let mut cells = CellStore::new();
        cells.define(&definitions, cut);
        let mut counter = Counter::new(&definitions);
        cells.restore_groups(groups);
        counter.restore_groups(groups);
        counter.count_for(&cells);
        Part { keys, counter, cells, from }
    }

    pub fn keys(&self) -> &[ObjectiveKey] {
        &self.keys
    }

    /// Where somebody else adds what they tell.
    pub fn cells_mut(&mut self) -> &mut CellStore {
        &mut self.cells
    }

    /// Counts a span that came at `arrived`.
    pub fn observe(&mut self, arrived: Timestamp, span: &dyn SpanFields) {
        let ended = || span.end_us().map(|us| Timestamp(i64::try_from(us).unwrap_or(i64::MAX)));
        let is_told = self.from > Timestamp(0) && ended().is_some_and(|ended| ended < self.from);
        if !self.keys.is_empty() && !is_told {
            self.counter.observe(arrived, span);
        }
    }

    /// Adds what was counted to the cells.
    pub fn settle(&mut self) {
        self.cells.apply(self.counter.take_delta());
    }

    /// Adds all of it to what is counted of the present.
    pub fn join(mut self, counting: &mut Counting, cells: &mut CellStore) {
        if self.keys.is_empty() {
            return;
        }
        self.settle();
        let of_groups = counting.counter.adopt(self.counter, &self.keys);
        let delta = counting.counter.take_delta();
        counting.new_groups.extend(delta.groups().iter().map(|(of, value)| groups::fact_of(*of, value)));
        let same: Vec<(ObjectiveKey, ObjectiveKey)> = self.keys.iter().map(|key| (*key, *key)).collect();
        cells.absorb(&self.cells, &same);
        // Traces and requests that were under way at the cut were counted twice, and are put together here.
        cells.apply(delta);
        cells.absorb(&self.cells, &of_groups);
    }
}

/// The definitions that count these indicators: their SLOs, and stories with the SLOs that they are of.
fn concerned(definitions: &Definitions, keys: &[ObjectiveKey]) -> Definitions {
    let has = |slo: &Slo| {
        slo.objectives.iter().filter_map(|objective| ObjectiveKey::of(&objective.sli)).any(|key| keys.contains(&key))
    };
    let stories: Vec<_> =
        definitions.stories.iter().filter(|story| story.together.as_ref().is_some_and(has)).cloned().collect();
    let of_story = |slo: &Slo| stories.iter().any(|story| story.slos.contains(&slo.name));
    let slos = definitions.slos.iter().filter(|slo| has(slo) || of_story(slo)).cloned().collect();
    Definitions { slos, stories, ..Definitions::default() }
}

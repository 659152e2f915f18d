//! Indicators whose past is counted together: by spans alone, or from an instant on.

use super::super::{Counting, View, groups};
use nines_base::{DurationUs, Timestamp};
use nines_slo::cells::CellStore;
use nines_slo::count::{Counter, Delta, Groups};
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Definitions, Slo};
use nines_span::SpanFields;

/// Some indicators, and what is counted of their past so far.
pub(super) struct Part {
    keys: Vec<ObjectiveKey>,
    counter: Counter,
    cells: CellStore,
    /// What started before is told by somebody else.
    from: Timestamp,
}

impl Part {
    /// Nothing counted yet of what came before `cut` and started at `from` or later.
    pub fn new(
        definitions: &Definitions,
        keys: Vec<ObjectiveKey>,
        from: Timestamp,
        cut: Timestamp,
        groups: &Groups,
    ) -> Part {
        let definitions = concerned(definitions, &keys);
        let mut cells = CellStore::new();
        cells.restore_groups(groups);
        cells.define(&definitions, cut);
        let mut counter = Counter::new(&definitions);
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
        // By start, as histograms have it: a span that was under way then is in the slice it started in.
        let is_told = i64::try_from(span.start().us).is_ok_and(|started| started < self.from.0);
        if !self.keys.is_empty() && !is_told {
            self.counter.observe(arrived, span);
        }
    }

    /// Remembers a span that was counted before what this part counts.
    pub fn remember(&mut self, arrived: Timestamp, span: &dyn SpanFields) {
        self.counter.remember(arrived, span);
    }

    /// How far back spans are to be remembered.
    pub fn recall(&self) -> DurationUs {
        self.counter.recall()
    }

    /// Adds what was counted to the cells.
    pub fn settle(&mut self) {
        self.cells.apply(self.counter.take_delta());
    }

    /// Has the counter of the present remember what was counted: of millions of spans that takes seconds, in which
    /// readers are answered. `None` where nothing was to be counted.
    pub fn adopted(mut self, counting: &mut Counting) -> Option<Adopted> {
        if self.keys.is_empty() {
            return None;
        }
        self.settle();
        let of_groups = counting.counter.adopt(self.counter, &self.keys);
        let delta = counting.counter.take_delta();
        counting.new_groups.extend(delta.groups().iter().map(|(of, value)| groups::fact_of(*of, value)));
        let own = self.keys.iter().map(|key| (*key, *key)).collect();
        Some(Adopted { cells: self.cells, own, delta, of_groups })
    }
}

/// What was counted of the past, as far as the counter of the present is concerned: what is left is to add it.
pub(super) struct Adopted {
    cells: CellStore,
    /// The indicators, by their key there and here.
    own: Vec<(ObjectiveKey, ObjectiveKey)>,
    /// Traces and requests that were under way at the cut were counted twice; this puts them together.
    delta: Delta,
    /// Their groups, likewise.
    of_groups: Vec<(ObjectiveKey, ObjectiveKey)>,
}

impl Adopted {
    /// Adds it to what readers see.
    pub fn add_to(self, view: &mut View) {
        view.cells.absorb(&self.cells, &self.own);
        view.take(self.delta);
        view.cells.absorb(&self.cells, &self.of_groups);
    }
}

/// The definitions that count these indicators: their SLOs, and stories with the SLOs that they are of.
fn concerned(definitions: &Definitions, keys: &[ObjectiveKey]) -> Definitions {
    let has = |slo: &Slo| {
        let own = slo.objectives.iter().filter_map(|objective| ObjectiveKey::of(&objective.sli));
        own.chain(slo.apart.keys().map(|(part, _)| part)).any(|key| keys.contains(&key))
    };
    let stories: Vec<_> =
        definitions.stories.iter().filter(|story| story.together.as_ref().is_some_and(has)).cloned().collect();
    let of_story = |slo: &Slo| stories.iter().any(|story| story.slos.contains(&slo.name));
    let slos = definitions.slos.iter().filter(|slo| has(slo) || of_story(slo)).cloned().collect();
    Definitions { slos, stories, ..Definitions::default() }
}

//! What readers ask of the judge: how objectives stand, their series, their totals, the gate.

use super::history::Told;
use super::{Judge, View};
use nines_base::{DurationUs, Timestamp};
use nines_slo::cells::CellStore;
use nines_slo::key::ObjectiveKey;
use nines_slo::model::{Counts, Definitions, Objective, Sli, Slo, Stretch, UserStory};
use nines_slo::openslo::Finding;
use nines_slo::policy::forecast::exhausts_in;
use nines_slo::series::{Point, series};
use nines_slo::status::{Status, evaluate};
use nines_slo::window::NotEvaluated;
use std::sync::Arc;

/// An objective with its definition and how it stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The SLO.
    pub slo: Slo,
    /// The objective.
    pub objective: Objective,
    /// How it stands at the watermark.
    pub status: Status,
    /// When its budget is gone if errors go on as they are; `None` where it lasts, or nothing is known.
    pub exhausts_in: Option<DurationUs>,
    /// What is known of its past, where it was counted back.
    pub told: Option<Told>,
}

impl Standing {
    /// `NAME`, or `NAME/OBJECTIVE` where the SLO has several.
    pub fn full_name(&self) -> String {
        self.status.name.clone()
    }

    /// Up to when what its window holds was estimated from histograms; `None` where nothing was.
    pub fn estimated_until(&self) -> Option<Timestamp> {
        let window = self.slo.window.at(self.status.at)?;
        self.told?.estimated_until(&self.slo).filter(|until| window.seen.after < *until)
    }

    /// The state in one word.
    pub fn state_word(&self) -> &'static str {
        self.status.state().word()
    }
}

/// What is in force, and what was refused.
#[derive(Clone, Debug)]
pub struct DefinitionsState {
    /// The set in force.
    pub in_force: Arc<Definitions>,
    /// When it was put in force.
    pub loaded_at: Timestamp,
    /// Findings of the set that was refused last; empty while the newest set is in force.
    pub refused: Vec<Finding>,
    /// When it was refused.
    pub refused_at: Option<Timestamp>,
    /// Warnings of the set in force.
    pub warnings: Vec<Finding>,
}

/// What one group of an objective counted over its window.
#[derive(Clone, Debug)]
pub struct GroupStanding {
    /// The tag's value; [`nines_slo::count::OTHER`] for those beyond the cap.
    pub value: String,
    /// How the group alone would stand.
    pub status: Status,
}

/// All events an objective ever counted, as far as cells reach.
#[derive(Clone, Debug)]
pub struct Total {
    /// The SLO.
    pub slo: String,
    /// The objective's label.
    pub objective: String,
    /// Its counts.
    pub counts: Counts,
    /// When the first of them was counted; `None` without any.
    pub since: Option<Timestamp>,
}

/// Sums round their newest edge outward by up to this; what may still turn must stay out of a counter, which then would
/// go back.
const FINEST_SLICE: DurationUs = DurationUs::from_secs(10);

/// Longest history that cells keep.
const HISTORY_MAX: DurationUs = DurationUs::from_secs(400 * 86_400);

impl View {
    /// How an objective stands at the watermark, with what its alerts remember.
    fn stand(&self, (slo, objective): (&Slo, &Objective)) -> Standing {
        let mut status = evaluate(slo, objective, &self.cells, self.watermark);
        self.alerts.recall(&mut status);
        let exhausts_in = exhausts_in(slo, objective, &self.cells, &status);
        let told = Told::of(&self.told, slo, objective);
        let mut standing = Standing { slo: slo.clone(), objective: objective.clone(), status, exhausts_in, told };
        standing.status.is_estimate |= standing.estimated_until().is_some();
        standing
    }
}

impl Judge {
    /// Up to when everything acknowledged has been counted.
    pub fn watermark(&self) -> Timestamp {
        self.view().watermark
    }

    /// The definitions in force.
    pub fn definitions(&self) -> Arc<Definitions> {
        self.view().definitions.clone()
    }

    /// What is in force, and what was refused.
    pub fn definitions_state(&self) -> DefinitionsState {
        let view = self.view();
        DefinitionsState {
            in_force: view.definitions.clone(),
            loaded_at: view.loaded_at,
            refused: view.refused.clone(),
            refused_at: view.refused_at,
            warnings: view.warnings.clone(),
        }
    }

    /// How every objective stands at the watermark, in file order.
    pub fn standings(&self) -> Vec<Standing> {
        self.standings_of(|_| true)
    }

    /// How the objectives of some SLOs stand, in file order.
    pub fn standings_of(&self, wanted: impl Fn(&Slo) -> bool) -> Vec<Standing> {
        let view = self.view();
        view.definitions.objectives().filter(|(slo, _)| wanted(slo)).map(|one| view.stand(one)).collect()
    }

    /// How the groups of an objective stand, those with the most bad events first; none where it is not taken apart.
    pub fn groups(&self, slo: &Slo, objective: &Objective) -> Vec<GroupStanding> {
        let Some(key) = ObjectiveKey::of(&objective.sli).filter(|_| objective.sli.group_by().is_some()) else {
            return Vec::new();
        };
        let view = self.view();
        let stand = |(value, group): (&str, ObjectiveKey)| {
            let alone = Objective { sli: Sli::OfGroup(group), ..objective.clone() };
            let slo = Slo { apart: slo.apart.of_group(key, group, value), ..slo.clone() };
            GroupStanding { value: value.to_owned(), status: evaluate(&slo, &alone, &view.cells, view.watermark) }
        };
        let mut groups: Vec<GroupStanding> = view.groups.of(key).map(stand).collect();
        let counted = |group: &GroupStanding| group.status.measure.events;
        groups.sort_by_key(|group| std::cmp::Reverse((counted(group).bad, counted(group).good)));
        groups
    }

    /// How each story that is joined by trace stands at the watermark, in file order; `None` for any other.
    pub fn stories(&self) -> Vec<(UserStory, Option<Status>)> {
        let view = self.view();
        let stand = |story: &UserStory| {
            let together = story.together.as_ref();
            let status = together.map(|slo| evaluate(slo, &slo.objectives[0], &view.cells, view.watermark));
            (story.clone(), status)
        };
        view.definitions.stories.iter().map(stand).collect()
    }

    /// The stories that are joined by trace, as the SLOs that they are together.
    pub fn story_standings(&self) -> Vec<Standing> {
        let view = self.view();
        let joined = view.definitions.stories.iter().filter_map(|story| story.together.as_ref());
        joined.map(|slo| view.stand((slo, &slo.objectives[0]))).collect()
    }

    /// All events of each objective, for counters that only grow while cells last. None of throughput: its events are
    /// neither good nor bad.
    pub fn totals(&self) -> Vec<Total> {
        let view = self.view();
        let upto = view.watermark + nines_slo::count::AHEAD_MAX;
        let all = Stretch { after: upto - HISTORY_MAX, upto };
        let total = |(slo, objective): (&Slo, &Objective)| {
            let settles_in = objective.sli.settles_in();
            let upto = if settles_in.0 > 0 { view.watermark - settles_in - FINEST_SLICE } else { all.upto };
            let all = Stretch { upto, ..all };
            let key = ObjectiveKey::of(&objective.sli);
            let counts = key.map(|key| view.cells.sum(key, all).counts).unwrap_or_default();
            let since = key.and_then(|key| view.cells.first_counted(key));
            Total { slo: slo.name.clone(), objective: objective.label(), counts, since }
        };
        let judged_by_events = |(_, objective): &(&Slo, &Objective)| objective.sli.throughput().is_none();
        view.definitions.objectives().filter(judged_by_events).map(total).collect()
    }

    /// The cells of one indicator of an SLO as they are now, with those of what is counted apart of it, and the watermark
    /// they include: for questions about the past that take longer than counting may wait.
    pub fn past(&self, slo: &Slo, key: ObjectiveKey) -> (CellStore, Timestamp) {
        let view = self.view();
        let apart = slo.apart.keys().filter(|(_, of)| *of == key).map(|(part, _)| part);
        let keys: Vec<ObjectiveKey> = apart.chain([key]).collect();
        (view.cells.only(&keys), view.watermark)
    }

    /// An objective over time.
    pub fn series(
        &self,
        slo: &Slo,
        objective: &Objective,
        stretch: Stretch,
        step: DurationUs,
    ) -> Result<Vec<Point>, NotEvaluated> {
        series(slo, objective, &self.view().cells, stretch, step)
    }
}

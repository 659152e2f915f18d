//! What a user story is judged by.
//!
//! Joined by trace, a story is an SLO of its own whose events are traces, each good where every event of the
//! story in it is ([`crate::count`] says how). Of an SLO with several objectives the one with the highest target
//! counts, whose limit is the most that anybody promised to nearly all. The story's own target is the least of
//! theirs, its window the longest. Events that are made of several spans are none of a trace's, nor is what is asked
//! elsewhere; both are left out.
//! Joined otherwise, it is judged by the budgets of its SLOs.

use crate::fraction::Fraction;
use crate::key::ObjectiveKey;
use crate::model::{BudgetingMethod, Join, Objective, Sli, Slo, UserStory};
use crate::policy::apart::SetApart;
use crate::status::Status;

/// What the one objective of a story is called.
pub const STORY_LABEL: &str = "story";

/// The story, with what its traces are together.
pub fn joined(story: UserStory, slos: &[Slo]) -> UserStory {
    let together = if story.join == Join::Trace { together(&story, slos) } else { None };
    UserStory { together, ..story }
}

fn together(story: &UserStory, slos: &[Slo]) -> Option<Slo> {
    let members: Vec<&Slo> = slos.iter().filter(|slo| story.slos.contains(&slo.name)).collect();
    let promised: Vec<&Objective> =
        members.iter().flat_map(|slo| promised(slo)).filter(|objective| has_traces(objective)).collect();
    let mut keys: Vec<ObjectiveKey> =
        promised.iter().filter_map(|objective| ObjectiveKey::of(&objective.sli)).collect();
    if keys.is_empty() {
        return None;
    }
    // What a story means does not depend on the order of its SLOs.
    keys.sort_unstable();
    keys.dedup();
    let longest = members.iter().max_by_key(|slo| slo.window.length_at_most())?;
    let target = promised.iter().map(|objective| objective.target).min()?;
    Some(Slo {
        name: story.name.clone(),
        display_name: story.display_name.clone(),
        method: BudgetingMethod::Occurrences,
        objectives: vec![Objective {
            number: 1,
            // Names its alerts apart from those of an SLO of the same name.
            display_name: Some(STORY_LABEL.to_owned()),
            target,
            time_slice_target: None,
            time_slice: None,
            sli: Sli::Together(keys),
            weight: Fraction::whole(1),
        }],
        description: None,
        alert_policies: Vec::new(),
        adjustments: Vec::new(),
        apart: SetApart::default(),
        place: story.place.clone(),
        ..(*longest).clone()
    })
}

/// Whether a story by trace leaves an SLO out that is measured: no event of it is one span's.
pub(crate) fn is_left_out(slo: &Slo) -> bool {
    let is_measured = |objective: &Objective| ObjectiveKey::of(&objective.sli).is_some();
    promised(slo).iter().all(|objective| is_measured(objective) && !has_traces(objective))
}

/// Whether its events are those of one trace each: what is asked elsewhere has no traces, and of an event of several
/// spans nobody can say in which it is.
fn has_traces(objective: &Objective) -> bool {
    objective.sli.is_of_spans() && !objective.sli.is_of_several_spans()
}

/// The objectives of an SLO that its events are held against in a story: all parts of a composite, else the one
/// with the highest target.
fn promised(slo: &Slo) -> Vec<&Objective> {
    match slo.composite() {
        Some((_, parts)) => parts.iter().collect(),
        None => slo.objectives.iter().max_by_key(|objective| objective.target).into_iter().collect(),
    }
}

/// The budget of a story that is not joined by trace, from its SLOs: their mean, or the least. For display;
/// `None` where nothing is known of any.
pub fn budget<'s>(join: Join, members: impl Iterator<Item = &'s Status>) -> Option<f64> {
    let budgets: Vec<f64> = members.filter_map(|status| Some(status.budget()?.as_f64())).collect();
    if budgets.is_empty() {
        return None;
    }
    match join {
        Join::Worst => budgets.into_iter().reduce(f64::min),
        Join::Weighted | Join::Trace => Some(budgets.iter().sum::<f64>() / budgets.len() as f64),
    }
}

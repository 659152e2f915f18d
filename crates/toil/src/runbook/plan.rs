//! What a run would do, and which of its steps need a person.

use super::model::{Kind, Runbook, Step};
use std::collections::HashMap;

/// What happens to a step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It runs.
    Runs,
    /// A person is needed before it can.
    NeedsPerson,
    /// Its parameter is known already.
    Given,
    /// Its condition does not hold.
    NotNow,
    /// It stands before the step that the run begins at.
    Before,
    /// Somebody leaves it out.
    Skipped,
    /// It undoes another, and runs only for that.
    Undoes,
}

/// What somebody wants of a run.
#[derive(Clone, Default, Debug)]
pub struct Wanted {
    /// Parameters with their values, defaults among them.
    pub params: HashMap<String, String>,
    /// The step to begin at.
    pub start_at: Option<String>,
    /// Steps to leave out.
    pub skipped: Vec<String>,
}

/// Whether a step ever needs a person.
#[must_use]
pub fn needs_person(step: &Step) -> bool {
    match &step.kind {
        Kind::Ask { .. } | Kind::Manual { .. } => true,
        Kind::Sh(shell) | Kind::Check(shell, _) => shell.confirm || shell.interactive || shell.danger.is_some(),
        Kind::Slo { .. } => false,
    }
}

/// The environment whose name must be typed before a step, where this run is in it.
///
/// A runbook with a parameter `env` that lists the environments is dangerous only in the one that is named.
#[must_use]
pub fn danger<'s>(runbook: &Runbook, step: &'s Step, params: &HashMap<String, String>) -> Option<&'s str> {
    let danger = step.shell()?.danger.as_deref()?;
    let lists_it = runbook.param("env").is_some_and(|param| param.choices.iter().any(|choice| choice == danger));
    let is_elsewhere = lists_it && params.get("env").is_some_and(|env| env != danger);
    (!is_elsewhere).then_some(danger)
}

/// Every step with what happens to it.
#[must_use]
pub fn plan<'r>(runbook: &'r Runbook, wanted: &Wanted) -> Vec<(&'r Step, Fate)> {
    let start = wanted.start_at.as_ref().and_then(|id| runbook.steps.iter().position(|step| step.id == *id));
    let fate = |(nth, step): (usize, &'r Step)| (step, fate_of(runbook, step, nth, start, wanted));
    runbook.steps.iter().enumerate().map(fate).collect()
}

fn fate_of(runbook: &Runbook, step: &Step, nth: usize, start: Option<usize>, wanted: &Wanted) -> Fate {
    if let Kind::Ask { param } = &step.kind {
        return if wanted.params.contains_key(param) { Fate::Given } else { Fate::NeedsPerson };
    }
    if wanted.skipped.contains(&step.id) {
        return Fate::Skipped;
    }
    if start.is_some_and(|start| nth < start) {
        return Fate::Before;
    }
    // Begun at an undoing step, a run is for undoing.
    if runbook.is_undo(&step.id) && wanted.start_at.as_ref() != Some(&step.id) {
        return Fate::Undoes;
    }
    if let Some(when) = &step.when
        && let Some(value) = wanted.params.get(&when.name)
        && !when.holds(Some(value))
    {
        return Fate::NotNow;
    }
    let is_asked = match step.shell() {
        Some(shell) => shell.confirm || shell.interactive || danger(runbook, step, &wanted.params).is_some(),
        None => needs_person(step),
    };
    if is_asked { Fate::NeedsPerson } else { Fate::Runs }
}

//! How far a runbook is automated, told from its file and its runs.

use super::model::{Kind, Runbook};
use super::plan::needs_person;

/// Runs by `--auto` that must have finished in a row before nobody needs to watch.
pub const GREEN_RUNS: usize = 10;

/// A rung of the ladder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// All by hand.
    Manual,
    /// Commands, with people in between.
    Assisted,
    /// People are asked only where there is danger.
    DangerOnly,
    /// Nobody is asked, and the last ten runs finished.
    Unattended,
    /// As before, started by what it is for, under the gate's guard.
    Triggered,
}

impl Level {
    /// `L0` to `L4`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Level::Manual => "L0",
            Level::Assisted => "L1",
            Level::DangerOnly => "L2",
            Level::Unattended => "L3",
            Level::Triggered => "L4",
        }
    }
}

/// A run as the ladder sees it. One that was refused before its first step is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PastRun {
    /// Whether it was by `--auto`.
    pub is_auto: bool,
    /// Whether it came to its end.
    pub is_finished: bool,
    /// Whether an agent started it.
    pub by_agent: bool,
}

/// Runs by `--auto` that finished since the last that did not; other runs neither add nor break.
#[must_use]
pub fn green_in_a_row(runs: &[PastRun]) -> usize {
    runs.iter().rev().filter(|run| run.is_auto).take_while(|run| run.is_finished).count()
}

/// The rung of a runbook with its runs, the oldest first.
#[must_use]
pub fn level(runbook: &Runbook, runs: &[PastRun]) -> Level {
    let steps = || runbook.steps.iter().filter(|step| !runbook.is_undo(&step.id));
    if !steps().any(|step| step.shell().is_some()) {
        return Level::Manual;
    }
    let is_by_hand = |kind: &Kind| match kind {
        Kind::Manual { .. } => true,
        Kind::Sh(shell) | Kind::Check(shell, _) => shell.interactive || shell.confirm && shell.danger.is_none(),
        Kind::Ask { .. } | Kind::Slo { .. } => false,
    };
    if steps().any(|step| is_by_hand(&step.kind)) {
        return Level::Assisted;
    }
    // A parameter can be given; a confirmation cannot.
    let asks = steps().any(|step| !matches!(step.kind, Kind::Ask { .. }) && needs_person(step));
    let green = green_in_a_row(runs);
    if asks || green < GREEN_RUNS {
        return Level::DangerOnly;
    }
    let by_agents = runs.iter().rev().filter(|run| run.is_auto).take(GREEN_RUNS).all(|run| run.by_agent);
    match !runbook.triggers.is_empty() && runbook.gate.is_some() && by_agents {
        true => Level::Triggered,
        false => Level::Unattended,
    }
}

/// Share of the attended time that was by hand; nothing where nobody attended.
#[must_use]
pub fn manual_fraction(manual_seconds: f64, attended_seconds: f64) -> Option<f64> {
    (attended_seconds > 0.0).then(|| (manual_seconds / attended_seconds).clamp(0.0, 1.0))
}

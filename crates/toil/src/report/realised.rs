//! Automations: what was promised when they were built, and what came of it.

use super::slices::YEAR_US;
use crate::book::{Automation, Book, TaskStatus};
use crate::judge::median::median;
use crate::judge::roi;
use nines_base::Timestamp;

/// Runs by hand that a baseline is the median of, at most: the last ones.
const BASELINE_RUNS: usize = 10;

/// An automated task.
#[derive(Clone, PartialEq, Debug)]
pub struct Realised {
    /// Its key.
    pub task: String,
    /// When it was automated.
    pub shipped: Timestamp,
    /// Net hours a year that were promised, where it was said what building takes.
    pub promised_hours: Option<f64>,
    /// Hours freed since.
    pub hours: f64,
    /// Runs that a machine did since.
    pub n_runs: usize,
    /// Hands-on minutes before and now.
    pub minutes: [f64; 2],
    /// What building took.
    pub build_hours: Option<f64>,
    /// The part of it that is paid back.
    pub paid_back: Option<f64>,
}

pub(super) fn realised(book: &Book, now: Timestamp) -> Vec<Realised> {
    let shipped = book.said().automations().filter(|(_, automation)| automation.status == TaskStatus::Automated);
    shipped.filter_map(|(task, automation)| of_task(book, task, automation, now)).collect()
}

fn of_task(book: &Book, task: &str, automation: &Automation, now: Timestamp) -> Option<Realised> {
    let shipped = automation.shipped?;
    let before = baseline(book, task, shipped)?;
    let auto: Vec<f64> = book
        .runs()
        .of(task)
        .filter(|run| run.is_auto && run.is_finished && shipped <= run.ended && run.ended < now)
        .map(|run| run.attended.0 as f64 / 6e7)
        .collect();
    let minutes_now = if auto.is_empty() { automation.minutes_after.unwrap_or(0.0) } else { mean(&auto) };
    let build_hours = automation.build_hours.filter(|hours| *hours > 0.0);
    let (hours, paid_back) = roi::realised(auto.len() as f64, before.minutes, minutes_now, build_hours.unwrap_or(1.0));
    Some(Realised {
        task: task.to_owned(),
        shipped,
        promised_hours: build_hours.map(|build| promised(&before, automation, build)),
        hours,
        n_runs: auto.len(),
        minutes: [before.minutes, minutes_now],
        build_hours,
        paid_back: build_hours.map(|_| paid_back),
    })
}

/// Runs before a task was automated.
struct Baseline {
    minutes: f64,
    runs_a_year: f64,
}

fn baseline(book: &Book, task: &str, shipped: Timestamp) -> Option<Baseline> {
    let task = book.tasks.find(task)?;
    let mut runs: Vec<(Timestamp, f64)> = book
        .kept()
        .iter()
        .filter(|kept| kept.entry.task == task && kept.entry.start < shipped && !kept.is_removed)
        .map(|kept| (kept.entry.start, kept.entry.hands_on().0 as f64 / 6e7))
        .collect();
    runs.sort_by_key(|(start, _)| *start);
    let first = runs.first()?.0;
    let years = ((shipped - first).0 as f64 / YEAR_US).max(1.0 / 52.0);
    let runs_a_year = runs.len() as f64 / years;
    let mut last: Vec<f64> = runs.iter().rev().take(BASELINE_RUNS).map(|(_, minutes)| *minutes).collect();
    Some(Baseline { minutes: median(&mut last)?, runs_a_year })
}

fn promised(before: &Baseline, automation: &Automation, build_hours: f64) -> f64 {
    roi::Promise {
        runs: before.runs_a_year,
        minutes: before.minutes,
        minutes_after: automation.minutes_after.unwrap_or(0.0),
        persons: 1.0,
        interrupts: 0.0,
        adoption: roi::ADOPTION,
        switch_minutes: roi::SWITCH_MIN,
        build_hours,
        upkeep_hours: automation.upkeep_hours.unwrap_or(build_hours * roi::UPKEEP),
    }
    .gain()
    .net_hours
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

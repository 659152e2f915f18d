//! What tasks cost in a year, and whether that grows with traffic.

use super::ask::Ask;
use super::slices::hours_by_step;
use super::{Counted, OfTasks, hours};
use crate::book::{Book, TaskStatus};
use crate::entry::{Category, Class};
use crate::interrupts::SWITCH_COST;
use crate::judge::elasticity::{Elasticity, Lacking, elasticity, intensity};
use std::collections::BTreeMap;

/// A task and its cost.
#[derive(Clone, PartialEq, Debug)]
pub struct Cost {
    /// Its key.
    pub task: String,
    /// What it was called last.
    pub title: String,
    /// Where it comes from.
    pub category: Category,
    /// The team that spends most on it.
    pub team: String,
    /// What most of its runs are.
    pub class: Class,
    /// What became of it.
    pub status: TaskStatus,
    /// Hours a year at the pace of the window, switches among them.
    pub hours_a_year: f64,
    /// Runs of the window.
    pub n_runs: usize,
    /// Runs a year.
    pub runs_a_year: f64,
    /// Hands-on minutes of a run.
    pub minutes: f64,
    /// Share of runs that interrupted somebody.
    pub interrupts: f64,
    /// How it grows with traffic, or why that is not known.
    pub growth: Option<Result<Growth, Lacking>>,
}

/// How a task grows with traffic.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Growth {
    /// The slope and its label.
    pub elasticity: Elasticity,
    /// Hours for a million requests in the first and in the last step.
    pub intensity: [f64; 2],
    /// Hours of a step at twice the requests of the last.
    pub hours_at_double: f64,
}

impl Cost {
    /// With how it grows. Asked for of the few that are shown: requests are counted for each.
    pub(super) fn with_growth(mut self, book: &Book, ask: &Ask<'_>, of_tasks: &OfTasks<'_>) -> Cost {
        self.growth = Some(growth(book, ask, of_tasks, &self.task));
        self
    }
}

/// What each task costs, the most first.
pub(super) fn costs(book: &Book, ask: &Ask<'_>, of_tasks: &OfTasks<'_>) -> Vec<Cost> {
    let mut costs: Vec<Cost> = of_tasks.iter().map(|(task, runs)| cost(book, ask, *task, runs)).collect();
    costs.retain(|cost| cost.hours_a_year > 0.0);
    costs.sort_by(|a, b| b.hours_a_year.total_cmp(&a.hours_a_year).then_with(|| a.task.cmp(&b.task)));
    costs
}

/// cost a year = runs a year × (minutes + share of interrupts × switch) / 60 (SRE workbook, chapter 6).
fn cost(book: &Book, ask: &Ask<'_>, task: u32, runs: &[&Counted]) -> Cost {
    let key = book.tasks.name(task);
    let n_runs = runs.len();
    let spent: f64 = runs.iter().map(|run| hours(run.time)).sum();
    let n_interrupts = runs.iter().filter(|run| run.entry.interrupt).count();
    let interrupts = n_interrupts as f64 / n_runs.max(1) as f64;
    let runs_a_year = ask.window.a_year(n_runs as f64);
    let hours_a_run = spent / n_runs.max(1) as f64;
    let known = book.task(task);
    Cost {
        task: key.to_owned(),
        title: known.map(|known| known.title.to_string()).filter(|title| !title.is_empty()).unwrap_or(key.to_owned()),
        category: most(runs.iter().map(|run| run.entry.category)).unwrap_or_default(),
        team: most(runs.iter().map(|run| book.teams.name(run.entry.team))).unwrap_or_default().to_owned(),
        class: most(runs.iter().map(|run| run.entry.class)).unwrap_or(Class::OpsNovel),
        status: book.said().automation(key).status,
        hours_a_year: runs_a_year * (hours_a_run + interrupts * hours(SWITCH_COST)),
        n_runs,
        runs_a_year,
        minutes: hours_a_run * 60.0,
        interrupts,
        growth: None,
    }
}

/// What comes most often.
fn most<T: Ord>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts.into_iter().max_by_key(|(_, n)| *n).map(|(one, _)| one)
}

/// How a task grows with the traffic of its service, or of all where none is known.
pub(super) fn growth(book: &Book, ask: &Ask<'_>, of_tasks: &OfTasks<'_>, key: &str) -> Result<Growth, Lacking> {
    let Some(task) = book.tasks.find(key) else { return Err(Lacking::Weeks(0)) };
    let service = book.task(task).and_then(|task| task.service.as_deref());
    let runs = of_tasks.get(&task).map_or(&[][..], Vec::as_slice);
    let hours = hours_by_step(ask, runs.iter().copied());
    let requests = ask.requests.by_step(service, ask.window, ask.step);
    let steps: Vec<(f64, f64)> =
        requests.iter().zip(hours).filter_map(|(requests, hours)| requests.map(|requests| (requests, hours))).collect();
    let elasticity = elasticity(&steps)?;
    let both: Vec<(f64, f64)> = steps.into_iter().filter(|(requests, hours)| *requests > 0.0 && *hours > 0.0).collect();
    let ends = [both.first(), both.last()].map(|step| step.copied().map_or(0.0, intensity));
    let last = both.last().map_or(0.0, |(requests, _)| *requests);
    Ok(Growth { elasticity, intensity: ends, hours_at_double: elasticity.hours_at(2.0 * last) })
}

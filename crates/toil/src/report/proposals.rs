//! What to do about it, in the order in which it should be tried: reject, batch, fix at the source, self-service, automate
//! (SRE workbook, chapter 6). A task has one proposal: the first that fits.

use super::ask::{Ask, Window};
use super::costs::{Cost, growth};
use super::slices::{YEAR_US, traffic_growth};
use super::words::Why;
use super::{Counted, OfTasks, hours};
use crate::book::{Book, TaskStatus};
use crate::entry::{Category, Class};
use crate::interrupts::SWITCH_COST;
use crate::judge::elasticity::Label;
use crate::judge::{reject, roi};
use nines_base::DurationUs;
use std::collections::BTreeSet;

/// Runs from which on something is done over and over.
pub const RUNS_MIN: usize = 5;
/// Hours that building an automation is taken to need where nobody says.
pub const BUILD_HOURS: f64 = 16.0;
/// An automation that pays back later than in so many weeks is not proposed.
pub const PAYBACK_WEEKS_MAX: f64 = 52.0;
/// From this share of runs on a task is one that interrupts.
const INTERRUPTS_MIN: f64 = 0.5;

/// What is proposed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Not to do it: it never touched a budget.
    Reject,
    /// To do several together.
    Batch,
    /// To do away with what makes it necessary.
    Fix,
    /// To let those do it who need it.
    SelfService,
    /// To have a machine do it.
    Automate,
}

impl Kind {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Reject => "reject",
            Kind::Batch => "batch",
            Kind::Fix => "fix",
            Kind::SelfService => "selfService",
            Kind::Automate => "automate",
        }
    }
}

/// A proposal.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// What.
    pub kind: Kind,
    /// The key of its task.
    pub task: String,
    /// Hours a year that it frees.
    pub hours_a_year: f64,
    /// Why.
    pub why: Why,
    /// Weeks until it is paid back, where something is to be built.
    pub payback_weeks: Option<f64>,
    /// The same without switches, adoption and upkeep: what is usually said.
    pub naive_payback_weeks: Option<f64>,
    /// Net hours that automating frees in three years if its runs go on growing as traffic does; nothing where they do not, or
    /// that is not known.
    pub three_years_hours: Option<f64>,
    /// Whether there is a runbook of this key already: the first step of automating it.
    pub has_runbook: bool,
    /// Net hours a year for each hour of building; the greater is the sooner.
    rank: f64,
}

pub(super) fn proposals(book: &Book, ask: &Ask<'_>, of_tasks: &OfTasks<'_>, costs: &[Cost]) -> Vec<Proposal> {
    let is_open = |cost: &&Cost| {
        cost.n_runs >= RUNS_MIN
            && cost.class == Class::Toil
            && matches!(cost.status, TaskStatus::Open | TaskStatus::Automating)
    };
    let mut proposals: Vec<Proposal> =
        costs.iter().filter(is_open).filter_map(|cost| propose(&Subject::new(book, ask, of_tasks, cost))).collect();
    proposals.sort_by(|a, b| a.kind.cmp(&b.kind).then(b.rank.total_cmp(&a.rank)));
    proposals
}

/// A task that something is proposed for.
struct Subject<'a> {
    book: &'a Book,
    ask: &'a Ask<'a>,
    cost: &'a Cost,
    of_tasks: &'a OfTasks<'a>,
    runs: &'a [&'a Counted],
    is_paged: bool,
    service: Option<&'a str>,
}

impl<'a> Subject<'a> {
    fn new(book: &'a Book, ask: &'a Ask<'a>, of_tasks: &'a OfTasks<'a>, cost: &'a Cost) -> Subject<'a> {
        let number = book.tasks.find(&cost.task);
        let task = number.and_then(|task| book.task(task));
        Subject {
            book,
            ask,
            cost,
            of_tasks,
            runs: number.and_then(|task| of_tasks.get(&task)).map_or(&[], Vec::as_slice),
            is_paged: task.is_some_and(|task| task.is_paged),
            service: task.and_then(|task| task.service.as_deref()),
        }
    }

    /// By which share runs grow in a year, where the task grows as traffic does; twice in a year at most, since a quarter says
    /// little of years.
    fn yearly_growth(&self) -> Option<f64> {
        let grown = growth(self.book, self.ask, self.of_tasks, &self.cost.task).ok()?;
        if !matches!(grown.elasticity.label, Label::Linear | Label::SuperLinear) {
            return None;
        }
        let requests = self.ask.requests.by_step(self.service, self.ask.window, self.ask.step);
        traffic_growth(self.ask, &requests, YEAR_US).map(|growth| growth.min(1.0))
    }

    fn proposal(&self, kind: Kind, hours_a_year: f64, why: Why) -> Proposal {
        Proposal {
            kind,
            task: self.cost.task.clone(),
            hours_a_year,
            why,
            payback_weeks: None,
            naive_payback_weeks: None,
            three_years_hours: None,
            has_runbook: self.book.runs().of(&self.cost.task).next().is_some(),
            rank: hours_a_year,
        }
    }
}

fn propose(subject: &Subject<'_>) -> Option<Proposal> {
    reject(subject)
        .or_else(|| batch(subject))
        .or_else(|| fix(subject))
        .or_else(|| self_service(subject))
        .or_else(|| automate(subject))
}

/// A page that never burned budget is no page.
fn reject(subject: &Subject<'_>) -> Option<Proposal> {
    let service = subject.service.filter(|_| subject.is_paged)?;
    let around = DurationUs::from_secs(reject::AROUND_MIN * 60);
    let of_task = subject.book.pages().list().iter().filter(|page| page.name == subject.cost.task);
    let window = subject.ask.window;
    let burned: Vec<f64> = of_task
        .filter(|page| window.from <= page.fired && page.fired < window.to)
        .filter_map(|page| {
            let over = page.resolved.unwrap_or(page.fired);
            let around = Window { from: page.fired - around, to: over + around };
            subject.ask.burned.percent(service, around)
        })
        .collect();
    // A run whose time nobody measured may have been the one that mattered.
    let is_whole = burned.len() == subject.cost.n_runs;
    if !is_whole || !reject::may_reject(&burned)? {
        return None;
    }
    let most = burned.iter().copied().fold(0.0, f64::max);
    let switch = hours(SWITCH_COST) * 60.0;
    let in_4_weeks = subject.cost.runs_a_year / 13.0;
    let freed = reject::freed_hours(in_4_weeks, subject.cost.minutes, switch * subject.cost.interrupts);
    let why = Why::NeverBurned { runs: burned.len(), most: format!("{most:.2}"), service: service.to_owned() };
    Some(subject.proposal(Kind::Reject, freed, why))
}

/// What interrupts and can wait is done once a day.
fn batch(subject: &Subject<'_>) -> Option<Proposal> {
    let Cost { category, interrupts, n_runs, .. } = subject.cost;
    let can_wait = !subject.is_paged && *category != Category::Oncall;
    if !can_wait || *interrupts < INTERRUPTS_MIN {
        return None;
    }
    let interrupting = subject.runs.iter().filter(|run| run.entry.interrupt);
    let days: BTreeSet<(u32, i64)> =
        interrupting.map(|run| (run.entry.person, run.entry.start.0.div_euclid(86_400_000_000))).collect();
    let n_interrupts = (*interrupts * *n_runs as f64).round();
    let saved = n_interrupts - days.len() as f64;
    let freed = subject.ask.window.a_year(saved) * hours(SWITCH_COST);
    (saved >= 1.0 && freed >= 1.0).then(|| {
        let why = Why::OnceADay { interrupts: n_interrupts as usize, days: days.len() };
        subject.proposal(Kind::Batch, freed, why)
    })
}

/// What comes back because its cause stays.
fn fix(subject: &Subject<'_>) -> Option<Proposal> {
    let Cost { category, n_runs, hours_a_year, .. } = subject.cost;
    let comes_back = subject.is_paged || matches!(category, Category::OpaqueDebug | Category::Oncall);
    let is_mended = matches!(category, Category::Release) && subject.cost.task.starts_with("quick-fix");
    (comes_back || is_mended).then(|| {
        let why = Why::ComesBack { runs: *n_runs, weeks: subject.ask.window.weeks().round() as u64 };
        subject.proposal(Kind::Fix, *hours_a_year, why)
    })
}

/// What others ask for, and small changes of one file.
fn self_service(subject: &Subject<'_>) -> Option<Proposal> {
    let Cost { category, n_runs, hours_a_year, task, .. } = subject.cost;
    match task.strip_prefix("edit:") {
        Some(file) => {
            let why = Why::SmallEdits { runs: *n_runs, file: file.to_owned() };
            Some(subject.proposal(Kind::SelfService, *hours_a_year, why))
        }
        None if *category == Category::BusinessProcess => {
            let why = Why::AskedFor { runs: *n_runs };
            Some(subject.proposal(Kind::SelfService, *hours_a_year, why))
        }
        None => None,
    }
}

fn automate(subject: &Subject<'_>) -> Option<Proposal> {
    let automation = subject.book.said().automation(&subject.cost.task);
    let build_hours = automation.build_hours.unwrap_or(BUILD_HOURS);
    let promise = roi::Promise {
        runs: subject.cost.runs_a_year,
        minutes: subject.cost.minutes,
        minutes_after: automation.minutes_after.unwrap_or(0.0),
        persons: 1.0,
        interrupts: subject.cost.interrupts,
        adoption: roi::ADOPTION,
        switch_minutes: roi::SWITCH_MIN,
        build_hours,
        upkeep_hours: automation.upkeep_hours.unwrap_or(build_hours * roi::UPKEEP),
    };
    let gain = promise.gain();
    let weeks = gain.payback_weeks.filter(|weeks| *weeks <= PAYBACK_WEEKS_MAX)?;
    let why = Why::PaysBack {
        runs: subject.cost.runs_a_year.round() as u64,
        minutes: format!("{:.0}", subject.cost.minutes),
        build: format!("{build_hours:.0}"),
        weeks: format!("{weeks:.0}"),
        is_assumed: automation.build_hours.is_none(),
    };
    let mut proposal = subject.proposal(Kind::Automate, gain.net_hours, why);
    proposal.payback_weeks = Some(weeks);
    proposal.naive_payback_weeks = Some(promise.naive_payback_weeks());
    proposal.three_years_hours = subject.yearly_growth().map(|growth| roi::grown(&promise, growth, 3));
    proposal.rank = promise.rank();
    Some(proposal)
}

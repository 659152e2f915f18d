//! The report: where the time of teams went, what costs most, whether it grows with traffic, and what to do about it.
//!
//! No figure here is of a person, but one's own where one asks for it (TOI-2).

mod ask;
mod costs;
mod coverage;
mod oncall;
mod own;
mod proposals;
mod realised;
mod slices;
mod teams;
mod words;

pub use ask::{Ask, Burned, NothingKnown, Requests, WEEK, Window};
pub use costs::{Cost, Growth};
pub use coverage::Coverage;
pub use oncall::OnCall;
pub use own::Own;
pub use proposals::{Kind, Proposal};
pub use realised::Realised;
pub use slices::STEPS_MAX;
pub use teams::{Hours, Team};
pub use words::Why;

use crate::book::Book;
use crate::entry::{Class, Entry};
use crate::ledger::count;
use nines_base::DurationUs;
use std::collections::{BTreeMap, BTreeSet};

/// Tasks that are shown as the most costly.
pub const TOP: usize = 5;

/// What the ledger says of a time.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// The time.
    pub window: Window,
    /// Each team, by name.
    pub teams: Vec<Team>,
    /// What costs most, the most first; nothing where too little is known to rank.
    pub top: Vec<Cost>,
    /// What to do next, in the order in which it should be tried.
    pub proposals: Vec<Proposal>,
    /// Automated tasks: what was promised and what came.
    pub realised: Vec<Realised>,
    /// How on-call goes; nothing where nobody was paged.
    pub oncall: Option<OnCall>,
    /// How much of what people feel the ledger knows; nothing where nobody was asked.
    pub coverage: Option<Coverage>,
    /// Figures of whoever asks.
    pub own: Option<Own>,
    /// Events of the ledger that could not be read, and are in nothing of this.
    pub n_unread: usize,
}

/// An entry within the window, and what is counted of it.
pub(crate) struct Counted {
    pub entry: Entry,
    pub time: DurationUs,
}

/// Makes a report.
#[must_use]
pub fn report(book: &mut Book, ask: &Ask<'_>) -> Report {
    let Ledger { counted, seen } = ledger(book, ask);
    let book = &*book;
    let teams = teams::teams(book, ask, &counted, &seen);
    let coverage = coverage::coverage(book, ask, &teams);
    let ranks = coverage.is_none_or(|coverage| coverage.ranks());
    let of_tasks = by_task(&counted);
    let costs = if ranks { costs::costs(book, ask, &of_tasks) } else { Vec::new() };
    let mut proposals = proposals::proposals(book, ask, &of_tasks, &costs);
    proposals.retain(|proposal| ask.task.is_none_or(|task| proposal.task == task));
    let is_asked = |cost: &Cost| ask.task.is_none_or(|task| cost.task == task);
    let top = costs.into_iter().filter(is_asked).take(TOP).map(|cost| cost.with_growth(book, ask, &of_tasks)).collect();
    Report {
        window: ask.window,
        top,
        proposals,
        realised: realised::realised(book, ask.window.to),
        oncall: oncall::oncall(book, ask),
        coverage,
        own: own::own(book, ask, &counted),
        n_unread: book.n_unread(),
        teams,
    }
}

/// What is counted of each task, by its number.
type OfTasks<'a> = BTreeMap<u32, Vec<&'a Counted>>;

fn by_task(counted: &[Counted]) -> OfTasks<'_> {
    let mut of_tasks = OfTasks::new();
    for one in counted {
        of_tasks.entry(one.entry.task).or_default().push(one);
    }
    of_tasks
}

/// What the ledger has of a window.
struct Ledger {
    /// Operational work: what is counted of every entry once all of a person's are laid over each other.
    counted: Vec<Counted>,
    /// Teams and persons who did anything, engineering too: their hours are there.
    seen: BTreeSet<(u32, u32)>,
}

fn ledger(book: &mut Book, ask: &Ask<'_>) -> Ledger {
    let team = ask.team.map(|team| book.teams.number(team));
    let mut entries: Vec<Entry> = book.entries();
    entries.retain_mut(|entry| clip(entry, ask.window));
    let times = count(&entries).of_entries;
    let counted = entries.into_iter().zip(times).map(|(entry, time)| Counted { entry, time });
    let mut counted: Vec<Counted> =
        counted.filter(|counted| team.is_none_or(|team| counted.entry.team == team)).collect();
    let seen = counted.iter().map(|Counted { entry, .. }| (entry.team, entry.person)).collect();
    counted.retain(|counted| !counted.entry.is_absorbed && counted.entry.class != Class::Engineering);
    Ledger { counted, seen }
}

/// Cuts an entry to the window; `false` where it lies outside.
fn clip(entry: &mut Entry, window: Window) -> bool {
    let length = entry.hands_on();
    let end = entry.start + length;
    if length == DurationUs(0) {
        return window.from <= entry.start && entry.start < window.to;
    }
    let (from, to) = (entry.start.max(window.from), end.min(window.to));
    if from >= to {
        return false;
    }
    (entry.start, entry.attended) = (from, Some(to - from));
    entry.end = Some(entry.end.unwrap_or(to).min(window.to));
    true
}

fn hours(time: DurationUs) -> f64 {
    time.0 as f64 / 3.6e9
}

#[cfg(test)]
mod tests;

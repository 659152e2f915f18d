//! How much of what people feel the ledger knows.

use super::ask::Ask;
use super::teams::Team;
use crate::book::Book;
use crate::judge::pulse::{COVERAGE_MIN, dark};

/// What the ledger knows, and what it lacks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Coverage {
    /// The part it knows, at most 1.
    pub part: f64,
    /// Hours that it lacks.
    pub dark_hours: f64,
    /// Answers it is from.
    pub n_answers: usize,
    /// How many of them say that toil leaves no time to automate toil.
    pub n_blocked: usize,
}

impl Coverage {
    /// Whether enough is known to say what costs most.
    #[must_use]
    pub fn ranks(&self) -> bool {
        self.part >= COVERAGE_MIN
    }
}

/// What is asked is about two weeks: of a shorter window answers say nothing.
const WEEKS_MIN: f64 = 2.0;

pub(super) fn coverage(book: &Book, ask: &Ask<'_>, teams: &[Team]) -> Option<Coverage> {
    let answers: Vec<_> = book
        .said()
        .pulses(ask.window.from, ask.window.to)
        .filter(|pulse| ask.team.is_none_or(|team| pulse.team == team))
        .collect();
    if answers.is_empty() || ask.window.weeks() < WEEKS_MIN {
        return None;
    }
    let share = answers.iter().map(|pulse| pulse.share).sum::<f64>() / answers.len() as f64;
    let asked: Vec<&Team> = teams.iter().filter(|team| answers.iter().any(|pulse| pulse.team == team.team)).collect();
    let capacity: f64 = asked.iter().map(|team| team.capacity_hours).sum();
    let known: f64 = asked.iter().map(|team| team.share * team.capacity_hours).sum();
    let dark = dark(share, capacity, known)?;
    Some(Coverage {
        part: dark.coverage,
        dark_hours: dark.hours,
        n_answers: answers.len(),
        n_blocked: answers.iter().filter(|pulse| pulse.is_blocked).count(),
    })
}

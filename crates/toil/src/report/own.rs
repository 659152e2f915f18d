//! One's own figures, for nobody else.

use super::Counted;
use super::ask::Ask;
use super::teams::{Hours, Sums};
use crate::book::Book;
use crate::judge::cap::Standing;
use std::collections::BTreeSet;

/// Figures of whoever asks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Own {
    /// Hours by evidence.
    pub counted: Hours,
    /// What switching cost.
    pub switch_hours: f64,
    /// Hours there are.
    pub capacity_hours: f64,
    /// Toil and switches of them.
    pub share: f64,
    /// How that stands against the cap.
    pub standing: Standing,
}

pub(super) fn own(book: &Book, ask: &Ask<'_>, counted: &[Counted]) -> Option<Own> {
    let me = ask.me?;
    let person = book.persons.find(me);
    let mine = || counted.iter().filter(|one| Some(one.entry.person) == person);
    let mut sums = Sums::of(mine());
    let teams: BTreeSet<&str> = mine().map(|one| book.teams.name(one.entry.team)).collect();
    let hours_of = |team: &&str| book.said().hours(team, me, ask.window.from, ask.window.to);
    let capacity_hours = teams.iter().map(hours_of).sum::<f64>();
    let capacity_hours = if teams.is_empty() { hours_of(&"") } else { capacity_hours };
    let switch_hours = sums.switches();
    let share = if capacity_hours > 0.0 { (sums.toil() + switch_hours) / capacity_hours } else { 0.0 };
    Some(Own { counted: sums.hours(), switch_hours, capacity_hours, share, standing: Standing::of(share) })
}

//! One's own figures, for nobody else.

use super::Counted;
use super::ask::Ask;
use super::teams::{Hours, Sums};
use crate::book::{Book, HOURS_A_WEEK};
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
    let hours_of = |team: &str| book.said().hours(team, me, ask.window.from, ask.window.to);
    // Whoever works for two teams has one week: what was said for each, or what everybody has.
    let is_mine = |(team, person): &(&str, &str)| *person == me && ask.team.is_none_or(|asked| asked == *team);
    let said: BTreeSet<&str> = book.said().persons().filter(is_mine).map(|(team, _)| team).collect();
    let capacity_hours =
        if said.is_empty() { HOURS_A_WEEK * ask.window.weeks() } else { said.into_iter().map(hours_of).sum() };
    let switch_hours = sums.switches();
    let share = if capacity_hours > 0.0 { (sums.toil() + switch_hours) / capacity_hours } else { 0.0 };
    Some(Own { counted: sums.hours(), switch_hours, capacity_hours, share, standing: Standing::of(share) })
}

//! How on-call goes.

use super::ask::Ask;
use crate::book::Book;
use crate::judge::oncall::{Health, health};
use std::collections::BTreeSet;

/// Pages, what they were together, and shifts.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct OnCall {
    /// Pages.
    pub n_alerts: usize,
    /// Sessions of pages.
    pub n_incidents: usize,
    /// Shifts of twelve hours of every team that was paged.
    pub n_shifts: usize,
    /// Their ratios.
    pub health: Health,
    /// Pages of which nobody is known to have taken them: only that they interrupted is counted.
    pub n_untaken: usize,
    /// Share of pages outside working hours.
    pub off_hours: f64,
}

/// Microseconds of a shift.
const SHIFT_US: i64 = 12 * 3_600_000_000;

pub(super) fn oncall(book: &Book, ask: &Ask<'_>) -> Option<OnCall> {
    let is_in = |page: &&crate::record::PageRecord| {
        ask.window.from <= page.fired && page.fired < ask.window.to && ask.team.is_none_or(|team| page.team == team)
    };
    let pages: Vec<_> = book.pages().list().iter().filter(is_in).collect();
    let first = pages.iter().map(|page| page.fired).min()?;
    let teams: BTreeSet<&str> = pages.iter().map(|page| page.team.as_str()).collect();
    let n_shifts = usize::try_from((ask.window.to - first).0 / SHIFT_US + 1).unwrap_or(1) * teams.len();
    let n_incidents = book.pages().n_incidents(ask.window.from, ask.window.to, ask.team);
    let n_off = pages.iter().filter(|page| (ask.is_off_hours)(page.fired)).count();
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Some(OnCall {
        n_alerts: pages.len(),
        n_incidents,
        n_shifts,
        health: health(small(pages.len()), small(n_incidents), small(n_shifts)),
        n_untaken: pages.iter().filter(|page| page.acknowledged.is_none()).count(),
        off_hours: n_off as f64 / pages.len() as f64,
    })
}

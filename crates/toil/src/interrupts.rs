//! Interrupts: pages that come close together are one session of a person, and each session costs a switch of context
//! beside its hands-on time (SRE workbook, chapter 6).

use nines_base::{DurationUs, Timestamp};

/// Pages not further apart than this are one session.
pub const SESSION_GAP: DurationUs = DurationUs::from_secs(30 * 60);
/// What a session costs beside its own time, unless a team says otherwise.
pub const SWITCH_COST: DurationUs = DurationUs::from_secs(10 * 60);
/// Whoever acknowledges is there for so long at least, and is not held to have stayed longer than the most.
pub const ATTENDED: std::ops::RangeInclusive<DurationUs> =
    DurationUs::from_secs(5 * 60)..=DurationUs::from_secs(60 * 60);

/// A page of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// When it fired.
    pub fired: Timestamp,
    /// When somebody took it.
    pub acknowledged: Option<Timestamp>,
    /// When it was over; a page that still goes on ends with what is known.
    pub resolved: Timestamp,
}

/// Pages that belong together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Session {
    /// When the first fired.
    pub start: Timestamp,
    /// When somebody took the first.
    pub taken: Option<Timestamp>,
    /// How many.
    pub n_pages: u32,
    /// From the first acknowledgement to the last end, within [`ATTENDED`]; nothing where nobody acknowledged.
    pub attended: DurationUs,
}

/// Sessions of one person's pages.
#[must_use]
pub fn sessions(pages: &[Page]) -> Vec<Session> {
    let mut pages = pages.to_vec();
    pages.sort_by_key(|page| page.fired);
    let mut sessions = Vec::new();
    let mut open: Vec<Page> = Vec::new();
    for page in pages {
        let last = open.iter().map(|page| page.resolved.max(page.fired)).max();
        if last.is_some_and(|last| page.fired - last > SESSION_GAP) {
            sessions.extend(session(&open));
            open.clear();
        }
        open.push(page);
    }
    sessions.extend(session(&open));
    sessions
}

fn session(pages: &[Page]) -> Option<Session> {
    let start = pages.first()?.fired;
    let taken = pages.iter().filter_map(|page| page.acknowledged).min();
    let over = pages.iter().map(|page| page.resolved).max()?;
    let attended = taken.map_or(DurationUs(0), |taken| (over - taken).clamp(*ATTENDED.start(), *ATTENDED.end()));
    Some(Session { start, taken, n_pages: u32::try_from(pages.len()).unwrap_or(u32::MAX), attended })
}

/// How many sessions moments make that interrupted somebody; in any order.
#[must_use]
pub fn n_sessions(moments: &mut [(Timestamp, Timestamp)]) -> u64 {
    moments.sort_unstable();
    let mut n_sessions = 0;
    let mut last: Option<Timestamp> = None;
    for (start, end) in moments.iter() {
        if last.is_none_or(|last| *start - last > SESSION_GAP) {
            n_sessions += 1;
        }
        last = last.max(Some(*end));
    }
    n_sessions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_t5_pages_close_together_are_one_session_with_one_switch() {
        let at = |minute: i64| Timestamp::from_secs(minute * 60);
        let page = |fired, acknowledged: Option<i64>, resolved| Page {
            fired: at(fired),
            acknowledged: acknowledged.map(at),
            resolved: at(resolved),
        };
        let pages = [page(0, Some(2), 14), page(9, Some(11), 20), page(55, None, 58), page(300, Some(303), 480)];
        let sessions = sessions(&pages);
        let attended: Vec<i64> = sessions.iter().map(|session| session.attended.0 / 60_000_000).collect();
        assert_eq!(attended, [18, 0, 60]);
        let switches = sessions.len() as i64 * SWITCH_COST.0 / 60_000_000;
        assert_eq!(attended.iter().sum::<i64>() + switches, 108);
        assert_eq!(sessions.iter().map(|session| session.n_pages).collect::<Vec<_>>(), [2, 1, 1]);
    }
}

//! Pages as entries: those of one person that come close together are one session, whose hands-on time the pages share.

use super::Names;
use crate::entry::{Category, Class, Entry, Evidence};
use crate::interrupts::{Page, sessions};
use crate::record::PageRecord;
use nines_base::{DurationUs, Timestamp};
use std::collections::{BTreeMap, HashMap};

/// Pages by fingerprint and beginning.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    list: Vec<PageRecord>,
    by_key: HashMap<(Box<str>, Timestamp), u32>,
}

impl Pages {
    /// Whoever was paged where nobody took the page.
    pub const ON_CALL: &str = "";

    /// Takes a page, or what a later report adds to a known one.
    pub fn take(&mut self, page: PageRecord) {
        let key = (page.fingerprint.as_str().into(), page.fired);
        match self.by_key.get(&key) {
            Some(at) => merge(&mut self.list[*at as usize], page),
            None => {
                self.by_key.insert(key, u32::try_from(self.list.len()).unwrap_or(u32::MAX));
                self.list.push(page);
            }
        }
    }

    /// Whether a page says nothing that is not known.
    #[must_use]
    pub fn knows(&self, page: &PageRecord) -> bool {
        let Some(at) = self.by_key.get(&(page.fingerprint.as_str().into(), page.fired)) else { return false };
        let known = &self.list[*at as usize];
        (page.resolved.is_none() || known.resolved.is_some())
            && (page.acknowledged.is_none() || known.acknowledged.is_some())
    }

    /// All.
    #[must_use]
    pub fn list(&self) -> &[PageRecord] {
        &self.list
    }

    /// How many sessions there are of those that fired in a time, each team by itself: what on-call calls an incident.
    #[must_use]
    pub fn n_incidents(&self, from: Timestamp, to: Timestamp, team: Option<&str>) -> usize {
        let mut of_teams: BTreeMap<&str, Vec<Page>> = BTreeMap::new();
        let is_in =
            |page: &&PageRecord| from <= page.fired && page.fired < to && team.is_none_or(|team| page.team == team);
        for page in self.list.iter().filter(is_in) {
            of_teams.entry(&page.team).or_default().push(plain(page));
        }
        of_teams.values().map(|pages| sessions(pages).len()).sum()
    }

    /// As entries, derived by machines: each page has its part of its session's hands-on time. One that nobody took has none,
    /// but interrupted whoever was on call.
    pub(super) fn entries(&self, persons: &mut Names, teams: &mut Names, tasks: &mut Names) -> Vec<Entry> {
        let mut of_persons: BTreeMap<(&str, &str), Vec<&PageRecord>> = BTreeMap::new();
        for page in &self.list {
            let person = page.acknowledged.as_ref().map_or(Pages::ON_CALL, |(_, by)| by);
            of_persons.entry((person, &page.team)).or_default().push(page);
        }
        let mut entries = Vec::with_capacity(self.list.len());
        for ((person, team), mut pages) in of_persons {
            pages.sort_by_key(|page| page.fired);
            let (person, team) = (persons.number(person), teams.number(team));
            let plain: Vec<Page> = pages.iter().map(|page| plain(page)).collect();
            let mut pages = pages.into_iter();
            for session in sessions(&plain) {
                let mut start = session.taken.unwrap_or(session.start);
                let part = DurationUs(session.attended.0 / i64::from(session.n_pages.max(1)));
                for page in pages.by_ref().take(session.n_pages as usize) {
                    let end = start + part;
                    entries.push(entry(page, person, team, tasks.number(&page.name), (start, end)));
                    start = end;
                }
            }
        }
        entries
    }
}

fn merge(known: &mut PageRecord, page: PageRecord) {
    known.resolved = known.resolved.or(page.resolved);
    known.acknowledged = known.acknowledged.take().or(page.acknowledged);
}

/// One that still goes on ends, as far as is known, when it was taken or fired.
fn plain(page: &PageRecord) -> Page {
    let acknowledged = page.acknowledged.as_ref().map(|(at, _)| *at);
    Page { fired: page.fired, acknowledged, resolved: page.resolved.or(acknowledged).unwrap_or(page.fired) }
}

fn entry(page: &PageRecord, person: u32, team: u32, task: u32, (start, end): (Timestamp, Timestamp)) -> Entry {
    // Where nobody took it no time is known; when it fired says where it belongs.
    let start = if page.acknowledged.is_some() { start } else { page.fired };
    Entry {
        person,
        team,
        task,
        class: Class::Toil,
        category: Category::Oncall,
        start,
        end: Some(if page.acknowledged.is_some() { end } else { start }),
        attended: None,
        evidence: Evidence::Derived,
        interrupt: true,
        is_absorbed: false,
    }
}

//! The book: what the ledger's events of toil, runs and pages come to. A fold: the same events give the same book.
//!
//! Knows no store and no clock. Whoever keeps it folds each event once, in the ledger's order.

mod class;
mod floating;
mod names;
mod pages;
mod rows;
mod runs;
mod said;

pub use class::{OCCURRENCES_MIN, OCCURRENCES_WITHIN};
pub use names::Names;
pub use pages::Pages;
pub use rows::{Key, batch_payload, key_of, without_person};
pub use runs::{FINISHED as RUN_FINISHED, Run, Runs, STARTED as RUN_STARTED};
pub use said::{Automation, CAPACITY, CLASSIFIED, Capacity, HOURS_A_WEEK, PULSE, Pulse, Said, TASK, TaskStatus};

use crate::entry::{Class, Entry};
use crate::record::PageRecord;
use floating::Floating;
use nines_base::Timestamp;
use rows::{Batch, Row};
use std::collections::{HashMap, HashSet};

/// Entries of one person.
pub const RECORDED: &str = "toil.recorded";
/// Pages.
pub const PAGED: &str = "toil.paged";
/// An entry that its person took out again.
pub const REMOVED: &str = "toil.removed";

/// What is known of a task beside its entries.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// What it was called last.
    pub title: Box<str>,
    /// The service it is about, where a page or a runbook says so.
    pub service: Option<Box<str>>,
    /// Whether pages start it.
    pub is_paged: bool,
}

/// An entry as kept: numbers where it has names.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What is counted of it; its class is what somebody says, or toil until the number of runs says otherwise.
    pub entry: Entry,
    /// The class that somebody says it has.
    pub said: Option<Class>,
    /// Its key.
    pub key: Key,
    /// Digests of `SOURCE:ID` and of `ID`, by which others name it.
    ids: [u64; 2],
    /// Digest of what it belongs to; 0 where that is nothing.
    link: u64,
    /// Event and row.
    pub place: (u64, u32),
    /// Whether its person took it out again. Its key stays known, so that the next import does not bring it back.
    pub is_removed: bool,
    /// Numbers of its source, title and link.
    words: [u32; 3],
}

/// The fold.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Persons.
    pub persons: Names,
    /// Teams; the empty name is of those who say none.
    pub teams: Names,
    /// Keys of tasks.
    pub tasks: Names,
    texts: Names,
    of_tasks: Vec<Task>,
    kept: Vec<Kept>,
    by_key: HashMap<Key, u32>,
    removed: HashSet<Key>,
    pages: Pages,
    said: Said,
    runs: Runs,
    floating: Floating,
    n_unread: usize,
}

impl Book {
    /// Folds an event. One that cannot be read is counted and left out: a newer version may have written it.
    pub fn fold(&mut self, id: u64, kind: &str, at: Timestamp, payload: &str) {
        let is_read = match kind {
            RECORDED => self.record(id, payload),
            PAGED => self.page(payload),
            REMOVED => self.remove(payload),
            RUN_FINISHED => self.finish(at, payload),
            kind => self.said.fold(kind, at, payload),
        };
        self.n_unread += usize::from(!is_read);
    }

    /// Takes a page that did not come as an event of toil: an alert of our own.
    pub fn take_page(&mut self, page: PageRecord) {
        let task = self.tasks.number(&page.name);
        let of_task = self.task_mut(task);
        of_task.is_paged = true;
        if !page.service.is_empty() {
            of_task.service = Some(page.service.as_str().into());
        }
        self.pages.take(page);
    }

    /// Events that could not be read.
    #[must_use]
    pub fn n_unread(&self) -> usize {
        self.n_unread
    }

    /// Whether an entry is known.
    #[must_use]
    pub fn knows(&self, source: &str, ext_id: &str) -> bool {
        self.by_key.contains_key(&key_of(source, ext_id))
    }

    /// Whether a page says nothing that is not known.
    #[must_use]
    pub fn knows_page(&self, page: &PageRecord) -> bool {
        self.pages.knows(page)
    }

    /// Entries as recorded.
    #[must_use]
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// An entry by its key.
    #[must_use]
    pub fn by_key(&self, key: Key) -> Option<&Kept> {
        self.by_key.get(&key).map(|at| &self.kept[*at as usize])
    }

    /// Source, title and link of an entry.
    #[must_use]
    pub fn words(&self, kept: &Kept) -> [&str; 3] {
        kept.words.map(|number| self.texts.name(number))
    }

    /// What is known of a task.
    #[must_use]
    pub fn task(&self, task: u32) -> Option<&Task> {
        self.of_tasks.get(task as usize)
    }

    /// When the newest entry or page began.
    #[must_use]
    pub fn newest(&self) -> Option<Timestamp> {
        let kept = self.kept.iter().filter(|kept| !kept.is_removed).map(|kept| kept.entry.start);
        kept.chain(self.pages.list().iter().map(|page| page.fired)).max()
    }

    /// What people said: capacities, pulses, what became of tasks.
    #[must_use]
    pub fn said(&self) -> &Said {
        &self.said
    }

    /// Runs of runbooks.
    #[must_use]
    pub fn runs(&self) -> &Runs {
        &self.runs
    }

    /// Pages.
    #[must_use]
    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    /// Every entry with its class: those of [`Book::kept`] in its order, then those of pages. What was taken out is absorbed.
    #[must_use]
    pub fn entries(&mut self) -> Vec<Entry> {
        let absorbed = self.absorbed();
        let mut entries: Vec<Entry> = self.kept.iter().map(|kept| kept.entry.clone()).collect();
        entries.iter_mut().zip(absorbed).for_each(|(entry, is_absorbed)| entry.is_absorbed = is_absorbed);
        let mut said: Vec<Option<Class>> = self.kept.iter().map(|kept| kept.said).collect();
        let paged = self.pages.entries(&mut self.persons, &mut self.teams, &mut self.tasks);
        said.resize(said.len() + paged.len(), None);
        entries.extend(paged);
        let of_tasks: HashMap<u32, Class> =
            self.said.classes().filter_map(|(task, class)| Some((self.tasks.find(task)?, class))).collect();
        for (entry, said) in entries.iter().zip(&mut said).filter(|_| !of_tasks.is_empty()) {
            *said = said.or_else(|| of_tasks.get(&entry.task).copied());
        }
        class::classify(&mut entries, &said);
        entries
    }

    fn record(&mut self, id: u64, payload: &str) -> bool {
        let Ok(batch) = serde_json::from_str::<Batch<'_>>(payload) else { return false };
        let person = self.persons.number(&batch.person);
        for (row_idx, row) in (0..).zip(&batch.entries) {
            self.keep(person, row, (id, row_idx));
        }
        true
    }

    fn keep(&mut self, person: u32, row: &Row<'_>, place: (u64, u32)) {
        let key = row.key();
        if self.by_key.contains_key(&key) {
            return;
        }
        let task = self.tasks.number(&row.task);
        if !row.title.is_empty() {
            self.task_mut(task).title = row.title.as_ref().into();
        }
        let length = row.attended().unwrap_or_default();
        let start = if row.floating { self.floating.lay(person, row.start(), length) } else { row.start() };
        let entry = Entry {
            person,
            team: self.teams.number(&row.team),
            task,
            class: row.class().unwrap_or(Class::Toil),
            category: row.category(),
            start,
            end: row.end(),
            attended: row.attended(),
            evidence: row.evidence(),
            interrupt: row.interrupt,
            is_absorbed: false,
        };
        let ids = [digest(&format!("{}:{}", row.source, row.ext_id)), digest(&row.ext_id)];
        let words = [&row.source, &row.title, &row.link].map(|text| self.texts.number(text));
        self.by_key.insert(key, u32::try_from(self.kept.len()).unwrap_or(u32::MAX));
        let (said, link, is_removed) = (row.class(), digest(&row.link), self.removed.contains(&key));
        self.kept.push(Kept { entry, said, key, ids, link, place, is_removed, words });
    }

    fn remove(&mut self, payload: &str) -> bool {
        let Ok(json) = serde_json::from_str::<serde_json::Value>(payload) else { return false };
        let Some(Ok(key)) = json["key"].as_str().map(|key| Key::from_str_radix(key, 16)) else { return false };
        // Of a person who was erased, what is left of the entry is written after what took it out.
        self.removed.insert(key);
        if let Some(at) = self.by_key.get(&key) {
            self.kept[*at as usize].is_removed = true;
        }
        true
    }

    fn page(&mut self, payload: &str) -> bool {
        let Ok(json) = serde_json::from_str::<serde_json::Value>(payload) else { return false };
        let Some(pages) = json["pages"].as_array() else { return false };
        let mut all_read = true;
        for page in pages {
            match crate::record::json::read_page(page) {
                Ok(page) => self.take_page(page),
                Err(_) => all_read = false,
            }
        }
        all_read
    }

    fn finish(&mut self, at: Timestamp, payload: &str) -> bool {
        let Some(run) = runs::read(at, payload) else { return false };
        let task = self.tasks.number(&run.runbook);
        if !run.service.is_empty() {
            self.task_mut(task).service = Some(run.service.as_str().into());
        }
        self.runs.take(run);
        true
    }

    fn task_mut(&mut self, task: u32) -> &mut Task {
        let at = task as usize;
        if self.of_tasks.len() <= at {
            self.of_tasks.resize_with(at + 1, Task::default);
        }
        &mut self.of_tasks[at]
    }

    /// Which entries were taken out, or belong to a better known one of the same person and have no end of their own. Two
    /// belong together where one names the other (`SOURCE:ID`, `ID`) or both name the same.
    fn absorbed(&self) -> Vec<bool> {
        let there = || self.kept.iter().filter(|kept| !kept.is_removed);
        let named: HashSet<u64> = there().map(|kept| kept.link).filter(|link| *link != 0).collect();
        let mut best: HashMap<(u32, u64), crate::Evidence> = HashMap::new();
        let tokens = |kept: &Kept| {
            let [full, bare] = kept.ids;
            [full, bare, kept.link].into_iter().filter(|token| named.contains(token))
        };
        for kept in there() {
            for token in tokens(kept) {
                let best = best.entry((kept.entry.person, token)).or_insert(kept.entry.evidence);
                *best = kept.entry.evidence.min(*best);
            }
        }
        // Whoever took a page may name it in a ticket.
        for (person, token) in self.taken_pages().filter(|(_, token)| named.contains(token)) {
            let best = best.entry((person, token)).or_insert(crate::Evidence::Derived);
            *best = crate::Evidence::Derived.min(*best);
        }
        let is_absorbed = |kept: &Kept| {
            let better = |token| best.get(&(kept.entry.person, token)).is_some_and(|best| *best < kept.entry.evidence);
            kept.is_removed || kept.entry.end.is_none() && tokens(kept).any(better)
        };
        self.kept.iter().map(is_absorbed).collect()
    }
}

impl Book {
    /// Who took which page, by the names it may be given: `SOURCE:FINGERPRINT` and `FINGERPRINT`.
    fn taken_pages(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        self.pages.list().iter().flat_map(|page| {
            let person = page.acknowledged.as_ref().and_then(|(_, by)| self.persons.find(by));
            let names = [format!("{}:{}", page.source, page.fingerprint), page.fingerprint.clone()];
            names.into_iter().filter_map(move |name| Some((person?, digest(&name))))
        })
    }
}

/// A short digest of a text; 0 for none.
fn digest(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    if text.is_empty() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish().max(1)
}

#[cfg(test)]
mod tests;

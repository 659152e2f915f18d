//! Git: what the history of a repository shows of work that had to be done again, in a hurry, or over and over.
//!
//! Signals are structural, since words alone flag ordinary development: a revert, a merge of a hotfix, a fix of what the same
//! person changed in the same file within two hours, and small edits of the same configuration file again and again in commits that change nothing that is built. Minutes
//! are conservative estimates of hands-on time; a commit makes at most one entry, and bots make none.

mod edits;
mod words;

use super::{Defaults, Imported, LeftOut, shortened, title};
use crate::entry::{Category, Evidence};
use crate::record::{Record, TEXT_CHARS_MAX};
use edits::Edits;
use jiff::civil::Weekday;
use nines_base::{DurationUs, Timestamp};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The source of its entries.
pub const SOURCE: &str = "git";

/// Arguments of the `git log` that [`Scan`] reads: oldest first, and what it changed beside each commit. Fields end with
/// U+001F, commits begin with U+0001, and everything with NUL. With or without the lines of each file: these need the contents
/// of every file, which a partial clone does not have.
#[must_use]
pub fn log_arguments(with_lines: bool) -> [&'static str; 9] {
    [
        "log",
        "--reverse",
        if with_lines { "--numstat" } else { "--name-only" },
        "--no-renames",
        "--no-ext-diff",
        "--no-color",
        "--no-show-signature",
        "-z",
        "--format=%x01%H%x1f%P%x1f%aI%x1f%aN%x1f%s",
    ]
}

/// A revert.
const REVERT: DurationUs = minutes(45);
/// A merge of a hotfix.
const HOTFIX: DurationUs = minutes(60);
/// A fix of what was just changed.
const QUICK_FIX: DurationUs = minutes(15);
/// A small edit of a configuration file that is edited again and again.
const EDIT: DurationUs = minutes(10);
/// A fix is quick that follows so soon.
const QUICK_WITHIN: DurationUs = DurationUs::from_secs(2 * 3600);
/// Hours of the day that are working hours, from and until, in the author's time.
const DAY: std::ops::Range<i8> = 7..20;
/// Files of persons that are remembered at once; the oldest are forgotten.
const TOUCHES_MAX: usize = 1 << 20;

const fn minutes(minutes: i64) -> DurationUs {
    DurationUs::from_secs(minutes * 60)
}

/// A commit.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Commit {
    hash: String,
    n_parents: usize,
    at: Timestamp,
    /// Whether it is night or a weekend where its author is.
    is_off_hours: bool,
    author: String,
    subject: String,
}

/// A file that a commit changed.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Change {
    path: String,
    /// Lines that were added or removed, whichever are more: a line that changes is both.
    n_lines: u64,
}

/// A history that is read as it comes, commit by commit.
pub struct Scan {
    repository: String,
    team: String,
    imported: Imported,
    open: Option<(Commit, Vec<Change>)>,
    touched: HashMap<u64, Timestamp>,
    edits: Edits,
    n_tokens: usize,
}

/// Reads what `git log` with [`log_arguments`] wrote.
#[must_use]
pub fn read(bytes: &[u8], repository: &str, defaults: &Defaults) -> Imported {
    let mut scan = Scan::new(repository, defaults);
    bytes.split(|byte| *byte == 0).for_each(|token| scan.token(token));
    scan.finish()
}

impl Scan {
    /// Of a repository of this name.
    #[must_use]
    pub fn new(repository: &str, defaults: &Defaults) -> Scan {
        Scan {
            repository: repository.to_owned(),
            team: defaults.team.clone(),
            imported: Imported::default(),
            open: None,
            touched: HashMap::new(),
            edits: Edits::default(),
            n_tokens: 0,
        }
    }

    /// Reads what stands between two NULs.
    pub fn token(&mut self, token: &[u8]) {
        self.n_tokens += 1;
        let token = token.trim_ascii_start();
        if let Some(header) = token.strip_prefix(b"\x01") {
            self.close();
            match commit(&String::from_utf8_lossy(header)) {
                Some(commit) => self.open = Some((commit, Vec::new())),
                None => self.imported.refuse(self.n_tokens, super::ImportFact::NotThis { expected: "git log" }),
            }
        } else if let (Some((_, changes)), Some(change)) = (&mut self.open, change(token)) {
            changes.push(change);
        }
    }

    /// What the history shows.
    #[must_use]
    pub fn finish(mut self) -> Imported {
        self.close();
        self.imported.records.sort_by(|a, b| (a.start, &a.ext_id).cmp(&(b.start, &b.ext_id)));
        self.imported
    }

    fn close(&mut self) {
        let Some((commit, changes)) = self.open.take() else { return };
        if commit.author.ends_with("[bot]") {
            return self.imported.leave_out(LeftOut::Bot);
        }
        let is_quick = self.follows_soon(&commit, &changes);
        let signal = signal(&commit, is_quick);
        if let Some((task, category, effort)) = signal {
            let effort = if commit.is_off_hours { DurationUs(effort.0 * 3 / 2) } else { effort };
            let task = format!("{task}:{}", self.repository);
            self.keep(&commit, &task, category, effort);
        }
        if !edits::configures_only(&changes) {
            return;
        }
        for change in changes {
            for (path, commit) in self.edits.add(&commit, change, signal.is_some()) {
                let task = format!("edit:{}/{path}", self.repository);
                self.keep(&commit, &task, Category::BusinessProcess, EDIT);
            }
        }
    }

    /// Whether its author changed one of its files shortly before.
    fn follows_soon(&mut self, commit: &Commit, changes: &[Change]) -> bool {
        if self.touched.len() > TOUCHES_MAX {
            self.touched.retain(|_, at| commit.at - *at <= QUICK_WITHIN);
        }
        let mut follows = false;
        for change in changes.iter().filter(|change| !is_of_every_change(&change.path)) {
            let mut key = DefaultHasher::new();
            (&commit.author, &change.path).hash(&mut key);
            let before = self.touched.insert(key.finish(), commit.at);
            let passed = before.map(|before| commit.at - before);
            follows |= passed.is_some_and(|passed| (DurationUs(0)..=QUICK_WITHIN).contains(&passed));
        }
        follows
    }

    fn keep(&mut self, commit: &Commit, task: &str, category: Category, effort: DurationUs) {
        let record = Record {
            source: SOURCE.to_owned(),
            // One entry of a commit: whatever it is taken for, it is known again.
            ext_id: commit.hash.clone(),
            person: shortened(&commit.author, TEXT_CHARS_MAX),
            team: self.team.clone(),
            task: shortened(task, TEXT_CHARS_MAX),
            title: title(&commit.subject),
            category,
            class: None,
            start: commit.at - effort,
            end: Some(commit.at),
            attended: Some(effort),
            is_floating: false,
            evidence: Evidence::Derived,
            interrupt: false,
            link: String::new(),
        };
        self.imported.take(self.n_tokens, Ok(record));
    }
}

/// What a commit is taken for: the first that it is.
fn signal(commit: &Commit, is_quick: bool) -> Option<(&'static str, Category, DurationUs)> {
    if words::is_revert(&commit.subject) {
        Some(("revert", Category::Release, REVERT))
    } else if commit.n_parents > 1 && words::names_a_hotfix(&commit.subject) {
        Some(("hotfix", Category::Release, HOTFIX))
    } else if is_quick && words::is_corrective(&commit.subject) {
        Some(("quick-fix", Category::Other, QUICK_FIX))
    } else {
        None
    }
}

/// Whether every change touches a file, so that two that do have nothing in common: changelogs, and what tools lock.
fn is_of_every_change(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is_log =
        ["changelog", "changes", "history", "release-notes"].iter().any(|beginning| name.starts_with(beginning));
    let is_locked = name.ends_with(".lock") || name == "go.sum" || edits::is_written_by_tools(&name);
    is_log || is_locked
}

fn commit(header: &str) -> Option<Commit> {
    let mut fields = header.splitn(5, '\x1f');
    let mut next = || fields.next();
    let (hash, parents, time, author, subject) = (next()?, next()?, next()?, next()?, next()?);
    let is_hash = !hash.is_empty() && hash.len() <= 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hash {
        return None;
    }
    let instant: jiff::Timestamp = time.parse().ok()?;
    // The author's clock is what the time says without its offset.
    let local: jiff::civil::DateTime = time.get(..19)?.parse().ok()?;
    let is_weekend = matches!(local.weekday(), Weekday::Saturday | Weekday::Sunday);
    Some(Commit {
        hash: hash.to_owned(),
        n_parents: parents.split_ascii_whitespace().count(),
        at: Timestamp(instant.as_microsecond()),
        is_off_hours: is_weekend || !DAY.contains(&local.hour()),
        author: author.trim().to_owned(),
        subject: subject.trim_end().to_owned(),
    })
}

/// Reads `ADDED\tREMOVED\tPATH`, or a path alone. Where nobody counted lines, as of binary files, they are many.
fn change(token: &[u8]) -> Option<Change> {
    let text = String::from_utf8_lossy(token);
    let count = |text: &str| if text == "-" { Some(u64::MAX) } else { text.parse::<u64>().ok() };
    let mut fields = text.splitn(3, '\t');
    let (added, removed, path) = (fields.next()?, fields.next(), fields.next());
    let counted = path.and_then(|path| Some((count(added)?.max(count(removed?)?), path)));
    let (n_lines, path) = counted.unwrap_or((u64::MAX, &text));
    (!path.is_empty()).then(|| Change { path: path.to_owned(), n_lines })
}

#[cfg(test)]
mod tests;

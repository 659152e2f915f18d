//! What is recorded: an entry, or a page of somebody on call, as importers, runs and people give it, with names where the
//! ledger counts numbers.

pub mod check;
pub mod json;

use crate::entry::{Category, Class, Evidence};
use nines_base::{DurationUs, Timestamp};

/// Longest name, key or reference of a record, in characters.
pub const TEXT_CHARS_MAX: usize = 200;
/// Longest title, in characters.
pub const TITLE_CHARS_MAX: usize = 500;

/// An entry with names. What is known once is known: a second of the same source and id changes nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Where it comes from: `cli`, `csv`, `git`, `github`, `jira`, `pagerduty`, `run`.
    pub source: String,
    /// What tells it from every other of its source.
    pub ext_id: String,
    /// Whose time it is; empty where nobody knows.
    pub person: String,
    /// Their team; empty where nobody says.
    pub team: String,
    /// Key by which runs of the same task are known as one.
    pub task: String,
    /// What it was, in words.
    pub title: String,
    /// Where it comes from, as the workbook sorts toil.
    pub category: Category,
    /// What sort of work somebody says it is; else it is told from how often it happens.
    pub class: Option<Class>,
    /// When it began.
    pub start: Timestamp,
    /// Whether only its length is known: it was over at its end, and may have been before, beside others of the same sort.
    pub is_floating: bool,
    /// When it ended, where that is known.
    pub end: Option<Timestamp>,
    /// Hands-on time, where it is known apart from its ends.
    pub attended: Option<DurationUs>,
    /// How well it is known.
    pub evidence: Evidence,
    /// Whether it interrupted something else.
    pub interrupt: bool,
    /// What it belongs to: `SOURCE:ID` of another record, or any reference; empty where nothing.
    pub link: String,
}

/// A page of somebody on call. Known by fingerprint and beginning; a later report of it tells when it was taken and over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageRecord {
    /// Who told of it: `alertmanager`, `pagerduty`, `nines`.
    pub source: String,
    /// What tells the alert from every other.
    pub fingerprint: String,
    /// Its name, which is the key of its task.
    pub name: String,
    /// Whom it went to; empty where nobody says.
    pub team: String,
    /// What it is about; empty where nobody says.
    pub service: String,
    /// When it fired.
    pub fired: Timestamp,
    /// When it was over; not yet, where that is not known.
    pub resolved: Option<Timestamp>,
    /// When somebody took it, and who.
    pub acknowledged: Option<(Timestamp, String)>,
}

/// Longest key that is told from a title, in characters.
const TASK_CHARS_MAX: usize = 60;

/// The key of a task that has none, from its title: words in small letters joined by `-`; numbers are left out, so that runs of
/// the same task are known as one.
#[must_use]
pub fn task_of(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    let mut key = String::new();
    for word in words.filter(is_word).map(str::to_lowercase) {
        if key.chars().count() + word.chars().count() >= TASK_CHARS_MAX {
            break;
        }
        if !key.is_empty() {
            key.push('-');
        }
        key.push_str(&word);
    }
    if key.is_empty() { "other".to_owned() } else { key }
}

#[cfg(test)]
mod tests {
    use super::task_of;

    #[test]
    fn a_task_is_told_from_its_title_without_its_numbers() {
        assert_eq!(task_of("Rotated pay cert"), "rotated-pay-cert");
        assert_eq!(task_of("quota for shop #4711, again"), "quota-for-shop-again");
        assert_eq!(task_of("결제 인증서 교체"), "결제-인증서-교체");
        assert_eq!(task_of("42"), "other");
        assert!(task_of(&"long words ".repeat(30)).len() < 60);
    }
}

//! An entry of the ledger: hands-on time of one person on one task, with how well it is known.

use nines_base::{DurationUs, Timestamp};

/// How well an entry is known, the best first. Every total is shown as hard (timed and derived) beside all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Evidence {
    /// Timed by us: `A`.
    Timed,
    /// Derived from machines' timestamps: `B`.
    Derived,
    /// Imported from a record of work: `C`.
    Imported,
    /// Declared by a person: `D`.
    Declared,
}

impl Evidence {
    /// All with their letters, the best first.
    pub const ALL: [(Evidence, &str); 4] =
        [(Evidence::Timed, "A"), (Evidence::Derived, "B"), (Evidence::Imported, "C"), (Evidence::Declared, "D")];

    /// Reads its letter, in either case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Evidence> {
        Evidence::ALL.iter().find(|(_, letter)| letter.eq_ignore_ascii_case(text)).map(|(evidence, _)| *evidence)
    }

    /// Its letter.
    #[must_use]
    pub fn letter(self) -> &'static str {
        Evidence::ALL.iter().find(|(evidence, _)| *evidence == self).map_or("", |(_, letter)| letter)
    }

    /// Whether a machine knows of it.
    #[must_use]
    pub fn is_hard(self) -> bool {
        matches!(self, Evidence::Timed | Evidence::Derived)
    }
}

/// What sort of work it is. Overhead (meetings, expenses) is no class here: it is never toil, and importers refuse it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Class {
    /// Manual, repetitive, automatable, without enduring value (SRE book, chapter 5).
    Toil,
    /// Operations that need a person's judgement, or that happen for the first or second time.
    OpsNovel,
    /// Work that lasts.
    Engineering,
}

impl Class {
    /// All with their names.
    pub const ALL: [(Class, &str); 3] =
        [(Class::Toil, "toil"), (Class::OpsNovel, "ops_novel"), (Class::Engineering, "engineering")];

    /// Reads its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Class> {
        Class::ALL.iter().find(|(_, name)| *name == text).map(|(class, _)| *class)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Class::ALL.iter().find(|(class, _)| *class == self).map_or("", |(_, name)| name)
    }
}

/// Where toil comes from (SRE workbook, chapter 6).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[allow(missing_docs)]
pub enum Category {
    BusinessProcess,
    Interrupt,
    Oncall,
    Release,
    Migration,
    CapacityCost,
    OpaqueDebug,
    #[default]
    Other,
}

impl Category {
    /// All with their names.
    pub const ALL: [(Category, &str); 8] = [
        (Category::BusinessProcess, "business_process"),
        (Category::Interrupt, "interrupt"),
        (Category::Oncall, "oncall"),
        (Category::Release, "release"),
        (Category::Migration, "migration"),
        (Category::CapacityCost, "capacity_cost"),
        (Category::OpaqueDebug, "opaque_debug"),
        (Category::Other, "other"),
    ];

    /// Reads its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Category> {
        Category::ALL.iter().find(|(_, name)| *name == text).map(|(category, _)| *category)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Category::ALL.iter().find(|(category, _)| *category == self).map_or("", |(_, name)| name)
    }
}

/// An entry. Persons, teams and tasks are numbers of lists that whoever reads the ledger keeps: counting compares numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Whose time it is.
    pub person: u32,
    /// Their team.
    pub team: u32,
    /// The task.
    pub task: u32,
    /// What sort of work.
    pub class: Class,
    /// Where it comes from.
    pub category: Category,
    /// When it began.
    pub start: Timestamp,
    /// When it ended, where that is known.
    pub end: Option<Timestamp>,
    /// Hands-on time, where it is known apart from its ends: not what passed, but what a person was needed for.
    pub attended: Option<DurationUs>,
    /// How well it is known.
    pub evidence: Evidence,
    /// Whether it interrupted something else.
    pub interrupt: bool,
    /// Whether it belongs to another entry of the same person that is known better, and has no time of its own.
    pub is_absorbed: bool,
}

impl Entry {
    /// Hands-on time before anything is counted once: what is said, but never more than passed.
    #[must_use]
    pub fn hands_on(&self) -> DurationUs {
        let passed = self.end.map(|end| DurationUs((end - self.start).0.max(0)));
        let length = match (self.attended, passed) {
            (Some(attended), Some(passed)) => attended.min(passed),
            (Some(attended), None) => attended,
            (None, Some(passed)) => passed,
            (None, None) => DurationUs(0),
        };
        DurationUs(length.0.max(0))
    }
}

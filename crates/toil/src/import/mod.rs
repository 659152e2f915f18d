//! Importing: what other tools know, as records. Each importer reads one export as it is, keeps ids by which the same thing is
//! known again, and lists what it refuses with its place.

use crate::record::{PageRecord, Record};

/// What was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Imported {
    /// Entries.
    pub records: Vec<Record>,
    /// Pages.
    pub pages: Vec<PageRecord>,
    /// What was not taken, by place.
    pub refused: Vec<Refused>,
}

/// A row that was not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Its line, from 1.
    pub line: usize,
    /// Why not.
    pub fact: String,
}

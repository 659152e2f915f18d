//! Cells: counted good and bad events by key, tier and time slice, and how far their consumer has come.
//!
//! A row is absolute for its writer and carries the number of the commit that wrote it, so re-sending it
//! is harmless and the sum over writers is the truth (a grow-only counter).

use crate::event::NewEvent;

/// A cell as its writer knows it now.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct CellRow {
    /// What is counted; opaque here (definition generation, objective, group).
    pub key: Vec<u8>,
    /// Length class of the slice; opaque here.
    pub tier: u32,
    /// Which slice of that tier; opaque here, but ordered by time.
    pub slice: i64,
    /// Good events, all so far. Beyond `i64::MAX` it stays there.
    pub good: u64,
    /// Bad events, all so far. Beyond `i64::MAX` it stays there.
    pub bad: u64,
}

/// A cell as stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct StoredCell<'a> {
    pub key: &'a [u8],
    pub tier: u32,
    pub slice: i64,
    pub writer: &'a str,
    pub good: u64,
    pub bad: u64,
    /// The commit that wrote it.
    pub seq: u64,
}

/// Everything one commit of a consumer makes durable at once (CEL-1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CellCommit<'a> {
    /// The consumer of the inbox.
    pub consumer: &'a str,
    /// Its position after what the cells include; opaque here.
    pub position: &'a [u8],
    /// Number of the commit, greater than that of the consumer's last one.
    pub seq: u64,
    /// Cells that changed.
    pub cells: &'a [CellRow],
    /// Facts that changed, name and value.
    pub facts: &'a [(&'a str, &'a str)],
    /// Events that tell of it.
    pub events: &'a [NewEvent],
}

/// How far a consumer had come at its last commit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Its position, as given.
    pub position: Vec<u8>,
    /// Number of that commit.
    pub seq: u64,
}

//! From files to a running engine and back: opening, writing blocks, checking.
//!
//! The directory is the truth. Opening reads what blocks there are and what the inbox holds beyond
//! them; every step may be cut off by a crash and is done again by the next opening.

mod blocks;
mod check;
mod notes;
mod open;
mod pinned;
mod versions;

pub use check::{CheckReport, check};

pub(crate) use open::{damage_at, damage_of, list, open};
pub(crate) use versions::refuse_newer_files;
#[cfg(test)]
pub(crate) use versions::set_version;

//! Runbooks: CommonMark files that people read and `nines run` carries out step by step.
//!
//! [`read()`] reads a file strictly: every fault has a place and a next step. [`plan`] says which steps need a person,
//! [`attended`] how much of a step's time was a person's, [`ladder`] how far a runbook is automated, [`redact`] takes
//! secrets out of what steps print, [`transcript`] chains the lines of a run's record. Nothing here runs anything.

pub mod attended;
pub mod diff;
mod fence;
mod front;
mod ids;
pub mod ladder;
mod markdown;
pub mod messages;
pub mod model;
pub mod plan;
mod read;
pub mod redact;
pub mod transcript;
mod uses;

#[cfg(test)]
mod tests;

pub use ids::id_of_file;
pub use model::{Check, Gate, Kind, Lock, Param, Runbook, Shell, Step, When};
pub use nines_yaml::{Place, Severity, listed, nearest};
pub use read::{FILE_BYTES_MAX, Loaded, read};

/// Something to know about a runbook.
pub type Finding = nines_yaml::Finding<messages::Fact, messages::Hint>;

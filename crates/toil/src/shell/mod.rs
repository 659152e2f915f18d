//! The shell: what somebody types again and again, found in the history of their own shell, and a runbook proposed of it.
//!
//! A detector, not a ledger: nothing of it is counted, and nothing leaves the machine but a proposal that its author writes out.
//! Arguments become parameters, so that no proposal holds a value that was typed. What agents typed is nobody's toil.

mod agents;
pub mod grams;
pub mod history;
pub mod proposal;
pub mod template;

pub use agents::is_agent;
pub use grams::{Gram, mine};

use nines_base::{DurationUs, Timestamp};

/// Commands of a history that are looked at, the last.
pub const COMMANDS_MAX: usize = 200_000;

/// A command that somebody typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Command {
    /// When it began.
    pub at: Timestamp,
    /// How long it ran, where the history knows.
    pub duration: Option<DurationUs>,
    /// The shell it was typed in; empty where the history does not say.
    pub session: String,
    /// What was typed. A leading blank says that it should not be remembered.
    pub text: String,
}

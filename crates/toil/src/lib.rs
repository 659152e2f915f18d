//! Toil: who spent hands-on time on what, each minute counted once, and what follows from it.
//!
//! Pure: knows no clock, file, HTTP or store. Entries come from runs, alerts, imports and people; [`ledger`] counts them,
//! [`interrupts`] tells what being interrupted cost, [`judge`] says how a team stands and what to reject, batch or
//! automate next. [`runbook`] reads the files that shrink toil, step by step.
//!
//! # Invariants
//! - TOI-1: no minute of a person is counted twice, and of entries that share one the better evidence has it.
//! - TOI-2: nothing here compares persons; sums are of teams and tasks, and spread is one number.

pub mod book;
pub mod entry;
pub mod import;
pub mod interrupts;
pub mod judge;
pub mod ledger;
pub mod record;
pub mod report;
pub mod runbook;
pub mod shell;

pub use entry::{Category, Class, Entry, Evidence};
pub use interrupts::{Page, Session, sessions};
pub use ledger::{Counted, count};

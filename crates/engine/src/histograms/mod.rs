//! Slices of [`nines_storage::histograms`] in files: a file for each tier and period, appended to.
//!
//! `docs/format/histograms.md` describes every byte. A slice is appended once, when it is over, and synced; what a crash
//! tears off is summed again from the spans. Which slice is where stands in memory, some tens of bytes each; a slice is
//! read when it is asked for.
//!
//! # Invariants
//! - HIST-1: a slice is complete or absent; a damaged one is reported with its file and offset, and skipped.
//! - HIST-2: a slice of a tier is there at most once: of several records of it, which there are where one was found damaged
//!   and written again, the last counts.

mod check;
mod files;
mod names;
mod payload;
mod record;
#[cfg(test)]
mod tests;
mod walk;

pub use files::HistogramFiles;
pub use record::{MAGIC, VERSION};

pub(crate) use check::check;
pub(crate) use names::list;
pub use names::parse_file_name;

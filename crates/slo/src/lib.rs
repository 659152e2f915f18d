//! From definitions and counted events to a verdict: OpenSLO files, span → good or bad event, integer
//! cells, windows, budget, burn, page, gate.
//!
//! Pure: does not know where spans are stored, what time it is, or that HTTP exists. Counts first,
//! ratios last: everything that pages or gates is computed from integers, exactly.
//!
//! ```text
//! files ──openslo──► Definitions
//! span ──count──► Delta ──cells──► CellStore ──status──► Status ──gate──► Verdict
//! ```
//!
//! Start reading at [`model`]; then `openslo` (files → model), [`count`] (span → cells), [`cells`],
//! [`calendar`], [`budget`], [`status`] and [`gate`].
//!
//! # Invariants
//! SLI-1 ([`count`]), CEL-2 ([`cells`]), BUD-1 ([`model::Ppb`]).

pub mod alert;
pub mod asked;
pub mod backtest;
pub mod budget;
pub mod calendar;
pub mod cells;
pub mod count;
pub mod export;
pub mod fraction;
pub mod gate;
pub mod gauge;
pub mod history;
pub mod interval;
pub mod key;
pub mod low_traffic;
pub mod messages;
pub mod model;
pub mod openslo;
pub mod policy;
pub mod queried;
pub mod report;
pub mod series;
pub mod simulate;
mod sli;
pub mod slotest;
pub mod status;
pub mod story;
pub mod synthetic;
pub mod threshold;
mod throughput;
pub mod window;

#[cfg(test)]
mod tests;

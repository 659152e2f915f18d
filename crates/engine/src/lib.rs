//! The embedded columnar span store: durable before it answers, columnar before it is read.
//!
//! A batch is appended to hot segments ([`hot`]) and, as the records of what they grew by, to the inbox
//! ([`inbox`]), which makes it durable and then tells the sender. Full segments become immutable blocks
//! ([`block`]). Searches ([`search`]) read segments and blocks alike, because both are the same columns
//! ([`columns`]). Opening, checking and retention are in [`recover`] and [`retain`].
//!
//! Synchronous throughout: shards under their own locks, one thread for the inbox, one for blocks.
//! Does not know HTTP, SLOs, or the wire formats spans come in. The bytes on disk are described in
//! `docs/format/`. Start reading at `engine`, then follow a span through `inbox` and `block`.
//!
//! # Invariants
//! WAL-1 to WAL-5 in [`inbox`], SEG-1 and SEG-2 in [`block`], HIST-1 and HIST-2 in [`histograms`], SNP-1 in `moment`.

mod aggregate;
mod append;
pub mod block;
pub mod catalog;
pub mod columns;
mod config;
pub mod damage;
pub mod directory;
pub mod encode;
mod engine;
mod files;
pub mod hash;
mod health;
pub mod histograms;
pub mod hot;
pub mod inbox;
mod links;
mod measure;
mod messages;
mod moment;
pub mod recover;
pub mod retain;
pub mod search;
mod store;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod walk;

pub use config::{BATCH_BYTES_MAX, Config, OPERATIONS_MAX, SEALED_GENERATIONS_MAX, SHAPES_MAX, SHARDS_MAX};
pub use histograms::HistogramFiles;
pub use messages::{OpenError, OpenFact, OpenHint};
pub use recover::CheckReport;
pub use retain::{PINNED_BYTES_MAX, PINNED_TRACES_MAX, Pins, Retained};
pub use store::{Engine, real_vfs};

//! The inbox: the one durable front door.
//!
//! A batch becomes a record for each shard it touches; records queue up (`queue`), one thread writes
//! and syncs them in groups (`commit`) and then tells the senders. After a crash [`replay`](mod@replay) grows the
//! same segments again. Consumers read durable rows through [`feed`]; a generation's file goes when its
//! blocks are written and every consumer has released it (`generations`).
//!
//! # Invariants
//! - WAL-1: an acknowledged batch survives any crash. It is acknowledged only after its records, and
//!   all earlier ones, were written and synced without an error.
//! - WAL-2: the records of a shard follow without a gap ([`record`]).
//! - WAL-3: after a failed sync nothing is acknowledged any more.
//! - WAL-4: the inbox always has the file of the highest generation, so numbers are never used twice.
//! - WAL-5: every file but that one is closed, so that one that was cut short is known.

mod commit;
mod delta;
mod ending;
pub mod feed;
mod generations;
mod queue;
pub mod record;
mod replay;
mod space;
#[cfg(test)]
mod tests;

pub use commit::{Committer, Outcome, Turn};
pub use delta::{apply_delta, write_delta};
pub use generations::{GenerationState, Generations};
pub use queue::{Group, Queue, Sealed, Successor};
pub use replay::{Replay, replay};
pub use space::Space;

//! Everything that is not a span: an append-only log of typed events, hash-chained by writer, and the
//! counted cells of SLOs with the inbox position they include.
//!
//! Does not know what an event means (its payload is opaque JSON text), what a cell's key says, HTTP,
//! or any async runtime. State is a fold of the events, and the domain crates do the folding. Time is a
//! parameter: every event carries the moment its author gives it.
//!
//! Start reading at [`ledger`] (the trait), then [`event`] and [`chain`], then [`cell`]; [`sqlite`] is
//! the implementation. The bytes are described in `docs/format/ledger.md`.
//!
//! # Invariants
//! - **LED-1** The events of one writer are a chain: `seq` counts from 1 without a gap, `prev` is the
//!   digest of the event before, and `digest` covers everything but the payload's text, which it covers
//!   through the payload's own digest.
//! - **LED-2** A payload is missing only where a later event says that it was erased.
//! - **LED-3** An event that `append` returned survives any crash.
//! - **CEL-1** The cells, facts, events and position of one commit are stored together or not at all, and none of
//!   them ever goes back to an older commit.

pub mod cell;
pub mod chain;
pub mod contract;
pub mod error;
pub mod event;
pub mod fault;
pub mod ledger;
pub mod sqlite;

pub use cell::{CellCommit, CellRow, Progress, StoredCell};
pub use chain::{ChainHead, ChainReport};
pub use error::{LedgerError, LedgerHint};
pub use event::{Digest, Event, EventQuery, NewEvent, Order};
pub use fault::{ChainFault, FaultKind};
pub use ledger::{Ledger, Observer};
pub use sqlite::SqliteLedger;

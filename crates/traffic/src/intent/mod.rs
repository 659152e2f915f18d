//! Intents: what people want of a host's traffic, as a file says it, and what that means for packets.
//!
//! [`read()`] reads the file strictly; [`effective()`] writes out everything that is meant with it: the built-in rules, the
//! guard of who manages the host, each redirect with all it needs; [`Walker`] walks packets through that. What the
//! kernel is to hold is compiled from the effective rules, so that what is shown, simulated and applied is one thing.

mod effective;
mod field;
mod lists;
mod model;
mod read;
mod said;
mod service;
mod sources;
mod values;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use effective::translated;
pub use effective::{Act, Effective, Session, Stage, Test, effective};
pub use lists::{ENTRIES_MAX, ENTRIES_USUAL_MAX, merged};
pub use model::{
    Burn, Fate, From, Inbound, Intents, Limit, List, ListFile, Management, Ports, Rollback, Rollout, Service, Sticky,
    Want, Worse,
};
pub use read::{INBOUND_MAX, Loaded, read};
pub use said::said;
pub use walk::Walker;

//! nf_tables over one long-lived netlink socket: transactions, dumps, notifications, traces.
//!
//! Carries the values of `nines_traffic::nft` to the kernel and back, and knows nothing of intents, plans or timers. A
//! transaction names the generation that it stands on, so that what was planned is applied or nothing is; an error
//! names the change that it belongs to. What others' tables hold and the model has not is kept by its name. Nothing is
//! executed, no tool is asked.
//!
//! The socket is long-lived for two reasons: a table with the owner's flag belongs to it, and closing one waits for
//! what it removed.
//!
//! Start reading at [`connection`]; then [`codec`] (what the bytes mean) and [`wire`] (how they are framed).

#![cfg(target_os = "linux")]

pub mod codec;
pub mod connection;
mod dump;
pub mod error;
pub mod generation;
pub mod leak;
pub mod legacy;
pub mod monitor;
pub mod scratch;
mod socket;
pub mod trace;
pub mod wire;

pub use connection::{Carried, Connection};
pub use error::{Error, Refusal};
pub use generation::{Author, Generation};
pub use monitor::{Commit, Event, Monitor, Topics};
pub use trace::{Step, Trace};

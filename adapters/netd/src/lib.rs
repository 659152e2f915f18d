//! `netd`: the one process with `CAP_NET_ADMIN`. It plans on what the kernel holds, applies exactly that plan, and takes
//! it back unless it is confirmed over a new connection.
//!
//! Knows nothing of spans, SLOs and HTTP; runs no program and talks to no network. Whoever may open its Unix
//! socket may ask; what they ask is read, compiled and judged again here.
//!
//! Start reading at [`keeper`]; then [`store`] (what survives) and [`server`] (the loop).
//!
//! # Invariants
//! - NTD-1: a plan waits on disk before the kernel holds any of it, and its plan file is there before that.
//! - NTD-2: what stands only while packets are traced is no rule of anybody, no drift, and no change since a plan.

#![cfg(target_os = "linux")]

pub mod client;
pub mod clock;
pub mod host;
pub mod journal;
pub mod keeper;
pub mod kernel;
pub mod legacy;
pub mod messages;
pub mod notify;
pub mod peers;
pub mod privilege;
pub mod protocol;
mod run;
pub mod seccomp;
pub mod server;
pub mod shown;
pub mod signal;
pub mod store;
pub mod who;

pub use client::{ask, own_peer, parse_plan};
pub use messages::{Fact, Hint, Refusal};
pub use peers::Peer;
pub use protocol::{Answer, Apply, Request, RollBack, Trace};
pub use run::{Options, RunError, run, run_in_boot};

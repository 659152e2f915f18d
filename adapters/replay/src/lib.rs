//! Packets replayed against the kernel: rules loaded in a network namespace of their own, by the kernel's own iptables
//! or by our netlink, real packets sent, and told for each what became of it and which rules met it.
//!
//! Nothing here touches the rules of the host, and nothing sent leaves the namespace. The only programs that are run are
//! `iptables-restore`, `iptables-save` and their siblings, found by name and run without a shell. Where the system lacks what this needs
//! (a program, a privilege, a part of the kernel) the error is [`Error::Unavailable`] and says what.
//!
//! Knows no intents and no plans: whoever asks compares the [`Outcome`] with what was expected, or has [`prove`] hold
//! what is claimed of rules against the kernel.
//!
//! ```no_run
//! # use nines_replay::{Ground, Tool, with_replay};
//! # let (save, packets) = (String::new(), Vec::new());
//! let ground = Ground::of_packets(nines_traffic::net::Family::V4, &packets);
//! let outcomes = with_replay(&ground, |replay| {
//!     replay.load_save(Tool::Legacy, &save)?;
//!     replay.ask(&packets)
//! });
//! ```
//!
//! # Invariants
//! - **RPL-1** Every packet meets the rules as if it were the first: what passed them is kept and dropped before a socket,
//!   a wire or the memory of conntrack has it, and what the kernel would answer by itself is dropped before any rule
//!   counts it.
//! - **RPL-2** A packet is sent only where the ground leads it the way that it says; others are told apart, never guessed.
//!
//! Start reading at [`replay`].

#![cfg(target_os = "linux")]

mod frame;
pub mod ground;
mod held;
mod legacy;
pub mod messages;
pub mod outcome;
pub mod pose;
mod probe;
pub mod proof;
pub mod replay;
pub mod running;
mod sockets;
mod tables;
pub mod tool;

pub use ground::{Ground, Interface};
pub use messages::{Error, Fact};
pub use outcome::{Arrived, Outcome};
pub use pose::{Unposed, pose};
pub use proof::{Differing, Proof, prove};
pub use replay::{Asked, Replay, with_replay};
pub use running::running;
pub use tool::Tool;

//! Rules and packets by seed, three ways: by the simulator, by the kernel through its own iptables, and by the kernel
//! through our compiler and netlink. Verdict, deciding rule, every rule that counted, addresses and ports behind all
//! rules and the answer that conntrack expects must be the same.
//!
//! What differs is made as small as it will go. That differences are found at all is shown by planted ones.
//!
//! Start reading at [`mod@bench`].

#![cfg(target_os = "linux")]

pub mod bench;
pub mod case;
pub mod command;
pub mod host;
pub mod intents;
pub mod judge;
pub mod leg;
pub mod others;
pub mod planted;
pub mod shrink;
pub mod tally;

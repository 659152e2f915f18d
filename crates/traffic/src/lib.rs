//! Host firewall and NAT rules as values: what people write, what a packet meets, what the kernel is to hold.
//!
//! Knows no kernel, no socket and no file: rules are read from text, plans are made from what is told of the live
//! state, and what carries them out stands elsewhere.

pub mod analyse;
pub mod compile;
pub mod finding;
pub mod generate;
pub mod import;
pub mod intent;
pub mod iptables;
pub mod messages;
pub mod net;
pub mod nft;
pub mod plan;
pub mod services;
pub mod simulate;

pub use finding::{Finding, Place, Severity};
pub use services::Services;

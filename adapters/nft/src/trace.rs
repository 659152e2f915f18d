//! Steps of traced packets, as the kernel took them.

use nines_traffic::nft::{Handle, Name, TableId, Verdict};

/// A step of a packet that a rule marked for tracing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The packet: equal for all steps of one.
    pub packet: u32,
    /// In which table.
    pub table: TableId,
    /// In which chain.
    pub chain: Name,
    /// What happened.
    pub step: Step,
    /// The interface that it came in by; like the headers, told with its first step in a base chain.
    pub iif: Option<u32>,
    /// The interface that it leaves by.
    pub oif: Option<u32>,
    /// Its mark.
    pub mark: u32,
    /// The start of its network header.
    pub network_header: Vec<u8>,
    /// The start of its transport header.
    pub transport_header: Vec<u8>,
}

/// What happened to a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A rule matched.
    Rule {
        /// Which.
        handle: Handle,
        /// What it said.
        verdict: Verdict,
    },
    /// A chain ended without a verdict.
    Return {
        /// Where it goes on.
        verdict: Verdict,
    },
    /// The policy decided.
    Policy {
        /// What it said.
        verdict: Verdict,
    },
}

//! Rules as they are thought of: conditions and an action, each made of the kernel's expressions.
//!
//! What a condition needs to mean anything (its family, its protocol) is asked before it, once a rule, and before
//! anything that counts.

mod action;
mod matches;

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub use action::Action;
pub use matches::Match;

use super::data::Data;
use super::field::{Field, Need};
use super::name::RuleId;
use super::table::Rule;

/// Parts of a hundred percent of which weights are made.
pub const WEIGHT_PARTS: u32 = 10_000;

/// Frames of Ethernet, as `meta iiftype` says it (`ARPHRD_ETHER`).
pub const ETHERNET: u16 = 1;

/// States of a connection, as bits of `ct state`.
pub mod ct_state {
    /// Not of any connection that could be.
    pub const INVALID: u32 = 1;
    /// Of one that both sides have spoken in.
    pub const ESTABLISHED: u32 = 2;
    /// The first of one that another brought about.
    pub const RELATED: u32 = 4;
    /// The first of one.
    pub const NEW: u32 = 8;
    /// Kept out of conntrack.
    pub const UNTRACKED: u32 = 64;
}

/// Status of a connection, as bits of `ct status`.
pub mod ct_status {
    /// Packets were seen both ways.
    pub const SEEN_REPLY: u32 = 2;
    /// Its source is translated.
    pub const SNAT: u32 = 16;
    /// Its destination is translated.
    pub const DNAT: u32 = 32;
}

impl Rule {
    /// A rule that every packet passes unchanged, to be narrowed by [`Rule::when`] and ended by [`Rule::then`].
    #[must_use]
    pub fn new(id: RuleId) -> Rule {
        Rule { id: Some(id), exprs: Vec::new() }
    }

    /// Only for packets that the condition lets on.
    #[must_use]
    pub fn when(mut self, condition: Match) -> Rule {
        for need in condition.needs {
            let asked = match need {
                Need::Nothing => continue,
                Need::Family(family) => Field::META_NFPROTO.is(Data::byte(family)),
                Need::Protocol(protocol) => Field::META_L4PROTO.is(Data::byte(protocol)),
                Need::Ethernet => Field::META_IIFTYPE.is(Data::host16(ETHERNET)),
            };
            let asked = asked.exprs;
            if !self.exprs.windows(asked.len()).any(|known| known == asked) {
                self.exprs.extend(asked);
            }
        }
        self.exprs.extend(condition.exprs);
        self
    }

    /// What is done with them.
    #[must_use]
    pub fn then(mut self, action: Action) -> Rule {
        self.exprs.extend(action.0);
        self
    }
}

/// An address as a network of its own.
#[must_use]
pub fn whole(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => u8::try_from(Ipv4Addr::BITS).unwrap_or(u8::MAX),
        IpAddr::V6(_) => u8::try_from(Ipv6Addr::BITS).unwrap_or(u8::MAX),
    }
}

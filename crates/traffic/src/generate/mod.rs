//! Random rule sets and packets by seed, for tests that hold the grammar, the simulator and the compiler against each
//! other and against a kernel.
//!
//! Packets are drawn from the rules' own boundaries (an address, the one beside it, a port, the one beside it), since
//! that is where mistakes show; the rest at large.

mod asked;
pub mod corpus;
mod done;
mod drawn;
mod intents;
mod packets;
mod rules;

use crate::net::Family;
use core::net::IpAddr;
pub use intents::intents;
pub use packets::packets;
pub use rules::ruleset;

/// Numbers by chance that a seed repeats (SplitMix64 by Steele, Lea and Flood).
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Dice {
        Dice { state: seed }
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: u64) -> u64 {
        self.roll() % n.max(1)
    }

    /// Yes, once in `n`.
    pub fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// One of them.
    pub fn one_of<T: Copy>(&mut self, choices: &[T], usual: T) -> T {
        let nth = self.below(choices.len() as u64) as usize;
        choices.get(nth).copied().unwrap_or(usual)
    }
}

/// The host that rules are generated for: which interfaces and addresses its packets have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Host {
    /// IPv4 or IPv6.
    pub family: Family,
    /// Interfaces by which packets come and go.
    pub interfaces: [&'static str; 2],
    /// Its own address.
    pub own: IpAddr,
    /// Where the clients are: 16 bits of host at the end.
    pub clients: IpAddr,
    /// Where the servers behind it are.
    pub servers: IpAddr,
}

//! Tables, chains and rules.

use super::expr::Expr;
use super::keys::Family;
use super::name::{Name, RuleId};
use super::object::Object;
use super::set::Set;

/// A table and all that is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Whose packets it sees, and its name.
    pub id: TableId,
    /// How it is kept.
    pub flags: TableFlags,
    /// Named objects: counters, limits.
    pub objects: Vec<Object>,
    /// Named sets and maps.
    pub sets: Vec<Set>,
    /// Chains, those that others call among them.
    pub chains: Vec<Chain>,
}

/// What a table is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableId {
    /// Whose packets it sees.
    pub family: Family,
    /// Its name.
    pub name: Name,
}

impl TableId {
    /// The only table that nines writes: `inet nines`.
    #[must_use]
    pub const fn nines() -> TableId {
        TableId { family: Family::Inet, name: Name::fixed("nines") }
    }
}

/// How a table is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TableFlags {
    /// Its chains are not consulted.
    pub dormant: bool,
    /// Only the socket that made it may change it, and it goes with that socket.
    pub owner: bool,
    /// It stays when its owner goes, and another may take it over. Linux 6.9 and later.
    pub persist: bool,
}

/// Rules in their order; a base chain is where packets come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Its name.
    pub name: Name,
    /// Where the kernel calls it; none for one that rules call.
    pub base: Option<BaseChain>,
    /// Its rules.
    pub rules: Vec<Rule>,
}

/// Where and when the kernel calls a chain, and what it does at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BaseChain {
    /// What it may do.
    pub kind: ChainKind,
    /// Where on the packet's way.
    pub hook: Hook,
    /// When, among the chains there: lowest first.
    pub priority: i32,
    /// What becomes of a packet that no rule decided.
    pub policy: Policy,
}

/// What a chain may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChainKind {
    /// Accept and drop.
    Filter,
    /// Translate the first packet of each connection.
    Nat,
    /// Have local packets routed anew when it changes them.
    Route,
}

impl ChainKind {
    /// Every kind.
    pub const ALL: [ChainKind; 3] = [ChainKind::Filter, ChainKind::Nat, ChainKind::Route];

    /// Its word, in `nft` syntax and to the kernel.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            ChainKind::Filter => "filter",
            ChainKind::Nat => "nat",
            ChainKind::Route => "route",
        }
    }
}

/// Where on a packet's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hook {
    /// As it comes from a device, before all else.
    Ingress,
    /// Before the route is chosen.
    Prerouting,
    /// On its way to a local socket.
    Input,
    /// On its way through.
    Forward,
    /// From a local socket.
    Output,
    /// Before it leaves.
    Postrouting,
    /// As it goes to a device, after all else.
    Egress,
}

impl Hook {
    /// Its word in `nft` syntax.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Hook::Ingress => "ingress",
            Hook::Prerouting => "prerouting",
            Hook::Input => "input",
            Hook::Forward => "forward",
            Hook::Output => "output",
            Hook::Postrouting => "postrouting",
            Hook::Egress => "egress",
        }
    }
}

/// Priorities that have a name in `nft` syntax.
pub mod priority {
    /// Before conntrack.
    pub const RAW: i32 = -300;
    /// Marks.
    pub const MANGLE: i32 = -150;
    /// Destination NAT.
    pub const DSTNAT: i32 = -100;
    /// Accept and drop.
    pub const FILTER: i32 = 0;
    /// SELinux.
    pub const SECURITY: i32 = 50;
    /// Source NAT.
    pub const SRCNAT: i32 = 100;
}

/// What becomes of a packet at the end of a base chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// It goes on.
    Accept,
    /// It ends.
    Drop,
}

impl Policy {
    /// Its word in `nft` syntax.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Policy::Accept => "accept",
            Policy::Drop => "drop",
        }
    }
}

/// A rule: its expressions, and what it is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id, which the kernel keeps beside it as a comment; rules of others may have none.
    pub id: Option<RuleId>,
    /// Its steps in order.
    pub exprs: Vec<Expr>,
}

//! What the kernel holds at a moment: tables as values, with what it alone knows of them.

use super::change::Handle;
use super::name::Name;
use super::object::Object;
use super::set::Set;
use super::table::{BaseChain, Chain, Rule, Table, TableFlags, TableId};

/// Every table of one generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The generation that all of it is of.
    pub generation: u32,
    /// The tables, ours and others'.
    pub tables: Vec<LiveTable>,
}

impl Snapshot {
    /// A table by what it is found by.
    #[must_use]
    pub fn table(&self, id: &TableId) -> Option<&LiveTable> {
        self.tables.iter().find(|table| table.id == *id)
    }
}

/// A table in the kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveTable {
    /// What it is found by.
    pub id: TableId,
    /// How it is kept.
    pub flags: TableFlags,
    /// The netlink port of the socket that owns it.
    pub owner: Option<u32>,
    /// Its objects, with what they counted.
    pub objects: Vec<LiveObject>,
    /// Its sets.
    pub sets: Vec<Set>,
    /// Its chains.
    pub chains: Vec<LiveChain>,
}

/// A chain in the kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveChain {
    /// Its name.
    pub name: Name,
    /// Where the kernel calls it.
    pub base: Option<BaseChain>,
    /// Its rules.
    pub rules: Vec<LiveRule>,
}

/// A rule in the kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveRule {
    /// What the kernel calls it.
    pub handle: Handle,
    /// The rule.
    pub rule: Rule,
    /// What its own counter counted, where it has one.
    pub counted: Option<Count>,
}

/// An object in the kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveObject {
    /// The object.
    pub object: Object,
    /// What it counted, where it counts.
    pub counted: Option<Count>,
}

/// Packets and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Packets; in chains of NAT, connections.
    pub packets: u64,
    /// Bytes of them.
    pub bytes: u64,
}

impl LiveTable {
    /// The table as a value, without what the kernel alone knows: comparable with what is wanted.
    #[must_use]
    pub fn table(&self) -> Table {
        Table {
            id: self.id.clone(),
            flags: self.flags,
            objects: self.objects.iter().map(|live| live.object.clone()).collect(),
            sets: self.sets.clone(),
            chains: self.chains.iter().map(LiveChain::chain).collect(),
        }
    }
}

/// A table as the kernel would tell it, had it just been put: nothing is counted, rules have their numbers as handles.
impl From<Table> for LiveTable {
    fn from(table: Table) -> LiveTable {
        LiveTable {
            id: table.id,
            flags: table.flags,
            owner: None,
            objects: table.objects.into_iter().map(|object| LiveObject { object, counted: None }).collect(),
            sets: table.sets,
            chains: table.chains.into_iter().map(LiveChain::from).collect(),
        }
    }
}

impl From<Chain> for LiveChain {
    fn from(chain: Chain) -> LiveChain {
        let rules = (1..).zip(chain.rules).map(|(handle, rule)| LiveRule { handle, rule, counted: None });
        LiveChain { name: chain.name, base: chain.base, rules: rules.collect() }
    }
}

impl LiveChain {
    fn chain(&self) -> Chain {
        let rules = self.rules.iter().map(|live| live.rule.clone()).collect();
        Chain { name: self.name.clone(), base: self.base, rules }
    }
}

//! Rule sets as values: tables, chains, rules.

use super::matches::Match;
use super::targets::Target;
use crate::net::{Family, Net, Protocol};

/// Everything that `iptables-save` tells of one family.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ruleset {
    /// IPv4 or IPv6.
    pub family: Family,
    /// In the order they were told.
    pub tables: Vec<Table>,
}

impl Ruleset {
    /// The table of this name.
    pub fn table(&self, name: TableName) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// A rule by the name that answers give it, `TABLE/CHAIN/N`, and the chain's name.
    pub fn rule(&self, name: &str) -> Option<(&str, &Rule)> {
        let (table, rest) = name.split_once('/')?;
        let (chain, number) = rest.rsplit_once('/')?;
        let chain = self.table(TableName::parse(table)?)?.chain(chain)?;
        let rule = chain.rules.get(number.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some((&chain.name, rule))
    }

    /// Moves every rule's line by so many, for rules that stand within another file.
    pub fn shift(&mut self, n_lines: usize) {
        let rules = self.tables.iter_mut().flat_map(|table| &mut table.chains).flat_map(|chain| &mut chain.rules);
        rules.for_each(|rule| rule.line += n_lines);
    }
}

/// A table by its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum TableName {
    Raw,
    Mangle,
    Nat,
    Filter,
    Security,
}

impl TableName {
    /// All five, in the order a hook asks them (`nat` of INPUT and POSTROUTING comes last).
    pub const ALL: [TableName; 5] =
        [TableName::Raw, TableName::Mangle, TableName::Nat, TableName::Filter, TableName::Security];

    /// As the file spells it.
    pub fn name(self) -> &'static str {
        match self {
            TableName::Raw => "raw",
            TableName::Mangle => "mangle",
            TableName::Nat => "nat",
            TableName::Filter => "filter",
            TableName::Security => "security",
        }
    }

    /// The table of a name.
    pub fn parse(name: &str) -> Option<TableName> {
        TableName::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its built-in chains, in the order `iptables-save` lists them.
    pub fn hooks(self) -> &'static [Hook] {
        match self {
            TableName::Raw => &[Hook::Prerouting, Hook::Output],
            TableName::Mangle => &Hook::ALL,
            TableName::Nat => &[Hook::Prerouting, Hook::Input, Hook::Output, Hook::Postrouting],
            TableName::Filter | TableName::Security => &[Hook::Input, Hook::Forward, Hook::Output],
        }
    }
}

/// A place on a packet's way, which is a built-in chain of the tables that look there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Hook {
    Prerouting,
    Input,
    Forward,
    Output,
    Postrouting,
}

impl Hook {
    /// All five.
    pub const ALL: [Hook; 5] = [Hook::Prerouting, Hook::Input, Hook::Forward, Hook::Output, Hook::Postrouting];

    /// The name of its chain.
    pub fn name(self) -> &'static str {
        match self {
            Hook::Prerouting => "PREROUTING",
            Hook::Input => "INPUT",
            Hook::Forward => "FORWARD",
            Hook::Output => "OUTPUT",
            Hook::Postrouting => "POSTROUTING",
        }
    }

    /// The hook of a built-in chain.
    pub fn parse(name: &str) -> Option<Hook> {
        Hook::ALL.into_iter().find(|hook| hook.name() == name)
    }
}

/// A table.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// Its name.
    pub name: TableName,
    /// Its chains, built-in ones first.
    pub chains: Vec<Chain>,
}

impl Table {
    /// An empty one, every policy ACCEPT.
    pub fn new(name: TableName) -> Table {
        let chain = |hook: &Hook| Chain { policy: Some(Policy::Accept), ..Chain::new(hook.name()) };
        Table { name, chains: name.hooks().iter().map(chain).collect() }
    }

    /// The chain of this name.
    pub fn chain(&self, name: &str) -> Option<&Chain> {
        self.chains.iter().find(|chain| chain.name == name)
    }
}

/// A chain.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Chain {
    /// Its name.
    pub name: String,
    /// What happens at the end of a built-in chain; a user chain has none and returns.
    pub policy: Option<Policy>,
    /// Packets and bytes that met the policy.
    pub counters: Counters,
    /// Its rules, from number 1.
    pub rules: Vec<Rule>,
}

impl Chain {
    /// An empty user chain.
    pub fn new(name: &str) -> Chain {
        Chain { name: name.to_owned(), ..Chain::default() }
    }
}

/// The policy of a built-in chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// Let it pass.
    Accept,
    /// Drop it.
    Drop,
}

impl Policy {
    /// As the file spells it.
    pub fn name(self) -> &'static str {
        match self {
            Policy::Accept => "ACCEPT",
            Policy::Drop => "DROP",
        }
    }
}

/// Packets and bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counters {
    /// Packets.
    pub packets: u64,
    /// Bytes.
    pub bytes: u64,
}

/// A value, or everything but it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Not<T> {
    /// Whether `!` stands before it.
    pub negated: bool,
    /// The value.
    pub value: T,
}

/// A rule: it matches where its header and all its matches do.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rule {
    /// The line of the file it came from; 0 where it came from none.
    pub line: usize,
    /// Packets and bytes, where the file gives them.
    pub counters: Option<Counters>,
    /// What every rule can ask.
    pub header: Header,
    /// What extensions ask, in their order.
    pub matches: Vec<Match>,
    /// What happens then; nothing but counting where none is given.
    pub go: Option<Go>,
}

/// Where a matching packet goes.
#[derive(Clone, PartialEq, Debug)]
pub enum Go {
    /// `-j`: a target, or a chain that is called.
    Jump(Target),
    /// `-g`: a chain that does not return here.
    Goto(String),
}

/// What every rule can ask of a packet without an extension.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Header {
    /// `-s`.
    pub source: Option<Not<Address>>,
    /// `-d`.
    pub destination: Option<Not<Address>>,
    /// `-i`.
    pub input: Option<Not<Interface>>,
    /// `-o`.
    pub output: Option<Not<Interface>>,
    /// `-p`.
    pub protocol: Option<Not<Protocol>>,
    /// `-f`: later fragments, or with `!` everything else.
    pub fragment: Option<bool>,
}

/// What `-s` and `-d` take.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Address {
    /// A network or an address.
    Net(Net),
    /// A host by name, which the kernel never sees: `iptables` resolves it when it loads the file.
    Host(String),
}

/// An interface, or all that begin alike (`eth+`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interface(pub String);

impl Interface {
    /// Whether an interface has this name; the absent one has the empty name.
    pub fn matches(&self, name: &str) -> bool {
        match self.0.strip_suffix('+') {
            Some(prefix) => name.starts_with(prefix),
            None => name == self.0,
        }
    }
}

//! Intents as values: what people want, with places, names resolved and nothing left to guess.

use crate::finding::Place;
use crate::iptables::Ruleset;
use crate::iptables::matches::Rate;
use crate::net::{Family, Net, PortRange, Protocol};
use core::net::IpAddr;

/// What an intent file says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Intents {
    /// Who may always manage the host; compiled before every rule.
    pub management: Vec<Management>,
    /// Named lists of networks.
    pub lists: Vec<List>,
    /// Rules for what comes in, in their order; the first that fits decides.
    pub inbound: Vec<Inbound>,
    /// What happens to what no rule fits; given as soon as there is a rule.
    pub otherwise: Option<Fate>,
    /// What happens to what this host opens itself.
    pub outbound: Fate,
    /// Services behind two versions of themselves.
    pub services: Vec<Service>,
    /// Rules of iptables that no intent says, at most one set for each family; at each hook asked
    /// before the intents.
    pub raw: Vec<Ruleset>,
}

impl Intents {
    /// The list of a name.
    pub fn list(&self, name: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.name == name)
    }

    /// Whether it says anything of what comes in.
    pub fn governs_inbound(&self) -> bool {
        self.otherwise.is_some()
    }
}

/// What becomes of a packet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Fate {
    /// It passes.
    #[default]
    Allow,
    /// It is dropped.
    Deny,
    /// It is answered that it may not.
    Reject,
}

impl Fate {
    /// All with their words.
    pub const ALL: [(&str, Fate); 3] = [("deny", Fate::Deny), ("reject", Fate::Reject), ("allow", Fate::Allow)];
}

/// Who may always reach a port.
#[derive(Clone, PartialEq, Debug)]
pub struct Management {
    /// As the file names it: `ssh`.
    pub name: String,
    /// The port.
    pub ports: Ports,
    /// From where.
    pub from: From,
    /// Where it stands.
    pub place: Place,
}

/// A list of networks.
#[derive(Clone, PartialEq, Debug)]
pub struct List {
    /// Its name.
    pub name: String,
    /// What it holds; of a file what was read of it.
    pub nets: Vec<Net>,
    /// Its file, where it has one.
    pub file: Option<ListFile>,
    /// Where it stands.
    pub place: Place,
}

/// A list's file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListFile {
    /// As written, relative to the intent file.
    pub path: String,
    /// Most entries.
    pub entries_max: u32,
    /// Whether the last content that could be read stays in force where it cannot be read now.
    pub keeps_last: bool,
}

/// A rule for what comes in.
#[derive(Clone, PartialEq, Debug)]
pub struct Inbound {
    /// What it wants.
    pub want: Want,
    /// For whom; everyone where nothing is said.
    pub from: From,
    /// How often.
    pub limit: Option<Limit>,
    /// How often it is logged.
    pub log: Option<Rate>,
    /// Where it stands.
    pub place: Place,
}

/// What a rule wants.
#[derive(Clone, PartialEq, Debug)]
pub enum Want {
    /// To let in.
    Allow(Vec<Ports>),
    /// To keep out.
    Deny(Vec<Ports>),
    /// To take to another port of this host, which itself stays closed.
    Redirect {
        /// Dialled.
        from: Ports,
        /// Answered by.
        to: u16,
    },
    /// To take to another host.
    Forward {
        /// Dialled.
        from: Ports,
        /// Which host.
        address: IpAddr,
        /// Its port; the dialled one where none is given.
        port: Option<u16>,
        /// Whether the host sees this one as the sender, so that its answers come back here.
        masquerade: bool,
    },
}

/// Ports of a protocol, a protocol that has none, or everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ports {
    /// None is every protocol.
    pub protocol: Option<Protocol>,
    /// Which ports.
    pub range: PortRange,
}

impl Ports {
    /// Everything.
    pub const ALL: Ports = Ports { protocol: None, range: PortRange::ALL };

    /// Everything that a protocol without ports carries.
    pub const fn of(protocol: Protocol) -> Ports {
        Ports { protocol: Some(protocol), range: PortRange::ALL }
    }

    /// Whether it is ports, and not a protocol without them, or everything.
    pub fn has_ports(&self) -> bool {
        self.protocol.is_some_and(Protocol::has_ports)
    }

    /// As people write it.
    pub fn text(&self) -> String {
        match self.protocol {
            None => "all".to_owned(),
            Some(protocol) if !protocol.has_ports() => protocol.to_string(),
            Some(Protocol::TCP) => self.range.text('-'),
            Some(protocol) => format!("{}/{protocol}", self.range.text('-')),
        }
    }

    /// Whether every packet of the other is one of these.
    pub fn covers(&self, other: &Ports) -> bool {
        self.protocol.is_none() || self.protocol == other.protocol && self.range.covers(other.range)
    }
}

/// Where from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct From {
    /// Lists by name.
    pub lists: Vec<String>,
    /// Networks.
    pub nets: Vec<Net>,
}

impl From {
    /// Whether it is everywhere.
    pub fn is_anywhere(&self) -> bool {
        self.lists.is_empty() && self.nets.is_empty()
    }

    /// Its networks, those of lists included.
    pub fn networks<'i>(&'i self, intents: &'i Intents) -> impl Iterator<Item = Net> + 'i {
        let of_lists = self.lists.iter().filter_map(|name| intents.list(name)).flat_map(|list| list.nets.iter());
        self.nets.iter().chain(of_lists).copied()
    }

    /// Whether it has networks of a family.
    pub fn is_of(&self, family: Family, intents: &Intents) -> bool {
        self.is_anywhere() || self.networks(intents).any(|net| net.family() == family)
    }
}

/// How often.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// New connections.
    pub rate: Rate,
    /// How many at once.
    pub burst: u32,
    /// Whether each source has its own.
    pub per_source: bool,
}

/// A service with a stable version and one that is tried.
#[derive(Clone, PartialEq, Debug)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Where clients dial it.
    pub listen: Ports,
    /// Where its stable version listens.
    pub stable: u16,
    /// Where the tried one does.
    pub canary: Option<u16>,
    /// For whom.
    pub from: From,
    /// How it is tried.
    pub rollout: Option<Rollout>,
    /// Where it stands.
    pub place: Place,
}

/// How a version is tried.
#[derive(Clone, PartialEq, Debug)]
pub struct Rollout {
    /// Per cent of the traffic in hundredths, rising, the last 10 000.
    pub steps: Vec<u16>,
    /// How long a step is watched, in seconds.
    pub bake_seconds: u64,
    /// Requests that a step needs to be judged.
    pub requests_min: u32,
    /// What stays with one version.
    pub sticky: Sticky,
    /// The SLO that judges.
    pub slo: Option<String>,
    /// After how long without telemetry it goes back, in seconds.
    pub stale_after_seconds: u64,
    /// When it goes back.
    pub rollback: Rollback,
}

/// What stays with one version.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sticky {
    /// All connections of a client.
    #[default]
    Client,
    /// One connection.
    Connection,
}

/// When a trial goes back, and what becomes of its connections.
#[derive(Clone, PartialEq, Debug)]
pub struct Rollback {
    /// At this burn, in thousandths, over both windows of seconds.
    pub burn: Option<Burn>,
    /// Where it is worse than the stable version.
    pub worse_than_stable: Option<Worse>,
    /// How long connections may end by themselves, in seconds.
    pub drain_seconds: u64,
    /// Whether those that have not ended then are reset.
    pub reset: bool,
}

/// A burn over a short and a long window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Burn {
    /// How many times the budget's own rate, in thousandths.
    pub factor_thousandths: u32,
    /// Seconds.
    pub short_seconds: u64,
    /// Seconds, more than the short one.
    pub long_seconds: u64,
}

/// A comparison with the stable version.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Worse {
    /// Chance of going back for nothing, in (0, 1).
    pub alpha: f64,
    /// How many times as many errors are borne, from 1.
    pub tolerate: f64,
}

//! Packets whose fate a plan changes. Every port and network that either rule set speaks of has its edges tried, with
//! every other, and every port that rules of others ask for: no packet's fate changes without one of these changing too, up
//! to the limits told below. Where others decide beside ours, their tables are walked with them: what a container
//! publishes is not told to be denied.

use core::net::IpAddr;
use std::collections::BTreeSet;

use super::asked::{Operator, Wanted};
use super::foreign::ports_asked;
use crate::intent::{Effective, Stage, Test, Walker};
use crate::iptables::model::Address;
use crate::iptables::{Match, Not, Rule};
use crate::net::{Endpoint, Family, Net, PortRange, Protocol};
use crate::nft::{LiveTable, Snapshot, TableId};
use crate::simulate::{Answer, HostFacts, Packet, Tables};

/// Changes that are told one by one: more are a new rule set, which nobody reads packet by packet.
pub const FATES_SHOWN_MAX: usize = 200;
/// Addresses of a family that packets come from: the edges of the first networks. A list of a hundred thousand has the
/// same rule for all of them.
const SOURCES_MAX: usize = 32;
/// Ports that packets go to: the edges of some fifty ranges.
const PORTS_MAX: usize = 200;

/// What changes, as much as is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fates {
    /// The first of them.
    pub shown: Vec<FateChange>,
    /// How many packets' fates change.
    pub n_changed: u32,
    /// Of how many that were tried.
    pub n_tried: u32,
}

/// A packet whose fate changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FateChange {
    /// The packet: `tcp 203.0.113.7 -> :22`.
    pub packet: String,
    /// What becomes of it now: `accept by policy`.
    pub before: String,
    /// What would.
    pub after: String,
}

/// A type of ICMP, and of that of IPv6, that no built-in rule asks for.
const ICMP_OTHER: (u8, Option<u8>) = (200, Some(0));

/// Addresses of this host and of strangers, where nobody says others; of the ranges for documentation.
const OWN: [&str; 2] = ["192.0.2.1", "2001:db8::1"];
const STRANGERS: [&str; 2] = ["198.51.100.77", "2001:db8:77::77"];

/// Rules of ours, none where there are none, and what others have beside them.
struct Rules<'r> {
    ours: Option<Walker<'r>>,
    all: Option<Tables<'r>>,
}

impl<'r> Rules<'r> {
    fn new(ours: Option<&'r Wanted>, all: &'r Snapshot, host: &'r HostFacts) -> Rules<'r> {
        let others = all.tables.iter().any(|table| table.id != TableId::nines());
        Rules {
            ours: ours.map(|ours| Walker::new(&ours.rules, &ours.intents)),
            all: others.then(|| Tables::new(all, host)),
        }
    }

    /// By our rules alone where others come to the same, since those are named as the file names them; else by all.
    fn answer(&self, packet: &Packet) -> Answer {
        let ours = self.ours.as_ref().map_or_else(Answer::passed, |walker| walker.answer(packet));
        let all = self.all.as_ref().map(|tables| tables.answer(packet));
        all.filter(|all| fate(all) != fate(&ours)).unwrap_or(ours)
    }
}

/// What the kernel would hold with a table of ours beside those of others.
fn with_ours(others: &Snapshot, ours: Option<&Wanted>) -> Snapshot {
    let others = others.tables.iter().filter(|table| table.id != TableId::nines()).cloned();
    let ours = ours.map(|ours| LiveTable::from(ours.table.clone()));
    Snapshot { tables: others.chain(ours).collect(), generation: 0 }
}

/// Packets whose fate differs between the rules in force, none where there are none, and those wanted, beside what a
/// snapshot has of others.
#[must_use]
pub fn fates(before: Option<&Wanted>, after: &Wanted, snapshot: &Snapshot, operator: Option<Operator>) -> Fates {
    let sets: Vec<&Wanted> = before.into_iter().chain([after]).collect();
    let mut fates = Fates::default();
    let addresses = own(operator).into_iter().chain(operator.map(|known| known.own)).map(Net::host).collect();
    let host = HostFacts { addresses: Some(addresses), ..HostFacts::default() };
    let (old, new) = (with_ours(snapshot, before), with_ours(snapshot, Some(after)));
    let (old, new) = (Rules::new(before, &old, &host), Rules::new(Some(after), &new, &host));
    let asked_by_others = ports_asked(snapshot);
    for packet in packets(&sets, &asked_by_others, operator) {
        fates.n_tried += 1;
        let before = fate(&old.answer(&packet));
        let answer = new.answer(&packet);
        let after = fate(&answer);
        if before == after {
            continue;
        }
        fates.n_changed += 1;
        if fates.shown.len() < FATES_SHOWN_MAX {
            let by = answer.rule.map(|rule| format!(" by {rule}")).unwrap_or_default();
            fates.shown.push(FateChange { packet: text(&packet), before, after: after + &by });
        }
    }
    fates
}

/// Verdict and where it goes; by which rule is no change of fate.
fn fate(answer: &Answer) -> String {
    let to = answer.to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
    format!("{}{to}", answer.verdict.name())
}

fn text(packet: &Packet) -> String {
    let protocol = packet.protocol.map(|protocol| format!("{protocol} ")).unwrap_or_default();
    let end = |end: Option<Endpoint>| end.map(|end| end.to_string()).unwrap_or_default();
    let source = packet.source.map(|source| Endpoint { port: None, ..source });
    format!("{protocol}{} -> {}", end(source), end(packet.destination))
}

/// New connections from every edge of every network to every edge of every port, in and, where something is said of it, out.
fn packets(sets: &[&Wanted], others: &BTreeSet<u16>, operator: Option<Operator>) -> Vec<Packet> {
    let rules = || sets.iter().flat_map(|set| &set.rules);
    let protocols = protocols(rules(), sets);
    let goes_out = rules().any(|rule| rule.stage == Stage::Output) || raw_rules(sets).next().is_some();
    let mut packets = Vec::new();
    for (family, own) in [Family::V4, Family::V6].into_iter().zip(own(operator)) {
        for source in sources(sets, family, operator) {
            let ports = |protocol: &Protocol| ports_of(*protocol, rules(), sets, others);
            for (protocol, port) in protocols.iter().flat_map(ports) {
                packets.push(packet(protocol, source, own, port));
            }
        }
        if goes_out {
            let away = address(STRANGERS, family);
            packets.extend(protocols.iter().map(|protocol| Packet {
                input: None,
                output: Some("eth0".to_owned()),
                ..packet(*protocol, own, away, protocol.has_ports().then_some(443))
            }));
        }
    }
    packets
}

fn packet(protocol: Protocol, source: IpAddr, destination: IpAddr, port: Option<u16>) -> Packet {
    Packet {
        input: Some("eth0".to_owned()),
        protocol: Some(protocol),
        source: Some(Endpoint { address: source, port: protocol.has_ports().then_some(50_000) }),
        destination: Some(Endpoint { address: destination, port }),
        icmp: Some(ICMP_OTHER),
        ..Packet::default()
    }
}

/// This host's addresses, IPv4 first.
fn own(operator: Option<Operator>) -> [IpAddr; 2] {
    [Family::V4, Family::V6].map(|family| {
        operator.map(|known| known.own).filter(|own| Family::of(*own) == family).unwrap_or_else(|| address(OWN, family))
    })
}

fn address(of: [&str; 2], family: Family) -> IpAddr {
    let [v4, v6] = of;
    let text = if family == Family::V4 { v4 } else { v6 };
    text.parse().unwrap_or_else(|_| family.loopback())
}

/// Rules of iptables that stand beside the intents.
fn raw_rules<'r>(sets: &'r [&Wanted]) -> impl Iterator<Item = &'r Rule> {
    let tables = sets.iter().flat_map(|set| &set.intents.raw).flat_map(|rules| &rules.tables);
    tables.flat_map(|table| &table.chains).flat_map(|chain| &chain.rules)
}

/// Ranges of destination ports that a rule of iptables asks about.
fn raw_ranges(rule: &Rule) -> Vec<PortRange> {
    let of = |of: &Match| -> Vec<PortRange> {
        match of {
            Match::Tcp(tcp) => tcp.ports.destination.iter().map(|not| not.value).collect(),
            Match::Udp(ports) | Match::Dccp(ports) => ports.destination.iter().map(|not| not.value).collect(),
            Match::Sctp(sctp) => sctp.ports.destination.iter().map(|not| not.value).collect(),
            Match::Multiport(multiport) => multiport.ports.clone(),
            _ => Vec::new(),
        }
    };
    rule.matches.iter().flat_map(of).collect()
}

/// Every protocol that rules name, and TCP.
fn protocols<'r>(rules: impl Iterator<Item = &'r Effective>, sets: &[&Wanted]) -> BTreeSet<Protocol> {
    let raw = raw_rules(sets).filter_map(|rule| rule.header.protocol).map(|not| not.value);
    let named = rules.flat_map(|rule| &rule.tests).filter_map(|test| match test {
        Test::Protocol(protocol) => Some(*protocol),
        _ => None,
    });
    named.chain(raw).chain([Protocol::TCP]).collect()
}

/// The edges of every range of ports, inside and outside.
fn ports_of<'r>(
    protocol: Protocol,
    rules: impl Iterator<Item = &'r Effective>,
    sets: &[&Wanted],
    others: &BTreeSet<u16>,
) -> impl Iterator<Item = (Protocol, Option<u16>)> {
    let mut ports = others.clone();
    for PortRange { first, last } in raw_rules(sets).flat_map(raw_ranges) {
        ports.extend([first, last, first.saturating_sub(1), last.saturating_add(1)]);
    }
    for test in rules.flat_map(|rule| &rule.tests) {
        if let Test::DestinationPorts(PortRange { first, last }) | Test::DialledPorts(PortRange { first, last }) = test
        {
            ports.extend([*first, *last, first.saturating_sub(1), last.saturating_add(1)]);
        }
    }
    // Port 0 is dialled by nobody.
    let edges = ports.into_iter().filter(|port| *port > 0).chain([65_000]).take(PORTS_MAX).map(Some);
    let edges: Vec<Option<u16>> = if protocol.has_ports() { edges.collect() } else { vec![None] };
    edges.into_iter().map(move |port| (protocol, port))
}

/// The edges of every network, inside and outside, the operator and a stranger.
fn sources(sets: &[&Wanted], family: Family, operator: Option<Operator>) -> BTreeSet<IpAddr> {
    let mut found: BTreeSet<IpAddr> = BTreeSet::new();
    for set in sets {
        for test in set.rules.iter().flat_map(|rule| &rule.tests) {
            let Test::From(from) = test else { continue };
            let of_family = from.networks(&set.intents).filter(|net| net.family() == family);
            for net in of_family.take(SOURCES_MAX) {
                let Some((first, last)) = net.bounds() else { continue };
                let edges = [first, last, first.saturating_sub(1), last.saturating_add(1)];
                found.extend(edges.map(|edge| crate::net::address_of(family, edge)));
            }
        }
    }
    let raw = raw_rules(sets).filter_map(|rule| match &rule.header.source {
        Some(Not { value: Address::Net(net), .. }) if net.family() == family => net.bounds(),
        _ => None,
    });
    for (first, last) in raw.take(SOURCES_MAX) {
        let edges = [first, last, first.saturating_sub(1), last.saturating_add(1)];
        found.extend(edges.map(|edge| crate::net::address_of(family, edge)));
    }
    let people = operator.map(|known| known.client).filter(|client| Family::of(*client) == family);
    people.into_iter().chain([address(STRANGERS, family)]).chain(found).take(SOURCES_MAX).collect()
}

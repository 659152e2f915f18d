//! A packet walked through effective rules, with the same answers as the walk through a save file.
//!
//! At each hook the raw rules are asked first and the intents after them, as the kernel does: what raw rules let in the
//! intents may still keep out, and where a raw rule translates no intent does.

use super::effective::{Act, Effective, Stage, Test};
use super::model::Intents;
use crate::iptables::Ruleset;
use crate::iptables::matches::States;
use crate::iptables::model::{Hook, TableName};
use crate::net::{Family, Net, Protocol, number_of};
use crate::simulate::{
    Answer, Asked, Beside, Flow, Packet, Simulator, Spot, State, Truth, Verdict, range_in_net, range_within,
};
use std::collections::BTreeSet;

/// Effective rules, made ready for packets.
#[derive(Debug)]
pub struct Walker<'r> {
    rules: &'r [Effective],
    intents: &'r Intents,
    /// Of each family that has raw rules.
    raw: Vec<(Family, Simulator<'r>)>,
    none: Simulator<'r>,
}

/// No raw rules.
static NONE: Ruleset = Ruleset { family: Family::V4, tables: Vec::new() };

impl<'r> Walker<'r> {
    /// Over these rules; lists are the intents'.
    pub fn new(rules: &'r [Effective], intents: &'r Intents) -> Walker<'r> {
        let raw = intents.raw.iter().map(|rules| (rules.family, Simulator::new(rules))).collect();
        Walker { rules, intents, raw, none: Simulator::new(&NONE) }
    }

    /// What becomes of a packet.
    pub fn answer(&self, packet: &Packet) -> Answer {
        let raw = self.raw.iter().find(|(family, _)| packet.family() == Some(*family));
        raw.map_or(&self.none, |(_, raw)| raw).answer_beside(packet, self)
    }

    fn stage(&self, stage: Stage, flow: &mut Flow<'_>, path: &mut Vec<String>) -> Asked {
        for rule in self.rules.iter().filter(|rule| rule.stage == stage) {
            let all = |truth: Truth, test: &Test| match truth {
                Truth::No => Truth::No,
                truth => truth.and(self.holds(test, &rule.act, flow)),
            };
            match rule.tests.iter().fold(Truth::Yes, all) {
                Truth::No => {}
                Truth::Unknown(missing) => return Asked::Unknown(missing),
                Truth::Yes => return act(rule, flow, path),
            }
        }
        Asked::Passed
    }

    fn holds(&self, test: &Test, act: &Act, flow: &Flow<'_>) -> Truth {
        let packet = flow.packet;
        match test {
            Test::InLoopback => Truth::of(flow.input == "lo"),
            Test::OutLoopback => Truth::of(flow.output == "lo"),
            Test::State(states) => Truth::of(states.0 & bit_of(flow.state) != 0),
            Test::Family(family) => match (packet.family(), flow.destination.address) {
                (Some(known), _) => Truth::of(known == *family),
                (None, _) => Truth::lacking("src"),
            },
            Test::Protocol(protocol) => Truth::given(packet.protocol, "proto", |known| known == *protocol),
            Test::DestinationPorts(range) => port(&flow.destination, *range, "dst"),
            Test::SourcePorts(range) => port(&flow.source, *range, "src"),
            Test::From(from) => self.comes_from(from, flow),
            Test::Destination(range) => match flow.destination.address {
                Some(address) if Family::of(address.first) != Family::of(range.first) => Truth::No,
                Some(address) => range_within(
                    number_of(address.first),
                    number_of(address.last),
                    number_of(range.first),
                    number_of(range.last),
                    "dst",
                ),
                None => Truth::lacking("dst"),
            },
            Test::ToThisHost => match (packet.destination_type, act) {
                // Told with both its interfaces, a packet that is taken to another host was sent to this one.
                (None, Act::Forward(..)) => Truth::Yes,
                _ => Truth::of(packet.destination_type() == LOCAL),
            },
            Test::Icmp(family, kinds) => icmp(packet, *family, kinds),
            Test::DialledPorts(range) => dialled(flow, *range),
            Test::NotTranslated => dialled(flow, crate::net::PortRange::ALL).negated(true),
        }
    }

    fn comes_from(&self, from: &super::model::From, flow: &Flow<'_>) -> Truth {
        let Some(address) = flow.source.address else { return Truth::lacking("src") };
        let is_in = |net: Net| range_in_net(address, net, "src");
        from.networks(self.intents).fold(Truth::No, |truth, net| match truth {
            Truth::Yes => Truth::Yes,
            truth => truth.or(is_in(net)),
        })
    }
}

/// The bit of `LOCAL` among address types.
const LOCAL: u16 = 1 << 2;

fn bit_of(state: State) -> u8 {
    match state {
        State::New => States::NEW,
        State::Established => States::ESTABLISHED,
        State::Related => States::RELATED,
        State::Invalid => States::INVALID,
        State::Untracked => States::UNTRACKED,
    }
}

fn port(spot: &Spot, range: crate::net::PortRange, field: &str) -> Truth {
    match spot.port {
        Some(port) => range_within(port.first, port.last, range.first, range.last, field),
        None => Truth::lacking(field),
    }
}

fn icmp(packet: &Packet, family: Family, kinds: &[u8]) -> Truth {
    let protocol = if family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
    match packet.protocol {
        None => Truth::lacking("proto"),
        Some(known) if known != protocol => Truth::No,
        Some(_) => Truth::given(packet.icmp, "icmp", |(kind, _)| kinds.contains(&kind)),
    }
}

/// Whether the destination was translated, and from one of these ports.
fn dialled(flow: &Flow<'_>, range: crate::net::PortRange) -> Truth {
    let packet = flow.packet;
    match flow.state {
        State::Invalid | State::Untracked => Truth::No,
        State::New if !flow.is_dnat => Truth::No,
        State::New => port(&Spot::of(packet.original.or(packet.destination)), range, "dst"),
        State::Established | State::Related => match packet.original {
            None => Truth::lacking("origdst"),
            Some(original) if Some(original) == packet.destination => Truth::No,
            Some(original) => port(&Spot::of(Some(original)), range, "origdst"),
        },
    }
}

/// Whether it was taken to another host.
fn is_forwarded(flow: &Flow<'_>) -> bool {
    let before = flow.packet.destination.map(|end| end.address);
    let now = flow.destination.address.map(|range| range.first);
    flow.is_dnat && before != now && now != flow.packet.family().map(Family::loopback)
}

fn act(rule: &Effective, flow: &mut Flow<'_>, path: &mut Vec<String>) -> Asked {
    // A rule of several parts is one rule to whoever reads the path.
    if path.last() != Some(&rule.id) {
        path.push(rule.id.clone());
    }
    let destination = flow.destination;
    let at_port = |spot: Spot, port: u16| spot.with_port(crate::net::PortRange::one(port));
    let this_host = match rule.stage {
        Stage::LocalOutput => {
            flow.packet.family().map_or(destination, |family| destination.with_address(family.loopback()))
        }
        _ => destination,
    };
    match &rule.act {
        Act::Accept => return Asked::Decided(rule.id.clone(), Verdict::Accept),
        Act::Drop => return Asked::Decided(rule.id.clone(), Verdict::Drop),
        Act::Reject => return Asked::Decided(rule.id.clone(), Verdict::Reject),
        Act::Redirect(to) => flow.set_destination(at_port(this_host, *to)),
        Act::Forward(address, to) => {
            let there = destination.with_address(*address);
            flow.set_destination(to.map_or(there, |to| at_port(there, to)));
        }
        Act::Masquerade => flow.set_source(Spot { is_own: true, ..flow.source }),
        Act::Split { stable, canary, share, .. } => match *share {
            0 => flow.set_destination(at_port(this_host, *stable)),
            ALL => flow.set_destination(at_port(this_host, *canary)),
            _ => return Asked::Unknown(BTreeSet::from(["share".to_owned()])),
        },
    }
    let leaves = rule.stage == Stage::Prerouting && is_forwarded(flow);
    if leaves { Asked::Leaves } else { Asked::Passed }
}

impl Beside for Walker<'_> {
    fn ask(&self, table: TableName, hook: Hook, flow: &mut Flow<'_>, path: &mut Vec<String>) -> Asked {
        let stage = match (table, hook) {
            (TableName::Nat, Hook::Prerouting) => Stage::Prerouting,
            (TableName::Nat, Hook::Output) => Stage::LocalOutput,
            (TableName::Nat, Hook::Postrouting) => Stage::Postrouting,
            (TableName::Filter, Hook::Input) => Stage::Input,
            (TableName::Filter, Hook::Forward) => Stage::Forward,
            (TableName::Filter, Hook::Output) => Stage::Output,
            _ => return Asked::Passed,
        };
        self.stage(stage, flow, path)
    }
}

/// Every connection, in hundredths of a per cent.
const ALL: u16 = 10_000;

//! A packet walked through effective rules, with the same answers as the walk through a save file.

use super::effective::{Act, Effective, Stage, Test};
use super::model::Intents;
use super::sources::Sources;
use crate::iptables::matches::States;
use crate::iptables::{Hook, Ruleset, TableName};
use crate::net::{Family, Protocol, number_of};
use crate::simulate::{
    Answer, Beside, Flow, Met, Packet, Run, Simulator, Spot, State, Truth, Verdict, Walk, range_within,
};
use std::collections::BTreeSet;

/// Effective rules, made ready for packets.
#[derive(Debug)]
pub struct Walker<'r> {
    rules: &'r [Effective],
    intents: &'r Intents,
    sources: Sources<'r>,
}

/// Where intents stand: right behind these tables of raw rules.
const PLACES: [(TableName, Hook, Stage); 6] = [
    (TableName::Nat, Hook::Prerouting, Stage::Prerouting),
    (TableName::Nat, Hook::Output, Stage::LocalOutput),
    (TableName::Filter, Hook::Input, Stage::Input),
    (TableName::Filter, Hook::Forward, Stage::Forward),
    (TableName::Filter, Hook::Output, Stage::Output),
    (TableName::Nat, Hook::Postrouting, Stage::Postrouting),
];

impl<'r> Walker<'r> {
    /// Over these rules; lists are the intents'.
    pub fn new(rules: &'r [Effective], intents: &'r Intents) -> Walker<'r> {
        Walker { rules, intents, sources: Sources::new(intents) }
    }

    /// What becomes of a packet. Raw rules are asked before the intents at each hook, and what they make of a packet the
    /// intents see.
    pub fn answer(&self, packet: &Packet) -> Answer {
        match self.raw(packet) {
            Some(raw) => raw.answer(packet),
            None => self.answer_of_intents(packet),
        }
    }

    /// Whether of every raw rule on the way it is known whether it matches, so that the path of an answer is all of it.
    pub fn knows_path(&self, packet: &Packet) -> bool {
        self.raw(packet).is_none_or(|raw| raw.knows_path(packet))
    }

    /// The raw rules of the packet's family with these beside them.
    fn raw(&self, packet: &Packet) -> Option<Simulator<'_>> {
        let is_of_packet = |rules: &&Ruleset| packet.family().is_some_and(|family| family == rules.family);
        self.intents.raw.iter().find(is_of_packet).map(|raw| Simulator::with(raw, self))
    }

    fn answer_of_intents(&self, packet: &Packet) -> Answer {
        let mut run = Run::default();
        let mut walk = Walk::of(packet, &mut run);
        walk.flow.input = packet.input.as_deref().unwrap_or_default();
        walk.flow.output = packet.output.as_deref().unwrap_or_default();
        let (rule, verdict) = self.stages(packet, &mut walk);
        let answer = walk.flow.answer(verdict, Some(rule));
        let (missing, path) = run.into_told();
        if verdict == Verdict::Unknown { Answer::unknown(missing, path) } else { Answer { path, ..answer } }
    }

    fn stages(&self, packet: &Packet, walk: &mut Walk<'_, '_, '_>) -> (String, Verdict) {
        let is_out = packet.input.is_none();
        let mut decided = ("policy".to_owned(), Verdict::Accept);
        let first = if is_out { Stage::LocalOutput } else { Stage::Prerouting };
        // Translation is chosen once, by the first packet of a connection.
        if packet.state == State::New
            && let Met::Unknown = self.stage(first, walk)
        {
            return (String::new(), Verdict::Unknown);
        }
        let leaves = packet.output.is_some() || walk.flow.is_sent_on;
        let rest: &[Stage] = match (is_out, leaves) {
            (true, _) => &[Stage::Output, Stage::Postrouting],
            (false, true) => &[Stage::Forward, Stage::Postrouting],
            (false, false) => &[Stage::Input],
        };
        for stage in rest {
            if *stage == Stage::Postrouting && packet.state != State::New {
                continue;
            }
            match self.stage(*stage, walk) {
                Met::Unknown => return (String::new(), Verdict::Unknown),
                Met::Decided(rule, verdict @ (Verdict::Drop | Verdict::Reject)) => return (rule, verdict),
                Met::Decided(rule, verdict) if *stage != Stage::Postrouting => decided = (rule, verdict),
                _ => {}
            }
        }
        decided
    }

    fn stage(&self, stage: Stage, walk: &mut Walk<'_, '_, '_>) -> Met {
        for rule in self.rules.iter().filter(|rule| rule.stage == stage) {
            let all = |truth: Truth, test: &Test| match truth {
                Truth::No => Truth::No,
                truth => truth.and(self.holds(test, &rule.act, &walk.flow)),
            };
            match rule.tests.iter().fold(Truth::Yes, all) {
                Truth::No => {}
                Truth::Unknown(missing) => {
                    walk.run.lack(missing);
                    return Met::Unknown;
                }
                Truth::Yes => return act(rule, walk),
            }
        }
        Met::Passed
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
        flow.source.address.map_or_else(|| Truth::lacking("src"), |range| self.sources.holds(from, range))
    }
}

impl Beside for Walker<'_> {
    fn after(&self, table: TableName, hook: Hook, walk: &mut Walk<'_, '_, '_>, is_translated: bool) -> Met {
        let place = PLACES.iter().find(|(of, at, _)| (*of, *at) == (table, hook));
        let is_nat = table == TableName::Nat;
        let is_asked = !is_nat || walk.flow.state == State::New && !is_translated;
        match place.filter(|_| is_asked) {
            Some((_, _, stage)) => self.stage(*stage, walk),
            None => Met::Passed,
        }
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

fn act(rule: &Effective, walk: &mut Walk<'_, '_, '_>) -> Met {
    // A rule of several parts is one rule to whoever reads the path.
    if walk.run.path.last() != Some(&rule.id) {
        walk.run.path.push(rule.id.clone());
    }
    let destination = walk.flow.destination;
    let at_port = |spot: Spot, port: u16| spot.with_port(crate::net::PortRange::one(port));
    let this_host = match rule.stage {
        Stage::LocalOutput => {
            walk.flow.packet.family().map_or(destination, |family| destination.with_address(family.loopback()))
        }
        _ => destination,
    };
    match &rule.act {
        Act::Accept => return Met::Decided(rule.id.clone(), Verdict::Accept),
        Act::Drop => return Met::Decided(rule.id.clone(), Verdict::Drop),
        Act::Reject => return Met::Decided(rule.id.clone(), Verdict::Reject),
        Act::Redirect(to) => walk.flow.set_destination(at_port(this_host, *to)),
        Act::Forward(address, to) => {
            let before = Spot::of(walk.flow.packet.destination).address;
            let loopback = destination.with_address(Family::of(*address).loopback()).address;
            let there = destination.with_address(*address);
            walk.flow.set_destination(to.map_or(there, |to| at_port(there, to)));
            walk.flow.is_sent_on = there.address != before && there.address != loopback;
        }
        Act::Masquerade => {
            let own = Spot { is_own: true, ..walk.flow.source };
            walk.flow.set_source(own);
        }
        Act::Split { stable, canary, share, .. } => match *share {
            0 => walk.flow.set_destination(at_port(this_host, *stable)),
            ALL => walk.flow.set_destination(at_port(this_host, *canary)),
            _ => {
                walk.run.lack(BTreeSet::from(["share".to_owned()]));
                return Met::Unknown;
            }
        },
    }
    Met::Passed
}

/// Every connection, in hundredths of a per cent.
const ALL: u16 = 10_000;

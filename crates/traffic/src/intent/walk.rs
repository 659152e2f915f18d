//! A packet walked through effective rules, with the same answers as the walk through a save file.

use super::effective::{Act, Effective, Stage, Test};
use super::model::Intents;
use super::sources::Sources;
use crate::iptables::Ruleset;
use crate::iptables::matches::States;
use crate::net::{Family, Protocol, number_of};
use crate::simulate::{Answer, Flow, Packet, Simulator, Spot, State, Truth, Verdict, range_within};
use std::collections::BTreeSet;

/// Effective rules, made ready for packets.
#[derive(Debug)]
pub struct Walker<'r> {
    rules: &'r [Effective],
    intents: &'r Intents,
    sources: Sources<'r>,
}

/// What a stage came to.
enum End {
    Decided(String, Verdict),
    Unknown,
    Passed,
}

struct Walk<'p> {
    flow: Flow<'p>,
    path: Vec<String>,
    missing: BTreeSet<String>,
}

impl<'r> Walker<'r> {
    /// Over these rules; lists are the intents'.
    pub fn new(rules: &'r [Effective], intents: &'r Intents) -> Walker<'r> {
        Walker { rules, intents, sources: Sources::new(intents) }
    }

    /// What becomes of a packet: raw rules are asked first, and what they let pass the intents'.
    pub fn answer(&self, packet: &Packet) -> Answer {
        let is_of_packet = |rules: &&Ruleset| packet.family().is_some_and(|family| family == rules.family);
        let Some(raw) = self.intents.raw.iter().find(is_of_packet) else { return self.answer_of_intents(packet) };
        let first = Simulator::new(raw).answer(packet);
        if first.verdict != Verdict::Accept {
            return first;
        }
        let second = self.answer_of_intents(packet);
        let by_policy = second.rule.as_deref() == Some("policy");
        Answer {
            rule: if by_policy { first.rule } else { second.rule },
            to: second.to.or(first.to),
            from: second.from.or(first.from),
            path: [first.path, second.path].concat(),
            ..second
        }
    }

    fn answer_of_intents(&self, packet: &Packet) -> Answer {
        let mut flow = Flow::of(packet);
        flow.input = packet.input.as_deref().unwrap_or_default();
        flow.output = packet.output.as_deref().unwrap_or_default();
        let mut walk = Walk { flow, path: Vec::new(), missing: BTreeSet::new() };
        let (rule, verdict) = self.stages(packet, &mut walk);
        if verdict == Verdict::Unknown {
            return Answer::unknown(walk.missing, walk.path);
        }
        Answer { path: walk.path, ..walk.flow.answer(verdict, Some(rule)) }
    }

    fn stages(&self, packet: &Packet, walk: &mut Walk<'_>) -> (String, Verdict) {
        let is_out = packet.input.is_none();
        let mut decided = ("policy".to_owned(), Verdict::Accept);
        let first = if is_out { Stage::LocalOutput } else { Stage::Prerouting };
        // Translation is chosen once, by the first packet of a connection.
        if packet.state == State::New
            && let End::Unknown = self.stage(first, walk)
        {
            return (String::new(), Verdict::Unknown);
        }
        let leaves = packet.output.is_some() || walk.is_forwarded();
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
                End::Unknown => return (String::new(), Verdict::Unknown),
                End::Decided(rule, verdict @ (Verdict::Drop | Verdict::Reject)) => return (rule, verdict),
                End::Decided(rule, verdict) if *stage != Stage::Postrouting => decided = (rule, verdict),
                _ => {}
            }
        }
        decided
    }

    fn stage(&self, stage: Stage, walk: &mut Walk<'_>) -> End {
        for rule in self.rules.iter().filter(|rule| rule.stage == stage) {
            let all = |truth: Truth, test: &Test| match truth {
                Truth::No => Truth::No,
                truth => truth.and(self.holds(test, &rule.act, &walk.flow)),
            };
            match rule.tests.iter().fold(Truth::Yes, all) {
                Truth::No => {}
                Truth::Unknown(missing) => {
                    walk.missing.extend(missing);
                    return End::Unknown;
                }
                Truth::Yes => return walk.act(rule),
            }
        }
        End::Passed
    }

    fn holds(&self, test: &Test, act: &Act, flow: &Flow<'_>) -> Truth {
        let packet = flow.packet;
        match test {
            Test::InLoopback => Truth::of(flow.input == "lo"),
            Test::OutLoopback => Truth::of(flow.output == "lo"),
            Test::State(states) => Truth::of(states.0 & bit_of(packet.state) != 0),
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
    match packet.state {
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

impl Walk<'_> {
    /// Whether it was taken to another host.
    fn is_forwarded(&self) -> bool {
        let before = self.flow.packet.destination.map(|end| end.address);
        let now = self.flow.destination.address.map(|range| range.first);
        self.flow.is_dnat && before != now && now != self.flow.packet.family().map(Family::loopback)
    }

    fn act(&mut self, rule: &Effective) -> End {
        // A rule of several parts is one rule to whoever reads the path.
        if self.path.last() != Some(&rule.id) {
            self.path.push(rule.id.clone());
        }
        let destination = self.flow.destination;
        let at_port = |spot: Spot, port: u16| spot.with_port(crate::net::PortRange::one(port));
        let this_host = match rule.stage {
            Stage::LocalOutput => {
                self.flow.packet.family().map_or(destination, |family| destination.with_address(family.loopback()))
            }
            _ => destination,
        };
        match &rule.act {
            Act::Accept => return End::Decided(rule.id.clone(), Verdict::Accept),
            Act::Drop => return End::Decided(rule.id.clone(), Verdict::Drop),
            Act::Reject => return End::Decided(rule.id.clone(), Verdict::Reject),
            Act::Redirect(to) => self.flow.set_destination(at_port(this_host, *to)),
            Act::Forward(address, to) => {
                let there = destination.with_address(*address);
                self.flow.set_destination(to.map_or(there, |to| at_port(there, to)));
            }
            Act::Masquerade => {
                let own = Spot { is_own: true, ..self.flow.source };
                self.flow.set_source(own);
            }
            Act::Split { stable, canary, share, .. } => match *share {
                0 => self.flow.set_destination(at_port(this_host, *stable)),
                ALL => self.flow.set_destination(at_port(this_host, *canary)),
                _ => {
                    self.missing.insert("share".to_owned());
                    return End::Unknown;
                }
            },
        }
        End::Passed
    }
}

/// Every connection, in hundredths of a per cent.
const ALL: u16 = 10_000;

//! Packets at every boundary of rules: around each rule, everything it asks just met and just missed, and a few values
//! of everything that it does not ask.

use super::edges::{Edges, Seen};
use crate::iptables::matches::AddrType;
use crate::iptables::model::{Hook, Ruleset, Table};
use crate::iptables::read::called;
use crate::net::{Endpoint, Protocol};
use crate::simulate::{Packet, Simulator, State};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Most packets that rules are asked by; rules with more boundaries stay as they are, unproven.
pub const PACKETS_MAX: usize = 150_000;

/// The way of a packet through a host.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Way {
    /// To this host.
    In,
    /// Through it.
    Through,
    /// From it.
    Out,
}

impl Way {
    pub(super) fn of(packet: &Packet) -> Way {
        match (&packet.input, &packet.output) {
            (Some(_), None) => Way::In,
            (Some(_), Some(_)) => Way::Through,
            _ => Way::Out,
        }
    }
}

/// Packets at every boundary of the rules and of what is built in; none where they are too many to be asked.
#[must_use]
pub fn boundary_packets(rules: &Ruleset) -> Option<Vec<Packet>> {
    let seen = Seen::of(rules);
    let mut packets = HashSet::new();
    let mut ordered = Vec::new();
    let mut add = |packet: Packet| {
        if packets.insert(packet.clone()) {
            ordered.push(packet);
        }
        ordered.len() <= PACKETS_MAX
    };
    let of_input = Edges::built_in(rules.family, &seen).map(|edges| (edges, vec![Way::In]));
    let of_all = Edges::of_all(rules.family, &seen).map(|edges| (edges, vec![Way::In, Way::Through, Way::Out]));
    for (edges, ways) in of_input.into_iter().chain(of_all) {
        if !product(&edges, &ways, &mut add) {
            return None;
        }
    }
    for table in &rules.tables {
        let ways = ways(table);
        for chain in &table.chains {
            let Some(ways) = ways.get(chain.name.as_str()) else { continue };
            let ways: Vec<Way> = ways.iter().copied().collect();
            for rule in &chain.rules {
                if !product(&Edges::of_rule(rule, rules.family, &seen), &ways, &mut add) {
                    return None;
                }
            }
        }
    }
    Some(ordered)
}

/// On which ways packets meet each chain of a table.
fn ways(table: &Table) -> BTreeMap<&str, BTreeSet<Way>> {
    let mut ways: BTreeMap<&str, BTreeSet<Way>> = BTreeMap::new();
    for chain in table.chains.iter().filter(|chain| chain.policy.is_some()) {
        let own: &[Way] = match Hook::parse(&chain.name) {
            Some(Hook::Prerouting) => &[Way::In, Way::Through],
            Some(Hook::Input) => &[Way::In],
            Some(Hook::Forward) => &[Way::Through],
            Some(Hook::Output) => &[Way::Out],
            Some(Hook::Postrouting) => &[Way::Through, Way::Out],
            None => &[],
        };
        let mut open = vec![chain.name.as_str()];
        let mut met = BTreeSet::new();
        while let Some(name) = open.pop().filter(|_| met.len() <= table.chains.len()) {
            if !met.insert(name) {
                continue;
            }
            ways.entry(name).or_default().extend(own);
            open.extend(table.chain(name).into_iter().flat_map(|chain| &chain.rules).filter_map(called));
        }
    }
    ways
}

/// Every packet of these edges, on these ways; whether there was place for all.
fn product(edges: &Edges, ways: &[Way], add: &mut impl FnMut(Packet) -> bool) -> bool {
    for way in ways {
        for protocol in &edges.protocols {
            for packet in of_protocol(edges, *protocol, *way) {
                if !add(packet) {
                    return false;
                }
            }
        }
    }
    true
}

fn of_protocol(edges: &Edges, protocol: Protocol, way: Way) -> Vec<Packet> {
    let none = [None];
    let some = |ports: &[u16]| ports.iter().map(|port| Some(*port)).collect::<Vec<_>>();
    let (sources, destinations) = (some(&edges.source_ports), some(&edges.destination_ports));
    let has_ports = protocol.has_ports();
    let source_ports: &[Option<u16>] = if has_ports { &sources } else { &none };
    let destination_ports: &[Option<u16>] = if has_ports { &destinations } else { &none };
    let mut packets = Vec::new();
    let (from, to) = edges.ends(way);
    for address in &from {
        for source_port in source_ports {
            let source = Endpoint { address: *address, port: *source_port };
            for address in &to {
                for port in destination_ports {
                    let destination = Endpoint { address: *address, port: *port };
                    let base = Packet { source: Some(source), destination: Some(destination), ..edges.met(protocol) };
                    on_interfaces(edges, &base, way, &mut packets);
                }
            }
        }
    }
    packets.iter().flat_map(|packet| edges.varied(packet)).collect()
}

/// What its destination can be to a host that a packet takes this way. What is this host's own passes through it only
/// where it is translated, which the rules know.
fn packet_types(way: Way, output: &Option<String>) -> impl Iterator<Item = &'static str> {
    let kinds: &[&str] = match (way, output.as_deref()) {
        (Way::In, _) | (Way::Out, Some("lo")) => &["LOCAL"],
        (Way::Through, _) => &["UNICAST", "LOCAL"],
        (Way::Out, _) => &["UNICAST"],
    };
    kinds.iter().copied()
}

/// Whether rules take a packet the way it is told to take.
pub(super) fn is_on_its_way(packet: &Packet, rules: &Simulator<'_>) -> bool {
    let is_local = packet.destination_type == AddrType::bit("LOCAL");
    let Some(before) = packet.destination.map(|end| end.address) else { return false };
    let leaves = || {
        let to = rules.translated(packet).known().filter(|to| !to.is_own).and_then(|to| to.address);
        to.is_some_and(|to| to.first != before)
    };
    match Way::of(packet) {
        Way::In => packet.destination_type != AddrType::bit("UNICAST") && !leaves(),
        Way::Through => !is_local || leaves(),
        Way::Out => is_local == (packet.output.as_deref() == Some("lo")),
    }
}

fn on_interfaces(edges: &Edges, base: &Packet, way: Way, packets: &mut Vec<Packet>) {
    let behind = |base: &Packet, output: &Option<String>| Packet {
        destination: base.destination.map(|end| edges.behind(end, output.as_deref())),
        ..base.clone()
    };
    let none = [None];
    let some = |names: &[String]| names.iter().map(|name| Some(name.clone())).collect::<Vec<_>>();
    let (inputs, outputs) = (some(&edges.inputs), some(&edges.outputs));
    let inputs: &[Option<String>] = if way == Way::Out { &none } else { &inputs };
    let outputs: &[Option<String>] = if way == Way::In { &none } else { &outputs };
    for input in inputs {
        // The loopback passes nothing on.
        let passes = |name: &Option<String>| way != Way::Through || name.as_deref() != Some("lo");
        for output in outputs.iter().filter(|output| passes(input) && passes(output)) {
            for (state, _) in State::ALL {
                let base = behind(base, output);
                let packet = Packet { input: input.clone(), output: output.clone(), state, ..base };
                packets.extend(packet_types(way, output).map(|kind| {
                    let destination_type = packet.destination_type.or_else(|| AddrType::bit(kind));
                    Packet { destination_type, ..packet.clone() }
                }));
            }
        }
    }
}

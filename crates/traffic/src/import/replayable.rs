//! Rules and packets as a kernel can be asked: what only memory of other packets decides is taken out of the way.

use super::boundary::{Way, boundary_packets, is_on_its_way};
use crate::iptables::matches::{AddrType, Limit, Match, Rate, RateUnit};
use crate::iptables::model::Ruleset;
use crate::iptables::print;
use crate::net::Endpoint;
use crate::simulate::{Packet, Simulator, State, Translated};
use core::net::IpAddr;
use std::collections::HashSet;

/// A limit that no replay reaches: the kernel's own most.
const NO_LIMIT: Limit = Limit { rate: Rate { count: 10_000, per: RateUnit::Second }, burst: 10_000 };

/// What a kernel can be asked of rules.
#[derive(Clone, Debug)]
pub struct Replayable {
    /// The save file, its limits out of reach and its counters at zero.
    pub save: String,
    /// First packets of connections at the boundaries of the rules, as they come: where a translation leads them is for
    /// the kernel to say.
    pub packets: Vec<Packet>,
}

impl Replayable {
    /// Of rules; none where they have too many boundaries. At most so many packets, evenly apart.
    #[must_use]
    pub fn of(rules: &Ruleset, n_packets_max: usize) -> Option<Replayable> {
        let open = without_limits(rules);
        let simulator = Simulator::new(rules);
        let asked = boundary_packets(rules)?.into_iter().filter(|packet| is_on_its_way(packet, &simulator));
        let mut seen = HashSet::new();
        let packets: Vec<Packet> = asked.filter_map(as_it_comes).filter(|packet| seen.insert(packet.clone())).collect();
        let step = packets.len().div_ceil(n_packets_max.max(1)).max(1);
        Some(Replayable { save: print(&open), packets: packets.into_iter().step_by(step).collect() })
    }
}

/// The rules with their limits out of reach and their counters at zero: a replay sends more in a second than they let in.
#[must_use]
pub fn without_limits(rules: &Ruleset) -> Ruleset {
    let mut open = rules.clone();
    for chain in open.tables.iter_mut().flat_map(|table| &mut table.chains) {
        chain.counters = Default::default();
        for rule in &mut chain.rules {
            rule.counters = None;
            let limits = rule.matches.iter_mut().filter(|of| matches!(of, Match::Limit(_)));
            limits.for_each(|of| *of = Match::Limit(NO_LIMIT));
        }
    }
    open
}

/// The packet before anything is known of where it goes; none where no first packet is like it.
fn as_it_comes(packet: Packet) -> Option<Packet> {
    let ends = [packet.source?, packet.destination?];
    let can_be_sent = packet.state == State::New
        && ends.iter().all(|end| is_somebodys(end.address))
        && packet.ttl.is_none_or(|hops| hops > 1)
        && packet.input.as_deref() != Some("lo");
    let is_sent_here = packet.destination_type == AddrType::bit("LOCAL");
    // Whether an address is everybody's the kernel knows from its routes.
    let is_plain = is_sent_here || packet.destination_type == AddrType::bit("UNICAST");
    let output = packet.output.clone().filter(|_| !(is_sent_here && Way::of(&packet) == Way::Through));
    let comes = Packet {
        output,
        // What the wire and the kernel decide by themselves.
        mac: None,
        packet_type: None,
        source_type: None,
        original: None,
        uid: None,
        gid: None,
        length: None,
        ..packet
    };
    (can_be_sent && is_plain).then_some(comes)
}

/// Whether an address is one host's, and not only its own link's.
fn is_somebodys(address: IpAddr) -> bool {
    let of_family = match address {
        IpAddr::V4(v4) => !v4.is_broadcast() && !v4.is_link_local() && v4.octets()[0] != 0 && v4.octets()[0] < 240,
        IpAddr::V6(v6) => !v6.is_unicast_link_local(),
    };
    of_family && !address.is_loopback() && !address.is_multicast() && !address.is_unspecified()
}

/// The packet with the way that it takes where rules translate it: `behind` tells by which interface an address lies. None
/// where only the host knows: which of its addresses a redirect means, and what a redirected local packet leaves by.
#[must_use]
pub fn routed(rules: &Simulator<'_>, packet: &Packet, behind: impl Fn(IpAddr) -> Option<String>) -> Option<Packet> {
    let to = match rules.translated(packet) {
        Translated::Not => return Some(packet.clone()),
        Translated::To(to) => to,
        Translated::Unknown => return None,
    };
    let before = packet.destination.map(|Endpoint { address, .. }| address);
    // A redirect of what passes through leads here, and the walk knows it.
    let Some(address) = to.address.filter(|_| !to.is_own).map(|range| range.first) else { return Some(packet.clone()) };
    if Some(address) == before {
        return Some(packet.clone());
    }
    let is_local = packet.input.is_none();
    match (is_local, packet.output.as_deref()) {
        (true, Some("lo")) => Some(packet.clone()),
        (true, _) => None,
        (false, _) => Some(Packet { output: behind(address), ..packet.clone() }),
    }
}

//! Whether the three say the same of a packet.

use crate::bench::Seen;
use nines_replay::{Arrived, Outcome};
use nines_traffic::net::Endpoint;
use nines_traffic::simulate::{Answer, Packet, State, Verdict};

/// Which two differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Between {
    /// The simulator and the kernel's own iptables.
    SimulatorAndIptables,
    /// The simulator and the kernel with what our compiler made.
    SimulatorAndCompiler,
    /// The kernel with its own iptables and with what our compiler made.
    IptablesAndCompiler,
}

/// The first two that differ, where any do. Where the simulator does not know, the kernel is held against itself.
pub fn differ(seen: &Seen) -> Option<Between> {
    let answer = seen.answer.as_ref().filter(|answer| answer.verdict != Verdict::Unknown);
    if answer.is_some_and(|answer| !agrees(seen, answer, &seen.iptables)) {
        return Some(Between::SimulatorAndIptables);
    }
    if answer.is_some_and(|answer| !agrees(seen, answer, &seen.ours)) {
        return Some(Between::SimulatorAndCompiler);
    }
    (!same(&seen.packet, &seen.iptables, &seen.ours)).then_some(Between::IptablesAndCompiler)
}

fn sorted(names: &[String]) -> Vec<&String> {
    let mut names: Vec<&String> = names.iter().collect();
    names.sort();
    names
}

/// The same verdict by the same rule, every rule of the path counted and no other, addresses and ports behind all rules,
/// and conntrack's.
fn agrees(seen: &Seen, answer: &Answer, outcome: &Outcome) -> bool {
    let is_same = answer.verdict == outcome.verdict && answer.rule.as_deref() == Some(&outcome.rule);
    is_same
        && (!seen.knows_path || sorted(&answer.path) == sorted(&outcome.counted))
        && outcome.arrived.is_none_or(|arrived| looks_so(seen, answer, &arrived))
}

/// Whether a packet that arrived has the addresses of the answer, in its header and to conntrack.
fn looks_so(seen: &Seen, answer: &Answer, arrived: &Arrived) -> bool {
    let packet = &seen.packet;
    let end =
        |text: &Option<String>, before: Option<Endpoint>| text.as_ref().map_or(before, |text| Endpoint::parse(text));
    let (Some(to), Some(from)) = (end(&answer.to, packet.destination), end(&answer.from, packet.source)) else {
        return false;
    };
    let is = |wanted: Endpoint, is: Endpoint| {
        wanted.address == is.address && (wanted.port.is_none() || wanted.port == is.port)
    };
    let is_from = |end: Endpoint| seen.is_masqueraded || is(from, end);
    let is_tracked = arrived.reply.is_none_or(|(source, destination)| is(to, source) && is_from(destination));
    let must_be_tracked = packet.state == State::New && (answer.to.is_some() || answer.from.is_some());
    let is_known = arrived.reply.is_some() || !must_be_tracked;
    is(to, arrived.destination) && is_from(arrived.source) && is_tracked && is_known
}

/// Whether the kernel did the same both ways.
fn same(packet: &Packet, one: &Outcome, other: &Outcome) -> bool {
    let has_ports = packet.protocol.is_some_and(nines_traffic::net::Protocol::has_ports);
    // What ICMP has where others have ports is its checksum.
    let plain = |end: Endpoint| Endpoint { port: end.port.filter(|_| has_ports), ..end };
    let ends = |outcome: &Outcome| {
        outcome.arrived.map(|arrived| {
            let reply = arrived.reply.map(|(from, to)| (plain(from), plain(to)));
            (plain(arrived.source), plain(arrived.destination), reply)
        })
    };
    (one.verdict, &one.rule, sorted(&one.counted), ends(one))
        == (other.verdict, &other.rule, sorted(&other.counted), ends(other))
}

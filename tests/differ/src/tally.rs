//! How much was asked, of what kind, and what came of it.

use crate::bench::Seen;
use crate::judge::Between;
use nines_replay::Outcome;
use nines_traffic::iptables::Ruleset;
use nines_traffic::simulate::{Answer, Packet, State, Verdict};
use std::collections::BTreeMap;
use std::fmt;

/// A packet of which two say different things.
#[derive(Clone, Debug)]
pub struct Found {
    /// The seed of its rule set.
    pub seed: u64,
    /// The rules.
    pub rules: Ruleset,
    /// What is seen of it.
    pub seen: Seen,
    /// Which two differ.
    pub between: Between,
}

/// Counts of a run.
#[derive(Clone, Default, Debug)]
pub struct Tally {
    /// Rule sets.
    pub n_sets: u64,
    /// Rules of theirs.
    pub n_rules: u64,
    /// Packets.
    pub n_packets: u64,
    /// Packets by what they are: `in`, `forward`, `tcp`, `translated`, `reject`.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Rules that our compiler refused, by what it said.
    pub refused: BTreeMap<String, u64>,
    /// The first packets that differed.
    pub found: Vec<Found>,
    /// How many packets differed.
    pub n_different: u64,
}

impl Tally {
    /// Counts a packet.
    pub fn count(&mut self, packet: &Packet, answer: Option<&Answer>, outcome: &Outcome) {
        self.n_packets += 1;
        let way = match (&packet.input, packet.output.as_deref()) {
            (Some(_), None) => "in",
            (Some(_), Some(_)) => "forward",
            (None, Some("lo")) => "to itself",
            (None, _) => "out",
        };
        let carried = match packet.protocol.map(|protocol| protocol.0) {
            Some(6) => "tcp",
            Some(17) => "udp",
            _ => "icmp",
        };
        let verdict = outcome.verdict.name();
        let told = match answer {
            None => "way not told",
            Some(answer) if answer.verdict == Verdict::Unknown => "unknown",
            Some(_) => "answered",
        };
        let ends = (packet.source, packet.destination);
        let is_translated =
            outcome.arrived.is_some_and(|arrived| (Some(arrived.source), Some(arrived.destination)) != ends);
        let has_ports = packet.protocol.is_some_and(nines_traffic::net::Protocol::has_ports);
        let state = if packet.state == State::New { "new" } else { "invalid" };
        let by = if outcome.rule == "policy" { "by policy" } else { "by a rule" };
        for kind in [way, carried, verdict, told, state, by] {
            *self.kinds.entry(kind).or_default() += 1;
        }
        if is_translated && has_ports {
            *self.kinds.entry("translated").or_default() += 1;
        }
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: Tally) {
        self.n_sets += other.n_sets;
        self.n_rules += other.n_rules;
        self.n_packets += other.n_packets;
        self.n_different += other.n_different;
        other.kinds.into_iter().for_each(|(kind, n)| *self.kinds.entry(kind).or_default() += n);
        other.refused.into_iter().for_each(|(what, n)| *self.refused.entry(what).or_default() += n);
        self.found.extend(other.found);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { n_sets, n_rules, n_packets, n_different, .. } = self;
        writeln!(out, "{n_sets} rule sets, {n_rules} rules, {n_packets} packets, {n_different} different")?;
        let kinds: Vec<String> = self.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        writeln!(out, "  {}", kinds.join(", "))?;
        self.refused.iter().try_for_each(|(what, n)| writeln!(out, "  not compiled, {n}: {what}"))
    }
}

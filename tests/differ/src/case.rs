//! A case: rules and packets of a seed, and what the simulator says of them.

use crate::host::ground;
use nines_replay::pose;
use nines_traffic::compile::{Refused, compile};
use nines_traffic::generate::{Dice, Host, packets, ruleset};
use nines_traffic::intent::Intents;
use nines_traffic::iptables::Ruleset;
use nines_traffic::nft::Table;
use nines_traffic::simulate::{Packet, Simulator, Translated};

/// Rules and packets.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it is made of.
    pub seed: u64,
    /// The rules.
    pub rules: Ruleset,
    /// Packets as the kernel will see them.
    pub packets: Vec<Packet>,
}

impl Case {
    /// Of a seed: every second has rules of `nat`.
    pub fn of(host: &Host, seed: u64, n_packets: usize) -> Case {
        let mut dice = Dice::new(seed);
        let rules = ruleset(&mut dice, host, seed.is_multiple_of(2));
        let ground = ground(host);
        let drawn = packets(&mut dice, host, n_packets).into_iter();
        let packets = drawn.filter_map(|packet| pose(&packet, &ground).ok()).collect();
        Case { seed, rules, packets }
    }
}

/// The table that our compiler makes of rules alone.
///
/// # Errors
/// What nf_tables cannot express.
pub fn compiled(rules: &Ruleset) -> Result<Table, Vec<Refused>> {
    let intents = Intents { raw: vec![rules.clone()], ..Intents::default() };
    compile(&intents, &[])
}

/// The packet with the way that the kernel's routing takes after a translation; none where a packet cannot tell what the
/// kernel will see: what a rule that is not known to match or not would make of it, which address of this host a redirect on the way through means, and by which interface a redirected
/// local packet was to leave, which later rules of OUTPUT still see.
pub fn routed(simulator: &Simulator<'_>, packet: &Packet, host: &Host) -> Option<Packet> {
    let to = match simulator.translated(packet) {
        Translated::Not => return Some(packet.clone()),
        Translated::To(to) => to,
        Translated::Unknown => return None,
    };
    let address = to.address.filter(|_| !to.is_own)?.first;
    let is_here = address == host.own || address == host.family.loopback();
    let output = match (is_here, &packet.input) {
        (true, Some(_)) => None,
        (false, Some(_)) => Some(host.interfaces[1].to_owned()),
        (_, None) if packet.output.as_deref() == Some("lo") => packet.output.clone(),
        (_, None) => return None,
    };
    Some(Packet { output, ..packet.clone() })
}

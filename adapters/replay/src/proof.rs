//! A claim about rules held against the kernel: their own save file is loaded by the kernel's iptables, packets at all
//! their boundaries are sent, and each must fare as it is claimed to.
//!
//! Who claims is not known here: a simulator, an intent file, a table of ours that is loaded beside.

use crate::ground::{Ground, Way};
use crate::messages::{Error, Fact};
use crate::outcome::Outcome;
use crate::pose::pose;
use crate::replay::{Asked, with_replay};
use crate::tool::Tool;
use core::net::IpAddr;
use nines_traffic::import::{Replayable, routed};
use nines_traffic::iptables::Ruleset;
use nines_traffic::net::{Endpoint, Family, Net, address_of, number_of};
use nines_traffic::nft;
use nines_traffic::simulate::{Answer, Packet, Simulator, Verdict};

/// Packets that are sent at most for each family: some seconds.
pub const PACKETS_MAX: usize = 3_000;

/// What a proof came to.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// Packets that were asked.
    pub n_asked: usize,
    /// Packets of them of which the claim says nothing: it depends on what is outside the packet.
    pub n_unknown: usize,
    /// Where the claim and the kernel differ.
    pub differing: Vec<Differing>,
}

/// A packet that fared otherwise than was claimed.
#[derive(Clone, Debug)]
pub struct Differing {
    /// The packet, as the kernel saw it.
    pub packet: Packet,
    /// What was claimed.
    pub claimed: Answer,
    /// What the kernel did with it.
    pub outcome: Outcome,
}

/// Holds a claim about every packet of the rules against the kernel, and where a table of ours is given that, too.
///
/// # Errors
/// Where the system lacks what it needs, or the rules are not taken.
pub fn prove(rules: &Ruleset, claim: impl Fn(&Packet) -> Answer, table: Option<&nft::Table>) -> Result<Proof, Error> {
    let family = rules.family;
    let too_many = || Error::Unavailable(Fact::TooManyBoundaries);
    let Replayable { save, packets } = Replayable::of(rules, usize::MAX).ok_or_else(too_many)?;
    let simulator = Simulator::new(rules);
    let ground = ground_for(family, &packets, &simulator);
    let posable: Vec<Packet> = packets.into_iter().filter(|packet| pose(packet, &ground).is_ok()).collect();
    let step = posable.len().div_ceil(PACKETS_MAX).max(1);
    let packets: Vec<Packet> = posable.into_iter().step_by(step).collect();
    let tool = [Tool::Legacy, Tool::Nft].into_iter().find(|tool| tool.find(family).is_ok()).unwrap_or(Tool::Legacy);
    let (asked, of_table) = with_replay(&ground, |replay| {
        replay.load_save(tool, &save)?;
        let asked = replay.ask(&packets)?;
        let of_table = match table {
            None => None,
            Some(table) => {
                replay.load_table(table)?;
                Some(replay.ask(&packets)?)
            }
        };
        Ok((asked, of_table))
    })?;
    let mut proof = Proof::default();
    for (nth, (packet, outcome)) in asked.into_iter().enumerate().filter_map(|(nth, asked)| Some((nth, asked.ok()?))) {
        let beside = of_table.as_ref().and_then(|asked| asked.get(nth)).and_then(|asked: &Asked| asked.as_ref().ok());
        judge(&mut proof, &ground, &simulator, &claim, (packet, outcome), beside.map(|(_, outcome)| outcome));
    }
    Ok(proof)
}

fn judge(
    proof: &mut Proof,
    ground: &Ground,
    simulator: &Simulator<'_>,
    claim: &impl Fn(&Packet) -> Answer,
    (packet, outcome): (Packet, Outcome),
    of_table: Option<&Outcome>,
) {
    let behind = |address: IpAddr| match ground.way(address) {
        Way::Out(name) => Some(name.to_owned()),
        Way::Here | Way::Nowhere => None,
    };
    let Some(asked) = routed(simulator, &packet, behind) else { return };
    let claimed = claim(&asked);
    proof.n_asked += 1;
    let is_known = claimed.verdict != Verdict::Unknown;
    proof.n_unknown += usize::from(!is_known);
    if is_known && !is_as_claimed(ground, &packet, &claimed, &outcome) {
        proof.differing.push(Differing { packet, claimed, outcome });
    } else if let Some(other) = of_table.filter(|other| is_known && !fares_alike(ground, &outcome, other)) {
        proof.differing.push(Differing { packet, claimed, outcome: other.clone() });
    }
}

/// The host that packets ask for, with an address at each interface and a way to wherever rules lead packets.
fn ground_for(family: Family, packets: &[Packet], rules: &Simulator<'_>) -> Ground {
    let mut ground = Ground::of_packets(family, packets);
    for (nth, interface) in (1..).zip(&mut ground.interfaces) {
        if interface.own.is_empty() {
            interface.own.push(at_interface(family, nth));
        }
    }
    let outside = ground.interfaces.last().map(|interface| interface.name.clone());
    for packet in packets {
        let to =
            rules.translated(packet).known().filter(|to| !to.is_own).and_then(|to| to.address).map(|range| range.first);
        if let (Some(to), Some(name)) = (to.filter(|to| ground.way(*to) == Way::Nowhere), &outside) {
            ground.routes.push((Net::host(to), name.clone()));
        }
    }
    ground
}

/// An address of this host that nothing asks for, of the ranges for measurements.
fn at_interface(family: Family, nth: u128) -> IpAddr {
    let base = match family {
        Family::V4 => IpAddr::from([198, 18, 7, 0]),
        Family::V6 => IpAddr::from([0x2001, 2, 7, 0, 0, 0, 0, 0]),
    };
    address_of(family, number_of(base) + nth)
}

fn is_as_claimed(ground: &Ground, packet: &Packet, claimed: &Answer, outcome: &Outcome) -> bool {
    if claimed.verdict != outcome.verdict {
        return false;
    }
    let Some(arrived) = outcome.arrived else { return true };
    let end = |text: &Option<String>| text.as_ref().and_then(|text| Endpoint::parse(text));
    let is_same = |text: &Option<String>, before: Option<Endpoint>, now: Endpoint| {
        // What has no text is an address that only the host knows, or was not changed.
        let wanted = if text.is_some() { end(text) } else { before };
        wanted.is_none_or(|wanted| same_place(ground, wanted, now))
    };
    let went = is_same(&claimed.to, packet.destination, arrived.destination)
        || claimed.to.is_none() && is_own(ground, arrived.destination);
    let came = is_same(&claimed.from, packet.source, arrived.source)
        || claimed.from.is_none() && is_own(ground, arrived.source);
    went && came
}

/// The same port of the same host; of this one whichever of its addresses.
fn same_place(ground: &Ground, one: Endpoint, other: Endpoint) -> bool {
    let is_same = one.address == other.address || is_own(ground, one) && is_own(ground, other);
    is_same && (one.port.is_none() || other.port.is_none() || one.port == other.port)
}

fn is_own(ground: &Ground, end: Endpoint) -> bool {
    ground.way(end.address) == Way::Here
}

/// Whether two rule sets did the same with a packet.
fn fares_alike(ground: &Ground, one: &Outcome, other: &Outcome) -> bool {
    let places = one.arrived.zip(other.arrived);
    one.verdict == other.verdict
        && places.is_none_or(|(one, other)| {
            same_place(ground, one.destination, other.destination) && same_place(ground, one.source, other.source)
        })
}

//! What targets that do not decide make of a packet: translations, marks, hop counts, conntrack.

use super::flow::{Flow, Spot};
use super::packet::State;
use crate::iptables::matches::Masked;
use crate::iptables::model::Hook;
use crate::iptables::targets::{Choice, Connmark, HopChange, Nat, Target};
use crate::net::{AddressRange, Family, Net, PortRange, address_of, number_of};

/// Carries out a target's effect on the packet.
pub(super) fn apply(flow: &mut Flow<'_>, target: &Target, hook: Hook) {
    match target {
        Target::Redirect(redirect) => {
            let family = flow.packet.family().unwrap_or_default();
            // A local packet goes to the loopback; one that came in to the address of its interface, which is taken to
            // be the one it was sent to.
            let to = match hook {
                Hook::Output => flow.destination.with_address(family.loopback()),
                // It was to pass through: which address its interface has only the host knows.
                _ if flow.packet.output.is_some() => Spot { is_own: true, ..flow.destination },
                _ => flow.destination,
            };
            let ports = redirect.ports.map(|ports| new_port(to.port, ports, None, redirect.choice));
            flow.set_destination(ports.flatten().map_or(to, |port| to.with_port(port)));
            flow.set_local();
        }
        Target::Dnat(nat) => {
            let to = translated(flow.destination, nat, true);
            flow.set_destination(to);
        }
        Target::Snat(nat) => {
            let from = translated(flow.source, nat, false);
            flow.set_source(from);
        }
        Target::Masquerade(masquerade) => {
            let own = Spot { is_own: true, ..flow.source };
            let port = masquerade.ports.and_then(|ports| new_source_port(own.port, ports, masquerade.choice));
            flow.set_source(port.map_or(own, |port| own.with_port(port)));
        }
        Target::Netmap(net) if matches!(hook, Hook::Prerouting | Hook::Output) => {
            let to = mapped(flow.destination, *net);
            flow.set_destination(to);
        }
        Target::Netmap(net) => {
            let from = mapped(flow.source, *net);
            flow.set_source(from);
        }
        Target::Mark(mark) => flow.mark = marked(flow.mark, *mark),
        Target::Connmark(_) if !flow.has_connection() => {}
        Target::Connmark(Connmark::Set(mark)) => flow.connmark = marked(flow.connmark, *mark),
        Target::Connmark(Connmark::Save { packet, connection }) => {
            flow.connmark = copied(flow.connmark, *connection, flow.mark, *packet);
        }
        Target::Connmark(Connmark::Restore { packet, connection }) => {
            flow.mark = copied(flow.mark, *packet, flow.connmark, *connection);
        }
        Target::Notrack(_) => flow.state = State::Untracked,
        Target::Ttl(change) | Target::HopLimit(change) => flow.ttl = changed(flow.ttl, *change),
        _ => {}
    }
}

/// Bits of a mask cleared, bits of a value flipped.
fn marked((bits, known): (u32, u32), mark: Masked) -> (u32, u32) {
    ((bits & !mark.mask) ^ mark.value, known | mark.mask)
}

/// Bits of `to` cleared by its mask, then those of `from` under its mask flipped in.
fn copied(to: (u32, u32), to_mask: u32, from: (u32, u32), from_mask: u32) -> (u32, u32) {
    let known = (to.1 | to_mask) & (from.1 | !from_mask);
    ((to.0 & !to_mask) ^ (from.0 & from_mask), known)
}

fn changed(ttl: Option<u8>, change: HopChange) -> Option<u8> {
    match change {
        HopChange::Set(hops) => Some(hops),
        HopChange::Decrease(hops) => ttl.map(|ttl| ttl.saturating_sub(hops)),
        HopChange::Increase(hops) => ttl.map(|ttl| ttl.saturating_add(hops)),
    }
}

fn translated(spot: Spot, nat: &Nat, is_destination: bool) -> Spot {
    let addressed = Spot { address: nat.addresses.or(spot.address), is_own: false, ..spot };
    let port = nat.ports.and_then(|ports| match is_destination {
        true => new_port(spot.port, ports, nat.port_base, nat.choice),
        false => new_source_port(spot.port, ports, nat.choice),
    });
    port.map_or(addressed, |port| addressed.with_port(port))
}

/// The port a destination gets: its own where the range has it, else the first; shifted where the rule has a base; any
/// of them where it is chosen by chance. Packets without ports keep having none.
fn new_port(old: Option<PortRange>, ports: PortRange, base: Option<u16>, choice: Choice) -> Option<PortRange> {
    let old = old?;
    if choice.random || choice.random_fully || old.first != old.last {
        return Some(ports);
    }
    let size = u32::from(ports.last - ports.first) + 1;
    Some(PortRange::one(match base {
        Some(base) => ports.first.wrapping_add((u32::from(old.first.wrapping_sub(base)) % size) as u16),
        None if ports.contains(old.first) => old.first,
        None => ports.first,
    }))
}

/// The port a source gets: its own where the range has it, else any of them.
fn new_source_port(old: Option<PortRange>, ports: PortRange, choice: Choice) -> Option<PortRange> {
    let old = old?;
    let keeps = old.first == old.last && ports.contains(old.first) && !choice.random && !choice.random_fully;
    Some(if keeps { old } else { ports })
}

/// The network's bits, and the rest of the address.
fn mapped(spot: Spot, net: Net) -> Spot {
    let family = net.family();
    let map = |address| {
        let rest = number_of(address) & family.full_mask() & !net.mask();
        address_of(family, number_of(net.address()) | rest)
    };
    let is_one = |range: &AddressRange| range.first == range.last && Family::of(range.first) == family;
    match spot.address.filter(is_one) {
        Some(range) => spot.with_address(map(range.first)),
        None => spot,
    }
}

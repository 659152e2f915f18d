//! Packets as the kernel will see them.

use crate::ground::{FAR_END, Ground, LOOPBACK, Way, hardware};
use nines_base::lang::{Lang, Message};
use nines_traffic::iptables::matches::{AddrType, PacketType};
use nines_traffic::net::{Endpoint, Family, Protocol};
use nines_traffic::simulate::{Packet, State};

nines_base::catalogue! {
    /// Why a packet cannot be sent.
    pub enum Unposed {
        /// It lacks addresses, its protocol, or an interface, or has another family than the ground.
        Untold { what: String } => { en: "the packet does not tell {what}", ko: "패킷에 {what}이(가) 없습니다" },
        Protocol { protocol: String } => { en: "packets of {protocol} are not made here, only those of TCP, UDP and ICMP", ko: "{protocol} 패킷은 만들지 않습니다. TCP, UDP, ICMP만 만듭니다" },
        Elsewhere => { en: "the host of the replay sends its destination another way", ko: "재현하는 호스트에서는 목적지가 다른 길로 갑니다" },
        State { state: String } => { en: "a packet alone is not {state} to conntrack", ko: "패킷 하나만으로는 conntrack에서 {state} 상태가 되지 않습니다" },
    }
}

/// Hops of a packet that tells none.
const TTL_USUAL: u8 = 64;
/// SYN alone: it opens a connection.
const SYN: u8 = 0x02;

/// The packet with everything that the kernel will see of it: its length, its mark, whose it is, and what conntrack makes
/// of it alone.
///
/// # Errors
/// Where it cannot be sent so that the kernel sees what it says.
pub fn pose(packet: &Packet, ground: &Ground) -> Result<Packet, Unposed> {
    let untold = |what: &str| Unposed::Untold { what: what.to_owned() };
    let of_family = |end: Option<Endpoint>| end.filter(|end| Family::of(end.address) == ground.family);
    let source = of_family(packet.source).ok_or_else(|| untold("src"))?;
    let destination = of_family(packet.destination).ok_or_else(|| untold("dst"))?;
    let protocol = packet.protocol.ok_or_else(|| untold("proto"))?;
    let icmp = if ground.family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
    let has_ports = source.port.is_some() && destination.port.is_some();
    match protocol {
        Protocol::TCP | Protocol::UDP if !has_ports => return Err(untold("ports")),
        Protocol::TCP | Protocol::UDP => {}
        _ if protocol == icmp => drop(packet.icmp.ok_or_else(|| untold("icmp"))?),
        other => return Err(Unposed::Protocol { protocol: other.to_string() }),
    }
    if !leads(ground, packet, destination) {
        return Err(Unposed::Elsewhere);
    }
    let flags = (protocol == Protocol::TCP).then(|| packet.flags.unwrap_or(SYN));
    let icmp = packet.icmp.filter(|_| protocol == icmp).map(|(kind, code)| (kind, Some(code.unwrap_or_default())));
    let state = state_of(ground.family, flags, icmp);
    if packet.state != State::New && packet.state != state {
        return Err(Unposed::State { state: packet.state.name().to_owned() });
    }
    let header = if ground.family == Family::V4 { 20 } else { 40 };
    let carried = if protocol == Protocol::TCP { 20 } else { 8 };
    let is_local = packet.input.is_none();
    let place = packet.input.as_ref().and_then(|name| ground.place(name));
    let id = |id: u32| is_local.then_some(id);
    Ok(Packet {
        flags,
        icmp,
        state,
        length: Some(header + carried),
        ttl: Some(packet.ttl.unwrap_or(TTL_USUAL)),
        mark: Some(packet.mark.unwrap_or_default()),
        uid: id(rustix::process::geteuid().as_raw()),
        gid: id(rustix::process::getegid().as_raw()),
        mac: place.and_then(|place| packet.mac.or(Some(hardware(FAR_END, place)))),
        packet_type: Some(PacketType::Unicast),
        source_type: packet.source_type.or_else(|| type_of(ground, source)),
        destination_type: packet.destination_type.or_else(|| type_of(ground, destination)),
        ..packet.clone()
    })
}

/// What an end is to the host.
fn type_of(ground: &Ground, end: Endpoint) -> Option<u16> {
    AddrType::bit(if ground.way(end.address) == Way::Here { "LOCAL" } else { "UNICAST" })
}

/// Whether the ground leads the packet as it says.
fn leads(ground: &Ground, packet: &Packet, destination: Endpoint) -> bool {
    let known = |name: &String| ground.place(name).is_some();
    let way = ground.way(destination.address);
    match (&packet.input, &packet.output) {
        (Some(input), None) => known(input) && way == Way::Here,
        (None, Some(output)) if output == LOOPBACK => way == Way::Here,
        (Some(input), Some(output)) => known(input) && way == Way::Out(output),
        (None, Some(output)) => way == Way::Out(output),
        (None, None) => false,
    }
}

/// What conntrack makes of a first packet: SYN opens a connection and ACK alone is taken for the middle of one, a question
/// of ICMP opens one too; the rest makes no sense.
fn state_of(family: Family, flags: Option<u8>, icmp: Option<(u8, Option<u8>)>) -> State {
    const ECHO: u8 = 8;
    const TIMESTAMP: u8 = 13;
    const INFORMATION: u8 = 15;
    const ADDRESS_MASK: u8 = 17;
    const ECHO6: u8 = 128;
    const NODE_INFORMATION6: u8 = 139;
    match (flags, icmp, family) {
        (Some(0x02 | 0x10 | 0x18), _, _) | (None, None, _) => State::New,
        (None, Some((ECHO | TIMESTAMP | INFORMATION | ADDRESS_MASK, _)), Family::V4) => State::New,
        (None, Some((ECHO6 | NODE_INFORMATION6, _)), Family::V6) => State::New,
        // Neighbours and listeners are found without conntrack.
        (None, Some((130..=137 | 143, _)), Family::V6) => State::Untracked,
        _ => State::Invalid,
    }
}

impl Unposed {
    /// In English, for tests and logs.
    #[must_use]
    pub fn words(&self) -> String {
        self.text(Lang::En)
    }
}

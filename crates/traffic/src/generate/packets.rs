//! Packets by chance.

use super::drawn::{PORTS, near};
use super::{Dice, Host};
use crate::net::{Endpoint, Family, Protocol};
use crate::simulate::Packet;

/// Packets for rules: on every way through the host, from the rules' own boundaries.
pub fn packets(dice: &mut Dice, host: &Host, n_packets: usize) -> Vec<Packet> {
    (0..n_packets).map(|nth| packet(dice, host, nth)).collect()
}

fn packet(dice: &mut Dice, host: &Host, nth: usize) -> Packet {
    let icmp = if host.family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
    let protocol = dice.one_of(&[Protocol::TCP, Protocol::TCP, Protocol::UDP, icmp], Protocol::TCP);
    let has_ports = protocol.has_ports();
    let port = |dice: &mut Dice| {
        let port = dice.one_of(&PORTS, 80);
        dice.one_of(&[port, port.saturating_add(1), port.saturating_sub(1)], port)
    };
    // Ports at large, each once, keep connections apart.
    let source_port = if dice.once_in(3) { port(dice) } else { 20_000 + nth as u16 };
    let [first, second] = host.interfaces;
    let (input, output) = match dice.below(7) {
        0..=1 => (Some(first), None),
        2..=3 => (Some(first), Some(second)),
        4..=5 => (None, Some(second)),
        _ => (None, Some("lo")),
    };
    let source = if input.is_none() { host.own } else { near(dice, host.clients) };
    let destination = if matches!(output, None | Some("lo")) { host.own } else { near(dice, host.servers) };
    let flags = [0x02, 0x02, 0x12, 0x10, 0x18, 0x01, 0x29, 0x00];
    let kinds: &[(u8, u8)] = match host.family {
        Family::V4 => &[(8, 0), (8, 1), (13, 0)],
        Family::V6 => &[(128, 0), (128, 1)],
    };
    Packet {
        input: input.map(str::to_owned),
        output: output.map(str::to_owned),
        protocol: Some(protocol),
        source: Some(Endpoint { address: source, port: has_ports.then_some(source_port) }),
        destination: Some(Endpoint { address: destination, port: has_ports.then(|| port(dice)) }),
        flags: (protocol == Protocol::TCP).then(|| dice.one_of(&flags, 2)),
        icmp: (protocol == icmp).then(|| dice.one_of(kinds, (8, 0))).map(|(kind, code)| (kind, Some(code))),
        mark: Some(0),
        ttl: Some(62 + dice.below(5) as u8),
        ..Packet::default()
    }
}

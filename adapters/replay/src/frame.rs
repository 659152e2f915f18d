//! Posed packets as bytes, with right checksums: conntrack calls others invalid.

use core::net::IpAddr;
use nines_traffic::net::Protocol;
use nines_traffic::simulate::Packet;

/// The IP packet, `id` in IPv4's identification or IPv6's flow label; nothing where it is not posed.
pub fn ip_packet(packet: &Packet, id: u16) -> Option<Vec<u8>> {
    let (source, destination) = (packet.source?, packet.destination?);
    let protocol = packet.protocol?;
    let mut payload = payload(packet, protocol);
    let ttl = packet.ttl?;
    let length = payload.len() as u16;
    let (header, pseudo) = match (source.address, destination.address) {
        (IpAddr::V4(from), IpAddr::V4(to)) => {
            let mut header = vec![0x45, 0];
            header.extend((20 + length).to_be_bytes());
            header.extend(id.to_be_bytes());
            header.extend([0x40, 0, ttl, protocol.0, 0, 0]);
            header.extend(from.octets().into_iter().chain(to.octets()));
            let sum = checksum(&header);
            header.get_mut(10..12)?.copy_from_slice(&sum.to_be_bytes());
            let mut pseudo: Vec<u8> = from.octets().into_iter().chain(to.octets()).collect();
            pseudo.extend([0, protocol.0]);
            pseudo.extend(length.to_be_bytes());
            (header, pseudo)
        }
        (IpAddr::V6(from), IpAddr::V6(to)) => {
            let mut header = vec![0x60, 0];
            header.extend(id.to_be_bytes());
            header.extend(length.to_be_bytes());
            header.extend([protocol.0, ttl]);
            header.extend(from.octets().into_iter().chain(to.octets()));
            let mut pseudo: Vec<u8> = from.octets().into_iter().chain(to.octets()).collect();
            pseudo.extend(u32::from(length).to_be_bytes());
            pseudo.extend([0, 0, 0, protocol.0]);
            (header, pseudo)
        }
        _ => return None,
    };
    let covered = if protocol == Protocol::ICMP { payload.clone() } else { [pseudo, payload.clone()].concat() };
    let at = match protocol {
        Protocol::TCP => 16,
        Protocol::UDP => 6,
        _ => 2,
    };
    payload.get_mut(at..at + 2)?.copy_from_slice(&checksum(&covered).to_be_bytes());
    Some([header, payload].concat())
}

fn payload(packet: &Packet, protocol: Protocol) -> Vec<u8> {
    let port =
        |end: Option<nines_traffic::net::Endpoint>| end.and_then(|end| end.port).unwrap_or_default().to_be_bytes();
    let ports = [port(packet.source), port(packet.destination)].concat();
    match protocol {
        Protocol::TCP => {
            let rest = [0, 0, 0, 1, 0, 0, 0, 0, 0x50, packet.flags.unwrap_or(2), 0xff, 0xff, 0, 0, 0, 0];
            [ports, rest.to_vec()].concat()
        }
        Protocol::UDP => [ports, vec![0, 8, 0, 0]].concat(),
        _ => {
            let (kind, code) = packet.icmp.unwrap_or_default();
            vec![kind, code.unwrap_or_default(), 0, 0, 0x12, 0x34, 0, 1]
        }
    }
}

fn checksum(bytes: &[u8]) -> u16 {
    let byte = |pair: &[u8], nth: usize| u32::from(pair.get(nth).copied().unwrap_or_default());
    let mut sum: u32 = bytes.chunks(2).map(|pair| byte(pair, 0) << 8 | byte(pair, 1)).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

//! A packet's headers as bytes, as far as it is told: a whole packet without options, or the first of its fragments.

use super::super::flow::{Flow, Spot};
use super::cells::{Cell, cells_lacking, cells_of};
use crate::iptables::matches::TcpFlags;
use crate::net::{Family, Protocol};
use crate::nft::keys::Base;
use core::net::IpAddr;

/// Bytes of the header of IPv4, without options.
const V4_BYTES: u16 = 20;
/// Bytes of the header of IPv6.
const V6_BYTES: u16 = 40;
/// What a packet of TCP has where its flags are not told: it opens a connection.
const FLAGS_USUAL: u8 = TcpFlags::SYN.set;

/// Bytes of a header; none beyond what is modelled of it.
pub fn header(flow: &Flow<'_>, family: Family, base: Base) -> Vec<Cell> {
    match (base, family) {
        (Base::Link, _) => link(flow, family),
        (Base::Network, Family::V4) => v4(flow),
        (Base::Network, Family::V6) => v6(flow),
        (Base::Transport, _) => transport(flow),
        (Base::Inner, _) => Vec::new(),
    }
}

/// The frame's: to an address that nobody tells, from one that may be told.
fn link(flow: &Flow<'_>, family: Family) -> Vec<Cell> {
    let source = flow.packet.mac.map_or_else(|| cells_lacking(6, "mac"), |mac| cells_of(&mac));
    [cells_lacking(6, "ether daddr"), source, cells_of(&ether_type(family))].concat()
}

/// What a frame says of a family.
pub fn ether_type(family: Family) -> [u8; 2] {
    match family {
        Family::V4 => [0x08, 0x00],
        Family::V6 => [0x86, 0xdd],
    }
}

fn v4(flow: &Flow<'_>) -> Vec<Cell> {
    let length = flow.packet.length.map(u16::to_be_bytes);
    // Whether it may be cut is not told; that it is not the rest of one that was, is.
    const OFFSET_HIGH: u8 = 0x1f;
    [
        vec![Cell::of(0x45), Cell::lacking("tos")],
        length.map_or_else(|| cells_lacking(2, "len"), |length| cells_of(&length)),
        cells_lacking(2, "id"),
        vec![Cell::of_bits(0, OFFSET_HIGH, "frag-off"), Cell::of(0)],
        vec![ttl(flow), protocol(flow)],
        cells_lacking(2, "checksum"),
        address(&flow.source, Family::V4, "src"),
        address(&flow.destination, Family::V4, "dst"),
    ]
    .concat()
}

fn v6(flow: &Flow<'_>) -> Vec<Cell> {
    let length = flow.packet.length.map(|length| length.saturating_sub(V6_BYTES).to_be_bytes());
    const VERSION: u8 = 0xf0;
    [
        vec![Cell::of_bits(0x60, VERSION, "tos"), Cell::lacking("tos")],
        cells_lacking(2, "flowlabel"),
        length.map_or_else(|| cells_lacking(2, "len"), |length| cells_of(&length)),
        vec![protocol(flow), ttl(flow)],
        address(&flow.source, Family::V6, "src"),
        address(&flow.destination, Family::V6, "dst"),
    ]
    .concat()
}

fn ttl(flow: &Flow<'_>) -> Cell {
    flow.ttl.map_or(Cell::lacking("ttl"), Cell::of)
}

fn protocol(flow: &Flow<'_>) -> Cell {
    flow.packet.protocol.map_or(Cell::lacking("proto"), |protocol| Cell::of(protocol.0))
}

/// An address, where it is one.
pub fn address(spot: &Spot, family: Family, lacks: &'static str) -> Vec<Cell> {
    let one = spot.address.filter(|range| range.first == range.last && !spot.is_own).map(|range| range.first);
    match (one, family) {
        (Some(IpAddr::V4(address)), Family::V4) => cells_of(&address.octets()),
        (Some(IpAddr::V6(address)), Family::V6) => cells_of(&address.octets()),
        _ => cells_lacking(usize::from(family.bits() / 8), lacks),
    }
}

/// A port, where it is one.
pub fn port(spot: &Spot, lacks: &'static str) -> Vec<Cell> {
    let one = spot.port.filter(|range| range.first == range.last);
    one.map_or_else(|| cells_lacking(2, lacks), |range| cells_of(&range.first.to_be_bytes()))
}

fn transport(flow: &Flow<'_>) -> Vec<Cell> {
    let ports = || [port(&flow.source, "src"), port(&flow.destination, "dst")].concat();
    match flow.packet.protocol {
        None => cells_lacking(usize::from(V4_BYTES), "proto"),
        Some(Protocol::TCP) => {
            let flags = flow.packet.flags.unwrap_or(FLAGS_USUAL);
            // Sequence and acknowledgement, and where its data begins.
            [ports(), cells_lacking(9, "tcp"), vec![Cell::of(flags)], cells_lacking(6, "tcp")].concat()
        }
        Some(Protocol::UDP) => {
            let header = match flow.destination.address.map(|range| Family::of(range.first)) {
                Some(Family::V6) => V6_BYTES,
                _ => V4_BYTES,
            };
            let length = flow.packet.length.map(|length| length.saturating_sub(header).to_be_bytes());
            let length = length.map_or_else(|| cells_lacking(2, "len"), |length| cells_of(&length));
            [ports(), length, cells_lacking(2, "checksum")].concat()
        }
        Some(Protocol::ICMP | Protocol::ICMP6) => match flow.packet.icmp {
            None => cells_lacking(8, "icmp"),
            Some((kind, code)) => {
                let code = code.map_or(Cell::lacking("icmp"), Cell::of);
                [vec![Cell::of(kind), code], cells_lacking(6, "icmp")].concat()
            }
        },
        Some(other) if other.has_ports() => ports(),
        Some(_) => Vec::new(),
    }
}

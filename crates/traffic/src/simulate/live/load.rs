//! What an expression loads of a packet, as far as it is told.

use super::super::flow::{Flow, Spot};
use super::super::packet::State;
use super::Here;
use super::cells::{Cell, cells_lacking, cells_of, cells_of_bits};
use super::headers::{address, ether_type, header, port};
use crate::iptables::matches::PacketType;
use crate::net::{Family, Protocol};
use crate::nft::build::{ct_state, ct_status};
use crate::nft::data::INTERFACE_BYTES;
use crate::nft::field::{NFPROTO_IPV4, NFPROTO_IPV6};
use crate::nft::keys::{Base, CtKey, Direction, FibResult, MetaKey, NumgenKind};
use crate::nft::{Expr, Hook};

/// The loopback is the first interface of every network.
const LOOPBACK: (&str, u32) = ("lo", 1);

/// Bytes that an expression loads; none where the rule ends there, since there is no such thing to load.
pub fn load(expr: &Expr, flow: &Flow<'_>, here: &Here<'_>) -> Option<Vec<Cell>> {
    match expr {
        Expr::Payload { base, offset, len, .. } => payload(flow, here, *base, *offset, *len),
        Expr::Meta { key, .. } => meta(flow, here, *key),
        Expr::Ct { key, direction, .. } => ct(flow, here.family, *key, *direction),
        Expr::Fib { result: FibResult::Type, of, .. } if of.daddr && !of.saddr => Some(destination_type(flow)),
        Expr::Fib { result: FibResult::Type, of, .. } if of.saddr => {
            let kind = flow.packet.source_type;
            Some(kind.map_or_else(|| cells_lacking(4, "srctype"), |bit| number(bit.trailing_zeros())))
        }
        Expr::Fib { result: FibResult::Oifname, .. } => Some(cells_lacking(INTERFACE_BYTES, "fib")),
        Expr::Fib { .. } => Some(cells_lacking(4, "fib")),
        Expr::Numgen { kind: NumgenKind::Random, modulus: 1, offset, .. } => Some(number(*offset)),
        Expr::Numgen { .. } | Expr::Jhash { .. } | Expr::Symhash { .. } => Some(cells_lacking(4, "share")),
        Expr::Exthdr { len, .. } => Some(cells_lacking(n_bytes(*len), "option")),
        Expr::Rt { key, .. } => Some(cells_lacking(INTERFACE_BYTES, key.word())),
        Expr::Socket { .. } => Some(cells_lacking(4, "socket")),
        _ => None,
    }
}

fn n_bytes(len: u32) -> usize {
    usize::try_from(len).unwrap_or_default().clamp(1, crate::nft::data::DATA_BYTES_MAX)
}

fn number(value: u32) -> Vec<Cell> {
    cells_of(&value.to_ne_bytes())
}

fn payload(flow: &Flow<'_>, here: &Here<'_>, base: Base, offset: u32, len: u32) -> Option<Vec<Cell>> {
    // What is sent from here has no frame yet.
    if base == Base::Link && here.hook == Hook::Output {
        return None;
    }
    let header = header(flow, here.family, base);
    let rest = header.into_iter().skip(usize::try_from(offset).unwrap_or(usize::MAX));
    Some(rest.chain(std::iter::repeat(Cell::lacking("payload"))).take(n_bytes(len)).collect())
}

fn meta(flow: &Flow<'_>, here: &Here<'_>, key: MetaKey) -> Option<Vec<Cell>> {
    let packet = flow.packet;
    Some(match key {
        MetaKey::Length => packet.length.map_or_else(|| cells_lacking(4, "len"), |length| number(length.into())),
        MetaKey::Protocol => cells_of(&ether_type(here.family)),
        MetaKey::Nfproto => cells_of(&[nfproto(here.family)]),
        MetaKey::L4proto => protocol(flow),
        MetaKey::Mark => cells_of_bits(flow.mark.0, flow.mark.1, "mark"),
        MetaKey::Iifname => interface(flow.input),
        MetaKey::Oifname if here.is_output_told => interface(flow.output),
        MetaKey::Oifname => cells_lacking(INTERFACE_BYTES, "out"),
        MetaKey::Iif => index(flow.input, here, "iif"),
        MetaKey::Oif if here.is_output_told => index(flow.output, here, "oif"),
        MetaKey::Oif => cells_lacking(4, "out"),
        MetaKey::Skuid | MetaKey::Skgid => {
            // Only what a local process sends has an owner.
            let is_local = packet.input.is_none() && matches!(here.hook, Hook::Output | Hook::Postrouting);
            let (id, lacks) = if key == MetaKey::Skuid { (packet.uid, "uid") } else { (packet.gid, "gid") };
            is_local.then(|| id.map_or_else(|| cells_lacking(4, lacks), number))?
        }
        MetaKey::Pkttype => packet_type(packet.packet_type),
        MetaKey::Time => cells_lacking(8, key.word()),
        MetaKey::Ibrname | MetaKey::Obrname | MetaKey::Iifkind | MetaKey::Oifkind | MetaKey::Sdifname => {
            cells_lacking(INTERFACE_BYTES, key.word())
        }
        _ => cells_lacking(4, key.word()),
    })
}

fn nfproto(family: Family) -> u8 {
    match family {
        Family::V4 => NFPROTO_IPV4,
        Family::V6 => NFPROTO_IPV6,
    }
}

fn protocol(flow: &Flow<'_>) -> Vec<Cell> {
    vec![flow.packet.protocol.map_or(Cell::lacking("proto"), |Protocol(number)| Cell::of(number))]
}

/// A name, filled up with zeros; all zeros where there is no interface.
fn interface(name: &str) -> Vec<Cell> {
    let bytes = name.bytes().chain(std::iter::repeat(0)).take(INTERFACE_BYTES);
    bytes.map(Cell::of).collect()
}

fn index(name: &str, here: &Here<'_>, lacks: &'static str) -> Vec<Cell> {
    // Of an interface that a host with others does not have, no rule has the number.
    const NOBODYS: u32 = u32::MAX;
    let known = here.host.interfaces.iter().map(|(name, index)| (name.as_str(), *index)).chain([LOOPBACK, ("", 0)]);
    known
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, index)| index)
        .or_else(|| (!here.host.interfaces.is_empty()).then_some(NOBODYS))
        .map_or_else(|| cells_lacking(4, lacks), number)
}

fn packet_type(kind: Option<PacketType>) -> Vec<Cell> {
    let place = PacketType::ALL.iter().position(|(known, _)| Some(*known) == kind);
    vec![place.and_then(|place| u8::try_from(place).ok()).map_or(Cell::lacking("pkttype"), Cell::of)]
}

/// Told, or plain: what comes in and stays was sent to this host, what is sent from here was not.
fn destination_type(flow: &Flow<'_>) -> Vec<Cell> {
    match flow.destination_type.filter(|_| is_destination_told(flow)) {
        Some(bit) => number(bit.trailing_zeros()),
        None => cells_lacking(4, "dsttype"),
    }
}

/// Whether it is known what a packet's destination is to this host: of one that passes through, not by itself.
pub fn is_destination_told(flow: &Flow<'_>) -> bool {
    let packet = flow.packet;
    let passes = packet.input.is_some() && packet.output.is_some();
    packet.destination_type.is_some() || !passes || flow.is_dnat
}

/// What conntrack knows; of a packet of no connection only its state.
fn ct(flow: &Flow<'_>, family: Family, key: CtKey, direction: Option<Direction>) -> Option<Vec<Cell>> {
    let state = flow.state_told();
    if key == CtKey::State {
        return Some(number(state_bit(state)));
    }
    if matches!(state, State::Invalid | State::Untracked) {
        return None;
    }
    let is_new = state == State::New;
    Some(match key {
        CtKey::Direction if is_new => cells_of(&[0]),
        CtKey::Direction => cells_lacking(1, "ctdir"),
        CtKey::Status => status(flow, is_new),
        CtKey::Mark => cells_of_bits(flow.connmark.0, flow.connmark.1, "connmark"),
        CtKey::L3proto => cells_of(&[nfproto(family)]),
        CtKey::Protocol => protocol(flow),
        CtKey::ProtoSrc | CtKey::SrcIp | CtKey::SrcIp6 => {
            let (spot, lacks) = ends(flow, is_new, direction).0;
            end(&spot, key == CtKey::ProtoSrc, family, lacks)
        }
        CtKey::ProtoDst | CtKey::DstIp | CtKey::DstIp6 => {
            let (spot, lacks) = ends(flow, is_new, direction).1;
            end(&spot, key == CtKey::ProtoDst, family, lacks)
        }
        CtKey::Packets | CtKey::Bytes | CtKey::Avgpkt => cells_lacking(8, key.word()),
        CtKey::Label | CtKey::Helper => cells_lacking(INTERFACE_BYTES, key.word()),
        _ => cells_lacking(4, key.word()),
    })
}

fn end(spot: &Spot, is_port: bool, family: Family, lacks: &'static str) -> Vec<Cell> {
    if is_port { port(spot, lacks) } else { address(spot, family, lacks) }
}

type End = (Spot, &'static str);

/// Source and destination of a connection's half, and what is lacking where they are not known.
fn ends(flow: &Flow<'_>, is_new: bool, direction: Option<Direction>) -> (End, End) {
    let (source, destination) = (Spot::of(flow.packet.source), Spot::of(flow.packet.destination));
    let first = |spot: Spot| if is_new { spot } else { Spot::default() };
    if direction == Some(Direction::Reply) {
        return ((first(flow.destination), "conntrack"), (first(flow.source), "conntrack"));
    }
    let original = flow.packet.original.map(|original| Spot::of(Some(original)));
    ((first(source), "origsrc"), (original.unwrap_or_else(|| first(destination)), "origdst"))
}

/// What a connection went through; of later packets only their original destination can tell.
fn status(flow: &Flow<'_>, is_new: bool) -> Vec<Cell> {
    // Expected, answered, assured: the first packet of a connection finds none of it.
    const NOT_YET: u32 = 1 | ct_status::SEEN_REPLY | 4;
    let bit = |is: bool, bit: u32| if is { bit } else { 0 };
    if is_new {
        let value = bit(flow.is_dnat, ct_status::DNAT) | bit(flow.is_snat, ct_status::SNAT);
        return cells_of_bits(value, NOT_YET | ct_status::DNAT | ct_status::SNAT, "ctstatus");
    }
    match flow.packet.original {
        None => cells_of_bits(0, 0, "origdst"),
        Some(original) => {
            let is_translated = Some(original) != flow.packet.destination;
            cells_of_bits(bit(is_translated, ct_status::DNAT), ct_status::DNAT, "ctstatus")
        }
    }
}

fn state_bit(state: State) -> u32 {
    match state {
        State::New => ct_state::NEW,
        State::Established => ct_state::ESTABLISHED,
        State::Related => ct_state::RELATED,
        State::Invalid => ct_state::INVALID,
        State::Untracked => ct_state::UNTRACKED,
    }
}

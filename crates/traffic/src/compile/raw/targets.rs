//! Targets of iptables as steps of the kernel.

use super::super::refused::Refused;
use crate::iptables::matches::Masked;
use crate::iptables::model::Hook;
use crate::iptables::targets::{Choice, Connmark, HopChange, Log, Nat, Nflog, RejectWith, Target, TosChange};
use crate::net::{AddressRange, Family, Net, PortRange, address_of, number_of};
use crate::nft::expr::{Ends, Expr, LogTo, NatFlags, Register, Reject, Verdict};
use crate::nft::keys::{Base, Checksum, CtKey, LogLevel, MetaKey, NatKind};
use crate::nft::{Action, Data};

/// Where the checksum of IPv4's header stands in it.
const CHECKSUM_AT: u32 = 10;
/// Registers of a range of addresses and of a range of ports: each may take sixteen bytes.
const PLACES: [u8; 4] = [0, 4, 8, 12];

/// What a target does; for NETMAP the hook says to which end.
pub fn action(family: Family, target: &Target, hooks: &[Hook]) -> Result<Action, Refused> {
    Ok(Action::raw(match target {
        Target::Accept => vec![Expr::Verdict(Verdict::Accept)],
        Target::Drop => vec![Expr::Verdict(Verdict::Drop)],
        Target::Return => vec![Expr::Verdict(Verdict::Return)],
        Target::Chain(name) => return Err(Refused::no_form(format!("the chain {name}"))),
        Target::Reject(with) => vec![Expr::Reject(reject(*with))],
        Target::Log(of) => vec![log(of)],
        Target::Nflog(of) => vec![nflog(of)],
        Target::Redirect(of) => {
            let (mut exprs, port) = ports(of.ports)?;
            exprs.push(Expr::Redirect { port, flags: flags(of.choice) });
            exprs
        }
        Target::Masquerade(of) => {
            let (mut exprs, port) = ports(of.ports)?;
            exprs.push(Expr::Masquerade { port, flags: flags(of.choice) });
            exprs
        }
        Target::Dnat(nat) => translation(family, NatKind::Dnat, nat)?,
        Target::Snat(nat) => translation(family, NatKind::Snat, nat)?,
        Target::Netmap(net) => netmap(family, *net, hooks)?,
        Target::Mark(Masked { value, mask }) => {
            changed(Expr::Meta { into: Register::A, key: MetaKey::Mark }, !mask, *value, set_mark())
        }
        Target::Connmark(of) => connmark(*of)?,
        Target::Notrack(_) => vec![Expr::Notrack],
        Target::Ttl(HopChange::Set(hops)) => set_byte(8, *hops, Checksum::Inet),
        Target::HopLimit(HopChange::Set(hops)) => set_byte(7, *hops, Checksum::None),
        Target::Ttl(_) | Target::HopLimit(_) => {
            return Err(Refused::no_form("hop counts that are added to or taken from"));
        }
        Target::TcpMss(_) => return Err(Refused::no_form("-j TCPMSS")),
        Target::Dscp(dscp) => set_tos(family, TosChange { value: dscp << 2, mask: 0xfc }),
        Target::Tos(change) => set_tos(family, *change),
        Target::Checksum => return Err(Refused::no_form("-j CHECKSUM")),
        Target::Trace => return Ok(Action::trace()),
        Target::Opaque(opaque) if opaque.name.is_empty() => return Err(Refused::no_form("what cannot be read")),
        Target::Opaque(opaque) => return Err(Refused::no_form(format!("-j {}", opaque.name))),
    }))
}

/// Codes of ICMP and of ICMPv6.
fn reject(with: RejectWith) -> Reject {
    Reject::Icmp(match with {
        RejectWith::TcpReset => return Reject::TcpReset,
        RejectWith::NetUnreachable | RejectWith::NoRoute6 => 0,
        RejectWith::HostUnreachable | RejectWith::AdminProhibited6 => 1,
        RejectWith::ProtoUnreachable => 2,
        RejectWith::PortUnreachable | RejectWith::AddressUnreachable6 => 3,
        RejectWith::PortUnreachable6 => 4,
        RejectWith::PolicyFail6 => 5,
        RejectWith::RejectRoute6 => 6,
        RejectWith::NetProhibited => 9,
        RejectWith::HostProhibited => 10,
        RejectWith::AdminProhibited => 13,
    })
}

/// The kernel's bits of what a line tells, in the order of [`Log::DETAILS`].
const DETAILS: [u32; 5] = [1, 2, 4, 8, 32];

fn log(of: &Log) -> Expr {
    let level = LogLevel::ALL.get(usize::from(of.level)).copied().unwrap_or(LogLevel::Warn);
    let flags = (0..).zip(DETAILS).filter(|(nth, _)| of.details & (1 << nth) != 0).fold(0, |bits, (_, bit)| bits | bit);
    Expr::Log { prefix: of.prefix.clone(), to: LogTo::Kernel { level, flags } }
}

/// A range was never copied shorter, only a size is.
fn nflog(of: &Nflog) -> Expr {
    let snaplen = of.size.filter(|(is_size, _)| *is_size).map_or(0, |(_, size)| size);
    let threshold = of.threshold.unwrap_or_default();
    Expr::Log { prefix: of.prefix.clone(), to: LogTo::Group { group: of.group, snaplen, threshold } }
}

fn flags(choice: Choice) -> NatFlags {
    NatFlags { random: choice.random, fully_random: choice.random_fully, persistent: choice.persistent, netmap: false }
}

/// Two values in registers from a place on; one where both are the same.
fn ends(place: usize, low: Data, high: Data) -> Result<(Vec<Expr>, Ends), Refused> {
    let register = |at: usize| PLACES.get(at).and_then(|place| Register::new(*place));
    let (Some(first), Some(second)) = (register(place), register(place + 1)) else {
        return Err(Refused::no_form("so many registers"));
    };
    let is_one = low == high;
    let mut exprs = vec![Expr::Immediate { into: first, value: low }];
    if is_one {
        return Ok((exprs, Ends::one(first)));
    }
    exprs.push(Expr::Immediate { into: second, value: high });
    Ok((exprs, Ends { low: first, high: second }))
}

fn ports(range: Option<PortRange>) -> Result<(Vec<Expr>, Option<Ends>), Refused> {
    let Some(range) = range else { return Ok((Vec::new(), None)) };
    let (exprs, ends) = ends(2, Data::port(range.first), Data::port(range.last))?;
    Ok((exprs, Some(ends)))
}

fn addresses(range: Option<AddressRange>) -> Result<(Vec<Expr>, Option<Ends>), Refused> {
    let Some(range) = range else { return Ok((Vec::new(), None)) };
    let (exprs, ends) = ends(0, range.first.into(), range.last.into())?;
    Ok((exprs, Some(ends)))
}

fn translation(family: Family, kind: NatKind, nat: &Nat) -> Result<Vec<Expr>, Refused> {
    if nat.port_base.is_some() {
        return Err(Refused::no_form("ports that are shifted"));
    }
    let (mut exprs, addr) = addresses(nat.addresses)?;
    let (more, port) = ports(nat.ports)?;
    exprs.extend(more);
    exprs.push(Expr::Nat { kind, v6: family == Family::V6, addr, port, flags: flags(nat.choice) });
    Ok(exprs)
}

fn netmap(family: Family, net: Net, hooks: &[Hook]) -> Result<Vec<Expr>, Refused> {
    if net.length().is_none() {
        return Err(Refused::no_form("a network whose bits are not the first ones"));
    }
    let is_destination = |hook: &Hook| matches!(hook, Hook::Prerouting | Hook::Output);
    let kind = match (hooks.iter().any(is_destination), hooks.iter().all(is_destination)) {
        (true, true) => NatKind::Dnat,
        (false, _) => NatKind::Snat,
        (true, false) => return Err(Refused::no_form("NETMAP in a chain that is called at both ends of the way")),
    };
    let first = number_of(net.address());
    let last = address_of(family, first | (family.full_mask() & !net.mask()));
    let range = AddressRange { first: net.address(), last };
    let (mut exprs, addr) = addresses(Some(range))?;
    let flags = NatFlags { netmap: true, ..NatFlags::default() };
    exprs.push(Expr::Nat { kind, v6: family == Family::V6, addr, port: None, flags });
    Ok(exprs)
}

/// A number loaded, bits of it kept, others flipped, and put back.
fn changed(load: Expr, keep: u32, flip: u32, put: Expr) -> Vec<Expr> {
    let (mask, xor) = (Data::host32(keep), Data::host32(flip));
    vec![load, Expr::Bitwise { from: Register::A, into: Register::A, mask, xor }, put]
}

fn set_mark() -> Expr {
    Expr::MetaSet { from: Register::A, key: MetaKey::Mark }
}

fn connmark(of: Connmark) -> Result<Vec<Expr>, Refused> {
    let load = Expr::Ct { into: Register::A, key: CtKey::Mark, direction: None };
    let put = Expr::CtSet { from: Register::A, key: CtKey::Mark, direction: None };
    let load_packet = Expr::Meta { into: Register::A, key: MetaKey::Mark };
    match of {
        Connmark::Set(Masked { value, mask }) => Ok(changed(load, !mask, value, put)),
        Connmark::Save { packet, connection: u32::MAX } => Ok(changed(load_packet, packet, 0, put)),
        Connmark::Restore { packet: u32::MAX, connection } => Ok(changed(load, connection, 0, set_mark())),
        Connmark::Save { .. } | Connmark::Restore { .. } => {
            Err(Refused::no_form("a mark of which only some bits are written over by another"))
        }
    }
}

fn set_byte(offset: u32, value: u8, checksum: Checksum) -> Vec<Expr> {
    let (from, base, len) = (Register::A, Base::Network, 1);
    vec![
        Expr::Immediate { into: from, value: Data::byte(value) },
        Expr::PayloadSet { from, base, offset, len, checksum, checksum_at: checksum_at(checksum), pseudo: false },
    ]
}

fn checksum_at(checksum: Checksum) -> u32 {
    if checksum == Checksum::Inet { CHECKSUM_AT } else { 0 }
}

/// The byte of the service, by the two bytes it stands in: the checksum comes out right only so.
fn set_tos(family: Family, TosChange { value, mask }: TosChange) -> Vec<Expr> {
    let (shift, checksum) = match family {
        Family::V4 => (0, Checksum::Inet),
        Family::V6 => (4, Checksum::None),
    };
    let place = |byte: u8| u16::from(byte) << shift;
    let (base, offset, len) = (Base::Network, 0, 2);
    vec![
        Expr::Payload { into: Register::A, base, offset, len },
        Expr::Bitwise {
            from: Register::A,
            into: Register::A,
            mask: Data::port(!place(mask)),
            xor: Data::port(place(value)),
        },
        Expr::PayloadSet {
            from: Register::A,
            base,
            offset,
            len,
            checksum,
            checksum_at: checksum_at(checksum),
            pseudo: false,
        },
    ]
}

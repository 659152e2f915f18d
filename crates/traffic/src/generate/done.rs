//! What rules do, by chance.

use super::asked::dice_bits;
use super::drawn::{PORTS, near};
use super::{Dice, Host};
use crate::iptables::matches::Masked;
use crate::iptables::model::{Go, Hook, TableName};
use crate::iptables::targets::{
    Choice, Connmark, HopChange, Log, Masquerade, Nat, NotrackSpelling, Redirect, RejectWith, Target, TosChange,
};
use crate::net::{AddressRange, Family, Net, PortRange, Protocol};

pub(super) fn go(
    dice: &mut Dice,
    host: &Host,
    table: TableName,
    hook: Option<Hook>,
    protocol: Option<Protocol>,
    callable: &[&str],
) -> Option<Go> {
    let chain =
        |dice: &mut Dice| callable.get(dice.below(callable.len() as u64) as usize).map(|name| (*name).to_owned());
    match dice.below(10) {
        0 => return None,
        1 | 2 if !callable.is_empty() => return chain(dice).map(|name| Go::Jump(Target::Chain(name))),
        3 if !callable.is_empty() => return chain(dice).map(Go::Goto),
        4 => return Some(Go::Jump(Target::Return)),
        _ => {}
    }
    let target = match table {
        TableName::Raw => match dice.below(6) {
            0 => Target::Notrack(NotrackSpelling::Ct),
            1 => Target::Drop,
            _ => Target::Accept,
        },
        TableName::Mangle => match dice.below(8) {
            0 => Target::Drop,
            1 | 2 => Target::Accept,
            3 => changed(dice, host.family),
            4 => connmark(dice),
            _ => Target::Mark(Masked { value: dice_bits(dice.below(4) as u32), mask: 3 }),
        },
        TableName::Nat => translation(dice, host, hook, protocol).unwrap_or(Target::Accept),
        TableName::Filter if dice.once_in(6) => Target::Reject(reject(dice, host.family, protocol)),
        TableName::Filter if dice.once_in(16) => {
            Target::Log(Log { prefix: "seen ".to_owned(), level: dice.below(8) as u8, details: dice.below(32) as u8 })
        }
        TableName::Filter | TableName::Security => {
            if dice.once_in(2) {
                Target::Drop
            } else {
                Target::Accept
            }
        }
    };
    Some(Go::Jump(target))
}

/// What `mangle` changes beside marks.
pub(super) fn changed(dice: &mut Dice, family: Family) -> Target {
    let hops = HopChange::Set(dice.below(3) as u8 + 63);
    match (dice.below(3), family) {
        (0, Family::V4) => Target::Ttl(hops),
        (0, Family::V6) => Target::HopLimit(hops),
        (1, _) => Target::Dscp(dice.below(2) as u8),
        _ => Target::Tos(TosChange { value: dice.below(2) as u8 * 4, mask: 0x3c }),
    }
}

pub(super) fn connmark(dice: &mut Dice) -> Target {
    Target::Connmark(match dice.below(4) {
        0 => Connmark::Save { packet: u32::MAX, connection: u32::MAX },
        1 => Connmark::Restore { packet: u32::MAX, connection: 3 },
        _ => Connmark::Set(Masked { value: dice_bits(dice.below(4) as u32), mask: 3 }),
    })
}

pub(super) fn reject(dice: &mut Dice, family: Family, protocol: Option<Protocol>) -> RejectWith {
    let of_family: &[RejectWith] = match family {
        Family::V4 => &[RejectWith::HostUnreachable, RejectWith::AdminProhibited, RejectWith::NetProhibited],
        Family::V6 => &[RejectWith::NoRoute6, RejectWith::AdminProhibited6, RejectWith::AddressUnreachable6],
    };
    match dice.below(4) {
        0 if protocol == Some(Protocol::TCP) => RejectWith::TcpReset,
        1 => dice.one_of(of_family, RejectWith::default_of(family)),
        _ => RejectWith::default_of(family),
    }
}

pub(super) fn translation(
    dice: &mut Dice,
    host: &Host,
    hook: Option<Hook>,
    protocol: Option<Protocol>,
) -> Option<Target> {
    let port = dice.one_of(&PORTS, 80);
    let ports =
        protocol.filter(|protocol| protocol.has_ports() && *protocol != Protocol::SCTP).map(|_| PortRange::one(port));
    let address = |dice: &mut Dice, base| {
        let one = near(dice, base);
        Some(AddressRange { first: one, last: one })
    };
    let range = |dice: &mut Dice, ports: Option<PortRange>| {
        let wide = |one: PortRange| PortRange { first: one.first, last: one.first.saturating_add(2) };
        ports.map(|one| if dice.once_in(5) { wide(one) } else { one })
    };
    let network = |dice: &mut Dice, base| Net::of_length(near(dice, base), host.family.bits() - 2);
    Some(match hook? {
        Hook::Prerouting if dice.once_in(8) => Target::Netmap(network(dice, host.servers)),
        Hook::Postrouting if dice.once_in(8) => Target::Netmap(network(dice, host.clients)),
        Hook::Postrouting if dice.once_in(6) => Target::Masquerade(Masquerade::default()),
        Hook::Prerouting | Hook::Output if dice.once_in(2) => {
            Target::Redirect(Redirect { ports: range(dice, ports), choice: Choice::default() })
        }
        Hook::Prerouting => {
            let to = dice.one_of(&[host.own, host.servers], host.own);
            let addresses = if to == host.own { Some(AddressRange { first: to, last: to }) } else { address(dice, to) };
            Target::Dnat(Nat { addresses, ports: range(dice, ports), ..Nat::default() })
        }
        Hook::Postrouting | Hook::Input => {
            let ports = ports.filter(|_| dice.once_in(3));
            Target::Snat(Nat { addresses: address(dice, host.own), ports, ..Nat::default() })
        }
        _ => return None,
    })
}

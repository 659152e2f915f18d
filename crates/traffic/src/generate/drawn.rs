//! Addresses, ports and interfaces by chance: few of each, so that packets and rules meet.

use super::{Dice, Host};
use crate::iptables::model::{Interface, Not};
use crate::net::{Family, Net, PortRange, address_of, mask_of, number_of};
use core::net::IpAddr;

pub(super) fn not<T>(dice: &mut Dice, value: T) -> Not<T> {
    Not { negated: dice.once_in(4), value }
}

pub(super) fn interface(dice: &mut Dice, host: &Host) -> Not<Interface> {
    let name = dice.one_of(&host.interfaces, "lo");
    let name = if dice.once_in(3) { format!("{}+", name.get(..1).unwrap_or_default()) } else { name.to_owned() };
    not(dice, Interface(name))
}

/// A network around an address near this one.
pub(super) fn net(dice: &mut Dice, base: IpAddr) -> Net {
    let family = Family::of(base);
    let bits = u64::from(family.bits());
    let length = match dice.below(4) {
        0 => bits,
        1 => bits - 8,
        2 => bits - dice.below(9),
        _ => bits - 16,
    };
    let mask = mask_of(family, length as u8);
    // A mask with a hole, once in a while.
    let mask = if dice.once_in(12) { mask & !(1 << dice.below(16)) } else { mask };
    Net::new(near(dice, base), mask)
}

/// An address of the same 16 bits of hosts, few of them, so that packets and rules meet.
pub(super) fn near(dice: &mut Dice, base: IpAddr) -> IpAddr {
    let family = Family::of(base);
    let host = dice.below(4) << 8 | dice.below(6);
    address_of(family, (number_of(base) & !0xffff) | u128::from(host))
}

/// Ports that rules and packets share.
pub(super) const PORTS: [u16; 10] = [22, 53, 79, 80, 81, 443, 1023, 1024, 8080, 65_535];

pub(super) fn ports(dice: &mut Dice) -> PortRange {
    let one = |dice: &mut Dice| dice.one_of(&PORTS, 80);
    let (a, b) = (one(dice), one(dice));
    if dice.once_in(2) { PortRange::one(a) } else { PortRange { first: a.min(b), last: a.max(b) } }
}

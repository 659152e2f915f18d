//! Translations of nf_tables, told as those of iptables, whose effects are modelled.

use super::super::effects::apply;
use super::super::flow::Flow;
use super::Here;
use super::cells::{Registers, known, wants};
use crate::iptables::Target;
use crate::iptables::targets::{Choice, Masquerade, Nat, Redirect};
use crate::net::{AddressRange, Family, Net, PortRange, address_of, number_of};
use crate::nft::expr::{Ends, NatFlags};
use crate::nft::keys::NatKind;
use crate::nft::{Expr, Register};
use core::net::IpAddr;
use std::collections::BTreeSet;

/// What came of a translation.
pub enum Translated {
    /// It was made.
    Yes,
    /// It is for packets of the other family.
    OtherFamily,
    /// To what hangs on what is not known.
    Unknown(BTreeSet<String>),
}

/// Translates.
pub fn translate(expr: &Expr, registers: &Registers, flow: &mut Flow<'_>, here: &Here<'_>) -> Translated {
    let target = match expr {
        Expr::Nat { v6, .. } if *v6 != (here.family == Family::V6) => return Translated::OtherFamily,
        Expr::Nat { kind, addr, port, flags, .. } => nat(*kind, (*addr, *port), *flags, registers, here.family),
        Expr::Redirect { port, flags } => {
            ports(*port, registers).map(|ports| Target::Redirect(Redirect { ports, choice: choice(*flags) }))
        }
        Expr::Masquerade { port, flags } => {
            ports(*port, registers).map(|ports| Target::Masquerade(Masquerade { ports, choice: choice(*flags) }))
        }
        _ => return Translated::OtherFamily,
    };
    match target {
        Ok(target) => {
            apply(flow, &target, here.iptables_hook());
            Translated::Yes
        }
        Err(wants) => Translated::Unknown(wants),
    }
}

fn choice(flags: NatFlags) -> Choice {
    Choice { random: flags.random, random_fully: flags.fully_random, persistent: flags.persistent }
}

fn nat(
    kind: NatKind,
    (addr, port): (Option<Ends>, Option<Ends>),
    flags: NatFlags,
    registers: &Registers,
    family: Family,
) -> Result<Target, BTreeSet<String>> {
    let addresses = match addr {
        None => None,
        Some(ends) => Some(AddressRange {
            first: address(ends.low, registers, family)?,
            last: address(ends.high, registers, family)?,
        }),
    };
    if let (true, Some(range)) = (flags.netmap, addresses) {
        let mask = !(number_of(range.first) ^ number_of(range.last)) & family.full_mask();
        return Ok(Target::Netmap(Net::new(range.first, mask)));
    }
    let nat = Nat { addresses, ports: ports(port, registers)?, port_base: None, choice: choice(flags) };
    Ok(if kind == NatKind::Dnat { Target::Dnat(nat) } else { Target::Snat(nat) })
}

fn address(at: Register, registers: &Registers, family: Family) -> Result<IpAddr, BTreeSet<String>> {
    let cells = registers.get(at, usize::from(family.bits() / 8));
    let bytes = known(cells).ok_or_else(|| wants(cells))?;
    Ok(address_of(family, bytes.into_iter().fold(0, |number, byte| number << 8 | u128::from(byte))))
}

fn ports(ends: Option<Ends>, registers: &Registers) -> Result<Option<PortRange>, BTreeSet<String>> {
    let port = |at: Register| -> Result<u16, BTreeSet<String>> {
        let cells = registers.get(at, 2);
        let bytes = known(cells).ok_or_else(|| wants(cells))?;
        Ok(bytes.into_iter().fold(0, |number, byte| number << 8 | u16::from(byte)))
    };
    ends.map(|ends| Ok(PortRange { first: port(ends.low)?, last: port(ends.high)? })).transpose()
}

//! What an address is to this host. iptables asks the routing table for IPv4; for IPv6 it asks the address itself first.

use super::super::refused::Refused;
use super::header::{address_fields, equality, in_net};
use super::ways::Ways;
use crate::iptables::matches::AddrType;
use crate::iptables::model::Not;
use crate::net::{Family, Net};
use crate::nft::expr::{Expr, FibOf, Register};
use crate::nft::keys::{CmpOp, FibResult};
use crate::nft::{Data, Field, Match};
use core::net::{IpAddr, Ipv6Addr};

/// Types that the routing table may answer, as many as have a name.
const TYPES: u32 = AddrType::NAMES.len() as u32;

/// Both addresses.
pub fn addrtype(family: Family, asked: &AddrType) -> Result<Ways, Refused> {
    let [source, destination] = address_fields(family);
    let mut ways = Ways::always();
    for (field, is_source, types) in [(source, true, asked.source), (destination, false, asked.destination)] {
        let Some(types) = types else { continue };
        let of = FibOf {
            saddr: is_source,
            daddr: !is_source,
            iif: asked.limit_input,
            oif: asked.limit_output,
            ..FibOf::default()
        };
        ways = ways.and(match family {
            Family::V4 => by_route(of, types),
            Family::V6 if asked.limit_input || asked.limit_output => {
                return Err(Refused::no_form("--limit-iface-in and --limit-iface-out of IPv6"));
            }
            Family::V6 => of_ipv6(field, of, types)?,
        });
    }
    Ok(ways)
}

fn is_type(of: FibOf, op: CmpOp, number: u32) -> Match {
    let load = Expr::Fib { into: Register::A, result: FibResult::Type, of };
    Match::raw(Vec::new(), vec![load, Expr::Cmp { from: Register::A, op, value: Data::host32(number) }])
}

/// An address has one type; each is the bit of its number.
fn by_route(of: FibOf, Not { negated, value }: Not<u16>) -> Ways {
    let asked = (0..TYPES).filter(|number| value & (1 << number) != 0);
    match negated {
        true => Ways::all(asked.map(|number| is_type(of, CmpOp::Neq, number))),
        false => Ways::one_of(asked.map(|number| Ways::one(is_type(of, CmpOp::Eq, number)))),
    }
}

fn of_ipv6(field: Field, of: FibOf, Not { negated, value }: Not<u16>) -> Result<Ways, Refused> {
    let bit = |name: &str| AddrType::bit(name).unwrap_or_default();
    let net = |address: Ipv6Addr, length: u8| Net::of_length(IpAddr::V6(address), length);
    let is_in = |net: Net, negated: bool| in_net(field, Not { negated, value: net });
    let multicast = net(Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8);
    // Addresses that are neither of one host nor of many.
    let nobody = net(Ipv6Addr::UNSPECIFIED, 128);
    let mapped = net(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96);
    match value {
        value if value == bit("LOCAL") => {
            const LOCAL: u32 = 2;
            Ok(Ways::one(is_type(of, equality(negated), LOCAL)))
        }
        value if value == bit("MULTICAST") => Ok(is_in(multicast, negated)),
        value if value == bit("UNICAST") && negated => {
            Ok(Ways::one_of([multicast, nobody, mapped].map(|net| is_in(net, false))))
        }
        value if value == bit("UNICAST") => {
            Ok([multicast, nobody, mapped].map(|net| is_in(net, true)).into_iter().fold(Ways::always(), Ways::and))
        }
        _ => Err(Refused::no_form("other address types of IPv6 than LOCAL, MULTICAST and UNICAST alone")),
    }
}

//! What every rule can ask: addresses, interfaces, protocol, fragments.

use super::super::refused::Refused;
use super::ways::Ways;
use crate::iptables::model::{Address, Header, Interface, Not};
use crate::messages::Hint;
use crate::net::{AddressRange, Family, Net, number_of};
use crate::nft::keys::CmpOp;
use crate::nft::{Data, Field, Match};

/// The bits of `ip frag-off` that say where a fragment belongs.
const FRAGMENT_OFFSET: u16 = 0x1fff;

/// Equal, or with `!` not.
pub fn equality(negated: bool) -> CmpOp {
    if negated { CmpOp::Neq } else { CmpOp::Eq }
}

/// The fields of addresses of a family, source first.
pub fn address_fields(family: Family) -> [Field; 2] {
    match family {
        Family::V4 => [Field::IP_SADDR, Field::IP_DADDR],
        Family::V6 => [Field::IP6_SADDR, Field::IP6_DADDR],
    }
}

/// Everything that the header of a rule asks.
pub fn header(family: Family, header: &Header) -> Result<Ways, Refused> {
    let [source, destination] = address_fields(family);
    let mut ways = Ways::always();
    for (field, asked) in [(source, &header.source), (destination, &header.destination)] {
        match asked {
            None => {}
            Some(Not { negated, value: Address::Net(value) }) => {
                ways = ways.and(in_net(field, Not { negated: *negated, value: *value }));
            }
            Some(Not { value: Address::Host(name), .. }) => {
                return Err(Refused::with(format!("the host {name}"), Hint::WriteAddress));
            }
        }
    }
    for (field, asked) in [(Field::META_IIFNAME, &header.input), (Field::META_OIFNAME, &header.output)] {
        ways = ways.and(asked.as_ref().map_or_else(Ways::always, |asked| interface(field, asked)));
    }
    if let Some(Not { negated, value }) = header.protocol {
        ways = ways.and(Ways::one(match negated {
            false => Match::protocol(value.0),
            true => Field::META_L4PROTO.is_not(Data::byte(value.0)),
        }));
    }
    if let Some(is_later) = header.fragment {
        let (mask, zero) = (Data::port(FRAGMENT_OFFSET), Data::port(0));
        ways = ways.and(Ways::one(Field::IP_FRAG_OFF.masked(mask, equality(is_later), zero)));
    }
    Ok(ways)
}

/// The low bytes of a number in network order, as many as an address of the family has.
fn bytes(family: Family, number: u128) -> Option<Data> {
    let n_bytes = usize::from(family.bits() / 8);
    let all = number.to_be_bytes();
    Data::new(all.get(all.len() - n_bytes..)?)
}

/// An address in a network, any of whose bits may count.
pub fn in_net(field: Field, asked: Not<Net>) -> Ways {
    let Not { negated, value: net } = asked;
    if net.mask() == 0 {
        return Ways::known(!negated);
    }
    let family = net.family();
    let (Some(value), Some(mask)) = (bytes(family, number_of(net.address())), bytes(family, net.mask())) else {
        return Ways::never();
    };
    let op = equality(negated);
    Ways::one(if net.mask() == family.full_mask() { field.compared(op, value) } else { field.masked(mask, op, value) })
}

/// An address within a range.
pub fn in_range(field: Field, asked: Not<AddressRange>) -> Ways {
    let (low, high) = (asked.value.first.into(), asked.value.last.into());
    Ways::one(if asked.negated { field.outside(low, high) } else { field.within(low, high) })
}

/// A name of an interface, or the start of names. What has no interface has the empty name.
fn interface(field: Field, asked: &Not<Interface>) -> Ways {
    let Not { negated, value: Interface(name) } = asked;
    let value = match name.strip_suffix('+') {
        Some("") => return Ways::known(!negated),
        Some(start) => Data::interface_prefix(start),
        None => Data::interface(name),
    };
    // A name that no interface can have.
    value.map_or_else(|| Ways::known(*negated), |value| Ways::one(field.compared(equality(*negated), value)))
}

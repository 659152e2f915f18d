//! Ports: ranges, and the named sets of `multiport`.

use super::super::refused::Refused;
use super::super::sets::{Sets, plain};
use super::ways::Ways;
use crate::iptables::matches::{Multiport, PortSide, Ports};
use crate::iptables::model::Not;
use crate::messages::{Fact, Hint};
use crate::net::PortRange;
use crate::nft::{Data, Datatype, Element, Field, Name, Set, SetHead};

/// The fields of ports of a protocol, source first.
pub type PortFields = [Field; 2];

/// Of whatever protocol has ports.
pub const ANY: PortFields = [Field::TH_SPORT, Field::TH_DPORT];
/// Of TCP.
pub const TCP: PortFields = [Field::TCP_SPORT, Field::TCP_DPORT];
/// Of UDP.
pub const UDP: PortFields = [Field::UDP_SPORT, Field::UDP_DPORT];
/// Of SCTP.
pub const SCTP: PortFields = [Field::SCTP_SPORT, Field::SCTP_DPORT];

/// A port within a range; every port is no question.
pub fn port(field: Field, asked: Not<PortRange>) -> Ways {
    if asked.value == PortRange::ALL {
        return Ways::known(!asked.negated);
    }
    let (low, high) = (Data::port(asked.value.first), Data::port(asked.value.last));
    Ways::one(if asked.negated { field.outside(low, high) } else { field.within(low, high) })
}

/// Both ports of a protocol.
pub fn ports([source, destination]: PortFields, asked: &Ports) -> Ways {
    let side = |field, asked: Option<Not<PortRange>>| asked.map_or_else(Ways::always, |asked| port(field, asked));
    side(source, asked.source).and(side(destination, asked.destination))
}

/// One of several ports, by a named set where they are no single range (CMP-1).
pub fn multiport(sets: &mut Sets<'_>, base: &str, asked: &Multiport) -> Result<Ways, Refused> {
    let ranges = merged(&asked.ports);
    let [source, destination] = ANY;
    let set = match ranges.as_slice() {
        [_] => None,
        several => Some(ports_set(sets, base, several)?),
    };
    let is_in = |field: Field, negated: bool| match (&set, ranges.first()) {
        (Some(name), _) if negated => Ways::one(field.not_in_set(name)),
        (Some(name), _) => Ways::one(field.in_set(name)),
        (None, Some(range)) => port(field, Not { negated, value: *range }),
        (None, None) => Ways::known(negated),
    };
    Ok(match (asked.side, asked.negated) {
        (PortSide::Source, negated) => is_in(source, negated),
        (PortSide::Destination, negated) => is_in(destination, negated),
        (PortSide::Either, true) => is_in(source, true).and(is_in(destination, true)),
        (PortSide::Either, false) => {
            Ways::one_of([is_in(source, false), is_in(source, true).and(is_in(destination, false))])
        }
    })
}

fn ports_set(sets: &mut Sets<'_>, base: &str, ranges: &[PortRange]) -> Result<Name, Refused> {
    let text = format!("ports_{}", plain(base));
    let refused = |_| Refused { line: 0, fact: Fact::BadRuleId { id: base.to_owned() }, hint: Hint::NameAnotherChain };
    let name = Name::new(text).map_err(refused)?;
    let element = |range: &PortRange| Element::range(Data::port(range.first), Data::port(range.last));
    let head = SetHead::of(name, Datatype::Port).with_intervals();
    Ok(sets.put(Set { head, elements: ranges.iter().map(element).collect() }))
}

/// The same ports as ranges in order that neither overlap nor touch.
fn merged(ports: &[PortRange]) -> Vec<PortRange> {
    let mut sorted = ports.to_vec();
    sorted.sort_unstable();
    let mut merged: Vec<PortRange> = Vec::new();
    for range in sorted {
        match merged.last_mut() {
            Some(last) if range.first <= last.last.saturating_add(1) => last.last = last.last.max(range.last),
            _ => merged.push(range),
        }
    }
    merged
}

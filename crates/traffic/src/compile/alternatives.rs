//! What a rule asks, as conditions of the kernel. A question with several answers becomes several rules.

use super::sets::{Sets, data_of};
use crate::intent::Test;
use crate::iptables::matches::States;
use crate::messages::Fact;
use crate::net::{Family, PortRange, Protocol};
use crate::nft::build::{ct_state, ct_status};
use crate::nft::keys::CmpOp;
use crate::nft::{Data, Field, Match};

/// What the kernel calls an address of this host, to `fib daddr type` (`RTN_LOCAL`).
const LOCAL: u32 = 2;

impl Sets<'_> {
    /// All ways in which everything asked holds; each is one rule. What asks for both families at once never holds.
    pub(super) fn alternatives(&mut self, id: &str, tests: &[Test]) -> Result<Vec<Vec<Match>>, Fact> {
        let mut ways: Vec<(Option<Family>, Vec<Match>)> = vec![(None, Vec::new())];
        for test in tests {
            let further = self.ways_of(id, test, protocol_of(tests))?;
            let pairs = ways.into_iter().flat_map(|way| further.iter().map(move |more| joined(&way, more)));
            ways = pairs.flatten().collect();
        }
        Ok(ways.into_iter().map(|(_, way)| way).collect())
    }

    fn ways_of(&mut self, id: &str, test: &Test, protocol: Option<Protocol>) -> Result<Vec<Way>, Fact> {
        let one = |condition: Match| vec![(None, vec![condition])];
        Ok(match test {
            Test::InLoopback => Match::iifname("lo").map(one).unwrap_or_default(),
            Test::OutLoopback => Match::oifname("lo").map(one).unwrap_or_default(),
            Test::State(states) => one(Match::ct_state(state_bits(*states))),
            Test::Family(Family::V4) => vec![(Some(Family::V4), vec![Match::ipv4()])],
            Test::Family(Family::V6) => vec![(Some(Family::V6), vec![Match::ipv6()])],
            Test::Protocol(protocol) => one(Match::protocol(protocol.0)),
            Test::DestinationPorts(range) => one(within(port_field(protocol, false), *range)),
            Test::SourcePorts(range) => one(within(port_field(protocol, true), *range)),
            Test::From(from) => self.sources(id, from)?,
            Test::Destination(range) => {
                let field = if range.first.is_ipv4() { Field::IP_DADDR } else { Field::IP6_DADDR };
                vec![(Some(Family::of(range.first)), vec![field.within(data_of(range.first), data_of(range.last))])]
            }
            Test::ToThisHost => one(Field::FIB_DADDR_TYPE.compared(CmpOp::Eq, Data::host32(LOCAL))),
            Test::Icmp(family, kinds) => {
                let field = if *family == Family::V4 { Field::ICMP_TYPE } else { Field::ICMPV6_TYPE };
                kinds.iter().map(|kind| (Some(*family), vec![field.is(Data::byte(*kind))])).collect()
            }
            Test::DialledPorts(range) => {
                let translated = Match::ct_status(ct_status::DNAT);
                // Every port is no question.
                let port = (*range != PortRange::ALL).then(|| within(Field::CT_ORIGINAL_PROTO_DST, *range));
                vec![(None, std::iter::once(translated).chain(port).collect())]
            }
            // A packet of no connection has no status to ask for, and was not translated either.
            Test::NotTranslated => vec![
                (None, vec![Match::ct_state(ct_state::INVALID | ct_state::UNTRACKED)]),
                (None, vec![Field::CT_STATUS.none_of(ct_status::DNAT)]),
            ],
        })
    }
}

/// One way in which something asked holds, and the family it is of where it is of one alone.
pub(super) type Way = (Option<Family>, Vec<Match>);

/// Both at once; nothing where they are of different families.
fn joined(one: &Way, other: &Way) -> Option<Way> {
    let differ = one.0.is_some() && other.0.is_some() && one.0 != other.0;
    (!differ).then(|| (one.0.or(other.0), [one.1.clone(), other.1.clone()].concat()))
}

/// The protocol that a rule is for, by which its ports are read.
fn protocol_of(tests: &[Test]) -> Option<Protocol> {
    tests.iter().find_map(|test| match test {
        Test::Protocol(protocol) => Some(*protocol),
        _ => None,
    })
}

fn port_field(protocol: Option<Protocol>, is_source: bool) -> Field {
    match (protocol, is_source) {
        (Some(Protocol::TCP), false) => Field::TCP_DPORT,
        (Some(Protocol::TCP), true) => Field::TCP_SPORT,
        (Some(Protocol::UDP), false) => Field::UDP_DPORT,
        (Some(Protocol::UDP), true) => Field::UDP_SPORT,
        (Some(Protocol::SCTP), false) => Field::SCTP_DPORT,
        (Some(Protocol::SCTP), true) => Field::SCTP_SPORT,
        (_, false) => Field::TH_DPORT,
        (_, true) => Field::TH_SPORT,
    }
}

fn within(field: Field, range: PortRange) -> Match {
    field.within(Data::port(range.first), Data::port(range.last))
}

fn state_bits(states: States) -> u32 {
    let known = [
        (States::INVALID, ct_state::INVALID),
        (States::NEW, ct_state::NEW),
        (States::RELATED, ct_state::RELATED),
        (States::ESTABLISHED, ct_state::ESTABLISHED),
        (States::UNTRACKED, ct_state::UNTRACKED),
    ];
    known.iter().filter(|(ours, _)| states.0 & ours != 0).fold(0, |bits, (_, kernel)| bits | kernel)
}

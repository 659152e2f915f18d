//! What rules ask, by chance.

use super::drawn::{interface, near, net, not, ports};
use super::{Dice, Host};
use crate::iptables::matches::{
    AddrType, Conntrack, HopCount, IcmpKind, IpRange, LengthRange, Masked, Match, Multiport, Owner, OwnerId,
    PacketType, PortSide, Ports, States, Statistic, Tcp, TcpFlags, TosMasked,
};
use crate::iptables::model::{Address, Header, Hook, Not};
use crate::net::{AddressRange, Family, Net, PortRange, Protocol, number_of};

pub(super) fn header(dice: &mut Dice, host: &Host, hook: Option<Hook>) -> Header {
    let mut header = Header::default();
    if dice.once_in(2) {
        let address = Address::Net(net(dice, host.clients));
        header.source = Some(not(dice, address));
    }
    if dice.once_in(3) {
        let address = dice.one_of(&[host.own, host.servers], host.own);
        let address = Address::Net(net(dice, address));
        header.destination = Some(not(dice, address));
    }
    let has_input = matches!(hook, Some(Hook::Prerouting | Hook::Input | Hook::Forward) | None);
    if has_input && dice.once_in(5) {
        header.input = Some(interface(dice, host));
    }
    let has_output = matches!(hook, Some(Hook::Forward | Hook::Output | Hook::Postrouting) | None);
    if has_output && dice.once_in(5) {
        header.output = Some(interface(dice, host));
    }
    if !dice.once_in(4) {
        let icmp = if host.family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
        let value = dice.one_of(&[Protocol::TCP, Protocol::TCP, Protocol::UDP, icmp], Protocol::TCP);
        header.protocol = Some(Not { negated: dice.once_in(6), value });
    }
    if host.family == Family::V4 && dice.once_in(20) {
        header.fragment = Some(dice.once_in(2));
    }
    header
}

pub(super) fn of_protocol(dice: &mut Dice, family: Family, protocol: Protocol) -> Option<Match> {
    let side = |dice: &mut Dice| {
        let range = ports(dice);
        let asked = dice.once_in(2).then(|| not(dice, range));
        // Every port is no question, which no printer writes.
        asked.filter(|not| not.value != PortRange::ALL)
    };
    match protocol {
        Protocol::TCP | Protocol::UDP if dice.once_in(3) => {
            let n_ports = 1 + dice.below(5);
            let side = dice.one_of(&[PortSide::Source, PortSide::Destination, PortSide::Either], PortSide::Either);
            let ports = (0..n_ports).map(|_| ports(dice)).collect();
            Some(Match::Multiport(Multiport { side, negated: dice.once_in(3), ports }))
        }
        Protocol::TCP => {
            let ports = Ports { source: side(dice), destination: side(dice) };
            let mask = (dice.below(64) as u8) & TcpFlags::ALL;
            let flags = TcpFlags { mask, set: mask & dice.below(64) as u8 };
            let flags = (mask != 0 && dice.once_in(3)).then(|| not(dice, flags));
            (ports != Ports::default() || flags.is_some()).then_some(Match::Tcp(Tcp { ports, flags, option: None }))
        }
        Protocol::UDP => {
            let ports = Ports { source: side(dice), destination: side(dice) };
            (ports != Ports::default()).then_some(Match::Udp(ports))
        }
        _ => {
            let (kinds, codes): (&[u8], _) = match family {
                Family::V4 => (&[0, 3, 8, 11], (1, 1)),
                Family::V6 => (&[1, 3, 128, 129], (1, 1)),
            };
            let codes = if dice.once_in(2) { (0, 255) } else { codes };
            let kind = Some(dice.one_of(kinds, 8));
            let kind = Some(not(dice, IcmpKind { kind, codes }));
            Some(if family == Family::V4 { Match::Icmp(kind) } else { Match::Icmp6(kind) })
        }
    }
}

pub(super) fn anywhere(dice: &mut Dice, host: &Host) -> Match {
    match dice.below(6) {
        0 => {
            let (a, b) = (near(dice, host.clients), near(dice, host.clients));
            let (first, last) = if number_of(a) <= number_of(b) { (a, b) } else { (b, a) };
            let range = Some(not(dice, AddressRange { first, last }));
            let (source, destination) = if dice.once_in(4) { (None, range) } else { (range, None) };
            Match::IpRange(IpRange { source, destination })
        }
        1 => {
            let range = LengthRange { least: dice.below(60) as u16, most: 60 + dice.below(60) as u16 };
            Match::Length(not(dice, range))
        }
        2 => {
            let hops = dice.below(3) as u8 + 63;
            let count = match dice.below(4) {
                0 => HopCount::Equal(hops),
                1 => HopCount::NotEqual(hops),
                2 => HopCount::Less(hops),
                _ => HopCount::Greater(hops),
            };
            if host.family == Family::V4 { Match::Ttl(count) } else { Match::HopLimit(count) }
        }
        3 => Match::Mark(not(dice, Masked { value: dice_bits(3), mask: 3 })),
        4 => {
            let states = States(1 << dice.below(7) | 1 << dice.below(7));
            Match::Conntrack(Box::new(Conntrack { states: Some(not(dice, states)), ..Conntrack::default() }))
        }
        _ => {
            let range = ports(dice);
            let original_destination_port = Some(not(dice, range));
            Match::Conntrack(Box::new(Conntrack { original_destination_port, ..Conntrack::default() }))
        }
    }
}

/// What few rules ask, where it may be asked.
pub(super) fn seldom(dice: &mut Dice, host: &Host, hook: Option<Hook>) -> Match {
    let comes_in = matches!(hook, Some(Hook::Prerouting | Hook::Input | Hook::Forward));
    let goes_out = matches!(hook, Some(Hook::Output | Hook::Postrouting));
    match dice.below(12) {
        0 => Match::Connmark(not(dice, Masked { value: dice_bits(3), mask: 3 })),
        1 => {
            let states = States(1 << dice.below(5));
            Match::State(not(dice, states))
        }
        2 if comes_in => {
            let last = dice.below(2) as u8;
            Match::Mac(not(dice, [2, 0, 0, 1, 0, last]))
        }
        3 if goes_out => {
            let user = dice.below(2) as u32;
            let user = Some(Not { negated: false, value: OwnerId::Numbers(user, user + dice.below(2) as u32) });
            Match::Owner(Owner { user, ..Owner::default() })
        }
        4 => {
            let kind = dice.one_of(&[PacketType::Unicast, PacketType::Broadcast], PacketType::Unicast);
            Match::PktType(not(dice, kind))
        }
        5 => {
            let name = dice.one_of(&["LOCAL", "UNICAST", "MULTICAST"], "LOCAL");
            let types = not(dice, AddrType::bit(name).unwrap_or_default());
            let (source, destination) = if dice.once_in(2) { (Some(types), None) } else { (None, Some(types)) };
            Match::AddrType(AddrType { source, destination, ..AddrType::default() })
        }
        6 => {
            let (value, mask) = (dice.below(2) as u8 * 4, 0xfc);
            Match::Tos(not(dice, TosMasked { value, mask }))
        }
        7 => {
            let every = Not { negated: dice.once_in(4), value: 1 + dice.below(3) as u32 };
            let packet = dice.below(u64::from(every.value)) as u32;
            Match::Statistic(Statistic::Nth { every, packet })
        }
        8 => {
            let class = dice.below(2) as u8;
            Match::Dscp(not(dice, class))
        }
        _ => Match::Conntrack(Box::new(connection(dice, host))),
    }
}

/// What conntrack can be asked beside the state.
pub(super) fn connection(dice: &mut Dice, host: &Host) -> Conntrack {
    let mut asked = Conntrack::default();
    let network = |dice: &mut Dice, base| {
        let length = host.family.bits() - dice.below(17) as u8;
        Net::of_length(near(dice, base), length)
    };
    match dice.below(7) {
        0 => {
            let net = network(dice, host.clients);
            asked.original_source = Some(not(dice, net));
        }
        1 => {
            let net = network(dice, host.servers);
            asked.original_destination = Some(not(dice, net));
        }
        2 => {
            let net = network(dice, host.servers);
            asked.reply_source = Some(not(dice, net));
        }
        3 => {
            let net = network(dice, host.clients);
            asked.reply_destination = Some(not(dice, net));
        }
        4 => {
            let range = ports(dice);
            asked.original_source_port = Some(not(dice, range));
        }
        5 => {
            let status = (1 << dice.below(5)) & 0xf; // or none
            asked.status = Some(not(dice, status));
        }
        _ => asked.is_reply = Some(dice.once_in(2)),
    }
    if dice.once_in(3) {
        let states = States(1 << dice.below(7) | 1 << dice.below(7));
        asked.states = Some(not(dice, states));
    }
    asked
}

/// A mark that rules set and ask for.
pub(super) fn dice_bits(bits: u32) -> u32 {
    bits & 1
}

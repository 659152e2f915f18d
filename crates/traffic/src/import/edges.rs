//! The edges of what a rule asks: values that just meet it, and those beside them.

use super::boundary::Way;
use crate::iptables::matches::{AddrType, Conntrack, HopCount, Match, OwnerId, PacketType, PortSide, Ports, TcpFlags};
use crate::iptables::model::{Address, Go, Interface, Not, Rule, Ruleset};
use crate::iptables::targets::{Nat, Target};
use crate::net::{AddressRange, Endpoint, Family, Net, PortRange, Protocol, address_of, number_of};
use crate::simulate::{Packet, State};
use core::net::IpAddr;
use std::collections::BTreeSet;

/// Ports of other rules that a rule which asks for none is tried with.
const PORTS_SPREAD: usize = 8;
/// Addresses of other rules that a rule which asks for none is tried with.
const SOURCES_SPREAD: usize = 6;

/// How many hosts there are behind this one.
const HOSTS: u128 = 200;

/// This host, a stranger and a host behind this one, of the ranges for documentation.
fn own(family: Family) -> IpAddr {
    address(family, [192, 0, 2, 1], 1)
}

fn stranger(family: Family) -> IpAddr {
    address(family, [198, 51, 100, 77], 0x77)
}

fn server(family: Family) -> IpAddr {
    address(family, [203, 0, 113, 9], 0x9_0009)
}

fn address(family: Family, v4: [u8; 4], v6_end: u128) -> IpAddr {
    const DOCUMENTATION: u128 = 0x2001_0db8 << 96;
    match family {
        Family::V4 => IpAddr::from(v4),
        Family::V6 => address_of(family, DOCUMENTATION | v6_end),
    }
}

/// Edges of all rules together.
pub(super) struct Seen {
    ports: Vec<u16>,
    sources: Vec<IpAddr>,
}

impl Seen {
    pub(super) fn of(rules: &Ruleset) -> Seen {
        let mut ports = BTreeSet::from([22, 80, 8080]);
        let mut sources = BTreeSet::new();
        let all = rules.tables.iter().flat_map(|table| &table.chains).flat_map(|chain| &chain.rules);
        for rule in all {
            ports.extend(destination_ports(rule).unwrap_or_default());
            ports.extend(translated_port(rule));
            sources.extend(source_edges(rule).unwrap_or_default());
        }
        sources.insert(stranger(rules.family));
        Seen { ports: ports.into_iter().collect(), sources: sources.into_iter().collect() }
    }
}

/// As many of them as are wanted, evenly apart.
fn spread<T: Copy>(values: &[T], n_wanted: usize) -> Vec<T> {
    let step = values.len().div_ceil(n_wanted.max(1)).max(1);
    values.iter().step_by(step).copied().collect()
}

/// Values of everything a packet has, around what one rule asks.
pub(super) struct Edges {
    family: Family,
    pub(super) protocols: Vec<Protocol>,
    pub(super) source_ports: Vec<u16>,
    pub(super) destination_ports: Vec<u16>,
    pub(super) inputs: Vec<String>,
    pub(super) outputs: Vec<String>,
    /// Where packets come from, and whether the rule asks for that.
    sources: (Vec<IpAddr>, bool),
    /// Where they go, where the rule asks for that.
    destinations: Option<Vec<IpAddr>>,
    /// Everything else as the rule asks for it.
    met: Packet,
    /// Packets that differ from that in one field.
    missed: Vec<Change>,
}

/// A change of one field of a packet.
struct Change(Box<dyn Fn(&mut Packet)>);

impl Edges {
    /// What nothing asks for.
    fn none(family: Family, seen: &Seen) -> Edges {
        let icmp = if family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
        let met = Packet {
            flags: Some(TcpFlags::SYN.set),
            mac: Some([2, 0, 0, 0, 0, 1]),
            mark: Some(0),
            uid: Some(0),
            gid: Some(0),
            length: Some(60),
            ttl: Some(64),
            packet_type: Some(PacketType::Unicast),
            source_type: AddrType::bit("UNICAST"),
            ..Packet::default()
        };
        Edges {
            family,
            protocols: vec![Protocol::TCP, Protocol::UDP, icmp],
            source_ports: vec![40_000],
            destination_ports: spread(&seen.ports, PORTS_SPREAD),
            inputs: vec!["eth0".to_owned(), "lo".to_owned()],
            outputs: vec!["eth1".to_owned(), "lo".to_owned()],
            sources: (spread(&seen.sources, SOURCES_SPREAD), false),
            destinations: None,
            met,
            missed: Vec::new(),
        }
    }

    /// What the built-in rules of INPUT ask.
    pub(super) fn built_in(family: Family, seen: &Seen) -> [Edges; 2] {
        let icmp = if family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
        let link_local = address_of(family, 0xfe80 << 112 | 1);
        let near = if family == Family::V6 { vec![link_local] } else { Vec::new() };
        let mut kinds = Edges::none(family, seen);
        kinds.protocols = vec![icmp];
        kinds.sources.0 = [vec![stranger(family)], near.clone()].concat();
        for kind in 0..=u8::MAX {
            kinds.miss(move |packet| packet.icmp = Some((kind, Some(0))));
            kinds.miss(move |packet| packet.icmp = Some((kind, Some(1))));
        }
        let mut dhcp = Edges::none(family, seen);
        dhcp.protocols = vec![Protocol::UDP];
        dhcp.source_ports = vec![67, 68, 546, 547, 40_000];
        dhcp.destination_ports = vec![66, 67, 68, 69, 545, 546, 547, 548];
        dhcp.sources.0.extend(&near);
        [kinds, dhcp]
    }

    /// Every port of all rules, and every source, against a few values of the rest.
    pub(super) fn of_all(family: Family, seen: &Seen) -> [Edges; 2] {
        let mut ports = Edges::none(family, seen);
        ports.protocols = vec![Protocol::TCP, Protocol::UDP, Protocol::SCTP, Protocol(47), Protocol(50), Protocol(200)];
        ports.destination_ports = [seen.ports.as_slice(), &[1, u16::MAX]].concat();
        ports.sources.0 = vec![stranger(family)];
        ports.missed = flags();
        let mut sources = Edges::none(family, seen);
        sources.sources.0 = seen.sources.clone();
        [ports, sources]
    }

    /// What a rule asks.
    pub(super) fn of_rule(rule: &Rule, family: Family, seen: &Seen) -> Edges {
        let mut edges = Edges::none(family, seen);
        if let Some(not) = rule.header.protocol {
            let other = if not.value == Protocol::TCP { Protocol::UDP } else { Protocol::TCP };
            edges.protocols = vec![not.value, other];
        }
        edges.destination_ports = destination_ports(rule).unwrap_or(edges.destination_ports);
        edges.source_ports = source_ports(rule).unwrap_or(edges.source_ports);
        if let Some(sources) = source_edges(rule) {
            edges.sources = (sources.into_iter().collect(), true);
        }
        edges.destinations = destination_edges(rule).map(|found| found.into_iter().collect());
        edges.inputs = interfaces(&rule.header.input).unwrap_or(edges.inputs);
        edges.outputs = interfaces(&rule.header.output).unwrap_or(edges.outputs);
        rule.matches.iter().for_each(|of| edges.take(of));
        edges
    }

    fn miss(&mut self, change: impl Fn(&mut Packet) + 'static) {
        self.missed.push(Change(Box::new(change)));
    }

    /// What the rule asks beside ends and interfaces, met by a packet of this protocol.
    pub(super) fn met(&self, protocol: Protocol) -> Packet {
        let echo = match protocol {
            Protocol::ICMP => Some((8, Some(0))),
            Protocol::ICMP6 => Some((128, Some(0))),
            _ => None,
        };
        let flags = self.met.flags.filter(|_| protocol == Protocol::TCP);
        Packet { protocol: Some(protocol), icmp: echo.and(self.met.icmp.or(echo)), flags, ..self.met.clone() }
    }

    /// Where packets come from and go on a way.
    pub(super) fn ends(&self, way: Way) -> (Vec<IpAddr>, Vec<IpAddr>) {
        let family = self.family;
        let from = match way {
            Way::Out if !self.sources.1 => vec![own(family)],
            _ => self.sources.0.clone(),
        };
        let usual = match way {
            Way::In => vec![own(family)],
            // What is sent to this host passes through it where it is translated.
            Way::Through | Way::Out => vec![server(family), own(family)],
        };
        (from, self.destinations.clone().unwrap_or(usual))
    }

    /// Where a packet goes that nothing else is asked of: each interface has a host of its own behind it, so that one
    /// address leads one way.
    pub(super) fn behind(&self, end: Endpoint, output: Option<&str>) -> Endpoint {
        let is_usual = self.destinations.is_none() && end.address == server(self.family);
        let Some(output) = output.filter(|_| is_usual) else { return end };
        let nth = output.bytes().fold(0u128, |sum, byte| (sum * 31 + u128::from(byte)) % HOSTS);
        Endpoint { address: address_of(self.family, number_of(end.address) + nth), ..end }
    }

    /// The packet, and those beside it in one field.
    pub(super) fn varied(&self, packet: &Packet) -> Vec<Packet> {
        let changed = self.missed.iter().map(|change| {
            let mut changed = packet.clone();
            change.0(&mut changed);
            // What a protocol does not have cannot be changed.
            let icmp = changed.icmp.filter(|_| packet.icmp.is_some());
            let flags = changed.flags.filter(|_| packet.flags.is_some());
            Packet { icmp, flags, ..changed }
        });
        let all = std::iter::once(packet.clone()).chain(changed);
        // The first packet of a connection goes where it was sent.
        let told = |packet: &Packet| packet.original.filter(|_| packet.state != State::New).or(packet.destination);
        all.map(|packet| Packet { original: told(&packet), ..packet }).collect()
    }

    fn take(&mut self, of: &Match) {
        match of {
            Match::Tcp(tcp) => {
                if let Some(not) = tcp.flags {
                    let set = not.value.set | if not.negated { !not.value.mask & TcpFlags::ALL } else { 0 };
                    self.met.flags = Some(if not.negated { set ^ not.value.mask } else { set });
                    self.missed.extend(flags());
                }
            }
            Match::Icmp(Some(not)) | Match::Icmp6(Some(not)) => {
                let (Some(kind), (first, last)) = (not.value.kind, not.value.codes) else { return };
                self.met.icmp = Some((kind, Some(first)));
                for kind in [kind.saturating_sub(1), kind, kind.saturating_add(1)] {
                    for code in [first, last, last.saturating_add(1)] {
                        self.miss(move |packet| packet.icmp = Some((kind, Some(code))));
                    }
                }
            }
            Match::Mark(not) => {
                let value = not.value.value;
                self.met.mark = Some(value);
                for mark in [0, value ^ 1, value ^ not.value.mask, u32::MAX] {
                    self.miss(move |packet| packet.mark = Some(mark));
                }
            }
            Match::Mac(not) => {
                let mac = not.value;
                self.met.mac = Some(mac);
                self.miss(move |packet| packet.mac = Some(mac.map(|byte| byte ^ 1)));
            }
            Match::Length(not) => {
                let (least, most) = (not.value.least, not.value.most);
                self.met.length = Some(least);
                for length in [least.saturating_sub(1), most, most.saturating_add(1)] {
                    self.miss(move |packet| packet.length = Some(length));
                }
            }
            Match::Ttl(count) | Match::HopLimit(count) => {
                let (HopCount::Equal(hops) | HopCount::NotEqual(hops) | HopCount::Less(hops) | HopCount::Greater(hops)) =
                    *count;
                self.met.ttl = Some(hops);
                for ttl in [hops.saturating_sub(1), hops.saturating_add(1), hops.saturating_add(2)] {
                    self.miss(move |packet| packet.ttl = Some(ttl));
                }
            }
            Match::PktType(_) => {
                for (kind, _) in PacketType::ALL {
                    self.miss(move |packet| packet.packet_type = Some(kind));
                }
            }
            Match::AddrType(of) => self.take_types(of),
            Match::Owner(owner) => {
                for (id, is_user) in [(&owner.user, true), (&owner.group, false)] {
                    if let Some(Not { value: OwnerId::Numbers(first, last), .. }) = id {
                        self.take_owner(*first, *last, is_user);
                    }
                }
            }
            Match::Conntrack(of) => self.take_connection(of),
            _ => {}
        }
    }

    fn take_types(&mut self, of: &AddrType) {
        for name in ["LOCAL", "UNICAST", "BROADCAST", "MULTICAST"] {
            let bit = AddrType::bit(name);
            if of.source.is_some() {
                self.miss(move |packet| packet.source_type = bit);
            }
            if of.destination.is_some() {
                self.miss(move |packet| packet.destination_type = bit);
            }
        }
    }

    fn take_owner(&mut self, first: u32, last: u32, is_user: bool) {
        if is_user {
            self.met.uid = Some(first);
        } else {
            self.met.gid = Some(first);
        }
        for id in [first.saturating_sub(1), last, last.saturating_add(1)] {
            self.miss(move |packet| if is_user { packet.uid = Some(id) } else { packet.gid = Some(id) });
        }
    }

    fn take_connection(&mut self, of: &Conntrack) {
        let ports = of.original_destination_port.map(|not| port_edges(&[not.value])).unwrap_or_default();
        for port in ports {
            self.miss(move |packet| {
                packet.original = packet.destination.map(|end| Endpoint { port: Some(port), ..end });
            });
        }
        let nets = of.original_destination.map(|not| net_edges(not.value)).unwrap_or_default();
        for address in nets {
            self.miss(move |packet| packet.original = packet.destination.map(|end| Endpoint { address, ..end }));
        }
    }
}

/// Flags that openings, answers and scans have.
fn flags() -> Vec<Change> {
    const FLAGS: [u8; 7] = [0x02, 0x10, 0x12, 0x04, 0x11, 0x29, 0x00];
    FLAGS.map(|flags| Change(Box::new(move |packet: &mut Packet| packet.flags = Some(flags)))).into()
}

fn port_edges(ranges: &[PortRange]) -> BTreeSet<u16> {
    let around =
        |range: &PortRange| [range.first.saturating_sub(1), range.first, range.last, range.last.saturating_add(1)];
    // Port 0 is nobody's.
    ranges.iter().flat_map(around).filter(|port| *port > 0).collect()
}

fn ports_of(rule: &Rule, is_source: bool) -> Option<BTreeSet<u16>> {
    let side = |ports: &Ports| if is_source { ports.source } else { ports.destination };
    let mut found = BTreeSet::new();
    for of in &rule.matches {
        let asked = match of {
            Match::Tcp(tcp) => side(&tcp.ports),
            Match::Udp(ports) | Match::Dccp(ports) => side(ports),
            Match::Sctp(of) => side(&of.ports),
            Match::Multiport(of) => {
                let other = if is_source { PortSide::Destination } else { PortSide::Source };
                if of.side != other {
                    found.extend(port_edges(&of.ports));
                }
                continue;
            }
            _ => continue,
        };
        found.extend(asked.map(|not| port_edges(&[not.value])).unwrap_or_default());
    }
    (!found.is_empty()).then_some(found)
}

fn destination_ports(rule: &Rule) -> Option<Vec<u16>> {
    ports_of(rule, false).map(|ports| ports.into_iter().collect())
}

fn source_ports(rule: &Rule) -> Option<Vec<u16>> {
    ports_of(rule, true).map(|ports| ports.into_iter().chain([40_000]).collect())
}

/// The port that a rule leads to.
fn translated_port(rule: &Rule) -> Option<u16> {
    match &rule.go {
        Some(Go::Jump(Target::Redirect(redirect))) => redirect.ports.map(|ports| ports.first),
        Some(Go::Jump(Target::Dnat(Nat { ports, .. }))) => ports.map(|ports| ports.first),
        _ => None,
    }
}

fn range_edges(range: AddressRange) -> Vec<IpAddr> {
    let family = Family::of(range.first);
    let (first, last) = (number_of(range.first), number_of(range.last));
    [first.saturating_sub(1), first, last, last.saturating_add(1)].map(|number| address_of(family, number)).into()
}

fn net_edges(net: Net) -> Vec<IpAddr> {
    let family = net.family();
    match net.bounds() {
        Some((first, last)) => {
            range_edges(AddressRange { first: address_of(family, first), last: address_of(family, last) })
        }
        None => {
            vec![net.address(), address_of(family, number_of(net.address()) ^ net.mask() & net.mask().wrapping_neg())]
        }
    }
}

fn address_edges(asked: &Option<Not<Address>>, range: Option<Not<AddressRange>>) -> Option<BTreeSet<IpAddr>> {
    let of_header = match asked {
        Some(Not { value: Address::Net(net), .. }) => net_edges(*net),
        _ => Vec::new(),
    };
    let of_range = range.map(|not| range_edges(not.value)).unwrap_or_default();
    let found: BTreeSet<IpAddr> = of_header.into_iter().chain(of_range).collect();
    (!found.is_empty()).then_some(found)
}

fn source_edges(rule: &Rule) -> Option<BTreeSet<IpAddr>> {
    let range = rule.matches.iter().find_map(|of| match of {
        Match::IpRange(of) => of.source,
        _ => None,
    });
    address_edges(&rule.header.source, range)
}

fn destination_edges(rule: &Rule) -> Option<BTreeSet<IpAddr>> {
    let range = rule.matches.iter().find_map(|of| match of {
        Match::IpRange(of) => of.destination,
        _ => None,
    });
    address_edges(&rule.header.destination, range)
}

/// The interface, one that only begins alike, and another.
fn interfaces(asked: &Option<Not<Interface>>) -> Option<Vec<String>> {
    let name = asked.as_ref()?.value.0.as_str();
    let (exact, near) = match name.strip_suffix('+') {
        Some(prefix) => (format!("{prefix}7"), prefix.chars().rev().skip(1).collect::<String>()),
        None => (name.to_owned(), format!("{name}7")),
    };
    let short = |name: String| name.chars().take(15).collect::<String>();
    let mut names: Vec<String> = [exact, near, "other0".to_owned()].into_iter().map(short).collect();
    names.retain(|name| !name.is_empty());
    names.dedup();
    Some(names)
}

//! Whether a packet on its way matches a rule.

use super::flow::{Flow, Spot};
use super::packet::State;
use super::truth::Truth;
use crate::iptables::matches::{
    AddrType, Conntrack, HopCount, IcmpKind, Masked, Match, Multiport, Owner, OwnerId, PortSide, Ports, States, Tcp,
    TcpFlags,
};
use crate::iptables::model::{Address, Header, Hook, Interface, Not, Rule};
use crate::net::{AddressRange, Family, Net, PortRange, Protocol, number_of};
use core::net::IpAddr;

/// Whether a rule matches.
pub(super) fn matches(flow: &Flow<'_>, rule: &Rule, hook: Hook) -> Truth {
    let of_header = header(flow, &rule.header);
    rule.matches.iter().fold(of_header, |truth, of| match truth {
        Truth::No => Truth::No,
        truth => truth.and(one(flow, of, hook)),
    })
}

fn header(flow: &Flow<'_>, header: &Header) -> Truth {
    let interface = |not: &Option<Not<Interface>>, name: &str| {
        not.as_ref().map_or(Truth::Yes, |not| Truth::of(not.value.matches(name)).negated(not.negated))
    };
    // Where an intent sent it, only the host's routes know.
    let leaves_unseen = flow.is_sent_on && flow.output.is_empty() && header.output.is_some();
    let output = if leaves_unseen { Truth::lacking("out") } else { interface(&header.output, flow.output) };
    let source = header.source.as_ref().map_or(Truth::Yes, |not| address(&flow.source, not, "src"));
    let destination = header.destination.as_ref().map_or(Truth::Yes, |not| address(&flow.destination, not, "dst"));
    let protocol = header.protocol.map_or(Truth::Yes, |not| {
        Truth::given(flow.packet.protocol, "proto", |protocol| protocol == not.value).negated(not.negated)
    });
    // Packets told here are whole, or the first of their fragments.
    let fragment = Truth::of(header.fragment != Some(true));
    interface(&header.input, flow.input).and(output).and(fragment).and(protocol).and(source).and(destination)
}

fn address(spot: &Spot, not: &Not<Address>, field: &str) -> Truth {
    match &not.value {
        Address::Net(net) => in_net(spot, *net, field),
        Address::Host(name) => Truth::lacking(name),
    }
    .negated(not.negated)
}

fn in_net(spot: &Spot, net: Net, field: &str) -> Truth {
    if net.mask() == 0 {
        return Truth::Yes;
    }
    match spot.address {
        Some(range) if !spot.is_own => range_in_net(range, net, field),
        _ => Truth::lacking(field),
    }
}

/// Whether all of a range are in a network, or none.
pub(crate) fn range_in_net(range: AddressRange, net: Net, field: &str) -> Truth {
    if range.first == range.last {
        return Truth::of(net.contains(range.first));
    }
    match net.bounds().filter(|_| net.family() == Family::of(range.first)) {
        Some((first, last)) => range_within(number_of(range.first), number_of(range.last), first, last, field),
        None => Truth::lacking(field),
    }
}

/// Whether all of `a..=b` are in `first..=last`, or none.
pub(crate) fn range_within<T: PartialOrd>(a: T, b: T, first: T, last: T, field: &str) -> Truth {
    if first <= a && b <= last {
        Truth::Yes
    } else if b < first || last < a {
        Truth::No
    } else {
        Truth::lacking(field)
    }
}

fn port(spot: &Spot, range: PortRange, field: &str) -> Truth {
    match spot.port {
        Some(port) => range_within(port.first, port.last, range.first, range.last, field),
        None => Truth::lacking(field),
    }
}

/// A match of a protocol asks nothing of packets of another.
fn of_protocol(flow: &Flow<'_>, protocol: Protocol, then: impl FnOnce() -> Truth) -> Truth {
    match flow.packet.protocol {
        Some(known) if known == protocol => then(),
        Some(_) => Truth::No,
        None => Truth::lacking("proto"),
    }
}

/// Whether a match holds.
pub(super) fn one(flow: &Flow<'_>, of: &Match, hook: Hook) -> Truth {
    let packet = flow.packet;
    match of {
        Match::Comment(_) => Truth::Yes,
        Match::Tcp(of) => of_protocol(flow, Protocol::TCP, || tcp(flow, of)),
        Match::Udp(of) => of_protocol(flow, Protocol::UDP, || ports(flow, of)),
        Match::Dccp(of) => of_protocol(flow, Protocol::DCCP, || ports(flow, of)),
        Match::Sctp(of) => of_protocol(flow, Protocol::SCTP, || {
            let chunks = if of.chunks.is_some() { Truth::lacking("chunk-types") } else { Truth::Yes };
            ports(flow, &of.ports).and(chunks)
        }),
        Match::Icmp(kind) => of_protocol(flow, Protocol::ICMP, || icmp(flow, kind)),
        Match::Icmp6(kind) => of_protocol(flow, Protocol::ICMP6, || icmp(flow, kind)),
        Match::Multiport(of) => multiport(flow, of),
        Match::State(not) => state(flow, not.value).negated(not.negated),
        Match::Conntrack(of) => conntrack(flow, of),
        Match::Mac(_) if packet.input.is_none() => Truth::No,
        Match::Mac(not) => Truth::given(packet.mac, "mac", |mac| mac == not.value).negated(not.negated),
        Match::AddrType(of) => addrtype(flow, of),
        Match::IpRange(of) => {
            let range = |spot: &Spot, not: &Option<Not<AddressRange>>, field| {
                not.as_ref().map_or(Truth::Yes, |not| in_range(spot, not.value, field).negated(not.negated))
            };
            range(&flow.source, &of.source, "src").and(range(&flow.destination, &of.destination, "dst"))
        }
        Match::Owner(of) => owner(flow, of, hook),
        Match::Mark(not) => masked(flow.mark, not.value, "mark").negated(not.negated),
        // Without a connection there is no mark to ask, and none that differs.
        Match::Connmark(_) if !flow.has_connection() => Truth::No,
        Match::Connmark(not) => masked(flow.connmark, not.value, "connmark").negated(not.negated),
        Match::PktType(not) => {
            Truth::given(packet.packet_type, "pkttype", |kind| kind == not.value).negated(not.negated)
        }
        Match::Ttl(count) | Match::HopLimit(count) => Truth::given(flow.ttl, "ttl", |ttl| match count {
            HopCount::Equal(hops) => ttl == *hops,
            HopCount::NotEqual(hops) => ttl != *hops,
            HopCount::Less(hops) => ttl < *hops,
            HopCount::Greater(hops) => ttl > *hops,
        }),
        Match::Length(not) => {
            let range = not.value;
            Truth::given(packet.length, "len", |length| (range.least..=range.most).contains(&length))
                .negated(not.negated)
        }
        // A packet alone finds the bucket full.
        Match::Limit(_) => Truth::Yes,
        Match::Dscp(_) | Match::Tos(_) | Match::Statistic(_) => Truth::lacking(of.name()),
        Match::Opaque(opaque) if opaque.name.is_empty() => Truth::lacking("a rule that cannot be read"),
        Match::Opaque(opaque) => Truth::lacking(&opaque.name),
    }
}

fn in_range(spot: &Spot, range: AddressRange, field: &str) -> Truth {
    match spot.address.filter(|_| !spot.is_own) {
        Some(address) if Family::of(address.first) != Family::of(range.first) => Truth::No,
        Some(address) => range_within(
            number_of(address.first),
            number_of(address.last),
            number_of(range.first),
            number_of(range.last),
            field,
        ),
        None => Truth::lacking(field),
    }
}

fn ports(flow: &Flow<'_>, of: &Ports) -> Truth {
    let side = |spot: &Spot, not: &Option<Not<PortRange>>, field| {
        not.as_ref().map_or(Truth::Yes, |not| port(spot, not.value, field).negated(not.negated))
    };
    side(&flow.source, &of.source, "src").and(side(&flow.destination, &of.destination, "dst"))
}

/// What a packet of TCP has where its flags are not told: it opens a connection.
const FLAGS_USUAL: u8 = TcpFlags::SYN.set;

fn tcp(flow: &Flow<'_>, of: &Tcp) -> Truth {
    let flags = flow.packet.flags.unwrap_or(FLAGS_USUAL);
    let flags =
        of.flags.map_or(Truth::Yes, |not| Truth::of(flags & not.value.mask == not.value.set).negated(not.negated));
    let option = if of.option.is_some() { Truth::lacking("tcp-option") } else { Truth::Yes };
    ports(flow, &of.ports).and(flags).and(option)
}

fn icmp(flow: &Flow<'_>, kind: &Option<Not<IcmpKind>>) -> Truth {
    let Some(not) = kind else { return Truth::Yes };
    let IcmpKind { kind: Some(kind), codes: (first, last) } = not.value else {
        return Truth::of(!not.negated);
    };
    let truth = match flow.packet.icmp {
        None => Truth::lacking("icmp"),
        Some((known, _)) if known != kind => Truth::No,
        Some(_) if (first, last) == (0, 255) => Truth::Yes,
        Some((_, code)) => Truth::given(code, "icmp", |code| (first..=last).contains(&code)),
    };
    truth.negated(not.negated)
}

fn multiport(flow: &Flow<'_>, of: &Multiport) -> Truth {
    let any = |spot: &Spot, field| of.ports.iter().fold(Truth::No, |truth, range| truth.or(port(spot, *range, field)));
    let truth = match of.side {
        PortSide::Source => any(&flow.source, "src"),
        PortSide::Destination => any(&flow.destination, "dst"),
        PortSide::Either => any(&flow.source, "src").or(any(&flow.destination, "dst")),
    };
    truth.negated(of.negated)
}

/// Whether the packet has one of the states. That it was translated is a state too; of a packet that is not the first
/// only its original destination can tell.
fn state(flow: &Flow<'_>, states: States) -> Truth {
    let bit = match flow.state_told() {
        State::New => States::NEW,
        State::Established => States::ESTABLISHED,
        State::Related => States::RELATED,
        State::Invalid => States::INVALID,
        State::Untracked => States::UNTRACKED,
    };
    let truth = Truth::of(states.0 & bit != 0);
    let asked = |bit: u8, truth: Truth| if states.0 & bit != 0 { truth } else { Truth::No };
    truth.or(asked(States::DNAT, was_dnat(flow))).or(asked(States::SNAT, was_snat(flow)))
}

fn was_dnat(flow: &Flow<'_>) -> Truth {
    match flow.state_told() {
        State::New => Truth::of(flow.is_dnat),
        State::Invalid | State::Untracked => Truth::No,
        State::Established | State::Related => {
            Truth::given(flow.packet.original, "origdst", |original| Some(original) != flow.packet.destination)
        }
    }
}

fn was_snat(flow: &Flow<'_>) -> Truth {
    match flow.state_told() {
        State::New => Truth::of(flow.is_snat),
        State::Invalid | State::Untracked => Truth::No,
        State::Established | State::Related => Truth::lacking("origsrc"),
    }
}

fn conntrack(flow: &Flow<'_>, of: &Conntrack) -> Truth {
    let states = of.states.map_or(Truth::Yes, |not| state(flow, not.value).negated(not.negated));
    let asks_connection = *of != Conntrack { states: of.states, ..Conntrack::default() };
    if !asks_connection || states == Truth::No {
        return states;
    }
    if !flow.has_connection() {
        // There is no connection to ask: the kernel then goes by the state alone, and where that is not asked says no.
        return if of.states.is_some() { states } else { Truth::No };
    }
    let is_new = flow.state == State::New;
    let first = |spot: Spot, field| if is_new { Ok(spot) } else { Err(Truth::lacking(field)) };
    let original = flow.packet.original.map(|original| Spot::of(Some(original)));
    let ends = [
        (of.original_source, of.original_source_port, first(Spot::of(flow.packet.source), "origsrc"), "src"),
        (
            of.original_destination,
            of.original_destination_port,
            original.map_or_else(|| first(Spot::of(flow.packet.destination), "origdst"), Ok),
            "dst",
        ),
        (of.reply_source, of.reply_source_port, first(flow.destination, "conntrack"), "dst"),
        (of.reply_destination, of.reply_destination_port, first(flow.source, "conntrack"), "src"),
    ];
    let mut truth = states;
    for (net, range, spot, field) in ends {
        if let Some(not) = net {
            let is = spot.as_ref().map_or_else(Truth::clone, |spot| in_net(spot, not.value, field));
            truth = truth.and(is.negated(not.negated));
        }
        if let Some(not) = range {
            let spot = if flow.packet.icmp.is_some() { icmp_port(flow, field, is_new) } else { spot };
            let is = spot.map_or_else(|lacking| lacking, |spot| port(&spot, not.value, field));
            truth = truth.and(is.negated(not.negated));
        }
    }
    truth.and(conntrack_rest(flow, of, is_new))
}

/// What stands for ports in a connection of ICMP: type and code at the receiver, a number at the sender.
fn icmp_port(flow: &Flow<'_>, field: &str, is_new: bool) -> Result<Spot, Truth> {
    match flow.packet.icmp {
        Some((kind, Some(code))) if field == "dst" && is_new => {
            Ok(Spot::default().with_port(PortRange::one(u16::from_be_bytes([kind, code]))))
        }
        _ => Err(Truth::lacking("icmp")),
    }
}

fn conntrack_rest(flow: &Flow<'_>, of: &Conntrack, is_new: bool) -> Truth {
    let protocol = of.protocol.map_or(Truth::Yes, |not| {
        Truth::given(flow.packet.protocol, "proto", |protocol| protocol.0 == not.value).negated(not.negated)
    });
    // A connection's first packet finds it neither expected nor answered, assured nor confirmed; and `NONE` is a bit that
    // no connection has.
    let status = of.status.map_or(Truth::Yes, |not| {
        let is_known = is_new || not.value == 0;
        if is_known { Truth::No.negated(not.negated) } else { Truth::lacking("ctstatus") }
    });
    let expires = if of.expires.is_some() { Truth::lacking("ctexpire") } else { Truth::Yes };
    let direction =
        of.is_reply.map_or(Truth::Yes, |is_reply| if is_new { Truth::of(!is_reply) } else { Truth::lacking("ctdir") });
    protocol.and(status).and(expires).and(direction)
}

fn addrtype(flow: &Flow<'_>, of: &AddrType) -> Truth {
    let side = |asked: Option<Not<u16>>, spot: &Spot, known: Option<u16>, field| {
        asked.map_or(Truth::Yes, |not| is_type(spot, known, not.value, field).negated(not.negated))
    };
    let source = side(of.source, &flow.source, flow.source_type, "srctype");
    source.and(side(of.destination, &flow.destination, flow.destination_type, "dsttype"))
}

/// Whether an address has one of these types. Of IPv4 the routing table says so. Of IPv6 the address itself does first:
/// every type asked that it could tell has to be told, and only then the routing table is asked.
fn is_type(spot: &Spot, known: Option<u16>, asked: u16, field: &str) -> Truth {
    let bit = |name: &str| AddrType::bit(name).unwrap_or_default();
    let by_route = |asked: u16| Truth::given(known, field, |known| known & asked != 0);
    let address = match spot.address {
        Some(AddressRange { first: IpAddr::V6(first), last }) if last == first && !spot.is_own => first,
        Some(AddressRange { first: IpAddr::V6(_), .. }) => return Truth::lacking(field),
        _ => return by_route(asked),
    };
    let is_multicast = address.is_multicast();
    let is_unicast = !is_multicast && !address.is_unspecified() && address.to_ipv4_mapped().is_none();
    let told =
        [(bit("MULTICAST"), is_multicast), (bit("UNICAST"), is_unicast), (bit("UNSPEC"), address.is_unspecified())];
    if told.iter().any(|(bit, is)| asked & bit != 0 && !is) {
        return Truth::No;
    }
    match asked & (bit("LOCAL") | bit("ANYCAST") | bit("UNREACHABLE")) {
        0 => Truth::Yes,
        asked => by_route(asked),
    }
}

/// Only what a local process sends has an owner; of anything else the kernel finds no socket.
fn owner(flow: &Flow<'_>, of: &Owner, hook: Hook) -> Truth {
    let is_local = flow.packet.input.is_none() && matches!(hook, Hook::Output | Hook::Postrouting);
    if !is_local {
        let wants = |is_wanted: bool, negated: bool| !is_wanted || negated;
        let user = wants(of.user.is_some(), of.user.as_ref().is_some_and(|not| not.negated));
        let group = wants(of.group.is_some(), of.group.as_ref().is_some_and(|not| not.negated));
        let exists = wants(of.socket_exists.is_some(), of.socket_exists.is_some_and(|not| not.negated));
        return Truth::of(user && group && exists);
    }
    let id = |not: &Option<Not<OwnerId>>, given: Option<u32>, field: &str| match not {
        None => Truth::Yes,
        Some(Not { negated, value: OwnerId::Numbers(first, last) }) => {
            Truth::given(given, field, |id| (*first..=*last).contains(&id)).negated(*negated)
        }
        Some(Not { value: OwnerId::Name(name), .. }) => Truth::lacking(name),
    };
    let exists =
        of.socket_exists.map_or(Truth::Yes, |not| Truth::given(flow.packet.uid, "uid", |_| true).negated(not.negated));
    let supplementary = if of.supplementary { Truth::lacking("suppl-groups") } else { Truth::Yes };
    exists.and(id(&of.user, flow.packet.uid, "uid")).and(id(&of.group, flow.packet.gid, "gid")).and(supplementary)
}

/// A mark of which perhaps only some bits are known.
fn masked((bits, known): (u32, u32), of: Masked, field: &str) -> Truth {
    if bits & known & of.mask != of.value & known & of.mask || of.value & !of.mask != 0 {
        return Truth::No;
    }
    if of.mask & !known == 0 { Truth::Yes } else { Truth::lacking(field) }
}

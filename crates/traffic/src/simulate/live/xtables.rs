//! Matches and targets of the iptables that writes through nf_tables, from what the kernel keeps of them (the structures of
//! `linux/netfilter/xt_*.h`) to their model; what is not here has none.

use crate::iptables::Not;
use crate::iptables::matches::{
    AddrType, Conntrack, HopCount, IcmpKind, IpRange, LengthRange, Masked, Match, Multiport, Owner, OwnerId,
    PacketType, PortSide, Ports, States, Tcp, TcpFlags,
};
use crate::iptables::targets::{Choice, Masquerade, Nat, NotrackSpelling, Redirect, RejectWith, Target};
use crate::net::{AddressRange, Family, Net, PortRange, number_of};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Bytes of an address of either family in these structures (`union nf_inet_addr`).
const ADDRESS_BYTES: usize = 16;

/// What a match or target is set to.
struct Settings<'a>(&'a [u8]);

impl Settings<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    fn bytes<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..)?.first_chunk().copied()
    }

    fn n16(&self, at: usize) -> Option<u16> {
        self.bytes(at).map(u16::from_ne_bytes)
    }

    fn n32(&self, at: usize) -> Option<u32> {
        self.bytes(at).map(u32::from_ne_bytes)
    }

    fn ports(&self, at: usize) -> Option<PortRange> {
        Some(PortRange { first: self.n16(at)?, last: self.n16(at + 2)? })
    }

    fn address(&self, at: usize, family: Family) -> Option<IpAddr> {
        match family {
            Family::V4 => self.bytes::<4>(at).map(|octets| Ipv4Addr::from(octets).into()),
            Family::V6 => self.bytes::<ADDRESS_BYTES>(at).map(|octets| Ipv6Addr::from(octets).into()),
        }
    }
}

fn not<T>(negated: bool, value: T) -> Not<T> {
    Not { negated, value }
}

/// The model of a match.
pub fn match_of(name: &str, revision: u32, settings: &[u8], family: Family) -> Option<Match> {
    let set = Settings(settings);
    match (name, revision) {
        ("comment", _) => Some(Match::Comment(String::new())),
        ("addrtype", 1) => addrtype(&set),
        ("conntrack", 3) => conntrack(&set, family),
        ("state", 0) => Some(Match::State(not(false, states(set.n32(0)?)))),
        ("tcp", 0) => tcp(&set),
        ("udp", 0) => Some(Match::Udp(ports(&set, set.byte(8)?)?)),
        ("multiport", 1) => multiport(&set),
        ("icmp", 0) => Some(Match::Icmp(Some(icmp(&set)?))),
        ("icmp6", 0) => Some(Match::Icmp6(Some(icmp(&set)?))),
        ("mark", 1) => {
            let masked = Masked { value: set.n32(0)?, mask: set.n32(4)? };
            Some(Match::Mark(not(set.byte(8)? != 0, masked)))
        }
        ("pkttype", 0) => {
            let kind = PacketType::ALL.get(set.n32(0)? as usize)?.0;
            Some(Match::PktType(not(set.n32(4)? != 0, kind)))
        }
        ("mac", 0) => Some(Match::Mac(not(set.n32(8)? != 0, set.bytes(0)?))),
        ("length", 0) => {
            let range = LengthRange { least: set.n16(0)?, most: set.n16(2)? };
            Some(Match::Length(not(set.byte(4)? != 0, range)))
        }
        ("ttl", 0) => Some(Match::Ttl(hops(&set)?)),
        ("hl", 0) => Some(Match::HopLimit(hops(&set)?)),
        ("owner", 1) => owner(&set),
        ("iprange", 1) => iprange(&set, family),
        _ => None,
    }
}

fn addrtype(set: &Settings<'_>) -> Option<Match> {
    const SOURCE_NOT: u32 = 1;
    const DESTINATION_NOT: u32 = 2;
    const LIMITS: u32 = 4 | 8;
    let (source, destination, flags) = (set.n16(0)?, set.n16(2)?, set.n32(4)?);
    let side = |bits: u16, flag: u32| (bits != 0).then(|| not(flags & flag != 0, bits));
    (flags & LIMITS == 0).then(|| {
        Match::AddrType(AddrType {
            source: side(source, SOURCE_NOT),
            destination: side(destination, DESTINATION_NOT),
            ..AddrType::default()
        })
    })
}

/// `xt_conntrack_mtinfo3`; what asks for the protocol, the status or the time left has no model here.
fn conntrack(set: &Settings<'_>, family: Family) -> Option<Match> {
    const PORTS_AT: usize = 8 * ADDRESS_BYTES + 2 * 4 + 2;
    const FLAGS_AT: usize = PORTS_AT + 4 * 2;
    const PORTS_LAST_AT: usize = FLAGS_AT + 4 * 2;
    const STATE: u16 = 1;
    const SIDES: [u16; 4] = [1 << 2, 1 << 3, 1 << 4, 1 << 5];
    const PORTS: [u16; 4] = [1 << 8, 1 << 9, 1 << 10, 1 << 11];
    // That it was written `-m state` asks nothing.
    const ALIAS: u16 = 1 << 13;
    let (flags, inverted, mask) = (set.n16(FLAGS_AT)?, set.n16(FLAGS_AT + 2)?, set.n16(FLAGS_AT + 4)?);
    let known = SIDES.iter().chain(&PORTS).fold(STATE | ALIAS, |known, flag| known | flag);
    if flags & !known != 0 {
        return None;
    }
    let side = |nth: usize| -> Option<Option<Not<Net>>> {
        let flag = *SIDES.get(nth)?;
        let at = 2 * ADDRESS_BYTES * nth;
        let (address, mask) = (set.address(at, family)?, set.address(at + ADDRESS_BYTES, family)?);
        Some((flags & flag != 0).then(|| not(inverted & flag != 0, Net::new(address, number_of(mask)))))
    };
    let port = |nth: usize| -> Option<Option<Not<PortRange>>> {
        let flag = *PORTS.get(nth)?;
        let range = PortRange { first: set.n16(PORTS_AT + 2 * nth)?, last: set.n16(PORTS_LAST_AT + 2 * nth)? };
        Some((flags & flag != 0).then(|| not(inverted & flag != 0, range)))
    };
    Some(Match::Conntrack(Box::new(Conntrack {
        states: (flags & STATE != 0).then(|| not(inverted & STATE != 0, states(mask.into()))),
        original_source: side(0)?,
        original_destination: side(1)?,
        reply_source: side(2)?,
        reply_destination: side(3)?,
        original_source_port: port(0)?,
        original_destination_port: port(1)?,
        reply_source_port: port(2)?,
        reply_destination_port: port(3)?,
        ..Conntrack::default()
    })))
}

/// States by the kernel's bits of them.
fn states(bits: u32) -> States {
    const BITS: [(u32, u8); 7] = [
        (1, States::INVALID),
        (1 << 1, States::ESTABLISHED),
        (1 << 2, States::RELATED),
        (1 << 3, States::NEW),
        (1 << 6, States::SNAT),
        (1 << 7, States::DNAT),
        (1 << 8, States::UNTRACKED),
    ];
    States(BITS.iter().filter(|(bit, _)| bits & bit != 0).fold(0, |states, (_, state)| states | state))
}

/// Both ports of a header, and which of them are meant the other way round.
fn ports(set: &Settings<'_>, inverted: u8) -> Option<Ports> {
    let side = |at: usize, flag: u8| {
        let range = set.ports(at)?;
        Some((range != PortRange::ALL || inverted & flag != 0).then(|| not(inverted & flag != 0, range)))
    };
    Some(Ports { source: side(0, 1)?, destination: side(4, 2)? })
}

fn tcp(set: &Settings<'_>) -> Option<Match> {
    const FLAGS_NOT: u8 = 4;
    let (option, mask, flags, inverted) = (set.byte(8)?, set.byte(9)?, set.byte(10)?, set.byte(11)?);
    let is_inverted = inverted & FLAGS_NOT != 0;
    let flags = (mask != 0 || is_inverted).then(|| not(is_inverted, TcpFlags { mask, set: flags }));
    (option == 0).then_some(Match::Tcp(Tcp { ports: ports(set, inverted)?, flags, option: None }))
}

fn multiport(set: &Settings<'_>) -> Option<Match> {
    const PORTS: usize = 15;
    const PORTS_AT: usize = 2;
    const CONTINUES_AT: usize = PORTS_AT + 2 * PORTS;
    let side = match set.byte(0)? {
        0 => PortSide::Source,
        1 => PortSide::Destination,
        _ => PortSide::Either,
    };
    let n_ports = usize::from(set.byte(1)?).min(PORTS);
    let mut ports = Vec::new();
    let mut at = 0;
    while at < n_ports {
        let first = set.n16(PORTS_AT + 2 * at)?;
        let is_range = set.byte(CONTINUES_AT + at)? != 0;
        at += usize::from(is_range);
        ports.push(PortRange { first, last: set.n16(PORTS_AT + 2 * at)? });
        at += 1;
    }
    Some(Match::Multiport(Multiport { side, negated: set.byte(CONTINUES_AT + PORTS)? != 0, ports }))
}

fn icmp(set: &Settings<'_>) -> Option<Not<IcmpKind>> {
    const ANY: u8 = 0xff;
    let (kind, codes) = (set.byte(0)?, (set.byte(1)?, set.byte(2)?));
    Some(not(set.byte(3)? & 1 != 0, IcmpKind { kind: (kind != ANY).then_some(kind), codes }))
}

fn hops(set: &Settings<'_>) -> Option<HopCount> {
    let hops = set.byte(1)?;
    match set.byte(0)? {
        0 => Some(HopCount::Equal(hops)),
        1 => Some(HopCount::NotEqual(hops)),
        2 => Some(HopCount::Less(hops)),
        3 => Some(HopCount::Greater(hops)),
        _ => None,
    }
}

fn owner(set: &Settings<'_>) -> Option<Match> {
    const USER: u8 = 1;
    const GROUP: u8 = 2;
    const IDS_BYTES: usize = 4 * 4;
    let (flags, inverted) = (set.byte(IDS_BYTES)?, set.byte(IDS_BYTES + 1)?);
    let id = |at: usize, flag: u8| -> Option<Option<Not<OwnerId>>> {
        let range = OwnerId::Numbers(set.n32(at)?, set.n32(at + 4)?);
        Some((flags & flag != 0).then(|| not(inverted & flag != 0, range)))
    };
    let owner = Owner { user: id(0, USER)?, group: id(8, GROUP)?, ..Owner::default() };
    (flags & !(USER | GROUP) == 0).then_some(Match::Owner(owner))
}

fn iprange(set: &Settings<'_>, family: Family) -> Option<Match> {
    const SOURCE: u8 = 1;
    const DESTINATION: u8 = 2;
    const NOT: u8 = 4;
    let flags = set.byte(4 * ADDRESS_BYTES)?;
    let side = |at: usize, bit: u8| -> Option<Option<Not<AddressRange>>> {
        if flags & bit == 0 {
            return Some(None);
        }
        let range = AddressRange { first: set.address(at, family)?, last: set.address(at + ADDRESS_BYTES, family)? };
        Some(Some(not(flags & (bit << NOT) != 0, range)))
    };
    Some(Match::IpRange(IpRange { source: side(0, SOURCE)?, destination: side(2 * ADDRESS_BYTES, DESTINATION)? }))
}

/// The flag of `CT` that keeps a packet out of conntrack (`XT_CT_NOTRACK`).
const CT_NOTRACK: u16 = 1;

/// The model of a target.
pub fn target_of(name: &str, revision: u32, settings: &[u8], family: Family) -> Option<Target> {
    let set = Settings(settings);
    let nat = || translation(&set, name, revision, family);
    match name {
        "DNAT" => Some(Target::Dnat(nat()?)),
        "SNAT" => Some(Target::Snat(nat()?)),
        "REDIRECT" => nat().map(|Nat { ports, choice, .. }| Target::Redirect(Redirect { ports, choice })),
        "MASQUERADE" => nat().map(|Nat { ports, choice, .. }| Target::Masquerade(Masquerade { ports, choice })),
        "MARK" if revision == 2 => Some(Target::Mark(Masked { value: set.n32(0)?, mask: set.n32(4)? })),
        "CT" if set.n16(0)? & CT_NOTRACK != 0 => Some(Target::Notrack(NotrackSpelling::Ct)),
        "NOTRACK" => Some(Target::Notrack(NotrackSpelling::Notrack)),
        // How it is answered decides nothing.
        "REJECT" => Some(Target::Reject(RejectWith::PortUnreachable)),
        _ => None,
    }
}

/// `nf_nat_ipv4_multi_range_compat` of the oldest targets of IPv4, `nf_nat_range` and `nf_nat_range2` of the others.
fn translation(set: &Settings<'_>, name: &str, revision: u32, family: Family) -> Option<Nat> {
    const ADDRESSES: u32 = 1;
    const PORTS: u32 = 2;
    const RANDOM: u32 = 4;
    const PERSISTENT: u32 = 8;
    const RANDOM_FULLY: u32 = 16;
    const BASE: u32 = 32;
    let is_compat = family == Family::V4 && revision == 0;
    // The oldest form counts its ranges first, and has addresses of four bytes.
    let (start, n_bytes) = if is_compat { (4, 4) } else { (0, ADDRESS_BYTES) };
    if is_compat && set.n32(0)? != 1 || name == "DNAT" && revision > 2 {
        return None;
    }
    let flags = set.n32(start)?;
    let at = start + 4;
    let addresses = match flags & ADDRESSES {
        0 => None,
        _ => Some(AddressRange { first: set.address(at, family)?, last: set.address(at + n_bytes, family)? }),
    };
    let port = |nth: usize| set.bytes(at + 2 * n_bytes + 2 * nth).map(u16::from_be_bytes);
    let ports = match flags & PORTS {
        0 => None,
        _ => Some(PortRange { first: port(0)?, last: port(1)? }),
    };
    let port_base = if flags & BASE == 0 { None } else { Some(port(2)?) };
    let choice = Choice {
        random: flags & RANDOM != 0,
        random_fully: flags & RANDOM_FULLY != 0,
        persistent: flags & PERSISTENT != 0,
    };
    Some(Nat { addresses, ports, port_base, choice })
}

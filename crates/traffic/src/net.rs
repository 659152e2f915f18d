//! Addresses, networks, ports and protocols, as rules of both families name them.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An IP family. A rule set of iptables belongs to one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Family {
    /// IPv4, as `iptables` has it.
    #[default]
    V4,
    /// IPv6, as `ip6tables` has it.
    V6,
}

impl Family {
    /// The family of an address.
    pub fn of(address: IpAddr) -> Family {
        if address.is_ipv4() { Family::V4 } else { Family::V6 }
    }

    /// As sections of intent files and ids of raw rules name it.
    pub fn name(self) -> &'static str {
        match self {
            Family::V4 => "ipv4",
            Family::V6 => "ipv6",
        }
    }

    /// Bits of an address.
    pub fn bits(self) -> u8 {
        match self {
            Family::V4 => 32,
            Family::V6 => 128,
        }
    }

    /// The mask of a whole address.
    pub fn full_mask(self) -> u128 {
        mask_of(self, self.bits())
    }

    /// The loopback address: where a redirected local packet goes.
    pub fn loopback(self) -> IpAddr {
        match self {
            Family::V4 => IpAddr::V4(Ipv4Addr::LOCALHOST),
            Family::V6 => IpAddr::V6(Ipv6Addr::LOCALHOST),
        }
    }
}

/// The mask of the first `length` bits of an address, in the low bits of the number for IPv4.
pub fn mask_of(family: Family, length: u8) -> u128 {
    let bits = family.bits();
    let all = if bits == 128 { u128::MAX } else { (1 << bits) - 1 };
    match bits.checked_sub(length) {
        Some(rest) if rest < 128 => (all >> rest) << rest,
        Some(_) => 0,
        None => all,
    }
}

/// An address as a number; IPv4 in the low 32 bits.
pub fn number_of(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(u32::from(v4)),
        IpAddr::V6(v6) => u128::from(v6),
    }
}

/// The address of a number; of IPv4 the low 32 bits are taken.
pub fn address_of(family: Family, number: u128) -> IpAddr {
    match family {
        Family::V4 => IpAddr::V4(Ipv4Addr::from((number & 0xffff_ffff) as u32)),
        Family::V6 => IpAddr::V6(Ipv6Addr::from(number)),
    }
}

/// A network: an address and which of its bits count. iptables takes any mask, so the bits need not be the first ones.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Net {
    family: Family,
    address: u128,
    mask: u128,
}

impl Net {
    /// The network of these bits of an address; the other bits are dropped, as iptables does.
    pub fn new(address: IpAddr, mask: u128) -> Net {
        let family = Family::of(address);
        let mask = mask & family.full_mask();
        Net { family, address: number_of(address) & mask, mask }
    }

    /// The network of the first `length` bits.
    pub fn of_length(address: IpAddr, length: u8) -> Net {
        Net::new(address, mask_of(Family::of(address), length))
    }

    /// One address.
    pub fn host(address: IpAddr) -> Net {
        Net::of_length(address, Family::of(address).bits())
    }

    /// Every address of a family.
    pub fn everything(family: Family) -> Net {
        Net { family, address: 0, mask: 0 }
    }

    /// Its family.
    pub fn family(self) -> Family {
        self.family
    }

    /// Its address, host bits zero.
    pub fn address(self) -> IpAddr {
        address_of(self.family, self.address)
    }

    /// The bits that count.
    pub fn mask(self) -> u128 {
        self.mask
    }

    /// How many first bits count, where it is the first ones.
    pub fn length(self) -> Option<u8> {
        let length = self.mask.count_ones() as u8;
        (mask_of(self.family, length) == self.mask).then_some(length)
    }

    /// Whether the address is in it.
    pub fn contains(self, address: IpAddr) -> bool {
        Family::of(address) == self.family && number_of(address) & self.mask == self.address
    }

    /// Whether every address of the other is in it.
    pub fn covers(self, other: Net) -> bool {
        self.family == other.family && self.mask & other.mask == self.mask && other.address & self.mask == self.address
    }

    /// First and last address, where its bits are the first ones.
    pub fn bounds(self) -> Option<(u128, u128)> {
        self.length().map(|_| (self.address, self.address | (self.family.full_mask() & !self.mask)))
    }

    /// Reads `a`, `a/24` or `a/255.255.255.0`, and whether host bits were set that the mask drops.
    pub fn parse(text: &str) -> Option<(Net, bool)> {
        let (address, mask) = text.split_once('/').map_or((text, None), |(address, mask)| (address, Some(mask)));
        let address: IpAddr = address.parse().ok()?;
        let family = Family::of(address);
        let mask = match mask {
            None => family.full_mask(),
            Some(length) if !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit()) => {
                let length: u8 = length.parse().ok()?;
                (length <= family.bits()).then(|| mask_of(family, length))?
            }
            Some(mask) => {
                let mask: IpAddr = mask.parse().ok()?;
                (Family::of(mask) == family).then(|| number_of(mask))?
            }
        };
        let net = Net::new(address, mask);
        Some((net, number_of(address) != net.address))
    }
}

impl fmt::Display for Net {
    /// As `iptables-save` writes it: always with the mask.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(out, "{}/{length}", self.address()),
            None => write!(out, "{}/{}", self.address(), address_of(self.family, self.mask)),
        }
    }
}

/// A range of addresses of one family, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct AddressRange {
    /// The first one.
    pub first: IpAddr,
    /// The last one, not before the first.
    pub last: IpAddr,
}

impl AddressRange {
    /// Reads `a` or `a-b`.
    pub fn parse(text: &str) -> Option<AddressRange> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let range = AddressRange { first: first.parse().ok()?, last: last.parse().ok()? };
        let one_family = Family::of(range.first) == Family::of(range.last);
        (one_family && number_of(range.first) <= number_of(range.last)).then_some(range)
    }

    /// The fewest networks that hold the same addresses.
    pub fn nets(self) -> Vec<Net> {
        let family = Family::of(self.first);
        let (mut first, last) = (number_of(self.first), number_of(self.last));
        let mut nets = Vec::new();
        loop {
            // The largest network that begins here and does not end after the range.
            let mut length = family.bits();
            while length > 0 {
                let wider = Net::of_length(address_of(family, first), length - 1);
                match wider.bounds() {
                    Some((begin, end)) if begin == first && end <= last => length -= 1,
                    _ => break,
                }
            }
            let net = Net::of_length(address_of(family, first), length);
            nets.push(net);
            match net.bounds() {
                Some((_, end)) if end < last => first = end + 1,
                _ => return nets,
            }
        }
    }

    /// Whether the address is in it.
    pub fn contains(self, address: IpAddr) -> bool {
        let within = number_of(self.first)..=number_of(self.last);
        Family::of(address) == Family::of(self.first) && within.contains(&number_of(address))
    }
}

impl fmt::Display for AddressRange {
    /// `a-b`, or `a` where it is one address.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.first)?;
        if self.first == self.last { Ok(()) } else { write!(out, "-{}", self.last) }
    }
}

/// A range of ports, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PortRange {
    /// The first one.
    pub first: u16,
    /// The last one, not before the first.
    pub last: u16,
}

impl PortRange {
    /// One port.
    pub const fn one(port: u16) -> PortRange {
        PortRange { first: port, last: port }
    }

    /// Every port.
    pub const ALL: PortRange = PortRange { first: 0, last: u16::MAX };

    /// Whether the port is in it.
    pub fn contains(self, port: u16) -> bool {
        (self.first..=self.last).contains(&port)
    }

    /// Whether every port of the other is in it.
    pub fn covers(self, other: PortRange) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Its text with this between the ends, or one port.
    pub fn text(self, between: char) -> String {
        if self.first == self.last { self.first.to_string() } else { format!("{}{between}{}", self.first, self.last) }
    }
}

/// A transport protocol by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Protocol(pub u8);

/// Protocols that rules name, the usual name first; what `iptables` itself knows without a file of protocols, and a few
/// that every such file has.
const PROTOCOLS: [(&str, u8); 20] = [
    ("tcp", 6),
    ("udp", 17),
    ("icmp", 1),
    ("ipv6-icmp", 58),
    ("icmpv6", 58),
    ("icmp6", 58),
    ("sctp", 132),
    ("dccp", 33),
    ("udplite", 136),
    ("esp", 50),
    ("ah", 51),
    ("gre", 47),
    ("igmp", 2),
    ("ipencap", 4),
    ("ipv6", 41),
    ("ospf", 89),
    ("pim", 103),
    ("vrrp", 112),
    ("l2tp", 115),
    ("mobility-header", 135),
];

impl Protocol {
    /// TCP.
    pub const TCP: Protocol = Protocol(6);
    /// UDP.
    pub const UDP: Protocol = Protocol(17);
    /// ICMP.
    pub const ICMP: Protocol = Protocol(1);
    /// ICMP of IPv6.
    pub const ICMP6: Protocol = Protocol(58);
    /// SCTP.
    pub const SCTP: Protocol = Protocol(132);
    /// DCCP.
    pub const DCCP: Protocol = Protocol(33);
    /// UDP-Lite.
    pub const UDPLITE: Protocol = Protocol(136);

    /// Reads a name or a number from 1.
    pub fn parse(text: &str) -> Option<Protocol> {
        let named = || PROTOCOLS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, number)| *number);
        let number = text.parse::<u8>().ok().filter(|number| *number > 0);
        number.or_else(named).map(Protocol)
    }

    /// All names that are read.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PROTOCOLS.iter().map(|(name, _)| *name)
    }

    /// Whether its packets begin with two ports.
    pub fn has_ports(self) -> bool {
        [Protocol::TCP, Protocol::UDP, Protocol::SCTP, Protocol::DCCP, Protocol::UDPLITE].contains(&self)
    }
}

impl fmt::Display for Protocol {
    /// Its usual name, or its number.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match PROTOCOLS.iter().find(|(_, number)| *number == self.0) {
            Some((name, _)) => out.write_str(name),
            None => write!(out, "{}", self.0),
        }
    }
}

/// An address with a port where the protocol has one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Endpoint {
    /// The address.
    pub address: IpAddr,
    /// The port.
    pub port: Option<u16>,
}

impl Endpoint {
    /// Reads `a`, `a:port`, `[v6]`, `[v6]:port` or a bare IPv6 address.
    pub fn parse(text: &str) -> Option<Endpoint> {
        if let Ok(address) = text.parse() {
            return Some(Endpoint { address, port: None });
        }
        if let Some(rest) = text.strip_prefix('[') {
            let (address, rest) = rest.split_once(']')?;
            let address = IpAddr::V6(address.parse().ok()?);
            let port = if rest.is_empty() { None } else { Some(port(rest.strip_prefix(':')?)?) };
            return Some(Endpoint { address, port });
        }
        let (address, rest) = text.rsplit_once(':')?;
        Some(Endpoint { address: IpAddr::V4(address.parse().ok()?), port: Some(port(rest)?) })
    }
}

/// Reads a port as digits alone: `+80` is none.
pub fn port(text: &str) -> Option<u16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

impl fmt::Display for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.address, self.port) {
            (address, None) => write!(out, "{address}"),
            (IpAddr::V4(address), Some(port)) => write!(out, "{address}:{port}"),
            (IpAddr::V6(address), Some(port)) => write!(out, "[{address}]:{port}"),
        }
    }
}

//! Values as `nft` writes them, by their type.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::super::data::{Data, INTERFACE_BYTES};
use super::super::datatype::Datatype;

/// Numbers and their words.
pub type Words = &'static [(u32, &'static str)];

const PROTOCOLS: Words = &[
    (1, "icmp"),
    (2, "igmp"),
    (6, "tcp"),
    (17, "udp"),
    (33, "dccp"),
    (47, "gre"),
    (50, "esp"),
    (51, "ah"),
    (58, "ipv6-icmp"),
    (108, "ipcomp"),
    (132, "sctp"),
    (136, "udplite"),
];
const ICMP_TYPES: Words = &[
    (0, "echo-reply"),
    (3, "destination-unreachable"),
    (4, "source-quench"),
    (5, "redirect"),
    (8, "echo-request"),
    (9, "router-advertisement"),
    (10, "router-solicitation"),
    (11, "time-exceeded"),
    (12, "parameter-problem"),
    (13, "timestamp-request"),
    (14, "timestamp-reply"),
    (15, "info-request"),
    (16, "info-reply"),
    (17, "address-mask-request"),
    (18, "address-mask-reply"),
];
const ICMPV6_TYPES: Words = &[
    (1, "destination-unreachable"),
    (2, "packet-too-big"),
    (3, "time-exceeded"),
    (4, "parameter-problem"),
    (128, "echo-request"),
    (129, "echo-reply"),
    (130, "mld-listener-query"),
    (131, "mld-listener-report"),
    (132, "mld-listener-done"),
    (133, "nd-router-solicit"),
    (134, "nd-router-advert"),
    (135, "nd-neighbor-solicit"),
    (136, "nd-neighbor-advert"),
    (137, "nd-redirect"),
    (138, "router-renumbering"),
    (141, "ind-neighbor-solicit"),
    (142, "ind-neighbor-advert"),
    (143, "mld2-listener-report"),
];
const TCP_FLAGS: Words =
    &[(1, "fin"), (2, "syn"), (4, "rst"), (8, "psh"), (16, "ack"), (32, "urg"), (64, "ecn"), (128, "cwr")];
const CT_STATES: Words = &[(1, "invalid"), (2, "established"), (4, "related"), (8, "new"), (64, "untracked")];
const CT_STATUS: Words =
    &[(1, "expected"), (2, "seen-reply"), (4, "assured"), (8, "confirmed"), (16, "snat"), (32, "dnat"), (512, "dying")];
const CT_DIRECTIONS: Words = &[(0, "original"), (1, "reply")];
const ADDRESS_TYPES: Words = &[
    (0, "unspec"),
    (1, "unicast"),
    (2, "local"),
    (3, "broadcast"),
    (4, "anycast"),
    (5, "multicast"),
    (6, "blackhole"),
    (7, "unreachable"),
    (8, "prohibit"),
];
const PACKET_TYPES: Words = &[(0, "host"), (1, "broadcast"), (2, "multicast"), (3, "other")];
const FAMILIES: Words = &[(2, "ipv4"), (10, "ipv6")];
const ETHER_TYPES: Words = &[(0x0800, "ip"), (0x0806, "arp"), (0x86dd, "ip6"), (0x8100, "vlan")];
const BOOLEANS: Words = &[(0, "missing"), (1, "exists")];

const fn words_of(datatype: Datatype) -> Words {
    match datatype {
        Datatype::Protocol => PROTOCOLS,
        Datatype::IcmpType => ICMP_TYPES,
        Datatype::Icmpv6Type => ICMPV6_TYPES,
        Datatype::TcpFlags => TCP_FLAGS,
        Datatype::CtState => CT_STATES,
        Datatype::CtStatus => CT_STATUS,
        Datatype::CtDirection => CT_DIRECTIONS,
        Datatype::AddressType => ADDRESS_TYPES,
        Datatype::PacketType => PACKET_TYPES,
        Datatype::NfProto => FAMILIES,
        Datatype::EtherType => ETHER_TYPES,
        Datatype::Boolean => BOOLEANS,
        _ => &[],
    }
}

/// Whether values of the type are sets of bits, each with a word.
pub const fn is_bits(datatype: Datatype) -> bool {
    matches!(datatype, Datatype::CtState | Datatype::CtStatus | Datatype::TcpFlags)
}

/// Whether values of the type have words.
pub const fn has_words(datatype: Datatype) -> bool {
    !words_of(datatype).is_empty()
}

/// A value in the kernel's form as `nft` writes one of its type.
#[must_use]
pub fn render_value(datatype: Datatype, data: &Data) -> String {
    render_in_order(datatype, data, datatype.in_host_order())
}

/// A value whose bytes stand in this order, whatever its type says.
pub fn render_in_order(datatype: Datatype, data: &Data, host_order: bool) -> String {
    let bytes = data.bytes();
    match datatype {
        Datatype::Ipv4 => match bytes.first_chunk::<4>() {
            Some(octets) if bytes.len() == 4 => Ipv4Addr::from(*octets).to_string(),
            _ => hex(bytes),
        },
        Datatype::Ipv6 => match bytes.first_chunk::<16>() {
            Some(octets) => Ipv6Addr::from(*octets).to_string(),
            None => hex(bytes),
        },
        Datatype::Ether => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":"),
        Datatype::InterfaceName => interface(bytes),
        Datatype::Mark => number(bytes, host_order).map_or_else(|| hex(bytes), |mark| format!("{mark:#010x}")),
        _ => match number(bytes, host_order) {
            None => hex(bytes),
            Some(number) if matches!(datatype, Datatype::Other(0, _)) => format!("{number:#x}"),
            Some(number) if is_bits(datatype) => bits(words_of(datatype), number),
            Some(number) => word(words_of(datatype), number).unwrap_or_else(|| number.to_string()),
        },
    }
}

fn word(words: Words, number: u64) -> Option<String> {
    let found = words.iter().find(|(known, _)| u64::from(*known) == number);
    found.map(|(_, word)| (*word).to_owned())
}

/// Bits as words with commas between.
fn bits(words: Words, number: u64) -> String {
    let known: u64 = words.iter().map(|(bit, _)| u64::from(*bit)).sum();
    if number == 0 || number & !known != 0 {
        return format!("{number:#x}");
    }
    let set = words.iter().filter(|(bit, _)| number & u64::from(*bit) != 0);
    set.map(|(_, word)| *word).collect::<Vec<_>>().join(",")
}

fn interface(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let name = String::from_utf8_lossy(bytes.get(..end).unwrap_or(&[]));
    let rest = if bytes.len() < INTERFACE_BYTES && end == bytes.len() { "*" } else { "" };
    format!("\"{name}{rest}\"")
}

/// Up to eight bytes as a number.
pub fn number(bytes: &[u8], host_order: bool) -> Option<u64> {
    const BYTES: usize = size_of::<u64>();
    if bytes.len() > BYTES {
        return None;
    }
    let fold = |number: u64, byte: &u8| (number << 8) | u64::from(*byte);
    let little = host_order && cfg!(target_endian = "little");
    Some(if little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) })
}

/// Bytes as one number in base 16.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold("0x".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

/// How many ones a mask starts with, where only zeros follow.
pub fn prefix_len(mask: &Data) -> Option<usize> {
    let ones: usize = mask.bytes().iter().map(|byte| byte.count_ones() as usize).sum();
    (Data::mask(ones, mask.len()) == *mask).then_some(ones)
}

/// Milliseconds as `1d2h3m4s5ms`.
pub fn duration(ms: u64) -> String {
    const UNITS: [(u64, &str); 5] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms")];
    let mut rest = ms;
    let mut out = String::new();
    for (unit, word) in UNITS {
        if rest >= unit {
            out.push_str(&format!("{}{word}", rest / unit));
            rest %= unit;
        }
    }
    if out.is_empty() { "0s".to_owned() } else { out }
}

//! Words that options take: types of ICMP, ways to reject, levels of a log, classes of service.

use super::matches::IcmpKind;
use super::targets::RejectWith;
use crate::net::Family;

/// Types of ICMP by name: type, first code, last code. Where a type has several names the first is the usual one.
const ICMP: [(&str, u8, u8, u8); 40] = [
    ("echo-reply", 0, 0, 255),
    ("pong", 0, 0, 255),
    ("destination-unreachable", 3, 0, 255),
    ("network-unreachable", 3, 0, 0),
    ("host-unreachable", 3, 1, 1),
    ("protocol-unreachable", 3, 2, 2),
    ("port-unreachable", 3, 3, 3),
    ("fragmentation-needed", 3, 4, 4),
    ("source-route-failed", 3, 5, 5),
    ("network-unknown", 3, 6, 6),
    ("host-unknown", 3, 7, 7),
    ("network-prohibited", 3, 9, 9),
    ("host-prohibited", 3, 10, 10),
    ("TOS-network-unreachable", 3, 11, 11),
    ("TOS-host-unreachable", 3, 12, 12),
    ("communication-prohibited", 3, 13, 13),
    ("host-precedence-violation", 3, 14, 14),
    ("precedence-cutoff", 3, 15, 15),
    ("source-quench", 4, 0, 255),
    ("redirect", 5, 0, 255),
    ("network-redirect", 5, 0, 0),
    ("host-redirect", 5, 1, 1),
    ("TOS-network-redirect", 5, 2, 2),
    ("TOS-host-redirect", 5, 3, 3),
    ("echo-request", 8, 0, 255),
    ("ping", 8, 0, 255),
    ("router-advertisement", 9, 0, 255),
    ("router-solicitation", 10, 0, 255),
    ("time-exceeded", 11, 0, 255),
    ("ttl-exceeded", 11, 0, 255),
    ("ttl-zero-during-transit", 11, 0, 0),
    ("ttl-zero-during-reassembly", 11, 1, 1),
    ("parameter-problem", 12, 0, 255),
    ("ip-header-bad", 12, 0, 0),
    ("required-option-missing", 12, 1, 1),
    ("timestamp-request", 13, 0, 255),
    ("timestamp-reply", 14, 0, 255),
    ("address-mask-request", 17, 0, 255),
    ("address-mask-reply", 18, 0, 255),
    ("information-request", 15, 0, 255),
];

/// The same of IPv6.
const ICMP6: [(&str, u8, u8, u8); 32] = [
    ("destination-unreachable", 1, 0, 255),
    ("no-route", 1, 0, 0),
    ("communication-prohibited", 1, 1, 1),
    ("beyond-scope", 1, 2, 2),
    ("address-unreachable", 1, 3, 3),
    ("port-unreachable", 1, 4, 4),
    ("failed-policy", 1, 5, 5),
    ("reject-route", 1, 6, 6),
    ("packet-too-big", 2, 0, 255),
    ("time-exceeded", 3, 0, 255),
    ("ttl-exceeded", 3, 0, 255),
    ("ttl-zero-during-transit", 3, 0, 0),
    ("ttl-zero-during-reassembly", 3, 1, 1),
    ("parameter-problem", 4, 0, 255),
    ("bad-header", 4, 0, 0),
    ("unknown-header-type", 4, 1, 1),
    ("unknown-option", 4, 2, 2),
    ("echo-request", 128, 0, 255),
    ("ping", 128, 0, 255),
    ("echo-reply", 129, 0, 255),
    ("pong", 129, 0, 255),
    ("mld-listener-query", 130, 0, 255),
    ("mld-listener-report", 131, 0, 255),
    ("mld-listener-done", 132, 0, 255),
    ("mld-listener-reduction", 132, 0, 255),
    ("router-solicitation", 133, 0, 255),
    ("router-advertisement", 134, 0, 255),
    ("neighbour-solicitation", 135, 0, 255),
    ("neighbor-solicitation", 135, 0, 255),
    ("neighbour-advertisement", 136, 0, 255),
    ("neighbor-advertisement", 136, 0, 255),
    ("redirect", 137, 0, 255),
];

fn icmp_table(family: Family) -> &'static [(&'static str, u8, u8, u8)] {
    match family {
        Family::V4 => &ICMP,
        Family::V6 => &ICMP6,
    }
}

/// Reads a name, `any`, `T` or `T/C`.
pub fn icmp_kind(family: Family, text: &str) -> Option<IcmpKind> {
    if text.eq_ignore_ascii_case("any") && family == Family::V4 {
        return Some(IcmpKind { kind: None, codes: (0, 255) });
    }
    let (kind, code) = text.split_once('/').map_or((text, None), |(kind, code)| (kind, Some(code)));
    if let Ok(kind) = kind.parse::<u8>() {
        let codes = match code {
            None => (0, 255),
            Some(code) => code.parse().ok().map(|code| (code, code))?,
        };
        // 255 is how iptables itself spells `any`.
        return Some(IcmpKind { kind: (kind != 255 || family == Family::V6).then_some(kind), codes });
    }
    let named = icmp_table(family).iter().find(|(name, ..)| name.eq_ignore_ascii_case(text));
    named.map(|(_, kind, first, last)| IcmpKind { kind: Some(*kind), codes: (*first, *last) })
}

/// All names of a family's types.
pub fn icmp_names(family: Family) -> impl Iterator<Item = &'static str> {
    icmp_table(family).iter().map(|(name, ..)| *name)
}

/// Whether packets of this type have code 0 alone, so that a packet told by its type is told whole.
pub fn has_one_code(family: Family, kind: u8) -> bool {
    match family {
        Family::V4 => !matches!(kind, 3 | 5 | 11 | 12),
        Family::V6 => kind >= 128 || kind == 2,
    }
}

/// Ways to reject with their names, the one that `iptables-save` writes first.
const REJECTS: [(RejectWith, &[&str]); 14] = [
    (RejectWith::NetUnreachable, &["icmp-net-unreachable", "net-unreach"]),
    (RejectWith::HostUnreachable, &["icmp-host-unreachable", "host-unreach"]),
    (RejectWith::ProtoUnreachable, &["icmp-proto-unreachable", "proto-unreach"]),
    (RejectWith::PortUnreachable, &["icmp-port-unreachable", "port-unreach"]),
    (RejectWith::NetProhibited, &["icmp-net-prohibited", "net-prohib"]),
    (RejectWith::HostProhibited, &["icmp-host-prohibited", "host-prohib"]),
    (RejectWith::AdminProhibited, &["icmp-admin-prohibited", "admin-prohib"]),
    (RejectWith::TcpReset, &["tcp-reset", "tcp-rst"]),
    (RejectWith::NoRoute6, &["icmp6-no-route", "no-route"]),
    (RejectWith::AdminProhibited6, &["icmp6-adm-prohibited", "adm-prohibited"]),
    (RejectWith::AddressUnreachable6, &["icmp6-addr-unreachable", "addr-unreach"]),
    (RejectWith::PortUnreachable6, &["icmp6-port-unreachable", "port-unreach"]),
    (RejectWith::PolicyFail6, &["icmp6-policy-fail", "policy-fail"]),
    (RejectWith::RejectRoute6, &["icmp6-reject-route", "reject-route"]),
];

impl RejectWith {
    /// What is answered where nothing is said.
    pub fn default_of(family: Family) -> RejectWith {
        match family {
            Family::V4 => RejectWith::PortUnreachable,
            Family::V6 => RejectWith::PortUnreachable6,
        }
    }

    /// Whether a family has it.
    pub fn is_of(self, family: Family) -> bool {
        let place = REJECTS.iter().position(|(with, _)| *with == self).unwrap_or_default();
        self == RejectWith::TcpReset || (place > 7) == (family == Family::V6)
    }

    /// The way of a name, by the family that has it.
    pub fn parse(family: Family, name: &str) -> Option<RejectWith> {
        let of_family = REJECTS.iter().filter(|(with, _)| with.is_of(family));
        of_family.into_iter().find(|(_, names)| names.contains(&name)).map(|(with, _)| *with)
    }

    /// As `iptables-save` writes it.
    pub fn name(self) -> &'static str {
        let names = REJECTS.iter().find(|(with, _)| *with == self).map(|(_, names)| *names);
        names.and_then(|names| names.first().copied()).unwrap_or_default()
    }

    /// All names of a family.
    pub fn names(family: Family) -> impl Iterator<Item = &'static str> {
        REJECTS.iter().filter(move |(with, _)| with.is_of(family)).filter_map(|(_, names)| names.first().copied())
    }
}

/// Levels of a log by syslog's names; the place is the number.
pub const LOG_LEVELS: [&str; 8] = ["emerg", "alert", "crit", "error", "warning", "notice", "info", "debug"];

/// The level of a number or name, or of the other spellings that syslog has.
pub fn log_level(text: &str) -> Option<u8> {
    let lower = text.to_ascii_lowercase();
    let usual = match lower.as_str() {
        "panic" => "emerg",
        "err" => "error",
        "warn" => "warning",
        other => other,
    };
    let named = LOG_LEVELS.iter().position(|name| *name == usual).map(|nth| nth as u8);
    named.or_else(|| text.parse().ok().filter(|level| *level < 8))
}

/// Classes of DSCP.
const DSCP: [(&str, u8); 23] = [
    ("CS0", 0x00),
    ("CS1", 0x08),
    ("CS2", 0x10),
    ("CS3", 0x18),
    ("CS4", 0x20),
    ("CS5", 0x28),
    ("CS6", 0x30),
    ("CS7", 0x38),
    ("BE", 0x00),
    ("AF11", 0x0a),
    ("AF12", 0x0c),
    ("AF13", 0x0e),
    ("AF21", 0x12),
    ("AF22", 0x14),
    ("AF23", 0x16),
    ("AF31", 0x1a),
    ("AF32", 0x1c),
    ("AF33", 0x1e),
    ("AF41", 0x22),
    ("AF42", 0x24),
    ("AF43", 0x26),
    ("EF", 0x2e),
    ("LE", 0x01),
];

/// The value of a class.
pub fn dscp_class(name: &str) -> Option<u8> {
    DSCP.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

/// The value of a name for the old type-of-service bits.
pub fn tos_name(name: &str) -> Option<u8> {
    let named = [
        ("Minimize-Delay", 0x10),
        ("Maximize-Throughput", 0x08),
        ("Maximize-Reliability", 0x04),
        ("Minimize-Cost", 0x02),
        ("Normal-Service", 0x00),
    ];
    named.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Extensions that are kept word for word: what they ask is outside the packet.
pub const OPAQUE_MATCHES: [&str; 46] = [
    "recent",
    "hashlimit",
    "connlimit",
    "time",
    "set",
    "string",
    "policy",
    "rpfilter",
    "physdev",
    "socket",
    "helper",
    "connbytes",
    "u32",
    "bpf",
    "cgroup",
    "cluster",
    "cpu",
    "connlabel",
    "devgroup",
    "ecn",
    "esp",
    "ah",
    "frag",
    "hbh",
    "dst",
    "rt",
    "ipv6header",
    "mh",
    "srh",
    "nfacct",
    "osf",
    "quota",
    "quota2",
    "rateest",
    "realm",
    "tcpmss",
    "ipcomp",
    "l2tp",
    "ipvs",
    "geoip",
    "condition",
    "unclean",
    "psd",
    "layer7",
    "account",
    "eui64",
];

/// Extensions that have a model here.
pub const MATCHES: [&str; 26] = [
    "tcp",
    "udp",
    "sctp",
    "dccp",
    "icmp",
    "icmp6",
    "icmpv6",
    "multiport",
    "state",
    "conntrack",
    "mac",
    "limit",
    "comment",
    "addrtype",
    "iprange",
    "owner",
    "mark",
    "connmark",
    "pkttype",
    "ttl",
    "hl",
    "length",
    "dscp",
    "tos",
    "statistic",
    "ipv6-icmp",
];

/// Targets that are kept word for word, and whether the packet goes on after them.
pub const OPAQUE_TARGETS: [(&str, bool); 26] = [
    ("NFQUEUE", false),
    ("QUEUE", false),
    ("TPROXY", false),
    ("SYNPROXY", false),
    ("CLUSTERIP", false),
    ("TARPIT", false),
    ("DELUDE", false),
    ("CHAOS", false),
    ("TEE", true),
    ("SET", true),
    ("CLASSIFY", true),
    ("SECMARK", true),
    ("CONNSECMARK", true),
    ("AUDIT", true),
    ("CT", true),
    ("HMARK", true),
    ("IDLETIMER", true),
    ("LED", true),
    ("RATEEST", true),
    ("TCPOPTSTRIP", true),
    ("ECN", true),
    ("ULOG", true),
    ("DNPT", true),
    ("SNPT", true),
    ("ACCOUNT", true),
    ("SYSRQ", true),
];

/// Whether a packet goes on after a target that is kept word for word.
pub fn passes_on(name: &str) -> bool {
    OPAQUE_TARGETS.iter().any(|(known, passes)| *known == name && *passes)
}

/// Targets that have a model here.
pub const TARGETS: [&str; 24] = [
    "ACCEPT",
    "DROP",
    "RETURN",
    "REJECT",
    "LOG",
    "NFLOG",
    "REDIRECT",
    "DNAT",
    "SNAT",
    "MASQUERADE",
    "NETMAP",
    "MARK",
    "CONNMARK",
    "NOTRACK",
    "CT",
    "TTL",
    "HL",
    "TCPMSS",
    "DSCP",
    "TOS",
    "CHECKSUM",
    "TRACE",
    "SAME",
    "MIRROR",
];

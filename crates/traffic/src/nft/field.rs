//! Fields: what a condition asks about, by the name it has in `nft` syntax, and how it is loaded.

use super::datatype::Datatype;
use super::expr::{Expr, FibOf, Register};
use super::keys::{Base, CtKey, Direction, FibResult, MetaKey, SocketKey};

/// IPv4, as `meta nfproto` says it.
pub const NFPROTO_IPV4: u8 = 2;
/// IPv6, as `meta nfproto` says it.
pub const NFPROTO_IPV6: u8 = 10;
/// Numbers of protocols that fields belong to.
pub mod protocol {
    /// ICMP.
    pub const ICMP: u8 = 1;
    /// TCP.
    pub const TCP: u8 = 6;
    /// UDP.
    pub const UDP: u8 = 17;
    /// ICMPv6.
    pub const ICMPV6: u8 = 58;
    /// SCTP.
    pub const SCTP: u8 = 132;
}

/// What must be known of a packet before a field means anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// Its family.
    Family(u8),
    /// Its protocol.
    Protocol(u8),
    /// That it came in a frame of Ethernet.
    Ethernet,
}

/// How a field comes into a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    /// From the packet: base, offset and length in bytes.
    Payload(Base, u32, u32),
    /// From beside it.
    Meta(MetaKey),
    /// From conntrack.
    Ct(CtKey, Option<Direction>),
    /// From the routing table.
    Fib(FibResult, FibOf),
    /// From the local socket.
    Socket(SocketKey),
}

/// A field of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in `nft` syntax.
    pub text: &'static str,
    /// What must be known before.
    pub need: Need,
    /// Where it comes from.
    pub load: Load,
    /// What it is.
    pub datatype: Datatype,
}

const fn network(text: &'static str, family: u8, offset: u32, len: u32, datatype: Datatype) -> Field {
    Field { text, need: Need::Family(family), load: Load::Payload(Base::Network, offset, len), datatype }
}

const fn transport(text: &'static str, proto: u8, offset: u32, len: u32, datatype: Datatype) -> Field {
    Field { text, need: Need::Protocol(proto), load: Load::Payload(Base::Transport, offset, len), datatype }
}

const fn meta(text: &'static str, key: MetaKey, datatype: Datatype) -> Field {
    Field { text, need: Need::Nothing, load: Load::Meta(key), datatype }
}

const fn ct(text: &'static str, key: CtKey, direction: Option<Direction>, datatype: Datatype) -> Field {
    Field { text, need: Need::Nothing, load: Load::Ct(key, direction), datatype }
}

const ORIGINAL: Option<Direction> = Some(Direction::Original);
const REPLY: Option<Direction> = Some(Direction::Reply);
const NOTHING: FibOf = FibOf { saddr: false, daddr: false, mark: false, iif: false, oif: false, present: false };

/// Declares fields as constants and as a table.
macro_rules! fields {
    ($($name:ident = $field:expr;)*) => {
        impl Field {
            $(#[doc = concat!("`", stringify!($name), "`, lower case with a space in `nft` syntax.")]
            pub const $name: Field = $field;)*
            /// Every field that has a name.
            pub const ALL: &'static [Field] = &[$(Field::$name,)*];
        }
    };
}

fields! {
    IP_SADDR = network("ip saddr", NFPROTO_IPV4, 12, 4, Datatype::Ipv4);
    IP_DADDR = network("ip daddr", NFPROTO_IPV4, 16, 4, Datatype::Ipv4);
    IP_TOS = network("ip tos", NFPROTO_IPV4, 1, 1, Datatype::Integer(1));
    IP_LENGTH = network("ip length", NFPROTO_IPV4, 2, 2, Datatype::Integer(2));
    IP_ID = network("ip id", NFPROTO_IPV4, 4, 2, Datatype::Integer(2));
    IP_FRAG_OFF = network("ip frag-off", NFPROTO_IPV4, 6, 2, Datatype::Integer(2));
    IP_TTL = network("ip ttl", NFPROTO_IPV4, 8, 1, Datatype::Integer(1));
    IP_PROTOCOL = network("ip protocol", NFPROTO_IPV4, 9, 1, Datatype::Protocol);
    IP6_SADDR = network("ip6 saddr", NFPROTO_IPV6, 8, 16, Datatype::Ipv6);
    IP6_DADDR = network("ip6 daddr", NFPROTO_IPV6, 24, 16, Datatype::Ipv6);
    IP6_LENGTH = network("ip6 length", NFPROTO_IPV6, 4, 2, Datatype::Integer(2));
    IP6_NEXTHDR = network("ip6 nexthdr", NFPROTO_IPV6, 6, 1, Datatype::Protocol);
    IP6_HOPLIMIT = network("ip6 hoplimit", NFPROTO_IPV6, 7, 1, Datatype::Integer(1));
    TCP_SPORT = transport("tcp sport", protocol::TCP, 0, 2, Datatype::Port);
    TCP_DPORT = transport("tcp dport", protocol::TCP, 2, 2, Datatype::Port);
    TCP_FLAGS = transport("tcp flags", protocol::TCP, 13, 1, Datatype::TcpFlags);
    UDP_SPORT = transport("udp sport", protocol::UDP, 0, 2, Datatype::Port);
    UDP_DPORT = transport("udp dport", protocol::UDP, 2, 2, Datatype::Port);
    SCTP_SPORT = transport("sctp sport", protocol::SCTP, 0, 2, Datatype::Port);
    SCTP_DPORT = transport("sctp dport", protocol::SCTP, 2, 2, Datatype::Port);
    ICMP_TYPE = transport("icmp type", protocol::ICMP, 0, 1, Datatype::IcmpType);
    ICMP_CODE = transport("icmp code", protocol::ICMP, 1, 1, Datatype::IcmpCode);
    ICMPV6_TYPE = transport("icmpv6 type", protocol::ICMPV6, 0, 1, Datatype::Icmpv6Type);
    ICMPV6_CODE = transport("icmpv6 code", protocol::ICMPV6, 1, 1, Datatype::Icmpv6Code);
    TH_SPORT = Field { need: Need::Nothing, ..transport("th sport", 0, 0, 2, Datatype::Port) };
    TH_DPORT = Field { need: Need::Nothing, ..transport("th dport", 0, 2, 2, Datatype::Port) };
    ETHER_DADDR = Field {
        text: "ether daddr",
        need: Need::Ethernet,
        load: Load::Payload(Base::Link, 0, 6),
        datatype: Datatype::Ether,
    };
    ETHER_SADDR = Field {
        text: "ether saddr",
        need: Need::Ethernet,
        load: Load::Payload(Base::Link, 6, 6),
        datatype: Datatype::Ether,
    };
    META_LENGTH = meta("meta length", MetaKey::Length, Datatype::Integer(4));
    META_PROTOCOL = meta("meta protocol", MetaKey::Protocol, Datatype::EtherType);
    META_NFPROTO = meta("meta nfproto", MetaKey::Nfproto, Datatype::NfProto);
    META_L4PROTO = meta("meta l4proto", MetaKey::L4proto, Datatype::Protocol);
    META_PRIORITY = meta("meta priority", MetaKey::Priority, Datatype::Other(23, 4));
    META_MARK = meta("meta mark", MetaKey::Mark, Datatype::Mark);
    META_IIFTYPE = meta("meta iiftype", MetaKey::Iiftype, Datatype::Other(21, 2));
    META_OIFTYPE = meta("meta oiftype", MetaKey::Oiftype, Datatype::Other(21, 2));
    META_IIF = meta("iif", MetaKey::Iif, Datatype::Interface);
    META_OIF = meta("oif", MetaKey::Oif, Datatype::Interface);
    META_IIFNAME = meta("iifname", MetaKey::Iifname, Datatype::InterfaceName);
    META_OIFNAME = meta("oifname", MetaKey::Oifname, Datatype::InterfaceName);
    META_SKUID = meta("meta skuid", MetaKey::Skuid, Datatype::User);
    META_SKGID = meta("meta skgid", MetaKey::Skgid, Datatype::Group);
    META_PKTTYPE = meta("meta pkttype", MetaKey::Pkttype, Datatype::PacketType);
    META_CPU = meta("meta cpu", MetaKey::Cpu, Datatype::Integer(4));
    META_CGROUP = meta("meta cgroup", MetaKey::Cgroup, Datatype::Integer(4));
    META_RTCLASSID = meta("meta rtclassid", MetaKey::Rtclassid, Datatype::Realm);
    META_RANDOM = meta("meta random", MetaKey::Random, Datatype::Integer(4));
    META_IPSEC = meta("meta ipsec", MetaKey::Secpath, Datatype::Boolean);
    META_TIME = meta("meta time", MetaKey::Time, Datatype::Integer(8));
    META_DAY = meta("meta day", MetaKey::Day, Datatype::Day);
    META_HOUR = meta("meta hour", MetaKey::Hour, Datatype::Hour);
    CT_STATE = ct("ct state", CtKey::State, None, Datatype::CtState);
    CT_DIRECTION = ct("ct direction", CtKey::Direction, None, Datatype::CtDirection);
    CT_STATUS = ct("ct status", CtKey::Status, None, Datatype::CtStatus);
    CT_MARK = ct("ct mark", CtKey::Mark, None, Datatype::Mark);
    CT_EXPIRATION = ct("ct expiration", CtKey::Expiration, None, Datatype::Other(18, 4));
    CT_BYTES = ct("ct bytes", CtKey::Bytes, None, Datatype::Integer(8));
    CT_PACKETS = ct("ct packets", CtKey::Packets, None, Datatype::Integer(8));
    CT_ZONE = ct("ct zone", CtKey::Zone, None, Datatype::Integer(2));
    CT_PROTOCOL = ct("ct protocol", CtKey::Protocol, None, Datatype::Protocol);
    CT_ORIGINAL_PROTO_SRC = ct("ct original proto-src", CtKey::ProtoSrc, ORIGINAL, Datatype::Port);
    CT_ORIGINAL_PROTO_DST = ct("ct original proto-dst", CtKey::ProtoDst, ORIGINAL, Datatype::Port);
    CT_REPLY_PROTO_SRC = ct("ct reply proto-src", CtKey::ProtoSrc, REPLY, Datatype::Port);
    CT_REPLY_PROTO_DST = ct("ct reply proto-dst", CtKey::ProtoDst, REPLY, Datatype::Port);
    CT_ORIGINAL_IP_SADDR = ct("ct original ip saddr", CtKey::SrcIp, ORIGINAL, Datatype::Ipv4);
    CT_ORIGINAL_IP_DADDR = ct("ct original ip daddr", CtKey::DstIp, ORIGINAL, Datatype::Ipv4);
    CT_REPLY_IP_SADDR = ct("ct reply ip saddr", CtKey::SrcIp, REPLY, Datatype::Ipv4);
    CT_REPLY_IP_DADDR = ct("ct reply ip daddr", CtKey::DstIp, REPLY, Datatype::Ipv4);
    CT_ORIGINAL_IP6_SADDR = ct("ct original ip6 saddr", CtKey::SrcIp6, ORIGINAL, Datatype::Ipv6);
    CT_ORIGINAL_IP6_DADDR = ct("ct original ip6 daddr", CtKey::DstIp6, ORIGINAL, Datatype::Ipv6);
    CT_REPLY_IP6_SADDR = ct("ct reply ip6 saddr", CtKey::SrcIp6, REPLY, Datatype::Ipv6);
    CT_REPLY_IP6_DADDR = ct("ct reply ip6 daddr", CtKey::DstIp6, REPLY, Datatype::Ipv6);
    FIB_SADDR_TYPE = Field {
        text: "fib saddr type",
        need: Need::Nothing,
        load: Load::Fib(FibResult::Type, FibOf { saddr: true, ..NOTHING }),
        datatype: Datatype::AddressType,
    };
    FIB_DADDR_TYPE = Field {
        text: "fib daddr type",
        need: Need::Nothing,
        load: Load::Fib(FibResult::Type, FibOf { daddr: true, ..NOTHING }),
        datatype: Datatype::AddressType,
    };
    FIB_SADDR_IIF_OIF = Field {
        text: "fib saddr . iif oif",
        need: Need::Nothing,
        load: Load::Fib(FibResult::Oif, FibOf { saddr: true, iif: true, present: true, ..NOTHING }),
        datatype: Datatype::Boolean,
    };
    SOCKET_TRANSPARENT = Field {
        text: "socket transparent",
        need: Need::Nothing,
        load: Load::Socket(SocketKey::Transparent),
        datatype: Datatype::Integer(1),
    };
    SOCKET_WILDCARD = Field {
        text: "socket wildcard",
        need: Need::Nothing,
        load: Load::Socket(SocketKey::Wildcard),
        datatype: Datatype::Integer(1),
    };
    SOCKET_MARK = Field {
        text: "socket mark",
        need: Need::Nothing,
        load: Load::Socket(SocketKey::Mark),
        datatype: Datatype::Mark,
    };
}

impl Field {
    /// The expression that loads it.
    #[must_use]
    pub fn into_register(self, into: Register) -> Expr {
        match self.load {
            Load::Payload(base, offset, len) => Expr::Payload { into, base, offset, len },
            Load::Meta(key) => Expr::Meta { into, key },
            Load::Ct(key, direction) => Expr::Ct { into, key, direction },
            Load::Fib(result, of) => Expr::Fib { into, result, of },
            Load::Socket(key) => Expr::Socket { into, key, level: None },
        }
    }

    /// Whether its bytes are in the host's order: numbers that the kernel made are, numbers of packets are not.
    #[must_use]
    pub fn in_host_order(self) -> bool {
        let number = matches!(self.datatype, Datatype::Integer(_) | Datatype::Other(..));
        self.datatype.in_host_order() || (number && !matches!(self.load, Load::Payload(..)))
    }

    /// Bytes of its value.
    #[must_use]
    pub fn n_bytes(self) -> usize {
        self.datatype.n_bytes()
    }
}

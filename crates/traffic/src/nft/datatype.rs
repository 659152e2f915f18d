//! Types of what sets hold and fields give: how long, in which order, how written.
//!
//! The kernel keeps a type's number without understanding it; `nft` reads it to show elements.

use super::data::INTERFACE_BYTES;

/// A type of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Datatype {
    /// Address family of the network layer, as `meta nfproto` gives it.
    NfProto,
    /// IPv4 address.
    Ipv4,
    /// IPv6 address.
    Ipv6,
    /// Hardware address.
    Ether,
    /// Protocol of a frame.
    EtherType,
    /// Protocol of a packet.
    Protocol,
    /// TCP or UDP port.
    Port,
    /// Type of ICMP.
    IcmpType,
    /// Flags of TCP.
    TcpFlags,
    /// Mark of a packet.
    Mark,
    /// Interface by its index.
    Interface,
    /// Realm of a route.
    Realm,
    /// User.
    User,
    /// Group.
    Group,
    /// State of a connection.
    CtState,
    /// Half of a connection.
    CtDirection,
    /// Status of a connection.
    CtStatus,
    /// Type of ICMPv6.
    Icmpv6Type,
    /// To whom a frame was sent.
    PacketType,
    /// Code of ICMP.
    IcmpCode,
    /// Code of ICMPv6.
    Icmpv6Code,
    /// Class of service.
    Dscp,
    /// Type of an address, as the routing table sees it.
    AddressType,
    /// Yes or no.
    Boolean,
    /// Interface by its name.
    InterfaceName,
    /// Second of a day.
    Hour,
    /// Day of a week.
    Day,
    /// A number of so many bytes, in network order.
    Integer(u8),
    /// One that is not modelled: `nft`'s number of it and its bytes.
    Other(u8, u8),
}

/// Types that have a number and a length of their own: number, bytes, word.
const TABLE: [(Datatype, u8, u8, &str); 27] = [
    (Datatype::NfProto, 2, 1, "nf_proto"),
    (Datatype::Ipv4, 7, 4, "ipv4_addr"),
    (Datatype::Ipv6, 8, 16, "ipv6_addr"),
    (Datatype::Ether, 9, 6, "ether_addr"),
    (Datatype::EtherType, 10, 2, "ether_type"),
    (Datatype::Protocol, 12, 1, "inet_proto"),
    (Datatype::Port, 13, 2, "inet_service"),
    (Datatype::IcmpType, 14, 1, "icmp_type"),
    (Datatype::TcpFlags, 15, 1, "tcp_flag"),
    (Datatype::Mark, 19, 4, "mark"),
    (Datatype::Interface, 20, 4, "iface_index"),
    (Datatype::Realm, 22, 4, "realm"),
    (Datatype::User, 24, 4, "uid"),
    (Datatype::Group, 25, 4, "gid"),
    (Datatype::CtState, 26, 4, "ct_state"),
    (Datatype::CtDirection, 27, 1, "ct_dir"),
    (Datatype::CtStatus, 28, 4, "ct_status"),
    (Datatype::Icmpv6Type, 29, 1, "icmpv6_type"),
    (Datatype::PacketType, 31, 1, "pkt_type"),
    (Datatype::IcmpCode, 32, 1, "icmp_code"),
    (Datatype::Icmpv6Code, 33, 1, "icmpv6_code"),
    (Datatype::Dscp, 36, 1, "dscp"),
    (Datatype::AddressType, 38, 4, "fib_addrtype"),
    (Datatype::Boolean, 39, 1, "boolean"),
    (Datatype::InterfaceName, 41, INTERFACE_BYTES as u8, "ifname"),
    (Datatype::Hour, 44, 4, "hour"),
    (Datatype::Day, 45, 1, "day"),
];
/// `nft`'s number of a plain integer.
const INTEGER: u8 = 4;

impl Datatype {
    /// `nft`'s number of it.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Datatype::Integer(_) => INTEGER,
            Datatype::Other(number, _) => number,
            known => TABLE.iter().find(|row| row.0 == known).map_or(0, |row| row.1),
        }
    }

    /// The type of a number and of so many bytes.
    #[must_use]
    pub fn from_number(number: u8, n_bytes: u8) -> Datatype {
        let known = TABLE.iter().find(|row| row.1 == number && row.2 == n_bytes);
        match known {
            Some(row) => row.0,
            None if number == INTEGER => Datatype::Integer(n_bytes),
            None => Datatype::Other(number, n_bytes),
        }
    }

    /// Bytes that a type of this number has, where that does not differ from use to use.
    #[must_use]
    pub fn bytes_of_number(number: u8) -> Option<u8> {
        TABLE.iter().find(|row| row.1 == number).map(|row| row.2)
    }

    /// Bytes of a value.
    #[must_use]
    pub fn n_bytes(self) -> usize {
        match self {
            Datatype::Integer(n_bytes) | Datatype::Other(_, n_bytes) => usize::from(n_bytes),
            known => TABLE.iter().find(|row| row.0 == known).map_or(0, |row| usize::from(row.2)),
        }
    }

    /// Its word in `nft` syntax.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Datatype::Integer(_) => "integer",
            Datatype::Other(..) => "unknown",
            known => TABLE.iter().find(|row| row.0 == known).map_or("unknown", |row| row.3),
        }
    }

    /// Whether its bytes are in the host's order rather than the network's.
    #[must_use]
    pub fn in_host_order(self) -> bool {
        matches!(
            self,
            Datatype::Mark
                | Datatype::Interface
                | Datatype::Realm
                | Datatype::User
                | Datatype::Group
                | Datatype::CtState
                | Datatype::CtStatus
                | Datatype::AddressType
                | Datatype::Hour
        )
    }
}

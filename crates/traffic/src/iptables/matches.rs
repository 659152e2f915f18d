//! Matches: what extensions ask of a packet. Each is what its options say; how they are spelt stands in `read` and
//! `print`.

use super::model::Not;
use crate::net::{AddressRange, Net, PortRange};

/// One `-m` with its options.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Match {
    Tcp(Tcp),
    Udp(Ports),
    Sctp(Sctp),
    Dccp(Ports),
    Icmp(Option<Not<IcmpKind>>),
    Icmp6(Option<Not<IcmpKind>>),
    Multiport(Multiport),
    State(Not<States>),
    Conntrack(Box<Conntrack>),
    Mac(Not<[u8; 6]>),
    Limit(Limit),
    Comment(String),
    AddrType(AddrType),
    IpRange(IpRange),
    Owner(Owner),
    Mark(Not<Masked>),
    Connmark(Not<Masked>),
    PktType(Not<PacketType>),
    Ttl(HopCount),
    HopLimit(HopCount),
    /// Bytes of the packet, its IP header included.
    Length(Not<LengthRange>),
    Dscp(Not<u8>),
    Tos(Not<TosMasked>),
    Statistic(Statistic),
    /// What has no model here, kept word for word; its answer is never known.
    Opaque(Opaque),
}

impl Match {
    /// The name after `-m`.
    pub fn name(&self) -> &str {
        match self {
            Match::Tcp(_) => "tcp",
            Match::Udp(_) => "udp",
            Match::Sctp(_) => "sctp",
            Match::Dccp(_) => "dccp",
            Match::Icmp(_) => "icmp",
            Match::Icmp6(_) => "icmp6",
            Match::Multiport(_) => "multiport",
            Match::State(_) => "state",
            Match::Conntrack(_) => "conntrack",
            Match::Mac(_) => "mac",
            Match::Limit(_) => "limit",
            Match::Comment(_) => "comment",
            Match::AddrType(_) => "addrtype",
            Match::IpRange(_) => "iprange",
            Match::Owner(_) => "owner",
            Match::Mark(_) => "mark",
            Match::Connmark(_) => "connmark",
            Match::PktType(_) => "pkttype",
            Match::Ttl(_) => "ttl",
            Match::HopLimit(_) => "hl",
            Match::Length(_) => "length",
            Match::Dscp(_) => "dscp",
            Match::Tos(_) => "tos",
            Match::Statistic(_) => "statistic",
            Match::Opaque(opaque) => &opaque.name,
        }
    }
}

/// `--sport`, `--dport`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ports {
    /// Of the sender.
    pub source: Option<Not<PortRange>>,
    /// Of the receiver.
    pub destination: Option<Not<PortRange>>,
}

/// Ports, flags and an option of TCP.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tcp {
    /// Both ports.
    pub ports: Ports,
    /// `--tcp-flags` and `--syn`.
    pub flags: Option<Not<TcpFlags>>,
    /// `--tcp-option`.
    pub option: Option<Not<u8>>,
}

/// Which flags are looked at, and which of those are set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TcpFlags {
    /// Looked at.
    pub mask: u8,
    /// Set.
    pub set: u8,
}

impl TcpFlags {
    /// Names in the order of the bits, from the lowest.
    pub const NAMES: [&str; 6] = ["FIN", "SYN", "RST", "PSH", "ACK", "URG"];
    /// Every flag that has a name.
    pub const ALL: u8 = 0x3f;
    /// `--syn`: SYN alone of SYN, RST, ACK and FIN.
    pub const SYN: TcpFlags = TcpFlags { mask: 0x17, set: 0x02 };

    /// The flags of a list of names, `ALL` or `NONE`; in any case of letters.
    pub fn parse(text: &str) -> Option<u8> {
        text.split(',').try_fold(0, |flags, name| {
            let upper = name.trim().to_ascii_uppercase();
            let bit = match upper.as_str() {
                "ALL" => Some(TcpFlags::ALL),
                "NONE" => Some(0),
                _ => TcpFlags::NAMES.iter().position(|known| *known == upper).map(|nth| 1 << nth),
            };
            bit.map(|bit| flags | bit)
        })
    }
}

/// Ports and chunks of SCTP.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sctp {
    /// Both ports.
    pub ports: Ports,
    /// `--chunk-types`, as written: which of them, and the types.
    pub chunks: Option<Not<(String, String)>>,
}

/// A type of ICMP with the codes of it that are meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct IcmpKind {
    /// The type; none is any.
    pub kind: Option<u8>,
    /// First and last code.
    pub codes: (u8, u8),
}

/// `-m multiport`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Multiport {
    /// Whose ports.
    pub side: PortSide,
    /// Whether `!` stands before them.
    pub negated: bool,
    /// At most 15 ports, a range counting two.
    pub ports: Vec<PortRange>,
}

/// Whose port a multiport asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PortSide {
    /// `--sports`.
    Source,
    /// `--dports`.
    #[default]
    Destination,
    /// `--ports`: either.
    Either,
}

/// Conntrack states as a set of bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct States(pub u8);

impl States {
    /// Names in the order they are printed; each is the bit of its place.
    pub const NAMES: [&str; 7] = ["INVALID", "NEW", "RELATED", "ESTABLISHED", "UNTRACKED", "SNAT", "DNAT"];
    /// Nothing that conntrack could make sense of.
    pub const INVALID: u8 = 1;
    /// First of a connection.
    pub const NEW: u8 = 2;
    /// Of a connection that belongs to another.
    pub const RELATED: u8 = 4;
    /// Of a connection that was answered.
    pub const ESTABLISHED: u8 = 8;
    /// Kept from conntrack.
    pub const UNTRACKED: u8 = 16;
    /// Its source was changed.
    pub const SNAT: u8 = 32;
    /// Its destination was changed.
    pub const DNAT: u8 = 64;
}

/// `-m conntrack`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Conntrack {
    /// `--ctstate`.
    pub states: Option<Not<States>>,
    /// `--ctproto`.
    pub protocol: Option<Not<u8>>,
    /// `--ctorigsrc`.
    pub original_source: Option<Not<Net>>,
    /// `--ctorigdst`.
    pub original_destination: Option<Not<Net>>,
    /// `--ctreplsrc`.
    pub reply_source: Option<Not<Net>>,
    /// `--ctrepldst`.
    pub reply_destination: Option<Not<Net>>,
    /// `--ctorigsrcport`.
    pub original_source_port: Option<Not<PortRange>>,
    /// `--ctorigdstport`.
    pub original_destination_port: Option<Not<PortRange>>,
    /// `--ctreplsrcport`.
    pub reply_source_port: Option<Not<PortRange>>,
    /// `--ctrepldstport`.
    pub reply_destination_port: Option<Not<PortRange>>,
    /// `--ctstatus`, bits by [`Conntrack::STATUS_NAMES`]; none is `NONE`.
    pub status: Option<Not<u8>>,
    /// `--ctexpire`, seconds.
    pub expires: Option<Not<(u32, u32)>>,
    /// `--ctdir`: whether the reply is meant.
    pub is_reply: Option<bool>,
}

impl Conntrack {
    /// What `--ctstatus` knows, each the bit of its place.
    pub const STATUS_NAMES: [&str; 4] = ["EXPECTED", "SEEN_REPLY", "ASSURED", "CONFIRMED"];
}

/// `-m limit`: a bucket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// How often.
    pub rate: Rate,
    /// How many at once.
    pub burst: u32,
}

impl Limit {
    /// What iptables takes where nothing is said: `3/hour`, 5 at once.
    pub const DEFAULT: Limit = Limit { rate: Rate { count: 3, per: RateUnit::Hour }, burst: 5 };
}

/// So many in a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
    /// How many, from 1.
    pub count: u32,
    /// In what.
    pub per: RateUnit,
}

/// The time of a rate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum RateUnit {
    Second,
    Minute,
    Hour,
    Day,
}

impl RateUnit {
    /// All, with how they are printed and how many seconds they are.
    pub const ALL: [(RateUnit, &str, u32); 4] = [
        (RateUnit::Day, "day", 86_400),
        (RateUnit::Hour, "hour", 3600),
        (RateUnit::Minute, "min", 60),
        (RateUnit::Second, "sec", 1),
    ];
}

/// `-m addrtype`; types as a set of bits by [`AddrType::NAMES`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct AddrType {
    /// `--src-type`.
    pub source: Option<Not<u16>>,
    /// `--dst-type`.
    pub destination: Option<Not<u16>>,
    /// `--limit-iface-in`.
    pub limit_input: bool,
    /// `--limit-iface-out`.
    pub limit_output: bool,
}

impl AddrType {
    /// Types, each the bit of its place.
    pub const NAMES: [&str; 12] = [
        "UNSPEC",
        "UNICAST",
        "LOCAL",
        "BROADCAST",
        "ANYCAST",
        "MULTICAST",
        "BLACKHOLE",
        "UNREACHABLE",
        "PROHIBIT",
        "THROW",
        "NAT",
        "XRESOLVE",
    ];

    /// The bit of a name in any case of letters.
    pub fn bit(name: &str) -> Option<u16> {
        AddrType::NAMES.iter().position(|known| known.eq_ignore_ascii_case(name)).map(|nth| 1 << nth)
    }
}

/// `-m iprange`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct IpRange {
    /// `--src-range`.
    pub source: Option<Not<AddressRange>>,
    /// `--dst-range`.
    pub destination: Option<Not<AddressRange>>,
}

/// `-m owner`: whose socket a local packet is. Names are kept as written: only the host knows their numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Owner {
    /// `--socket-exists`.
    pub socket_exists: Option<Not<()>>,
    /// `--uid-owner`.
    pub user: Option<Not<OwnerId>>,
    /// `--gid-owner`.
    pub group: Option<Not<OwnerId>>,
    /// `--suppl-groups`.
    pub supplementary: bool,
}

/// A user or group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OwnerId {
    /// Numbers from the first to the last.
    Numbers(u32, u32),
    /// A name.
    Name(String),
}

/// A value of which some bits count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Masked {
    /// The value.
    pub value: u32,
    /// The bits.
    pub mask: u32,
}

/// Who a frame was for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum PacketType {
    Unicast,
    Broadcast,
    Multicast,
}

impl PacketType {
    /// All with their names.
    pub const ALL: [(PacketType, &str); 3] =
        [(PacketType::Unicast, "unicast"), (PacketType::Broadcast, "broadcast"), (PacketType::Multicast, "multicast")];

    /// The type of a name.
    pub fn parse(name: &str) -> Option<PacketType> {
        let same =
            |known: &str| known.eq_ignore_ascii_case(name) || name.eq_ignore_ascii_case("host") && known == "unicast";
        PacketType::ALL.into_iter().find(|(_, known)| same(known)).map(|(kind, _)| kind)
    }
}

/// A hop count compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum HopCount {
    Equal(u8),
    NotEqual(u8),
    Less(u8),
    Greater(u8),
}

/// Bytes from the least to the most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LengthRange {
    /// The least.
    pub least: u16,
    /// The most.
    pub most: u16,
}

/// `-m tos`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TosMasked {
    /// The value.
    pub value: u8,
    /// The bits that count.
    pub mask: u8,
}

/// `-m statistic`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Statistic {
    /// By chance, in 2^31 parts as the kernel counts.
    Random(Not<u32>),
    /// Every so many packets, beginning with number `packet`.
    Nth {
        /// Every how many.
        every: Not<u32>,
        /// Which of them, from 0.
        packet: u32,
    },
}

/// An extension kept word for word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opaque {
    /// Its name.
    pub name: String,
    /// Its words, unquoted.
    pub words: Vec<String>,
    /// Why it has no model.
    pub why: WhyOpaque,
}

/// Why something is kept word for word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhyOpaque {
    /// The extension depends on what is outside the packet: time, memory of other packets, sets, programs.
    NotModelled,
    /// The line cannot be read.
    NotRead,
    /// Somebody crossed its value out.
    Anonymised,
}

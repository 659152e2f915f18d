//! Targets: what happens to a packet that a rule matches.

use super::matches::{Masked, Opaque};
use crate::net::{AddressRange, Net, PortRange};
use core::net::IpAddr;

/// What stands after `-j`.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Target {
    Accept,
    Drop,
    Return,
    /// A user chain that is called.
    Chain(String),
    Reject(RejectWith),
    Log(Log),
    Nflog(Nflog),
    Redirect(Redirect),
    Dnat(Nat),
    Snat(Nat),
    Masquerade(Masquerade),
    Netmap(Net),
    Mark(Masked),
    Connmark(Connmark),
    /// `NOTRACK` and `CT --notrack`: which of the two spellings.
    Notrack(NotrackSpelling),
    /// TTL of IPv4.
    Ttl(HopChange),
    /// Hop limit of IPv6.
    HopLimit(HopChange),
    TcpMss(TcpMss),
    Dscp(u8),
    Tos(TosChange),
    Checksum,
    Trace,
    /// What has no model here, kept word for word.
    Opaque(Opaque),
}

/// How a rejected packet is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum RejectWith {
    NetUnreachable,
    HostUnreachable,
    ProtoUnreachable,
    PortUnreachable,
    NetProhibited,
    HostProhibited,
    AdminProhibited,
    TcpReset,
    NoRoute6,
    AdminProhibited6,
    AddressUnreachable6,
    PortUnreachable6,
    PolicyFail6,
    RejectRoute6,
}

/// `LOG`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Log {
    /// Before each line.
    pub prefix: String,
    /// By syslog's numbers, 0 to 7.
    pub level: u8,
    /// Which details, bits by [`Log::DETAILS`].
    pub details: u8,
}

impl Log {
    /// Details with their options; each is the bit of its place.
    pub const DETAILS: [&str; 5] =
        ["--log-tcp-sequence", "--log-tcp-options", "--log-ip-options", "--log-uid", "--log-macdecode"];
    /// What iptables takes where nothing is said.
    pub const DEFAULT_LEVEL: u8 = 4;
}

/// `NFLOG`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Nflog {
    /// `--nflog-group`.
    pub group: u16,
    /// `--nflog-prefix`.
    pub prefix: String,
    /// `--nflog-range` or `--nflog-size`, bytes copied.
    pub size: Option<(bool, u32)>,
    /// `--nflog-threshold`.
    pub threshold: Option<u16>,
}

/// How a translation chooses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    /// `--random`.
    pub random: bool,
    /// `--random-fully`.
    pub random_fully: bool,
    /// `--persistent`.
    pub persistent: bool,
}

/// `REDIRECT`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Redirect {
    /// The new port; the old one where none is given.
    pub ports: Option<PortRange>,
    /// `--random`.
    pub choice: Choice,
}

/// `MASQUERADE`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Masquerade {
    /// The new source port; the old one where none is given.
    pub ports: Option<PortRange>,
    /// `--random`.
    pub choice: Choice,
}

/// `DNAT` and `SNAT`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Nat {
    /// The new address; the old one where none is given.
    pub addresses: Option<AddressRange>,
    /// The new port; the old one where none is given.
    pub ports: Option<PortRange>,
    /// The port that the first of `ports` stands for (`8000-8010/80`): others are shifted alike.
    pub port_base: Option<u16>,
    /// How it chooses.
    pub choice: Choice,
}

impl Nat {
    /// The one new address, where there is no choice.
    pub fn address(&self) -> Option<IpAddr> {
        self.addresses.filter(|range| range.first == range.last).map(|range| range.first)
    }
}

/// `CONNMARK`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Connmark {
    Set(Masked),
    /// From the packet to its connection: bits of the packet, bits of the connection.
    Save {
        packet: u32,
        connection: u32,
    },
    /// From the connection to the packet.
    Restore {
        packet: u32,
        connection: u32,
    },
}

/// Which spelling a rule had; the effect is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum NotrackSpelling {
    Notrack,
    Ct,
}

/// A hop count changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum HopChange {
    Set(u8),
    Decrease(u8),
    Increase(u8),
}

/// `TCPMSS`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TcpMss {
    /// To this size.
    Set(u16),
    /// To what the path allows.
    ClampToPath,
}

/// `TOS`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TosChange {
    /// Flipped after the mask's bits are cleared.
    pub value: u8,
    /// Cleared.
    pub mask: u8,
}

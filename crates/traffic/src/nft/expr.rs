//! Expressions: what a rule is made of in the kernel, one after another over a few registers.
//!
//! A rule goes on while each expression holds; a comparison that fails ends it. So negations side by side are both
//! asked, unlike in text that a tool compiles into one comparison of neighbouring fields.

use super::data::Data;
use super::keys::{
    Base, Checksum, CmpOp, CtKey, Direction, DynsetOp, ExthdrOp, FibResult, Icmpx, LogLevel, MetaKey, NatKind,
    NumgenKind, ObjectKind, RtKey, SocketKey,
};
use super::name::Name;

/// Registers of four bytes that a rule has.
pub const REGISTERS: u8 = 16;

/// Where a value starts: one of sixteen places of four bytes. Invariant: below [`REGISTERS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Register(u8);

impl Register {
    /// The first place, where all that is compared at once is loaded.
    pub const A: Register = Register(0);
    /// Sixteen bytes further: the port beside an address.
    pub const B: Register = Register(4);

    /// A place; nothing where the kernel has none.
    #[must_use]
    pub fn new(place: u8) -> Option<Register> {
        (place < REGISTERS).then_some(Register(place))
    }

    /// Its place, from 0.
    #[must_use]
    pub const fn place(self) -> u8 {
        self.0
    }
}

/// The two ends of a range that NAT chooses from; equal for one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ends {
    /// Where the lowest stands.
    pub low: Register,
    /// Where the highest stands.
    pub high: Register,
}

impl Ends {
    /// A single value.
    #[must_use]
    pub const fn one(register: Register) -> Ends {
        Ends { low: register, high: register }
    }
}

/// What becomes of a packet, or where it goes on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Ends this base chain well.
    Accept,
    /// Ends the packet.
    Drop,
    /// Goes on with the next rule.
    Continue,
    /// Goes back to the calling chain, or to the policy.
    Return,
    /// Calls a chain.
    Jump(Name),
    /// Goes to a chain without coming back here.
    Goto(Name),
}

/// A rate, of packets or bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// How many in a unit of time.
    pub rate: u64,
    /// The unit.
    pub per: Per,
    /// How many more may come at once. The kernel reads 0 packets as 5.
    pub burst: u32,
    /// Bytes rather than packets.
    pub bytes: bool,
    /// Holds above the rate rather than below.
    pub over: bool,
}

/// A unit of time of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Per {
    /// 1 s.
    Second,
    /// 60 s.
    Minute,
    /// 3 600 s.
    Hour,
    /// 86 400 s.
    Day,
    /// 604 800 s.
    Week,
}

impl Per {
    /// Every unit, shortest first.
    pub const ALL: [Per; 5] = [Per::Second, Per::Minute, Per::Hour, Per::Day, Per::Week];

    /// Its seconds.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        match self {
            Per::Second => 1,
            Per::Minute => 60,
            Per::Hour => 3600,
            Per::Day => 86_400,
            Per::Week => 604_800,
        }
    }

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Per::Second => "second",
            Per::Minute => "minute",
            Per::Hour => "hour",
            Per::Day => "day",
            Per::Week => "week",
        }
    }
}

/// Where a line about a packet goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LogTo {
    /// The kernel's log.
    Kernel {
        /// How loud.
        level: LogLevel,
        /// Bits of `NF_LOG_*`: 1 TCP sequence, 2 TCP options, 4 IP options, 8 user, 32 MAC.
        flags: u32,
    },
    /// A netlink group that a program listens to.
    Group {
        /// Its number.
        group: u16,
        /// Bytes of each packet; 0 for all.
        snaplen: u32,
        /// Packets sent together; 0 for one.
        threshold: u16,
    },
}

/// How a packet is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reject {
    /// ICMP or ICMPv6 of this code, by the packet's family.
    Icmp(u8),
    /// What both families have.
    Icmpx(Icmpx),
    /// A reset of the connection; only where the rule asked for TCP.
    TcpReset,
}

/// How NAT chooses among ports and addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NatFlags {
    /// Ports by a hash.
    pub random: bool,
    /// Ports by chance.
    pub fully_random: bool,
    /// The same address for the same client.
    pub persistent: bool,
    /// The host part of an address kept.
    pub netmap: bool,
}

/// Which way bytes are turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// From network to host.
    Host,
    /// From host to network.
    Network,
}

/// What is asked of the routing table about: bits of `NFTA_FIB_F_*`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FibOf {
    /// The source address.
    pub saddr: bool,
    /// The destination address.
    pub daddr: bool,
    /// With the packet's mark.
    pub mark: bool,
    /// Through the interface it came in by.
    pub iif: bool,
    /// Through the interface it leaves by.
    pub oif: bool,
    /// Only whether there is a route.
    pub present: bool,
}

/// A step of a rule. Fields say where a value comes `from` and what it goes `into`; `len`, `offset` and `size` are bytes.
#[expect(missing_docs, reason = "the line above each variant says its fields")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// Puts a fixed value into a register.
    Immediate { into: Register, value: Data },
    /// Decides.
    Verdict(Verdict),
    /// Loads bytes of the packet.
    Payload { into: Register, base: Base, offset: u32, len: u32 },
    /// Writes bytes of the packet. The checksum of the header comes out right only from an even offset on.
    PayloadSet { from: Register, base: Base, offset: u32, len: u32, checksum: Checksum, checksum_at: u32, pseudo: bool },
    /// Loads what a packet carries beside its bytes.
    Meta { into: Register, key: MetaKey },
    /// Writes it.
    MetaSet { from: Register, key: MetaKey },
    /// Loads what conntrack knows.
    Ct { into: Register, key: CtKey, direction: Option<Direction> },
    /// Writes it.
    CtSet { from: Register, key: CtKey, direction: Option<Direction> },
    /// Loads what the route knows.
    Rt { into: Register, key: RtKey },
    /// Loads an option; with `present`, whether there is one.
    Exthdr { into: Register, op: ExthdrOp, kind: u8, offset: u32, len: u32, present: bool },
    /// Writes an option.
    ExthdrSet { from: Register, op: ExthdrOp, kind: u8, offset: u32, len: u32 },
    /// Loads what the local socket knows.
    Socket { into: Register, key: SocketKey, level: Option<u32> },
    /// Asks the routing table.
    Fib { into: Register, result: FibResult, of: FibOf },
    /// Draws a number below `modulus`, and adds `offset`.
    Numgen { into: Register, kind: NumgenKind, modulus: u32, offset: u32 },
    /// Jenkins' hash of a register's bytes, below `modulus`, plus `offset`; without a seed each rule draws one.
    Jhash { from: Register, into: Register, len: u32, modulus: u32, seed: Option<u32>, offset: u32 },
    /// The kernel's own symmetric hash of the flow.
    Symhash { into: Register, modulus: u32, offset: u32 },
    /// Goes on where the comparison holds.
    Cmp { from: Register, op: CmpOp, value: Data },
    /// Goes on where the value lies within both ends, or, negated, outside.
    Range { from: Register, negated: bool, low: Data, high: Data },
    /// `into = (from & mask) ^ xor`.
    Bitwise { from: Register, into: Register, mask: Data, xor: Data },
    /// `into = from << by`, or `>>`; in the host's order.
    Shift { from: Register, into: Register, len: u32, left: bool, by: u32 },
    /// Turns `len` bytes around, `size` at a time.
    Byteorder { from: Register, into: Register, to: Order, len: u32, size: u32 },
    /// Goes on where the set has the value or, negated, has not; a map's answer goes into a register.
    Lookup { from: Register, set: Name, into: Option<Register>, negated: bool },
    /// Goes to the verdict that a map gives.
    LookupVerdict { from: Register, set: Name },
    /// Puts the value into a set, or takes it out; goes on where what stands beside it there holds.
    Dynset {
        set: Name,
        op: DynsetOp,
        key: Register,
        data: Option<Register>,
        timeout_ms: Option<u64>,
        beside: Vec<Expr>,
    },
    /// Counts packets and bytes; what it counted is told with the rule that is live.
    Counter,
    /// Goes on below a rate, or over it.
    Limit(Limit),
    /// Goes on while there are at most so many connections, or more.
    Connlimit { count: u32, over: bool },
    /// Uses a named object.
    Object { kind: ObjectKind, name: Name },
    /// Uses the object that a map gives.
    ObjectMap { from: Register, set: Name },
    /// Writes a line.
    Log { prefix: String, to: LogTo },
    /// Refuses.
    Reject(Reject),
    /// Translates an address, a port, or both.
    Nat { kind: NatKind, v6: bool, addr: Option<Ends>, port: Option<Ends>, flags: NatFlags },
    /// Translates the source to the address of the interface that the packet leaves by.
    Masquerade { port: Option<Ends>, flags: NatFlags },
    /// Translates the destination to this host.
    Redirect { port: Option<Ends>, flags: NatFlags },
    /// Hands the packet to a transparent proxy's socket. Families: none for both.
    Tproxy { v6: Option<bool>, addr: Option<Register>, port: Option<Register> },
    /// Keeps the packet out of conntrack.
    Notrack,
    /// A match, or a target, of the iptables that writes through nf_tables: what it is set to is its own form of bytes.
    Xtables { target: bool, name: String, revision: u32, settings: Vec<u8> },
    /// Something of the kernel that is not modelled: its name, and what the kernel said of it, verbatim.
    Unknown { name: String, attributes: Vec<u8> },
}

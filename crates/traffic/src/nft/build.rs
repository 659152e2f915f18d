//! Rules as they are thought of: conditions and an action, each made of the kernel's expressions.
//!
//! What a condition needs to mean anything (its family, its protocol) is asked before it, once a rule, and before
//! anything that counts.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::data::Data;
use super::expr::{Ends, Expr, Limit, NatFlags, Order, Register, Reject, Verdict};
use super::field::{Field, NFPROTO_IPV4, NFPROTO_IPV6, Need};
use super::keys::{CmpOp, CtKey, DynsetOp, Icmpx, MetaKey, NatKind, NumgenKind, ObjectKind};
use super::name::{Name, RuleId};
use super::table::Rule;

/// Parts of a hundred percent of which weights are made.
pub const WEIGHT_PARTS: u32 = 10_000;

/// Frames of Ethernet, as `meta iiftype` says it (`ARPHRD_ETHER`).
pub const ETHERNET: u16 = 1;

/// A condition: expressions that let only some packets on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    needs: Vec<Need>,
    exprs: Vec<Expr>,
}

/// An end of a rule, or a step on the way that lets every packet on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action(Vec<Expr>);

/// States of a connection, as bits of `ct state`.
pub mod ct_state {
    /// Not of any connection that could be.
    pub const INVALID: u32 = 1;
    /// Of one that both sides have spoken in.
    pub const ESTABLISHED: u32 = 2;
    /// The first of one that another brought about.
    pub const RELATED: u32 = 4;
    /// The first of one.
    pub const NEW: u32 = 8;
    /// Kept out of conntrack.
    pub const UNTRACKED: u32 = 64;
}

/// Status of a connection, as bits of `ct status`.
pub mod ct_status {
    /// Packets were seen both ways.
    pub const SEEN_REPLY: u32 = 2;
    /// Its source is translated.
    pub const SNAT: u32 = 16;
    /// Its destination is translated.
    pub const DNAT: u32 = 32;
}

impl Field {
    /// Packets whose field is this.
    #[must_use]
    pub fn is(self, value: Data) -> Match {
        self.compared(CmpOp::Eq, value)
    }

    /// Packets whose field is another.
    #[must_use]
    pub fn is_not(self, value: Data) -> Match {
        self.compared(CmpOp::Neq, value)
    }

    /// Packets whose field compares so, as a number where it is not for equality.
    #[must_use]
    pub fn compared(self, op: CmpOp, value: Data) -> Match {
        if matches!(op, CmpOp::Eq | CmpOp::Neq) {
            return self.then(vec![Expr::Cmp { from: Register::A, op, value }]);
        }
        self.in_network_order(|turn| vec![Expr::Cmp { from: Register::A, op, value: turn(value) }])
    }

    /// Packets whose field lies within both ends.
    #[must_use]
    pub fn within(self, low: Data, high: Data) -> Match {
        if low == high {
            return self.is(low);
        }
        self.in_network_order(|turn| {
            vec![
                Expr::Cmp { from: Register::A, op: CmpOp::Gte, value: turn(low) },
                Expr::Cmp { from: Register::A, op: CmpOp::Lte, value: turn(high) },
            ]
        })
    }

    /// Packets whose field lies outside of both ends.
    #[must_use]
    pub fn outside(self, low: Data, high: Data) -> Match {
        if low == high {
            return self.is_not(low);
        }
        self.in_network_order(|turn| {
            vec![Expr::Range { from: Register::A, negated: true, low: turn(low), high: turn(high) }]
        })
    }

    /// Packets whose field, under a mask of equal length, compares so.
    #[must_use]
    pub fn masked(self, mask: Data, op: CmpOp, value: Data) -> Match {
        let xor = Data::repeated(0, mask.len());
        self.then(vec![
            Expr::Bitwise { from: Register::A, into: Register::A, mask, xor },
            Expr::Cmp { from: Register::A, op, value },
        ])
    }

    /// Packets that have one of these bits in a field of four bytes in the host's order.
    #[must_use]
    pub fn any_of(self, bits: u32) -> Match {
        self.masked(Data::host32(bits), CmpOp::Neq, Data::host32(0))
    }

    /// Packets that have none of them.
    #[must_use]
    pub fn none_of(self, bits: u32) -> Match {
        self.masked(Data::host32(bits), CmpOp::Eq, Data::host32(0))
    }

    /// Packets whose field a set holds.
    #[must_use]
    pub fn in_set(self, set: &Name) -> Match {
        Match::in_set(&[self], set)
    }

    /// Packets whose field a set does not hold.
    #[must_use]
    pub fn not_in_set(self, set: &Name) -> Match {
        self.then(vec![Expr::Lookup { from: Register::A, set: set.clone(), into: None, negated: true }])
    }

    /// The kernel compares by bytes: numbers in the host's order are turned around first, and what they are compared with.
    fn in_network_order(self, after: impl FnOnce(fn(Data) -> Data) -> Vec<Expr>) -> Match {
        if !self.in_host_order() {
            return self.then(after(|value| value));
        }
        let len = u32::try_from(self.n_bytes()).unwrap_or(u32::MAX);
        let mut exprs =
            vec![Expr::Byteorder { from: Register::A, into: Register::A, to: Order::Network, len, size: len }];
        exprs.extend(after(|value| value.turned()));
        self.then(exprs)
    }

    fn then(self, after: Vec<Expr>) -> Match {
        let mut exprs = vec![self.into_register(Register::A)];
        exprs.extend(after);
        Match { needs: vec![self.need], exprs }
    }
}

impl Match {
    /// Packets of IPv4.
    #[must_use]
    pub fn ipv4() -> Match {
        Match { needs: vec![Need::Family(NFPROTO_IPV4)], exprs: Vec::new() }
    }

    /// Packets of IPv6.
    #[must_use]
    pub fn ipv6() -> Match {
        Match { needs: vec![Need::Family(NFPROTO_IPV6)], exprs: Vec::new() }
    }

    /// Packets of a protocol.
    #[must_use]
    pub fn protocol(number: u8) -> Match {
        Match { needs: vec![Need::Protocol(number)], exprs: Vec::new() }
    }

    /// TCP to a port.
    #[must_use]
    pub fn tcp_dport(port: u16) -> Match {
        Field::TCP_DPORT.is(Data::port(port))
    }

    /// UDP to a port.
    #[must_use]
    pub fn udp_dport(port: u16) -> Match {
        Field::UDP_DPORT.is(Data::port(port))
    }

    /// Packets from a network, or from one address with the whole length as prefix.
    #[must_use]
    pub fn from_net(address: IpAddr, prefix: u8) -> Match {
        match address {
            IpAddr::V4(address) => net(Field::IP_SADDR, &address.octets(), prefix),
            IpAddr::V6(address) => net(Field::IP6_SADDR, &address.octets(), prefix),
        }
    }

    /// Packets to a network.
    #[must_use]
    pub fn to_net(address: IpAddr, prefix: u8) -> Match {
        match address {
            IpAddr::V4(address) => net(Field::IP_DADDR, &address.octets(), prefix),
            IpAddr::V6(address) => net(Field::IP6_DADDR, &address.octets(), prefix),
        }
    }

    /// Packets that came in by an interface of this name; nothing where no interface can have it.
    #[must_use]
    pub fn iifname(name: &str) -> Option<Match> {
        Some(Field::META_IIFNAME.is(Data::interface(name)?))
    }

    /// Packets that leave by an interface of this name.
    #[must_use]
    pub fn oifname(name: &str) -> Option<Match> {
        Some(Field::META_OIFNAME.is(Data::interface(name)?))
    }

    /// Packets of connections in one of these states: bits of [`ct_state`].
    #[must_use]
    pub fn ct_state(bits: u32) -> Match {
        Field::CT_STATE.any_of(bits)
    }

    /// Packets of connections with one of these: bits of [`ct_status`].
    #[must_use]
    pub fn ct_status(bits: u32) -> Match {
        Field::CT_STATUS.any_of(bits)
    }

    /// Packets of connections that asked for this port before NAT.
    #[must_use]
    pub fn ct_original_dport(port: u16) -> Match {
        Field::CT_ORIGINAL_PROTO_DST.is(Data::port(port))
    }

    /// Packets whose fields, side by side, a set of concatenations holds.
    #[must_use]
    pub fn in_set(fields: &[Field], set: &Name) -> Match {
        let (needs, mut exprs) = loaded(fields);
        exprs.push(Expr::Lookup { from: Register::A, set: set.clone(), into: None, negated: false });
        Match { needs, exprs }
    }

    /// So many of ten thousand packets by chance; every one where that is all of them.
    #[must_use]
    pub fn share(parts: u32) -> Match {
        if parts >= WEIGHT_PARTS {
            return Match { needs: Vec::new(), exprs: Vec::new() };
        }
        let draw = Expr::Numgen { into: Register::A, kind: NumgenKind::Random, modulus: WEIGHT_PARTS, offset: 0 };
        Match { needs: Vec::new(), exprs: below(draw, parts) }
    }

    /// So many of ten thousand values of a field, the same ones for the same seed: who is in stays in as parts grow.
    #[must_use]
    pub fn share_by(field: Field, seed: u32, parts: u32) -> Match {
        if parts >= WEIGHT_PARTS {
            return Match { needs: vec![field.need], exprs: Vec::new() };
        }
        let len = u32::try_from(field.n_bytes()).unwrap_or(u32::MAX);
        let hash = Expr::Jhash {
            from: Register::A,
            into: Register::A,
            len,
            modulus: WEIGHT_PARTS,
            seed: Some(seed),
            offset: 0,
        };
        let mut exprs = vec![field.into_register(Register::A)];
        exprs.extend(below(hash, parts));
        Match { needs: vec![field.need], exprs }
    }

    /// Packets below a rate, or over it.
    #[must_use]
    pub fn limit(limit: Limit) -> Match {
        Match { needs: Vec::new(), exprs: vec![Expr::Limit(limit)] }
    }

    /// Packets below a rate, or over it, each combination of fields having its own; the set is filled by rules and
    /// its elements time out.
    #[must_use]
    pub fn limit_per(fields: &[Field], set: &Name, limit: Limit) -> Match {
        let (needs, mut exprs) = loaded(fields);
        exprs.push(Expr::Dynset {
            set: set.clone(),
            op: DynsetOp::Update,
            key: Register::A,
            data: None,
            timeout_ms: None,
            beside: vec![Expr::Limit(limit)],
        });
        Match { needs, exprs }
    }

    /// A condition made of expressions as they are.
    #[must_use]
    pub fn raw(needs: Vec<Need>, exprs: Vec<Expr>) -> Match {
        Match { needs, exprs }
    }
}

/// Fields in registers side by side, from the first on.
fn loaded(fields: &[Field]) -> (Vec<Need>, Vec<Expr>) {
    let mut place = 0;
    let mut exprs = Vec::new();
    for field in fields {
        let Some(into) = Register::new(place) else { break };
        exprs.push(field.into_register(into));
        place += u8::try_from(field.n_bytes().div_ceil(4)).unwrap_or(u8::MAX);
    }
    (fields.iter().map(|field| field.need).collect(), exprs)
}

/// A number in the host's order below a bound: turned around, for the kernel compares by bytes.
fn below(number: Expr, bound: u32) -> Vec<Expr> {
    vec![
        number,
        Expr::Byteorder { from: Register::A, into: Register::A, to: Order::Network, len: 4, size: 4 },
        Expr::Cmp { from: Register::A, op: CmpOp::Lt, value: Data::network32(bound) },
    ]
}

fn net(field: Field, octets: &[u8], prefix: u8) -> Match {
    let mask = Data::mask(usize::from(prefix), octets.len());
    let masked: Vec<u8> = octets.iter().zip(mask.bytes()).map(|(octet, mask)| octet & mask).collect();
    let value = Data::new(&masked).unwrap_or_else(|| Data::repeated(0, octets.len()));
    if usize::from(prefix) >= octets.len() * 8 { field.is(value) } else { field.masked(mask, CmpOp::Eq, value) }
}

impl Action {
    /// Lets the packet through this hook.
    #[must_use]
    pub fn accept() -> Action {
        Action::verdict(Verdict::Accept)
    }

    /// Ends it in silence.
    #[must_use]
    pub fn drop() -> Action {
        Action::verdict(Verdict::Drop)
    }

    /// Goes back to the caller.
    #[must_use]
    pub fn back() -> Action {
        Action::verdict(Verdict::Return)
    }

    /// Calls a chain.
    #[must_use]
    pub fn jump(chain: &Name) -> Action {
        Action::verdict(Verdict::Jump(chain.clone()))
    }

    /// Decides.
    #[must_use]
    pub fn verdict(verdict: Verdict) -> Action {
        Action(vec![Expr::Verdict(verdict)])
    }

    /// Ends it with an answer that both families have.
    #[must_use]
    pub fn reject() -> Action {
        Action::reject_with(Reject::Icmpx(Icmpx::PortUnreachable))
    }

    /// Ends it with an answer.
    #[must_use]
    pub fn reject_with(reject: Reject) -> Action {
        Action(vec![Expr::Reject(reject)])
    }

    /// Hands it to a port of this host.
    #[must_use]
    pub fn redirect(port: u16) -> Action {
        Action(vec![
            Expr::Immediate { into: Register::A, value: Data::port(port) },
            Expr::Redirect { port: Some(Ends::one(Register::A)), flags: NatFlags::default() },
        ])
    }

    /// Hands it to another address and, where given, port.
    #[must_use]
    pub fn dnat(address: IpAddr, port: Option<u16>) -> Action {
        translated(NatKind::Dnat, address, port)
    }

    /// Has it come from another address and, where given, port.
    #[must_use]
    pub fn snat(address: IpAddr, port: Option<u16>) -> Action {
        translated(NatKind::Snat, address, port)
    }

    /// Has it come from the interface that it leaves by.
    #[must_use]
    pub fn masquerade() -> Action {
        Action(vec![Expr::Masquerade { port: None, flags: NatFlags::default() }])
    }

    /// Counts it in a named counter.
    #[must_use]
    pub fn count(counter: &Name) -> Action {
        Action(vec![Expr::Object { kind: ObjectKind::Counter, name: counter.clone() }])
    }

    /// Counts it with the rule.
    #[must_use]
    pub fn counter() -> Action {
        Action(vec![Expr::Counter])
    }

    /// Marks it.
    #[must_use]
    pub fn mark(mark: u32) -> Action {
        Action(vec![
            Expr::Immediate { into: Register::A, value: Data::host32(mark) },
            Expr::MetaSet { from: Register::A, key: MetaKey::Mark },
        ])
    }

    /// Marks its connection.
    #[must_use]
    pub fn ct_mark(mark: u32) -> Action {
        Action(vec![
            Expr::Immediate { into: Register::A, value: Data::host32(mark) },
            Expr::CtSet { from: Register::A, key: CtKey::Mark, direction: None },
        ])
    }

    /// Has the kernel say each of its steps to whoever listens for traces.
    #[must_use]
    pub fn trace() -> Action {
        Action(vec![
            Expr::Immediate { into: Register::A, value: Data::byte(1) },
            Expr::MetaSet { from: Register::A, key: MetaKey::Nftrace },
        ])
    }

    /// An action made of expressions as they are.
    #[must_use]
    pub fn raw(exprs: Vec<Expr>) -> Action {
        Action(exprs)
    }
}

fn translated(kind: NatKind, address: IpAddr, port: Option<u16>) -> Action {
    let mut exprs = vec![Expr::Immediate { into: Register::A, value: address.into() }];
    exprs.extend(port.map(|port| Expr::Immediate { into: Register::B, value: Data::port(port) }));
    exprs.push(Expr::Nat {
        kind,
        v6: address.is_ipv6(),
        addr: Some(Ends::one(Register::A)),
        port: port.map(|_| Ends::one(Register::B)),
        flags: NatFlags::default(),
    });
    Action(exprs)
}

impl Rule {
    /// A rule that every packet passes unchanged, to be narrowed by [`Rule::when`] and ended by [`Rule::then`].
    #[must_use]
    pub fn new(id: RuleId) -> Rule {
        Rule { id: Some(id), exprs: Vec::new() }
    }

    /// Only for packets that the condition lets on.
    #[must_use]
    pub fn when(mut self, condition: Match) -> Rule {
        for need in condition.needs {
            let asked = match need {
                Need::Nothing => continue,
                Need::Family(family) => Field::META_NFPROTO.is(Data::byte(family)),
                Need::Protocol(protocol) => Field::META_L4PROTO.is(Data::byte(protocol)),
                Need::Ethernet => Field::META_IIFTYPE.is(Data::host16(ETHERNET)),
            };
            let asked = asked.exprs;
            if !self.exprs.windows(asked.len()).any(|known| known == asked) {
                self.exprs.extend(asked);
            }
        }
        self.exprs.extend(condition.exprs);
        self
    }

    /// What is done with them.
    #[must_use]
    pub fn then(mut self, action: Action) -> Rule {
        self.exprs.extend(action.0);
        self
    }
}

/// An address as a network of its own.
#[must_use]
pub fn whole(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => u8::try_from(Ipv4Addr::BITS).unwrap_or(u8::MAX),
        IpAddr::V6(_) => u8::try_from(Ipv6Addr::BITS).unwrap_or(u8::MAX),
    }
}

//! Conditions: fields compared, looked up, and shared out.

use core::net::IpAddr;

use super::super::data::Data;
use super::super::expr::{Expr, Limit, Order, Register};
use super::super::field::{Field, NFPROTO_IPV4, NFPROTO_IPV6, Need};
use super::super::keys::{CmpOp, DynsetOp, NumgenKind};
use super::super::name::Name;
use super::WEIGHT_PARTS;

/// A condition: expressions that let only some packets on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub(super) needs: Vec<Need>,
    pub(super) exprs: Vec<Expr>,
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

    /// Packets whose field, under a mask of equal length, compares so; anything but equality is by bytes, so only for
    /// fields in network order.
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

    /// Packets of connections in one of these states: bits of [`super::ct_state`].
    #[must_use]
    pub fn ct_state(bits: u32) -> Match {
        Field::CT_STATE.any_of(bits)
    }

    /// Packets of connections with one of these: bits of [`super::ct_status`].
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

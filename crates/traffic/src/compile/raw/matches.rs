//! Matches of iptables as conditions of the kernel.

use super::super::refused::Refused;
use super::super::sets::Sets;
use super::addrtype::addrtype;
use super::connection::{conntrack, states};
use super::header::{address_fields, equality, in_range};
use super::ports::{self, multiport, ports};
use super::ways::Ways;
use crate::iptables::matches::{
    HopCount, IcmpKind, LengthRange, Limit, Masked, Match, Owner, OwnerId, PacketType, Statistic, TosMasked,
};
use crate::iptables::model::Not;
use crate::messages::Hint;
use crate::net::Family;
use crate::nft::expr::{Expr, Order, Register};
use crate::nft::field::{Need, protocol};
use crate::nft::keys::{Base, CmpOp, ExthdrOp, NumgenKind};
use crate::nft::{Data, Field, Match as Asked};

/// Bytes of IPv6's header, which its length leaves out.
const HEADER6_BYTES: u16 = 40;

/// What a match asks; `base` names what it needs a set for.
pub fn asked(family: Family, of: &Match, sets: &mut Sets<'_>, base: &str) -> Result<Ways, Refused> {
    Ok(match of {
        Match::Comment(_) => Ways::always(),
        Match::Tcp(tcp) => {
            let of_tcp = Ways::one(Asked::protocol(protocol::TCP)).and(ports(ports::TCP, &tcp.ports));
            let flags = tcp.flags.map_or_else(Ways::always, |Not { negated, value }| {
                let (mask, set) = (Data::byte(value.mask), Data::byte(value.set));
                Ways::one(Field::TCP_FLAGS.masked(mask, equality(negated), set))
            });
            of_tcp.and(flags).and(tcp.option.map_or_else(Ways::always, tcp_option))
        }
        Match::Udp(of) => Ways::one(Asked::protocol(protocol::UDP)).and(ports(ports::UDP, of)),
        Match::Dccp(of) => Ways::one(Asked::protocol(crate::net::Protocol::DCCP.0)).and(ports(ports::ANY, of)),
        Match::Sctp(of) if of.chunks.is_some() => return Err(Refused::no_form("--chunk-types")),
        Match::Sctp(of) => Ways::one(Asked::protocol(protocol::SCTP)).and(ports(ports::SCTP, &of.ports)),
        Match::Icmp(kind) => icmp(protocol::ICMP, kind),
        Match::Icmp6(kind) => icmp(protocol::ICMPV6, kind),
        Match::Multiport(of) => multiport(sets, base, of)?,
        Match::State(of) => states(*of),
        Match::Conntrack(of) => conntrack(family, of),
        Match::Mac(Not { negated, value }) => {
            let value = Data::new(value).ok_or_else(|| Refused::no_form("the address"))?;
            Ways::one(Field::ETHER_SADDR.compared(equality(*negated), value))
        }
        Match::Limit(of) => Ways::one(limit(*of)),
        Match::AddrType(of) => addrtype(family, of)?,
        Match::IpRange(of) => {
            let [source, destination] = address_fields(family);
            let side = |field, asked: Option<_>| asked.map_or_else(Ways::always, |asked| in_range(field, asked));
            side(source, of.source).and(side(destination, of.destination))
        }
        Match::Owner(of) => owner(of)?,
        Match::Mark(of) => mark(Field::META_MARK, *of),
        Match::Connmark(of) => mark(Field::CT_MARK, *of),
        Match::PktType(Not { negated, value }) => {
            let number = match value {
                PacketType::Unicast => 0, // PACKET_HOST
                PacketType::Broadcast => 1,
                PacketType::Multicast => 2,
            };
            Ways::one(Field::META_PKTTYPE.compared(equality(*negated), Data::byte(number)))
        }
        Match::Ttl(count) => Ways::one(hops(Field::IP_TTL, *count)),
        Match::HopLimit(count) => Ways::one(hops(Field::IP6_HOPLIMIT, *count)),
        Match::Length(of) => length(family, *of),
        Match::Dscp(Not { negated, value }) => tos(family, *negated, TosMasked { value: value << 2, mask: 0xfc }),
        Match::Tos(Not { negated, value }) => tos(family, *negated, *value),
        Match::Statistic(of) => Ways::one(statistic(*of)),
        Match::Opaque(opaque) if opaque.name.is_empty() => return Err(Refused::no_form("what cannot be read")),
        Match::Opaque(opaque) => return Err(Refused::no_form(format!("-m {}", opaque.name))),
    })
}

/// Whether what a match asks changes with every packet that it is asked about, so that it may be asked but once.
pub fn counts(of: &Match) -> bool {
    matches!(of, Match::Limit(_) | Match::Statistic(_))
}

fn tcp_option(Not { negated, value: kind }: Not<u8>) -> Ways {
    let present = Expr::Exthdr { into: Register::A, op: ExthdrOp::TcpOption, kind, offset: 0, len: 1, present: true };
    let value = Data::byte(u8::from(!negated));
    let asked = vec![present, Expr::Cmp { from: Register::A, op: CmpOp::Eq, value }];
    Ways::one(Asked::raw(vec![Need::Protocol(protocol::TCP)], asked))
}

/// A type with its codes. Both stand side by side in the packet, so that what a range of codes leaves out is asked at once.
fn icmp(number: u8, kind: &Option<Not<IcmpKind>>) -> Ways {
    let of_protocol = Ways::one(Asked::protocol(number));
    let Some(Not { negated, value: IcmpKind { kind, codes: (first, last) } }) = *kind else { return of_protocol };
    let Some(kind) = kind else { return of_protocol.and(Ways::known(!negated)) };
    let (type_field, code_field) = match number {
        protocol::ICMP => (Field::ICMP_TYPE, Field::ICMP_CODE),
        _ => (Field::ICMPV6_TYPE, Field::ICMPV6_CODE),
    };
    let of_type = Ways::one(type_field.compared(equality(negated), Data::byte(kind)));
    of_protocol.and(match (negated, (first, last)) {
        (_, (0, u8::MAX)) => of_type,
        (false, _) => of_type.and(Ways::one(code_field.within(Data::byte(first), Data::byte(last)))),
        (true, _) => {
            let both = |code: u8| Data::port(u16::from_be_bytes([kind, code]));
            let load = Expr::Payload { into: Register::A, base: Base::Transport, offset: 0, len: 2 };
            let range = Expr::Range { from: Register::A, negated, low: both(first), high: both(last) };
            Ways::one(Asked::raw(vec![Need::Protocol(number)], vec![load, range]))
        }
    })
}

fn limit(of: Limit) -> Asked {
    Asked::limit(super::super::limit(of.rate, of.burst))
}

/// Whose socket sent a packet: of what no socket sent nf_tables says nothing, neither yes nor no.
fn owner(of: &Owner) -> Result<Ways, Refused> {
    if of.socket_exists.is_some() {
        return Err(Refused::no_form("--socket-exists"));
    }
    if of.supplementary {
        return Err(Refused::no_form("--suppl-groups"));
    }
    let mut ways = Ways::always();
    for (field, asked, option) in
        [(Field::META_SKUID, &of.user, "--uid-owner"), (Field::META_SKGID, &of.group, "--gid-owner")]
    {
        match asked {
            None => {}
            Some(Not { negated: true, .. }) => return Err(Refused::no_form(format!("! {option}"))),
            Some(Not { value: OwnerId::Name(name), .. }) => {
                return Err(Refused::with(format!("{option} {name}"), Hint::WriteNumber));
            }
            Some(Not { value: OwnerId::Numbers(first, last), .. }) => {
                ways = ways.and(Ways::one(field.within(Data::host32(*first), Data::host32(*last))));
            }
        }
    }
    Ok(ways)
}

fn mark(field: Field, Not { negated, value: Masked { value, mask } }: Not<Masked>) -> Ways {
    let op = equality(negated);
    Ways::one(match mask {
        u32::MAX => field.compared(op, Data::host32(value)),
        mask => field.masked(Data::host32(mask), op, Data::host32(value)),
    })
}

fn hops(field: Field, count: HopCount) -> Asked {
    let (op, hops) = match count {
        HopCount::Equal(hops) => (CmpOp::Eq, hops),
        HopCount::NotEqual(hops) => (CmpOp::Neq, hops),
        HopCount::Less(hops) => (CmpOp::Lt, hops),
        HopCount::Greater(hops) => (CmpOp::Gt, hops),
    };
    field.compared(op, Data::byte(hops))
}

fn length(family: Family, Not { negated, value: LengthRange { least, most } }: Not<LengthRange>) -> Ways {
    let (field, header) = match family {
        Family::V4 => (Field::IP_LENGTH, 0),
        Family::V6 => (Field::IP6_LENGTH, HEADER6_BYTES),
    };
    let Some(most) = most.checked_sub(header) else { return Ways::known(negated) };
    let (low, high) = (Data::port(least.saturating_sub(header)), Data::port(most));
    Ways::one(if negated { field.outside(low, high) } else { field.within(low, high) })
}

/// The byte of the service: whole in IPv4, across two in IPv6.
fn tos(family: Family, negated: bool, TosMasked { value, mask }: TosMasked) -> Ways {
    let op = equality(negated);
    Ways::one(match family {
        Family::V4 => Field::IP_TOS.masked(Data::byte(mask), op, Data::byte(value)),
        Family::V6 => {
            let across = |byte: u8| Data::port(u16::from(byte) << 4);
            let load = Expr::Payload { into: Register::A, base: Base::Network, offset: 0, len: 2 };
            let mask = Expr::Bitwise { from: Register::A, into: Register::A, mask: across(mask), xor: Data::port(0) };
            let compare = Expr::Cmp { from: Register::A, op, value: across(value) };
            Asked::raw(vec![Need::Family(crate::nft::field::NFPROTO_IPV6)], vec![load, mask, compare])
        }
    })
}

/// By chance, of 31 bits as iptables draws them; or every so many.
fn statistic(of: Statistic) -> Asked {
    match of {
        Statistic::Random(Not { negated, value }) => {
            const DRAWN: u32 = 0x7fff_ffff;
            let op = if negated { CmpOp::Gte } else { CmpOp::Lt };
            let exprs = vec![
                Field::META_RANDOM.into_register(Register::A),
                Expr::Bitwise { from: Register::A, into: Register::A, mask: Data::host32(DRAWN), xor: Data::host32(0) },
                Expr::Byteorder { from: Register::A, into: Register::A, to: Order::Network, len: 4, size: 4 },
                Expr::Cmp { from: Register::A, op, value: Data::network32(value) },
            ];
            Asked::raw(Vec::new(), exprs)
        }
        Statistic::Nth { every, packet } => {
            let (into, kind) = (Register::A, NumgenKind::Incremental);
            let count = Expr::Numgen { into, kind, modulus: every.value, offset: 0 };
            let compare = Expr::Cmp { from: into, op: equality(every.negated), value: Data::host32(packet) };
            Asked::raw(Vec::new(), vec![count, compare])
        }
    }
}

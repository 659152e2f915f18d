//! What rules ask of conntrack. Where a packet has no connection, iptables goes by the state alone.

use super::header::{address_fields, equality, in_net};
use super::ports::port;
use super::ways::Ways;
use crate::iptables::matches::{Conntrack, States};
use crate::iptables::model::Not;
use crate::net::{Family, Net};
use crate::nft::build::{ct_state, ct_status};
use crate::nft::keys::{CmpOp, Direction};
use crate::nft::{Data, Field, Match};

/// States with a connection, and without one, each by the kernel's bit.
const WITH: [(u8, u32); 3] =
    [(States::NEW, ct_state::NEW), (States::RELATED, ct_state::RELATED), (States::ESTABLISHED, ct_state::ESTABLISHED)];
const WITHOUT: [(u8, u32); 2] = [(States::INVALID, ct_state::INVALID), (States::UNTRACKED, ct_state::UNTRACKED)];
/// Bits of `ct status` in the order of [`Conntrack::STATUS_NAMES`].
const STATUS: [u32; 4] = [1, 2, 4, 8];

/// `-m state`, and `--ctstate` alone.
pub fn states(asked: Not<States>) -> Ways {
    Ways::one_of([without(asked), with(asked)])
}

/// Packets without a connection whose state is asked.
fn without(Not { negated, value }: Not<States>) -> Ways {
    let bits = WITHOUT.iter().filter(|(ours, _)| (value.0 & ours != 0) != negated).fold(0, |bits, (_, bit)| bits | bit);
    if bits == 0 { Ways::never() } else { Ways::one(Match::ct_state(bits)) }
}

/// Packets of a connection whose state is asked; that it was translated is a state too.
fn with(Not { negated, value }: Not<States>) -> Ways {
    let every = WITH.iter().fold(0, |bits, (_, bit)| bits | bit);
    let named = WITH.iter().filter(|(ours, _)| value.0 & ours != 0).fold(0, |bits, (_, bit)| bits | bit);
    let translated = translated_bits(value);
    let of = |bits: u32| if bits == 0 { Ways::never() } else { Ways::one(Match::ct_state(bits)) };
    let rest = of(every & !named);
    let is_not_translated = match translated {
        0 => Ways::always(),
        bits => Ways::one(Field::CT_STATUS.none_of(bits)),
    };
    match (negated, translated) {
        (true, _) => rest.and(is_not_translated),
        (false, 0) => of(named),
        (false, bits) => Ways::one_of([of(named), rest.and(Ways::one(Match::ct_status(bits)))]),
    }
}

fn translated_bits(states: States) -> u32 {
    let known = [(States::SNAT, ct_status::SNAT), (States::DNAT, ct_status::DNAT)];
    known.iter().filter(|(ours, _)| states.0 & ours != 0).fold(0, |bits, (_, bit)| bits | bit)
}

/// `-m conntrack`.
pub fn conntrack(family: Family, asked: &Conntrack) -> Ways {
    let asks_connection = *asked != Conntrack { states: asked.states, ..Conntrack::default() };
    let of_connection = || rest(family, asked);
    match asked.states {
        Some(wanted) if !asks_connection => states(wanted),
        Some(wanted) => Ways::one_of([without(wanted), with(wanted).and(of_connection())]),
        None => {
            let has_connection = WITH.iter().fold(0, |bits, (_, bit)| bits | bit);
            let exists = Ways::one(Match::ct_state(has_connection));
            exists.and(of_connection())
        }
    }
}

fn rest(family: Family, asked: &Conntrack) -> Ways {
    let [original, reply] = match family {
        Family::V4 => [
            [Field::CT_ORIGINAL_IP_SADDR, Field::CT_ORIGINAL_IP_DADDR],
            [Field::CT_REPLY_IP_SADDR, Field::CT_REPLY_IP_DADDR],
        ],
        Family::V6 => [
            [Field::CT_ORIGINAL_IP6_SADDR, Field::CT_ORIGINAL_IP6_DADDR],
            [Field::CT_REPLY_IP6_SADDR, Field::CT_REPLY_IP6_DADDR],
        ],
    };
    debug_assert_eq!(address_fields(family)[0].n_bytes(), original[0].n_bytes());
    let net = |field, asked: Option<Not<Net>>| asked.map_or_else(Ways::always, |asked| in_net(field, asked));
    let ports = [
        (Field::CT_ORIGINAL_PROTO_SRC, asked.original_source_port),
        (Field::CT_ORIGINAL_PROTO_DST, asked.original_destination_port),
        (Field::CT_REPLY_PROTO_SRC, asked.reply_source_port),
        (Field::CT_REPLY_PROTO_DST, asked.reply_destination_port),
    ];
    let mut ways = asked.protocol.map_or_else(Ways::always, |asked| {
        Ways::one(Field::CT_PROTOCOL.compared(equality(asked.negated), Data::byte(asked.value)))
    });
    ways = ways.and(net(original[0], asked.original_source)).and(net(original[1], asked.original_destination));
    ways = ways.and(net(reply[0], asked.reply_source)).and(net(reply[1], asked.reply_destination));
    for (field, range) in ports {
        ways = ways.and(range.map_or_else(Ways::always, |range| port(field, range)));
    }
    ways.and(status(asked.status)).and(expires(asked.expires)).and(direction(asked.is_reply))
}

/// `NONE` is no bit, which no connection has one of.
fn status(asked: Option<Not<u8>>) -> Ways {
    let Some(Not { negated, value }) = asked else { return Ways::always() };
    let bits = (0..).zip(STATUS).filter(|(nth, _)| value & (1 << nth) != 0).fold(0, |bits, (_, bit)| bits | bit);
    match (bits, negated) {
        (0, _) => Ways::known(negated),
        (bits, true) => Ways::one(Field::CT_STATUS.none_of(bits)),
        (bits, false) => Ways::one(Match::ct_status(bits)),
    }
}

/// Whole seconds; nf_tables counts milliseconds.
fn expires(asked: Option<Not<(u32, u32)>>) -> Ways {
    const MS: u32 = 1000;
    let Some(Not { negated, value: (least, most) }) = asked else { return Ways::always() };
    let (low, high) = (least.saturating_mul(MS), most.saturating_mul(MS).saturating_add(MS - 1));
    let (low, high) = (Data::host32(low), Data::host32(high));
    let field = Field::CT_EXPIRATION;
    Ways::one(if negated { field.outside(low, high) } else { field.within(low, high) })
}

fn direction(is_reply: Option<bool>) -> Ways {
    let of = |is_reply| if is_reply { Direction::Reply } else { Direction::Original };
    is_reply.map_or_else(Ways::always, |is_reply| {
        let number = u8::try_from(of(is_reply).number()).unwrap_or_default();
        Ways::one(Field::CT_DIRECTION.compared(CmpOp::Eq, Data::byte(number)))
    })
}

//! What stands behind all rules: a table that keeps how each packet arrived and lets none go further (RPL-1).

use crate::messages::Error;
use crate::outcome::Arrived;
use core::net::IpAddr;
use nines_nft::Connection;
use nines_traffic::net::{Endpoint, Family, address_of};
use nines_traffic::nft::expr::Register;
use nines_traffic::nft::keys::{Base, DynsetOp};
use nines_traffic::nft::table::priority;
use nines_traffic::nft::{
    Action, BaseChain, Batch, Chain, ChainKind, Change, Data, Datatype, Element, Expr, Field, Hook, Match, Name,
    Policy, Rule, Set, SetHead, Table, TableFlags, TableId,
};
use std::collections::BTreeMap;

/// Packets that are kept at once, by a number of 16 bits.
pub const KEPT_MAX: u16 = u16::MAX;
/// Behind every chain of iptables and of ours.
const BEHIND: i32 = priority::SRCNAT + 200;
/// Before every chain that counts.
const BEFORE: i32 = priority::RAW - 100;

const TABLE: TableId = TableId { family: nines_traffic::nft::Family::Inet, name: Name::fixed("probe") };
const SEEN: Name = Name::fixed("seen");
const TRACKED: Name = Name::fixed("tracked");

/// The table in the kernel.
#[derive(Debug)]
pub struct Probe {
    family: Family,
    connection: Connection,
}

impl Probe {
    /// Puts it there.
    pub fn put(family: Family) -> Result<Probe, Error> {
        let mut connection = Connection::open().map_err(|error| Error::no_part("nf_tables")(&error))?;
        connection.apply(&Batch::create(&table(family)), None).map_err(|error| Error::no_part("nf_tables")(&error))?;
        Ok(Probe { family, connection })
    }

    /// Forgets what arrived.
    pub fn forget(&mut self) -> Result<(), Error> {
        let changes = vec![Change::FlushSet(SEEN), Change::FlushSet(TRACKED)];
        let flushed = self.connection.apply(&Batch { table: TABLE, changes }, None);
        flushed.map_err(|error| Error::interrupted("forgetting what arrived", &error))
    }

    /// What arrived, by its number.
    pub fn arrived(&mut self) -> Result<BTreeMap<u16, Arrived>, Error> {
        let read = self.connection.table(&TABLE).map_err(|error| Error::interrupted("reading what arrived", &error))?;
        let sets = read.1.map(|table| table.sets).unwrap_or_default();
        let of = |name: Name| -> BTreeMap<u16, (Endpoint, Endpoint)> {
            let elements = sets.iter().filter(|set| set.head.name == name).flat_map(|set| &set.elements);
            elements.filter_map(|element| read_ends(self.family, &element.key)).collect()
        };
        let (seen, tracked) = (of(SEEN), of(TRACKED));
        let arrived = |(id, (source, destination)): (u16, (Endpoint, Endpoint))| {
            (id, Arrived { source, destination, reply: tracked.get(&id).copied() })
        };
        Ok(seen.into_iter().map(arrived).collect())
    }
}

/// Number, two addresses and two ports, each in registers of its own.
fn read_ends(family: Family, key: &Data) -> Option<(u16, (Endpoint, Endpoint))> {
    let n_bytes = usize::from(family.bits() / 8);
    let bytes = key.bytes();
    let short = |at: usize| bytes.get(at..)?.first_chunk().map(|two| u16::from_be_bytes(*two));
    let address = |at: usize| -> Option<IpAddr> {
        let number = bytes.get(at..at + n_bytes)?.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        Some(address_of(family, number))
    };
    let end = |nth: usize| -> Option<Endpoint> {
        Some(Endpoint { address: address(4 + nth * n_bytes)?, port: short(4 + 2 * n_bytes + 4 * nth) })
    };
    Some((short(0)?, (end(0)?, end(1)?)))
}

fn table(family: Family) -> Table {
    let datatype = if family == Family::V4 { Datatype::Ipv4 } else { Datatype::Ipv6 };
    let parts = vec![Datatype::Integer(2), datatype, datatype, Datatype::Port, Datatype::Port];
    let set = |name: Name| Set {
        head: SetHead::of_parts(name, parts.clone()).filled_by_rules(u32::from(KEPT_MAX)),
        elements: Vec::<Element>::new(),
    };
    let keeps = |name: Name, hook: Hook| Chain {
        name,
        base: Some(BaseChain { kind: ChainKind::Filter, hook, priority: BEHIND, policy: Policy::Drop }),
        rules: keep(family),
    };
    // Packets of processes have an owner; what the kernel answers by itself has none.
    let of_process = Match::raw(Vec::new(), vec![Field::META_SKUID.into_register(Register::A)]);
    let sent = Rule { id: None, exprs: Vec::new() }.when(of_process).then(Action::accept());
    let before = BaseChain { kind: ChainKind::Filter, hook: Hook::Output, priority: BEFORE, policy: Policy::Drop };
    Table {
        id: TABLE,
        flags: TableFlags::default(),
        objects: Vec::new(),
        sets: vec![set(SEEN), set(TRACKED)],
        chains: vec![
            keeps(Name::fixed("in"), Hook::Input),
            keeps(Name::fixed("post"), Hook::Postrouting),
            Chain { name: Name::fixed("out"), base: Some(before), rules: vec![sent] },
        ],
    }
}

/// Rules that keep a packet as its header tells it, and what conntrack expects as its answer.
fn keep(family: Family) -> Vec<Rule> {
    let (id_at, is_family) = match family {
        Family::V4 => (4, Match::ipv4()), // identification
        Family::V6 => (2, Match::ipv6()), // the lower half of the flow label
    };
    let id = Expr::Payload { into: Register::A, base: Base::Network, offset: id_at, len: 2 };
    let header = match family {
        Family::V4 => [Field::IP_SADDR, Field::IP_DADDR, Field::TH_SPORT, Field::TH_DPORT],
        Family::V6 => [Field::IP6_SADDR, Field::IP6_DADDR, Field::TH_SPORT, Field::TH_DPORT],
    };
    let reply = match family {
        Family::V4 => {
            [Field::CT_REPLY_IP_SADDR, Field::CT_REPLY_IP_DADDR, Field::CT_REPLY_PROTO_SRC, Field::CT_REPLY_PROTO_DST]
        }
        Family::V6 => {
            [Field::CT_REPLY_IP6_SADDR, Field::CT_REPLY_IP6_DADDR, Field::CT_REPLY_PROTO_SRC, Field::CT_REPLY_PROTO_DST]
        }
    };
    let rule = |fields: [Field; 4], set: Name| {
        let mut exprs = vec![id.clone()];
        let mut place = 1;
        for field in fields {
            exprs.extend(Register::new(place).map(|into| field.into_register(into)));
            place += u8::try_from(field.n_bytes().div_ceil(4)).unwrap_or(u8::MAX);
        }
        let (key, op) = (Register::A, DynsetOp::Update);
        exprs.push(Expr::Dynset { set, op, key, data: None, timeout_ms: None, beside: Vec::new() });
        Rule { id: None, exprs: Vec::new() }.when(is_family.clone()).when(Match::raw(Vec::new(), exprs))
    };
    vec![rule(header, SEEN), rule(reply, TRACKED)]
}

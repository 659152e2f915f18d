//! Whether packets can meet a state that is half applied, tried on this kernel: rules and sets are swapped under a
//! flood of packets that each of the states drops, and packets that come through are counted.

use std::net::{Ipv4Addr, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use nines_traffic::nft::table::priority;
use nines_traffic::nft::{
    Action, BaseChain, Batch, Chain, ChainKind, Data, Datatype, Element, Family, Field, Hook, Match, Name, Object,
    ObjectState, Policy, Rule, RuleId, Set, SetHead, Table, TableFlags, TableId, diff,
};

use crate::connection::Connection;
use crate::error::Error;
use crate::scratch;

/// Where the flood goes; nothing listens there.
const PORT: u16 = 9;
/// Ranges in a list beside the one that matters, so that finding it takes several steps.
const OTHERS: u32 = 64;
const LISTS: [Name; 2] = [Name::fixed("list-0"), Name::fixed("list-1")];
const WEIGHT: RuleId = RuleId::fixed("weight");
const LIST: RuleId = RuleId::fixed("list");
const MISSED: Name = Name::fixed("n_missed");

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leak {
    /// How often rules and sets were swapped.
    pub n_swaps: u32,
    /// Packets sent meanwhile.
    pub n_packets: u64,
    /// Packets that a half-applied state let through.
    pub n_missed: u64,
}

/// Swaps so often as nines applies plans: sets first, rules second, garbage last.
///
/// # Errors
/// Where the process gets no namespace, or the kernel refuses.
pub fn swap_in_steps(n_swaps: u32) -> Result<Leak, Error> {
    swap(n_swaps, |connection, wanted| {
        let (generation, live) = connection.table(&wanted.id)?;
        // The two states share no name that means two things.
        let Ok(steps) = diff(live.as_ref(), wanted) else { return Err(Error::Unanswered) };
        connection.carry_out(&steps, generation)?.uncleared.map_or(Ok(()), Err)
    })
}

/// Swaps so often in a way of one's own.
///
/// # Errors
/// Where the process gets no namespace, or the kernel refuses.
pub fn swap(n_swaps: u32, apply: impl Fn(&mut Connection, &Table) -> Result<(), Error> + Sync) -> Result<Leak, Error> {
    scratch::in_namespace(|| {
        let states = [state(0, LISTS[0].clone()), state(1, LISTS[1].clone())];
        let mut connection = Connection::open()?;
        connection.apply(&Batch::create(&counting()), None)?;
        for wanted in &states {
            apply(&mut connection, wanted)?;
        }
        let (ended, n_packets) = (AtomicBool::new(false), AtomicU64::new(0));
        let swapped = thread::scope(|scope| {
            scope.spawn(|| flood(&ended, &n_packets));
            let mut states = states.iter().cycle();
            let swapped =
                (0..n_swaps).try_for_each(|_| states.next().map_or(Ok(()), |wanted| apply(&mut connection, wanted)));
            ended.store(true, Ordering::Relaxed);
            swapped
        });
        swapped?;
        let counted = connection.objects(&counting().id)?.first().and_then(|counter| counter.counted);
        let n_missed = counted.ok_or(Error::Unanswered)?.packets;
        Ok(Leak { n_swaps, n_packets: n_packets.into_inner(), n_missed })
    })?
}

fn flood(ended: &AtomicBool, n_packets: &AtomicU64) {
    let Ok(socket) = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)) else { return };
    while !ended.load(Ordering::Relaxed) {
        // A packet that came through is answered by a refusal, which the next call tells.
        if socket.send_to(b"?", (Ipv4Addr::LOCALHOST, PORT)).is_ok() {
            n_packets.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn chain(text: &'static str, priority: i32, rules: Vec<Rule>) -> Chain {
    let base = BaseChain { kind: ChainKind::Filter, hook: Hook::Input, priority, policy: Policy::Accept };
    Chain { name: Name::fixed(text), base: Some(base), rules }
}

/// A table of its own behind ours: what arrives there was missed.
fn counting() -> Table {
    let rule = Rule { id: None, exprs: Vec::new() }.when(Match::udp_dport(PORT)).then(Action::count(&MISSED));
    Table {
        id: TableId { family: Family::Inet, name: Name::fixed("nines-leak") },
        flags: TableFlags::default(),
        objects: vec![Object { name: MISSED, state: ObjectState::Counter }],
        sets: Vec::new(),
        chains: vec![chain("after", priority::FILTER + 10, vec![rule])],
    }
}

/// One of two states: each drops every packet of the flood, by a list of its own name and by other rules.
fn state(number: u32, list: Name) -> Table {
    let address = |first: u32| Data::from(Ipv4Addr::from(first));
    let others = (0..OTHERS).map(|other| 0x0a00_0000 + (other << 9) + (number << 4));
    let mut ranges: Vec<Element> = others.map(|first| Element::range(address(first), address(first + 200))).collect();
    ranges.push(Element::range(address(0x7f00_0000), address(0x7fff_ffff)));
    let list = SetHead::of(list, Datatype::Ipv4).with_intervals();
    let kept = SetHead::of(Name::fixed("kept"), Datatype::Port);
    let rule = |id: RuleId| Rule::new(id).when(Match::udp_dport(PORT));
    let weight = Match::share(1000 + number * 1000);
    let rules = vec![
        rule(WEIGHT).when(weight).then(Action::drop()),
        rule(LIST).when(Field::IP_SADDR.in_set(&list.name)).then(Action::drop()),
    ];
    let ports = vec![Element::one(Data::port(1000 + u16::try_from(number).unwrap_or_default()))];
    Table {
        id: TableId::nines(),
        flags: TableFlags::default(),
        objects: Vec::new(),
        sets: vec![Set { head: list, elements: ranges }, Set { head: kept, elements: ports }],
        chains: vec![chain("in", priority::FILTER - 5, rules)],
    }
}

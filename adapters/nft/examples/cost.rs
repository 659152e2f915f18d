//! What a packet costs with lists of 100 000 on its way, beside no rules: UDP over loopback in a network namespace of
//! its own, so that the sender's time is the packet's. `cargo run --release -p nines-nft --example cost` as root.

use std::error::Error;
use std::net::{Ipv4Addr, UdpSocket};
use std::time::{Duration, Instant};

use nines_nft::{Connection, scratch};
use nines_traffic::nft::{
    Action, BaseChain, Batch, Chain, ChainKind, Change, Data, Datatype, Element, Field, Hook, Match, Name, Policy,
    Rule, RuleId, Set, SetHead, Table, TableFlags, TableId,
};

const LISTED: u32 = 100_000;
const LINEAR: u32 = 1000;
/// Packets of a round, and rounds of each kind, taken in turn; the least is shown.
const PACKETS: u32 = 50_000;
const ROUNDS: u32 = 9;
const LIST: Name = Name::fixed("list");

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    scratch::in_namespace(run)?
}

fn address(number: u32) -> Data {
    Data::from(Ipv4Addr::from(0x0b00_0000 + number))
}

fn table(rules: Vec<Rule>, sets: Vec<Set>) -> Table {
    let base = BaseChain { kind: ChainKind::Filter, hook: Hook::Input, priority: 0, policy: Policy::Accept };
    let chains = vec![Chain { name: Name::fixed("in"), base: Some(base), rules }];
    Table { id: TableId::nines(), flags: TableFlags::default(), objects: Vec::new(), sets, chains }
}

fn asking(head: SetHead, elements: impl Iterator<Item = Element>) -> Outcome<Table> {
    let rule = Rule::new(RuleId::new("list")?).when(Field::IP_SADDR.in_set(&head.name)).then(Action::drop());
    Ok(table(vec![rule], vec![Set { head, elements: elements.collect() }]))
}

fn kinds() -> Outcome<Vec<(&'static str, Table)>> {
    let single = SetHead::of(LIST, Datatype::Ipv4);
    let ranges = single.clone().with_intervals();
    let linear = (0..LINEAR).map(|number| {
        let from = Match::from_net(Ipv4Addr::from(0x0b00_0000 + number).into(), 32);
        Ok(Rule::new(RuleId::new(format!("in/{number}"))?).when(from).then(Action::drop()))
    });
    Ok(vec![
        ("no rules", table(Vec::new(), Vec::new())),
        ("100 000 addresses", asking(single, (0..LISTED).map(|number| Element::one(address(number * 7))))?),
        (
            "100 000 ranges",
            asking(ranges, (0..LISTED).map(|number| Element::range(address(number * 32), address(number * 32 + 9))))?,
        ),
        ("1 000 rules", table(linear.collect::<Outcome<_>>()?, Vec::new())),
    ])
}

fn run() -> Outcome<()> {
    let mut connection = Connection::open()?;
    let kinds = kinds()?;
    let mut least = vec![Duration::MAX; kinds.len()];
    for _ in 0..ROUNDS {
        for ((_, table), least) in kinds.iter().zip(&mut least) {
            connection.apply(&Batch::create(table), None)?;
            *least = (*least).min(sent()?);
            connection.apply(&Batch { table: table.id.clone(), changes: vec![Change::DeleteTable] }, None)?;
        }
    }
    let first = least.first().copied().unwrap_or_default();
    for ((kind, _), took) in kinds.iter().zip(&least) {
        let each = took.as_secs_f64() * 1e9 / f64::from(PACKETS);
        println!("{kind:>18}: {each:.0} ns a packet, {:.2} times", took.as_secs_f64() / first.as_secs_f64());
    }
    Ok(())
}

/// How long packets take.
fn sent() -> Outcome<Duration> {
    let listening = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listening.local_addr()?.port();
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    let start = Instant::now();
    for _ in 0..PACKETS {
        socket.send_to(b"?", (Ipv4Addr::LOCALHOST, port))?;
    }
    Ok(start.elapsed())
}

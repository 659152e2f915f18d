//! Sets and maps: every form of them, and large ones.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use nines_nft::Connection;
use nines_traffic::nft::{
    Answer, Answers, Batch, Change, Data, Datatype, Element, Expr, Set, SetHead, Table, TableFlags, TableId,
};

use crate::rules::{empty, name};

/// Elements of a large list.
const LARGE: u32 = 100_000;
/// Loads that are timed.
const LOADS: u32 = 3;
/// Changes that are timed.
const CHANGES: u32 = 50;

/// Sets and maps of every form, in one table.
pub fn table_of_sets() -> Table {
    let v4 = |text: &str| Data::from(text.parse::<Ipv4Addr>().unwrap());
    let v6 = |text: &str| Data::from(text.parse::<Ipv6Addr>().unwrap());
    let nets = Set {
        head: SetHead::of(name("nets"), Datatype::Ipv4).with_intervals(),
        elements: vec![
            Element::range(v4("0.0.0.0"), v4("0.0.0.255")),
            Element::one(v4("10.0.0.1")),
            Element::range(v4("10.0.0.2"), v4("10.0.0.7")), // touches the one before
            Element::range(v4("192.0.2.0"), v4("192.0.2.255")),
            Element::range(v4("224.0.0.0"), v4("255.255.255.255")),
        ],
    };
    let nets6 = Set {
        head: SetHead::of(name("nets6"), Datatype::Ipv6).with_intervals(),
        elements: vec![
            Element::range(v6("2001:db8::"), v6("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")),
            Element::one(v6("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
        ],
    };
    let parts = vec![Datatype::Ipv4, Datatype::Port];
    let pair = |address: &str, port: u16| Data::concat(&[v4(address), Data::port(port)]).unwrap();
    let pairs = Set {
        head: SetHead::of_parts(name("pairs"), parts.clone()),
        elements: vec![Element::one(pair("10.0.0.1", 80)), Element::one(pair("10.0.0.1", 443))],
    };
    let boxes = Set {
        head: SetHead::of_parts(name("boxes"), parts).with_intervals(),
        elements: vec![
            Element::range(pair("10.0.0.0", 80), pair("10.0.0.255", 90)),
            Element::one(pair("10.0.1.0", 80)),
        ],
    };
    let lapsing = Set {
        head: SetHead::of(name("lapsing"), Datatype::Ether).with_timeout_ms(0),
        elements: vec![Element::one(Data::new(&[2, 0, 0, 0, 0, 1]).unwrap()).for_ms(3_600_000)],
    };
    let backends = Set {
        head: SetHead::of(name("backends"), Datatype::Port).answering(Answers::Value(Datatype::Ipv4)),
        elements: vec![Element::one(Data::port(80)).answering(Answer::Value(v4("10.0.0.5")))],
    };
    let marks = Set {
        head: SetHead::of(name("marks"), Datatype::Port).with_intervals().answering(Answers::Value(Datatype::Mark)),
        elements: vec![Element::range(Data::port(1), Data::port(1023)).answering(Answer::Value(Data::host32(7)))],
    };
    let counted = SetHead { beside: vec![Expr::Counter], ..SetHead::of(name("counted"), Datatype::InterfaceName) };
    let counted = Set { head: counted, elements: vec![Element::one(Data::interface("eth0").unwrap())] };
    Table { sets: vec![nets, nets6, pairs, boxes, lapsing, backends, marks, counted], ..empty() }
}

fn batch(changes: Vec<Change>) -> Batch {
    Batch { table: TableId::nines(), changes }
}

/// Every second network of 16 addresses from 11.0.0.0 on, and addresses one by one.
fn large_sets() -> [Set; 2] {
    let at = |number: u32| Data::from(Ipv4Addr::from(0x0b00_0000 + number));
    let networks = (0..LARGE).map(|number| Element::range(at(number * 32), at(number * 32 + 15)));
    let single = SetHead::of(name("single"), Datatype::Ipv4);
    [
        Set { head: SetHead::of(name("networks"), Datatype::Ipv4).with_intervals(), elements: networks.collect() },
        Set { head: single, elements: (0..LARGE).map(|number| Element::one(at(number))).collect() },
    ]
}

pub fn large() {
    let mut connection = Connection::open().unwrap();
    connection.apply(&batch(vec![Change::AddTable(TableFlags::default())]), None).unwrap();
    for set in large_sets() {
        // The least is what it needs; what else runs here adds to it.
        let loaded = (0..LOADS).map(|_| loaded(&mut connection, &set)).min().unwrap();
        let one = vec![Element::one(Data::from(Ipv4Addr::new(9, 9, 9, 9)))];
        let mut took: Vec<Duration> = (0..CHANGES).map(|_| changed(&mut connection, &set.head, &one)).collect();
        took.sort_unstable();
        let (least, median) = (took[0], took[took.len() / 2]);
        // Told, not held: what the kernel takes depends on what its memory is at (docs/benchmarks.md has figures).
        eprintln!(
            "  {}: {LARGE} loaded in {loaded:.0?}, one changed in {least:.0?}, median {median:.0?}",
            set.head.name
        );
        let (_, table) = connection.table(&TableId::nines()).unwrap();
        let live = table.unwrap().sets.into_iter().find(|live| live.head == set.head).unwrap();
        assert!(live.elements == set.elements, "{} reads back otherwise", set.head.name);
    }
}

/// Time of the CPU in this thread, the kernel's work for it included: what else runs here does not count.
fn cpu() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(now).unwrap()
}

/// How long making and filling a set takes, in the place of what was there.
fn loaded(connection: &mut Connection, set: &Set) -> Duration {
    let again = vec![Change::AddSet(set.head.clone()), Change::DeleteSet(set.head.name.clone())];
    connection.apply(&batch(again), None).unwrap();
    let changes = vec![Change::AddSet(set.head.clone()), Change::AddElements(set.head.clone(), set.elements.clone())];
    let filling = batch(changes);
    let start = cpu();
    connection.apply(&filling, None).unwrap();
    cpu() - start
}

/// How long adding an element and removing it took, of which each is a transaction.
fn changed(connection: &mut Connection, head: &SetHead, one: &[Element]) -> Duration {
    let start = cpu();
    connection.apply(&batch(vec![Change::AddElements(head.clone(), one.to_vec())]), None).unwrap();
    connection.apply(&batch(vec![Change::DeleteElements(head.clone(), one.to_vec())]), None).unwrap();
    (cpu() - start) / 2
}

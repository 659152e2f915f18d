//! What is told of others, and of packets.

use std::collections::BTreeSet;
use std::net::UdpSocket;
use std::time::Duration;

use nines_nft::monitor::Part;
use nines_nft::{Commit, Connection, Event, Monitor, Step, Topics, Trace};
use nines_traffic::nft::keys::Family;
use nines_traffic::nft::{
    Action, Batch, Chain, ChainKind, Change, Data, Datatype, Element, Hook, Match, Rule, Set, SetHead, Table, TableId,
    Verdict,
};

use crate::harness::nft;
use crate::rules::{base_chain, empty, id, name};

const WAIT: Duration = Duration::from_secs(2);

fn commit(monitor: &mut Monitor) -> Commit {
    match monitor.next(WAIT).unwrap() {
        Some(Event::Commit(commit)) => commit,
        other => panic!("no commit but {other:?}"),
    }
}

pub fn commits() {
    let mut monitor = Monitor::open(Topics { commits: true, traces: false }).unwrap();
    let mut connection = Connection::open().unwrap();
    nft("table ip other { chain c { }\n }\nadd rule ip other c accept\n");
    let theirs = commit(&mut monitor);
    let author = theirs.generation.author.expect("an author");
    assert_eq!((author.process.as_str(), author.pid > 0), ("nft", true));
    assert_ne!(theirs.port, connection.port());
    let other = TableId { family: Family::Ip, name: name("other") };
    assert!(theirs.changes.iter().all(|change| change.table == other && change.added));
    let parts: Vec<&Part> = theirs.changes.iter().map(|change| &change.what).collect();
    assert!(matches!(parts[..], [Part::Table, Part::Chain(_), Part::Rule(_, _)]), "{parts:?}");
    connection.apply(&Batch::create(&empty()), None).unwrap();
    let ours = commit(&mut monitor);
    assert_eq!((ours.port, ours.n_changes), (connection.port(), 1));
    assert_eq!(ours.generation.id, connection.generation().unwrap().id);
    assert_eq!(monitor.next(Duration::from_millis(10)).unwrap(), None);
}

pub fn lost() {
    const ELEMENTS: u32 = 100_000;
    const TRIES: u32 = 2;
    let mut monitor = Monitor::open(Topics { commits: true, traces: false }).unwrap();
    let mut connection = Connection::open().unwrap();
    let head = SetHead::of(name("large"), Datatype::Mark);
    let elements: Vec<Element> = (0..ELEMENTS).map(|number| Element::one(Data::host32(number))).collect();
    let table = Table { sets: vec![Set { head: head.clone(), elements }], ..empty() };
    connection.apply(&Batch::create(&table), None).unwrap();
    let batch = |changes| Batch { table: TableId::nines(), changes };
    for _ in 0..TRIES {
        let flush = Change::FlushSet(head.name.clone());
        connection.apply(&batch(vec![flush]), None).unwrap();
        connection
            .apply(&batch(vec![Change::AddElements(head.clone(), table.sets[0].elements.clone())]), None)
            .unwrap();
    }
    let events: Vec<Event> = std::iter::from_fn(|| monitor.next(Duration::from_millis(10)).unwrap()).collect();
    assert!(events.contains(&Event::Lost), "{} events and none lost", events.len());
    connection.apply(&batch(vec![Change::DeleteTable]), None).unwrap();
    let after = commit(&mut monitor);
    assert!(after.changes.iter().any(|change| change.what == Part::Table && !change.added));
    assert_eq!(after.generation.id, connection.generation().unwrap().id);
}

pub fn traces() {
    let mut input = base_chain("in", ChainKind::Filter, Hook::Input, 0);
    input.rules = vec![
        Rule::new(id("trace")).when(Match::udp_dport(9)).then(Action::trace()),
        Rule::new(id("other")).when(Match::udp_dport(10)).then(Action::drop()),
        Rule::new(id("passes")).then(Action::jump(&name("passing"))),
        Rule::new(id("call")).then(Action::jump(&name("called"))),
    ];
    let called = Rule::new(id("ends")).when(Match::udp_dport(9)).then(Action::drop());
    let called = Chain { name: name("called"), base: None, rules: vec![called] };
    let mut connection = Connection::open().unwrap();
    let passing = Chain { name: name("passing"), base: None, rules: Vec::new() };
    connection.apply(&Batch::create(&Table { chains: vec![input, called, passing], ..empty() }), None).unwrap();
    let mut monitor = Monitor::open(Topics { commits: false, traces: false }).unwrap();
    monitor.listen(Topics { commits: false, traces: true }).unwrap();
    UdpSocket::bind("127.0.0.1:0").unwrap().send_to(b"?", "127.0.0.1:9").unwrap();
    let live = connection.table(&TableId::nines()).unwrap().1.unwrap();
    let handle = |chain: usize, rule: usize| live.chains[chain].rules[rule].handle;
    let expected = [
        Step::Rule { handle: handle(0, 0), verdict: Verdict::Continue },
        Step::Rule { handle: handle(0, 2), verdict: Verdict::Jump(name("passing")) },
        Step::Return { verdict: Verdict::Continue },
        Step::Rule { handle: handle(0, 3), verdict: Verdict::Jump(name("called")) },
        Step::Rule { handle: handle(1, 0), verdict: Verdict::Drop },
    ];
    let mut packets = BTreeSet::new();
    for (at, expected) in expected.into_iter().enumerate() {
        let Some(Event::Trace(Trace { packet, step, iif, .. })) = monitor.next(WAIT).unwrap() else {
            panic!("no trace")
        };
        assert_eq!((step, iif), (expected, (at == 0).then_some(1)), "the interface is told once");
        packets.insert(packet);
    }
    assert_eq!(packets.len(), 1);
}

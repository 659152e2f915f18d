//! Steps from one table to another, taken on the kernel.

use std::cell::RefCell;
use std::net::{Ipv4Addr, UdpSocket};

use nines_nft::{Connection, Error};
use nines_traffic::nft::table::priority;
use nines_traffic::nft::{
    Action, Answer, Answers, Batch, Chain, ChainKind, Change, Conflict, Data, Datatype, Element, Field, Hook,
    LiveTable, Match, Object, ObjectState, Policy, Rule, Set, SetHead, Steps, Table, TableFlags, TableId, Verdict,
    diff,
};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::harness::nft;
use crate::rules::{base_chain, empty, id, name};

/// Pairs of tables that are generated.
const PAIRS: u32 = 300;

fn live(connection: &mut Connection) -> Option<LiveTable> {
    connection.table(&TableId::nines()).unwrap().1
}

/// Takes the steps to a table.
fn lead_to(connection: &mut Connection, wanted: &Table) -> Result<(), String> {
    let (generation, held) = connection.table(&TableId::nines()).unwrap();
    let steps = diff(held.as_ref(), wanted).map_err(|conflict| conflict.to_string())?;
    let carried = connection.carry_out(&steps, generation).map_err(|error| format!("{error}\n{steps:#?}"))?;
    if let Some(error) = carried.uncleared {
        return Err(format!("{error}\n{:#?}", steps.clear));
    }
    let held = live(connection).ok_or("there is no table")?;
    if sorted(held.table()) != sorted(wanted.clone()) {
        return Err(format!("wanted {wanted:#?}\nheld {:#?}", held.table()));
    }
    let again = diff(Some(&held), wanted).map_err(|conflict| conflict.to_string())?;
    if again.is_empty() { Ok(()) } else { Err(format!("not the end: {again:#?}")) }
}

/// Where chains and sets stand among themselves means nothing.
fn sorted(mut table: Table) -> Table {
    table.chains.sort_by(|a, b| a.name.cmp(&b.name));
    table.sets.sort_by(|a, b| a.head.name.cmp(&b.head.name));
    table.objects.sort_by(|a, b| a.name.cmp(&b.name));
    table.sets.iter_mut().for_each(|set| set.elements.sort());
    table
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let ids = subsequence((0..12).map(|number| format!("in/{number}")).collect::<Vec<_>>(), 0..=12).prop_shuffle();
    (ids, vec(0_u8..3, 12)).prop_map(|(ids, forms)| {
        let form = |form: u8| match form {
            0 => Match::tcp_dport(80),
            1 => Field::TCP_DPORT.in_set(&name("ports")),
            _ => Match::udp_dport(53),
        };
        let rule = |(text, kind): (&String, &u8)| Rule::new(id(text)).when(form(*kind)).then(Action::counter());
        ids.iter().zip(&forms).map(rule).collect()
    })
}

fn sets() -> impl Strategy<Value = Vec<Set>> {
    let nets = btree_set(any::<u16>(), 0..30).prop_map(|ends| {
        let ends: Vec<u16> = ends.into_iter().collect();
        let address = |end: u16| Data::from(Ipv4Addr::from(u32::from(end) << 8));
        let range = |pair: &[u16]| Element::range(address(pair[0]), address(pair[1]));
        let head = SetHead::of(name("nets"), Datatype::Ipv4).with_intervals();
        Set { head, elements: ends.chunks_exact(2).map(range).collect() }
    });
    let ports = btree_set(any::<u16>(), 0..30).prop_map(|ports| {
        let elements = ports.into_iter().map(|port| Element::one(Data::port(port))).collect();
        Set { head: SetHead::of(name("ports"), Datatype::Port), elements }
    });
    let calls = any::<bool>().prop_map(|calls| {
        let answer = if calls { Verdict::Jump(name("called")) } else { Verdict::Drop };
        let element = Element::one(Data::port(9)).answering(Answer::Verdict(answer));
        Set { head: SetHead::of(name("calls"), Datatype::Port).answering(Answers::Verdict), elements: vec![element] }
    });
    (nets, ports, calls, any::<bool>()).prop_map(
        |(nets, ports, calls, with_nets)| {
            if with_nets { vec![nets, ports, calls] } else { vec![ports, calls] }
        },
    )
}

fn table() -> impl Strategy<Value = Table> {
    let policy = select(vec![Policy::Accept, Policy::Drop]);
    let place = select(vec![priority::FILTER, priority::FILTER - 5]);
    (rules(), rules(), sets(), policy, place, any::<[bool; 2]>()).prop_map(|(first, second, sets, policy, at, has)| {
        let mut input = base_chain("in", ChainKind::Filter, Hook::Input, at);
        input.base.as_mut().unwrap().policy = policy;
        input.rules = first;
        let called = Chain { name: name("called"), base: None, rules: second };
        let output = base_chain("out", ChainKind::Filter, Hook::Output, 0);
        let chains = if has[0] { vec![input, output, called] } else { vec![called, input] };
        let counter = Object { name: name("n_web"), state: ObjectState::Counter };
        Table { objects: has[1].then_some(counter).into_iter().collect(), sets, chains, ..empty() }
    })
}

pub fn generated() {
    let connection = RefCell::new(Connection::open().unwrap());
    let mut runner = TestRunner::new(Config { cases: PAIRS, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&(table(), table()), |(first, second)| {
        let mut connection = connection.borrow_mut();
        let removal = vec![Change::AddTable(TableFlags::default()), Change::DeleteTable];
        connection.apply(&Batch { table: TableId::nines(), changes: removal }, None).unwrap();
        lead_to(&mut connection, &first).map_err(TestCaseError::fail)?;
        lead_to(&mut connection, &second).map_err(TestCaseError::fail)
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

pub fn stale() {
    let mut connection = Connection::open().unwrap();
    let mut wanted = empty();
    wanted.sets = vec![Set { head: SetHead::of(name("ports"), Datatype::Port), elements: Vec::new() }];
    let mut input = base_chain("in", ChainKind::Filter, Hook::Input, 0);
    input.rules = vec![Rule::new(id("a")).when(Field::TCP_DPORT.in_set(&name("ports"))).then(Action::drop())];
    wanted.chains = vec![input];
    let (generation, held) = connection.table(&TableId::nines()).unwrap();
    let steps = diff(held.as_ref(), &wanted).unwrap();
    nft("table ip other { }\n");
    assert!(matches!(connection.carry_out(&steps, generation), Err(Error::Stale(_))));
    assert_eq!(live(&mut connection), None);
    // Another comes between the steps: sets are there, rules are not, and the next plan goes on from there.
    let (generation, _) = connection.table(&TableId::nines()).unwrap();
    connection.apply(&steps.fill, Some(generation)).unwrap();
    nft("delete table ip other\n");
    let late = Steps { fill: Batch { changes: Vec::new(), ..steps.fill.clone() }, ..steps };
    assert!(matches!(connection.carry_out(&late, generation + 1), Err(Error::Stale(_))));
    assert_eq!(live(&mut connection).unwrap().chains, []);
    lead_to(&mut connection, &wanted).unwrap();
}

pub fn handles() {
    let table_of = |ports: &[u16]| {
        let mut input = base_chain("in", ChainKind::Filter, Hook::Input, 0);
        let rule =
            |port: &u16| Rule::new(id(&format!("in/{port}"))).when(Match::udp_dport(*port)).then(Action::counter());
        input.rules = ports.iter().map(rule).collect();
        Table { chains: vec![input], ..empty() }
    };
    let mut connection = Connection::open().unwrap();
    lead_to(&mut connection, &table_of(&[7, 9, 11])).unwrap();
    UdpSocket::bind("127.0.0.1:0").unwrap().send_to(b"?", "127.0.0.1:9").unwrap();
    let before = live(&mut connection).unwrap().chains[0].rules[1].clone();
    assert_eq!(before.counted.map(|count| count.packets), Some(1));
    lead_to(&mut connection, &table_of(&[5, 9, 8, 7])).unwrap();
    assert_eq!(live(&mut connection).unwrap().chains[0].rules[1], before);
    let mut other = table_of(&[9]);
    other.sets = vec![Set { head: SetHead::of(name("s"), Datatype::Port), elements: Vec::new() }];
    lead_to(&mut connection, &other).unwrap();
    other.sets[0].head.key = vec![Datatype::Ipv4];
    assert_eq!(diff(live(&mut connection).as_ref(), &other), Err(Conflict::Set(name("s"))));
}

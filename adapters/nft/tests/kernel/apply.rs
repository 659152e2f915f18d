//! Transactions: all or nothing, on the state they were made for, by the one who owns the table.

use std::process::Command;

use nines_nft::{Connection, Error};
use nines_traffic::nft::{
    Action, Batch, ChainKind, Change, Handle, Hook, LiveChain, Match, Name, Place, Policy, Rule, Table, TableFlags,
    TableId,
};

use crate::harness::{nft, tool};
use crate::rules::{base_chain, empty, id, name};

const INPUT: Name = Name::fixed("in");

fn rule(text: &str) -> Rule {
    Rule::new(id(text)).when(Match::tcp_dport(80)).then(Action::accept())
}

fn table_of(rules: &[&str]) -> Table {
    let mut chain = base_chain("in", ChainKind::Filter, Hook::Input, 0);
    chain.rules = rules.iter().map(|text| rule(text)).collect();
    Table { chains: vec![chain], ..empty() }
}

fn batch(changes: Vec<Change>) -> Batch {
    Batch { table: TableId::nines(), changes }
}

fn chain(connection: &mut Connection) -> LiveChain {
    connection.table(&TableId::nines()).unwrap().1.expect("the table").chains.remove(0)
}

fn ids(connection: &mut Connection) -> Vec<String> {
    chain(connection).rules.iter().filter_map(|live| live.rule.id.as_ref().map(ToString::to_string)).collect()
}

fn handle(connection: &mut Connection, text: &str) -> Handle {
    let rules = chain(connection).rules;
    rules.iter().find(|live| live.rule.id == Some(id(text))).expect("the rule").handle
}

pub fn stale() {
    let mut connection = Connection::open().unwrap();
    let planned = connection.generation().unwrap().id;
    nft("table ip other { }\n");
    let late = connection.apply(&Batch::create(&table_of(&["a"])), Some(planned));
    assert!(matches!(late, Err(Error::Stale(generation)) if generation == planned), "{late:?}");
    let (now, table) = connection.table(&TableId::nines()).unwrap();
    assert_eq!(table, None);
    connection.apply(&Batch::create(&table_of(&["a"])), Some(now)).unwrap();
    assert_eq!(ids(&mut connection), ["a"]);
}

pub fn refused() {
    let mut connection = Connection::open().unwrap();
    let mut batch = Batch::create(&table_of(&["a", "b"]));
    let lost = Rule::new(id("lost")).then(Action::jump(&name("nowhere")));
    batch.changes.insert(3, Change::AddRule(INPUT, Place::End, lost));
    batch.changes.push(Change::DeleteSet(name("no-such-set")));
    let Err(Error::Refused(refusals)) = connection.apply(&batch, None) else { panic!("it was applied") };
    let refused: Vec<_> = refusals.iter().map(|refusal| (refusal.change, refusal.error.raw_os_error())).collect();
    assert_eq!(refused, [(Some(3), Some(2)), (Some(5), Some(2))]);
    assert_eq!(refusals[0].what, "rule lost of chain in of table inet nines");
    assert_eq!(connection.table(&TableId::nines()).unwrap().1, None);
}

pub fn checked() {
    let mut connection = Connection::open().unwrap();
    let before = connection.generation().unwrap().id;
    connection.check(&Batch::create(&table_of(&["a"])), Some(before)).unwrap();
    assert_eq!(connection.table(&TableId::nines()).unwrap(), (before, None));
    connection.apply(&Batch::create(&table_of(&["a"])), None).unwrap();
    for end in [Action::masquerade(), Action::jump(&name("nowhere"))] {
        let wrong = batch(vec![Change::AddRule(INPUT, Place::End, Rule::new(id("wrong")).then(end))]);
        let Err(Error::Refused(refusals)) = connection.check(&wrong, None) else { panic!("it was taken") };
        assert_eq!(refusals[0].what, "rule wrong of chain in of table inet nines");
    }
    assert_eq!(ids(&mut connection), ["a"]);
}

pub fn owner() {
    let flags = TableFlags { owner: true, persist: true, dormant: false };
    let mut first = Connection::open().unwrap();
    assert!(first.can_persist().unwrap());
    first.apply(&Batch::create(&Table { flags, ..table_of(&["a"]) }), None).unwrap();
    nft("flush ruleset\n");
    assert_eq!(ids(&mut first), ["a"]);
    let foreign = Command::new("nft").args(["add", "chain", "inet", "nines", "theirs"]).output().unwrap();
    assert!(!foreign.status.success(), "another wrote into a table that is owned");
    let mut second = Connection::open().unwrap();
    let Err(Error::Refused(refusals)) = second.apply(&batch(vec![Change::FlushChain(INPUT)]), None) else {
        panic!("another connection wrote into a table that is owned");
    };
    assert_eq!(refusals[0].error.raw_os_error(), Some(1));
    assert_eq!(second.table(&TableId::nines()).unwrap().1.unwrap().owner, Some(first.port()));
    drop(first);
    let orphan = second.table(&TableId::nines()).unwrap().1.expect("it persists");
    assert_eq!((orphan.owner, orphan.chains[0].rules.len()), (None, 1));
    second.apply(&batch(vec![Change::AddTable(flags), Change::FlushChain(INPUT)]), None).unwrap();
    let adopted = second.table(&TableId::nines()).unwrap().1.unwrap();
    assert_eq!((adopted.owner, adopted.flags), (Some(second.port()), flags));
    drop(second);
    tool("nft", &["flush", "ruleset"]);
    assert_eq!(Connection::open().unwrap().table(&TableId::nines()).unwrap().1, None, "nobody owned it");
}

pub fn handles() {
    let mut connection = Connection::open().unwrap();
    connection.apply(&Batch::create(&table_of(&["a", "b"])), None).unwrap();
    let (a, b) = (handle(&mut connection, "a"), handle(&mut connection, "b"));
    let changes = vec![
        Change::AddRule(INPUT, Place::Start, rule("first")),
        Change::AddRule(INPUT, Place::After(a), rule("after a")),
        Change::AddRule(INPUT, Place::Before(b), rule("before b")),
        Change::ReplaceRule(INPUT, b, rule("c")),
        Change::AddRule(INPUT, Place::End, rule("last")),
        Change::SetPolicy(INPUT, Policy::Drop),
    ];
    connection.apply(&batch(changes), None).unwrap();
    assert_eq!(ids(&mut connection), ["first", "a", "after a", "before b", "c", "last"]);
    assert_eq!(chain(&mut connection).base.unwrap().policy, Policy::Drop);
    connection.apply(&batch(vec![Change::DeleteRule(INPUT, a)]), None).unwrap();
    assert_eq!(ids(&mut connection), ["first", "after a", "before b", "c", "last"]);
    connection.apply(&batch(vec![Change::FlushChain(INPUT), Change::DeleteChain(INPUT)]), None).unwrap();
    assert_eq!(connection.table(&TableId::nines()).unwrap().1.unwrap().chains, []);
}

//! Written, read back, equal.

use std::cell::RefCell;
use std::net::{Ipv4Addr, Ipv6Addr};

use nines_nft::Connection;
use nines_traffic::nft::keys::Family;
use nines_traffic::nft::{
    Answer, Answers, Batch, Change, Data, Datatype, Element, Expr, Set, SetHead, Table, TableFlags, TableId,
};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::generated;
use crate::harness::nft;
use crate::rules::{empty, name, table_of_everything};

/// Tables that are generated.
const TABLES: u32 = 200;

/// Writes a table and reads it back; in words, what of it is another.
fn written_and_read(connection: &mut Connection, table: &Table) -> Result<(), String> {
    connection.apply(&Batch::create(table), None).map_err(|error| error.to_string())?;
    let (_, live) = connection.table(&table.id).map_err(|error| error.to_string())?;
    let held = live.ok_or("there is no such table")?.table();
    let rules = |table: &Table| table.chains.iter().flat_map(|chain| chain.rules.clone()).collect::<Vec<_>>();
    for (wanted, held) in rules(table).iter().zip(&rules(&held)) {
        if wanted != held {
            return Err(format!("{wanted:?}\nreads back as\n{held:?}"));
        }
    }
    if *table == held { Ok(()) } else { Err(format!("{table:#?}\nreads back as\n{held:#?}")) }
}

fn assert_reads_back(table: &Table) {
    let mut connection = Connection::open().unwrap();
    written_and_read(&mut connection, table).unwrap_or_else(|different| panic!("{different}"));
}

pub fn every_expression() {
    assert_reads_back(&table_of_everything());
}

pub fn generated_tables() {
    let connection = RefCell::new(Connection::open().unwrap());
    let removal =
        Batch { table: TableId::nines(), changes: vec![Change::AddTable(TableFlags::default()), Change::DeleteTable] };
    let mut runner = TestRunner::new(Config { cases: TABLES, failure_persistence: None, ..Config::default() });
    let written = runner.run(&generated::table(), |table| {
        let mut connection = connection.borrow_mut();
        let outcome = written_and_read(&mut connection, &table).map_err(TestCaseError::fail);
        connection.apply(&removal, None).unwrap();
        outcome
    });
    written.unwrap_or_else(|error| panic!("{error}"));
}

pub fn sets_and_maps() {
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
    let mut table = empty();
    table.sets = vec![nets, nets6, pairs, boxes, lapsing, backends, marks, counted];
    assert_reads_back(&table);
}

pub fn tables_of_others() {
    let rules = r#"
table ip nat {
    chain post { type nat hook postrouting priority srcnat; policy drop; counter masquerade; }
}
table netdev early {
    chain in { type filter hook ingress device lo priority 0; policy accept; ip saddr { 10.0.0.0/8, 192.0.2.1 } drop; }
}
table inet odd {
    quota q { over 10 mbytes; }
    chain c {
        quota name "q" drop
        ip saddr 10.0.0.1 tcp dport 80 synproxy mss 1460
        osf name "Linux" accept
    }
}
"#;
    nft(rules);
    let snapshot = Connection::open().unwrap().snapshot().unwrap();
    assert_eq!(snapshot.tables.len(), 3);
    let table = |family, text: &str| snapshot.table(&TableId { family, name: name(text) }).unwrap();
    let post = &table(Family::Ip, "nat").chains[0];
    assert_eq!(post.rules[0].counted.map(|count| count.packets), Some(0));
    assert!(matches!(post.rules[0].rule.exprs[..], [Expr::Counter, Expr::Masquerade { .. }]));
    assert_eq!(table(Family::Netdev, "early").sets[0].elements.len(), 2);
    let names: Vec<&str> = table(Family::Inet, "odd").chains[0]
        .rules
        .iter()
        .flat_map(|rule| &rule.rule.exprs)
        .filter_map(unknown)
        .collect();
    assert_eq!(names, ["synproxy", "osf"]);
}

fn unknown(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Unknown { name, .. } => Some(name),
        _ => None,
    }
}

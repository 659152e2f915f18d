//! Written, read back, equal.

use std::cell::RefCell;

use nines_nft::Connection;
use nines_traffic::nft::keys::Family;
use nines_traffic::nft::text::render_rule;
use nines_traffic::nft::{Batch, Change, Expr, Table, TableFlags, TableId};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::generated;
use crate::harness::{nft, tool};
use crate::rules::{name, table_of_everything};
use crate::sets::table_of_sets;

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
    assert_reads_back(&table_of_sets());
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

pub fn iptables() {
    let log = ["-A", "FORWARD", "-p", "tcp", "-m", "ttl", "--ttl-gt", "3", "-j", "TCPMSS", "--set-mss", "1400"];
    tool("iptables-nft", &[&log[..], &["--tcp-flags", "SYN,RST", "SYN"]].concat());
    let snapshot = Connection::open().unwrap().snapshot().unwrap();
    let filter = snapshot.table(&TableId { family: Family::Ip, name: name("filter") }).unwrap();
    let rule = &filter.chains.iter().flat_map(|chain| &chain.rules).next().unwrap().rule;
    let names = rule.exprs.iter().filter_map(|expr| match expr {
        Expr::Xtables { target, name, .. } => Some((*target, name.as_str())),
        _ => None,
    });
    assert_eq!(names.collect::<Vec<_>>(), [(false, "ttl"), (true, "TCPMSS")]);
    let text = render_rule(Family::Ip, &[], rule);
    assert!(text.contains("xt match \"ttl\"") && text.ends_with("xt target \"TCPMSS\""), "{text}");
}

fn unknown(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Unknown { name, .. } => Some(name),
        _ => None,
    }
}

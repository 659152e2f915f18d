//! `nft` as a second reader: what it lists is what our text says, and what it makes of our text is what we write.

use nines_nft::Connection;
use nines_traffic::nft::keys::ObjectKind;
use nines_traffic::nft::text::{render_rule, render_table};
use nines_traffic::nft::{Batch, Chain, Expr, Rule, Table};

use crate::harness::{nft, tool};
use crate::rules::table_of_everything;
use crate::sets::table_of_sets;

/// Lines without indentation, and lists of elements in one.
fn lines(text: &str) -> Vec<String> {
    let joined = text.replace(",\n", ", ");
    let lines = joined.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

fn list(table: &Table) -> Vec<String> {
    Connection::open().unwrap().apply(&Batch::create(table), None).unwrap();
    lines(&tool("nft", &["-s", "list", "table", table.id.family.word(), table.id.name.as_str()]))
}

/// What this `nft` can list at all: it ends in an assertion on objects that count connections.
fn table() -> Table {
    let mut table = table_of_everything();
    table.objects.retain(|object| object.state.kind() != ObjectKind::Connlimit);
    for chain in &mut table.chains {
        let unlisted = |expr: &Expr| matches!(expr, Expr::Object { kind: ObjectKind::Connlimit, .. });
        chain.rules.retain(|rule| !rule.exprs.iter().any(unlisted));
    }
    table
}

/// Rules that this `nft` lists in another way: it does not see that a frame was asked to be of Ethernet, and takes a
/// refusal by ICMP for a sign of IPv4.
const LISTED_OTHERWISE: [&str; 2] = ["\"in/6\"", "\"in/18\""];

pub fn listed() {
    assert_listed(&table());
}

pub fn sets_listed() {
    assert_listed(&table_of_sets());
}

fn assert_listed(table: &Table) {
    let ours = lines(&render_table(table));
    let theirs = list(table);
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert!(
            ours == theirs || LISTED_OTHERWISE.iter().any(|id| ours.ends_with(id)),
            "ours   {ours}\ntheirs {theirs}"
        );
    }
}

/// Rules that this `nft` makes otherwise: it asks for IPv6 where the protocol alone would do, and writes two bytes where
/// one would do.
const LOADED_OTHERWISE: [&str; 3] = ["\"in/16\"", "\"option/present\"", "\"ttl\""];

pub fn loaded() {
    let mut table = table();
    // Rules that load something and do nothing with it are no text.
    let says = |rule: &Rule| !render_rule(table.id.family, &table.sets, rule).starts_with("comment");
    let chains = table
        .chains
        .iter()
        .map(|chain| Chain { rules: chain.rules.iter().filter(|rule| says(rule)).cloned().collect(), ..chain.clone() });
    table.chains = chains.collect();
    let ours = render_table(&table);
    nft(&ours);
    let (_, live) = Connection::open().unwrap().table(&table.id).unwrap();
    let theirs = render_table(&live.expect("the table").table());
    for (ours, theirs) in lines(&ours).iter().zip(&lines(&theirs)) {
        assert!(
            ours == theirs || LOADED_OTHERWISE.iter().any(|id| ours.ends_with(id)),
            "ours   {ours}\ntheirs {theirs}"
        );
    }
}

//! Tests of the walk through what the kernel holds: against the intents that it was compiled from, and beside tables of others.

mod intents;
mod others;

use super::{HostFacts, Tables};
use crate::net::Net;
use crate::nft::{LiveChain, LiveRule, LiveTable, Snapshot, Table};
use crate::simulate::{answer_line, read_packet};

/// A table as the kernel would tell it.
fn live(table: Table) -> LiveTable {
    let rules = |rules: Vec<crate::nft::Rule>| {
        (1..).zip(rules).map(|(handle, rule)| LiveRule { handle, rule, counted: None }).collect()
    };
    let chain = |chain: crate::nft::Chain| LiveChain { name: chain.name, base: chain.base, rules: rules(chain.rules) };
    LiveTable {
        id: table.id,
        flags: table.flags,
        owner: None,
        objects: Vec::new(),
        sets: table.sets,
        chains: table.chains.into_iter().map(chain).collect(),
    }
}

/// A host whose addresses are told.
fn host() -> HostFacts {
    HostFacts { addresses: Some(vec![Net::host([192, 0, 2, 1].into())]), ..HostFacts::default() }
}

/// The answer of tables to a packet, as a line.
fn ask(tables: &[LiveTable], packet: &str) -> String {
    let snapshot = Snapshot { generation: 1, tables: tables.to_vec() };
    answer_line(&Tables::new(&snapshot, &host()).answer(&read_packet(1, packet).unwrap()))
}

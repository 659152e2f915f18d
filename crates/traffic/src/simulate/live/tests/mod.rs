//! Tests of the walk through what the kernel holds: against the intents that it was compiled from, and beside tables of others.

mod intents;
mod others;

use super::{HostFacts, Tables};
use crate::net::Net;
use crate::nft::{LiveTable, Snapshot};
use crate::simulate::{answer_line, read_packet};

/// A host whose addresses are told.
fn host() -> HostFacts {
    HostFacts { addresses: Some(vec![Net::host([192, 0, 2, 1].into())]), ..HostFacts::default() }
}

/// The answer of tables to a packet, as a line.
fn ask(tables: &[LiveTable], packet: &str) -> String {
    let snapshot = Snapshot { generation: 1, tables: tables.to_vec() };
    answer_line(&Tables::new(&snapshot, &host()).answer(&read_packet(1, packet).unwrap()))
}

//! The SQLite ledger held to its contract and to what only a file can show: crashes, damage, full disks.

mod contract;
mod crash;
mod damage;
mod open;

use nines_ledger::{Event, EventQuery, Ledger};

/// Everything a ledger holds, oldest first.
fn events(ledger: &dyn Ledger) -> Vec<Event> {
    ledger.events(&EventQuery::default()).unwrap()
}

//! Swaps rules and sets under a flood of packets and counts those that a half-applied state let through.
//! `cargo run --release -p nines-nft --example leak [SWAPS]` as root; a network namespace of its own is used.

use std::error::Error;
use std::time::Instant;

use nines_nft::leak;
use nines_traffic::nft::{Batch, Change};

/// Swaps where none are asked for.
const SWAPS: u32 = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let n_swaps = std::env::args().nth(1).map_or(Ok(SWAPS), |asked| asked.parse())?;
    let start = Instant::now();
    println!("sets first, rules second, garbage last: {:?} in {:.0?}", leak::swap_in_steps(n_swaps)?, start.elapsed());
    let start = Instant::now();
    let at_once = leak::swap(n_swaps, |connection, wanted| {
        let mut batch = Batch::create(wanted);
        batch.changes.splice(0..0, [Change::AddTable(wanted.flags), Change::DeleteTable]);
        connection.apply(&batch, None)
    })?;
    println!("all in one transaction:                 {at_once:?} in {:.0?}", start.elapsed());
    Ok(())
}

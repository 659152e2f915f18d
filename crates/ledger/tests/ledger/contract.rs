//! The contract, in a file and in memory.

use nines_ledger::contract::CHECKS;
use nines_ledger::{Ledger, SqliteLedger};

fn run(fresh: impl Fn(&str) -> Box<dyn Ledger>) {
    for (claim, check) in CHECKS {
        println!("{claim}");
        check(&*fresh(claim)).unwrap();
    }
}

#[test]
fn a_ledger_in_a_file_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    run(|claim| Box::new(SqliteLedger::open(&folder.path().join(claim)).unwrap()));
}

#[test]
fn a_ledger_in_memory_keeps_the_contract() {
    run(|_| Box::new(SqliteLedger::in_memory().unwrap()));
}

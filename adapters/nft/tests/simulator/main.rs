//! The simulator held against a kernel: random rule sets are loaded by the kernel's own `iptables-legacy-restore` in a
//! private network namespace, random packets are sent for real, and every counter of every rule must move as the
//! simulator's path says, every packet arrive or not arrive, and arrive where the simulator says.
//!
//! It needs what the adapter's own tests need, and says what is missing as they do. It stands here because the pure
//! crate, whose simulator it is, knows no kernel.

mod frame;
#[path = "../kernel/harness.rs"]
#[allow(dead_code)] // its tools are for tests of tables
mod harness;
mod host;
mod intents;
mod raw;

use harness::Test;
use host::{Difference, differences};
use nines_traffic::net::Family;
use std::process::ExitCode;

/// Rule sets of a quick run, for each family; `NINES_KERNEL_RULESETS` asks for others.
const RULESETS_QUICK: u64 = 60;
/// Packets for each.
const PACKETS: usize = 40;
/// After so many a run ends: one cause shows in many packets.
const DIFFERENCES_SHOWN: usize = 10;
const TESTS: &[Test] = &[
    Test::new("the_kernel_and_the_simulator_agree_on_ipv4", || rulesets(Family::V4)),
    Test::new("the_kernel_and_the_simulator_agree_on_ipv6", || rulesets(Family::V6)),
    Test::new("the_kernel_and_the_intents_agree_on_ipv4", || intents_of(Family::V4)),
    Test::new("the_kernel_and_the_intents_agree_on_ipv6", || intents_of(Family::V6)),
];

fn main() -> ExitCode {
    harness::run(TESTS)
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Seeds of a run: the first, and how many.
fn seeds() -> std::ops::Range<u64> {
    let first = number("NINES_KERNEL_SEED", 1);
    first..first + number("NINES_KERNEL_RULESETS", RULESETS_QUICK)
}

fn rulesets(family: Family) {
    let kernel = host::Kernel::set_up(family);
    let (mut n_packets, mut n_unknown) = (0, 0);
    let mut wrong = Vec::new();
    for seed in seeds() {
        let (told, found) = differences(&kernel, seed, PACKETS);
        n_packets += told.n_packets;
        n_unknown += told.n_unknown;
        wrong.extend(found.iter().map(Difference::text));
        if wrong.len() > DIFFERENCES_SHOWN {
            break;
        }
    }
    println!("{family:?}: rule sets {:?}, {n_packets} packets, {n_unknown} of them unknown", seeds());
    wrong.iter().for_each(|text| println!("{text}"));
    assert!(wrong.is_empty(), "{} differences", wrong.len());
}

fn intents_of(family: Family) {
    let kernel = host::Kernel::set_up(family);
    let mut n_packets = 0;
    let mut wrong = Vec::new();
    for seed in seeds() {
        let (told, found) = intents::differences(&kernel, seed, PACKETS);
        n_packets += told;
        wrong.extend(found);
        if wrong.len() > DIFFERENCES_SHOWN {
            break;
        }
    }
    println!("{family:?}: intents {:?}, {n_packets} packets", seeds());
    wrong.iter().for_each(|text| println!("{text}"));
    assert!(wrong.is_empty() && n_packets > 0, "{} differences", wrong.len());
}

//! The simulator held against a kernel: random rule sets are loaded by the kernel's own `iptables-legacy-restore` in a
//! private network namespace, random packets are sent for real, and every counter of every rule must move as the
//! simulator's path says, every packet arrive or not arrive, and arrive where the simulator says.
//!
//! It says what is missing where it cannot run. It stands here because the pure crate, whose simulator it is, knows no
//! kernel.

#[path = "../../../nft/tests/kernel/harness.rs"]
#[allow(dead_code)] // its tools are for tests of tables
mod harness;
mod host;
mod imports;
mod intents;
mod replay;

use harness::Test;
use nines_replay::with_replay;
use nines_traffic::net::Family;
use std::process::ExitCode;

/// Rule sets of a quick run, for each family; `NINES_KERNEL_RULESETS` asks for others.
const RULESETS_QUICK: u64 = 60;
/// Packets for each.
const PACKETS: usize = 40;
/// After so many a run ends: one cause shows in many packets.
const DIFFERENCES_SHOWN: usize = 10;
const TESTS: &[Test] = &[
    Test::new("rpl_1_a_packet_sent_twice_meets_the_rules_as_if_it_were_the_first", replay::twice),
    Test::new("rpl_2_a_packet_that_the_host_sends_elsewhere_is_told_apart", replay::elsewhere),
    Test::new("both_iptables_and_a_table_of_ours_tell_the_deciding_rule", replay::deciding),
    Test::new("what_iptables_does_not_take_is_told_in_its_words", replay::refused),
    Test::new("a_claim_of_the_simulator_is_proven_with_its_translations", imports::simulated),
    Test::new("every_golden_import_is_proven", imports::golden),
    Test::new("each_known_miscompile_of_stock_tools_is_found_where_it_is_planted", imports::planted),
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
    let host = host::host(family);
    let (mut n_packets, mut n_unknown) = (0, 0);
    let mut wrong = Vec::new();
    let run = with_replay(&host::ground(&host), |replay| {
        for seed in seeds() {
            let (told, found) = host::differences(replay, &host, seed, PACKETS);
            n_packets += told.n_packets;
            n_unknown += told.n_unknown;
            wrong.extend(found);
            if wrong.len() > DIFFERENCES_SHOWN {
                break;
            }
        }
        Ok(())
    });
    run.unwrap();
    println!("{family:?}: rule sets {:?}, {n_packets} packets, {n_unknown} of them unknown", seeds());
    wrong.iter().for_each(|text| println!("{text}"));
    assert!(wrong.is_empty(), "{} differences", wrong.len());
}

fn intents_of(family: Family) {
    let host = host::host(family);
    let mut n_packets = 0;
    let mut wrong = Vec::new();
    let run = with_replay(&host::ground(&host), |replay| {
        for seed in seeds() {
            let (told, found) = intents::differences(replay, &host, seed, PACKETS);
            n_packets += told;
            wrong.extend(found);
            if wrong.len() > DIFFERENCES_SHOWN {
                break;
            }
        }
        Ok(())
    });
    run.unwrap();
    println!("{family:?}: intents {:?}, {n_packets} packets", seeds());
    wrong.iter().for_each(|text| println!("{text}"));
    assert!(wrong.is_empty() && n_packets > 0, "{} differences", wrong.len());
}

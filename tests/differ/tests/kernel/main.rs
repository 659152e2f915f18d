//! 300 rule sets of 50 packets, intents, and planted bugs, in every test run. It says what is missing where it cannot
//! run. `NINES_KERNEL_RULESETS` and `NINES_KERNEL_SEED` ask for others.

#[path = "../../../../adapters/nft/tests/kernel/harness.rs"]
#[allow(dead_code)] // its tools are for tests of tables
mod harness;

use harness::Test;
use nines_differ::bench::{Asked, run, smaller};
use nines_differ::host::{ground, host};
use nines_differ::planted::PLANTED;
use nines_differ::{intents, others};
use nines_replay::{Error, with_replay};
use nines_traffic::net::Family;
use std::process::ExitCode;

/// Rule sets of a run, half of each family.
const RULESETS: u64 = 300;
/// Packets of each.
const PACKETS: usize = 50;
/// Intent files of each family, and packets of each.
const INTENTS: u64 = 60;
const PACKETS_OF_INTENTS: usize = 40;
/// Rule sets of a family within which a planted bug must be found.
const RULESETS_PLANTED: u64 = 40;
/// After so many a run ends: one cause shows in many packets.
const DIFFERENCES_SHOWN: usize = 10;
const TESTS: &[Test] = &[
    Test::new("simulator_iptables_and_compiler_agree_on_ipv4", || rulesets(Family::V4)),
    Test::new("simulator_iptables_and_compiler_agree_on_ipv6", || rulesets(Family::V6)),
    Test::new("the_kernel_and_the_intents_agree_on_ipv4", || intents_of(Family::V4)),
    Test::new("the_kernel_and_the_intents_agree_on_ipv6", || intents_of(Family::V6)),
    Test::new("the_kernel_and_the_walk_through_tables_of_another_tool_agree_on_ipv4", || others_of(Family::V4)),
    Test::new("the_kernel_and_the_walk_through_tables_of_another_tool_agree_on_ipv6", || others_of(Family::V6)),
    Test::new("planted_bugs_are_found", planted),
];

fn main() -> ExitCode {
    harness::run(TESTS)
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Seeds of a run: the first, and how many.
fn seeds(usual: u64) -> std::ops::Range<u64> {
    let first = number("NINES_KERNEL_SEED", 1);
    first..first + number("NINES_KERNEL_RULESETS", usual)
}

fn rulesets(family: Family) {
    let asked = Asked { seeds: seeds(RULESETS / 2), n_packets: PACKETS, planted: None, n_different_max: 20 };
    let tally = run(family, &asked, |_| {}).unwrap();
    println!("{family:?}: {tally}");
    tally.found.iter().for_each(|found| println!("{}", smaller(family, None, found.clone()).unwrap()));
    assert_eq!(tally.n_different, 0);
}

fn intents_of(family: Family) {
    let host = host(family);
    let mut n_packets = 0;
    let mut wrong = Vec::new();
    let run = with_replay(&ground(&host), |replay| {
        for seed in seeds(INTENTS) {
            let (told, found) = intents::differences(replay, &host, seed, PACKETS_OF_INTENTS)?;
            n_packets += told;
            wrong.extend(found);
            if wrong.len() > DIFFERENCES_SHOWN {
                break;
            }
        }
        Ok(())
    });
    run.unwrap();
    println!("{family:?}: intents {:?}, {n_packets} packets", seeds(INTENTS));
    wrong.iter().for_each(|text| println!("{text}"));
    assert!(wrong.is_empty() && n_packets > 0, "{} differences", wrong.len());
}

fn others_of(family: Family) {
    let host = host(family);
    let (mut n_packets, mut n_unknown, mut wrong) = (0, 0, Vec::new());
    let run = with_replay(&ground(&host), |replay| {
        for seed in seeds(INTENTS) {
            let told = others::differences(replay, &host, seed, PACKETS_OF_INTENTS)?;
            n_packets += told.n_packets;
            n_unknown += told.n_unknown;
            wrong.extend(told.wrong);
            if wrong.len() > DIFFERENCES_SHOWN {
                break;
            }
        }
        Ok(())
    });
    run.unwrap();
    println!("{family:?}: rule sets {:?}, {n_packets} packets, {n_unknown} of them unknown", seeds(INTENTS));
    wrong.iter().for_each(|text| println!("{text}"));
    assert!(wrong.is_empty() && n_unknown * 10 < n_packets, "{} differences", wrong.len());
}

fn planted() {
    for planted in PLANTED {
        let asked =
            Asked { seeds: 1..RULESETS_PLANTED, n_packets: PACKETS, planted: Some(planted), n_different_max: 1 };
        // A table that the kernel does not take is found too.
        let is_found = |family| match run(family, &asked, |_| {}) {
            Ok(tally) => tally.n_different > 0,
            Err(error) => matches!(error, Error::Refused(_)),
        };
        assert!([Family::V4, Family::V6].into_iter().any(is_found), "{} is not found", planted.name);
    }
}

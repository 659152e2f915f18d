//! The simulator held against a kernel: random rule sets are loaded by the kernel's own `iptables-legacy-restore` in a
//! private network namespace, random packets are sent for real, and every counter of every rule must move as the
//! simulator's path says, every packet arrive or not arrive, and arrive where the simulator says.
//!
//! Needs root or user namespaces, and Debian's `iptables`, `nftables` and `iproute2`; run it with
//! `cargo test -p nines-traffic --test kernel -- --ignored`.

mod frame;
mod host;
mod raw;

use host::{Difference, differences};
use nines_traffic::net::Family;
use std::process::Command;

/// Rule sets of a quick run, for each family; `NINES_KERNEL_RULESETS` asks for others.
const RULESETS_QUICK: u64 = 60;
/// Packets for each.
const PACKETS: usize = 40;
/// Says in which family the process inside the namespace works.
const INSIDE: &str = "NINES_KERNEL_INSIDE";

#[test]
#[ignore = "needs root or user namespaces, iptables-legacy, nft and ip"]
fn the_kernel_and_the_simulator_agree_on_ipv4() {
    in_namespace("4");
}

#[test]
#[ignore = "needs root or user namespaces, iptables-legacy, nft and ip"]
fn the_kernel_and_the_simulator_agree_on_ipv6() {
    in_namespace("6");
}

/// Runs this very test again inside a namespace, where it does the work.
fn in_namespace(family: &str) {
    if std::env::var(INSIDE).is_ok() {
        return inside(if family == "4" { Family::V4 } else { Family::V6 });
    }
    let name = format!("the_kernel_and_the_simulator_agree_on_ipv{family}");
    let status = Command::new("unshare")
        .args(["-Urn", "--"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &name, "--ignored", "--nocapture"])
        .env(INSIDE, family)
        .status()
        .unwrap();
    assert!(status.success(), "see the differences above");
}

fn inside(family: Family) {
    let number = |name: &str, usual| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let n_rulesets = number("NINES_KERNEL_RULESETS", RULESETS_QUICK);
    let first = number("NINES_KERNEL_SEED", 1);
    let kernel = host::Kernel::set_up(family);
    let (mut n_packets, mut n_unknown) = (0, 0);
    let mut wrong = Vec::new();
    for seed in first..first + n_rulesets {
        let (told, found) = differences(&kernel, seed, PACKETS);
        n_packets += told.n_packets;
        n_unknown += told.n_unknown;
        wrong.extend(found);
        if wrong.len() > 10 {
            break;
        }
    }
    println!("{family:?}: {n_rulesets} rule sets from seed {first}, {n_packets} packets, {n_unknown} of them unknown");
    wrong.iter().map(Difference::text).for_each(|text| println!("{text}"));
    assert!(wrong.is_empty(), "{} differences", wrong.len());
}

//! The tier of the real binary: `crates/nines/tests`, which start it, talk to it, kill it; and two minutes
//! of mixed load.

use super::{Form, cargo};
use crate::soak;
use crate::tally::Tally;
use std::time::Duration;

/// Tells the crash test how many rounds of `kill -9` to do.
const CRASH_ROUNDS_VARIABLE: &str = "NINES_CRASH_ROUNDS";
/// Enough to meet each step of a commit at least once in a minute.
const CRASH_ROUNDS_QUICK: &str = "20";
/// What the promise WAL-1 was accepted on.
const CRASH_ROUNDS_FULL: &str = "500";
/// Two minutes of the soak test, as much as an unoptimised build takes in on a busy machine; with little
/// memory, so that segments become blocks many times. An hour of the release binary, long enough for
/// retention too, is `cargo xtask soak`.
const SOAK: [&str; 10] = ["--for", "2m", "--rate", "6k", "--memory", "64MiB", "--disk", "64MiB", "--profile", "dev"];
/// A test binary of the full form may take so long.
const FULL_LIMIT: Duration = Duration::from_secs(60 * 60);

/// Runs the tier.
pub fn run(form: Form) -> Tally {
    let mut tally = Tally::default();
    let (rounds, limit) = match form {
        Form::Quick => (CRASH_ROUNDS_QUICK, cargo::BINARY_LIMIT),
        Form::Full => (CRASH_ROUNDS_FULL, FULL_LIMIT),
    };
    match cargo::build_tests() {
        Ok(binaries) => {
            let wire: Vec<_> = binaries.iter().filter(|binary| binary.is_wire()).collect();
            if wire.is_empty() {
                tally.fail("crates/nines/tests holds no test".to_owned());
            }
            for binary in wire {
                cargo::run(binary, &[(CRASH_ROUNDS_VARIABLE, rounds)], limit, &mut tally);
            }
        }
        Err(why) => tally.fail(format!("build the tests: {why}")),
    }
    println!("-- soak {}", SOAK.join(" "));
    let held =
        soak::run(&SOAK).and_then(|held| if held { Ok(()) } else { Err("a claim failed, see above".to_owned()) });
    tally.record("two minutes of mixed load", held);
    tally
}

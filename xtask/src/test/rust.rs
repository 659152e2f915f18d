//! The tier of the Rust code: format, lints, tests, documentation, tidy.

use super::{Form, cargo};
use crate::process;
use crate::tally::Tally;
use crate::tidy;
use std::time::Duration;

/// One step of cargo may take so long: a first build of everything on two slow cores.
const STEP_LIMIT: Duration = Duration::from_secs(30 * 60);

/// Runs the tier. Its tests are quick already: the long forms live in `wire`.
pub fn run(_form: Form) -> Tally {
    let mut tally = Tally::default();
    step("format", &["fmt", "--all", "--check"], &[], &mut tally);
    match cargo::build_tests() {
        Ok(binaries) => {
            for binary in binaries.iter().filter(|binary| !binary.is_wire()) {
                cargo::run(binary, &[], cargo::BINARY_LIMIT, &mut tally);
            }
        }
        Err(why) => tally.fail(format!("build the tests: {why}")),
    }
    cargo::run_doc_tests(&mut tally);
    step(
        "lints",
        &["clippy", "--locked", "--workspace", "--all-targets", "--keep-going", "--quiet", "--", "-D", "warnings"],
        &[],
        &mut tally,
    );
    step(
        "documentation",
        &["doc", "--locked", "--workspace", "--no-deps", "--document-private-items", "--keep-going", "--quiet"],
        // Private items are documented too, for whoever works on them, so links may lead to them.
        &[("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links")],
        &mut tally,
    );
    println!("-- tidy");
    tidy::count(&mut tally);
    tally
}

fn step(name: &str, arguments: &[&str], environment: &[(&str, &str)], tally: &mut Tally) {
    println!("-- {name}");
    let outcome = process::run(process::cargo().args(arguments).envs(environment.iter().copied()), STEP_LIMIT);
    tally.record(name, outcome.map_err(|why| format!("{why}\nhint: cargo {}", arguments.join(" "))));
}

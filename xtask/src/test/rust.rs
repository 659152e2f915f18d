//! The tier of the Rust code: format, lints, tests, documentation, tidy.

use super::{Form, cargo, prepare};
use crate::process;
use crate::tally::Tally;
use crate::tidy;
use std::time::Duration;

/// One step of cargo may take so long: a first build of everything on two slow cores.
const STEP_LIMIT: Duration = Duration::from_secs(30 * 60);

/// Why the quick form leaves the Parquet export out.
const NO_PARQUET: &str = "the Parquet export: arrow and parquet build for five CPU-minutes; `--full` has it";

/// Runs the tier. The long form adds what is dear to build; the long forms of tests live in `wire`.
pub fn run(form: Form) -> Tally {
    let mut tally = Tally::default();
    step("format", &["fmt", "--all", "--check"], &[], &mut tally);
    if let Err(why) = prepare::network_tools() {
        tally.skip(format!("rules on this kernel: {why}"));
    }
    match cargo::build_tests() {
        Ok(binaries) => {
            for binary in binaries.iter().filter(|binary| !binary.is_wire()) {
                cargo::run(binary, &[], cargo::BINARY_LIMIT, &mut tally);
            }
        }
        Err(why) => tally.fail(format!("build the tests: {why}")),
    }
    match form {
        Form::Quick => tally.skip(NO_PARQUET.to_owned()),
        Form::Full => parquet(&mut tally),
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

/// The adapter's tests, and those of exports by a binary that has it.
fn parquet(tally: &mut Tally) {
    let adapter = ["test", "--locked", "--quiet", "-p", "nines-parquet", "--features", "arrow"];
    step("parquet tables", &adapter, &[], tally);
    let binary = ["test", "--locked", "--quiet", "-p", "nines", "--features", "parquet", "--bin", "nines", "export"];
    step("exports with parquet", &binary, &[], tally);
}

fn step(name: &str, arguments: &[&str], environment: &[(&str, &str)], tally: &mut Tally) {
    println!("-- {name}");
    let outcome = process::run(process::cargo().args(arguments).envs(environment.iter().copied()), STEP_LIMIT);
    tally.record(name, outcome.map_err(|why| format!("{why}\nhint: cargo {}", arguments.join(" "))));
}

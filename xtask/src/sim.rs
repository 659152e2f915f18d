//! `cargo xtask sim`: builds the simulation of the span store (`tests/sim`), optimised and with all checks
//! on, and plays seeds.

use crate::process::{Ended, cargo, stream};
use std::time::Duration;

/// A first build, and ten thousand seeds on a busy machine.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// Runs it with the options given; `Ok(false)` when a seed failed.
pub fn run(options: &[&str]) -> Result<bool, String> {
    let mut command = cargo();
    command.args(["run", "--locked", "--quiet", "--profile", "sim", "--package", "nines-sim", "--"]).args(options);
    match stream(&mut command, LIMIT, &mut |_| {})? {
        Ended::Well => Ok(true),
        Ended::Badly(how) if how.ends_with("exit status: 1") => Ok(false),
        other => other.outcome().map(|()| true),
    }
}

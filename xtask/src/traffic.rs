//! `cargo xtask traffic`: builds what holds rules against the kernel (`tests/differ`), optimised, and runs it.

use crate::process::{Ended, cargo, stream};
use std::time::Duration;

/// A first build, and twenty thousand rule sets on a busy machine.
const LIMIT: Duration = Duration::from_secs(3 * 60 * 60);

/// Runs it with the options given; `Ok(false)` where something differs.
pub fn run(options: &[&str]) -> Result<bool, String> {
    let mut command = cargo();
    command.args(["run", "--locked", "--quiet", "--release", "--package", "nines-differ", "--"]).args(options);
    match stream(&mut command, LIMIT, &mut |_| {})? {
        Ended::Well => Ok(true),
        Ended::Badly(how) if how.ends_with("exit status: 1") => Ok(false),
        other => other.outcome().map(|()| true),
    }
}

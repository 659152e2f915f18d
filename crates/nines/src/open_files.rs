//! How many files this process may have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// More is not asked for: a block file of each of a billion spans.
const WANTED: u64 = 1 << 16;

/// Raises the limit to what the system allows without privileges, and returns it. Most systems start a
/// process with 1024, for programs that know no larger number, and allow some hundred thousand.
pub fn raise_limit() -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let allowed = maximum.unwrap_or(u64::MAX).min(WANTED);
    let current = current.unwrap_or(u64::MAX);
    if current >= allowed || setrlimit(Resource::Nofile, Rlimit { current: Some(allowed), maximum }).is_err() {
        return current;
    }
    allowed
}

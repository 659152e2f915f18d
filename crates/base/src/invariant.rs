//! Invariants by name: what must be true, checked where it could break.

use std::sync::Mutex;

/// How often each invariant was found broken in this process, in order of first sight.
static VIOLATIONS: Mutex<Vec<(&'static str, u64)>> = Mutex::new(Vec::new());

/// Records a broken invariant; `invariant!` calls it in release builds.
pub fn record(id: &'static str) {
    let mut violations = VIOLATIONS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    match violations.iter_mut().find(|(known, _)| *known == id) {
        Some((_, count)) => *count += 1,
        None => violations.push((id, 1)),
    }
}

/// Invariants found broken so far, for `nines_invariant_violations_total{id}`.
pub fn violations() -> Vec<(&'static str, u64)> {
    VIOLATIONS.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
}

/// Checks that a named invariant holds. Panics in debug builds and simulations; in release it counts
/// the violation and yields `false`, so that the caller takes its safe branch.
///
/// ```
/// # use nines_base::invariant;
/// if !invariant!("WAL-2", 1 + 1 == 2, "records follow without a gap") { return; }
/// ```
#[macro_export]
macro_rules! invariant {
    ($id:literal, $holds:expr, $($why:tt)+) => {{
        let holds: bool = $holds;
        if !holds {
            if cfg!(debug_assertions) {
                panic!("invariant {} broken: {}", $id, format_args!($($why)+));
            }
            $crate::invariant::record($id);
        }
        holds
    }};
}

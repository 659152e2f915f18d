//! How a file differs from the one that was approved.

use similar::TextDiff;

/// Lines around a change.
const CONTEXT_LINES: usize = 3;

/// A unified diff; empty where nothing differs.
#[must_use]
pub fn unified(approved: &str, now: &str, approved_name: &str, now_name: &str) -> String {
    let diff = TextDiff::from_lines(approved, now);
    diff.unified_diff().context_radius(CONTEXT_LINES).header(approved_name, now_name).to_string()
}

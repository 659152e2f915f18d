//! Figures of reasons as people read them.

use crate::policy::objects::Level;
use nines_base::Timestamp;

/// A share as text: `-403 %`, `12.5 %`.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let text = if percent.abs() >= 100.0 { format!("{percent:.0}") } else { format!("{percent:.1}") };
    format!("{} %", text.strip_suffix(".0").unwrap_or(&text))
}

/// A share of the budget, for display.
pub(super) fn share_of(level: Level) -> f64 {
    level.0 as f64 / 1e9
}

/// An instant as RFC 3339 in UTC, to the second.
pub(super) fn instant(at: Timestamp) -> String {
    let seconds = jiff::Timestamp::from_second(at.0.div_euclid(1_000_000));
    seconds.map(|at| at.to_string()).unwrap_or_default()
}

//! Series: hours by step of the window, beside requests.

use super::ask::{Ask, Window};
use super::{Counted, hours};
use crate::judge::trend::trend;
use nines_base::DurationUs;

/// Steps of a series, at most: five years of weeks, four hours of minutes.
pub const STEPS_MAX: usize = 270;

/// Hours of each whole step of the window. What lies in several counts where it began.
pub(super) fn hours_by_step<'a>(ask: &Ask<'_>, counted: impl Iterator<Item = &'a Counted>) -> Vec<f64> {
    let mut series = vec![0.0; n_steps(ask.window, ask.step)];
    for Counted { entry, time } in counted {
        let at = (entry.start - ask.window.from).0 / ask.step.0.max(1);
        if let Some(sum) = usize::try_from(at).ok().and_then(|at| series.get_mut(at)) {
            *sum += hours(*time);
        }
    }
    series
}

/// Microseconds of a year.
pub(super) const YEAR_US: f64 = 365.25 * 86_400.0 * 1e6;

/// By which share requests grow in so many microseconds, by the trend of their logarithm; nothing where they do not grow, or too
/// few steps are known.
pub(super) fn traffic_growth(ask: &Ask<'_>, requests: &[Option<f64>], in_us: f64) -> Option<f64> {
    let logs: Vec<f64> =
        requests.iter().flatten().filter(|requests| **requests > 0.0).map(|requests| requests.ln()).collect();
    let a_step = trend(&logs)?.slope;
    (a_step > 0.0).then(|| (a_step * in_us / ask.step.0.max(1) as f64).exp_m1())
}

/// Whole steps of a window.
pub(super) fn n_steps(window: Window, step: DurationUs) -> usize {
    let n_steps = (window.to - window.from).0.max(0) / step.0.max(1);
    usize::try_from(n_steps).unwrap_or(STEPS_MAX).min(STEPS_MAX)
}

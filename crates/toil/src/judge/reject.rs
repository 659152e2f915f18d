//! Reject first: toil that never touched the error budget need not be done ("use SLOs to reduce toil", SRE workbook,
//! chapter 6).

/// Runs that are looked at, at least.
pub const RUNS_MIN: usize = 5;
/// A run that burned this share of a budget, in per cent, around its time mattered.
pub const BURNED_PERCENT_MAX: f64 = 0.1;
/// What is looked at before a run begins and after it ends, in minutes.
pub const AROUND_MIN: i64 = 30;
/// Times four weeks in a year.
const FOUR_WEEKS_A_YEAR: f64 = 13.0;

/// Whether a task may be rejected: for each run, the greatest share of a linked SLO's budget, in per cent, that burned
/// around it. Nothing where there are too few runs to say.
#[must_use]
pub fn may_reject(burned_percent: &[f64]) -> Option<bool> {
    let most = burned_percent.iter().copied().fold(0.0, f64::max);
    (burned_percent.len() >= RUNS_MIN).then_some(most < BURNED_PERCENT_MAX)
}

/// Hours a year that rejecting it frees: runs in four weeks, hands-on minutes of each and of the switch.
#[must_use]
pub fn freed_hours(runs_in_4_weeks: f64, minutes: f64, switch_minutes: f64) -> f64 {
    runs_in_4_weeks * FOUR_WEEKS_A_YEAR * (minutes + switch_minutes) / 60.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_t11_pages_that_never_mattered() {
        let burned = [0.0, 0.0, 0.02, 0.0, 0.01, 0.0, 0.0];
        assert_eq!(may_reject(&burned), Some(true));
        assert!((freed_hours(7.0, 18.0, 10.0) - 42.466_667).abs() < 1e-6);
        assert_eq!(may_reject(&burned[..4]), None, "too few to say");
        assert_eq!(may_reject(&[0.0, 0.0, 0.0, 0.0, 0.2]), Some(false), "one mattered");
    }
}

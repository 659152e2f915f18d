//! Which slices of time counts are kept in, and for how long.

use crate::model::{BudgetingMethod, Objective, Slo};
use crate::report::SETTLED_AFTER;
use crate::window::NotEvaluated;
use nines_base::DurationUs;

/// A length of slice and how long slices of it are kept, both in seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tier {
    /// Length of a slice.
    pub slice_s: u32,
    /// Age at which a slice may go.
    pub keep_s: u32,
}

pub(super) const MINUTE_S: u32 = 60;
const HOUR_S: u32 = 3600;
const DAY_S: u32 = 86_400;

/// The finest tier that every objective has: the resolution of a burn rate over five minutes.
pub(super) const TEN_SECONDS: Tier = Tier { slice_s: 10, keep_s: 2 * HOUR_S };

/// What every objective has. The keeps are those windows need: two hours for fresh burn rates, three
/// days for the longest burn window, 35 days for monthly windows, 400 for a year and its comparison.
pub(super) const EVERY: [Tier; 4] = [
    TEN_SECONDS,
    Tier { slice_s: MINUTE_S, keep_s: 3 * DAY_S },
    Tier { slice_s: 5 * MINUTE_S, keep_s: 35 * DAY_S },
    Tier { slice_s: HOUR_S, keep_s: 400 * DAY_S },
];

/// For windows under an hour, in which ten seconds would be too coarse an edge.
pub(super) const ONE_SECOND: Tier = Tier { slice_s: 1, keep_s: 2 * HOUR_S };

/// Below this length a window gets [`ONE_SECOND`].
const SHORT_WINDOW: DurationUs = DurationUs::from_secs(HOUR_S as i64);

/// The longest keep: that of the coarsest tier.
pub(super) const KEEP_MAX_S: u32 = EVERY[3].keep_s;

/// Burn rates look back this far whatever the window, and further only where a policy says so.
const LOOKBACK_MAX_S: u32 = 3 * DAY_S;

/// Slices that an objective is judged by are kept for a month at least, whatever its window is, until it is reported: 31 days,
/// and the hour by which clocks that are set back make one longer.
const MONTH_S: u32 = 31 * DAY_S + HOUR_S + (SETTLED_AFTER.0 / 1_000_000) as u32;

impl Tier {
    /// What an objective needs beyond the tiers that every one has.
    pub(super) fn extra(slo: &Slo, objective: &Objective) -> Vec<Tier> {
        let mut tiers = Vec::new();
        let length = slo.window.length_at_most();
        if length < SHORT_WINDOW {
            tiers.push(ONE_SECOND);
        }
        if let Ok(Some(slice_s)) = slice_seconds(slo, objective) {
            let window_s = u32::try_from(length.0 / 1_000_000).unwrap_or(KEEP_MAX_S).min(KEEP_MAX_S);
            // The slice that holds a window's old edge began up to a slice before it.
            let lookback_s = slo.alert_policies.iter().map(|policy| policy.condition.lookback.0 / 1_000_000).max();
            let lookback_s = u32::try_from(lookback_s.unwrap_or_default()).unwrap_or(KEEP_MAX_S).min(KEEP_MAX_S);
            let keep_s = window_s.max(LOOKBACK_MAX_S).max(lookback_s).max(MONTH_S);
            tiers.push(Tier { slice_s, keep_s: keep_s.saturating_add(slice_s) });
        }
        tiers
    }
}

/// Whether slices of this length divide the next coarser ones, so that windows can be summed from them.
pub(super) fn nests(slice_s: u32) -> bool {
    slice_s == ONE_SECOND.slice_s || EVERY.iter().any(|tier| tier.slice_s == slice_s)
}

/// The slice of an objective judged by slices, in seconds; `None` when it is judged by events.
pub(crate) fn slice_seconds(slo: &Slo, objective: &Objective) -> Result<Option<u32>, NotEvaluated> {
    if slo.method == BudgetingMethod::Occurrences {
        return Ok(None);
    }
    let slice_us = objective.time_slice.unwrap_or_default().0;
    if slice_us <= 0 || slice_us % 1_000_000 != 0 {
        return Err(NotEvaluated::SliceLength);
    }
    u32::try_from(slice_us / 1_000_000).map(Some).map_err(|_| NotEvaluated::SliceLength)
}

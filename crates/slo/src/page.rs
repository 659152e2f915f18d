//! When an objective wakes somebody: pairs of burn rates, over a long window for weight and over a
//! short one so that the page ends when the trouble does.
//!
//! The default pairs spend 2 % of the budget in an hour, or 5 % in six, as the SRE Workbook proposes for
//! 30 days. For another window W the lookbacks stay and the threshold is share·W/long; a pair whose
//! threshold falls below 0.9 would page on a budget that lasts, and is left out. Where none is left there
//! is one of our own, for windows of hours and minutes: long max(W/4, 10 s), short max(W/12, 5 s), burn
//! above 2.
//!
//! Comparisons are strict and exact. The low-traffic test has to agree over the long window.

use crate::budget::{Share, burn_max};
use crate::fraction::Fraction;
use crate::low_traffic;
use crate::model::{Counts, Ppb, Slo};
use nines_base::DurationUs;

/// Annotation that turns the low-traffic test off when its value is `off`.
pub const LOW_TRAFFIC_ANNOTATION: &str = "nines.dev/lowTraffic";

/// Share of the budget in percent, long lookback, short lookback.
const DEFAULT_PAIRS: [(u128, DurationUs, DurationUs); 2] = [
    (2, DurationUs::from_secs(3600), DurationUs::from_secs(300)),
    (5, DurationUs::from_secs(6 * 3600), DurationUs::from_secs(1800)),
];

/// A smaller threshold would page although the budget lasts for the window.
const THRESHOLD_MIN: (u128, u128) = (9, 10);

/// What the pair of our own asks: the budget would be gone in half a window.
const OWN_THRESHOLD: Fraction = Fraction::whole(2);

/// Ten and five times the shortest slice: less would judge single events.
const OWN_LONG_MIN: DurationUs = DurationUs::from_secs(10);
const OWN_SHORT_MIN: DurationUs = DurationUs::from_secs(5);

/// Two lookbacks and the burn rate that both must exceed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PagePair {
    /// The lookback that gives weight.
    pub long: DurationUs,
    /// The lookback that ends the page.
    pub short: DurationUs,
    /// The burn rate to exceed.
    pub threshold: Fraction,
}

impl PagePair {
    /// The pairs of an SLO without alert policies of its own, by the length of its window.
    pub fn defaults(window: DurationUs) -> Vec<PagePair> {
        let threshold_min = Fraction::new(THRESHOLD_MIN.0, THRESHOLD_MIN.1);
        let pairs = DEFAULT_PAIRS.into_iter().filter_map(|(percent, long, short)| {
            let threshold = burn_spending(Fraction::new(percent, 100)?, window, long)?;
            (Some(threshold) >= threshold_min).then_some(PagePair { long, short, threshold })
        });
        let mut pairs: Vec<PagePair> = pairs.collect();
        if pairs.is_empty() {
            pairs.push(PagePair {
                long: DurationUs(window.0 / 4).max(OWN_LONG_MIN),
                short: DurationUs(window.0 / 12).max(OWN_SHORT_MIN),
                threshold: OWN_THRESHOLD,
            });
        }
        pairs
    }

    /// Whether a target leaves room for the threshold: no burn exceeds 1/(1 − T), so at low targets a
    /// pair can be one that never pages.
    pub fn is_reachable(&self, target: Ppb) -> bool {
        self.threshold < burn_max(target)
    }

    /// How long an outage with an `error_ratio` lasts until the long lookback exceeds the threshold at
    /// steady traffic, in microseconds: b/e·long·threshold. `None` when it never does.
    pub fn detects_after_us(&self, target: Ppb, error_ratio: Fraction) -> Option<Fraction> {
        let asked = self.threshold.over(burn_max(target))?;
        if error_ratio <= asked {
            return None;
        }
        let long_us = Fraction::whole(u128::try_from(self.long.0).ok()?);
        asked.over(error_ratio)?.times(long_us)
    }
}

/// The burn rate that spends a `share` of a window's budget within a lookback: share · window / lookback.
/// `None` for a length that is not positive.
pub fn burn_spending(share: Fraction, window: DurationUs, lookback: DurationUs) -> Option<Fraction> {
    let ratio = Fraction::new(u128::try_from(window.0).ok()?, u128::try_from(lookback.0).ok()?)?;
    share.times(ratio)
}

/// A pair with what was measured over its lookbacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageReading {
    /// The pair.
    pub pair: PagePair,
    /// Over the long lookback; `None` where nothing was valid.
    pub long: Option<Share>,
    /// Over the short lookback.
    pub short: Option<Share>,
    /// What the low-traffic test judges: counts over the long lookback; `None` when it is turned off.
    pub trials: Option<Counts>,
}

impl PageReading {
    /// Whether both burn rates exceed the threshold and it is more than bad luck.
    pub fn is_firing(&self, target: Ppb) -> bool {
        let exceeds = |share: Option<Share>| share.is_some_and(|share| share.burn(target) > self.pair.threshold);
        let is_significant =
            || self.trials.is_none_or(|trials| low_traffic::is_significant(trials.bad, trials.valid(), target));
        exceeds(self.long) && exceeds(self.short) && is_significant()
    }

    /// How near the pair is to firing: the lower of its two burn rates, as `(long, short)` display values
    /// are shown beside it. Undefined counts as zero.
    pub fn pressure(&self, target: Ppb) -> f64 {
        let burn = |share: Option<Share>| share.map_or(0.0, |share| share.burn(target).as_f64());
        burn(self.long).min(burn(self.short)) / self.pair.threshold.as_f64()
    }
}

/// Whether an SLO wants the low-traffic test: yes unless its annotation says `off`.
pub fn wants_low_traffic_test(slo: &Slo) -> bool {
    slo.annotations.get(LOW_TRAFFIC_ANNOTATION).is_none_or(|value| value != "off")
}

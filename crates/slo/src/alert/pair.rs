//! A burn rate over two lookbacks: over a long one for weight, and over a short one so that the alert
//! ends when the trouble does.
//!
//! The default pairs spend 2 % of the budget in an hour or 5 % in six (`page`), 10 % in a day or in three
//! (`ticket`), as the SRE Workbook proposes for 30 days. For another window W the lookbacks stay and the
//! threshold is share·W/long; a pair whose threshold falls below 0.9 would alert on a budget that lasts,
//! and is left out. Where no page pair is left there is one of our own, for windows of hours and minutes:
//! long max(W/4, 10 s), short max(W/12, 5 s), burn above 2.
//!
//! Comparisons are exact, those of the defaults strict.

use crate::budget::burn_max;
use crate::fraction::Fraction;
use crate::model::{Comparison, Ppb};
use nines_base::DurationUs;

/// Share of the budget in percent, long lookback, short lookback.
const PAGE_PAIRS: [(u128, DurationUs, DurationUs); 2] = [
    (2, DurationUs::from_secs(3600), DurationUs::from_secs(300)),
    (5, DurationUs::from_secs(6 * 3600), DurationUs::from_secs(1800)),
];
const TICKET_PAIRS: [(u128, DurationUs, DurationUs); 2] = [
    (10, DurationUs::from_secs(86_400), DurationUs::from_secs(2 * 3600)),
    (10, DurationUs::from_secs(3 * 86_400), DurationUs::from_secs(6 * 3600)),
];

/// A smaller threshold would alert although the budget lasts for the window.
const THRESHOLD_MIN: (u128, u128) = (9, 10);

/// What the pair of our own asks: the budget would be gone in half a window.
const OWN_THRESHOLD: Fraction = Fraction::whole(2);

/// Ten and five times the shortest slice: less would judge single events.
const OWN_LONG_MIN: DurationUs = DurationUs::from_secs(10);
const OWN_SHORT_MIN: DurationUs = DurationUs::from_secs(5);

/// Two lookbacks and the burn rate that both are compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BurnPair {
    /// The lookback that gives weight.
    pub long: DurationUs,
    /// The lookback that ends the alert.
    pub short: DurationUs,
    /// How burn rates are compared.
    pub op: Comparison,
    /// With what.
    pub threshold: Fraction,
}

impl BurnPair {
    /// A pair whose burn rates must exceed a threshold.
    pub fn above(threshold: Fraction, long: DurationUs, short: DurationUs) -> BurnPair {
        BurnPair { long, short, op: Comparison::Gt, threshold }
    }

    /// The page pairs of an SLO without alert policies of its own, by the length of its window.
    pub fn pages(window: DurationUs) -> Vec<BurnPair> {
        let mut pairs = scaled(&PAGE_PAIRS, window);
        if pairs.is_empty() {
            let (long, short) = (DurationUs(window.0 / 4).max(OWN_LONG_MIN), DurationUs(window.0 / 12));
            pairs.push(BurnPair::above(OWN_THRESHOLD, long, short.max(OWN_SHORT_MIN)));
        }
        pairs
    }

    /// Its ticket pairs; none for windows of a few days and less.
    pub fn tickets(window: DurationUs) -> Vec<BurnPair> {
        scaled(&TICKET_PAIRS, window)
    }

    /// Whether a burn rate compares as asked.
    pub fn matches(&self, burn: Fraction) -> bool {
        match self.op {
            Comparison::Gt => burn > self.threshold,
            Comparison::Gte => burn >= self.threshold,
            Comparison::Lt => burn < self.threshold,
            Comparison::Lte => burn <= self.threshold,
        }
    }

    /// Whether a target leaves room for it: no burn exceeds 1/(1 − T), so at low targets a pair can be one
    /// that never alerts.
    pub fn is_reachable(&self, target: Ppb) -> bool {
        match self.op {
            Comparison::Gt => self.threshold < burn_max(target),
            Comparison::Gte => self.threshold <= burn_max(target),
            Comparison::Lt => self.threshold > Fraction::whole(0),
            Comparison::Lte => true,
        }
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

fn scaled(pairs: &[(u128, DurationUs, DurationUs)], window: DurationUs) -> Vec<BurnPair> {
    let threshold_min = Fraction::new(THRESHOLD_MIN.0, THRESHOLD_MIN.1);
    let scale = |&(percent, long, short): &(u128, DurationUs, DurationUs)| {
        let threshold = burn_spending(Fraction::new(percent, 100)?, window, long)?;
        (Some(threshold) >= threshold_min).then(|| BurnPair::above(threshold, long, short))
    };
    pairs.iter().filter_map(scale).collect()
}

//! How much a count tells: Wilson's interval for the share of good events, at 95 %.
//!
//! As if events failed independently of each other. Failures come in bunches, so it is the least that one should doubt:
//! for display, and nothing pages or holds by it. It is chosen because it is right on average at any count; the plain
//! normal interval is empty where nothing failed, and Clopper and Pearson's is wider than 95 % ask for.

use crate::budget::Share;

/// Deviations of a normal distribution that hold 95 % of it.
const DEVIATIONS: f64 = 1.959_963_984_540_054;

/// Between which shares the true one lies.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// Of counted events or slices.
    pub fn of(share: Share) -> Interval {
        let n = share.valid() as f64;
        let good = share.sli();
        let squared = DEVIATIONS * DEVIATIONS;
        let middle = good + squared / (2.0 * n);
        let half = DEVIATIONS * (good * (1.0 - good) / n + squared / (4.0 * n * n)).sqrt();
        let scale = 1.0 + squared / n;
        let bound = |edge: f64| (edge / scale).clamp(0.0, 1.0);
        Interval { low: bound(middle - half), high: bound(middle + half) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bad: u64, valid: u64, low: f64, high: f64) {
        let interval = Interval::of(Share::new(bad, valid).unwrap());
        assert!((interval.low - low).abs() < 5e-6 && (interval.high - high).abs() < 5e-6, "{interval:?}");
    }

    #[test]
    fn reference_3_7_wilsons_interval() {
        check(1, 100, 0.94551, 0.99823);
        check(1, 10, 0.59585, 0.98212);
        check(0, 1000, 0.99617, 1.0);
        check(10, 10_000, 0.998160, 0.999457);
    }

    proptest::proptest! {
        #[test]
        fn it_holds_what_was_seen_and_narrows_with_more(bad in 0u64..1000, good in 0u64..1_000_000) {
            proptest::prop_assume!(bad + good > 0);
            let (share, more) = (Share::new(bad, bad + good).unwrap(), Share::new(bad * 9, (bad + good) * 9).unwrap());
            let (interval, narrower) = (Interval::of(share), Interval::of(more));
            proptest::prop_assert!(0.0 <= interval.low && interval.high <= 1.0);
            proptest::prop_assert!(interval.low - 1e-12 <= share.sli() && share.sli() <= interval.high + 1e-12);
            proptest::prop_assert!(narrower.high - narrower.low <= interval.high - interval.low);
        }
    }
}

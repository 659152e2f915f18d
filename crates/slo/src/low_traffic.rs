//! Is it more than bad luck? The binomial tail: how likely a service that is exactly at its target
//! would have shown at least this many bad events.
//!
//! Ten requests an hour with a target of 99.9 % burn a hundredfold on a single failure; that alone is
//! no reason to wake anybody. The tail is computed with integers (a mantissa of 64 bits and an exponent),
//! so that every machine decides the same.

use crate::budget::budget_parts;
use crate::model::{PPB_ONE, Ppb};

/// A page needs a tail at most this likely, one in so many: α = 10⁻⁴.
const ALPHA_ONE_IN: u64 = 10_000;

/// So many bad events are told by summing the tail term by term, at most. Of more, Bernstein's inequality decides,
/// which asks for a few bad events more than the exact tail and never for fewer.
const SUMMED_BAD_MAX: u64 = 1000;

/// 2·ln(1/α) in millionths, rounded up: what Bernstein's inequality asks for.
const TWICE_LN_ONE_IN: u128 = 18_420_681;

/// Whether at least `bad` bad events among `valid` are less likely than α at a service that just meets
/// its target: P(X ≥ bad) ≤ 10⁻⁴ for X binomial with `valid` trials of chance 1 − T.
pub fn is_significant(bad: u64, valid: u64, target: Ppb) -> bool {
    let chance = budget_parts(target);
    // At or below the mean the tail is about a half or more.
    if bad == 0 || bad > valid || at_or_below_mean(bad, valid, chance) {
        return false;
    }
    // What the inequality takes for rare is, and nearly all is rare that burns fast enough to be asked for.
    bernstein(bad, valid, chance) || is_tail_rare(bad.min(SUMMED_BAD_MAX), valid, chance)
}

/// By the tail itself. If so many bad events are rare, more are rarer.
fn is_tail_rare(bad: u64, valid: u64, chance: u32) -> bool {
    !at_or_below_mean(bad, valid, chance) && tail(bad, valid, chance).at_most_one_in(ALPHA_ONE_IN)
}

fn at_or_below_mean(bad: u64, valid: u64, chance: u32) -> bool {
    u128::from(bad) * u128::from(PPB_ONE) <= u128::from(valid) * u128::from(chance)
}

/// P(X ≥ bad). Above the mean the terms fall, so the sum ends when they no longer matter.
fn tail(bad: u64, valid: u64, chance: u32) -> Scaled {
    let (good_chance, chance) = (u64::from(PPB_ONE - chance), u64::from(chance));
    if good_chance == 0 {
        return Scaled::from(1);
    }
    let one = Scaled::from(u64::from(PPB_ONE));
    let (p, q) = (Scaled::from(chance).over(one), Scaled::from(good_chance).over(one));
    // C(valid, bad) · p^bad · q^(valid − bad), factor by factor.
    let mut term = q.power(valid - bad);
    for factor in 1..=bad {
        term = term.times(Scaled::from(valid - bad + factor)).over(Scaled::from(factor)).times(p);
    }
    let odds = p.over(q);
    let mut sum = term;
    for count in bad..valid {
        term = term.times(Scaled::from(valid - count)).over(Scaled::from(count + 1)).times(odds);
        if term.is_negligible_beside(sum) {
            break;
        }
        sum = sum.plus(term);
    }
    sum
}

/// P(X ≥ k) ≤ exp(−d² / (2·(v + d/3))) with d = k − np and v = np(1 − p) ≤ np; so it is at most α when
/// d² ≥ 2·ln(1/α)·(np + d/3). In units of one part per billion, which keep np whole.
fn bernstein(bad: u64, valid: u64, chance: u32) -> bool {
    let one = u128::from(PPB_ONE);
    let mean = u128::from(valid) * u128::from(chance);
    let excess = u128::from(bad) * one - mean;
    // d² ≥ c·(np + d/3): d, np in parts; c in millionths. Beyond 128 bits the excess is overwhelming.
    let asked = (3 * mean + excess).checked_mul(TWICE_LN_ONE_IN).map(|product| product / 3 / 1_000_000 + 1);
    match (excess.checked_mul(excess), asked.and_then(|asked| asked.checked_mul(one))) {
        (Some(squared), Some(asked)) => squared >= asked,
        (None, Some(_)) => true,
        _ => excess / TWICE_LN_ONE_IN >= mean / 1_000_000,
    }
}

/// A positive number as mantissa · 2^exponent with the mantissa's highest bit set. Results are rounded
/// down; after thousands of steps the error is below 10⁻¹⁵ of the number.
#[derive(Clone, Copy, Debug)]
struct Scaled {
    mantissa: u64,
    exponent: i64,
}

impl Scaled {
    /// A whole number; zero is taken as one, as no factor here is zero.
    fn from(number: u64) -> Scaled {
        Scaled::normal(u128::from(number.max(1)), 0)
    }

    fn normal(mantissa: u128, exponent: i64) -> Scaled {
        let shift = 64 - i64::from(mantissa.leading_zeros());
        let mantissa = if shift >= 0 { mantissa >> shift } else { mantissa << -shift };
        Scaled { mantissa: mantissa as u64, exponent: exponent + shift }
    }

    fn times(self, other: Scaled) -> Scaled {
        let product = u128::from(self.mantissa) * u128::from(other.mantissa);
        Scaled::normal(product, self.exponent + other.exponent)
    }

    fn over(self, other: Scaled) -> Scaled {
        let quotient = (u128::from(self.mantissa) << 63) / u128::from(other.mantissa);
        Scaled::normal(quotient, self.exponent - other.exponent - 63)
    }

    fn plus(self, other: Scaled) -> Scaled {
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let apart = (large.exponent - small.exponent).min(127) as u32;
        let sum = (u128::from(large.mantissa) << 32) + ((u128::from(small.mantissa) << 32) >> apart);
        Scaled::normal(sum, large.exponent - 32)
    }

    fn power(self, mut exponent: u64) -> Scaled {
        let (mut base, mut result) = (self, Scaled::from(1));
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = result.times(base);
            }
            base = base.times(base);
            exponent >>= 1;
        }
        result
    }

    /// Below 2⁻⁶⁴ of the other: even a million more such terms, each smaller, change nothing that decides.
    fn is_negligible_beside(self, other: Scaled) -> bool {
        self.exponent < other.exponent - 64
    }

    fn at_most_one_in(self, number: u64) -> bool {
        let scaled = self.times(Scaled::from(number));
        // At most 1: the mantissa of 1 is 2^63 with exponent −63.
        scaled.exponent < -63 || (scaled.exponent == -63 && scaled.mantissa == 1 << 63)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const THREE_NINES: Ppb = Ppb::new(999_000_000).unwrap();

    fn as_f64(number: Scaled) -> f64 {
        number.mantissa as f64 * 2f64.powi(number.exponent as i32)
    }

    /// Requests an hour, the bad ones that a burn above 14.4 needs, their likelihood at 99.9 %, and how
    /// many bad ones the tail asks for with its own likelihood where that is known.
    #[test]
    fn reference_3_6_false_pages_and_what_the_tail_asks_for() {
        let check = |valid: u64, static_bad: u64, likely: f64, asked_bad: u64, tail_of_asked: Option<f64>| {
            let burns = |bad: u64| u128::from(bad) * 10_000 > 144 * u128::from(valid) && bad > 0;
            assert_eq!((1..).find(|&bad| burns(bad)), Some(static_bad), "{valid}");
            let computed = as_f64(tail(static_bad, valid, 1_000_000));
            assert!((computed / likely - 1.0).abs() < 5e-3, "{valid}: {computed}");
            assert_eq!((1..=valid).find(|&bad| is_significant(bad, valid, THREE_NINES)), Some(asked_bad), "{valid}");
            let pages = |bad: &u64| burns(*bad) && is_significant(*bad, valid, THREE_NINES);
            assert_eq!((1..=valid).find(pages), Some(static_bad.max(asked_bad)), "{valid}");
            if let Some(expected) = tail_of_asked {
                let computed = as_f64(tail(asked_bad, valid, 1_000_000));
                assert!((computed / expected - 1.0).abs() < 5e-3, "{valid}: {computed}");
            }
        };
        check(10, 1, 0.00995512, 2, Some(4.48e-5));
        check(100, 2, 0.00463807, 4, Some(3.63e-6));
        check(500, 8, 5.92e-8, 6, None);
        check(1000, 15, 2.74e-13, 7, None);
        // In 720 hours that each ask anew: 7.17 and 3.34 pages of a service that is exactly at its target.
        let a_month = |bad: u64, valid: u64| 720.0 * as_f64(tail(bad, valid, 1_000_000));
        assert!((a_month(1, 10) - 7.17).abs() < 5e-3 && (a_month(2, 100) - 3.34).abs() < 5e-3);
        assert!((a_month(8, 500) / 4.3e-5 - 1.0).abs() < 2e-2);
    }

    /// The bounds of Clopper and Pearson at 95 % are where the tail is a fortieth: of a chance at the lower one that so
    /// many are bad or more, of one at the upper that no more are.
    #[test]
    fn reference_3_7_the_tail_has_the_bounds_of_clopper_and_pearson() {
        let parts = |percent: f64| (percent * 1e7).round() as u32;
        let check = |bad: u64, valid: u64, low_percent: f64, high_percent: f64| {
            let at_least = as_f64(tail(bad, valid, parts(low_percent)));
            assert!((at_least / 0.025 - 1.0).abs() < 1e-3, "{bad} of {valid}: {at_least}");
            let at_most = 1.0 - as_f64(tail(bad + 1, valid, parts(high_percent)));
            assert!((at_most / 0.025 - 1.0).abs() < 1e-3, "{bad} of {valid}: {at_most}");
        };
        check(1, 10, 0.25286, 44.5016);
        check(1, 100, 0.02531, 5.44594);
        check(3, 1000, 0.06191, 0.87420);
        let none_of_1000 = 1.0 - as_f64(tail(1, 1000, parts(0.36821)));
        assert!((none_of_1000 / 0.025 - 1.0).abs() < 1e-3, "{none_of_1000}");
    }

    /// How many events without a failure show at 95 % that a target is met; three over its budget, roughly.
    #[test]
    fn reference_3_7_events_without_a_failure_that_show_a_target() {
        let shown_by = |chance: u32| (1..).find(|valid| as_f64(tail(1, *valid, chance)) >= 0.95).unwrap();
        assert_eq!((shown_by(1_000_000), shown_by(100_000)), (2995, 29_956));
    }

    /// Exact tails by adding C(n,i)·p^i·q^(n−i) as integers over a common denominator.
    fn exact_is_significant(bad: u64, valid: u64, chance_tenths: u128) -> bool {
        let (p, q) = (chance_tenths, 10 - chance_tenths);
        let choose = |k: u64| (1..=k).fold(1u128, |c, i| c * u128::from(valid - k + i) / u128::from(i));
        let tail: u128 = (bad..=valid).map(|i| choose(i) * p.pow(i as u32) * q.pow((valid - i) as u32)).sum();
        tail * 10_000 <= 10u128.pow(valid as u32)
    }

    proptest! {
        #[test]
        fn the_tail_agrees_with_exact_integers(valid in 1u64..30, bad in 0u64..30, tenths in 1u32..10) {
            let bad = bad.min(valid);
            let target = Ppb::new(PPB_ONE - tenths * 100_000_000).unwrap();
            prop_assert_eq!(is_significant(bad, valid, target), bad > 0 && exact_is_significant(bad, valid, tenths.into()));
        }

        /// So asking it first changes no answer.
        #[test]
        fn what_the_inequality_takes_for_rare_is_rare(valid in 1u64..1_000_000, share in 1u64..1000, chance in 1u32..500_000_000) {
            let bad = (valid * share / 10_000).clamp(1, SUMMED_BAD_MAX);
            if bad <= valid && !at_or_below_mean(bad, valid, chance) && bernstein(bad, valid, chance) {
                prop_assert!(is_tail_rare(bad, valid, chance));
            }
        }

        #[test]
        fn more_bad_events_are_never_less_significant(valid in 1u64..10_000_000, bad in 1u64..5000, chance in 1u32..500_000_000) {
            let target = Ppb::new(PPB_ONE - chance).unwrap();
            if bad < valid && is_significant(bad, valid, target) {
                prop_assert!(is_significant(bad + 1, valid, target));
            }
        }
    }

    #[test]
    fn large_counts_are_decided_without_summing_and_close_to_the_exact_tail() {
        // Mean 1 000 000, deviation 1 000: the exact limit lies at 3.72 deviations.
        let valid = 1_000_000_000;
        let first = (1_000_000..1_010_000).find(|&bad| is_significant(bad, valid, THREE_NINES)).unwrap();
        assert!((1_003_720..1_004_350).contains(&first), "{first}");
        assert!(is_significant(u64::MAX, u64::MAX, THREE_NINES));
        assert!(!is_significant(u64::MAX / 1_000_000, u64::MAX, THREE_NINES));
    }
}

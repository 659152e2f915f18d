//! Fractions compared exactly: what thresholds, burn rates and budgets are before they become text.
//!
//! Comparison walks both continued fractions side by side, so no product can overflow and no
//! rounding can turn a burn of 1.04 into one of 1.0.

use std::cmp::Ordering;

/// A fraction that is not negative, in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Fraction {
    numerator: u128,
    denominator: u128,
}

impl Fraction {
    /// `numerator / denominator`; `None` when the denominator is zero.
    pub fn new(numerator: u128, denominator: u128) -> Option<Fraction> {
        if denominator == 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator, denominator);
        Some(Fraction { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// A whole number.
    pub const fn whole(number: u128) -> Fraction {
        Fraction { numerator: number, denominator: 1 }
    }

    /// The numerator in lowest terms.
    pub fn numerator(self) -> u128 {
        self.numerator
    }

    /// The denominator in lowest terms; never zero.
    pub fn denominator(self) -> u128 {
        self.denominator
    }

    /// The product; `None` when a part of it exceeds 128 bits.
    pub fn times(self, other: Fraction) -> Option<Fraction> {
        // Crossing out first keeps the parts small; lowest terms on both sides stay lowest.
        let left = Fraction::new(self.numerator, other.denominator)?;
        let right = Fraction::new(other.numerator, self.denominator)?;
        let numerator = left.numerator.checked_mul(right.numerator)?;
        Some(Fraction { numerator, denominator: left.denominator.checked_mul(right.denominator)? })
    }

    /// The quotient; `None` when `other` is zero or a part exceeds 128 bits.
    pub fn over(self, other: Fraction) -> Option<Fraction> {
        self.times(Fraction::new(other.denominator, other.numerator)?)
    }

    /// For display only.
    pub fn as_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        compare(self.numerator, self.denominator, other.numerator, other.denominator)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares `a / b` with `c / d`, neither denominator zero. Equal whole parts leave two remainders,
/// whose reciprocals compare the other way round; the walk is Euclid's, so it ends.
fn compare(mut a: u128, mut b: u128, mut c: u128, mut d: u128) -> Ordering {
    loop {
        let (left, right) = (a / b, c / d);
        if left != right {
            return left.cmp(&right);
        }
        let (left_rest, right_rest) = (a % b, c % d);
        match (left_rest, right_rest) {
            (0, 0) => return Ordering::Equal,
            (0, _) => return Ordering::Less,
            (_, 0) => return Ordering::Greater,
            // left_rest/b < right_rest/d exactly when d/right_rest < b/left_rest.
            _ => (a, b, c, d) = (d, right_rest, b, left_rest),
        }
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fraction_has_lowest_terms_and_no_zero_denominator() {
        assert_eq!(Fraction::new(1, 0), None);
        assert_eq!(Fraction::new(6, 4), Fraction::new(3, 2));
        assert_eq!(Fraction::new(0, 7), Some(Fraction::whole(0)));
    }

    #[test]
    fn neighbours_that_floats_confuse_are_told_apart() {
        let (above, below) = (Fraction::new(u128::MAX, u128::MAX - 1), Fraction::new(u128::MAX - 1, u128::MAX - 2));
        assert!(above < below, "1 + 1/(n-1) is below 1 + 1/(n-2)");
    }

    proptest! {
        #[test]
        fn comparison_agrees_with_cross_multiplication(
            a in 0..=u64::MAX, b in 1..=u64::MAX, c in 0..=u64::MAX, d in 1..=u64::MAX, same in any::<bool>()
        ) {
            let (c, d) = if same { (a / 2, (b / 2).max(1)) } else { (c, d) };
            let wide = |x: u64| u128::from(x);
            let exact = (wide(a) * wide(d)).cmp(&(wide(c) * wide(b)));
            let left = Fraction::new(wide(a), wide(b)).unwrap();
            let right = Fraction::new(wide(c), wide(d)).unwrap();
            prop_assert_eq!(left.cmp(&right), exact);
            prop_assert_eq!(left == right, exact == Ordering::Equal);
        }
    }
}

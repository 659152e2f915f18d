//! Chance by seed: the same run twice is the same work twice.

/// A small generator (xorshift64*): fast, and good enough to shuffle a workload.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Chance {
        Chance(mix(seed) | 1)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`, which must not be 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A number from 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True in this share of the cases.
    pub fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// A number below `end` by Zipf's law with this exponent, which must not be 1: the continuous
    /// distribution's inverse, so that no table has to be searched.
    pub fn zipf_below(&mut self, end: usize, exponent: f64) -> usize {
        let power = 1.0 - exponent;
        let top = (end as f64 + 1.0).powf(power);
        let rank = (self.share() * (top - 1.0) + 1.0).powf(1.0 / power);
        (rank as usize).saturating_sub(1).min(end - 1)
    }

    /// A log-normal number with this median and sigma (Box and Muller's method).
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        let (radius, angle) = (self.share().max(1e-12), self.share());
        let normal = (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos();
        median * (sigma * normal).exp()
    }

    /// The time until the next of events that come independently, this many apart on average.
    pub fn until_next(&mut self, mean: f64) -> f64 {
        -self.share().max(1e-9).ln() * mean
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Spreads a number over 64 bits (the finaliser of splitmix64): distinct numbers stay distinct.
pub fn mix(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zipfs_first_are_more_frequent_and_its_last_still_come() {
        let mut chance = Chance::new(1);
        let mut counts = [0u32; 10];
        for _ in 0..100_000 {
            counts[chance.zipf_below(10, 0.9)] += 1;
        }
        assert!(counts.windows(2).all(|pair| pair[0] > pair[1]), "{counts:?}");
        assert!(counts[9] > 1_000 && counts[0] > 20_000, "{counts:?}");
    }

    #[test]
    fn a_log_normals_median_is_its_median() {
        let mut chance = Chance::new(2);
        let below = (0..10_000).filter(|_| chance.log_normal(500.0, 0.6) < 500.0).count();
        assert!((4_800..5_200).contains(&below), "{below}");
    }
}

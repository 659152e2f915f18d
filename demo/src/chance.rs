//! Chance from a seed, and what is drawn from it: choices, latencies, failures, gaps between visits.

use std::time::Duration;

/// A repeatable source of random numbers (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// A source of its own for each `name`, so that services do not draw from one another.
    pub(crate) fn new(seed: u64, name: &str) -> Chance {
        // FNV-1a: spreads short names well enough to keep the sources apart.
        let salt = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Chance(seed ^ salt)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True in this share of cases.
    pub(crate) fn happens(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// A whole number in `1..=n`.
    pub(crate) fn one_of(&mut self, n: u32) -> u32 {
        1 + (self.unit() * f64::from(n)) as u32
    }

    /// The time to the next event of a Poisson process.
    pub(crate) fn gap(&mut self, per_s: f64) -> Duration {
        // `1 - unit` is never zero, so the logarithm is finite.
        Duration::from_secs_f64(-(1.0 - self.unit()).ln() / per_s)
    }

    /// A standard normal number (Box–Muller; its twin is not used).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// How long a piece of work takes this time.
    pub(crate) fn latency(&mut self, tempo: Tempo) -> Duration {
        let factor = (tempo.spread * self.normal()).exp().min(LATENCY_FACTOR_MAX);
        Duration::from_secs_f64(tempo.median_ms * factor / 1_000.0)
    }
}

/// The slowest work takes this many times its median: a tail, but no answers of minutes.
const LATENCY_FACTOR_MAX: f64 = 8.0;

/// How long a piece of work takes: log-normal around a median.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tempo {
    /// Half of the times are below it, in milliseconds.
    pub(crate) median_ms: f64,
    /// Standard deviation of the logarithm: 0.3 is steady, 0.6 has a tail.
    pub(crate) spread: f64,
}

/// Shorthand for the services' tables.
pub(crate) const fn tempo(median_ms: f64, spread: f64) -> Tempo {
    Tempo { median_ms, spread }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_one_course_and_names_keep_apart() {
        let draw = |seed, name| {
            let mut chance = Chance::new(seed, name);
            [(); 4].map(|()| chance.next())
        };
        assert_eq!(draw(1, "rank"), draw(1, "rank"));
        assert_ne!(draw(1, "rank"), draw(2, "rank"));
        assert_ne!(draw(1, "rank"), draw(1, "item"));
    }

    #[test]
    fn draws_have_their_means() {
        let mut chance = Chance::new(7, "test");
        let n = 20_000;
        let hits = (0..n).filter(|_| chance.happens(0.2)).count();
        assert!((3_700..4_300).contains(&hits), "{hits}");
        let gaps: f64 = (0..n).map(|_| chance.gap(100.0).as_secs_f64()).sum();
        assert!((190.0..210.0).contains(&gaps), "{gaps}");
        let mut times: Vec<_> = (0..n).map(|_| chance.latency(tempo(10.0, 0.5))).collect();
        times.sort();
        let median_ms = times[n / 2].as_secs_f64() * 1_000.0;
        assert!((9.5..10.5).contains(&median_ms), "{median_ms}");
        assert!(times[n - 1] <= Duration::from_millis(80));
        assert!((0..n).map(|_| chance.one_of(3)).all(|n| (1..=3).contains(&n)));
    }
}

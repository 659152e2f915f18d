//! Log-linear buckets for durations: every doubling of the duration is cut into equal parts, so that a
//! bucket's width is a fixed share of its value, in whole numbers only.
//!
//! With `2^n` parts a doubling, whole numbers below `2^(n+1)` have a bucket each; above, a bucket is at
//! most `1 / 2^n` of its lower end wide. Histograms have 16 parts: a value read off one is at most 6.25 %
//! above the true one.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Parts of a doubling, as a power of two, that a histogram has and a heat-map may ask for at most.
pub const BUCKETS_LOG2_MAX: u8 = 4;

/// The bucket of a whole number at `2^buckets_log2` buckets a doubling.
#[inline]
pub fn bucket_of(us: u64, buckets_log2: u8) -> u16 {
    let n_parts = 1u64 << buckets_log2;
    if us < n_parts {
        return us as u16;
    }
    let shift = us.ilog2() - u32::from(buckets_log2);
    (((u64::from(shift) + 1) << buckets_log2) + ((us >> shift) - n_parts)) as u16
}

/// The smallest and largest number of a bucket.
pub fn bucket_bounds(bucket: u16, buckets_log2: u8) -> RangeInclusive<u64> {
    let (bucket, n_parts) = (u64::from(bucket), 1u64 << buckets_log2);
    let shift = (bucket >> buckets_log2).saturating_sub(1).min(63 - u64::from(buckets_log2));
    if bucket < n_parts {
        return bucket..=bucket;
    }
    let first = ((bucket & (n_parts - 1)) + n_parts) << shift;
    first..=first + ((1 << shift) - 1)
}

/// How many durations fell into which bucket, at `2^`[`BUCKETS_LOG2_MAX`] buckets a doubling.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Histogram {
    counts: BTreeMap<u16, u64>,
}

impl Histogram {
    /// Adds `count` to a bucket.
    pub fn add(&mut self, bucket: u16, count: u64) {
        *self.counts.entry(bucket).or_default() += count;
    }

    /// Adds another histogram.
    pub fn join(&mut self, other: &Histogram) {
        other.counts.iter().for_each(|(bucket, count)| self.add(*bucket, *count));
    }

    /// How many durations there are.
    pub fn count(&self) -> u64 {
        self.counts.values().sum()
    }

    /// What is left without another that is part of it; nothing is below nothing.
    pub fn without(&self, part: &Histogram) -> Histogram {
        let left = |(bucket, count): (&u16, &u64)| {
            let count = count.saturating_sub(part.counts.get(bucket).copied().unwrap_or(0));
            (count > 0).then_some((*bucket, count))
        };
        Histogram { counts: self.counts.iter().filter_map(left).collect() }
    }

    /// Buckets that are not empty by their numbers, ascending.
    pub fn buckets(&self) -> impl ExactSizeIterator<Item = (u16, u64)> + '_ {
        self.counts.iter().map(|(bucket, count)| (*bucket, *count))
    }

    /// Buckets that are not empty with their bounds, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (RangeInclusive<u64>, u64)> + '_ {
        self.counts.iter().map(|(bucket, count)| (bucket_bounds(*bucket, BUCKETS_LOG2_MAX), *count))
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Bounds of the bucket that holds the value below which a share of `q` lies (nearest rank); `None`
    /// when nothing was counted.
    pub fn quantile(&self, q: f64) -> Option<RangeInclusive<u64>> {
        let n: u64 = self.counts.values().sum();
        let rank = ((q.clamp(0.0, 1.0) * n as f64).ceil() as u64).clamp(1, n.max(1));
        let mut n_below = 0;
        self.iter().find_map(|(bounds, count)| {
            n_below += count;
            (n_below >= rank).then_some(bounds)
        })
    }
}

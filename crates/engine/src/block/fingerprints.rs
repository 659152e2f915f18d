//! The trace index: sorted 32-bit fingerprints of trace ids, four bytes a trace in memory.

use crate::hash::hash_u64;
use std::hint::black_box;
use std::ops::Range;

/// The fingerprint of a trace id. Only its low half counts, so that lenient look-ups find it too.
#[inline]
pub fn fingerprint(trace_id: u128) -> u32 {
    (hash_u64(trace_id as u64) >> 32) as u32
}

/// Bytes of one ordinal in the block's list: as few as the largest of `n_traces` needs.
pub fn ordinal_bytes(n_traces: usize) -> usize {
    let largest = n_traces.saturating_sub(1) as u32;
    ((u32::BITS - largest.leading_zeros()).div_ceil(8) as usize).max(1)
}

/// One ordinal of the list.
pub fn ordinal_of(bytes: &[u8]) -> u32 {
    let mut word = [0; 4];
    word[..bytes.len()].copy_from_slice(bytes);
    u32::from_le_bytes(word)
}

/// Fingerprints of one bucket on average: about a cache line.
const PER_BUCKET: usize = 16;

/// Sorted fingerprints; the place of one is what the block's ordinals are ordered by. Buckets of equal highest bits
/// tell where to look: a guess by value would be some cache lines off.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints {
    sorted: Vec<u32>,
    /// Where each bucket begins, and the end.
    starts: Vec<u32>,
}

impl Fingerprints {
    /// Takes sorted fingerprints; `None` if they are not.
    pub fn new(sorted: Vec<u32>) -> Option<Fingerprints> {
        if !sorted.is_sorted() || u32::try_from(sorted.len()).is_err() {
            return None;
        }
        let n_buckets = (sorted.len() / PER_BUCKET).max(1).next_power_of_two();
        let mut starts = vec![0u32; n_buckets + 1];
        sorted.iter().for_each(|known| starts[bucket(*known, n_buckets) + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        Some(Fingerprints { sorted, starts })
    }

    /// All of them.
    pub fn as_slice(&self) -> &[u32] {
        &self.sorted
    }

    /// Places of the entries equal to `fingerprint`.
    pub fn find(&self, fingerprint: u32) -> Range<usize> {
        let bucket = self.bucket(fingerprint);
        let of_bucket = &self.sorted[bucket.clone()];
        let first = of_bucket.partition_point(|known| *known < fingerprint);
        let n_equal = of_bucket[first..].iter().take_while(|known| **known == fingerprint).count();
        bucket.start + first..bucket.start + first + n_equal
    }

    /// Brings what tells where a fingerprint stands into the processor's caches. Done for many indexes before they
    /// are asked, as [`Fingerprints::fetch`] is after it, the delays of memory overlap.
    #[inline]
    pub fn fetch_bucket(&self, fingerprint: u32) {
        black_box(self.bucket(fingerprint));
    }

    /// Brings the fingerprints of its bucket there.
    #[inline]
    pub fn fetch(&self, fingerprint: u32) {
        let bucket = self.bucket(fingerprint);
        black_box(self.sorted.get(bucket.start).copied());
        black_box(self.sorted.get(bucket.end).copied());
    }

    #[inline]
    fn bucket(&self, fingerprint: u32) -> Range<usize> {
        let Some(n_buckets) = self.starts.len().checked_sub(1) else { return 0..0 };
        let at = bucket(fingerprint, n_buckets);
        self.starts[at] as usize..self.starts[at + 1] as usize
    }
}

/// The bucket of a fingerprint among a power of two.
#[inline]
fn bucket(fingerprint: u32, n_buckets: usize) -> usize {
    ((u64::from(fingerprint) * n_buckets as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_fingerprint_is_found_where_it_stands(mut all in prop::collection::vec(prop_oneof![any::<u32>(), 0u32..50, u32::MAX - 9..], 0..300), probe: u32) {
            all.sort_unstable();
            let index = Fingerprints::new(all.clone()).unwrap();
            for wanted in all.iter().copied().chain([probe, 0, 25, u32::MAX]) {
                let first = all.partition_point(|known| *known < wanted);
                let end = all.partition_point(|known| *known <= wanted);
                prop_assert_eq!(index.find(wanted), first..end);
            }
        }
    }

    #[test]
    fn an_ordinal_takes_as_few_bytes_as_the_largest() {
        assert_eq!([0, 1, 256, 257, 65_536, 65_537, 1 << 24].map(ordinal_bytes), [1, 1, 1, 2, 2, 3, 3]);
        assert_eq!(ordinal_of(&300u32.to_le_bytes()[..2]), 300);
    }

    #[test]
    fn unsorted_fingerprints_are_refused() {
        assert!(Fingerprints::new(vec![2, 1]).is_none());
    }
}

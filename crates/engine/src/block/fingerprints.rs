//! The trace index: sorted 32-bit fingerprints of trace ids, four bytes a trace in memory.

use crate::hash::hash_u64;
use std::hint::black_box;

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

/// Sorted fingerprints; the place of one is what the block's ordinals are ordered by.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints {
    sorted: Vec<u32>,
}

impl Fingerprints {
    /// Takes sorted fingerprints; `None` if they are not.
    pub fn new(sorted: Vec<u32>) -> Option<Fingerprints> {
        sorted.is_sorted().then_some(Fingerprints { sorted })
    }

    /// All of them.
    pub fn as_slice(&self) -> &[u32] {
        &self.sorted
    }

    /// Places of the entries equal to `fingerprint`. Fingerprints spread evenly, so a guess by value is
    /// near, and a search that doubles its steps from there touches one or two cache lines.
    pub fn find(&self, fingerprint: u32) -> std::ops::Range<usize> {
        let n = self.sorted.len();
        let guess = self.guess(fingerprint);
        let mut step = 16;
        let (mut low, mut high);
        if guess < n && self.sorted[guess] < fingerprint {
            low = guess;
            while low + step < n && self.sorted[low + step] < fingerprint {
                low += step;
                step *= 2;
            }
            high = n.min(low + step + 1);
        } else {
            high = n.min(guess + 1);
            while high > step && self.sorted[high - step - 1] >= fingerprint {
                high -= step;
                step *= 2;
            }
            low = high.saturating_sub(step + 1);
        }
        let first = low + self.sorted[low..high].partition_point(|known| *known < fingerprint);
        let n_equal = self.sorted[first..].iter().take_while(|known| **known == fingerprint).count();
        first..first + n_equal
    }

    /// Brings the place where a fingerprint would stand into the processor's caches. Done for many indexes before
    /// they are asked, the delays of memory overlap.
    #[inline]
    pub fn fetch(&self, fingerprint: u32) {
        black_box(self.sorted.get(self.guess(fingerprint)).copied());
    }

    #[inline]
    fn guess(&self, fingerprint: u32) -> usize {
        ((u64::from(fingerprint) * self.sorted.len() as u64) >> 32) as usize
    }
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

//! A filter that says which strings are certainly not in a set: one cache line's word, five bits.

/// Bits for each string: one answer in about fifty is a false "maybe".
const BITS_PER_ENTRY: usize = 9;

/// Bits set for each string.
const N_BITS: u32 = 5;

/// A set of hashes.
#[derive(Clone, Debug, Default)]
pub struct Bloom {
    words: Vec<u64>,
}

impl Bloom {
    /// An empty filter with room for `n_entries`.
    pub fn with_room(n_entries: usize) -> Bloom {
        Bloom { words: vec![0; (n_entries * BITS_PER_ENTRY).div_ceil(64).max(1)] }
    }

    /// Adds a hash.
    pub fn insert(&mut self, hash: u64) {
        if let Some(at) = self.place(hash) {
            self.words[at] |= mask(hash);
        }
    }

    /// Whether the hash may have been added; `false` is certain.
    pub fn may_contain(&self, hash: u64) -> bool {
        self.place(hash).is_some_and(|at| self.words[at] & mask(hash) == mask(hash))
    }

    fn place(&self, hash: u64) -> Option<usize> {
        (!self.words.is_empty()).then(|| (((hash >> 32) * self.words.len() as u64) >> 32) as usize)
    }
}

/// The bits of its word which the hash sets.
fn mask(hash: u64) -> u64 {
    (0..N_BITS).fold(0, |mask, bit_idx| mask | 1 << (hash >> (bit_idx * 6) & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::hash_u64;

    #[test]
    fn what_was_added_is_found_and_little_else() {
        let hash = |id: u64| hash_u64(id);
        let mut bloom = Bloom::with_room(10_000);
        (0..10_000).for_each(|id| bloom.insert(hash(id)));
        assert!((0..10_000).all(|id| bloom.may_contain(hash(id))));
        let n_false = (10_000..110_000).filter(|id| bloom.may_contain(hash(*id))).count();
        assert!(n_false < 4_000, "{n_false}");
        assert!(!Bloom::default().may_contain(1), "an empty set contains nothing");
    }
}

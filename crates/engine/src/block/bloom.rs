//! A filter that says which strings are certainly not in a set: one cache line's word, five bits.

use crate::hash::{hash_after, hash_bytes};

/// Bits for each string: one answer in about fifty is a false "maybe".
const BITS_PER_ENTRY: usize = 9;

/// Bits set for each string.
const N_BITS: u32 = 5;

/// A set of hashes, as little-endian words.
#[derive(Clone, Debug, Default)]
pub struct Bloom {
    words: Vec<u64>,
}

impl Bloom {
    /// The hash of a tag and its value. The service is left out, so that a search needs none.
    pub fn hash_of(key: &str, value: &[u8]) -> u64 {
        hash_after(hash_bytes(key.as_bytes()), value)
    }

    /// A filter of the given hashes.
    pub fn of(hashes: &[u64]) -> Bloom {
        let mut bloom = Bloom { words: vec![0; (hashes.len() * BITS_PER_ENTRY).div_ceil(64)] };
        for hash in hashes {
            bloom.insert(*hash);
        }
        bloom
    }

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

    /// The filter's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// A filter of these bytes; a rest that fills no word is dropped.
    pub fn from_bytes(bytes: &[u8]) -> Bloom {
        let words = bytes.chunks_exact(8).map(|chunk| {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            u64::from_le_bytes(word)
        });
        Bloom { words: words.collect() }
    }
}

fn mask(hash: u64) -> u64 {
    (0..N_BITS).fold(0, |mask, bit_idx| mask | 1 << (hash >> (bit_idx * 6) & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found_and_little_else() {
        let hash = |id: u32| Bloom::hash_of("user", &id.to_le_bytes());
        let bloom = Bloom::of(&(0..10_000).map(hash).collect::<Vec<_>>());
        let bloom = Bloom::from_bytes(&bloom.to_bytes());
        assert!((0..10_000).all(|id| bloom.may_contain(hash(id))));
        let n_false = (10_000..110_000).filter(|id| bloom.may_contain(hash(*id))).count();
        assert!(n_false < 4_000, "{n_false}");
        assert!(!Bloom::of(&[]).may_contain(1), "an empty set contains nothing");
    }
}

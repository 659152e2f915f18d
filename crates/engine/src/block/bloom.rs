//! A filter that says which hashes are certainly not in a set: eight bits of one cell of 256.

/// Bits for each hash: one answer in about a thousand is a false "maybe", after which every block is asked.
const BITS_PER_ENTRY: usize = 16;

/// Bits set for each hash.
const N_BITS: u32 = 8;

/// Words of a cell; two cells share a line of the processor's cache.
const CELL_WORDS: usize = 4;

/// A set of hashes.
#[derive(Clone, Debug, Default)]
pub struct Bloom {
    cells: Vec<[u64; CELL_WORDS]>,
}

impl Bloom {
    /// An empty filter with room for `n_entries`.
    pub fn with_room(n_entries: usize) -> Bloom {
        let n_cells = (n_entries * BITS_PER_ENTRY).div_ceil(CELL_WORDS * 64).max(1);
        Bloom { cells: vec![[0; CELL_WORDS]; n_cells] }
    }

    /// Adds a hash.
    pub fn insert(&mut self, hash: u64) {
        if let Some(at) = self.place(hash) {
            self.cells[at].iter_mut().zip(bits_of(hash)).for_each(|(word, bits)| *word |= bits);
        }
    }

    /// Whether the hash may have been added; `false` is certain.
    pub fn may_contain(&self, hash: u64) -> bool {
        let has = |at: usize| self.cells[at].iter().zip(bits_of(hash)).all(|(word, bits)| word & bits == bits);
        self.place(hash).is_some_and(has)
    }

    fn place(&self, hash: u64) -> Option<usize> {
        (!self.cells.is_empty()).then(|| (((hash >> 32) * self.cells.len() as u64) >> 32) as usize)
    }
}

/// The bits of its cell which the hash sets: one for each byte of the hash, mixed once more, for its high half
/// chose the cell.
fn bits_of(hash: u64) -> [u64; CELL_WORDS] {
    let mixed = crate::hash::hash_u64(hash);
    (0..N_BITS).fold([0; CELL_WORDS], |mut words, bit_idx| {
        let bit = mixed >> (bit_idx * 8) & 255;
        words[bit as usize / 64] |= 1 << (bit % 64);
        words
    })
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
        assert!(n_false < 200, "{n_false}");
        assert!(!Bloom::default().may_contain(1), "an empty set contains nothing");
    }
}

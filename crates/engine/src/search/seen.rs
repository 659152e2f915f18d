//! Which trace fingerprints any block has: a filter that is wrong only towards yes.

use crate::block::Bloom;
use crate::hash::hash_u64;

/// Traces the first filter has room for; each further one holds twice its predecessor.
const FIRST_TRACES: usize = 1 << 16;

/// Filters that grow in size, so that few have to be asked however many traces there are.
#[derive(Default)]
pub struct Seen {
    filters: Vec<Bloom>,
    /// Traces the last filter still has room for.
    room: usize,
}

impl Seen {
    /// Adds a fingerprint.
    pub fn insert(&mut self, fingerprint: u32) {
        if self.room == 0 {
            self.room = FIRST_TRACES << self.filters.len().min(20);
            self.filters.push(Bloom::with_room(self.room));
        }
        self.room -= 1;
        if let Some(last) = self.filters.last_mut() {
            last.insert(hash_u64(fingerprint.into()));
        }
    }

    /// Whether a block may have the fingerprint; `false` is certain.
    pub fn may_contain(&self, fingerprint: u32) -> bool {
        let hash = hash_u64(fingerprint.into());
        self.filters.iter().any(|filter| filter.may_contain(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_seen_is_known_and_little_else() {
        let mut seen = Seen::default();
        let fingerprint = |id: u32| id.wrapping_mul(0x9e37_79b9);
        (0..300_000).for_each(|id| seen.insert(fingerprint(id)));
        assert!((0..300_000).all(|id| seen.may_contain(fingerprint(id))));
        let n_false = (300_000..400_000).filter(|id| seen.may_contain(fingerprint(*id))).count();
        assert!(n_false < 1_000, "{n_false}");
    }
}

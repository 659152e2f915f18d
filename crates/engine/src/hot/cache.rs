//! A small lossy cache that finds most repeats of a string and forgets the rest.
//!
//! An exact map of every value would miss the processor's caches on data with many distinct values and
//! cost twice as much; a repeat that is not found is merely stored twice until the block is written.

use crate::columns::Strings;
use crate::hash::{hash_bytes, same_bytes};

/// Sets of two entries. 16 384 of 16 bytes are 256 KiB: they stay in the second-level cache.
const N_SETS: usize = 1 << 14;

/// Longer strings are rarely repeated and dear to hash.
const CACHED_BYTES_MAX: usize = 256;

#[derive(Clone, Copy)]
struct Entry {
    hash: u32,
    id: u32,
}

const NOTHING: Entry = Entry { hash: 0, id: u32::MAX };

/// The cache. Entries refer to one list of strings.
#[derive(Default)]
pub struct StringCache {
    sets: Vec<[Entry; 2]>,
}

impl StringCache {
    /// The number of `string`: an earlier one if the cache remembers it, else a new one.
    #[inline]
    pub fn intern(&mut self, strings: &mut Strings, string: &[u8]) -> u32 {
        if string.len() > CACHED_BYTES_MAX {
            return strings.push(string);
        }
        if self.sets.is_empty() {
            self.sets = vec![[NOTHING; 2]; N_SETS];
        }
        let hash = hash_bytes(string);
        let set = &mut self.sets[(hash >> 32) as usize & (N_SETS - 1)];
        let hash = hash as u32;
        let is = |entry: Entry| entry.hash == hash && entry.id != u32::MAX && same_bytes(strings.get(entry.id), string);
        if is(set[0]) {
            return set[0].id;
        }
        if is(set[1]) {
            set.swap(0, 1);
            return set[0].id;
        }
        let id = strings.push(string);
        *set = [Entry { hash, id }, set[0]];
        id
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.sets.fill([NOTHING; 2]);
    }
}

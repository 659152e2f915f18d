//! Unpacked groups, tables and open files that were used last, up to a number of bytes or files.

use crate::hash::NumberMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// A bounded map from keys to shared values; the value used longest ago goes first.
pub struct GroupCache<K, V> {
    bytes_max: usize,
    state: Mutex<State<K, V>>,
}

struct State<K, V> {
    entries: NumberMap<K, Entry<V>>,
    n_bytes: usize,
    clock: u64,
}

struct Entry<V> {
    value: Arc<V>,
    n_bytes: usize,
    used: u64,
}

impl<K: Hash + Eq + Copy, V> GroupCache<K, V> {
    /// A cache of up to `bytes_max`.
    pub fn new(bytes_max: usize) -> GroupCache<K, V> {
        let state = State { entries: NumberMap::default(), n_bytes: 0, clock: 0 };
        GroupCache { bytes_max, state: Mutex::new(state) }
    }

    /// The value of `key`, made by `make` if it is not there. Two askers at once may both make it: no
    /// lock is held meanwhile.
    pub fn get<E>(&self, key: K, size: impl Fn(&V) -> usize, make: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        if let Some(value) = self.find(key) {
            return Ok(value);
        }
        let value = Arc::new(make()?);
        self.insert(key, value.clone(), size(&value));
        Ok(value)
    }

    /// Forgets a value.
    pub fn remove(&self, key: K) {
        let state = &mut *self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gone) = state.entries.remove(&key) {
            state.n_bytes -= gone.n_bytes;
        }
    }

    /// The value of `key`, if it is there.
    pub fn find(&self, key: K) -> Option<Arc<V>> {
        let state = &mut *self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.clock += 1;
        let entry = state.entries.get_mut(&key)?;
        entry.used = state.clock;
        Some(entry.value.clone())
    }

    fn insert(&self, key: K, value: Arc<V>, n_bytes: usize) {
        let state = &mut *self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let used = state.clock;
        if let Some(before) = state.entries.insert(key, Entry { value, n_bytes, used }) {
            state.n_bytes -= before.n_bytes;
        }
        state.n_bytes += n_bytes;
        while state.n_bytes > self.bytes_max && state.entries.len() > 1 {
            // Entries are hundreds of kilobytes each, so there are few to look through.
            let Some(oldest) = state.entries.iter().min_by_key(|(_, entry)| entry.used).map(|(key, _)| *key) else {
                return;
            };
            if let Some(gone) = state.entries.remove(&oldest) {
                state.n_bytes -= gone.n_bytes;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let cache = GroupCache::new(2);
        let get = |key: u32| cache.get(key, |_| 1, || Ok::<_, ()>(key * 10)).map(|value| *value);
        assert_eq!((get(1), get(2), get(1), get(3)), (Ok(10), Ok(20), Ok(10), Ok(30)));
        let known = |key: u32| cache.get(key, |_| 1, || Err(())).is_ok();
        assert!(known(1) && known(3) && !known(2));
    }
}

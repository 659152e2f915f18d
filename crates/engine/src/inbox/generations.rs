//! Which generations the inbox holds, and which of them it may let go.

use nines_base::Timestamp;
use nines_storage::Position;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is known of a generation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GenerationState {
    /// Its shards.
    pub n_shards: usize,
    /// Bytes of its file.
    pub file_bytes: u64,
    /// Rows of each shard, once it is sealed.
    pub rows: Option<Vec<u64>>,
    /// Whether all its blocks are durable.
    pub in_blocks: bool,
    /// Last arrival of spans that no block has, as they are not kept; none where there is no such span.
    pub counted_last: Option<Timestamp>,
    /// Its file is damaged: it stays for whoever can read more of it than we can.
    pub damaged: bool,
}

/// The generations of the inbox and how far each consumer has released them.
pub struct Generations {
    state: Mutex<State>,
}

struct State {
    generations: BTreeMap<u64, GenerationState>,
    released: BTreeMap<String, Position>,
}

impl Generations {
    /// No generation yet, and consumers that have released nothing.
    pub fn new(consumers: &[String]) -> Generations {
        let released = consumers.iter().map(|consumer| (consumer.clone(), Position::default())).collect();
        Generations { state: Mutex::new(State { generations: BTreeMap::new(), released }) }
    }

    /// A generation was found on disk.
    pub fn add(&self, generation: u64, known: GenerationState) {
        self.state().generations.insert(generation, known);
    }

    /// A new generation has its file.
    pub fn begin(&self, generation: u64, n_shards: usize) {
        let state = GenerationState { n_shards, ..GenerationState::default() };
        self.state().generations.insert(generation, state);
    }

    /// A generation's file has grown.
    pub fn set_bytes(&self, generation: u64, file_bytes: u64) {
        if let Some(state) = self.state().generations.get_mut(&generation) {
            state.file_bytes = file_bytes;
        }
    }

    /// All blocks of a generation are durable.
    pub fn set_in_blocks(&self, generation: u64, rows: Vec<u64>, counted_last: Option<Timestamp>) {
        if let Some(state) = self.state().generations.get_mut(&generation) {
            state.rows = Some(rows);
            state.counted_last = counted_last;
            state.in_blocks = true;
        }
    }

    /// A consumer has come this far.
    pub fn release(&self, consumer: &str, upto: &Position) {
        let mut state = self.state();
        // A position of a store that was here before says nothing about this one.
        if state.generations.keys().next_back().is_none_or(|highest| upto.generation > *highest) {
            return;
        }
        let released = state.released.entry(consumer.to_owned()).or_default();
        if (released.generation, &released.rows) < (upto.generation, &upto.rows) {
            *released = upto.clone();
        }
    }

    /// Generations that nobody needs any more: in blocks, released by all, undamaged, and not the highest.
    /// Spans that are in no block can be read back from `recalled_since` on.
    pub fn disposable(&self, recalled_since: Timestamp) -> Vec<u64> {
        let state = self.state();
        let highest = state.generations.keys().next_back().copied();
        let is_free = |(generation, known): &(&u64, &GenerationState)| {
            let is_recalled = known.counted_last.is_some_and(|last| last >= recalled_since);
            known.in_blocks && !known.damaged && !is_recalled && Some(**generation) != highest && {
                let rows = known.rows.as_deref().unwrap_or_default();
                state.released.values().all(|upto| covers(upto, **generation, rows))
            }
        };
        state.generations.iter().filter(is_free).map(|(generation, _)| *generation).collect()
    }

    /// A generation's file is gone.
    pub fn forget(&self, generation: u64) {
        self.state().generations.remove(&generation);
    }

    /// Numbers of the generations from `from` on.
    pub fn from(&self, from: u64) -> Vec<u64> {
        self.state().generations.range(from..).map(|(generation, _)| *generation).collect()
    }

    /// The highest generation.
    pub fn highest(&self) -> u64 {
        self.state().generations.keys().next_back().copied().unwrap_or(0)
    }

    /// Whether the inbox holds a generation.
    pub fn holds(&self, generation: u64) -> bool {
        self.state().generations.contains_key(&generation)
    }

    /// Bytes of all files.
    pub fn file_bytes(&self) -> u64 {
        self.state().generations.values().map(|known| known.file_bytes).sum()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is one insertion or assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a position lies behind all rows of a generation.
fn covers(upto: &Position, generation: u64, rows: &[u64]) -> bool {
    upto.generation > generation
        || rows
            .iter()
            .enumerate()
            .all(|(shard, n_rows)| *n_rows == 0 || (upto.generation == generation && upto.rows_in(shard) >= *n_rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No span is read back.
    const NEVER: Timestamp = Timestamp(i64::MAX);

    fn position(generation: u64, rows: &[u64]) -> Position {
        Position { generation, rows: rows.to_vec() }
    }

    #[test]
    fn a_generation_goes_when_it_is_in_blocks_and_all_have_passed_it() {
        let generations = Generations::new(&["slo".into(), "copy".into()]);
        for generation in 1..=3 {
            generations.begin(generation, 2);
        }
        generations.release("slo", &position(3, &[1, 1]));
        generations.release("copy", &position(1, &[5, 7]));
        assert!(generations.disposable(NEVER).is_empty(), "nothing is in blocks");
        generations.set_in_blocks(1, vec![5, 8], None);
        generations.set_in_blocks(2, vec![0, 0], None);
        assert_eq!(generations.disposable(NEVER), [2], "an empty one waits for nobody");
        generations.release("copy", &position(1, &[5, 8]));
        assert_eq!(generations.disposable(NEVER), [1, 2]);
        generations.set_in_blocks(3, vec![1, 1], None);
        generations.release("copy", &position(3, &[1, 1]));
        assert_eq!(generations.disposable(NEVER), [1, 2], "WAL-4: the highest stays");
    }

    #[test]
    fn a_generation_with_spans_in_no_block_stays_until_they_are_past() {
        let generations = Generations::new(&[]);
        generations.begin(1, 10);
        generations.begin(2, 10);
        generations.set_in_blocks(1, vec![5, 0, 0, 0, 0, 0, 0, 0, 7, 0], Some(Timestamp(1000)));
        assert!(generations.disposable(Timestamp(1000)).is_empty());
        assert_eq!(generations.disposable(Timestamp(1001)), [1]);
    }

    #[test]
    fn a_position_beyond_the_highest_generation_releases_nothing() {
        let generations = Generations::new(&["slo".into()]);
        generations.begin(1, 1);
        generations.begin(2, 1);
        generations.set_in_blocks(1, vec![5], None);
        generations.release("slo", &position(77, &[9]));
        assert!(generations.disposable(NEVER).is_empty());
    }

    #[test]
    fn a_consumer_never_goes_back() {
        let generations = Generations::new(&[]);
        generations.begin(1, 1);
        generations.begin(2, 1);
        generations.set_in_blocks(1, vec![5], None);
        generations.release("slo", &position(1, &[5]));
        generations.release("slo", &position(1, &[2]));
        assert_eq!(generations.disposable(NEVER), [1]);
    }
}

//! Which rows belong to which trace: a chain from each trace's last row back to its first.

use crate::hash::{NumberMap, hash_u64};
use hashbrown::HashTable;
use nines_base::FineMicros;
use nines_storage::answer::TraceTime;

/// Marks the end of a chain.
const NONE: u32 = u32::MAX;

/// What is known of a trace without reading its rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TraceHead {
    last_row: u32,
    /// Rows it has.
    pub n_rows: u32,
    time: TraceTime,
}

impl TraceHead {
    /// Its last row.
    pub fn last_row(&self) -> u32 {
        self.last_row
    }

    /// The smallest start of its rows in microseconds.
    pub fn first_start_us(&self) -> Option<u64> {
        self.time.first_start_us()
    }

    /// The trace's time as far as these rows tell.
    pub fn time(&self) -> TraceTime {
        self.time
    }

    /// The same in microseconds.
    pub fn time_us(&self) -> Option<u64> {
        self.time.us()
    }
}

/// Traces of a segment by id, and the chains of their rows.
#[derive(Default)]
pub struct TraceIndex {
    /// Places in `heads`, by the low half of the trace id: of each low half the first trace that has it.
    places: HashTable<u32>,
    twins: Twins,
    heads: Vec<TraceHead>,
    previous: Vec<u32>,
}

/// Traces whose low half an earlier trace has. Few have one, but who sends spans chooses ids: a thousand
/// that share a half must not make each look-up go through all of them.
#[derive(Default)]
struct Twins {
    /// By the whole id.
    places: HashTable<u32>,
    /// By the first trace of their low half.
    of_first: NumberMap<u32, Vec<u32>>,
}

impl TraceIndex {
    /// The place of trace `id`; a new one is added to `trace_ids`.
    #[inline]
    pub fn place(&mut self, id: u128, trace_ids: &mut Vec<u128>) -> u32 {
        match self.first_of(id, trace_ids) {
            Some(first) if trace_ids[first as usize] == id => first,
            Some(first) => self.twin(first, id, trace_ids),
            None => self.add_first(id, trace_ids),
        }
    }

    /// Adds a trace that is known to be new.
    pub fn add(&mut self, id: u128, trace_ids: &mut Vec<u128>) -> u32 {
        match self.first_of(id, trace_ids) {
            Some(first) => self.add_twin(first, id, trace_ids),
            None => self.add_first(id, trace_ids),
        }
    }

    #[inline]
    fn first_of(&self, id: u128, trace_ids: &[u128]) -> Option<u32> {
        let is = |place: &u32| trace_ids[*place as usize] as u64 == id as u64;
        self.places.find(hash_u64(id as u64), is).copied()
    }

    fn twin(&mut self, first: u32, id: u128, trace_ids: &mut Vec<u128>) -> u32 {
        let known = self.twins.places.find(hash_whole(id), |place| trace_ids[*place as usize] == id);
        known.copied().unwrap_or_else(|| self.add_twin(first, id, trace_ids))
    }

    fn add_first(&mut self, id: u128, trace_ids: &mut Vec<u128>) -> u32 {
        let place = self.push_head(id, trace_ids);
        let trace_ids = &trace_ids[..];
        self.places.insert_unique(hash_u64(id as u64), place, |place| hash_u64(trace_ids[*place as usize] as u64));
        place
    }

    fn add_twin(&mut self, first: u32, id: u128, trace_ids: &mut Vec<u128>) -> u32 {
        let place = self.push_head(id, trace_ids);
        let trace_ids = &trace_ids[..];
        self.twins.places.insert_unique(hash_whole(id), place, |place| hash_whole(trace_ids[*place as usize]));
        self.twins.of_first.entry(first).or_default().push(place);
        place
    }

    fn push_head(&mut self, id: u128, trace_ids: &mut Vec<u128>) -> u32 {
        trace_ids.push(id);
        self.heads.push(TraceHead { last_row: NONE, n_rows: 0, time: TraceTime::default() });
        self.heads.len() as u32 - 1
    }

    /// Chains the next row to its trace.
    #[inline]
    pub fn link(&mut self, place: u32, has_parent: bool, start: FineMicros) {
        let row = self.previous.len() as u32;
        let head = &mut self.heads[place as usize];
        self.previous.push(head.last_row);
        head.last_row = row;
        head.n_rows += 1;
        head.time.see(has_parent, start);
    }

    /// Places of the traces whose ids share their low half with `id`, in the order they came.
    pub fn find_low(&self, id: u128, trace_ids: &[u128]) -> impl Iterator<Item = u32> {
        let first = self.first_of(id, trace_ids);
        let twins = first.and_then(|first| self.twins.of_first.get(&first)).map_or(&[][..], Vec::as_slice);
        first.into_iter().chain(twins.iter().copied())
    }

    /// The row before `row` in its trace's chain, or a number beyond all rows; nothing for such a number.
    #[inline]
    pub fn row_before(&self, row: u32) -> Option<u32> {
        self.previous.get(row as usize).copied()
    }

    /// A trace's rows, last first.
    pub fn rows_of(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.heads[place as usize].last_row;
        std::iter::from_fn(move || {
            let row = next;
            next = *self.previous.get(row as usize)?;
            Some(row)
        })
    }

    /// Rows chained.
    pub fn n_rows(&self) -> usize {
        self.previous.len()
    }

    /// What is known of each trace, by place.
    pub fn heads(&self) -> &[TraceHead] {
        &self.heads
    }

    /// Whether both indexes say the same of every trace and row.
    #[cfg(test)]
    pub fn same(&self, other: &TraceIndex) -> bool {
        self.heads == other.heads
            && self.previous == other.previous
            && self.places.len() == other.places.len()
            && self.twins.of_first == other.twins.of_first
    }

    /// Forgets all, keeping the memory.
    pub fn clear(&mut self) {
        self.places.clear();
        self.twins.places.clear();
        self.twins.of_first.clear();
        self.heads.clear();
        self.previous.clear();
    }
}

fn hash_whole(id: u128) -> u64 {
    hash_u64(hash_u64(id as u64) ^ (id >> 64) as u64)
}

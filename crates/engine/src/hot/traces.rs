//! Which rows belong to which trace: a chain from each trace's last row back to its first.

use crate::hash::hash_u64;
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
    /// Places in `heads`, by the low half of the trace id.
    places: HashTable<u32>,
    heads: Vec<TraceHead>,
    previous: Vec<u32>,
}

impl TraceIndex {
    /// The place of trace `id`; a new one is added to `trace_ids`.
    #[inline]
    pub fn place(&mut self, id: u128, trace_ids: &mut Vec<u128>) -> u32 {
        let hash = hash_u64(id as u64);
        match self.places.find(hash, |place| trace_ids[*place as usize] == id) {
            Some(place) => *place,
            None => self.add(id, trace_ids),
        }
    }

    /// Adds a trace that is known to be new.
    pub fn add(&mut self, id: u128, trace_ids: &mut Vec<u128>) -> u32 {
        let place = self.heads.len() as u32;
        trace_ids.push(id);
        self.heads.push(TraceHead { last_row: NONE, n_rows: 0, time: TraceTime::default() });
        let trace_ids = &trace_ids[..];
        self.places.insert_unique(hash_u64(id as u64), place, |place| hash_u64(trace_ids[*place as usize] as u64));
        place
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

    /// Places of the traces whose ids share their low half with `id`.
    pub fn find_low(&self, id: u128, trace_ids: &[u128]) -> impl Iterator<Item = u32> {
        let candidates = self.places.iter_hash(hash_u64(id as u64)).copied();
        candidates.filter(move |place| trace_ids[*place as usize] as u64 == id as u64)
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
        self.heads == other.heads && self.previous == other.previous && self.places.len() == other.places.len()
    }

    /// Forgets all, keeping the memory.
    pub fn clear(&mut self) {
        self.places.clear();
        self.heads.clear();
        self.previous.clear();
    }
}

//! Records on their way to the disk, in the order in which they will be written.

use super::record::GROUP_RECORD_BYTES;
use crate::hot::Live;
use nines_storage::{Done, StoreError};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Memory kept from one group to the next: twice what ends the wait of a group.
const SPARE_BYTES_MAX: usize = 2 << 20;

/// A generation that takes no more spans.
pub struct Sealed {
    /// Its number.
    pub generation: u64,
    /// Its segments, by shard.
    pub lives: Arc<[Arc<Live>]>,
}

/// Records of one generation that are written and synced together.
pub struct Group {
    /// The generation.
    pub generation: u64,
    /// Its segments, by shard.
    pub lives: Arc<[Arc<Live>]>,
    /// Room for the record that begins the group, then whole records; empty where there are none.
    pub bytes: Vec<u8>,
    /// Rows of each shard that are durable once these bytes are.
    pub rows: Vec<u64>,
    /// Whom to tell.
    pub waiters: Vec<Done>,
    /// The generation ends with this group, and this one follows.
    pub ends: Option<Successor>,
}

/// What follows a generation that ends.
pub struct Successor {
    /// Its number.
    pub generation: u64,
    /// Its segments, by shard.
    pub lives: Arc<[Arc<Live>]>,
}

/// The queue between senders and the committer.
#[derive(Default)]
pub struct Queue {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    groups: VecDeque<Group>,
    /// Bytes queued or being written.
    pending_bytes: usize,
    /// Bytes queued.
    queued_bytes: usize,
    /// Memory of a group that is durable, for the next one.
    spare: Vec<u8>,
    stopping: bool,
}

impl Queue {
    /// Queues one record. Called with the shard's segment locked, so that a shard's records are in
    /// the order of its rows; `commit_bytes` wakes the committer before its linger is over.
    pub fn push(
        &self,
        live: &Live,
        lives: &Arc<[Arc<Live>]>,
        record: &[u8],
        rows: u64,
        waiter: Option<Done>,
        commit_bytes: usize,
    ) {
        let mut state = self.state();
        let was_empty = state.groups.is_empty();
        let before_bytes = state.queued_bytes;
        let State { groups, spare, .. } = &mut *state;
        let group = last_group(groups, live.generation, lives);
        if group.bytes.capacity() == 0 {
            group.bytes = std::mem::take(spare);
        }
        let group_bytes_before = group.bytes.len();
        if group.bytes.is_empty() {
            // Room for the record that begins the group; only the committer knows where it will stand.
            group.bytes.resize(GROUP_RECORD_BYTES, 0);
        }
        group.bytes.extend_from_slice(record);
        group.rows[live.shard] = rows;
        group.waiters.extend(waiter);
        let n_bytes = group.bytes.len() - group_bytes_before;
        state.pending_bytes += n_bytes;
        state.queued_bytes += n_bytes;
        let crossed = before_bytes < commit_bytes && state.queued_bytes >= commit_bytes;
        drop(state);
        if was_empty || crossed {
            self.wake.notify_one();
        }
    }

    /// Queues the end of a generation.
    pub fn seal(&self, generation: u64, lives: &Arc<[Arc<Live>]>, successor: Successor) {
        let mut state = self.state();
        last_group(&mut state.groups, generation, lives).ends = Some(successor);
        drop(state);
        self.wake.notify_one();
    }

    /// Waits for something to commit, then lingers for company. Returns what is queued; nothing when
    /// the engine stops or `patience` is over.
    pub fn wait(&self, patience: Duration, linger: Duration, commit_bytes: usize) -> Vec<Group> {
        let mut state = self.state();
        let give_up = Instant::now() + patience;
        while state.groups.is_empty() && !state.stopping {
            let left = give_up.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Vec::new();
            }
            state = self.wake.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let deadline = Instant::now() + linger;
        while state.queued_bytes < commit_bytes && !state.stopping {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = self.wake.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        take(&mut state)
    }

    /// What is queued, without waiting.
    pub fn take(&self) -> Vec<Group> {
        take(&mut self.state())
    }

    /// These bytes are durable, or never will be. Their memory serves another group.
    pub fn settle(&self, mut bytes: Vec<u8>) {
        let mut state = self.state();
        state.pending_bytes -= bytes.len();
        bytes.clear();
        if bytes.capacity() <= SPARE_BYTES_MAX {
            state.spare = bytes;
        }
    }

    /// Bytes that are not durable yet.
    pub fn pending_bytes(&self) -> usize {
        self.state().pending_bytes
    }

    /// Refuses when more than `backlog_bytes_max` are waiting.
    pub fn check(&self, backlog_bytes_max: usize) -> Result<(), StoreError> {
        let pending_bytes = self.pending_bytes();
        if pending_bytes > backlog_bytes_max {
            let detail = format!("{pending_bytes} bytes wait to become durable, at most {backlog_bytes_max} may");
            return Err(StoreError::Busy { detail });
        }
        Ok(())
    }

    /// Ends all waiting, now and later.
    pub fn stop(&self) {
        self.state().stopping = true;
        self.wake.notify_all();
    }

    /// Whether waiting has ended.
    pub fn is_stopping(&self) -> bool {
        self.state().stopping
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No statement between two that can panic leaves a group without its bytes counted.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take(state: &mut State) -> Vec<Group> {
    state.queued_bytes = 0;
    state.groups.drain(..).collect()
}

fn last_group<'a>(groups: &'a mut VecDeque<Group>, generation: u64, lives: &Arc<[Arc<Live>]>) -> &'a mut Group {
    if groups.back().is_none_or(|last| last.generation != generation) {
        groups.push_back(Group {
            generation,
            lives: lives.clone(),
            bytes: Vec::new(),
            rows: vec![0; lives.len()],
            waiters: Vec::new(),
            ends: None,
        });
    }
    let last = groups.len() - 1;
    &mut groups[last]
}

//! The bounded queue of encoded spans, and the messages cut from it.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Limits;

/// What became of a span at the queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pushed {
    /// It waits. `fills_message` is true for the one that completes a message.
    Taken {
        /// See above.
        fills_message: bool,
    },
    /// No room.
    Full,
    /// Larger than a message may be.
    TooLarge,
    /// The reporter is closed.
    Closed,
}

/// Spans in the order they finished, bounded by number and bytes.
pub(crate) struct Queue {
    limits: Limits,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    spans: VecDeque<String>,
    n_bytes: usize,
    /// Spans ever taken: the sequence number of the newest one.
    n_taken: u64,
    is_closed: bool,
}

/// One message: a JSON list of spans.
pub(crate) struct Message {
    pub(crate) body: String,
    pub(crate) n_spans: u64,
}

impl Queue {
    pub(crate) fn new(limits: Limits) -> Queue {
        Queue { limits, state: Mutex::default() }
    }

    pub(crate) fn push(&self, span: String) -> Pushed {
        // Two brackets around a single span.
        if span.len() + 2 > self.limits.message_bytes_max {
            return Pushed::TooLarge;
        }
        let mut state = self.lock();
        if state.is_closed {
            return Pushed::Closed;
        }
        let has_room = state.spans.len() < self.limits.queue_spans_max
            && state.n_bytes + span.len() <= self.limits.queue_bytes_max;
        if !has_room {
            return Pushed::Full;
        }
        let n_bytes_before = state.n_bytes;
        state.n_bytes += span.len();
        state.n_taken += 1;
        state.spans.push_back(span);
        let message_bytes_max = self.limits.message_bytes_max;
        Pushed::Taken { fills_message: n_bytes_before < message_bytes_max && state.n_bytes >= message_bytes_max }
    }

    /// Cuts the next message; `None` when nothing waits.
    pub(crate) fn take_message(&self) -> Option<Message> {
        let mut state = self.lock();
        let first = state.pop()?;
        let mut body = String::with_capacity(state.n_bytes.min(self.limits.message_bytes_max) + first.len() + 2);
        body.push('[');
        body.push_str(&first);
        let mut n_spans = 1;
        // A comma before the span and the closing bracket after it.
        while state.spans.front().is_some_and(|next| body.len() + next.len() + 2 <= self.limits.message_bytes_max) {
            let Some(next) = state.pop() else { break };
            body.push(',');
            body.push_str(&next);
            n_spans += 1;
        }
        body.push(']');
        Some(Message { body, n_spans })
    }

    /// Refuses spans from now on.
    pub(crate) fn close(&self) {
        self.lock().is_closed = true;
    }

    /// Throws away what waits and says how many spans that were.
    pub(crate) fn clear(&self) -> u64 {
        let mut state = self.lock();
        state.n_bytes = 0;
        let n_spans = state.spans.len() as u64;
        state.spans.clear();
        n_spans
    }

    /// The sequence number of the newest span.
    pub(crate) fn n_taken(&self) -> u64 {
        self.lock().n_taken
    }

    /// Spans and bytes that wait.
    pub(crate) fn len(&self) -> (usize, usize) {
        let state = self.lock();
        (state.spans.len(), state.n_bytes)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing below panics half-way through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn pop(&mut self) -> Option<String> {
        let span = self.spans.pop_front()?;
        self.n_bytes -= span.len();
        Some(span)
    }
}

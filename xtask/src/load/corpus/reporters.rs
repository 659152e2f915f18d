//! How spans leave: each instance reports its own in the order they end, a message at a hundred spans or a
//! second after the first. So the spans of a trace arrive over many messages, between those of others.

use super::Span;
use super::system::{N_INSTANCES, SERVICES};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How long a reporter waits for its message to fill, microseconds of the corpus's time.
const PATIENCE_US: u64 = 1_000_000;

/// All reporters of the system.
pub struct Reporters {
    spans_max: usize,
    /// Spans that have not ended yet, by end; the second number keeps those that end together apart.
    running: BTreeMap<(u64, usize), Span>,
    n_seen: usize,
    /// What each reporter holds, and when its first span ended.
    held: Vec<(u64, Vec<Span>)>,
}

impl Reporters {
    /// Reporters whose messages hold at most so many spans.
    pub fn new(spans_max: usize) -> Reporters {
        let held = vec![(0, Vec::new()); SERVICES.len() * N_INSTANCES];
        Reporters { spans_max, running: BTreeMap::new(), n_seen: 0, held }
    }

    /// Takes new spans and sends what is due at `now_us`.
    pub fn report(&mut self, spans: Vec<Span>, now_us: u64, send: &mut impl FnMut(&[Span])) {
        for span in spans {
            self.n_seen += 1;
            self.running.insert((span.start_us + span.duration_us, self.n_seen), span);
        }
        while let Some(first) = self.running.first_entry()
            && first.key().0 <= now_us
        {
            let ((ended_us, _), span) = first.remove_entry();
            self.hold(span, ended_us, send);
        }
    }

    /// Sends everything that is left, the oldest first.
    pub fn finish(&mut self, send: &mut impl FnMut(&[Span])) {
        for ((ended_us, _), span) in std::mem::take(&mut self.running) {
            self.hold(span, ended_us, send);
        }
        self.held.sort_by_key(|(first_us, _)| Reverse(*first_us));
        while let Some((_, spans)) = self.held.pop() {
            if !spans.is_empty() {
                send(&spans);
            }
        }
    }

    fn hold(&mut self, span: Span, ended_us: u64, send: &mut impl FnMut(&[Span])) {
        let (first_us, held) = &mut self.held[span.reporter];
        if held.is_empty() {
            *first_us = ended_us;
        }
        held.push(span);
        if held.len() >= self.spans_max || ended_us - *first_us > PATIENCE_US {
            send(held);
            held.clear();
        }
    }
}

//! What happened to spans and messages, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

use super::queue::Pushed;

/// Counts of a reporter since it was started.
///
/// `n_spans` is the sum of the delivered, the dropped and those that wait or are on their way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ReporterStats {
    /// Spans handed to the reporter.
    pub n_spans: u64,
    /// Spans the server has acknowledged.
    pub n_spans_delivered: u64,
    /// Spans dropped because the queue was full.
    pub n_spans_dropped_full: u64,
    /// Spans dropped because one was larger than a message may be.
    pub n_spans_dropped_too_large: u64,
    /// Spans dropped because the server refused them for good.
    pub n_spans_dropped_refused: u64,
    /// Spans dropped because the server could not be reached, or was busy, for too long.
    pub n_spans_dropped_undelivered: u64,
    /// Spans dropped because the reporter was closed before or while they waited.
    pub n_spans_dropped_closed: u64,
    /// Messages the server has acknowledged.
    pub n_messages_delivered: u64,
    /// Attempts to deliver a message that failed, those that were repeated included.
    pub n_attempts_failed: u64,
    /// Spans that wait now.
    pub n_spans_queued: usize,
    /// Bytes that wait now.
    pub n_bytes_queued: usize,
}

impl ReporterStats {
    /// Spans dropped for any reason.
    pub fn n_spans_dropped(&self) -> u64 {
        self.n_spans_dropped_full
            + self.n_spans_dropped_too_large
            + self.n_spans_dropped_refused
            + self.n_spans_dropped_undelivered
            + self.n_spans_dropped_closed
    }
}

/// The counters behind [`ReporterStats`]. Each is a total of its own, so relaxed order is enough.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) spans: AtomicU64,
    pub(crate) delivered: AtomicU64,
    pub(crate) dropped_full: AtomicU64,
    pub(crate) dropped_too_large: AtomicU64,
    pub(crate) dropped_refused: AtomicU64,
    pub(crate) dropped_undelivered: AtomicU64,
    pub(crate) dropped_closed: AtomicU64,
    pub(crate) messages_delivered: AtomicU64,
    pub(crate) attempts_failed: AtomicU64,
}

pub(crate) fn add(counter: &AtomicU64, n: u64) {
    counter.fetch_add(n, Ordering::Relaxed);
}

pub(crate) fn get(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

impl Counts {
    pub(crate) fn count_pushed(&self, pushed: Pushed) {
        add(&self.spans, 1);
        match pushed {
            Pushed::Taken { .. } => {}
            Pushed::Full => add(&self.dropped_full, 1),
            Pushed::TooLarge => add(&self.dropped_too_large, 1),
            Pushed::Closed => add(&self.dropped_closed, 1),
        }
    }

    pub(crate) fn stats(&self, (n_spans_queued, n_bytes_queued): (usize, usize)) -> ReporterStats {
        ReporterStats {
            n_spans: get(&self.spans),
            n_spans_delivered: get(&self.delivered),
            n_spans_dropped_full: get(&self.dropped_full),
            n_spans_dropped_too_large: get(&self.dropped_too_large),
            n_spans_dropped_refused: get(&self.dropped_refused),
            n_spans_dropped_undelivered: get(&self.dropped_undelivered),
            n_spans_dropped_closed: get(&self.dropped_closed),
            n_messages_delivered: get(&self.messages_delivered),
            n_attempts_failed: get(&self.attempts_failed),
            n_spans_queued,
            n_bytes_queued,
        }
    }
}

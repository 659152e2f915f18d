//! The background task: takes messages from the queue, sends each until it is settled, and says in one log
//! line when the state of the delivery changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep, timeout};

use super::post::{Outcome, Sender};
use super::queue::{Message, Queue};
use super::stats::{Counts, ReporterStats, add, get};
use super::{Limits, backoff};

/// What the task shares with the handles.
pub(super) struct Shared {
    pub(super) queue: Queue,
    pub(super) counts: Counts,
    /// Rings when a message is full or a flush is asked for.
    pub(super) wake: Notify,
    limits: Limits,
    /// Spans taken from the queue and then delivered or dropped.
    settled: watch::Sender<u64>,
    /// Spans of the message that is on its way.
    in_flight: AtomicU64,
}

impl Shared {
    pub(super) fn new(limits: Limits) -> Shared {
        Shared {
            queue: Queue::new(limits),
            counts: Counts::default(),
            wake: Notify::new(),
            limits,
            settled: watch::Sender::new(0),
            in_flight: AtomicU64::new(0),
        }
    }

    pub(super) fn stats(&self) -> ReporterStats {
        self.counts.stats(self.queue.len())
    }

    /// True once all spans taken until now are settled; false at the deadline.
    pub(super) async fn flush(&self, deadline: Duration) -> bool {
        let n_taken = self.queue.n_taken();
        let mut settled = self.settled.subscribe();
        self.wake.notify_one();
        timeout(deadline, settled.wait_for(|n_settled| *n_settled >= n_taken)).await.is_ok_and(|seen| seen.is_ok())
    }

    /// Counts what the stopped task left behind.
    pub(super) fn abandon_rest(&self) {
        let n_spans = self.queue.clear() + self.in_flight.swap(0, Ordering::Relaxed);
        add(&self.counts.dropped_closed, n_spans);
        self.settled.send_modify(|n_settled| *n_settled += n_spans);
        if n_spans > 0 {
            tracing::warn!("reporter closed: {n_spans} spans could not be delivered in time and are lost");
        }
    }

    fn settle(&self, n_spans: u64) {
        self.in_flight.store(0, Ordering::Relaxed);
        self.settled.send_modify(|n_settled| *n_settled += n_spans);
    }
}

/// What the last attempt showed; the log speaks when it changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Health {
    /// No attempt yet.
    Untried,
    /// Spans arrive.
    Delivering,
    /// No answer, or the server is busy.
    Retrying,
    /// The server refuses.
    Refused,
}

/// The task's own state.
pub(super) struct Delivery {
    shared: Arc<Shared>,
    sender: Sender,
    closing: watch::Receiver<bool>,
    health: Health,
    /// Since when spans do not arrive.
    troubled_since: Instant,
    /// Spans dropped when one last arrived.
    n_dropped_before: u64,
    /// Spans the full queue had dropped when this was last looked at.
    n_dropped_full_seen: u64,
    /// True from the first such drop until the queue has been empty.
    is_overflowing: bool,
}

impl Delivery {
    pub(super) fn new(shared: Arc<Shared>, sender: Sender, closing: watch::Receiver<bool>) -> Delivery {
        Delivery {
            shared,
            sender,
            closing,
            health: Health::Untried,
            troubled_since: Instant::now(),
            n_dropped_before: 0,
            n_dropped_full_seen: 0,
            is_overflowing: false,
        }
    }

    /// Works until it is aborted.
    pub(super) async fn run(mut self) {
        loop {
            tokio::select! {
                () = sleep(self.shared.limits.message_interval) => {}
                () = self.shared.wake.notified() => {}
            }
            while let Some(message) = self.shared.queue.take_message() {
                let n_spans = message.n_spans;
                self.shared.in_flight.store(n_spans, Ordering::Relaxed);
                self.deliver(message).await;
                self.shared.settle(n_spans);
                self.note_overflow();
            }
            self.is_overflowing = false;
        }
    }

    /// Sends one message until it is delivered, refused or given up.
    async fn deliver(&mut self, message: Message) {
        let shared = self.shared.clone();
        let counts = &shared.counts;
        let n_spans = message.n_spans;
        let body = Bytes::from(message.body);
        let started = Instant::now();
        for attempt in 0.. {
            match self.sender.post(body.clone()).await {
                Outcome::Accepted => {
                    add(&counts.messages_delivered, 1);
                    add(&counts.delivered, n_spans);
                    self.note_delivered();
                    return;
                }
                Outcome::Refused { reason } => {
                    add(&counts.attempts_failed, 1);
                    add(&counts.dropped_refused, n_spans);
                    self.note_trouble(Health::Refused, &reason);
                    return;
                }
                Outcome::Retry { reason, after } => {
                    add(&counts.attempts_failed, 1);
                    self.note_trouble(Health::Retrying, &reason);
                    let wait = backoff::wait_after(attempt, after);
                    if started.elapsed() + wait > shared.limits.give_up_after {
                        add(&counts.dropped_undelivered, n_spans);
                        return;
                    }
                    self.wait(wait).await;
                }
            }
        }
    }

    /// Sleeps; the call to close cuts one sleep short, for a last attempt that may still be in time.
    async fn wait(&mut self, duration: Duration) {
        if *self.closing.borrow() {
            sleep(duration).await;
            return;
        }
        tokio::select! {
            () = sleep(duration) => {}
            // An error means all handles are gone, and then this task is aborted anyway.
            _ = self.closing.wait_for(|is_closing| *is_closing) => {}
        }
    }

    fn note_delivered(&mut self) {
        let uri = self.sender.uri();
        let n_dropped = self.shared.stats().n_spans_dropped();
        match self.health {
            Health::Delivering => {}
            Health::Untried => tracing::debug!("reporter: spans arrive at {uri}"),
            Health::Retrying | Health::Refused => {
                let seconds = self.troubled_since.elapsed().as_secs();
                let n_lost = n_dropped - self.n_dropped_before;
                tracing::info!("reporter: spans arrive at {uri} again after {seconds} s; {n_lost} were dropped");
            }
        }
        self.health = Health::Delivering;
        self.n_dropped_before = n_dropped;
    }

    fn note_trouble(&mut self, health: Health, reason: &str) {
        let uri = self.sender.uri();
        if matches!(self.health, Health::Untried | Health::Delivering) {
            self.troubled_since = Instant::now();
        }
        if self.health != health {
            match health {
                Health::Refused => tracing::warn!("reporter: {uri} refuses spans, they are dropped: {reason}"),
                _ => tracing::warn!("reporter: {uri} takes no spans, they are kept and sent again: {reason}"),
            }
            self.health = health;
        }
        self.note_overflow();
    }

    fn note_overflow(&mut self) {
        let n_dropped_full = get(&self.shared.counts.dropped_full);
        if n_dropped_full > self.n_dropped_full_seen && !self.is_overflowing {
            self.is_overflowing = true;
            let Limits { queue_spans_max, queue_bytes_max, .. } = self.shared.limits;
            tracing::warn!(
                "reporter: the queue of {queue_spans_max} spans or {queue_bytes_max} bytes is full, new spans are dropped"
            );
        }
        self.n_dropped_full_seen = n_dropped_full;
    }
}

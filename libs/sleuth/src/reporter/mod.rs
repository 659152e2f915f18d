//! Delivers finished spans to a trace server: Zipkin JSON v2 over HTTP, in batches, from one background task.
//!
//! What a request pays is encoding its span and a push into a bounded queue. Overload and outages of the
//! server cost spans, never requests (`SLT-1`), and each lost span is counted with its reason (`SLT-2`).

mod backoff;
mod delivery;
mod post;
mod queue;
mod stats;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use self::delivery::{Delivery, Shared};
use self::post::Sender;
use self::queue::Pushed;
use crate::json;
use crate::span::{FinishedSpan, SpanSink};

pub use self::backoff::{BACKOFF_FIRST, BACKOFF_MAX, RETRY_AFTER_MAX};
pub use self::post::{POST_TIMEOUT, ReporterError};
pub use self::stats::ReporterStats;

/// Most spans waiting: at 1 000 spans a second, ten seconds without a server.
pub const QUEUE_SPANS_MAX: usize = 10_000;
/// Most bytes of encoded spans waiting: 10 000 spans of 800 bytes, and a bound when they are larger.
pub const QUEUE_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Largest message: what Zipkin's own reporters send, half of the smallest limit among its transports.
pub const MESSAGE_BYTES_MAX: usize = 500_000;
/// Longest time a span waits for company before it is sent.
pub const MESSAGE_INTERVAL: Duration = Duration::from_secs(1);
/// How long one message is retried. Long enough for a server's restart or upgrade; a bound, so that one
/// message that the server cannot stomach does not stop all others for good.
pub const GIVE_UP_AFTER: Duration = Duration::from_secs(300);

/// Settings of a [`Reporter`].
#[derive(Clone, Debug)]
pub struct ReporterBuilder {
    url: String,
    limits: Limits,
}

/// The numbers the background task works by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) queue_spans_max: usize,
    pub(crate) queue_bytes_max: usize,
    pub(crate) message_bytes_max: usize,
    pub(crate) message_interval: Duration,
    pub(crate) give_up_after: Duration,
}

impl ReporterBuilder {
    /// Most spans waiting; [`QUEUE_SPANS_MAX`] by default.
    pub fn queue_spans_max(mut self, n_spans: usize) -> Self {
        self.limits.queue_spans_max = n_spans;
        self
    }

    /// Most bytes waiting; [`QUEUE_BYTES_MAX`] by default.
    pub fn queue_bytes_max(mut self, n_bytes: usize) -> Self {
        self.limits.queue_bytes_max = n_bytes;
        self
    }

    /// Largest message in bytes; [`MESSAGE_BYTES_MAX`] by default. A single span that is larger is dropped.
    pub fn message_bytes_max(mut self, n_bytes: usize) -> Self {
        self.limits.message_bytes_max = n_bytes;
        self
    }

    /// Longest time between messages; [`MESSAGE_INTERVAL`] by default.
    pub fn message_interval(mut self, interval: Duration) -> Self {
        self.limits.message_interval = interval;
        self
    }

    /// How long one message is retried; [`GIVE_UP_AFTER`] by default.
    pub fn give_up_after(mut self, duration: Duration) -> Self {
        self.limits.give_up_after = duration;
        self
    }

    /// Starts the background task.
    ///
    /// # Errors
    ///
    /// The URL is not a plain `http://` one, or there is no tokio runtime to run on.
    pub fn build(self) -> Result<Reporter, ReporterError> {
        let sender = Sender::new(&self.url)?;
        let runtime = tokio::runtime::Handle::try_current().map_err(|_| ReporterError::NoRuntime)?;
        let shared = Arc::new(Shared::new(self.limits));
        let (closing, closing_seen) = watch::channel(false);
        let task = runtime.spawn(Delivery::new(shared.clone(), sender, closing_seen).run());
        Ok(Reporter(Arc::new(Inner { shared, closing, task: Mutex::new(Some(task)) })))
    }
}

/// Delivers spans to a trace server. Clones are handles to the same queue; when the last one is dropped
/// without [`Reporter::close`], what still waits is lost.
#[derive(Clone)]
pub struct Reporter(Arc<Inner>);

struct Inner {
    shared: Arc<Shared>,
    closing: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Reporter {
    /// Settings for the server at `url`, such as `http://127.0.0.1:9411`; `/api/v2/spans` is appended where
    /// the path does not end in it.
    pub fn builder(url: impl Into<String>) -> ReporterBuilder {
        let limits = Limits {
            queue_spans_max: QUEUE_SPANS_MAX,
            queue_bytes_max: QUEUE_BYTES_MAX,
            message_bytes_max: MESSAGE_BYTES_MAX,
            message_interval: MESSAGE_INTERVAL,
            give_up_after: GIVE_UP_AFTER,
        };
        ReporterBuilder { url: url.into(), limits }
    }

    /// Starts a reporter with the default settings.
    ///
    /// # Errors
    ///
    /// As [`ReporterBuilder::build`].
    pub fn start(url: impl Into<String>) -> Result<Reporter, ReporterError> {
        Reporter::builder(url).build()
    }

    /// Sends what waits now and returns once each of these spans is delivered or counted as dropped; false
    /// when `deadline` has passed before that.
    pub async fn flush(&self, deadline: Duration) -> bool {
        self.0.shared.flush(deadline).await
    }

    /// Takes no more spans, delivers what waits within `deadline`, counts the rest as dropped and stops.
    /// Returns the final counts.
    pub async fn close(&self, deadline: Duration) -> ReporterStats {
        let shared = &self.0.shared;
        shared.queue.close();
        self.0.closing.send_replace(true);
        shared.flush(deadline).await;
        let task = self.0.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            task.abort();
            // Aborted or finished: either way it no longer touches the counts.
            let _ = task.await;
            shared.abandon_rest();
        }
        shared.stats()
    }

    /// The counts so far.
    pub fn stats(&self) -> ReporterStats {
        self.0.shared.stats()
    }
}

impl SpanSink for Reporter {
    fn report(&self, span: FinishedSpan) {
        let shared = &self.0.shared;
        // SLT-1: a full queue answers at once. SLT-2: that answer is counted with its reason.
        let pushed = shared.queue.push(json::encode(&span));
        shared.counts.count_pushed(pushed);
        if pushed == (Pushed::Taken { fills_message: true }) {
            shared.wake.notify_one();
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(task) = self.task.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

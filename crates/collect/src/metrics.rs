//! What the collector counts, per transport, by Zipkin's definitions.

use std::sync::atomic::{AtomicU64, Ordering};

/// How spans came in. The names are Zipkin's `transport` label.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub enum Transport {
    /// `POST /api/v2/spans`.
    Http = 0,
    /// `POST /v1/traces`.
    OtlpHttp = 1,
}

impl Transport {
    /// Every transport.
    pub const ALL: [Transport; 2] = [Transport::Http, Transport::OtlpHttp];

    /// The label as Zipkin writes it.
    pub const fn label(self) -> &'static str {
        match self {
            Transport::Http => "http",
            Transport::OtlpHttp => "otel/http",
        }
    }
}

/// Counters of one transport.
#[derive(Default, Debug)]
pub struct TransportMetrics {
    /// Requests with a body to take, empty ones included.
    pub messages: AtomicU64,
    /// Requests refused, whatever the reason.
    pub messages_dropped: AtomicU64,
    /// Body bytes after inflation.
    pub bytes: AtomicU64,
    /// Spans decoded.
    pub spans: AtomicU64,
    /// Spans decoded and then refused by the store; acknowledged spans are never among them.
    pub spans_dropped: AtomicU64,
    /// Spans acknowledged as durable.
    pub spans_acknowledged: AtomicU64,
    /// Spans of the last message.
    pub message_spans: AtomicU64,
    /// Bytes of the last message.
    pub message_bytes: AtomicU64,
}

/// All counters of the collector.
#[derive(Default, Debug)]
pub struct Metrics {
    transports: [TransportMetrics; 2],
}

impl Metrics {
    /// The counters of one transport.
    pub fn of(&self, transport: Transport) -> &TransportMetrics {
        &self.transports[transport as usize]
    }
}

impl TransportMetrics {
    /// Adds to a counter.
    pub fn add(counter: &AtomicU64, n: u64) {
        counter.fetch_add(n, Ordering::Relaxed);
    }
}

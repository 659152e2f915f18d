//! What the collector counts, per transport, by Zipkin's definitions.

use crate::collector::Accepted;
use crate::refusal::Reason;
use std::sync::atomic::{AtomicU64, Ordering};

/// How spans came in. The names are Zipkin's `transport` label, and of its kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub enum Transport {
    /// Zipkin's paths for spans.
    Http = 0,
    /// Zipkin's `SpanService/Report`.
    Grpc,
    /// `POST /v1/traces`.
    OtlpHttp,
    /// OTLP's `TraceService/Export`.
    OtlpGrpc,
    /// The server's own.
    Local,
}

impl Transport {
    /// Every transport, in the order of their numbers.
    pub const ALL: [Transport; 5] =
        [Transport::Http, Transport::Grpc, Transport::OtlpHttp, Transport::OtlpGrpc, Transport::Local];

    /// The label as Zipkin writes it.
    pub const fn label(self) -> &'static str {
        match self {
            Transport::Http => "http",
            Transport::Grpc => "grpc",
            Transport::OtlpHttp => "otel/http",
            Transport::OtlpGrpc => "otel/grpc",
            Transport::Local => "local",
        }
    }
}

/// Counters of one transport.
#[derive(Default, Debug)]
pub struct TransportMetrics {
    /// Messages that came, empty and refused ones included.
    pub messages: AtomicU64,
    /// Messages refused, whatever the reason.
    pub messages_dropped: AtomicU64,
    /// Body bytes after inflation.
    pub bytes: AtomicU64,
    /// Spans decoded.
    pub spans: AtomicU64,
    /// Spans decoded and then refused by the store; acknowledged spans are never among them.
    pub spans_dropped: AtomicU64,
    /// Spans acknowledged, and counted by objectives, that the sampler does not keep.
    pub spans_sampled_out: AtomicU64,
    /// Spans acknowledged as durable.
    pub spans_acknowledged: AtomicU64,
    /// Spans left out of messages that were taken, because they were malformed (OTLP only).
    pub spans_rejected: AtomicU64,
    /// Spans of the last message.
    pub message_spans: AtomicU64,
    /// Bytes of the last message.
    pub message_bytes: AtomicU64,
    refused: [AtomicU64; Reason::ALL.len()],
}

/// All counters of the collector.
#[derive(Default, Debug)]
pub struct Metrics {
    transports: [TransportMetrics; Transport::ALL.len()],
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

    /// Counts a message that was taken.
    pub(crate) fn count_accepted(&self, accepted: &Accepted) {
        TransportMetrics::add(&self.spans_acknowledged, accepted.spans);
        TransportMetrics::add(&self.spans_sampled_out, accepted.sampled_out);
        TransportMetrics::add(&self.spans_rejected, accepted.rejected);
    }

    /// Counts a message that was refused.
    pub(crate) fn count_refusal(&self, reason: Reason) {
        TransportMetrics::add(&self.messages_dropped, 1);
        TransportMetrics::add(self.refused(reason), 1);
    }

    /// Messages refused for one reason; those of all add up to [`TransportMetrics::messages_dropped`].
    pub fn refused(&self, reason: Reason) -> &AtomicU64 {
        &self.refused[reason as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transports_are_numbered_in_order() {
        for (number, transport) in Transport::ALL.into_iter().enumerate() {
            assert_eq!(transport as usize, number);
        }
    }
}

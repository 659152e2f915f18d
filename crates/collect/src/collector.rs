//! A request's body on its way to durability: sniff, inflate, decode, append, wait for the sync.

use crate::admit::Admission;
use crate::inflate::{self, Compression, InflateError};
use crate::metrics::{Metrics, Transport, TransportMetrics};
use crate::refusal::Refusal;
use bumpalo::Bump;
use bytes::Bytes;
use nines_base::Clock;
use nines_span::{Batch, Span, otlp, zipkin};
use nines_storage::{Sampler, SpanStore, StoreError};
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::oneshot;

/// Arena bytes a worker keeps between requests; an unusual body's excess is given back.
const ARENA_BYTES_KEPT: usize = 1 << 20;

/// The front door: every transport hands its bodies to [`Collector::accept`].
pub struct Collector {
    store: Arc<dyn SpanStore>,
    clock: Arc<dyn Clock>,
    /// What the store keeps once it was counted; everything without.
    sampler: Option<Sampler>,
    /// What was counted.
    pub metrics: Metrics,
    /// Bytes in flight.
    pub admission: Admission,
    /// Whether a span was refused since [`Collector::took_all`] was last asked.
    refused: AtomicBool,
}

/// How a body is encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// A list of spans in one of Zipkin's.
    Zipkin(zipkin::Encoding),
    /// OTLP `ExportTraceServiceRequest` in protobuf.
    OtlpProtobuf,
    /// OTLP `ExportTraceServiceRequest` in JSON.
    OtlpJson,
}

/// What is known of a message before its body is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Message {
    /// How it came.
    pub transport: Transport,
    /// How its body is encoded.
    pub encoding: Encoding,
    /// How its body is compressed.
    pub compression: Compression,
}

/// A body taken and durable.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Accepted {
    /// Spans taken.
    pub spans: u64,
    /// Of these, spans that are counted and not kept.
    pub sampled_out: u64,
    /// Spans left out because they were malformed (OTLP only), with the first reason.
    pub rejected: u64,
    /// Why the first of them was.
    pub rejected_why: Option<String>,
}

/// Bytes of decoded lists that a worker keeps likewise: those of a thousand spans.
const BATCH_BYTES_KEPT: usize = 1 << 20;

/// What a worker thread decodes with, one body after the other.
#[derive(Default)]
struct Workbench {
    /// Strings that needed unescaping live in it for the length of one decode.
    arena: Bump,
    /// An empty batch whose lists have room.
    batch: Batch<'static>,
}

thread_local! {
    static WORKBENCH: RefCell<Workbench> = RefCell::default();
}

impl Collector {
    /// A collector in front of `store`.
    pub fn new(store: Arc<dyn SpanStore>, clock: Arc<dyn Clock>, in_flight_bytes_max: usize) -> Collector {
        Collector {
            store,
            clock,
            sampler: None,
            metrics: Metrics::default(),
            admission: Admission::new(in_flight_bytes_max),
            refused: AtomicBool::new(false),
        }
    }

    /// The same in front of a store that keeps what `sampler` says.
    pub fn sampled(self, sampler: Option<Sampler>) -> Collector {
        Collector { sampler, ..self }
    }

    /// Takes one body and returns once it is durable (WAL-1).
    pub async fn accept(&self, message: Message, body: Bytes) -> Result<Accepted, Refusal> {
        let metrics = self.metrics.of(message.transport);
        TransportMetrics::add(&metrics.messages, 1);
        let result = self.take(message, body).await;
        match &result {
            Ok(accepted) => metrics.count_accepted(accepted),
            Err(refusal) => self.count_refusal(message.transport, refusal),
        }
        result
    }

    /// Takes spans that this process made itself, and waits until they are durable; on a thread that may wait.
    /// `n_lost` were made beside these and found no room. Nobody is there to send again: what the store refuses
    /// is lost, and counted as that. Objectives know of no gap for it.
    pub fn take_own(&self, spans: &[Span], n_lost: u64) {
        let transport = Transport::Local;
        let metrics = self.metrics.of(transport);
        TransportMetrics::add(&metrics.spans, n_lost);
        TransportMetrics::add(&metrics.spans_dropped, n_lost);
        if spans.is_empty() {
            return;
        }
        TransportMetrics::add(&metrics.messages, 1);
        let taken = self.append_batch(transport, &mut Batch::from(spans)).and_then(|(accepted, durable)| {
            let outcome = durable.map_or(Ok(Ok(())), oneshot::Receiver::blocking_recv);
            self.settled(transport, accepted.spans, outcome)?;
            Ok(accepted)
        });
        match taken {
            Ok(accepted) => metrics.count_accepted(&accepted),
            Err(refusal) => metrics.count_refusal(refusal.reason()),
        }
    }

    /// Counts a message that was refused before its body had come.
    pub(crate) fn turn_away(&self, transport: Transport, refusal: &Refusal) {
        TransportMetrics::add(&self.metrics.of(transport).messages, 1);
        self.count_refusal(transport, refusal);
    }

    /// Whether every span sent since this was last asked was taken: what nobody measured is not zero.
    pub fn took_all(&self) -> bool {
        !self.refused.swap(false, Ordering::AcqRel)
    }

    fn count_refusal(&self, transport: Transport, refusal: &Refusal) {
        let reason = refusal.reason();
        self.metrics.of(transport).count_refusal(reason);
        // A malformed body is its sender's loss; a body refused for want of room is a gap in what was measured.
        if reason.is_for_later() {
            self.refused.store(true, Ordering::Release);
        }
    }

    async fn take(&self, message: Message, body: Bytes) -> Result<Accepted, Refusal> {
        let body = inflate::inflate(message.compression, body).map_err(inflate_refusal)?;
        self.count_bytes(message, &body);
        let transport = message.transport;
        // A decode is a few hundred nanoseconds a span: shorter than handing it to another thread.
        let (accepted, durable) = self.append(transport, message.encoding, &body)?;
        // The store has what it needs of it; the wait is longer than all before.
        drop(body);
        if let Some(durable) = durable {
            self.settled(transport, accepted.spans, durable.await)?;
        }
        Ok(accepted)
    }

    /// What became of spans that the store had taken.
    fn settled(&self, transport: Transport, spans: u64, outcome: Settled) -> Result<(), Refusal> {
        let outcome = outcome.map_err(|_| Refusal::Unavailable("the store is shutting down".into()))?;
        outcome.map_err(|error| self.store_refusal(transport, spans, error))
    }

    fn count_bytes(&self, message: Message, body: &[u8]) {
        let metrics = self.metrics.of(message.transport);
        // Zipkin counts an empty list as no bytes.
        let n_bytes = if body == b"[]" { 0 } else { body.len() as u64 };
        TransportMetrics::add(&metrics.bytes, n_bytes);
        metrics.message_bytes.store(n_bytes, Ordering::Relaxed);
    }

    /// Decodes and appends in one go, so that the borrowed batch never crosses an await.
    fn append(&self, transport: Transport, encoding: Encoding, body: &[u8]) -> Result<(Accepted, Pending), Refusal> {
        WORKBENCH.with_borrow_mut(|Workbench { arena, batch: kept }| {
            if arena.allocated_bytes() > ARENA_BYTES_KEPT {
                *arena = Bump::new();
            }
            arena.reset();
            let mut batch = std::mem::take(kept).recycle();
            let outcome = decode(encoding, body, arena, &mut batch);
            let outcome = outcome.and_then(|()| self.append_batch(transport, &mut batch));
            if batch.list_bytes() <= BATCH_BYTES_KEPT {
                *kept = batch.recycle();
            }
            outcome
        })
    }

    fn append_batch(&self, transport: Transport, batch: &mut Batch<'_>) -> Result<(Accepted, Pending), Refusal> {
        let metrics = self.metrics.of(transport);
        let spans = batch.spans.len() as u64;
        TransportMetrics::add(&metrics.spans, spans);
        metrics.message_spans.store(spans, Ordering::Relaxed);
        let sampled_out = self.sampler.map_or(0, |sampler| sampler.n_left_out(batch));
        let accepted =
            Accepted { spans, sampled_out, rejected: batch.rejected, rejected_why: batch.rejected_why.take() };
        if spans == 0 {
            return Ok((accepted, None));
        }
        let (acknowledge, durable) = oneshot::channel();
        let done = Box::new(move |outcome| {
            // The sender may have hung up; its spans are durable all the same.
            let _ = acknowledge.send(outcome);
        });
        match self.store.append(batch, self.clock.now(), done) {
            Ok(()) => Ok((accepted, Some(durable))),
            Err(error) => Err(self.store_refusal(transport, spans, error)),
        }
    }

    fn store_refusal(&self, transport: Transport, spans: u64, error: StoreError) -> Refusal {
        TransportMetrics::add(&self.metrics.of(transport).spans_dropped, spans);
        match error {
            StoreError::Busy { .. } => Refusal::Overloaded(error.to_string()),
            _ => Refusal::Unavailable(error.to_string()),
        }
    }
}

/// The answer of an append: there when the batch is durable. `None` where nothing needed storing.
type Pending = Option<oneshot::Receiver<Result<(), StoreError>>>;

/// The same once it has come, or never will.
type Settled = Result<Result<(), StoreError>, oneshot::error::RecvError>;

fn decode<'a>(encoding: Encoding, body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), Refusal> {
    let outcome = match encoding {
        Encoding::Zipkin(encoding) => zipkin::decode(encoding, body, arena, batch),
        Encoding::OtlpProtobuf => otlp::decode(body, arena, batch),
        Encoding::OtlpJson => otlp::json::decode(body, arena, batch),
    };
    outcome.map_err(|error| Refusal::Malformed(error.to_string()))
}

fn inflate_refusal(error: InflateError) -> Refusal {
    match error {
        // Zipkin's words.
        InflateError::Malformed(Compression::Gzip) => Refusal::Malformed("Cannot gunzip spans".into()),
        InflateError::Malformed(other) => Refusal::Malformed(format!("Cannot inflate spans as {other:?}")),
        InflateError::TooLarge => Refusal::TooLarge { limit_bytes: inflate::INFLATED_BYTES_MAX, inflated: true },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Reason;
    use nines_base::{ManualClock, SpanId, Timestamp, TraceId};
    use nines_storage::MemStore;
    use std::sync::atomic::AtomicU64;

    fn counts<const N: usize>(counters: [&AtomicU64; N]) -> [u64; N] {
        counters.map(|counter| counter.load(Ordering::Relaxed))
    }

    fn span(trace_id: u128, id: u64) -> Span {
        Span { trace_id: TraceId(trace_id), id: SpanId(id), ..Span::default() }
    }

    #[test]
    fn own_spans_are_stored_and_what_is_lost_of_them_is_counted_and_no_gap_in_what_was_measured() {
        let store = Arc::new(MemStore::new(10, 1, &[]));
        let clock = Arc::new(ManualClock::new(Timestamp::from_secs(1_790_000_000)));
        let collector = Collector::new(store.clone(), clock, 1000).sampled(Sampler::of_rate(0.1).unwrap());
        let own = collector.metrics.of(Transport::Local);
        let known = || [&own.messages, &own.spans, &own.spans_acknowledged, &own.spans_sampled_out, &own.spans_dropped];
        collector.take_own(&[], 0);
        assert_eq!(counts(known()), [0; 5], "nothing is no message");
        collector.take_own(&[span(1, 1), span(1 << 62, 2)], 0);
        assert_eq!(counts(known()), [1, 2, 2, 1, 0]);
        assert_eq!(store.stats().spans, 2, "the store of this test has no sampler");
        collector.take_own(&[], 5);
        assert_eq!(counts(known()), [1, 7, 2, 1, 5], "they found no room");
        store.close().unwrap();
        collector.take_own(&[span(1, 3)], 0);
        assert_eq!(counts(known()), [2, 8, 2, 1, 6]);
        assert_eq!(counts([&own.messages_dropped, own.refused(Reason::Unavailable)]), [1, 1]);
        assert!(collector.took_all());
    }
}

//! The trait every span store implements, and the values it speaks in.

use crate::aggregate::{Aggregate, AggregateQuery};
use crate::answer::{Answer, Gap, Gaps};
use nines_base::{Timestamp, TraceId};
use nines_span::{Batch, Span, SpanFields, SpanRun};
use nines_trace::filter::Filter;
use nines_trace::linker::{Link, Linker};
use std::ops::ControlFlow;
use std::sync::Arc;
use thiserror::Error;

/// Called once when an append is durable, or can never be. Never called under a lock of the store.
pub type Done = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Why a store could not do what it was asked.
#[derive(Clone, Debug, Error)]
pub enum StoreError {
    /// The disk is full, or the store's share of it; senders should come back later.
    #[error("the data directory has no room left ({detail})")]
    Full {
        /// What was measured.
        detail: String,
    },
    /// More is waiting to become durable than the store may hold; senders should come back later.
    #[error("the store is behind ({detail})")]
    Busy {
        /// What was measured.
        detail: String,
    },
    /// The store has stopped taking spans: a write or sync failed, or it is shutting down.
    #[error("the store has stopped taking spans: {detail}")]
    Stopped {
        /// The first failure.
        detail: String,
    },
    /// Stored bytes do not hold what they should.
    #[error("damaged data in {place}: {detail}")]
    Damaged {
        /// File and offset.
        place: String,
        /// What is wrong with it.
        detail: String,
    },
    /// Reading or writing failed.
    #[error("{step}: {source}")]
    Io {
        /// The step that failed, naming the file.
        step: String,
        /// The system's reason.
        #[source]
        source: Arc<std::io::Error>,
    },
}

/// A span of time, both ends included, in microseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// First microsecond.
    pub from: Timestamp,
    /// Last microsecond.
    pub to: Timestamp,
}

impl Window {
    /// Whether `at_us` lies in the window.
    pub fn contains(&self, at_us: u64) -> bool {
        i64::try_from(at_us).is_ok_and(|at| self.from.0 <= at && at <= self.to.0)
    }
}

/// A search for traces. A trace matches when its time lies in the window and, for each clause, some
/// span of it satisfies that clause. Our own language makes one clause; Zipkin's rule, that different
/// spans of a service may satisfy different conditions, makes one clause per condition.
///
/// A trace's time is the start of its first span without a parent, else its smallest start; a trace
/// without any start never matches.
#[derive(Clone, Debug)]
pub struct TraceQuery {
    /// Filters that must each find a span.
    pub clauses: Vec<Filter>,
    /// Where the trace's time must lie.
    pub window: Window,
    /// Traces wanted, newest first.
    pub limit: usize,
    /// Whether 128-bit ids that share their low half are different traces.
    pub strict_trace_id: bool,
}

/// A trace that a search found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TraceHit {
    /// The trace.
    pub trace_id: TraceId,
    /// Its time in microseconds, by the rule of [`TraceQuery`].
    pub time_us: u64,
}

/// Limits a store works under, by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Spans read for one trace; beyond it the answer is cut.
    pub spans_per_trace_max: usize,
    /// Bytes of unpacked columns that one query may go through; beyond it the answer is cut.
    pub bytes_per_query_max: u64,
}

impl Limits {
    /// The gap of an answer that has more spans of a trace than may be read.
    pub fn spans_per_trace(&self) -> Gap {
        Gap::Limit { name: "spans_per_trace_max", max: self.spans_per_trace_max as u64 }
    }

    /// The gap of an answer that would have had to go through more bytes.
    pub fn bytes_per_query(&self) -> Gap {
        Gap::Limit { name: "bytes_per_query_max", max: self.bytes_per_query_max }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            // A million spans of one trace is two orders beyond the largest a page can show.
            spans_per_trace_max: 1_000_000,
            // About ten seconds of one core, and sixty million spans whose tags are asked for one by one:
            // who waits for more narrows the window instead.
            bytes_per_query_max: 8 << 30,
        }
    }
}

/// What a store holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StoreStats {
    /// Spans held, repeats not counted where the store knows.
    pub spans: u64,
    /// Bytes on disk.
    pub disk_bytes: u64,
    /// Bytes waiting to become durable.
    pub pending_bytes: u64,
}

/// How far a consumer of the inbox has come: everything of older generations, and of this one the
/// first `rows[shard]` spans of each shard.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Position {
    /// Generation of the inbox, from 1; 0 is before everything.
    pub generation: u64,
    /// Spans consumed, by shard; shorter than the shard count means zero for the rest.
    pub rows: Vec<u64>,
}

impl Position {
    /// Spans consumed of a shard in the position's own generation.
    pub fn rows_in(&self, shard: usize) -> u64 {
        self.rows.get(shard).copied().unwrap_or(0)
    }

    /// Whether a span of the inbox lies at or before this position.
    pub fn includes(&self, generation: u64, shard: usize, row: u64) -> bool {
        generation < self.generation || (generation == self.generation && row < self.rows_in(shard))
    }
}

/// A store of spans. Reads see a span at once after `append` returns, durable or not.
///
/// A read that limits or damage keep from being whole answers what it found and says so
/// ([`Answer::gaps`]); it fails only where nothing can be answered at all.
pub trait SpanStore: Send + Sync {
    /// Takes a batch; `done` is called when it is durable (WAL-1: then it survives any crash).
    /// An error means that nothing of the batch was taken and `done` is never called.
    fn append(&self, batch: &Batch<'_>, arrived: Timestamp, done: Done) -> Result<(), StoreError>;

    /// The spans of a trace in no particular order, exact repeats dropped; empty when there is none.
    /// Not strict: every trace whose id has the same low 64 bits.
    fn trace(&self, id: TraceId, strict: bool) -> Result<Answer<Vec<Span>>, StoreError>;

    /// Searches traces, newest first. What a limit cuts are the oldest hits.
    fn find(&self, query: &TraceQuery) -> Result<Answer<Vec<TraceHit>>, StoreError>;

    /// Hands every trace that has a span starting in the window to `visit`, each whole, in no order.
    /// Spans belong together here when the low 64 bits of their trace ids are equal: links between
    /// services must not break where one of them cuts ids.
    fn visit_traces(&self, window: Window, visit: &mut dyn FnMut(&[Span])) -> Result<Gaps, StoreError>;

    /// Counts the spans that satisfy a filter and start in a window, by what they have in common (AGG-1, AGG-2).
    fn aggregate(&self, query: &AggregateQuery) -> Result<Answer<Aggregate>, StoreError>;

    /// Who calls whom: the links of every trace that has a span starting in the window, each trace whole.
    /// Exactly what [`Linker`] says of the traces that [`SpanStore::visit_traces`] hands out.
    fn links(&self, window: Window) -> Result<Answer<Vec<Link>>, StoreError> {
        let mut linker = Linker::default();
        let gaps = self.visit_traces(window, &mut |spans| linker.put_trace(spans))?;
        Ok(Answer { value: linker.links(), gaps })
    }

    /// Service names as sent, sorted, each once.
    fn services(&self) -> Result<Vec<String>, StoreError>;

    /// Span names of a service (Unicode lower-case comparison), sorted, each once.
    fn operations(&self, service: &str) -> Result<Vec<String>, StoreError>;

    /// Names of services on the other side of a service's spans, sorted, each once.
    fn remote_services(&self, service: &str) -> Result<Vec<String>, StoreError>;

    /// What is held.
    fn stats(&self) -> StoreStats;

    /// Whether the store takes spans; the error says why not.
    fn health(&self) -> Result<(), StoreError>;

    /// Makes everything durable, seals what is open and lets go of the files. Appends fail afterwards.
    fn close(&self) -> Result<(), StoreError>;
}

/// A store together with its feed: what the binary holds and the contract suite tests.
pub trait Store: SpanStore + SpanFeed {}

impl<T: SpanStore + SpanFeed> Store for T {}

/// Is given a span of the past with its arrival, and says whether to go on.
pub type VisitBack<'v> = &'v mut dyn FnMut(Timestamp, &dyn SpanFields) -> ControlFlow<()>;

/// The inbox as its consumers read it. Only durable spans are shown, each at least once, and after a
/// restart again from the consumer's own committed position.
pub trait SpanFeed: Send + Sync {
    /// Visits up to about `spans_max` durable spans after `from`, in order of commit within a shard and as many at a
    /// time as stand side by side, and returns the position behind the last one visited.
    fn read_runs_after(
        &self,
        from: &Position,
        spans_max: usize,
        visit: &mut dyn FnMut(&dyn SpanRun),
    ) -> Result<Position, StoreError>;

    /// The same, span by span: `visit` gets the arrival time and the span.
    fn read_after(
        &self,
        from: &Position,
        spans_max: usize,
        visit: &mut dyn FnMut(Timestamp, &dyn SpanFields),
    ) -> Result<Position, StoreError> {
        self.read_runs_after(from, spans_max, &mut |run| {
            (0..run.len()).for_each(|at| run.show(at, &mut |span| visit(run.arrived(), span)));
        })
    }

    /// Visits spans at or before `upto` that arrived since `since`: what a consumer must know of the
    /// past after a restart, before it goes on. The visitor may end it early: the past can be long.
    fn read_back(&self, since: Timestamp, upto: &Position, visit: VisitBack<'_>) -> Result<(), StoreError>;

    /// The arrival from which on every span that was kept is still stored; `None` where nothing is. What
    /// [`SpanFeed::read_back`] visits of before may be a part.
    fn whole_since(&self) -> Option<Timestamp>;

    /// Tells the store how far `consumer` has durably come; older generations may then be dropped.
    /// A consumer that never released holds everything.
    fn release(&self, consumer: &str, upto: &Position);
}

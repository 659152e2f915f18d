//! What the tests of the engine share: small engines on simulated disks.

use crate::{Config, Engine, OpenError};
use nines_base::vfs::SimVfs;
use nines_base::{Clock, ManualClock, Timestamp, TraceId};
use nines_span::{Batch, Span, SpanRun};
use nines_storage::contract::batch_of;
use nines_storage::{
    Aggregate, AggregateQuery, Answer, Done, Gaps, Position, SpanFeed, SpanStore, StoreError, StoreStats, TraceHit,
    TraceQuery, VisitBack, Window,
};
use nines_trace::linker::Link;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Now, in these tests.
pub const NOW: Timestamp = Timestamp::from_secs(1_795_600_000);

/// Where the data directory is.
pub fn dir() -> &'static Path {
    Path::new("/data")
}

/// Two shards, no threads, no reserve.
pub fn config() -> Config {
    Config { n_shards: 2, reserve_bytes: 0, threads: false, ..Config::default() }
}

pub fn open(vfs: &SimVfs, config: Config) -> Result<Engine, OpenError> {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(NOW));
    Engine::open(Arc::new(vfs.clone()), dir(), config, clock)
}

pub fn open_new(config: Config) -> Engine {
    open(&SimVfs::new(), config).unwrap()
}

/// Appends without doing any of the waiting work; the outcome comes when it is done.
pub fn send(engine: &Engine, arrived: Timestamp, spans: &[Span]) -> Result<Outcome, StoreError> {
    let outcome = Outcome::default();
    let sender = outcome.0.clone();
    let done = Box::new(move |result| *sender.lock().unwrap() = Some(result));
    engine.append(&batch_of(spans), arrived, done)?;
    Ok(outcome)
}

/// What became of a batch.
#[derive(Clone, Default)]
pub struct Outcome(Arc<Mutex<Option<Result<(), StoreError>>>>);

impl Outcome {
    pub fn get(&self) -> Option<Result<(), StoreError>> {
        self.0.lock().unwrap().clone()
    }

    pub fn is_acknowledged(&self) -> bool {
        matches!(self.get(), Some(Ok(())))
    }
}

/// Appends and does all the waiting work.
pub fn put(engine: &Engine, spans: &[Span]) {
    let outcome = send(engine, NOW, spans).unwrap();
    engine.turn();
    assert!(outcome.is_acknowledged());
}

/// Every span stored, each trace read by its id, in a form that can be compared.
pub fn stored(engine: &dyn SpanStore, trace_ids: impl IntoIterator<Item = TraceId>) -> Vec<String> {
    let traces = trace_ids.into_iter().flat_map(|id| engine.trace(id, true).unwrap().value);
    sorted_texts(traces)
}

pub fn sorted_texts(spans: impl IntoIterator<Item = Span>) -> Vec<String> {
    let mut texts: Vec<String> = spans.into_iter().map(|span| format!("{span:?}")).collect();
    texts.sort();
    texts
}

/// An engine without threads that does its waiting work after each append.
pub struct Turning(pub Engine);

impl SpanStore for Turning {
    fn append(&self, batch: &Batch<'_>, arrived: Timestamp, done: Done) -> Result<(), StoreError> {
        self.0.append(batch, arrived, done)?;
        self.0.turn();
        Ok(())
    }
    fn trace(&self, id: TraceId, strict: bool) -> Result<Answer<Vec<Span>>, StoreError> {
        self.0.trace(id, strict)
    }
    fn find(&self, query: &TraceQuery) -> Result<Answer<Vec<TraceHit>>, StoreError> {
        self.0.find(query)
    }
    fn visit_traces(&self, window: Window, visit: &mut dyn FnMut(&[Span])) -> Result<Gaps, StoreError> {
        self.0.visit_traces(window, visit)
    }
    fn aggregate(&self, query: &AggregateQuery) -> Result<Answer<Aggregate>, StoreError> {
        self.0.aggregate(query)
    }
    fn links(&self, window: Window) -> Result<Answer<Vec<Link>>, StoreError> {
        self.0.links(window)
    }
    fn services(&self) -> Result<Vec<String>, StoreError> {
        self.0.services()
    }
    fn operations(&self, service: &str) -> Result<Vec<String>, StoreError> {
        self.0.operations(service)
    }
    fn remote_services(&self, service: &str) -> Result<Vec<String>, StoreError> {
        self.0.remote_services(service)
    }
    fn stats(&self) -> StoreStats {
        self.0.stats()
    }
    fn health(&self) -> Result<(), StoreError> {
        self.0.health()
    }
    fn close(&self) -> Result<(), StoreError> {
        self.0.close()
    }
}

impl SpanFeed for Turning {
    fn read_runs_after(
        &self,
        from: &Position,
        spans_max: usize,
        visit: &mut dyn FnMut(&dyn SpanRun),
    ) -> Result<Position, StoreError> {
        self.0.read_runs_after(from, spans_max, visit)
    }
    fn read_back(&self, since: Timestamp, upto: &Position, visit: VisitBack<'_>) -> Result<(), StoreError> {
        self.0.read_back(since, upto, visit)
    }
    fn whole_since(&self) -> Option<Timestamp> {
        self.0.whole_since()
    }
    fn release(&self, consumer: &str, upto: &Position) {
        self.0.release(consumer, upto);
    }
}

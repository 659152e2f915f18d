//! The engine as a [`SpanStore`] and a [`SpanFeed`].

use crate::config::Config;
use crate::engine::{Inner, Threads};
use crate::messages::OpenError;
use crate::recover::{self, CheckReport};
use crate::retain::{Pins, Retained};
use nines_base::vfs::{RealVfs, Vfs};
use nines_base::{Clock, DurationUs, Timestamp, TraceId};
use nines_span::{Batch, Span, SpanRun};
use nines_storage::{
    Aggregate, AggregateQuery, Answer, BlockFile, Done, Gaps, Measure, Position, SpanFeed, SpanFiles, SpanStore,
    StoreError, StoreStats, TraceHit, TraceQuery, VisitBack, Window,
};
use nines_trace::linker::Link;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The embedded store. Dropping it without [`SpanStore::close`] leaves the directory as a crash
/// would, except that what was queued is committed.
pub struct Engine {
    inner: Arc<Inner>,
    threads: Mutex<Option<Threads>>,
}

/// The machine's disk.
pub fn real_vfs() -> Arc<dyn Vfs> {
    Arc::new(RealVfs::new(|dir| {
        let space = rustix::fs::statvfs(dir)?;
        Ok(space.f_bavail.saturating_mul(space.f_frsize))
    }))
}

impl Engine {
    /// Opens the store in `dir`, creating it if there is nothing, and finishes what a crash cut off.
    pub fn open(vfs: Arc<dyn Vfs>, dir: &Path, config: Config, clock: Arc<dyn Clock>) -> Result<Engine, OpenError> {
        let runs_threads = config.threads;
        let inner = Arc::new(recover::open(vfs, dir, config, clock)?);
        let threads = match runs_threads {
            true => Some(Threads::start(&inner).map_err(|source| OpenError::io("start threads for", dir, source))?),
            false => None,
        };
        Ok(Engine { inner, threads: Mutex::new(threads) })
    }

    /// Walks every file of a directory that no process holds and reports what is damaged.
    pub fn check(vfs: Arc<dyn Vfs>, dir: &Path, progress: &mut dyn FnMut(&Path)) -> Result<CheckReport, OpenError> {
        recover::check(vfs, dir, &Config::default().holder, progress)
    }

    /// Removes blocks that arrived longer than `max_age` ago, and the oldest beyond `max_bytes`; what they
    /// have of pinned traces stays, for as long as these are pinned.
    pub fn retain(
        &self,
        now: Timestamp,
        max_age: Option<DurationUs>,
        max_bytes: Option<u64>,
        pins: &Pins,
    ) -> Result<Retained, StoreError> {
        self.inner.retain(now, max_age, max_bytes, pins)
    }

    /// The same at the engine's own clock.
    pub fn retain_now(
        &self,
        max_age: Option<DurationUs>,
        max_bytes: Option<u64>,
        pins: &Pins,
    ) -> Result<Retained, StoreError> {
        self.retain(self.inner.clock.now(), max_age, max_bytes, pins)
    }

    /// Damage met so far, each place once: by opening and by reads.
    pub fn damage(&self) -> Vec<StoreError> {
        self.inner.damage()
    }

    /// File and offset where the inbox ended in an unfinished group when this engine opened it. A crash
    /// leaves such an end, with nothing in it that was acknowledged; so does a file that was cut short.
    pub fn torn_end(&self) -> Option<String> {
        self.inner.torn_end.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Commits what is queued, on the caller's thread; only for [`Config::threads`] off.
    pub fn commit(&self) {
        self.inner.commit_turn(false);
    }

    /// Does all work that is waiting, on the caller's thread; only for [`Config::threads`] off.
    pub fn turn(&self) {
        self.commit();
        while self.inner.block_turn(false) {}
    }

    /// Seals what is open, so that its blocks will be written.
    pub fn seal(&self) {
        self.inner.seal();
    }

    fn join_threads(&self) {
        if let Some(mut threads) = self.threads.lock().unwrap_or_else(PoisonError::into_inner).take() {
            threads.join();
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.inner.queue.stop();
        self.join_threads();
        self.inner.commit_turn(false);
    }
}

impl SpanStore for Engine {
    fn append(&self, batch: &Batch<'_>, arrived: Timestamp, done: Done) -> Result<(), StoreError> {
        self.inner.append(batch, arrived, done)
    }

    fn trace(&self, id: TraceId, strict: bool) -> Result<Answer<Vec<Span>>, StoreError> {
        Ok(self.inner.trace(id, strict))
    }

    fn find(&self, query: &TraceQuery) -> Result<Answer<Vec<TraceHit>>, StoreError> {
        Ok(self.inner.find(query))
    }

    fn visit_traces(&self, window: Window, visit: &mut dyn FnMut(&[Span])) -> Result<Gaps, StoreError> {
        Ok(self.inner.visit_traces(window, visit))
    }

    fn aggregate(&self, query: &AggregateQuery) -> Result<Answer<Aggregate>, StoreError> {
        Ok(self.inner.aggregate(query))
    }

    fn links(&self, window: Window) -> Result<Answer<Vec<Link>>, StoreError> {
        Ok(self.inner.links(window))
    }

    fn services(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.inner.names.read().unwrap_or_else(PoisonError::into_inner).services())
    }

    fn operations(&self, service: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.inner.names.read().unwrap_or_else(PoisonError::into_inner).operations(service))
    }

    fn remote_services(&self, service: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.inner.names.read().unwrap_or_else(PoisonError::into_inner).remote_services(service))
    }

    fn stats(&self) -> StoreStats {
        let catalog = self.inner.catalogs.now();
        let in_blocks: u64 = catalog.blocks.iter().map(|block| block.footer().n_rows).sum();
        let in_memory: u64 = catalog.lives.iter().map(|live| live.read().len() as u64).sum();
        let block_bytes: u64 = catalog.blocks.iter().map(|block| block.len_bytes).sum();
        StoreStats {
            spans: in_blocks + in_memory,
            disk_bytes: block_bytes + self.inner.generations.file_bytes(),
            pending_bytes: self.inner.queue.pending_bytes() as u64,
        }
    }

    fn health(&self) -> Result<(), StoreError> {
        self.inner.health.check()?;
        self.inner.space.check()
    }

    fn close(&self) -> Result<(), StoreError> {
        self.inner.close(|| self.join_threads())
    }
}

impl SpanFiles for Engine {
    fn measure(&self, by_column: bool) -> Result<Measure, StoreError> {
        self.inner.measure(by_column)
    }

    fn blocks(&self) -> Vec<BlockFile> {
        self.inner.block_files()
    }

    fn read_block(&self, name: &str, offset: u64, n_bytes_max: usize) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.read_block_file(name, offset, n_bytes_max)
    }

    fn seal(&self) -> Result<bool, StoreError> {
        self.inner.seal_and_wait()
    }
}

impl SpanFeed for Engine {
    fn read_runs_after(
        &self,
        from: &Position,
        spans_max: usize,
        visit: &mut dyn FnMut(&dyn SpanRun),
    ) -> Result<Position, StoreError> {
        self.inner.read_runs_after(from, spans_max, visit)
    }

    fn read_back(&self, since: Timestamp, upto: &Position, visit: VisitBack<'_>) -> Result<(), StoreError> {
        self.inner.read_back(since, upto, visit)
    }

    fn whole_since(&self) -> Option<Timestamp> {
        self.inner.whole_since()
    }

    fn release(&self, consumer: &str, upto: &Position) {
        self.inner.generations.release(consumer, upto);
        self.inner.dispose();
    }
}

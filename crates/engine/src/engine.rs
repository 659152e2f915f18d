//! The engine put together: who may append, what rotates when, and the threads behind it.
//!
//! A batch goes, shard by shard, into the open segments and as records into the queue (`append`). The
//! committer makes records durable and tells the senders. When a segment is full all shards are sealed
//! together (`rotate`); the block writer turns a sealed generation into blocks. Locks are taken in the
//! order: open generation, segment, queue.

use crate::block::BlockCaches;
use crate::catalog::{Catalog, Catalogs};
use crate::columns::Tables;
use crate::config::{BATCH_BYTES_MAX, Config, OPERATIONS_MAX, SEALED_GENERATIONS_MAX, SEGMENT_BYTES_MAX, SHAPES_MAX};
use crate::directory::{Layout, day_number};
use crate::hash::hash_u64;
use crate::health::Health;
use crate::hot::{BatchMemo, Live, Segment, batch_bytes};
use crate::inbox::feed::Replayed;
use crate::inbox::record::{begin_record, end_record};
use crate::inbox::{Committer, Generations, Queue, Sealed, Space, Successor, Turn, write_delta};
use crate::search::Seen;
use nines_base::vfs::{Vfs, VfsLock};
use nines_base::{Clock, Timestamp};
use nines_span::Batch;
use nines_storage::{Done, Names, StoreError};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long the committer waits when nothing comes: then it looks whether there is room again.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long a write that found no room waits before it is tried again.
const RETRY_AFTER: Duration = Duration::from_millis(200);

/// Segments kept for reuse: their memory is warm, and a rotation needs one a shard.
const POOLED_SEGMENTS_MAX: usize = 2 * crate::config::SHARDS_MAX;

/// The generation that takes spans.
pub(crate) struct Open {
    pub generation: u64,
    pub lives: Arc<[Arc<Live>]>,
    /// Day of its first record; none yet.
    pub day: Option<i64>,
    pub closed: bool,
}

/// What all threads of an engine share.
pub(crate) struct Inner {
    pub vfs: Arc<dyn Vfs>,
    pub layout: Layout,
    pub config: Config,
    pub clock: Arc<dyn Clock>,
    pub health: Health,
    pub space: Space,
    pub open: RwLock<Open>,
    pub queue: Queue,
    pub committer: Mutex<Committer>,
    pub generations: Generations,
    pub catalogs: Catalogs,
    pub caches: BlockCaches,
    pub names: RwLock<Names>,
    pub seen: RwLock<Seen>,
    pub replayed: Mutex<Option<Arc<Replayed>>>,
    pub damage: Mutex<Vec<StoreError>>,
    /// Generations whose rows are durable and whose blocks are not written.
    sealed: Mutex<VecDeque<Sealed>>,
    sealed_wake: Condvar,
    pool: Mutex<Vec<Segment>>,
    lock: Mutex<Option<Box<dyn VfsLock>>>,
}

/// What opening found and made, from which an engine begins.
pub(crate) struct Start {
    pub generations: Generations,
    pub committer: Committer,
    pub generation: u64,
    pub lock: Box<dyn VfsLock>,
}

impl Inner {
    pub(crate) fn new(vfs: Arc<dyn Vfs>, layout: Layout, config: Config, clock: Arc<dyn Clock>, start: Start) -> Inner {
        let lives = new_lives(start.generation, &config, Segment::default);
        let catalog = Catalog { lives: lives.to_vec(), blocks: Vec::new() };
        let open = Open { generation: start.generation, lives, day: None, closed: false };
        Inner {
            space: Space::new(vfs.clone(), layout.dir().to_owned(), config.reserve_bytes, !config.threads),
            caches: BlockCaches::new(config.group_cache_bytes, config.tables_cache_bytes),
            vfs,
            layout,
            config,
            clock,
            health: Health::default(),
            open: RwLock::new(open),
            queue: Queue::default(),
            committer: Mutex::new(start.committer),
            generations: start.generations,
            catalogs: Catalogs::new(catalog),
            names: RwLock::default(),
            seen: RwLock::default(),
            replayed: Mutex::default(),
            damage: Mutex::default(),
            sealed: Mutex::default(),
            sealed_wake: Condvar::new(),
            pool: Mutex::default(),
            lock: Mutex::new(Some(start.lock)),
        }
    }

    /// See [`nines_storage::SpanStore::append`].
    pub(crate) fn append(&self, batch: &Batch<'_>, arrived: Timestamp, done: Done) -> Result<(), StoreError> {
        self.admit(batch)?;
        self.rotate_if_due(arrived)?;
        if batch.spans.is_empty() {
            done(Ok(()));
            return Ok(());
        }
        let unsent = {
            // A panic elsewhere under this lock leaves the open generation as it was.
            let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
            if open.closed {
                return Err(self.health.stop("it is closed"));
            }
            self.append_to(&open, batch, arrived, done)
        };
        if let Some(done) = unsent {
            done(Err(self.health.stop("an append failed half-way")));
        }
        Ok(())
    }

    /// Whether a batch may be taken at all: before anything of it is.
    fn admit(&self, batch: &Batch<'_>) -> Result<(), StoreError> {
        self.health.check()?;
        self.space.check()?;
        self.queue.check(self.config.backlog_bytes_max)?;
        let file_bytes = self.generations.file_bytes();
        if file_bytes > self.config.inbox_bytes_max {
            let detail = format!("the inbox holds {file_bytes} bytes for consumers that lag");
            return Err(StoreError::Full { detail });
        }
        let n_bytes = batch_bytes(batch);
        if n_bytes > BATCH_BYTES_MAX {
            let detail = format!("one batch adds {n_bytes} bytes, at most {BATCH_BYTES_MAX} fit");
            return Err(StoreError::Full { detail });
        }
        Ok(())
    }

    /// Appends to each shard and queues its record. Gives `done` back if a segment cannot be used any more.
    fn append_to(&self, open: &Open, batch: &Batch<'_>, arrived: Timestamp, done: Done) -> Option<Done> {
        thread_local! {
            static SHARD_OF: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
            static RECORD: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        let n_shards = open.lives.len();
        let mut done = Some(done);
        SHARD_OF.with_borrow_mut(|shard_of| {
            shard_of.clear();
            shard_of.extend(batch.spans.iter().map(|span| shard_of_trace(span.trace_id.0, n_shards)));
            let last = (0..n_shards).rev().find(|shard| shard_of.contains(&(*shard as u8)));
            for (shard, live) in open.lives.iter().enumerate().filter(|(shard, _)| Some(*shard) <= last) {
                if !shard_of.contains(&(shard as u8)) {
                    continue;
                }
                let Some(mut segment) = live.write() else { return };
                let mark = segment.mark();
                segment.begin_record(arrived);
                let mut memo = BatchMemo::default();
                for (view, _) in batch.views().zip(&*shard_of).filter(|(_, of)| usize::from(**of) == shard) {
                    segment.append(&view, &mut memo);
                }
                RECORD.with_borrow_mut(|record| {
                    record.clear();
                    let at = begin_record(record, shard, mark.rows as u64, arrived);
                    write_delta(&segment, &mark, record);
                    end_record(record, at);
                    // Records are durable in the order queued, so the batch is when its last one is.
                    let waiter = if Some(shard) == last { done.take() } else { None };
                    let rows = segment.len() as u64;
                    self.queue.push(live, &open.lives, record, rows, waiter, self.config.commit_bytes);
                });
                self.count_names(segment.tables(), mark.tables.operations);
            }
        });
        done
    }

    /// Counts the names of operations in, from number `from_operation` on.
    pub(crate) fn count_names(&self, tables: &Tables, from_operation: usize) {
        if from_operation == tables.operations.len() {
            return;
        }
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        for operation in &tables.operations[from_operation..] {
            let text = |id| tables.names.get(id);
            names.add(text(operation.service), text(operation.name), text(operation.remote));
        }
    }

    /// Rotates when the open generation is full or a new day has come.
    fn rotate_if_due(&self, arrived: Timestamp) -> Result<(), StoreError> {
        let day = day_number(arrived);
        {
            let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
            // The day of an empty generation is that of its first record. A clock that goes back does not rotate.
            let due = open.day.is_none_or(|known| known < day) || open.lives.iter().any(|live| self.is_full(live));
            if !due {
                return Ok(());
            }
        }
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        let full = open.lives.iter().any(|live| self.is_full(live));
        if full || open.day.is_some_and(|known| known < day) {
            // Both the sealed ones and the open one have segments in memory.
            if self.catalogs.now().n_generations() > SEALED_GENERATIONS_MAX {
                let detail = "blocks are being written more slowly than spans come".to_owned();
                return Err(StoreError::Busy { detail });
            }
            self.rotate(&mut open);
        }
        open.day = open.day.max(Some(day));
        Ok(())
    }

    fn is_full(&self, live: &Live) -> bool {
        let segment = live.read();
        segment.len() >= self.config.segment_spans
            || segment.n_bytes() >= SEGMENT_BYTES_MAX
            || segment.tables().operations.len() >= OPERATIONS_MAX
            || segment.tables().shapes.len() >= SHAPES_MAX
    }

    /// Seals all shards together and opens the next generation. An open one without rows stays.
    pub(crate) fn rotate(&self, open: &mut Open) {
        if open.lives.iter().all(|live| live.read().is_empty()) {
            return;
        }
        let generation = open.generation + 1;
        let lives = new_lives(generation, &self.config, || self.pooled_segment());
        self.catalogs.change(|catalog| catalog.lives.extend(lives.iter().cloned()));
        let sealed = std::mem::replace(&mut open.lives, lives.clone());
        open.generation = generation;
        open.day = None;
        self.queue.seal(generation - 1, &sealed, Successor { generation, lives });
    }

    /// Seals what is open if it began before `day`.
    pub(crate) fn rotate_before(&self, day: i64) {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if open.day.is_some_and(|known| known < day) && self.catalogs.now().n_generations() <= SEALED_GENERATIONS_MAX {
            self.rotate(&mut open);
        }
    }

    fn pooled_segment(&self) -> Segment {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Takes segments back whose blocks are written, if no reader has them any more.
    fn recycle(&self, sealed: Sealed) {
        let lives: Vec<Arc<Live>> = sealed.lives.iter().cloned().collect();
        drop(sealed);
        for live in lives {
            if let Ok(live) = Arc::try_unwrap(live) {
                let mut segment = live.into_segment();
                segment.clear();
                let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
                if pool.len() < POOLED_SEGMENTS_MAX {
                    pool.push(segment);
                }
            }
        }
    }

    /// Commits what is queued. `wait` says whether to wait for something.
    pub(crate) fn commit_turn(&self, wait: bool) -> Turn {
        let groups = match wait {
            true => self.queue.wait(PATIENCE, self.config.linger, self.config.commit_bytes),
            false => self.queue.take(),
        };
        let mut committer = self.committer.lock().unwrap_or_else(PoisonError::into_inner);
        committer.turn(groups, &self.queue, &self.space, &self.health, &self.generations, |sealed| {
            self.sealed().push_back(sealed);
            self.sealed_wake.notify_one();
        })
    }

    /// Writes the blocks of the oldest sealed generation; `false` when there is none or it must wait.
    pub(crate) fn block_turn(&self, wait: bool) -> bool {
        let sealed = {
            let mut queue = self.sealed();
            while wait && queue.is_empty() && !self.queue.is_stopping() {
                queue = self.sealed_wake.wait_timeout(queue, PATIENCE).unwrap_or_else(PoisonError::into_inner).0;
            }
            queue.pop_front()
        };
        let Some(sealed) = sealed else { return false };
        match self.write_blocks(&sealed) {
            Ok(()) => {
                self.space.set_refused(false);
                self.recycle(sealed);
                self.dispose();
                true
            }
            Err(error) => {
                if error.kind() == std::io::ErrorKind::StorageFull {
                    self.space.set_refused(true);
                } else {
                    self.health.stop(&format!("write a block: {error}"));
                }
                self.sealed().push_front(sealed);
                false
            }
        }
    }

    /// Takes up a generation that opening found: its rows are durable, its blocks are not all written.
    pub(crate) fn resume(&self, sealed: Sealed) {
        for live in sealed.lives.iter() {
            self.count_names(live.read().tables(), 0);
        }
        self.catalogs.change(|catalog| catalog.lives.extend(sealed.lives.iter().cloned()));
        self.sealed().push_back(sealed);
    }

    /// Removes inbox files that nobody needs any more.
    pub(crate) fn dispose(&self) {
        for generation in self.generations.disposable() {
            let removed = self.vfs.remove(&self.layout.inbox_file(generation));
            match removed {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return,
                _ => self.generations.forget(generation),
            }
        }
        // Until the directory is synced a crash may bring the files back; then their blocks are there
        // still, and opening removes the files again.
        let _ = self.vfs.sync_dir(&self.layout.inbox());
    }

    fn sealed(&self) -> MutexGuard<'_, VecDeque<Sealed>> {
        self.sealed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes damage, once for each place. Returns the error if it is one to tell; a block that
    /// retention took meanwhile is none.
    pub(crate) fn note_damage(&self, error: StoreError) -> Option<StoreError> {
        if let StoreError::Io { source, .. } = &error
            && source.kind() == std::io::ErrorKind::NotFound
        {
            return None;
        }
        let mut damage = self.damage.lock().unwrap_or_else(PoisonError::into_inner);
        if !damage.iter().any(|known| known.to_string() == error.to_string()) {
            damage.push(error.clone());
        }
        Some(error)
    }

    /// The value, or an empty one after noting the damage.
    pub(crate) fn or_damage<T: Default>(&self, outcome: Result<T, StoreError>) -> T {
        outcome.unwrap_or_else(|error| {
            self.note_damage(error);
            T::default()
        })
    }

    /// Seals what is open, makes everything durable, writes its blocks and lets go of the directory.
    pub(crate) fn close(&self, join: impl FnOnce()) -> Result<(), StoreError> {
        {
            let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            if std::mem::replace(&mut open.closed, true) {
                return Ok(());
            }
            self.rotate(&mut open);
        }
        self.queue.stop();
        self.sealed_wake.notify_all();
        join();
        let committed = match self.commit_turn(false) {
            Turn::Done => Ok(()),
            Turn::NoRoom => {
                Err(StoreError::Full { detail: "spans that were not acknowledged could not be written".into() })
            }
            Turn::Stopped => self.health.check(),
        };
        while self.block_turn(false) {}
        let outcome = committed.and_then(|()| self.health.check());
        self.health.stop("it is closed");
        self.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
        outcome
    }
}

/// The shard of a trace. Only the low half counts, so that ids that were cut on the way stay together.
fn shard_of_trace(trace_id: u128, n_shards: usize) -> u8 {
    // The high bits choose among few; the low ones are what hash tables inside the shard use.
    ((hash_u64(trace_id as u64) >> 48) as usize * n_shards >> 16) as u8
}

fn new_lives(generation: u64, config: &Config, mut segment: impl FnMut() -> Segment) -> Arc<[Arc<Live>]> {
    (0..config.n_shards).map(|shard| Arc::new(Live::new(generation, shard, segment()))).collect()
}

/// The two threads of an engine.
pub(crate) struct Threads {
    committer: Option<JoinHandle<()>>,
    blocks: Option<JoinHandle<()>>,
}

impl Threads {
    pub(crate) fn start(inner: &Arc<Inner>) -> std::io::Result<Threads> {
        let spawn = |name: &str, work: fn(&Inner)| {
            let inner = inner.clone();
            std::thread::Builder::new().name(name.into()).spawn(move || work(&inner)).map(Some)
        };
        Ok(Threads { committer: spawn("inbox", run_committer)?, blocks: spawn("blocks", run_blocks)? })
    }

    /// Waits for both to end; they do once the queue is stopped.
    pub(crate) fn join(&mut self) {
        for thread in [self.committer.take(), self.blocks.take()].into_iter().flatten() {
            // A thread that panicked has printed why; its work is done by the caller now.
            let _ = thread.join();
        }
    }
}

fn run_committer(inner: &Inner) {
    while !inner.queue.is_stopping() {
        if matches!(inner.commit_turn(true), Turn::NoRoom) {
            std::thread::sleep(RETRY_AFTER);
        }
    }
}

fn run_blocks(inner: &Inner) {
    while !inner.queue.is_stopping() {
        if !inner.block_turn(true) && !inner.queue.is_stopping() {
            std::thread::sleep(RETRY_AFTER);
        }
    }
}

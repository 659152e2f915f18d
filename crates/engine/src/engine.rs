//! The engine put together: what its threads share, what they do in turn, how it ends.
//!
//! A batch goes, shard by shard, into the open segments and as records into the queue ([`crate::append`]).
//! The committer makes records durable and tells the senders. When a segment is full all shards are
//! sealed together; the block writer turns a sealed generation into blocks. Locks are taken in the
//! order: open generation, segment, queue.

use crate::block::BlockCaches;
use crate::catalog::{Catalog, Catalogs};
use crate::config::{Config, is_kept};
use crate::directory::Layout;
use crate::health::Health;
use crate::hot::{Live, Segment};
use crate::inbox::feed::Replayed;
use crate::inbox::{Committer, Generations, Outcome, Queue, Sealed, Space, Turn};
use crate::links::LinkMemory;
use crate::moment::Moments;
use crate::search::Seen;
use nines_base::vfs::{Vfs, VfsLock};
use nines_base::{Clock, Timestamp};
use nines_storage::{Names, StoreError};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long the committer waits when nothing comes: then it looks whether there is room again.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long a write that found no room waits before it is tried again.
const RETRY_AFTER: Duration = Duration::from_millis(200);

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
    pub moments: Moments,
    pub queue: Queue,
    pub committer: Mutex<Committer>,
    pub generations: Generations,
    pub catalogs: Catalogs,
    pub caches: BlockCaches,
    pub names: RwLock<Names>,
    pub seen: RwLock<Seen>,
    pub links: Mutex<LinkMemory>,
    pub replayed: Mutex<Option<Arc<Replayed>>>,
    pub damage: Mutex<Vec<StoreError>>,
    /// Where the last inbox file ended in a group that was not all there, when this engine opened it.
    pub torn_end: Mutex<Option<String>>,
    /// Generations whose rows are durable and whose blocks are not written.
    sealed: Mutex<VecDeque<Sealed>>,
    sealed_wake: Condvar,
    /// By shard: one that few spans go to must not come to have the memory of another.
    pool: Mutex<BTreeMap<usize, Segment>>,
    /// Held while a day's directory is made and filled, or looked at and removed.
    pub days: Mutex<()>,
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
        let lives = new_lives(start.generation, &config, |_| Segment::default());
        let mut catalog = Catalog::default();
        catalog.add_lives(in_use(&lives, &config));
        let moments = Moments::default();
        moments.open(start.generation, lives.len());
        let open = Open { generation: start.generation, lives, day: None, closed: false };
        Inner {
            space: Space::new(vfs.clone(), layout.dir().to_owned(), config.reserve_bytes, !config.threads),
            caches: BlockCaches::new(config.group_cache_bytes, config.tables_cache_bytes, config.block_files_max),
            vfs,
            layout,
            config,
            clock,
            health: Health::default(),
            open: RwLock::new(open),
            moments,
            queue: Queue::default(),
            committer: Mutex::new(start.committer),
            generations: start.generations,
            catalogs: Catalogs::new(catalog),
            names: RwLock::default(),
            seen: RwLock::default(),
            links: Mutex::default(),
            replayed: Mutex::default(),
            damage: Mutex::default(),
            torn_end: Mutex::default(),
            sealed: Mutex::default(),
            sealed_wake: Condvar::new(),
            pool: Mutex::default(),
            days: Mutex::default(),
            lock: Mutex::new(Some(start.lock)),
        }
    }

    pub(crate) fn pooled_segment(&self, shard: usize) -> Segment {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner).remove(&shard).unwrap_or_default()
    }

    /// Takes segments back whose blocks are written, if no reader has them any more.
    fn recycle(&self, sealed: Sealed) {
        let lives: Vec<Arc<Live>> = sealed.lives.iter().cloned().collect();
        drop(sealed);
        for live in lives {
            if let Ok(live) = Arc::try_unwrap(live) {
                let shard = live.shard;
                let mut segment = live.into_segment();
                segment.clear();
                // Their memory is warm, and the next rotation needs one a shard; more would only take room.
                if self.config.is_in_use(shard) && shard < self.config.n_numbers() {
                    self.pool.lock().unwrap_or_else(PoisonError::into_inner).entry(shard).or_insert(segment);
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
        let mut outcome = Outcome::default();
        let turn = {
            let mut committer = self.committer.lock().unwrap_or_else(PoisonError::into_inner);
            committer.turn(groups, &self.queue, &self.space, &self.health, &self.generations, &mut outcome)
        };
        for (waiter, told) in outcome.told {
            waiter(told);
        }
        for sealed in outcome.sealed {
            self.sealed().push_back(sealed);
            self.sealed_wake.notify_one();
        }
        turn
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
        for live in sealed.lives.iter().filter(|live| is_kept(live.shard)) {
            self.count_names(live.read().tables(), 0);
        }
        self.catalogs.change(|catalog| catalog.add_lives(sealed.lives.iter()));
        self.sealed().push_back(sealed);
    }

    /// Since when spans that are not kept can be read back. Files that are held for that alone must not come to
    /// fill the inbox or the disk: a repeat that is counted twice after a start is less than spans that are refused.
    fn recalled_since(&self) -> Timestamp {
        let is_crowded = self.generations.file_bytes() > self.config.inbox_bytes_max / 2;
        if is_crowded || self.space.check().is_err() {
            return Timestamp(i64::MAX);
        }
        self.clock.now() - self.config.recall
    }

    /// Removes inbox files that nobody needs any more.
    pub(crate) fn dispose(&self) {
        let disposable = self.generations.disposable(self.recalled_since());
        if disposable.is_empty() {
            return;
        }
        for generation in disposable {
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

pub(crate) fn new_lives(generation: u64, config: &Config, segment: impl Fn(usize) -> Segment) -> Arc<[Arc<Live>]> {
    (0..config.n_numbers()).map(|shard| Arc::new(Live::new(generation, shard, segment(shard)))).collect()
}

/// Those of a generation's segments that take spans.
pub(crate) fn in_use<'l>(lives: &'l [Arc<Live>], config: &'l Config) -> impl Iterator<Item = &'l Arc<Live>> {
    lives.iter().filter(|live| config.is_in_use(live.shard))
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

/// Stops the store if its thread panics: senders must not wait for a thread that is gone.
struct StopOnPanic<'a> {
    inner: &'a Inner,
    thread: &'static str,
}

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.inner.health.stop(&format!("the {} thread failed", self.thread));
        }
    }
}

fn run_committer(inner: &Inner) {
    let _guard = StopOnPanic { inner, thread: "inbox" };
    while !inner.queue.is_stopping() {
        if matches!(inner.commit_turn(true), Turn::NoRoom) {
            std::thread::sleep(RETRY_AFTER);
        }
    }
}

fn run_blocks(inner: &Inner) {
    let _guard = StopOnPanic { inner, thread: "block" };
    while !inner.queue.is_stopping() {
        if !inner.block_turn(true) && !inner.queue.is_stopping() {
            std::thread::sleep(RETRY_AFTER);
        }
    }
}

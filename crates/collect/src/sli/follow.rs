//! The threads that count. One follows the inbox: a look at the inbox every tick, a heartbeat every second, a commit as often or
//! somewhat less, a look at every objective as often as a twentieth of a core allows.

use super::{Judge, JudgeError};
use crate::timeline::News;
use nines_base::DurationUs;
use nines_ledger::LedgerError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the inbox is looked at. The watermark is at most this far and one step of counting behind.
pub const TICK: Duration = Duration::from_millis(200);

/// How often the record of time that was measured goes on.
const BEAT_EVERY: DurationUs = DurationUs::from_secs(1);

/// Objectives are looked at this often where that costs little, and this often at least.
const EVALUATE_EVERY_MIN: DurationUs = DurationUs::from_secs(1);
const EVALUATE_EVERY_MAX: DurationUs = DurationUs::from_secs(10);

/// Looking at every objective takes one part in so many of a core.
const EVALUATE_SHARE: i64 = 20;

/// The counting thread; stops when told, or when dropped.
pub struct Follower {
    judge: Arc<Judge>,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Follower {
    /// Starts counting. `took_all` says whether every span sent since it was last asked was taken;
    /// `failed` is told why counting had to end.
    pub fn start(
        judge: Arc<Judge>,
        took_all: impl Fn() -> bool + Send + 'static,
        failed: impl FnOnce(JudgeError) + Send + 'static,
    ) -> std::io::Result<Follower> {
        let stop = Arc::new(AtomicBool::new(false));
        let (told, counting) = (stop.clone(), judge.clone());
        let thread = std::thread::Builder::new().name("slo".into()).spawn(move || {
            if let Err(error) = follow(&counting, &told, &took_all) {
                failed(error);
            }
        })?;
        let mut follower = Follower { judge, stop, threads: vec![thread] };
        let judge = follower.judge.clone();
        let past = std::thread::Builder::new().name("slo-past".into()).spawn(move || judge.follow_past())?;
        follower.threads.push(past);
        Ok(follower)
    }

    /// Counts what is left, commits, and ends.
    pub fn stop(mut self) {
        self.join();
    }

    fn join(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.judge.stop();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a counting thread ended abnormally");
            }
        }
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.join();
    }
}

fn follow(judge: &Judge, stop: &AtomicBool, took_all: &impl Fn() -> bool) -> Result<(), JudgeError> {
    let mut has_news = false;
    let mut beaten_at = judge.clock.now();
    let mut evaluate_at = beaten_at;
    let mut room = Room::default();
    loop {
        let stopping = stop.load(Ordering::Acquire);
        let caught = judge.count()?;
        has_news |= caught.n_spans > 0;
        let is_last = stopping && caught.is_up;
        let now = judge.clock.now();
        if is_last {
            judge.commit(took_all())?;
            return judge.evaluate();
        }
        if now - beaten_at >= BEAT_EVERY {
            beaten_at = now;
            let mut outcome = judge.beat_or_commit(took_all());
            if now >= evaluate_at {
                let started = judge.clock.now();
                outcome = outcome.and_then(|()| judge.evaluate());
                let ended = judge.clock.now();
                evaluate_at = started + evaluate_after(ended - started);
            }
            room.waited_for(outcome)?;
        }
        if caught.is_up {
            if std::mem::take(&mut has_news) {
                judge.timeline.tell(News::Traces);
            }
            std::thread::sleep(TICK);
        }
    }
}

/// How long after the beginning of a look that took so long the next one may come.
fn evaluate_after(took: DurationUs) -> DurationUs {
    DurationUs(took.0.saturating_mul(EVALUATE_SHARE)).clamp(EVALUATE_EVERY_MIN, EVALUATE_EVERY_MAX)
}

/// Whether the disk has room for cells. While it has not, counting goes on in memory, and the inbox keeps what a
/// crash would have to count again.
#[derive(Default)]
struct Room {
    is_missing: bool,
}

impl Room {
    /// A full disk is waited for; any other trouble ends counting.
    fn waited_for(&mut self, outcome: Result<(), JudgeError>) -> Result<(), JudgeError> {
        let full = match outcome {
            Ok(()) => None,
            Err(JudgeError::Ledger(error @ LedgerError::Full { .. })) => Some(error),
            Err(other) => return Err(other),
        };
        match (&full, self.is_missing) {
            (Some(error), false) => tracing::warn!("counts are not written until there is room: {error}"),
            (None, true) => tracing::info!("counts are written again"),
            _ => {}
        }
        self.is_missing = full.is_some();
        Ok(())
    }
}

impl Judge {
    fn beat_or_commit(&self, took_all: bool) -> Result<(), JudgeError> {
        if self.is_commit_due() {
            return self.commit(took_all);
        }
        self.beat(took_all);
        Ok(())
    }
}

//! The thread that counts: a look at the inbox every tick, a heartbeat every second, a commit as often or
//! somewhat less, news when it matters.

use super::{Judge, JudgeError};
use crate::timeline::News;
use nines_base::DurationUs;
use nines_ledger::{LedgerError, NewEvent};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the inbox is looked at. The watermark is at most this far and one step of counting behind.
pub const TICK: Duration = Duration::from_millis(200);

/// How often the record of time that was measured goes on, and objectives are looked at.
const BEAT_EVERY: DurationUs = DurationUs::from_secs(1);

/// The counting thread; stops when told, or when dropped.
pub struct Follower {
    judge: Arc<Judge>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
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
        Ok(Follower { judge, stop, thread: Some(thread) })
    }

    /// Counts what is left, commits, and ends.
    pub fn stop(mut self) {
        self.join();
    }

    fn join(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.judge.stop();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the counting thread ended abnormally");
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
    let mut room = Room::default();
    loop {
        let stopping = stop.load(Ordering::Acquire);
        let caught = judge.count()?;
        has_news |= caught.n_spans > 0;
        let is_last = stopping && caught.is_up;
        let now = judge.clock.now();
        if is_last {
            judge.commit(took_all())?;
            return judge.tell_changes();
        }
        if now - beaten_at >= BEAT_EVERY {
            beaten_at = now;
            room.waited_for(judge.beat_or_commit(took_all()).and_then(|()| judge.tell_changes()))?;
        }
        if caught.is_up {
            if std::mem::take(&mut has_news) {
                judge.timeline.tell(News::Traces);
            }
            std::thread::sleep(TICK);
        }
    }
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

    /// Writes an event for each objective whose state is not what it was, and tells live pages of new figures.
    fn tell_changes(&self) -> Result<(), JudgeError> {
        let now = self.clock.now();
        let mut events = Vec::new();
        let mut states = self.counting().states.clone();
        for standing in self.standings() {
            let key = (standing.slo.name.clone(), standing.objective.number);
            let state = standing.state_word();
            let before = states.insert(key, state);
            if before.is_some_and(|before| before != state) {
                events.push(NewEvent {
                    at: now,
                    kind: "slo.state".into(),
                    service: standing.slo.service.clone(),
                    subject: standing.full_name(),
                    payload: json!({ "state": state, "before": before }).to_string(),
                });
            }
        }
        if !events.is_empty() {
            self.ledger.append(&events)?;
        }
        // Only what was told is known: an event that could not be written is written with the next.
        self.counting().states = states;
        self.timeline.tell(News::Slos);
        Ok(())
    }
}

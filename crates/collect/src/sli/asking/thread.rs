//! The threads that ask: one that looks what is due, and one for each source while it is asked.

use super::{Asker, SourceLook};
use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often is looked for slices that are due.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Sources that are asked at once: each may have an answer of 32 MiB under way. While so many do not answer, others wait
/// until one of them has been given up, ten seconds at most.
const ASKED_AT_ONCE_MAX: usize = 4;

/// Longest wait for queries under way when the server ends; they change nothing.
const STOP_MAX: Duration = Duration::from_secs(3);

/// The threads that ask; they stop when told, or when dropped.
pub struct AskingThread {
    shared: Arc<Running>,
}

struct Running {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    is_stopping: bool,
    /// Sources that are being asked.
    asked: BTreeSet<String>,
}

impl AskingThread {
    /// Starts asking.
    pub fn start(asker: Arc<Asker>) -> std::io::Result<AskingThread> {
        let shared = Arc::new(Running { state: Mutex::default(), bell: Condvar::new() });
        let of_thread = shared.clone();
        std::thread::Builder::new().name("slo-asking".into()).spawn(move || {
            while !of_thread.is_stopping_after(LOOK_EVERY) {
                asker.looks().into_iter().for_each(|look| ask(&of_thread, &asker, look));
            }
        })?;
        Ok(AskingThread { shared })
    }
}

/// Has a thread ask a source, unless one still does.
fn ask(running: &Arc<Running>, asker: &Arc<Asker>, look: SourceLook) {
    let Some(turn) = Turn::of(running, &look.source) else { return };
    let asker = asker.clone();
    let started = std::thread::Builder::new().name("slo-asked".into()).spawn(move || {
        asker.look(&look);
        drop(turn);
    });
    if let Err(error) = started {
        tracing::warn!(%error, "a source cannot be asked now; it is tried again");
    }
}

/// The right to ask a source, until it is dropped.
struct Turn {
    running: Arc<Running>,
    source: String,
}

impl Turn {
    /// `None` while the source is being asked, as many are as may be, or all is to end.
    fn of(running: &Arc<Running>, source: &str) -> Option<Turn> {
        let mut state = running.lock();
        let is_free = !state.is_stopping && state.asked.len() < ASKED_AT_ONCE_MAX;
        let is_given = is_free && state.asked.insert(source.to_owned());
        is_given.then(|| Turn { running: running.clone(), source: source.to_owned() })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.running.lock().asked.remove(&self.source);
        self.running.bell.notify_all();
    }
}

impl Running {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stopping_after(&self, wait: Duration) -> bool {
        let waited = self.bell.wait_timeout_while(self.lock(), wait, |state| !state.is_stopping);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_stopping
    }
}

impl Drop for AskingThread {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.is_stopping = true;
        self.shared.bell.notify_all();
        let waited = self.shared.bell.wait_timeout_while(state, STOP_MAX, |state| !state.asked.is_empty());
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if !state.asked.is_empty() {
            tracing::warn!(sources = ?state.asked, "queries are cut off; they are asked again after the next start");
        }
    }
}

//! The thread that asks.

use super::Asker;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often is looked for slices that are due.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Longest wait for a query under way when the server ends; it changes nothing.
const STOP_MAX: Duration = Duration::from_secs(3);

/// The thread that asks; stops when told, or when dropped.
pub struct AskingThread {
    shared: Arc<Running>,
}

struct Running {
    state: Mutex<(bool, bool)>,
    bell: Condvar,
}

impl AskingThread {
    /// Starts asking.
    pub fn start(asker: Arc<Asker>) -> std::io::Result<AskingThread> {
        let shared = Arc::new(Running { state: Mutex::new((false, true)), bell: Condvar::new() });
        let of_thread = shared.clone();
        std::thread::Builder::new().name("slo-asked".into()).spawn(move || {
            while !of_thread.is_stopping_after(LOOK_EVERY) {
                asker.look();
            }
            of_thread.lock().1 = false;
            of_thread.bell.notify_all();
        })?;
        Ok(AskingThread { shared })
    }
}

impl Running {
    fn lock(&self) -> MutexGuard<'_, (bool, bool)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stopping_after(&self, wait: Duration) -> bool {
        let waited = self.bell.wait_timeout_while(self.lock(), wait, |(is_stopping, _)| !*is_stopping);
        waited.unwrap_or_else(PoisonError::into_inner).0.0
    }
}

impl Drop for AskingThread {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.0 = true;
        self.shared.bell.notify_all();
        let waited = self.shared.bell.wait_timeout_while(state, STOP_MAX, |(_, is_running)| *is_running);
        if waited.unwrap_or_else(PoisonError::into_inner).0.1 {
            tracing::warn!("a query of a source is cut off; it is asked again after the next start");
        }
    }
}

//! From the outbox to the sinks: a thread for each target, in order, at least once.
//!
//! A target that is down keeps nobody else waiting and loses nothing: its notices stay in the outbox until
//! they were taken or given up. A crash between a delivery and its note sends the notice again, under the same
//! key.

mod courier;
#[cfg(test)]
mod tests;

pub use courier::{Courier, Next};

use crate::notice::Notice;
use crate::sink::Sink;
use nines_base::{Clock, Timestamp};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A thread looks at the outbox this often even where nobody rings.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Longest wait for what is being sent when the server ends; what is cut off is sent again by the next one.
const STOP_MAX: Duration = Duration::from_secs(3);

/// Where notices wait. Survives whatever happens to the process.
pub trait Outbox: Send + Sync {
    /// The oldest notice that a target was neither told of nor spared, with its number.
    fn next(&self, target: &str) -> Result<Option<(u64, Notice)>, String>;

    /// Notes what became of a notice; everything up to its number is done with.
    fn done(&self, target: &str, number: u64, ended: Ended) -> Result<(), String>;

    /// What a target was told fires, and still does.
    fn firing(&self, target: &str) -> Vec<Notice>;
}

/// What became of a notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ended {
    /// It was taken.
    Delivered,
    /// It will not be.
    GivenUp {
        /// Why.
        reason: String,
    },
}

/// How a target does.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Health {
    /// Notices taken since the start.
    pub n_delivered: u64,
    /// Since when it takes nothing, how often it was tried, and why.
    pub failing: Option<Failing>,
}

/// A target that takes nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Failing {
    pub since: Timestamp,
    pub n_tries: u32,
    pub reason: String,
}

/// The threads.
pub struct Dispatcher {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    /// Rises with each ring.
    n_rings: u64,
    is_stopping: bool,
    n_running: usize,
    healths: Vec<(String, Health)>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in there can be left half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Dispatcher {
    /// Starts a thread for each target.
    pub fn start(
        sinks: Vec<(String, Box<dyn Sink>)>,
        outbox: Arc<dyn Outbox>,
        clock: Arc<dyn Clock>,
    ) -> std::io::Result<Dispatcher> {
        let healths = sinks.iter().map(|(name, _)| (name.clone(), Health::default())).collect();
        let state = State { healths, ..State::default() };
        let shared = Arc::new(Shared { state: Mutex::new(state), bell: Condvar::new() });
        for (at, (name, sink)) in sinks.into_iter().enumerate() {
            let courier = Courier::new(name.clone(), sink, outbox.clone());
            let (shared, clock) = (shared.clone(), clock.clone());
            shared.state().n_running += 1;
            let thread = std::thread::Builder::new().name(format!("notify-{name:.8}"));
            let of_thread = shared.clone();
            if let Err(error) = thread.spawn(move || run(courier, at, &of_thread, &*clock)) {
                shared.state().n_running -= 1;
                return Err(error);
            }
        }
        Ok(Dispatcher { shared })
    }

    /// There may be something to tell.
    pub fn ring(&self) {
        self.shared.state().n_rings += 1;
        self.shared.bell.notify_all();
    }

    /// How each target does.
    pub fn healths(&self) -> Vec<(String, Health)> {
        self.shared.state().healths.clone()
    }
}

impl Drop for Dispatcher {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.is_stopping = true;
        self.shared.bell.notify_all();
        let is_running = |state: &mut State| state.n_running > 0;
        state =
            self.shared.bell.wait_timeout_while(state, STOP_MAX, is_running).unwrap_or_else(PoisonError::into_inner).0;
        if state.n_running > 0 {
            tracing::warn!("{} notifications are cut off; the next start sends them again", state.n_running);
        }
    }
}

fn run(mut courier: Courier, at: usize, shared: &Shared, clock: &dyn Clock) {
    let mut n_rings = 0;
    loop {
        let next = courier.step(clock.now());
        let mut state = shared.state();
        if let Some((_, health)) = state.healths.get_mut(at) {
            *health = courier.health();
        }
        let wait = match next {
            Next::Now => Duration::ZERO,
            Next::At(time) => (time - clock.now()).to_std().min(LOOK_EVERY),
            Next::Rung => LOOK_EVERY,
        };
        // A ring cuts waiting for something to tell short, not waiting for a target to recover.
        let is_deaf = matches!(next, Next::At(_));
        let heard = n_rings;
        let sleeps = |state: &mut State| !state.is_stopping && (is_deaf || state.n_rings == heard);
        state = shared.bell.wait_timeout_while(state, wait, sleeps).unwrap_or_else(PoisonError::into_inner).0;
        n_rings = state.n_rings;
        if state.is_stopping {
            state.n_running -= 1;
            shared.bell.notify_all();
            return;
        }
    }
}

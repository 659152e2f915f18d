//! One target's notices, one after the other: when to try, when to wait, when to give up.
//!
//! Knows no threads and no clock: each step is told the time and says when the next may come.

use super::{Ended, Failing, Health, Outbox};
use crate::sink::{SendError, Sink};
use nines_base::{DurationUs, Timestamp};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// First wait after a failure; each doubles the last.
const WAIT_MIN: DurationUs = DurationUs::from_secs(1);

/// Longest wait: a target that comes back hears of everything within a minute.
const WAIT_MAX: DurationUs = DurationUs::from_secs(60);

/// A notice that a target has not taken for so long is of no use to anybody any more.
const GIVE_UP_AFTER: DurationUs = DurationUs::from_secs(24 * 3600);

/// When to step again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// At once.
    Now,
    /// Not before then.
    At(Timestamp),
    /// When there may be something to tell.
    Rung,
}

/// Brings one target's notices to its sink.
pub struct Courier {
    target: String,
    sink: Box<dyn Sink>,
    outbox: Arc<dyn Outbox>,
    health: Health,
    /// The notice that was tried last, and when first: that a target took nothing before it came is not its fault.
    tried: Option<(u64, Timestamp)>,
    /// Nothing is sent before then.
    not_before: Option<Timestamp>,
    refreshed_at: Option<Timestamp>,
    chance: RandomState,
}

impl Courier {
    /// For a target.
    pub fn new(target: String, sink: Box<dyn Sink>, outbox: Arc<dyn Outbox>) -> Courier {
        Courier {
            target,
            sink,
            outbox,
            health: Health::default(),
            tried: None,
            not_before: None,
            refreshed_at: None,
            chance: RandomState::new(),
        }
    }

    /// How the target does.
    pub fn health(&self) -> Health {
        self.health.clone()
    }

    /// Tells at most one thing.
    pub fn step(&mut self, now: Timestamp) -> Next {
        if let Some(not_before) = self.not_before.filter(|not_before| now < *not_before) {
            return Next::At(not_before);
        }
        self.not_before = None;
        match self.outbox.next(&self.target) {
            Err(reason) => self.failed(now, reason, None),
            Ok(Some((number, notice))) => {
                let first_try = self.first_try_of(number, now);
                match self.sink.send(&notice, now) {
                    Ok(()) => self.ended(now, number, Ended::Delivered),
                    Err(SendError::Never { reason }) => self.ended(now, number, Ended::GivenUp { reason }),
                    Err(SendError::Later { reason, .. }) if now - first_try >= GIVE_UP_AFTER => {
                        self.ended(now, number, Ended::GivenUp { reason })
                    }
                    Err(SendError::Later { reason, after }) => {
                        let after = after.map(|after| DurationUs(i64::try_from(after.as_micros()).unwrap_or(i64::MAX)));
                        self.failed(now, reason, after)
                    }
                }
            }
            Ok(None) => self.refresh(now),
        }
    }

    /// When a notice was tried first: now, unless it is the one that was tried last.
    fn first_try_of(&mut self, number: u64, now: Timestamp) -> Timestamp {
        let known = self.tried.filter(|(tried, _)| *tried == number);
        let (_, first_try) = *self.tried.insert(known.unwrap_or((number, now)));
        first_try
    }

    /// Notes what became of a notice. Where that cannot be noted, it is sent again: twice is better than never.
    fn ended(&mut self, now: Timestamp, number: u64, ended: Ended) -> Next {
        if let Ended::GivenUp { reason } = &ended {
            tracing::warn!("notification {number} to {} is given up: {reason}", self.target);
        }
        let is_delivered = ended == Ended::Delivered;
        if let Err(reason) = self.outbox.done(&self.target, number, ended) {
            return self.failed(now, reason, None);
        }
        self.health.failing = None;
        self.health.n_delivered += u64::from(is_delivered);
        let gap = self.sink.gap();
        if gap.0 > 0 {
            self.not_before = Some(now + gap);
        }
        self.not_before.map_or(Next::Now, Next::At)
    }

    fn failed(&mut self, now: Timestamp, reason: String, after: Option<DurationUs>) -> Next {
        let n_tries = self.health.failing.as_ref().map_or(0, |failing| failing.n_tries);
        let since = self.health.failing.as_ref().map_or(now, |failing| failing.since);
        if n_tries == 0 {
            tracing::warn!("notifications to {} wait: {reason}", self.target);
        }
        let wait = after.unwrap_or_else(|| self.jittered(wait_after(n_tries), now));
        self.health.failing = Some(Failing { since, n_tries: n_tries.saturating_add(1), reason });
        let not_before = now + wait.max(WAIT_MIN);
        self.not_before = Some(not_before);
        Next::At(not_before)
    }

    fn refresh(&mut self, now: Timestamp) -> Next {
        let Some(every) = self.sink.refresh_every() else { return Next::Rung };
        let due = self.refreshed_at.map_or(now, |at| at + every);
        if now >= due {
            // One that is missed comes round again, and what it repeats outlives three of them.
            match self.sink.refresh(&self.outbox.firing(&self.target), now) {
                Ok(()) => self.health.failing = None,
                Err(error) => {
                    let n_tries = self.health.failing.as_ref().map_or(1, |failing| failing.n_tries + 1);
                    let since = self.health.failing.as_ref().map_or(now, |failing| failing.since);
                    self.health.failing = Some(Failing { since, n_tries, reason: error.to_string() });
                }
            }
            self.refreshed_at = Some(now);
        }
        Next::Rung
    }

    /// Between three quarters and all of a wait, so that many that fell together do not rise together.
    fn jittered(&self, wait: DurationUs, now: Timestamp) -> DurationUs {
        let chance = self.chance.hash_one(now.0) % 256;
        DurationUs(wait.0 - wait.0 / 4 * chance as i64 / 256)
    }
}

fn wait_after(n_tries: u32) -> DurationUs {
    DurationUs(WAIT_MIN.0.saturating_mul(1 << n_tries.min(16))).min(WAIT_MAX)
}

//! One file for each protocol: from a notice to a request.

mod alertmanager;
mod pagerduty;
mod slack;
mod smtp;
mod webhook;

#[cfg(test)]
pub(crate) mod tests;

pub use alertmanager::{AlertLabels, Alertmanager};
pub use pagerduty::PagerDuty;
pub use slack::Slack;
pub use smtp::Smtp;
pub use webhook::Webhook;

use crate::notice::Notice;
use nines_base::{DurationUs, Timestamp};
use std::time::Duration;

/// Why something was not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SendError {
    /// It may be taken later.
    Later {
        /// Why, without address or key.
        reason: String,
        /// When the other side wants to be asked again.
        after: Option<Duration>,
    },
    /// It will never be.
    Never {
        /// Why, without address or key.
        reason: String,
    },
}

impl std::fmt::Display for SendError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SendError::Later { reason, .. } | SendError::Never { reason } => out.write_str(reason),
        }
    }
}

impl SendError {
    /// Later, at our own choice.
    pub(crate) fn later(reason: impl Into<String>) -> SendError {
        SendError::Later { reason: reason.into(), after: None }
    }
}

/// Something that can be told. Calls block until the other side has answered, or not in time.
pub trait Sink: Send {
    /// Tells one thing that happened.
    fn send(&self, notice: &Notice, now: Timestamp) -> Result<(), SendError>;

    /// How often it wants to hear of everything that still fires; `None` where it remembers by itself.
    fn refresh_every(&self) -> Option<DurationUs> {
        None
    }

    /// Tells everything that still fires.
    fn refresh(&self, _firing: &[Notice], _now: Timestamp) -> Result<(), SendError> {
        Ok(())
    }

    /// Shortest time between two requests that it bears.
    fn gap(&self) -> DurationUs {
        DurationUs(0)
    }
}

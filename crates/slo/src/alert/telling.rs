//! Who is told beyond what policies say: default targets, and what somebody silenced elsewhere.
//!
//! A silenced alert fires as any other does, and is told to those whose own silences apply: the Alertmanager that holds
//! them. The others are told once the silence has ended, if it still fires then, as a ticket is that waits behind
//! a page. Who was told before the silence began is told of the end.

use super::episode::AlertKey;
use nines_base::Timestamp;

/// What decides who is told, beside the definitions.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// Whom alerts of SLOs without policies of their own tell, and those of stories.
    pub defaults: &'a [String],
    /// What somebody silenced.
    pub silences: &'a dyn Silences,
}

/// An alert as silences see it.
#[derive(Clone, Copy, Debug)]
pub struct Silenceable<'a> {
    /// Which alert.
    pub key: &'a AlertKey,
    /// The SLO's service.
    pub service: &'a str,
    /// Whether burn rates are measured of it.
    pub is_measured: bool,
    /// Whether it wakes somebody.
    pub is_urgent: bool,
}

/// Silences that somebody else keeps.
pub trait Silences: Send + Sync {
    /// The silence of an alert, if there is one.
    fn silence_of(&self, alert: Silenceable<'_>, at: Timestamp) -> Option<Silence>;

    /// Whether a target keeps silences itself, and so is told of everything.
    fn is_kept_by(&self, target: &str) -> bool;
}

/// Somebody does not want to hear of an alert for a while.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Silence {
    /// What it is called where it is kept.
    pub id: String,
    /// The target that keeps it.
    pub kept_by: String,
    /// Who made it, as far as they said.
    pub by: String,
    /// Why.
    pub comment: String,
    /// When it ends.
    pub until: Timestamp,
}

/// Nobody silenced anything.
#[derive(Clone, Copy, Debug)]
pub struct NoSilences;

impl Silences for NoSilences {
    fn silence_of(&self, _alert: Silenceable<'_>, _at: Timestamp) -> Option<Silence> {
        None
    }

    fn is_kept_by(&self, _target: &str) -> bool {
        false
    }
}

impl Telling<'_> {
    /// What policies say, and nothing else.
    pub const BY_POLICIES: Telling<'static> = Telling { defaults: &[], silences: &NoSilences };
}

//! What an alert remembers: inactive, pending, firing, and whether it is frozen.
//!
//! ```text
//! inactive ──holds──► pending ──for alertAfter──► firing ──ends──► inactive
//! ```
//!
//! *Frozen* lies over any of them while nobody can say whether a condition holds: counting has stopped, its
//! long lookback is measured to less than nine tenths, or it is empty. A frozen alert neither fires nor
//! resolves. A condition that does hold, and has held for long enough, is enough to fire; to resolve, all
//! must be known to have ended. The short lookback is what holds a firing alert; there is no other hold.
//!
//! A state is a fold of changes, each with its instant: whoever keeps the changes has the state. Of those, that an
//! alert is frozen which does not fire need not be kept ([`Transition::is_lasting`]).

use super::episode::{AlertKey, EpisodeId};
use super::reading::Outcome;
use nines_base::{DurationUs, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// How far an alert is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Level {
    /// Nothing holds.
    #[default]
    Inactive,
    /// A condition holds, but not yet for long enough.
    Pending,
    /// A condition holds for long enough.
    Firing,
}

impl Level {
    /// As JSON and tables say it.
    pub fn word(self) -> &'static str {
        match self {
            Level::Inactive => "inactive",
            Level::Pending => "pending",
            Level::Firing => "firing",
        }
    }
}

/// Why nobody can say whether a condition holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FreezeReason {
    /// Counting is behind the clock.
    Stale,
    /// Too little of the long lookback was measured.
    Coverage,
    /// Nothing was valid in the long lookback, although there were events before.
    Empty,
}

impl FreezeReason {
    /// Every reason.
    pub const ALL: [FreezeReason; 3] = [FreezeReason::Stale, FreezeReason::Coverage, FreezeReason::Empty];

    /// As JSON says it.
    pub fn word(self) -> &'static str {
        match self {
            FreezeReason::Stale => "stale",
            FreezeReason::Coverage => "coverage",
            FreezeReason::Empty => "empty",
        }
    }
}

/// Something that changed about an alert.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// A condition that asks for time began to hold.
    Pending {
        /// Its number in the rule, from 0.
        condition: u32,
    },
    /// It no longer does.
    Cleared {
        /// Its number.
        condition: u32,
    },
    /// The alert fires.
    Fired,
    /// It no longer does.
    Resolved,
    /// Nobody can say, or not for another reason than before.
    Frozen {
        /// Why.
        reason: FreezeReason,
    },
    /// It is known again.
    Thawed,
    /// It went with its definition.
    Removed,
    /// It still fires, and is told now: it had waited behind a page, or nobody took care of it.
    Told,
    /// It still fires, and wakes somebody from now on.
    Escalated,
    /// Somebody takes care of it.
    Acknowledged {
        /// Who, as far as they said.
        by: String,
    },
}

impl Change {
    /// As events and JSON say it.
    pub fn word(&self) -> &'static str {
        match self {
            Change::Pending { .. } => "pending",
            Change::Cleared { .. } => "cleared",
            Change::Fired => "fired",
            Change::Resolved => "resolved",
            Change::Frozen { .. } => "frozen",
            Change::Thawed => "thawed",
            Change::Removed => "removed",
            Change::Told => "told",
            Change::Escalated => "escalated",
            Change::Acknowledged { .. } => "acknowledged",
        }
    }
}

/// What an alert remembers.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct AlertState {
    /// How far it is.
    pub level: Level,
    /// Since when; meaningless while inactive.
    pub since: Timestamp,
    /// Why nobody can say, and since when.
    pub frozen: Option<(FreezeReason, Timestamp)>,
    /// While firing.
    pub episode: Option<Episode>,
    /// Since when each condition that asks for time has held.
    holding: BTreeMap<u32, Timestamp>,
}

/// An alert that fires, from its beginning on.
#[derive(Clone, PartialEq, Debug)]
pub struct Episode {
    /// What it is called.
    pub id: EpisodeId,
    /// When it began.
    pub started: Timestamp,
    /// Whether it wakes somebody.
    pub is_urgent: bool,
    /// Who was told that it fires.
    pub told: BTreeSet<String>,
    /// Who of them was not told since that it wakes somebody now.
    pub unaware: BTreeSet<String>,
    /// When somebody was told last.
    pub told_at: Option<Timestamp>,
    /// Who takes care of it, and since when.
    pub acknowledged: Option<(String, Timestamp)>,
    /// What was measured when it began.
    pub figures: Option<Figures>,
}

/// What was measured over the condition that speaks for an alert, for display.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Figures {
    /// The long lookback.
    pub long: DurationUs,
    /// The short lookback.
    pub short: DurationUs,
    /// What burn rates are compared with.
    pub threshold: f64,
    /// The burn rate over the long lookback.
    pub long_burn: Option<f64>,
    /// The burn rate over the short lookback.
    pub short_burn: Option<f64>,
    /// The budget left.
    pub budget: Option<f64>,
}

/// A change with all there is to tell of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Transition {
    /// Of which alert.
    pub key: AlertKey,
    /// `NAME` or `NAME/OBJECTIVE`.
    pub name: String,
    /// The SLO's service.
    pub service: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub change: Change,
    /// The episode that begins, goes on or ends with it.
    pub episode: Option<EpisodeId>,
    /// When that began.
    pub started: Option<Timestamp>,
    /// Whether it wakes somebody.
    pub is_urgent: bool,
    /// Who is told.
    pub tells: Vec<String>,
    /// What was measured.
    pub figures: Option<Figures>,
}

impl Transition {
    /// Whether it must be kept for the state to be known again. That an alert is frozen which does not fire is seen
    /// anew at the next look; a service that is quiet at night would else fill a ledger with it.
    pub fn is_lasting(&self) -> bool {
        !matches!(self.change, Change::Frozen { .. } | Change::Thawed) || self.episode.is_some()
    }
}

impl AlertState {
    /// Whether nothing is remembered.
    pub fn is_blank(&self) -> bool {
        self.level == Level::Inactive && self.frozen.is_none() && self.holding.is_empty()
    }

    /// Since when it stands as it does: at its level, or frozen where nothing else is known of it.
    pub fn began(&self) -> Option<Timestamp> {
        match self.level {
            Level::Inactive => self.frozen.map(|(_, since)| since),
            Level::Pending | Level::Firing => Some(self.since),
        }
    }

    /// `frozen`, or the level.
    pub fn word(&self) -> &'static str {
        if self.frozen.is_some() { "frozen" } else { self.level.word() }
    }

    /// What changes where conditions, each with how long it must hold, say this at an instant.
    pub fn changes(&self, conditions: &[(DurationUs, Outcome)], at: Timestamp) -> Vec<Change> {
        let mut changes = Vec::new();
        let (mut is_active, mut unknown) = (false, None);
        for (condition, &(alert_after, outcome)) in (0..).zip(conditions) {
            let begun = self.holding.get(&condition).copied();
            match outcome {
                Outcome::Holds if alert_after.0 <= 0 => is_active = true,
                Outcome::Holds => {
                    if begun.is_none() {
                        changes.push(Change::Pending { condition });
                    }
                    is_active |= begun.is_some_and(|begun| at - begun >= alert_after);
                }
                Outcome::Ends if begun.is_some() => changes.push(Change::Cleared { condition }),
                Outcome::Ends => {}
                Outcome::Unknown(reason) => unknown = unknown.or(Some(reason)),
            }
        }
        let n_conditions = u32::try_from(conditions.len()).unwrap_or(u32::MAX);
        let gone = self.holding.range(n_conditions..).map(|(&condition, _)| Change::Cleared { condition });
        changes.extend(gone);

        let frozen = unknown.filter(|_| !is_active);
        match (self.frozen, frozen) {
            (None, Some(reason)) => changes.push(Change::Frozen { reason }),
            (Some((known, _)), Some(reason)) if known != reason => changes.push(Change::Frozen { reason }),
            (Some(_), None) => changes.push(Change::Thawed),
            _ => {}
        }
        let is_firing = self.level == Level::Firing;
        if is_active && !is_firing {
            changes.push(Change::Fired);
        } else if is_firing && !is_active && frozen.is_none() {
            changes.push(Change::Resolved);
        }
        changes
    }

    /// The state after a transition of this alert.
    pub fn apply(&mut self, transition: &Transition) {
        let at = transition.at;
        match &transition.change {
            Change::Pending { condition } => {
                self.holding.insert(*condition, at);
                if self.level == Level::Inactive {
                    (self.level, self.since) = (Level::Pending, at);
                }
            }
            Change::Cleared { condition } => {
                self.holding.remove(condition);
                if self.level == Level::Pending && self.holding.is_empty() {
                    (self.level, self.since) = (Level::Inactive, at);
                }
            }
            Change::Fired => {
                (self.level, self.since) = (Level::Firing, at);
                self.episode = Some(Episode {
                    id: EpisodeId::of(&transition.key, at),
                    started: at,
                    is_urgent: transition.is_urgent,
                    told: BTreeSet::new(),
                    unaware: BTreeSet::new(),
                    told_at: None,
                    acknowledged: None,
                    figures: transition.figures.clone(),
                });
            }
            Change::Resolved => {
                let level = if self.holding.is_empty() { Level::Inactive } else { Level::Pending };
                (self.level, self.since, self.episode) = (level, at, None);
            }
            Change::Frozen { reason } => {
                // Another reason does not change since when nobody knows.
                let since = self.frozen.map_or(at, |(_, since)| since);
                self.frozen = Some((*reason, since));
            }
            Change::Thawed => self.frozen = None,
            Change::Removed => *self = AlertState::default(),
            Change::Told => {}
            Change::Escalated => {
                if let Some(episode) = &mut self.episode {
                    episode.is_urgent = true;
                    episode.unaware.clone_from(&episode.told);
                }
            }
            Change::Acknowledged { by } => {
                // Between the answer and its record the episode may have ended and another begun, of which nobody
                // takes care.
                let meant = self.episode.as_mut().filter(|episode| transition.episode == Some(episode.id));
                if let Some(episode) = meant {
                    episode.acknowledged = Some((by.clone(), at));
                }
            }
        }
        let tells_firing = matches!(transition.change, Change::Fired | Change::Told | Change::Escalated);
        if let Some(episode) = self.episode.as_mut().filter(|_| tells_firing && !transition.tells.is_empty()) {
            episode.told.extend(transition.tells.iter().cloned());
            episode.unaware.retain(|target| !transition.tells.contains(target));
            episode.told_at = Some(at);
        }
    }
}

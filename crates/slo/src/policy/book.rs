//! What was done by command and what was noticed: a fold of recorded events.
//!
//! The same events give the same book, whenever and wherever they are read, so a restart goes on where it
//! stopped. Files are not in it: what is in force is both together.
//!
//! What is long over is let go when the next of its kind comes: the ledger still has it. When an exception of a file
//! was first seen is remembered for good, or the file would grant it anew.

use super::exception::Grant;
use super::incident::PostmortemDue;
use super::objects::{BudgetAdjustment, Exception, ExceptionRule, Freeze};
use super::state::Memory;
use nines_base::{DurationUs, Timestamp};
use std::collections::{BTreeMap, VecDeque};

/// Postmortems remembered: more would be a list that nobody reads.
const POSTMORTEMS_MAX: usize = 1000;

/// How long a freeze is listed once it is over: a quarter.
const FREEZES_KEPT: DurationUs = DurationUs::from_secs(90 * 86_400);

/// How long an exception is remembered once it is over: no policy counts tokens over a longer period.
const GRANTS_KEPT: DurationUs = ExceptionRule::PER_MAX;

/// How long an adjustment is remembered once it is over: what it excludes has left every cell by then.
const ADJUSTMENTS_KEPT: DurationUs = DurationUs::from_secs(400 * 86_400);

/// How long deploys are remembered: a day, for policies that count them.
pub const DEPLOYS_KEPT: DurationUs = DurationUs::from_secs(86_400);

/// Something that was recorded.
#[derive(Clone, PartialEq, Debug)]
pub enum Recorded {
    /// A freeze by command.
    FreezeOn(Freeze),
    /// A freeze by command was lifted.
    FreezeOff {
        /// Its name.
        name: String,
    },
    /// An exception by command.
    Granted(Exception),
    /// An exception was first seen in a file.
    Declared {
        /// Its name.
        name: String,
        /// Its change.
        change: String,
    },
    /// An adjustment by command.
    Adjusted(BudgetAdjustment),
    /// The state of a service's budget.
    State {
        /// The service.
        service: String,
        /// The policy.
        policy: String,
        /// What is remembered from now on.
        memory: Memory,
    },
    /// An incident needs a postmortem.
    PostmortemDue {
        /// The service.
        service: String,
        /// The incident.
        due: PostmortemDue,
    },
    /// A deploy was marked.
    Deployed {
        /// The service.
        service: String,
    },
}

/// The fold.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Book {
    freezes: Vec<Freeze>,
    grants: Vec<Grant>,
    /// When each exception of a file was first seen, by name and change.
    declared: BTreeMap<(String, String), Timestamp>,
    adjustments: Vec<BudgetAdjustment>,
    states: BTreeMap<(String, String), Memory>,
    postmortems: VecDeque<(String, PostmortemDue)>,
    deploys: BTreeMap<String, VecDeque<Timestamp>>,
}

impl Book {
    /// Takes the next event, which happened at `at`.
    pub fn apply(&mut self, recorded: &Recorded, at: Timestamp) {
        match recorded {
            Recorded::FreezeOn(freeze) => {
                self.freezes.retain(|known| known.name != freeze.name && !known.times.is_over(at - FREEZES_KEPT));
                self.freezes.push(freeze.clone());
            }
            Recorded::FreezeOff { name } => self.freezes.retain(|freeze| freeze.name != *name),
            Recorded::Granted(exception) => {
                self.grants.retain(|known| known.granted_at > at - GRANTS_KEPT || known.exception.expires > at);
                self.grants.push(Grant { exception: exception.clone(), granted_at: at });
            }
            Recorded::Declared { name, change } => {
                self.declared.entry((name.clone(), change.clone())).or_insert(at);
            }
            Recorded::Adjusted(adjustment) => {
                self.adjustments.retain(|known| !known.times.is_over(at - ADJUSTMENTS_KEPT));
                self.adjustments.push(adjustment.clone());
            }
            Recorded::State { service, policy, memory } => {
                self.states.insert((service.clone(), policy.clone()), memory.clone());
            }
            Recorded::PostmortemDue { service, due } => {
                if self.postmortems.len() == POSTMORTEMS_MAX {
                    self.postmortems.pop_front();
                }
                self.postmortems.push_back((service.clone(), due.clone()));
            }
            Recorded::Deployed { service } => {
                let deploys = self.deploys.entry(service.clone()).or_default();
                deploys.push_back(at);
                while deploys.front().is_some_and(|first| at - *first >= DEPLOYS_KEPT) {
                    deploys.pop_front();
                }
            }
        }
    }

    /// Freezes by command that were not lifted.
    pub fn freezes(&self) -> &[Freeze] {
        &self.freezes
    }

    /// Adjustments by command.
    pub fn adjustments(&self) -> &[BudgetAdjustment] {
        &self.adjustments
    }

    /// When an exception of a file was first seen.
    pub fn declared_at(&self, exception: &Exception) -> Option<Timestamp> {
        self.declared.get(&(exception.name.clone(), exception.change.clone())).copied()
    }

    /// Every exception, of these files and by command. One of a file that was never seen counts from `at`.
    pub fn grants(&self, of_files: &[Exception], at: Timestamp) -> Vec<Grant> {
        let of_files = of_files.iter().map(|exception| Grant {
            exception: exception.clone(),
            granted_at: self.declared_at(exception).unwrap_or(at),
        });
        of_files.chain(self.grants.iter().cloned()).collect()
    }

    /// What is remembered of a service's budget under a policy.
    pub fn state(&self, service: &str, policy: &str) -> Option<&Memory> {
        self.states.get(&(service.to_owned(), policy.to_owned()))
    }

    /// Incidents of a service that need a postmortem, oldest first.
    pub fn postmortems<'b>(&'b self, service: &'b str) -> impl Iterator<Item = &'b PostmortemDue> {
        self.postmortems.iter().filter(move |(of, _)| of == service).map(|(_, due)| due)
    }

    /// Deploys of a service in the day before an instant.
    pub fn n_deploys(&self, service: &str, at: Timestamp) -> u32 {
        let deploys = self.deploys.get(service).into_iter().flatten();
        let recent = deploys.filter(|deploy| **deploy > at - DEPLOYS_KEPT && **deploy <= at).count();
        u32::try_from(recent).unwrap_or(u32::MAX)
    }
}

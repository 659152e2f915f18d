//! Policies, freezes, exceptions and adjustments after reading and checking.

use super::times::Times;
use crate::gate::{ChangeKind, OnUnknown};
use crate::model::{Place, Ppb, Service};
use nines_base::{DurationUs, Timestamp};
use nines_trace::filter::Filter;
use std::collections::BTreeMap;

/// Everything of this sort that the files define.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Policies {
    /// Error-budget policies, in file order.
    pub budgets: Vec<ErrorBudgetPolicy>,
    /// Freezes.
    pub freezes: Vec<Freeze>,
    /// Exceptions.
    pub exceptions: Vec<Exception>,
    /// Adjustments.
    pub adjustments: Vec<BudgetAdjustment>,
}

impl Policies {
    /// The policy of a service: one that names it before one that selects its labels before one for all; of
    /// several alike, the first in file order.
    pub fn of_service(&self, service: &str, declared: &[Service]) -> Option<&ErrorBudgetPolicy> {
        let labels = declared.iter().find(|one| one.name == service).map(|one| &one.labels);
        let nearness = |policy: &&ErrorBudgetPolicy| match &policy.scope {
            Scope::Services(services) if services.names(service) => Some(0),
            Scope::Services(services) => services.is_all().then_some(2),
            Scope::Labels(wanted) => labels.filter(|labels| has_labels(labels, wanted)).map(|_| 1),
        };
        // The first of the least: `min_by_key` keeps the earlier of equals.
        self.budgets.iter().filter(|policy| nearness(policy).is_some()).min_by_key(nearness)
    }
}

fn has_labels(labels: &BTreeMap<String, Vec<String>>, wanted: &BTreeMap<String, String>) -> bool {
    wanted.iter().all(|(key, value)| labels.get(key).is_some_and(|values| values.contains(value)))
}

/// Services by name; `*` is every one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Services(pub Vec<String>);

impl Services {
    /// Whether it holds for a service.
    pub fn cover(&self, service: &str) -> bool {
        self.names(service) || self.is_all()
    }

    fn names(&self, service: &str) -> bool {
        self.0.iter().any(|name| name == service)
    }

    fn is_all(&self) -> bool {
        self.0.iter().any(|name| name == "*")
    }
}

/// Which services a policy is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// By name.
    Services(Services),
    /// By labels of their Service object, all of which must match.
    Labels(BTreeMap<String, String>),
}

/// What a budget's state allows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ErrorBudgetPolicy {
    /// `metadata.name`.
    pub name: String,
    /// Which services it is for.
    pub scope: Scope,
    /// At least one, from the most budget left to the least.
    pub states: Vec<BudgetState>,
    /// What it takes to leave a state for a better one.
    pub leave: Leave,
    /// The share of a window's budget beyond which one incident needs a postmortem.
    pub incident_share: Option<Ppb>,
    /// Exceptions from it.
    pub exceptions: ExceptionRule,
    /// What to do where something was measured before and is not now.
    pub on_unknown: OnUnknown,
    /// Where it was defined.
    pub place: Place,
}

/// A share of a budget in parts per billion, signed: 1 000 000 000 is all of it, below zero is overspent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Level(pub i64);

/// A state of the budget, and what it means for releases.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BudgetState {
    /// Its name.
    pub name: String,
    /// It holds while more than this is left; `None` takes what is left over.
    pub above: Option<Level>,
    /// What it does.
    pub actions: Actions,
}

/// What a state does to releases.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Actions {
    /// Notification targets told when the state is entered.
    pub notify: Vec<String>,
    /// Kinds that need somebody's approval, which is an exception for their change.
    pub require_approval: Vec<ChangeKind>,
    /// The only kinds that pass; `None` lets every kind pass.
    pub allow: Option<Vec<ChangeKind>>,
    /// Deploys in 24 hours.
    pub max_deploys_per_day: Option<u32>,
    /// Per cent of the traffic that a canary may get. Told, for whoever moves the traffic.
    pub canary_max: Option<u32>,
    /// Nothing passes but what `allow` names, until the SLO is met again.
    pub freeze: bool,
}

/// Hysteresis: what it takes to leave a state for a better one. Worse ones are entered at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leave {
    /// How much more budget must be left than the better state asks.
    pub above: Level,
    /// For how long without a break.
    pub dwell: DurationUs,
}

impl Leave {
    /// As soon as the better state's own bound is passed.
    pub const AT_ONCE: Leave = Leave { above: Level(0), dwell: DurationUs(0) };
}

/// How many exceptions there are, and what makes one valid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExceptionRule {
    /// How many change ids may have one.
    pub tokens: u32,
    /// In how long.
    pub per: DurationUs,
    /// Whether somebody else than the requester has to approve.
    pub approver_not_requester: bool,
    /// How long one lasts at most after it was granted.
    pub lasts: DurationUs,
}

impl ExceptionRule {
    /// Three a quarter, a day each, approved by somebody else: where no policy says otherwise.
    pub const DEFAULT: ExceptionRule = ExceptionRule {
        tokens: 3,
        per: DurationUs::from_secs(90 * 86_400),
        approver_not_requester: true,
        lasts: DurationUs::from_secs(86_400),
    };

    /// The longest period of a policy: exceptions are remembered for so long, as counts are.
    pub const PER_MAX: DurationUs = DurationUs::from_secs(400 * 86_400);
}

/// Where an object comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A file; only there it can be changed.
    File(Place),
    /// A command, recorded as this event.
    Command {
        /// The event's id.
        event: u64,
    },
}

impl Origin {
    /// Its place, where a file has it.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Origin::File(place) => Some(place),
            Origin::Command { .. } => None,
        }
    }
}

/// A time in which services do not release.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Freeze {
    pub name: String,
    pub services: Services,
    /// Only this environment; `None` for every one.
    pub env: Option<String>,
    pub times: Times,
    pub reason: String,
    pub by: String,
    pub origin: Origin,
}

/// Permission for one change to pass what would hold it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Exception {
    pub name: String,
    pub service: String,
    /// The change it is for, such as a commit.
    pub change: String,
    pub reason: String,
    pub requested_by: String,
    pub approved_by: String,
    pub expires: Timestamp,
    pub origin: Origin,
}

/// What becomes of excluded events.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AdjustmentMode {
    /// They do not count at all: the window has that much less to judge.
    Removed,
    /// All of them count as good: the budget stays that of the whole window.
    AsGood,
}

impl AdjustmentMode {
    /// Both.
    pub const ALL: [AdjustmentMode; 2] = [AdjustmentMode::Removed, AdjustmentMode::AsGood];

    /// As files and commands write it.
    pub fn word(self) -> &'static str {
        match self {
            AdjustmentMode::Removed => "removed",
            AdjustmentMode::AsGood => "as-good",
        }
    }

    /// From its word.
    pub fn parse(word: &str) -> Option<AdjustmentMode> {
        AdjustmentMode::ALL.into_iter().find(|mode| mode.word() == word)
    }
}

/// Events that are not held against a budget: those of some times, or of some spans.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub struct BudgetAdjustment {
    pub name: String,
    pub slos: Vec<String>,
    pub mode: AdjustmentMode,
    pub times: Times,
    /// Only the events of spans that it takes; `None` for all of those times.
    pub filter: Option<Filter>,
    pub category: Option<String>,
    pub reason: String,
    pub approved_by: String,
    pub origin: Origin,
}

//! Definitions after reading and checking: values that cannot be wrong any more.

use crate::alert::policy::{AlertPolicy, NotificationTarget};
use crate::calendar::Calendar;
use crate::fraction::Fraction;
use crate::policy::apart::SetApart;
use crate::policy::objects::{BudgetAdjustment, Policies};
pub use crate::queried::{Asks, DataSource, Queried, QueryPart};
pub use crate::sli::{
    Comparison, CountedBy, FollowJoin, Followed, GroupBy, Kept, Measured, REPORTED_WITHIN, RatioPart, Sli, Weight,
};
use nines_base::{DurationUs, Timestamp};
pub use nines_yaml::Place;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Parts per billion: how targets are held, exact for nine decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ppb(u32);

/// One, in parts per billion.
pub const PPB_ONE: u32 = 1_000_000_000;

impl Ppb {
    /// Invariant BUD-1: 0 ≤ value ≤ 1.
    pub const fn new(parts: u32) -> Option<Ppb> {
        if parts <= PPB_ONE { Some(Ppb(parts)) } else { None }
    }

    /// The parts.
    pub fn parts(self) -> u32 {
        self.0
    }

    /// What is left to one: the error budget of a target.
    pub fn rest(self) -> Ppb {
        Ppb(PPB_ONE - self.0)
    }

    /// For display and for burn arithmetic that neither pages nor gates.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / f64::from(PPB_ONE)
    }
}

/// All definitions in force together.
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    /// Services, declared or merely named by an SLO.
    pub services: Vec<Service>,
    /// SLOs, in file order.
    pub slos: Vec<Slo>,
    /// User stories.
    pub stories: Vec<UserStory>,
    /// Error-budget policies, freezes, exceptions, adjustments.
    pub policies: Policies,
    /// Whom alert policies can tell, named or written inside one.
    pub notification_targets: Vec<NotificationTarget>,
    /// Names of the DataSources.
    pub data_sources: Vec<String>,
    /// Every object of the files, in their order.
    pub objects: Vec<Declared>,
    /// How many different sets were in force before this one, and itself; 0 where nobody counts them.
    pub generation: u64,
}

/// An object as a file declares it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declared {
    /// As files write it: `SLO`, `UserStory`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Where it has its name.
    pub place: Place,
}

impl Definitions {
    /// Every objective with its SLO, in file order.
    pub fn objectives(&self) -> impl Iterator<Item = (&Slo, &Objective)> {
        self.slos.iter().flat_map(|slo| slo.objectives.iter().map(move |objective| (slo, objective)))
    }

    /// Everything that is judged by counts: the objectives, and what stories by trace are together.
    pub fn counted(&self) -> impl Iterator<Item = (&Slo, &Objective)> {
        let together = self.stories.iter().filter_map(|story| story.together.as_ref());
        let of_stories = together.flat_map(|slo| slo.objectives.iter().map(move |objective| (slo, objective)));
        self.objectives().chain(of_stories)
    }

    /// Everything that is counted: what is judged, and what of it is counted apart.
    pub fn indicators(&self) -> impl Iterator<Item = (&Slo, &Objective)> {
        let apart = self.slos.iter().flat_map(|slo| slo.apart.objectives().map(move |objective| (slo, objective)));
        self.counted().chain(apart)
    }
}

/// A service.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Service {
    pub name: String,
    pub display_name: Option<String>,
    pub description: Option<String>,
    /// `metadata.labels`.
    pub labels: BTreeMap<String, Vec<String>>,
    pub place: Place,
}

/// A user story: the SLOs that together say whether one thing a user does works.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct UserStory {
    pub name: String,
    pub display_name: Option<String>,
    pub owner: Option<String>,
    pub slos: Vec<String>,
    pub join: Join,
    /// By trace, the story as an SLO of its own, which no list of SLOs holds; `None` where it is joined otherwise,
    /// or events of it are not counted here.
    pub together: Option<Slo>,
    pub place: Place,
}

/// How the SLOs of a user story become one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Join {
    /// A trace is good where every SLO's event in it is.
    #[default]
    Trace,
    /// The mean of the consumed budgets, by weight.
    Weighted,
    /// The SLO with the least budget left.
    Worst,
}

impl Join {
    /// As definitions and JSON say it.
    pub fn word(self) -> &'static str {
        match self {
            Join::Trace => "trace",
            Join::Weighted => "weighted",
            Join::Worst => "worst",
        }
    }
}

/// A service level objective: what is measured, over which window, against which targets.
#[derive(Clone, Debug)]
pub struct Slo {
    /// `metadata.name`.
    pub name: String,
    /// `metadata.displayName`.
    pub display_name: Option<String>,
    /// `spec.service`.
    pub service: String,
    /// `spec.description`.
    pub description: Option<String>,
    /// `metadata.labels`.
    pub labels: BTreeMap<String, Vec<String>>,
    /// `metadata.annotations`.
    pub annotations: BTreeMap<String, String>,
    /// The window.
    pub window: TimeWindow,
    /// How events become budget.
    pub method: BudgetingMethod,
    /// At least one. Of a composite SLO the last is the composite, of those before it.
    pub objectives: Vec<Objective>,
    /// Events that are not held against it, in file order.
    pub adjustments: Vec<Arc<BudgetAdjustment>>,
    /// What of its events is counted apart because adjustments name it.
    pub apart: SetApart,
    /// Its own alert policies; none for the default alerts.
    pub alert_policies: Vec<AlertPolicy>,
    /// Where it was defined.
    pub place: Place,
}

impl Slo {
    /// Of a composite SLO, how its parts become one, and the parts.
    pub fn composite(&self) -> Option<(CompositeMode, &[Objective])> {
        let (last, parts) = self.objectives.split_last()?;
        let Sli::Composite(mode) = last.sli else { return None };
        Some((mode, parts))
    }

    /// The objectives whose events an objective is judged by: the parts of a composite, any other by its own.
    pub fn measured_on<'s>(&'s self, objective: &'s Objective) -> &'s [Objective] {
        match (&objective.sli, self.composite()) {
            (Sli::Composite(_), Some((_, parts))) => parts,
            _ => std::slice::from_ref(objective),
        }
    }

    /// How long an objective's events may turn: the longest of what it is measured on.
    pub fn settles_in(&self, objective: &Objective) -> DurationUs {
        self.measured_on(objective).iter().map(|part| part.sli.settles_in()).max().unwrap_or_default()
    }

    /// Whether the objective only counts as a part of a composite: it spends no budget of its own, and alerts of
    /// the SLO are the composite's.
    pub fn is_part(&self, objective: &Objective) -> bool {
        self.composite().is_some() && !matches!(objective.sli, Sli::Composite(_))
    }

    /// `NAME`, or `NAME/OBJECTIVE` where the SLO has several that are not one.
    pub fn full_name(&self, objective: &Objective) -> String {
        let is_alone = self.objectives.len() <= 1 || matches!(objective.sli, Sli::Composite(_));
        if is_alone { self.name.clone() } else { format!("{}/{}", self.name, objective.label()) }
    }
}

/// What the objective is called that the others of a composite SLO become.
pub const COMPOSITE_LABEL: &str = "composite";

/// One target of an SLO with what it measures.
#[derive(Clone, Debug)]
pub struct Objective {
    /// From 1, in file order.
    pub number: u32,
    /// `displayName`.
    pub display_name: Option<String>,
    /// The target; below one.
    pub target: Ppb,
    /// Timeslices: the share of good events that makes a slice good.
    pub time_slice_target: Option<Ppb>,
    /// Timeslices and RatioTimeslices: the slice.
    pub time_slice: Option<DurationUs>,
    /// The indicator; objectives of one SLO may share it.
    pub sli: Sli,
    /// Of a part of a composite: by what its consumption is multiplied.
    pub weight: Fraction,
}

/// How the objectives of a composite SLO become one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompositeMode {
    /// As the specification says: parts burn the composite's budget as they burn their own, weights multiply.
    Literal,
    /// The mean of the consumed budgets, by weight.
    Normalised,
    /// The part with the least budget left.
    Worst,
}

impl Objective {
    /// What `NAME/OBJECTIVE` calls it: its displayName, or its number.
    pub fn label(&self) -> String {
        match self.sli {
            Sli::Composite(_) => COMPOSITE_LABEL.to_owned(),
            _ => self.display_name.clone().unwrap_or_else(|| self.number.to_string()),
        }
    }
}

/// The window a budget belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeWindow {
    /// The last `length` up to now.
    Rolling {
        /// Its length.
        length: DurationUs,
    },
    /// Calendar periods, one after the other.
    Calendar(Calendar),
}

/// Units of calendar windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CalendarUnit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl CalendarUnit {
    /// As durations write it; case matters.
    pub fn letter(self) -> char {
        match self {
            CalendarUnit::Minute => 'm',
            CalendarUnit::Hour => 'h',
            CalendarUnit::Day => 'd',
            CalendarUnit::Week => 'w',
            CalendarUnit::Month => 'M',
            CalendarUnit::Quarter => 'Q',
            CalendarUnit::Year => 'Y',
        }
    }
}

/// OpenSLO's budgeting methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetingMethod {
    /// Good events over valid events.
    Occurrences,
    /// Good slices over slices.
    Timeslices,
    /// The mean of the slices' ratios.
    RatioTimeslices,
}

/// Good and bad events of one stretch of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct Counts {
    pub good: u64,
    pub bad: u64,
}

impl Counts {
    /// All valid events.
    pub fn valid(self) -> u64 {
        self.good.saturating_add(self.bad)
    }
}

impl std::ops::AddAssign for Counts {
    /// Stays at the greatest number rather than start again at zero.
    fn add_assign(&mut self, other: Counts) {
        self.good = self.good.saturating_add(other.good);
        self.bad = self.bad.saturating_add(other.bad);
    }
}

/// A half-open stretch of time `(after, upto]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Stretch {
    pub after: Timestamp,
    pub upto: Timestamp,
}

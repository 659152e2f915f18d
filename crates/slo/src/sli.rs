//! Indicators: what makes spans events, and good ones.

use crate::key::ObjectiveKey;
use crate::model::CompositeMode;
use crate::queried::Queried;
use nines_base::DurationUs;
use nines_trace::filter::Filter;
use std::sync::Arc;

/// What makes a span an event, and a good one.
#[derive(Clone, Debug)]
pub enum Sli {
    /// Good (or bad) and total by predicate.
    Ratio {
        /// Valid events.
        total: Filter,
        /// Which of them count.
        part: RatioPart,
    },
    /// A measured value of each event, compared with a limit.
    Threshold {
        /// Valid events.
        total: Filter,
        /// What is measured.
        value: Measured,
        /// How it is compared.
        op: Comparison,
        /// With what: microseconds for a duration, else the tag's own unit.
        limit: f64,
    },
    /// Time in which enough came: every valid event is counted, and a slice is good whose number of them passes.
    Throughput {
        /// Valid events.
        total: Filter,
        /// How a slice's number is compared.
        op: Comparison,
        /// With what.
        limit: f64,
    },
    /// Spans that others follow in time: what was produced and then consumed. Each produced one is an event.
    Followed(Followed),
    /// A ratio, threshold or throughput whose spans are not one event each.
    Counted {
        /// Which spans, and which of them are good.
        of: Box<Sli>,
        /// How many events they are.
        by: CountedBy,
    },
    /// The same events, counted once more apart by the value of a tag.
    Grouped {
        /// What is counted.
        of: Box<Sli>,
        /// By what it is taken apart.
        by: GroupBy,
    },
    /// What the other objectives of the SLO are together: never counted, always computed from them.
    Composite(CompositeMode),
    /// Traces, each good where every event of these indicators in it is.
    Together(Vec<ObjectiveKey>),
    /// One group of an indicator that is taken apart, by the key it is counted under.
    OfGroup(ObjectiveKey),
    /// Figures that another system is asked for.
    Queried(Arc<Queried>),
    /// From a source that this build does not read: listed, never measured.
    External {
        /// The source's type.
        source: String,
    },
}

impl Sli {
    /// Whether its events are spans, or made of them.
    pub fn is_of_spans(&self) -> bool {
        !matches!(self, Sli::Composite(_) | Sli::Queried(_) | Sli::External { .. })
    }

    /// Whether its counts are not counted events but figures that another system gave.
    pub fn is_queried(&self) -> bool {
        matches!(self, Sli::Queried(_))
    }

    /// What a slice's number of events is compared with, where that is what makes it good.
    pub fn throughput(&self) -> Option<(Comparison, f64)> {
        match self {
            Sli::Throughput { op, limit, .. } => Some((*op, *limit)),
            Sli::Counted { of, .. } | Sli::Grouped { of, .. } => of.throughput(),
            _ => None,
        }
    }

    /// How long after its time an event may still turn: what is read of an objective ends so far before the
    /// watermark. Nothing for events of one span each.
    pub fn settles_in(&self) -> DurationUs {
        match self {
            Sli::Followed(followed) => DurationUs(followed.within.0.saturating_add(REPORTED_WITHIN.0)),
            Sli::Counted { by: CountedBy::Attempts(_), .. } => REPORTED_WITHIN,
            Sli::Counted { of, .. } | Sli::Grouped { of, .. } => of.settles_in(),
            _ => DurationUs(0),
        }
    }

    /// Whether an event is made of several spans.
    pub fn is_of_several_spans(&self) -> bool {
        self.settles_in() > DurationUs(0)
    }

    /// Whether its counts are estimates: figures that another system gave, or weighted by what senders say that they
    /// left out.
    pub fn is_estimate(&self) -> bool {
        match self {
            Sli::Queried(_) => true,
            Sli::Counted { of, by } => matches!(by, CountedBy::Weight(weight) if weight.is_sampled) || of.is_estimate(),
            Sli::Grouped { of, .. } => of.is_estimate(),
            _ => false,
        }
    }

    /// The same of those of its events whose spans a filter takes, too; `None` where that cannot be asked of its spans.
    pub fn narrowed(&self, by: &Filter) -> Option<Sli> {
        let with = |filter: &Filter| Filter::from_terms(filter.terms().iter().chain(by.terms()).cloned().collect());
        let narrowed = |of: &Sli| of.narrowed(by).map(Box::new);
        Some(match self {
            Sli::Ratio { total, part } => Sli::Ratio { total: with(total), part: part.clone() },
            Sli::Threshold { total, value, op, limit } => {
                Sli::Threshold { total: with(total), value: value.clone(), op: *op, limit: *limit }
            }
            Sli::Throughput { total, op, limit } => Sli::Throughput { total: with(total), op: *op, limit: *limit },
            Sli::Followed(followed) => {
                Sli::Followed(Followed { produced: with(&followed.produced), ..followed.clone() })
            }
            Sli::Counted { of, by } => Sli::Counted { of: narrowed(of)?, by: by.clone() },
            Sli::Grouped { of, by } => Sli::Grouped { of: narrowed(of)?, by: by.clone() },
            Sli::Together(_) | Sli::OfGroup(_) | Sli::Composite(_) | Sli::Queried(_) | Sli::External { .. } => {
                return None;
            }
        })
    }

    /// By what it is taken apart, if it is.
    pub fn group_by(&self) -> Option<&GroupBy> {
        match self {
            Sli::Grouped { by, .. } => Some(by),
            _ => None,
        }
    }
}

/// How long after its end a span is reported by senders that work: they gather spans for some seconds.
pub const REPORTED_WITHIN: DurationUs = DurationUs::from_secs(30);

/// How many events spans are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CountedBy {
    /// Of the attempts at one request, one.
    Attempts(Kept),
    /// Each as many as it says.
    Weight(Weight),
}

/// Which attempt at a request is its event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Kept {
    First,
    Last,
}

impl Kept {
    /// As definitions say it.
    pub fn word(self) -> &'static str {
        match self {
            Kept::First => "first",
            Kept::Last => "last",
        }
    }
}

/// How many events a span is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Weight {
    /// The numeric tag that says how many valid events it is; `None` for one.
    pub valid: Option<String>,
    /// The numeric tag that says how many of them the definition's good (or bad) half takes; `None` for all or none.
    pub part: Option<String>,
    /// Whether it stands for those that its sender left out, too.
    pub is_sampled: bool,
}

/// By what events are taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupBy {
    /// The tag.
    pub tag: String,
    /// Values counted apart, at most; the others are one.
    pub cap: u32,
}

/// What is produced, and what consuming it is.
#[derive(Clone, Debug)]
pub struct Followed {
    /// Spans that produce; each is a valid event.
    pub produced: Filter,
    /// Spans that consume.
    pub consumed: Filter,
    /// How long after the producing span's end the consuming one may end.
    pub within: DurationUs,
    /// Which consuming spans follow which.
    pub join: FollowJoin,
}

/// Which consuming span follows a producing one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FollowJoin {
    /// Its child, one that links to it, or one that shares its id.
    Span,
    /// Any of its trace. The trace is one event.
    Trace,
}

impl FollowJoin {
    /// As definitions say it.
    pub fn word(self) -> &'static str {
        match self {
            FollowJoin::Span => "span",
            FollowJoin::Trace => "trace",
        }
    }
}

/// Which half of a ratio the definition gives.
#[derive(Clone, Debug)]
pub enum RatioPart {
    /// The good events.
    Good(Filter),
    /// The bad events.
    Bad(Filter),
}

/// What a threshold SLI measures on an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measured {
    /// The span's duration in microseconds.
    Duration,
    /// A numeric tag.
    Tag(String),
}

/// `op` of an objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Comparison {
    Lte,
    Gte,
    Lt,
    Gt,
}

impl Comparison {
    /// Whether a value compares so with a limit; nothing that is not a number does.
    pub fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Comparison::Lte => value <= limit,
            Comparison::Gte => value >= limit,
            Comparison::Lt => value < limit,
            Comparison::Gt => value > limit,
        }
    }
}

//! What a report is asked for, and what it asks others.

use nines_base::{DurationUs, Timestamp};

/// A time, its end not within it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// Its first moment.
    pub from: Timestamp,
    /// The moment after it.
    pub to: Timestamp,
}

/// A week.
pub const WEEK: DurationUs = DurationUs::from_secs(7 * 86_400);

impl Window {
    /// Its length in weeks.
    #[must_use]
    pub fn weeks(&self) -> f64 {
        (self.to - self.from).0.max(0) as f64 / WEEK.0 as f64
    }

    /// Times that something happens in a year, where it happens so often in this time.
    #[must_use]
    pub fn a_year(&self, times: f64) -> f64 {
        if self.weeks() > 0.0 { times * 52.0 / self.weeks() } else { 0.0 }
    }
}

/// What is asked.
pub struct Ask<'a> {
    /// Of which time.
    pub window: Window,
    /// Of one team.
    pub team: Option<&'a str>,
    /// Of one task: its cost and growth alone are told.
    pub task: Option<&'a str>,
    /// Whose own figures are wanted.
    pub me: Option<&'a str>,
    /// The step of series: a week, unless a demonstration has minutes only.
    pub step: DurationUs,
    /// Requests of a time.
    pub requests: &'a dyn Requests,
    /// What burned of budgets.
    pub burned: &'a dyn Burned,
    /// Whether a moment is outside working hours where the team lives.
    pub is_off_hours: &'a dyn Fn(Timestamp) -> bool,
}

/// Knows how many requests were served.
pub trait Requests {
    /// Requests of each step from `from` on, of one service or of all that were asked from outside; nothing where spans of
    /// that time are not known whole.
    fn by_step(&self, service: Option<&str>, window: Window, step: DurationUs) -> Vec<Option<f64>>;
}

/// Knows what burned of error budgets.
pub trait Burned {
    /// The greatest share of the budget of any SLO of a service that burned in a time, in per cent; nothing where the service
    /// has none, or none was measured then.
    fn percent(&self, service: &str, window: Window) -> Option<f64>;
}

/// Where neither spans nor SLOs are known.
pub struct NothingKnown;

impl Requests for NothingKnown {
    fn by_step(&self, _: Option<&str>, _: Window, _: DurationUs) -> Vec<Option<f64>> {
        Vec::new()
    }
}

impl Burned for NothingKnown {
    fn percent(&self, _: &str, _: Window) -> Option<f64> {
        None
    }
}

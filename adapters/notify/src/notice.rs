//! What is told: one thing that happened to one episode of an alert, or the state that a service entered by its error-budget
//! policy.

use nines_base::Timestamp;

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happened {
    /// It fires, or fires still.
    Fires,
    /// Somebody takes care of it.
    Acknowledged,
    /// It no longer fires.
    Ended,
    /// A service entered a state of its policy: said once, and over with it.
    Entered,
}

impl Happened {
    /// As wire shapes say it.
    pub fn word(self) -> &'static str {
        match self {
            Happened::Fires => "firing",
            Happened::Acknowledged => "acknowledged",
            Happened::Ended => "resolved",
            Happened::Entered => "entered",
        }
    }
}

/// Something to tell.
#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    /// The same whenever it is sent again, and no other's.
    pub key: String,
    /// What happened.
    pub happened: Happened,
    /// The episode: the same from firing to end.
    pub episode: String,
    /// The SLO.
    pub slo: String,
    /// The objective.
    pub objective: String,
    /// `SLO` or `SLO/OBJECTIVE`.
    pub name: String,
    /// The service.
    pub service: String,
    /// What names the alert.
    pub severity: String,
    /// Whether it wakes somebody.
    pub is_urgent: bool,
    /// When the episode began.
    pub started: Timestamp,
    /// When this happened.
    pub at: Timestamp,
    /// In a sentence.
    pub text: String,
    /// What was measured; `None` for alerts that nothing is measured.
    pub reading: Option<Reading>,
    /// Of [`Happened::Entered`], which state.
    pub state: Option<PolicyState>,
    /// Where to read on.
    pub page: String,
}

/// A state of an error-budget policy that a service entered.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct PolicyState {
    pub policy: String,
    pub state: String,
    /// The one before; `None` for the first.
    pub before: Option<String>,
}

/// What was measured.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub struct Reading {
    pub long: String,
    pub short: String,
    pub threshold: f64,
    pub long_burn: Option<f64>,
    pub short_burn: Option<f64>,
    pub budget: Option<f64>,
}

impl Notice {
    /// `page` or `ticket` by what it does, whatever the alert is named.
    pub fn urgency(&self) -> &'static str {
        urgency(self.is_urgent)
    }
}

/// `page` or `ticket`.
pub(crate) fn urgency(is_urgent: bool) -> &'static str {
    if is_urgent { "page" } else { "ticket" }
}

/// A time as wire shapes write it.
pub fn rfc3339(time: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(time.0).map(|time| time.to_string()).unwrap_or_default()
}

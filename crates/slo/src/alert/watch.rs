//! Alerts of some SLOs as a clock goes on over cells that somebody fills: for tests of objectives, simulations
//! and backtests. On a server, the evaluation keeps transitions in the ledger instead.

use super::book::{AlertBook, Look};
use super::episode::{AlertKey, EpisodeId};
use super::state::{AlertState, Change};
use super::telling::Telling;
use crate::cells::CellStore;
use crate::model::{Definitions, Slo};
use crate::status::{Status, evaluate};
use nines_base::{DurationUs, Timestamp};

/// How often alerts are evaluated, and for windows under an hour, which have cells of seconds.
const EVERY: DurationUs = DurationUs::from_secs(60);
const EVERY_SHORT: DurationUs = DurationUs::from_secs(5);
const SHORT_WINDOW: DurationUs = DurationUs::from_secs(3600);

/// How much time may lie between two looks at these SLOs.
pub fn steps_of(slos: &[Slo]) -> DurationUs {
    let is_short = |slo: &Slo| slo.window.length_at_most() < SHORT_WINDOW;
    if slos.iter().any(is_short) { EVERY_SHORT } else { EVERY }
}

/// One stretch of firing.
#[derive(Clone, PartialEq, Debug)]
pub struct Fired {
    /// Which alert.
    pub key: AlertKey,
    /// Its name in ledgers and sinks.
    pub id: EpisodeId,
    /// When it began.
    pub from: Timestamp,
    /// When it ended; `None` while it fires.
    pub until: Option<Timestamp>,
}

/// One stretch in which nobody could say whether an alert's conditions hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Unknown {
    /// Which alert.
    pub key: AlertKey,
    /// When it began.
    pub from: Timestamp,
    /// When it ended; `None` while it lasts.
    pub until: Option<Timestamp>,
}

/// The memory of these alerts.
pub struct Watch {
    definitions: Definitions,
    book: AlertBook,
    fired: Vec<Fired>,
    frozen: Vec<Unknown>,
}

impl Watch {
    /// Watches every objective of these SLOs.
    pub fn new(slos: Vec<Slo>) -> Watch {
        Watch {
            definitions: Definitions { slos, ..Definitions::default() },
            book: AlertBook::default(),
            fired: Vec::new(),
            frozen: Vec::new(),
        }
    }

    /// How much time may lie between two evaluations.
    pub fn every(&self) -> DurationUs {
        steps_of(&self.definitions.slos)
    }

    /// Evaluates at an instant; `cells` are those of an SLO.
    pub fn evaluate<'c>(&mut self, at: Timestamp, cells: impl Fn(&Slo) -> Option<&'c CellStore>) {
        let status = |slo: &Slo, objective| match cells(slo) {
            Some(cells) => evaluate(slo, objective, cells, at),
            None => evaluate(slo, objective, &CellStore::new(), at),
        };
        let statuses: Vec<Status> =
            self.definitions.objectives().map(|(slo, objective)| status(slo, objective)).collect();
        let look = Look {
            definitions: &self.definitions,
            statuses: &statuses,
            stories: &[],
            telling: Telling::BY_POLICIES,
            now: at,
        };
        for transition in self.book.plan(&look) {
            match (&transition.change, transition.episode) {
                (Change::Fired, Some(id)) => {
                    self.fired.push(Fired { key: transition.key.clone(), id, from: at, until: None });
                }
                (Change::Resolved | Change::Removed, _) => {
                    let open = self.fired.iter_mut().rfind(|fired| fired.key == transition.key);
                    open.into_iter().for_each(|fired| fired.until = Some(at));
                }
                // Another reason is the same stretch.
                (Change::Frozen { .. }, _)
                    if self.book.state(&transition.key).is_none_or(|state| state.frozen.is_none()) =>
                {
                    self.frozen.push(Unknown { key: transition.key.clone(), from: at, until: None });
                }
                (Change::Thawed, _) => {
                    let open = self.frozen.iter_mut().rfind(|frozen| frozen.key == transition.key);
                    open.into_iter().for_each(|frozen| frozen.until = Some(at));
                }
                _ => {}
            }
            self.book.apply(&transition);
        }
    }

    /// What an alert remembers, if anything.
    pub fn state(&self, key: &AlertKey) -> Option<&AlertState> {
        self.book.state(key)
    }

    /// Every stretch of firing so far, by its beginning.
    pub fn fired(&self) -> &[Fired] {
        &self.fired
    }

    /// Every stretch of being frozen so far, by its beginning.
    pub fn frozen(&self) -> &[Unknown] {
        &self.frozen
    }
}

//! The book of toil and what is known of runbooks, kept up with the ledger: each question folds first what was written since the last one.

use super::shelf::Shelves;
use crate::App;
use crate::nines::slo_item::TEAM_LABELS;
use nines_collect::sli::Judge;
use nines_collect::sli::alerts::{ALERT_TOPIC, transition_of};
use nines_ledger::{Event, EventQuery, LedgerError};
use nines_slo::alert::state::{Change, Transition};
use nines_toil::book::Book;
use nines_toil::record::PageRecord;
use std::sync::{Mutex, PoisonError};

/// Events read at once: a payload has up to a mebibyte.
const EVENTS_AT_ONCE: usize = 200;

/// Topics that the book is a fold of.
const TOPICS: [&str; 4] = ["toil", "run", "runbook", ALERT_TOPIC];

/// The source of pages that are alerts of our own.
const OWN: &str = "nines";

/// The book, and how far it has come.
#[derive(Default)]
pub struct ToilBook {
    followed: Mutex<Followed>,
}

#[derive(Default)]
struct Followed {
    last: u64,
    book: Book,
    shelves: Shelves,
}

impl ToilBook {
    /// Asks the book as it is now. Whoever writes in between writes before or after.
    pub fn with<T>(&self, app: &App, ask: impl FnOnce(&mut Book) -> Result<T, LedgerError>) -> Result<T, LedgerError> {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        followed.catch_up(app)?;
        ask(&mut followed.book)
    }

    /// Asks what is known of runbooks, as it is now.
    pub(super) fn with_shelves<T>(
        &self,
        app: &App,
        ask: impl FnOnce(&Shelves) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        followed.catch_up(app)?;
        ask(&followed.shelves)
    }

    /// Reads it anew: something of the past was erased.
    pub fn forget(&self) {
        *self.followed.lock().unwrap_or_else(PoisonError::into_inner) = Followed::default();
    }
}

impl Followed {
    fn catch_up(&mut self, app: &App) -> Result<(), LedgerError> {
        let topics: Vec<String> = TOPICS.iter().map(|topic| (*topic).to_owned()).collect();
        loop {
            let query =
                EventQuery { after: self.last, topics: topics.clone(), limit: EVENTS_AT_ONCE, ..EventQuery::default() };
            let events = app.ledger.events(&query)?;
            for event in &events {
                fold(&mut self.book, event, &app.judge);
                self.shelves.fold(event);
            }
            match events.last() {
                Some(last) => self.last = last.id,
                None => return Ok(()),
            }
        }
    }
}

fn fold(book: &mut Book, event: &Event, judge: &Judge) {
    match (transition_of(event), &event.payload) {
        (Some(transition), _) => {
            if let Some(mut page) = page_of(&transition) {
                page.team = team_of(judge, &page.service);
                book.take_page(page);
            }
        }
        (None, Some(payload)) if !event.kind.starts_with(ALERT_TOPIC) => {
            book.fold(event.id, &event.kind, event.at, payload);
        }
        _ => {}
    }
}

/// Who answers for a service by the definitions in force; empty where they say nothing.
fn team_of(judge: &Judge, service: &str) -> String {
    let definitions = judge.definitions();
    let Some(service) = definitions.services.iter().find(|known| known.name == service) else { return String::new() };
    let team = TEAM_LABELS.iter().find_map(|label| service.labels.get(*label)?.first());
    team.cloned().unwrap_or_default()
}

/// An urgent alert of our own as a page: it fired, somebody took it, it was over.
fn page_of(transition: &Transition) -> Option<PageRecord> {
    let (id, started) = (transition.episode?, transition.started?);
    if !transition.is_urgent {
        return None;
    }
    let mut page = PageRecord {
        source: OWN.to_owned(),
        fingerprint: id.to_string(),
        name: transition.name.clone(),
        team: String::new(),
        service: transition.service.clone(),
        fired: started,
        resolved: None,
        acknowledged: None,
    };
    match &transition.change {
        Change::Fired => {}
        Change::Acknowledged { by } => page.acknowledged = Some((transition.at, by.clone())),
        Change::Resolved | Change::Removed => page.resolved = Some(transition.at),
        _ => return None,
    }
    Some(page)
}

//! What people do to policies by command: recorded where it may be, refused with the reason where not.

use super::events::{lift_event, object_event};
use super::{Judge, lock};
use crate::sli::JudgeError;
use nines_base::{DurationUs, Timestamp};
use nines_ledger::{Event, NewEvent};
use nines_slo::model::{Definitions, Place};
use nines_slo::openslo::OwnObject;
use nines_slo::policy::apart::{can_set_apart, has_room};
use nines_slo::policy::book::Book;
use nines_slo::policy::exception::{Grant, Standing, claims};
use nines_slo::policy::objects::{BudgetAdjustment, Exception, ExceptionRule, Origin};

/// An adjustment by command may begin so long ago. What is older has been reported by then, and is changed in a
/// file, where a second person reviews it.
pub const BACK_DATED_MAX: DurationUs = DurationUs::from_secs(7 * 86_400);

/// Why a command is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// An object of its kind has the name already.
    NameTaken {
        /// The name.
        name: String,
    },
    /// It stands in a file, and only there it can be changed.
    OfFile {
        /// Its name.
        name: String,
        /// Where it stands.
        place: Place,
    },
    /// No freeze has the name.
    NoFreeze {
        /// The name.
        name: String,
        /// Names there are.
        known: Vec<String>,
    },
    /// Every token is taken.
    NoToken {
        /// The service.
        service: String,
        /// How many the policy gives.
        tokens: u32,
        /// In how long.
        per: DurationUs,
    },
    /// Whoever asks for it also approves it.
    SamePerson {
        /// Who.
        person: String,
    },
    /// It is over before it begins.
    Over,
    /// No SLO has the name.
    NoSlo {
        /// The name.
        name: String,
    },
    /// It begins too long ago.
    BackDated,
    /// It has a filter, and the events of an SLO are no spans.
    NoSpans {
        /// The SLO.
        slo: String,
    },
    /// Adjustments of an SLO have as many filters as are counted apart.
    TooManyFilters {
        /// The SLO.
        slo: String,
    },
}

impl Judge {
    /// Records an object by command; `text` is what it was read from.
    pub fn record(&self, object: &OwnObject, text: String) -> Result<Result<Event, Refusal>, JudgeError> {
        // One at a time: a token that is there is taken by whoever asked first.
        let _one_at_a_time = lock(&self.ruling.commanding);
        let now = self.clock.now();
        let (definitions, book) = (self.definitions(), self.ruling.book());
        if let Some(refusal) = refusal(object, &definitions, &book, now) {
            return Ok(Err(refusal));
        }
        let Some(event) = object_event(object, text, now) else { return Ok(Err(Refusal::Over)) };
        let event = self.append_one(event)?;
        if matches!(object, OwnObject::Adjustment(_)) {
            self.readjust();
        }
        Ok(Ok(event))
    }

    /// Lifts a freeze that was made by command. One that is over holds its name no longer: a file's goes before it.
    pub fn lift(&self, name: &str, by: &str, reason: &str) -> Result<Result<Event, Refusal>, JudgeError> {
        let _one_at_a_time = lock(&self.ruling.commanding);
        let (definitions, book, now) = (self.definitions(), self.ruling.book(), self.clock.now());
        let of_command = book.freezes().iter().find(|freeze| freeze.name == name);
        let of_files = &definitions.policies.freezes;
        let of_file = of_files.iter().find(|freeze| freeze.name == name).and_then(|freeze| freeze.origin.place());
        if let Some(place) = of_file.filter(|_| of_command.is_none_or(|freeze| freeze.times.is_over(now))) {
            return Ok(Err(Refusal::OfFile { name: name.to_owned(), place: place.clone() }));
        }
        if of_command.is_some() {
            return Ok(Ok(self.append_one(lift_event(name, by, reason, now))?));
        }
        let known = book.freezes().iter().chain(of_files).map(|freeze| freeze.name.clone()).collect();
        Ok(Err(Refusal::NoFreeze { name: name.to_owned(), known }))
    }

    fn append_one(&self, event: NewEvent) -> Result<Event, JudgeError> {
        let written = self.ledger.append(&[event])?.pop();
        // One event went in, so one came out.
        written.ok_or(JudgeError::Ledger(nines_ledger::LedgerError::NoSuchEvent { id: 0 }))
    }
}

fn refusal(object: &OwnObject, definitions: &Definitions, book: &Book, now: Timestamp) -> Option<Refusal> {
    let taken = |name: &str, is_taken: bool| is_taken.then(|| Refusal::NameTaken { name: name.to_owned() });
    let of_files = &definitions.policies;
    match object {
        OwnObject::Policy(_) => None,
        OwnObject::Freeze(freeze) => {
            // One that is over holds its name no longer.
            let mut others = of_files.freezes.iter().chain(book.freezes()).filter(|other| !other.times.is_over(now));
            let is_taken = others.any(|other| other.name == freeze.name);
            taken(&freeze.name, is_taken).or(freeze.times.is_over(now).then_some(Refusal::Over))
        }
        OwnObject::Exception(exception) => {
            let grants = book.grants(&of_files.exceptions, now);
            let is_taken = grants.iter().any(|grant| grant.exception.name == exception.name);
            taken(&exception.name, is_taken).or_else(|| refusal_of_exception(exception, definitions, book, now))
        }
        OwnObject::Adjustment(adjustment) => {
            let mut others = of_files.adjustments.iter().chain(book.adjustments());
            taken(&adjustment.name, others.any(|other| other.name == adjustment.name))
                .or_else(|| refusal_of_adjustment(adjustment, definitions, now))
                .or_else(|| refusal_of_filter(adjustment, definitions))
        }
    }
}

fn refusal_of_exception(
    exception: &Exception,
    definitions: &Definitions,
    book: &Book,
    now: Timestamp,
) -> Option<Refusal> {
    let service = &exception.service;
    let policy = definitions.policies.of_service(service, &definitions.services);
    let rule = policy.map_or(ExceptionRule::DEFAULT, |policy| policy.exceptions);
    // As it would stand if it were recorded now, after everything that is recorded.
    let origin = Origin::Command { event: u64::MAX };
    let tried = Grant { exception: Exception { origin, ..exception.clone() }, granted_at: now };
    let mut grants = book.grants(&definitions.policies.exceptions, now);
    grants.push(tried);
    let claim = claims(service, &grants, &rule).into_iter().rfind(|claim| claim.name == exception.name)?;
    match claim.standing(&rule, now) {
        Standing::Valid => None,
        Standing::Expired => Some(Refusal::Over),
        Standing::SamePerson => Some(Refusal::SamePerson { person: exception.approved_by.clone() }),
        Standing::NoToken => Some(Refusal::NoToken { service: service.clone(), tokens: rule.tokens, per: rule.per }),
    }
}

fn refusal_of_adjustment(adjustment: &BudgetAdjustment, definitions: &Definitions, now: Timestamp) -> Option<Refusal> {
    let unknown = adjustment.slos.iter().find(|name| definitions.slos.iter().all(|slo| slo.name != **name));
    if let Some(name) = unknown {
        return Some(Refusal::NoSlo { name: name.clone() });
    }
    (adjustment.times.first().from < now - BACK_DATED_MAX).then_some(Refusal::BackDated)
}

fn refusal_of_filter(adjustment: &BudgetAdjustment, definitions: &Definitions) -> Option<Refusal> {
    let filter = adjustment.filter.as_ref()?;
    definitions.slos.iter().filter(|slo| adjustment.slos.contains(&slo.name)).find_map(|slo| {
        let name = || slo.name.clone();
        if !can_set_apart(slo) {
            return Some(Refusal::NoSpans { slo: name() });
        }
        let others = slo.adjustments.iter().map(|other| &**other);
        (!has_room(others, filter)).then(|| Refusal::TooManyFilters { slo: name() })
    })
}

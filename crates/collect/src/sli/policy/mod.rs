//! Policies over what is counted: the state of each service's budget, what was done by command, and the
//! release gate.
//!
//! What is remembered is a fold of the ledger's events and of nothing else. It follows the ledger by itself,
//! so that whoever writes an event need not tell anybody.

pub mod commands;
pub mod events;
#[cfg(test)]
mod tests;

use super::{Judge, Standing, View};
use events::{StateTold, TOPICS, declared_event, postmortem_event, recorded_of, state_event};
use nines_base::{DurationUs, Timestamp};
use nines_ledger::event::EVENTS_PER_QUERY_MAX;
use nines_ledger::{Event, EventQuery, Ledger, LedgerError, NewEvent};
use nines_slo::budget::Budget;
use nines_slo::cells::CellStore;
use nines_slo::gate::{ChangeKind, GateInput, OnUnknown, PolicyInput, Reading, Verdict, decide};
use nines_slo::model::{Definitions, Objective, Slo};
use nines_slo::policy::book::Book;
use nines_slo::policy::exception::{claims, tokens_left};
use nines_slo::policy::exclusion::assign;
use nines_slo::policy::forecast::thaw;
use nines_slo::policy::freeze::ActiveFreeze;
use nines_slo::policy::history::{FINE, parts};
use nines_slo::policy::incident::{PostmortemDue, incidents};
use nines_slo::policy::objects::{ErrorBudgetPolicy, ExceptionRule, Freeze, Level};
use nines_slo::policy::state::{Memory, mark_to_leave, step, worst};
use nines_slo::status::Status;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How often windows are looked through for incidents that need a postmortem.
const INCIDENTS_EVERY: DurationUs = DurationUs::from_secs(10);

/// What was recorded about policy, and when incidents were looked for.
pub(super) struct Ruling {
    book: Arc<Mutex<Followed>>,
    looked_at: Mutex<Option<Timestamp>>,
    /// Held while a command is checked and recorded.
    commanding: Mutex<()>,
}

#[derive(Default)]
struct Followed {
    book: Book,
    /// Greatest event taken.
    last_event: u64,
}

impl Followed {
    fn take(&mut self, events: &[Event]) {
        for event in events.iter().filter(|event| event.id > self.last_event) {
            if let Some(recorded) = recorded_of(event) {
                self.book.apply(&recorded, event.at);
            }
        }
        self.last_event = events.last().map_or(self.last_event, |last| last.id.max(self.last_event));
    }
}

impl Ruling {
    /// Reads what was recorded, and follows what will be.
    pub fn follow(ledger: &dyn Ledger) -> Result<Ruling, LedgerError> {
        let mut followed = Followed::default();
        loop {
            let topics = TOPICS.map(str::to_owned).to_vec();
            let events = ledger.events(&EventQuery { after: followed.last_event, topics, ..EventQuery::default() })?;
            followed.take(&events);
            if events.len() < EVENTS_PER_QUERY_MAX {
                break;
            }
        }
        let book = Arc::new(Mutex::new(followed));
        let following = book.clone();
        ledger.watch(Box::new(move |events| lock(&following).take(events)));
        Ok(Ruling { book, looked_at: Mutex::new(None), commanding: Mutex::new(()) })
    }

    /// What was recorded so far.
    pub fn book(&self) -> Book {
        lock(&self.book).book.clone()
    }

    fn with<T>(&self, read: impl FnOnce(&Book) -> T) -> T {
        read(&lock(&self.book).book)
    }

    /// Whether incidents are to be looked for now.
    fn is_due(&self, now: Timestamp) -> bool {
        let mut looked_at = lock(&self.looked_at);
        let is_due = looked_at.is_none_or(|last| now - last >= INCIDENTS_EVERY || now < last);
        if is_due {
            *looked_at = Some(now);
        }
        is_due
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic between two events leaves a fold of those before it.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Definitions whose SLOs have the adjustments of the files and those by command.
pub(super) fn adjusted(mut definitions: Definitions, book: &Book) -> Definitions {
    definitions.slos.iter_mut().for_each(|slo| slo.adjustments.clear());
    assign(&mut definitions.slos, &definitions.policies.adjustments);
    assign(&mut definitions.slos, book.adjustments());
    definitions
}

/// What is asked of the gate.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GateAsk {
    /// Which service.
    pub service: String,
    /// Where to; `None` for everywhere.
    pub env: Option<String>,
    /// Which change.
    pub change: Option<String>,
    /// What it is for.
    pub kind: ChangeKind,
    /// What to do where measurements are missing; `None` leaves it to the policy.
    pub on_unknown: Option<OnUnknown>,
}

impl Judge {
    /// May this service release now? With the record the verdict follows from.
    pub fn gate(&self, ask: &GateAsk) -> (GateInput, Verdict) {
        let input = self.gate_input(ask);
        let verdict = decide(&input);
        (input, verdict)
    }

    /// Whether the features of each service are held of which objectives stand so, for lists.
    pub fn held(&self, standings: &[Standing]) -> BTreeMap<String, bool> {
        let mut of_service: BTreeMap<&str, Vec<&Status>> = BTreeMap::new();
        for standing in standings {
            let statuses = of_service.entry(&standing.slo.service).or_default();
            // A composite speaks for its parts.
            statuses.extend((!standing.status.is_part).then_some(&standing.status));
        }
        let view = self.view();
        let is_held = |(service, statuses): (&str, Vec<&Status>)| {
            let ask = GateAsk { service: service.to_owned(), ..GateAsk::default() };
            (service.to_owned(), !decide(&self.gather(&view, &ask, &statuses)).is_allowed)
        };
        of_service.into_iter().map(is_held).collect()
    }

    fn gate_input(&self, ask: &GateAsk) -> GateInput {
        let view = self.view();
        let definitions = &view.definitions;
        let of_service = definitions.objectives().filter(|(slo, objective)| {
            // A composite speaks for its parts.
            slo.service == ask.service && !slo.is_part(objective)
        });
        let statuses: Vec<(&Slo, &Objective, Status)> = of_service
            .map(|(slo, objective)| {
                let mut status = nines_slo::status::evaluate(slo, objective, &view.cells, view.watermark);
                view.alerts.recall(&mut status);
                (slo, objective, status)
            })
            .collect();
        let mut input = self.gather(&view, ask, &statuses.iter().map(|(_, _, status)| status).collect::<Vec<_>>());
        if let Some(mark) = mark_of(&input, &statuses) {
            for (reading, (slo, objective, status)) in input.readings.iter_mut().zip(&statuses) {
                reading.thaw = thaw(slo, objective, &view.cells, status, mark);
            }
        }
        input
    }

    /// What a decision follows from, but for forecasts.
    fn gather(&self, view: &View, ask: &GateAsk, statuses: &[&Status]) -> GateInput {
        let (at, now, definitions) = (view.watermark, self.clock.now(), &view.definitions);
        let policy = definitions.policies.of_service(&ask.service, &definitions.services);
        self.ruling.with(|book| {
            let memory = policy.and_then(|policy| book.state(&ask.service, &policy.name)).cloned();
            let rule = policy.map_or(ExceptionRule::DEFAULT, |policy| policy.exceptions);
            let grants = book.grants(&definitions.policies.exceptions, at);
            let of_change = claims(&ask.service, &grants, &rule).into_iter();
            let reach = statuses.iter().filter_map(|status| status.reach()).max().unwrap_or_default();
            GateInput {
                service: ask.service.clone(),
                env: ask.env.clone(),
                change: ask.change.clone(),
                kind: ask.kind,
                on_unknown: ask.on_unknown,
                at,
                readings: statuses.iter().map(|status| Reading::of(status, now)).collect(),
                policy: policy.map(|policy| PolicyInput { policy: policy.clone(), memory }),
                freezes: freezes_in_force(definitions, book, &ask.service, ask.env.as_deref(), now),
                claims: of_change.filter(|claim| ask.change.as_ref() == Some(&claim.change)).collect(),
                tokens_left: tokens_left(&ask.service, &grants, &rule, at.max(now)),
                n_deploys: book.n_deploys(&ask.service, now),
                postmortems: book.postmortems(&ask.service).filter(|due| due.until > at - reach).cloned().collect(),
            }
        })
    }

    /// What was done by command, and what was noticed.
    pub fn book(&self) -> Book {
        self.ruling.book()
    }

    /// Takes adjustments by command into account that were recorded since the definitions were loaded.
    pub fn readjust(&self) {
        self.put_in_force(None);
    }

    /// What the statuses of this look change about policies: states of budgets, exceptions first seen in files,
    /// incidents that need a postmortem.
    pub(super) fn policy_events(&self, statuses: &[Status]) -> Vec<NewEvent> {
        let now = self.clock.now();
        let view = self.view();
        let definitions = &view.definitions;
        let exceptions = &definitions.policies.exceptions;
        let mut events: Vec<NewEvent> = self.ruling.with(|book| {
            let unseen = exceptions.iter().filter(|exception| book.declared_at(exception).is_none());
            unseen.map(|exception| declared_event(exception, now)).collect()
        });
        if definitions.policies.budgets.is_empty() {
            return events;
        }
        let is_due = self.ruling.is_due(now);
        let mut by_service: BTreeMap<&str, Vec<&Status>> = BTreeMap::new();
        for status in statuses.iter().filter(|status| !status.is_part) {
            by_service.entry(&status.service).or_default().push(status);
        }
        for service in &definitions.services {
            let policy = definitions.policies.of_service(&service.name, &definitions.services);
            let (Some(policy), Some(of_service)) = (policy, by_service.get(service.name.as_str())) else { continue };
            events.extend(self.state_change(&service.name, policy, of_service, now));
            if is_due {
                let due = self.postmortems_due(definitions, &view.cells, policy, of_service);
                events.extend(due.iter().map(|due| postmortem_event(&service.name, due, now)));
            }
        }
        events
    }

    fn state_change(
        &self,
        service: &str,
        policy: &ErrorBudgetPolicy,
        statuses: &[&Status],
        now: Timestamp,
    ) -> Option<NewEvent> {
        let at = statuses.first()?.at;
        let worst = worst_of(statuses.iter().copied());
        let before = self.ruling.with(|book| book.state(service, &policy.name).cloned());
        let memory = step(policy, before.as_ref(), worst.map(|(_, budget)| budget), at)?;
        if before.as_ref() == Some(&memory) {
            return None;
        }
        let state = policy.states.iter().find(|state| state.name == memory.state);
        let told = StateTold {
            before: before.as_ref().map(|before| before.state.as_str()),
            worst: worst.map(|(status, budget)| (status.name.as_str(), budget.as_f64())),
            notify: state.map_or(&[], |state| &state.actions.notify),
        };
        Some(state_event(service, &policy.name, &memory, &told, now))
    }

    /// Incidents of a service's objectives that spent more than the policy lets pass without a postmortem and that
    /// are not noted yet.
    fn postmortems_due(
        &self,
        definitions: &Definitions,
        cells: &CellStore,
        policy: &ErrorBudgetPolicy,
        statuses: &[&Status],
    ) -> Vec<PostmortemDue> {
        let Some(limit) = policy.incident_share else { return Vec::new() };
        // An incident cannot have spent more than was spent at all.
        let spent_least = Budget::of_level(Level(i64::from(limit.rest().parts())));
        let candidates = statuses.iter().filter(|status| status.budget().is_some_and(|budget| budget < spent_least));
        let mut due = Vec::new();
        for status in candidates {
            let of_status =
                |(slo, objective): &(&Slo, &Objective)| slo.name == status.slo && objective.label() == status.objective;
            let Some((slo, objective)) = definitions.objectives().find(of_status) else { continue };
            let Some(window) = slo.window.at(status.at) else { continue };
            let parts = parts(slo, objective, cells, window.seen, FINE).unwrap_or_default();
            let is_noted = |incident: &nines_slo::policy::incident::Incident| {
                self.ruling.with(|book| {
                    let mut noted = book.postmortems(&status.service).filter(|noted| noted.slo == status.name);
                    noted.any(|noted| incident.is_of(noted))
                })
            };
            // Of one that began before the window it was said while it went on.
            let long = incidents(&parts, window.seen.after, status.target, status.measure.unit())
                .into_iter()
                .filter(|one| one.exceeds(limit) && !one.is_cut && !one.is_bad_luck);
            due.extend(long.filter(|incident| !is_noted(incident)).map(|incident| PostmortemDue {
                slo: status.name.clone(),
                from: incident.from,
                until: incident.until,
                share: incident.share,
                limit,
            }));
        }
        due
    }
}

/// Freezes of files and by command that hold a service now.
fn freezes_in_force(
    definitions: &Definitions,
    book: &Book,
    service: &str,
    env: Option<&str>,
    now: Timestamp,
) -> Vec<ActiveFreeze> {
    let all = definitions.policies.freezes.iter().chain(book.freezes());
    all.filter(|freeze: &&Freeze| freeze.covers(service, env)).filter_map(|freeze| freeze.active(now)).collect()
}

/// The objective with the least budget left.
fn worst_of<'s>(statuses: impl Iterator<Item = &'s Status>) -> Option<(&'s Status, Budget)> {
    worst(statuses.filter_map(|status| Some((status, status.budget()?))), |(_, budget)| *budget)
}

/// How much of a budget must be left for what holds the service now to end.
fn mark_of(input: &GateInput, statuses: &[(&Slo, &Objective, Status)]) -> Option<Level> {
    let Some(PolicyInput { policy, memory }) = &input.policy else { return Some(Level(0)) };
    let worst = worst_of(statuses.iter().map(|(_, _, status)| status)).map(|(_, budget)| budget);
    let Memory { state, .. } = step(policy, memory.as_ref(), worst, input.at)?;
    mark_to_leave(policy, policy.states.iter().find(|one| one.name == state)?)
}

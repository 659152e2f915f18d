//! Alerts told, and states of policies: the ledger's events are the outbox, the judge knows what still fires, `nines-notify` delivers.
//!
//! Each target has a fact with the number of the last event it is done with. An event that names the target and
//! has a greater number waits. So what a transition tells is durable with the transition, and a restart goes on
//! where the last process stopped.

use crate::silenced::{ReadingThread, Silenced};
use nines_api::{Notifying, TargetState};
use nines_base::lang::Message;
use nines_base::{Clock, Lang};
use nines_collect::sli::Judge;
use nines_collect::sli::alert_words::{AlertText, fires, sentence};
use nines_collect::sli::alerts::{ALERT_TOPIC, Heeded, transition_of};
use nines_collect::sli::policy::events::{STATE, StateEntered, state_entered};
use nines_collect::timeline::describe;
use nines_ledger::event::EVENTS_PER_QUERY_MAX;
use nines_ledger::{Event, EventQuery, Ledger, LedgerError};
use nines_notify::{Dispatcher, Ended, Happened, Notice, Outbox, PolicyState, Reading, Target};
use nines_slo::alert::book::Remembered;
use nines_slo::alert::episode::AlertKey;
use nines_slo::alert::state::{Change, Episode, Figures, Transition};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Events looked through at once.
const EVENTS_PER_LOOK: usize = 500;

/// The fact of a target that is configured no more: no number.
const GONE: &str = "";

/// Targets with what delivers to them.
pub struct Notifications {
    targets: Vec<Target>,
    silenced: Arc<Silenced>,
    reading: Mutex<Option<ReadingThread>>,
    outbox: Arc<LedgerOutbox>,
    dispatcher: Mutex<Option<Dispatcher>>,
}

impl Notifications {
    /// For these targets, of which some are told where nobody else is named; nothing is sent yet.
    pub fn new(
        targets: Vec<Target>,
        defaults: Vec<String>,
        ledger: Arc<dyn Ledger>,
        judge: Arc<Judge>,
        lang: Lang,
        page: String,
    ) -> Self {
        let silenced = Arc::new(Silenced::kept_in(ledger.clone()));
        judge.heed(Heeded { defaults, silences: silenced.clone() });
        let outbox = Arc::new(LedgerOutbox { ledger, judge, lang, page, passed: Mutex::default() });
        Notifications { targets, silenced, reading: Mutex::new(None), outbox, dispatcher: Mutex::new(None) }
    }

    /// Starts delivering. A target that is new hears of what happens from now on.
    pub fn start(self: &Arc<Self>, clock: Arc<dyn Clock>) -> anyhow::Result<()> {
        let names: Vec<&str> = self.targets.iter().map(|target| target.name.as_str()).collect();
        self.outbox.forget_all_but(&names)?;
        if self.targets.is_empty() {
            return Ok(());
        }
        let mut sinks = Vec::new();
        for target in &self.targets {
            self.outbox.begin(&target.name)?;
            sinks.push((target.name.clone(), target.sink()?));
        }
        let reading = ReadingThread::start(&self.targets, self.silenced.clone(), clock.clone())?;
        *self.reading.lock().unwrap_or_else(PoisonError::into_inner) = reading;
        *self.dispatcher() = Some(Dispatcher::start(sinks, self.outbox.clone(), clock)?);
        let told = Arc::downgrade(self);
        self.outbox.ledger.watch(Box::new(move |events| {
            let is_told = events.iter().any(|event| event.kind.starts_with(ALERT_TOPIC) || event.kind == STATE);
            if let Some(told) = told.upgrade().filter(|_| is_told) {
                told.dispatcher().iter().for_each(Dispatcher::ring);
            }
        }));
        Ok(())
    }

    /// Ends delivering; what waits is sent after the next start.
    pub fn stop(&self) {
        drop(self.reading.lock().unwrap_or_else(PoisonError::into_inner).take());
        // The lock is let go before the threads are waited for.
        let dispatcher = self.dispatcher().take();
        drop(dispatcher);
    }

    fn dispatcher(&self) -> MutexGuard<'_, Option<Dispatcher>> {
        self.dispatcher.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Notifying for Notifications {
    fn targets(&self) -> Vec<TargetState> {
        let healths: BTreeMap<String, nines_notify::Health> =
            self.dispatcher().iter().flat_map(Dispatcher::healths).collect();
        let state = |target: &Target| {
            let health = healths.get(&target.name).cloned().unwrap_or_default();
            let given_up = self.outbox.given_up(&target.name);
            TargetState {
                name: target.name.clone(),
                kind: target.kind.word(),
                n_waiting: self.outbox.n_waiting(&target.name),
                failing: health.failing.map(|failing| (failing.since, failing.n_tries, failing.reason)),
                n_given_up: given_up.len(),
                last_given_up: given_up.into_iter().next_back(),
                silences: self.silenced.state(&target.name),
            }
        };
        self.targets.iter().map(state).collect()
    }
}

/// The outbox of all targets.
struct LedgerOutbox {
    ledger: Arc<dyn Ledger>,
    judge: Arc<Judge>,
    lang: Lang,
    page: String,
    /// Up to which event nothing more waits for a target, so that it is not looked through again.
    passed: Mutex<BTreeMap<String, u64>>,
}

impl LedgerOutbox {
    /// Notes where a target begins, unless it has begun before and was configured ever since.
    fn begin(&self, target: &str) -> Result<(), LedgerError> {
        let name = done_fact(target);
        if self.ledger.fact(&name)?.and_then(|text| text.parse::<u64>().ok()).is_none() {
            self.ledger.set_facts(&[(&name, &self.ledger.last_id()?.to_string())])?;
        }
        Ok(())
    }

    /// Lets go of what waits for targets that are configured no more: one that comes back is new.
    fn forget_all_but(&self, targets: &[&str]) -> Result<(), LedgerError> {
        let known: Vec<String> = targets.iter().map(|target| done_fact(target)).collect();
        let facts = self.ledger.facts("notify/")?;
        let is_gone = |name: &&String| name.ends_with("/done") && !known.contains(name);
        let gone: Vec<(&str, &str)> =
            facts.iter().map(|(name, _)| name).filter(is_gone).map(|name| (name.as_str(), GONE)).collect();
        self.ledger.set_facts(&gone)
    }

    fn done_upto(&self, target: &str) -> Result<u64, LedgerError> {
        Ok(self.ledger.fact(&done_fact(target))?.and_then(|text| text.parse().ok()).unwrap_or_default())
    }

    fn events_after(&self, after: u64, limit: usize) -> Result<Vec<Event>, LedgerError> {
        let topics = vec![ALERT_TOPIC.to_owned(), STATE.to_owned()];
        self.ledger.events(&EventQuery { after, topics, limit, ..EventQuery::default() })
    }

    fn look(&self, target: &str) -> Result<Option<(u64, Notice)>, LedgerError> {
        let passed = self.passed().get(target).copied().unwrap_or_default();
        let mut after = self.done_upto(target)?.max(passed);
        loop {
            let events = self.events_after(after, EVENTS_PER_LOOK)?;
            for event in &events {
                if let Some(notice) = Telling::of(event, target).and_then(|telling| self.notice_of(&telling, event)) {
                    return Ok(Some((event.id, notice)));
                }
                after = event.id;
            }
            self.passed().insert(target.to_owned(), after);
            if events.len() < EVENTS_PER_LOOK {
                return Ok(None);
            }
        }
    }

    fn n_waiting(&self, target: &str) -> usize {
        let passed = self.passed().get(target).copied().unwrap_or_default();
        let events = self.done_upto(target).and_then(|done| self.events_after(done.max(passed), EVENTS_PER_QUERY_MAX));
        let waits = |event: &&Event| Telling::of(event, target).is_some();
        events.map_or(0, |events| events.iter().filter(waits).count())
    }

    /// Why notices of a target were given up, oldest first.
    fn given_up(&self, target: &str) -> Vec<String> {
        let facts = self.ledger.facts(&given_up_fact(target, "")).unwrap_or_default();
        facts.into_iter().map(|(_, reason)| reason).collect()
    }

    fn notice_of(&self, telling: &Telling, event: &Event) -> Option<Notice> {
        match telling {
            Telling::Alert(transition) => self.notice(transition, event.id),
            Telling::State(entered) => Some(self.of_state(entered, event)),
        }
    }

    /// What is told of a state that a service entered.
    fn of_state(&self, entered: &StateEntered, event: &Event) -> Notice {
        let key = format!("policy-{}", event.id);
        let StateEntered { policy, state, before, slo, .. } = entered.clone();
        Notice {
            key: key.clone(),
            happened: Happened::Entered,
            episode: key,
            slo: slo.clone(),
            objective: String::new(),
            name: slo,
            service: event.service.clone(),
            severity: state.clone(),
            is_urgent: false,
            started: event.at,
            at: event.at,
            text: describe(event, self.lang),
            reading: None,
            state: Some(PolicyState { policy, state, before }),
            page: self.page.clone(),
        }
    }

    /// What is told of a transition; `None` where it is of no episode.
    fn notice(&self, transition: &Transition, number: u64) -> Option<Notice> {
        let happened = match transition.change {
            Change::Fired | Change::Told | Change::Escalated => Happened::Fires,
            Change::Acknowledged { .. } => Happened::Acknowledged,
            Change::Resolved | Change::Removed => Happened::Ended,
            _ => return None,
        };
        let episode = transition.episode?.to_string();
        Some(Notice {
            key: format!("{episode}-{number}"),
            happened,
            episode,
            slo: transition.key.slo.clone(),
            objective: transition.key.objective.clone(),
            name: transition.name.clone(),
            service: transition.service.clone(),
            severity: transition.key.severity.clone(),
            is_urgent: transition.is_urgent,
            started: transition.started?,
            at: transition.at,
            text: sentence(transition).text(self.lang),
            reading: transition.figures.as_ref().map(reading),
            state: None,
            page: self.page.clone(),
        })
    }

    /// An episode that goes on.
    fn of_episode(&self, key: &AlertKey, alert: &Remembered, episode: &Episode) -> Notice {
        let text = match &episode.figures {
            Some(figures) => fires(key.severity.clone(), alert.name.clone(), figures),
            None => AlertText::FiresUnmeasured { slo: alert.name.clone() },
        };
        Notice {
            key: episode.id.to_string(),
            happened: Happened::Fires,
            episode: episode.id.to_string(),
            slo: key.slo.clone(),
            objective: key.objective.clone(),
            name: alert.name.clone(),
            service: alert.service.clone(),
            severity: key.severity.clone(),
            is_urgent: episode.is_urgent,
            started: episode.started,
            at: episode.told_at.unwrap_or(episode.started),
            text: text.text(self.lang),
            reading: episode.figures.as_ref().map(reading),
            state: None,
            page: self.page.clone(),
        }
    }

    fn passed(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outbox for LedgerOutbox {
    fn next(&self, target: &str) -> Result<Option<(u64, Notice)>, String> {
        self.look(target).map_err(|error| error.to_string())
    }

    fn done(&self, target: &str, number: u64, ended: Ended) -> Result<(), String> {
        let (name, number) = (done_fact(target), number.to_string());
        let mut facts = vec![(name.as_str(), number.as_str())];
        // Padded, so that names sort as numbers do.
        let given_up = given_up_fact(target, &format!("{number:0>20}"));
        if let Ended::GivenUp { reason } = &ended {
            facts.push((&given_up, reason));
        }
        self.ledger.set_facts(&facts).map_err(|error| error.to_string())
    }

    fn firing(&self, target: &str) -> Vec<Notice> {
        let book = self.judge.alerts();
        let told = book.alerts().filter_map(|(key, alert)| {
            let episode = alert.state.episode.as_ref().filter(|episode| episode.told.contains(target))?;
            Some(self.of_episode(key, alert, episode))
        });
        told.collect()
    }
}

/// What an event tells a target.
enum Telling {
    Alert(Box<Transition>),
    State(StateEntered),
}

impl Telling {
    fn of(event: &Event, target: &str) -> Option<Telling> {
        let names = |told: &[String]| told.iter().any(|told| told == target);
        if event.kind == STATE {
            return state_entered(event).filter(|entered| names(&entered.notify)).map(Telling::State);
        }
        transition_of(event).filter(|transition| names(&transition.tells)).map(|told| Telling::Alert(Box::new(told)))
    }
}

fn done_fact(target: &str) -> String {
    format!("notify/{target}/done")
}

fn given_up_fact(target: &str, number: &str) -> String {
    format!("notify/{target}/given-up/{number}")
}

fn reading(figures: &Figures) -> Reading {
    Reading {
        long: figures.long.to_string(),
        short: figures.short.to_string(),
        threshold: figures.threshold,
        long_burn: figures.long_burn,
        short_burn: figures.short_burn,
        budget: figures.budget,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_base::{DurationUs, ManualClock, Timestamp};
    use nines_collect::Timeline;
    use nines_collect::sli::CONSUMER;
    use nines_collect::sli::alerts::event_of;
    use nines_ledger::{NewEvent, SqliteLedger};
    use nines_slo::alert::episode::EpisodeId;
    use nines_slo::model::Definitions;
    use nines_storage::MemStore;
    use serde_json::json;

    const START: Timestamp = Timestamp::from_secs(1_790_000_000);

    fn transition(second: i64, change: Change, tells: &[&str]) -> Transition {
        let key = AlertKey { slo: "web".into(), objective: "1".into(), severity: "page".into() };
        Transition {
            episode: Some(EpisodeId::of(&key, START)),
            key,
            name: "web".into(),
            service: "web".into(),
            at: START + DurationUs::from_secs(second),
            change,
            started: Some(START),
            is_urgent: true,
            tells: tells.iter().map(|target| (*target).to_owned()).collect(),
            figures: None,
        }
    }

    /// What a start of the process does.
    fn outbox(ledger: &Arc<SqliteLedger>) -> LedgerOutbox {
        let store = Arc::new(MemStore::new(10, 1, &[CONSUMER]));
        let clock = Arc::new(ManualClock::new(START));
        let judge = Judge::open(store, ledger.clone(), clock, Timeline::default(), Definitions::default()).unwrap();
        let (lang, page) = (Lang::En, String::new());
        LedgerOutbox { ledger: ledger.clone(), judge: Arc::new(judge), lang, page, passed: Mutex::default() }
    }

    #[test]
    fn each_target_goes_through_the_events_that_name_it_and_goes_on_after_a_restart() {
        let ledger = Arc::new(SqliteLedger::in_memory().unwrap());
        ledger.append(&[event_of(&transition(0, Change::Fired, &["mail", "on-call"]))]).unwrap();
        let first = outbox(&ledger);
        first.begin("late").unwrap();
        first.begin("on-call").unwrap();
        assert_eq!(first.next("on-call"), Ok(None), "what was before it began is not told");
        ledger.append(&[event_of(&transition(1, Change::Told, &["on-call"]))]).unwrap();
        ledger.append(&[event_of(&transition(2, Change::Resolved, &["mail", "on-call"]))]).unwrap();
        assert_eq!(first.next("late"), Ok(None));
        let (number, notice) = first.next("on-call").unwrap().unwrap();
        assert_eq!((number, notice.happened), (2, Happened::Fires));
        assert_eq!(first.next("on-call").unwrap().unwrap().1.key, notice.key, "until it is done, it is the next");
        first.done("on-call", number, Ended::Delivered).unwrap();

        let second = outbox(&ledger);
        second.begin("on-call").unwrap();
        assert_eq!(second.n_waiting("on-call"), 1);
        let (number, notice) = second.next("on-call").unwrap().unwrap();
        assert_eq!((number, notice.happened), (3, Happened::Ended));
        second.done("on-call", number, Ended::GivenUp { reason: "status 400".into() }).unwrap();
        assert_eq!(second.next("on-call"), Ok(None));
        assert_eq!(second.given_up("on-call"), ["status 400"]);
        assert_eq!(second.given_up("on"), [""; 0]);
    }

    #[test]
    fn a_target_that_comes_back_hears_of_what_happens_from_then_on() {
        let ledger = Arc::new(SqliteLedger::in_memory().unwrap());
        let first = outbox(&ledger);
        first.begin("on-call").unwrap();
        ledger.append(&[event_of(&transition(0, Change::Fired, &["on-call"]))]).unwrap();
        outbox(&ledger).forget_all_but(&["on-call"]).unwrap();
        assert_eq!(outbox(&ledger).n_waiting("on-call"), 1);
        outbox(&ledger).forget_all_but(&["mail"]).unwrap();
        // Definitions still name it, and it is configured again after a start or two.
        ledger.append(&[event_of(&transition(1, Change::Told, &["on-call"]))]).unwrap();
        outbox(&ledger).forget_all_but(&["mail"]).unwrap();
        let second = outbox(&ledger);
        second.begin("on-call").unwrap();
        assert_eq!(second.next("on-call"), Ok(None));
        ledger.append(&[event_of(&transition(2, Change::Told, &["on-call"]))]).unwrap();
        second.begin("on-call").unwrap();
        assert_eq!(second.n_waiting("on-call"), 1, "it has begun, and goes on");
    }

    #[test]
    fn what_waits_is_counted_however_much_was_for_others() {
        let ledger = Arc::new(SqliteLedger::in_memory().unwrap());
        let outbox = outbox(&ledger);
        outbox.begin("on-call").unwrap();
        let of_others: Vec<NewEvent> =
            (0..=EVENTS_PER_QUERY_MAX).map(|_| event_of(&transition(0, Change::Told, &["mail"]))).collect();
        ledger.append(&of_others).unwrap();
        ledger.append(&[event_of(&transition(1, Change::Told, &["on-call"]))]).unwrap();
        assert!(outbox.next("on-call").unwrap().is_some());
        assert_eq!(outbox.n_waiting("on-call"), 1);
    }

    #[test]
    fn a_state_of_a_policy_is_told_once_to_whom_it_names() {
        let ledger = Arc::new(SqliteLedger::in_memory().unwrap());
        let outbox = outbox(&ledger);
        let event = |state: &str, notify: &[&str]| NewEvent {
            at: START,
            kind: STATE.into(),
            service: "web".into(),
            subject: "standard".into(),
            payload: json!({ "policy": "standard", "state": state, "before": "healthy", "sinceUs": START.0,
                             "slo": "web-availability", "budget": 0.2, "notify": notify })
            .to_string(),
        };
        ledger.append(&[event("caution", &["on-call"]), event("restricted", &["mail", "on-call"])]).unwrap();
        let (number, notice) = outbox.next("mail").unwrap().unwrap();
        assert_eq!((number, notice.key.as_str(), notice.happened), (2, "policy-2", Happened::Entered));
        assert_eq!(notice.text, "web is restricted by standard");
        assert_eq!(notice.state.unwrap().before.as_deref(), Some("healthy"));
        assert_eq!(outbox.n_waiting("on-call"), 2);
        outbox.done("mail", number, Ended::Delivered).unwrap();
        assert_eq!(outbox.next("mail"), Ok(None));
        assert_eq!(outbox.next("on-call").unwrap().unwrap().0, 1);
    }

    #[test]
    fn what_still_fires_is_told_again_to_those_who_know() {
        let ledger = Arc::new(SqliteLedger::in_memory().unwrap());
        ledger.append(&[event_of(&transition(0, Change::Fired, &["am"]))]).unwrap();
        let outbox = outbox(&ledger);
        let firing = outbox.firing("am");
        assert_eq!((firing.len(), firing[0].happened, firing[0].started), (1, Happened::Fires, START));
        assert_eq!(outbox.firing("mail"), []);
    }
}

//! Alerts as the ledger keeps them, and their evaluation.
//!
//! Each transition is one event `alert.CHANGE` that also says who is told of it: the events *are* the outbox,
//! so a transition and its notifications are durable together or not at all. What alerts remember is a fold of
//! the events; a restart reads them and goes on.

use super::{Judge, JudgeError};
use crate::timeline::News;
use nines_base::{DurationUs, Timestamp};
use nines_ledger::event::EVENTS_PER_QUERY_MAX;
use nines_ledger::{Event, EventQuery, Ledger, LedgerError, NewEvent};
use nines_slo::alert::book::{AlertBook, Look};
use nines_slo::alert::episode::{AlertKey, EpisodeId};
use nines_slo::alert::state::{Change, Figures, FreezeReason, Transition};
use nines_slo::alert::telling::{NoSilences, Silence, Silenceable, Silences, Telling};
use nines_slo::status::{evaluate_all, evaluate_stories};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

/// The topic of alerts in the ledger.
pub const ALERT_TOPIC: &str = "alert";

/// The event of a transition.
pub fn event_of(transition: &Transition) -> NewEvent {
    let Transition { key, change, .. } = transition;
    let figures = transition.figures.as_ref().map(|figures| {
        json!({ "longUs": figures.long.0, "shortUs": figures.short.0, "threshold": figures.threshold,
                "longBurn": figures.long_burn, "shortBurn": figures.short_burn, "budget": figures.budget })
    });
    let mut payload = json!({
        "slo": key.slo, "objective": key.objective, "severity": key.severity,
        "episode": transition.episode.map(|id| id.to_string()),
        "startedUs": transition.started.map(|started| started.0),
        "urgent": transition.is_urgent, "tells": transition.tells, "figures": figures,
    });
    match change {
        Change::Pending { condition } | Change::Cleared { condition } => payload["condition"] = json!(condition),
        Change::Frozen { reason } => payload["reason"] = json!(reason.word()),
        Change::Acknowledged { by } => payload["by"] = json!(by),
        _ => {}
    }
    NewEvent {
        at: transition.at,
        kind: format!("{ALERT_TOPIC}.{}", change.word()),
        service: transition.service.clone(),
        subject: transition.name.clone(),
        payload: payload.to_string(),
    }
}

/// The transition of an event; `None` where it is none, or what it said was erased.
pub fn transition_of(event: &Event) -> Option<Transition> {
    let word = event.kind.strip_prefix(ALERT_TOPIC)?.strip_prefix('.')?;
    let payload: Value = serde_json::from_str(event.payload.as_deref()?).ok()?;
    let text = |name: &str| payload[name].as_str().map(str::to_owned);
    let condition = || u32::try_from(payload["condition"].as_u64()?).ok();
    let change = match word {
        "pending" => Change::Pending { condition: condition()? },
        "cleared" => Change::Cleared { condition: condition()? },
        "fired" => Change::Fired,
        "resolved" => Change::Resolved,
        "frozen" => {
            let word = text("reason")?;
            Change::Frozen { reason: FreezeReason::ALL.into_iter().find(|reason| reason.word() == word)? }
        }
        "thawed" => Change::Thawed,
        "removed" => Change::Removed,
        "told" => Change::Told,
        "escalated" => Change::Escalated,
        "acknowledged" => Change::Acknowledged { by: text("by").unwrap_or_default() },
        _ => return None,
    };
    let tells = payload["tells"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    Some(Transition {
        key: AlertKey { slo: text("slo")?, objective: text("objective")?, severity: text("severity")? },
        name: event.subject.clone(),
        service: event.service.clone(),
        at: event.at,
        change,
        episode: text("episode").and_then(|id| EpisodeId::parse(&id)),
        started: payload["startedUs"].as_i64().map(Timestamp),
        is_urgent: payload["urgent"].as_bool().unwrap_or_default(),
        tells: tells.collect(),
        figures: figures_of(&payload["figures"]),
    })
}

fn figures_of(value: &Value) -> Option<Figures> {
    let number = |name: &str| value[name].as_f64();
    Some(Figures {
        long: DurationUs(value["longUs"].as_i64()?),
        short: DurationUs(value["shortUs"].as_i64()?),
        threshold: number("threshold")?,
        long_burn: number("longBurn"),
        short_burn: number("shortBurn"),
        budget: number("budget"),
    })
}

/// What alerts remember by the events of a ledger.
pub(super) fn read_book(ledger: &dyn Ledger) -> Result<AlertBook, LedgerError> {
    let mut book = AlertBook::default();
    let mut after = 0;
    loop {
        let query = EventQuery { after, topics: vec![ALERT_TOPIC.to_owned()], ..EventQuery::default() };
        let events = ledger.events(&query)?;
        events.iter().filter_map(transition_of).for_each(|transition| book.apply(&transition));
        match events.last() {
            Some(last) if events.len() == EVENTS_PER_QUERY_MAX => after = last.id,
            _ => return Ok(book),
        }
    }
}

/// What decides who is told beside the definitions, as the configuration has it.
#[derive(Clone)]
pub struct Heeded {
    /// Targets of alerts whose SLO has no policies of its own.
    pub defaults: Vec<String>,
    /// What somebody silenced elsewhere.
    pub silences: Arc<dyn Silences>,
}

impl Default for Heeded {
    fn default() -> Heeded {
        Heeded { defaults: Vec::new(), silences: Arc::new(NoSilences) }
    }
}

impl Judge {
    /// Tells alerts as the configuration has it, from the next look on.
    pub fn heed(&self, heeded: Heeded) {
        *self.heeded.write().unwrap_or_else(PoisonError::into_inner) = heeded;
    }

    fn heeded(&self) -> Heeded {
        self.heeded.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The silence of an alert, where somebody silenced it elsewhere.
    pub fn silence_of(&self, alert: Silenceable<'_>) -> Option<Silence> {
        self.heeded().silences.silence_of(alert, self.clock.now())
    }

    /// Looks at every objective: writes what changed about alerts and states in one transaction, and tells live
    /// pages of new figures.
    pub fn evaluate(&self) -> Result<(), JudgeError> {
        let now = self.clock.now();
        let heeded = self.heeded();
        let (statuses, plan) = {
            let view = self.view();
            let mut statuses = evaluate_all(&view.definitions, &view.cells, view.watermark);
            let stories = evaluate_stories(&view.definitions, &view.cells, view.watermark);
            let plan = view.alerts.plan(&Look {
                definitions: &view.definitions,
                statuses: &statuses,
                stories: &stories,
                telling: Telling { defaults: &heeded.defaults, silences: &*heeded.silences },
                now,
            });
            let mut book = Cow::Borrowed(&view.alerts);
            plan.iter().for_each(|transition| book.to_mut().apply(transition));
            statuses.iter_mut().for_each(|status| book.recall(status));
            (statuses, plan)
        };
        let mut states = BTreeMap::new();
        let mut events: Vec<NewEvent> =
            plan.iter().filter(|transition| transition.is_lasting()).map(event_of).collect();
        {
            let counting = self.counting();
            for status in &statuses {
                let (key, state) = ((status.slo.clone(), status.objective.clone()), status.state().word());
                let before = counting.states.get(&key).filter(|before| **before != state);
                events.extend(before.map(|before| NewEvent {
                    at: now,
                    kind: "slo.state".into(),
                    service: status.service.clone(),
                    subject: status.name.clone(),
                    payload: json!({ "state": state, "before": before }).to_string(),
                }));
                states.insert(key, state);
            }
        }
        events.extend(self.policy_events(&statuses));
        let reports = self.due_reports(now);
        events.extend(reports.events);
        if !events.is_empty() {
            self.ledger.append(&events)?;
        }
        // Only what was written is known: what could not be is written with the next.
        {
            let mut counting = self.counting();
            counting.states = states;
            counting.reports.close(reports.closed);
        }
        let mut view = self.view_mut();
        plan.iter().for_each(|transition| view.alerts.apply(transition));
        drop(view);
        self.timeline.tell(News::Slos);
        Ok(())
    }

    /// What alerts remember now.
    pub fn alerts(&self) -> AlertBook {
        self.view().alerts.clone()
    }

    /// Notes that somebody takes care of a firing episode; `None` where it does not fire.
    pub fn acknowledge(&self, id: EpisodeId, by: &str) -> Result<Option<Event>, JudgeError> {
        let Some(transition) = self.view().alerts.acknowledge(id, by, self.clock.now()) else { return Ok(None) };
        let event = self.ledger.append(&[event_of(&transition)])?.pop();
        self.view_mut().alerts.apply(&transition);
        Ok(event)
    }
}

//! What happened beside an SLO's line: deploys, alerts, changes of the gate's answer, states of the policy, freezes and
//! exclusions.

use super::events::read;
use super::problem::{Answer, Problem};
use super::request::{Asked, rfc3339};
use super::slos::named;
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::{DurationUs, Lang, Timestamp};
use nines_collect::sli::alerts::{ALERT_TOPIC, transition_of};
use nines_collect::timeline::describe;
use nines_ledger::{Event, EventQuery, Order};
use nines_slo::alert::state::Change;
use nines_slo::model::Stretch;
use nines_slo::policy::times::{Span, Times};
use nines_storage::Window;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Events of one kind that are looked through, the newest first.
const EVENTS_READ_MAX: usize = 2000;

/// Marks of one lane that are given, the newest: more do not stand side by side.
const LANE_MARKS_MAX: usize = 100;

/// `GET /slos/{name}/markers?from=&to=&since=`: what happened in the window, lane by lane, the oldest first. Deploys are
/// those of every service: a dependency's release burns budgets too.
pub async fn markers(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    let standing = named(&app, &name, asked.lang)?.swap_remove(0);
    let window = asked.window(&app, standing.status.reach().unwrap_or(DurationUs::from_secs(86_400)))?;
    let (slo, lang) = (&standing.slo, asked.lang);
    let of = |topic: &'static str, service: Option<&str>| Wanted { topic, service: service.map(str::to_owned), window };
    let mut marks = Vec::new();
    let mut is_cut = false;
    let mut add = |lane: Vec<Value>, was_cut: bool| {
        is_cut |= was_cut || lane.len() > LANE_MARKS_MAX;
        let skipped = lane.len().saturating_sub(LANE_MARKS_MAX);
        marks.extend(lane.into_iter().skip(skipped));
    };
    let service = Some(slo.service.as_str());
    let (deploys, cut) = of("deploy", None).read(&app, lang).await?;
    add(deploys.iter().map(|event| mark("deploy", event, lang)).collect(), cut);
    let (alerts, cut) = of(ALERT_TOPIC, service).read(&app, lang).await?;
    add(episodes(&alerts, &slo.name, lang), cut);
    let (decided, cut) = of("gate.decided", service).read(&app, lang).await?;
    add(turns(&decided).into_iter().map(|event| mark("gate", event, lang)).collect(), cut);
    let (states, cut) = of("policy.state", service).read(&app, lang).await?;
    add(states.iter().map(|event| mark("policy", event, lang)).collect(), cut);
    let (definitions, book) = (app.judge.definitions(), app.judge.book());
    let freezes = definitions.policies.freezes.iter().chain(book.freezes());
    let freezes = freezes.filter(|freeze| freeze.covers(&slo.service, None));
    add(freezes.flat_map(|one| times("freeze", &one.times, window, &one.name, &one.reason)).collect(), false);
    let exclusions = slo.adjustments.iter();
    add(exclusions.flat_map(|one| times("exclusion", &one.times, window, &one.name, &one.reason)).collect(), false);
    marks.sort_by(|a, b| a["at"].as_str().cmp(&b["at"].as_str()));
    let mut document = json!({ "items": marks, "next": null });
    if is_cut {
        document["partial"] = json!([{ "limit": "lane_marks_max", "max": LANE_MARKS_MAX }]);
    }
    Ok(Json(document))
}

/// Events of one kind in a window.
struct Wanted {
    topic: &'static str,
    service: Option<String>,
    window: Window,
}

impl Wanted {
    /// The oldest first, and whether there are more than are looked through.
    async fn read(self, app: &Arc<App>, lang: Lang) -> Result<(Vec<Event>, bool), Problem> {
        let query = EventQuery {
            topics: vec![self.topic.to_owned()],
            service: self.service,
            order: Order::Newest,
            limit: EVENTS_READ_MAX,
            ..EventQuery::default()
        };
        let mut events = read(app, lang, query).await?;
        let is_cut = events.len() == EVENTS_READ_MAX && events.last().is_some_and(|last| last.at >= self.window.from);
        events.retain(|event| self.window.from <= event.at && event.at < self.window.to);
        events.reverse();
        Ok((events, is_cut))
    }
}

fn mark(lane: &str, event: &Event, lang: Lang) -> Value {
    json!({ "lane": lane, "at": rfc3339(event.at), "until": null, "service": event.service, "subject": event.subject,
            "text": describe(event, lang), "event": event.id })
}

/// Alerts of the SLO that fired, with their ends.
fn episodes(events: &[Event], slo: &str, lang: Lang) -> Vec<Value> {
    let mut marks: Vec<Value> = Vec::new();
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    for event in events {
        let Some(transition) = transition_of(event).filter(|transition| transition.key.slo == slo) else { continue };
        let key = format!("{}/{}", transition.key.objective, transition.key.severity);
        match transition.change {
            Change::Fired => {
                open.insert(key, marks.len());
                marks.push(mark("alert", event, lang));
            }
            Change::Resolved | Change::Removed => {
                if let Some(at) = open.remove(&key) {
                    marks[at]["until"] = json!(rfc3339(event.at));
                }
            }
            _ => {}
        }
    }
    marks
}

/// Decisions that differ from the one before: a gate is asked far more often than it turns.
fn turns(events: &[Event]) -> Vec<&Event> {
    let verdict = |event: &Event| {
        let payload: Value = serde_json::from_str(event.payload.as_deref()?).ok()?;
        payload["verdict"].as_str().map(str::to_owned)
    };
    let mut before = None;
    let mut turned = Vec::new();
    for event in events {
        let now = verdict(event);
        if now != before {
            turned.push(event);
        }
        before = now;
    }
    turned
}

fn times(lane: &str, times: &Times, window: Window, name: &str, reason: &str) -> Vec<Value> {
    let stretch = Stretch { after: window.from - DurationUs(1), upto: window.to - DurationUs(1) };
    let mark = |at: Timestamp, until: Timestamp| {
        let text = if reason.is_empty() { name.to_owned() } else { format!("{name}: {reason}") };
        json!({ "lane": lane, "at": rfc3339(at), "until": rfc3339(until), "service": null, "subject": name,
                "text": text, "event": null })
    };
    // What never began or never ends is marked as far as the window goes.
    let (begins, ends) = (times.begins().is_some(), times.ends().is_some());
    let bound = |span: Span| (if begins { span.from } else { window.from }, if ends { span.until } else { window.to });
    times.meeting(stretch).into_iter().map(bound).map(|(from, until)| mark(from, until)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_ledger::{Ledger, NewEvent, SqliteLedger};

    /// One event a second.
    fn events(written: &[(&str, Value)]) -> Vec<Event> {
        let event = |(second, (kind, payload)): (i64, &(&str, Value))| NewEvent {
            at: Timestamp::from_secs(second),
            kind: (*kind).to_owned(),
            payload: payload.to_string(),
            ..NewEvent::default()
        };
        let written: Vec<NewEvent> = (0..).zip(written).map(event).collect();
        SqliteLedger::in_memory().unwrap().append(&written).unwrap()
    }

    #[test]
    fn a_gate_that_is_asked_often_turns_seldom() {
        let decided = |verdict: &str| ("gate.decided", json!({ "verdict": verdict }));
        let asked = events(&[decided("held"), decided("held"), decided("allowed"), decided("held")]);
        let ids: Vec<u64> = turns(&asked).iter().map(|event| event.id).collect();
        assert_eq!(ids, [1, 3, 4]);
    }

    #[test]
    fn alerts_that_fired_are_stretches_up_to_their_end() {
        let of = |kind: &'static str, slo: &str, severity: &str| {
            (kind, json!({ "slo": slo, "objective": "1", "severity": severity }))
        };
        let changes = events(&[
            of("alert.fired", "mine", "page"),
            of("alert.fired", "other", "page"),
            of("alert.fired", "mine", "ticket"),
            of("alert.resolved", "mine", "page"),
            of("alert.resolved", "mine", "page"),
        ]);
        let marks = episodes(&changes, "mine", Lang::En);
        let times: Vec<(&str, Option<&str>)> =
            marks.iter().map(|mark| (mark["at"].as_str().unwrap(), mark["until"].as_str())).collect();
        assert_eq!(times, [("1970-01-01T00:00:00Z", Some("1970-01-01T00:00:03Z")), ("1970-01-01T00:00:02Z", None)]);
    }
}

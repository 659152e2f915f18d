//! Alerts as they are, as they were, and who takes care of them.

use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use super::write::Write;
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::Lang;
use nines_base::lang::Message;
use nines_collect::sli::alert_words::{AlertText, fires};
use nines_collect::sli::alerts::{ALERT_TOPIC, transition_of};
use nines_collect::sli::{Judge, Standing};
use nines_collect::timeline::describe;
use nines_ledger::{Event, EventQuery, Order};
use nines_slo::alert::book::AlertBook;
use nines_slo::alert::episode::{AlertKey, EpisodeId};
use nines_slo::alert::reading::AlertReading;
use nines_slo::alert::rule::UNMEASURED;
use nines_slo::alert::state::{AlertState, Change, Figures};
use nines_slo::alert::telling::{Silence, Silenceable};
use nines_slo::fraction::Fraction;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

/// Changes that the history gives unless told otherwise, and at most.
const LIMIT_DEFAULT: u64 = 50;
const LIMIT_MAX: u64 = 1000;

/// Longest name of who takes care.
const BY_CHARS_MAX: usize = 200;

/// `GET /alerts?history=&all=&slo=&service=`.
pub async fn alerts(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let truth = [("true", true), ("false", false)];
    if asked.word("history", &truth, false)? {
        return history(app, asked).await;
    }
    let shows_all = asked.word("all", &truth, false)?;
    let book = app.judge.alerts();
    let wanted = |slo: &str, service: &str| {
        asked.text("slo").is_none_or(|wanted| wanted == slo) && asked.text("service").is_none_or(|name| name == service)
    };
    let mut standings = app.judge.standings_of(|slo| wanted(&slo.name, &slo.service));
    standings
        .extend(app.judge.story_standings().into_iter().filter(|story| wanted(&story.slo.name, &story.slo.service)));
    let shown = Shown { judge: &app.judge, book: &book, lang: asked.lang };
    let items: Vec<Value> = standings
        .iter()
        .flat_map(|standing| shown.items_of(standing))
        .filter(|item| shows_all || item["state"] != "inactive")
        .collect();
    Ok(Json(json!({ "items": items, "next": null, "watermark": rfc3339(app.judge.watermark()) })))
}

/// An alert in short.
#[derive(Serialize)]
pub(super) struct Brief<'s> {
    severity: &'s str,
    state: &'static str,
    level: &'static str,
    id: Option<String>,
}

/// The alerts of an objective as its own item names them: those of a thousand objectives are one answer.
pub(super) fn brief_of<'s>(standing: &'s Standing, book: &AlertBook) -> Vec<Brief<'s>> {
    let readings = standing.status.alerts.iter().map(|reading| reading.severity.as_str());
    let brief = |severity: &'s str| {
        let state = book.state(&key_of(standing, severity))?;
        let id = state.episode.as_ref().map(|episode| episode.id.to_string());
        Some(Brief { severity, state: state.word(), level: state.level.word(), id })
    };
    let has_own = standing.status.alerts.iter().any(|reading| reading.severity == UNMEASURED);
    readings.chain((!has_own).then_some(UNMEASURED)).filter_map(brief).collect()
}

fn key_of(standing: &Standing, severity: &str) -> AlertKey {
    AlertKey {
        slo: standing.slo.name.clone(),
        objective: standing.status.objective.clone(),
        severity: severity.to_owned(),
    }
}

/// What every item needs.
struct Shown<'a> {
    judge: &'a Judge,
    book: &'a AlertBook,
    lang: Lang,
}

impl Shown<'_> {
    /// Every alert of an objective.
    fn items_of(&self, standing: &Standing) -> Vec<Value> {
        let key = |severity: &str| key_of(standing, severity);
        let mut items: Vec<Value> = Vec::new();
        for reading in &standing.status.alerts {
            items.push(self.item(standing, &key(&reading.severity), Some(reading)));
        }
        let has_own = standing.status.alerts.iter().any(|reading| reading.severity == UNMEASURED);
        if !has_own && !standing.status.is_part && standing.status.not_evaluated.is_none() {
            items.push(self.item(standing, &key(UNMEASURED), None));
        }
        items
    }

    fn item(&self, standing: &Standing, key: &AlertKey, reading: Option<&AlertReading>) -> Value {
        let quiet = AlertState::default();
        let (state, status) = (self.book.state(key).unwrap_or(&quiet), &standing.status);
        let episode = state.episode.as_ref();
        let figures = reading.and_then(|reading| reading.leading(status.target)).map(|leading| Figures {
            long: leading.pair.long,
            short: leading.pair.short,
            threshold: leading.pair.threshold.as_f64(),
            long_burn: leading.long_burn(status.target).map(Fraction::as_f64),
            short_burn: leading.short_burn(status.target).map(Fraction::as_f64),
            budget: None,
        });
        let text = match &figures {
            Some(figures) => fires(key.severity.clone(), status.name.clone(), figures),
            None => AlertText::FiresUnmeasured { slo: status.name.clone() },
        };
        json!({
            "id": episode.map(|episode| episode.id.to_string()),
            "slo": key.slo, "objective": key.objective, "name": status.name, "service": standing.slo.service,
            "severity": key.severity, "state": state.word(), "level": state.level.word(),
            "frozen": state.frozen.map(|(reason, since)| json!({ "reason": reason.word(), "since": rfc3339(since) })),
            "since": state.began().map(rfc3339),
            "startedAt": episode.map(|episode| rfc3339(episode.started)),
            "urgent": episode.map(|episode| episode.is_urgent),
            "acknowledged": episode.and_then(|episode| episode.acknowledged.as_ref())
                .map(|(by, at)| json!({ "by": by, "at": rfc3339(*at) })),
            "silenced": episode.and_then(|episode| self.silence_of(standing, key, reading.is_some(), episode.is_urgent)),
            "told": episode.map(|episode| &episode.told),
            "toldAt": episode.and_then(|episode| episode.told_at).map(rfc3339),
            "conditions": reading.map(|reading| conditions(reading, standing)),
            "text": episode.map(|_| text.text(self.lang)),
        })
    }

    /// Who silenced an alert elsewhere, until when and why.
    fn silence_of(&self, standing: &Standing, key: &AlertKey, is_measured: bool, is_urgent: bool) -> Option<Value> {
        let alert = Silenceable { key, service: &standing.slo.service, is_measured, is_urgent };
        let Silence { id, kept_by, by, comment, until } = self.judge.silence_of(alert)?;
        Some(json!({ "id": id, "in": kept_by, "by": by, "comment": comment, "until": rfc3339(until) }))
    }
}

fn conditions(reading: &AlertReading, standing: &Standing) -> Vec<Value> {
    let target = standing.status.target;
    let condition = |condition: &nines_slo::alert::reading::ConditionReading| {
        json!({
            "long": condition.pair.long.to_string(), "short": condition.pair.short.to_string(),
            "threshold": condition.pair.threshold.as_f64(), "alertAfterUs": condition.alert_after.0,
            "longBurn": condition.long_burn(target).map(Fraction::as_f64),
            "shortBurn": condition.short_burn(target).map(Fraction::as_f64),
            "coverage": condition.coverage.ratio(), "reachable": condition.pair.is_reachable(target),
            "holds": condition.is_holding(target),
        })
    };
    reading.conditions.iter().map(condition).collect()
}

/// Changes of alerts, newest first.
async fn history(app: Arc<App>, asked: Asked) -> Answer {
    let limit = asked.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX)? as usize;
    let is_wanted = |item: &Value| asked.text("slo").is_none_or(|slo| item["slo"] == slo);
    let mut query = EventQuery {
        before: asked.cursor()?,
        topics: vec![ALERT_TOPIC.to_owned()],
        service: asked.text("service").map(str::to_owned),
        order: Order::Newest,
        // The ledger knows services, and not which SLO: that is looked for in as many events as are read at once.
        limit: if asked.text("slo").is_some() { LIMIT_MAX as usize } else { limit },
        ..EventQuery::default()
    };
    let mut items: Vec<Value> = Vec::new();
    loop {
        let events = super::events::read(&app, asked.lang, query.clone()).await?;
        for event in &events {
            items.extend(change_item(event, asked.lang).filter(is_wanted));
            if items.len() == limit {
                return Ok(Json(json!({ "items": items, "next": event.id.to_string() })));
            }
        }
        match events.last() {
            Some(last) if events.len() == query.limit => query.before = Some(last.id),
            _ => return Ok(Json(json!({ "items": items, "next": null }))),
        }
    }
}

fn change_item(event: &Event, lang: Lang) -> Option<Value> {
    let transition = transition_of(event)?;
    let by = match &transition.change {
        Change::Acknowledged { by } => Some(by.clone()),
        _ => None,
    };
    Some(json!({
        "id": event.id, "at": rfc3339(event.at), "change": transition.change.word(),
        "slo": transition.key.slo, "objective": transition.key.objective, "name": transition.name,
        "service": transition.service, "severity": transition.key.severity,
        "episode": transition.episode.map(|id| id.to_string()),
        "startedAt": transition.started.map(rfc3339), "by": by, "tells": transition.tells,
        "text": describe(event, lang),
    }))
}

/// Who takes care.
#[derive(Deserialize)]
pub(super) struct Taking {
    #[serde(default)]
    by: String,
}

/// `POST /alerts/{id}/ack`.
pub async fn acknowledge(State(app): State<Arc<App>>, Path(id): Path<String>, write: Write<Taking>) -> Answer {
    let Write { lang, body: Taking { by } } = write;
    if by.chars().count() > BY_CHARS_MAX {
        let name = "by".to_owned();
        return Err(Problem::bad(lang, Fault::NeedsText { name: name.clone() }, Fault::NeedsTextHint { name }));
    }
    let missing = || Problem::missing(lang, Fault::NoAlert { id: id.clone() }, Fault::NoAlertHint);
    let episode = EpisodeId::parse(&id).ok_or_else(missing)?;
    let judge = app.judge.clone();
    let outcome = tokio::task::spawn_blocking(move || judge.acknowledge(episode, &by)).await;
    let event = match outcome {
        Ok(Ok(event)) => event.ok_or_else(missing)?,
        Ok(Err(error)) => return Err(Problem::internal(lang, &error.to_string())),
        Err(error) => return Err(Problem::internal(lang, &error.to_string())),
    };
    Ok(Json(change_item(&event, lang).unwrap_or(Value::Null)))
}

//! The timeline: what changed, as a list and live.

use super::problem::{Answer, Fault, Problem};
use super::request::{Asked, rfc3339};
use super::write::Write;
use crate::App;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event as SseEvent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use nines_base::Lang;
use nines_collect::timeline::{News, describe};
use nines_ledger::{Event, EventQuery, Ledger, LedgerError, NewEvent, Order};
use serde::Deserialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;

/// Events a list gives unless told otherwise, and at most.
const LIMIT_DEFAULT: u64 = 50;
const LIMIT_MAX: u64 = 1000;

/// Longest service name, version or person in a mark.
const MARK_CHARS_MAX: usize = 200;

/// `GET /events`: newest first as a list; oldest first, then live, as a stream.
pub async fn events(State(app): State<Arc<App>>, asked: Asked, headers: HeaderMap) -> Response {
    let wants_stream = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/event-stream"));
    if wants_stream {
        stream(app, asked, &headers).await.into_response()
    } else {
        list(app, asked).await.into_response()
    }
}

async fn list(app: Arc<App>, asked: Asked) -> Answer {
    let limit = asked.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX)? as usize;
    let since = asked.number("since", 0, 0, u64::MAX)?;
    let query = EventQuery {
        after: since,
        before: asked.cursor()?,
        topics: topics(&asked),
        service: asked.text("service").map(str::to_owned),
        order: Order::Newest,
        limit,
        ..EventQuery::default()
    };
    let events = read(&app, asked.lang, query).await?;
    let next = (events.len() == limit).then(|| events.last().map(|event| event.id.to_string())).flatten();
    let items: Vec<Value> = events.iter().map(|event| item(event, asked.lang)).collect();
    Ok(Json(json!({ "items": items, "next": next })))
}

fn topics(asked: &Asked) -> Vec<String> {
    asked.text("topics").map(|list| list.split(',').map(str::to_owned).collect()).unwrap_or_default()
}

pub(super) async fn read(app: &Arc<App>, lang: Lang, query: EventQuery) -> Result<Vec<Event>, Problem> {
    let ledger = app.ledger.clone();
    let outcome = tokio::task::spawn_blocking(move || ledger.events(&query)).await;
    match outcome {
        Ok(events) => events.map_err(|error| Problem::ledger(lang, &error)),
        Err(error) => {
            tracing::error!(%error, "reading events ended abnormally");
            Ok(Vec::new())
        }
    }
}

/// All events of a query, the oldest first, however many there are.
pub(super) async fn read_all(app: &Arc<App>, lang: Lang, query: EventQuery) -> Result<Vec<Event>, Problem> {
    let ledger = app.ledger.clone();
    match tokio::task::spawn_blocking(move || all_events(&*ledger, query)).await {
        Ok(events) => events.map_err(|error| Problem::ledger(lang, &error)),
        Err(error) => Err(Problem::internal(lang, &error.to_string())),
    }
}

fn all_events(ledger: &dyn Ledger, mut query: EventQuery) -> Result<Vec<Event>, LedgerError> {
    let mut all: Vec<Event> = Vec::new();
    loop {
        let events = ledger.events(&query)?;
        let n_events = events.len();
        all.extend(events);
        match all.last() {
            Some(last) if n_events == query.limit => query.after = last.id,
            _ => return Ok(all),
        }
    }
}

/// An event as it is sent.
pub fn item(event: &Event, lang: Lang) -> Value {
    json!({
        "id": event.id, "at": rfc3339(event.at), "kind": event.kind, "service": event.service,
        "subject": event.subject, "text": describe(event, lang),
    })
}

/// Subscribes first and reads the past second, so that no event falls between; repeats are dropped by id.
async fn stream(app: Arc<App>, asked: Asked, headers: &HeaderMap) -> Response {
    let mut news = app.timeline.subscribe();
    let resume = headers.get("last-event-id").and_then(|value| value.to_str().ok()).and_then(|id| id.parse().ok());
    let since = resume.or_else(|| asked.text("since").and_then(|since| since.parse::<u64>().ok()));
    let topics = topics(&asked);
    let lang = asked.lang;
    let past = match since {
        None => Vec::new(),
        Some(after) => {
            let query = EventQuery { after, topics: topics.clone(), ..EventQuery::default() };
            match read(&app, lang, query).await {
                Ok(events) => events,
                Err(problem) => return problem.into_response(),
            }
        }
    };
    let (send, receive) = tokio::sync::mpsc::channel::<Result<SseEvent, Infallible>>(64);
    tokio::spawn(async move {
        let mut last = 0;
        for event in &past {
            last = event.id;
            if send.send(Ok(timeline_event(event, lang))).await.is_err() {
                return;
            }
        }
        loop {
            let message = match news.recv().await {
                Ok(News::Event(event)) if event.id > last && wanted(&event, &topics) => timeline_event(&event, lang),
                Ok(News::Event(_)) => continue,
                Ok(News::Slos) => SseEvent::default().event("slos").data("{}"),
                Ok(News::Traces) => SseEvent::default().event("traces").data("{}"),
                // A slow reader missed some; it asks for what it shows again.
                Err(RecvError::Lagged(_)) => SseEvent::default().event("slos").data("{}"),
                Ok(News::Bye) | Err(RecvError::Closed) => return,
            };
            if send.send(Ok(message)).await.is_err() {
                return;
            }
        }
    });
    let messages = tokio_stream::wrappers::ReceiverStream::new(receive);
    Sse::new(messages).keep_alive(KeepAlive::default()).into_response()
}

fn timeline_event(event: &Event, lang: Lang) -> SseEvent {
    SseEvent::default().event("timeline").id(event.id.to_string()).data(item(event, lang).to_string())
}

fn wanted(event: &Event, topics: &[String]) -> bool {
    let of_topic = |topic: &String| {
        event.kind == *topic || event.kind.strip_prefix(topic.as_str()).is_some_and(|rest| rest.starts_with('.'))
    };
    topics.is_empty() || topics.iter().any(of_topic)
}

/// A deploy to mark.
#[derive(Deserialize)]
pub(super) struct DeployMark {
    service: String,
    version: String,
    #[serde(default)]
    by: String,
}

/// `POST /deploys`.
pub async fn mark_deploy(State(app): State<Arc<App>>, write: Write<DeployMark>) -> Result<Response, Problem> {
    let Write { lang, body: mark } = write;
    for (name, text) in [("service", &mark.service), ("version", &mark.version)] {
        if text.trim().is_empty() || text.chars().count() > MARK_CHARS_MAX {
            let name = name.to_owned();
            return Err(Problem::bad(lang, Fault::NeedsText { name: name.clone() }, Fault::NeedsTextHint { name }));
        }
    }
    let event = NewEvent {
        at: app.clock.now(),
        kind: "deploy.marked".into(),
        service: mark.service.clone(),
        subject: mark.version.clone(),
        payload: json!({ "version": mark.version, "by": mark.by }).to_string(),
    };
    let ledger = app.ledger.clone();
    let written = tokio::task::spawn_blocking(move || ledger.append(&[event])).await;
    match written {
        Ok(Ok(events)) => {
            let body: Vec<Value> = events.iter().map(|event| item(event, lang)).collect();
            Ok((StatusCode::CREATED, Json(body.into_iter().next().unwrap_or(Value::Null))).into_response())
        }
        Ok(Err(error)) => Err(Problem::ledger(lang, &error)),
        Err(error) => {
            tracing::error!(%error, "marking a deploy ended abnormally");
            Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_ledger::SqliteLedger;

    #[test]
    fn all_events_are_read_however_few_a_query_gives() {
        let ledger = SqliteLedger::in_memory().unwrap();
        let event = |kind: &str| NewEvent { kind: kind.into(), payload: "{}".into(), ..NewEvent::default() };
        let written: Vec<NewEvent> = (0..7).map(|n| event(if n == 3 { "b" } else { "a" })).collect();
        ledger.append(&written).unwrap();
        for limit in [1, 2, 3, 6, 7, 100] {
            let query = EventQuery { topics: vec!["a".into()], limit, ..EventQuery::default() };
            let ids: Vec<u64> = all_events(&ledger, query).unwrap().iter().map(|event| event.id).collect();
            assert_eq!(ids, [1, 2, 3, 5, 6, 7], "{limit}");
        }
    }
}

//! A trace that somebody brings along: drawn as one of the store would be, and not stored.

use super::problem::{Answer, Fault, Problem};
use super::request::Asked;
use super::trace_detail::Drawn;
use crate::App;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use nines_base::{Lang, TraceId};
use nines_collect::body::BODY_BYTES_MAX;
use nines_span::{Span, zipkin};
use nines_trace::tree::Trace;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Traces that are read and drawn at once: each holds a body of ten megabytes and what it becomes.
const DRAWINGS_MAX: usize = 2;
static DRAWINGS: Semaphore = Semaphore::const_new(DRAWINGS_MAX);

/// Longest wait for a body, so that one that trickles does not keep others out.
const BODY_WAIT_MAX: Duration = Duration::from_secs(20);

/// `POST /traces/draw`: what `GET /traces/{id}` would answer of the trace in the body, in any of Zipkin's encodings.
pub async fn draw(State(app): State<Arc<App>>, asked: Asked, body: Body) -> Answer {
    let lang = asked.lang;
    let _turn = DRAWINGS.acquire().await;
    let too_large =
        |_| Problem::bad(lang, Fault::TraceTooLarge { bytes_max: BODY_BYTES_MAX }, Fault::TraceTooLargeHint);
    let body = timeout(BODY_WAIT_MAX, to_bytes(body, BODY_BYTES_MAX)).await;
    let body = body.map_err(|_| unreadable(lang, "it does not arrive"))?.map_err(too_large)?;
    let drawn = tokio::task::spawn_blocking(move || drawn(&body, lang, &app, &asked)).await;
    drawn.unwrap_or_else(|error| Err(Problem::internal(lang, &error.to_string()))).map(Json)
}

fn drawn(body: &[u8], lang: Lang, app: &App, asked: &Asked) -> Result<Value, Problem> {
    let spans = zipkin::read_spans(body).map_err(|error| unreadable(lang, &error.to_string()))?;
    let Some(id) = spans.first().map(|span| span.trace_id) else { return Err(unreadable(lang, "it holds no span")) };
    check_is_one(&spans, id, lang)?;
    // A service that the store has never seen is numbered behind those it has, for this answer alone.
    let (known, mut strangers) = (app.colors.count(), BTreeSet::new());
    strangers.extend(spans.iter().map(|span| span.local.service.to_lowercase()));
    strangers.retain(|name| app.colors.known(name).is_none());
    let color_of = |name: &str| {
        let place = || known + strangers.iter().take_while(|other| **other != name.to_lowercase()).count();
        app.colors.known(name).unwrap_or_else(|| place() as u32)
    };
    Drawn::of(Trace::assemble(spans)).answer(id, asked, color_of)
}

/// Refuses spans of several traces; halves of an id are one id, as where the store compares them so.
fn check_is_one(spans: &[Span], id: TraceId, lang: Lang) -> Result<(), Problem> {
    let ids: BTreeSet<u64> = spans.iter().map(|span| span.trace_id.0 as u64).collect();
    if ids.len() == 1 {
        return Ok(());
    }
    let fact = Fault::SeveralTraces { traces: ids.len(), id: id.to_string() };
    Err(Problem::bad(lang, fact, Fault::SeveralTracesHint))
}

fn unreadable(lang: Lang, detail: &str) -> Problem {
    Problem::bad(lang, Fault::NoSpans { detail: detail.to_owned() }, Fault::NoSpansHint)
}

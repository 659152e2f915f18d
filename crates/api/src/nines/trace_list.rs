//! Traces that match a filter, newest first, each in one line: summaries, never spans.

use super::partial;
use super::problem::Answer;
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_base::{DurationUs, Timestamp};
use nines_storage::{Gaps, SpanStore, StoreError, TraceHit, TraceQuery};
use nines_trace::tree::{Summary, Trace, summary};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;

/// Window unless told otherwise.
const SINCE_DEFAULT: DurationUs = DurationUs::from_secs(3600);

/// Traces given unless told otherwise, and at most.
const LIMIT_DEFAULT: u64 = 50;
const LIMIT_MAX: u64 = 1000;

/// `GET /traces?q=&from=&to=&since=&limit=&cursor=`. A cursor is the place behind the last trace given:
/// its time in microseconds and how many traces of that very time were given.
pub async fn list(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let started = Instant::now();
    let filter = asked.filter()?;
    let mut window = asked.window(&app, SINCE_DEFAULT)?;
    let limit = asked.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX)? as usize;
    let skip = match asked.text("cursor") {
        None => 0,
        Some(cursor) => {
            let (time_us, skip) = read_cursor(cursor).ok_or_else(|| asked.bad_cursor(cursor))?;
            window.to = window.to.min(Timestamp(time_us));
            skip
        }
    };
    let clauses = if filter.is_empty() { Vec::new() } else { vec![filter] };
    // One more than wanted tells whether there is a next page.
    let query = TraceQuery { clauses, window, limit: limit + skip + 1, strict_trace_id: app.settings.strict_trace_id };
    let store = app.store.clone();
    let (summaries, next, gaps) = super::reading(asked.lang, move || {
        let mut gaps = Gaps::default();
        let hits = store.find(&query)?.into_value(&mut gaps);
        let page = &hits[skip.min(hits.len())..];
        let next = (page.len() > limit).then(|| cursor_behind(&hits[..skip + limit]));
        let summaries = summaries(&*store, &page[..page.len().min(limit)], query.strict_trace_id, &mut gaps)?;
        Ok((summaries, next.flatten(), gaps))
    })
    .await?;
    let items: Vec<Value> = summaries.iter().map(item).collect();
    let took_us = started.elapsed().as_micros() as u64;
    let cut = partial::words(&gaps, asked.lang);
    let mut document = json!({ "items": items, "next": next, "tookUs": took_us, "cut": cut });
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}

fn summaries(
    store: &dyn SpanStore,
    hits: &[TraceHit],
    strict: bool,
    gaps: &mut Gaps,
) -> Result<Vec<Summary>, StoreError> {
    let mut of_hit = |hit: &TraceHit| {
        let spans = store.trace(hit.trace_id, strict)?.into_value(gaps);
        Ok(summary(&Trace::assemble(spans)))
    };
    hits.iter().map(&mut of_hit).collect()
}

fn cursor_behind(given: &[TraceHit]) -> Option<String> {
    let last = given.last()?;
    let same = given.iter().rev().take_while(|hit| hit.time_us == last.time_us).count();
    Some(format!("{}.{same}", last.time_us))
}

fn read_cursor(text: &str) -> Option<(i64, usize)> {
    let (time, same) = text.split_once('.')?;
    let same: usize = same.parse().ok()?;
    (same <= LIMIT_MAX as usize).then_some((time.parse().ok()?, same))
}

fn item(summary: &Summary) -> Value {
    let start_us = summary.time_us.unwrap_or(0);
    let services: Vec<Value> = summary
        .services
        .iter()
        .map(|share| json!({ "name": share.service, "spans": share.n_spans, "durationUs": share.self_us }))
        .collect();
    json!({
        "traceId": summary.trace_id.to_string(),
        "start": rfc3339(Timestamp(start_us as i64)), "startUs": start_us, "durationUs": summary.duration_us,
        "root": { "service": summary.root_service, "name": summary.root_op },
        "spans": summary.n_spans, "errors": summary.n_errors, "services": services,
    })
}

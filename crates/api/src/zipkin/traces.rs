//! Traces by search, by id, and several by their ids.

use super::answer::{QueryError, json, json_with, reading};
use super::parameters::Parameters;
use crate::App;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use nines_base::id::{IdError, parse_hex};
use nines_base::{Timestamp, TraceId};
use nines_span::{Span, otlp, zipkin};
use nines_storage::{Gaps, TraceQuery, Window};
use nines_trace::filter::zipkin::TracesParameters;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Ids that `traceMany` reads; what comes after is one last, unreadable id, as in Zipkin.
const TRACE_IDS_MAX: usize = 1000;

/// `GET /api/v2/traces`.
pub async fn search(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, QueryError> {
    let query = read_query(&app, &Parameters::read(query.as_deref()))?;
    if !app.settings.zipkin.search_enabled {
        return Ok(json(b"[]".to_vec()));
    }
    let store = app.store.clone();
    let (body, gaps) = reading(&app, move || {
        let mut gaps = Gaps::default();
        let mut body = vec![b'['];
        for hit in store.find(&query)?.into_value(&mut gaps) {
            write_trace(&mut body, &store.trace(hit.trace_id, query.strict_trace_id)?.into_value(&mut gaps));
        }
        body.push(b']');
        Ok((body, gaps))
    })
    .await?;
    Ok(json_with(body, &gaps))
}

/// `GET /api/v2/trace/{id}`.
pub async fn one(State(app): State<Arc<App>>, Path(text): Path<String>) -> Result<Response, QueryError> {
    let id = read_id(text.trim())?;
    let (store, strict) = (app.store.clone(), app.settings.strict_trace_id);
    let answer = reading(&app, move || Ok(store.trace(id, strict)?)).await?;
    if answer.value.is_empty() {
        return Err(QueryError::nothing(format!("{id} not found"), &answer.gaps));
    }
    let mut body = Vec::new();
    write_trace(&mut body, &answer.value);
    Ok(json_with(body, &answer.gaps))
}

/// `GET /api/v2/traceMany?traceIds=`.
pub async fn many(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, QueryError> {
    let parameters = Parameters::read(query.as_deref());
    let (store, strict) = (app.store.clone(), app.settings.strict_trace_id);
    let mut ids = read_ids(parameters.mandatory("traceIds")?)?;
    if !strict {
        // Ids that share their low half are one trace here, which is told once.
        let mut seen = BTreeSet::new();
        ids.retain(|id| seen.insert(id.low()));
    }
    let (body, gaps) = reading(&app, move || {
        let mut gaps = Gaps::default();
        let mut body = vec![b'['];
        for id in ids {
            let spans = store.trace(id, strict)?.into_value(&mut gaps);
            if !spans.is_empty() {
                write_trace(&mut body, &spans);
            }
        }
        body.push(b']');
        Ok((body, gaps))
    })
    .await?;
    Ok(json_with(body, &gaps))
}

/// Every number is read before any is judged, and they are judged in Zipkin's order: of several faults
/// its clients are told the same one.
fn read_query(app: &App, parameters: &Parameters) -> Result<TraceQuery, QueryError> {
    let min_duration_us = parameters.number("minDuration")?;
    let max_duration_us = parameters.number("maxDuration")?;
    let end_ms = parameters.number("endTs")?;
    let lookback_ms = parameters.number("lookback")?;
    let limit = parameters.small_number("limit")?;
    let window = read_window(app, end_ms, lookback_ms, || above_zero("limit", limit.map(i64::from)))?;
    above_zero("minDuration", min_duration_us)?;
    match (min_duration_us, max_duration_us) {
        (None, Some(_)) => return Err(QueryError::bad("maxDuration is only valid with minDuration")),
        (Some(min), Some(max)) if max < min => return Err(QueryError::bad("maxDuration < minDuration")),
        _ => {}
    }
    let asked = TracesParameters {
        service_name: parameters.text("serviceName").unwrap_or_default(),
        remote_service_name: parameters.text("remoteServiceName").unwrap_or_default(),
        span_name: parameters.text("spanName").unwrap_or_default(),
        annotation_query: parameters.text("annotationQuery").unwrap_or_default(),
        min_duration_us: min_duration_us.map(i64::unsigned_abs),
        max_duration_us: max_duration_us.map(i64::unsigned_abs),
    };
    let limit = limit.map_or(app.settings.zipkin.query_limit, |limit| limit.unsigned_abs() as usize);
    Ok(TraceQuery { clauses: asked.clauses(), window, limit, strict_trace_id: app.settings.strict_trace_id })
}

/// `endTs` and `lookback` in milliseconds, both ends included to the millisecond; `between` is judged
/// after the one and before the other.
pub fn read_window(
    app: &App,
    end_ms: Option<i64>,
    lookback_ms: Option<i64>,
    between: impl FnOnce() -> Result<(), QueryError>,
) -> Result<Window, QueryError> {
    above_zero("endTs", end_ms)?;
    between()?;
    above_zero("lookback", lookback_ms)?;
    let end_ms = end_ms.unwrap_or_else(|| app.clock.now().0 / 1000);
    let lookback_ms = lookback_ms.unwrap_or(app.settings.query_lookback.0 / 1000);
    Ok(Window {
        from: Timestamp(end_ms.saturating_sub(lookback_ms).saturating_mul(1000)),
        to: Timestamp(end_ms.saturating_mul(1000).saturating_add(999)),
    })
}

fn above_zero(name: &str, number: Option<i64>) -> Result<(), QueryError> {
    match number {
        Some(number) if number <= 0 => Err(QueryError::bad(format!("{name} <= 0"))),
        _ => Ok(()),
    }
}

fn read_ids(text: &str) -> Result<Vec<TraceId>, QueryError> {
    let pieces: Vec<&str> = text.splitn(TRACE_IDS_MAX, ',').collect();
    match pieces[..] {
        [""] => return Err(QueryError::bad("traceIds parameter is empty")),
        [_] => {
            return Err(QueryError::bad("Use /api/v2/trace/{traceId} endpoint to retrieve a single trace"));
        }
        _ => {}
    }
    let mut seen = BTreeSet::new();
    let mut ids = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let id = read_id(piece)?;
        if !seen.insert(id) {
            return Err(QueryError::bad(format!("redundant traceId: {piece}")));
        }
        ids.push(id);
    }
    Ok(ids)
}

/// Zipkin's rules for an id in a path, with its texts.
fn read_id(text: &str) -> Result<TraceId, QueryError> {
    let fault = |error| match error {
        IdError::Empty => QueryError::bad("traceId is empty"),
        IdError::TooLong => QueryError::bad("traceId.length > 32"),
        IdError::NotLowerHex => QueryError::bad(format!("{text} should be lower-hex encoded with no prefix")),
        IdError::AllZeros => QueryError::bad("traceId is all zeros"),
    };
    match parse_hex(text.as_bytes(), 32).map_err(fault)? {
        0 => Err(fault(IdError::AllZeros)),
        id => Ok(TraceId(id)),
    }
}

/// Appends one trace as a list of spans, after a comma where another stands before it.
fn write_trace(body: &mut Vec<u8>, spans: &[Span]) {
    if body.last().is_some_and(|last| *last == b']') {
        body.push(b',');
    }
    let shown: Vec<_> = spans.iter().map(otlp::zipkin_view).collect();
    zipkin::json_v2::write_list(shown.iter().map(|span| &**span), body);
}

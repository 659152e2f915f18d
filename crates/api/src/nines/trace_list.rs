//! Traces that match a filter, newest or slowest first, each in one line: summaries, never spans.

use super::partial;
use super::problem::Answer;
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_base::{DurationUs, FineMicros, Lang, Timestamp, TraceId};
use nines_storage::{AggregateQuery, Gaps, SpanStore, StoreError, TraceHit, TraceQuery, Window};
use nines_trace::filter::term::{DurationCompare, Order};
use nines_trace::filter::{Filter, Term, Test};
use nines_trace::tree::{Summary, Trace, summary};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Instant;

/// Window unless told otherwise.
const SINCE_DEFAULT: DurationUs = DurationUs::from_secs(3600);

/// Traces given unless told otherwise, and at most.
const LIMIT_DEFAULT: u64 = 50;
const LIMIT_MAX: u64 = 1000;

/// What stands first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Newest,
    Slowest,
}

/// `GET /traces?q=&from=&to=&since=&sort=&limit=&cursor=`. A cursor is the place behind the last trace given:
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
    if asked.word("sort", &[("newest", First::Newest), ("slowest", First::Slowest)], First::Newest)? == First::Slowest {
        return slowest(&app, &asked, filter, window, limit, started).await;
    }
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
    Ok(Json(document(&summaries, next, &gaps, asked.lang, started)))
}

/// The `limit` traces with the slowest spans that match, slowest trace first; a cursor there is none.
async fn slowest(
    app: &Arc<App>,
    asked: &Asked,
    filter: Filter,
    window: Window,
    limit: usize,
    started: Instant,
) -> Answer {
    let (store, strict) = (app.store.clone(), app.settings.strict_trace_id);
    let (summaries, gaps) = super::reading(asked.lang, move || {
        let mut gaps = Gaps::default();
        let Some(last) = bucket_of_slowest(&*store, &filter, window, limit, &mut gaps)? else {
            return Ok((Vec::new(), gaps));
        };
        let mut find = |from_us: u64, until_us: u64, limit: usize| -> Result<Vec<TraceHit>, StoreError> {
            let bound =
                |order, us| Term::new(Test::Duration(DurationCompare::Ordered(order, FineMicros { us, sub_ns: 0 })));
            let bounds = [bound(Order::Ge, from_us), bound(Order::Lt, until_us)];
            let clause = Filter::from_terms(filter.terms().iter().cloned().chain(bounds).collect());
            let query = TraceQuery { clauses: vec![clause], window, limit, strict_trace_id: strict };
            Ok(store.find(&query)?.into_value(&mut gaps))
        };
        // All that are slower than the last bucket, and of that twice as many as can be wanted: the filter does not
        // tell them apart.
        let after = last.end().saturating_add(1);
        let mut hits = find(after, u64::MAX, limit)?;
        let of_last = find(*last.start(), after, 2 * limit)?;
        let known: HashSet<TraceId> = hits.iter().map(|hit| hit.trace_id).collect();
        hits.extend(of_last.into_iter().filter(|hit| !known.contains(&hit.trace_id)));
        let mut found = summaries(&*store, &hits, strict, &mut gaps)?;
        found.sort_by_key(|summary| std::cmp::Reverse(summary.duration_us));
        found.truncate(limit);
        Ok((found, gaps))
    })
    .await?;
    Ok(Json(document(&summaries, None, &gaps, asked.lang, started)))
}

/// The bucket of durations that the `n_wanted`-th slowest of the spans that match is in, or the lowest where there are
/// fewer; `None` where none has a duration.
fn bucket_of_slowest(
    store: &dyn SpanStore,
    filter: &Filter,
    window: Window,
    n_wanted: usize,
    gaps: &mut Gaps,
) -> Result<Option<RangeInclusive<u64>>, StoreError> {
    let query = AggregateQuery::new(filter.clone(), window, Vec::new(), 1, true);
    let Ok(query) = query else { return Ok(None) }; // no dimension of it can be at fault
    let histogram = store.aggregate(&query)?.into_value(gaps).total.histogram;
    let mut n_slower = 0;
    let buckets: Vec<(RangeInclusive<u64>, u64)> = histogram.iter().collect();
    Ok(buckets.iter().rev().find_map(|(bounds, count)| {
        n_slower += count;
        (n_slower >= n_wanted as u64 || *bounds == buckets[0].0).then_some(bounds.clone())
    }))
}

fn document(summaries: &[Summary], next: Option<String>, gaps: &Gaps, lang: Lang, started: Instant) -> Value {
    let items: Vec<Value> = summaries.iter().map(item).collect();
    let took_us = started.elapsed().as_micros() as u64;
    let mut document = json!({ "items": items, "next": next, "tookUs": took_us, "cut": partial::words(gaps, lang) });
    partial::mark(&mut document, gaps);
    document
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

//! The events behind an SLO's figures: which spans were bad, and what they have in common.

use super::partial;
use super::problem::{Answer, Problem};
use super::request::{Asked, rfc3339};
use super::slos;
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::{DurationUs, Lang, Timestamp};
use nines_slo::count::Question;
use nines_slo::model::Objective;
use nines_span::{Span, SpanFields};
use nines_storage::{Answer as Partly, Gaps, SpanStore, StoreError, TraceQuery, Window};
use nines_trace::filter::Filter;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Traces read for one question. Bad events are found by a filter that only they satisfy, so this is
/// also the most bad events looked at.
const TRACES_READ_MAX: usize = 500;

/// Events listed unless told otherwise, and at most.
const LIMIT_DEFAULT: u64 = 50;
const LIMIT_MAX: u64 = TRACES_READ_MAX as u64;

/// Tag values shown of what bad events share.
const SHARED_MAX: usize = 10;

/// A value shared by less than this part of the bad events explains nothing.
const SHARED_PART_MIN: f64 = 0.1;

/// One bad event.
struct BadEvent {
    span: Span,
    ended: Timestamp,
}

/// `GET /slos/{name}/events?verdict=bad`: the newest bad events, and the tags that set them apart.
pub async fn events(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    asked.word("verdict", &[("bad", ())], ())?;
    let limit = asked.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX)? as usize;
    let standings = slos::named(&app, &name, asked.lang)?;
    let standing = &standings[0];
    let length = standing.status.reach().unwrap_or(DurationUs::from_secs(86_400));
    let window = asked.window(&app, length)?;
    let objective = standing.objective.clone();
    let store = app.store.clone();
    let (bad, all, gaps) = super::reading(asked.lang, move || {
        let mut gaps = Gaps::default();
        let bad = find_bad(&*store, &objective, window, TRACES_READ_MAX)?.into_value(&mut gaps);
        let all = find_valid(&*store, &objective, window, TRACES_READ_MAX)?.into_value(&mut gaps);
        Ok((bad, all, gaps))
    })
    .await?;
    let items: Vec<Value> = bad
        .iter()
        .take(limit)
        .map(|event| {
            let span = &event.span;
            json!({ "at": rfc3339(event.ended), "traceId": span.trace_id.to_string(), "spanId": span.id.to_string(),
                    "service": span.local.service, "name": span.name, "durationUs": span.duration.us })
        })
        .collect();
    let mut document = json!({ "items": items, "next": null, "shared": shared(&bad, &all) });
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}

/// Ids of the newest traces with a bad event of an SLO, named as the gate names it. Evidence must not
/// keep a verdict from being given: what cannot be read is left out.
pub(super) async fn trace_ids(app: &Arc<App>, lang: Lang, full_name: &str, limit: usize) -> Vec<String> {
    let Some(standing) = app.judge.standings().into_iter().find(|standing| standing.full_name() == full_name) else {
        return Vec::new();
    };
    let to = app.clock.now();
    let window = Window { from: to - standing.status.reach().unwrap_or_default(), to };
    let store = app.store.clone();
    let found: Result<Partly<Vec<BadEvent>>, Problem> =
        super::reading(lang, move || find_bad(&*store, &standing.objective, window, limit)).await;
    let mut seen = BTreeSet::new();
    let ids = found.map(|found| found.value).unwrap_or_default().into_iter().map(|event| event.span.trace_id);
    ids.filter(|id| seen.insert(*id)).take(limit).map(|id| id.to_string()).collect()
}

/// The newest bad events of an objective that ended in the window.
fn find_bad(
    store: &dyn SpanStore,
    objective: &Objective,
    window: Window,
    traces_max: usize,
) -> Result<Partly<Vec<BadEvent>>, StoreError> {
    let mut events = Partly::default();
    let Some(question) = Question::of(&objective.sli) else { return Ok(events) };
    let mut traces = BTreeSet::new();
    for filter in question.bad_filters() {
        for trace in find_traces(store, filter, window, traces_max)?.into_value(&mut events.gaps) {
            if traces.insert(trace) {
                collect(store, trace, window, &mut events, |span| question.answer(span) == Some(false))?;
            }
        }
    }
    events.value.sort_by_key(|event| std::cmp::Reverse(event.ended));
    Ok(events)
}

/// Valid events of the same window, to compare with.
fn find_valid(
    store: &dyn SpanStore,
    objective: &Objective,
    window: Window,
    traces_max: usize,
) -> Result<Partly<Vec<BadEvent>>, StoreError> {
    let mut events = Partly::default();
    let Some(question) = Question::of(&objective.sli) else { return Ok(events) };
    for trace in find_traces(store, question.valid().clone(), window, traces_max)?.into_value(&mut events.gaps) {
        collect(store, trace, window, &mut events, |span| question.answer(span).is_some())?;
    }
    Ok(events)
}

fn find_traces(
    store: &dyn SpanStore,
    filter: Filter,
    window: Window,
    limit: usize,
) -> Result<Partly<Vec<nines_base::TraceId>>, StoreError> {
    // A span may end in the window although its trace began before; a day covers any request.
    let from = window.from - DurationUs::from_secs(60).min(window.to - window.from);
    let query = TraceQuery { clauses: vec![filter], window: Window { from, ..window }, limit, strict_trace_id: true };
    Ok(store.find(&query)?.map(|hits| hits.into_iter().map(|hit| hit.trace_id).collect()))
}

fn collect(
    store: &dyn SpanStore,
    trace: nines_base::TraceId,
    window: Window,
    events: &mut Partly<Vec<BadEvent>>,
    wanted: impl Fn(&Span) -> bool,
) -> Result<(), StoreError> {
    for span in store.trace(trace, true)?.into_value(&mut events.gaps) {
        let Some(ended) = span.end_us().filter(|ended| window.contains(*ended)) else { continue };
        if wanted(&span) {
            events.value.push(BadEvent { ended: Timestamp(ended as i64), span });
        }
    }
    Ok(())
}

/// Tag values that many of the bad events carry and few of all: what to look at first.
fn shared(bad: &[BadEvent], all: &[BadEvent]) -> Vec<Value> {
    let (of_bad, of_all) = (count_values(bad), count_values(all));
    let part = |counts: &BTreeMap<(String, String), usize>, key: &(String, String), n: usize| {
        counts.get(key).copied().unwrap_or(0) as f64 / n.max(1) as f64
    };
    let mut rows: Vec<(f64, f64, (String, String))> = of_bad
        .keys()
        .map(|key| (part(&of_bad, key, bad.len()), part(&of_all, key, all.len()), key.clone()))
        .filter(|(bad_part, all_part, _)| *bad_part >= SHARED_PART_MIN && bad_part > all_part)
        .collect();
    rows.sort_by(|a, b| (b.0 - b.1).total_cmp(&(a.0 - a.1)).then_with(|| a.2.cmp(&b.2)));
    rows.into_iter()
        .take(SHARED_MAX)
        .map(|(bad_share, all_share, (key, value))| {
            json!({ "key": key, "value": value, "badShare": bad_share, "allShare": all_share })
        })
        .collect()
}

fn count_values(events: &[BadEvent]) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for event in events {
        for (key, value) in &event.span.tags {
            *counts.entry((key.clone(), value.as_ref().text().into_owned())).or_default() += 1;
        }
    }
    counts
}

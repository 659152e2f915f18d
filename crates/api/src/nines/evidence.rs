//! The events behind an SLO's figures: which spans were bad, and what they have in common.

use super::partial;
use super::problem::Answer;
use super::request::{Asked, rfc3339};
use super::slos;
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::{DurationUs, Timestamp};
use nines_collect::sli::Standing;
use nines_slo::count::Inquiry;
use nines_slo::model::Slo;
use nines_span::{Span, SpanFields};
use nines_storage::{Answer as Partly, Gaps, SpanStore, StoreError, TraceQuery, Window};
use nines_trace::filter::Filter;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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
    let inquiries = inquiries_of(standing);
    let store = app.store.clone();
    let (bad, all, gaps) = super::reading(asked.lang, move || {
        let mut gaps = Gaps::default();
        let bad = find_bad(&*store, &inquiries, window, TRACES_READ_MAX)?.into_value(&mut gaps);
        let all = find_valid(&*store, &inquiries, window, TRACES_READ_MAX)?.into_value(&mut gaps);
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

/// Traces named as evidence of one reason.
const TRACES_PER_REASON: usize = 5;

/// Evidence found this long ago is found again, while it still serves.
const FRESH_FOR: Duration = Duration::from_secs(5);

/// Evidence found longer ago is not given any more.
const KEPT_FOR: Duration = Duration::from_secs(60);

/// Longest wait for evidence that nobody has looked for yet. A verdict must not wait for a search: what comes
/// later serves the next one.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// The newest traces with a bad event of each SLO that was asked for, as the gate names it.
#[derive(Clone, Default)]
pub struct Evidence {
    found: Arc<Mutex<BTreeMap<String, Found>>>,
}

#[derive(Clone)]
struct Found {
    at: Instant,
    ids: Vec<String>,
    /// Whether somebody looks again.
    is_sought: bool,
}

impl Evidence {
    fn found(&self) -> MutexGuard<'_, BTreeMap<String, Found>> {
        // A panic leaves a map that is still whole.
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was found of an SLO, and whether to look again.
    fn known(&self, slo: &str) -> (Option<Vec<String>>, bool) {
        let mut found = self.found();
        let Some(known) = found.get_mut(slo).filter(|known| known.at.elapsed() < KEPT_FOR) else { return (None, true) };
        let seeks = known.at.elapsed() >= FRESH_FOR && !known.is_sought;
        known.is_sought |= seeks;
        (Some(known.ids.clone()), seeks)
    }

    fn keep(&self, slo: String, ids: Vec<String>) {
        let mut found = self.found();
        found.retain(|_, known| known.at.elapsed() < KEPT_FOR);
        found.insert(slo, Found { at: Instant::now(), ids, is_sought: false });
    }
}

/// For each SLO, named as the gate names it, ids of the newest traces with a bad event; none where there is no SLO.
/// Evidence must not keep a verdict from being given: what cannot be read in time is left out.
pub(super) async fn trace_ids(app: &Arc<App>, slos: &[Option<&str>]) -> Vec<Vec<String>> {
    let deadline = tokio::time::Instant::now() + FIRST_WAIT;
    let mut sought = BTreeMap::new();
    let mut known = BTreeMap::new();
    for slo in slos.iter().flatten() {
        if known.contains_key(*slo) {
            continue;
        }
        let (ids, seeks) = app.evidence.known(slo);
        if seeks {
            let look = tokio::task::spawn_blocking({
                let (app, slo) = (app.clone(), (*slo).to_owned());
                move || look_for(&app, slo)
            });
            if ids.is_none() {
                sought.insert(*slo, look);
            }
        }
        known.insert(*slo, ids.unwrap_or_default());
    }
    for (slo, look) in sought {
        if let Ok(Ok(ids)) = tokio::time::timeout_at(deadline, look).await {
            known.insert(slo, ids);
        }
    }
    slos.iter().map(|slo| slo.and_then(|slo| known.get(slo).cloned()).unwrap_or_default()).collect()
}

/// Finds the evidence of an SLO and keeps it for those who ask next.
fn look_for(app: &App, full_name: String) -> Vec<String> {
    let of_name =
        |slo: &Slo| full_name.strip_prefix(&slo.name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let standings = app.judge.standings_of(of_name);
    let Some(standing) = standings.iter().find(|standing| standing.full_name() == full_name) else { return Vec::new() };
    let to = app.clock.now();
    let window = Window { from: to - standing.status.reach().unwrap_or_default(), to };
    let found = find_bad(&*app.store, &inquiries_of(standing), window, TRACES_PER_REASON).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let ids = found.value.into_iter().map(|event| event.span.trace_id).filter(|id| seen.insert(*id));
    let ids: Vec<String> = ids.take(TRACES_PER_REASON).map(|id| id.to_string()).collect();
    app.evidence.keep(full_name, ids.clone());
    ids
}

/// What is asked of spans to judge an objective; of a composite, what its parts ask.
fn inquiries_of(standing: &Standing) -> Vec<Inquiry> {
    let objectives = standing.slo.measured_on(&standing.objective).iter();
    objectives.filter_map(|objective| Inquiry::of(&objective.sli)).collect()
}

/// The newest bad events that ended in the window.
fn find_bad(
    store: &dyn SpanStore,
    inquiries: &[Inquiry],
    window: Window,
    traces_max: usize,
) -> Result<Partly<Vec<BadEvent>>, StoreError> {
    let mut events = Partly::default();
    let is_bad = |trace: &[Span]| -> Vec<bool> {
        let of_each: Vec<Vec<bool>> = inquiries.iter().map(|inquiry| inquiry.bad_among(trace)).collect();
        (0..trace.len()).map(|at| of_each.iter().any(|bad| bad[at])).collect()
    };
    let mut traces = BTreeSet::new();
    for filter in inquiries.iter().flat_map(Inquiry::bad_filters) {
        for trace in find_traces(store, filter, window, traces_max)?.into_value(&mut events.gaps) {
            if traces.insert(trace) {
                collect(store, trace, window, &mut events, is_bad)?;
            }
        }
    }
    events.value.sort_by_key(|event| std::cmp::Reverse(event.ended));
    Ok(events)
}

/// Valid events of the same window, to compare with.
fn find_valid(
    store: &dyn SpanStore,
    inquiries: &[Inquiry],
    window: Window,
    traces_max: usize,
) -> Result<Partly<Vec<BadEvent>>, StoreError> {
    let mut events = Partly::default();
    let is_valid = |trace: &[Span]| -> Vec<bool> {
        trace.iter().map(|span| inquiries.iter().any(|inquiry| inquiry.is_valid(span))).collect()
    };
    let mut traces = BTreeSet::new();
    for inquiry in inquiries {
        for trace in find_traces(store, inquiry.valid().clone(), window, traces_max)?.into_value(&mut events.gaps) {
            if traces.insert(trace) {
                collect(store, trace, window, &mut events, is_valid)?;
            }
        }
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
    wanted: impl Fn(&[Span]) -> Vec<bool>,
) -> Result<(), StoreError> {
    let spans = store.trace(trace, true)?.into_value(&mut events.gaps);
    let wanted = wanted(&spans);
    for (span, is_wanted) in spans.into_iter().zip(wanted) {
        let Some(ended) = span.end_us().filter(|ended| window.contains(*ended)) else { continue };
        if is_wanted {
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

//! The events behind an SLO's figures: which spans were bad, and what they have in common.

use super::partial;
use super::problem::Answer;
use super::request::{Asked, rfc3339};
use super::slos;
use super::trace_detail::status as status_of;
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::{DurationUs, FineMicros, Timestamp};
use nines_collect::sli::Standing;
use nines_slo::count::Inquiry;
use nines_slo::model::Slo;
use nines_span::otlp::resource_attributes;
use nines_span::{Span, SpanFields};
use nines_storage::{Answer as Partly, Gaps, SpanStore, StoreError, TraceQuery, Window};
use nines_trace::filter::term::{DurationCompare, Order};
use nines_trace::filter::{Filter, Term, Test};
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

/// Stretches of the window from each of which as many valid events are taken to compare with: the newest alone would
/// speak of one moment.
const BASELINE_SLICES: i64 = 10;

/// Tag values shown of what bad events share.
const SHARED_MAX: usize = 10;

/// A value shared by less than this part of the bad events explains nothing.
const SHARED_PART_MIN: f64 = 0.1;

/// What fewer bad events carry is not shared.
const SHARED_EVENTS_MIN: usize = 2;

/// One bad event.
struct BadEvent {
    span: Span,
    ended: Timestamp,
}

/// `GET /slos/{name}/events?verdict=bad&objective=&from=&to=&longer=&shorter=&limit=`: the newest bad events, and the
/// values that set them apart.
pub async fn events(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    asked.word("verdict", &[("bad", ())], ())?;
    let limit = asked.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX)? as usize;
    let standing = slos::of_objective(&app, &name, &asked)?;
    let length = standing.status.reach().unwrap_or(DurationUs::from_secs(86_400));
    let window = asked.window(&app, length)?;
    let bounds = [(Order::Ge, asked.duration("longer")?), (Order::Le, asked.duration("shorter")?)];
    let bounds: Vec<Term> = bounds.into_iter().filter_map(|(order, limit)| Some(bound(order, limit?))).collect();
    let inquiries = inquiries_of(&standing);
    let bad_filters: Vec<Filter> = inquiries.iter().flat_map(Inquiry::bad_filters).collect();
    let valid_filters: Vec<Filter> = inquiries.iter().map(|inquiry| inquiry.valid().clone()).collect();
    let store = app.store.clone();
    let (bad, all, gaps) = super::reading(asked.lang, move || {
        let mut gaps = Gaps::default();
        let bad = find_bad(&*store, &inquiries, &bounds, window, TRACES_READ_MAX)?.into_value(&mut gaps);
        let all = find_valid(&*store, &inquiries, window, TRACES_READ_MAX)?.into_value(&mut gaps);
        Ok((bad, all, gaps))
    })
    .await?;
    let texts = |filters: &[Filter]| filters.iter().map(Filter::to_string).collect::<Vec<_>>();
    let items: Vec<Value> = bad
        .iter()
        .take(limit)
        .map(|event| {
            let span = &event.span;
            json!({ "at": rfc3339(event.ended), "traceId": span.trace_id.to_string(), "spanId": span.id.to_string(),
                    "service": span.local.service, "name": span.name, "durationUs": span.duration.us,
                    "status": status_of(span) })
        })
        .collect();
    let mut document = json!({
        "items": items, "next": null, "shared": shared(&bad, &all), "looked": { "bad": bad.len(), "valid": all.len() },
        "filters": { "bad": texts(&bad_filters), "valid": texts(&valid_filters) },
    });
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
    let found = find_bad(&*app.store, &inquiries_of(standing), &[], window, TRACES_PER_REASON).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let ids = found.value.into_iter().map(|event| event.span.trace_id).filter(|id| seen.insert(*id));
    let ids: Vec<String> = ids.take(TRACES_PER_REASON).map(|id| id.to_string()).collect();
    app.evidence.keep(full_name, ids.clone());
    ids
}

/// What is asked of spans to judge an objective; of a composite, what its parts ask.
fn inquiries_of(standing: &Standing) -> Vec<Inquiry> {
    let objectives = standing.slo.measured_on(&standing.objective).iter();
    objectives.filter_map(|objective| Inquiry::of(&objective.sli, &standing.slo.adjustments)).collect()
}

/// The newest bad events that ended in the window and are within bounds.
fn find_bad(
    store: &dyn SpanStore,
    inquiries: &[Inquiry],
    bounds: &[Term],
    window: Window,
    traces_max: usize,
) -> Result<Partly<Vec<BadEvent>>, StoreError> {
    let mut events = Partly::default();
    let is_bad = |trace: &[Span]| -> Vec<bool> {
        let of_each: Vec<Vec<bool>> = inquiries.iter().map(|inquiry| inquiry.bad_among(trace)).collect();
        let is_within = |span: &Span| bounds.iter().all(|bound| bound.holds(span));
        (0..trace.len()).map(|at| is_within(&trace[at]) && of_each.iter().any(|bad| bad[at])).collect()
    };
    let mut traces = BTreeSet::new();
    for filter in inquiries.iter().flat_map(Inquiry::bad_filters) {
        let filter = Filter::from_terms(filter.terms().iter().chain(bounds).cloned().collect());
        for trace in find_traces(store, filter, window, traces_max)?.into_value(&mut events.gaps) {
            if traces.insert(trace) {
                collect(store, trace, window, &mut events, is_bad)?;
            }
        }
    }
    events.value.sort_by_key(|event| std::cmp::Reverse(event.ended));
    Ok(events)
}

fn bound(order: Order, limit: DurationUs) -> Term {
    let limit = FineMicros::from_us(limit.0.max(0) as u64);
    Term::new(Test::Duration(DurationCompare::Ordered(order, limit)))
}

/// Valid events of the whole window, to compare with.
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
    let slice = DurationUs(((window.to - window.from).0 / BASELINE_SLICES).max(1));
    let slices = (0..BASELINE_SLICES).map(|n| window.from + DurationUs(n * slice.0));
    let slices: Vec<Window> = slices.map(|from| Window { from, to: (from + slice).min(window.to) }).collect();
    for (inquiry, slice) in inquiries.iter().flat_map(|inquiry| slices.iter().map(move |slice| (inquiry, *slice))) {
        let of_slice = traces_max / BASELINE_SLICES as usize;
        for trace in find_traces(store, inquiry.valid().clone(), slice, of_slice)?.into_value(&mut events.gaps) {
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

/// Values that many of the bad events carry and few of the good ones: what to look at first.
fn shared(bad: &[BadEvent], all: &[BadEvent]) -> Vec<Value> {
    let ids: BTreeSet<_> = bad.iter().map(|event| (event.span.trace_id, event.span.id)).collect();
    let is_good = |event: &&BadEvent| !ids.contains(&(event.span.trace_id, event.span.id));
    let good: Vec<&BadEvent> = all.iter().filter(is_good).collect();
    let (of_bad, of_good, of_all) = (count_values(bad), count_values(good.iter().copied()), count_values(all));
    let part = |counts: &BTreeMap<(String, String), usize>, key: &(String, String), n: usize| {
        counts.get(key).copied().unwrap_or(0) as f64 / n.max(1) as f64
    };
    let mut rows: Vec<(f64, f64, (String, String))> = of_bad
        .iter()
        .filter(|(_, n)| **n >= SHARED_EVENTS_MIN)
        .map(|(key, _)| (part(&of_bad, key, bad.len()), part(&of_good, key, good.len()), key.clone()))
        .filter(|(bad_part, good_part, _)| *bad_part >= SHARED_PART_MIN && bad_part > good_part)
        .collect();
    rows.sort_by(|a, b| (b.0 - b.1).total_cmp(&(a.0 - a.1)).then_with(|| a.2.cmp(&b.2)));
    let row = |(bad_share, good_share, key): (f64, f64, (String, String))| {
        json!({ "key": key.0, "value": key.1, "badShare": bad_share, "goodShare": good_share,
                "allShare": part(&of_all, &key, all.len()) })
    };
    rows.into_iter().take(SHARED_MAX).map(row).collect()
}

/// How many events carry each value of a tag, of their resource, or of what a filter calls `op`.
fn count_values<'e>(events: impl IntoIterator<Item = &'e BadEvent>) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for event in events {
        let span = &event.span;
        let own = span.tags.iter().map(|(key, value)| (key.clone(), value.as_ref().text().into_owned()));
        let of_resource = resource_attributes(span.resource_bytes());
        let of_resource = of_resource.map(|(key, value)| (key.to_owned(), value.text().into_owned()));
        let named = [("op", &span.name), ("service", &span.local.service)];
        let named = named.map(|(key, value)| (key.to_owned(), value.clone()));
        let values: BTreeSet<(String, String)> = own.chain(of_resource).chain(named).collect();
        for value in values.into_iter().filter(|(_, value)| !value.is_empty()) {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
}

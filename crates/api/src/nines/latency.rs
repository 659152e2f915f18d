//! The spans of an objective over time and duration, with what decides their verdict: a heat-map of good and bad, and
//! what any other limit would have given.

use super::aggregate::default_step_us;
use super::partial;
use super::problem::{Answer, Problem};
use super::request::{Asked, rfc3339};
use super::slos::of_objective;
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use nines_base::{DurationUs, Timestamp};
use nines_slo::threshold::ByDuration;
use nines_storage::aggregate::{GROUPS_MAX, KeyPart};
use nines_storage::{Aggregate, AggregateQuery, Dimension, Gaps, Window};
use nines_trace::filter::Filter;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Buckets for each doubling of the duration, as a power of two: limits between their edges are told to 9 %.
const BUCKETS_LOG2: u8 = 2;

/// A slice and a bucket: its first moment and its durations, in microseconds.
type Cell = (u64, (u64, u64));

/// `GET /slos/{name}/latency?from=&to=&since=&objective=`. An objective that spans do not answer one by one (a
/// composite, events of several spans, figures of another system) has no cells.
pub async fn latency(State(app): State<Arc<App>>, Path(name): Path<String>, asked: Asked) -> Answer {
    let standing = of_objective(&app, &name, &asked)?;
    let window = asked.window(&app, standing.status.reach().unwrap_or(DurationUs::from_secs(86_400)))?;
    let step_us = default_step_us(window);
    let mut document = json!({
        "from": rfc3339(window.from), "to": rfc3339(window.to), "stepUs": step_us, "bucketsPerDoubling": 1 << BUCKETS_LOG2, "thresholdUs": null,
        "start": null, "buckets": [], "cells": [],
    });
    let Some(drawn) = ByDuration::of(&standing.objective.sli) else { return Ok(Json(document)) };
    let query = |filter: &Filter| {
        let by = vec![Dimension::Time { step_us }, Dimension::Duration { buckets_log2: BUCKETS_LOG2 }];
        AggregateQuery::new(filter.clone(), window, by, GROUPS_MAX, false)
            .map_err(|fault| Problem::internal(asked.lang, &fault.to_string()))
    };
    let queries = [query(&drawn.valid)?, query(&drawn.part)?];
    let store = app.store.clone();
    let (counted, gaps) = super::reading(asked.lang, move || {
        let mut gaps = Gaps::default();
        let [valid, part] = &queries;
        let valid = store.aggregate(valid)?.into_value(&mut gaps);
        Ok(([valid, store.aggregate(part)?.into_value(&mut gaps)], gaps))
    })
    .await?;
    document["thresholdUs"] = json!(drawn.limit.map(|limit| limit.0));
    describe(&mut document, &drawn, window, step_us, &counted);
    document["cut"] = json!(partial::words(&gaps, asked.lang));
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}

/// Adds the cells: `[slice, bucket, valid, bad whatever it took, bad beyond the limit]`.
fn describe(document: &mut Value, drawn: &ByDuration, window: Window, step_us: u64, counted: &[Aggregate; 2]) {
    let [valid, part] = counted.each_ref().map(cells);
    let first_us = window.from.0.max(0) as u64 / step_us * step_us;
    let buckets: BTreeSet<(u64, u64)> = valid.keys().map(|(_, bucket)| *bucket).collect();
    let buckets: Vec<(u64, u64)> = buckets.into_iter().collect();
    let row = |(cell, n_valid): (&Cell, &u64)| {
        let n_part = part.get(cell).copied().unwrap_or(0);
        let (failing, limited) = match (drawn.is_part_good, drawn.limit) {
            (true, limit) => (n_valid.saturating_sub(n_part), if limit.is_some() { n_part } else { 0 }),
            (false, Some(_)) => (0, n_part),
            (false, None) => (n_part, 0),
        };
        let bucket = buckets.binary_search(&cell.1).unwrap_or_default();
        json!([(cell.0.saturating_sub(first_us)) / step_us, bucket, n_valid, failing, limited])
    };
    document["cells"] = valid.iter().map(row).collect();
    document["buckets"] = json!(buckets);
    document["start"] = json!(rfc3339(Timestamp(first_us as i64)));
}

/// Spans by slice and bucket; those without a duration have no place.
fn cells(counted: &Aggregate) -> BTreeMap<Cell, u64> {
    let cell = |group: &nines_storage::aggregate::Group| match group.key.as_slice() {
        [KeyPart::SliceUs(slice), KeyPart::DurationUs(from, to)] => Some(((*slice, (*from, *to)), group.sums.spans)),
        _ => None,
    };
    counted.groups.iter().filter_map(cell).collect()
}

//! Single spans where there are few: when, how long, whether they failed, and in which trace.

use super::Budget;
use super::sets::Sets;
use crate::App;
use crate::nines::partial;
use crate::nines::problem::Answer;
use crate::nines::request::Asked;
use axum::Json;
use axum::extract::State;
use nines_span::SpanFields;
use nines_storage::{Gap, Gaps, TraceQuery};
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;

/// Dots of one answer: more of them hide each other, and a heat-map shows more.
const DOTS_MAX: usize = 2_000;

/// `GET /scatter?q=&from=&to=&since=`: the spans that match, as columns, newest trace first.
pub async fn scatter(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let started = Instant::now();
    let set = Sets::read(&app, &asked)?.all;
    let (store, strict) = (app.store.clone(), app.settings.strict_trace_id);
    let (dots, gaps) = super::super::reading(asked.lang, move || {
        let budget = Budget::starting_at(started);
        let mut gaps = Gaps::default();
        let clauses = if set.filter.is_empty() { Vec::new() } else { vec![set.filter.clone()] };
        let query = TraceQuery { clauses, window: set.window, limit: DOTS_MAX, strict_trace_id: strict };
        let mut dots = Vec::new();
        for hit in store.find(&query)?.into_value(&mut gaps) {
            if budget.is_spent(&mut gaps) {
                break;
            }
            let spans = store.trace(hit.trace_id, strict)?.into_value(&mut gaps);
            dots.extend(spans.into_iter().filter(|span| set.has(span) && !span.duration.is_none()));
            if dots.len() > DOTS_MAX {
                dots.truncate(DOTS_MAX);
                gaps.add(Gap::Limit { name: "dots_max", max: DOTS_MAX as u64 });
                break;
            }
        }
        Ok((dots, gaps))
    })
    .await?;
    let mut document = json!({
        "startUs": dots.iter().map(|span| span.start.us).collect::<Vec<_>>(),
        "durationUs": dots.iter().map(|span| span.duration.us).collect::<Vec<_>>(),
        "error": dots.iter().map(|span| u8::from(span.is_error())).collect::<Vec<_>>(),
        "traceId": dots.iter().map(|span| span.trace_id.to_string()).collect::<Vec<_>>(),
        "cut": partial::words(&gaps, asked.lang), "tookUs": started.elapsed().as_micros() as u64,
    });
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}

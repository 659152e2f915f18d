//! `GET /api/v2/dependencies`: links of all traces that have a span in the window, each trace whole.

use super::answer::{QueryError, json_with, reading};
use super::parameters::Parameters;
use super::traces::read_window;
use crate::App;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use nines_storage::Answer;
use serde::Serialize;
use std::sync::Arc;

/// A link as Zipkin writes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireLink<'a> {
    parent: &'a str,
    child: &'a str,
    call_count: u64,
    #[serde(skip_serializing_if = "is_zero")]
    error_count: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Answers the links.
pub async fn links(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, QueryError> {
    let parameters = Parameters::read(query.as_deref());
    let end_ms = parameters.number("endTs")?;
    if end_ms.is_none() {
        return Err(QueryError::missing("endTs"));
    }
    let window = read_window(&app, end_ms, parameters.number("lookback")?, || Ok(()))?;
    let store = app.store.clone();
    let Answer { value: links, gaps } = reading(&app, move || Ok(store.links(window)?)).await?;
    let wire: Vec<WireLink<'_>> = links
        .iter()
        .map(|link| WireLink {
            parent: &link.parent,
            child: &link.child,
            call_count: link.calls,
            error_count: link.errors,
        })
        .collect();
    Ok(json_with(serde_json::to_vec(&wire).unwrap_or_else(|_| b"[]".to_vec()), &gaps))
}

//! `GET /zipkin/config.json`: what Zipkin's own page asks for, and scripts that read its settings.

use super::health::JSON;
use crate::App;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Settings change only with a restart; ten minutes are Zipkin's.
const CACHE_CONTROL: &str = "max-age=600";

/// The look-back that Zipkin's page begins with, in milliseconds: not the server's, which is longer.
const PAGE_LOOKBACK_MS: u64 = 900_000;

/// Answers the settings, or that they are still the same.
pub async fn config(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let settings = &app.settings.zipkin;
    let body = json!({
        "environment": "",
        "queryLimit": settings.query_limit,
        "defaultLookback": PAGE_LOOKBACK_MS,
        "searchEnabled": settings.search_enabled,
        "logsUrl": null,
        "supportUrl": null,
        "archivePostUrl": null,
        "archiveUrl": null,
        "dependency": { "enabled": true, "lowErrorRate": 0.5, "highErrorRate": 0.75 },
    });
    let text = serde_json::to_string_pretty(&body).unwrap_or_default();
    let etag = etag(&text);
    let same = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let common = [(header::CONTENT_TYPE, JSON), (header::CACHE_CONTROL, CACHE_CONTROL)];
    let etag = [(header::ETAG, etag)];
    if same { (StatusCode::NOT_MODIFIED, common, etag).into_response() } else { (common, etag, text).into_response() }
}

fn etag(text: &str) -> String {
    // Fixed keys: the same settings have the same tag after a restart.
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

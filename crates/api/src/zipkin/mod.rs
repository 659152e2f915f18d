//! Zipkin's own read API, answered as Zipkin answers it: parameters, defaults, texts, headers.
//!
//! Spans go out as they came in: not merged, not corrected. What OTLP knows beyond Zipkin's model is
//! shown by the OpenTelemetry-to-Zipkin mapping of `nines_span::otlp`.

mod answer;
mod dependencies;
mod names;
mod operations;
mod parameters;
mod traces;

use crate::App;
use axum::Router;
use axum::routing::get;
use std::sync::Arc;

/// The query paths, mounted at `/` and a second time under `/zipkin`, as Zipkin does for its page.
pub(crate) fn query_router() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v2/services", get(names::services))
        .route("/api/v2/spans", get(names::span_names))
        .route("/api/v2/remoteServices", get(names::remote_services))
        .route("/api/v2/traces", get(traces::search))
        .route("/api/v2/trace/{id}", get(traces::one))
        .route("/api/v2/traceMany", get(traces::many))
        .route("/api/v2/dependencies", get(dependencies::links))
}

/// Health, build and counters.
pub(crate) fn operations_router() -> Router<Arc<App>> {
    Router::new()
        .route("/health", get(operations::health))
        .route("/info", get(operations::info))
        .route("/metrics", get(operations::metrics))
        .route("/prometheus", get(operations::prometheus))
        .route("/zipkin/config.json", get(operations::config))
}

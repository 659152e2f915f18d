//! Zipkin's own read API, answered as Zipkin answers it: parameters, defaults, texts, headers.
//!
//! Spans go out as they came in: not merged, not corrected. What OTLP knows beyond Zipkin's model is
//! shown by the OpenTelemetry-to-Zipkin mapping of `nines_span::otlp`.
//!
//! Where we answer differently on purpose, `docs/guide/zipkin.md` says so, with the reason.

mod answer;
mod autocomplete;
mod counters;
mod dependencies;
mod exposition;
mod health;
pub(crate) mod lens;
mod names;
mod page_config;
mod parameters;
mod traces;
mod traffic_counters;

use crate::{App, methods};
use axum::Router;
use axum::middleware;
use axum::routing::get;
use std::sync::Arc;

/// The query paths, mounted at `/` and a second time under `/zipkin`, as Zipkin does for its page.
pub(crate) fn query_router() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v2/services", get(names::services))
        .route("/api/v2/spans", get(names::span_names))
        .route("/api/v2/remoteServices", get(names::remote_services))
        .route("/api/v2/autocompleteKeys", get(autocomplete::keys))
        .route("/api/v2/autocompleteValues", get(autocomplete::values))
        .route("/api/v2/traces", get(traces::search))
        .route("/api/v2/trace/{traceId}", get(traces::one))
        .route("/api/v2/traceMany", get(traces::many))
        .route("/api/v2/dependencies", get(dependencies::links))
        .layer(middleware::from_fn(methods::refuse_head))
}

/// Health, build and counters.
pub(crate) fn operations_router() -> Router<Arc<App>> {
    Router::new()
        .route("/health", get(health::health))
        .route("/info", get(health::info))
        .route("/metrics", get(counters::metrics))
        .route("/prometheus", get(counters::prometheus))
        .route("/actuator", get(health::actuator))
        .route("/actuator/health", get(health::actuator_health))
        .route("/actuator/info", get(health::actuator_info))
        .route("/actuator/prometheus", get(counters::prometheus))
}

/// What Zipkin's page asks for beside its queries.
pub(crate) fn page_config_router() -> Router<Arc<App>> {
    Router::new().route("/zipkin/config.json", get(page_config::config))
}

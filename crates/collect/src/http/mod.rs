//! HTTP transports: bodies in under limits, refusals out in each protocol's own form.

mod body;
mod door;
mod otlp;
mod zipkin;

pub use body::BODY_BYTES_MAX;
pub use door::Door;

use crate::Collector;
use axum::Router;
use std::sync::Arc;

/// Every path that takes spans.
pub fn router(collector: Arc<Collector>) -> Router {
    Router::new().merge(zipkin::router()).merge(otlp::router()).with_state(collector)
}

/// OTLP's path alone, for its own port.
pub fn otlp_router(collector: Arc<Collector>) -> Router {
    otlp::router().with_state(collector)
}

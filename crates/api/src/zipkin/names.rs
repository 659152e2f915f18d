//! Service, span and remote service names: sorted, lower-case, cacheable once there are many.

use super::answer::{QueryError, json, reading};
use super::parameters::Parameters;
use crate::App;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use nines_storage::StoreError;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// With more services than this, browsers may keep name lists for five minutes (Zipkin's own rule).
const SERVICES_UNCACHED_MAX: usize = 3;

/// `GET /api/v2/services`.
pub async fn services(State(app): State<Arc<App>>) -> Result<Response, QueryError> {
    let store = app.store.clone();
    let names = reading(move || lower_case(store.services())).await?;
    app.many_services.store(names.len() > SERVICES_UNCACHED_MAX, Ordering::Relaxed);
    Ok(answer(&app, names))
}

/// `GET /api/v2/spans?serviceName=`.
pub async fn span_names(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, QueryError> {
    let service = service_name(query)?;
    let store = app.store.clone();
    let names = reading(move || lower_case(store.operations(&service))).await?;
    Ok(answer(&app, names))
}

/// `GET /api/v2/remoteServices?serviceName=`.
pub async fn remote_services(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, QueryError> {
    let service = service_name(query)?;
    let store = app.store.clone();
    let names = reading(move || lower_case(store.remote_services(&service))).await?;
    Ok(answer(&app, names))
}

fn service_name(query: Option<String>) -> Result<String, QueryError> {
    Ok(Parameters::read(query.as_deref()).mandatory("serviceName")?.to_lowercase())
}

/// Names that differ only in case are one name to Zipkin.
fn lower_case(names: Result<Vec<String>, StoreError>) -> Result<BTreeSet<String>, QueryError> {
    Ok(names?.into_iter().map(|name| name.to_lowercase()).filter(|name| !name.is_empty()).collect())
}

fn answer(app: &App, names: BTreeSet<String>) -> Response {
    // A set of strings always serialises; an empty list is what is left if it did not.
    let mut response = json(serde_json::to_vec(&names).unwrap_or_else(|_| b"[]".to_vec()));
    if app.many_services.load(Ordering::Relaxed) {
        let cache = HeaderValue::from_static("max-age=300, must-revalidate");
        response.headers_mut().insert(header::CACHE_CONTROL, cache);
    }
    response
}

//! Service, span and remote service names: sorted, lower-case, cacheable once there are many.

use super::answer::{QueryError, reading};
use super::parameters::Parameters;
use crate::App;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use nines_storage::StoreError;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// With more names than this, browsers may keep a list for five minutes (Zipkin's own rule): a new
/// service's first names must show at once, the hundredth may wait.
pub const NAMES_UNCACHED_MAX: usize = 3;

/// `GET /api/v2/services`.
pub async fn services(State(app): State<Arc<App>>) -> Result<Response, QueryError> {
    let store = app.store.clone();
    let names = listed(&app, move || store.services()).await?;
    app.many_services.store(names.len() > NAMES_UNCACHED_MAX, Ordering::Relaxed);
    Ok(answer(&app, &names))
}

/// `GET /api/v2/spans?serviceName=`.
pub async fn span_names(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, QueryError> {
    let service = service_name(query)?;
    let store = app.store.clone();
    Ok(answer(&app, &listed(&app, move || store.operations(&service)).await?))
}

/// `GET /api/v2/remoteServices?serviceName=`.
pub async fn remote_services(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, QueryError> {
    let service = service_name(query)?;
    let store = app.store.clone();
    Ok(answer(&app, &listed(&app, move || store.remote_services(&service)).await?))
}

fn service_name(query: Option<String>) -> Result<String, QueryError> {
    Ok(Parameters::read(query.as_deref()).mandatory("serviceName")?.to_lowercase())
}

/// The names, each once however its letters are cased; none where search is off.
async fn listed(
    app: &App,
    read: impl FnOnce() -> Result<Vec<String>, StoreError> + Send + 'static,
) -> Result<BTreeSet<String>, QueryError> {
    if !app.settings.zipkin.search_enabled {
        return Ok(BTreeSet::new());
    }
    let lower_case = move || {
        let names = read()?.into_iter().map(|name| name.to_lowercase());
        Ok(names.filter(|name| !name.is_empty()).collect())
    };
    reading(app, lower_case).await
}

fn answer(app: &App, names: &BTreeSet<String>) -> Response {
    super::answer::names(names, app.many_services.load(Ordering::Relaxed))
}

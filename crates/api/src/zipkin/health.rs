//! Health and build: `/health` and `/info`, and the two of Spring's actuator that say the same.

use crate::App;
use crate::nines::{notify_value, rfc3339, source_value};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use nines_base::Lang;
use nines_slo::openslo::{Finding, Severity};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// How Zipkin writes JSON of its own.
pub const JSON: &str = "application/json; charset=utf-8";

/// How Spring's actuator calls the same.
const ACTUATOR_JSON: &str = "application/vnd.spring-boot.actuator.v2+json; charset=utf-8";

/// `GET /health`: 200 while spans are taken, 503 with the reason otherwise.
pub async fn health(State(app): State<Arc<App>>) -> Response {
    health_as(&app, JSON)
}

/// `GET /actuator/health`.
pub async fn actuator_health(State(app): State<Arc<App>>) -> Response {
    health_as(&app, ACTUATOR_JSON)
}

/// `GET /info`.
pub async fn info(State(app): State<Arc<App>>) -> Response {
    info_as(&app, JSON)
}

/// `GET /actuator/info`.
pub async fn actuator_info(State(app): State<Arc<App>>) -> Response {
    info_as(&app, ACTUATOR_JSON)
}

/// `GET /actuator`: which of it there is. Spring's writable and telling endpoints are not.
pub async fn actuator() -> Response {
    let link = |path: &str| json!({ "href": format!("/actuator{path}"), "templated": false });
    let body = json!({ "_links": {
        "self": link(""), "health": link("/health"), "info": link("/info"), "prometheus": link("/prometheus"),
    } });
    ([(header::CONTENT_TYPE, "application/vnd.spring-boot.actuator.v3+json")], body.to_string()).into_response()
}

fn health_as(app: &App, media_type: &'static str) -> Response {
    let storage = app.store.health();
    let status = if storage.is_ok() { "UP" } else { "DOWN" };
    let mut component = Map::new();
    component.insert("status".into(), status.into());
    if let Err(error) = &storage {
        component.insert("details".into(), json!({ "error": error.to_string() }));
    }
    let body = json!({
        "status": status,
        "zipkin": { "status": status, "details": { app.settings.storage.clone(): component } },
        "nines": { "definitions": definitions(app), "notify": notify_value(app, Lang::En), "sources": sources(app), "metricsExport": export(app) },
    });
    let code = if storage.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let text = serde_json::to_string_pretty(&body).unwrap_or_default();
    (code, [(header::CONTENT_TYPE, media_type)], text).into_response()
}

fn definitions(app: &App) -> Value {
    let definitions = app.judge.definitions_state();
    let errors: Vec<&Finding> = definitions.refused.iter().filter(|fault| fault.severity == Severity::Error).collect();
    json!({
        "status": if definitions.refused.is_empty() { "loaded" } else { "refused" },
        "slos": definitions.in_force.slos.len(),
        "errors": errors.len(),
        "first": errors.first().map(|finding| finding.render(Lang::En)),
    })
}

/// Whether systems that measure objectives answer. Words of it are English, as logs are.
fn sources(app: &App) -> Vec<Value> {
    app.sources.states().iter().map(|state| source_value(state, Lang::En)).collect()
}

/// Whether metrics reach whom they are pushed to; null where they are not.
fn export(app: &App) -> Option<Value> {
    let failing = app.metrics_export.as_ref()?.failing();
    Some(json!({
        "status": if failing.is_none() { "ok" } else { "failing" },
        "failing": failing.map(|(since, reason)| json!({ "since": rfc3339(since), "reason": reason })),
    }))
}

fn info_as(app: &App, media_type: &'static str) -> Response {
    let build = json!({ "version": app.settings.version, "commit": app.settings.commit });
    let body = json!({ "zipkin": build, "nines": build });
    ([(header::CONTENT_TYPE, media_type)], body.to_string()).into_response()
}

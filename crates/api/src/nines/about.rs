//! What this server is, what it uses, and which limits are in force.

use super::problem::Answer;
use super::request::rfc3339;
use crate::{App, process};
use axum::Json;
use axum::extract::State;
use nines_collect::admit::in_flight_bytes_max;
use nines_collect::body::BODY_BYTES_MAX;
use nines_collect::inflate::INFLATED_BYTES_MAX;
use nines_storage::aggregate::GROUPS_HELD_MAX;
use nines_storage::names::{NAMES_PER_SERVICE_MAX, SERVICES_MAX};
use nines_trace::filter::{FILTER_CHARS_MAX, TERMS_MAX};
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /about`.
pub async fn about(State(app): State<Arc<App>>) -> Answer {
    let stats = app.store.stats();
    let settings = &app.settings;
    Ok(Json(json!({
        "version": settings.version, "commit": settings.commit, "startedAt": rfc3339(settings.started_at),
        "uptimeUs": (app.clock.now() - settings.started_at).0, "listen": settings.listen,
        "dataDir": settings.data_dir, "storage": settings.storage, "retention": settings.keep.map(|keep| keep.max_age.to_string()),
        "spans": stats.spans, "diskBytes": stats.disk_bytes, "pendingBytes": stats.pending_bytes,
        "memory": memory(&app), "limits": limits(&app),
    })))
}

/// What the process takes of what it may; nulls where the system does not tell.
fn memory(app: &App) -> Value {
    let figures = process::figures(app.settings.started_at);
    let of = |name: &str| figures.iter().find(|figure| figure.name == name).map(|figure| figure.value);
    json!({
        "limitBytes": app.settings.memory_bytes, "residentBytes": of("process_resident_memory_bytes"),
        "cpuSeconds": of("process_cpu_seconds_total"), "threads": of("process_threads"), "openFiles": of("process_open_fds"),
    })
}

/// What is refused or left out beyond, each by the name it has in the code and in answers that it cut.
fn limits(app: &App) -> Vec<Value> {
    let limit = |name: &str, unit: &str, max: usize| json!({ "limit": name, "unit": unit, "max": max });
    vec![
        limit("body_bytes_max", "bytes", BODY_BYTES_MAX),
        limit("inflated_bytes_max", "bytes", INFLATED_BYTES_MAX),
        limit("in_flight_bytes_max", "bytes", in_flight_bytes_max(app.settings.memory_bytes)),
        limit("connections_max", "count", app.settings.connections_max),
        limit("services_max", "count", SERVICES_MAX),
        limit("names_per_service_max", "count", NAMES_PER_SERVICE_MAX),
        limit("groups_held_max", "count", GROUPS_HELD_MAX),
        limit("filter_chars_max", "count", FILTER_CHARS_MAX),
        limit("terms_max", "count", TERMS_MAX),
    ]
}

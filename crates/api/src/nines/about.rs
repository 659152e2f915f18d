//! What this server is, and which definitions are in force.

use super::problem::Answer;
use super::request::{Asked, rfc3339};
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_base::lang::Message;
use nines_slo::openslo::Finding;
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
    })))
}

/// `GET /definitions`.
pub async fn definitions(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let state = app.judge.definitions_state();
    let item = |finding: &Finding| {
        json!({ "file": finding.place.file, "line": finding.place.line, "column": finding.place.column,
                "path": finding.path, "severity": finding.severity.name(),
                "fact": finding.fact.text(asked.lang), "hint": finding.hint.text(asked.lang) })
    };
    let findings: Vec<Value> = state.refused.iter().chain(&state.warnings).map(item).collect();
    Ok(Json(json!({
        "directories": app.settings.definitions, "slos": state.slos, "loadedAt": rfc3339(state.loaded_at),
        "refused": !state.refused.is_empty(), "findings": findings,
    })))
}

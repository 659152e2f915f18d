//! Alertmanager's webhook: one receiver in its configuration gives its alerts a history and the ledger its interrupts.

use super::record::write_all;
use crate::App;
use crate::nines::problem::{Fault, Problem};
use crate::nines::write::Write;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nines_base::lang::Message;
use nines_toil::import::{Defaults, alertmanager};
use serde_json::{Value, json};
use std::sync::Arc;

/// `POST /toil/import/alertmanager`: a webhook body (version 4). Alertmanager sends what is not answered with success again.
pub async fn alertmanager(State(app): State<Arc<App>>, write: Write<Value>) -> Result<Response, Problem> {
    let Write { lang, body } = write;
    if !body["alerts"].is_array() {
        let name = "alerts".to_owned();
        return Err(Problem::bad(lang, Fault::NotAList { name }, Fault::AlertmanagerHint));
    }
    let imported = alertmanager::read_webhook(&body, &Defaults::default());
    let refused: Vec<String> = imported.refused.iter().map(|refused| refused.fact.text(lang)).collect();
    let taken = write_all(&app, lang, imported.records, imported.pages).await?;
    let body = json!({ "imported": taken.imported, "duplicate": taken.duplicate, "refused": refused });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

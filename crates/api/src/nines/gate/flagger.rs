//! The gate as a webhook of Flagger: 200 goes on, 403 waits and asks again.
//!
//! For `confirm-rollout`, `confirm-traffic-increase`, `confirm-promotion` and `pre-rollout`. Not for
//! `rollback`: there 200 means *do* roll back.

use super::super::problem::{Fault, Problem};
use super::super::request::Asked;
use super::super::write::read_body;
use super::{answer, decide};
use crate::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nines_collect::sli::policy::GateAsk;
use nines_slo::gate::ChangeKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What Flagger sends.
#[derive(Deserialize)]
struct Canary {
    #[serde(default)]
    namespace: String,
    /// Tells revisions of a canary apart.
    #[serde(default)]
    checksum: String,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

/// `POST /gate/{service}/flagger`. `metadata` may name `env` (else the namespace), `change` (else the checksum)
/// and `kind`. Open to other machines as `GET /gate/{service}` is: it asks, and changes nothing.
pub async fn hook(
    State(app): State<Arc<App>>,
    Path(service): Path<String>,
    asked: Asked,
    body: axum::body::Bytes,
) -> Result<Response, Problem> {
    let canary: Canary = read_body(&body, asked.lang)?;
    let given = |name: &str, other: &str| {
        let text = canary.metadata.get(name).map_or(other, String::as_str);
        (!text.is_empty()).then(|| super::noted(text))
    };
    let kind = canary.metadata.get("kind").map_or(Ok(ChangeKind::Feature), |word| {
        ChangeKind::parse(word).ok_or_else(|| {
            let fact = Fault::BadWord { name: "metadata.kind".into(), text: word.clone() };
            let words = ChangeKind::ALL.map(ChangeKind::word).join(", ");
            Problem::bad(asked.lang, fact, Fault::BadWordHint { words })
        })
    })?;
    let (env, change) = (given("env", &canary.namespace), given("change", &canary.checksum));
    let ask = GateAsk { service, env, change, kind, on_unknown: None };
    let decision = decide(&app, asked.lang, &ask).await?;
    let status = if decision.verdict.is_allowed { StatusCode::OK } else { StatusCode::FORBIDDEN };
    Ok((status, Json(answer(&app, asked.lang, &decision))).into_response())
}

//! Whether alerts reach those they are meant for.

use super::problem::Answer;
use super::request::{Asked, rfc3339};
use crate::App;
use crate::app::TargetState;
use axum::Json;
use axum::extract::State;
use nines_base::Lang;
use nines_slo::alert::targets::check_targets;
use nines_slo::openslo::Finding;
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /notify`.
pub async fn notify(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    Ok(Json(notify_value(&app, asked.lang)))
}

/// Every target with what waits for it, and what is wrong with who is to be told.
pub(crate) fn notify_value(app: &App, lang: Lang) -> Value {
    let targets: Vec<Value> = app.notify.targets().into_iter().map(target).collect();
    let findings = check_targets(&app.judge.definitions(), &app.settings.notify);
    let findings: Vec<String> = findings.iter().map(|finding: &Finding| finding.render(lang)).collect();
    json!({ "targets": targets, "findings": findings })
}

fn target(state: TargetState) -> Value {
    let failing = state
        .failing
        .map(|(since, tries, reason)| json!({ "since": rfc3339(since), "tries": tries, "reason": reason }));
    json!({
        "name": state.name, "type": state.kind, "status": if failing.is_none() { "ok" } else { "failing" },
        "waiting": state.n_waiting, "failing": failing,
        "givenUp": state.n_given_up, "lastGivenUp": state.last_given_up,
        "silences": state.silences.map(|(n, failing)| json!({ "active": n, "failing": failing })),
    })
}

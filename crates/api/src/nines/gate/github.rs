//! The gate as a custom deployment protection rule of GitHub: its webhook asks, and the review is posted back.

use super::super::problem::{Fault, Problem};
use super::super::request::Asked;
use super::super::write::read_body;
use super::{Decision, decide, noted};
use crate::App;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use nines_base::Lang;
use nines_base::lang::Message;
use nines_collect::sli::policy::GateAsk;
use nines_slo::gate::ChangeKind;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// GitHub's side, which this crate has no client for.
pub trait DeploymentReviews: Send + Sync {
    /// Whether a webhook's body has this signature.
    fn is_genuine(&self, signature: &str, body: &[u8]) -> bool;

    /// Posts a review to where the webhook said. Blocks; the error says why it was not taken.
    fn review(&self, callback_url: &str, body: &str) -> Result<(), String>;
}

/// The event that asks for a review.
const EVENT: &str = "deployment_protection_rule";

/// Longest comment that GitHub shows, with room for its own words.
const COMMENT_CHARS_MAX: usize = 2000;

/// What GitHub sends.
#[derive(Deserialize)]
struct Request {
    action: String,
    environment: String,
    deployment_callback_url: String,
    #[serde(default)]
    deployment: Deployment,
    repository: Repository,
}

#[derive(Deserialize, Default)]
struct Deployment {
    #[serde(default)]
    sha: String,
    #[serde(default)]
    task: String,
}

#[derive(Deserialize)]
struct Repository {
    name: String,
}

/// `POST /github/deployment-protection?service=`: without the parameter the service is named as the repository. Answered at once; the
/// review follows.
pub async fn hook(
    State(app): State<Arc<App>>,
    asked: Asked,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<StatusCode, Problem> {
    let lang = asked.lang;
    let Some(github) = app.github.clone() else {
        return Err(Problem::missing(lang, Fault::NoGithub, Fault::NoGithubHint));
    };
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !github.is_genuine(header("x-hub-signature-256"), &body) {
        return Err(Problem::forbidden(lang, Fault::BadSignature, Fault::BadSignatureHint));
    }
    // Others are sent too, `ping` first of all.
    if header("x-github-event") != EVENT {
        return Ok(StatusCode::NO_CONTENT);
    }
    let request: Request = read_body(&body, lang)?;
    if request.action != "requested" {
        return Ok(StatusCode::NO_CONTENT);
    }
    let decision = decide(&app, lang, &ask_of(&request, asked.text("service"))).await?;
    let review = review_of(&request, &decision, lang).to_string();
    tokio::task::spawn_blocking(move || {
        if let Err(reason) = github.review(&request.deployment_callback_url, &review) {
            tracing::warn!("the review of a deployment was not taken: {reason}");
        }
    });
    Ok(StatusCode::ACCEPTED)
}

fn ask_of(request: &Request, service: Option<&str>) -> GateAsk {
    let service = service.unwrap_or(&request.repository.name).to_owned();
    let sha = &request.deployment.sha;
    GateAsk {
        service,
        env: Some(noted(&request.environment)),
        change: (!sha.is_empty()).then(|| noted(sha)),
        // A deployment may say what it is for in its task: `deploy:rollback`.
        kind: request.deployment.task.split(':').find_map(ChangeKind::parse).unwrap_or_default(),
        on_unknown: None,
    }
}

/// The review that GitHub takes.
fn review_of(request: &Request, decision: &Decision, lang: Lang) -> Value {
    let verdict = &decision.verdict;
    let mut lines = vec![verdict.text.text(lang)];
    lines.extend(verdict.reasons.iter().map(|reason| format!("- {}", reason.text.text(lang))));
    lines.extend(verdict.would_change.iter().map(|change| format!("- → {}", change.text(lang))));
    lines.push(format!("decision {}", decision.id));
    let comment: String = lines.join("\n").chars().take(COMMENT_CHARS_MAX).collect();
    json!({
        "environment_name": request.environment,
        "state": if verdict.is_allowed { "approved" } else { "rejected" },
        "comment": comment,
    })
}

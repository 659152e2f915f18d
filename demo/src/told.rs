//! Tells the trace server what it cannot see in spans: which version of a service runs from now on, and what people did by
//! hand.

use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use tokio::time::timeout;

use crate::peer::{HttpClient, http_client};

/// Where the server takes deploy marks.
const DEPLOYS_PATH: &str = "/api/nines/v1/deploys";
/// Where it takes toil.
const TOIL_PATH: &str = "/api/nines/v1/toil";
/// Where it takes answers to how much toil people feel.
const PULSE_PATH: &str = "/api/nines/v1/toil/pulse";
/// Who the marks say deployed.
const DEPLOYED_BY: &str = "demo";
/// What takes longer is late anyway.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(2);

/// The trace server as something that is told.
#[derive(Clone)]
pub(crate) struct Told {
    server: String,
    client: HttpClient,
}

impl Told {
    pub(crate) fn new(server: &str) -> Told {
        Told { server: server.trim_end_matches('/').to_owned(), client: http_client() }
    }

    /// That a version of a service runs from now on. Names and versions of the demo need no escapes.
    pub(crate) async fn deployed(&self, service: &str, version: &str) {
        self.tell(DEPLOYS_PATH, format!(r#"{{"service":"{service}","version":"{version}","by":"{DEPLOYED_BY}"}}"#))
            .await;
    }

    /// Entries and pages of the toil ledger.
    pub(crate) async fn toil(&self, body: String) {
        self.tell(TOIL_PATH, body).await;
    }

    /// How much of the past two weeks somebody feels was toil.
    pub(crate) async fn pulse(&self, body: String) {
        self.tell(PULSE_PATH, body).await;
    }

    /// A server that does not take it costs a log line: the demo goes on.
    async fn tell(&self, path: &str, body: String) {
        match timeout(ANSWER_TIMEOUT, self.post(path, body)).await {
            Ok(Ok(status)) if status.is_success() => {}
            Ok(Ok(status)) => tracing::warn!("{}{path} answered {status}", self.server),
            Ok(Err(error)) => tracing::warn!("{}{path}: {error}", self.server),
            Err(_) => tracing::warn!("{}{path}: no answer within {ANSWER_TIMEOUT:?}", self.server),
        }
    }

    async fn post(&self, path: &str, body: String) -> Result<StatusCode, Box<dyn std::error::Error + Send + Sync>> {
        let request = Request::post(format!("{}{path}", self.server))
            .header(CONTENT_TYPE, "application/json")
            .header("b3", "0")
            .body(Full::new(Bytes::from(body)))?;
        let response = self.client.request(request).await?;
        let status = response.status();
        response.into_body().collect().await?;
        Ok(status)
    }
}

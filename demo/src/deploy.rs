//! Tells the trace server which version of a service runs from now on.

use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use tokio::time::timeout;

use crate::peer::{HttpClient, http_client};

/// Where the server takes deploy marks.
const DEPLOYS_PATH: &str = "/api/nines/v1/deploys";
/// Who the marks say deployed.
const DEPLOYED_BY: &str = "demo";
/// A mark that takes longer is late anyway.
const MARK_TIMEOUT: Duration = Duration::from_secs(2);

/// Sends deploy marks.
pub(crate) struct DeployMarks {
    url: String,
    client: HttpClient,
}

impl DeployMarks {
    pub(crate) fn new(server: &str) -> DeployMarks {
        DeployMarks { url: format!("{}{DEPLOYS_PATH}", server.trim_end_matches('/')), client: http_client() }
    }

    /// Sends one mark. A server that does not take it costs a log line: the release happens anyway.
    pub(crate) async fn mark(&self, service: &str, version: &str) {
        match timeout(MARK_TIMEOUT, self.post(service, version)).await {
            Ok(Ok(status)) if status.is_success() => {}
            Ok(Ok(status)) => tracing::warn!("deploy mark of {service} {version}: {} answered {status}", self.url),
            Ok(Err(error)) => tracing::warn!("deploy mark of {service} {version}: {error}"),
            Err(_) => tracing::warn!("deploy mark of {service} {version}: no answer within {MARK_TIMEOUT:?}"),
        }
    }

    async fn post(&self, service: &str, version: &str) -> Result<StatusCode, Box<dyn std::error::Error + Send + Sync>> {
        // Names and versions of the demo need no escapes.
        let body = format!(r#"{{"service":"{service}","version":"{version}","by":"{DEPLOYED_BY}"}}"#);
        let request = Request::post(&self.url)
            .header(CONTENT_TYPE, "application/json")
            .header("b3", "0")
            .body(Full::new(Bytes::from(body)))?;
        let response = self.client.request(request).await?;
        let status = response.status();
        response.into_body().collect().await?;
        Ok(status)
    }
}

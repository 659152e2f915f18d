//! Metrics pushed to a collector by OTLP over HTTP, in protobuf.

use crate::http::{Http, Reach, checked_url};
use crate::target::{Secret, TargetFault};

/// Where a collector takes metrics, unless its address has a path.
const PATH: &str = "/v1/metrics";

/// A collector.
#[derive(Debug)]
pub struct MetricsCollector {
    http: Http,
    url: String,
    authorization: Option<String>,
}

impl MetricsCollector {
    /// At an address of the server's own configuration, any network's, perhaps with a bearer token.
    pub fn new(url: &str, token: Option<&Secret>) -> Result<MetricsCollector, TargetFault> {
        let authorization = token.map(|token| format!("Bearer {}", token.expose()));
        Ok(MetricsCollector { http: Http::new(Reach::Any), url: checked_url(url, PATH)?, authorization })
    }

    /// Sends an `ExportMetricsServiceRequest`. The error says in words why it was not taken.
    pub fn send(&self, request: &[u8]) -> Result<(), String> {
        let mut headers = vec![("content-type", "application/x-protobuf")];
        headers.extend(self.authorization.iter().map(|value| ("authorization", value.as_str())));
        self.http.post_bytes(&self.url, &headers, request).map_err(|error| error.to_string())
    }
}

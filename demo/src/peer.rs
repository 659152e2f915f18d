//! Calls from one service of the demo to another.

use std::fmt::{self, Display};
use std::net::SocketAddr;
use std::time::Duration;

use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use nines_sleuth::ClientLayer;
use nines_sleuth::client::TracedClient;
use tower::{Layer, Service};

use crate::host::Host;

/// A caller's patience: far above the slowest healthy answer.
const CALL_TIMEOUT: Duration = Duration::from_secs(2);

/// The HTTP client of everything here; it keeps its connections.
pub(crate) type HttpClient = Client<HttpConnector, Full<Bytes>>;

pub(crate) fn http_client() -> HttpClient {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector)
}

/// Another service, as one service sees it.
#[derive(Clone)]
pub(crate) struct Peer {
    name: &'static str,
    address: SocketAddr,
    client: TracedClient<HttpClient>,
}

/// Why a call brought no answer to work with.
#[derive(Debug)]
pub(crate) struct CallError {
    peer: &'static str,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Status(StatusCode),
    NoAnswer(String),
    TooLate,
}

impl Display for CallError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let peer = self.peer;
        match &self.cause {
            Cause::Status(status) => write!(out, "{peer} answered {}", status.as_u16()),
            Cause::NoAnswer(why) => write!(out, "{peer} did not answer: {why}"),
            Cause::TooLate => write!(out, "{peer} did not answer within {CALL_TIMEOUT:?}"),
        }
    }
}

impl Peer {
    /// `name` at `address`, called by `host`.
    pub(crate) fn new(host: &Host, name: &'static str, address: SocketAddr) -> Peer {
        let client = ClientLayer::new(host.tracer.clone()).remote_service(name).layer(host.client.clone());
        Peer { name, address, client }
    }

    pub(crate) async fn get(&self, path: impl Into<String>) -> Result<String, CallError> {
        self.call(Method::GET, path.into(), Bytes::new()).await
    }

    pub(crate) async fn post(&self, path: impl Into<String>, body: Bytes) -> Result<String, CallError> {
        self.call(Method::POST, path.into(), body).await
    }

    /// The text of a 2xx answer.
    async fn call(&self, method: Method, path: String, body: Bytes) -> Result<String, CallError> {
        let failed = |cause| CallError { peer: self.name, cause };
        let uri = format!("http://{}{path}", self.address);
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .body(Full::new(body))
            .map_err(|error| failed(Cause::NoAnswer(error.to_string())))?;
        let mut client = self.client.clone();
        let exchange = async {
            let response = client.call(request).await.map_err(|error| Cause::NoAnswer(error.to_string()))?;
            let status = response.status();
            let body = response.into_body().collect().await.map_err(|error| Cause::NoAnswer(error.to_string()))?;
            if status.is_success() {
                Ok(String::from_utf8_lossy(&body.to_bytes()).into_owned())
            } else {
                Err(Cause::Status(status))
            }
        };
        tokio::time::timeout(CALL_TIMEOUT, exchange).await.unwrap_or(Err(Cause::TooLate)).map_err(failed)
    }
}

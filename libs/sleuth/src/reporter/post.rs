//! One POST of a message, and what its answer means.

use std::error::Error;
use std::time::Duration;

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::uri::{InvalidUri, PathAndQuery};
use http::{HeaderMap, Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

/// Longest time for one POST, connecting included; a server that commits to disk answers far sooner.
pub const POST_TIMEOUT: Duration = Duration::from_secs(10);
/// Where Zipkin takes JSON v2 spans.
const SPANS_PATH: &str = "/api/v2/spans";
/// Most bytes of an answer that are read: its text only goes into one log line.
const ANSWER_BYTES_MAX: usize = 16 * 1024;
/// Most characters of an answer's text in that line.
const ANSWER_CHARS_LOGGED_MAX: usize = 200;

/// Why a reporter could not be started.
#[derive(Debug, thiserror::Error)]
pub enum ReporterError {
    /// The text is not a URL.
    #[error("read the trace server's URL `{url}`")]
    ParseUrl {
        /// The text.
        url: String,
        /// What is wrong with it.
        #[source]
        source: InvalidUri,
    },
    /// The URL is not `http://host[:port][/path]`; this client speaks no TLS.
    #[error("the trace server's URL `{url}` must be of the form http://host[:port][/path]")]
    NotPlainHttp {
        /// The URL.
        url: String,
    },
    /// No tokio runtime to run the background task on.
    #[error("a reporter needs a tokio runtime; start it inside one")]
    NoRuntime,
}

/// What came of one POST.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// The server has the spans.
    Accepted,
    /// Worth another attempt: no answer, or the server is busy. The reason is for the log.
    Retry {
        /// Why.
        reason: String,
        /// What the server asked for.
        after: Option<Duration>,
    },
    /// The server will never take this message. The reason is for the log.
    Refused {
        /// Why.
        reason: String,
    },
}

/// Sends messages to one server over kept connections.
pub(super) struct Sender {
    client: Client<HttpConnector, Full<Bytes>>,
    uri: Uri,
}

impl Sender {
    pub(super) fn new(url: &str) -> Result<Sender, ReporterError> {
        let uri = spans_uri(url)?;
        let client = Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build_http();
        Ok(Sender { client, uri })
    }

    /// The server's URL, for the log.
    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    pub(super) async fn post(&self, body: Bytes) -> Outcome {
        let request = Request::post(self.uri.clone())
            .header(CONTENT_TYPE, "application/json")
            // The server, and any traced proxy before it, must not trace the delivery of traces.
            .header("b3", "0")
            .body(Full::new(body));
        let request = match request {
            Ok(request) => request,
            Err(error) => return Outcome::Refused { reason: error.to_string() },
        };
        let exchange = async {
            let (head, body) = self.client.request(request).await?.into_parts();
            Ok::<_, hyper_util::client::legacy::Error>((head.status, head.headers, read_text(body).await))
        };
        match tokio::time::timeout(POST_TIMEOUT, exchange).await {
            Ok(Ok((status, headers, text))) => judge(status, &headers, &text),
            Ok(Err(error)) => Outcome::Retry { reason: error_chain(&error), after: None },
            Err(_) => Outcome::Retry { reason: format!("no answer within {POST_TIMEOUT:?}"), after: None },
        }
        // A connection that broke after the body was sent may have delivered it. Sending again can then show
        // a span twice to a server that does not merge repeats; not sending can lose it. Losing is worse.
    }
}

fn judge(status: StatusCode, headers: &HeaderMap, text: &str) -> Outcome {
    let reason = || format!("{status} {text}").trim_end().to_owned();
    match status {
        _ if status.is_success() => Outcome::Accepted,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            Outcome::Retry { reason: reason(), after: parse_retry_after(headers) }
        }
        // A gateway speaks here, not the server.
        StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => Outcome::Retry { reason: reason(), after: None },
        _ => Outcome::Refused { reason: reason() },
    }
}

/// Seconds; the date form is not read, back-off serves as well.
fn parse_retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Reads an answer to its end, so that its connection can be used again.
async fn read_text(body: Incoming) -> String {
    let Ok(read) = Limited::new(body, ANSWER_BYTES_MAX).collect().await else { return String::new() };
    let text = String::from_utf8_lossy(&read.to_bytes()).into_owned();
    text.chars().take(ANSWER_CHARS_LOGGED_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The error and its causes: the outermost one alone says only "client error".
fn error_chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

fn spans_uri(url: &str) -> Result<Uri, ReporterError> {
    let parse_error = |source| ReporterError::ParseUrl { url: url.to_owned(), source };
    let mut parts = url.parse::<Uri>().map_err(parse_error)?.into_parts();
    let is_http = parts.scheme.as_ref().is_some_and(|scheme| scheme.as_str() == "http");
    if !is_http || parts.authority.is_none() {
        return Err(ReporterError::NotPlainHttp { url: url.to_owned() });
    }
    let path = parts.path_and_query.as_ref().map_or("", |path| path.path()).trim_end_matches('/');
    let path = if path.ends_with(SPANS_PATH) { path.to_owned() } else { format!("{path}{SPANS_PATH}") };
    parts.path_and_query = Some(path.parse::<PathAndQuery>().map_err(parse_error)?);
    Uri::from_parts(parts).map_err(|_| ReporterError::NotPlainHttp { url: url.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_leads_to_the_spans_path() {
        fn check(url: &str, expect: Option<&str>) {
            assert_eq!(spans_uri(url).ok().map(|uri| uri.to_string()).as_deref(), expect, "{url}");
        }
        check("http://127.0.0.1:9411", Some("http://127.0.0.1:9411/api/v2/spans"));
        check("http://zipkin:9411/", Some("http://zipkin:9411/api/v2/spans"));
        check("http://zipkin/api/v2/spans", Some("http://zipkin/api/v2/spans"));
        check("http://[::1]:9411/traces/?x=1", Some("http://[::1]:9411/traces/api/v2/spans"));
        check("https://zipkin", None);
        check("zipkin:9411", None);
        check("/api/v2/spans", None);
        check("http://", None);
        check("", None);
    }

    #[test]
    fn statuses_mean_accept_retry_or_refuse() {
        fn check(status: u16, retry_after: Option<&str>, expect: &str) {
            let mut headers = HeaderMap::new();
            if let Some(value) = retry_after {
                headers.insert(RETRY_AFTER, value.parse().unwrap());
            }
            let got = match judge(StatusCode::from_u16(status).unwrap(), &headers, "") {
                Outcome::Accepted => "accepted".into(),
                Outcome::Retry { after, .. } => format!("retry {after:?}"),
                Outcome::Refused { .. } => "refused".into(),
            };
            assert_eq!(got, expect, "{status} {retry_after:?}");
        }
        check(202, None, "accepted");
        check(200, None, "accepted");
        check(429, Some("3"), "retry Some(3s)");
        check(503, Some("Wed, 21 Oct 2015 07:28:00 GMT"), "retry None");
        check(503, Some("-1"), "retry None");
        check(502, Some("3"), "retry None");
        check(400, None, "refused");
        check(404, None, "refused");
        check(413, None, "refused");
        check(500, None, "refused");
        check(302, None, "refused");
    }
}

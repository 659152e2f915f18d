use std::sync::Mutex;
use std::time::Instant;

use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;

use super::*;
use crate::{Tracer, span::Span};

/// A trace server that answers by script, then 202.
struct Server {
    url: String,
    requests: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
    task: JoinHandle<()>,
}

/// Status and `Retry-After` seconds of one answer; status 0 closes the connection instead.
type Answer = (u16, Option<&'static str>);

impl Server {
    async fn start(script: &[Answer]) -> Server {
        Server::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), script)
    }

    fn on(listener: TcpListener, script: &[Answer]) -> Server {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let script = Arc::new(Mutex::new(script.iter().copied().rev().collect::<Vec<_>>()));
        let seen = requests.clone();
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (seen, script) = (seen.clone(), script.clone());
                let service = service_fn(move |request| answer(request, seen.clone(), script.clone()));
                connections.spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Server { url, requests, task }
    }

    fn spans(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let lists = requests.iter().map(|(_, body)| body.as_array().unwrap().clone());
        lists.flatten().map(|span| span["name"].as_str().unwrap().to_owned()).collect()
    }

    fn n_requests(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    request: Request<Incoming>,
    seen: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
    script: Arc<Mutex<Vec<Answer>>>,
) -> Result<Response<Full<Bytes>>, std::io::Error> {
    assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/api/v2/spans"));
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    seen.lock().unwrap().push((head.headers, serde_json::from_slice(&body).unwrap()));
    let (status, retry_after) = script.lock().unwrap().pop().unwrap_or((202, None));
    if status == 0 {
        return Err(std::io::Error::other("scripted"));
    }
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert("retry-after", seconds.parse().unwrap());
    }
    Ok(response)
}

const SOON: Duration = Duration::from_secs(20);
/// No message leaves by time in these tests, so that each asks for what it means.
const NEVER: Duration = Duration::from_secs(3600);

fn reporter(url: &str, change: impl FnOnce(ReporterBuilder) -> ReporterBuilder) -> Reporter {
    change(Reporter::builder(url).message_interval(NEVER)).build().unwrap()
}

fn report(reporter: &Reporter, names: &[&str]) {
    let tracer = Tracer::builder("api").report_to(reporter.clone());
    names.iter().map(|name| tracer.new_trace(name)).for_each(|span: Span| span.finish());
}

#[tokio::test]
async fn a_flush_delivers_one_json_list_that_asks_not_to_be_traced() {
    let server = Server::start(&[]).await;
    let reporter = reporter(&server.url, |r| r);
    report(&reporter, &["a", "b"]);
    assert!(reporter.flush(SOON).await);
    assert_eq!(server.spans(), ["a", "b"]);
    let headers = server.requests.lock().unwrap()[0].0.clone();
    assert_eq!(headers["b3"], "0");
    assert_eq!(headers["content-type"], "application/json");
    let stats = reporter.stats();
    assert_eq!((stats.n_spans, stats.n_spans_delivered, stats.n_messages_delivered), (2, 2, 1));
    assert_eq!((stats.n_spans_queued, stats.n_bytes_queued, stats.n_spans_dropped()), (0, 0, 0));
}

#[tokio::test]
async fn spans_leave_by_themselves_when_the_interval_is_over_or_a_message_is_full() {
    let server = Server::start(&[]).await;
    let by_time = Reporter::builder(&server.url).message_interval(Duration::from_millis(20)).build().unwrap();
    report(&by_time, &["by time"]);
    let by_size = reporter(&server.url, |r| r.message_bytes_max(1_000));
    report(&by_size, &["1", "2", "3", "4", "5", "6", "7", "8"]);
    let deadline = Instant::now() + SOON;
    while server.spans().len() < 9 && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut spans = server.spans();
    spans.sort();
    assert_eq!(spans, ["1", "2", "3", "4", "5", "6", "7", "8", "by time"]);
    assert!(server.n_requests() > 2, "eight spans of about 200 bytes need several messages of 1 000");
}

#[tokio::test]
async fn messages_keep_to_their_limit() {
    let server = Server::start(&[]).await;
    let reporter = reporter(&server.url, |r| r.message_bytes_max(1_000));
    report(&reporter, &["x"; 50]);
    report(&reporter, &[&"large".repeat(200)]);
    assert!(reporter.flush(SOON).await);
    let requests = server.requests.lock().unwrap();
    let sizes: Vec<usize> =
        requests.iter().map(|(h, _)| h["content-length"].to_str().unwrap().parse().unwrap()).collect();
    assert!(sizes.iter().all(|size| *size <= 1_000), "{sizes:?}");
    let stats = reporter.stats();
    assert_eq!((stats.n_spans_delivered, stats.n_spans_dropped_too_large), (50, 1));
}

#[tokio::test]
async fn busy_servers_broken_connections_and_gateways_are_tried_again() {
    let server = Server::start(&[(503, None), (0, None), (429, None), (502, None)]).await;
    let reporter = reporter(&server.url, |r| r);
    report(&reporter, &["a"]);
    assert!(reporter.flush(SOON).await);
    assert_eq!(server.spans(), ["a"; 5]);
    let stats = reporter.stats();
    assert_eq!((stats.n_spans_delivered, stats.n_attempts_failed, stats.n_spans_dropped()), (1, 4, 0));
}

#[tokio::test]
async fn retry_after_is_honoured() {
    let server = Server::start(&[(429, Some("1"))]).await;
    let reporter = reporter(&server.url, |r| r);
    report(&reporter, &["a"]);
    let started = Instant::now();
    assert!(reporter.flush(SOON).await);
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
    assert_eq!(server.n_requests(), 2);
}

#[tokio::test]
async fn an_outage_costs_nothing_that_fits_the_queue() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let reporter = reporter(&format!("http://{address}"), |r| r);
    report(&reporter, &["a", "b"]);
    assert!(!reporter.flush(Duration::from_millis(150)).await, "nobody listens");
    assert!(reporter.stats().n_attempts_failed > 0);
    let server = Server::on(TcpListener::bind(address).await.unwrap(), &[]);
    assert!(reporter.flush(SOON).await);
    assert_eq!(server.spans(), ["a", "b"]);
}

#[tokio::test]
async fn slt_2_a_refused_message_is_counted_and_the_next_one_goes_on() {
    let server = Server::start(&[(400, None)]).await;
    let reporter = reporter(&server.url, |r| r);
    report(&reporter, &["bad", "bad"]);
    assert!(reporter.flush(SOON).await);
    report(&reporter, &["good"]);
    assert!(reporter.flush(SOON).await);
    let stats = reporter.stats();
    assert_eq!((stats.n_spans, stats.n_spans_dropped_refused, stats.n_spans_delivered), (3, 2, 1));
}

#[tokio::test]
async fn slt_2_a_full_queue_drops_and_counts() {
    let server = Server::start(&[]).await;
    let by_number = reporter(&server.url, |r| r.queue_spans_max(3));
    report(&by_number, &["a", "b", "c", "d", "e"]);
    assert_eq!((by_number.stats().n_spans_dropped_full, by_number.stats().n_spans_queued), (2, 3));
    let by_bytes = reporter(&server.url, |r| r.queue_bytes_max(450));
    report(&by_bytes, &["a"; 20]);
    let stats = by_bytes.stats();
    assert!(stats.n_bytes_queued <= 450 && stats.n_spans_queued >= 1, "{stats:?}");
    assert_eq!(stats.n_spans_dropped_full + stats.n_spans_queued as u64, 20);
    assert!(by_number.flush(SOON).await);
    assert_eq!(server.spans(), ["a", "b", "c"]);
}

#[tokio::test]
async fn slt_2_what_stays_undeliverable_is_given_up_and_counted() {
    let reporter = reporter("http://127.0.0.1:1", |r| r.give_up_after(Duration::from_millis(120)));
    report(&reporter, &["a", "b"]);
    assert!(reporter.flush(SOON).await, "given up counts as settled");
    assert_eq!(reporter.stats().n_spans_dropped_undelivered, 2);
}

#[tokio::test]
async fn close_delivers_what_waits_and_counts_what_comes_later() {
    let server = Server::start(&[(503, None)]).await;
    let reporter = reporter(&server.url, |r| r);
    report(&reporter, &["a", "b"]);
    let stats = reporter.close(SOON).await;
    assert_eq!((stats.n_spans_delivered, stats.n_spans_dropped()), (2, 0));
    report(&reporter, &["late"]);
    assert_eq!(reporter.stats().n_spans_dropped_closed, 1);
    assert_eq!(reporter.close(SOON).await.n_spans_delivered, 2, "closing twice changes nothing");
}

#[tokio::test]
async fn slt_2_close_keeps_its_deadline_and_counts_the_rest() {
    // Ninety seconds are asked for and thirty believed: far beyond the deadline.
    let server = Server::start(&[(503, Some("90")); 100]).await;
    let reporter = reporter(&server.url, |r| r.message_bytes_max(1_000));
    report(&reporter, &["x"; 20]);
    assert!(!reporter.flush(Duration::from_millis(50)).await);
    let started = Instant::now();
    let stats = reporter.close(Duration::from_millis(200)).await;
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!((stats.n_spans, stats.n_spans_dropped_closed, stats.n_spans_queued), (20, 20, 0));
    assert_eq!(stats.n_attempts_failed, 2, "closing asks once more at once");
}

#[test]
fn a_reporter_outside_a_runtime_is_an_error() {
    assert!(matches!(Reporter::start("http://127.0.0.1:9411"), Err(ReporterError::NoRuntime)));
}

#[tokio::test]
async fn slt_1_reporting_never_waits_for_a_dead_server() {
    let reporter = reporter("http://127.0.0.1:1", |r| r);
    let started = Instant::now();
    report(&reporter, &["x"; 2 * QUEUE_SPANS_MAX]);
    // Encoding alone: no await, no socket.
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    assert_eq!(reporter.stats().n_spans_dropped_full, QUEUE_SPANS_MAX as u64);
}

/// Collects log lines of this thread; the reporter's task runs on it, too.
#[cfg(feature = "log")]
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

#[cfg(feature = "log")]
impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(feature = "log")]
#[tokio::test]
async fn the_log_has_one_line_per_change_of_state() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .without_time()
        .with_target(false)
        .with_max_level(tracing::Level::INFO)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = Server::start(&[(202, None), (503, None), (429, None), (202, None), (400, None), (400, None)]).await;
    let reporter = reporter(&server.url, |r| r.queue_spans_max(2));
    for names in [&["a"][..], &["b"], &["c"], &["d"], &["e"], &["f", "g", "one too many"], &["h"]] {
        report(&reporter, names);
        assert!(reporter.flush(SOON).await);
    }
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let text = text.replace(&format!("{}/api/v2/spans", server.url), "URL");
    let expect = [
        " WARN reporter: URL takes no spans, they are kept and sent again: 503 Service Unavailable",
        " INFO reporter: spans arrive at URL again after 0 s; 0 were dropped",
        " WARN reporter: URL refuses spans, they are dropped: 400 Bad Request",
        " INFO reporter: spans arrive at URL again after 0 s; 2 were dropped",
        " WARN reporter: the queue of 2 spans or 8388608 bytes is full, new spans are dropped",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expect);
}

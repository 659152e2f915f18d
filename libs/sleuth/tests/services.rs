//! Traces through real services: axum and bare hyper, over sockets and in process.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use nines_sleuth::client::TracedClient;
use nines_sleuth::server::PeerAddress;
use nines_sleuth::{
    ClientLayer, FinishedSpan, InMemory, Kind, Sampler, Sampling, ServerLayer, Span, Tracer, current, tag,
};
use tokio::net::TcpListener;
use tower::{Layer, Service, ServiceExt};

const TRACE: &str = "463ac35c9f6413ad48485a3953bb6124";
const SPAN: &str = "a2fb4a1d1a96d312";

fn tracer(name: &str, spans: &InMemory) -> Tracer {
    Tracer::builder(name).report_to(spans.clone())
}

async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
    });
    address
}

type HttpClient = Client<HttpConnector, Full<Bytes>>;

fn http_client() -> HttpClient {
    Client::builder(TokioExecutor::new()).build_http()
}

fn traced_client(tracer: Tracer, remote: &str) -> TracedClient<HttpClient> {
    ClientLayer::new(tracer).remote_service(remote).layer(http_client())
}

fn request(uri: &str, headers: &[(&str, &str)]) -> Request<Full<Bytes>> {
    let builder = headers.iter().fold(Request::get(uri), |builder, (name, value)| builder.header(*name, *value));
    builder.body(Full::default()).unwrap()
}

/// Waits for `n` spans: a server's span ends just after its client has the last byte.
async fn take(spans: &InMemory, n: usize) -> Vec<FinishedSpan> {
    let mut all = Vec::new();
    for _ in 0..2_000 {
        all.extend(spans.take());
        if all.len() >= n {
            return all;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{} of {n} spans: {all:#?}", all.len());
}

fn find<'a>(spans: &'a [FinishedSpan], service: &str, kind: Kind) -> &'a FinishedSpan {
    let is_it = |span: &&FinishedSpan| span.local.service_name.as_deref() == Some(service) && span.kind == Some(kind);
    spans.iter().find(is_it).unwrap_or_else(|| panic!("no {kind:?} span of {service}: {spans:#?}"))
}

fn tags(span: &FinishedSpan) -> String {
    span.tags.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
}

/// Sends one request to a traced in-process router and returns its one span.
async fn one_span(app: Router, request: Request<Body>, spans: &InMemory) -> FinishedSpan {
    let response = app.oneshot(request).await.unwrap();
    let _ = response.into_body().collect().await;
    let mut spans = spans.take();
    assert_eq!(spans.len(), 1, "{spans:#?}");
    spans.remove(0)
}

#[tokio::test]
async fn a_trace_crosses_two_services_with_shared_spans() {
    let spans = InMemory::default();
    let users = Router::new()
        .route("/users/{id}", get(|| async { (StatusCode::INTERNAL_SERVER_ERROR, "no") }))
        .layer(ServerLayer::new(tracer("user-profile", &spans)));
    let users_url = format!("http://{}/users/7?full=yes", serve(users).await);

    let client = traced_client(tracer("api", &spans), "user-profile");
    let api = Router::new()
        .route(
            "/profile/{id}",
            get(move || async move {
                tag("version", "1.4.2");
                let response = client.clone().call(request(&users_url, &[])).await.unwrap();
                response.into_body().collect().await.unwrap();
                let check = current().unwrap().child("check");
                check.finish();
                "ok"
            }),
        )
        .layer(ServerLayer::new(tracer("api", &spans)));
    let api_url = format!("http://{}/profile/7", serve(api).await);

    let response = http_client().request(request(&api_url, &[])).await.unwrap();
    assert_eq!(response.status(), 200);
    response.into_body().collect().await.unwrap();
    let spans = take(&spans, 4).await;

    let root = find(&spans, "api", Kind::Server);
    let client = find(&spans, "api", Kind::Client);
    let server = find(&spans, "user-profile", Kind::Server);
    let local = spans.iter().find(|span| span.kind.is_none()).unwrap();
    assert_eq!(root.name, "get /profile/{id}");
    assert_eq!(tags(root), "http.method=GET http.path=/profile/7 version=1.4.2");
    assert_eq!((root.context.parent_id, root.context.shared), (None, false));
    assert_eq!(root.context.span_id.get(), root.context.trace_id.low());
    assert_ne!(root.context.trace_id.high(), 0, "128 bits by default");
    assert_eq!(root.remote.ip, Some("127.0.0.1".parse().unwrap()));
    assert_ne!(root.remote.port, None);

    assert_eq!(client.name, "get");
    assert_eq!(client.context.parent_id, Some(root.context.span_id));
    assert_eq!(client.remote.service_name.as_deref(), Some("user-profile"));
    assert_eq!(tags(client), "http.method=GET http.path=/users/7 http.status_code=500 error=500");

    assert_eq!(server.name, "get /users/{id}");
    assert_eq!(server.context.span_id, client.context.span_id);
    assert_eq!(server.context.parent_id, client.context.parent_id);
    assert!(server.context.shared && !client.context.shared);
    assert_eq!(tags(server), tags(client));
    assert!(client.timestamp_us <= server.timestamp_us && server.duration_us <= client.duration_us);

    assert_eq!((local.name.as_str(), local.context.parent_id), ("check", Some(root.context.span_id)));
    assert!(spans.iter().all(|span| span.context.trace_id == root.context.trace_id));
}

#[tokio::test]
async fn the_callers_context_is_joined_continued_or_replaced() {
    #[track_caller]
    fn text(span: &FinishedSpan) -> String {
        let c = &span.context;
        let known = c.trace_id.to_string() == TRACE;
        let id = if c.span_id.to_string() == SPAN { "same" } else { "new" };
        let parent = match c.parent_id.map(|id| id.to_string()) {
            None => "none".into(),
            Some(id) if id == SPAN => "caller".to_owned(),
            Some(id) => id,
        };
        format!("known={known} id={id} parent={parent} shared={} {:?}", c.shared, c.sampling)
    }
    async fn check(headers: &[(&str, &str)], expect: Option<&str>) {
        let spans = InMemory::default();
        let app = Router::new().route("/", get(|| async { "" })).layer(ServerLayer::new(tracer("api", &spans)));
        let builder = headers.iter().fold(Request::get("/"), |builder, (name, value)| builder.header(*name, *value));
        app.oneshot(builder.body(Body::empty()).unwrap()).await.unwrap();
        let got = spans.take();
        assert_eq!(got.first().map(text).as_deref(), expect, "{headers:?}");
    }
    let b3 = format!("{TRACE}-{SPAN}-1-0000000000000002");
    let (undecided, debug, off) = (format!("{TRACE}-{SPAN}"), format!("{TRACE}-{SPAN}-d"), format!("{TRACE}-{SPAN}-0"));
    let w3c = format!("00-{TRACE}-{SPAN}-01");
    let joined = "known=true id=same parent=0000000000000002 shared=true Keep";
    check(&[("b3", &b3)], Some(joined)).await;
    check(&[("b3", &debug)], Some("known=true id=same parent=none shared=true Debug")).await;
    // The client recorded nothing, so there is no other half to share with.
    check(&[("b3", &undecided)], Some("known=true id=same parent=none shared=false Keep")).await;
    check(&[("b3", &off)], None).await;
    check(&[("b3", "0")], None).await;
    check(&[("b3", "d")], Some("known=false id=new parent=none shared=false Debug")).await;
    check(&[("traceparent", &w3c)], Some("known=true id=new parent=caller shared=false Keep")).await;
    check(&[("b3", "é"), ("x-b3-traceid", "zz")], Some("known=false id=new parent=none shared=false Keep")).await;
    check(&[], Some("known=false id=new parent=none shared=false Keep")).await;
}

#[tokio::test]
async fn join_can_be_switched_off_and_the_sampler_decides_what_callers_left_open() {
    async fn serve_once(tracer: Tracer, b3: &str) {
        let app = Router::new().route("/", get(|| async { "" })).layer(ServerLayer::new(tracer));
        app.oneshot(Request::get("/").header("b3", b3).body(Body::empty()).unwrap()).await.unwrap();
    }
    let spans = InMemory::default();
    let tracer = Tracer::builder("api").supports_join(false).sampler(Sampler::Never).report_to(spans.clone());
    serve_once(tracer.clone(), &format!("{TRACE}-{SPAN}-1")).await;
    let got = spans.take();
    assert_eq!(got[0].context.parent_id.unwrap().to_string(), SPAN);
    assert!(!got[0].context.shared && got[0].context.span_id.to_string() != SPAN);
    serve_once(tracer.clone(), &format!("{TRACE}-{SPAN}")).await;
    serve_once(tracer, "garbage").await;
    assert_eq!(spans.take(), []);
}

#[tokio::test]
async fn an_unrecorded_trace_is_still_propagated() {
    let spans = InMemory::default();
    let echo = Router::new().route(
        "/",
        get(|headers: http::HeaderMap| async move {
            format!("{:?} {:?}", headers["x-b3-sampled"], headers["x-b3-traceid"])
        }),
    );
    let url = format!("http://{}/", serve(echo).await);
    let tracer = Tracer::builder("api").sampler(Sampler::Never).trace_id_128(false).report_to(spans.clone());
    let span = tracer.new_trace("work");
    assert_eq!(span.context().sampling, Sampling::Drop);
    let mut client = traced_client(tracer, "echo");
    let sent = nines_sleuth::current::scope(&span, || client.call(request(&url, &[("x-b3-sampled", "1")])));
    let body = sent.await.unwrap().into_body().collect().await.unwrap().to_bytes();
    assert_eq!(String::from_utf8_lossy(&body), format!("\"0\" \"{}\"", span.context().trace_id));
    assert_eq!(span.context().trace_id.to_string().len(), 16);
    drop(span);
    assert_eq!(spans.take(), []);
}

#[tokio::test]
async fn names_and_tags_follow_the_status() {
    async fn status(axum::extract::Path(code): axum::extract::Path<u16>) -> StatusCode {
        StatusCode::from_u16(code).unwrap()
    }
    async fn named(Extension(span): Extension<Span>) -> StatusCode {
        span.set_name("mine").error("why").error("later");
        StatusCode::SERVICE_UNAVAILABLE
    }
    async fn check(method: &str, path: &str, expect: &str) {
        let spans = InMemory::default();
        let app = Router::new()
            .route("/status/{code}", get(status).post(status))
            .route("/named", get(named))
            .fallback(|uri: http::Uri| async move {
                if uri.path() == "/old" { StatusCode::FOUND } else { StatusCode::NOT_FOUND }
            })
            .layer(ServerLayer::new(tracer("api", &spans)));
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let span = one_span(app, request, &spans).await;
        let tags = tags(&span).replace("http.", "");
        assert_eq!(format!("{} | {tags}", span.name), expect, "{method} {path}");
    }
    check("GET", "/status/200", "get /status/{code} | method=GET path=/status/200").await;
    check("POST", "/status/204?x=1", "post /status/{code} | method=POST path=/status/204").await;
    check("GET", "/status/302", "get /status/{code} | method=GET path=/status/302 status_code=302").await;
    check("GET", "/status/399", "get /status/{code} | method=GET path=/status/399 status_code=399").await;
    check("GET", "/status/400", "get /status/{code} | method=GET path=/status/400 status_code=400 error=400").await;
    check("GET", "/status/404", "get /status/{code} | method=GET path=/status/404 status_code=404 error=404").await;
    check("GET", "/status/503", "get /status/{code} | method=GET path=/status/503 status_code=503 error=503").await;
    check("GET", "/nothing", "get not_found | method=GET path=/nothing status_code=404 error=404").await;
    check("GET", "/old", "get redirected | method=GET path=/old status_code=302").await;
    check("HEAD", "/status/200", "head /status/{code} | method=HEAD path=/status/200").await;
    check("GET", "/named", "mine | method=GET path=/named error=why status_code=503").await;
}

#[tokio::test]
async fn a_server_span_ends_with_its_streamed_body() {
    let spans = InMemory::default();
    let (chunks, mut body) = streamed(&spans).await;
    chunks.send(Ok(Bytes::from_static(b"a"))).await.unwrap();
    body.frame().await.unwrap().unwrap();
    assert_eq!(spans.take(), [], "the body has not ended");
    drop(chunks);
    assert!(body.frame().await.is_none());
    let span = spans.take().remove(0);
    assert_eq!((tags(&span).as_str(), span.annotations.len()), ("http.method=POST http.path=/ streamed=1", 0));
}

#[tokio::test]
async fn a_body_that_fails_or_is_left_says_so() {
    async fn check(chunk: Chunk, expect_error: Option<&str>, expect_note: Option<&str>) {
        let spans = InMemory::default();
        let (chunks, mut body) = streamed(&spans).await;
        chunks.send(chunk).await.unwrap();
        let _ = body.frame().await;
        drop(body);
        let span = spans.take().remove(0);
        assert_eq!(span.tag("error"), expect_error);
        assert_eq!(span.annotations.first().map(|note| note.value.as_str()), expect_note);
    }
    check(Err(std::io::Error::other("disk")), Some("disk"), None).await;
    check(Ok(Bytes::from_static(b"a")), None, Some("response body dropped before its end")).await;
}

type Chunk = Result<Bytes, std::io::Error>;

/// A traced response whose body is what goes into the sender.
async fn streamed(spans: &InMemory) -> (tokio::sync::mpsc::Sender<Chunk>, Body) {
    let (chunks, receiver) = tokio::sync::mpsc::channel(1);
    let body = Arc::new(Mutex::new(Some(Chunks(receiver))));
    let handler = move || async move { Body::new(body.lock().unwrap().take().unwrap()) };
    let app = Router::new().route("/", post(handler)).layer(ServerLayer::new(tracer("api", spans)));
    let response = app.oneshot(Request::post("/").body(Body::empty()).unwrap()).await.unwrap();
    (chunks, response.into_body())
}

/// A body of unknown length; its frames run inside the span.
struct Chunks(tokio::sync::mpsc::Receiver<Chunk>);

impl hyper::body::Body for Chunks {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, std::io::Error>>> {
        tag("streamed", 1);
        self.0.poll_recv(cx).map(|chunk| chunk.map(|chunk| chunk.map(hyper::body::Frame::data)))
    }
}

#[tokio::test]
async fn a_cancelled_exchange_is_an_error_on_both_sides() {
    let spans = InMemory::default();
    let slow = Router::new()
        .route("/slow", get(|| tokio::time::sleep(Duration::from_secs(60))))
        .layer(ServerLayer::new(tracer("slow", &spans)));
    let url = format!("http://{}/slow", serve(slow).await);
    let mut client = traced_client(tracer("api", &spans), "slow");
    let call = client.call(request(&url, &[]));
    assert!(tokio::time::timeout(Duration::from_millis(100), call).await.is_err());
    let spans = take(&spans, 2).await;
    for span in [find(&spans, "api", Kind::Client), find(&spans, "slow", Kind::Server)] {
        assert_eq!(span.tag("error"), Some("cancelled before the response"));
    }
}

#[tokio::test]
async fn a_client_without_an_answer_says_why() {
    let spans = InMemory::default();
    let mut client = traced_client(tracer("api", &spans), "gone");
    assert!(client.call(request("http://127.0.0.1:1/x", &[])).await.is_err());
    let span = spans.take().remove(0);
    assert_eq!(span.tag("error"), Some("client error (Connect)"));
    assert_eq!((span.remote.service_name.as_deref(), span.remote.port), (Some("gone"), Some(1)));
}

#[tokio::test]
async fn a_panicking_handler_ends_its_span_with_an_error() {
    let spans = InMemory::default();
    let service = tower::service_fn(|_: Request<Body>| async {
        let parsed: u32 = "x".parse().unwrap();
        Ok::<_, Infallible>(Response::new(Body::from(parsed.to_string())))
    });
    let mut service = ServerLayer::new(tracer("api", &spans)).layer(service);
    let call = service.call(Request::new(Body::empty()));
    assert!(tokio::spawn(call).await.unwrap_err().is_panic());
    assert_eq!(spans.take()[0].tag("error"), Some("panicked"));
}

#[tokio::test]
async fn bare_hyper_servers_are_traced_with_the_peers_address() {
    let spans = InMemory::default();
    let layer = ServerLayer::new(tracer("bare", &spans));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/a/b?c", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (stream, peer) = listener.accept().await.unwrap();
        let traced = layer.layer(tower::service_fn(|_: Request<Incoming>| async {
            Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"hello"))))
        }));
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(PeerAddress(peer));
            traced.clone().call(request)
        });
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await
    });
    let client = http_client();
    for headers in [&[][..], &[("x-forwarded-for", "203.0.113.9, 10.0.0.1")]] {
        let body = client.request(request(&url, headers)).await.unwrap().into_body().collect().await.unwrap();
        assert_eq!(body.to_bytes(), "hello");
    }
    let spans = take(&spans, 2).await;
    assert_eq!((spans[0].name.as_str(), tags(&spans[0]).as_str()), ("get", "http.method=GET http.path=/a/b"));
    assert_eq!(spans[0].remote.ip, Some("127.0.0.1".parse().unwrap()));
    assert_eq!((spans[1].remote.ip, spans[1].remote.port), (Some("203.0.113.9".parse().unwrap()), None));
}

#[tokio::test]
async fn spawned_tasks_have_the_span_they_are_given() {
    use nines_sleuth::InSpan;
    let spans = InMemory::default();
    let span = tracer("api", &spans).new_trace("work");
    let id = span.context().span_id;
    let (without, with) = async {
        let current_id = || async { current().map(|span| span.context().span_id) };
        let without = tokio::spawn(current_id()).await.unwrap();
        (without, tokio::spawn(current_id().in_current_span()).await.unwrap())
    }
    .in_span(span.clone())
    .await;
    assert_eq!((without, with), (None, Some(id)));
    assert!(current().is_none());
    drop(span);
    assert_eq!(spans.take()[0].name, "work", "the last handle ends the span");
}

#[tokio::test]
async fn a_span_has_limits_and_ends_once() {
    use nines_sleuth::span::{ANNOTATIONS_MAX, TAGS_MAX, TEXT_BYTES_MAX};
    let spans = InMemory::default();
    let span = tracer("api", &spans).new_trace("work");
    for n in 0..1_000 {
        span.tag(format!("k{n}"), n).annotate(n);
    }
    span.tag("k0", "한".repeat(TEXT_BYTES_MAX));
    span.finish();
    span.tag("k1", "late").finish();
    assert!(!span.is_recording());
    drop(span);
    let all = spans.take();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].tags.len(), all[0].annotations.len()), (TAGS_MAX, ANNOTATIONS_MAX));
    assert_eq!(all[0].tag("k0").unwrap().len(), TEXT_BYTES_MAX - TEXT_BYTES_MAX % 3);
    assert_eq!(all[0].tag("k1"), Some("1"));
    assert!(all[0].duration_us >= 1);
}

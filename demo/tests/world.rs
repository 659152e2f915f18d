//! The demo against a collector of its own: what it sends is what service maps and objectives need.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use nines_demo::{BadRelease, DemoConfig, DemoError, DemoEvent, DemoReport, start};
use serde_json::Value;

/// What a collector has got.
#[derive(Clone, Default)]
struct Collected {
    spans: Arc<Mutex<Vec<Value>>>,
    deploys: Arc<Mutex<Vec<Value>>>,
}

async fn collector() -> (String, Collected) {
    async fn spans(State(collected): State<Collected>, body: Bytes) -> StatusCode {
        let spans: Vec<Value> = serde_json::from_slice(&body).unwrap();
        collected.spans.lock().unwrap().extend(spans);
        StatusCode::ACCEPTED
    }
    async fn deploys(State(collected): State<Collected>, headers: HeaderMap, body: Bytes) {
        assert_eq!(headers["content-type"], "application/json");
        collected.deploys.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
    }
    let collected = Collected::default();
    let app = Router::new()
        .route("/api/v2/spans", post(spans))
        .route("/api/nines/v1/deploys", post(deploys))
        .with_state(collected.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, collected)
}

/// The answers of one short run, which the tests below read.
struct Run {
    spans: Vec<Value>,
    deploys: Vec<Value>,
    events: Vec<DemoEvent>,
    report: DemoReport,
}

async fn run() -> Run {
    let (url, collected) = collector().await;
    let second = Duration::from_secs(1);
    let script = BadRelease { first_after: second, every: 60 * second, lasts: 2 * second, error_share: 0.5 };
    let config = DemoConfig { visits_per_s: 120.0, bad_release: Some(script), ..DemoConfig::new(url) };
    let demo = start(config).await.unwrap();
    let mut events = demo.subscribe();
    let mut seen = Vec::new();
    while seen.len() < 2 {
        seen.push(tokio::time::timeout(10 * second, events.recv()).await.unwrap().unwrap());
    }
    tokio::time::sleep(second).await;
    let report = demo.shutdown().await;
    let spans = std::mem::take(&mut *collected.spans.lock().unwrap());
    let deploys = std::mem::take(&mut *collected.deploys.lock().unwrap());
    Run { spans, deploys, events: seen, report }
}

fn text<'a>(span: &'a Value, pointer: &str) -> &'a str {
    span.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

fn service(span: &Value) -> &str {
    text(span, "/localEndpoint/serviceName")
}

fn is(span: &Value, kind: &str) -> bool {
    text(span, "/kind") == kind
}

fn tag<'a>(span: &'a Value, key: &str) -> Option<&'a str> {
    span["tags"].get(key).and_then(Value::as_str)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_world_reports_what_maps_and_objectives_need() {
    let run = run().await;
    ends_with_every_span_delivered(&run);
    tells_of_releases(&run);
    has_the_operations_that_were_promised(&run.spans);
    has_the_links_of_the_game_and_the_shop(&run.spans);
    tags_every_server_span_with_a_version(&run.spans);
    fails_only_where_it_should(&run.spans);
    degrades_profiles_without_avatar(&run.spans);
    tells_the_age_of_rankings(&run.spans);
}

fn ends_with_every_span_delivered(run: &Run) {
    let reporter = run.report.reporter;
    assert_eq!((reporter.n_spans_dropped(), reporter.n_spans_queued), (0, 0), "{reporter:?}");
    assert_eq!((reporter.n_spans, reporter.n_spans_delivered), (run.spans.len() as u64, run.spans.len() as u64));
    let visits = run.report.visits;
    let roots = run.spans.iter().filter(|span| span.get("parentId").is_none()).count() as u64;
    assert_eq!(visits.n_good + visits.n_bad, roots, "each visit is one trace, to its end");
    assert!(visits.n_good > 100 && visits.n_bad > 5, "{visits:?}");
}

fn tells_of_releases(run: &Run) {
    let deploy = |version| serde_json::json!({ "service": "user-profile", "version": version, "by": "demo" });
    assert_eq!(run.deploys, [deploy("2.0.0"), deploy("1.4.2")]);
    let [DemoEvent::BadReleaseStarted { service, version, .. }, DemoEvent::RolledBack { version: good, from, .. }] =
        &run.events[..]
    else {
        panic!("{:?}", run.events)
    };
    assert_eq!((*service, version.as_str(), good.as_str(), from.as_str()), ("user-profile", "2.0.0", "1.4.2", "2.0.0"));
}

fn has_the_operations_that_were_promised(spans: &[Value]) {
    let operations: BTreeSet<String> = spans
        .iter()
        .filter(|span| is(span, "SERVER"))
        .map(|span| format!("{}: {}", service(span), text(span, "/name")))
        .collect();
    let mut expect: BTreeSet<String> = [
        "rank: get /ranking",
        "rank: post /scores",
        "user-profile: get /users/{id}",
        "user-profile: get /users/{id}/avatar",
        "user-profile: post /sessions",
        "api-client: get /shop/items/{id}",
        "api-client: post /shop/checkout",
        "user: get /users/{id}/items",
        "user: post /users/{id}/orders",
        "item: get /items/{id}",
        "item: post /items/{id}/reservations",
    ]
    .map(str::to_owned)
    .into();
    for edge in ["web", "app", "api"] {
        for name in ["get /profile/{id}", "get /ranking", "post /score", "post /login"] {
            expect.insert(format!("{edge}: {name}"));
        }
    }
    assert_eq!(operations, expect);
}

fn has_the_links_of_the_game_and_the_shop(spans: &[Value]) {
    let key = |span: &Value| (text(span, "/traceId").to_owned(), text(span, "/id").to_owned());
    let clients: BTreeMap<_, _> =
        spans.iter().filter(|span| is(span, "CLIENT")).map(|span| (key(span), span)).collect();
    let servers: BTreeMap<_, _> =
        spans.iter().filter(|span| is(span, "SERVER")).map(|span| (key(span), span)).collect();
    assert_eq!(clients.len() + servers.len(), spans.len(), "no id twice on one side, no other kinds");
    let mut links = BTreeSet::new();
    for (key, client) in &clients {
        let server = servers.get(key).unwrap_or_else(|| panic!("no server half of {client}"));
        assert_eq!(server["shared"], true);
        assert_eq!(server.get("parentId"), client.get("parentId"));
        assert_eq!(client["remoteEndpoint"]["serviceName"], server["localEndpoint"]["serviceName"]);
        let parent = servers[&(key.0.clone(), text(client, "/parentId").to_owned())];
        assert_eq!(service(parent), service(client), "a call belongs to the request it serves");
        assert_eq!(key.0.len(), 32);
        links.insert(format!("{} -> {}", service(client), service(server)));
    }
    let roots: BTreeSet<&str> =
        servers.values().filter(|span| span.get("shared").is_none()).map(|s| service(s)).collect();
    let expect_links =
        ["api -> rank", "api -> user-profile", "api-client -> user", "app -> api", "user -> item", "web -> api"];
    assert_eq!(links.iter().map(String::as_str).collect::<Vec<_>>(), expect_links);
    assert_eq!(roots.into_iter().collect::<Vec<_>>(), ["api-client", "app", "web"]);
}

fn tags_every_server_span_with_a_version(spans: &[Value]) {
    let versions: BTreeSet<String> = spans
        .iter()
        .filter(|span| is(span, "SERVER"))
        .map(|span| format!("{} {}", service(span), tag(span, "version").unwrap_or("none")))
        .collect();
    let expect = [
        "api 2.7.3",
        "api-client 1.1.0",
        "app 5.0.1",
        "item 1.8.4",
        "rank 1.9.0",
        "user 2.3.1",
        "user-profile 1.4.2",
        "user-profile 2.0.0",
        "web 3.2.0",
    ];
    assert_eq!(versions.iter().map(String::as_str).collect::<Vec<_>>(), expect);
}

fn fails_only_where_it_should(spans: &[Value]) {
    let of = |version: &str| {
        let of_release = spans.iter().filter(|s| is(s, "SERVER") && service(s) == "user-profile");
        let (bad, good): (Vec<_>, Vec<_>) = of_release
            .filter(|span| tag(span, "version") == Some(version))
            .partition(|span| tag(span, "error").is_some());
        assert!(bad.iter().all(|span| tag(span, "http.status_code") == Some("500")));
        (bad.len(), good.len())
    };
    assert_eq!(of("1.4.2").0, 0);
    let (bad, good) = of("2.0.0");
    let share = bad as f64 / (bad + good) as f64;
    assert!((0.35..0.65).contains(&share), "{bad} of {} failed", bad + good);
    let shop = ["api-client", "user", "item"];
    assert!(spans.iter().filter(|s| shop.contains(&service(s))).all(|s| tag(s, "error").is_none()));
}

fn degrades_profiles_without_avatar(spans: &[Value]) {
    let degraded: Vec<&Value> = spans.iter().filter(|span| tag(span, "degraded") == Some("true")).collect();
    assert!(!degraded.is_empty());
    for span in degraded {
        assert_eq!((service(span), text(span, "/name"), tag(span, "error")), ("api", "get /profile/{id}", None));
        let failed = spans.iter().find(|call| {
            is(call, "CLIENT")
                && call["traceId"] == span["traceId"]
                && call["parentId"] == span["id"]
                && tag(call, "error").is_some()
        });
        assert!(tag(failed.unwrap(), "http.path").unwrap().ends_with("/avatar"));
    }
}

fn tells_the_age_of_rankings(spans: &[Value]) {
    let rankings = spans.iter().filter(|s| service(s) == "rank" && text(s, "/name") == "get /ranking");
    let ages: Vec<u64> = rankings
        .filter(|span| tag(span, "error").is_none())
        .map(|span| tag(span, "rank.age_ms").unwrap().parse().unwrap())
        .collect();
    assert!(!ages.is_empty() && ages.iter().all(|age| *age < 60_000), "{ages:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_world_without_a_trace_server_runs_and_ends_in_time() {
    let config = DemoConfig { visits_per_s: 100.0, ..DemoConfig::new("http://127.0.0.1:1") };
    let demo = start(config).await.unwrap();
    assert_eq!(demo.edges().map(|(name, _)| name), ["web", "app", "api-client"]);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let started = Instant::now();
    let report = demo.shutdown().await;
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!(report.visits.n_good > 0, "visits do not need the trace server");
    assert_eq!(report.reporter.n_spans_dropped_closed, report.reporter.n_spans);
}

#[tokio::test]
async fn what_cannot_run_is_an_error() {
    async fn check(url: &str, visits_per_s: f64, expect: &str) {
        let config = DemoConfig { visits_per_s, ..DemoConfig::new(url) };
        let error = start(config).await.err().expect("must not start");
        assert_eq!(error.to_string(), expect);
        assert_eq!(matches!(error, DemoError::Rate { .. }), visits_per_s != 1.0);
    }
    check("ftp://x", 1.0, "start the demo's reporter").await;
    check("", 1.0, "start the demo's reporter").await;
    for rate in ["0", "-1", "NaN", "inf"] {
        let expect = format!("{rate} visits a second: must be above 0 and at most 2000");
        check("http://127.0.0.1:1", rate.parse().unwrap(), &expect).await;
    }
}

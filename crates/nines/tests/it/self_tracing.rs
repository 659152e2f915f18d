//! The server's own queries as spans: which there are, what they say, and that none leads to another.

use crate::process::{Server, eventually};
use crate::zipkin::wire::{Reply, send};
use serde_json::{Value, json};
use std::time::Duration;

const TRACE: &str = "463ac35c9f6413ad48485a3953bb6124";

/// Traces every query, and stores its span within 50 ms.
fn start(folder: &tempfile::TempDir, more: &[&str]) -> Server {
    start_flushing(folder, "50ms", more)
}

fn start_flushing(folder: &tempfile::TempDir, interval: &str, more: &[&str]) -> Server {
    let on =
        ["--self-tracing", "true", "--self-tracing-traces-per-second", "0", "--self-tracing-flush-interval", interval];
    Server::start(folder.path(), &[&on[..], more].concat())
}

fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> Reply {
    send(server.url.trim_start_matches("http://"), "GET", path, headers, b"")
}

/// Every span of the server itself, asked for without a trace of it.
fn own_spans(server: &Server) -> Vec<Value> {
    let reply = get(server, "/api/v2/traces?serviceName=zipkin-server&limit=1000", &[("b3", "0")]);
    let traces: Value = serde_json::from_str(&reply.text()).expect("traces");
    traces.as_array().unwrap().iter().flat_map(|trace| trace.as_array().unwrap().clone()).collect()
}

#[test]
fn a_query_becomes_a_span_that_says_what_was_asked_and_how_it_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(&folder, &[]);
    server.get("/api/v2/services");
    server.get("/zipkin/api/v2/trace/00000000000000ff");
    let spans = eventually(Duration::from_secs(10), || own_spans(&server), |spans| spans.len() == 2);
    let of = |name: &str| spans.iter().find(|span| span["name"] == name).unwrap_or_else(|| panic!("{name}: {spans:?}"));
    assert_eq!(of("get /api/v2/services")["tags"]["error"], Value::Null);
    let missing = of("get /api/v2/trace/{traceid}");
    assert_eq!(
        missing["tags"],
        json!({ "error": "404", "http.method": "GET", "http.path": "/zipkin/api/v2/trace/00000000000000ff",
                "http.status_code": "404" })
    );
    assert_eq!(
        (&missing["kind"], &missing["localEndpoint"]),
        (&json!("SERVER"), &json!({ "serviceName": "zipkin-server" }))
    );
    assert_eq!(missing["remoteEndpoint"]["ipv4"], "127.0.0.1");
    let flat = server.get("/metrics").json();
    assert_eq!(flat["counter.zipkin_collector.spans.local"], 2);
    // Neither reading them by our own API nor storing them makes more.
    server.get("/api/nines/v1/traces?q=service%3Dzipkin-server");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(own_spans(&server).len(), 2);
    assert_eq!(server.terminate(), 0);
}

#[test]
fn a_query_joins_the_trace_of_its_caller_and_honours_its_decision() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(&folder, &["--self-tracing-sample-rate", "0"]);
    let b3 = format!("{TRACE}-0000000000000007-1-0000000000000003");
    let unkept = format!("{TRACE}-0000000000000008-0");
    let w3c = format!("00-{TRACE}-0000000000000009-01");
    for header in [("b3", b3.as_str()), ("b3", &unkept), ("b3", "0"), ("traceparent", &w3c)] {
        assert_eq!(get(&server, "/api/v2/services", &[header]).status, 200);
    }
    server.get("/api/v2/services");
    let spans = eventually(Duration::from_secs(10), || own_spans(&server), |spans| spans.len() == 2);
    assert!(spans.iter().all(|span| span["traceId"] == TRACE), "{spans:?}");
    let shared = spans.iter().find(|span| span["shared"] == true).expect("one that shares its caller's id");
    assert_eq!((&shared["id"], &shared["parentId"]), (&"0000000000000007".into(), &"0000000000000003".into()));
    let child = spans.iter().find(|span| span["shared"] != true).expect("one below its caller");
    assert_eq!(child["parentId"], "0000000000000009");
    assert_eq!(child["kind"], "SERVER");
}

#[test]
fn what_brings_spans_is_never_traced_and_without_the_setting_nothing_is() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(&folder, &["--storage", "mem"]);
    let body = br#"[{"traceId":"1","id":"1","localEndpoint":{"serviceName":"a"},"timestamp":1}]"#;
    let b3 = format!("{TRACE}-0000000000000007-1");
    assert_eq!(server.post("/api/v2/spans", &[("b3", &b3)], body).status, 202);
    std::thread::sleep(Duration::from_millis(300));
    assert!(own_spans(&server).is_empty());

    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--storage", "mem"]);
    server.get("/api/v2/services");
    std::thread::sleep(Duration::from_millis(300));
    assert!(own_spans(&server).is_empty());
    assert!(!server.get("/prometheus").text.contains("transport=\"local\""));
}

#[test]
fn spans_that_wait_are_stored_when_the_server_ends() {
    let folder = tempfile::tempdir().unwrap();
    let server = start_flushing(&folder, "1h", &[]);
    server.get("/api/v2/services");
    assert!(own_spans(&server).is_empty());
    assert_eq!(server.terminate(), 0);
    assert_eq!(own_spans(&Server::start(folder.path(), &[])).len(), 1);
}

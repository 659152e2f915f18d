//! What the page asks about one trace: rows that are found, and traces that somebody brings along.

use crate::process::{Server, now_us, run};
use serde_json::{Value, json};

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];
const ID: &str = "5af7183fb1d4cf5f5af7183fb1d4cf5f";

/// A client, its server with a skewed clock, a query, and a span whose parent never came.
fn spans(trace_id: &str, start_us: u64) -> Value {
    json!([
        { "traceId": trace_id, "id": "1", "name": "get /", "kind": "CLIENT", "timestamp": start_us, "duration": 1000,
          "localEndpoint": { "serviceName": "web", "ipv4": "10.0.0.1" }, "tags": { "http.path": "/Basket" } },
        { "traceId": trace_id, "id": "2", "parentId": "1", "name": "basket", "kind": "SERVER", "timestamp": start_us - 5000,
          "duration": 600, "localEndpoint": { "serviceName": "cart", "ipv4": "10.0.0.2" },
          "tags": { "http.status_code": "503" }, "annotations": [{ "timestamp": start_us - 4900, "value": "cache missed" }] },
        { "traceId": trace_id, "id": "3", "parentId": "2", "name": "select", "timestamp": start_us - 4800, "duration": 100,
          "localEndpoint": { "serviceName": "cart", "ipv4": "10.0.0.2" } },
        { "traceId": trace_id, "id": "4", "parentId": "dead", "name": "late", "timestamp": start_us + 100, "duration": 100,
          "localEndpoint": { "serviceName": "web", "ipv4": "10.0.0.1" } },
    ])
}

fn started() -> (tempfile::TempDir, Server, u64) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let start_us = now_us() - 1_000_000;
    let body = spans(ID, start_us).to_string();
    assert_eq!(server.post("/api/v2/spans", &JSON, body.as_bytes()).status, 202);
    (folder, server, start_us)
}

fn rows(server: &Server, query: &str) -> Value {
    server.get(&format!("/api/nines/v1/traces/{ID}?{query}")).json()["rows"].clone()
}

#[test]
fn rows_are_found_by_filter_and_by_a_text_in_tags_and_events() {
    let (_folder, server, _) = started();
    let columns = server.get(&format!("/api/nines/v1/traces/{ID}")).json();
    let row_of = |id: &str| {
        let ids = columns["rows"]["id"].as_array().unwrap();
        ids.iter().position(|one| one == &json!(format!("{id:0>16}"))).unwrap()
    };
    assert_eq!(rows(&server, "q=http.status_code%3E%3D500"), json!([row_of("2")]));
    assert_eq!(rows(&server, "q=service%3Dcart"), json!([row_of("2"), row_of("3")]));
    assert_eq!(rows(&server, "text=basket"), json!([row_of("1")]), "a name is the columns' business");
    assert_eq!(rows(&server, "text=PATH%3D/bas"), json!([row_of("1")]), "names, values and case");
    assert_eq!(rows(&server, "text=cache"), json!([row_of("2")]));
    assert_eq!(rows(&server, "text=nowhere"), json!([]));
    let refused = server.get(&format!("/api/nines/v1/traces/{ID}?q=duration%3Ex"));
    assert_eq!((refused.status, refused.json()["at"]["from"].clone()), (400, json!(9)));
}

#[test]
fn missing_parents_and_clocks_are_named() {
    let (_folder, server, _) = started();
    let columns = server.get(&format!("/api/nines/v1/traces/{ID}")).json();
    assert_eq!(columns["missingIds"], json!(["000000000000dead"]));
    assert_eq!((&columns["missingParents"], &columns["skewCorrected"]), (&json!(1), &json!(1)));
    let whole = json!(spans(ID, now_us() - 1_000_000).as_array().unwrap()[..3]);
    let drawn = server.post("/api/nines/v1/traces/draw", &JSON, whole.to_string().as_bytes()).json();
    assert_eq!(drawn["skews"], json!([{ "service": "cart", "aheadUs": -5200 }]));
}

#[test]
fn a_trace_is_drawn_as_the_stored_one_and_not_stored() {
    let (_folder, server, start_us) = started();
    let stored = server.get(&format!("/api/nines/v1/traces/{ID}")).json();
    let other = "c0ffee0000000000c0ffee0000000000";
    let body = spans(other, start_us).to_string();
    let mut drawn = server.post("/api/nines/v1/traces/draw", &JSON, body.as_bytes()).json();
    assert_eq!(drawn["traceId"], other);
    drawn["traceId"] = json!(ID);
    assert_eq!(drawn, stored);
    let found = server.post("/api/nines/v1/traces/draw?text=cache", &JSON, body.as_bytes()).json();
    assert_eq!(found["rows"].as_array().map(Vec::len), Some(1));
    let parts = server.post("/api/nines/v1/traces/draw?rows=0-1", &JSON, body.as_bytes()).json();
    assert_eq!(parts["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(server.get(&format!("/api/nines/v1/traces/{other}")).status, 404);
}

#[test]
fn what_is_no_trace_is_refused_with_the_reason() {
    let (_folder, server, start_us) = started();
    let refused = |body: &str| {
        let answer = server.post("/api/nines/v1/traces/draw?lang=en", &JSON, body.as_bytes());
        assert_eq!(answer.status, 400, "{}", answer.text);
        answer.json()["detail"].as_str().unwrap().to_owned()
    };
    assert!(refused("{}").starts_with("the text is no list of spans"));
    assert!(refused("[]").starts_with("the text is no list of spans"));
    let mut two = spans("aa", start_us);
    two.as_array_mut().unwrap().extend(spans("bb", start_us).as_array().unwrap().clone());
    assert_eq!(refused(&two.to_string()), "the text holds spans of 2 traces, 00000000000000aa first");
    let large = format!("[{}]", " ".repeat(10 << 20));
    assert!(refused(&large).starts_with("the text is larger than"));
}

#[test]
fn services_that_the_store_has_never_seen_get_no_number_for_good() {
    let (_folder, server, start_us) = started();
    let strange = spans("cc", start_us).to_string().replace("cart", "never-seen");
    let drawn = server.post("/api/nines/v1/traces/draw", &JSON, strange.as_bytes()).json();
    let colors: Vec<&Value> = drawn["services"].as_array().unwrap().iter().map(|service| &service["color"]).collect();
    assert_ne!(colors[0], colors[1]);
    let known = server.get("/api/nines/v1/services").text;
    assert!(!known.contains("never-seen"), "{known}");
}

#[test]
fn two_traces_are_compared_at_the_terminal() {
    let (_folder, server, start_us) = started();
    let other = "c0ffee0000000000c0ffee0000000000";
    let mut body = spans(other, start_us);
    body.as_array_mut().unwrap().remove(2);
    assert_eq!(server.post("/api/v2/spans", &JSON, body.to_string().as_bytes()).status, 202);
    let compared = run(&["trace", "compare", ID, other, "--server", &server.url]);
    assert_eq!(compared.status.code(), Some(1), "{compared:?}");
    let text = String::from_utf8(compared.stdout).unwrap();
    let line = text.lines().find(|line| line.starts_with("cart select")).unwrap();
    assert!(line.contains("−100 µs"), "{line}");
    assert_eq!(run(&["trace", "compare", ID, ID, "--server", &server.url]).status.code(), Some(0));
    assert_eq!(run(&["trace", "compare", ID, "abc", "--server", &server.url]).status.code(), Some(1));
}

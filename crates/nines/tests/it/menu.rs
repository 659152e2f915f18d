//! The examples of the SLI menu over the real server: spans as senders report them, figures as people read them.

use crate::process::{Server, eventually, nines, now_us};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// Longest wait for anything here: a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(30);

/// A span that ended so many seconds ago and took one.
fn span(id: u64, service: &str, kind: &str, name: &str, ago_s: u64, tags: Value) -> Value {
    let mut span = json!({
        "traceId": format!("{id:016x}"), "id": format!("{id:016x}"), "name": name,
        "timestamp": now_us() - (ago_s + 1) * 1_000_000, "duration": 1_000_000,
        "localEndpoint": { "serviceName": service }, "tags": tags,
    });
    if !kind.is_empty() {
        span["kind"] = json!(kind);
    }
    span
}

fn child(mut span: Value, trace: u64, parent: u64) -> Value {
    span["traceId"] = json!(format!("{trace:016x}"));
    span["parentId"] = json!(format!("{parent:016x}"));
    span
}

fn send(server: &Server, spans: &[Value]) {
    let body = Value::from(spans).to_string();
    assert_eq!(server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes()).status, 202);
}

fn figures(server: &Server, name: &str, expected: (u64, u64)) -> Value {
    let item = || server.get(&format!("/api/nines/v1/slos/{name}")).json()["items"][0].clone();
    eventually(SOON, item, |item| item["good"] == expected.0 && item["bad"] == expected.1)
}

#[test]
fn each_kind_of_indicator_counts_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/menu");
    let data = folder.path().join("data");
    let arguments = ["--definitions", &definitions.display().to_string()];
    let server = Server::start(&data, &arguments);

    // A payment fails and gets through, another does not.
    let failed = json!({ "error": "timeout" });
    let pay = |id: u64, parent: u64, ago_s: u64, tags: &Value| {
        child(span(id, "shop", "CLIENT", "post /pay", ago_s, tags.clone()), 0x10 + parent, parent)
    };
    send(&server, &[pay(3, 1, 50, &json!({})), pay(2, 1, 60, &failed), pay(4, 2, 60, &failed)]);
    figures(&server, "shop-pays", (1, 1));

    // An order is consumed in time, one is late, one is never heard of; whichever is reported first.
    let order = |id: u64, ago_s: u64| span(id, "shop", "PRODUCER", "orders", ago_s, json!({}));
    let taken =
        |id: u64, of: u64, ago_s: u64| child(span(id, "warehouse", "CONSUMER", "orders", ago_s, json!({})), of, of);
    send(&server, &[taken(0x121, 0x21, 95), taken(0x122, 0x22, 69)]);
    send(&server, &[order(0x21, 100), order(0x22, 100), order(0x23, 100)]);
    figures(&server, "shop-delivers", (1, 2));
    let bad = server.get("/api/nines/v1/slos/shop-delivers/events?verdict=bad").json();
    let mut ids: Vec<&str> =
        bad["items"].as_array().unwrap().iter().map(|item| item["spanId"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["0000000000000022", "0000000000000023"], "{bad}");

    // What a probe read back.
    let probe = |id: u64, lost: u64| {
        span(id, "shop-probe", "", "read-back", 10, json!({ "checked": "1000000", "lost": lost.to_string() }))
    };
    send(&server, &[probe(0x31, 3), probe(0x32, 0)]);
    figures(&server, "shop-keeps", (1_999_997, 3));

    // Half of the recommender's traces come.
    let recommend = |id: u64, rate: &str| span(id, "recommender", "SERVER", "get", 10, json!({ "sampler.rate": rate }));
    send(&server, &[recommend(0x41, "0.5"), recommend(0x42, "0.25")]);
    assert_eq!(figures(&server, "shop-recommends", (0, 6))["isEstimate"], true);

    // Regions beside the whole.
    let answer = |id: u64, region: &str, ago_s: u64, fails: bool| {
        let tags = if fails { json!({ "region": region, "error": "x" }) } else { json!({ "region": region }) };
        span(id, "shop", "SERVER", "get /", ago_s, tags)
    };
    send(&server, &[answer(0x51, "eu", 10, false), answer(0x52, "eu", 10, true), answer(0x53, "us", 10, false)]);
    let item = figures(&server, "shop-answers", (2, 1));
    let groups: Vec<(&str, u64, u64)> = item["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            (group["value"].as_str().unwrap(), group["good"].as_u64().unwrap(), group["bad"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(groups, [("eu", 1, 1), ("us", 1, 0)]);

    // Twenty minutes late: it counts, and that it does is told.
    send(&server, &[answer(0x54, "us", 1200, true)]);
    figures(&server, "shop-answers", (2, 2));
    let amended = || server.get("/api/nines/v1/slos/shop-answers").json()["amendments"].clone();
    let amended = eventually(SOON, amended, |list| list.as_array().is_some_and(|list| !list.is_empty()));
    assert_eq!(
        (&amended[0]["before"], &amended[0]["after"]),
        (&json!({"good": 0, "bad": 0}), &json!({"good": 0, "bad": 1}))
    );
    let events = server.get("/api/nines/v1/events?topics=slo.amended").json();
    assert_eq!(events["items"].as_array().unwrap().len(), 1, "{events}");

    let explained = nines(&["slo", "explain", "shop-answers", "--server", &server.url]).output().unwrap();
    let text = String::from_utf8(explained.stdout).unwrap();
    for part in ["GROUP", "eu", "AMENDED", "BAD BEFORE"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let status = nines(&["slo", "status", "--server", &server.url]).output().unwrap();
    let text = String::from_utf8(status.stdout).unwrap();
    let line = text.lines().find(|line| line.starts_with("shop-recommends")).unwrap();
    assert!(line.contains("~0"), "{text}");
    let counters = server.get("/prometheus").text;
    let counter = "nines_slo_events_total{slo=\"shop-answers\",objective=\"1\",verdict=\"bad\"} 2";
    assert!(counters.lines().any(|line| line == counter), "{counters}");

    // The same after a crash, for what repeats what came before it too.
    server.kill();
    let server = Server::start(&data, &arguments);
    send(
        &server,
        &[taken(0x121, 0x21, 95), pay(3, 1, 50, &json!({})), answer(0x51, "eu", 10, false), order(0x24, 100)],
    );

    figures(&server, "shop-delivers", (1, 3));
    figures(&server, "shop-pays", (1, 1));
    assert_eq!(figures(&server, "shop-answers", (2, 2))["groups"].as_array().unwrap().len(), 2);
    figures(&server, "shop-keeps", (1_999_997, 3));
}

//! Aggregates over HTTP: facets, series, heat-maps, and what is refused.

use crate::process::{Server, now_us};
use serde_json::{Value, json};

/// Twelve spans of `web`, one a second, every fourth failing; ten of one route, two of another.
fn send(server: &Server, from_us: u64) {
    let span = |at: u64| {
        let (code, route) = (if at.is_multiple_of(4) { 500 } else { 200 }, if at < 10 { "/a" } else { "/b" });
        json!({
            "traceId": format!("{:016x}", at + 1), "id": format!("{:016x}", at + 1), "kind": "SERVER", "name": "get",
            "timestamp": from_us + at * 1_000_000, "duration": 1000 << at, "localEndpoint": { "serviceName": "web" },
            "tags": { "http.status_code": code.to_string(), "http.route": route },
        })
    };
    let body = Value::Array((0..12).map(span).collect()).to_string();
    // Twice: what a sender repeats counts once.
    for _ in 0..2 {
        let answer = server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes());
        assert_eq!(answer.status, 202);
    }
}

#[test]
fn spans_are_counted_by_tags_time_and_duration() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &[]);
    let from_us = now_us() / 60_000_000 * 60_000_000 - 600_000_000;
    send(&server, from_us);
    let ask = |query: &str| {
        let answer = server.get(&format!("/api/nines/v1/aggregate?since=1h&{query}"));
        assert_eq!(answer.status, 200, "{}", answer.text);
        let document = answer.json();
        assert_eq!((&document["cut"], document.get("partial")), (&Value::Null, None));
        document
    };

    let facet = ask("q=service%3Dweb&by=http.route,error");
    assert_eq!(facet["by"], json!(["tag.http.route", "error"]));
    let items = facet["items"].as_array().unwrap();
    let keys: Vec<_> = items.iter().map(|item| (item["key"].clone(), item["spans"].clone())).collect();
    let expected =
        [(json!(["/a", false]), json!(7)), (json!(["/a", true]), json!(3)), (json!(["/b", false]), json!(2))];
    assert_eq!(keys, expected);
    assert_eq!((&facet["total"]["spans"], &facet["total"]["errors"]), (&json!(12), &json!(3)));
    assert_eq!(facet["total"]["durationMaxUs"], 1000 << 11);
    assert_eq!(
        facet["rest"],
        json!({ "groups": 0, "spans": 0, "errors": 0, "timed": 0, "durationSumUs": 0, "durationMaxUs": 0 })
    );

    let map = ask("by=time,duration&step=1m&buckets=1");
    assert_eq!((&map["stepUs"], &map["bucketsPerDoubling"]), (&json!(60_000_000), &json!(1)));
    assert_eq!(map["items"].as_array().unwrap().len(), 12, "each lasts twice as long as the one before");
    let bucket = &map["items"][0]["key"][1];
    assert_eq!(bucket["toUs"].as_u64().unwrap() + 1, 2 * bucket["fromUs"].as_u64().unwrap());

    let cut = ask("by=http.status_code&limit=1&histogram=duration");
    assert_eq!((&cut["items"][0]["key"], &cut["rest"]["groups"]), (&json!(["200"]), &json!(1)));
    assert_eq!((&cut["rest"]["spans"], &cut["rest"]["errors"]), (&json!(3), &json!(3)));
    let spans_of = |sums: &Value| -> u64 {
        sums["histogram"].as_array().unwrap().iter().map(|bucket| bucket["spans"].as_u64().unwrap()).sum()
    };
    assert_eq!((spans_of(&cut["total"]), spans_of(&cut["rest"])), (12, 3));
    let p50_us = cut["total"]["p50Us"].as_u64().unwrap();
    assert!((32_000..=34_000).contains(&p50_us), "the sixth of twelve lasts 32 ms, not {p50_us} µs");
    assert_eq!(cut["total"]["p99Us"], cut["total"]["durationMaxUs"]);

    let none = ask("q=service%3Dnobody&by=op");
    assert_eq!((&none["items"], &none["total"]["spans"]), (&json!([]), &json!(0)));
}

#[test]
fn a_bad_aggregate_says_what_is_wrong_and_where() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &[]);
    let check = |query: &str, detail: &str| {
        let answer = server.get(&format!("/api/nines/v1/aggregate?{query}"));
        assert_eq!((answer.status, answer.content_type.as_str()), (400, "application/problem+json"), "{query}");
        let problem = answer.json();
        assert_eq!(problem["detail"], detail, "{query}");
        assert!(problem["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{query}");
        problem
    };
    assert_eq!(check("q=service%3Dweb%20duration%3E5", "`5` has no unit of time that is known here")["at"]["from"], 21);
    check("by=a,b,c,d,e", "by names 5 dimensions");
    check("by=time&step=1ms&since=1h", "the window has 3600001 slices of that step");
    check("by=time&step=0s", "`0s` is not a duration");
    check("by=time&step=soon", "`soon` is not a duration");
    check("limit=0", "limit: `0` is not a number in range");
    check("limit=20000&histogram=duration", "limit: `20000` is not a number in range");
    check("buckets=3", "buckets cannot be `3`");
    check("histogram=yes", "histogram cannot be `yes`");
}

#[test]
fn edges_of_the_map_tell_how_long_their_calls_took() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &[]);
    let now = now_us();
    let call = |nth: u64, kind: &str, local: &str, remote: &str, duration: u64| {
        let remote = if remote.is_empty() {
            String::new()
        } else {
            format!(r#","remoteEndpoint":{{"serviceName":"{remote}"}}"#)
        };
        format!(
            r#"{{"traceId":"{nth:x}","id":"1","kind":"{kind}","timestamp":{},"duration":{duration},"localEndpoint":{{"serviceName":"{local}"}}{remote}}}"#,
            now - 1_000_000
        )
    };
    // A hundred calls of a caller that names whom it calls, one of a callee that names its caller, and one
    // whose callee does neither.
    let mut spans: Vec<String> = (1..=100).map(|nth| call(nth, "CLIENT", "Web", "db", nth * 1000)).collect();
    spans.push(call(1001, "SERVER", "api", "edge", 5000));
    spans.push(call(1002, "CLIENT", "web", "", 7000));
    spans.push(format!(
        r#"{{"traceId":"3ea","parentId":"1","id":"2","kind":"SERVER","timestamp":{},"localEndpoint":{{"serviceName":"mail"}}}}"#,
        now - 1_000_000
    ));
    assert_eq!(server.post("/api/v2/spans", &[], format!("[{}]", spans.join(",")).as_bytes()).status, 202);
    let edges = |path: &str| server.get(path).json()["edges"].clone();
    let plain = edges("/api/nines/v1/map?since=1h");
    assert!(plain[0].get("p50Us").is_none(), "{plain}");
    let timed = edges("/api/nines/v1/map?since=1h&histogram=duration");
    let edge = |child: &str| timed.as_array().unwrap().iter().find(|edge| edge["child"] == child).cloned().unwrap();
    let to_db = edge("db");
    assert_eq!(
        (&to_db["parent"], &to_db["calls"], &to_db["timed"], &to_db["timedBy"]),
        (&"web".into(), &100.into(), &100.into(), &"caller".into())
    );
    for (name, truth) in [("p50Us", 50_000.0), ("p95Us", 95_000.0), ("p99Us", 99_000.0)] {
        let told = to_db[name].as_f64().unwrap();
        assert!(told >= truth && told <= truth * 1.0625, "{name} {told}");
    }
    assert_eq!((&edge("api")["timedBy"], &edge("api")["p99Us"]), (&"callee".into(), &5000.into()));
    assert!(edge("mail").get("timedBy").is_none(), "{}", edge("mail"));
    assert_eq!(server.get("/api/nines/v1/map?histogram=x").status, 400);
}

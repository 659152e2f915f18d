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

//! Looking around over HTTP: facets, what sets a selection apart, dots, the slowest, and completion from what is there.

use crate::process::{Server, now_us};
use serde_json::{Value, json};

/// Forty traces, a second apart: `edge` calls `pay`. Every fourth is slow, because `pay` is of version 2 and spends the
/// time; half of the slow ones fail.
fn send(server: &Server, from_us: u64) {
    let mut spans = Vec::new();
    for at in 0..40u64 {
        let (is_slow, id) = (at.is_multiple_of(4), format!("{:016x}", at + 1));
        let (start, duration) = (from_us + at * 1_000_000, if is_slow { 800_000 } else { 20_000 + at });
        let mut pay = json!({
            "traceId": id, "parentId": id, "id": format!("{:016x}", 1000 + at), "kind": "SERVER", "name": "post /charge",
            "timestamp": start + 1000, "duration": duration - 5000, "localEndpoint": { "serviceName": "pay" },
            "tags": { "version": if is_slow { "2.0" } else { "1.9" }, "request": format!("r-{at}"), "odd name": "a b" },
        });
        if at.is_multiple_of(8) {
            pay["tags"]["error"] = json!("declined");
        }
        spans.push(pay);
        spans.push(json!({
            "traceId": id, "id": id, "kind": "SERVER", "name": "post /checkout", "timestamp": start, "duration": duration,
            "localEndpoint": { "serviceName": "edge" }, "tags": { "region": if at < 20 { "seoul" } else { "busan" } },
        }));
    }
    let body = Value::Array(spans).to_string();
    let answer = server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes());
    assert_eq!(answer.status, 202);
}

struct Rig {
    server: Server,
    from_us: u64,
    _folder: tempfile::TempDir,
}

impl Rig {
    fn new() -> Rig {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(&folder.path().join("data"), &[]);
        let from_us = now_us() / 1_000_000 * 1_000_000 - 600_000_000;
        send(&server, from_us);
        Rig { server, from_us, _folder: folder }
    }

    fn ask(&self, path: &str) -> Value {
        let answer = self.server.get(&format!("/api/nines/v1{path}"));
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    fn moment(&self, second: u64) -> String {
        let at = jiff::Timestamp::from_microsecond((self.from_us + second * 1_000_000) as i64).unwrap();
        at.to_string()
    }
}

fn facet<'f>(answer: &'f Value, key: &str) -> &'f Value {
    answer["items"].as_array().unwrap().iter().find(|facet| facet["key"] == key).unwrap_or_else(|| panic!("{key}"))
}

#[test]
fn facets_count_all_and_selected_values_with_the_terms_that_find_them() {
    let rig = Rig::new();
    let all = rig.ask("/facets?since=1h&q=service%3Dpay");
    assert_eq!((&all["total"], &all["selected"]), (&json!({ "spans": 40, "errors": 5 }), &Value::Null));
    let keys: Vec<&str> = all["items"].as_array().unwrap().iter().map(|facet| facet["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["service", "op", "error", "kind", "version"], "ids and tags of one value are not chosen");
    let version = facet(&all, "version");
    assert_eq!((&version["values"], &version["without"]), (&json!(2), &json!(0)));
    assert_eq!(version["items"][0], json!({ "spans": 30, "errors": 0, "value": "1.9", "term": "version=1.9" }));
    assert_eq!(facet(&all, "error")["items"][1], json!({ "spans": 5, "errors": 5, "value": "true", "term": "error" }));
    assert_eq!(facet(&all, "kind")["items"][0]["term"], "kind=server");
    assert!(all["tags"].as_array().unwrap().iter().any(|tag| tag["key"] == "request"));

    // A box: slow ones of the first twenty seconds.
    let (from, to) = (rig.moment(0), rig.moment(20));
    let part = rig.ask(&format!(
        "/facets?since=1h&q=service%3Dpay&sel=duration%3E%3D100ms&selFrom={from}&selTo={to}&keys=version,odd%20name,region"
    ));
    assert_eq!((&part["total"]["spans"], &part["selected"]), (&json!(40), &json!({ "spans": 5, "errors": 3 })));
    let selected: Vec<&Value> =
        facet(&part, "version")["items"].as_array().unwrap().iter().map(|item| &item["selected"]).collect();
    assert_eq!(selected, [&json!(0), &json!(5)]);
    assert_eq!(facet(&part, "odd name")["items"][0]["term"], "\"odd name\"=\"a b\"");
    assert_eq!(facet(&part, "region"), &json!({ "key": "region", "values": 0, "without": 40, "items": [] }));

    // Each term finds what it counts.
    let found = rig.ask("/aggregate?since=1h&by=odd%20name,error&q=service%3Dpay%20%22odd%20name%22%3D%22a%20b%22");
    assert_eq!(found["total"]["spans"], 40);
    assert_eq!(found["items"][0]["terms"], json!(["\"odd name\"=\"a b\"", "-error"]));
}

#[test]
fn what_sets_a_selection_apart_is_found_on_other_spans_of_its_traces() {
    let rig = Rig::new();
    let apart = rig.ask("/compare?since=1h&q=service%3Dedge&sel=duration%3E100ms");
    assert_eq!((&apart["total"]["spans"], &apart["selected"]["spans"]), (&json!(40), &json!(10)));
    assert_eq!(apart["sampled"], json!({ "selected": { "traces": 10 }, "rest": { "traces": 30 } }));
    let first = &apart["items"][0];
    assert_eq!((&first["service"], &first["key"], &first["value"]), (&json!("pay"), &json!("version"), &json!("2.0")));
    assert_eq!((&first["terms"], &first["onMatch"]), (&json!("service=pay version=2.0"), &json!(false)));
    assert_eq!((&first["selected"]["share"], &first["rest"]["share"]), (&json!(1.0), &json!(0.0)));
    assert_eq!(first["selected"]["traceIds"].as_array().unwrap().len(), 3);
    let keys: Vec<&str> = apart["items"].as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap()).collect();
    assert!(!keys.contains(&"request"), "ids tell no groups apart: {keys:?}");
    assert!(!keys.contains(&"region"), "what both sides have alike is not told: {keys:?}");
    let time = &apart["time"][0];
    assert_eq!(time["service"], "pay");
    assert!(time["selectedUs"].as_i64().unwrap() > 700_000 && time["restUs"].as_i64().unwrap() < 20_000, "{time}");

    let failed = rig.ask("/compare?since=1h&q=service%3Dpay");
    assert_eq!((&failed["sel"], &failed["selected"]["spans"]), (&json!("error"), &json!(5)));
    assert_eq!(failed["items"][0]["onMatch"], true);
    let slow = rig.ask("/compare?since=1h&q=service%3Dedge");
    assert!(slow["sel"].as_str().unwrap().starts_with("duration>="), "nothing failed there: {}", slow["sel"]);
    let none = rig.ask("/compare?since=1h&q=service%3Dnobody");
    assert_eq!((&none["items"], &none["sampled"]["selected"]["traces"]), (&json!([]), &json!(0)));
}

#[test]
fn dots_are_the_spans_that_match_and_the_slowest_come_first() {
    let rig = Rig::new();
    let dots = rig.ask("/scatter?since=1h&q=service%3Dpay%20error");
    assert_eq!(dots["error"], json!([1, 1, 1, 1, 1]));
    assert_eq!(dots["durationUs"], json!([795_000, 795_000, 795_000, 795_000, 795_000]));
    assert_eq!(dots["startUs"][4], rig.from_us + 1000, "newest trace first");
    assert_eq!(dots["traceId"][4], "0000000000000001");

    let slowest = rig.ask("/traces?since=1h&q=service%3Dedge&sort=slowest&limit=12");
    let durations: Vec<u64> =
        slowest["items"].as_array().unwrap().iter().map(|trace| trace["durationUs"].as_u64().unwrap()).collect();
    assert_eq!((durations.len(), durations[0], durations[9]), (12, 800_000, 800_000));
    assert_eq!((durations[10], durations[11]), (20_039, 20_038), "the slowest of the others");
    assert_eq!(slowest["next"], Value::Null);
    assert_eq!(rig.ask("/traces?since=1h&q=service%3Dnobody&sort=slowest")["items"], json!([]));
}

#[test]
fn completion_offers_tags_and_values_that_are_there_with_their_number() {
    let rig = Rig::new();
    let items = |q: &str| rig.ask(&format!("/complete?q={q}"))["items"].clone();
    assert_eq!(
        items("version%3D"),
        json!([
            { "text": "1.9", "kind": "value", "from": 8, "to": 8, "spans": 30 },
            { "text": "2.0", "kind": "value", "from": 8, "to": 8, "spans": 10 },
        ])
    );
    assert_eq!(items("odd"), json!([{ "text": "\"odd name\"", "kind": "tag", "from": 0, "to": 3, "spans": 40 }]));
    assert_eq!(items("service%3Dpa")[0], json!({ "text": "pay", "kind": "service", "from": 8, "to": 10, "spans": 40 }));
    assert!(items("kind%3Dser")[0].get("spans").is_none());
}

#[test]
fn a_bad_question_says_what_is_wrong() {
    let rig = Rig::new();
    let check = |path: &str, detail: &str| {
        let answer = rig.server.get(&format!("/api/nines/v1{path}"));
        assert_eq!(answer.status, 400, "{path}");
        let problem = answer.json();
        assert_eq!(problem["detail"], detail, "{path}");
        assert!(problem["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{path}");
    };
    check("/facets?sel=duration%3E5", "sel: `5` has no unit of time that is known here");
    check("/facets?keys=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q", "keys names 17 facets");
    check("/compare?selFrom=soon", "`soon` is not a time");
    check("/compare?limit=0", "limit: `0` is not a number in range");
    check("/traces?sort=best", "sort cannot be `best`");
    check("/scatter?q=duration%3E5", "`5` has no unit of time that is known here");
}

//! Other promises over HTTP and on the command line, and how objectives stand as metrics.

use crate::process::{Server, eventually, nines, now_us};
use serde_json::{Value, json};
use std::time::Duration;

const DEFINITIONS: &str = r#"
apiVersion: openslo/v1
kind: Service
metadata: { name: web }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: web-fast }
spec:
  service: web
  indicator:
    metadata: { name: web-fast }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: service=web kind=server duration<400ms } } }
        total: { metricSource: { type: spans, spec: { where: service=web kind=server } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.9 } ]
"#;

/// A hundred spans of the last hundred seconds: ten take half a second, twenty 300 ms, the rest 10 ms.
fn send(server: &Server) {
    let now = now_us();
    let span = |n: u64| {
        let duration = match n % 10 {
            0 => 500_000,
            1 | 2 => 300_000,
            _ => 10_000,
        };
        json!({
            "traceId": format!("{:016x}", n + 1), "id": format!("{:016x}", n + 1), "kind": "SERVER", "name": "get",
            "timestamp": now - (n + 2) * 1_000_000, "duration": duration, "localEndpoint": { "serviceName": "web" },
            "tags": { "version": if n.is_multiple_of(10) { "2" } else { "1" } },
        })
    };
    let body = Value::Array((0..100).map(span).collect()).to_string();
    let answer = server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes());
    assert_eq!(answer.status, 202);
}

#[test]
fn the_past_is_judged_by_other_targets_and_limits_and_told_as_metrics() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("slo.yaml"), DEFINITIONS).unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &["--definitions", &definitions.display().to_string()]);
    let started = now_us() as i64;
    send(&server);
    let counted = || server.get("/api/nines/v1/slos/web-fast").json()["items"][0].clone();
    eventually(Duration::from_secs(30), counted, |item| item["good"] == 90 && item["bad"] == 10);

    let judged = server.get("/api/nines/v1/slos/web-fast/whatif?target=50,95&threshold=200ms").json();
    let budgets: Vec<f64> =
        judged["items"].as_array().unwrap().iter().map(|item| item["budget"].as_f64().unwrap()).collect();
    assert!((budgets[0] - 0.8).abs() < 1e-9 && (budgets[1] + 1.0).abs() < 1e-9, "{judged}");
    assert_eq!((&judged["threshold"]["good"], &judged["threshold"]["bad"]), (&json!(70), &json!(30)));
    let advised = server.get("/api/nines/v1/slos/web-fast/whatif").json();
    assert_eq!(advised["advice"][0]["target"], 0.9, "nine tenths were fast: {advised}");
    assert_eq!(server.get("/api/nines/v1/slos/web-fast/whatif?target=100").status, 400);
    assert_eq!(server.get("/api/nines/v1/slos/elsewhere/whatif").status, 404);
    for path in ["whatif", "series"] {
        let ask = |objective: &str| server.get(&format!("/api/nines/v1/slos/web-fast/{path}?objective={objective}"));
        assert_eq!(ask("1").status, 200);
        let unknown = ask("slow");
        assert_eq!(unknown.status, 404, "{path}: {}", unknown.text);
        assert_eq!(unknown.json()["hint"], "it has: 1");
    }
    the_page_has_what_it_draws(&server);

    // Nobody was there to alert before the first event came, whatever hour its cells begin with.
    let from: jiff::Timestamp = judged["from"].as_str().unwrap().parse().unwrap();
    assert!(from.as_microsecond() >= started, "{judged}");

    let metrics = server.get("/prometheus").text;
    for line in [
        "nines_slo_events_total{slo=\"web-fast\",objective=\"1\",verdict=\"bad\"} 10",
        "nines_slo_sli{slo=\"web-fast\",objective=\"1\",service=\"web\"} 0.9",
        "nines_slo_budget{slo=\"web-fast\",objective=\"1\",service=\"web\"} 0",
        "nines_slo_burn{slo=\"web-fast\",objective=\"1\",service=\"web\",lookback=\"1h\"} 1",
    ] {
        assert!(metrics.lines().any(|other| other == line), "{line}\n{metrics}");
    }

    let backtest = |more: &[&str]| {
        let arguments = [&["slo", "backtest", "web-fast", "--targets", "95", "-o", "json", "-q"], more].concat();
        let output = nines(&arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["items"][0]["items"][0]["budget"].as_f64().unwrap()
    };
    assert!((backtest(&["--server", &server.url]) + 1.0).abs() < 1e-9);
    assert_eq!(server.terminate(), 0);
    assert!((backtest(&["--data", &data.display().to_string()]) + 1.0).abs() < 1e-9, "a data directory says the same");
}

/// What the page of an SLO asks beside its figures.
fn the_page_has_what_it_draws(server: &Server) {
    let item = server.get("/api/nines/v1/slos/web-fast").json()["items"][0].clone();
    assert_eq!((&item["method"], &item["team"]), (&json!("Occurrences"), &Value::Null));

    let latency = server.get("/api/nines/v1/slos/web-fast/latency?objective=1").json();
    assert_eq!(latency["thresholdUs"], 400_000);
    let bad_beyond = |limit_us: u64| {
        let bad = |cell: &Value| {
            let bucket = &latency["buckets"][cell[1].as_u64().unwrap() as usize];
            let is_beyond = bucket[0].as_u64().unwrap() >= limit_us;
            cell[3].as_u64().unwrap() + if is_beyond { cell[4].as_u64().unwrap() } else { 0 }
        };
        latency["cells"].as_array().unwrap().iter().map(bad).sum::<u64>()
    };
    // Limits at edges of buckets: half a second fails either, 300 ms the lower one too.
    assert_eq!((bad_beyond(393_216), bad_beyond(196_608), bad_beyond(1 << 20)), (10, 30, 0), "{latency}");

    let events = server.get("/api/nines/v1/slos/web-fast/events?limit=3").json();
    assert_eq!(events["items"].as_array().unwrap().len(), 3);
    assert_eq!(events["looked"]["bad"], 10, "{events}");
    let shared = &events["shared"][0];
    assert_eq!((&shared["key"], &shared["value"]), (&json!("version"), &json!("2")), "{events}");
    assert_eq!((&shared["badShare"], &shared["goodShare"]), (&json!(1.0), &json!(0.0)), "{events}");
    assert_eq!(events["filters"]["valid"], json!(["service=web kind=server"]));
    let of_time = server.get("/api/nines/v1/slos/web-fast/events?longer=600ms").json();
    assert_eq!(of_time["looked"]["bad"], 0, "none took that long: {of_time}");
    assert_eq!(server.get("/api/nines/v1/slos/web-fast/events?longer=soon").status, 400);

    let deploy = json!({ "service": "elsewhere", "version": "2.0.0" }).to_string();
    let marked = server.post("/api/nines/v1/deploys", &[("content-type", "application/json")], deploy.as_bytes());
    assert_eq!(marked.status, 201);
    let policy = server.get("/api/nines/v1/policies/web").json();
    assert_eq!(
        (&policy["policy"], &policy["verdict"]),
        (&json!("default"), &json!("held")),
        "nothing is left: {policy}"
    );
    assert_eq!(policy["exceptions"]["left"], 3);
    assert_eq!(server.get("/api/nines/v1/policies/nobody").status, 404);
    let lanes = |marks: &Value| -> Vec<String> {
        marks["items"].as_array().unwrap().iter().map(|mark| mark["lane"].as_str().unwrap().to_owned()).collect()
    };
    let marks = server.get("/api/nines/v1/slos/web-fast/markers").json();
    assert!(lanes(&marks).contains(&"deploy".to_owned()) && !lanes(&marks).contains(&"gate".to_owned()), "{marks}");
    for _ in 0..3 {
        server.get("/api/nines/v1/gate/web");
    }
    let marks = server.get("/api/nines/v1/slos/web-fast/markers").json();
    let turns = lanes(&marks).iter().filter(|lane| *lane == "gate").count();
    assert_eq!(turns, 1, "three answers, and one turn: {marks}");
}

/// Of the same spans, two objectives that are one promise.
const TOGETHER: &str = r#"---
apiVersion: openslo/v1
kind: SLO
metadata: { name: web-both }
spec:
  service: web
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives:
    - displayName: fast
      target: 0.5
      indicator:
        metadata: { name: web-under-400ms }
        spec:
          ratioMetric:
            counter: true
            good: { metricSource: { type: spans, spec: { where: service=web kind=server duration<400ms } } }
            total: { metricSource: { type: spans, spec: { where: service=web kind=server } } }
    - displayName: quick
      target: 0.4
      indicator:
        metadata: { name: web-under-200ms }
        spec:
          ratioMetric:
            counter: true
            good: { metricSource: { type: spans, spec: { where: service=web kind=server duration<200ms } } }
            total: { metricSource: { type: spans, spec: { where: service=web kind=server } } }
"#;

#[test]
fn the_name_of_a_composite_means_it_where_it_can_and_what_cannot_be_tried_of_it_names_its_parts() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = folder.path().join("slo.yaml");
    std::fs::write(&definitions, [DEFINITIONS, TOGETHER].concat()).unwrap();
    let server = Server::start(&folder.path().join("data"), &["--definitions", &definitions.display().to_string()]);
    send(&server);
    let counted = |more: &str| {
        let series = server.get(&format!("/api/nines/v1/slos/web-both/series{more}")).json();
        let points = series["points"].as_array().cloned().unwrap_or_default();
        let sum = |name: &str| points.iter().filter_map(|point| point[name].as_u64()).sum::<u64>();
        (sum("good"), sum("bad"))
    };
    eventually(Duration::from_secs(30), || counted(""), |counted| *counted == (160, 40));
    assert_eq!(counted("?objective=composite"), (160, 40));
    assert_eq!(counted("?objective=quick"), (70, 30));

    for more in ["", "?objective=composite"] {
        let refused = server.get(&format!("/api/nines/v1/slos/web-both/whatif{more}"));
        assert_eq!(refused.status, 400, "{}", refused.text);
        assert!(refused.json()["hint"].as_str().unwrap().ends_with("fast, quick"), "{}", refused.text);
    }
    let of_part = server.get("/api/nines/v1/slos/web-both/whatif?objective=quick&target=70").json();
    assert_eq!(of_part["items"][0]["budget"], 0.0, "{of_part}");
    let arguments = ["slo", "backtest", "web-both", "--targets", "70", "-o", "json", "-q", "--server", &server.url];
    let output = nines(&arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let judged = serde_json::from_slice::<Value>(&output.stdout).unwrap();
    let objectives: Vec<&Value> = judged["items"].as_array().unwrap().iter().map(|item| &item["objective"]).collect();
    assert_eq!(objectives, ["fast", "quick"]);
    assert_eq!(server.terminate(), 0);
}

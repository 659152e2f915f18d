//! What operators ask: health, build, counters, the page's settings.

use super::ask::{Host, Words};
use crate::process::now_us;
use serde_json::Value;

/// A line of the Prometheus text after one request of each kind, without what differs from run to run.
pub const CASES: &[&str] = &[
    "# TYPE zipkin_collector_messages_total counter",
    "zipkin_collector_messages_total{transport=\"http\"} 2",
    "zipkin_collector_messages_dropped_total{transport=\"http\"} 1",
    "zipkin_collector_spans_total{transport=\"http\"} 1",
    "zipkin_collector_spans_dropped_total{transport=\"http\"} 0",
    "zipkin_collector_messages_total{transport=\"otel/http\"} 0",
    "# TYPE zipkin_collector_bytes_total counter",
    "# TYPE zipkin_collector_message_spans gauge",
    "zipkin_collector_message_spans{transport=\"http\"} 1",
    "# TYPE http_server_requests_seconds histogram",
    "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/api/v2/trace/{traceId}\"} 1",
    "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/api/v2/services\"} 2",
    "http_server_requests_seconds_count{method=\"GET\",status=\"400\",uri=\"/api/v2/traces\"} 1",
    "http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"NOT_FOUND\"} 2",
    "http_server_requests_seconds_count{method=\"GET\",status=\"302\",uri=\"REDIRECTION\"} 1",
    "http_server_requests_seconds_bucket{method=\"GET\",status=\"302\",uri=\"REDIRECTION\",le=\"+Inf\"} 1",
    "http_server_requests_seconds_bucket{method=\"GET\",status=\"302\",uri=\"REDIRECTION\",le=\"30\"} 1",
    "nines_store_spans 1",
];

#[test]
fn prometheus_counts_spans_and_answers_under_zipkins_names() {
    let host = Host::start_ours(&["--storage", "mem"]);
    let words = Words::fresh(now_us() - 1_000_000);
    host.post(&words.fill("[{@ids,@at,@front}]"));
    host.send("POST", "/api/v2/spans", &[], b"hello");
    for path in [
        "/api/v2/trace/@t1",
        "/api/v2/services",
        "/zipkin/api/v2/services",
        "/api/v2/traces?limit=0",
        "/nope",
        "/api/v2/trace/abc",
        "/zipkin",
    ] {
        host.get(&words.fill(path));
    }
    let text = host.get("/prometheus").text();
    let lines: Vec<&str> = text.lines().collect();
    for line in CASES {
        assert!(lines.contains(line), "{line} is not in\n{text}");
    }
    assert!(!text.contains(&words.fill("@t1")), "ids make no series");
}

#[test]
fn prometheus_text_is_well_formed() {
    let host = Host::start_ours(&["--storage", "mem"]);
    host.get("/api/v2/services");
    let text = host.get("/prometheus").text();
    let mut families = std::collections::BTreeSet::new();
    let mut family = String::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("# TYPE ") {
            family = head.split(' ').next().unwrap_or_default().to_owned();
            assert!(families.insert(family.clone()), "{family} has two heads");
        } else if !line.starts_with("# HELP ") {
            let name = line.split(['{', ' ']).next().unwrap_or_default();
            assert!(name.starts_with(&family), "{line} stands under {family}");
            assert!(line.rsplit(' ').next().is_some_and(|value| value.parse::<f64>().is_ok()), "{line}");
        }
    }
    for name in
        ["process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds", "process_start_time_seconds"]
    {
        assert!(families.contains(name), "{name}");
    }
}

#[test]
fn the_buckets_of_a_histogram_rise_to_its_count() {
    let host = Host::start_ours(&["--storage", "mem"]);
    (0..5).for_each(|_| drop(host.get("/api/v2/services")));
    let text = host.get("/prometheus").text();
    let of_services = |name: &str| {
        let start =
            format!("http_server_requests_seconds_{name}{{method=\"GET\",status=\"200\",uri=\"/api/v2/services\"");
        let lines = text.lines().filter(|line| line.starts_with(&start));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).collect::<Vec<f64>>()
    };
    let buckets = of_services("bucket");
    assert!(buckets.len() > 10 && buckets.is_sorted(), "{buckets:?}");
    assert_eq!(buckets.last(), Some(&5.0));
    assert_eq!(of_services("count"), [5.0]);
    assert!(of_services("sum")[0] > 0.0);
}

#[test]
fn metrics_are_one_flat_object() {
    let host = Host::start(&["--storage", "mem"]);
    let words = Words::fresh(now_us() - 1_000_000);
    let read = || serde_json::from_str::<Value>(&host.get("/metrics").text()).expect("an object");
    let number = |metrics: &Value, name: &str| metrics[name].as_f64().unwrap_or_else(|| panic!("{name}"));
    let before = read();
    let body = words.fill("[{@ids,@at,@front}]");
    host.post(&body);
    let after = read();
    for (name, more) in [
        ("messages", 1.0),
        ("messages_dropped", 0.0),
        ("bytes", body.len() as f64),
        ("spans", 1.0),
        ("spans_dropped", 0.0),
    ] {
        let name = format!("counter.zipkin_collector.{name}.http");
        assert_eq!(number(&after, &name) - number(&before, &name), more, "{name}");
    }
    assert_eq!(number(&after, "gauge.zipkin_collector.message_spans.http"), 1.0);
    assert_eq!(number(&after, "gauge.zipkin_collector.message_bytes.http"), body.len() as f64);
    host.send("POST", "/api/v2/spans", &[], b"hello");
    let dropped = "counter.zipkin_collector.messages_dropped.http";
    assert_eq!(number(&read(), dropped) - number(&before, dropped), 1.0);
}

#[test]
fn health_names_the_store_and_its_state() {
    let host = Host::start(&["--storage", "mem"]);
    for path in ["/health", "/actuator/health"] {
        let reply = host.get(path);
        let health: Value = serde_json::from_str(&reply.text()).expect("an object");
        assert_eq!((reply.status, &health["status"]), (200, &"UP".into()), "{path}");
        assert_eq!(health["zipkin"]["status"], "UP");
        let details = health["zipkin"]["details"].as_object().expect("components");
        assert!(!details.is_empty() && details.values().all(|component| component["status"] == "UP"), "{health}");
        assert!(reply.text().contains("\n  "), "it is written for people");
    }
}

#[test]
fn info_names_the_build() {
    let host = Host::start(&["--storage", "mem"]);
    for path in ["/info", "/actuator/info"] {
        let info: Value = serde_json::from_str(&host.get(path).text()).expect("an object");
        assert!(info["zipkin"]["version"].is_string() && info["zipkin"]["commit"].is_string(), "{path}: {info}");
    }
}

#[test]
fn the_pages_settings_are_kept_ten_minutes_and_asked_after_by_their_tag() {
    let host = Host::start(&["--storage", "mem"]);
    let reply = host.get("/zipkin/config.json");
    let config: Value = serde_json::from_str(&reply.text()).expect("an object");
    for (name, value) in [
        ("environment", Value::from("")),
        ("queryLimit", 10.into()),
        ("defaultLookback", 900_000.into()),
        ("searchEnabled", true.into()),
        ("logsUrl", Value::Null),
        ("supportUrl", Value::Null),
        ("archivePostUrl", Value::Null),
        ("archiveUrl", Value::Null),
    ] {
        assert_eq!(config[name], value, "{name}");
    }
    assert_eq!(
        config["dependency"],
        serde_json::json!({ "enabled": true, "lowErrorRate": 0.5, "highErrorRate": 0.75 })
    );
    assert_eq!(reply.header("cache-control"), "max-age=600");
    let etag = reply.header("etag");
    assert!(etag.starts_with('"'), "{etag}");
    let same = host.send("GET", "/zipkin/config.json", &[("if-none-match", &etag)], b"");
    assert_eq!((same.status, same.body.len()), (304, 0));
    assert_eq!(host.send("GET", "/zipkin/config.json", &[("if-none-match", "\"other\"")], b"").status, 200);
}

#[test]
fn the_actuator_tells_only_what_may_be_read() {
    let host = Host::start_ours(&["--storage", "mem"]);
    let links: Value = serde_json::from_str(&host.get("/actuator").text()).expect("an object");
    for (_, link) in links["_links"].as_object().expect("links") {
        let path = link["href"].as_str().expect("a path");
        assert_eq!(host.get(path).status, 200, "{path}");
    }
    for path in ["/actuator/env", "/actuator/loggers", "/actuator/heapdump", "/actuator/beans", "/actuator/shutdown"] {
        assert_eq!(host.get(path).status, 404, "{path}");
        assert_eq!(host.send("POST", path, &[], b"{}").status, 404, "{path}");
    }
}

#[test]
fn variables_that_are_not_read_are_told_behind_the_first_line() {
    use crate::process::{free_port, nines};
    use std::io::BufRead;
    let folder = tempfile::tempdir().expect("a folder");
    let (data, listen) = (folder.path().join("data").display().to_string(), format!("127.0.0.1:{}", free_port()));
    let arguments = ["serve", "--data", &data, "--listen", &listen, "--otlp-http", "off", "--otlp-grpc", "off"];
    let mut child = nines(&arguments)
        .envs([("ES_HOSTS", "http://es:9200"), ("KAFKA_BOOTSTRAP_SERVERS", "k:9092"), ("ES_HOME", "/opt")])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    let words = std::io::BufReader::new(child.stderr.take().expect("its words"));
    let lines: Vec<String> = words.lines().take(3).map(|line| line.expect("a line")).collect();
    child.kill().and_then(|()| child.wait()).expect("it ends");
    assert!(lines[0].starts_with("nines is ready"), "{lines:?}");
    assert!(lines[1].starts_with("KAFKA_BOOTSTRAP_SERVERS is set"), "{lines:?}");
    assert!(lines[2].starts_with("ES_HOSTS: not read."), "{lines:?}");
}

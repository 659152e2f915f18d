//! Metrics pushed to a collector, read by OpenTelemetry's own messages, and held against `/prometheus`.

use crate::others::{self, Asked};
use crate::process::{Server, eventually, now_us};
use crate::shop::availability;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::number_data_point::Value as Number;
use opentelemetry_proto::tonic::metrics::v1::{AggregationTemporality, NumberDataPoint};
use prost::Message;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Longest wait for anything here: a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(30);

/// What a collector took.
type Taken = Arc<Mutex<Vec<Asked>>>;

fn collector() -> (String, Taken) {
    let taken = Taken::default();
    let kept = taken.clone();
    let url = others::serve(move |asked| {
        kept.lock().unwrap().push(asked);
        Some(("200 OK", String::new()))
    });
    (url, taken)
}

/// Every point by its series as a collector gives it to a Prometheus, and a Prometheus that takes OTLP reads it: dots are
/// underscores, sums that only grow are `_total`, and a gauge whose unit is `1` is a `_ratio`.
fn series(request: &ExportMetricsServiceRequest) -> BTreeMap<String, f64> {
    let mut series = BTreeMap::new();
    for metric in request.resource_metrics.iter().flat_map(|one| &one.scope_metrics).flat_map(|one| &one.metrics) {
        let (points, suffix) = match metric.data.as_ref().unwrap() {
            Data::Gauge(gauge) => (&gauge.data_points, if metric.unit == "1" { "_ratio" } else { "" }),
            Data::Sum(sum) => {
                assert!(sum.is_monotonic);
                assert_eq!(sum.aggregation_temporality, AggregationTemporality::Cumulative as i32);
                (&sum.data_points, "_total")
            }
            other => panic!("{other:?}"),
        };
        for point in points {
            let value = match point.value.unwrap() {
                Number::AsDouble(value) => value,
                Number::AsInt(value) => value as f64,
            };
            series.insert(format!("{}{suffix}{{{}}}", metric.name.replace('.', "_"), labels(point)), value);
        }
    }
    series
}

fn labels(point: &NumberDataPoint) -> String {
    let label = |one: &opentelemetry_proto::tonic::common::v1::KeyValue| {
        let Some(Value::StringValue(value)) = one.value.as_ref().and_then(|value| value.value.as_ref()) else {
            panic!("{one:?}")
        };
        format!("{}=\"{value}\"", one.key)
    };
    point.attributes.iter().map(label).collect::<Vec<_>>().join(",")
}

#[test]
fn slis_budgets_and_burn_are_pushed_as_prometheus_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("shop.yaml"), availability("shop", "0.9")).unwrap();
    std::fs::write(folder.path().join("token"), "t0ken\n").unwrap();
    let (url, taken) = collector();
    let token = folder.path().join("token").display().to_string();
    let flags = ["--otlp-metrics", &url, "--otlp-metrics-interval", "500ms", "--otlp-metrics-key-file", &token];
    let definitions = definitions.display().to_string();
    let server = Server::start(&folder.path().join("data"), &[&flags[..], &["--definitions", &definitions]].concat());
    let spans: Vec<serde_json::Value> = (1..=100)
        .map(|id: u64| {
            let tags = if id.is_multiple_of(20) { json!({ "error": "boom" }) } else { json!({}) };
            json!({ "traceId": format!("{id:016x}"), "id": format!("{id:016x}"), "kind": "SERVER",
                    "timestamp": now_us() - 5000, "duration": 1000, "localEndpoint": { "serviceName": "shop" }, "tags": tags })
        })
        .collect();
    let body = serde_json::Value::from(spans).to_string();
    assert_eq!(server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes()).status, 202);

    let last = || taken.lock().unwrap().last().cloned();
    let good = "nines_slo_events_total{slo=\"shop-availability\",objective=\"1\",verdict=\"good\"}";
    let read = |pushed: &Option<Asked>| {
        let request = ExportMetricsServiceRequest::decode(&pushed.as_ref()?.body[..]).unwrap();
        Some(series(&request)).filter(|series| series.get(good) == Some(&95.0))
    };
    let pushed = eventually(SOON, last, |pushed| read(pushed).is_some());
    let asked = pushed.clone().unwrap();
    assert!(asked.line.starts_with("POST /v1/metrics "), "{}", asked.line);
    let headers = ["content-type", "authorization"].map(|name| asked.header(name));
    assert_eq!(headers, ["application/x-protobuf", "Bearer t0ken"]);
    let pushed = read(&pushed).unwrap();
    // As a scrape reads it, series for series.
    let text = server.get("/prometheus").text;
    let scraped: BTreeMap<String, f64> = text
        .lines()
        .filter(|line| line.starts_with("nines_slo_"))
        .map(|line| line.rsplit_once(' ').unwrap())
        .map(|(name, value)| (name.to_owned(), value.parse().unwrap()))
        .collect();
    assert_eq!(pushed.keys().collect::<Vec<_>>(), scraped.keys().collect::<Vec<_>>());
    // Coverage moves with the clock.
    let still = |all: &BTreeMap<String, f64>| {
        all.clone().into_iter().filter(|(name, _)| !name.contains("coverage")).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(still(&pushed), still(&scraped));
    let request = ExportMetricsServiceRequest::decode(&asked.body[..]).unwrap();
    let resource = request.resource_metrics[0].resource.as_ref().unwrap();
    let names: Vec<&str> = resource.attributes.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(names, ["service.name", "service.version", "service.instance.id"]);
    let instance = resource.attributes[2].value.as_ref().and_then(|value| value.value.as_ref());
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let is_of_host = |text: &String| text.starts_with(&format!("{}/127.0.0.1:", host.trim()));
    assert!(matches!(instance, Some(Value::StringValue(text)) if is_of_host(text)), "{instance:?}");
    let export = server.get("/health").json()["nines"]["metricsExport"].clone();
    assert_eq!(export, json!({ "status": "ok", "failing": null }));
    // What is known at the end is pushed before it.
    let before = taken.lock().unwrap().len();
    assert_eq!(server.terminate(), 0);
    assert!(taken.lock().unwrap().len() > before);
}

#[test]
fn a_collector_that_is_down_is_told_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let port = crate::process::free_port();
    let url = format!("http://127.0.0.1:{port}");
    let flags = ["--otlp-metrics", &url, "--otlp-metrics-interval", "200ms"];
    let server = Server::start(&folder.path().join("data"), &flags);
    let export = || server.get("/health").json()["nines"]["metricsExport"].clone();
    let failing = eventually(SOON, export, |export| export["status"] == "failing");
    assert!(failing["failing"]["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{failing}");
    assert_eq!(server.terminate(), 0);
}

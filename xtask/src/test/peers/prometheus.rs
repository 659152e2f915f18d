//! The real Prometheus, from Debian: it scrapes the real binary, which asks it in turn how an SLO stands that it also
//! counts from spans. Both figures must be the same once everything was scraped; while Prometheus is down, the SLO that
//! it measures says so, and catches up. Its promtool reads the queries of the dashboard.

use super::alertmanager::post_spans;
use crate::json::Read;
use crate::process::capture;
use crate::server::{Server, free_address, get};
use serde_json::Value;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What the tally calls it.
pub const NAME: &str = "prometheus (Debian)";

/// How long spans are sent, ten a second.
const TRAFFIC: Duration = Duration::from_secs(45);
const SPANS_PER_ROUND: u64 = 5;
const ROUND: Duration = Duration::from_millis(500);

/// One span in so many fails.
const FAILS_EVERY: u64 = 25;

/// The last slice of ten seconds, its settling, a look, and a busy machine.
const SOON: Duration = Duration::from_secs(60);

const STOP_LIMIT: Duration = Duration::from_secs(20);

const CONFIG: &str = "global: { scrape_interval: 1s }
scrape_configs:
  - job_name: nines
    metrics_path: /prometheus
    static_configs: [ { targets: [ 'NINES' ] } ]
";

const DEFINITIONS: &str = r#"
apiVersion: openslo/v1
kind: Service
metadata: { name: peers-shop }
---
apiVersion: openslo/v1
kind: DataSource
metadata: { name: metrics }
spec: { type: Prometheus, connectionDetails: { url: 'http://PROMETHEUS' } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: by-spans }
spec:
  service: peers-shop
  indicator:
    metadata: { name: by-spans }
    spec:
      ratioMetric:
        counter: true
        good:  { metricSource: { type: spans, spec: { where: 'service=peers-shop kind=server !error' } } }
        total: { metricSource: { type: spans, spec: { where: 'service=peers-shop kind=server' } } }
  timeWindow: [ { duration: 50m, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.9 } ]
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: by-prometheus }
spec:
  service: peers-shop
  indicator:
    metadata: { name: by-prometheus }
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource: { metricSourceRef: metrics, spec: { query: 'nines_slo_events_total{slo="by-spans",verdict="good"}' } }
        total:
          metricSource: { metricSourceRef: metrics, spec: { query: 'sum(nines_slo_events_total{slo="by-spans"})' } }
  timeWindow: [ { duration: 50m, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.9 } ]
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: up }
spec:
  service: peers-shop
  indicator:
    metadata: { name: up }
    spec: { thresholdMetric: { metricSource: { metricSourceRef: metrics, spec: { query: 'up{job="nines"}' } } } }
  timeWindow: [ { duration: 50m, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { op: gte, value: 1, target: 0.9 } ]
"#;

/// Lets Prometheus measure what spans measure too.
pub fn meet(binary: &Path, promtool: &Path, scratch: &Path) -> Result<(), String> {
    let prometheus = promtool.with_file_name("prometheus");
    let folder = scratch.join("prometheus");
    let definitions = folder.join("definitions");
    let write = |path: &Path, text: &str| std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()));
    std::fs::create_dir_all(&definitions).map_err(|error| format!("{}: {error}", definitions.display()))?;
    let address = free_address()?;
    write(&definitions.join("shop.yaml"), &DEFINITIONS.replace("PROMETHEUS", &address.to_string()))?;
    check_dashboard(promtool, &folder)?;
    let flags = ["--definitions", &definitions.display().to_string(), "--otlp-http", "off", "--otlp-grpc", "off"];
    let server = Server::start(binary, "serve", &folder.join("data"), &flags)?;
    write(&folder.join("prometheus.yml"), &CONFIG.replace("NINES", &server.address.to_string()))?;
    let running = Running::start(&prometheus, &folder, address)?;

    let n_spans = send(server.address)?;
    let of_spans = wait_for(server.address, "by-spans", |slo| slo["good"].as_u64() > Some(n_spans / 2))?;
    let n_bad = n_spans / FAILS_EVERY;
    expect("by-spans", &of_spans, n_spans - n_bad, n_bad)?;
    // Counters were scraped before the first span came and after the last: nothing of them is lost at an edge.
    let asked = wait_for(server.address, "by-prometheus", |slo| counted(slo) == counted(&of_spans))?;
    if asked["isEstimate"] != true || of_spans["isEstimate"] != false {
        return Err(format!("estimates are not told from counts: {asked}"));
    }
    let up = wait_for(server.address, "up", |slo| slo["good"].as_u64() > Some(2))?;
    if up["bad"] != 0 {
        return Err(format!("it was up all the time: {up}"));
    }
    drop(running);
    let failing = wait_for(server.address, "by-prometheus", |slo| slo["source"]["status"] == "failing")?;
    let health = get(server.address, "/health").map_err(|error| error.to_string())?.1;
    if !failing["source"]["failing"]["reason"].is_there() || !health.contains("\"failing\"") {
        return Err(format!("nothing is said of the source that is down: {failing} {health}"));
    }
    let running = Running::start(&prometheus, &folder, address)?;
    let again = wait_for(server.address, "by-prometheus", |slo| slo["source"]["status"] == "ok")?;
    if counted(&again) != counted(&of_spans) {
        return Err(format!("after an outage it says {again}"));
    }
    drop(running);
    println!("{NAME}: {n_spans} spans, the same by spans and by range queries; an outage is told and caught up");
    server.stop(STOP_LIMIT)
}

/// Every query of the dashboard is one to Prometheus.
fn check_dashboard(promtool: &Path, folder: &Path) -> Result<(), String> {
    let file = crate::tree::root().join("examples/grafana/nines-slos.json");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let dashboard: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    let targets = dashboard["panels"].items().iter().flat_map(|panel| panel["targets"].items());
    // As Grafana fills its variables in.
    let filled = |expr: &str| expr.replace("$__rate_interval", "4m").replace("$service", ".*").replace("$slo", ".*");
    let rules: Vec<Value> = targets
        .enumerate()
        .map(|(at, target)| serde_json::json!({ "record": format!("q{at}"), "expr": filled(target["expr"].text()) }))
        .collect();
    let n_rules = rules.len();
    let rules = serde_json::json!({ "groups": [ { "name": "dashboard", "rules": rules } ] });
    let path = folder.join("dashboard-rules.json");
    std::fs::write(&path, rules.to_string()).map_err(|error| format!("{}: {error}", path.display()))?;
    capture(Command::new(promtool).args(["check", "rules"]).arg(&path)).map_err(|why| format!("dashboard: {why}"))?;
    if n_rules > 15 { Ok(()) } else { Err(format!("the dashboard has {n_rules} queries")) }
}

/// Sends spans for a while; how many.
fn send(server: SocketAddr) -> Result<u64, String> {
    let ends = Instant::now() + TRAFFIC;
    let mut n_spans = 0;
    while Instant::now() < ends || n_spans % FAILS_EVERY != 0 {
        post_spans(server, n_spans + 1..n_spans + 1 + SPANS_PER_ROUND, |id| id % FAILS_EVERY == 0)?;
        n_spans += SPANS_PER_ROUND;
        std::thread::sleep(ROUND);
    }
    Ok(n_spans)
}

fn counted(slo: &Value) -> (Option<u64>, Option<u64>) {
    (slo["good"].as_u64(), slo["bad"].as_u64())
}

fn expect(name: &str, slo: &Value, good: u64, bad: u64) -> Result<(), String> {
    if counted(slo) == (Some(good), Some(bad)) {
        return Ok(());
    }
    Err(format!("{name} has {:?} where {good} good and {bad} bad were sent", counted(slo)))
}

/// An SLO once it is as wanted.
fn wait_for(server: SocketAddr, name: &str, wanted: impl Fn(&Value) -> bool) -> Result<Value, String> {
    let deadline = Instant::now() + SOON;
    loop {
        let answer = get(server, &format!("/api/nines/v1/slos/{name}"));
        let slo = answer.as_ref().ok().and_then(|(_, body)| serde_json::from_str::<Value>(body).ok());
        let slo = slo.and_then(|answer| answer["items"].items().first().cloned()).unwrap_or_default();
        if wanted(&slo) {
            return Ok(slo);
        }
        if Instant::now() >= deadline {
            return Err(format!("after {} s {name} is {slo}", SOON.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(500));
    }
}

/// A running Prometheus, killed when dropped.
struct Running(Child);

impl Running {
    fn start(program: &PathBuf, folder: &Path, address: SocketAddr) -> Result<Running, String> {
        let child = Command::new(program)
            .arg(format!("--config.file={}", folder.join("prometheus.yml").display()))
            .arg(format!("--storage.tsdb.path={}", folder.join("tsdb").display()))
            .arg(format!("--web.listen-address={address}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let running = Running(child);
        let deadline = Instant::now() + SOON;
        while !get(address, "/-/ready").is_ok_and(|(status, _)| status == 200) {
            if Instant::now() >= deadline {
                return Err(format!("Prometheus is not ready after {} s", SOON.as_secs()));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(running)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

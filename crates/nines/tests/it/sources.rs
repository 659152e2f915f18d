//! An SLO that a Prometheus measures, as the command line and the API show it: estimates are marked, a key goes only where
//! the configuration says, and a source that is down is told.

use crate::others;
use crate::process::{Server, eventually, run};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const SLO: &str = "
apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
---
apiVersion: openslo/v1
kind: DataSource
metadata: { name: metrics }
spec: { type: Prometheus, connectionDetails: { url: 'http://127.0.0.1:9' } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: shop-availability }
spec:
  service: shop
  indicator:
    metadata: { name: shop-availability }
    spec:
      ratioMetric:
        counter: true
        bad:   { metricSource: { metricSourceRef: metrics, spec: { query: bad } } }
        total: { metricSource: { metricSourceRef: metrics, spec: { query: all } } }
  timeWindow: [ { duration: 30m, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.9 } ]
";

/// Longest wait for anything here: a debug build on a busy machine, and ten seconds between two tries.
const SOON: Duration = Duration::from_secs(60);

/// A Prometheus in which `all` rises by ten a second and `bad` by a half.
struct Metrics {
    url: String,
    is_down: Arc<AtomicBool>,
    is_starting: Arc<AtomicBool>,
    authorizations: Arc<Mutex<Vec<String>>>,
}

impl Metrics {
    fn start() -> Metrics {
        let (is_down, is_starting) = (Arc::new(AtomicBool::default()), Arc::new(AtomicBool::default()));
        let authorizations = Arc::<Mutex<Vec<String>>>::default();
        let (down, starting, seen) = (is_down.clone(), is_starting.clone(), authorizations.clone());
        let url = others::serve(move |asked| {
            if down.load(Ordering::Relaxed) {
                return None;
            }
            seen.lock().unwrap().push(asked.header("authorization").to_owned());
            Some(match starting.load(Ordering::Relaxed) {
                true => {
                    let why = json!({ "status": "error", "errorType": "unavailable", "error": "starting" });
                    ("503 Down", why.to_string())
                }
                false => ("200 OK", answer(&String::from_utf8(asked.body).unwrap()).to_string()),
            })
        });
        Metrics { url, is_down, is_starting, authorizations }
    }
}

fn answer(form: &str) -> Value {
    let field = |name: &str| {
        let pair = form.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        pair.unwrap_or_else(|| panic!("no {name} in {form}")).to_owned()
    };
    let number = |name: &str| field(name).parse::<u64>().unwrap();
    let rate = if field("query") == "all" { 10.0 } else { 0.5 };
    let instants = (number("start")..=number("end")).step_by(number("step") as usize);
    let values: Vec<Value> = instants.map(|at| json!([at, (at as f64 * rate).to_string()])).collect();
    json!({ "status": "success", "data": { "resultType": "matrix", "result": [ { "metric": {}, "values": values } ] } })
}

fn assert_sli(slo: &Value) {
    let sli = slo["sli"].as_f64().unwrap();
    assert!((sli - 0.95).abs() < 0.0005, "{slo}");
}

#[test]
fn an_slo_of_a_prometheus_is_measured_marked_and_told_when_its_source_is_down() {
    let folder = tempfile::tempdir().unwrap();
    let metrics = Metrics::start();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("shop.yaml"), SLO).unwrap();
    std::fs::write(folder.path().join("key"), "s3cret\n").unwrap();
    let config = folder.path().join("nines.toml");
    let text = format!("[source.metrics]\nurl = \"{}\"\nkey_file = \"key\"\n", metrics.url);
    std::fs::write(&config, text).unwrap();
    let (definitions, config) = (definitions.display().to_string(), config.display().to_string());
    let server = Server::start(&folder.path().join("data"), &["--definitions", &definitions, "--config", &config]);
    let slo = |server: &Server| server.get("/api/nines/v1/slos").json()["items"][0].clone();
    let measured = eventually(SOON, || slo(&server), |slo| slo["good"].as_u64() > Some(0));
    // Half an hour at ten a second, of which a twentieth is bad, but for slices that its edges cut.
    assert_sli(&measured);
    let valid = measured["good"].as_u64().unwrap() + measured["bad"].as_u64().unwrap();
    assert!(valid.abs_diff(18_000) <= 300, "{valid}");
    assert_eq!((&measured["isEstimate"], &measured["source"]["status"]), (&json!(true), &json!("ok")));
    assert!(metrics.authorizations.lock().unwrap().iter().all(|sent| sent == "Bearer s3cret"));
    let table = run(&["slo", "status", "--server", &server.url]);
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(table.contains("~9") && table.contains("~0.5×"), "{table}");
    let script = run(&["slo", "status", "-o", "json", "--server", &server.url]);
    let script: Value = serde_json::from_slice(&script.stdout).unwrap();
    assert_eq!(script["items"][0]["isEstimate"], true);

    let explained = run(&["slo", "explain", "shop-availability", "--server", &server.url]);
    assert!(String::from_utf8_lossy(&explained.stderr).contains("estimates by source metrics"), "{explained:?}");

    let said = || String::from_utf8(run(&["slo", "status", "--server", &server.url]).stderr).unwrap();
    let in_health = || server.get("/health").json()["nines"]["sources"][0].clone();
    // An answer that is an error is the query's, and not the source's.
    metrics.is_starting.store(true, Ordering::Relaxed);
    let refusing = eventually(SOON, || slo(&server), |slo| slo["source"]["status"] == "refusing");
    let refused = refusing["source"]["refused"][0].clone();
    assert_eq!((&refused["slo"], &refused["reason"]), (&json!("shop-availability"), &json!("status 503: starting")));
    let told = said();
    assert!(told.contains("shop-availability: source metrics gives no figures of it since"), "{told}");
    assert_eq!((&in_health()["failing"], &in_health()["refused"][0]), (&Value::Null, &refused));

    metrics.is_down.store(true, Ordering::Relaxed);
    eventually(SOON, || slo(&server), |slo| slo["source"]["status"] == "failing");
    assert_eq!(server.get("/health").json()["status"], "UP");

    // A restart while it is down forgets nothing of what must be asked again.
    server.kill();
    let data = folder.path().join("data");
    let server = Server::start(&data, &["--definitions", &definitions, "--config", &config]);
    eventually(SOON, || slo(&server), |slo| slo["source"]["status"] == "failing");
    let told = String::from_utf8(run(&["slo", "status", "--server", &server.url]).stderr).unwrap();
    assert!(told.contains("source metrics does not answer since"), "{told}");
    let health = server.get("/health").json();
    assert_eq!((&health["status"], &health["nines"]["sources"][0]["status"]), (&json!("UP"), &json!("failing")));
    metrics.is_starting.store(false, Ordering::Relaxed);
    metrics.is_down.store(false, Ordering::Relaxed);
    let again = eventually(SOON, || slo(&server), |slo| slo["source"]["status"] == "ok");
    assert_sli(&again);
    assert_eq!(again["coverage"], 1.0);
    assert_eq!(server.terminate(), 0);
}

#[test]
fn check_tells_of_sources_that_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let (definitions, config) = (folder.path().join("shop.yaml"), folder.path().join("nines.toml"));
    std::fs::write(&definitions, SLO).unwrap();
    std::fs::write(&config, "[source.metrics]\n[source.metrix]\n").unwrap();
    let (definitions, config) = (definitions.display().to_string(), config.display().to_string());
    let check = || run(&["slo", "check", &definitions, "--config", &config, "-o", "json"]);
    let found = check();
    assert!(found.status.success(), "a warning: {found:?}");
    let document: Value = serde_json::from_slice(&found.stdout).unwrap();
    let items = document["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["severity"], &items[0]["line"]), (1, &json!("warning"), &json!(2)));
    assert!(items[0]["fact"].as_str().unwrap().contains("'metrix'"), "{document}");
    std::fs::write(&config, "[source.metrics]\nurl = \"https://me:s3cret@metrics\"\n").unwrap();
    let faulty = check();
    assert_eq!(faulty.status.code(), Some(1));
    let document: Value = serde_json::from_slice(&faulty.stdout).unwrap();
    assert_eq!((&document["items"][0]["line"], &document["items"][0]["severity"]), (&json!(2), &json!("error")));
    let explained = run(&["config", "explain", "--config", &config]);
    assert!(String::from_utf8_lossy(&explained.stdout).contains("https://metrics"), "{explained:?}");
    for told in [&faulty.stdout, &faulty.stderr, &explained.stdout, &explained.stderr] {
        assert!(!String::from_utf8_lossy(told).contains("s3cret"));
    }
}

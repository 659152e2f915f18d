//! What an objective has of the time before the oldest stored span: from the files of histograms, over the real server.

use crate::process::{Server, eventually, now_us, run};
use nines_base::{DurationUs, Timestamp};
use nines_engine::{HistogramFiles, real_vfs};
use nines_span::Kind;
use nines_storage::Histograms as _;
use nines_storage::aggregate::{BUCKETS_LOG2_MAX, Histogram, bucket_of};
use nines_storage::histograms::{EntryKey, SliceId, SliceSums, SpanSums, Tier};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(30);
const DAY: DurationUs = DurationUs::from_secs(86_400);

/// Days of histograms.
const DAYS: i64 = 50;

fn slo(name: &str, good: &str) -> String {
    format!(
        r#"---
apiVersion: openslo/v1
kind: SLO
metadata: {{ name: {name} }}
spec:
  service: shop
  indicator:
    metadata: {{ name: {name} }}
    spec:
      ratioMetric:
        counter: true
        good: {{ metricSource: {{ type: spans, spec: {{ where: 'service=shop op=buy kind=server {good}' }} }} }}
        total: {{ metricSource: {{ type: spans, spec: {{ where: 'service=shop op=buy kind=server' }} }} }}
  timeWindow: [ {{ duration: 90d, isRolling: true }} ]
  budgetingMethod: Occurrences
  objectives: [ {{ target: 0.9 }} ]
"#
    )
}

/// A day of the shop: 900 good purchases, of which 600 take 50 ms and 300 take 400 ms, 100 that fail, and others.
fn day_of_shop() -> SliceSums {
    let sums = |durations: &[(u64, u64)]| {
        let mut histogram = Histogram::default();
        durations.iter().for_each(|(us, n)| histogram.add(bucket_of(*us, BUCKETS_LOG2_MAX), *n));
        SpanSums { n_untimed: 0, durations: histogram }
    };
    let key = |op: &str, is_error| EntryKey { service: "shop".into(), op: op.into(), kind: Kind::Server, is_error };
    let mut day = SliceSums { n_parts: 24, ..SliceSums::default() };
    day.add(key("buy", false), &sums(&[(50_000, 600), (400_000, 300)]));
    day.add(key("buy", true), &sums(&[(70_000, 100)]));
    day.add(key("look", true), &sums(&[(70_000, 5000)]));
    day
}

fn start(data: &Path, definitions: &Path) -> Server {
    Server::start(data, &["--definitions", &definitions.display().to_string()])
}

fn figures(server: &Server, name: &str, expected: (u64, u64)) -> Value {
    let item = || server.get(&format!("/api/nines/v1/slos/{name}")).json()["items"][0].clone();
    eventually(SOON, item, |item| item["good"] == expected.0 && item["bad"] == expected.1)
}

#[test]
fn a_new_objective_counts_the_time_that_only_histograms_tell_of_and_says_what_is_an_estimate() {
    let folder = tempfile::tempdir().unwrap();
    let (data, definitions) = (folder.path().join("data"), folder.path().join("definitions"));
    std::fs::create_dir(&definitions).unwrap();
    let service = "apiVersion: openslo/v1\nkind: Service\nmetadata: { name: shop }\n";
    std::fs::write(definitions.join("slo.yaml"), service).unwrap();
    // A server that ran until three days ago, and kept no span as long.
    assert_eq!(start(&data, &definitions).terminate(), 0);
    let files = HistogramFiles::open(real_vfs(), &data).unwrap();
    let today = Tier::Day.begin_of(Timestamp(now_us() as i64));
    for n in 3..3 + DAYS {
        files.append(SliceId::holding(Tier::Day, today - DurationUs(n * DAY.0)), &day_of_shop()).unwrap();
    }
    drop(files);

    let server = start(&data, &definitions);
    let span = |id: u64, failed: bool| {
        let tags = if failed { json!({ "error": "x" }) } else { json!({}) };
        json!({
            "traceId": format!("{id:016x}"), "id": format!("{id:016x}"), "kind": "SERVER", "name": "buy",
            "timestamp": now_us() - 1_000_000, "duration": 60_000, "localEndpoint": { "serviceName": "shop" }, "tags": tags,
        })
    };
    let spans: Value = (1..=10).map(|id| span(id, id == 10)).collect();
    let answer = server.post("/api/v2/spans", &[("content-type", "application/json")], spans.to_string().as_bytes());
    assert_eq!(answer.status, 202);
    // Three objectives come; the server reads them when they do.
    let text =
        [service.to_owned(), slo("works", "!error"), slo("fast", "duration<405ms"), slo("eu", "!@region")].concat();
    std::fs::write(definitions.join("slo.yaml"), text).unwrap();

    let days = DAYS as u64;
    let works = figures(&server, "works", (900 * days + 9, 100 * days + 1));
    assert_eq!(works["isEstimate"], false);
    let begin = works["history"]["from"].as_str().unwrap();
    assert!(begin.ends_with("T00:00:00Z") || begin.ends_with("T00:00:00.000000Z"), "{begin}");
    assert_eq!(works["history"]["estimatedUntil"], Value::Null);

    // 400 ms lie in the bucket from 393216 to 409599 µs, of which 405 ms cuts off 28 %: of 300, 215 are taken to be faster.
    let fast = figures(&server, "fast", ((600 + 100 + 215) * days + 10, 85 * days));
    assert_eq!(fast["isEstimate"], true);
    assert!(fast["history"]["estimatedUntil"].is_string());

    // Tags are known of stored spans alone.
    let eu = figures(&server, "eu", (10, 0));
    assert!(eu["history"]["from"].as_str().unwrap() > begin);

    let says = |arguments: &[&str]| {
        let output = run(&[arguments, &["--server", &server.url]].concat());
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (_, table, _) = says(&["slo", "status"]);
    let line = |name: &str| table.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(line("fast").contains('~') && !line("works").contains('~'), "{table}");
    let (_, explained, told) = says(&["slo", "explain", "fast"]);
    assert!(explained.contains("fast counts events from ") && told.contains("only histograms"), "{explained}{told}");
    let (_, explained, told) = says(&["slo", "explain", "works"]);
    assert!(explained.contains("works counts events from ") && !told.contains("estimate"), "{explained}{told}");
    let stats = server.get("/api/nines/v1/store").json();
    assert_eq!((&stats["history"]["slices"], &stats["history"]["from"]), (&json!(DAYS), &works["history"]["from"]));
    let (_, _, told) = says(&["store", "stats"]);
    assert!(told.contains("history: 50 slices since "), "{told}");

    // A restart knows all of it.
    assert_eq!(server.terminate(), 0);
    let server = start(&data, &definitions);
    figures(&server, "works", (900 * days + 9, 100 * days + 1));
    assert_eq!(figures(&server, "fast", (915 * days + 10, 85 * days))["isEstimate"], true);
    assert_eq!(server.terminate(), 0);
}

#[test]
fn damage_in_histograms_is_told_with_its_place_and_the_next_step() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let path = data.display().to_string();
    assert_eq!(Server::start(&data, &[]).terminate(), 0);
    let files = HistogramFiles::open(real_vfs(), &data).unwrap();
    let year = Timestamp::from_secs(1_790_000_000);
    (0..3).for_each(|n| {
        files.append(SliceId::holding(Tier::Day, year + DurationUs(n * DAY.0)), &day_of_shop()).unwrap();
    });
    let check = || run(&["store", "check", "--data", &path]);
    assert_eq!(check().status.code(), Some(0));
    let file = data.join("histograms/1d/2026.hist");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[60] ^= 4;
    std::fs::write(&file, &bytes).unwrap();
    let found = check();
    let said = String::from_utf8(found.stdout).unwrap();
    assert_eq!(found.status.code(), Some(1), "{said}");
    assert!(said.contains("2026.hist at byte 16: a record does not match its checksum"), "{said}");
    assert!(said.contains("spans are not affected"), "{said}");
    // The server serves what is well.
    let server = Server::start(&data, &[]);
    assert_eq!(server.get("/api/nines/v1/store").json()["history"]["slices"], 3);
    assert_eq!(server.terminate(), 0);
}

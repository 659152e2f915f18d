//! WAL-1 and SLI-1 on the real process: kill -9 right after an acknowledgement, many times.

use crate::process::{Server, eventually, now_us};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Rounds unless `NINES_CRASH_ROUNDS` says otherwise.
const ROUNDS_DEFAULT: u64 = 12;

/// Every so many rounds, and in the end, everything is read back: what grows with the rounds is done seldom.
const ROUNDS_PER_FULL_CHECK: u64 = 10;

/// Batches read back in the rounds between, the newest: those of about three rounds.
const BATCHES_NEWEST: usize = 12;

/// Clients that post at once, so that a kill finds batches in every state.
const CLIENTS: u64 = 4;

/// Spans of one batch.
const SPANS_PER_BATCH: u64 = 20;

pub const SLO: &str = r#"
apiVersion: openslo/v1
kind: Service
metadata: { name: crash }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: crash-availability }
spec:
  service: crash
  indicator:
    metadata: { name: crash-availability }
    spec:
      ratioMetric:
        counter: true
        good:  { metricSource: { type: spans, spec: { where: 'service=crash kind=server !error' } } }
        total: { metricSource: { type: spans, spec: { where: 'service=crash kind=server' } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.99 } ]
"#;

/// A batch whose spans carry ids made from `batch`: one trace, every fifth span failed.
fn body(batch: u64) -> String {
    let now = now_us();
    let spans: Vec<String> = (0..SPANS_PER_BATCH)
        .map(|span| {
            let tags = if span % 5 == 0 { r#","tags":{"error":"boom"}"# } else { "" };
            format!(
                r#"{{"traceId":"{:016x}","id":"{:016x}","kind":"SERVER","name":"get /","timestamp":{},"duration":1000,"localEndpoint":{{"serviceName":"crash"}}{tags}}}"#,
                batch + 1,
                batch * SPANS_PER_BATCH + span + 1,
                now - 5_000 + span,
            )
        })
        .collect();
    format!("[{}]", spans.join(","))
}

#[test]
fn wal_1_and_sli_1_hold_when_the_process_is_killed_after_each_acknowledgement() {
    let rounds = std::env::var("NINES_CRASH_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS_DEFAULT);
    let folder = tempfile::tempdir().unwrap();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("crash.yaml"), SLO).unwrap();
    let data = folder.path().join("data");
    let definitions = definitions.display().to_string();
    let next_batch = AtomicU64::new(0);
    let acknowledged = Mutex::new(BTreeSet::new());

    for round in 0..rounds {
        let server = Server::start(&data, &["--definitions", &definitions]);
        let known = acknowledged.lock().unwrap().clone();
        if round % ROUNDS_PER_FULL_CHECK == 0 {
            check_all(&server, &known, round);
        } else {
            check_batches(&server, known.iter().rev().take(BATCHES_NEWEST), round);
        }
        post_until_one_is_acknowledged(&server, &next_batch, &acknowledged);
        server.kill();
    }
    let server = Server::start(&data, &["--definitions", &definitions]);
    let acknowledged = acknowledged.into_inner().unwrap();
    check_all(&server, &acknowledged, rounds);
    assert!(acknowledged.len() as u64 >= rounds);
    assert_eq!(server.terminate(), 0);
    println!("{} batches acknowledged over {rounds} kills, none lost", acknowledged.len());
}

/// Several clients post; as soon as one has its 202 the caller kills the server under the others.
fn post_until_one_is_acknowledged(server: &Server, next_batch: &AtomicU64, acknowledged: &Mutex<BTreeSet<u64>>) {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            let tell = tell.clone();
            scope.spawn(move || {
                let batch = next_batch.fetch_add(1, Ordering::Relaxed);
                let body = body(batch);
                // A client that did not hear the answer sends again: a repeat must not count twice.
                for _ in 0..2 {
                    if server.try_post("/api/v2/spans", &[], body.as_bytes()).is_some_and(|answer| answer.status == 202)
                    {
                        acknowledged.lock().unwrap().insert(batch);
                        let _ = tell.send(());
                    }
                }
            });
        }
        told.recv_timeout(Duration::from_secs(30)).expect("a batch is acknowledged");
        // The kill comes while the scope's other clients are still at it.
        std::process::Command::new("kill").args(["-KILL", &server.pid().to_string()]).status().unwrap();
    });
}

fn check_batches<'a>(server: &Server, acknowledged: impl Iterator<Item = &'a u64>, round: u64) {
    for batch in acknowledged {
        let answer = server.get(&format!("/api/v2/trace/{:016x}", batch + 1));
        assert_eq!(answer.status, 200, "round {round}: batch {batch} was acknowledged and is lost");
        let spans = answer.json();
        assert_eq!(
            spans.as_array().unwrap().len() as u64,
            SPANS_PER_BATCH,
            "round {round}: batch {batch} is not whole"
        );
    }
}

/// Every batch, and that the SLO's cells equal a recount of the stored spans.
fn check_all(server: &Server, acknowledged: &BTreeSet<u64>, round: u64) {
    check_batches(server, acknowledged.iter(), round);
    let (good, bad) = recount(server);
    let counted = || {
        let slos = server.get("/api/nines/v1/slos").json();
        let item = slos["items"][0].clone();
        (item["good"].as_u64().unwrap_or(0), item["bad"].as_u64().unwrap_or(0))
    };
    eventually(Duration::from_secs(10), counted, |counts| *counts == (good, bad));
    // Once equal they must stay so: nothing may be counted a second time.
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(counted(), (good, bad), "round {round}: cells and stored spans differ");
}

/// Good and bad events by the stored spans themselves, repeats once.
fn recount(server: &Server) -> (u64, u64) {
    let answer = server.get("/api/v2/traces?serviceName=crash&limit=1000000");
    let traces = answer.json();
    let mut seen = BTreeSet::new();
    let (mut good, mut bad) = (0, 0);
    for span in traces.as_array().into_iter().flatten().flat_map(|trace| trace.as_array().into_iter().flatten()) {
        if seen.insert((text(span, "traceId"), text(span, "id"))) {
            if span["tags"]["error"].is_null() { good += 1 } else { bad += 1 }
        }
    }
    (good, bad)
}

fn text(span: &Value, field: &str) -> String {
    span[field].as_str().unwrap_or_default().to_owned()
}

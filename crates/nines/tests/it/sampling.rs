//! A server that keeps a share of traces: objectives count every acknowledged span once, whatever ends the
//! process, and exactly the spans that the rule keeps are stored.

use crate::crash::SLO;
use crate::process::{Server, eventually, now_us, run};
use nines_base::TraceId;
use nines_storage::Sampler;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

const RATE: &str = "0.3";

/// Rounds between two ends of the process; every other is a kill.
const ROUNDS: u64 = 6;

const BATCHES_PER_ROUND: u64 = 10;

const SPANS_PER_BATCH: u64 = 4;

/// A span as it is sent: its trace, whether it asks for debugging, whether it failed.
struct Sent {
    trace_id: u128,
    id: u64,
    debug: bool,
    failed: bool,
}

/// Two traces of ids from all over, one of them of 128 bits; every third batch has a span for debugging.
fn batch(batch: u64) -> Vec<Sent> {
    let spread = |n: u64| u128::from((n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (0..SPANS_PER_BATCH)
        .map(|span| Sent {
            trace_id: u128::from(span % 2) << 64 | spread(batch * 2 + span % 2),
            id: batch * SPANS_PER_BATCH + span + 1,
            debug: span == 0 && batch.is_multiple_of(3),
            failed: span == 3,
        })
        .collect()
}

fn body(spans: &[Sent]) -> String {
    let now = now_us();
    let spans = spans.iter().map(|span| {
        let (tags, debug) = (if span.failed { r#","tags":{"error":"boom"}"# } else { "" }, span.debug);
        let service = if is_kept(span) { "crash" } else { "Crash" };
        format!(
            r#"{{"traceId":"{:032x}","id":"{:016x}","kind":"SERVER","name":"get /","timestamp":{now},"duration":1000,"debug":{debug},"localEndpoint":{{"serviceName":"{service}"}},"remoteEndpoint":{{"serviceName":"from-{service}"}}{tags}}}"#,
            span.trace_id, span.id,
        )
    });
    format!("[{}]", spans.collect::<Vec<_>>().join(","))
}

fn is_kept(span: &Sent) -> bool {
    let sampler = Sampler::of_rate(RATE.parse().unwrap()).unwrap().unwrap();
    sampler.keeps(TraceId(span.trace_id), span.debug)
}

fn start(folder: &Path, storage: &str) -> Server {
    let definitions = folder.join("definitions");
    std::fs::create_dir_all(&definitions).unwrap();
    std::fs::write(definitions.join("crash.yaml"), SLO).unwrap();
    let definitions = definitions.display().to_string();
    Server::start(&folder.join("data"), &["--definitions", &definitions, "--sample", RATE, "--storage", storage])
}

/// Objectives count all of these batches, and what is stored of them is what is kept.
fn check(server: &Server, n_batches: u64, case: &str) {
    let sent: Vec<Sent> = (0..n_batches).flat_map(batch).collect();
    let n_bad = sent.iter().filter(|span| span.failed).count() as u64;
    let wanted = (sent.len() as u64 - n_bad, n_bad);
    let counted = || {
        let item = server.get("/api/nines/v1/slos").json()["items"][0].clone();
        (item["good"].as_u64().unwrap_or(0), item["bad"].as_u64().unwrap_or(0))
    };
    eventually(Duration::from_secs(20), counted, |counts| *counts == wanted);
    // Once equal they must stay so: nothing may be counted a second time.
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(counted(), wanted, "{case}");
    let mut traces: BTreeMap<u128, BTreeSet<String>> = BTreeMap::new();
    for span in &sent {
        let kept = traces.entry(span.trace_id).or_default();
        if is_kept(span) {
            kept.insert(format!("{:016x}", span.id));
        }
    }
    for (trace_id, kept) in &traces {
        let answer = server.get(&format!("/api/v2/trace/{trace_id:032x}"));
        assert_eq!(answer.status, if kept.is_empty() { 404 } else { 200 }, "{case}: trace {trace_id:032x}");
        if !kept.is_empty() {
            let stored = answer.json();
            let stored = stored.as_array().unwrap().iter().map(|span| span["id"].as_str().unwrap().to_owned());
            assert_eq!(stored.collect::<BTreeSet<_>>(), *kept, "{case}: trace {trace_id:032x}");
        }
    }
    let found = server.get("/api/v2/traces?limit=100000").json();
    let n_kept = traces.values().filter(|kept| !kept.is_empty()).count();
    assert!(n_kept > 0 && n_kept < traces.len(), "{n_kept} of {} traces", traces.len());
    assert_eq!(found.as_array().unwrap().len(), n_kept, "{case}");
    let links = server.get(&format!("/api/v2/dependencies?endTs={}", now_us() / 1000 + 1000)).json();
    let n_calls: u64 = links.as_array().unwrap().iter().map(|link| link["callCount"].as_u64().unwrap()).sum();
    assert_eq!(n_calls, sent.iter().filter(|span| is_kept(span)).count() as u64, "{case}: {links}");
    let named = server.get("/api/nines/v1/services").text;
    assert!(!named.contains("Crash"), "{case}: a service of nothing but spans that are not kept: {named}");
}

#[test]
fn sli_1_all_acknowledged_spans_are_counted_and_exactly_the_sampled_ones_stored_whatever_ends_the_process() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..ROUNDS {
        let server = start(folder.path(), "embedded");
        // The last batches of the round before are sent again: their sender did not hear an answer in time.
        let first = (round * BATCHES_PER_ROUND).saturating_sub(3);
        for at in first..(round + 1) * BATCHES_PER_ROUND {
            assert_eq!(server.post("/api/v2/spans", &[], body(&batch(at)).as_bytes()).status, 202, "batch {at}");
        }
        if round % 2 == 0 {
            server.kill();
        } else {
            check(&server, (round + 1) * BATCHES_PER_ROUND, &format!("round {round}"));
            assert_eq!(server.terminate(), 0);
        }
    }
    let server = start(folder.path(), "embedded");
    check(&server, ROUNDS * BATCHES_PER_ROUND, "after all");
    assert_eq!(server.terminate(), 0);
    let data = folder.path().join("data").display().to_string();
    assert_eq!(run(&["store", "check", "--data", &data]).status.code(), Some(0));
}

#[test]
fn counters_tell_refused_spans_from_sampled_ones_and_zipkins_name_has_both() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), "mem");
    for at in 0..BATCHES_PER_ROUND {
        assert_eq!(server.post("/api/v2/spans", &[], body(&batch(at)).as_bytes()).status, 202);
    }
    check(&server, BATCHES_PER_ROUND, "in memory");
    let sent: Vec<Sent> = (0..BATCHES_PER_ROUND).flat_map(batch).collect();
    let n_left_out = sent.iter().filter(|span| !is_kept(span)).count();
    let text = server.get("/prometheus").text;
    for (name, value) in [
        ("zipkin_collector_spans_total", sent.len()),
        ("zipkin_collector_spans_dropped_total", n_left_out),
        ("nines_collector_spans_acknowledged_total", sent.len()),
        ("nines_collector_spans_sampled_out_total", n_left_out),
        ("nines_collector_spans_refused_total", 0),
    ] {
        let line = format!("{name}{{transport=\"http\"}} {value}\n");
        assert!(text.contains(&line), "{line} is not in\n{text}");
    }
    let flat = server.get("/metrics").json();
    assert_eq!(flat["counter.zipkin_collector.spans_dropped.http"], n_left_out);
}

#[test]
fn a_rate_that_is_no_share_ends_the_start() {
    for wrong in ["-0.1", "1.5", "NaN", "10%"] {
        let rate = format!("--sample={wrong}");
        let output = run(&["serve", "--data", "/nowhere", &rate]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(words.contains(&format!("`{wrong}` is not a share")), "{words}");
    }
}

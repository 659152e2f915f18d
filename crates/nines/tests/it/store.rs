//! `nines store`: what is stored, measured and copied through a server and without one.

use crate::process::{NINES, Server, eventually, free_port, nines, now_us, run};
use crate::shop::availability;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Spans of ten traces, with a tag of random digits and one that is always the same.
pub fn body(first: u64, n_spans: u64) -> String {
    let now = now_us();
    let spans: Vec<String> = (first..first + n_spans)
        .map(|id| {
            format!(
                r#"{{"traceId":"{:032x}","id":"{id:016x}","kind":"SERVER","name":"get /{}","timestamp":{},"duration":{},"localEndpoint":{{"serviceName":"shop","ipv4":"10.0.0.1"}},"tags":{{"region":"eu","request":"{:016x}"}}}}"#,
                u128::from(id / 10 + 1) << 64 | u128::from(id / 10 + 1),
                id % 3,
                now - 1_000_000 + id,
                1000 + id,
                id.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            )
        })
        .collect();
    format!("[{}]", spans.join(","))
}

fn stats(more: &[&str]) -> Value {
    let output = run(&[&["store", "stats", "-o", "json"], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn sum(measure: &Value, table: &str, field: &str) -> u64 {
    measure[table].as_array().unwrap().iter().map(|row| row[field].as_u64().unwrap()).sum()
}

#[test]
fn stats_tell_bytes_by_day_section_and_column_with_and_without_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &["--retention", "3d"]);
    assert_eq!(server.post("/api/v2/spans", &[], body(1, 2000).as_bytes()).status, 202);
    let served = stats(&["--server", &server.url]);
    assert_eq!((served["spans"].as_u64(), served["spansInMemory"].as_u64()), (Some(2000), Some(2000)));
    assert_eq!(served["retention"]["maxAgeUs"].as_u64(), Some(3 * 86_400_000_000));
    let held = run(&["store", "stats", "--data", &data.display().to_string()]);
    assert_eq!(held.status.code(), Some(2));
    let text = String::from_utf8_lossy(&held.stderr).into_owned();
    assert!(text.contains("in use by process") && text.contains("--server"), "{text}");
    assert_eq!(server.terminate(), 0);

    let path = data.display().to_string();
    let closed = stats(&["--data", &path]);
    assert_eq!((closed["blockSpans"].as_u64(), closed["spansInMemory"].as_u64()), (Some(2000), Some(0)));
    assert_eq!(closed["retention"], Value::Null, "nothing is removed where no server runs");
    assert_eq!(sum(&closed, "sections", "storedBytes"), closed["blockBytes"].as_u64().unwrap());
    assert_eq!(sum(&closed, "days", "bytes"), closed["blockBytes"].as_u64().unwrap());
    let columns = closed["columns"].as_array().unwrap();
    let column = |key: &str| columns.iter().find(|column| column["key"] == key).unwrap();
    assert_eq!(column("request")["rows"].as_u64(), Some(2000));
    assert!(column("request")["bytesPerSpan"].as_f64().unwrap() > 8.0, "sixteen random digits are eight bytes");
    assert!(column("region")["bytesPerSpan"].as_f64().unwrap() < 0.1, "one value for all stands in a table");
    assert_eq!(column("@local")["rows"].as_u64(), Some(2000));

    let lines = run(&["store", "stats", "-o", "ndjson", "--data", &path]);
    let lines: Vec<Value> =
        String::from_utf8(lines.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["table"], "total");
    assert_eq!(lines.iter().filter(|line| line["table"] == "column").count(), columns.len());
    let table = run(&["store", "stats", "--data", &path]);
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(table.contains("span ids") && table.contains("request"), "{table}");

    let server = Server::start(&data, &["--retention", "3d"]);
    let served = stats(&["--server", &server.url]);
    assert_eq!(served["retention"]["nextFor"], "age", "{served}");
    assert!(served["retention"]["nextAt"].is_string());
    assert_eq!(served["columns"], closed["columns"]);
    assert_eq!(server.terminate(), 0);
}

/// An OTLP request of a few spans with typed attributes, a link and an event.
fn otlp_body() -> Vec<u8> {
    use nines_base::{FineMicros, SpanId, TraceId};
    use nines_span::{Endpoint, Event, Kind, Span, Value};
    let span = |id: u64| Span {
        trace_id: TraceId(0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c),
        id: SpanId(id),
        parent_id: (id > 1).then_some(SpanId(1)),
        kind: Kind::Server,
        name: "GET /Pay".into(),
        start: FineMicros::from_ns(now_us() * 1000 + 123),
        duration: FineMicros::from_ns(207_000_456),
        local: Endpoint { service: "Checkout".into(), ..Endpoint::default() },
        tags: vec![("http.status_code".into(), Value::Int(503)), ("ratio".into(), Value::Double(0.25))],
        events: vec![Event { time: FineMicros::from_us(now_us()), name: "retry".into(), otlp: Vec::new() }],
        ..Span::default()
    };
    nines_span::otlp::encode(&(1..=40).map(span).collect::<Vec<_>>())
}

#[test]
fn traces_that_a_decision_cites_outlive_retention() {
    let folder = tempfile::tempdir().unwrap();
    let (data, definitions) = (folder.path().join("data"), folder.path().join("definitions"));
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("slo.yaml"), availability("shop", "0.99")).unwrap();
    let definitions = definitions.display().to_string();
    let server = Server::start(&data, &["--definitions", &definitions]);
    let bad = body(1, 400).replace(r#""region":"eu""#, r#""region":"eu","error":"boom""#);
    assert_eq!(server.post("/api/v2/spans", &[], bad.as_bytes()).status, 202);
    let cited = || {
        let answer = server.get("/api/nines/v1/gate/shop").json();
        let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
        let ids = reasons.iter().filter_map(|reason| reason["traceIds"].as_array()).flatten();
        ids.map(|id| id.as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    let cited = eventually(Duration::from_secs(15), cited, |ids| !ids.is_empty());
    let trace = |server: &Server, id: &str| server.get(&format!("/api/v2/trace/{id}")).text;
    let before: Vec<String> = cited.iter().map(|id| trace(&server, id)).collect();
    assert_eq!(server.terminate(), 0);

    // The next start lets the inbox go once all is counted; the one after that finds nothing to wait for.
    let keep = ["--definitions", definitions.as_str(), "--retention", "1s"];
    let spans_left = |server: &Server| server.get("/api/nines/v1/store").json()["spans"].as_u64();
    for _ in 0..2 {
        let server = Server::start(&data, &keep);
        std::thread::sleep(Duration::from_millis(1500));
        assert_eq!(server.terminate(), 0);
    }
    let server = Server::start(&data, &keep);
    let n_cited = cited.iter().collect::<std::collections::BTreeSet<_>>().len() as u64;
    let left = eventually(Duration::from_secs(15), || spans_left(&server), |left| *left < Some(400));
    assert!(left >= Some(n_cited), "{left:?}");
    for (id, before) in cited.iter().zip(&before) {
        assert_eq!(trace(&server, id), *before, "trace {id} is cited and stays whole");
    }
    let measure = server.get("/api/nines/v1/store").json();
    assert_eq!(measure["days"][0]["day"], "pinned", "{measure}");
    assert_eq!(server.terminate(), 0);
}

fn export(arguments: &[&str]) -> Value {
    let output = run(&[&["store", "export", "-o", "json"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The bodies of an export, in order.
fn bodies(out: &Path) -> Vec<Vec<u8>> {
    let mut files: Vec<_> = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.file_name().unwrap() != "export.ndjson");
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// The spans of OTLP bodies that came by OTLP, as texts.
fn otlp_spans(bodies: &[Vec<u8>]) -> Vec<String> {
    let mut texts = Vec::new();
    for body in bodies {
        let arena = bumpalo::Bump::new();
        let mut batch = nines_span::Batch::default();
        nines_span::otlp::decode(body, &arena, &mut batch).unwrap();
        let spans = batch.views().map(|view| view.to_span()).filter(|span| span.local.service == "Checkout");
        texts.extend(spans.map(|span| format!("{span:?}")));
    }
    texts.sort();
    texts
}

#[test]
fn what_a_server_exports_another_takes_back_and_has_the_same_spans() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let first = Server::start(&folder.path().join("first"), &[]);
    assert_eq!(first.post("/api/v2/spans", &[], body(1, 500).as_bytes()).status, 202);
    let protobuf = [("content-type", "application/x-protobuf")];
    assert_eq!(first.post("/v1/traces", &protobuf, &otlp_body()).status, 200);

    let told = export(&["--server", &first.url, "--format", "otlp", "--out", &path("otlp")]);
    assert_eq!(told["spans"].as_u64(), Some(540), "what was in memory is sealed first: {told}");
    let told =
        export(&["--server", &first.url, "--format", "zipkin", "--gzip", "--out", &path("zipkin"), "service=shop"]);
    assert_eq!(told["spans"].as_u64(), Some(500), "{told}");
    let again = export(&["--server", &first.url, "--format", "otlp", "--out", &path("otlp")]);
    assert_eq!((again["spans"].as_u64(), again["blocksBefore"].as_u64() > Some(0)), (Some(0), true), "{again}");

    let second = Server::start(&folder.path().join("second"), &[]);
    for body in bodies(&folder.path().join("zipkin")) {
        assert_eq!(second.post("/api/v2/spans", &[("content-encoding", "gzip")], &body).status, 202);
    }
    for trace in 1..=50 {
        let path = format!("/api/v2/trace/{:032x}", u128::from(trace as u64) << 64 | u128::from(trace as u64));
        assert_eq!(second.get(&path).text, first.get(&path).text);
    }
    let third = Server::start(&folder.path().join("third"), &[]);
    let sent = bodies(&folder.path().join("otlp"));
    for body in &sent {
        assert_eq!(third.post("/v1/traces", &protobuf, body).status, 200);
    }
    assert_eq!(third.terminate(), 0);
    // And once more from a directory that no server holds.
    let data = path("third");
    let told = export(&["--data", &data, "--format", "otlp", "--out", &path("back")]);
    assert_eq!(told["spans"].as_u64(), Some(540), "{told}");
    let wanted = otlp_spans(&sent);
    assert_eq!(wanted.len(), 40);
    assert_eq!(otlp_spans(&bodies(&folder.path().join("back"))), wanted);
}

#[test]
fn an_export_to_the_wrong_place_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &[]);
    assert_eq!(server.post("/api/v2/spans", &[], body(1, 20).as_bytes()).status, 202);
    let refused = |arguments: &[&str]| {
        let output = run(&[&["store", "export"], arguments].concat());
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let data = data.display().to_string();
    let out = folder.path().join("out").display().to_string();
    let held = refused(&["--data", &data, "--format", "otlp", "--out", &out]);
    assert!(held.contains("in use by process") && held.contains("--server"), "{held}");
    let taken = refused(&["--server", &server.url, "--format", "otlp", "--out", &data]);
    assert!(taken.contains("no export") && taken.contains("--out"), "{taken}");
    export(&["--server", &server.url, "--format", "otlp", "--out", &out]);
    let other = refused(&["--server", &server.url, "--format", "zipkin", "--out", &out]);
    assert!(other.contains("holds an export of"), "{other}");
}

#[test]
fn a_check_names_file_offset_fact_and_next_step_in_the_readers_language() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &[]);
    assert_eq!(server.post("/api/v2/spans", &[], body(1, 300).as_bytes()).status, 202);
    assert_eq!(server.terminate(), 0);
    // Once more: the inbox has let go of what is in blocks.
    assert_eq!(Server::start(&data, &[]).terminate(), 0);
    let day = std::fs::read_dir(data.join("blocks")).unwrap().next().unwrap().unwrap().path();
    let block = std::fs::read_dir(day).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&block).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&block, bytes).unwrap();

    let path = data.display().to_string();
    let check = |more: &[&str]| {
        let output = run(&[&["store", "check", "--data", &path], more].concat());
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let block = block.display().to_string();
    let (english, words) = check(&["--lang", "en"]);
    assert!(
        english.starts_with(&format!("{block} at byte 16: trace ids: it does not match its checksum\n  ")),
        "{english}"
    );
    assert!(english.contains("nines store export") && words.contains("1 places are damaged"), "{english}{words}");
    let (korean, _) = check(&["--lang", "ko"]);
    assert!(
        korean.starts_with(&format!("{block}, 16바이트 위치: `trace ids` 부분: 체크섬이 맞지 않습니다\n  ")),
        "{korean}"
    );
    let (json, _) = check(&["-o", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let item = &json["items"][0];
    assert_eq!((item["file"].as_str(), item["offset"].as_u64()), (Some(block.as_str()), Some(16)));
    assert!(item["hint"].as_str().unwrap().contains("backup"), "{item}");
}

/// A server whose log goes to a file.
fn start_with_log(data: &Path, log: &Path) -> Server {
    let port = free_port();
    let mut command = Command::new("sh");
    command.args(["-c", "log=$1; shift; exec \"$@\" 2>\"$log\"", "sh"]).arg(log);
    command
        .args([
            NINES,
            "serve",
            "--otlp-http",
            "off",
            "--otlp-grpc",
            "off",
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--data",
        ])
        .arg(data);
    command.env("NINES_LANG", "en").env_remove("RUST_LOG");
    Server::spawn(command, port)
}

#[test]
fn seg_2_damage_met_when_serving_begins_is_logged_once_as_the_check_names_it_and_the_rest_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    for first in [1, 1001] {
        let server = Server::start(&data, &[]);
        assert_eq!(server.post("/api/v2/spans", &[], body(first, 300).as_bytes()).status, 202);
        assert_eq!(server.terminate(), 0);
    }
    assert_eq!(Server::start(&data, &[]).terminate(), 0);
    let day = std::fs::read_dir(data.join("blocks")).unwrap().next().unwrap().unwrap().path();
    let blocks = std::fs::read_dir(day).unwrap().map(|entry| entry.unwrap().path());
    let block = blocks.min().expect("each stop leaves a block");
    let mut bytes = std::fs::read(&block).unwrap();
    // The trailer's twenty bytes are the last: this one is in the footer.
    let footer = bytes.len() - 25;
    bytes[footer] ^= 1;
    std::fs::write(&block, bytes).unwrap();

    let checked = run(&["store", "check", "--data", &data.display().to_string(), "--lang", "en"]);
    let checked = String::from_utf8(checked.stdout).unwrap();
    let damage = checked.lines().next().unwrap_or_default();
    assert!(damage.starts_with(&format!("{} at byte ", block.display())), "{checked}");
    let server = start_with_log(&data, &log);
    let missing = server.get(&format!("/api/v2/trace/{:032x}", 1u128 << 64 | 1));
    let there = server.get(&format!("/api/v2/trace/{:032x}", 101u128 << 64 | 101));
    // What is damaged may be where the trace is: that it does not exist is not said.
    assert_eq!((missing.status, there.status), (500, 200), "{}", there.text);
    assert!(missing.text.contains(&block.display().to_string()), "{}", missing.text);
    assert_eq!(server.terminate(), 0);
    let log = std::fs::read_to_string(log).unwrap();
    let (before, _) = log.split_once("nines is ready").expect("it says that it serves");
    let told: Vec<&str> = before.lines().filter(|line| line.contains(&block.display().to_string())).collect();
    assert_eq!(told.len(), 1, "{log}");
    assert!(told[0].contains("WARN") && told[0].ends_with(damage), "{damage}\n{log}");
}

#[test]
fn a_server_that_is_stopped_the_moment_it_says_that_it_serves_closes_its_store() {
    let folder = tempfile::tempdir().unwrap();
    let (data, listen) = (folder.path().join("data"), format!("127.0.0.1:{}", free_port()));
    let mut command = nines(&["serve", "--otlp-http", "off", "--otlp-grpc", "off", "--listen", &listen, "--data"]);
    let mut server = command.arg(data).stderr(Stdio::piped()).spawn().unwrap();
    let mut words = BufReader::new(server.stderr.take().unwrap()).lines();
    assert!(words.any(|line| line.unwrap().contains("nines is ready")));
    Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

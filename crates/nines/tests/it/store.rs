//! `nines store`: what is stored, measured through a server and without one.

use crate::process::{Server, now_us, run};
use serde_json::Value;

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

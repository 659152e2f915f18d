//! A trace by its id, several by theirs: what was sent, as it was sent.

use super::ask::{Case, Host, get, round};

/// The trace that most of Zipkin's own tests use: a request through two services to a database.
const FULL: &str = r#"[
{"traceId":"@t1","id":"1","kind":"SERVER","name":"get","timestamp":@us,"duration":350000,"localEndpoint":{"serviceName":"frontend","ipv4":"127.0.0.1"}},
{"traceId":"@t1","parentId":"1","id":"2","kind":"CLIENT","name":"get","timestamp":@us+50000,"duration":200000,"localEndpoint":{"serviceName":"frontend","ipv4":"127.0.0.1"},"remoteEndpoint":{"serviceName":"backend","ipv4":"192.168.99.101","port":9000},"annotations":[{"timestamp":@us+51000,"value":"foo"}],"tags":{"http.path":"/api","clnt/finagle.version":"6.45.0"}},
{"traceId":"@t1","parentId":"1","id":"2","kind":"SERVER","name":"get","timestamp":@us+100000,"duration":150000,"localEndpoint":{"serviceName":"backend","ipv4":"192.168.99.101","port":9000},"shared":true},
{"traceId":"@t1","parentId":"2","id":"3","kind":"CLIENT","name":"query","timestamp":@us+150000,"duration":50000,"localEndpoint":{"serviceName":"backend","ipv4":"192.168.99.101","port":9000},"remoteEndpoint":{"serviceName":"db","ipv6":"2001:db8::c001","port":3036},"annotations":[{"timestamp":@us+151000,"value":"⻩"}],"tags":{"error":"💩"}}]"#;

/// One span of a trace.
const ONE: &str = r#"[{"traceId":"@t1","id":"0000000000000001","timestamp":@us}]"#;

/// Two traces of a span.
const TWO: &str = r#"[{"traceId":"@t1","id":"0000000000000001","timestamp":@us},{"traceId":"@t2","id":"0000000000000001","timestamp":@us+1}]"#;

pub const CASES: &[Case] = &[
    round("a trace by its id", ONE, "/api/v2/trace/@t1", ONE),
    round("a trace below /zipkin", ONE, "/zipkin/api/v2/trace/@t1", ONE),
    round("an id between spaces", ONE, "/api/v2/trace/%20@t1%20", ONE),
    round(
        "two traces",
        TWO,
        "/api/v2/traceMany?traceIds=@t1,@t2",
        r#"[[{"traceId":"@t1","id":"0000000000000001","timestamp":@us}],[{"traceId":"@t2","id":"0000000000000001","timestamp":@us+1}]]"#,
    ),
    round(
        "two of which one is unknown",
        ONE,
        "/api/v2/traceMany?traceIds=@t1,@t2",
        r#"[[{"traceId":"@t1","id":"0000000000000001","timestamp":@us}]]"#,
    ),
    round("two that are unknown", ONE, "/api/v2/traceMany?traceIds=@t3,@t2", "[]"),
    round(
        "several below /zipkin",
        ONE,
        "/zipkin/api/v2/traceMany?traceIds=@t1,@t2",
        r#"[[{"traceId":"@t1","id":"0000000000000001","timestamp":@us}]]"#,
    ),
    round("a trace sent in two messages is one", ONE, "/api/v2/trace/@t1", ONE),
    round(
        "an exact repeat is told once",
        r#"[{"traceId":"@t1","id":"0000000000000001","timestamp":@us},{"traceId":"@t1","id":"0000000000000001","timestamp":@us}]"#,
        "/api/v2/trace/@t1",
        ONE,
    ),
    round(
        "no span is merged with its other half",
        r#"[{"traceId":"@t1","id":"2","kind":"CLIENT","timestamp":@us},{"traceId":"@t1","id":"2","kind":"SERVER","timestamp":@us+1,"shared":true}]"#,
        "/api/v2/trace/@t1",
        r#"[{"traceId":"@t1","id":"0000000000000002","kind":"CLIENT","timestamp":@us},{"traceId":"@t1","id":"0000000000000002","kind":"SERVER","timestamp":@us+1,"shared":true}]"#,
    ),
    round(
        "no clock is corrected",
        r#"[{"traceId":"@t1","id":"1","kind":"CLIENT","timestamp":@us,"duration":10},{"traceId":"@t1","parentId":"1","id":"2","kind":"SERVER","timestamp":@us+90000,"duration":5}]"#,
        "/api/v2/trace/@t1",
        r#"[{"traceId":"@t1","id":"0000000000000001","kind":"CLIENT","timestamp":@us,"duration":10},{"traceId":"@t1","parentId":"0000000000000001","id":"0000000000000002","kind":"SERVER","timestamp":@us+90000,"duration":5}]"#,
    ),
    get(
        "an unknown trace",
        "/api/v2/trace/463ac35c9f6413ad48485a3953bb6124",
        404,
        "463ac35c9f6413ad48485a3953bb6124 not found",
    ),
    get("an unknown trace below /zipkin", "/zipkin/api/v2/trace/48485a3953bb6124", 404, "48485a3953bb6124 not found"),
];

#[test]
fn a_trace_is_had_as_it_was_sent() {
    Host::start(&[]).check(CASES);
}

#[test]
fn a_whole_request_comes_back_span_by_span_and_as_links() {
    let host = Host::start_ours(&[]);
    let words = super::ask::Words::fresh(crate::process::now_us() - 1_000_000);
    let read = |text: &str| serde_json::from_str::<Vec<serde_json::Value>>(text).expect("a list of spans");
    host.post(&words.fill(FULL));
    let got = host.get(&words.fill("/api/v2/trace/@t1"));
    assert_eq!(got.header("content-type"), "application/json");
    let mut sent = read(&words.fill(FULL));
    for span in &mut sent {
        for field in ["id", "parentId"] {
            if let Some(id) = span[field].as_str() {
                span[field] = format!("{id:0>16}").into();
            }
        }
    }
    let mut got = read(&got.text());
    let key = |span: &serde_json::Value| (span["id"].to_string(), span["kind"].to_string());
    got.sort_by_key(key);
    sent.sort_by_key(key);
    assert_eq!(got, sent);
    let links = host.get(&words.fill("/api/v2/dependencies?endTs=@ms+1000&lookback=60000")).text();
    assert_eq!(
        links,
        r#"[{"parent":"backend","child":"db","callCount":1,"errorCount":1},{"parent":"frontend","child":"backend","callCount":1}]"#
    );
}

#[test]
fn a_large_answer_is_whole() {
    let host = Host::start_ours(&[]);
    let words = super::ask::Words::fresh(crate::process::now_us() - 1_000_000);
    let n_spans = 5000;
    let spans: Vec<String> = (1..=n_spans)
        .map(|nth| {
            words.fill(&format!(r#"{{"traceId":"@t1","id":"{nth:x}","timestamp":@us+{nth},@front,"name":"n"}}"#))
        })
        .collect();
    host.post(&format!("[{}]", spans.join(",")));
    let got = host.get(&words.fill("/api/v2/trace/@t1"));
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&got.text()).expect("a list").len(), n_spans);
}

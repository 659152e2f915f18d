//! What goes in comes out: Zipkin byte for byte, OTLP by service, name, tag and duration.

use crate::process::{Server, eventually, now_us};
use std::time::Duration;

#[test]
fn a_zipkin_body_comes_back_field_for_field_in_zipkins_order() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &[]);
    let now = now_us();
    let span = format!(
        r#"{{"traceId":"463ac35c9f6413ad48485a3953bb6124","parentId":"6b221d5bc9e6496c","id":"48485a3953bb6124","kind":"CLIENT","name":"get /orders/{{id}}","timestamp":{now},"duration":207000,"localEndpoint":{{"serviceName":"frontend","ipv4":"127.0.0.1","port":8080}},"remoteEndpoint":{{"serviceName":"backend","ipv4":"192.168.99.101","ipv6":"2001:db8::c001","port":9000}},"annotations":[{{"timestamp":{now},"value":"foo"}},{{"timestamp":{},"value":"⻩ \"quoted\" \\ \u2028"}}],"tags":{{"clnt/finagle.version":"6.45.0","empty":"","error":"💩","http.path":"/api"}},"debug":true}}"#,
        now + 5,
    );
    let body = format!("[{span}]");
    let answer = server.post("/api/v2/spans", &[("content-type", "application/json")], body.as_bytes());
    assert_eq!((answer.status, answer.text.as_str()), (202, ""));
    let answer = server.get("/api/v2/trace/463ac35c9f6413ad48485a3953bb6124");
    assert_eq!(answer.content_type, "application/json");
    assert_eq!(answer.text, body);
    let answer = server
        .get("/api/v2/traces?serviceName=frontend&annotationQuery=http.path%3D%2Fapi%20and%20foo&minDuration=207000");
    assert_eq!(answer.text, format!("[{body}]"));
    assert_eq!(server.get("/api/v2/services").text, r#"["frontend"]"#);
    assert_eq!(server.get("/api/v2/spans?serviceName=FrontEnd").text, r#"["get /orders/{id}"]"#);
    assert_eq!(server.get("/api/v2/remoteServices?serviceName=frontend").text, r#"["backend"]"#);
    let links = server.get(&format!("/api/v2/dependencies?endTs={}", now / 1000 + 1000)).text;
    assert_eq!(links, r#"[{"parent":"frontend","child":"backend","callCount":1,"errorCount":1}]"#);
    assert_eq!(server.terminate(), 0);
}

#[test]
fn the_same_span_by_otlp_is_found_by_service_name_tag_and_duration() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &[]);
    let start_ns = now_us() * 1000 + 789;
    let body = otlp_body(start_ns, start_ns + 207_000_123);
    let answer = server.post("/v1/traces", &[("content-type", "application/x-protobuf")], &body);
    assert_eq!((answer.status, answer.content_type.as_str()), (200, "application/x-protobuf"));
    let found = |server: &Server| {
        for query in
            ["service=checkout", "op=\"POST /pay\"", "http.status_code=503", "duration>=207ms", "version=1.2.3"]
        {
            let path =
                format!("/api/nines/v1/traces?q={}", query.replace(' ', "%20").replace('"', "%22").replace('>', "%3E"));
            let items = server.get(&path).json()["items"].clone();
            assert_eq!(items[0]["traceId"], "0af7651916cd43dd8448eb211c80319c", "{query}");
        }
        let traces = server
            .get("/api/v2/traces?serviceName=checkout&spanName=post%20/pay&annotationQuery=version%3D1.2.3")
            .json();
        assert_eq!(traces[0][0]["duration"], 207_000);
        assert_eq!(traces[0][0]["kind"], "SERVER");
    };
    found(&server);
    assert_eq!(server.terminate(), 0);
    found(&Server::start(&data, &[]));
}

#[test]
fn the_same_span_in_zipkins_protobuf_comes_back_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &[]);
    let now = now_us();
    let body = proto3_body(now);
    let answer = server.post("/api/v2/spans", &[("content-type", "application/x-protobuf")], &body);
    assert_eq!((answer.status, answer.text.as_str()), (202, ""));
    let expect = format!(
        r#"[{{"traceId":"463ac35c9f6413ad48485a3953bb6124","parentId":"6b221d5bc9e6496c","id":"48485a3953bb6124","kind":"CLIENT","name":"get /orders","timestamp":{now},"duration":207000,"localEndpoint":{{"serviceName":"frontend","ipv4":"127.0.0.1","port":8080}},"annotations":[{{"timestamp":{now},"value":"foo"}}],"tags":{{"a":"","http.path":"/api"}},"debug":true}}]"#
    );
    let path = "/api/v2/trace/463ac35c9f6413ad48485a3953bb6124";
    assert_eq!(server.get(path).text, expect);
    assert_eq!(server.terminate(), 0);
    assert_eq!(Server::start(&data, &[]).get(path).text, expect);
}

#[test]
fn a_stopped_server_is_asked_through_its_data_directory() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &[]);
    let body = format!(
        r#"[{{"traceId":"1","id":"1","name":"a","timestamp":{},"duration":5,"localEndpoint":{{"serviceName":"s"}}}}]"#,
        now_us()
    );
    assert_eq!(server.post("/api/v2/spans", &[], body.as_bytes()).status, 202);
    assert_eq!(server.terminate(), 0);
    let data = data.display().to_string();
    let output = crate::process::run(&["trace", "find", "service=s", "--data", &data, "-o", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("0000000000000001"), "{text}");
    let output = crate::process::run(&["store", "check", "--data", &data]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_slo_of_a_changed_folder_is_taken_up_and_a_broken_one_refused() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    let slo = |name: &str| {
        format!(
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: {name} }}\nspec:\n  service: s\n  indicator:\n    metadata: {{ name: i }}\n    spec:\n      ratioMetric:\n        counter: true\n        good: {{ metricSource: {{ type: spans, spec: {{ where: 'service=s !error' }} }} }}\n        total: {{ metricSource: {{ type: spans, spec: {{ where: 'service=s' }} }} }}\n  timeWindow: [ {{ duration: 1h, isRolling: true }} ]\n  budgetingMethod: Occurrences\n  objectives: [ {{ target: 0.9 }} ]\n"
        )
    };
    std::fs::write(definitions.join("a.yaml"), slo("one")).unwrap();
    let server = Server::start(&folder.path().join("data"), &["--definitions", &definitions.display().to_string()]);
    let names = || {
        let items = server.get("/api/nines/v1/slos").json()["items"].clone();
        items.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(), ["one"]);
    std::fs::write(definitions.join("b.yaml"), slo("two")).unwrap();
    eventually(Duration::from_secs(15), names, |names| *names == ["one", "two"]);
    std::fs::write(definitions.join("b.yaml"), "apiVersion: openslo/v1\nkind: Slo\n").unwrap();
    let state =
        || server.get("/health").json()["nines"]["definitions"]["status"].as_str().unwrap_or_default().to_owned();
    eventually(Duration::from_secs(15), state, |state| state == "refused");
    assert_eq!(names(), ["one", "two"]);
    assert_eq!(server.get("/health").json()["status"], "UP");

    // The broken set is still there at the next start: the last good one is in force all the same, and
    // so it is when nobody serves.
    assert_eq!(server.terminate(), 0);
    let data = folder.path().join("data");
    let server = Server::start(&data, &["--definitions", &definitions.display().to_string()]);
    assert_eq!(server.get("/api/nines/v1/slos").json()["items"].as_array().unwrap().len(), 2);
    assert_eq!(server.get("/health").json()["nines"]["definitions"]["status"], "refused");
    assert_eq!(server.terminate(), 0);
    let output = crate::process::run(&["slo", "list", "-o", "ndjson", "--data", &data.display().to_string()]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
}

/// One OTLP span written field by field, so that the test does not lean on the code it tests.
fn otlp_body(start_ns: u64, end_ns: u64) -> Vec<u8> {
    let text = |field: u8, text: &str| message(field, text.as_bytes());
    let attribute = |key: &str, value: &[u8]| [text(1, key), message(2, value)].concat();
    let resource = [
        message(1, &attribute("service.name", &text(1, "checkout"))),
        message(1, &attribute("version", &text(1, "1.2.3"))),
    ]
    .concat();
    let trace_id = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c_u128.to_be_bytes();
    let span = [
        message(1, &trace_id),
        message(2, &0xb7ad_6b71_6920_3331_u64.to_be_bytes()),
        text(5, "POST /pay"),
        vec![6 << 3, 2],
        [vec![7 << 3 | 1], start_ns.to_le_bytes().to_vec()].concat(),
        [vec![8 << 3 | 1], end_ns.to_le_bytes().to_vec()].concat(),
        message(9, &attribute("http.status_code", &[3 << 3, 0xf7, 0x03])),
    ]
    .concat();
    message(1, &[message(1, &resource), message(2, &message(2, &span))].concat())
}

/// One span of zipkin.proto3 written field by field, so that the test does not lean on the code it tests.
fn proto3_body(now_us: u64) -> Vec<u8> {
    let text = |field: u8, text: &str| message(field, text.as_bytes());
    let tag = |key: &str, value: &str| message(11, &[text(1, key), text(2, value)].concat());
    let time = |field: u8| [vec![field << 3 | 1], now_us.to_le_bytes().to_vec()].concat();
    let local = [text(1, "Frontend"), message(2, &[127, 0, 0, 1]), vec![4 << 3, 0x90, 0x3f]].concat();
    let span = [
        message(1, &0x463a_c35c_9f64_13ad_4848_5a39_53bb_6124_u128.to_be_bytes()),
        message(2, &0x6b22_1d5b_c9e6_496c_u64.to_be_bytes()),
        message(3, &0x4848_5a39_53bb_6124_u64.to_be_bytes()),
        vec![4 << 3, 1],
        text(5, "GET /orders"),
        time(6),
        vec![7 << 3, 0x98, 0xd1, 0x0c],
        message(8, &local),
        message(10, &[time(1), text(2, "foo")].concat()),
        tag("http.path", "/api"),
        tag("a", ""),
        vec![12 << 3, 1],
    ]
    .concat();
    message(1, &span)
}

fn message(field: u8, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![field << 3 | 2];
    let mut length = bytes.len();
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend_from_slice(bytes);
    out
}

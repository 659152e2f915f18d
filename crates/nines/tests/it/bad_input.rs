//! Bad input: the right status, a text that says what to do, nothing stored, nothing broken.

use crate::packing::gzip;
use crate::process::{Server, eventually, now_us, run};
use std::time::Duration;

#[test]
fn malformed_bodies_are_refused_in_the_protocols_own_form_and_nothing_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &[]);
    let zipkin = |body: &[u8], headers: &[(&str, &str)]| {
        let answer = server.post("/api/v2/spans", headers, body);
        (answer.status, answer.text)
    };
    assert_eq!(zipkin(b"hello", &[]), (400, "Expected a JSON_V2 encoded list\n".to_owned()));
    assert_eq!(zipkin(b"", &[]), (202, String::new()));
    let protobuf = ("content-type", "application/x-protobuf");
    assert_eq!(zipkin(b"[]", &[protobuf]), (202, String::new()));
    let cut = "Malformed field 1 at byte 0: it runs past the end of its message reading List<Span> from proto3";
    assert_eq!(zipkin(&[10, 66, 1], &[protobuf]), (400, cut.to_owned()));
    let other = "Expected a PROTO3 encoded list, but received: JSON_V2\n";
    assert_eq!(zipkin(br#"[{"traceId":"1","id":"1"}]"#, &[protobuf]), (400, other.to_owned()));
    let (status, text) = zipkin(br#"[{"traceId":"1","id":"xyz"}]"#, &[]);
    assert_eq!(status, 400);
    assert!(text.contains("should be lower-hex encoded with no prefix"), "{text}");
    let (status, text) = zipkin(br#"[{"traceId":"1","id":"1"},"#, &[]);
    assert_eq!(status, 400);
    assert!(text.contains("reading List<Span> from json"), "{text}");
    assert_eq!(zipkin(b"[]", &[("content-encoding", "gzip")]).0, 400);
    assert_eq!(zipkin(&gzip(b"[]"), &[("content-encoding", "gzip")]).0, 202);
    assert_eq!(zipkin(&gzip(&vec![b' '; 64 << 20]), &[("content-encoding", "gzip")]).0, 413);
    assert_eq!(zipkin(&vec![b'['; (10 << 20) + 1], &[]).0, 413);

    let otlp = |body: &[u8], kind: &str| {
        let answer = server.post("/v1/traces", &[("content-type", kind)], body);
        (answer.status, answer.content_type)
    };
    assert_eq!(otlp(b"\xff\xff\xff", "application/x-protobuf"), (400, "application/x-protobuf".to_owned()));
    assert_eq!(otlp(b"", "application/x-protobuf"), (200, "application/x-protobuf".to_owned()));
    assert_eq!(otlp(b"<xml/>", "text/xml").0, 415);

    assert_eq!(server.get("/api/v2/services").text, "[]");
    assert_eq!(server.get("/health").status, 200);
}

#[test]
fn wrong_queries_speak_zipkins_texts() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    let cases = [
        ("/api/v2/traces?minDuration=0", 400, "minDuration <= 0"),
        ("/api/v2/traces?minDuration=5&maxDuration=4", 400, "maxDuration < minDuration"),
        ("/api/v2/traces?maxDuration=4", 400, "maxDuration is only valid with minDuration"),
        ("/api/v2/traces?endTs=0", 400, "endTs <= 0"),
        ("/api/v2/traces?lookback=-1", 400, "lookback <= 0"),
        ("/api/v2/traces?limit=0", 400, "limit <= 0"),
        ("/api/v2/traces?limit=x", 400, "For input string: \"x\""),
        ("/api/v2/traces?lookback=", 200, "[]"),
        ("/api/v2/trace/abc", 404, "0000000000000abc not found"),
        ("/api/v2/trace/0e8b46e1-81b", 400, "0e8b46e1-81b should be lower-hex encoded with no prefix"),
        ("/api/v2/traceMany?traceIds=", 400, "traceIds parameter is empty"),
        ("/api/v2/traceMany?traceIds=1", 400, "Use /api/v2/trace/{traceId} endpoint to retrieve a single trace"),
        ("/api/v2/traceMany?traceIds=1,01", 400, "redundant traceId: 01"),
        ("/api/v2/traceMany?traceIds=1,2", 200, "[]"),
        ("/api/v2/spans", 400, "Mandatory parameter/header/attribute is missing: serviceName"),
        ("/api/v2/spans?serviceName=", 200, "[]"),
        ("/api/v2/dependencies", 400, "Mandatory parameter/header/attribute is missing: endTs"),
        ("/api/v2/dependencies?endTs=-1", 400, "endTs <= 0"),
        ("/nowhere", 404, "404 Not Found"),
    ];
    for (path, status, text) in cases {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.text.as_str()), (status, text), "{path}");
    }
    let problem = server.get("/api/nines/v1/traces?q=duration%3E5");
    assert_eq!((problem.status, problem.content_type.as_str()), (400, "application/problem+json"));
    assert!(problem.json()["at"]["from"].is_u64(), "{}", problem.text);
}

#[test]
fn a_data_directory_of_another_process_or_a_newer_format_is_refused_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &[]);
    let path = data.display().to_string();
    let refused = |arguments: &[&str]| {
        let output = run(arguments);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains("error: ") && text.contains("hint: "), "{text}");
        text
    };
    let second = ["serve", "--listen", "127.0.0.1:0", "--otlp-http", "off", "--otlp-grpc", "off", "--data", &path];
    let text = refused(&second);
    assert!(text.contains(&path), "{text}");
    assert_eq!(server.terminate(), 0);

    std::fs::write(data.join("FORMAT"), "nines 999\n").unwrap();
    let before: Vec<_> = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path()).collect();
    let text = refused(&second);
    assert!(text.contains("999"), "{text}");
    let after: Vec<_> = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(before.len(), after.len(), "a refused directory is left untouched");
}

#[test]
fn wrong_usage_exits_2_and_an_unreachable_server_says_what_to_do() {
    let output = run(&["slo", "status", "--server", "http://127.0.0.1:9"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(text.contains("no answer from http://127.0.0.1:9") && text.contains("hint: start one"), "{text}");
    let output = run(&["slo", "chek"]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&["serve", "--listen", "nowhere", "--memory", "1MiB", "--storage", "tape"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text.matches("error: ").count(), 3, "{text}");
}

#[test]
fn a_full_disk_is_a_503_that_loses_nothing_and_ends_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(folder.path()) else {
        println!("not run: mounting a small disk needs root");
        return;
    };
    let server = Server::start(&folder.path().join("data"), &[]);
    let post = |id: u32| {
        let span = format!(
            r#"[{{"traceId":"{id:x}","id":"1","timestamp":{},"localEndpoint":{{"serviceName":"s"}}}}]"#,
            now_us()
        );
        server.post("/api/v2/spans", &[], span.as_bytes())
    };
    assert_eq!(post(1).status, 202);
    let filler = folder.path().join("filler");
    std::fs::write(&filler, vec![0u8; 80 << 20]).unwrap();
    let refused = eventually(Duration::from_secs(10), || post(2), |answer| answer.status != 202);
    assert_eq!(refused.status, 503, "{}", refused.text);
    assert_eq!(refused.retry_after.as_deref(), Some("1"));
    assert!(refused.text.contains("no room"), "{}", refused.text);
    assert_eq!(server.get("/api/v2/trace/1").status, 200);
    std::fs::remove_file(&filler).unwrap();
    eventually(Duration::from_secs(10), || post(3), |answer| answer.status == 202);
    assert_eq!(server.get("/api/v2/trace/3").status, 200);
    assert_eq!(server.terminate(), 0);
    drop(disk);
}

/// A file system of 320 MB: a little more than what the store keeps in reserve.
struct SmallDisk<'a>(&'a std::path::Path);

impl<'a> SmallDisk<'a> {
    fn mount(at: &'a std::path::Path) -> Option<SmallDisk<'a>> {
        let arguments = ["-t", "tmpfs", "-o", "size=320m", "tmpfs"];
        let status =
            std::process::Command::new("mount").args(arguments).arg(at).stderr(std::process::Stdio::null()).status();
        status.is_ok_and(|status| status.success()).then_some(SmallDisk(at))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("-l").arg(self.0).status();
    }
}

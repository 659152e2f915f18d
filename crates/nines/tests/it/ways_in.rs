//! Every encoding of Zipkin and OTLP, compressed and cut as their senders do it, shows the same span.

use crate::bodies::{FORMS, JSON, OTLP, PROTOBUF, THRIFT, ZIPKIN_V1, ZIPKIN_V2, otlp_with_ids};
use crate::packing::{deflate, gzip, zstd};
use crate::process::{Server, now_us};
use crate::raw::{Connection, post, post_chunked};

#[test]
fn every_encoding_compression_and_framing_shows_the_same_span() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    type Pack = fn(&[u8]) -> Vec<u8>;
    let plain: Pack = <[u8]>::to_vec;
    let packs = [("identity", plain), ("gzip", gzip as Pack), ("deflate", deflate), ("zstd", zstd)];
    let now = now_us();
    // One connection for all: none of them may leave it in disorder.
    let mut connection = Connection::to(&server.url);
    let mut trace = 0;
    for form in &FORMS {
        for (encoding, pack) in packs {
            for chunk_bytes in [None, Some(7), Some(4096)] {
                trace += 1;
                let what = format!("{} {} {encoding} {chunk_bytes:?}", form.path, form.content_type);
                let headers = [("content-type", form.content_type), ("content-encoding", encoding)];
                let body = pack(&(form.body)(trace, now));
                connection.send(match chunk_bytes {
                    None => post(form.path, &headers, &body),
                    Some(n_bytes) => post_chunked(form.path, &headers, &body, n_bytes),
                });
                let answer = connection.answer().expect(&what);
                let text = String::from_utf8_lossy(&answer.body).into_owned();
                assert_eq!((answer.status, text.as_str()), (form.status, form.answer), "{what}");
                assert_eq!(server.get(&format!("/api/v2/trace/{trace:x}")).text, (form.shown)(trace, now), "{what}");
            }
        }
    }
    let metrics = server.get("/metrics").json();
    assert_eq!(metrics["counter.zipkin_collector.spans.http"], 4 * 12);
    assert_eq!(metrics["counter.zipkin_collector.spans.otel/http"], 2 * 12);
    assert_eq!(metrics["counter.zipkin_collector.messages.http"], 4 * 12);
    assert_eq!(metrics["counter.zipkin_collector.messages_dropped.http"], 0);
}

#[test]
fn an_empty_list_is_taken_under_every_content_type_and_stores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    for path in [ZIPKIN_V1, ZIPKIN_V2] {
        for content_type in [JSON, PROTOBUF, THRIFT, "text/plain", "application/json; charset=utf-8"] {
            for body in [&b""[..], b"[]"] {
                let kind = ("content-type", content_type);
                for (headers, body) in [
                    (&[kind][..], body.to_vec()),
                    (&[kind, ("content-encoding", "gzip")], gzip(body)),
                    (&[kind, ("content-encoding", "gzip")], Vec::new()),
                ] {
                    let answer = server.post(path, headers, &body);
                    assert_eq!((answer.status, answer.text.as_str()), (202, ""), "{path} {content_type} {headers:?}");
                }
            }
        }
    }
    let metrics = server.get("/metrics").json();
    assert_eq!(metrics["counter.zipkin_collector.messages.http"], 60);
    assert_eq!(metrics["counter.zipkin_collector.bytes.http"], 0);
    assert_eq!(metrics["counter.zipkin_collector.spans.http"], 0);
    assert_eq!(server.get("/api/v2/services").text, "[]");
}

#[test]
fn otlp_is_answered_in_the_encoding_of_the_request() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    let post = |headers: &[(&str, &str)], body: &[u8]| {
        let answer = server.post(OTLP, headers, body);
        (answer.status, answer.content_type, answer.text)
    };
    let json = [("content-type", "application/json; charset=utf-8")];
    let protobuf = [("content-type", PROTOBUF)];
    let answer = |status: u16, kind: &str, text: &str| (status, kind.to_owned(), text.to_owned());

    let malformed = r#"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00","spanId":"48485a3953bb6124"}]}]}]}"#;
    let (status, kind, text) = post(&json, malformed.as_bytes());
    assert_eq!((status, kind.as_str()), (200, JSON));
    assert!(text.starts_with(r#"{"partialSuccess":{"rejectedSpans":"1","errorMessage":""#), "{text}");
    let (status, kind, text) = post(&protobuf, &otlp_with_ids(&[1; 15], now_us()));
    assert_eq!((status, kind.as_str()), (200, PROTOBUF));
    // `partial_success`, in it `rejected_spans: 1`.
    assert!(text.as_bytes()[0] == 0x0a && text.as_bytes()[2..4] == [8, 1], "{text:?}");

    let (status, kind, text) = post(&json, b"{");
    assert_eq!((status, kind.as_str()), (400, JSON));
    assert!(text.starts_with(r#"{"code":3,"message":""#) && text.contains("from json"), "{text}");
    let (status, kind, text) = post(&protobuf, b"\xff");
    assert_eq!((status, kind.as_str()), (400, PROTOBUF));
    assert!(text.starts_with("\u{8}\u{3}\u{12}") && text.contains("from protobuf"), "{text:?}");

    let fact = "there is no content type; send application/x-protobuf or application/json";
    let unsupported = format!(r#"{{"code":12,"message":"{fact}"}}"#);
    assert_eq!(post(&[], b"{}"), answer(415, JSON, &unsupported));
    let (status, _, text) = post(&[("content-type", "text/xml")], b"<xml/>");
    assert!(status == 415 && text.contains("`text/xml` is not read here"), "{text}");
    let (status, kind, text) = post(&[json[0], ("content-encoding", "br")], b"{}");
    assert_eq!((status, kind.as_str()), (415, JSON));
    assert!(text.contains("`br`") && text.contains("gzip, deflate, zstd"), "{text}");

    let prometheus = server.get("/prometheus").text;
    for line in [
        r#"nines_collector_messages_refused_total{transport="otel/http",reason="malformed"} 2"#,
        r#"nines_collector_messages_refused_total{transport="otel/http",reason="unsupported"} 3"#,
        r#"nines_collector_spans_rejected_total{transport="otel/http"} 2"#,
    ] {
        assert!(prometheus.lines().any(|known| known == line), "{line} in {prometheus}");
    }
}

#[test]
fn a_page_of_another_origin_may_post_spans_on_every_address() {
    let folder = tempfile::tempdir().unwrap();
    let spans_alone = format!("127.0.0.1:{}", crate::process::free_port());
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem", "--otlp-http", &spans_alone]);
    let preflight = |path: &str| {
        format!(
            "OPTIONS {path} HTTP/1.1\r\nhost: x\r\norigin: https://shop.example\r\n\
             access-control-request-method: POST\r\naccess-control-request-headers: content-type\r\n\r\n"
        )
    };
    for url in [server.url.clone(), format!("http://{spans_alone}")] {
        let mut connection = Connection::to(&url);
        connection.send(preflight(OTLP));
        let answer = connection.answer().unwrap();
        assert_eq!(answer.status, 200, "{url}: {}", answer.headers);
        for header in [
            "access-control-allow-origin: *",
            "access-control-allow-methods: get,post",
            "access-control-allow-headers: content-type",
        ] {
            assert!(answer.headers.contains(header), "{url}: {}", answer.headers);
        }
        connection.send(post(OTLP, &[("content-type", JSON), ("origin", "https://shop.example")], b"{}"));
        let answer = connection.answer().unwrap();
        assert_eq!((answer.status, &answer.body[..]), (200, &b"{}"[..]));
        assert!(answer.headers.contains("access-control-allow-origin: *"), "{}", answer.headers);
    }
    let mut connection = Connection::to(&format!("http://{spans_alone}"));
    connection.send("GET /api/v2/services HTTP/1.1\r\nhost: x\r\n\r\n");
    assert_eq!(connection.answer().unwrap().status, 404, "an address for spans alone has nothing to read");
}

#[test]
fn a_closed_door_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let closed = ["--storage", "mem", "--collector-http", "false", "--collector-otlp-http", "false"];
    let server = Server::start(&folder.path().join("data"), &closed);
    for path in [ZIPKIN_V1, ZIPKIN_V2, OTLP] {
        let answer = server.post(path, &[("content-type", JSON)], b"[]");
        assert_eq!((answer.status, answer.text.as_str()), (404, "404 Not Found"), "{path}");
    }
    assert_eq!(server.get("/api/v2/services").status, 200);
}

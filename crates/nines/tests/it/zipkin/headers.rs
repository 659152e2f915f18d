//! Methods, CORS, content types, compression.

use super::ask::{Host, Words};
use crate::process::now_us;

/// Method, path, further headers, and the status.
type MethodCase = (&'static str, &'static str, &'static [(&'static str, &'static str)], u16);

const ORIGIN: &[(&str, &str)] = &[("origin", "http://ops.example")];
const PREFLIGHT: &[(&str, &str)] = &[("origin", "http://ops.example"), ("access-control-request-method", "GET")];

pub const CASES: &[MethodCase] = &[
    ("GET", "/api/v2/services", &[], 200),
    ("HEAD", "/api/v2/services", &[], 404),
    ("HEAD", "/api/v2/traces", &[], 404),
    ("HEAD", "/api/v2/trace/1", &[], 404),
    ("OPTIONS", "/api/v2/services", &[], 404),
    ("OPTIONS", "/api/v2/spans", &[], 404),
    ("OPTIONS", "/nowhere", &[], 404),
    ("OPTIONS", "/api/v2/services", PREFLIGHT, 200),
    ("OPTIONS", "/api/v2/spans", PREFLIGHT, 200),
    ("POST", "/api/v2/services", &[], 404),
    ("POST", "/api/v2/traces", &[], 404),
    ("PUT", "/api/v2/services", &[], 404),
    ("PUT", "/api/v2/spans", &[], 404),
    ("DELETE", "/api/v2/spans", &[], 404),
    ("PATCH", "/api/v2/spans", &[], 404),
    ("DELETE", "/api/v2/trace/1", &[], 404),
    ("GET", "/api/v1/spans", &[], 404),
    ("POST", "/zipkin/api/v2/spans", &[], 405),
    ("POST", "/zipkin/api/v2/services", &[], 405),
    ("PUT", "/zipkin/api/v2/services", &[], 405),
    ("PUT", "/zipkin/config.json", &[], 405),
    ("POST", "/zipkin/", &[], 405),
    ("POST", "/health", &[], 404),
    ("DELETE", "/metrics", &[], 404),
    ("TRACE", "/", &[], 405),
    ("TRACE", "/api/v2/traces", &[], 405),
    ("TRACE", "/api/v2/spans", &[], 405),
    ("TRACE", "/whatever/and/not", &[], 405),
    ("GET", "/api/v2/services/", &[], 404),
    ("GET", "/health/", &[], 404),
    ("GET", "/info/", &[], 404),
    ("POST", "/api/v2/spans/", &[], 404),
    ("GET", "/api/v2", &[], 404),
    ("GET", "/api/v2/nope", &[], 404),
    ("GET", "/nope", &[], 404),
    ("POST", "/nope", &[], 404),
    ("GET", "/config.json", &[], 404),
    ("GET", "/zipkin/nope", &[], 404),
];

#[test]
fn a_path_with_another_method_does_not_exist() {
    let host = Host::start(&["--storage", "mem"]);
    for (method, path, headers, status) in CASES {
        let reply = host.send(method, path, headers, b"");
        assert_eq!(reply.status, *status, "{method} {path} {headers:?}");
        if *status >= 400 && *method != "HEAD" {
            assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8", "{method} {path}");
            let sentence = if *status == 404 { "404 Not Found" } else { "405 Method Not Allowed" };
            assert_eq!(reply.text(), sentence, "{method} {path}");
        }
    }
}

#[test]
fn probes_may_ask_for_the_head_of_health() {
    let host = Host::start_ours(&["--storage", "mem"]);
    for path in ["/health", "/info", "/metrics", "/prometheus", "/actuator/health"] {
        let reply = host.send("HEAD", path, &[], b"");
        assert_eq!((reply.status, reply.body.len()), (200, 0), "{path}");
    }
}

#[test]
fn content_types_are_zipkins() {
    let host = Host::start(&["--storage", "mem"]);
    for (path, content_type) in [
        ("/api/v2/services", "application/json"),
        ("/api/v2/traces", "application/json"),
        ("/api/v2/autocompleteKeys", "application/json"),
        ("/api/v2/dependencies?endTs=1", "application/json"),
        ("/metrics", "application/json"),
        ("/health", "application/json; charset=utf-8"),
        ("/info", "application/json; charset=utf-8"),
        ("/zipkin/config.json", "application/json; charset=utf-8"),
        ("/prometheus", "text/plain; version=0.0.4; charset=utf-8"),
        ("/actuator/health", "application/vnd.spring-boot.actuator.v2+json; charset=utf-8"),
        ("/actuator/info", "application/vnd.spring-boot.actuator.v2+json; charset=utf-8"),
        ("/nope", "text/plain; charset=utf-8"),
    ] {
        assert_eq!(host.get(path).header("content-type"), content_type, "{path}");
    }
    let fault = host.get("/api/v2/traces?limit=0").header("content-type");
    assert!(fault.starts_with("text/"), "{fault}");
}

#[test]
fn any_origin_may_read_zipkins_paths_and_none_ours() {
    let host = Host::start_ours(&["--storage", "mem"]);
    for path in ["/api/v2/services", "/zipkin/api/v2/services", "/health", "/api/v2/traces?limit=0"] {
        let reply = host.send("GET", path, ORIGIN, b"");
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(reply.header("access-control-expose-headers"), "grpc-status,grpc-message", "{path}");
        assert_eq!(reply.header("access-control-allow-credentials"), "", "{path}");
        assert!(!reply.header("vary").contains("origin"), "{path}");
    }
    let asked = host.send("OPTIONS", "/api/v2/spans", PREFLIGHT, b"");
    assert_eq!(asked.header("access-control-allow-origin"), "*");
    assert_eq!(asked.header("access-control-allow-methods"), "GET,POST");
    assert_eq!(asked.header("access-control-allow-headers"), "content-type,x-grpc-web");
    assert_eq!(host.send("POST", "/api/v2/spans", ORIGIN, b"[]").header("access-control-allow-origin"), "*");
    for path in ["/api/nines/v1/services", "/", "/traces"] {
        assert_eq!(host.send("GET", path, ORIGIN, b"").header("access-control-allow-origin"), "", "{path}");
    }
}

#[test]
fn named_origins_are_echoed_and_others_told_nothing() {
    let host =
        Host::start_ours(&["--storage", "mem", "--allowed-origins", "http://ops.example, https://b.example:8443"]);
    let ask = |method: &str, path: &str, origin: &str| host.send(method, path, &[("origin", origin)], b"[]");
    for origin in ["http://ops.example", "https://b.example:8443"] {
        for (method, path, status) in
            [("GET", "/api/v2/services", 200), ("POST", "/api/v2/spans", 202), ("GET", "/health", 200)]
        {
            let reply = ask(method, path, origin);
            assert_eq!(
                (reply.status, reply.header("access-control-allow-origin")),
                (status, origin.to_owned()),
                "{path}"
            );
            assert!(reply.header("vary").contains("origin"), "{path}: {}", reply.header("vary"));
        }
    }
    for origin in ["http://evil.example", "https://ops.example", "http://ops.example:80"] {
        for (method, path, status) in [("GET", "/api/v2/services", 200), ("POST", "/api/v2/spans", 202)] {
            let reply = ask(method, path, origin);
            assert_eq!(reply.status, status, "{origin} {path}");
            assert_eq!(reply.header("access-control-allow-origin"), "", "{origin} {path}");
            assert_eq!(reply.header("access-control-expose-headers"), "", "{origin} {path}");
        }
    }
    let asked = host.send("OPTIONS", "/api/v2/spans", PREFLIGHT, b"");
    assert_eq!((asked.status, asked.header("access-control-allow-origin").as_str()), (200, "http://ops.example"));
    let evil = [("origin", "http://evil.example"), ("access-control-request-method", "POST")];
    assert_eq!(host.send("OPTIONS", "/api/v2/spans", &evil, b"").header("access-control-allow-methods"), "");
    assert_eq!(host.get("/api/v2/services").header("access-control-allow-origin"), "");
}

#[test]
fn long_answers_are_compressed_where_the_client_takes_gzip() {
    let host = Host::start_ours(&["--storage", "mem"]);
    let words = Words::fresh(now_us() - 1_000_000);
    let name = |length: usize| format!(r#"[{{@ids,@at,@front,"name":"{}"}}]"#, "n".repeat(length));
    let gzip = |path: &str| host.send("GET", &words.fill(path), &[("accept-encoding", "gzip")], b"");
    host.post(&words.fill(&name(1000)));
    assert_eq!(gzip("/api/v2/trace/@t1").header("content-encoding"), "");
    host.post(&words.fill(&name(3000)));
    let packed = gzip("/api/v2/trace/@t1");
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.header("vary").contains("accept-encoding"), "{}", packed.header("vary"));
    assert!(packed.body.len() < 2000, "{} bytes", packed.body.len());
    let mut plain = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&packed.body[..]), &mut plain).expect("gzip");
    assert_eq!(plain, host.get(&words.fill("/api/v2/trace/@t1")).text());
    assert_eq!(host.get(&words.fill("/api/v2/trace/@t1")).header("content-encoding"), "");
    let refused = host.send("GET", &words.fill("/api/v2/trace/@t1"), &[("accept-encoding", "gzip;q=0")], b"");
    assert_eq!(refused.header("content-encoding"), "");
}

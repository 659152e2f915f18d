//! Clients that are slow, hostile or merely different: none keeps the others from being served.

use crate::bodies::{JSON, ZIPKIN_V2, json_v2, shown};
use crate::packing::gzip_bomb;
use crate::process::{Server, now_us};
use crate::raw::{Connection, head, post};
use std::time::{Duration, Instant};

/// Connections that send one byte of a request at a time.
const SLOW_ONES: usize = 100;

/// Most memory that a body may cost which grows a thousandfold.
const BOMB_BYTES_MAX: u64 = 32 << 20;

#[test]
fn a_sender_that_asks_before_it_sends_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    let (now, mut connection) = (now_us(), Connection::to(&server.url));
    let body = json_v2(1, now);
    let asks = |n_bytes: usize| {
        let length = n_bytes.to_string();
        head(ZIPKIN_V2, &[("content-type", JSON), ("content-length", &length), ("expect", "100-continue")])
    };
    connection.send(asks(body.len()));
    assert_eq!(connection.answer().unwrap().status, 100);
    connection.send(&body);
    assert_eq!(connection.answer().unwrap().status, 202);
    assert_eq!(server.get("/api/v2/trace/1").text, shown(1, now));
    // One that would be refused need not send it.
    connection.send(asks(11 << 20));
    assert_eq!(connection.answer().unwrap().status, 413);
}

#[test]
fn an_offer_to_change_to_http2_is_answered_in_http1() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    let mut connection = Connection::to(&server.url);
    // The JDK's client offers it with every request, the first of a connection and each later one.
    let offer = [
        ("connection", "Upgrade, HTTP2-Settings"),
        ("upgrade", "h2c"),
        ("http2-settings", "AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA"),
        ("content-type", JSON),
        ("b3", "0"),
    ];
    for trace in 1..=3 {
        connection.send(post(ZIPKIN_V2, &offer, &json_v2(trace, now_us())));
        assert_eq!(connection.answer().unwrap().status, 202);
        assert_eq!(server.get(&format!("/api/v2/trace/{trace}")).status, 200);
    }
}

#[test]
fn slow_clients_keep_nobody_from_being_served() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    // Some in their heads, some in bodies that together are far more than may be in flight.
    let mut slow: Vec<Connection> = (0..SLOW_ONES)
        .map(|nth| {
            let mut connection = Connection::to(&server.url);
            match nth % 3 {
                0 => connection.send("P"),
                1 => connection.send("POST /api/v2/spans HTTP/1.1\r\nhost: x\r\nx-a: "),
                _ => connection.send([head(ZIPKIN_V2, &[("content-length", "10485760")]), b"[{".to_vec()].concat()),
            }
            connection
        })
        .collect();
    let now = now_us();
    for trace in 1..=20 {
        assert!(slow.iter_mut().all(|connection| connection.try_send("x")), "they are still there");
        let since = Instant::now();
        let answer = server.post(ZIPKIN_V2, &[("content-type", JSON)], &json_v2(trace, now));
        assert_eq!(answer.status, 202, "{}", answer.text);
        assert_eq!(server.get(&format!("/api/v2/trace/{trace:x}")).text, shown(trace, now));
        assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    }
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    let mut connection = Connection::to(&server.url);
    connection.try_send(head(ZIPKIN_V2, &[("x-filler", &"x".repeat(128 << 10)), ("content-length", "0")]));
    assert_eq!(connection.answer().map(|answer| answer.status), Some(431));
}

#[test]
fn a_body_that_grows_a_thousandfold_is_refused_and_takes_no_memory() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    let bomb = gzip_bomb();
    assert!(bomb.len() < 2 << 20, "{}", bomb.len());
    let headers = [("content-type", JSON), ("content-encoding", "gzip")];
    let before = peak_bytes(server.pid());
    for path in ["/api/v2/spans", "/api/v1/spans", "/v1/traces"] {
        let answer = server.post(path, &headers, &bomb);
        assert_eq!(answer.status, 413, "{path}: {}", answer.text);
        assert!(answer.text.contains("inflated body is larger than 16777216 bytes"), "{path}: {}", answer.text);
    }
    let grown = peak_bytes(server.pid()) - before;
    assert!(grown < BOMB_BYTES_MAX, "{grown} bytes");
}

/// The most memory a process ever held.
fn peak_bytes(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("the process is there");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux counts it");
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kilobytes << 10
}

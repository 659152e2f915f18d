//! One HTTP/1.1 request over a connection of its own: any method, any path as typed, every header seen.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longest wait for an answer: a debug build on a busy machine.
const ANSWER_MAX: Duration = Duration::from_secs(20);

/// An answer as it came.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// A header's values, joined by a comma; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(", ")
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("an answer in UTF-8")
    }
}

/// Sends a request to `authority` (`127.0.0.1:9411`) and reads the whole answer.
pub fn send(authority: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(authority).expect("a connection");
    stream.set_read_timeout(Some(ANSWER_MAX)).expect("a timeout");
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {authority}\r\n");
    if method == "POST" || !body.is_empty() {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).expect("the request goes out");
    read(&mut BufReader::new(stream), method == "HEAD")
}

/// Reads to the end of the answer, not of the connection: some servers leave it open whatever they are asked.
fn read(stream: &mut impl BufRead, is_head: bool) -> Reply {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        let length = stream.read_line(&mut head).expect("a line of the head");
        assert!(length > 0, "the answer ends in its head: {head}");
    }
    let mut lines = head.trim_end().split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut reply = Reply { status, headers, body: Vec::new() };
    if is_head || status == 304 {
        return reply;
    }
    if reply.header("transfer-encoding") == "chunked" {
        while let Some(chunk) = chunk(stream) {
            reply.body.extend(chunk);
        }
    } else {
        reply.body = exactly(stream, reply.header("content-length").parse().unwrap_or(0));
    }
    reply
}

/// The next chunk of a body; nothing behind the last.
fn chunk(stream: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut line = String::new();
    stream.read_line(&mut line).expect("a chunk's length");
    let length = usize::from_str_radix(line.trim(), 16).expect("a chunk's length in hex");
    let chunk = exactly(stream, length);
    assert_eq!(exactly(stream, 2), b"\r\n");
    (length > 0).then_some(chunk)
}

fn exactly(stream: &mut impl BufRead, n_bytes: usize) -> Vec<u8> {
    let mut bytes = vec![0; n_bytes];
    stream.read_exact(&mut bytes).expect("the whole body");
    bytes
}

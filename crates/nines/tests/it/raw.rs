//! Requests written byte by byte: what HTTP clients that are not like ours send.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longest wait for an answer.
const ANSWER_MAX: Duration = Duration::from_secs(60);

/// A connection, and what came back on it.
pub struct Connection {
    stream: BufReader<TcpStream>,
}

/// One answer, an interim one (`100 Continue`) too.
#[derive(Debug)]
pub struct RawAnswer {
    pub status: u16,
    pub headers: String,
    pub body: Vec<u8>,
}

impl Connection {
    /// To a server's `http://HOST:PORT`.
    pub fn to(url: &str) -> Connection {
        let address = url.strip_prefix("http://").expect("an http:// address");
        let stream = TcpStream::connect(address).expect("the server accepts");
        stream.set_read_timeout(Some(ANSWER_MAX)).expect("a timeout can be set");
        Connection { stream: BufReader::new(stream) }
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.get_mut().write_all(bytes.as_ref()).expect("the server reads");
    }

    /// Sends what may not be read to its end.
    pub fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.get_mut().write_all(bytes.as_ref()).is_ok()
    }

    /// The next answer; `None` where the connection is closed instead.
    pub fn answer(&mut self) -> Option<RawAnswer> {
        let mut headers = String::new();
        while !headers.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut headers).ok()? == 0 {
                return None;
            }
        }
        let headers = headers.to_ascii_lowercase();
        let status = headers.get(9..12)?.parse().ok()?;
        let length = headers.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.trim().parse().expect("a length"))];
        self.stream.read_exact(&mut body).ok()?;
        Some(RawAnswer { status, headers, body })
    }
}

/// A POST with a body of known length.
pub fn post(path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let length = body.len().to_string();
    [head(path, &[headers, &[("content-length", &length)]].concat()), body.to_vec()].concat()
}

/// A POST whose body comes in chunks of `chunk_bytes`.
pub fn post_chunked(path: &str, headers: &[(&str, &str)], body: &[u8], chunk_bytes: usize) -> Vec<u8> {
    let chunks = body
        .chunks(chunk_bytes)
        .flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).into_bytes(), chunk.to_vec(), b"\r\n".to_vec()].concat());
    let head = head(path, &[headers, &[("transfer-encoding", "chunked")]].concat());
    [head, chunks.collect(), b"0\r\n\r\n".to_vec()].concat()
}

/// The head of a POST.
pub fn head(path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("POST {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n").into_bytes()
}

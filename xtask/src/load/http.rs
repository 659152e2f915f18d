//! A connection that is kept: one request at a time, its answer read whole.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer that has not come after this long will not come.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

/// A kept connection.
#[derive(Debug)]
pub struct Connection {
    address: SocketAddr,
    stream: TcpStream,
    answers: BufReader<TcpStream>,
    line: Vec<u8>,
    body: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub fn open(address: SocketAddr) -> Result<Connection> {
        let stream = TcpStream::connect_timeout(&address, ANSWER_LIMIT)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_LIMIT))?;
        let answers = BufReader::with_capacity(64 << 10, stream.try_clone()?);
        Ok(Connection { address, stream, answers, line: Vec::new(), body: Vec::new() })
    }

    /// One GET: status and body.
    pub fn get(&mut self, path: &str) -> Result<(u16, &[u8])> {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\n\r\n", self.address);
        self.exchange(head.as_bytes())
    }

    /// One POST: status and body of the answer.
    pub fn post(&mut self, path: &str, content_type: &str, body: &[u8]) -> Result<(u16, &[u8])> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        self.exchange(&[head.as_bytes(), body].concat())
    }

    /// Sends a request that is whole already, and reads the answer: status and body.
    pub fn exchange(&mut self, request: &[u8]) -> Result<(u16, &[u8])> {
        self.stream.write_all(request)?;
        self.read_line()?;
        let status = std::str::from_utf8(&self.line).ok().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let status = status.ok_or_else(broken)?;
        let length = self.read_headers()?;
        self.body.clear();
        match length {
            Length::Known(n_bytes) => self.read_body(n_bytes)?,
            Length::Chunked => self.read_chunks()?,
        }
        Ok((status, &self.body))
    }

    fn read_headers(&mut self) -> Result<Length> {
        let mut length = Length::Known(0);
        loop {
            self.read_line()?;
            if self.line.is_empty() {
                return Ok(length);
            }
            let Some(colon) = self.line.iter().position(|byte| *byte == b':') else { return Err(broken()) };
            let (name, value) = (&self.line[..colon], self.line[colon + 1..].trim_ascii());
            if name.eq_ignore_ascii_case(b"content-length") {
                let value = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
                length = Length::Known(value.ok_or_else(broken)?);
            } else if name.eq_ignore_ascii_case(b"transfer-encoding") && value.eq_ignore_ascii_case(b"chunked") {
                length = Length::Chunked;
            }
        }
    }

    fn read_chunks(&mut self) -> Result<()> {
        loop {
            self.read_line()?;
            let size = std::str::from_utf8(&self.line).ok().and_then(|line| {
                let digits = line.split(';').next().unwrap_or_default().trim();
                u64::from_str_radix(digits, 16).ok()
            });
            let size = size.ok_or_else(broken)?;
            self.read_body(size)?;
            self.read_line()?;
            if size == 0 {
                return Ok(());
            }
        }
    }

    fn read_body(&mut self, n_bytes: u64) -> Result<()> {
        let read = (&mut self.answers).take(n_bytes).read_to_end(&mut self.body)?;
        if read as u64 == n_bytes { Ok(()) } else { Err(broken()) }
    }

    /// The next line without its end.
    fn read_line(&mut self) -> Result<()> {
        self.line.clear();
        self.answers.read_until(b'\n', &mut self.line)?;
        if self.line.pop() != Some(b'\n') {
            return Err(broken());
        }
        if self.line.last() == Some(&b'\r') {
            self.line.pop();
        }
        Ok(())
    }
}

enum Length {
    Known(u64),
    Chunked,
}

fn broken() -> Error {
    Error::new(ErrorKind::InvalidData, "not a whole HTTP answer")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    fn answer(bytes: &'static [u8]) -> Result<(u16, Vec<u8>)> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let server = std::thread::spawn(move || -> Result<()> {
            let (mut stream, _) = listener.accept()?;
            let mut request = [0; 512];
            let _ = stream.read(&mut request)?;
            stream.write_all(bytes)
        });
        let mut connection = Connection::open(address)?;
        let answered = connection.get("/").map(|(status, body)| (status, body.to_vec()));
        server.join().map_err(|_| broken())??;
        answered
    }

    #[test]
    fn answers_with_a_length_and_in_chunks_are_read_whole() {
        let with_length = answer(b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok").unwrap();
        assert_eq!(with_length, (202, b"ok".to_vec()));
        let chunks = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        assert_eq!(answer(chunks).unwrap(), (200, b"abcde".to_vec()));
        assert!(answer(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab").is_err());
        assert!(answer(b"").is_err());
    }
}

//! A server of the tests' own, where nines asks or posts to others.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// A request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Method, path and version.
    pub line: String,
    /// In lower case.
    headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Asked {
    /// The value of a header by its name in lower case; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// One request, whole; `None` where the other side went away.
    fn read(stream: &TcpStream) -> Option<Asked> {
        let mut reader = BufReader::new(stream);
        let mut next = || {
            let mut line = String::new();
            (reader.read_line(&mut line).ok()? > 0).then(|| line.trim_end().to_owned())
        };
        let line = next()?;
        let mut headers = Vec::new();
        loop {
            let line = next()?;
            let Some((name, value)) = line.split_once(": ") else { break };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let mut asked = Asked { line, headers, body: Vec::new() };
        asked.body.resize(asked.header("content-length").parse().unwrap_or(0), 0);
        reader.read_exact(&mut asked.body).ok()?;
        Some(asked)
    }
}

/// Answers every request, one a connection, with a status and a body, or with the end of the connection. Returns its
/// address as a URL without a path.
pub fn serve(mut answer: impl FnMut(Asked) -> Option<(&'static str, String)> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some((status, body)) = Asked::read(&stream).and_then(&mut answer) else { continue };
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = write!(stream, "{head}{body}");
        }
    });
    url
}

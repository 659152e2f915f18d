//! Servers on loopback that write down what they are told and answer as planned.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `POST /path`.
    pub line: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Request {
    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// An HTTP server; each request takes the next answer, the last one stays.
pub struct HttpServer {
    pub url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl HttpServer {
    /// Answers are status lines with headers, such as `429 Slow\r\nretry-after: 7`, perhaps with an empty line and a body.
    pub fn start(answers: &[&str]) -> HttpServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = requests.clone();
        let mut answers: VecDeque<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let answer = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
                let mut stream = stream.unwrap();
                kept.lock().unwrap().push(read_request(&mut stream));
                let answer = answer.unwrap();
                let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
                let length = body.len();
                write!(stream, "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
                    .unwrap();
            }
        });
        HttpServer { url, requests }
    }

    /// What it was told.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

fn read_request(stream: &mut TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut request = Request::default();
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    request.line = line.trim().trim_end_matches(" HTTP/1.1").to_owned();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim().split_once(": ") else { break };
        request.headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = request.header("content-length").parse().unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    request.body = String::from_utf8(body).unwrap();
    request
}

/// Envelopes and messages.
type Mails = Vec<(Vec<String>, String)>;

/// A mail server that answers `DATA` with the given reply.
pub struct MailServer {
    pub url: String,
    mails: Arc<Mutex<Mails>>,
}

impl MailServer {
    pub fn start(reply: &'static str) -> MailServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let mails = Arc::new(Mutex::new(Vec::new()));
        let kept = mails.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let _ = converse(&stream.unwrap(), reply, &kept);
            }
        });
        MailServer { url, mails }
    }

    /// Envelopes and messages.
    pub fn mails(&self) -> Mails {
        self.mails.lock().unwrap().clone()
    }
}

fn converse(mut stream: &TcpStream, reply: &str, kept: &Mutex<Mails>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let mut envelope = Vec::new();
    stream.write_all(b"220 test ESMTP\r\n")?;
    while let Some(line) = lines.next() {
        let line = line?;
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match verb.as_str() {
            "EHLO" => stream.write_all(b"250-test\r\n250 8BITMIME\r\n")?,
            "MAIL" | "RCPT" => {
                envelope.push(line);
                stream.write_all(b"250 ok\r\n")?;
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let mut message = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    message.push_str(&line);
                    message.push('\n');
                }
                if reply.starts_with('2') {
                    kept.lock().unwrap().push((std::mem::take(&mut envelope), message));
                }
                stream.write_all(format!("{reply}\r\n").as_bytes())?;
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => stream.write_all(b"250 ok\r\n")?,
        }
    }
    Ok(())
}

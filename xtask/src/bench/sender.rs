//! One sender: a connection that is kept, one message at a time, each waited for.

use super::body::{Fill, Format, Template};
use super::chance::Chance;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A message not answered after this long is a failure.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// Pause of a sender that was told to come back later.
const BACK_OFF: Duration = Duration::from_millis(20);

/// What a sender saw.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Spans in messages that were acknowledged.
    pub spans: u64,
    /// Bytes of their bodies.
    pub bytes: u64,
    /// Messages refused with 429 or 503 and given up.
    pub refused: u64,
    /// Time from the first byte sent to the acknowledgement, microseconds, of each acknowledged message.
    pub answered_us: Vec<u32>,
}

/// Sends round after round until `until`; round numbers are `first`, `first + step`, ….
pub fn send(
    address: SocketAddr,
    format: Format,
    templates: &[Template],
    first: u64,
    step: u64,
    until: Instant,
) -> Result<Seen, String> {
    let failed = |error: std::io::Error| format!("sender {first}: {error}");
    let stream = TcpStream::connect(address).map_err(failed)?;
    stream.set_nodelay(true).map_err(failed)?;
    stream.set_read_timeout(Some(ANSWER_LIMIT)).map_err(failed)?;
    let mut answers = BufReader::new(stream.try_clone().map_err(failed)?);
    let mut stream = stream;
    let mut chance = Chance::new(first);
    let mut seen = Seen::default();
    let (path, content_type) = format.endpoint();
    let mut message = Vec::new();
    for round in (0..).map(|turn| first + turn * step) {
        let start_us = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros() as u64);
        for template in templates {
            if Instant::now() >= until {
                return Ok(seen);
            }
            message.clear();
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
                template.len()
            );
            message.extend_from_slice(head.as_bytes());
            template.fill(format, Fill { round, start_us }, &mut chance, &mut message);
            let sent = Instant::now();
            stream.write_all(&message).map_err(failed)?;
            match read_status(&mut answers).map_err(failed)? {
                200 | 202 => {
                    seen.answered_us.push(sent.elapsed().as_micros().min(u128::from(u32::MAX)) as u32);
                    seen.spans += template.n_spans as u64;
                    seen.bytes += template.len() as u64;
                }
                429 | 503 => {
                    seen.refused += 1;
                    std::thread::sleep(BACK_OFF);
                }
                status => return Err(format!("the server answered {status} to a good message")),
            }
        }
    }
    Ok(seen)
}

/// Reads one answer to its end and returns its status.
fn read_status(answers: &mut BufReader<TcpStream>) -> std::io::Result<u16> {
    let broken = || std::io::Error::new(std::io::ErrorKind::InvalidData, "not an HTTP answer");
    let mut line = String::new();
    answers.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(broken)?;
    let mut length = 0u64;
    loop {
        line.clear();
        if answers.read_line(&mut line)? == 0 {
            return Err(broken());
        }
        let header = line.trim_end();
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(|_| broken())?;
        }
    }
    std::io::copy(&mut answers.take(length), &mut std::io::sink())?;
    Ok(status)
}

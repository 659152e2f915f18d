//! Senders: kept connections, one message at a time on each, each waited for. They share one sequence of
//! messages, round after round, as a system's reporters share the time.

use super::chance::Chance;
use super::http::Connection;
use super::message::{Fill, Round};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Pause before a message that was refused is sent again.
const BACK_OFF: Duration = Duration::from_millis(20);
/// A message that is refused for this long is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// What to send where.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The server.
    pub address: SocketAddr,
    /// The messages of a round.
    pub round: &'a Round,
    /// Number of the first round; ids depend on it.
    pub first_round: u64,
    /// When the first round starts, microseconds since the epoch.
    pub start_us: u64,
    /// Connections.
    pub n_connections: usize,
    /// When to stop.
    pub until: Instant,
    /// The messages of the sequence to send: from this one to before that one.
    pub messages: (u64, u64),
    /// Spans a second; as many as the server takes if there is none.
    pub spans_per_second: Option<f64>,
}

impl<'a> Job<'a> {
    /// As much as the server takes until then, over so many connections.
    pub fn new(address: SocketAddr, round: &'a Round, n_connections: usize, until: Instant) -> Job<'a> {
        let start_us = super::usage::now_us();
        Job {
            address,
            round,
            first_round: 0,
            start_us,
            n_connections,
            until,
            messages: (0, u64::MAX),
            spans_per_second: None,
        }
    }
}

/// What the senders saw.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Spans in messages that were acknowledged.
    pub spans: u64,
    /// Bytes of their bodies.
    pub bytes: u64,
    /// Answers 429 or 503, after which the message was sent again.
    pub refused: u64,
    /// Messages given up.
    pub given_up: u64,
    /// Time from the first byte sent to the acknowledgement, repeats included, microseconds, sorted.
    pub answered_us: Vec<u32>,
    /// Messages taken from the sequence; all of them acknowledged unless some were given up.
    pub messages: u64,
}

impl Seen {
    /// The time within which this share of the messages was acknowledged, milliseconds.
    pub fn answered_ms(&self, share: f64) -> f64 {
        let place = (share * self.answered_us.len().saturating_sub(1) as f64) as usize;
        self.answered_us.get(place).map_or(0.0, |us| f64::from(*us) / 1000.0)
    }

    fn add(&mut self, other: Seen) {
        self.spans += other.spans;
        self.bytes += other.bytes;
        self.refused += other.refused;
        self.given_up += other.given_up;
        self.answered_us.extend(other.answered_us);
    }
}

/// Does a job and returns what its senders saw, all together.
pub fn send(job: Job<'_>) -> Result<Seen, String> {
    send_counting(job, &AtomicU64::new(0))
}

/// The same; `next` is the number of the next message to send, for whoever wants to follow.
pub fn send_counting(job: Job<'_>, next: &AtomicU64) -> Result<Seen, String> {
    next.store(job.messages.0, Ordering::Relaxed);
    let started = Instant::now();
    let each = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..job.n_connections)
            .map(|sender| {
                scope.spawn(move || {
                    send_from(job, next, started, sender as u64).map_err(|error| format!("sender {sender}: {error}"))
                })
            })
            .collect();
        let joined =
            |sender: std::thread::ScopedJoinHandle<'_, _>| sender.join().map_err(|_| "a sender panicked".to_owned())?;
        senders.into_iter().map(joined).collect::<Result<Vec<Seen>, String>>()
    })?;
    let mut seen = Seen::default();
    each.into_iter().for_each(|one| seen.add(one));
    seen.answered_us.sort_unstable();
    seen.messages = next.load(Ordering::Relaxed).min(job.messages.1) - job.messages.0;
    Ok(seen)
}

fn send_from(job: Job<'_>, next: &AtomicU64, started: Instant, sender: u64) -> Result<Seen, String> {
    let mut connection = Connection::open(job.address).map_err(|error| error.to_string())?;
    let mut chance = Chance::new(job.first_round << 20 | sender);
    let mut seen = Seen::default();
    let mut request = Vec::new();
    let n_messages = job.round.messages.len() as u64;
    let spans_per_message = job.round.n_spans as f64 / n_messages as f64;
    while Instant::now() < job.until {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= job.messages.1 {
            break;
        }
        if let Some(rate) = job.spans_per_second {
            let due = started + Duration::from_secs_f64((number - job.messages.0) as f64 * spans_per_message / rate);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
        }
        let (round, place) = (number / n_messages, (number % n_messages) as usize);
        let start_us = job.start_us + round * job.round.shape.duration_us;
        let template = &job.round.messages[place];
        write_request(&job, Fill { round: job.first_round + round, start_us }, place, &mut chance, &mut request);
        let sent = Instant::now();
        loop {
            let (status, body) = connection.exchange(&request).map_err(|error| error.to_string())?;
            match status {
                200 | 202 => {
                    seen.answered_us.push(sent.elapsed().as_micros().min(u128::from(u32::MAX)) as u32);
                    seen.spans += template.n_spans as u64;
                    seen.bytes += template.len() as u64;
                    break;
                }
                429 | 503 => seen.refused += 1,
                status => {
                    let body = String::from_utf8_lossy(body);
                    return Err(format!("the server answered {status} to a good message: {body:.300}"));
                }
            }
            if sent.elapsed() > PATIENCE {
                seen.given_up += 1;
                break;
            }
            std::thread::sleep(BACK_OFF);
        }
    }
    Ok(seen)
}

fn write_request(job: &Job<'_>, fill: Fill, place: usize, chance: &mut Chance, request: &mut Vec<u8>) {
    let template = &job.round.messages[place];
    let (path, content_type) = job.round.format.endpoint();
    request.clear();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        job.address,
        template.len()
    );
    request.extend_from_slice(head.as_bytes());
    template.fill(fill, chance, request);
}

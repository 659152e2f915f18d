//! Who reads meanwhile: traces, searches, links, objectives, one question after the other.

use crate::load::chance::Chance;
use crate::load::corpus::SERVICES;
use crate::load::http::Connection;
use crate::load::message::{Round, trace_id};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time between two questions.
const PAUSE: Duration = Duration::from_millis(20);
/// Links and objectives are asked for once in so many questions.
const SELDOM: u64 = 50;
/// Links are asked for over this long.
const LINKS_MS: u64 = 2_000;
/// Traces are asked for among this many rounds: retention takes older ones.
const ROUNDS_BACK: u64 = 20;
/// Wrong answers told.
const WRONG_TOLD: usize = 3;

/// A sequence of rounds that is being sent.
pub struct Target<'a> {
    /// The round.
    pub round: &'a Round,
    /// Number of the first.
    pub first_round: u64,
    /// Messages taken so far.
    pub sent: &'a AtomicU64,
}

/// Reads.
pub struct Reader<'a> {
    /// The server.
    pub address: SocketAddr,
    /// What is being sent.
    pub targets: &'a [Target<'a>],
    /// When the first rounds started, microseconds since the epoch.
    pub start_us: u64,
    /// Connections of each sender: so many messages may be on their way.
    pub n_connections: usize,
}

/// What it saw.
#[derive(Default)]
pub struct Read {
    /// Answers.
    pub n: u64,
    /// The longest.
    pub longest: Duration,
    /// To this question.
    pub longest_path: String,
    /// Wrong answers.
    pub n_wrong: u64,
    /// The first of them.
    pub wrong: Vec<String>,
}

impl Reader<'_> {
    /// Reads until the end.
    pub fn run(&self, until: Instant) -> Result<Read, String> {
        let mut connection = Connection::open(self.address).map_err(|error| error.to_string())?;
        let mut chance = Chance::new(17);
        let mut read = Read::default();
        while Instant::now() < until {
            let (path, spans) = self.question(read.n, &mut chance);
            let asked = Instant::now();
            let (status, body) = connection.get(&path).map_err(|error| format!("{path}: {error}"))?;
            let took = asked.elapsed();
            if took > read.longest {
                (read.longest, read.longest_path) = (took, path.clone());
            }
            let found = String::from_utf8_lossy(body).matches("\"traceId\"").count();
            if status != 200 || spans.is_some_and(|spans| spans != found) {
                read.n_wrong += 1;
                if read.wrong.len() < WRONG_TOLD {
                    read.wrong.push(format!("{path}: {status}, {found} of {spans:?} spans"));
                }
            }
            read.n += 1;
            std::thread::sleep(PAUSE);
        }
        Ok(read)
    }

    /// A question and, for a trace, the spans it must have.
    fn question(&self, number: u64, chance: &mut Chance) -> (String, Option<usize>) {
        let target = &self.targets[chance.below(self.targets.len())];
        let service = chance.one_of(&SERVICES);
        let n_messages = target.round.messages.len() as u64;
        let acknowledged = target.sent.load(Ordering::Relaxed).saturating_sub(self.n_connections as u64);
        // One round more is left out: a message may have to be sent again.
        let n_whole = (acknowledged / n_messages).saturating_sub(1);
        let now_us = self.start_us + acknowledged * target.round.shape.duration_us / n_messages;
        let ends = format!("endTs={}&lookback=600000", now_us / 1000);
        match number % SELDOM {
            0 => (format!("/api/v2/dependencies?endTs={}&lookback={LINKS_MS}", now_us / 1000), None),
            1 => ("/api/nines/v1/slos".to_owned(), None),
            2 => ("/api/v2/services".to_owned(), None),
            n if n.is_multiple_of(2) && n_whole > 0 => {
                let back = chance.below(n_whole.min(ROUNDS_BACK) as usize) as u64;
                let trace = chance.below(target.round.shape.spans_of_trace.len());
                let id = trace_id(target.first_round + n_whole - 1 - back, trace as u32);
                let spans = usize::from(target.round.shape.spans_of_trace[trace]);
                (format!("/api/v2/trace/{id:032x}"), Some(spans))
            }
            n if n.is_multiple_of(3) => (
                format!("/api/v2/traces?serviceName={service}&{ends}&limit=10&annotationQuery=http.status_code%3D503"),
                None,
            ),
            _ => (format!("/api/v2/traces?serviceName={service}&{ends}&limit=10"), None),
        }
    }
}

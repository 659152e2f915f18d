//! Asking one question after the other and timing the answers.

use super::limits::{Limit, says, short};
use super::query::Asking;
use crate::load::http::Connection;
use crate::load::usage;
use std::time::{Duration, Instant};

/// Questions asked before the clock counts, so that what is measured is warm.
const N_WARM: usize = 20;
/// One kind of question may take so long; then what was asked is enough.
const LASTS_AT_MOST: Duration = Duration::from_secs(8);

/// Times of one kind of question.
#[derive(Clone, Debug, Default)]
pub struct Timed {
    sorted_us: Vec<u64>,
    cpu_us: f64,
    bytes: u64,
    trace_ids: u64,
    /// The first answer that was not right.
    pub wrong: Option<String>,
}

/// Asks all questions once, the first ones twice.
pub fn time(connection: &mut Connection, pid: Option<u32>, asking: &Asking) -> Result<Timed, String> {
    time_for(connection, pid, asking, LASTS_AT_MOST)
}

/// The same, for so long at most.
pub fn time_for(
    connection: &mut Connection,
    pid: Option<u32>,
    asking: &Asking,
    lasts: Duration,
) -> Result<Timed, String> {
    let started = Instant::now();
    if asking.questions.len() > 1 {
        let n_warm = N_WARM.min(asking.questions.len() / 2);
        for question in asking.questions.iter().take(n_warm) {
            if started.elapsed() > lasts / 2 {
                break;
            }
            connection.get(&question.path).map_err(|error| format!("{}: {error}", question.path))?;
        }
    }
    ask(connection, pid, asking, asking.questions.len(), lasts, Duration::ZERO)
}

/// Asks over and over for a time, with pauses.
pub fn repeat(
    connection: &mut Connection,
    pid: Option<u32>,
    asking: &Asking,
    lasts: Duration,
    pause: Duration,
) -> Result<Timed, String> {
    ask(connection, pid, asking, usize::MAX, lasts, pause)
}

fn ask(
    connection: &mut Connection,
    pid: Option<u32>,
    asking: &Asking,
    n_max: usize,
    lasts: Duration,
    pause: Duration,
) -> Result<Timed, String> {
    let mut timed = Timed::default();
    let cpu = |pid: Option<u32>| pid.map_or(Ok(0.0), usage::cpu_seconds);
    let (cpu_before, started) = (cpu(pid)?, Instant::now());
    for question in asking.questions.iter().cycle().take(n_max) {
        if started.elapsed() > lasts {
            break;
        }
        let asked = Instant::now();
        let (status, body) = connection.get(&question.path).map_err(|error| format!("{}: {error}", question.path))?;
        timed.sorted_us.push(asked.elapsed().as_micros() as u64);
        let trace_ids = count(body, b"\"traceId\"");
        timed.bytes += body.len() as u64;
        timed.trace_ids += trace_ids as u64;
        let right = status == question.status && question.trace_ids.is_none_or(|expected| expected == trace_ids);
        if !right && timed.wrong.is_none() {
            let start = String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned();
            timed.wrong = Some(format!("{}: {status}, {trace_ids} spans: {start}", question.path));
        }
        if !pause.is_zero() {
            std::thread::sleep(pause);
        }
    }
    timed.cpu_us = (cpu(pid)? - cpu_before) * 1e6;
    timed.sorted_us.sort_unstable();
    Ok(timed)
}

fn count(body: &[u8], word: &[u8]) -> usize {
    let mut rest = body;
    let mut n = 0;
    while let Some(at) = rest.iter().position(|byte| *byte == word[0]) {
        rest = &rest[at..];
        n += usize::from(rest.starts_with(word));
        rest = &rest[1..];
    }
    n
}

/// Names the columns of [`Timed::print`].
pub fn print_head() {
    println!(
        "  {:<26}{:>8} {:>8} {:>8} {:>8} {:>7} {:>7}  limit",
        "", "p50 ms", "p99 ms", "CPU ms", "B", "spans", "asked"
    );
}

impl Timed {
    /// The time within which this share was answered, milliseconds.
    pub fn ms(&self, share: f64) -> f64 {
        let place = (share * self.sorted_us.len().saturating_sub(1) as f64).round() as usize;
        self.sorted_us.get(place).map_or(0.0, |us| *us as f64 / 1000.0)
    }

    /// CPU of an answer on average, milliseconds.
    pub fn cpu_ms(&self) -> f64 {
        self.cpu_us / 1000.0 / self.n().max(1) as f64
    }

    /// Spans of an answer on average.
    pub fn spans(&self) -> f64 {
        self.trace_ids as f64 / self.n().max(1) as f64
    }

    /// Answers.
    pub fn n(&self) -> usize {
        self.sorted_us.len()
    }

    /// Takes up the times of more questions.
    pub fn add(&mut self, other: Timed) {
        self.sorted_us.extend(other.sorted_us);
        self.sorted_us.sort_unstable();
        self.cpu_us += other.cpu_us;
        self.bytes += other.bytes;
        self.trace_ids += other.trace_ids;
        self.wrong = self.wrong.take().or(other.wrong);
    }

    /// One line, and one more if an answer was wrong.
    pub fn print(&self, asking: &Asking) {
        let mean = |sum: u64| sum as f64 / self.n().max(1) as f64;
        let verdict = |limit: &Option<Limit>, what: &str, share: f64| {
            limit.as_ref().map_or(String::new(), |limit| format!("{what} {}  ", says(self.ms(share), "ms", limit)))
        };
        println!(
            "  {:<26}{:>8} {:>8} {:>8} {:>8.0} {:>7.1} {:>7}  {}{}",
            asking.name,
            short(self.ms(0.5)),
            short(self.ms(0.99)),
            short(self.cpu_ms()),
            mean(self.bytes),
            mean(self.trace_ids),
            self.n(),
            verdict(&asking.limit, "p50", 0.5),
            verdict(&asking.limit_p99, "p99", 0.99),
        );
        if let Some(wrong) = &self.wrong {
            println!("    WRONG {wrong}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_times_are_found() {
        let timed = Timed { sorted_us: (1..=100).map(|n| n * 1000).collect(), ..Timed::default() };
        assert_eq!((timed.ms(0.5), timed.ms(0.99), timed.ms(1.0)), (51.0, 99.0, 100.0));
        assert_eq!(count(b"[{\"traceId\":1},{\"traceId\":2}]", b"\"traceId\""), 2);
    }
}

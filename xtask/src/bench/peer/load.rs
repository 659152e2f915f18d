//! One server under the load: what it used for it, and how it answers then.

use super::super::query::{Asking, Window, dependencies, newest, search, traces, unknown_traces};
use super::super::timing::{self, Timed};
use crate::load::http::Connection;
use crate::load::message::Round;
use crate::load::sender::{Job, send};
use crate::load::usage;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Connections that send.
const N_CONNECTIONS: usize = 8;
/// Sending may take so long.
const SEND_LIMIT: Duration = Duration::from_secs(300);
/// Share of the messages that only warm up.
const WARM_UP: f64 = 0.25;
/// A server may take so long to finish what it does after acknowledging; a Java heap is never quite still.
const SETTLE_LIMIT: Duration = Duration::from_secs(6);
/// One kind of question may take so long.
const ASK_LIMIT: Duration = Duration::from_secs(2);
/// Zipkin answers what was acknowledged a moment later.
const VISIBLE_AFTER: Duration = Duration::from_secs(1);
/// Spans of the load lie in the hour before its end.
const HOUR_US: u64 = 3_600_000_000;
/// Links are asked for over ninety minutes: all there is.
const LINKS_OVER_US: u64 = 90 * 60 * 1_000_000;

/// A server to compare.
pub struct Subject {
    /// What it is called.
    pub name: &'static str,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its process.
    pub pid: u32,
}

/// What one server did.
pub struct Loaded {
    /// CPU seconds per million acknowledged spans.
    pub cpu_per_million: f64,
    /// Acknowledged spans a second of wall time.
    pub spans_per_second: f64,
    /// Time until 99 in 100 messages were acknowledged, milliseconds.
    pub acknowledged_p99_ms: f64,
    /// Resident bytes when all is stored, and at the highest until then.
    pub resident_bytes: (u64, u64),
    /// Times of answers by name.
    pub reads: Vec<(&'static str, Timed)>,
}

/// Sends `n_spans` to a server and, if asked to, times its answers.
pub fn run(subject: &Subject, round: &Round, n_spans: u64, read: bool) -> Result<Loaded, String> {
    let spans_per_message = round.n_spans / round.messages.len() as u64;
    let n_messages = n_spans.div_ceil(spans_per_message);
    let n_warm = (n_messages as f64 * WARM_UP) as u64;
    let start_us = usage::now_us() - HOUR_US - SEND_LIMIT.as_micros() as u64;
    let job = |messages| Job {
        start_us,
        messages,
        ..Job::new(subject.address, round, N_CONNECTIONS, Instant::now() + SEND_LIMIT)
    };
    send(job((0, n_warm)))?;
    let cpu_before = usage::cpu_seconds(subject.pid)?;
    let started = Instant::now();
    let seen = send(job((n_warm, n_messages)))?;
    let took = started.elapsed();
    let cpu_seconds = usage::settle(subject.pid, SETTLE_LIMIT)? - cpu_before;
    if seen.given_up > 0 {
        return Err(format!("{} messages were refused for good", seen.given_up));
    }
    println!(
        "-- {} {}: {:.2} CPU-seconds per million spans",
        subject.name,
        round.format.name(),
        cpu_seconds / seen.spans as f64 * 1e6
    );
    let resident_bytes = usage::resident_bytes(subject.pid)?;
    let n_rounds = n_messages / round.messages.len() as u64;
    let window = Window { from_us: start_us, to_us: start_us + round.shape.last_end_us };
    let reads = if read { ask(subject, round, n_rounds, window)? } else { Vec::new() };
    Ok(Loaded {
        cpu_per_million: cpu_seconds / seen.spans as f64 * 1e6,
        spans_per_second: seen.spans as f64 / took.as_secs_f64(),
        acknowledged_p99_ms: seen.answered_ms(0.99),
        resident_bytes,
        reads,
    })
}

fn ask(subject: &Subject, round: &Round, n_rounds: u64, window: Window) -> Result<Vec<(&'static str, Timed)>, String> {
    std::thread::sleep(VISIBLE_AFTER);
    let links = Window { from_us: window.to_us - LINKS_OVER_US, ..window };
    let find = |name, and: &'static str| search(name, window, 60, move |_| and.to_owned());
    let kinds: Vec<Asking> = vec![
        traces(round, n_rounds, 500, 1),
        unknown_traces(500),
        newest(window, 60),
        find("service + rare tag", "annotationQuery=rare%3Dyes"),
        find("service + minDuration", "minDuration=200000"),
        find("service + status 500", "annotationQuery=http.status_code%3D500"),
        find("service + absent value", "annotationQuery=http.route%3Dabsent"),
        dependencies(links, 10),
    ];
    let mut connection = Connection::open(subject.address).map_err(|error| error.to_string())?;
    kinds
        .into_iter()
        .map(|asking| {
            let timed = timing::time_for(&mut connection, Some(subject.pid), &asking, ASK_LIMIT)?;
            println!("-- {} {}: p50 {:.2} ms, p99 {:.2} ms", subject.name, asking.name, timed.ms(0.5), timed.ms(0.99));
            Ok((asking.name, timed))
        })
        .collect()
}

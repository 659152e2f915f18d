//! `cargo xtask bench replay`: how long a start takes that has to read the inbox.
//!
//! Spans are sent, the server is killed before their generation is full, so that none of them is in a block,
//! and started again. What a start on an empty directory takes is taken off.

use super::ingest::make_round;
use super::limits::{Limit, says};
use super::rig::Rig;
use crate::load::corpus::Corpus;
use crate::load::message::Format;
use crate::load::sender::{Job, send};
use crate::load::usage;
use crate::options::Options;
use crate::server;
use std::path::Path;
use std::time::{Duration, Instant};

/// One line for the list of measurements.
pub const WHAT: &str = "spans a second of replaying the inbox at a start\n           \
    [--corpus std] [--format json] [--spans 400k] [--profile release]";

/// Sending may take so long.
const SEND_LIMIT: Duration = Duration::from_secs(120);
/// Starts of each kind; the fastest counts, as what disturbs only ever adds.
const N_STARTS: usize = 3;
/// Seconds until a generation is replayed.
const REPLAY_S: Limit = Limit::at_most(2.0, 0.2);

/// Runs the measurement; `Ok(false)` where spans are missing afterwards.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let options = Options::parse(arguments, &["--corpus", "--format", "--spans", "--profile"])?;
    let corpus = options.text("--corpus").map_or(Ok(Corpus::Std), Corpus::parse)?;
    let format = options.text("--format").map_or(Ok(Format::Json), Format::parse)?;
    let n_spans = options.count("--spans", 400_000)?;
    let binary = server::build(options.text("--profile").unwrap_or("release"))?;

    let folder = super::rig::scratch_folder()?;
    let outcome = measure(&binary, &folder, corpus, format, n_spans);
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

fn measure(binary: &Path, folder: &Path, corpus: Corpus, format: Format, n_spans: u64) -> Result<bool, String> {
    let round = make_round(corpus, format, 100);
    let (empty, full) = (folder.join("empty"), folder.join("full"));
    drop(Rig::start(binary, Some(&empty), &[])?);
    let rig = Rig::start(binary, Some(&full), &[])?;
    let n_messages = n_spans * round.messages.len() as u64 / round.n_spans;
    let job = Job::new(rig.server.address, &round, 16, Instant::now() + SEND_LIMIT);
    let seen = send(Job { messages: (0, n_messages), ..job })?;
    // Dropping kills: the inbox is all there is.
    drop(rig);
    let inbox_bytes = usage::directory_bytes(&full.join("inbox"));

    let (mut best_empty, mut best_full, mut stored) = (Started::MAX, Started::MAX, 0);
    for turn in 0..N_STARTS {
        best_empty = best_empty.better(start(binary, &empty)?.0);
        // A start turns the inbox into blocks: each has a copy of its own.
        let copy = folder.join(format!("copy-{turn}"));
        crate::process::capture(std::process::Command::new("cp").arg("-R").arg(&full).arg(&copy))?;
        let (started, spans) = start(binary, &copy)?;
        (best_full, stored) = (best_full.better(started), spans);
    }
    let seconds = (best_full.ready_s - best_empty.ready_s).max(0.0);
    let cpu_seconds = (best_full.cpu_s - best_empty.cpu_s).max(0.0);
    let per_span = |seconds: f64| seconds / seen.spans as f64 * 1e9;
    println!("\nbench replay: {} spans of {} sent as {}", seen.spans, corpus.name(), format.name());
    println!("  inbox           {:.1} B a span", inbox_bytes as f64 / seen.spans as f64);
    println!(
        "  start to ready  {} more than the {:.2} s of an empty directory",
        says(seconds, "s", &REPLAY_S),
        best_empty.ready_s
    );
    println!(
        "  wall            {:.0} ns a span, {:.1} M spans/s",
        per_span(seconds),
        1e3 / per_span(seconds).max(1e-3)
    );
    println!("  CPU             {:.0} ns a span until ready", per_span(cpu_seconds));
    let all = stored >= seen.spans;
    println!("  stored          {stored} spans: {}", if all { "all" } else { "SPANS ARE MISSING" });
    Ok(all)
}

/// A start: until ready, wall and CPU seconds.
#[derive(Clone, Copy)]
struct Started {
    ready_s: f64,
    cpu_s: f64,
}

impl Started {
    const MAX: Started = Started { ready_s: f64::MAX, cpu_s: f64::MAX };

    fn better(self, other: Started) -> Started {
        Started { ready_s: self.ready_s.min(other.ready_s), cpu_s: self.cpu_s.min(other.cpu_s) }
    }
}

fn start(binary: &Path, data: &Path) -> Result<(Started, u64), String> {
    let started = Instant::now();
    let rig = Rig::start(binary, Some(data), &[])?;
    let ready_s = started.elapsed().as_secs_f64();
    let cpu_s = usage::cpu_seconds(rig.server.pid())?;
    Ok((Started { ready_s, cpu_s }, rig.stored_spans()?))
}

//! `cargo xtask bench ingest`: how many spans a core takes in, durably.
//!
//! The release binary on a fresh data directory, counting every server span for two objectives; senders on
//! the same machine over loopback with kept connections, one message in flight each. A span counts when its
//! message was acknowledged, which is after its sync. *Per core* is acknowledged spans over the server's CPU
//! seconds (user and system, kernel TCP included), measured from before the first message until the server
//! has settled, so that counting and blocks written late are paid for. *Counting* is all that the thread of
//! the SLOs used until then, reading the inbox and writing cells included, over the spans. In the end every
//! file is read back and the spans are counted.

use super::limits::{self, Limit};
use super::rig::{Rig, start_us};
use crate::load::chance::Chance;
use crate::load::corpus::Corpus;
use crate::load::http::Connection;
use crate::load::message::{self, Format, Round, trace_id};
use crate::load::sender::{Job, Seen, send};
use crate::load::usage;
use crate::options::Options;
use crate::server;
use std::path::Path;
use std::time::{Duration, Instant};

/// One line for the list of measurements.
pub const WHAT: &str = "spans acknowledged per core\n           \
    [--corpus std,hard,wild,peer] [--format json,proto3,otlp] [--for 15s] [--connections 16] [--spans 100]\n           \
    [--memory 400MiB] [--profile release]";

/// Seed of the workload.
const SEED: u64 = 9411;
/// Spans of a round, about: a block's worth, so that nothing repeats within one.
const SPANS_PER_ROUND: u32 = 200_000;
/// The server may take so long to finish its background work.
pub const SETTLE_LIMIT: Duration = Duration::from_secs(60);
/// Traces that are fetched by id in the end and counted.
const TRACES_FETCHED: usize = 300;

/// Spans per CPU second: floor and aim by encoding.
fn limit_per_core(format: Format) -> Limit {
    match format {
        Format::Json => Limit::at_least(300e3, 500e3),
        Format::Proto3 => Limit::at_least(400e3, 650e3),
        Format::Otlp => Limit::at_least(350e3, 600e3),
    }
}
const RESIDENT_MB: Limit = Limit::at_most(400.0, 200.0);
const COUNTING_NS: Limit = Limit::at_most(50.0, 10.0);
/// The thread that counts for the SLOs.
const COUNTING_THREAD: &str = "slo";
const ACKNOWLEDGED_P99_MS: Limit = Limit::at_most(50.0, 50.0);

/// Figures of one run.
struct Figures {
    seen: Seen,
    took: Duration,
    cpu_seconds: f64,
    counting_ns: u64,
    sender_cpu_seconds: f64,
    resident_bytes: (u64, u64),
    disk_bytes: u64,
    stored: u64,
    read_back: u64,
    traces_short: Vec<String>,
}

/// Makes the messages of a corpus; traces of the peers' load are shorter.
pub fn make_round(corpus: Corpus, format: Format, spans_per_message: usize) -> Round {
    let n_traces = if corpus == Corpus::Peer { SPANS_PER_ROUND / 10 } else { SPANS_PER_ROUND * 2 / 33 };
    Round::make(corpus, format, SEED, n_traces, spans_per_message)
}

/// Runs the measurement; `Ok(false)` where acknowledged spans are missing.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let known = ["--corpus", "--format", "--for", "--connections", "--spans", "--memory", "--profile"];
    let options = Options::parse(arguments, &known)?;
    let corpora = options.list("--corpus", vec![Corpus::Std], Corpus::parse)?;
    let formats = options.list("--format", message::ALL.to_vec(), Format::parse)?;
    let spans_per_message = options.count("--spans", 100)? as usize;
    let profile = options.text("--profile").unwrap_or("release");
    let run = Run {
        binary: &server::build(profile)?,
        lasts: options.duration("--for", Duration::from_secs(15))?,
        n_connections: options.count("--connections", 16)? as usize,
        memory: options.text("--memory").unwrap_or("400MiB"),
    };
    println!(
        "\nbench ingest: profile {profile}, memory {}, {} connections, {} s each, at most {spans_per_message} spans a message, seed {SEED}",
        run.memory,
        run.n_connections,
        run.lasts.as_secs()
    );
    let mut complete = true;
    for corpus in corpora {
        for format in &formats {
            let figures = run.measure(&make_round(corpus, *format, spans_per_message))?;
            complete &= figures.print(corpus, *format);
        }
    }
    Ok(complete)
}

/// What all runs of a measurement share.
struct Run<'a> {
    binary: &'a Path,
    lasts: Duration,
    n_connections: usize,
    memory: &'a str,
}

impl Run<'_> {
    fn measure(&self, round: &Round) -> Result<Figures, String> {
        let rig = Rig::start(self.binary, None, &["--memory", self.memory])?;
        let (pid, ours) = (rig.server.pid(), std::process::id());
        let (cpu_before, sender_before) = (usage::cpu_seconds(pid)?, usage::cpu_seconds(ours)?);
        let started = Instant::now();
        let job = Job::new(rig.server.address, round, self.n_connections, started + self.lasts);
        let seen = send(Job { start_us: start_us(), ..job })?;
        let took = started.elapsed();
        let resident_bytes = usage::resident_bytes(pid)?;
        let sender_cpu_seconds = usage::cpu_seconds(ours)? - sender_before;
        let cpu_seconds = usage::settle(pid, SETTLE_LIMIT)? - cpu_before;
        let counting_ns = usage::thread_cpu_ns(pid, COUNTING_THREAD)?;
        let stored = rig.stored_spans()?;
        let traces_short = fetch_traces(&rig, round, &seen)?;
        let stopped = rig.stop()?;
        Ok(Figures {
            seen,
            took,
            cpu_seconds,
            counting_ns,
            sender_cpu_seconds,
            resident_bytes,
            disk_bytes: stopped.disk_bytes(),
            stored,
            read_back: stopped.read_back(self.binary)?,
            traces_short,
        })
    }
}

/// Fetches some traces of the rounds that were acknowledged whole; returns those that lack spans.
fn fetch_traces(rig: &Rig, round: &Round, seen: &Seen) -> Result<Vec<String>, String> {
    let n_rounds = seen.messages / round.messages.len() as u64;
    if n_rounds == 0 || seen.given_up > 0 {
        return Ok(Vec::new());
    }
    let mut chance = Chance::new(seen.messages);
    let mut connection = Connection::open(rig.server.address).map_err(|error| error.to_string())?;
    let mut short = Vec::new();
    for _ in 0..TRACES_FETCHED {
        let trace = chance.below(round.shape.spans_of_trace.len());
        let id = trace_id(chance.below(n_rounds as usize) as u64, trace as u32);
        let (status, body) =
            connection.get(&format!("/api/v2/trace/{id:032x}")).map_err(|error| format!("trace {id:032x}: {error}"))?;
        let found = String::from_utf8_lossy(body).matches("\"traceId\"").count();
        let expected = usize::from(round.shape.spans_of_trace[trace]);
        if found != expected {
            short.push(format!("trace {id:032x}: answer {status}, {found} of {expected} spans"));
        }
    }
    Ok(short)
}

impl Figures {
    /// Prints them; `false` where spans that were acknowledged are not there.
    fn print(&self, corpus: Corpus, format: Format) -> bool {
        let spans = self.seen.spans as f64;
        let per_million = |seconds: f64| seconds / spans.max(1.0) * 1e6;
        let per_core = spans / self.cpu_seconds.max(0.01);
        let mb = |bytes: u64| bytes as f64 / 1e6;
        let ms = |share| self.seen.answered_ms(share);
        println!(
            "\n{} {}, {:.0} B a span on the wire",
            corpus.name(),
            format.name(),
            self.seen.bytes as f64 / spans.max(1.0)
        );
        let line = |what: &str, figure: String| println!("  {what:<16}{figure}");
        line(
            "acknowledged",
            format!("{} spans, {:.0} k/s of wall time", self.seen.spans, spans / self.took.as_secs_f64() / 1e3),
        );
        let per_core_says =
            limits::says(per_core / 1e3, "k spans per CPU second", &limit_per_core(format).scaled(1e-3));
        // The limits are of the std corpus.
        let per_core_says =
            if corpus == Corpus::Std { per_core_says } else { format!("{:.0} k spans per CPU second", per_core / 1e3) };
        line("per core", per_core_says);
        line(
            "CPU",
            format!(
                "{:.2} s per million spans (the sender: {:.2})",
                per_million(self.cpu_seconds),
                per_million(self.sender_cpu_seconds)
            ),
        );
        line("counting", limits::says(self.counting_ns as f64 / spans.max(1.0), "ns a span", &COUNTING_NS));
        line("acknowledged in", format!("p50 {:.1} ms, longest {:.1} ms", ms(0.5), ms(1.0)));
        line("  p99", limits::says(ms(0.99), "ms", &ACKNOWLEDGED_P99_MS));
        line("memory", limits::says(mb(self.resident_bytes.1), "MB at its highest", &RESIDENT_MB));
        line("disk", format!("{:.1} B a span after the end", self.disk_bytes as f64 / spans.max(1.0)));
        line("refused", format!("{} answers, {} messages given up", self.seen.refused, self.seen.given_up));
        self.traces_short.iter().take(10).for_each(|short| line("MISSING", short.clone()));
        // A message may be stored and its answer be lost, or be sent again after a refusal: more is no loss.
        let complete = self.stored >= self.seen.spans && self.read_back >= self.seen.spans;
        let verdict = if complete { "all" } else { "SPANS ARE MISSING" };
        line("stored", format!("{} spans, {} read back from disk: {verdict}", self.stored, self.read_back));
        complete && self.traces_short.is_empty()
    }
}

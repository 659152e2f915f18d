//! `cargo xtask soak`: mixed load for a long time, while memory, files and threads must stay as they are.
//!
//! Spans come in as JSON, proto3 and OTLP at a steady rate; beside them traces are fetched, searched and
//! linked and objectives read, as pages and alerts do. Retention by size keeps the store from growing, so
//! that whatever grows is a leak. The verdict compares the last quarter with the second, by when caches are
//! full and retention has begun; a run of less than twenty minutes compares the last quarter with the one
//! before and allows more, and says so.

mod reader;
mod samples;

use crate::bench::rig::Rig;
use crate::load::corpus::Corpus;
use crate::load::message::{self, Round};
use crate::load::sender::{Job, Seen, send_counting};
use crate::load::usage;
use crate::options::Options;
use crate::server;
use reader::{Reader, Target};
use samples::{Sampler, Samples};
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

/// Seed of the workload.
const SEED: u64 = 6;
/// Traces of a round: two seconds' worth at the standard rate.
const TRACES_PER_ROUND: u32 = 2_000;
/// Spans of a message.
const SPANS_PER_MESSAGE: usize = 100;
/// Connections that send, for each encoding.
const N_CONNECTIONS: usize = 2;
/// Ids of one encoding's rounds are kept apart from another's.
const ROUNDS_APART: u64 = 1 << 24;
/// Nothing may take longer than this.
const STALL_S: f64 = 1.0;
/// Nor than this where the compiler did not optimise: such a server is several times as slow, and the
/// tests' short form asks whether it stands still, not how fast it is.
const STALL_UNOPTIMISED_S: f64 = 5.0;

/// Runs it; `Ok(false)` where something grew, stalled or was wrong.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let options = Options::parse(arguments, &["--for", "--rate", "--memory", "--disk", "--profile"])?;
    let lasts = options.duration("--for", Duration::from_secs(3_600))?;
    let rate = options.count("--rate", 60_000)?;
    let memory = options.text("--memory").unwrap_or("400MiB");
    let disk = options.text("--disk").unwrap_or("1GiB");
    let profile = options.text("--profile").unwrap_or("release");
    let stall_s = if profile == "dev" { STALL_UNOPTIMISED_S } else { STALL_S };
    let binary = server::build(profile)?;
    let rig = Rig::start(&binary, None, &["--memory", memory, "--disk-max", disk])?;
    println!("\nsoak: {} s, {rate} spans/s in three encodings, memory {memory}, disk {disk}", lasts.as_secs());

    let rounds: Vec<Round> = message::ALL
        .into_iter()
        .map(|format| Round::make(Corpus::Std, format, SEED, TRACES_PER_ROUND, SPANS_PER_MESSAGE))
        .collect();
    let counters: Vec<AtomicU64> = rounds.iter().map(|_| AtomicU64::new(0)).collect();
    let (started, start_us) = (Instant::now(), usage::now_us());
    let until = started + lasts;
    let cpu_before = usage::cpu_seconds(rig.server.pid())?;
    let job = |place: usize| Job {
        first_round: place as u64 * ROUNDS_APART,
        start_us,
        spans_per_second: Some(rate as f64 / rounds.len() as f64),
        ..Job::new(rig.server.address, &rounds[place], N_CONNECTIONS, until)
    };
    let targets: Vec<Target<'_>> = (0..rounds.len())
        .map(|place| Target { round: &rounds[place], first_round: job(place).first_round, sent: &counters[place] })
        .collect();
    let reader = Reader { address: rig.server.address, targets: &targets, start_us, n_connections: N_CONNECTIONS };

    let (seen, read, samples) = std::thread::scope(|scope| {
        let senders: Vec<_> = counters
            .iter()
            .enumerate()
            .map(|(place, counter)| {
                let job = job(place);
                scope.spawn(move || send_counting(job, counter))
            })
            .collect();
        let reader = scope.spawn(move || reader.run(until));
        let samples = Sampler { pid: rig.server.pid(), until }.run();
        let seen: Vec<_> = senders.into_iter().map(joined).collect();
        (seen, joined(reader), samples)
    });
    let seen = seen.into_iter().collect::<Result<Vec<Seen>, String>>()?;
    let (read, samples) = (read?, samples?);
    let cpu = (usage::cpu_seconds(rig.server.pid())? - cpu_before) / lasts.as_secs_f64();
    let good = judge(&seen, &read, &samples, lasts, cpu, stall_s);
    rig.stop()?;
    Ok(good)
}

fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, Result<T, String>>) -> Result<T, String> {
    thread.join().map_err(|_| "a thread of the load panicked".to_owned())?
}

fn judge(seen: &[Seen], read: &reader::Read, samples: &Samples, lasts: Duration, cpu: f64, stall_s: f64) -> bool {
    let spans: u64 = seen.iter().map(|seen| seen.spans).sum();
    let sum = |of: fn(&Seen) -> u64| seen.iter().map(of).sum::<u64>();
    let longest_ack_s = seen.iter().map(|seen| seen.answered_ms(1.0) / 1e3).fold(0.0, f64::max);
    println!(
        "  spans      {spans} acknowledged, {} answers refused, {} messages given up",
        sum(|s| s.refused),
        sum(|s| s.given_up)
    );
    println!("  CPU        {cpu:.2} of a core, reads included");
    let mut good = true;
    let mut claim = |holds: bool, words: String| {
        println!("  {}  {words}", if holds { "ok   " } else { "FAILED" });
        good &= holds;
    };
    claim(sum(|s| s.given_up) == 0, "every message was acknowledged".to_owned());
    claim(longest_ack_s <= stall_s, format!("longest acknowledgement {longest_ack_s:.2} s (≤ {stall_s} s)"));
    claim(
        read.longest.as_secs_f64() <= stall_s,
        format!(
            "longest of {} answers {:.2} s (≤ {stall_s} s): {}",
            read.n,
            read.longest.as_secs_f64(),
            read.longest_path
        ),
    );
    claim(read.wrong.is_empty(), format!("{} answers were wrong {}", read.n_wrong, read.wrong.join("; ")));
    for verdict in samples.verdicts(lasts) {
        claim(verdict.holds, verdict.words);
    }
    good
}

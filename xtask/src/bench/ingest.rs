//! `cargo xtask bench ingest`: how many spans a core takes in, durably.
//!
//! The release binary on a fresh data directory, counting every server span for two SLOs; senders on the same machine over loopback
//! with kept connections, one message in flight each. A span counts when its message was acknowledged,
//! which is after its sync. *Per core* is acknowledged spans over the server's CPU seconds (user and
//! system, kernel TCP included), measured from before the first message until the server has settled, so
//! that counting and blocks written late are paid for.

use super::body::{Format, templates};
use super::sender::{Seen, send};
use super::{corpus, usage};
use crate::server::{self, Server};
use std::path::Path;
use std::time::{Duration, Instant};

/// One line for the list of measurements.
pub const WHAT: &str = "spans acknowledged per core, JSON and OTLP\n           \
    [--format json|otlp] [--for SECONDS] [--connections N] [--spans N] [--storage embedded|mem] [--profile P]";

/// Seed of the workload.
const SEED: u64 = 9411;
/// Traces of one round: enough that every service fills its messages.
const TRACES_PER_ROUND: u32 = 1_000;
/// The server may take so long to finish its background work.
const SETTLE_LIMIT: Duration = Duration::from_secs(60);
/// The server may take so long to end.
const STOP_LIMIT: Duration = Duration::from_secs(30);

struct Options {
    formats: Vec<Format>,
    seconds: u64,
    connections: u64,
    spans_per_batch: usize,
    storage: String,
    profile: String,
}

/// Figures of one run.
struct Figures {
    seen: Seen,
    took: Duration,
    cpu_seconds: f64,
    resident_bytes: (u64, u64),
    disk_bytes: u64,
    stored: Option<u64>,
}

/// Runs the measurement; `Ok(false)` where acknowledged spans are missing.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let options = parse(arguments)?;
    let binary = server::build(&options.profile)?;
    let mut complete = true;
    for format in &options.formats {
        let figures = measure(&binary, *format, &options)?;
        complete &= figures.print(*format, &options);
    }
    Ok(complete)
}

fn measure(binary: &Path, format: Format, options: &Options) -> Result<Figures, String> {
    let round = corpus::round(SEED, TRACES_PER_ROUND, options.spans_per_batch);
    let templates = templates(format, &round);
    let scratch = std::env::temp_dir().join(format!("nines-bench-{}-{}", std::process::id(), format.name()));
    std::fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let data = scratch.join("data");
    let definitions = scratch.join("definitions");
    std::fs::create_dir_all(&definitions)
        .and_then(|()| std::fs::write(definitions.join("bench.yaml"), corpus::definitions()))
        .map_err(|error| format!("{}: {error}", definitions.display()))?;
    let definitions = definitions.to_string_lossy();
    let further = ["--otlp-http", "off", "--storage", &options.storage, "--definitions", &definitions];
    let server = Server::start(binary, "serve", &data, &further)?;
    let (_, slos) = server::get(server.address, "/api/nines/v1/slos").map_err(|error| format!("/slos: {error}"))?;
    if !slos.contains("\"web-availability\"") {
        return Err(format!("the server did not load the definitions: {slos:.300}"));
    }
    let cpu_before = usage::cpu_seconds(server.pid())?;
    let started = Instant::now();
    let until = started + Duration::from_secs(options.seconds);
    let seen = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..options.connections)
            .map(|first| {
                let (templates, address) = (&templates, server.address);
                scope.spawn(move || send(address, format, templates, first, options.connections, until))
            })
            .collect();
        senders
            .into_iter()
            .map(|sender| sender.join().map_err(|_| "a sender panicked".to_owned())?)
            .collect::<Result<Vec<_>, _>>()
    })?;
    let took = started.elapsed();
    let resident_bytes = usage::resident_bytes(server.pid())?;
    let cpu_seconds = usage::settle(server.pid(), SETTLE_LIMIT)? - cpu_before;
    let stored =
        server::get(server.address, "/api/nines/v1/about").ok().and_then(|(_, body)| json_number(&body, "spans"));
    server.stop(STOP_LIMIT)?;
    let disk_bytes = usage::directory_bytes(&data);
    let _ = std::fs::remove_dir_all(&scratch);
    Ok(Figures { seen: sum(seen), took, cpu_seconds, resident_bytes, disk_bytes, stored })
}

fn sum(all: Vec<Seen>) -> Seen {
    let mut sum = Seen::default();
    for seen in all {
        sum.spans += seen.spans;
        sum.bytes += seen.bytes;
        sum.refused += seen.refused;
        sum.answered_us.extend(seen.answered_us);
    }
    sum.answered_us.sort_unstable();
    sum
}

impl Figures {
    /// Prints them; `false` where spans that were acknowledged are not there.
    fn print(&self, format: Format, options: &Options) -> bool {
        let spans = self.seen.spans as f64;
        let ms = |share: f64| {
            let place = (share * self.seen.answered_us.len().saturating_sub(1) as f64) as usize;
            self.seen.answered_us.get(place).map_or(0.0, |us| f64::from(*us) / 1000.0)
        };
        let mb = |bytes: u64| bytes as f64 / 1e6;
        println!(
            "\ningest {}: {} connections, {} s, at most {} spans a message ({:.0} B a span), profile {}, storage {}, seed {SEED}",
            format.name(),
            options.connections,
            options.seconds,
            options.spans_per_batch,
            self.seen.bytes as f64 / spans.max(1.0),
            options.profile,
            options.storage,
        );
        println!(
            "  acknowledged   {} spans, {:.0} k/s of wall time",
            self.seen.spans,
            spans / self.took.as_secs_f64() / 1e3
        );
        println!(
            "  per core       {:.0} k spans per CPU-second ({:.2} CPU-seconds, {:.2} per million spans)",
            spans / self.cpu_seconds.max(0.01) / 1e3,
            self.cpu_seconds,
            self.cpu_seconds / spans.max(1.0) * 1e6
        );
        println!("  acknowledged   p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms", ms(0.5), ms(0.99), ms(1.0));
        println!(
            "  memory         {:.0} MB, {:.0} MB at its highest",
            mb(self.resident_bytes.0),
            mb(self.resident_bytes.1)
        );
        println!("  disk           {:.1} B a span after the end", self.disk_bytes as f64 / spans.max(1.0));
        println!("  refused        {} messages", self.seen.refused);
        match self.stored {
            Some(stored) if stored == self.seen.spans => println!("  stored         {stored} spans: all"),
            Some(stored) if stored > self.seen.spans => {
                // The last message of a sender may be stored and its answer cut off by the end of the run.
                println!("  stored         {stored} spans: all, and {} not acknowledged", stored - self.seen.spans);
            }
            Some(stored) => {
                println!("  stored         {stored} spans: {} MISSING", self.seen.spans - stored);
                return options.storage == "mem";
            }
            None => println!("  stored         the server does not say"),
        }
        true
    }
}

fn parse(arguments: &[&str]) -> Result<Options, String> {
    let mut options = Options {
        formats: vec![Format::Json, Format::Otlp],
        seconds: 15,
        connections: 16,
        spans_per_batch: 80,
        storage: "embedded".to_owned(),
        profile: "release".to_owned(),
    };
    let mut arguments = arguments.iter();
    while let Some(name) = arguments.next() {
        let value = *arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let number = || match value.parse::<u64>() {
            Ok(number) if number > 0 => Ok(number),
            _ => Err(format!("{name} needs a whole number above 0, not `{value}`")),
        };
        match *name {
            "--format" => {
                let known = [Format::Json, Format::Otlp].into_iter().find(|format| format.name() == value);
                options.formats =
                    vec![known.ok_or_else(|| format!("there is no format `{value}`\nhint: json or otlp"))?];
            }
            "--for" => options.seconds = number()?,
            "--connections" => options.connections = number()?,
            "--spans" => options.spans_per_batch = number()? as usize,
            "--storage" => options.storage = value.to_owned(),
            "--profile" => options.profile = value.to_owned(),
            _ => return Err(format!("unknown option `{name}`\nhint: ingest   {WHAT}")),
        }
    }
    Ok(options)
}

/// The whole number of the first member with that name.
fn json_number(json: &str, name: &str) -> Option<u64> {
    let rest = &json[json.find(&format!("\"{name}\":"))? + name.len() + 3..];
    rest.trim_start().split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_faults_named() {
        let options = parse(&["--format", "otlp", "--for", "3"]).unwrap();
        assert_eq!((options.formats, options.seconds), (vec![Format::Otlp], 3));
        let refused = |arguments: &[&str]| parse(arguments).err().unwrap();
        assert_eq!(refused(&["--for", "0"]), "--for needs a whole number above 0, not `0`");
        assert!(refused(&["--format", "xml"]).starts_with("there is no format `xml`"));
        assert!(refused(&["--fast", "1"]).starts_with("unknown option `--fast`"));
        assert_eq!(json_number("{\"spans\": 12,\"x\":1}", "spans"), Some(12));
    }
}

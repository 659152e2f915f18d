//! `cargo xtask bench overload`: twice as much as the machine can take, for a minute.
//!
//! First the server is sent single messages alone (its latency at rest) and as much as it takes from sixteen
//! connections (what the machine can take, sender included). Then five hundred connections offer twice that: what
//! is not refused must be acknowledged and stored. In the end single messages again, until they are as quick as
//! at rest.

use super::ingest::make_round;
use super::limits::{self, Limit};
use super::rig::Rig;
use crate::load::corpus::Corpus;
use crate::load::message::{Format, Round};
use crate::load::sender::{Job, Seen, send};
use crate::load::usage;
use crate::options::Options;
use crate::server;
use std::time::{Duration, Instant};

/// One line for the list of measurements.
pub const WHAT: &str = "twice what the machine can take, for a minute: nothing is lost, and it recovers\n           \
    [--for 60s] [--format json] [--memory 400MiB] [--profile release]";

/// Connections that offer too much: with a message of 500 spans on each there are more bytes in flight than the
/// server admits.
const N_CONNECTIONS: usize = 500;
/// Spans of a message.
const SPANS_PER_MESSAGE: usize = 500;
/// Connections that find out what the machine can take, and for how long.
const N_CONNECTIONS_ENOUGH: usize = 16;
const ENOUGH_FOR: Duration = Duration::from_secs(8);
/// Times as much is offered.
const OFFERED: f64 = 2.0;
/// Single messages: spans a second on one connection, and for how long.
const AT_REST_RATE: f64 = 20.0 * SPANS_PER_MESSAGE as f64;
const AT_REST_FOR: Duration = Duration::from_secs(3);
/// A look at how quick single messages are takes so long.
const LOOK_FOR: Duration = Duration::from_millis(500);
/// Quick again: the median of a look is at most so many times the one at rest, and a millisecond.
const QUICK_TIMES: f64 = 2.0;
/// Given up after that long.
const RECOVERY_LIMIT: Duration = Duration::from_secs(60);
/// Seconds until it is as quick as at rest.
const RECOVERY_S: Limit = Limit::at_most(5.0, 1.0);
/// Rounds of each phase have ids of their own.
const ROUNDS_APART: u64 = 1 << 20;
const MIB: f64 = 1_048_576.0;

/// Runs the measurement; `Ok(false)` where spans are missing or it does not recover.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let options = Options::parse(arguments, &["--for", "--format", "--memory", "--profile"])?;
    let lasts = options.duration("--for", Duration::from_secs(60))?;
    let format = Format::parse(options.text("--format").unwrap_or("json"))?;
    let memory = options.text("--memory").unwrap_or("400MiB");
    let resident_limit = memory_limit(memory)?;
    let binary = server::build(options.text("--profile").unwrap_or("release"))?;
    let round = make_round(Corpus::Std, format, SPANS_PER_MESSAGE);
    let rig = Rig::start(&binary, None, &["--memory", memory])?;
    let load = Load { rig: &rig, round: &round };
    println!("\nbench overload: {}, {} s, memory {memory}", format.name(), lasts.as_secs());

    let at_rest = load.phase(0, 1, AT_REST_FOR, Some(AT_REST_RATE))?;
    let enough = load.phase(1, N_CONNECTIONS_ENOUGH, ENOUGH_FOR, None)?;
    let rate = enough.spans as f64 / ENOUGH_FOR.as_secs_f64();
    let over = load.phase(2, N_CONNECTIONS, lasts, Some(rate * OFFERED))?;
    let (recovered_s, after) = load.recover(at_rest.answered_ms(0.5))?;
    let resident_mib = usage::resident_bytes(rig.server.pid())?.1 as f64 / MIB;

    let acknowledged: u64 = [&at_rest, &enough, &over].iter().map(|seen| seen.spans).sum::<u64>() + after;
    let stopped = rig.stop()?;
    let read_back = stopped.read_back(&binary)?;
    let line = |what: &str, figure: String| println!("  {what:<16}{figure}");
    line("at rest", format!("p50 {:.1} ms, p99 {:.1} ms", at_rest.answered_ms(0.5), at_rest.answered_ms(0.99)));
    line("enough", format!("{:.0} k spans a second", rate / 1e3));
    line(
        "offered twice",
        format!(
            "{} spans acknowledged, {:.0} k a second; {} answers 429 or 503, {} messages given up",
            over.spans,
            over.spans as f64 / lasts.as_secs_f64() / 1e3,
            over.refused,
            over.given_up
        ),
    );
    line("acknowledged in", format!("p50 {:.0} ms, p99 {:.0} ms", over.answered_ms(0.5), over.answered_ms(0.99)));
    line("memory", limits::says(resident_mib, "MiB at its highest", &resident_limit));
    line("as at rest after", limits::says(recovered_s, "s", &RECOVERY_S));
    let complete = read_back >= acknowledged;
    line(
        "stored",
        format!("{read_back} read back, {acknowledged} acknowledged: {}", if complete { "all" } else { "MISSING" }),
    );
    Ok(complete && RECOVERY_S.holds(recovered_s) && resident_limit.holds(resident_mib))
}

/// The server's memory as a limit; half of it is the aim.
fn memory_limit(memory: &str) -> Result<Limit, String> {
    let mib = memory.strip_suffix("MiB").and_then(|number| number.parse::<f64>().ok());
    let mib = mib.ok_or_else(|| format!("--memory needs mebibytes here, such as 400MiB, not `{memory}`"))?;
    Ok(Limit::at_most(mib, mib / 2.0))
}

/// What is sent to.
struct Load<'a> {
    rig: &'a Rig,
    round: &'a Round,
}

impl Load<'_> {
    fn phase(&self, number: u64, n_connections: usize, lasts: Duration, rate: Option<f64>) -> Result<Seen, String> {
        let until = Instant::now() + lasts;
        let job = Job::new(self.rig.server.address, self.round, n_connections, until);
        send(Job { first_round: number * ROUNDS_APART, spans_per_second: rate, ..job })
    }

    /// Seconds until single messages are as quick as at rest, and the spans sent meanwhile.
    fn recover(&self, at_rest_ms: f64) -> Result<(f64, u64), String> {
        let (started, mut spans) = (Instant::now(), 0);
        for look in 0.. {
            let seen = self.phase(3 + look, 1, LOOK_FOR, Some(AT_REST_RATE))?;
            spans += seen.spans;
            let is_quick = seen.answered_ms(0.5) <= (at_rest_ms * QUICK_TIMES).max(at_rest_ms + 1.0);
            if is_quick || started.elapsed() > RECOVERY_LIMIT {
                // The look that found it quick is not part of the way there.
                return Ok(((started.elapsed() - LOOK_FOR).as_secs_f64(), spans));
            }
        }
        Err("no look was taken".to_owned())
    }
}

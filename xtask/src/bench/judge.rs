//! `cargo xtask bench judge`: what a thousand objectives cost.
//!
//! The server has 1 000 objectives over 500 of 3 000 operations. As fast as it takes them, spans come in, and one
//! connection asks how all objectives stand. *Counting* is what the thread of the SLOs used meanwhile over the spans,
//! without its looks at every objective each second. Then nothing comes any more: what that thread uses is those *looks*
//! alone, with the heartbeat that is written beside, and the same question is asked again. Ten seconds may pass between
//! two looks by the limit, so one of them may take half a second; what is told beside is their share as they are.

use super::ingest::make_round;
use super::limits::{self, Limit};
use super::query::{Asking, Question};
use super::rig::{Rig, start_us};
use super::timing::{print_head, repeat};
use crate::load::corpus::Corpus;
use crate::load::definitions::many;
use crate::load::http::Connection;
use crate::load::message::Format;
use crate::load::sender::{Job, send};
use crate::load::usage;
use crate::options::Options;
use crate::server;
use std::time::{Duration, Instant};

/// One line for the list of measurements.
pub const WHAT: &str = "a thousand objectives: counting at most 50 ns a span, all answers in 50 ms\n           \
    [--for 12s] [--profile release]";

const COUNTING_NS: Limit = Limit::at_most(50.0, 10.0);
/// Share of a core that looking at every objective each [`LOOK_EVERY`] may take, in hundredths.
const LOOKS_PERCENT: Limit = Limit::at_most(5.0, 1.0);
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How often the server looks.
const LOOKS_EVERY: Duration = Duration::from_secs(1);
/// All statuses, middle answer and 99 in 100, milliseconds.
const ANSWERED_MS: Limit = Limit::at_most(50.0, 20.0);
const COUNTING_THREAD: &str = "slo";
const SPANS_PER_MESSAGE: usize = 100;
const N_CONNECTIONS: usize = 16;
/// Pages ask now and then.
const PAUSE: Duration = Duration::from_millis(200);
/// Sent before the first question, so that there is something to judge.
const WARM: Duration = Duration::from_secs(3);
/// How long the looks alone are watched, and how long the rest of the work may take before.
const WATCHED: Duration = Duration::from_secs(20);
const SETTLE_LIMIT: Duration = Duration::from_secs(60);

/// Runs the measurement; `Ok(false)` where a limit is missed or an answer is wrong.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let options = Options::parse(arguments, &["--for", "--profile"])?;
    let lasts = options.duration("--for", Duration::from_secs(12))?;
    let binary = server::build(options.text("--profile").unwrap_or("release"))?;
    let round = make_round(Corpus::Many, Format::parse("otlp")?, SPANS_PER_MESSAGE);
    let rig = Rig::start_with(&binary, None, &many(), &[])?;
    let started = Instant::now();
    let pid = rig.server.pid();
    let asking = |name| {
        let question = Question { path: "/api/nines/v1/slos".into(), status: 200, trace_ids: None };
        Asking { name, questions: vec![question], limit: None, limit_p99: Some(ANSWERED_MS) }
    };
    let (busy, at_rest) = (asking("all, both cores busy"), asking("all, at rest"));

    let job = Job::new(rig.server.address, &round, N_CONNECTIONS, Instant::now() + WARM + lasts);
    let (timed, seen) = std::thread::scope(|scope| {
        let sending = scope.spawn(|| send(Job { start_us: start_us(), ..job }));
        std::thread::sleep(WARM);
        let mut connection = Connection::open(rig.server.address).map_err(|error| error.to_string())?;
        let timed = repeat(&mut connection, None, &busy, lasts, PAUSE)?;
        let seen = sending.join().map_err(|_| "the sender ended abnormally".to_owned())??;
        Ok::<_, String>((timed, seen))
    })?;
    usage::settle(pid, SETTLE_LIMIT)?;
    let busy_for = started.elapsed();
    let before_ns = usage::thread_cpu_ns(pid, COUNTING_THREAD)?;
    std::thread::sleep(WATCHED);
    let looks_ns = usage::thread_cpu_ns(pid, COUNTING_THREAD)? - before_ns;
    let looks_share = looks_ns as f64 / WATCHED.as_nanos() as f64;
    let looks_percent = looks_share * 100.0 * LOOKS_EVERY.as_secs_f64() / LOOK_EVERY.as_secs_f64();
    let spent_ns = before_ns as f64 - looks_share * busy_for.as_nanos() as f64;
    let counting_ns = spent_ns / seen.spans.max(1) as f64;
    let mut connection = Connection::open(rig.server.address).map_err(|error| error.to_string())?;
    let rested = repeat(&mut connection, Some(pid), &at_rest, lasts, PAUSE)?;

    let rate = seen.spans as f64 / (WARM + lasts).as_secs_f64() / 1e3;
    println!("\nbench judge: 1000 objectives, {} spans acknowledged, {rate:.0} k a second", seen.spans);
    println!("  counting        {}", limits::says(counting_ns, "ns a span", &COUNTING_NS));
    println!("  looking         {}", limits::says(looks_percent, "% of a core, each ten seconds", &LOOKS_PERCENT));
    println!("  looking         {:.2} % of a core as it is, each second", looks_share * 100.0);
    println!("  memory          {:.0} MB at its highest", usage::resident_bytes(pid)?.1 as f64 / 1e6);
    print_head();
    timed.print(&busy);
    rested.print(&at_rest);
    let answered = [&timed, &rested].map(|timed| (ANSWERED_MS, timed.ms(0.99)));
    let mut holds = [(COUNTING_NS, counting_ns), (LOOKS_PERCENT, looks_percent)].into_iter().chain(answered);
    Ok(timed.wrong.is_none() && rested.wrong.is_none() && holds.all(|(limit, figure)| limit.holds(figure)))
}

//! `cargo xtask bench gate`: how long the release gate takes while spans come in.
//!
//! The server is sent spans at a steady rate. One connection asks the gate of every service in turn, which writes a
//! decision each time; the corpus fails often enough that most are held, with a forecast and traces to name.

use super::ingest::make_round;
use super::limits::Limit;
use super::query::{Asking, Question};
use super::rig::{Rig, start_us};
use super::timing::{print_head, repeat};
use crate::load::corpus::{Corpus, SERVICES};
use crate::load::http::Connection;
use crate::load::message::Format;
use crate::load::sender::{Job, send};
use crate::options::Options;
use crate::server;
use std::time::{Duration, Instant};

/// One line for the list of measurements.
pub const WHAT: &str = "the release gate while spans come in: p99 at most 20 ms\n           \
    [--for 30s] [--rate 100000] [--profile release]";

/// What 99 in 100 answers must keep to, milliseconds.
const ANSWERED_MS: Limit = Limit::at_most(20.0, 10.0);
/// Spans of a message, and connections that send them.
const SPANS_PER_MESSAGE: usize = 500;
const N_CONNECTIONS: usize = 4;
/// Pipelines ask now and then, not as fast as they can.
const PAUSE: Duration = Duration::from_millis(20);
/// Sent before the first question, so that there is something to judge.
const WARM: Duration = Duration::from_secs(3);

/// Runs the measurement; `Ok(false)` where the limit is missed or an answer is wrong.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let options = Options::parse(arguments, &["--for", "--rate", "--profile"])?;
    let lasts = options.duration("--for", Duration::from_secs(30))?;
    let rate = options.text("--rate").unwrap_or("100000");
    let rate: f64 = rate.parse().map_err(|_| format!("--rate needs spans a second, not `{rate}`"))?;
    let binary = server::build(options.text("--profile").unwrap_or("release"))?;
    let round = make_round(Corpus::Std, Format::parse("json")?, SPANS_PER_MESSAGE);
    let rig = Rig::start(&binary, None, &[])?;
    let question = |service: &&str| Question {
        path: format!("/api/nines/v1/gate/{service}?env=prod&change=bench"),
        status: 200,
        trace_ids: None,
    };
    let questions = SERVICES.iter().map(question).collect();
    let asking = Asking { name: "gate", questions, limit: None, limit_p99: Some(ANSWERED_MS) };

    let job = Job::new(rig.server.address, &round, N_CONNECTIONS, Instant::now() + WARM + lasts);
    let (timed, seen) = std::thread::scope(|scope| {
        let sending = scope.spawn(|| send(Job { spans_per_second: Some(rate), start_us: start_us(), ..job }));
        std::thread::sleep(WARM);
        let mut connection = Connection::open(rig.server.address).map_err(|error| error.to_string())?;
        let timed = repeat(&mut connection, None, &asking, lasts, PAUSE)?;
        let seen = sending.join().map_err(|_| "the sender ended abnormally".to_owned())??;
        Ok::<_, String>((timed, seen))
    })?;
    println!(
        "\nbench gate: {:.0} k spans a second acknowledged",
        seen.spans as f64 / (WARM + lasts).as_secs_f64() / 1e3
    );
    print_head();
    timed.print(&asking);
    Ok(timed.wrong.is_none() && ANSWERED_MS.holds(timed.ms(0.99)))
}

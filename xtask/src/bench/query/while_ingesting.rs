//! The same questions while spans come in at a steady rate: what they cost must hardly change.

use super::super::limits::{Limit, says};
use super::super::rig::Rig;
use super::super::timing::{self, Timed};
use super::REST;
use super::filled::Store;
use super::questions::{self, Asking};
use crate::load::http::Connection;
use crate::load::sender::{Job, send};
use crate::load::usage;
use std::time::{Duration, Instant};

/// How long spans come in, for each kind of question.
const EACH: Duration = Duration::from_secs(6);
/// Connections that send.
const N_CONNECTIONS: usize = 8;
/// Pause between two questions: a person or a page asks, not a loop.
const PAUSE: Duration = Duration::from_millis(2);

const WALL_P99_MS: Limit = Limit::at_most(20.0, 20.0);
const CPU_RATIO: Limit = Limit::at_most(1.5, 1.5);

/// Asks each kind idle and while spans come in, and prints how CPU and time compare.
pub fn run(rig: &Rig, store: &Store, spans_per_second: f64) -> Result<bool, String> {
    println!("  while {:.0} k spans a second come in, of which the CPU is taken off:", spans_per_second / 1e3);
    let mut load = Load { rig, store, spans_per_second, first_round: store.rounds(), start_us: store.next_start_us() };
    let alone = load.cpu_of(|| Ok(()))?;
    let window = store.window();
    let kinds = [
        questions::traces(store.round(), store.rounds(), 2_000, 3),
        questions::newest(window, 1_000),
        questions::rare_user(window, 500),
    ];
    let mut right = true;
    for asking in kinds {
        std::thread::sleep(REST);
        let idle = ask(rig, &asking, EACH / 3)?;
        let both = load.cpu_of(|| ask(rig, &asking, EACH))?;
        let timed = both.value;
        // The rate may not have been reached; what came in is what CPU is taken off for.
        let of_ingest = alone.cpu_seconds / alone.spans as f64 * both.spans as f64;
        let each_ms = (both.cpu_seconds - of_ingest).max(0.0) * 1e3 / timed.n() as f64;
        println!(
            "  {:<26}CPU {each_ms:.2} ms, idle {:.2}: {}\n{:<28}p50 {:.2} ms, p99 {}, longest {:.1} ms",
            asking.name,
            idle.cpu_ms(),
            says(each_ms / idle.cpu_ms().max(0.01), "x", &CPU_RATIO),
            "",
            timed.ms(0.5),
            says(timed.ms(0.99), "ms", &WALL_P99_MS),
            timed.ms(1.0)
        );
        right &= timed.wrong.is_none();
    }
    Ok(right)
}

/// Asks for a time, over and over.
fn ask(rig: &Rig, asking: &Asking, lasts: Duration) -> Result<Timed, String> {
    let mut connection = Connection::open(rig.server.address).map_err(|error| error.to_string())?;
    timing::repeat(&mut connection, Some(rig.server.pid()), asking, lasts, PAUSE)
}

/// Spans that come in at a steady rate.
struct Load<'a> {
    rig: &'a Rig,
    store: &'a Store,
    spans_per_second: f64,
    first_round: u64,
    start_us: u64,
}

/// What a server did while spans came in.
struct Both<T> {
    cpu_seconds: f64,
    spans: u64,
    value: T,
}

impl Load<'_> {
    /// Lets spans come in, runs `meanwhile`, and returns the server's CPU seconds.
    fn cpu_of<T>(&mut self, meanwhile: impl FnOnce() -> Result<T, String>) -> Result<Both<T>, String> {
        let pid = self.rig.server.pid();
        let round = self.store.round();
        let before = usage::cpu_seconds(pid)?;
        let job = Job {
            first_round: self.first_round,
            start_us: self.start_us,
            spans_per_second: Some(self.spans_per_second),
            ..Job::new(self.rig.server.address, round, N_CONNECTIONS, Instant::now() + EACH)
        };
        let (sent, value) = std::thread::scope(|scope| {
            let sender = scope.spawn(|| send(job));
            let value = meanwhile();
            (sender.join().map_err(|_| "the senders panicked".to_owned()), value)
        });
        let (sent, value) = (sent??, value?);
        let cpu_seconds = usage::cpu_seconds(pid)? - before;
        let n_rounds = sent.messages / round.messages.len() as u64 + 1;
        self.first_round += n_rounds;
        self.start_us += n_rounds * round.shape.duration_us;
        let expected = self.spans_per_second * EACH.as_secs_f64();
        if (sent.spans as f64) < 0.9 * expected {
            println!("  note: only {} of {expected:.0} spans came in", sent.spans);
        }
        Ok(Both { cpu_seconds, spans: sent.spans, value })
    }
}

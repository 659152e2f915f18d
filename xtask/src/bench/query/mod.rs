//! `cargo xtask bench query`: how fast a store of many spans answers, idle and while spans come in.
//!
//! The store is filled over HTTP with whole rounds of a corpus, once if `--keep` names a folder for it. The
//! release binary is then started on a working copy (blocks are linked, not copied), so a kept store stays
//! as it was filled. One connection asks one question at a time; *CPU* is what the server used for it,
//! *cold* is after the kernel's cache of the block files was dropped.

mod filled;
mod questions;
mod while_ingesting;

pub use filled::Store;
pub use questions::{Asking, Question, Window, dependencies, newest, search, traces, unknown_traces};

use super::limits::{Limit, says};
use super::rig::Rig;
use super::timing::{self, Timed};
use crate::load::corpus::Corpus;
use crate::load::http::Connection;
use crate::load::message::Format;
use crate::load::usage;
use crate::options::Options;
use crate::process::capture;
use crate::server;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// One line for the list of measurements.
pub const WHAT: &str = "answers of a filled store, idle and while spans come in\n           \
    [--spans 10M] [--keep DIR] [--corpus std] [--format json] [--ingest 200k|off] [--memory 400MiB] [--profile release]";

/// How long a server may take until it is idle.
const SETTLE_LIMIT: Duration = Duration::from_secs(300);
/// Reads of a trace from a dropped cache: each costs a drop.
const N_COLD: usize = 20;
/// From start to the first answer.
const READY_S: Limit = Limit::at_most(3.0, 3.0);
const COLD_MS: Limit = Limit::at_most(10.0, 2.0);

/// Runs the measurement; `Ok(false)` where an answer was wrong.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let known = ["--spans", "--keep", "--corpus", "--format", "--ingest", "--memory", "--profile"];
    let options = Options::parse(arguments, &known)?;
    let corpus = options.text("--corpus").map_or(Ok(Corpus::Std), Corpus::parse)?;
    let format = options.text("--format").map_or(Ok(Format::Json), Format::parse)?;
    let n_spans = options.count("--spans", 10_000_000)?;
    let memory = options.text("--memory").unwrap_or("400MiB");
    let rate = if options.text("--ingest") == Some("off") { None } else { Some(options.count("--ingest", 200_000)?) };
    let binary = server::build(options.text("--profile").unwrap_or("release"))?;

    let keep = options.text("--keep").map(PathBuf::from);
    let store = Store::fill_or_reuse(&binary, keep.as_deref(), corpus, format, n_spans)?;
    println!(
        "\nbench query: {} spans in {} traces, corpus {}, memory {memory}",
        store.n_spans(),
        store.n_traces(),
        corpus.name()
    );
    let copy = store.working_copy()?;
    drop_cached(&copy.data)?;
    let started = Instant::now();
    let rig = Rig::start(&binary, Some(&copy.data), &["--memory", memory])?;
    println!("  {:<26}{}", "from start to ready, cold", says(started.elapsed().as_secs_f64(), "s", &READY_S));

    // After a start objectives remember the past quarter hour, which of a store that was filled at once is all of it.
    let busy_s = usage::settle(rig.server.pid(), SETTLE_LIMIT)?;
    println!("  {:<26}{busy_s:.1} CPU-seconds until nothing is left to do", "after the start");

    let window = store.window();
    let mut right = idle(&rig, &store, window)?;
    print_cold(&cold_traces(&rig, &store)?);
    if let Some(rate) = rate {
        right &= while_ingesting::run(&rig, &store, rate as f64)?;
    }
    let resident = usage::resident_bytes(rig.server.pid())?;
    println!("  {:<26}{:.0} MB at its highest", "memory", resident.1 as f64 / 1e6);
    rig.stop()?;
    Ok(right)
}

fn idle(rig: &Rig, store: &Store, window: Window) -> Result<bool, String> {
    let mut connection = Connection::open(rig.server.address).map_err(|error| error.to_string())?;
    let mut right = true;
    timing::print_head();
    for asking in questions::all(store.round(), store.rounds(), window) {
        let timed = timing::time(&mut connection, Some(rig.server.pid()), &asking)?;
        timed.print(&asking);
        right &= timed.wrong.is_none();
    }
    Ok(right)
}

fn cold_traces(rig: &Rig, store: &Store) -> Result<Timed, String> {
    let mut connection = Connection::open(rig.server.address).map_err(|error| error.to_string())?;
    let asking = questions::traces(store.round(), store.rounds(), N_COLD, 77);
    let mut all = Timed::default();
    for question in &asking.questions {
        drop_cached(&rig.data)?;
        let one = Asking { questions: vec![question.clone()], ..asking.clone() };
        all.add(timing::time(&mut connection, None, &one)?);
    }
    Ok(all)
}

fn print_cold(timed: &Timed) {
    println!(
        "  {:<26}p50 {}, longest {:.1} ms",
        "trace by id, cold",
        says(timed.ms(0.5), "ms", &COLD_MS),
        timed.ms(1.0)
    );
}

/// Tells the kernel to forget what it has cached of the block files.
fn drop_cached(data: &Path) -> Result<(), String> {
    let script = "find \"$1\"/blocks -type f -exec sh -c 'for f; do dd if=\"$f\" iflag=nocache count=0 status=none; done' sh {} +";
    capture(Command::new("sh").args(["-c", script, "sh"]).arg(data)).map(|_| ())
}

/// Pause after which a server that was busy is idle again.
pub const REST: Duration = Duration::from_secs(2);

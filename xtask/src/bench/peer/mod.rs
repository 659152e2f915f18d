//! `cargo xtask bench peer zipkin`: the real Zipkin server and nines, one after the other, on one load.
//!
//! Zipkin runs with memory storage, its fastest, which keeps nothing through a restart; nines syncs before it
//! answers, counts for forty objectives and writes blocks. Both get the same messages over the same number
//! of connections on the same machine. The first quarter warms up and is not counted; CPU is the server's,
//! user and system, until it has settled. Then both are asked the same questions in Zipkin's API.

mod compare;
mod load;

use super::rig::Rig;
use crate::load::corpus::Corpus;
use crate::load::message::{Format, Round};
use crate::options::Options;
use crate::server;
use crate::zipkin::{self, Zipkin};
use compare::Table;
use load::{Loaded, Subject};

/// One line for the list of measurements.
pub const WHAT: &str = "the same load on the real Zipkin server and on nines: peer zipkin\n           \
    [--spans 1M] [--java PATH] [--memory 400MiB] [--profile release]";

/// Seed of the workload.
const SEED: u64 = 3_6_1;
/// Traces of a round: 200 000 spans.
const TRACES_PER_ROUND: u32 = 20_000;
/// Zipkin's heap: a million spans take 2.1 to 2.7 GB.
const HEAP: &str = "-Xmx4g";
/// Spans of a message: what large reporters send.
const SPANS_PER_MESSAGE: usize = 1_000;

/// Runs the measurement; `Ok(false)` where nines is not as far ahead as it must be.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let Some((&"zipkin", rest)) = arguments.split_first() else {
        return Err("which peer?\nhint: cargo xtask bench peer zipkin".to_owned());
    };
    let options = Options::parse(rest, &["--spans", "--java", "--memory", "--profile"])?;
    let n_spans = options.count("--spans", 1_000_000)?;
    let memory = options.text("--memory").unwrap_or("400MiB");
    let binary = server::build(options.text("--profile").unwrap_or("release"))?;
    let package = zipkin::fetch(options.text("--java"))?;

    let round = |format| Round::make(Corpus::Peer, format, SEED, TRACES_PER_ROUND, SPANS_PER_MESSAGE);
    let (json, proto3, otlp) = (round(Format::Json), round(Format::Proto3), round(Format::Otlp));
    let of_zipkin = |round: &Round, read: bool| -> Result<Loaded, String> {
        let zipkin = Zipkin::start(&package, HEAP)?;
        let subject = Subject { name: "Zipkin", address: zipkin.address, pid: zipkin.pid() };
        load::run(&subject, round, n_spans, read)
    };
    let of_nines = |round: &Round, read: bool| -> Result<Loaded, String> {
        let rig = Rig::start(&binary, None, &["--memory", memory])?;
        let subject = Subject { name: "nines", address: rig.server.address, pid: rig.server.pid() };
        let loaded = load::run(&subject, round, n_spans, read)?;
        rig.stop()?;
        Ok(loaded)
    };
    println!(
        "\nbench peer zipkin: {} ({}), {n_spans} spans, {SPANS_PER_MESSAGE} a message",
        zipkin::ARTIFACT,
        package.java
    );
    let table = Table {
        zipkin_json: of_zipkin(&json, true)?,
        zipkin_proto3: of_zipkin(&proto3, false)?,
        nines_json: of_nines(&json, true)?,
        nines_proto3: of_nines(&proto3, false)?,
        nines_otlp: of_nines(&otlp, false)?,
    };
    Ok(table.print())
}

//! The tier of other people's clients: programs with the real libraries of Zipkin and OpenTelemetry
//! (`tests/peers`) send to the real binary, and its answers are held against what they sent; the real Alertmanager
//! is told by it, the real Prometheus asked, and a receiver of OpenTelemetry's collector pushed to.
//!
//! A client whose tools are absent is skipped by name; one whose packages cannot be had fails.

mod alertmanager;
mod claims;
mod clients;
mod collector;
#[cfg(test)]
mod guide_tests;
mod prometheus;
mod report;
mod toolchain;

use super::{Form, prepare};
use crate::alerts;
use crate::process::stream;
use crate::server::{self, Server, free_address};
use crate::tally::Tally;
use claims::Names;
use clients::{CLIENTS, Client};
use report::Report;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toolchain::Program;

/// A client's program may take so long: two Spring applications start on a busy machine, and reporters flush.
const RUN_LIMIT: Duration = Duration::from_secs(3 * 60);
/// The server may take so long to end.
const STOP_LIMIT: Duration = Duration::from_secs(20);

/// Runs the tier.
pub fn run(form: Form) -> Tally {
    let mut tally = Tally::default();
    if let Err(why) = run_all(form, &mut tally) {
        tally.fail(format!("nines: {why}"));
    }
    tally
}

fn run_all(form: Form, tally: &mut Tally) -> Result<(), String> {
    let binary = server::build("dev")?;
    let scratch = std::env::temp_dir().join(format!("nines-peers-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    // Beside the profile's folder: what is fetched and built here goes with `cargo clean`.
    let workshop = binary.ancestors().nth(2).unwrap_or(&scratch).join("peers");
    println!("-- {}", alertmanager::NAME);
    match alertmanager::missing() {
        Some(tool) => tally.skip(format!("{}: {tool}", alertmanager::NAME)),
        None => {
            let unpacked = alertmanager::Unpacked::fetch(&workshop);
            let met = unpacked.and_then(|unpacked| alertmanager::meet(&binary, &unpacked, &scratch));
            tally.record(alertmanager::NAME, met);
        }
    }
    println!("-- {}", prometheus::NAME);
    match prepare::promtool() {
        Err(why) => tally.skip(format!("{}: {why}", prometheus::NAME)),
        Ok(promtool) => tally.record(prometheus::NAME, prometheus::meet(&binary, &promtool, &scratch)),
    }
    println!("-- {}", collector::NAME);
    match collector::missing() {
        Some(tool) => tally.skip(format!("{}: {tool}", collector::NAME)),
        None => tally.record(collector::NAME, collector::meet(&binary, &workshop, &scratch)),
    }
    let nines = Nines::start(&binary, &scratch.join("data"))?;
    let mut programs = Programs { workshop, built: HashMap::new() };
    let (chosen, left_out): (Vec<Client>, Vec<Client>) =
        CLIENTS.into_iter().partition(|client| form == Form::Full || client.form == Form::Quick);
    for client in chosen {
        println!("-- {}", client.what);
        match client.build.missing() {
            Some(tool) => tally.skip(format!("{}: {tool}", client.what)),
            None => tally.record(client.what, meet(&client, &nines, &mut programs)),
        }
    }
    if !left_out.is_empty() {
        let names: Vec<&str> = left_out.iter().map(|client| client.name).collect();
        tally.skip(format!("{} clients more, which `--full` has: {}", names.len(), names.join(", ")));
    }
    alerts(form, &binary, &scratch, tally);
    let stopped = nines.server.stop(STOP_LIMIT);
    let _ = std::fs::remove_dir_all(&scratch);
    stopped
}

/// Alerts beside Prometheus, which needs no server.
fn alerts(form: Form, binary: &Path, scratch: &Path, tally: &mut Tally) {
    println!("-- alerts beside Prometheus");
    let n_cases = if form == Form::Full { alerts::CASES_FULL } else { alerts::CASES_QUICK };
    match prepare::promtool() {
        Err(why) => tally.skip(format!("alerts beside Prometheus: {why}")),
        Ok(promtool) => {
            let compared = alerts::compare_all(0..n_cases, binary, &promtool, scratch);
            tally.record("alerts beside Prometheus", compared.map(|_| ()));
        }
    }
}

/// Lets a client send and checks what came of it.
fn meet(client: &Client, nines: &Nines, programs: &mut Programs) -> Result<(), String> {
    let program = programs.get(client)?;
    let names = Names { front: format!("{}-front", client.name), back: format!("{}-back", client.name) };
    let mut command = program.command();
    command.env("PEER_ENCODING", client.encoding).env("PEER_FRONT", &names.front).env("PEER_BACK", &names.back);
    command.envs(nines.ways_in());
    let mut report = None;
    let ended = stream(&mut command, RUN_LIMIT, &mut |line| report = report.take().or_else(|| Report::parse(line)));
    ended?.outcome()?;
    let report = report.ok_or_else(|| "the program said nothing of what it sent".to_owned())?;
    claims::check(nines.server.address, client, &names, &report)?;
    println!("{} by {}: as sent", client.what, report.client);
    Ok(())
}

/// A client's folder in the tree.
fn folder_of(client: &Client) -> String {
    format!("tests/peers/{}", client.folder)
}

/// The server and its three addresses.
struct Nines {
    server: Server,
    otlp_http: String,
    otlp_grpc: String,
}

impl Nines {
    fn start(binary: &Path, data: &Path) -> Result<Nines, String> {
        let (otlp_http, otlp_grpc) = (free_address()?.to_string(), free_address()?.to_string());
        let further = ["--otlp-http", &otlp_http, "--otlp-grpc", &otlp_grpc];
        Ok(Nines { server: Server::start(binary, "serve", data, &further)?, otlp_http, otlp_grpc })
    }

    fn ways_in(&self) -> [(&'static str, String); 3] {
        let url = |address: &dyn std::fmt::Display| format!("http://{address}");
        [
            ("PEER_ZIPKIN", url(&self.server.address)),
            ("PEER_OTLP_HTTP", url(&self.otlp_http)),
            ("PEER_OTLP_GRPC", url(&self.otlp_grpc)),
        ]
    }
}

/// Programs that are built, each once, however many encodings it is run with.
struct Programs {
    workshop: PathBuf,
    built: HashMap<String, Result<Program, String>>,
}

impl Programs {
    fn get(&mut self, client: &Client) -> Result<Program, String> {
        let name = format!("{}-{}", client.folder, client.build.variant());
        let to = self.workshop.join(&name);
        let build = || client.build.prepare(&folder_of(client), &to).map_err(|why| format!("build: {why}"));
        self.built.entry(name).or_insert_with(build).clone()
    }
}

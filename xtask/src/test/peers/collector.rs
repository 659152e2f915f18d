//! The metrics receiver of OpenTelemetry's collector, built from its own module (`tests/peers/otlp-receiver`): the real binary
//! pushes to it how its objectives stand, and what it read is held against what was sent.

use super::alertmanager::post_spans;
use super::toolchain::{Build, Program};
use crate::server::{Server, free_address};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// What the tally calls it.
pub const NAME: &str = "metrics receiver of OpenTelemetry's collector";

/// Its folder in the tree.
const FOLDER: &str = "tests/peers/otlp-receiver";

/// A push each second, on a busy machine.
const SOON: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(20);

const DEFINITIONS: &str = "
apiVersion: openslo/v1
kind: Service
metadata: { name: peers-shop }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: peers-availability }
spec:
  service: peers-shop
  indicator:
    metadata: { name: sli }
    spec:
      ratioMetric:
        counter: true
        good:  { metricSource: { type: spans, spec: { where: 'service=peers-shop kind=server !error' } } }
        total: { metricSource: { type: spans, spec: { where: 'service=peers-shop kind=server' } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.5 } ]
";

/// What it must have read of a hundred events of which a quarter is bad: kind, unit, name, attributes and value.
const READ: [&str; 6] = [
    "Sum Cumulative true|{event}|nines.slo.events|objective=1,slo=peers-availability,verdict=bad|25",
    "Sum Cumulative true|{event}|nines.slo.events|objective=1,slo=peers-availability,verdict=good|75",
    "Gauge||nines.slo.target|objective=1,service=peers-shop,slo=peers-availability|0.5",
    "Gauge||nines.slo.sli|objective=1,service=peers-shop,slo=peers-availability|0.75",
    "Gauge||nines.slo.budget|objective=1,service=peers-shop,slo=peers-availability|0.5",
    "Gauge||nines.slo.burn|lookback=1h,objective=1,service=peers-shop,slo=peers-availability|0.5",
];

/// What keeps it from being built here, if anything does.
pub fn missing() -> Option<String> {
    Build::Go.missing()
}

/// Builds it, lets it listen, and pushes to it.
pub fn meet(binary: &Path, workshop: &Path, scratch: &Path) -> Result<(), String> {
    let program = Build::Go.prepare(FOLDER, &workshop.join("otlp-receiver")).map_err(|why| format!("build: {why}"))?;
    let folder = scratch.join("otlp-receiver");
    let definitions = folder.join("definitions");
    std::fs::create_dir_all(&definitions).map_err(|error| format!("{}: {error}", definitions.display()))?;
    let file = definitions.join("shop.yaml");
    std::fs::write(&file, DEFINITIONS).map_err(|error| format!("{}: {error}", file.display()))?;
    let address = free_address()?.to_string();
    let printed = folder.join("printed");
    let _receiver = Receiver::start(&program, &address, &printed)?;
    let (definitions, url) = (definitions.display().to_string(), format!("http://{address}"));
    let flags = ["--definitions", &definitions, "--otlp-metrics", &url, "--otlp-metrics-interval", "1s"];
    let off = ["--otlp-http", "off", "--otlp-grpc", "off"];
    let server = Server::start(binary, "serve", &folder.join("data"), &[&flags[..], &off].concat())?;
    post_spans(server.address, 1..101, |id| id % 4 == 0)?;
    let deadline = Instant::now() + SOON;
    loop {
        let text = std::fs::read_to_string(&printed).unwrap_or_default();
        // An instance is a host and an address.
        let instance = format!("/{},service.name=nines,", server.address);
        let has = |read: &&str| {
            let is_it = |line: &str| {
                line.starts_with("service.instance.id=")
                    && line.contains(&instance)
                    && line.ends_with(&format!("|nines|{read}"))
            };
            text.lines().any(is_it)
        };
        let Some(lacking) = READ.iter().find(|read| !has(read)) else { break };
        if Instant::now() >= deadline {
            return Err(format!("after {} s it has not read {lacking}; it read:\n{text}", SOON.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    println!("{NAME}: read as sent");
    server.stop(STOP_LIMIT)
}

/// The receiver as it runs, killed when dropped.
struct Receiver(Child);

impl Receiver {
    fn start(program: &Program, address: &str, printed: &Path) -> Result<Receiver, String> {
        let file = std::fs::File::create(printed).map_err(|error| format!("{}: {error}", printed.display()))?;
        let child = program.command().env("PEER_LISTEN", address).stdin(Stdio::null()).stdout(file).spawn();
        child.map(Receiver).map_err(|error| format!("{FOLDER}: {error}"))
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

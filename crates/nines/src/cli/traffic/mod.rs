//! `nines traffic`: host firewall and NAT. What stands here needs neither server nor privilege; what works on the host's
//! rules stands in `host`.

mod check;
#[cfg(target_os = "linux")]
mod host;
mod import;
mod rules;
mod simulate;
mod test;
mod words;

#[cfg(target_os = "linux")]
pub use host::{netd_failed, others};

use super::args::TrafficVerb;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use crate::messages::Say;
use nines_base::lang::Message;
use nines_traffic::{Finding, Place, Services};
use serde_json::{Value, json};
use std::path::Path;
use words::Tell;

/// Where a system lists the names of services.
const SERVICES: &str = "/etc/services";

#[cfg(target_os = "linux")]
pub fn run(context: &Context, verb: TrafficVerb) -> Outcome {
    host::run(context, verb)
}

#[cfg(not(target_os = "linux"))]
pub fn run(context: &Context, verb: TrafficVerb) -> Outcome {
    offline(context, verb)
}

/// What works everywhere.
fn offline(context: &Context, verb: TrafficVerb) -> Outcome {
    match verb {
        TrafficVerb::Check { file, strict } => check::run(context, &file, strict),
        TrafficVerb::Simulate { rules, packets } => simulate::run(context, &rules, &packets),
        TrafficVerb::Test { paths } => test::run(context, &paths),
        TrafficVerb::Import(args) => import::run(context, &args),
        _ => Err(only_linux(context)),
    }
}

/// The rules of a host are Linux' own.
pub fn only_linux(context: &Context) -> Trouble {
    Trouble::new(context.lang, Tell::OnlyLinux, Tell::OnlyLinuxHint)
}

fn write_file(context: &Context, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    std::fs::write(path, bytes).map_err(|error| {
        let fact = Say::CannotWrite { path: path.display().to_string(), reason: error.to_string() };
        Trouble::new(context.lang, fact, Say::CannotWriteHint)
    })
}

/// Names of services as this system lists them, over those that every system has.
fn services() -> Services {
    std::fs::read_to_string(SERVICES).map_or_else(|_| Services::default(), |list| Services::read(&list))
}

/// The bytes of a file.
fn read(context: &Context, path: &Path) -> Result<Vec<u8>, Trouble> {
    std::fs::read(path).map_err(|error| unreadable(context, path, &error))
}

fn unreadable(context: &Context, path: &Path, error: &std::io::Error) -> Trouble {
    let fact = Say::CannotRead { path: path.display().to_string(), reason: error.to_string() };
    Trouble::new(context.lang, fact, Say::CannotReadHint)
}

/// A file of text; one that is none is trouble.
fn read_text(context: &Context, path: &Path) -> Result<String, Trouble> {
    String::from_utf8(read(context, path)?).map_err(|error| {
        let reason = std::io::Error::new(std::io::ErrorKind::InvalidData, error.utf8_error());
        unreadable(context, path, &reason)
    })
}

/// Findings for people, on stderr.
fn tell(context: &Context, findings: &[Finding]) {
    findings.iter().for_each(|finding| eprintln!("{}", finding.render(context.lang)));
}

/// A finding as programs read it.
fn item(context: &Context, finding: &Finding) -> Value {
    let Place { file, line, column } = &finding.place;
    json!({
        "file": file, "line": line, "column": column, "path": finding.path, "severity": finding.severity.name(),
        "fact": finding.fact.text(context.lang), "hint": finding.hint.text(context.lang),
    })
}

/// Ends a command whose input was refused, after its findings were told.
fn refused() -> Outcome {
    Ok(Exit::Trouble)
}

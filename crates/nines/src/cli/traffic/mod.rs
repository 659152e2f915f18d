//! `nines traffic`: host firewall and NAT. What stands here needs neither server nor privilege.

mod check;
mod import;
mod rules;
mod simulate;
mod test;

use super::args::TrafficVerb;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use crate::messages::Say;
use nines_base::lang::Message;
use nines_traffic::{Finding, Place, Services};
use serde_json::{Value, json};
use std::path::Path;

/// Where a system lists the names of services.
const SERVICES: &str = "/etc/services";

pub fn run(context: &Context, verb: TrafficVerb) -> Outcome {
    match verb {
        TrafficVerb::Check { file, strict } => check::run(context, &file, strict),
        TrafficVerb::Simulate { rules, packets } => simulate::run(context, &rules, &packets),
        TrafficVerb::Test { paths } => test::run(context, &paths),
        TrafficVerb::Import(args) => import::run(context, &args),
    }
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

//! `nines slo check PATH…`: every fault of the definitions with place, fact and next step. Needs no server.

use super::args::CheckMode;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::print;
use crate::config::Fault;
use crate::definitions::{self, ReadError};
use crate::messages::Say;
use nines_base::lang::Message;
use nines_slo::alert::targets::check_targets;
use nines_slo::model::Place;
use nines_slo::openslo::{self, Finding, Mode, Severity};
use nines_slo::queried::check_sources;
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub fn run(context: &Context, paths: &[PathBuf], mode: CheckMode, config: Option<&Path>) -> Outcome {
    let files = definitions::read_all(paths).map_err(|error| unreadable(context, &error))?;
    if files.is_empty() {
        let path = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(Trouble::new(context.lang, Say::NoDefinitionFiles { path }, Say::NoSuchPathHint));
    }
    let mut loaded = openslo::load(&files, strictness(mode));
    let mut faults = Vec::new();
    if let Some(config) = config {
        let entries = super::config::entries(context, config)?;
        loaded.findings.extend(check_targets(&loaded.definitions, &entries.notify));
        loaded.findings.extend(check_sources(&loaded.definitions, &entries.sources));
        faults = entries.faults;
    }
    let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = loaded.findings.len() - errors;
    let errors = errors + faults.len();
    if context.format.is_table() {
        let of_files = loaded.findings.iter().map(|finding| finding.render(context.lang));
        of_files.chain(faults.iter().map(|fault| rendered(context, fault))).for_each(|text| {
            print(&format!("{text}\n"));
        });
    } else {
        let of_files = loaded.findings.iter().map(|finding| item(context, finding));
        let items: Vec<Value> = of_files.chain(faults.iter().map(|fault| fault_item(context, fault))).collect();
        context.write(&json!({ "items": items }));
    }
    if errors + warnings == 0 {
        context.say(&Say::CheckClean { files: files.len(), slos: loaded.definitions.slos.len() });
    } else {
        context.say(&Say::CheckFound { errors, warnings });
    }
    Ok(if errors == 0 { Exit::Yes } else { Exit::No })
}

/// A finding as programs read it.
fn item(context: &Context, finding: &Finding) -> Value {
    json!({
        "file": finding.place.file, "line": finding.place.line, "column": finding.place.column,
        "path": finding.path, "severity": finding.severity.name(),
        "fact": finding.fact.text(context.lang), "hint": finding.hint.text(context.lang),
    })
}

/// A fault of the configuration, as a finding is written.
fn rendered(context: &Context, fault: &Fault) -> String {
    let (fact, hint) = (fault.fact.text(context.lang), fault.hint.text(context.lang));
    format!("{}: {}: {fact}\nhint: {hint}", Severity::Error.name(), fault.source)
}

/// The same as programs read it.
fn fault_item(context: &Context, fault: &Fault) -> Value {
    let Place { file, line, column } = fault.source.place();
    json!({
        "file": file, "line": line, "column": column, "path": "", "severity": Severity::Error.name(),
        "fact": fault.fact.text(context.lang), "hint": fault.hint.text(context.lang),
    })
}

fn strictness(mode: CheckMode) -> Mode {
    match mode {
        CheckMode::Spec => Mode::Spec,
        CheckMode::Sdk => Mode::Sdk,
        CheckMode::Lenient => Mode::Lenient,
    }
}

pub(super) fn unreadable(context: &Context, error: &ReadError) -> Trouble {
    let path = error.path.display().to_string();
    match error.source.kind() {
        ErrorKind::NotFound => Trouble::new(context.lang, Say::NoSuchPath { path }, Say::NoSuchPathHint),
        _ => {
            let fact = Say::CannotRead { path, reason: error.source.to_string() };
            Trouble::new(context.lang, fact, Say::CannotReadHint)
        }
    }
}

//! `nines slo check PATH…`: every fault of the definitions with place, fact and next step. Needs no server.

use super::args::CheckMode;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::print;
use crate::definitions::{self, ReadError};
use crate::messages::Say;
use nines_base::lang::Message;
use nines_slo::alert::targets::check_targets;
use nines_slo::openslo::{self, Finding, Mode, Severity};
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
    let mut is_configured_well = true;
    if let Some(config) = config {
        let (entries, is_well) = super::config::notify_entries(context, config)?;
        loaded.findings.extend(check_targets(&loaded.definitions, &entries));
        is_configured_well = is_well;
    }
    let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = loaded.findings.len() - errors;
    if context.format.is_table() {
        loaded.findings.iter().for_each(|finding| {
            print(&format!("{}\n", finding.render(context.lang)));
        });
    } else {
        let items: Vec<Value> = loaded.findings.iter().map(|finding| item(context, finding)).collect();
        context.write(&json!({ "items": items }));
    }
    if loaded.findings.is_empty() {
        context.say(&Say::CheckClean { files: files.len(), slos: loaded.definitions.slos.len() });
    } else {
        context.say(&Say::CheckFound { errors, warnings });
    }
    Ok(if errors == 0 && is_configured_well { Exit::Yes } else { Exit::No })
}

/// A finding as programs read it.
fn item(context: &Context, finding: &Finding) -> Value {
    json!({
        "file": finding.place.file, "line": finding.place.line, "column": finding.place.column,
        "path": finding.path, "severity": finding.severity.name(),
        "fact": finding.fact.text(context.lang), "hint": finding.hint.text(context.lang),
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

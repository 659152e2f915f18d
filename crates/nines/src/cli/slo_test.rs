//! `nines slo test CASES…`: unit tests of objectives, judged by the engine that judges live counts. Needs no server.
//!
//! Exit 0 where every claim holds, 1 where one does not, 2 where a file cannot be read or claims nothing; the other
//! files are judged all the same.

use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::print;
use super::slo_check::unreadable;
use crate::definitions::{self, ReadError};
use crate::messages::Say;
use nines_base::lang::Message;
use nines_slo::model::{Definitions, Place};
use nines_slo::openslo::{self, Finding, Mode, Severity, SourceFile};
use nines_slo::slotest::{Fault, Named, Report, Script};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Ending of test files in a folder.
const ENDING: &str = "slotest";

/// Places of errors told of a set of definitions: enough to begin with.
const PLACES_TOLD_MAX: usize = 3;

pub fn run(context: &Context, paths: &[PathBuf]) -> Outcome {
    let files = definitions::read_ending(paths, &[ENDING]).map_err(|error| unreadable(context, &error))?;
    if files.is_empty() {
        let path = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(Trouble::new(context.lang, Say::NoTestFiles { path }, Say::NoTestFilesHint));
    }
    let mut sets = Sets::default();
    let (mut outcomes, mut is_all_read) = (Vec::new(), true);
    for file in &files {
        match judge(context, file, &mut sets) {
            Ok(report) => outcomes.extend(report.outcomes),
            Err(troubles) => {
                troubles.iter().for_each(Trouble::print);
                is_all_read = false;
            }
        }
    }
    let report = Report { outcomes };
    tell(context, &report);
    Ok(match (is_all_read, report.n_failed()) {
        (false, _) => Exit::Trouble,
        (true, 0) => Exit::Yes,
        (true, _) => Exit::No,
    })
}

fn tell(context: &Context, report: &Report) {
    let (passed, failed) = (report.n_passed(), report.n_failed());
    if !context.format.is_table() {
        let items: Vec<Value> = report.outcomes.iter().map(item).collect();
        context.write(&json!({ "items": items, "passed": passed, "failed": failed }));
        return;
    }
    let failures = report.outcomes.iter().filter(|outcome| !outcome.holds);
    let mut text: String = failures.map(|outcome| outcome.text() + "\n").collect();
    text.push_str(&format!("{passed} passed, {failed} failed\n"));
    print(&text);
}

/// A claim as programs read it.
fn item(outcome: &nines_slo::slotest::Outcome) -> Value {
    json!({
        "file": outcome.place.file, "line": outcome.place.line, "column": outcome.place.column,
        "claim": outcome.claim, "got": outcome.got, "holds": outcome.holds,
    })
}

fn judge(context: &Context, file: &SourceFile, sets: &mut Sets) -> Result<Report, Vec<Trouble>> {
    let in_words = |faults: Vec<Fault>| faults.iter().map(|fault| trouble(context, fault)).collect::<Vec<_>>();
    let script = Script::parse(&file.name, &file.bytes).map_err(in_words)?;
    let paths = definition_paths(context, &file.name, &script).map_err(|trouble| vec![trouble])?;
    // A script that claims something names definitions.
    let place = script.definitions.first().map(|named| place_text(&named.place));
    let definitions = sets.read(context, place, paths).map_err(|trouble| vec![trouble])?;
    script.run(definitions).map_err(in_words)
}

/// The definitions a test file names: relative to it; where nothing is there, to where the command runs. One that is
/// nowhere is told with its place in the file.
pub(super) fn definition_paths(context: &Context, file: &str, script: &Script) -> Result<Vec<PathBuf>, Trouble> {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    let resolve = |named: &Named| {
        let (beside, here) = (folder.join(&named.path), PathBuf::from(&named.path));
        let found = [&beside, &here].into_iter().find(|path| path.exists()).cloned();
        found.ok_or_else(|| {
            let fact = Say::NoSuchPath { path: beside.display().to_string() };
            let trouble = Trouble::new(context.lang, fact, Say::TestDefinitionsHint);
            Trouble { place: Some(place_text(&named.place)), ..trouble }
        })
    };
    script.definitions.iter().map(resolve).collect()
}

fn place_text(place: &Place) -> String {
    format!("{}:{}:{}", place.file, place.line, place.column)
}

/// A fault of a test file as trouble of a command.
pub(super) fn trouble(context: &Context, fault: &Fault) -> Trouble {
    Trouble {
        exit: Exit::Trouble,
        place: Some(place_text(&fault.place)),
        fact: fault.fact.text(context.lang),
        hint: Some(fault.hint.text(context.lang)),
    }
}

/// Sets of definitions by the paths they come from: many test files share one.
#[derive(Default)]
struct Sets {
    read: BTreeMap<Vec<PathBuf>, Definitions>,
}

impl Sets {
    /// `place` is that of the line which names them.
    fn read(&mut self, context: &Context, place: Option<String>, paths: Vec<PathBuf>) -> Result<&Definitions, Trouble> {
        if !self.read.contains_key(&paths) {
            let files = definitions::read_all(&paths).map_err(|error: ReadError| unreadable(context, &error))?;
            let loaded = openslo::load(&files, Mode::Spec);
            let errors: Vec<&Finding> =
                loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
            if !errors.is_empty() {
                return Err(Trouble { place, ..refused(context, &errors, &paths) });
            }
            self.read.insert(paths.clone(), loaded.definitions);
        }
        // It was put there above.
        Ok(self.read.entry(paths).or_default())
    }
}

/// A set that cannot be used: how many errors, where the first of them are, and what shows them all.
fn refused(context: &Context, errors: &[&Finding], paths: &[PathBuf]) -> Trouble {
    let mut places: Vec<String> =
        errors.iter().take(PLACES_TOLD_MAX).map(|finding| place_text(&finding.place)).collect();
    if errors.len() > PLACES_TOLD_MAX {
        places.push("…".to_owned());
    }
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let fact = Say::TestDefinitionsRefused { errors: errors.len(), places: places.join(", ") };
    Trouble::new(context.lang, fact, Say::TestDefinitionsRefusedHint { paths: paths.join(" ") })
}

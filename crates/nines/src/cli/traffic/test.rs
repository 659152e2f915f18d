//! `nines traffic test FILE…`: packets held against what is expected of them.
//!
//! Exit 0 where every claim holds, 1 where one does not, 2 where a file or its rules cannot be read; the other files are
//! judged all the same.

use super::rules::load;
use super::simulate::trouble;
use super::tell;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::print;
use crate::cli::slo_check;
use crate::definitions;
use crate::messages::Say;
use nines_traffic::simulate::{Cases, Outcome as Claim, compare, read_cases};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Ending of test files in a folder.
const ENDING: &str = "traffictest";

/// What the cases of all files came to.
#[derive(Default)]
struct Report {
    passed: usize,
    failed: Vec<(String, Claim)>,
    n_failed: usize,
    is_all_read: bool,
}

pub(super) fn run(context: &Context, paths: &[PathBuf]) -> Outcome {
    let mut files = Vec::new();
    for path in paths {
        files.extend(definitions::files_of(path, &[ENDING]).map_err(|error| slo_check::unreadable(context, &error))?);
    }
    if files.is_empty() {
        let path = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(Trouble::new(context.lang, Say::NoTrafficTests { path }, Say::NoTrafficTestsHint));
    }
    let mut report = Report { is_all_read: true, ..Report::default() };
    for file in &files {
        match judge(context, file, &mut report) {
            Ok(is_read) => report.is_all_read &= is_read,
            Err(trouble) => {
                trouble.print();
                report.is_all_read = false;
            }
        }
    }
    write(context, &report);
    Ok(match (report.is_all_read, report.n_failed) {
        (false, _) => Exit::Trouble,
        (true, 0) => Exit::Yes,
        (true, _) => Exit::No,
    })
}

/// Judges a file; whether all of it could be read.
fn judge(context: &Context, file: &Path, report: &mut Report) -> Result<bool, Trouble> {
    let Cases { rules, cases, faults } = read_cases(&super::read_text(context, file)?);
    faults.iter().for_each(|fault| trouble(context, file, fault).print());
    if rules.is_empty() {
        return Ok(false);
    }
    // Relative to the file; where nothing is there, to where the command runs.
    let beside = file.parent().unwrap_or(Path::new("")).join(&rules);
    let path = if beside.exists() { beside } else { PathBuf::from(&rules) };
    let loaded = load(context, &path)?;
    if !loaded.is_usable() {
        tell(context, &loaded.findings);
        return Ok(false);
    }
    let answers = loaded.rules.answers(cases.iter().map(|case| &case.packet));
    for (case, answer) in cases.iter().zip(&answers) {
        let outcomes = compare(case, answer);
        report.passed += usize::from(outcomes.is_empty());
        report.n_failed += usize::from(!outcomes.is_empty());
        report.failed.extend(outcomes.into_iter().map(|claim| (file.display().to_string(), claim)));
    }
    Ok(faults.is_empty())
}

fn write(context: &Context, report: &Report) {
    let Report { passed, n_failed, .. } = report;
    if context.format.is_table() {
        let failures: String = report.failed.iter().map(|(file, claim)| format!("{file}:{}\n", claim.text())).collect();
        print(&format!("{failures}{passed} passed, {n_failed} failed\n"));
        return;
    }
    let item = |(file, claim): &(String, Claim)| json!({ "file": file, "line": claim.at.line, "column": claim.at.column, "claim": claim.claim, "got": claim.got });
    let items: Vec<Value> = report.failed.iter().map(item).collect();
    context.write(&json!({ "items": items, "passed": passed, "failed": n_failed }));
}

//! `nines runbook check|approve|list`: files of runbooks, looked at without running anything.

use super::args::RunbookVerb;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::{Table, print};
use crate::messages::Say;
use crate::run::approvals::{self, Approval, Approvals, Standing, absolute};
use crate::run::record::{self, digest};
use crate::run::words::RunSay;
use crate::run::{self, summary};
use crate::words;
use nines_base::lang::Message;
use nines_toil::runbook::ladder::{PastRun, green_in_a_row, level};
use nines_toil::runbook::transcript::Record;
use nines_toil::runbook::{Finding, Loaded, Place, Severity, attended};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Most files of one folder: a wiki has some thousands.
const FILES_MAX: usize = 10_000;

/// Deepest folder that is looked into.
const DEPTH_MAX: usize = 16;

pub fn run(context: &Context, verb: RunbookVerb) -> Outcome {
    match verb {
        RunbookVerb::Check { paths } => check(context, &paths),
        RunbookVerb::Approve { file, by } => approve(context, &file, by),
        RunbookVerb::List { dir } => list(context, &dir),
    }
}

fn check(context: &Context, paths: &[PathBuf]) -> Outcome {
    let mut findings: Vec<Finding> = Vec::new();
    let mut n_files = 0;
    for path in paths {
        for file in markdown(context, path)? {
            let (_, loaded) = run::read(context, &file)?;
            let is_page = path.is_dir() && !is_runbook(&loaded);
            // A folder holds prose, too; only a file that was named must be a runbook.
            if !is_page {
                findings.extend(loaded.findings);
                n_files += 1;
            }
        }
    }
    let n_errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let n_warnings = findings.len() - n_errors;
    if context.format.is_table() {
        findings.iter().for_each(|finding| eprintln!("{}", finding.render(context.lang)));
    } else {
        let items: Vec<Value> = findings.iter().map(|finding| item(context, finding)).collect();
        context.write(&json!({ "items": items, "files": n_files, "errors": n_errors, "warnings": n_warnings }));
    }
    match findings.is_empty() {
        true => context.say(&RunSay::Clean { files: n_files }),
        false => context.say(&RunSay::Found { errors: n_errors, warnings: n_warnings }),
    }
    Ok(if n_errors == 0 { Exit::Yes } else { Exit::No })
}

/// Whether a file of a folder is meant to be a runbook: it has steps, or front matter that says so.
fn is_runbook(loaded: &Loaded) -> bool {
    use nines_toil::runbook::messages::Fact;
    loaded.runbook.is_some() || !loaded.findings.iter().any(|finding| finding.fact == Fact::NoSteps)
}

fn item(context: &Context, finding: &Finding) -> Value {
    let Place { file, line, column } = &finding.place;
    json!({
        "file": file, "line": line, "column": column, "path": finding.path, "severity": finding.severity.name(),
        "fact": finding.fact.text(context.lang), "hint": finding.hint.text(context.lang),
    })
}

/// The file, or all Markdown files of a folder and those in it, by name; hidden folders are left out.
fn markdown(context: &Context, path: &Path) -> Result<Vec<PathBuf>, Trouble> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![(path.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| {
            let fact = Say::CannotRead { path: folder.display().to_string(), reason: error.to_string() };
            Trouble::new(context.lang, fact, Say::CannotReadHint)
        })?;
        for entry in entries.flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let is_hidden = name.to_string_lossy().starts_with('.');
            // Links are not followed: they may lead round.
            let Ok(sort) = entry.file_type() else { continue };
            if sort.is_dir() && !is_hidden && depth < DEPTH_MAX {
                folders.push((path, depth + 1));
            } else if sort.is_file() && path.extension().is_some_and(|ending| ending == "md" || ending == "markdown") {
                files.push(path);
            }
        }
        if files.len() >= FILES_MAX {
            break;
        }
    }
    files.sort();
    Ok(files)
}

fn approve(context: &Context, file: &Path, by: Option<String>) -> Outcome {
    let book = run::load(context, file)?;
    book.warnings.iter().for_each(|finding| eprintln!("{}", finding.render(context.lang)));
    let by = by.unwrap_or_else(run::actor);
    let runbook = &book.runbook;
    let standing = Approvals::read(context)?.standing(&runbook.id, &book.path, &book.sha256);
    let approval = Approval {
        runbook: runbook.id.clone(),
        path: absolute(&book.path),
        sha256: book.sha256.clone(),
        by: by.clone(),
        at: record::now(),
        text: book.text.clone(),
    };
    let is_known = matches!(&standing, Standing::Approved(known) if known.path == approval.path);
    if !is_known {
        approvals::add(context, &approval)?;
    }
    let body = json!({
        "runbook": approval.runbook, "path": approval.path, "sha256": approval.sha256, "by": by,
        "title": runbook.title, "service": runbook.service.as_deref().unwrap_or_default(), "text": approval.text,
    });
    if context.format.is_table() {
        let said = match is_known {
            true => RunSay::AlreadyApproved { id: runbook.id.clone() },
            false => RunSay::Approved { id: runbook.id.clone(), sha256: book.sha256[..12].to_owned(), by },
        };
        print(&format!("{}\n", said.text(context.lang)));
    } else {
        context.write(&json!({
            "runbook": approval.runbook, "path": approval.path, "sha256": approval.sha256, "by": approval.by,
            "at": approval.at, "changed": !is_known,
        }));
    }
    summary::deliver(context, "/runbooks/approvals", &body);
    Ok(Exit::Yes)
}

fn list(context: &Context, dir: &Path) -> Outcome {
    let approvals = Approvals::read(context)?;
    let records = record::all(&run::runs_folder(context)?);
    let mut items = Vec::new();
    for file in markdown(context, dir)? {
        let (bytes, loaded) = run::read(context, &file)?;
        let is_broken = loaded.runbook.is_none();
        if is_broken && !is_runbook(&loaded) {
            continue;
        }
        items.push(match loaded.runbook {
            Some(runbook) => {
                let standing = approvals.standing(&runbook.id, &file, &digest(&bytes));
                let runs: Vec<&Record> = records.iter().filter(|record| is_of(record, &runbook.id)).collect();
                let past: Vec<PastRun> = runs.iter().map(|record| past(record)).collect();
                let last = runs.last().map(|record| outcome(record));
                json!({
                    "file": file.display().to_string(), "runbook": runbook.id, "title": runbook.title,
                    "service": runbook.service, "approval": standing_name(&standing),
                    "level": level(&runbook, &past).name(), "runs": runs.len(),
                    "greenInARow": green_in_a_row(&past), "lastOutcome": last,
                })
            }
            None => json!({
                "file": file.display().to_string(), "runbook": null, "title": null, "service": null,
                "approval": "broken", "level": null, "runs": 0, "greenInARow": 0, "lastOutcome": null,
            }),
        });
    }
    if !context.format.is_table() {
        context.write(&json!({ "items": items, "next": null }));
        return Ok(Exit::Yes);
    }
    if items.is_empty() {
        context.say(&RunSay::NoApprovals { dir: dir.display().to_string() });
        return Ok(Exit::Yes);
    }
    let mut table = Table::new(&["FILE", "ID", "APPROVAL", "LEVEL", ">RUNS", "LAST"]);
    for item in &items {
        let text = |name: &str| words::text(item, name);
        let runs = words::number(item, "runs").to_string();
        table.row(vec![text("file"), text("runbook"), text("approval"), text("level"), runs, text("lastOutcome")]);
    }
    print(&table.render());
    Ok(Exit::Yes)
}

fn standing_name(standing: &Standing) -> &'static str {
    match standing {
        Standing::Approved(_) => "approved",
        Standing::Changed(_) => "changed",
        Standing::Never => "never",
    }
}

fn is_of(record: &Record, id: &str) -> bool {
    record.plan().is_some_and(|plan| plan["runbook"] == id)
}

/// How a run ended; one without an end was cut off.
fn outcome(record: &Record) -> &str {
    record.outcome().unwrap_or("interrupted")
}

fn past(record: &Record) -> PastRun {
    let plan = record.plan().cloned().unwrap_or_default();
    PastRun {
        is_auto: plan["mode"] == "auto",
        // One that had to be gone on with did not finish by itself.
        is_finished: record.outcome() == Some("finished") && record.of_kind("resume").next().is_none(),
        by_agent: plan["actor"].as_str().is_some_and(attended::is_agent),
    }
}

//! Runbooks carried out: `nines run`. What a runbook is, is `nines_toil::runbook`'s; here it meets a shell, a disk, people.
//!
//! [`Runner`] goes through the steps. It writes to the record before and after each ([`record`]), asks people
//! ([`answers`]), starts shells ([`child`]) whose output it shows and keeps without secrets ([`output`]), and carries
//! variables from one to the next ([`environment`]). [`approvals`] say what may run at all, [`require`] what must hold
//! first, [`summary`] what is told of a run.
//!
//! Nothing that came over HTTP is ever run: files and approvals are this machine's.
//!
//! # Invariants
//! - RUN-1: a step is on the disk as begun before anything of it happens, and one that is recorded as done is not repeated.
//! - RUN-2: what a step has started does not outlive its run where the step did not end: not by Ctrl-C, nor by `kill -9`.

pub mod answers;
pub mod approvals;
mod child;
pub mod environment;
mod output;
pub mod record;
pub mod require;
mod runner;
mod shell;
pub mod signals;
mod state;
pub mod summary;
pub mod waits;
pub mod words;

pub use runner::{Earlier, End, Runner, Setting, planned};

use crate::cli::{Context, Exit, Trouble};
use nines_base::lang::Message;
use nines_toil::runbook::{self, Finding, Loaded, Place, Runbook, Severity};
use std::path::{Path, PathBuf};
use words::RunSay;

/// A runbook with the file it came from.
pub struct Book {
    /// The file as it was named.
    pub file: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its whole text.
    pub text: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// What it says.
    pub runbook: Runbook,
    /// What is to know about it.
    pub warnings: Vec<Finding>,
}

/// Reads a file and all that is to be said of it.
pub fn read(context: &Context, path: &Path) -> Result<(Vec<u8>, Loaded), Trouble> {
    let bytes = std::fs::read(path).map_err(|error| state::unreadable(context, path, &error))?;
    let loaded = runbook::read(&path.display().to_string(), &bytes);
    Ok((bytes, loaded))
}

/// Loads a runbook; one with errors is trouble, each told.
pub fn load(context: &Context, path: &Path) -> Result<Book, Trouble> {
    let (bytes, Loaded { runbook, findings }) = read(context, path)?;
    let file = path.display().to_string();
    let Some(runbook) = runbook else {
        let mut errors: Vec<Finding> =
            findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
        // The last ends the command; those before are told here.
        let last = errors.pop();
        errors.iter().for_each(|finding| eprintln!("{}", finding.render(context.lang)));
        return Err(match last {
            None => Trouble::new(context.lang, RunSay::NoRunbooks { path: file.clone() }, RunSay::CheckIt { file }),
            Some(finding) => trouble(context, &finding),
        });
    };
    let sha256 = record::digest(&bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Book { file, path: path.to_owned(), text, sha256, runbook, warnings: findings })
}

fn trouble(context: &Context, finding: &Finding) -> Trouble {
    let Place { file, line, column } = &finding.place;
    let path = if finding.path.is_empty() { String::new() } else { format!("{}: ", finding.path) };
    Trouble {
        exit: Exit::Trouble,
        place: Some(format!("{file}:{line}:{column}")),
        fact: format!("{path}{}", finding.fact.text(context.lang)),
        hint: Some(finding.hint.text(context.lang)),
    }
}

/// Where records are.
pub fn runs_folder(context: &Context) -> Result<PathBuf, Trouble> {
    state::subfolder(context, "runs")
}

/// Who acts, unless they say otherwise.
pub fn actor() -> String {
    crate::user::name().unwrap_or_else(|| "unknown".to_owned())
}

//! `nines slo fmt PATH…`: definition files in the canonical form. Needs no server.
//!
//! Without a flag the text goes to stdout, `--write` puts it into the files, `--check` lists the files that
//! differ. A file that cannot be written so without losing something is told of and left as it is.

use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::print;
use super::slo_check::unreadable;
use crate::definitions;
use crate::messages::Say;
use nines_slo::openslo::{self, SourceFile};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What becomes of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// To stdout.
    Print,
    /// Into the files.
    Write,
    /// Compared only.
    Check,
}

pub fn run(context: &Context, paths: &[PathBuf], fate: Fate) -> Outcome {
    let files = definitions::read_all(paths).map_err(|error| unreadable(context, &error))?;
    if files.is_empty() {
        let path = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(Trouble::new(context.lang, Say::NoDefinitionFiles { path }, Say::NoSuchPathHint));
    }
    let mut exit = Exit::Yes;
    let (mut n_changed, mut is_first) = (0, true);
    for file in &files {
        let text = match openslo::format(file) {
            Ok(text) => text,
            Err(findings) => {
                findings.iter().for_each(|finding| eprintln!("{}", finding.render(context.lang)));
                exit = Exit::No;
                continue;
            }
        };
        let is_same = text.as_bytes() == file.bytes;
        n_changed += usize::from(!is_same);
        match fate {
            Fate::Print => {
                // Texts of several files are documents of one.
                let between = if std::mem::replace(&mut is_first, false) { "" } else { "---\n" };
                print(&format!("{between}{text}"));
            }
            Fate::Write if !is_same => write_file(context, file, &text)?,
            Fate::Check if !is_same => {
                print(&format!("{}\n", file.name));
                exit = Exit::No;
            }
            Fate::Write | Fate::Check => {}
        }
    }
    if fate != Fate::Print {
        context.say(&Say::Formatted { files: files.len(), changed: n_changed });
    }
    Ok(exit)
}

/// Replaces a file in one step, so that a crash or a full disk leaves the old one.
fn write_file(context: &Context, file: &SourceFile, text: &str) -> Result<(), Trouble> {
    let path = Path::new(&file.name);
    let fault = |error: std::io::Error| {
        let fact = Say::CannotWrite { path: file.name.clone(), reason: error.to_string() };
        Trouble::new(context.lang, fact, Say::CannotWriteHint)
    };
    // Through links to what they name, which is what is read.
    let path = path.canonicalize().map_err(fault)?;
    let beside = path.with_extension("nines-fmt");
    let write = || -> std::io::Result<()> {
        let mut out = std::fs::File::create(&beside)?;
        out.write_all(text.as_bytes())?;
        out.set_permissions(std::fs::metadata(&path)?.permissions())?;
        out.sync_all()?;
        std::fs::rename(&beside, &path)
    };
    write().map_err(|error| {
        // What is left of a failed attempt is ours; the old file is still there.
        let _ = std::fs::remove_file(&beside);
        fault(error)
    })
}

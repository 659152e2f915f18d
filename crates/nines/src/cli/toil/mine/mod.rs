//! `nines toil mine`: what somebody types again and again, found in the history of their own shell. Nothing leaves this
//! machine, nothing is run and nothing is counted; `--write` makes runbooks of it for their author to complete.

mod atuin;
mod words;

use super::import::read_bytes;
use crate::cli::args::ToilMineArgs;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::print;
use crate::messages::Say;
use nines_base::DurationUs;
use nines_base::lang::Message;
use nines_toil::import::FILE_BYTES_MAX;
use nines_toil::shell::proposal::propose;
use nines_toil::shell::{Command, Gram, history, mine};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use words::Tell;

pub fn run(context: &Context, args: &ToilMineArgs) -> Outcome {
    let commands = commands(context, args)?;
    let grams = mine(&commands);
    if context.format.is_table() {
        print(&grams.iter().map(|gram| line(context, gram)).collect::<String>());
    } else {
        context.write(&json!({ "items": grams.iter().map(item).collect::<Vec<_>>(), "next": null }));
    }
    let has_toil = grams.iter().any(|gram| !gram.is_dev_loop);
    match &args.write {
        Some(folder) => write(context, folder, &grams)?,
        None if grams.is_empty() => context.say(&Tell::Nothing { commands: commands.len() }),
        None if has_toil => context.say(&Tell::WriteHint),
        None => {}
    }
    Ok(Exit::Yes)
}

fn commands(context: &Context, args: &ToilMineArgs) -> Result<Vec<Command>, Trouble> {
    if let Some(path) = &args.atuin {
        let atuin = atuin::read(path).map_err(|error| {
            let fact = Tell::NotAtuin { path: path.display().to_string(), reason: error.to_string() };
            Trouble::new(context.lang, fact, Tell::NotAtuinHint)
        })?;
        if atuin.n_agents > 0 {
            context.say(&Tell::Agents { count: atuin.n_agents });
        }
        return Ok(atuin.commands);
    }
    let path = args.history.clone().or_else(of_the_shell);
    let path = path.ok_or_else(|| Trouble::new(context.lang, Tell::NoHistory, Tell::NoHistoryHint))?;
    let bytes = read_bytes(context, &path, FILE_BYTES_MAX)?;
    let history = history::read(&bytes).map_err(|fact| Trouble {
        place: Some(path.display().to_string()),
        ..Trouble::new(context.lang, fact, Tell::NoTimesHint)
    })?;
    if history.n_untimed > 0 {
        context.say(&Tell::Untimed { count: history.n_untimed });
    }
    Ok(history.last().to_vec())
}

/// The history of the shell in use, else of one that is there.
fn of_the_shell() -> Option<PathBuf> {
    if let Some(file) = std::env::var_os("HISTFILE").filter(|file| !file.is_empty()) {
        return Some(file.into());
    }
    let home = PathBuf::from(std::env::var_os("HOME")?);
    let names = [".zsh_history", ".bash_history"];
    let is_bash = std::env::var("SHELL").is_ok_and(|shell| shell.ends_with("bash"));
    let mut files: Vec<PathBuf> = names.iter().map(|name| home.join(name)).collect();
    if is_bash {
        files.reverse();
    }
    files.into_iter().find(|file| file.is_file())
}

fn line(context: &Context, gram: &Gram) -> String {
    let steps: Vec<String> = gram.steps.iter().map(|step| format!("`{step}`")).collect();
    let found = Tell::Found {
        n_sessions: gram.n_sessions,
        n_days: gram.n_days,
        median: DurationUs(gram.median.0 / 1_000_000 * 1_000_000).to_string(),
        steps: steps.join(" → "),
    };
    let found = found.text(context.lang);
    if gram.is_dev_loop { format!("{found} ({})\n", Tell::DevLoop.text(context.lang)) } else { format!("{found}\n") }
}

fn item(gram: &Gram) -> Value {
    json!({
        "steps": gram.steps, "sessions": gram.n_sessions, "days": gram.n_days,
        "medianSeconds": gram.median.0 as f64 / 1e6, "devLoop": gram.is_dev_loop,
        "last": nines_toil::record::json::time_text(gram.last),
    })
}

/// Writes a runbook of each sequence that is no loop of development. What is there stays: somebody may have completed it.
fn write(context: &Context, folder: &Path, grams: &[Gram]) -> Result<(), Trouble> {
    let unwritable = |path: &Path, error: &std::io::Error| {
        let fact = Say::CannotWrite { path: path.display().to_string(), reason: error.to_string() };
        Trouble::new(context.lang, fact, Say::CannotWriteHint)
    };
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let mut ids = BTreeSet::new();
    for gram in grams.iter().filter(|gram| !gram.is_dev_loop) {
        let proposal = propose(gram, context.lang, &mut ids);
        let path = folder.join(format!("{}.md", proposal.id));
        let file = std::fs::File::create_new(&path);
        match file.and_then(|mut file| std::io::Write::write_all(&mut file, proposal.markdown.as_bytes())) {
            Ok(()) => context.say(&Tell::Wrote { path: path.display().to_string() }),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                context.say(&Tell::IsThere { path: path.display().to_string() });
            }
            Err(error) => return Err(unwritable(&path, &error)),
        }
    }
    Ok(())
}

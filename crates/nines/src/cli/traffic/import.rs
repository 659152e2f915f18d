//! `nines traffic import`: what `iptables-save` wrote as an intent file, each rule with how well it is understood.

use super::{read_text, services, tell, write_file};
use crate::cli::args::{ImportArgs, Prove};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::{Format, print};
use crate::messages::Say;
use nines_traffic::import::{Imported, Source, Told, import, told_line};
use nines_traffic::net::Family;
use serde_json::{Value, json};
use std::path::Path;

pub(super) fn run(context: &Context, args: &ImportArgs) -> Outcome {
    if args.prove == Prove::Always {
        return Err(Trouble::new(context.lang, Say::CannotProve, Say::CannotProveHint));
    }
    let given = [(&args.iptables_save, Family::V4), (&args.ip6tables_save, Family::V6)];
    let given: Vec<(&Path, Family)> =
        given.into_iter().filter_map(|(path, family)| Some((path.as_deref()?, family))).collect();
    let mut texts = Vec::new();
    for (path, family) in given {
        texts.push((path.display().to_string(), read_text(context, path)?, family));
    }
    let sources: Vec<Source<'_>> =
        texts.iter().map(|(file, text, family)| Source { file, text, family: *family }).collect();
    let imported = import(&sources, &services());
    tell(context, &imported.findings);
    if let Some(out) = &args.out {
        write_file(context, out, imported.yaml.as_bytes())?;
    }
    write(context, &imported, args.out.is_some());
    if args.prove == Prove::Auto {
        context.say(&Say::NotProven);
    }
    Ok(if imported.is_whole() { Exit::Yes } else { Exit::No })
}

/// The intent file, or where that went to a file of its own what became of each line; for programs always the lines.
fn write(context: &Context, imported: &Imported, is_written: bool) {
    let lines = || imported.told.iter().map(|told| told_line(told, context.lang));
    match context.format {
        Format::Table if is_written => print(&imported.told.iter().map(line).collect::<String>()),
        Format::Table => print(&imported.yaml),
        Format::Ndjson => print(&lines().map(|line| line + "\n").collect::<String>()),
        _ => {
            // Each is an object as it stands.
            let items: Vec<Value> = lines().filter_map(|line| serde_json::from_str(&line).ok()).collect();
            context.write(&json!({ "items": items }));
            true
        }
    };
}

/// `FILE:LINE: class: text`.
fn line(told: &Told) -> String {
    let class = told.class.as_ref().map_or("ignored", |class| class.name());
    format!("{}:{}: {class}: {}\n", told.file, told.line, told.text)
}

//! `nines traffic import`: what `iptables-save` wrote, or what is in force, as an intent file, each rule with how well it
//! is understood; proven before it is offered.

#[cfg(target_os = "linux")]
mod live;
#[cfg(target_os = "linux")]
mod proof;
mod words;

use super::{read_text, services, tell, write_file};
use crate::cli::args::{ImportArgs, Prove};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::{Format, print};
use nines_traffic::import::{Imported, Source, Told, import, import_raw, told_line};
use nines_traffic::net::Family;
use serde_json::{Value, json};
use words::Tell;

/// A save file: its name, its text, its family.
type Saved = (String, String, Family);

/// What holding an import against the kernel came to.
enum Proof {
    /// So many packets fare alike; of so many of them nobody can say.
    Holds { n_packets: usize, n_unknown: usize },
    /// Some do not: the words for it.
    Fails(Tell),
    /// It was not possible.
    Impossible { reason: String },
}

pub(super) fn run(context: &Context, args: &ImportArgs) -> Outcome {
    let saved = if args.live { live(context)? } else { files(context, args)? };
    let sources: Vec<Source<'_>> =
        saved.iter().map(|(file, text, family)| Source { file, text, family: *family }).collect();
    let services = services();
    let mut imported = import(&sources, &services);
    tell(context, &imported.findings);
    // Of no rules there is nothing to prove.
    let has_rules = imported.rules.iter().any(|rules| !rules.tables.is_empty());
    if args.prove != Prove::Never && has_rules {
        let mut proof = prove(context, &imported);
        if let (Proof::Fails(differs), true) = (&proof, imported.says_intents) {
            context.say(differs);
            context.say(&Tell::RawInstead);
            imported = import_raw(&sources, &services);
            proof = prove(context, &imported);
        }
        judge(context, args.prove, &proof)?;
    }
    if let Some(out) = &args.out {
        write_file(context, out, imported.yaml.as_bytes())?;
    }
    write(context, &imported, args.out.is_some());
    context.say(&classes(&imported));
    Ok(if imported.is_whole() { Exit::Yes } else { Exit::No })
}

fn files(context: &Context, args: &ImportArgs) -> Result<Vec<Saved>, Trouble> {
    let given = [(&args.iptables_save, Family::V4), (&args.ip6tables_save, Family::V6)];
    let given = given.into_iter().filter_map(|(path, family)| Some((path.as_deref()?, family)));
    given.map(|(path, family)| Ok((path.display().to_string(), read_text(context, path)?, family))).collect()
}

#[cfg(target_os = "linux")]
fn live(context: &Context) -> Result<Vec<Saved>, Trouble> {
    live::read(context)
}

#[cfg(not(target_os = "linux"))]
fn live(context: &Context) -> Result<Vec<Saved>, Trouble> {
    Err(super::only_linux(context))
}

#[cfg(target_os = "linux")]
fn prove(context: &Context, imported: &Imported) -> Proof {
    proof::of(context, imported)
}

#[cfg(not(target_os = "linux"))]
fn prove(context: &Context, _: &Imported) -> Proof {
    Proof::Impossible { reason: nines_base::lang::Message::text(&Tell::OnlyLinux, context.lang) }
}

/// Says what a proof came to; trouble where one was wanted whatever happens, and is not there.
fn judge(context: &Context, wanted: Prove, proof: &Proof) -> Result<(), Trouble> {
    match proof {
        Proof::Holds { n_packets, n_unknown } => {
            context.say(&Tell::Proven { packets: *n_packets, unknown: *n_unknown });
            return Ok(());
        }
        // Rules that stand as they were and fare otherwise are understood wrongly: nothing is offered of them.
        Proof::Fails(differs) => {
            return Err(Trouble::new(context.lang, differs, Tell::CannotProveHint));
        }
        Proof::Impossible { reason } if wanted == Prove::Always => {
            let fact = Tell::CannotProve { reason: reason.clone() };
            return Err(Trouble::new(context.lang, fact, Tell::CannotProveHint));
        }
        Proof::Impossible { reason } => context.say(&Tell::NotProven { reason: reason.clone() }),
    }
    Ok(())
}

fn classes(imported: &Imported) -> Tell {
    let of = |name: &str| {
        let is_it = |told: &&Told| told.class.as_ref().is_some_and(|class| class.name() == name);
        imported.told.iter().filter(is_it).count()
    };
    let (exact, equivalent, unsupported) = (of("exact"), of("equivalent"), of("not supported"));
    Tell::Classes { rules: exact + equivalent + unsupported, exact, equivalent, unsupported }
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

//! `nines toil import SOURCE FILE`: what other tools know, sent to the ledger. What is known already changes nothing, so the
//! same export may be imported every day.

mod git;
mod maps;
mod words;

use crate::cli::args::{ImportSource, ToilImportArgs};
use crate::cli::client::Client;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::{Table, print};
use crate::messages::Say;
use nines_base::DurationUs;
use nines_base::lang::Message;
use nines_toil::import::columns::{ColumnMap, Field};
use nines_toil::import::{Defaults, FILE_BYTES_MAX, ImportFact, Imported, alertmanager, csv, github, jira, pagerduty};
use nines_toil::record::json::{page_json, record_json, time_text};
use nines_toil::record::{PageRecord, Record};
use serde_json::{Value, json};
use std::io::Read;
use std::path::Path;
use words::Tell;

/// Entries of one body; the server takes no more.
const BODY_ENTRIES_MAX: usize = 1000;

/// Something that was not taken.
struct Refusal {
    /// The file, with a line where there is one.
    place: String,
    line: Option<usize>,
    fact: String,
}

/// What became of what was sent.
#[derive(Default)]
struct Sent {
    imported: u64,
    duplicate: u64,
}

pub(super) fn run(context: &Context, args: &ToilImportArgs) -> Outcome {
    let map = maps::load(context, args.map.as_deref(), args.save_map.as_deref())?;
    let imported = read(context, args, &map)?;
    let mut refusals = refusals(context, args, &imported);
    for (why, count) in &imported.left_out {
        context.say(&Tell::LeftOut { count: *count, why: why.text(context.lang) });
    }
    if args.dry_run {
        tell(context, &imported, &refusals);
        show(context, args, &imported, &refusals);
    } else {
        let sent = send(context, args, &imported, &mut refusals)?;
        tell(context, &imported, &refusals);
        summarise(context, &sent, &refusals);
    }
    Ok(if refusals.is_empty() { Exit::Yes } else { Exit::No })
}

fn read(context: &Context, args: &ToilImportArgs, map: &ColumnMap) -> Result<Imported, Trouble> {
    let minutes = args.minutes.map(|minutes| DurationUs::from_secs(i64::from(minutes) * 60));
    let defaults = Defaults { team: args.team.clone(), minutes };
    if args.source == ImportSource::Git {
        return git::read(context, &args.path, &defaults).map(|imported| map.applied(imported));
    }
    let bytes = read_bytes(context, &args.path, FILE_BYTES_MAX)?;
    let whole = |fact: ImportFact| Trouble {
        exit: Exit::Trouble,
        place: Some(format!("{}:1", args.path.display())),
        fact: fact.text(context.lang),
        hint: Some(Tell::FileHint.text(context.lang)),
    };
    Ok(match args.source {
        // Its map has been used for its columns.
        ImportSource::Csv => csv::read(&bytes, map, &defaults).map_err(whole)?,
        ImportSource::Jira => {
            let zone = map.column(Field::Start).zone;
            map.applied(jira::read(&bytes, zone.as_ref(), &defaults).map_err(whole)?)
        }
        ImportSource::Alertmanager => map.applied(alertmanager::read(&bytes, &defaults)),
        ImportSource::Github => map.applied(github::read(&bytes, &defaults)),
        ImportSource::Pagerduty | ImportSource::Git => map.applied(pagerduty::read(&bytes, &defaults)),
    })
}

/// The bytes of a file, or of stdin for `-`.
pub(super) fn read_bytes(context: &Context, path: &Path, bytes_max: u64) -> Result<Vec<u8>, Trouble> {
    let unreadable = |error: std::io::Error| {
        let fact = Say::CannotRead { path: path.display().to_string(), reason: error.to_string() };
        Trouble::new(context.lang, fact, Say::CannotReadHint)
    };
    let mut bytes = Vec::new();
    // One byte more tells that there is more.
    let read = match path.as_os_str() == "-" {
        true => std::io::stdin().lock().take(bytes_max + 1).read_to_end(&mut bytes),
        false => std::fs::File::open(path).and_then(|file| file.take(bytes_max + 1).read_to_end(&mut bytes)),
    };
    let n_bytes = read.map_err(unreadable)?;
    if n_bytes as u64 > bytes_max {
        let fact = Tell::TooLarge { path: path.display().to_string(), bytes_max };
        return Err(Trouble::new(context.lang, fact, Tell::TooLargeHint));
    }
    Ok(bytes)
}

fn refusals(context: &Context, args: &ToilImportArgs, imported: &Imported) -> Vec<Refusal> {
    let refusal = |refused: &nines_toil::import::Refused| Refusal {
        place: format!("{}:{}", args.path.display(), refused.line),
        line: Some(refused.line),
        fact: refused.fact.text(context.lang),
    };
    imported.refused.iter().map(refusal).collect()
}

/// Refusals on stderr, and what helps.
fn tell(context: &Context, imported: &Imported, refusals: &[Refusal]) {
    for Refusal { place, fact, .. } in refusals {
        eprintln!("error: {place}: {fact}");
    }
    if imported.refused.iter().any(|refused| refused.fact == ImportFact::NoEffort) {
        eprintln!("hint: {}", Tell::NoEffortHint.text(context.lang));
    }
}

fn send(
    context: &Context,
    args: &ToilImportArgs,
    imported: &Imported,
    refusals: &mut Vec<Refusal>,
) -> Result<Sent, Trouble> {
    let client = context.client()?;
    let mut sent = Sent::default();
    let bodies = imported.records.chunks(BODY_ENTRIES_MAX).map(|records| {
        let entries: Vec<Value> = records.iter().map(record_json).collect();
        let names = records.iter().map(|record| format!("{} {}", record.source, record.ext_id)).collect::<Vec<_>>();
        (json!({ "entries": entries, "pages": [] }), names)
    });
    let pages = imported.pages.chunks(BODY_ENTRIES_MAX).map(|pages| {
        let names = pages.iter().map(|page| format!("{} {}", page.source, page.fingerprint)).collect::<Vec<_>>();
        (json!({ "entries": [], "pages": pages.iter().map(page_json).collect::<Vec<_>>() }), names)
    });
    for (body, names) in bodies.chain(pages) {
        let answer = ask(&client, &body)?;
        sent.imported += answer["imported"].as_u64().unwrap_or(0);
        sent.duplicate += answer["duplicate"].as_u64().unwrap_or(0);
        for refused in answer["refused"].as_array().into_iter().flatten() {
            let index = refused["index"].as_u64().and_then(|index| usize::try_from(index).ok());
            let name = index.and_then(|index| names.get(index)).map_or("", String::as_str);
            let fact = format!("{name}: {}", refused["fact"].as_str().unwrap_or_default());
            refusals.push(Refusal { place: args.path.display().to_string(), line: None, fact });
        }
    }
    Ok(sent)
}

fn ask(client: &Client, body: &Value) -> Result<Value, Trouble> {
    let answer = client.write_json(super::TOIL, body)?;
    if answer.status < 300 { Ok(answer.body) } else { Err(client.refused(&answer)) }
}

fn summarise(context: &Context, sent: &Sent, refusals: &[Refusal]) {
    let Sent { imported, duplicate } = *sent;
    if context.format.is_table() {
        let summary = Tell::Summary { imported, duplicate, refused: refusals.len() };
        print(&format!("{}\n", summary.text(context.lang)));
    } else {
        context.write(&json!({ "imported": imported, "duplicate": duplicate, "refused": places(refusals) }));
    }
}

/// Refusals as programs read them.
fn places(refusals: &[Refusal]) -> Vec<Value> {
    let place = |refusal: &Refusal| json!({ "place": refusal.place, "line": refusal.line, "fact": refusal.fact });
    refusals.iter().map(place).collect()
}

/// What would be sent.
fn show(context: &Context, args: &ToilImportArgs, imported: &Imported, refusals: &[Refusal]) {
    if !context.format.is_table() {
        let entries: Vec<Value> = imported.records.iter().map(record_json).collect();
        let pages: Vec<Value> = imported.pages.iter().map(page_json).collect();
        return context.write(&json!({ "entries": entries, "pages": pages, "refused": places(refusals) }));
    }
    let mut table = Table::new(&["START", "PERSON", "TASK", ">MINUTES", "EVIDENCE", "TITLE"]);
    imported.records.iter().for_each(|record| table.row(record_row(record)));
    imported.pages.iter().for_each(|page| table.row(page_row(page)));
    if !table.is_empty() {
        print(&table.render());
    }
    let source =
        clap::ValueEnum::to_possible_value(&args.source).map_or_else(String::new, |name| name.get_name().to_owned());
    let entries = imported.records.len();
    let summary = Tell::DryRun { source, entries, pages: imported.pages.len(), refused: refusals.len() };
    print(&format!("{}\n", summary.text(context.lang)));
}

fn record_row(record: &Record) -> Vec<String> {
    let hands_on = record.attended.or(record.end.map(|end| end - record.start));
    let minutes = hands_on.map_or_else(|| "–".to_owned(), |time| format!("{:.1}", time.0 as f64 / 60e6));
    let evidence = record.evidence.letter().to_owned();
    vec![time_text(record.start), record.person.clone(), record.task.clone(), minutes, evidence, record.title.clone()]
}

fn page_row(page: &PageRecord) -> Vec<String> {
    let person = page.acknowledged.as_ref().map_or_else(String::new, |(_, by)| by.clone());
    vec![time_text(page.fired), person, page.name.clone(), "–".to_owned(), "B".to_owned(), page.service.clone()]
}

//! `nines toil add`: an entry by hand, in a moment, with or without a server.

use super::words::ToilSay;
use super::{TOIL, person, team, told};
use crate::cli::args::ToilAddArgs;
use crate::cli::context::Context;
use crate::cli::error::{Outcome, Trouble};
use crate::config::values;
use crate::words;
use nines_base::{DurationUs, Timestamp};
use nines_toil::Evidence;
use nines_toil::book::key_of;
use nines_toil::record::check::{self, ENTRY_MAX, RecordFact};
use nines_toil::record::json::record_json;
use nines_toil::record::{Record, task_of};

/// The source of entries by hand.
const SOURCE: &str = "cli";

pub fn run(context: &Context, args: ToilAddArgs) -> Outcome {
    let attended = values::duration(&args.duration).map_err(|(fact, hint)| Trouble::new(context.lang, fact, hint))?;
    let record = record(args, attended).map_err(|fact| Trouble::new(context.lang, fact, ToilSay::AddHint))?;
    let delivered = context.deliver(TOIL, &record_json(&record))?;
    let length = words::duration(attended.0.max(0) as u64);
    told(context, delivered, &ToilSay::Added { title: record.title, length, task: record.task })
}

fn record(args: ToilAddArgs, attended: DurationUs) -> Result<Record, RecordFact> {
    if args.text.trim().is_empty() {
        return Err(RecordFact::Needed { name: "title" });
    }
    if attended.0 <= 0 || attended > ENTRY_MAX {
        return Err(RecordFact::NotSeconds { name: "duration" });
    }
    let now = now();
    let text = |said: Option<String>| said.unwrap_or_default();
    let start = match &args.at {
        Some(at) => check::time("at", at)?,
        None => now - attended,
    };
    let mut record = Record {
        source: SOURCE.to_owned(),
        ext_id: String::new(),
        person: person(args.person),
        team: team(args.team),
        task: args.task.unwrap_or_else(|| task_of(&args.text)),
        title: args.text,
        category: check::category(&text(args.category))?,
        class: check::class(&text(args.class))?,
        start,
        is_floating: args.at.is_none(),
        end: None,
        attended: Some(attended),
        evidence: Evidence::Declared,
        interrupt: args.interrupt,
        link: text(args.link),
    };
    // Made here, so that an entry that is sent twice counts once.
    let made = format!("{}|{}|{}", now.0, std::process::id(), record_json(&record));
    record.ext_id = format!("{:032x}", key_of(SOURCE, &made));
    check::check(&record)?;
    Ok(record)
}

fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_microsecond())
}

//! `nines store check|stats`: verify what is on disk, measure what is held.

use super::args::StoreVerb;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::{Table, print};
use crate::messages::Say;
use crate::stores;
use crate::words;
use serde_json::json;

pub fn run(context: &Context, verb: StoreVerb) -> Outcome {
    match verb {
        StoreVerb::Check => check(context),
        StoreVerb::Stats => stats(context),
    }
}

fn check(context: &Context) -> Outcome {
    let Some(data) = &context.data else {
        return Err(Trouble::new(context.lang, Say::StoreNeedsData, Say::StoreNeedsDataHint));
    };
    let report = stores::check_files(data, context.lang)?;
    if context.format.is_table() {
        report.damage.iter().for_each(|damage| {
            print(&format!("{damage}\n"));
        });
    } else {
        context.write(&json!({
            "files": report.files, "spans": report.spans, "events": report.events, "items": report.damage,
        }));
    }
    if report.damage.is_empty() {
        context.say(&Say::StoreClean { files: report.files, spans: report.spans, events: report.events });
        return Ok(Exit::Yes);
    }
    Ok(Exit::No)
}

fn stats(context: &Context) -> Outcome {
    let about = context.client()?.get("/api/nines/v1/about")?;
    let facts = json!({ "spans": about["spans"], "diskBytes": about["diskBytes"], "pendingBytes": about["pendingBytes"],
                        "storage": about["storage"], "dataDir": about["dataDir"] });
    if !context.format.is_table() {
        context.write(&facts);
        return Ok(Exit::Yes);
    }
    let mut table = Table::new(&["STORAGE", ">SPANS", ">DISK BYTES", ">PENDING BYTES", "DATA"]);
    table.row(vec![
        words::text(&facts, "storage"),
        words::count(words::number(&facts, "spans"), context.lang),
        words::count(words::number(&facts, "diskBytes"), context.lang),
        words::count(words::number(&facts, "pendingBytes"), context.lang),
        words::text(&facts, "dataDir"),
    ]);
    print(&table.render());
    Ok(Exit::Yes)
}

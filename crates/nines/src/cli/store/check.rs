//! `nines store check`: reads every file of a data directory and reports damage.

use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::print;
use crate::messages::Say;
use crate::stores;
use serde_json::json;

pub fn run(context: &Context) -> Outcome {
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

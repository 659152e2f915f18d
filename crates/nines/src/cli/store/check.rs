//! `nines store check`: reads every file of a data directory and reports damage.

use crate::check::check_files;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::print;
use crate::cli::progress::ProgressLine;
use crate::messages::Say;
use crate::words;
use nines_base::lang::Message;
use serde_json::{Value, json};
use std::path::Path;

pub fn run(context: &Context) -> Outcome {
    let Some(data) = &context.data else {
        return Err(Trouble::new(context.lang, Say::StoreNeedsData, Say::StoreNeedsDataHint));
    };
    let mut line = ProgressLine::new(context);
    let bytes_all = bytes_under(data);
    let (mut files, mut bytes_begun) = (0, 0);
    let report = check_files(data, context.lang, &mut |file| {
        let done = bytes_begun;
        files += 1;
        bytes_begun += std::fs::metadata(file).map_or(0, |metadata| metadata.len());
        line.show(|line| {
            let left = line.left_us(done, bytes_all).map_or_else(|| "–".to_owned(), words::duration);
            let (done, all) = (words::bytes(done), words::bytes(bytes_all));
            Say::CheckProgress { files, done, all, left }.text(context.lang)
        });
    });
    line.clear();
    let report = report?;
    if context.format.is_table() {
        for finding in &report.damage {
            print(&format!("{}\n  {}\n", finding.text, finding.hint));
        }
    } else {
        let items: Vec<Value> = report.damage.iter().map(|finding| finding.to_json()).collect();
        context.write(&json!({
            "files": report.files, "spans": report.spans, "events": report.events, "items": items,
            "tornEnds": report.torn_ends,
        }));
    }
    for place in &report.torn_ends {
        context.say(&Say::TornEnd { place: place.clone() });
    }
    if report.damage.is_empty() {
        context.say(&Say::StoreClean { files: report.files, spans: report.spans, events: report.events });
        return Ok(Exit::Yes);
    }
    context.say(&Say::StoreDamaged { files: report.files, spans: report.spans, places: report.damage.len() });
    Ok(Exit::No)
}

/// Bytes of all files, for the estimate of how long it takes; what cannot be read counts nothing.
fn bytes_under(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let bytes = entries.map(|entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => bytes_under(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    });
    bytes.sum()
}

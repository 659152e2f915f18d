//! `nines store stats`: what stored spans take, by day, by section of the format, by column of values.

use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome};
use crate::cli::output::{Format, Table, print};
use crate::messages::Say;
use crate::words;
use serde_json::{Value, json};

/// Columns that a table for people shows; the other forms of output have all.
const COLUMNS_SHOWN_MAX: usize = 20;

pub fn run(context: &Context) -> Outcome {
    let measure = context.client()?.get("/api/nines/v1/store?columns=true")?;
    match context.format {
        Format::Table | Format::Wide => print_tables(context, &measure),
        Format::Ndjson => context.write(&json!({ "items": lines(&measure) })),
        Format::Json | Format::Yaml => context.write(&measure),
    }
    Ok(Exit::Yes)
}

/// One line for each row of each table, named by what it is of; the totals first.
fn lines(measure: &Value) -> Vec<Value> {
    const TABLES: [(&str, &str); 3] = [("days", "day"), ("sections", "section"), ("columns", "column")];
    let mut totals = measure.clone();
    let mut lines = Vec::new();
    for (table, name) in TABLES {
        let rows = totals.as_object_mut().and_then(|members| members.remove(table));
        for row in rows.as_ref().and_then(Value::as_array).into_iter().flatten() {
            let mut line = json!({ "table": name });
            if let (Some(line), Some(row)) = (line.as_object_mut(), row.as_object()) {
                line.extend(row.clone());
            }
            lines.push(line);
        }
    }
    totals["table"] = "total".into();
    lines.insert(0, totals);
    lines
}

fn print_tables(context: &Context, measure: &Value) {
    let is_wide = context.format == Format::Wide;
    print(&totals(context, measure).render());
    for table in [days(context, measure), sections(context, measure, is_wide), columns(context, measure, is_wide)] {
        if !table.is_empty() {
            print(&format!("\n{}", table.render()));
        }
    }
    if let Some(next) = next_taken(measure) {
        context.say(&next);
    }
    if let Some(history) = history(context, &measure["history"]) {
        context.say(&history);
    }
    let n_unreadable = words::number(measure, "unreadableGroups");
    if n_unreadable > 0 {
        context.say(&Say::StatsUnreadable { groups: n_unreadable });
    }
}

fn totals(context: &Context, measure: &Value) -> Table {
    let count = |name: &str| words::count(words::number(measure, name), context.lang);
    let mut table = Table::new(&[
        "STORAGE",
        ">SPANS",
        ">IN MEMORY",
        ">BLOCKS",
        ">BYTES",
        ">B/SPAN",
        ">INBOX FILES",
        ">INBOX BYTES",
        ">TRACE INDEX",
        "OLDEST",
        "NEWEST",
    ]);
    table.row(vec![
        words::text(measure, "storage"),
        count("spans"),
        count("spansInMemory"),
        count("blocks"),
        count("blockBytes"),
        per_span(measure),
        count("inboxFiles"),
        count("inboxBytes"),
        count("traceIndexBytes"),
        time(measure, "oldestArrival"),
        time(measure, "newestArrival"),
    ]);
    table
}

fn days(context: &Context, measure: &Value) -> Table {
    let mut table = Table::new(&["DAY", ">BLOCKS", ">SPANS", ">BYTES", ">B/SPAN"]);
    for day in list(measure, "days") {
        let count = |name: &str| words::count(words::number(day, name), context.lang);
        table.row(vec![words::text(day, "day"), count("blocks"), count("spans"), count("bytes"), per_span(day)]);
    }
    table
}

/// Sections, the largest first; those that take less than a thousandth of a byte a span only in wide.
fn sections(context: &Context, measure: &Value, is_wide: bool) -> Table {
    let mut table = Table::new(&["SECTION", "OF", ">BYTES", ">UNPACKED", ">B/SPAN"]);
    let mut sections: Vec<&Value> = list(measure, "sections").collect();
    sections.retain(|section| {
        let is_small = section["bytesPerSpan"].as_f64().unwrap_or(0.0) < 0.001;
        words::number(section, "storedBytes") > 0 && (is_wide || !is_small)
    });
    sections.sort_by_key(|section| std::cmp::Reverse(words::number(section, "storedBytes")));
    for section in sections {
        let count = |name: &str| words::count(words::number(section, name), context.lang);
        table.row(vec![
            words::text(section, "section"),
            words::text(section, "of"),
            count("storedBytes"),
            count("unpackedBytes"),
            per_span(section),
        ]);
    }
    table
}

/// Columns, the largest first: the first few, or in wide all of the answer.
fn columns(context: &Context, measure: &Value, is_wide: bool) -> Table {
    let mut table = Table::new(&["SERVICE", "KEY", "TYPE", ">ROWS", ">BYTES", ">UNPACKED", ">B/SPAN"]);
    let n_shown = if is_wide { usize::MAX } else { COLUMNS_SHOWN_MAX };
    for column in list(measure, "columns").take(n_shown) {
        let count = |name: &str| words::count(words::number(column, name), context.lang);
        table.row(vec![
            words::text(column, "service"),
            words::text(column, "key"),
            words::text(column, "type"),
            count("rows"),
            count("storedBytes"),
            count("unpackedBytes"),
            per_span(column),
        ]);
    }
    let n_more = list(measure, "columns").skip(n_shown).count() as u64 + words::number(measure, "columnsLeftOut");
    let more_bytes = list(measure, "columns").skip(n_shown).map(|column| words::number(column, "storedBytes"));
    let more_bytes = more_bytes.sum::<u64>() + words::number(measure, "columnsLeftOutBytes");
    if n_more > 0 {
        let rest = format!("+{n_more}");
        let bytes = words::count(more_bytes, context.lang);
        table.row(vec!["…".into(), rest, String::new(), String::new(), bytes, String::new(), String::new()]);
    }
    table
}

fn list<'v>(measure: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    measure[name].as_array().into_iter().flatten()
}

fn per_span(row: &Value) -> String {
    row["bytesPerSpan"].as_f64().map(|bytes| format!("{bytes:.2}")).unwrap_or_default()
}

fn time(measure: &Value, name: &str) -> String {
    measure[name].as_str().map(words::local_time).unwrap_or_default()
}

/// What is left of spans when they are gone, and what that takes.
fn history(context: &Context, measure: &Value) -> Option<Say> {
    let from = words::local_time(measure["from"].as_str()?);
    let count = |name: &str| words::count(words::number(measure, name), context.lang);
    let bytes = words::bytes(words::number(measure, "bytes"));
    Some(Say::StatsHistory { slices: count("slices"), files: count("files"), bytes, from })
}

/// When retention takes something next.
fn next_taken(measure: &Value) -> Option<Say> {
    let retention = &measure["retention"];
    let at = words::local_time(retention["nextAt"].as_str()?);
    let age = words::duration(retention["nextAgeUs"].as_u64()?);
    Some(match retention["nextFor"].as_str()? {
        "bytes" => Say::NextTakenForBytes { at, age },
        _ => Say::NextTakenForAge { at, age },
    })
}

//! `nines trace`: one trace as a tree, two compared, lists by filter, live lists, the dependency table.

use super::args::{TraceSort, TraceVerb};
use super::client::{Client, escape};
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::{Table, print};
use super::trace_compare::Comparison;
use super::trace_tree;
use crate::messages::Say;
use crate::words;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// How often `tail` asks again.
const TAIL_EVERY: Duration = Duration::from_secs(1);
/// Traces asked for at once by `tail`: more than a terminal can show in a second.
const TAIL_TRACES_MAX: usize = 200;
/// How far `tail` looks back for traces that arrive late.
const TAIL_SINCE: &str = "2m";

pub fn run(context: &Context, verb: TraceVerb) -> Outcome {
    let client = context.client()?;
    match verb {
        TraceVerb::Get { id } => get(context, &client, &id),
        TraceVerb::Compare { a, b } => compare(context, &client, [&a, &b]),
        TraceVerb::Find { filter, since, from, to, sort, limit } => {
            let range = Range { since, from, to };
            find(context, &client, &filter, &range, sort, limit)
        }
        TraceVerb::Tail { filter } => tail(context, &client, &filter),
        TraceVerb::Map { since } => map(context, &client, &since),
    }
}

/// The columns of a trace; one that is not there is an answer, not a failure.
fn columns(context: &Context, client: &Client, id: &str) -> Result<Value, Trouble> {
    let answer = client.ask(&format!("/api/nines/v1/traces/{}", escape(id)))?;
    if answer.status == 404 {
        let mut missing = client.refused(&answer);
        missing.exit = Exit::No;
        return Err(missing);
    }
    if answer.status >= 300 {
        return Err(client.refused(&answer));
    }
    say_gaps(context, &answer.body);
    Ok(answer.body)
}

fn get(context: &Context, client: &Client, id: &str) -> Outcome {
    let trace = columns(context, client, id)?;
    if context.format.is_table() {
        print(&trace_tree::render(&trace, context.lang));
        context.page(&format!("/trace/{}", words::text(&trace, "traceId")));
    } else {
        context.write(&trace);
    }
    Ok(Exit::Yes)
}

fn compare(context: &Context, client: &Client, ids: [&str; 2]) -> Outcome {
    let (a, b) = (columns(context, client, ids[0])?, columns(context, client, ids[1])?);
    let comparison = Comparison::of([&a, &b]);
    if context.format.is_table() {
        print(&comparison.render(context.lang));
        context.page(&format!("/compare/{}/{}", words::text(&a, "traceId"), words::text(&b, "traceId")));
    } else {
        context.write(&comparison.document(ids));
    }
    Ok(if comparison.is_same() { Exit::Yes } else { Exit::No })
}

/// The time that is looked at.
struct Range {
    since: String,
    from: Option<String>,
    to: Option<String>,
}

impl Range {
    fn last(since: &str) -> Range {
        Range { since: since.to_owned(), from: None, to: None }
    }

    /// As parameters of the API.
    fn asked(&self) -> String {
        let start = match &self.from {
            Some(from) => format!("from={}", escape(from)),
            None => format!("since={}", escape(&self.since)),
        };
        start + &self.to.iter().map(|to| format!("&to={}", escape(to))).collect::<String>()
    }

    /// As parameters of the page, which has ranges with both ends or up to now.
    fn shown(&self) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => format!("&from={}&to={}", escape(from), escape(to)),
            _ => format!("&t={}", escape(&self.since)),
        }
    }
}

fn search(client: &Client, filter: &str, range: &Range, sort: TraceSort, limit: usize) -> Result<Value, Trouble> {
    let sort = match sort {
        TraceSort::Newest => "",
        TraceSort::Slowest => "&sort=slowest",
    };
    client.get(&format!("/api/nines/v1/traces?q={}&{}{sort}&limit={limit}", escape(filter), range.asked()))
}

fn find(context: &Context, client: &Client, filter: &str, range: &Range, sort: TraceSort, limit: usize) -> Outcome {
    let found = search(client, filter, range, sort, limit)?;
    let items = words::items(&found);
    say_gaps(context, &found);
    if context.format.is_table() {
        let mut table = list_table();
        items.iter().for_each(|item| table.row(list_row(context, item)));
        if table.is_empty() {
            context.say(&Say::NothingFound);
        } else {
            print(&table.render());
        }
        context.page(&format!("/traces?q={}{}", escape(filter), range.shown()));
    } else {
        context.write(&found);
    }
    Ok(if items.is_empty() { Exit::No } else { Exit::Yes })
}

/// Says on stderr what keeps an answer from being whole, a line for each gap.
fn say_gaps(context: &Context, answer: &Value) {
    for gap in answer.get("partial").and_then(Value::as_array).into_iter().flatten() {
        let message = match gap.get("limit") {
            Some(_) => Say::CutAtLimit {
                name: words::text(gap, "limit"),
                max: words::count(words::number(gap, "max"), context.lang),
            },
            None => Say::DamageLeftOut { place: words::text(gap, "damaged"), fact: words::text(gap, "fact") },
        };
        context.say(&message);
    }
}

fn list_table() -> Table {
    Table::new(&["START", "TRACE", "ROOT", ">DURATION", ">SPANS", ">ERRORS", "SERVICES"])
}

fn list_row(context: &Context, item: &Value) -> Vec<String> {
    let root = item.get("root").cloned().unwrap_or(Value::Null);
    let services = item.get("services").and_then(Value::as_array).cloned().unwrap_or_default();
    let names: Vec<String> = services.iter().map(|service| words::text(service, "name")).collect();
    vec![
        words::local_time(&words::text(item, "start")),
        words::text(item, "traceId"),
        format!("{} {}", words::text(&root, "service"), words::text(&root, "name")).trim().to_owned(),
        words::duration(words::number(item, "durationUs")),
        words::count(words::number(item, "spans"), context.lang),
        words::count(words::number(item, "errors"), context.lang),
        names.join(" "),
    ]
}

/// Prints traces as they appear; ends when interrupted, when nobody reads, or when the server goes away.
fn tail(context: &Context, client: &Client, filter: &str) -> Outcome {
    let mut seen = BTreeSet::new();
    let mut first = true;
    loop {
        let found = search(client, filter, &Range::last(TAIL_SINCE), TraceSort::Newest, TAIL_TRACES_MAX)?;
        let items = words::items(&found);
        let known: BTreeSet<String> = items.iter().map(|item| words::text(item, "traceId")).collect();
        for item in items.iter().rev().filter(|item| !seen.contains(&words::text(item, "traceId"))) {
            if first {
                continue;
            }
            let line = if context.format.is_table() { list_row(context, item).join("  ") } else { item.to_string() };
            if !print(&format!("{line}\n")) {
                return Ok(Exit::Yes);
            }
        }
        first = false;
        seen = known;
        std::thread::sleep(TAIL_EVERY);
    }
}

fn map(context: &Context, client: &Client, since: &str) -> Outcome {
    let map = client.get(&format!("/api/nines/v1/map?since={}", escape(since)))?;
    say_gaps(context, &map);
    let edges = map.get("edges").and_then(Value::as_array).cloned().unwrap_or_default();
    if context.format.is_table() {
        let mut table = Table::new(&["PARENT", "CHILD", ">CALLS", ">ERRORS"]);
        for edge in &edges {
            table.row(vec![
                words::text(edge, "parent"),
                words::text(edge, "child"),
                words::count(words::number(edge, "calls"), context.lang),
                words::count(words::number(edge, "errors"), context.lang),
            ]);
        }
        if table.is_empty() {
            context.say(&Say::NothingFound);
        } else {
            print(&table.render());
        }
    } else {
        let mut document = map.clone();
        document["items"] = json!(edges);
        context.write(if context.format == super::output::Format::Ndjson { &document } else { &map });
    }
    Ok(if edges.is_empty() { Exit::No } else { Exit::Yes })
}

//! `nines traffic status`: what is in force, what waits, what others changed.

use super::{answer, others, unexpected};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::{Table, paint, print};
use crate::cli::traffic::words::Tell;
use crate::words;
use nines_base::lang::Message;
use nines_netd::{Answer, Request};
use serde_json::Value;
use std::path::Path;

pub(super) fn run(context: &Context, socket: &Path) -> Outcome {
    let status = ask(context, socket)?;
    if context.format.is_table() {
        print(&text(context, &status));
    } else {
        context.write(&status);
    }
    context.page("/traffic");
    let is_clean = status["pending"].is_null() && status["drift"].as_array().is_none_or(Vec::is_empty);
    Ok(if is_clean { Exit::Yes } else { Exit::No })
}

fn ask(context: &Context, socket: &Path) -> Result<Value, Trouble> {
    let Answer::Status(status) = answer(context, socket, &Request::Status)? else { return Err(unexpected(context)) };
    serde_json::from_str(&status).map_err(|_| unexpected(context))
}

fn text(context: &Context, status: &Value) -> String {
    let mut lines: Vec<String> =
        heads(status).iter().map(|head| paint(&head.text(context.lang), context.color)).collect();
    let mut table = Table::new(&["RULE", ">PACKETS", ">BYTES", "TEXT"]);
    for rule in status["rules"].as_array().into_iter().flatten() {
        let text = |name: &str| words::text(rule, name);
        let count = |name: &str| words::count(words::number(rule, name), context.lang);
        table.row(vec![text("id"), count("packets"), count("bytes"), text("text")]);
    }
    if !table.is_empty() {
        lines.extend([String::new(), table.render().trim_end().to_owned()]);
    }
    let others = others::lines(context, status);
    if !others.is_empty() {
        lines.push(String::new());
    }
    lines.extend(others);
    lines.join("\n") + "\n"
}

fn heads(status: &Value) -> Vec<Tell> {
    let generation = words::number(status, "generation");
    let mut heads = vec![match status["confirmed"].as_str() {
        Some(id) => Tell::InForce { id: id.to_owned(), generation },
        None => Tell::NothingInForce { generation },
    }];
    if let Some(id) = status["pending"]["id"].as_str() {
        let deadline = words::local_time(&words::text(&status["pending"], "deadline"));
        heads.push(Tell::Waits { id: id.to_owned(), deadline });
    }
    heads.extend(status["drift"].as_array().into_iter().flatten().map(|change| match change["process"].as_str() {
        Some(process) => Tell::Drifted { by: format!("{process} ({})", words::number(change, "pid")) },
        None => Tell::DriftedUnseen,
    }));
    heads
}

//! One's own entries, and what may be taken back.

use super::words::ToilSay;
use super::{TOIL, finish, person};
use crate::cli::client::escape;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome};
use crate::cli::output::{Table, print};
use crate::words;
use nines_base::lang::Message;
use serde_json::json;

pub fn entries(context: &Context, said: Option<String>, limit: usize) -> Outcome {
    let client = context.client()?;
    let entries = client.get(&format!("{TOIL}/entries?me={}&limit={limit}", escape(&person(said))))?;
    if !context.format.is_table() {
        context.write(&entries);
        return Ok(Exit::Yes);
    }
    let items = words::items(&entries);
    if items.is_empty() {
        context.say(&ToilSay::NoEntries);
        return Ok(Exit::Yes);
    }
    let mut table = Table::new(&["START", ">COUNTED", ">HANDS-ON", "EV", "CLASS", "TASK", "TITLE", "ID"]);
    for item in &items {
        let length = |name: &str| words::duration((item[name].as_f64().unwrap_or_default() * 1e6) as u64);
        table.row(vec![
            words::local_time(&words::text(item, "start")),
            length("countedSeconds"),
            length("attendedSeconds"),
            words::text(item, "evidence"),
            words::text(item, "class"),
            words::text(item, "task"),
            words::text(item, "title"),
            words::text(item, "id"),
        ]);
    }
    print(&table.render());
    Ok(Exit::Yes)
}

pub fn remove(context: &Context, id: &str, said: Option<String>) -> Outcome {
    let client = context.client()?;
    let answer =
        client.write_json(&format!("{TOIL}/entries/{}/remove", escape(id)), &json!({ "person": person(said) }))?;
    if answer.status >= 300 {
        return Err(client.refused(&answer));
    }
    finish(context, &answer.body, &ToilSay::Removed { id: id.to_owned() }.text(context.lang))
}

pub fn forget(context: &Context, person: &str, reason: &str) -> Outcome {
    let client = context.client()?;
    let answer = client.write_json(&format!("{TOIL}/forget"), &json!({ "person": person, "reason": reason }))?;
    if answer.status >= 300 {
        return Err(client.refused(&answer));
    }
    let (n, pseudonym) = (words::number(&answer.body, "events"), words::text(&answer.body, "pseudonym"));
    finish(context, &answer.body, &ToilSay::Forgotten { n, pseudonym }.text(context.lang))
}
